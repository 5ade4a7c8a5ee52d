// Who sat in the classes that asked something: for grades, which measure people against what was asked of them.

import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { SeatsOf } from '#server/features/activities/index.ts'

/** The seats of learners and guests in the classes of these live deliveries. One query. */
export const seatsIn: SeatsOf = (ctx, deliveryIds, accountIds) =>
  ctx.sql<{ deliveryId: DeliveryId; accountId: AccountId }>(
    `select d.delivery_id as "deliveryId", s.account_id as "accountId"
       from run_deliveries d join seats s on s.run_id = d.run_id and s.role <> 'host'
      where d.delivery_id = any($1::uuid[]) and ($2::uuid[] is null or s.account_id = any($2))`,
    [[...deliveryIds], accountIds && [...accountIds]],
  )
