// Whom homework is for: the gate of answers, those it was given to, those who have answered nothing. Changes nothing.
import type { ActivityId, DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand } from '#protocol/base/problems.ts'
import { mayEach, type Phase } from '#server/features/access/index.ts'
import { type GateAnswer, getActivity } from '#server/features/activities/index.ts'
import { shutFor } from '#server/features/conditions/index.ts'
import { courseContext, type ItemAudience } from '#server/features/courses/index.ts'
import { getGradeItem } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { homeworkKind, maySit } from '../rules.ts'
import type { Given } from './homework.ts'

/**
 * The gate of homework: learners who are in its course now and may answer there, whom it is for, while it stands there for
 * them to see and is open to them. Three queries, and those of what may be shut; runs on a storm's connection, so it
 * speaks SQL. Whoever may not is told why.
 */
export async function maySitHomework(
  ctx: Ctx,
  pairs: readonly { deliveryId: DeliveryId; accountId: AccountId }[],
): Promise<GateAnswer[]> {
  const rows = await ctx.sql<{
    learner: boolean
    given: boolean
    stands: boolean
    phase: Phase | null
    course_id: string | null
  }>(
    `select exists (
              select from role_assignments r
                join enrolments e on e.course_id = a.course_id and e.account_id = r.account_id and e.ended_at is null
               where r.account_id = p.account and r.context_kind = 'course' and r.context_id = a.course_id
                 and r.role = 'learner'
            ) as learner,
            coalesce(d.audience = 'everybody', false)
              or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = p.account) as given,
            exists (
              select from items i left join modules m on m.id = i.module_id
               where i.kind = $3 and i.ref_id = d.id and i.published and i.removed_at is null and m.removed_at is null
            ) as stands,
            k.phase, a.course_id
       from unnest($1::uuid[], $2::uuid[]) with ordinality as p(delivery, account, place)
       left join deliveries d on d.id = p.delivery
       left join activities a on a.id = d.activity_id
       left join contexts k on k.kind = 'course' and k.id = a.course_id
      order by p.place`,
    [pairs.map(one => one.deliveryId), pairs.map(one => one.accountId), homeworkKind],
  )
  const courseIds = rows.flatMap(row => row.course_id ?? [])
  const shut = await shutFor(ctx, [...new Set(courseIds)], [...new Set(pairs.map(one => one.accountId))])
  const asked = rows.map(({ course_id: courseId }, place) => {
    const pair = pairs[place]
    return pair && courseId !== null ? { ...pair, context: courseContext(courseId) } : undefined
  })
  const may = await mayEach(
    ctx,
    asked.flatMap(one => one ?? []),
  )
  return rows.map(({ learner, given, stands, phase }, place) => {
    const one = asked[place]
    return maySit({
      learner,
      given,
      stands,
      phase,
      sees: one !== undefined && may(one, 'course.view'),
      mayAnswer: one !== undefined && may(one, 'activity.answer'),
      shut: one ? shut(one.accountId, { kind: homeworkKind, refId: one.deliveryId }) : null,
    })
  })
}

/** Throws `not-for-you`, which names the way back, for a person it was not given to. Asks no other rights. */
export async function demandGivenTo(ctx: Ctx, { delivery, activity }: Given, accountId: AccountId): Promise<void> {
  if (delivery.audience === 'everybody') return
  const rows = await ctx.sql('select 1 as one from delivery_audience where delivery_id = $1 and account_id = $2', [
    delivery.id,
    accountId,
  ])
  demand(rows.length > 0, 'not-for-you', { params: { courseId: activity.courseId, title: activity.title } })
}

/** Homework that is for some stands in the course for those it was given to. */
export const homeworkAudience: ItemAudience = {
  among: async (ctx, refIds, accountId) => {
    const rows = await ctx.sql<{ id: string }>(
      'select delivery_id as id from delivery_audience where delivery_id = any($1::uuid[]) and account_id = $2',
      [[...refIds], accountId],
    )
    return new Set(rows.map(row => row.id))
  },
  people: async (ctx, refId) => {
    const rows = await ctx.sql<{ id: AccountId }>(
      'select account_id as id from delivery_audience where delivery_id = $1 order by 1',
      [refId],
    )
    return rows.map(row => row.id)
  },
}

/** The learners of its course now whom a homework is for and who may answer there, in the order of their ids. Three queries. */
export async function learnersFor(ctx: Ctx, deliveryId: string): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId; courseId: string }>(
    `select r.account_id as id, a.course_id as "courseId"
       from deliveries d
       join activities a on a.id = d.activity_id
       join role_assignments r on r.context_kind = 'course' and r.context_id = a.course_id and r.role = 'learner'
       join enrolments e on e.course_id = a.course_id and e.account_id = r.account_id and e.ended_at is null
      where d.id = $1 and (d.audience = 'everybody' or exists (
        select from delivery_audience w where w.delivery_id = d.id and w.account_id = r.account_id))
      order by 1`,
    [deliveryId],
  )
  const asked = rows.map(({ id: accountId, courseId }) => ({ accountId, context: courseContext(courseId) }))
  const may = await mayEach(ctx, asked)
  return asked.filter(one => may(one, 'activity.answer')).map(one => one.accountId)
}

/** Those who began a homework. */
export async function takersOf(ctx: Ctx, deliveryId: DeliveryId): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    'select account_id as id from attempts where delivery_id = $1 and number = 1 order by 1',
    [deliveryId],
  )
  return rows.map(row => row.id)
}

/**
 * The learners of the course now who have answered nothing in any delivery of the column, or without one of the
 * activity. Throws `not-found` for a column of another course. Asks no rights.
 */
export async function unansweredIn(
  ctx: Ctx,
  given: { activityId: ActivityId; gradeItemId?: string | undefined },
): Promise<AccountId[]> {
  const { courseId } = await getActivity(ctx, given.activityId)
  if (given.gradeItemId !== undefined)
    demand((await getGradeItem(ctx, given.gradeItemId)).courseId === courseId, 'not-found')
  const rows = await ctx.sql<{ account_id: AccountId }>(
    `select r.account_id
       from role_assignments r
       join enrolments e on e.course_id = r.context_id and e.account_id = r.account_id and e.ended_at is null
      where r.context_kind = 'course' and r.context_id = $1 and r.role = 'learner'
        and not exists (
              select from deliveries d
                join attempts t on t.delivery_id = d.id and t.account_id = r.account_id
                join responses s on s.attempt_id = t.id
               where case when $3::uuid is null then d.activity_id = $2
                          else d.id in (select delivery_id from grade_sources where grade_item_id = $3) end
            )
      order by r.account_id`,
    [courseId, given.activityId, given.gradeItemId ?? null],
  )
  return rows.map(row => row.account_id)
}
