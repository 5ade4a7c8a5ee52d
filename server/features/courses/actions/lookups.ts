// Counts the addresses somebody looks up from lists: each tells whether it has an account, and the name. Kept a day, so
// that neither a restart nor another node gives the budget back.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { addressesADay } from '#protocol/courses/import.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

const dayMs = 86_400_000

/** Takes so many from the day's budget (a day of UTC). Throws `slow-down` until the next day, and takes none. */
export async function spendLookups(ctx: WriteCtx, accountId: AccountId, addresses: number): Promise<void> {
  const day = ctx.now.toISOString().slice(0, 10)
  const [row] = await ctx.sql<{ addresses: number }>(
    `insert into people_lookups (account_id, day, addresses) values ($1, $2, $3)
     on conflict (account_id, day) do update set addresses = people_lookups.addresses + excluded.addresses
     returning addresses`,
    [accountId, day, addresses],
  )
  if ((row?.addresses ?? 0) <= addressesADay) return
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

export async function eraseLookups(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from people_lookups where account_id = $1', [accountId])
}
