// Meetings as they are read: one, who came, and what falls on which day. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { CourseId, CourseItem } from '#protocol/courses.ts'
import type { Attendant, Meeting, MeetingId, MeetingVisit } from '#protocol/meetings.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { type CalendarSource, findItem } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { type MeetingRow, meetings, type ServerRow, type VisitRow, visits } from '../tables.ts'

/** The kind under which meetings are placed in a course. */
export const meetingKind = 'meeting'

const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null

/** A row with its server, if it has one, as it travels: with its address to those who change it. */
export const meetingOf = (row: MeetingRow, server: ServerRow | null, told: 'with address' | 'without'): Meeting => ({
  id: row.id,
  courseId: row.courseId,
  title: row.title,
  host: new URL(row.address ?? server?.address ?? '').hostname,
  server: server && { id: server.id, name: server.name, kind: server.kind },
  address: told === 'with address' ? row.address : null,
  note: row.note,
  startsAt: isoOf(row.startsAt),
  endsAt: isoOf(row.endsAt),
  version: row.version,
  changedAt: row.changedAt.toISOString(),
})

/** What the line of a meeting says beside its title: when it is. */
export const detailOf = (row: MeetingRow) => ({
  ...{ startsAt: isoOf(row.startsAt), endsAt: isoOf(row.endsAt), version: row.version },
})

/** As much of a visit as is told. */
export type Visited = Pick<VisitRow, 'firstAt' | 'lastAt' | 'presses' | 'seconds'>

/** A visit as it travels. */
export const visitOf = ({ firstAt, lastAt, presses, seconds }: Visited): MeetingVisit => ({
  ...{ firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString(), presses, seconds },
})

/** The meeting with its item; `not-found` when it is not in this course or was removed. */
export async function getMeeting(
  ctx: Ctx,
  { courseId, meetingId }: { courseId: CourseId; meetingId: MeetingId },
): Promise<{ row: MeetingRow; item: CourseItem }> {
  const row = await meetings.findOne({ where: { id: meetingId, courseId }, raw: true })
  const item = row ? await findItem(ctx, { kind: meetingKind, refId: meetingId }) : undefined
  if (!row || !item) throw new Problem('not-found')
  return { row, item }
}

/** One person's visit; undefined where they have not come. */
export async function findVisit(meetingId: MeetingId, accountId: AccountId): Promise<MeetingVisit | undefined> {
  const row = await visits.findOne({ where: { meetingId, accountId }, raw: true })
  return row ? visitOf(row) : undefined
}

/**
 * The learners of the course and whoever else came, by name. One query. Throws `malformed` for a cursor that is none.
 */
export async function listAttendance(
  ctx: Ctx,
  {
    courseId,
    meetingId,
    after,
    limit,
  }: { courseId: CourseId; meetingId: MeetingId; after?: string | undefined; limit: number },
): Promise<Page<Attendant>> {
  const [name, id] = readKeyset(after) ?? [null, null]
  const rows = await ctx.sql<{ id: AccountId; name: string; sorted: string } & Visited>(
    `select a.id, a.name, lower(a.name) as sorted, v.first_at as "firstAt", v.last_at as "lastAt", v.presses,
            v.seconds
       from (select e.account_id from enrolments e
               join role_assignments r
                 on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
              where e.course_id = $1 and e.ended_at is null and r.role = 'learner'
             union select account_id from meeting_visits where meeting_id = $2) here
       join accounts a on a.id = here.account_id
       left join meeting_visits v on v.account_id = a.id and v.meeting_id = $2
      where $3::text is null or (lower(a.name), a.id) > ($3, $4::uuid)
      order by lower(a.name), a.id limit $5`,
    [courseId, meetingId, name, id, limit + 1],
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(row => ({ accountId: row.id, name: row.name, visit: row.firstAt ? visitOf(row) : null })),
    ...(rows.length > limit && last ? { next: writeKeyset(last.sorted, last.id) } : {}),
  }
}

/** Where somebody came, for the copy of what is kept about them. */
export const exportVisits = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql(
    `select m.title, v.first_at as "firstAt", v.last_at as "lastAt", v.presses, v.seconds
       from meeting_visits v join meetings m on m.id = v.meeting_id where v.account_id = $1 order by v.first_at`,
    [accountId],
  )

/** How many visits there are in a course. */
export const countVisits = async (ctx: Ctx, courseId: CourseId): Promise<number> =>
  (
    await ctx.sql<{ count: number }>(
      `select count(*)::int as count from meeting_visits v join meetings m on m.id = v.meeting_id where m.course_id = $1`,
      [courseId],
    )
  )[0]?.count ?? 0

/** Meetings that touch the stretch, drafts for their staff; what is hidden until it opens is not told. */
export const meetingDays: CalendarSource = async (ctx, { accountId, courseIds, staffIds, from, to }) => {
  const rows = await ctx.sql<{ id: string; title: string; courseId: CourseId; published: boolean } & TimeColumns>(
    `select t.id, i.title, i.course_id as "courseId", t.starts_at as "startsAt", t.ends_at as "endsAt",
            i.published
       from meetings t
       join items i on i.kind = $5 and i.ref_id = t.id and i.removed_at is null
       left join modules m on m.id = i.module_id
      where t.course_id = any($1::uuid[]) and t.starts_at < $4 and t.ends_at > $3 and m.removed_at is null
        and (i.published or i.course_id = any($2::uuid[]))`,
    [[...courseIds], [...staffIds], from, to, meetingKind],
  )
  const shut = await shutFor(
    ctx,
    rows.map(row => row.courseId),
    [accountId],
  )
  return rows
    .filter(
      ({ id, courseId }) =>
        staffIds.includes(courseId) || shut(accountId, { kind: meetingKind, refId: id }) !== 'hidden',
    )
    .map(({ id, title, courseId, published, startsAt, endsAt }) => ({
      ...{ id: `${id}-meeting`, kind: 'meeting' as const, title, courseId, days: null },
      ...{ startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() },
      ...{ item: { kind: meetingKind, refId: id }, event: null, hidden: !published },
    }))
}

interface TimeColumns {
  startsAt: Date
  endsAt: Date
}
