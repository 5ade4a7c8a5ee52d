// Settles what counts: for an attempt and item the response that counts, as a reference, and what it earned. Written
// when an item closes in class or when an attempt at homework is handed in (attempts.ts); rescore.ts does it again when a key or
// points change.
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { Tally } from '#protocol/activities/staged.ts'
import type { AttemptId, DeliveryId, ItemId, ResponseId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { Plan, PlanItem, Shared } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { scoreBy } from '../rules.ts'
import type { ActivityRow } from '../tables.ts'

/** One attempt at one item, with the response that counts. */
export interface CountedRow {
  attempt_id: AttemptId
  account_id: AccountId
  item_id: ItemId
  response_id: ResponseId | null
  move: ActivityMove | null
}

/** Every attempt of the delivery (or of these people, or one of them) with each of the items, and the response that counts. */
export async function readCounted(
  ctx: WriteCtx,
  deliveryId: DeliveryId,
  itemIds: readonly ItemId[],
  counts: 'first' | 'last',
  accountIds: readonly AccountId[] | null,
  attemptId: AttemptId | null = null,
): Promise<CountedRow[]> {
  return ctx.sql<CountedRow>(
    `select a.id as attempt_id, a.account_id, wanted.item_id, r.id as response_id, r.move
       from attempts a cross join unnest($2::uuid[]) as wanted(item_id)
       left join lateral (
         select id, move from responses where attempt_id = a.id and item_id = wanted.item_id
          order by revision ${counts === 'last' ? 'desc' : 'asc'} limit 1
       ) r on true
      where a.delivery_id = $1 and ($3::uuid[] is null or a.account_id = any($3)) and ($4::uuid is null or a.id = $4)
      order by a.id, wanted.item_id`,
    [deliveryId, [...itemIds], accountIds && [...accountIds], attemptId],
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
