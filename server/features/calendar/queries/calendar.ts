// One person's calendar: their courses, what the record says of them, their events. Three queries and one a source, however
// many courses and events there are; it speaks SQL through `ctx` alone. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { SiteRole } from '#protocol/base/roles.ts'
import type { CalendarCourse, CalendarEvent, CalendarPage } from '#protocol/calendar.ts'
import type { CourseId } from '#protocol/courses.ts'
import { judge, lawIn } from '#server/features/access/index.ts'
import { calendarSources, courseContext } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { together } from '#server/platform/db/sequelize.ts'
import { demandWindow, entriesOf, inOrder } from '../rules/times.ts'
import { calendarEvents, type EventRow } from '../tables.ts'

/** Whose calendar it is. */
export interface Reader {
  readonly accountId: AccountId
  readonly siteRole: SiteRole
}

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

/** The event, or `not-found`; a removed one is not there. Asks no rights. */
export async function getEvent(eventId: string): Promise<EventRow> {
  const row = await calendarEvents.findOne({ where: { id: eventId, removedAt: null }, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

interface CourseSeen extends CalendarCourse {
  readonly staff: boolean
}

/** The courses a person is in and may look into, by title. Two queries. */
async function coursesOf(ctx: Ctx, { accountId, siteRole }: Reader): Promise<CourseSeen[]> {
  const rows = await ctx.sql<Omit<CalendarCourse, 'mayChange'> & { roles: string[] }>(
    `select c.id, c.title, c.short_name as "shortName", c.time_zone as "timeZone",
            array(select h.role from roles_held h
                   where h.account_id = $1 and h.context_kind = 'course' and h.context_id = c.id) as roles
       from enrolments e join courses c on c.id = e.course_id
      where e.account_id = $1 and e.ended_at is null and c.removed_at is null and c.state <> 'archived'
      order by lower(c.title), c.id`,
    [accountId],
  )
  const law = await lawIn(
    ctx,
    rows.map(row => courseContext(row.id)),
  )
  return rows.flatMap(({ roles, ...course }) => {
    const held = roles.map(role => ({ role, depth: 0 }))
    const question = { siteRole, held, ...law(courseContext(course.id)) }
    if (judge(question, 'course.view', 'reading') !== 'allowed') return []
    const staff = judge(question, 'content.change', 'reading') === 'allowed'
    return [{ ...course, staff, mayChange: judge(question, 'content.change', 'writing') === 'allowed' }]
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
export async function calendarOf(ctx: Ctx, reader: Reader, stretch: Stretch, told: Told): Promise<CalendarPage> {
  demandWindow(stretch)
  return calendarIn(ctx, reader, stretch, told)
}

/** The same for a stretch of any length. */
export async function calendarIn(
  ctx: Ctx,
  reader: Reader,
  { from, to, courseId }: Stretch,
  told: Told,
): Promise<CalendarPage> {
  const courses = await coursesOf(ctx, reader)
  const asked = courses.filter(one => courseId === undefined || one.id === courseId)
  if (courseId !== undefined && asked.length === 0) throw new Problem('not-found')
  const courseIds = asked.map(one => one.id)
  const staffIds = told === 'with drafts' ? asked.filter(one => one.staff).map(one => one.id) : []
  const ask = { accountId: reader.accountId, courseIds, staffIds, from, to }
  const known = await together(calendarSources().map(source => () => source(ctx, ask)))
  const own = courseId === undefined ? reader.accountId : null
  const events = (await eventsIn(ctx, { courseIds, own, from, to })).map(eventOf)
  return {
    entries: inOrder([...known.flat(), ...events.flatMap(event => entriesOf(event, from, to))]),
    events,
    courses: courses.map(({ staff: _, ...course }) => course),
  }
}
