// What holds for the times of events and the stretch that is read. Pure.
import { dayIn } from '#protocol/base/days.ts'
import { demand } from '#protocol/base/problems.ts'
import {
  type CalendarEntry,
  type CalendarEvent,
  mostDays,
  mostTimes,
  occurrenceOf,
  occurrencesOf,
  timesOf,
} from '#protocol/calendar.ts'

const dayMs = 86_400_000

/** The longest that one time of an event lasts. */
const longestMs = 31 * dayMs

type Times = Pick<CalendarEvent, 'startsAt' | 'endsAt' | 'timeZone' | 'weeklyUntil'>

const wrong = (path: string, code: string) => ({ errors: [{ path, code }] })

/** Throws `malformed`, naming the field, for an event that ends before it begins, lasts too long or comes too often. */
export function demandTimes(times: Times): void {
  const length = Date.parse(times.endsAt) - Date.parse(times.startsAt)
  demand(length > 0, 'malformed', wrong('endsAt', 'too_small'))
  demand(length <= longestMs, 'malformed', wrong('endsAt', 'too_big'))
  const { weeklyUntil, timeZone, startsAt } = times
  demand(
    weeklyUntil === null || weeklyUntil >= dayIn(timeZone, Date.parse(startsAt)),
    'malformed',
    wrong('weeklyUntil', 'too_small'),
  )
  demand(timesOf(times) <= mostTimes, 'malformed', wrong('weeklyUntil', 'too_big'))
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
