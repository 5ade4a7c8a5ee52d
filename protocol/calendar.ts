// The calendar on the wire: what falls on which day for one person. What the record knows (homework, classes held) is
// worked out when it is read; what staff plan and what one notes for oneself are events, weekly ones told as one row.
import * as z from 'zod/mini'
import { timeZone } from './accounts.ts'
import { defineRoutes, once, read, route, write } from './base/call.ts'
import { dayIn, daysBetween, inDays } from './base/days.ts'
import { idSchema, instant, line, nothing, text, uuid, version } from './base/ids.ts'
import { courseId } from './courses.ts'

export const eventId = idSchema<'CalendarEvent'>()
export type EventId = z.infer<typeof eventId>

export const feedId = idSchema<'CalendarFeed'>()
export type FeedId = z.infer<typeof feedId>

export const eventKinds = ['session', 'office-hours', 'other'] as const
export const eventKind = z.enum(eventKinds)
export type EventKind = z.infer<typeof eventKind>

/** A day by its date alone, as the clocks of the event's zone show it. */
const day = z.iso.date()

/** Most times that an event takes place. */
export const mostTimes = 60
/** The longest stretch read at once, in days. */
export const mostDays = 100
/** Most events of one course, and of one person's own. */
export const mostEvents = 500

/** One event with all the times it takes place. */
export const calendarEvent = z.object({
  id: eventId,
  /** Null for one's own. */
  courseId: z.nullable(courseId),
  kind: eventKind,
  title: z.string(),
  /** Where it is, or an address to open. */
  place: z.string(),
  note: z.string(),
  allDay: z.boolean(),
  /** Of the first time. Of whole days: the beginning of the first and the end of the last. */
  startsAt: instant,
  endsAt: instant,
  /** Its hours are meant on these clocks, the year round. */
  timeZone: z.string(),
  /** Every week up to this day; null for once. */
  weeklyUntil: z.nullable(day),
  /** The times that do not take place, by their number from 0. */
  cancelled: z.array(z.int()),
  version,
})
export type CalendarEvent = z.infer<typeof calendarEvent>

/** When one of the times of an event is. */
export interface Occurrence {
  readonly number: number
  readonly startsAt: Date
  readonly endsAt: Date
}

type Times = Pick<CalendarEvent, 'startsAt' | 'endsAt' | 'timeZone' | 'weeklyUntil'>

/** How often an event would take place; nothing is taken off for what was cancelled, and no limit holds. */
export const timesOf = ({ startsAt, timeZone, weeklyUntil }: Times): number =>
  weeklyUntil === null
    ? 1
    : Math.max(1, Math.floor(daysBetween(dayIn(timeZone, Date.parse(startsAt)), weeklyUntil) / 7) + 1)

/** One time of an event, at the hour its clocks show each week. */
export const occurrenceOf = (event: Times, number: number): Occurrence => ({
  number,
  startsAt: inDays(event.timeZone, new Date(event.startsAt), 7 * number),
  endsAt: inDays(event.timeZone, new Date(event.endsAt), 7 * number),
})

/** Every time an event takes place, in order, without what was cancelled. */
export const occurrencesOf = (event: Times & Pick<CalendarEvent, 'cancelled'>): Occurrence[] =>
  Array.from({ length: Math.min(timesOf(event), mostTimes) }, (_, number) => number)
    .filter(number => !event.cancelled.includes(number))
    .map(number => occurrenceOf(event, number))

export const entryKinds = ['due', 'opens', 'class', 'meeting', ...eventKinds] as const
export const entryKind = z.enum(entryKinds)
export type EntryKind = z.infer<typeof entryKind>

/** One thing on one day, or on several. */
export const calendarEntry = z.object({
  /** The same each time it is read, wherever it has moved to. */
  id: z.string(),
  kind: entryKind,
  title: z.string(),
  courseId: z.nullable(courseId),
  startsAt: instant,
  /** Null for a moment, such as when something is due. */
  endsAt: z.nullable(instant),
  /** First and last of its whole days; null where hours matter. */
  days: z.nullable(z.object({ from: day, to: day })),
  /** What it leads to. */
  item: z.nullable(z.object({ kind: z.string(), refId: uuid() })),
  /** Which time of which event. */
  event: z.nullable(z.object({ id: eventId, number: z.int() })),
  /** Learners do not see it yet. */
  hidden: z.boolean(),
})
export type CalendarEntry = z.infer<typeof calendarEntry>

