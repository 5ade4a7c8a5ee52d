// Homework as one learner sees it: questions without keys, their own answers, and the result once it is over for them.
// Changes nothing.

import * as z from 'zod/mini'
import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
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
import { gradeItemsOf, heldBack, ownGradeIn } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { demandOpened, homeworkKind, isOver, resultOf, type Standing } from '../rules.ts'

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
  const here = new Set([delivery.id])
  const columns = await gradeItemsOf(ctx, [delivery.id])
  const back = (await heldBack(ctx, columns)).size > 0
  const result = resultOf(
    items.map(item => ({
      itemId: item.id,
      score: scores.get(item.id) ?? null,
      points: item.points,
      ruling: item.ruling,
      key: counts.has(item.id) ? toldKeyOf(item.question.question) : null,
      held: back || (counts.has(item.id) && !over.keys.has(item.id)),
      summed: !back && (!counts.has(item.id) || over.inTotal(item.id, here)),
    })),
  )
  const [gradeItemId] = columns
  const grade = gradeItemId ? await ownGradeIn(ctx, gradeItemId, accountId) : null
  const waits = delivery.shows === 'after-due' && delivery.closedAt === null
  return {
    ...result,
    held: back
      ? 'held-back'
      : told.every(id => over.keys.has(id))
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
  const [place] = await ctx.sql<{ class_title: string | null }>(
    "select detail ->> 'classTitle' as class_title from items where course_id = $1 and kind = $2 and ref_id = $3",
    [activity.courseId, homeworkKind, delivery.id],
  )
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
    classTitle: place?.class_title ?? null,
    activity: { id: activity.id, kind: activity.kind, title: activity.title, settings: activity.settings },
    items: items.map(item => ({ id: item.id, points: item.points, asked: asked(item.question.question) })),
    seat: await mySeat(ctx, delivery.id),
    result: isOver(standing) ? await homeworkResult(ctx, given, accountId) : null,
    now: ctx.now.toISOString(),
  }
}
