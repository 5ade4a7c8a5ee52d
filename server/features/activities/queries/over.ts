// Which items are over for somebody, so that their keys give nothing away any more. Changes nothing and asks no rights.
import type { ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { mayReadKey, type Standing } from '../rules.ts'

/**
 * Those of `itemIds` whose key this person may read: over for them in every delivery that has the item, whatever column
 * it counts in and whether it was asked there yet or not. Homework for others alone holds nothing back. One query.
 */
export async function itemsOverFor(
  ctx: Ctx,
  itemIds: readonly ItemId[],
  accountId: AccountId,
): Promise<ReadonlySet<ItemId>> {
  const rows = await ctx.sql<{ item_id: ItemId } & Standing>(
    `select i.id as item_id, d.mode,
            d.closed_at is not null or (d.mode = 'live' and d.shared -> 'revealed' ? i.id::text) as shown,
            t.finished_at is not null as finished
       from activity_items i
       join deliveries d on d.activity_id = i.activity_id
       left join attempts t on t.delivery_id = d.id and t.account_id = $2
      where i.id = any($1::uuid[])
        and (d.audience = 'everybody' or t.id is not null
             or exists (select from delivery_audience w where w.delivery_id = d.id and w.account_id = $2))`,
    [[...itemIds], accountId],
  )
  const standings = new Map<ItemId, Standing[]>()
  for (const row of rows) standings.set(row.item_id, [...(standings.get(row.item_id) ?? []), row])
  return new Set([...standings].flatMap(([itemId, all]) => (mayReadKey(all) ? [itemId] : [])))
}