/** A course whose entries one sees. */
export const calendarCourse = z.object({
  id: courseId,
  title: z.string(),
  shortName: z.string(),
  timeZone: z.string(),
  /** Whether one may make and change its events now. */
  mayChange: z.boolean(),
})
export type CalendarCourse = z.infer<typeof calendarCourse>

const calendarPage = z.object({
  /** In order of time. */
  entries: z.array(calendarEntry),
  /** Those that entries here come from. */
  events: z.array(calendarEvent),
  /** All courses one sees entries of, by title. */
  courses: z.array(calendarCourse),
})
export type CalendarPage = z.infer<typeof calendarPage>

const words = {
  kind: z._default(eventKind, 'other'),
  title: line(200),
  place: z._default(text(500), ''),
  note: z._default(text(2_000), ''),
  allDay: z._default(z.boolean(), false),
  startsAt: instant,
  endsAt: instant,
  weeklyUntil: z._default(z.nullable(day), null),
}

const oneTime = { eventId, number: z.coerce.number().check(z.int(), z.minimum(0), z.maximum(mostTimes - 1)) }

/** The address of a calendar that other programs read. Its secret part is told once. */
export const calendarFeed = z.object({
  id: feedId,
  /** Null for all of one's courses. */
  courseId: z.nullable(courseId),
  createdAt: instant,
  fetchedAt: z.nullable(instant),
})
export type CalendarFeed = z.infer<typeof calendarFeed>

export const calendarRoutes = defineRoutes('calendar', {
  /** What touches the time from `from` up to `to`, at most `mostDays`, in all of one's courses or in one. */
  list: route(
    'GET',
    '/calendar',
    read(z.strictObject({ from: instant, to: instant, courseId: z.optional(courseId) }), calendarPage),
  ),
  /** In a course its hours are meant in the course's zone; an event of one's own names its zone. */
  createEvent: route(
    'POST',
    '/calendar/events',
    write(
      z.strictObject({ courseId: z.nullable(courseId), timeZone: z._default(timeZone, 'UTC'), ...words }),
      z.object({ event: calendarEvent }),
    ),
  ),
  /** All of the event, all its times. What was cancelled stays so. */
  changeEvent: route(
    'PATCH',
    '/calendar/events/:eventId',
    write(z.strictObject({ eventId, version, ...words }), z.object({ event: calendarEvent })),
  ),
  removeEvent: route('DELETE', '/calendar/events/:eventId', write(z.strictObject({ eventId }), nothing)),
  restoreEvent: route('POST', '/calendar/events/:eventId/restore', write(z.strictObject({ eventId }), nothing)),
  /** One time of a weekly event does not take place. */
  cancelTime: route('POST', '/calendar/events/:eventId/times/:number/cancel', write(z.strictObject(oneTime), nothing)),
  restoreTime: route(
    'POST',
    '/calendar/events/:eventId/times/:number/restore',
    write(z.strictObject(oneTime), nothing),
  ),
  listFeeds: route('GET', '/calendar/feeds', read(nothing, z.object({ items: z.array(calendarFeed) }))),
  /** Makes the address, or another one in place of the one there is, which ends at once. */
  renewFeed: route(
    'POST',
    '/calendar/feeds',
    once(
      write(z.strictObject({ courseId: z.nullable(courseId) }), z.object({ feed: calendarFeed, address: z.string() })),
    ),
  ),
  revokeFeed: route('DELETE', '/calendar/feeds/:feedId', write(z.strictObject({ feedId }), nothing)),
  /** An iCalendar file (RFC 5545). Whoever has the address reads it; a wrong one is `not-found`. */
  file: route(
    'GET',
    '/calendar/feed/:token.ics',
    read(z.strictObject({ token: z.string().check(z.maxLength(200)) }), z.unknown(), 'anyone'),
  ),
})
