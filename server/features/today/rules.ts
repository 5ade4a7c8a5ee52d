// The order of Today. Pure.
import type { CourseItem } from '#protocol/courses.ts'
import { type TodayEntry, todayKinds } from '#protocol/today.ts'

const rankOf = (entry: TodayEntry): number => todayKinds.indexOf(entry.kind)

/** What is due comes soonest first, what happened comes newest first. */
function within(a: TodayEntry, b: TodayEntry): number {
  const [one, other] = [a.at ?? '', b.at ?? '']
  const order = one < other ? -1 : one > other ? 1 : a.title < b.title ? -1 : 1
  return a.kind === 'due' || a.kind === 'given' || one === other ? order : -order
}

const most = 100

/** One list, most urgent first; the same thing said by two sources stands once. At most 100 entries. */
export function mostUrgentFirst(entries: readonly TodayEntry[]): TodayEntry[] {
  const once = new Map(entries.map(entry => [`${entry.kind} ${entry.item.kind} ${entry.item.refId}`, entry]))
  return [...once.values()].sort((a, b) => rankOf(a) - rankOf(b) || within(a, b)).slice(0, most)
}

/** Does it concern Today that this item came or changed? What is quiet or not published does not. */
export const asksForAttention = (item: Pick<CourseItem, 'badge' | 'published'>): boolean =>
  item.published && ['live', 'open', 'ended'].includes(item.badge ?? '')
