// What talk owes a person whose words it keeps: a copy, forgetting, and moving to another account.
import type { AccountHooks } from '#server/platform/feature.ts'
import { listAttached } from '../queries/attachments.ts'
import { channelsNaming } from '../queries/naming.ts'
import { exportBlocks } from '../queries/people.ts'
import { takeUnsentOf } from './attach.ts'
import { eraseJob } from './erase.ts'
import { moveReads } from './mark.ts'
import { retell } from './names.ts'
import { topicAccountHooks as ofTopics } from './topics/account.ts'

// What moves with a person; where both have one, that of the account that stays is kept.
const kept = [
  ['reactions', 'message_id, emoji, at'],
  ['mentions', 'message_id, channel_id, number'],
  ['channel_members', 'channel_id, joined_at, left_at'],
] as const

export const accountHooks: AccountHooks = {
  columns: [
    ...ofTopics.columns,
    'messages.author_id',
    'messages.removed_by',
    'reads.account_id',
    'reactions.account_id',
    'mentions.account_id',
    'channel_members.account_id',
    'blocks.account_id',
    'blocks.blocked_id',
    'attachments.account_id',
  ],
  stays: {
    'messages.author_id': 'talk',
    'messages.removed_by': 'talk',
    'channel_members.account_id': 'talk',
    'topics.author_id': 'talk',
    'topic_votes.account_id': 'talk',
  },
  export: async (ctx, accountId) => ({
    ...(await ofTopics.export(ctx, accountId)),
    messages: await ctx.sql<object>(
      `select c.form, c.title as channel, m.number, m.title, m.text, m.sent_at, m.edited_at, m.removed_at
       from messages m join channels c on c.id = m.channel_id where m.author_id = $1 order by m.sent_at, m.id`,
      [accountId],
    ),
    earlierVersions: await ctx.sql<object>(
      `select v.message_id, v.version, v.text, v.at from message_versions v join messages m on m.id = v.message_id
       where m.author_id = $1 order by v.message_id, v.version`,
      [accountId],
    ),
    files: await ctx.sql<object>(
      `select f.message_id, f.name, f.type, f.size::float8 as size, f.at from attachments f where f.account_id = $1
       order by f.at, f.id`,
      [accountId],
    ),
    reactions: await ctx.sql<object>('select message_id, emoji, at from reactions where account_id = $1 order by at', [
      accountId,
    ]),
    mentions: await ctx.sql<object>('select channel_id, number from mentions where account_id = $1', [accountId]),
    reads: await ctx.sql<object>('select channel_id, number, muted_until from reads where account_id = $1', [
      accountId,
    ]),
    direct: await ctx.sql<object>(
      'select channel_id, joined_at, left_at from channel_members where account_id = $1 order by joined_at',
      [accountId],
    ),
    blocks: await exportBlocks(ctx, accountId),
  }),
  files: async (ctx, accountId) =>
    (await listAttached(ctx, accountId)).map(({ id, name }) => ({
      name,
      open: async () => (await ctx.blobs.get(id)).body,
    })),
  erase: async (ctx, accountId) => {
    await ofTopics.erase(ctx, accountId)
    await takeUnsentOf(ctx, accountId)
    await ctx.sql('delete from reads where account_id = $1', [accountId])
    await ctx.sql('delete from blocks where $1 in (account_id, blocked_id)', [accountId])
    await ctx.sql(
      `update channel_members m set left_at = $2 from channels c
       where c.id = m.channel_id and not c.pair and m.account_id = $1 and m.left_at is null`,
      [accountId, ctx.now],
    )
    // Also where all they said was removed: what tells of a removal tells whose words they were.
    for (const channelId of await channelsNaming(ctx, accountId)) await ctx.enqueue(eraseJob, { channelId, accountId })
  },
  renamed: async (ctx, accountId) => {
    await ofTopics.renamed?.(ctx, accountId)
    await retell(ctx, await channelsNaming(ctx, accountId), accountId)
  },
  merge: async (ctx, from, into) => {
    await ofTopics.merge(ctx, from, into)
    await retell(ctx, await channelsNaming(ctx, from), into, from)
    await ctx.sql('update messages set author_id = $2 where author_id = $1', [from, into])
    await ctx.sql('update messages set removed_by = $2 where removed_by = $1', [from, into])
    await ctx.sql('update attachments set account_id = $2 where account_id = $1', [from, into])
    await moveReads(ctx, from, into)
    for (const [table, columns] of kept) {
      await ctx.sql(
        `insert into ${table} (account_id, ${columns}) select $2, ${columns} from ${table} where account_id = $1
         on conflict do nothing`,
        [from, into],
      )
      await ctx.sql(`delete from ${table} where account_id = $1`, [from])
    }
    await ctx.sql(
      `insert into blocks (account_id, blocked_id, at)
       select case account_id when $1 then $2 else account_id end, case blocked_id when $1 then $2 else blocked_id end, at
       from blocks where $1 in (account_id, blocked_id) and $2 not in (account_id, blocked_id) on conflict do nothing`,
      [from, into],
    )
    await ctx.sql('delete from blocks where $1 in (account_id, blocked_id)', [from])
  },
}
