// What talk owes a person whose words it keeps: a copy, forgetting, and moving to another account.
import * as z from 'zod/mini'
import { accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { type ChannelId, channelId as channelIdSchema } from '#protocol/channels.ts'
import type { AccountHooks, JobBinding } from '#server/platform/feature.ts'
import { eraseWords } from './change.ts'

const eraseData = z.object({ channelId: channelIdSchema, accountId: accountIdSchema })

/** One channel a job: forgetting somebody may concern more channels than one action announces to. */
export const eraseJob: JobBinding = {
  name: 'channels.erase',
  run: async (ctx, data) => {
    const { channelId, accountId } = z.parse(eraseData, data)
    await eraseWords(ctx, channelId, accountId)
  },
}

export const accountHooks: AccountHooks = {
  columns: ['messages.author_id', 'messages.removed_by', 'reads.account_id'],
  export: async (ctx, accountId) => ({
    messages: await ctx.sql<object>(
      `select c.title as channel, m.number, m.text, m.sent_at, m.edited_at, m.removed_at
       from messages m join channels c on c.id = m.channel_id where m.author_id = $1 order by m.sent_at, m.id`,
      [accountId],
    ),
    reads: await ctx.sql<object>('select channel_id, number from reads where account_id = $1', [accountId]),
  }),
  erase: async (ctx, accountId) => {
    await ctx.sql('delete from reads where account_id = $1', [accountId])
    const rows = await ctx.sql<{ channel_id: ChannelId }>(
      'select distinct channel_id from messages where author_id = $1 and text is not null',
      [accountId],
    )
    for (const row of rows) await ctx.enqueue(eraseJob.name, { channelId: row.channel_id, accountId })
  },
  merge: async (ctx, from, into) => {
    await ctx.sql('update messages set author_id = $2 where author_id = $1', [from, into])
    await ctx.sql('update messages set removed_by = $2 where removed_by = $1', [from, into])
    await ctx.sql(
      `insert into reads (channel_id, account_id, number) select channel_id, $2, number from reads where account_id = $1
       on conflict (channel_id, account_id) do nothing`,
      [from, into],
    )
    await ctx.sql('delete from reads where account_id = $1', [from])
  },
}
