// Today on the wire: one list of what asks for a person's attention, most urgent first.
import * as z from 'zod/mini'
import { defineRoutes, read, route } from './base/call.ts'
import { instant, nothing, uuid } from './base/ids.ts'

/** In the order of urgency. given: homework that a person gave others. decide: what waits for them in the whole school. */
export const todayKinds = ['live', 'decide', 'due', 'given', 'graded', 'unread'] as const
export const todayKind = z.enum(todayKinds)
export type TodayKind = z.infer<typeof todayKind>

export const todayEntry = z.object({
  kind: todayKind,
  /** What it is about, as items of a course name it; for 'graded' the kind is 'grade' and the id a grade item's. */
  item: z.object({ kind: z.string(), refId: z.string() }),
  title: z.string(),
  /** Null for what belongs to no course. */
  courseId: z.nullable(uuid()),
  courseTitle: z.string(),
  /** due and given: when it is due. graded: since when. live: null, it is now. */
  at: z.nullable(instant),
  /** Small facts for the line, such as `score` and `of` or `count`. */
  detail: z.record(z.string(), z.unknown()),
})
export type TodayEntry = z.infer<typeof todayEntry>

export const todayRoutes = defineRoutes('today', {
  list: route('GET', '/today', read(nothing, z.object({ items: z.array(todayEntry) }))),
})
