// What homework says on Today: to learners what they still have to hand in, to staff how far what they gave has come.
// Changes nothing and asks no rights.
import type { DeliveryId } from '#protocol/activities.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import type { CourseOfPerson, TodaySource } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { homeworkKind } from '../rules.ts'

const pastDays = 7
const mostDue = 50

/** Who gives homework is asked for none. What is over is only read. */
const learns = (one: CourseOfPerson) =>
  one.holds('course.view') && one.holds('activity.answer', 'writing') && !one.holds('activity.change')

/**
 * Homework a person still has to hand in, or began again and has not handed in, in courses they learn in: open to them, due at their own time, a week past at
 * most. One query, and those of what may be shut.
 */
export const dueToday: TodaySource = async (ctx, accountId, own) => {
  const rows = await ctx.sql<{
    kind: string
    ref_id: string
    title: string
    course_id: string
    course_title: string
    due_at: Date
    class_title: string | null
  }>(
    `select i.kind, i.ref_id, i.title, c.id as course_id, c.title as course_title, i.detail ->> 'classTitle' as class_title,
            d.due_at + make_interval(secs => coalesce(t.extra_seconds, 0)) as due_at
       from courses c
       join items i on i.course_id = c.id and i.kind = $2 and i.published and i.removed_at is null
       left join modules m on m.id = i.module_id
       join deliveries d on d.id = i.ref_id and d.closed_at is null and d.due_at > $3
       left join lateral (
         select finished_at, extra_seconds from attempts where delivery_id = d.id and account_id = $1
          order by number desc limit 1
       ) t on true
      where c.id = any($5::uuid[]) and m.removed_at is null
        and t.finished_at is null
        and (d.audience = 'everybody'
             or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = $1))
      order by due_at, i.id limit $4`,
    [
      ...[accountId, homeworkKind, new Date(ctx.now.getTime() - pastDays * 86_400_000), mostDue],
      own.filter(learns).map(one => one.id),
    ],
  )
  const shut = await shutFor(
    ctx,
    rows.map(row => row.course_id),
    [accountId],
  )
  const open = rows.filter(row => shut(accountId, { kind: row.kind, refId: row.ref_id }) === null)
  return open.map(row => ({
    kind: 'due' as const,
    item: { kind: row.kind, refId: row.ref_id },
    title: row.title,
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: new Date(row.due_at).toISOString(),
    detail: row.class_title === null ? {} : { classTitle: row.class_title },
  }))
}

/** How far one homework has come. */
export interface HomeworkState {
  readonly deliveryId: DeliveryId
  readonly title: string
  readonly courseId: string
  readonly courseTitle: string
  readonly dueAt: Date | null
  readonly over: boolean
  /** People it was given to, those who have answered something, those who have handed in. */
  readonly given: number
  readonly answered: number
  readonly handedIn: number
}

/** How far the homework of these courses has come, what is due first coming first; at most `limit`. One query. */
export const statesIn = (
  ctx: Ctx,
  courseIds: readonly string[],
  { openOnly, limit }: { openOnly: boolean; limit: number },
): Promise<HomeworkState[]> =>
  ctx.sql<HomeworkState>(
    `select d.id as "deliveryId", i.title, c.id as "courseId", c.title as "courseTitle", d.due_at as "dueAt",
            d.closed_at is not null as over, given.people as given, taken.answered, taken.finished as "handedIn"
       from items i
       join courses c on c.id = i.course_id and c.removed_at is null
       join deliveries d on d.id = i.ref_id
       left join modules m on m.id = i.module_id
       cross join lateral (
         select case when d.audience = 'everybody'
                     then (select count(*)::int from role_assignments r
                             join enrolments e on e.course_id = c.id and e.account_id = r.account_id and e.ended_at is null
                            where r.context_kind = 'course' and r.context_id = c.id and r.role = 'learner')
                     else (select count(*)::int from delivery_audience w where w.delivery_id = d.id) end as people
       ) given
       cross join lateral (
         select count(distinct t.account_id) filter (where exists (select from responses r where r.attempt_id = t.id))::int
                  as answered,
                count(t.finished_at) filter (where t.number = 1)::int as finished
           from attempts t where t.delivery_id = d.id
       ) taken
      where i.course_id = any($1::uuid[]) and i.kind = $2 and i.published and i.removed_at is null
        and m.removed_at is null and (not $3 or d.closed_at is null)
      order by d.due_at, d.id limit $4`,
    [[...courseIds], homeworkKind, openOnly, limit],
  )

/** Homework that is open in the courses a person teaches. One query. */
export const givenToday: TodaySource = async (ctx, _accountId, own) => {
  const taught = own.filter(one => one.holds('activity.change') && one.holds('grade.view-all'))
  if (taught.length === 0) return []
  const states = await statesIn(
    ctx,
    taught.map(one => one.id),
    { openOnly: true, limit: mostDue },
  )
  return states.map(one => ({
    kind: 'given' as const,
    item: { kind: homeworkKind, refId: one.deliveryId },
    title: one.title,
    courseId: one.courseId,
    courseTitle: one.courseTitle,
    at: one.dueAt && new Date(one.dueAt).toISOString(),
    detail: { given: one.given, answered: one.answered, handedIn: one.handedIn },
  }))
}
