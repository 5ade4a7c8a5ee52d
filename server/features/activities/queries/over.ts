// Which items are over for somebody, so that their keys give nothing away any more. Changes nothing and asks no rights.

import { mostEver } from '#protocol/activities/attempts.ts'
import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { mayReadKey, mayReadTotal, type Standing } from '../rules.ts'

/** Of some items, those whose key a person may read, and whether their score may be in a total they read. */
export interface Over {
  readonly keys: ReadonlySet<ItemId>
  /** Whether the score of one may be in a total that those deliveries count in. */
  readonly inTotal: (itemId: ItemId, deliveryIds: ReadonlySet<DeliveryId>) => boolean
  /** Those that some homework is never to tell. */
  readonly never: ReadonlySet<ItemId>
}

/**
 * What of `itemIds` is over for a person: in every delivery that has the item, whatever column it counts in and whether
 * it was asked there yet or not. A total that was told stays told; homework for others alone
 * holds nothing back. One query.
 */
export async function itemsOverFor(ctx: Ctx, itemIds: readonly ItemId[], accountId: AccountId): Promise<Over> {
  const rows = await ctx.sql<{ item_id: ItemId } & Standing>(
    `select i.id as item_id, d.id as "deliveryId", d.mode, d.shows, d.created_at as "givenAt", d.closed_at as "closedAt",
            d.mode = 'live' and d.shared -> 'revealed' ? i.id::text as revealed,
            t.finished as "finishedAt", t.begun > 0 as "tookPart",
            d.mode = 'homework' and (t.unfinished or t.begun < coalesce(d.attempts_most, ${mostEver})) as "triesLeft"
       from activity_items i
       join deliveries d on d.activity_id = i.activity_id
       cross join lateral (
         select min(finished_at) as finished, count(*)::int as begun, coalesce(bool_or(finished_at is null), false) as unfinished
           from attempts where delivery_id = d.id and account_id = $2
       ) as t
      where i.id = any($1::uuid[])
        and (d.audience = 'everybody' or t.begun > 0
             or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = $2))`,
    [[...itemIds], accountId],
  )
  const standings = new Map<ItemId, Standing[]>()
  const instant = (at: Date | null) => at && new Date(at)
  for (const { item_id: itemId, ...row } of rows) {
    const { closedAt, finishedAt, givenAt } = row
    const standing = {
      ...row,
      givenAt: new Date(givenAt),
      closedAt: instant(closedAt),
      finishedAt: instant(finishedAt),
    }
    standings.set(itemId, [...(standings.get(itemId) ?? []), standing])
  }
  const where = (holds: (all: readonly Standing[]) => boolean) =>
    new Set([...standings].flatMap(([itemId, all]) => (holds(all) ? [itemId] : [])))
  return {
    keys: where(mayReadKey),
    inTotal: (itemId, deliveryIds) => mayReadTotal(standings.get(itemId) ?? [], deliveryIds),
    never: where(all => all.some(one => one.mode === 'homework' && one.shows === 'never')),
  }
}
