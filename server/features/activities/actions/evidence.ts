// Settles what counts: for an attempt and item the response that counts, as a reference, and what it earned. Written
// when an item closes in class or when homework is handed in; rescore.ts does it again when a key or points change.
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { AttemptId, DeliveryId, ItemId, ResponseId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { Plan, PlanItem, Shared } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { getActivity, getDelivery, loadPlan } from '../queries/activities.ts'
import { homeworkClosesAt, scoreBy } from '../rules.ts'
import { type ActivityRow, deliveries } from '../tables.ts'
import { deliveryLock, lockAlone, lockShared, seatLock } from './locks.ts'

/** One attempt at one item, with the response that counts. */
export interface CountedRow {
  attempt_id: AttemptId
  account_id: AccountId
  item_id: ItemId
  response_id: ResponseId | null
  move: ActivityMove | null
}

/** Every attempt of the delivery (or of these people) with each of the items, and the response that counts. */
export async function readCounted(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  itemIds: readonly ItemId[],
  counts: 'first' | 'last',
  accountIds: readonly AccountId[] | null,
): Promise<CountedRow[]> {
  return ctx.sql<CountedRow>(
    `select a.id as attempt_id, a.account_id, wanted.item_id, r.id as response_id, r.move
       from attempts a cross join unnest($2::uuid[]) as wanted(item_id)
       left join lateral (
         select id, move from responses where attempt_id = a.id and item_id = wanted.item_id
          order by revision ${counts === 'last' ? 'desc' : 'asc'} limit 1
       ) r on true
      where a.delivery_id = $1 and ($3::uuid[] is null or a.account_id = any($3))
      order by a.id, wanted.item_id`,
    [deliveryId, [...itemIds], accountIds && [...accountIds]],
  )
}

/** Writes what counts and what it earned. The caller holds the lock of the delivery, or of the seats. */
export async function writeEvidence(
  ctx: WriteCtx,
  activity: Pick<ActivityRow, 'kind' | 'settings'>,
  items: readonly PlanItem[],
  deliveryId: DeliveryId,
  rows: readonly CountedRow[],
): Promise<void> {
  if (rows.length === 0) return
  const kind = kindOf(activity.kind)
  const scored = kind.scored(activity.settings)
  const byId = new Map(items.map(item => [item.id, item]))
  const scoreOf = (row: CountedRow): string | null => {
    const item = byId.get(row.item_id)
    if (!item || !scored) return null
    const share = row.move === null ? undefined : kind.score(activity.settings, item.question, row.move)
    return scoreBy(item.ruling ?? 'by-key', item.points, share)
  }
  await ctx.sql(
    `insert into evidence (attempt_id, item_id, delivery_id, account_id, response_id, answered, score, points, settled_at)
     select attempt_id, item_id, $3, account_id, response_id, response_id is not null, score, points,
       coalesce($8::timestamptz, now())
       from unnest($1::uuid[], $2::uuid[], $4::uuid[], $5::uuid[], $6::numeric[], $7::numeric[])
         as e(attempt_id, item_id, account_id, response_id, score, points)
     on conflict (attempt_id, item_id) do update
       set response_id = excluded.response_id, answered = excluded.answered, score = excluded.score,
           points = excluded.points, settled_at = excluded.settled_at`,
    [
      rows.map(row => row.attempt_id),
      rows.map(row => row.item_id),
      deliveryId,
      rows.map(row => row.account_id),
      rows.map(row => row.response_id),
      rows.map(scoreOf),
      rows.map(row => byId.get(row.item_id)?.points ?? '0'),
      ctx.playedAt ?? null,
    ],
  )
}

/** Settles one item for everybody in a delivery; the caller holds its lock. Returns the final tally. */
export async function settleItem(
  ctx: WriteCtx,
  activity: ActivityRow,
  plan: Plan,
  deliveryId: DeliveryId,
  itemId: ItemId,
  shared: Shared,
): Promise<Tally> {
  const counts = kindOf(activity.kind).counts(activity.settings)
  const rows = await readCounted(ctx, deliveryId, [itemId], counts, null)
  await writeEvidence(ctx, activity, plan.items, deliveryId, rows)
  const item = plan.items.find(one => one.id === itemId)
  const given = rows.flatMap(({ move }) => (move === null ? [] : [{ answer: move, times: 1 }]))
  return item
    ? kindOf(activity.kind).tally(activity.settings, item, shared, given)
    : { answered: given.length, counts: {} }
}

/**
 * Settles every item of one person in a homework delivery: what was not answered earns nothing. The caller holds that
 * seat's lock. Does nothing for a person without an attempt.
 */
export async function settleAttempt(ctx: WriteCtx, deliveryId: DeliveryId, accountId: AccountId): Promise<void> {
  const delivery = await getDelivery(ctx, deliveryId)
  const activity = await getActivity(ctx, delivery.activityId)
  const { items } = await loadPlan(ctx, activity)
  const counts = kindOf(activity.kind).counts(activity.settings)
  const itemIds = items.map(item => item.id)
  await writeEvidence(
    ctx,
    activity,
    items,
    deliveryId,
    await readCounted(ctx, deliveryId, itemIds, counts, [accountId]),
  )
}

/**
 * Hands in: waits for this person's answers that are being written, refuses later ones, settles what counts. Handing in
 * twice changes nothing. Asks no rights.
 */
export async function finishAttempt(ctx: WriteCtx, deliveryId: DeliveryId, accountId: AccountId): Promise<void> {
  await lockShared(ctx, deliveryLock(deliveryId))
  await lockAlone(ctx, seatLock(deliveryId, accountId))
  await ctx.sql(
    `insert into attempts (id, delivery_id, account_id, started_at, finished_at) values ($1, $2, $3, $4, $4)
     on conflict (delivery_id, account_id) do update set finished_at = excluded.finished_at
      where attempts.finished_at is null`,
    [newId<'Attempt'>(), deliveryId, accountId, ctx.now],
  )
  await settleAttempt(ctx, deliveryId, accountId)
}

/**
 * Closes homework for everybody and settles the attempts that were not handed in; those who never began stay without.
 * Returns true when it closed now, false when it was closed already or somebody's deadline is still ahead.
 */
export async function closeHomework(ctx: WriteCtx, deliveryId: DeliveryId): Promise<boolean> {
  await lockAlone(ctx, deliveryLock(deliveryId))
  const delivery = await getDelivery(ctx, deliveryId)
  const [row] = await ctx.sql<{ now: Date; extra: number }>(
    `select coalesce($2::timestamptz, clock_timestamp()) as now,
            (select coalesce(max(extra_seconds), 0) from attempts where delivery_id = $1) as extra`,
    [deliveryId, ctx.playedAt ?? null],
  )
  if (!row || delivery.mode !== 'homework' || delivery.closedAt || !delivery.dueAt) return false
  if (homeworkClosesAt(delivery.dueAt, row.extra) > new Date(row.now)) return false
  const activity = await getActivity(ctx, delivery.activityId)
  const { items } = await loadPlan(ctx, activity)
  const counts = kindOf(activity.kind).counts(activity.settings)
  const itemIds = items.map(item => item.id)
  await writeEvidence(ctx, activity, items, deliveryId, await readCounted(ctx, deliveryId, itemIds, counts, null))
  await ctx.sql('update attempts set finished_at = $2 where delivery_id = $1 and finished_at is null', [
    deliveryId,
    delivery.dueAt,
  ])
  // What was asked is kept: items that are added later were not.
  const shared = { ...delivery.shared, closed: itemIds }
  await deliveries.update({ closedAt: row.now, shared, step: delivery.step + 1 }, { where: { id: deliveryId } })
  return true
}
