// What the client knows of releases and locks: for staff what they said, for everybody else what is shut for them. The
// only place that asks the routes of conditions.
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { myCoursesTurn } from '#client/features/courses/mine.ts'
import { request } from '#client/platform/call.ts'
import { serverNow } from '#client/platform/realtime.ts'
import { useLoad } from '#client/platform/use-load.ts'
import { useScope } from '#client/platform/use-scope.ts'
import type { InputBefore } from '#protocol/base/call.ts'
import {
  type ConditionTarget,
  conditionRoutes,
  conditionsScope,
  type Lock,
  type LockSubject,
  type Release,
} from '#protocol/conditions.ts'
import type { CourseItem } from '#protocol/courses.ts'

export interface Locks {
  /** What shuts this for the reader, by itself. */
  readonly lockOf: (subject: LockSubject, id: string) => Lock | undefined
  /** What shuts an item for the reader, itself or its module. */
  readonly shuts: (item: CourseItem) => Lock | undefined
  /** What staff said of it; undefined for learners. */
  readonly releaseOf: (subject: LockSubject, id: string) => Release | undefined
  readonly targets: ReadonlyMap<string, ConditionTarget>
  /** Hidden from others and open to the reader. */
  readonly items: readonly CourseItem[]
  /** Grows with every answer. */
  readonly turn: number
  readonly reload: () => void
}

/** The longest a timer of a browser waits, in milliseconds. */
const longestTimer = 2_147_483_647
/** Many hear at once that releases changed: they ask within this time, in milliseconds. */
const spreadMs = 200

const list = (courseId: string) =>
  request(conditionRoutes.list, { courseId } as InputBefore<typeof conditionRoutes.list>)
const mine = (courseId: string) =>
  request(conditionRoutes.mine, { courseId } as InputBefore<typeof conditionRoutes.mine>)

export const changeRelease = (input: InputBefore<typeof conditionRoutes.change>) =>
  request(conditionRoutes.change, input)

/** A column and an item may have the same id by no chance; a target is found by what it is about. */
const byId = (targets: readonly ConditionTarget[] = []) => new Map(targets.map(one => [one.id, one]))

/** How often what opens things in a course was said anew since the page is open. */
export function useReleaseTurn(courseId: string): number {
  const scope = useScope(conditionsScope, courseId)
  const told = scope.head.value
  const first = useRef<number | undefined>(undefined)
  if (first.current === undefined && scope.status.value !== 'loading') first.current = told
  return told - (first.current ?? told)
}

/**
 * What is locked in a course, live: read anew when staff say something else, when something of the reader's own changed,
 * when the course did (`head`), and at the next date. `reader` is null until it is known.
 */
export function useLocks(courseId: string, reader: 'staff' | 'learner' | null, head: number): Locks {
  const scope = useScope(conditionsScope, courseId)
  // Whoever reads only once they hear misses no word in between, and reads once.
  const hears = scope.status.value !== 'loading'
  const told = scope.head.value
  const own = useLoad(hears && reader === 'learner' ? courseId : null, () => mine(courseId))
  const said = useLoad(hears && reader === 'staff' ? courseId : null, () => list(courseId))
  const turn = myCoursesTurn.value
  const reload = reader === 'staff' ? said.reload : own.reload
  const guarded = own.value?.guarded === true || (said.value?.releases.length ?? 0) > 0

  const first = useRef(true)
  const known = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (!hears) return
    const before = known.current
    known.current = told
    if (before === undefined || before === told) return
    const timer = setTimeout(reload, Math.random() * spreadMs)
    return () => clearTimeout(timer)
  }, [hears, told])
  useEffect(() => {
    if (!first.current) reload()
  }, [turn])
  useEffect(() => {
    if (!first.current && guarded) reload()
    first.current = false
  }, [head])

  const nextAt = own.value?.nextAt ?? null
  useEffect(() => {
    if (nextAt === null) return
    // A little later than said, so that the server agrees that it has come.
    const wait = Math.min(Math.max(0, Date.parse(nextAt) - serverNow()) + spreadMs, longestTimer)
    const timer = setTimeout(reload, wait)
    return () => clearTimeout(timer)
  }, [nextAt])

  const turns = useRef(0)
  return useMemo(() => {
    const locks = new Map(own.value?.locks.map(one => [`${one.subject} ${one.subjectId}`, one]))
    const releases = new Map(said.value?.releases.map(one => [`${one.subject} ${one.subjectId}`, one]))
    const lockOf: Locks['lockOf'] = (subject, id) => locks.get(`${subject} ${id}`)
    turns.current += 1
    return {
      lockOf,
      shuts: item =>
        lockOf('item', item.id) ?? (item.kind === 'class' ? undefined : lockOf('module', item.moduleId ?? '')),
      releaseOf: (subject, id) => releases.get(`${subject} ${id}`),
      targets: byId(own.value?.targets ?? said.value?.targets),
      items: own.value?.items ?? [],
      turn: turns.current,
      reload,
    }
  }, [own.value, said.value, reload])
}
