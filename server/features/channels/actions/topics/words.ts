// What follows for a topic when words in it go: a title goes with the opening post, an answer that is gone is accepted
// no more. And forgetting a person: their titles and posts, with or without their name.
import type { AccountId } from '#protocol/base/ids.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import type { Message, MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { toMinute } from '#server/platform/events/event.ts'
import { getTopic, type TopicFacts } from '../../queries/topics.ts'
import { takeWhatHangsOn } from '../forget.ts'
import { holdPosts, holdTopic } from '../hold.ts'
import { announceTopic, announceWaitingIn, changeRow, forgetTold } from './announce.ts'
import { announceAccepted } from './answer.ts'
import { retellTopic } from './retell.ts'

async function forgetTitle(ctx: WriteCtx, row: TopicFacts): Promise<TopicFacts> {
  const after = await changeRow(ctx, row.id, "title = ''")
  await forgetTold(ctx, row)
  await announceWaitingIn(ctx, after)
  return after
}

/** To be called when a post was removed, in the same transaction, which has locked the topic. Throws `not-found` for none. */
export async function afterRemoval(ctx: WriteCtx, topicId: TopicId, message: Message): Promise<void> {
  const row = await getTopic(ctx, topicId)
  if (row.first_number === message.number) announceTopic(ctx, await forgetTitle(ctx, row))
  if (row.accepted_id === message.id)
    announceAccepted(ctx, await changeRow(ctx, topicId, "outcome = 'open', accepted_id = null"), null)
}

/**
 * Takes every word of an account out of one topic, its reactions and names, and who was behind them; what waited of it waits no
 * more. Throws `not-found`.
 */
export async function eraseFromTopic(ctx: WriteCtx, topicId: TopicId, accountId: AccountId): Promise<void> {
  const row = await holdTopic(ctx, topicId)
  await holdPosts(ctx, topicId)
  const gone = await ctx.sql<{ id: MessageId }>(
    `update messages set text = null, removed_at = $3, removed_by = $2, version = version + 1
     where topic_id = $1 and author_id = $2 and text is not null returning id`,
    [topicId, accountId, toMinute(ctx.now)],
  )
  await takeWhatHangsOn(
    ctx,
    gone.map(one => one.id),
  )
  for (const table of ['mentions', 'reactions'])
    await ctx.sql(
      `delete from ${table} h using messages m where m.id = h.message_id and m.topic_id = $1 and h.account_id = $2`,
      [topicId, accountId],
    )
  if (row.author_id === accountId) await changeRow(ctx, topicId, "title = ''")
  await retellTopic(ctx, topicId, 'forget')
}

/** Counts the votes of a topic anew: after two accounts that voted became one. Throws `not-found`. */
export async function recountVotes(ctx: WriteCtx, topicId: TopicId): Promise<void> {
  await getTopic(ctx, topicId, 'to change')
  const row = await changeRow(ctx, topicId, 'votes = (select count(*) from topic_votes where topic_id = $1)')
  if (row.last_number !== null) announceTopic(ctx, row)
}
