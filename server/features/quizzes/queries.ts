// Homework as one learner sees it: questions without keys, their own answers, and the result once it is over for them.
// Changes nothing.

import * as z from 'zod/mini'
import type { ActivityId, DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type AskedQuestion, askedQuestion, toldKeyOf } from '#protocol/question-types/registry.ts'
import type { Homework, HomeworkResult } from '#protocol/quizzes.ts'
import {
  type ActivityRow,
  attempts,
  type DeliveryRow,
  getActivity,
  getDelivery,
  isScored,
  itemsOverFor,
  listItems,
  mySeat,
} from '#server/features/activities/index.ts'
import type { ItemAudience, TodaySource } from '#server/features/courses/index.ts'
import { getGradeItem, gradeItemsOf, ownGradeIn } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { demandOpened, homeworkKind, isOver, resultOf, type Standing } from './rules.ts'

export interface Given {
  readonly delivery: DeliveryRow
  readonly activity: ActivityRow
}

/** The homework with its activity; `not-found` for a delivery of another mode too. Asks no rights. */
export async function getHomework(ctx: Ctx, deliveryId: DeliveryId): Promise<Given> {
  const delivery = await getDelivery(ctx, deliveryId)
  if (delivery.mode !== 'homework') throw new Problem('not-found')
  return { delivery, activity: await getActivity(ctx, delivery.activityId) }
}

/** How it stands for one person. */
export async function standingOf(_ctx: Ctx, { delivery }: Given, accountId: AccountId): Promise<Standing> {
  const attempt = await attempts.findOne({ where: { deliveryId: delivery.id, accountId }, raw: true })
  return {
    opensAt: delivery.opensAt,
    dueAt: delivery.dueAt,
    closedAt: delivery.closedAt,
    finishedAt: attempt?.finishedAt ?? null,
    extraSeconds: attempt?.extraSeconds ?? 0,
  }
}

/** What was right, item by item. Only for somebody for whom it is over here; an item that is not over elsewhere is held. */
export async function homeworkResult(
  ctx: Ctx,
  { delivery, activity }: Given,
  accountId: AccountId,
): Promise<HomeworkResult> {
  const rows = await ctx.sql<{ item_id: ItemId; score: string | null }>(
    `select item_id, trim_scale(score)::text as score from evidence where delivery_id = $1 and account_id = $2`,
    [delivery.id, accountId],
  )
  const scores = new Map(rows.map(row => [row.item_id, row.score]))
  const scored = isScored(activity.kind, activity.settings)
  const items = await listItems(ctx, activity.id)
  const over = await itemsOverFor(
    ctx,
    items.map(item => item.id),
    accountId,
  )
  const told = scored ? items.filter(item => item.ruling !== 'discarded').map(item => item.id) : []
  const counts = new Set(told)
  const result = resultOf(
    items.map(item => ({
      itemId: item.id,
      score: scores.get(item.id) ?? null,
      points: item.points,
      key: counts.has(item.id) ? toldKeyOf(item.question.question) : null,
      held: counts.has(item.id) && !over.keys.has(item.id),
      summed: !counts.has(item.id) || over.totals.has(item.id),
    })),
  )
  const [gradeItemId] = await gradeItemsOf(ctx, [delivery.id])
  const grade = gradeItemId ? await ownGradeIn(ctx, gradeItemId, accountId) : null
  const waits = delivery.shows === 'after-due' && delivery.closedAt === null
  return {
    ...result,
    held: told.every(id => over.keys.has(id))
      ? null
      : told.some(id => over.never.has(id))
        ? 'never'
        : waits
          ? 'after-due'
          : 'elsewhere',
    grade: grade && gradeItemId ? { gradeItemId, score: grade.score, points: grade.points, parts: grade.parts } : null,
  }
}

const asked = (question: { type: string; body: unknown }): AskedQuestion =>
  z.parse(askedQuestion, { type: question.type, body: question.body })

const instantOf = (at: Date | null): string | null => at?.toISOString() ?? null

