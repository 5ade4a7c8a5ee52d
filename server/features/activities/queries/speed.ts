// What the ranks of a class are made of: of each seat that answered an item, what the answer that counts earned and when
// it came, by the server's clock.
import type { DeliveryId, ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface AnswerSpeed {
  readonly accountId: AccountId
  /** What it earned, and what the item is worth: decimal strings. */
  readonly score: string
  readonly points: string
  readonly at: Date
  readonly travelMs: number
  readonly extraMs: number
}

/** The scored answers of a settled item. Empty where nothing is scored. One query. */
export async function answerSpeeds(ctx: Ctx, deliveryId: DeliveryId, itemId: ItemId): Promise<AnswerSpeed[]> {
  const rows = await ctx.sql<{
    account_id: AccountId
    score: string
    points: string
    at: Date
    travel_ms: number
    extra: number
  }>(
    `select e.account_id, e.score::text as score, e.points::text as points, r.at, r.travel_ms, a.extra_seconds as extra
       from evidence e join responses r on r.id = e.response_id join attempts a on a.id = e.attempt_id
      where e.delivery_id = $1 and e.item_id = $2 and e.score is not null`,
    [deliveryId, itemId],
  )
  return rows.map(row => ({
    accountId: row.account_id,
    score: row.score,
    points: row.points,
    at: new Date(row.at),
    travelMs: row.travel_ms,
    extraMs: row.extra * 1_000,
  }))
}
