// Adds, changes, moves and removes the items of an activity. What was answered keeps its meaning: its options may be
// reworded and its key corrected, which scores the answers anew, but not replaced. Asks no rights.

import { isDeepStrictEqual } from 'node:util'
import { type ActivityKindName, activityKinds } from '#protocol/activities/registry.ts'
import type { ActivityId, ActivityItem, ItemId } from '#protocol/activities.ts'
import { tenThousandths } from '#protocol/base/decimal.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import {
  changeQuestion,
  changesKey,
  createQuestion,
  getQuestion,
  keepsAnswers,
} from '#server/features/questions/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { getActivity, listItems } from '../queries/activities.ts'
import { getItemPlace } from '../queries/corrections.ts'
import { tellChanged } from '../queries/gates.ts'
import { mayScore } from '../rules.ts'
import { activityItems } from '../tables.ts'
import { lockActivity } from './activities.ts'
import { lockDeliveries, rescoreItems } from './rescore.ts'
import { recordCorrection } from './rule.ts'

/** How many items an activity may have. */
export const mostItems = 200

const demandPoints = (points: string): void =>
  demand(mayScore(points), 'malformed', { errors: [{ path: 'points', code: 'too_big' }] })

/** A kind takes some types of question alone. Throws `malformed`. */
function demandTaken(kind: ActivityKindName, { type }: WrittenQuestion): void {
  const taken: readonly string[] = activityKinds[kind].takes
  demand(taken.includes(type), 'malformed', { errors: [{ path: 'question.type', code: 'invalid_value' }] })
}

async function getItem(ctx: WriteCtx, activityId: ActivityId, itemId: ItemId): Promise<ActivityItem> {
  const item = (await listItems(ctx, activityId)).find(one => one.id === itemId)
  if (!item) throw new Problem('not-found')
  return item
}

const wasAnswered = async (ctx: WriteCtx, itemId: ItemId): Promise<boolean> =>
  (await ctx.sql('select 1 as one from responses where item_id = $1 limit 1', [itemId])).length > 0

const wasAsked = async (ctx: WriteCtx, itemId: ItemId): Promise<boolean> =>
  (
    await ctx.sql(
      `select 1 as one from activity_items i join deliveries d on d.activity_id = i.activity_id
        where i.id = $1 and (d.mode = 'homework' or d.shared -> 'opened' ? i.id::text) limit 1`,
      [itemId],
    )
  ).length > 0

/**
 * Puts a new question at the end of an activity and into the bank (`draft` when typed on the spot). `points` is a
 * decimal string. Throws `not-found`, `malformed` for points, for a question the activity does not take and when key and body
 * do not fit, `too-many` past 200 items.
 */
export async function addItem(
  ctx: WriteCtx,
  given: { activityId: ActivityId; question: WrittenQuestion; points: string; status?: 'draft' | 'ready' },
): Promise<ActivityItem> {
  demandPoints(given.points)
  await lockActivity(ctx, given.activityId)
  const activity = await getActivity(ctx, given.activityId)
  const [found] = await ctx.sql<{ items: number; last: number }>(
    `select count(*)::int as items, coalesce(max(position), -1) as last from activity_items
      where activity_id = $1 and removed_at is null`,
    [activity.id],
  )
  demand((found?.items ?? 0) < mostItems, 'too-many', { params: { most: mostItems } })
  demandTaken(activity.kind, given.question)
  const { courseId } = activity
  const question = await createQuestion(ctx, { courseId, question: given.question, status: given.status ?? 'ready' })
  const id = newId<'ActivityItem'>()
  await activityItems.create({
    id,
    activityId: activity.id,
    questionVersionId: question.versionId,
    position: (found?.last ?? -1) + 1,
    points: given.points,
    ruling: 'by-key',
    version: 0,
    removedAt: null,
  })
  await tellChanged(ctx, activity.id, 'plan')
  return { id, position: found?.items ?? 0, points: given.points, ruling: 'by-key', version: 0, question }
}