/** The homework for one learner. Throws `not-open` before it opens: the questions are not shown sooner. */
export async function homeworkFor(ctx: Ctx, given: Given, accountId: AccountId): Promise<Homework> {
  const { delivery, activity } = given
  const standing = await standingOf(ctx, given, accountId)
  demandOpened(standing, ctx.now)
  const items = await listItems(ctx, activity.id)
  return {
    delivery: {
      id: delivery.id,
      activityId: delivery.activityId,
      mode: delivery.mode,
      audience: delivery.audience,
      shows: delivery.shows,
      opensAt: instantOf(delivery.opensAt),
      dueAt: instantOf(delivery.dueAt),
      closedAt: instantOf(delivery.closedAt),
    },
    courseId: activity.courseId,
    activity: { id: activity.id, kind: activity.kind, title: activity.title, settings: activity.settings },
    items: items.map(item => ({ id: item.id, points: item.points, asked: asked(item.question.question) })),
    seat: await mySeat(ctx, delivery.id),
    result: isOver(standing) ? await homeworkResult(ctx, given, accountId) : null,
    now: ctx.now.toISOString(),
  }
}

/**
 * The gate of homework: learners who are in its course now, whom it is for, while it stands there for them to see. One query; runs on a
 * storm's connection, so it speaks SQL.
 */
export async function maySitHomework(
  ctx: Ctx,
  pairs: readonly { deliveryId: DeliveryId; accountId: AccountId }[],
): Promise<boolean[]> {
  const rows = await ctx.sql<{ allowed: boolean }>(
    `select exists (
              select from role_assignments r
                join enrolments e on e.course_id = a.course_id and e.account_id = r.account_id and e.ended_at is null
                join items i on i.kind = $3 and i.ref_id = d.id and i.published and i.removed_at is null
                left join modules m on m.id = i.module_id
               where (d.audience = 'everybody'
                      or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = r.account_id))
                 and m.removed_at is null and r.account_id = p.account and r.context_kind = 'course' and r.context_id = a.course_id
                 and r.role = 'learner'
            ) as allowed
       from unnest($1::uuid[], $2::uuid[]) with ordinality as p(delivery, account, place)
       left join deliveries d on d.id = p.delivery
       left join activities a on a.id = d.activity_id
      order by p.place`,
    [pairs.map(one => one.deliveryId), pairs.map(one => one.accountId), homeworkKind],
  )
  return rows.map(row => row.allowed)
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

/** Those who began a homework. */
export async function takersOf(ctx: Ctx, deliveryId: DeliveryId): Promise<AccountId[]> {
  const rows = await ctx.sql<{ id: AccountId }>(
    'select account_id as id from attempts where delivery_id = $1 order by 1',
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

const pastDays = 7
const mostDue = 50

/**
 * Homework a person still has to hand in, in courses they learn in: open, due at their own time, a week past at most.
 * One query.
 */
export const dueToday: TodaySource = async (ctx, accountId) => {
  const rows = await ctx.sql<{
    kind: string
    ref_id: string
    title: string
    course_id: string
    course_title: string
    due_at: Date
  }>(
    `select i.kind, i.ref_id, i.title, c.id as course_id, c.title as course_title,
            d.due_at + make_interval(secs => coalesce(t.extra_seconds, 0)) as due_at
       from role_assignments r
       join enrolments e on e.account_id = r.account_id and e.course_id = r.context_id and e.ended_at is null
       join courses c on c.id = e.course_id and c.removed_at is null
       join items i on i.course_id = c.id and i.kind = $2 and i.published and i.removed_at is null
       left join modules m on m.id = i.module_id
       join deliveries d on d.id = i.ref_id and d.closed_at is null and d.due_at > $3
       left join attempts t on t.delivery_id = d.id and t.account_id = r.account_id
      where r.account_id = $1 and r.context_kind = 'course' and r.role = 'learner' and m.removed_at is null
        and t.finished_at is null
        and (d.audience = 'everybody'
             or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = r.account_id))
      order by due_at, i.id limit $4`,
    [accountId, homeworkKind, new Date(ctx.now.getTime() - pastDays * 86_400_000), mostDue],
  )
  return rows.map(row => ({
    kind: 'due' as const,
    item: { kind: row.kind, refId: row.ref_id },
    title: row.title,
    courseId: row.course_id,
    courseTitle: row.course_title,
    at: new Date(row.due_at).toISOString(),
    detail: {},
  }))
}
