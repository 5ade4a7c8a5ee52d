// Where talk, topics apart, names somebody: which channels, and which of their messages. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { type ChannelId, type MessageId, messageWindow } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** SQL: the messages of channel $1 by account $2, in answer to it, naming it, or to which it reacted. */
export const concernedSql = `
  select m.id, m.number, m.author_id, m.reply_to from messages m
  where m.channel_id = $1 and m.topic_id is null and m.id in (
    select id from messages where author_id = $2 and channel_id = $1
    union select a.id from messages a join messages q on q.id = a.reply_to where q.author_id = $2 and q.channel_id = $1
    union select message_id from mentions where account_id = $2 and channel_id = $1
    union select message_id from reactions where account_id = $2
  )`

/** Those of them that a snapshot shows, or shows answers to; with the latest of theirs, where older pages are told too. */
export async function shownNaming(
  ctx: Ctx,
  channelId: ChannelId,
  accountId: AccountId,
  also: 'the window' | 'their latest',
): Promise<MessageId[]> {
  const rows = await ctx.sql<{ id: MessageId }>(
    `with concerned as (${concernedSql}), latest as (
       select id, reply_to from messages
       where channel_id = $1 and number is not null and topic_id is null order by number desc limit $3
     ), theirs as (
       select id from concerned where author_id = $2 order by number desc limit $4
     )
     select id from concerned
     where id in (select id from latest) or id in (select id from theirs)
       or (author_id = $2 and id in (select reply_to from latest))`,
    [channelId, accountId, messageWindow, also === 'their latest' ? messageWindow : 0],
  )
  return rows.map(row => row.id)
}

const channelsWith = `
  select channel_id from messages where author_id = $1 and topic_id is null
  union select m.channel_id from reactions r join messages m on m.id = r.message_id
    where r.account_id = $1 and m.topic_id is null
  union select n.channel_id from mentions n join messages m on m.id = n.message_id
    where n.account_id = $1 and m.topic_id is null
  union select channel_id from channel_members where account_id = $1`

/** Every channel in which somebody said, was named in or reacted to something outside topics, or is a member of. */
export const channelsNaming = async (ctx: Ctx, accountId: AccountId): Promise<ChannelId[]> =>
  (await ctx.sql<{ channel_id: ChannelId }>(channelsWith, [accountId])).map(row => row.channel_id)
