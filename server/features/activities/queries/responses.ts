// Every response of an activity, live and at home, in one query with the mode as a column: what the record is for.
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { activityRoutes, DeliveryId, DeliveryMode, ItemId, ResponseId } from '#protocol/activities.ts'
import type { Input } from '#protocol/base/call.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'

/** One response as staff see it. `counted` and `score` are null or false until its item was settled; of several attempts one alone counts. */
export interface ResponseEntry {
  responseId: ResponseId
  deliveryId: DeliveryId
  mode: DeliveryMode
  accountId: string
  name: string
  itemId: ItemId
  attempt: number
  revision: number
  move: ActivityMove
  counted: boolean
  score: string | null
  at: string
}

/** Responses in the order in which they were written. Throws `malformed` for a cursor that is none. */
export async function listResponses(
  ctx: Ctx,
  { activityId, after, limit }: Input<typeof activityRoutes.responses>,
): Promise<Page<ResponseEntry>> {
  const rows = await ctx.sql<{
    id: ResponseId
    delivery_id: DeliveryId
    mode: DeliveryMode
    account_id: string
    name: string
    item_id: ItemId
    number: number
    revision: number
    move: ActivityMove
    counted: boolean
    score: string | null
    at: Date
  }>(
    `select r.id, r.delivery_id, d.mode, a.account_id, p.name, r.item_id, a.number, r.revision, r.move, r.at,
            e.response_id is not null and a.counts as counted, trim_scale(e.score)::text as score
       from responses r
       join deliveries d on d.id = r.delivery_id
       join attempts a on a.id = r.attempt_id
       join accounts p on p.id = a.account_id
       left join evidence e on e.response_id = r.id
      where d.activity_id = $1 and ($2::uuid is null or r.id > $2)
      order by r.id limit $3`,
    [activityId, readIdCursor(after), limit + 1],
  )
  const items = rows.slice(0, limit).map(row => ({
    responseId: row.id,
    deliveryId: row.delivery_id,
    mode: row.mode,
    accountId: row.account_id,
    name: row.name,
    itemId: row.item_id,
    attempt: row.number,
    revision: row.revision,
    move: row.move,
    counted: row.counted,
    score: row.score,
    at: new Date(row.at).toISOString(),
  }))
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last ? { next: last.responseId } : {}) }
}
