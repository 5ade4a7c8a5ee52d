// Scores anew what was settled, in every attempt, after a key, points, a ruling or the settings changed. An answer that is settled while
// this goes on is scored by what holds after it.
import type { ActivityId, DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { kindOf } from '../kinds/registry.ts'
import { getActivity, getDelivery, loadPlan } from '../queries/activities.ts'
import { tellRescored } from '../queries/gates.ts'
import { chooseAttempts } from './attempts.ts'
import { readCounted, writeEvidence } from './evidence.ts'
import { deliveryLock, lockAlone } from './locks.ts'

/**
 * Locks every delivery of an activity alone and answers which they are: what is settled from here on knows what this
 * transaction wrote before. Settled evidence is not enough to go by, for the first of a delivery may be on its way.
 */
export async function lockDeliveries(ctx: WriteCtx, activityId: ActivityId): Promise<DeliveryId[]> {
  const rows = await ctx.sql<{ id: DeliveryId }>('select id from deliveries where activity_id = $1 order by id', [
    activityId,
  ])
  for (const { id } of rows) await lockAlone(ctx, deliveryLock(id))
  return rows.map(row => row.id)
}

/**
 * Scores these items anew for these people, or for everybody who was settled. The caller holds the locks. Throws
 * `not-found`.
 */
export async function scoreAnew(
  ctx: WriteCtx,
  activityId: ActivityId,
  deliveryIds: readonly DeliveryId[],
  itemIds: readonly ItemId[],
  accountIds: readonly AccountId[] | null,
): Promise<void> {
  const activity = await getActivity(ctx, activityId)
  const { items } = await loadPlan(ctx, activity)
  const counts = kindOf(activity.kind).counts(activity.settings)
  for (const deliveryId of deliveryIds) {
    const settled = await ctx.sql<{ of: string }>(
      `select attempt_id || '/' || item_id as of from evidence where delivery_id = $1 and item_id = any($2::uuid[])`,
      [deliveryId, [...itemIds]],
    )
    if (settled.length === 0) continue
    const known = new Set(settled.map(row => row.of))
    const rows = await readCounted(ctx, deliveryId, itemIds, counts, accountIds)
    const again = rows.filter(row => known.has(`${row.attempt_id}/${row.item_id}`))
    await writeEvidence(ctx, activity, items, deliveryId, again)
    // Another attempt may be the best one now.
    await chooseAttempts(ctx, await getDelivery(ctx, deliveryId), accountIds)
  }
}

/** The same for everybody, and tells those who compute from it in the same transaction. Throws `not-found`. */
export async function rescoreItems(ctx: WriteCtx, activityId: ActivityId, itemIds: readonly ItemId[]): Promise<void> {
  const deliveryIds = await lockDeliveries(ctx, activityId)
  await scoreAnew(ctx, activityId, deliveryIds, itemIds, null)
  await tellRescored(ctx, deliveryIds)
}
