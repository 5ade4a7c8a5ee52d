// The end of somebody's time in a course that is known beforehand: set as a day of the course's own calendar, kept as the
// instant that day is over there, and carried out by any node. Rights were asked by the door.
import * as z from 'zod/mini'
import { instantIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseId as courseIdSchema } from '#protocol/courses.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getCourse } from '../queries/course.ts'
import { enrolments } from '../tables.ts'
import { endEnrolments } from './many.ts'

/** People whose time ends in one transaction at most. */
const batch = 500

export interface EndChange {
  readonly courseId: CourseId
  readonly accountId: AccountId
  /** The last day, YYYY-MM-DD; null: no end. */
  readonly endsOn: string | null
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/** Sets until when somebody is in a course. Throws `not-found` for who is not in it. A day that is over ends it soon. */
export async function changeEnd(
  ctx: WriteCtx,
  { courseId, accountId, endsOn }: EndChange,
): Promise<{ endsAt: string | null }> {
  const { timeZone } = await getCourse(ctx, courseId)
  const endsAt = endsOn === null ? null : (instantIn(timeZone, dayAfter(endsOn), '00:00') ?? null)
  const [changed] = await enrolments.update(
    { endsAt: endsAt === null ? null : new Date(endsAt) },
    { where: { courseId, accountId, endedAt: null } },
  )
  demand(changed > 0, 'not-found')
  await audit.record(ctx, {
    verb: 'course.enrolment-end-changed',
    subject: { kind: 'course', id: courseId },
    details: { accountId, endsAt },
  })
  ctx.announce(courseStaffScope, courseId, { kind: 'peopleChanged', body: { by: 0 } })
  return { endsAt }
}

/**
 * The same for many, as instants; null: no end. Who is not in it is passed over. Answers what the ends were that this changed.
 * Asks no rights.
 */
export async function changeEnds(
  ctx: WriteCtx,
  courseId: string,
  ends: ReadonlyMap<AccountId, Date | null>,
  why: Readonly<Record<string, unknown>>,
): Promise<Map<AccountId, Date | null>> {
  const rows = await ctx.sql<{ accountId: AccountId; was: Date | null }>(
    `with was as (
       select e.id, e.account_id, e.ends_at, n.ends_at as next
         from unnest($2::uuid[], $3::timestamptz[]) as n(account_id, ends_at)
         join enrolments e on e.course_id = $1 and e.account_id = n.account_id and e.ended_at is null
        where e.ends_at is distinct from n.ends_at order by e.account_id for update of e)
     update enrolments e set ends_at = was.next from was where e.id = was.id
     returning e.account_id as "accountId", was.ends_at as was`,
    [courseId, [...ends.keys()], [...ends.values()]],
  )
  if (rows.length > 0) {
    await audit.record(ctx, {
      verb: 'course.enrolment-ends-changed',
      subject: { kind: 'course', id: courseId },
      details: { people: rows.length, accountIds: rows.map(one => one.accountId), ...why },
    })
    ctx.announce(courseStaffScope, courseId, { kind: 'peopleChanged', body: { by: 0 } })
  }
  return new Map(rows.map(one => [one.accountId, one.was && new Date(one.was)]))
}

const due = z.object({ courseId: courseIdSchema })

/** Ends the time of those of one course whose day is over. A last instructor stays, without an end from then on. */
export const endsJob: JobBinding = {
  name: 'courses.ends',
  run: async (ctx, data) => {
    const { courseId } = z.parse(due, data)
    const rows = await ctx.sql<{ accountId: AccountId }>(
      `select account_id as "accountId" from enrolments
        where course_id = $1 and ended_at is null and ends_at <= $2 order by account_id limit $3`,
      [courseId, ctx.now, batch],
    )
    if (rows.length === 0) return 'done'
    const accountIds = rows.map(one => one.accountId)
    await endEnrolments(ctx, { courseId, accountIds })
    await enrolments.update({ endsAt: null }, { where: { courseId, accountId: accountIds, endedAt: null } })
    return rows.length === batch ? 'again' : 'done'
  },
}

/** Finds courses in which somebody's time is over; each is a job of its own. */
export async function lookForEnds(ctx: WriteCtx): Promise<void> {
  const rows = await ctx.sql<{ courseId: string }>(
    `select distinct course_id as "courseId" from enrolments where ended_at is null and ends_at <= $1 limit 200`,
    [ctx.now],
  )
  for (const one of rows) await ctx.enqueue(endsJob, one)
}