/**
 * Changes question or points. Throws `not-found`, `malformed` for points or a question that the activity does not take,
 * `conflict` with the current item when `version` is an older one, and `in-use` when the item was answered and its type or
 * options would be other ones. A new key or new points score anew what is settled.
 */
export async function changeItem(
  ctx: WriteCtx,
  given: {
    activityId: ActivityId
    itemId: ItemId
    version: number
    question?: WrittenQuestion | undefined
    points?: string | undefined
  },
): Promise<ActivityItem> {
  if (given.points !== undefined) demandPoints(given.points)
  await lockActivity(ctx, given.activityId)
  const current = await getItem(ctx, given.activityId, given.itemId)
  if (current.version !== given.version) throw new Problem('conflict', { params: { current } })
  let { question } = current
  const before = question.question
  if (given.question) {
    demandTaken((await getActivity(ctx, given.activityId)).kind, given.question)
    if (!keepsAnswers(before, given.question)) {
      // Answers on their way come before, or are given to the question as it is afterwards.
      await lockDeliveries(ctx, given.activityId)
      demand(!(await wasAnswered(ctx, current.id)), 'in-use')
    }
    // The bank may have moved on since; the item follows with the version after it.
    const bank = await getQuestion(ctx, question.id)
    question = await changeQuestion(ctx, { questionId: bank.question.id, question: given.question })
  }
  const points = given.points ?? current.points
  const next: ActivityItem = { ...current, question, points, version: current.version + 1 }
  await activityItems.update(
    { questionVersionId: question.versionId, points, version: next.version },
    { where: { id: current.id } },
  )
  const otherPoints = tenThousandths(points) !== tenThousandths(current.points)
  if (otherPoints || changesKey(before, question.question)) {
    await audit.record(ctx, {
      verb: 'activity.item-rescored',
      subject: { kind: 'activity', id: given.activityId },
      context: courseContext((await getActivity(ctx, given.activityId)).courseId),
      details: { itemId: current.id, version: next.version, points },
    })
    await rescoreItems(ctx, given.activityId, [current.id])
    // Whoever was asked is told, as by a correction from the class's page.
    if (changesKey(before, question.question) && (await wasAnswered(ctx, current.id))) {
      const place = { ...(await getItemPlace(ctx, current.id)), item: next }
      await recordCorrection(ctx, { place, note: '', up: 0, down: 0, done: 0, people: 0 })
    }
  }
  // Also of other words alone: who has the question before them must not answer one that is gone.
  if (otherPoints || !isDeepStrictEqual(before, question.question)) await tellChanged(ctx, given.activityId, 'record')
  return next
}

/** Puts an item at a place (0 is the first; past the end is the end). Throws `not-found`. */
export async function moveItem(
  ctx: WriteCtx,
  given: { activityId: ActivityId; itemId: ItemId; position: number },
): Promise<void> {
  await lockActivity(ctx, given.activityId)
  const items = await listItems(ctx, given.activityId)
  const moved = items.find(one => one.id === given.itemId)
  if (!moved) throw new Problem('not-found')
  const order = items.filter(one => one !== moved)
  order.splice(given.position, 0, moved)
  await ctx.sql(
    `update activity_items i set position = o.place - 1 from unnest($1::uuid[]) with ordinality as o(id, place)
      where i.id = o.id`,
    [order.map(one => one.id)],
  )
  await tellChanged(ctx, given.activityId, 'plan')
}

/** Takes an item out. Throws `not-found`, and `in-use` when it was answered or is given out. */
export async function removeItem(ctx: WriteCtx, given: { activityId: ActivityId; itemId: ItemId }): Promise<void> {
  await lockActivity(ctx, given.activityId)
  // Whoever opens it, or answers it, at this moment comes before or finds it gone.
  await lockDeliveries(ctx, given.activityId)
  const item = await getItem(ctx, given.activityId, given.itemId)
  demand(!(await wasAnswered(ctx, item.id)) && !(await wasAsked(ctx, item.id)), 'in-use')
  await activityItems.update({ removedAt: ctx.now }, { where: { id: item.id } })
  await tellChanged(ctx, given.activityId, 'plan')
}
