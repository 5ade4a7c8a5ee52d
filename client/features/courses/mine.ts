// What every page may know about a person's own courses without asking again.
import { signal } from '@preact/signals'
import { useSettled } from '#client/platform/use-settled.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { Audience } from './registry.ts'

/** Counts the times the person's courses may have changed. */
export const myCoursesTurn = signal(0)

/** A number that changes when the person's courses may have changed, once a burst is over: a reason to read again. */
export const useMyCourses = (): number => useSettled(myCoursesTurn.value)

/** The roles the person holds, by course. */
export const myRoles = signal<ReadonlyMap<string, CourseRole | null>>(new Map())

/** On which side of the desk the person stands in a course; decides where a class that is live leads. */
export function audienceIn(courseId: string): Audience {
  const role = myRoles.value.get(courseId)
  return role === 'instructor' || role === 'assistant' ? 'staff' : 'learner'
}

/** Most courses whose changes are listened to beside the one on screen; the others show theirs at the next visit. */
export const mostHeard = 12
