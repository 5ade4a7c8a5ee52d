// The order between steers and answers: a steer holds a delivery's lock alone, a group of answers shares it. Advisory
// locks of the transaction, since a share-lock on the row would let a storm starve its host. Everybody takes deliveries
// before seats, and every lock by its name from here: two spellings would let both in at once.
import type { DeliveryId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { wordArray } from '#server/platform/db/arrays.ts'

const begins = { delivery: 'delivery/', seat: 'seat/', due: 'due/' } as const

/** What is locked for a whole delivery. */
export const deliveryLock = (deliveryId: DeliveryId): string => `${begins.delivery}${deliveryId}`

/** What is locked for one person in it: handing in waits for that person's own answers, not for everybody's. */
export const seatLock = (deliveryId: DeliveryId, accountId: AccountId): string =>
  `${begins.seat}${deliveryId}/${accountId}`

/** How the locks of those who look for what is due begin, before the id of the delivery: of their own, beside `deliveryLock`. */
export const dueLocks = begins.due

/** Waits until nobody holds `name`, and holds it alone to the end of the transaction. */
export async function lockAlone(ctx: WriteCtx, name: string): Promise<void> {
  await ctx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [name])
}

/** Waits until nobody holds `name` alone, and shares it to the end of the transaction. */
export async function lockShared(ctx: WriteCtx, name: string): Promise<void> {
  await ctx.sql('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))::text', [name])
}

/**
 * Shares the lock of every delivery of the group, then for homework that of each seat, in one order. One statement
 * however many they are.
 *
 * One ring is left, as in talk (`channels/actions/send.ts` takes messages and files before accounts): a merge holds its
 * accounts and then asks for the deliveries of the one that goes, while a group that shares one of these asks for an account
 * where it makes a first attempt. The database breaks it after its `deadlock_timeout`, and whoever it stopped is tried again,
 * whole. To take accounts first, every group would have to look
 * for first attempts before it shares anything, so that somebody's merge never crosses their own first answer.
 */
export async function lockGroup(
  ctx: WriteCtx,
  pairs: readonly { deliveryId: DeliveryId; accountId: AccountId }[],
): Promise<void> {
  await ctx.client.query({
    name: 'answers-lock',
    text: `with given as materialized (
             select distinct d.id, d.mode, p.account
               from unnest($1::uuid[], $2::uuid[]) as p(delivery, account) join deliveries d on d.id = p.delivery
           ), keys as materialized (
             select distinct rank, hashtextextended(name, 0) as key from (
               select 1, '${begins.delivery}' || id from given
               union all
               select 2, '${begins.seat}' || id || '/' || account from given where mode = 'homework'
             ) as names(rank, name) order by rank, key
           )
           select count(pg_advisory_xact_lock_shared(key)::text) from keys`,
    values: [wordArray(pairs.map(one => one.deliveryId)), wordArray(pairs.map(one => one.accountId))],
  })
}
