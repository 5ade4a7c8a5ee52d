// What one person gave in one delivery, for that person. Never a key, a score or anybody else's answer.
import type { ActivityMove } from '#protocol/activities/registry.ts'
import type { AttemptId, DeliveryId, ItemId, ResponseId, SeatView } from '#protocol/activities.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { getDelivery } from './activities.ts'

/** The caller's own newest answer to each item, in their newest attempt. Throws `not-found` for a delivery that is not there. */
export async function mySeat(ctx: Ctx, deliveryId: DeliveryId): Promise<SeatView> {
  const accountId = accountOf(ctx.who)
  await getDelivery(ctx, deliveryId)
  const rows = await ctx.sql<{
    attempt_id: AttemptId
    number: number
    finished_at: Date | null
    item_id: ItemId | null
    revision: number
    move: ActivityMove
    at: Date
    response_id: ResponseId
  }>(
    `select a.id as attempt_id, a.number, a.finished_at, r.item_id, r.revision, r.move, r.at, r.id as response_id
       from (select * from attempts where delivery_id = $1 and account_id = $2 order by number desc limit 1) a
       left join lateral (
         select distinct on (item_id) * from responses where attempt_id = a.id order by item_id, revision desc
       ) r on true`,
    [deliveryId, accountId],
  )
  const finishedAt = rows[0]?.finished_at
  return {
    deliveryId,
    attemptId: rows[0]?.attempt_id ?? null,
    attempt: rows[0]?.number ?? 1,
    answers: rows.flatMap(({ item_id: itemId, revision, move, at, response_id: responseId }) =>
      itemId === null ? [] : [{ itemId, revision, move, at: new Date(at).toISOString(), responseId }],
    ),
    finishedAt: finishedAt ? new Date(finishedAt).toISOString() : null,
  }
}
