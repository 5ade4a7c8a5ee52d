// The order between steers and answers: a steer holds a delivery's lock alone, a group of answers shares it (see
// queries/answering.ts). Advisory locks of the transaction, since a share-lock on the row would let a storm starve its host.
// Everybody takes deliveries before seats.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** What is locked for a whole delivery. */
export const deliveryLock = (deliveryId: DeliveryId): string => `delivery/${deliveryId}`

/** What is locked for one person in it: handing in waits for that person's own answers, not for everybody's. */
export const seatLock = (deliveryId: DeliveryId, accountId: AccountId): string => `seat/${deliveryId}/${accountId}`

/** Waits until nobody holds `name`, and holds it alone to the end of the transaction. */
export async function lockAlone(ctx: WriteCtx, name: string): Promise<void> {
  await ctx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [name])
}

/** Waits until nobody holds `name` alone, and shares it to the end of the transaction. */
export async function lockShared(ctx: WriteCtx, name: string): Promise<void> {
  await ctx.sql('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))::text', [name])
}
