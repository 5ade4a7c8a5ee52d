// What people wrote to one item, with who wrote it: for staff alone. Changes nothing and asks no rights.
import type { ActivityId, DeliveryId, ItemId, ResponseId, Written } from '#protocol/activities.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'

/**
 * The newest text of each person in the attempt that counts, the newest first; nothing for a delivery of another
 * activity. One query. Throws `malformed` for a cursor that is none.
 */
export async function listWritten(
  ctx: Ctx,
  given: { activityId: ActivityId; deliveryId: DeliveryId; itemId: ItemId; after?: string | undefined; limit: number },
): Promise<{ items: Written[]; next?: string; count: number }> {
  const rows = await ctx.sql<{
    id: ResponseId
    account_id: string
    name: string
    text: string
    revision: number
    at: Date
    total: number
  }>(
    `select * from (
       select r.id, t.account_id, p.name, coalesce(r.move ->> 'text', '') as text, r.revision, r.at,
              count(*) over ()::int as total
         from deliveries d
         join attempts t on t.delivery_id = d.id and t.counts
         join lateral (
           select id, move, revision, at from responses where attempt_id = t.id and item_id = $3
            order by revision desc limit 1
         ) r on true
         join accounts p on p.id = t.account_id
        where d.id = $2 and d.activity_id = $1
     ) as newest
      where $4::uuid is null or id < $4 order by id desc limit $5`,
    [given.activityId, given.deliveryId, given.itemId, readIdCursor(given.after), given.limit + 1],
  )
  const shown = rows.slice(0, given.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      responseId: row.id,
      accountId: row.account_id,
      name: row.name,
      text: row.text,
      revision: row.revision,
      at: new Date(row.at).toISOString(),
    })),
    count: rows[0]?.total ?? 0,
    ...(rows.length > given.limit && last ? { next: last.id } : {}),
  }
}
