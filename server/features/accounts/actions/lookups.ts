// Counts the addresses somebody looks up: each tells whether it has an account, and the name. Kept a day, so that neither a
// restart nor another node gives the budget back.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { addressesADay } from '../rules.ts'

const dayMs = 86_400_000

/**
 * Takes so many from the day's budget (a day of UTC). To be called outside a transaction: what is refused for want of an
 * account has told as much as what is done, and must stay counted. Throws `slow-down` until the next day, and takes none.
 */
export async function spendLookups(ctx: Ctx, accountId: AccountId, addresses: number): Promise<void> {
  if ('client' in ctx) throw new Error('Addresses are counted before the transaction, which may be taken back')
  const day = ctx.now.toISOString().slice(0, 10)
  const taken = await ctx.sql(
    `insert into people_lookups as p (account_id, day, addresses) select $1, $2, $3::int where $3 <= $4::int
     on conflict (account_id, day) do update set addresses = p.addresses + excluded.addresses
       where p.addresses + excluded.addresses <= $4
     returning addresses`,
    [accountId, day, addresses, addressesADay],
  )
  if (taken.length > 0) return
  const retryAfter = Math.ceil((Date.parse(day) + dayMs - ctx.now.getTime()) / 1_000)
  throw new Problem('slow-down', { params: { retryAfter } })
}

/** Forgets what was counted on earlier days. */
export async function forgetLookups(ctx: WriteCtx): Promise<void> {
  await ctx.sql('delete from people_lookups where day < $1', [new Date(ctx.now.getTime() - dayMs)])
}

/** What both have looked up today counts together. */
export async function mergeLookups(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql(
    `insert into people_lookups (account_id, day, addresses)
     select $2, day, addresses from people_lookups where account_id = $1
     on conflict (account_id, day) do update set addresses = people_lookups.addresses + excluded.addresses`,
    [from, into],
  )
  await eraseLookups(ctx, from)
}

/** Forgets what somebody looked up. */
export async function eraseLookups(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from people_lookups where account_id = $1', [accountId])
}
