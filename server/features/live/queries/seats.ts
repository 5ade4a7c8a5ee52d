// Who sat in the classes that asked something, for grades, which measure people against what was asked of them; and how
// many sit in one.

import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { SeatsOf } from '#server/features/activities/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** The seats of learners and guests in the classes of these live deliveries. One query. */
export const seatsIn: SeatsOf = (ctx, deliveryIds, accountIds) =>
  ctx.sql<{ deliveryId: DeliveryId; accountId: AccountId }>(
    `select d.delivery_id as "deliveryId", s.account_id as "accountId"
       from run_deliveries d join seats s on s.run_id = d.run_id and s.role <> 'host'
      where d.delivery_id = any($1::uuid[]) and ($2::uuid[] is null or s.account_id = any($2))`,
    [[...deliveryIds], accountIds && [...accountIds]],
  )

/** How many came to a class, and how many of them are there by these marks. Hosts are not counted. */
export async function countSeats(
  ctx: Ctx,
  runId: string,
  { here, reconnecting }: { here: readonly AccountId[]; reconnecting: readonly AccountId[] },
): Promise<{ connected: number; reconnecting: number; joined: number }> {
  const [row] = await ctx.sql<{ connected: number; reconnecting: number; joined: number }>(
    `select count(*)::int as joined,
            count(*) filter (where account_id = any($2::uuid[]))::int as connected,
            count(*) filter (where account_id = any($3::uuid[]))::int as reconnecting
     from seats where run_id = $1 and role <> 'host'`,
    [runId, [...here], [...reconnecting]],
  )
  return row ?? { connected: 0, reconnecting: 0, joined: 0 }
}
