// What talk owes a person whose words it keeps: a copy, forgetting, and moving to another account.
import * as z from 'zod/mini'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import {
  type ChannelId,
  channelId as channelIdSchema,
  channelScope,
  type MessageId,
  messageWindow,
} from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { AccountHooks, JobBinding } from '#server/platform/feature.ts'
import { listAttached } from '../queries/attachments.ts'
import { getMessage } from '../queries/messages.ts'
import { exportBlocks } from '../queries/people.ts'
import { announceMessage } from './announce.ts'
import { takeUnsentOf } from './attach.ts'
import { eraseWords } from './change.ts'
import { announceChanged } from './channel.ts'
import { channelsNaming, retell } from './names.ts'
import { eraseReactions } from './react.ts'
import { topicAccountHooks as ofTopics } from './topics/account.ts'

const eraseData = z.object({ channelId: channelIdSchema, accountId: accountIdSchema })

/** Takes the name out of what others wrote, where they named or listed the person; the text itself is theirs. */
async function eraseName(ctx: WriteCtx, channelId: ChannelId, accountId: AccountId): Promise<void> {
  const named = await ctx.sql<{ message_id: MessageId; number: number }>(
    'delete from mentions where channel_id = $1 and account_id = $2 returning message_id, number',
    [channelId, accountId],
  )
  await blankEvents(ctx.client, channelScope, channelId, ['messageSent', 'messageEdited'], {
    message: { mentions: [{ accountId }] },
  })
  const latest = named.sort((a, b) => b.number - a.number).slice(0, messageWindow)
  for (const { message_id: id } of latest.reverse()) {
    const { place, message } = await getMessage(ctx, id)
    announceMessage(ctx, place, { kind: 'messageEdited', body: { message } })
  }
  const [member] = await ctx.sql('select 1 from channel_members where channel_id = $1 and account_id = $2', [
    channelId,
    accountId,
  ])
  if (!member) return
  await blankEvents(ctx.client, channelScope, channelId, 'channelChanged', {})
  await announceChanged(ctx, channelId)
}

/** One channel a job: forgetting somebody may concern more channels than one action announces to. */
export const eraseJob: JobBinding = {
  name: 'channels.erase',
  run: async (ctx, data) => {
    const { channelId, accountId } = z.parse(eraseData, data)
    await eraseWords(ctx, channelId, accountId)
    await eraseReactions(ctx, channelId, accountId)
    await eraseName(ctx, channelId, accountId)
  },
}

// What moves with a person; where both have one, that of the account that stays is kept.
const kept = [
  ['reads', 'channel_id, number, muted_until'],
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
