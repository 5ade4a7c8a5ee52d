// What holds for the times of events and the stretch that is read. Pure.
import { dayIn, inDays } from '#protocol/base/days.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import {
  type CalendarEntry,
  type CalendarEvent,
  mostDays,
  mostTimes,
  occurrenceOf,
  occurrencesOf,
  timesOf,
} from '#protocol/calendar.ts'
import type { EventRow } from '../tables.ts'

const dayMs = 86_400_000

/** The longest that one time of an event lasts. */
const longestMs = 31 * dayMs

type Times = Pick<CalendarEvent, 'startsAt' | 'endsAt' | 'timeZone' | 'weeklyUntil'>

const wrong = (path: string, code: string) => ({ errors: [{ path, code }] })

/** The field that is wrong, and how, of an event that ends before it begins, lasts too long or comes too often. */
export function wrongTimes(times: Times): readonly [field: 'endsAt' | 'weeklyUntil', code: string] | undefined {
  const length = Date.parse(times.endsAt) - Date.parse(times.startsAt)
  if (length <= 0) return ['endsAt', 'too_small']
  if (length > longestMs) return ['endsAt', 'too_big']
  const { weeklyUntil, timeZone, startsAt } = times
  if (weeklyUntil !== null && weeklyUntil < dayIn(timeZone, Date.parse(startsAt))) return ['weeklyUntil', 'too_small']
  return timesOf(times) > mostTimes ? ['weeklyUntil', 'too_big'] : undefined
}

/** Throws `malformed`, naming the field, for times that no event has. */
export function demandTimes(times: Times): void {
  const found = wrongTimes(times)
  if (found) throw new Problem('malformed', wrong(...found))
}

/** The times of an event so many days later, by its clocks: `weeklyUntil` with them, and when the last is over. */
export function timesLater(
  times: Times,
  days: number,
): Pick<EventRow, 'startsAt' | 'endsAt' | 'weeklyUntil' | 'overAt'> {
  const { timeZone, weeklyUntil } = times
  const startsAt = inDays(timeZone, new Date(times.startsAt), days)
  const endsAt = inDays(timeZone, new Date(times.endsAt), days)
  const until = weeklyUntil === null ? null : dayIn('UTC', Date.parse(weeklyUntil) + days * dayMs)
  const told = { timeZone, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), weeklyUntil: until }
  return { startsAt, endsAt, weeklyUntil: until, overAt: overAtOf(told) }
}

/** When the last of its times is over. */
export const overAtOf = (times: Times): Date => occurrenceOf(times, timesOf(times) - 1).endsAt

/** Throws `malformed` for a stretch that ends before it begins or is longer than is read at once. */
export function demandWindow({ from, to }: { readonly from: Date; readonly to: Date }): void {
  demand(from < to, 'malformed', wrong('to', 'too_small'))
  demand(to.getTime() - from.getTime() <= mostDays * dayMs, 'malformed', wrong('to', 'too_big'))
}

/** The times of an event that touch a stretch, as entries. */
export const entriesOf = (event: CalendarEvent, from: Date, to: Date): CalendarEntry[] =>
  occurrencesOf(event)
    .filter(one => one.startsAt < to && one.endsAt > from)
    .map(({ number, startsAt, endsAt }) => ({
      id: `${event.id}-${number}`,
      kind: event.kind,
      title: event.title,
      courseId: event.courseId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      days: event.allDay
        ? { from: dayIn(event.timeZone, startsAt), to: dayIn(event.timeZone, endsAt.getTime() - 1) }
        : null,
      item: null,
      event: { id: event.id, number },
      hidden: false,
    }))

/** Entries by time, then by name; the same order each time. */
export const inOrder = (entries: readonly CalendarEntry[]): CalendarEntry[] =>
  [...entries].sort((a, b) =>
    a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : a.title < b.title ? -1 : a.id < b.id ? -1 : 1,
  )
