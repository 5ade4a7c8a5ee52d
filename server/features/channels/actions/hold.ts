// What is locked to the commit before it is read, so that what is told is what stands, and what was taken away is told by
// nobody afterwards. One order for all: in a forum its row, then a topic, then posts; elsewhere messages, then the row of
// their channel; several of a kind by id. The counters of the log come after all of them (platform/events/log.ts).
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { type ChannelFacts, channelColumns } from '../queries/channel.ts'
import { type FoundMessage, getMessage } from '../queries/messages.ts'
import { concernedSql } from '../queries/naming.ts'
import { getTopic, type TopicFacts } from '../queries/topics.ts'

/** The row of a channel as it stands: nothing is said in it, and nobody comes or goes, until the commit. Throws `not-found`. */
export async function holdChannel(ctx: WriteCtx, channelId: string): Promise<ChannelFacts> {
  const [row] = await ctx.sql<ChannelFacts>(
    `select ${channelColumns} from channels c where c.id = $1 for no key update of c`,
    [channelId],
  )
  if (!row) throw new Problem('not-found')
  return row
}

/** Messages, with those they answer, whose words stand in what is told of them. */
export async function holdMessages(ctx: WriteCtx, ids: readonly MessageId[]): Promise<void> {
  if (ids.length === 0) return
  await ctx.sql(
    `select id from messages
      where id = any($1::uuid[]) or id in (select reply_to from messages where id = any($1::uuid[]))
      order by id for no key update`,
    [[...ids]],
  )
}

/**
 * One message as it stands, with its topic before it: shared by those who reword, since they change nothing of the topic.
 * Throws `not-found` when there is none, it waits or it is hidden.
 */
export async function holdMessage(ctx: WriteCtx, id: MessageId, to: 'reword' | 'remove'): Promise<FoundMessage> {
  await ctx.sql(
    `select id from topics where id = (select topic_id from messages where id = $1)
      for ${to === 'reword' ? 'share' : 'no key update'}`,
    [id],
  )
  await holdMessages(ctx, [id])
  return getMessage(ctx, id)
}

/**
 * A topic as it stands, with its forum, whose row whoever posts there locks: to be called where something is told of more
 * than the topic. Throws `not-found`.
 */
export async function holdTopic(ctx: WriteCtx, topicId: TopicId): Promise<TopicFacts> {
  await ctx.sql('select id from channels where id = (select channel_id from topics where id = $1) for no key update', [
    topicId,
  ])
  return getTopic(ctx, topicId, 'to change')
}

/** Every post of a topic that is locked already: nobody reacts to one until the commit. */
export async function holdPosts(ctx: WriteCtx, topicId: TopicId): Promise<void> {
  await ctx.sql('select id from messages where topic_id = $1 order by id for no key update', [topicId])
}

/** All messages of a channel that name somebody, with those they answer; topics apart. */
export async function holdNaming(ctx: WriteCtx, channelId: ChannelId, accountId: AccountId): Promise<void> {
  await ctx.sql(
    `with concerned as (${concernedSql})
     select id from messages where id in (select id from concerned) or id in (select reply_to from concerned)
      order by id for no key update`,
    [channelId, accountId],
  )
}
