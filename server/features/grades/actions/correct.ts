// Corrects an item after it was answered and works every grade behind which it stands out anew: a class at once, many
// people by jobs. Whatever is settled meanwhile is scored by the corrected item. Asks no rights.
import * as z from 'zod/mini'
import { type DeliveryId, itemId as itemIdSchema } from '#protocol/activities.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import type { Correction } from '#protocol/grades.ts'
import {
  advanceCorrection,
  getCorrection,
  getItemPlace,
  type ItemPlace,
  lockActivity,
  lockDeliveries,
  type NewRuling,
  recordCorrection,
  ruleItem,
  scoreAnew,
  settledIn,
  settledMarks,
} from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { type Change, upAndDown, whoChanges } from '../queries/correction.ts'
import { computeGradesOf } from './compute.ts'

/** As many people as one transaction scores anew. */
export const peopleAtOnce = 200

/**
 * Who would change, and the lock of every delivery after it: the whole class is looked at while answers still come in,
 * and under the locks only those are looked at again for whom more was settled meanwhile.
 */
async function changesUnderLock(
  ctx: WriteCtx,
  place: ItemPlace,
  to: NewRuling,
): Promise<{ changes: Change[]; deliveryIds: DeliveryId[] }> {
  const marks = await settledMarks(ctx, place.activityId)
  const early = await whoChanges(ctx, place, to)
  // From here on nothing is settled by the old key.
  const deliveryIds = await lockDeliveries(ctx, place.activityId)
  const now = await settledMarks(ctx, place.activityId)
  const since = new Set([...now].flatMap(([id, mark]) => (marks.get(id) === mark ? [] : [id])))
  if (since.size === 0) return { changes: early, deliveryIds }
  const again = await whoChanges(ctx, place, to, [...since])
  return { changes: [...early.filter(one => !since.has(one.accountId)), ...again], deliveryIds }
}

/**
 * Applies a correction. `done` of the answer equals `people` when it is finished already; else jobs go on with it.
 * Throws what `ruleItem` throws.
 */
export async function correctItem(ctx: WriteCtx, given: NewRuling & { note: string }): Promise<Correction> {
  const before = await getItemPlace(ctx, given.itemId)
  await lockActivity(ctx, before.activityId)
  const { changes, deliveryIds } = await changesUnderLock(ctx, before, given)
  const { up, down } = upAndDown(changes)
  const place = await ruleItem(ctx, given)
  const people = [...new Set((await settledIn(ctx, given.itemId, null)).map(one => one.accountId))]
  const few = people.length <= peopleAtOnce
  const { note } = given
  const correction = { place, note, up: up.size, down: down.size, done: few ? people.length : 0, people: people.length }
  const id = await recordCorrection(ctx, correction)
  if (few) {
    await scoreAnew(ctx, place.activityId, deliveryIds, [given.itemId], null)
    await computeGradesOf(ctx, deliveryIds)
  } else
    for (let at = 0; at < people.length; at += peopleAtOnce)
      await ctx.enqueue(regradeJob, {
        correctionId: id,
        itemId: given.itemId,
        accountIds: people.slice(at, at + peopleAtOnce),
      })
  return getCorrection(ctx, id)
}

const regradeData = z.object({ correctionId: z.uuid(), itemId: itemIdSchema, accountIds: z.array(accountId) })

/** Scores these people's answers anew by what the item says now. */
async function regrade(ctx: WriteCtx, data: unknown): Promise<void> {
  const { correctionId, itemId, accountIds } = z.parse(regradeData, data)
  const { activityId } = await getItemPlace(ctx, itemId)
  const deliveryIds = await lockDeliveries(ctx, activityId)
  await scoreAnew(ctx, activityId, deliveryIds, [itemId], accountIds as AccountId[])
  await computeGradesOf(ctx, deliveryIds, accountIds as AccountId[])
  await advanceCorrection(ctx, correctionId, accountIds.length)
}

/** Scores and computes a part of the people anew. */
export const regradeJob: JobBinding = { name: 'grades.regrade', run: regrade }
