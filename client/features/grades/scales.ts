// How each course shows its grades: read once a course, and again after each word that one's own grades read differently.
import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { person } from '#client/app/frame.ts'
import { request } from '#client/platform/call.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import { type Scale, usualScale } from '#protocol/grades/scale.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { useOwnTurn } from './turn.ts'

interface Held {
  readonly scale: Signal<Scale | undefined>
  asked: string | undefined
}

const courses = new Map<string, Held>()

function heldOf(courseId: string): Held {
  const known = courses.get(courseId)
  if (known) return known
  const made: Held = { scale: signal(undefined), asked: undefined }
  courses.set(courseId, made)
  return made
}

async function read(courseId: string, turn: string): Promise<void> {
  const held = heldOf(courseId)
  if (held.asked === turn) return
  held.asked = turn
  try {
    held.scale.value = await request(gradeRoutes.scale, { courseId } as InputBefore<typeof gradeRoutes.scale>)
  } catch {
    // Points are what is kept, and right under any scale; the next word of a change asks again.
    held.scale.value ??= usualScale
  }
}

/** The scale of a course; undefined until it is known. Guests of a class see points. */
export function useScale(courseId: string): Scale | undefined {
  const turn = `${person.value?.id} ${useOwnTurn() ?? ''}`
  const guest = person.value?.guest === true
  useEffect(() => {
    if (!guest) void read(courseId, turn)
  }, [courseId, turn, guest])
  return guest ? usualScale : heldOf(courseId).scale.value
}
