// What notifications owe a person: a copy, forgetting, moving to another account.
import type { AccountHooks } from '#server/platform/feature.ts'
import { lockedState } from './state.ts'
import { announceUnread } from './tell.ts'

const unreadOf = 'select count(*)::int as unread from notifications where account_id = $1 and read_at is null'

export const accountHooks: AccountHooks = {
  columns: ['notifications.account_id', 'notification_states.account_id', 'notification_sources.account_id'],
  export: async (ctx, accountId) => ({
    notifications: await ctx.sql<object>(
      'select kind, ref_id, course_id, count, at, read_at from notifications where account_id = $1 order by place',
      [accountId],
    ),
    silencedNotifications: await ctx.sql<object>(
      'select silenced, mail from notification_states where account_id = $1',
      [accountId],
    ),
  }),
  erase: async (ctx, accountId) => {
    for (const table of ['notifications', 'notification_states', 'notification_sources'])
      await ctx.sql(`delete from ${table} where account_id = $1`, [accountId])
  },
  merge: async (ctx, from, into) => {
    for (const person of [from, into].sort()) await lockedState(ctx, person)
    await ctx.sql(
      `insert into notification_sources (account_id, source, at)
       select $2, source, at from notification_sources where account_id = $1 on conflict do nothing`,
      [from, into],
    )
    // An unread group that both have stays with the account that goes on.
    await ctx.sql(
      `delete from notifications n where account_id = $1 and read_at is null and exists (
         select from notifications o where o.account_id = $2 and o.kind = n.kind and o.ref_id = n.ref_id
           and o.read_at is null)`,
      [from, into],
    )
    await ctx.sql('update notifications set account_id = $2 where account_id = $1', [from, into])
    for (const table of ['notification_states', 'notification_sources'])
      await ctx.sql(`delete from ${table} where account_id = $1`, [from])
    const [row] = await ctx.sql<{ unread: number }>(unreadOf, [into])
    await announceUnread(ctx, into, row?.unread ?? 0)
  },
}
