// One person's calendar: their courses, what the record says of them, their events. Four queries and one a source, however
// many courses and events there are; it speaks SQL through `ctx` alone. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CalendarCourse, CalendarEvent, CalendarPage } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { calendarSources, type MayThere, ownCourses } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { together } from '#server/platform/db/sequelize.ts'
import { demandWindow, entriesOf, inOrder } from '../rules/times.ts'
import { calendarEvents, type EventRow } from '../tables.ts'

/** Whether what learners do not see yet is told to those who teach: on their own screen, never under an address. */
export type Told = 'with drafts' | 'as published'

/** A row as it travels. */
export const eventOf = (row: EventRow): CalendarEvent => ({
  id: row.id,
  courseId: row.courseId,
  kind: row.kind,
  title: row.title,
  place: row.place,
  note: row.note,
  allDay: row.allDay,
  startsAt: new Date(row.startsAt).toISOString(),
  endsAt: new Date(row.endsAt).toISOString(),
  timeZone: row.timeZone,
  weeklyUntil: row.weeklyUntil,
  cancelled: row.cancelled,
  version: row.version,
})

/** The event, a removed one too, or `not-found`. Asks no rights. */
export async function getEvent(eventId: string): Promise<EventRow> {
  const row = await calendarEvents.findByPk(eventId, { raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

interface CourseSeen extends CalendarCourse {
  readonly staff: boolean
}

/** The courses a person is in and may look into, by title. Three queries. */
async function coursesSeen(ctx: Ctx, accountId: AccountId): Promise<CourseSeen[]> {
  const own = new Map((await ownCourses(ctx, accountId)).map(one => [one.id, one.may]))
  const rows = await ctx.sql<Omit<CalendarCourse, 'mayChange'>>(
    `select id, title, short_name as "shortName", time_zone as "timeZone" from courses
      where id = any($1::uuid[]) and state <> 'archived' order by lower(title), id`,
    [[...own].flatMap(([id, may]) => (may('course.view') ? [id] : []))],
  )
  return rows.map(course => {
    const may: MayThere = own.get(course.id) ?? (() => false)
    return { ...course, staff: may('content.change'), mayChange: may('content.change', 'writing') }
  })
}

/** The events of these courses that touch a stretch, and the person's own. One query. */
const eventsIn = (
  ctx: Ctx,
  { courseIds, own, from, to }: { courseIds: readonly string[]; own: AccountId | null; from: Date; to: Date },
): Promise<EventRow[]> =>
  ctx.sql<EventRow>(
    `select id, course_id as "courseId", kind, title, place, note, all_day as "allDay", starts_at as "startsAt",
            ends_at as "endsAt", time_zone as "timeZone", weekly_until as "weeklyUntil", cancelled, version
       from calendar_events
      where removed_at is null and starts_at < $4 and over_at > $3
        and (course_id = any($1::uuid[]) or account_id = $2)
      order by starts_at, id`,
    [[...courseIds], own, from, to],
  )

interface Stretch {
  readonly from: Date
  readonly to: Date
  /** One course alone; without it all of them and what is the person's own. */
  readonly courseId?: CourseId | undefined
}

/**
 * What lies in a stretch of time for a person. Throws `malformed` for a stretch that is too long, and `not-found` for a
 * course whose calendar is not theirs to see.
 */
export async function calendarOf(ctx: Ctx, accountId: AccountId, stretch: Stretch, told: Told): Promise<CalendarPage> {
  demandWindow(stretch)
  return calendarIn(ctx, accountId, stretch, told)
}

/** The same for a stretch of any length. Throws `not-found`. */
export async function calendarIn(
  ctx: Ctx,
  accountId: AccountId,
  { from, to, courseId }: Stretch,
  told: Told,
): Promise<CalendarPage> {
  const courses = await coursesSeen(ctx, accountId)
  const asked = courses.filter(one => courseId === undefined || one.id === courseId)
  if (courseId !== undefined && asked.length === 0) throw new Problem('not-found')
  const courseIds = asked.map(one => one.id)
  const staffIds = told === 'with drafts' ? asked.filter(one => one.staff).map(one => one.id) : []
  const ask = { accountId, courseIds, staffIds, from, to }
  const known = await together(calendarSources().map(source => () => source(ctx, ask)))
  const own = courseId === undefined ? accountId : null
  const events = (await eventsIn(ctx, { courseIds, own, from, to })).map(eventOf)
  return {
    entries: inOrder([...known.flat(), ...events.flatMap(event => entriesOf(event, from, to))]),
    events,
    courses: courses.map(({ staff: _, ...course }) => course),
  }
}
