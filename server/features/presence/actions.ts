// Writes the intervals of presence, in groups. Losing a group costs at most the seconds since the one before.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'

export interface Interval {
  readonly id: string
  readonly scope: string
  readonly scopeId: string
  readonly accountId: AccountId
  readonly from: Date
  readonly to: Date
}

/** Begins intervals that are new and prolongs those that are known, in one statement. */
export async function keepIntervals(ctx: WriteCtx, intervals: readonly Interval[]): Promise<void> {
  if (intervals.length === 0) return
  // By id, so that two nodes writing at once lock in one order. An account that is gone by now is left out.
  const sorted = [...intervals].sort((a, b) => (a.id < b.id ? -1 : 1))
  await ctx.client.query({
    name: 'seat-intervals-keep',
    text: `insert into seat_intervals (id, scope, scope_id, account_id, from_at, to_at)
           select i.* from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::timestamptz[])
             as i(id, scope, scope_id, account_id, from_at, to_at)
           join accounts a on a.id = i.account_id
           order by i.id
           on conflict (id) do update set to_at = greatest(seat_intervals.to_at, excluded.to_at)`,
    values: [
      sorted.map(one => one.id),
      sorted.map(one => one.scope),
      sorted.map(one => one.scopeId),
      sorted.map(one => one.accountId),
      sorted.map(one => one.from),
      sorted.map(one => one.to),
    ],
  })
}

/** What presence owes a person whose attendance it keeps. */
export const accountHooks: AccountHooks = {
  columns: ['seat_intervals.account_id'],
  export: async (ctx, accountId) => ({
    presence: await ctx.sql<object>(
      'select scope, scope_id, from_at, to_at from seat_intervals where account_id = $1 order by from_at, id',
      [accountId],
    ),
  }),
  erase: async (ctx, accountId) => {
    await ctx.sql('delete from seat_intervals where account_id = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update seat_intervals set account_id = $2 where account_id = $1', [from, into])
  },
}

/** Takes away intervals that are too old to be kept. */
export async function dropIntervals(ctx: WriteCtx, ids: readonly string[]): Promise<void> {
  await ctx.sql('delete from seat_intervals where id = any($1::uuid[])', [ids])
}
