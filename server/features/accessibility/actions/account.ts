// What findings owe a person: a copy of what they asked and were asked, forgetting it, moving it to another account.
import type { AccountHooks } from '#server/platform/feature.ts'

export const accountHooks: AccountHooks = {
  columns: ['findings_requests.by_account', 'findings_requested.account_id'],
  export: async (ctx, accountId) => ({
    findingsAsked: await ctx.sql<object>('select note, at from findings_requests where by_account = $1 order by at', [
      accountId,
    ]),
    findingsAskedOf: await ctx.sql<object>(
      'select kind, ref_id, at from findings_requested where account_id = $1 order by at, ref_id',
      [accountId],
    ),
  }),
  // A note was written to its owners, and goes with whoever wrote it.
  erase: async (ctx, accountId) => {
    await ctx.sql("update findings_requests set by_account = null, note = '' where by_account = $1", [accountId])
    await ctx.sql('delete from findings_requested where account_id = $1', [accountId])
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update findings_requests set by_account = $2 where by_account = $1', [from, into])
    await ctx.sql(
      `insert into findings_requested (request_id, account_id, course_id, kind, ref_id, at)
       select request_id, $2, course_id, kind, ref_id, at from findings_requested where account_id = $1
       on conflict do nothing`,
      [from, into],
    )
    await ctx.sql('delete from findings_requested where account_id = $1', [from])
  },
}
