// Takes the words out of messages that are too old to be kept, as if they had been removed: nobody did it, their time was
// over.
import type { TopicId } from '#protocol/channels/topics.ts'
import { type ChannelId, type MessageId, messageWindow } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { announceAgain, forgetWords } from './announce.ts'
import { announceChanged } from './channel.ts'
import { takeWhatHangsOn } from './forget.ts'
import { holdMessages, holdPosts, holdTopic } from './hold.ts'
import { changeRow } from './topics/announce.ts'
import { retellTopic } from './topics/retell.ts'

/**
 * Takes the words of these messages of one chat, or of one topic, whose title goes with them. Told are those that a
 * snapshot shows, or shows answers to; out of the log go the words of all of them. Throws `not-found` for no topic.
 */
export async function takeOldWords(
  ctx: WriteCtx,
  place: { readonly channelId: string; readonly topicId: string | null },
  messageIds: readonly string[],
): Promise<void> {
  const channelId = place.channelId as ChannelId
  const topicId = place.topicId as TopicId | null
  const ids = messageIds as readonly MessageId[]
  if (topicId !== null) {
    await holdTopic(ctx, topicId)
    await holdPosts(ctx, topicId)
  } else await holdMessages(ctx, ids)
  await ctx.sql(
    `update messages set title = null, text = null, removed_at = $2, removed_by = null, version = version + 1
      where id = any($1::uuid[])`,
    [ids, ctx.now],
  )
  await takeWhatHangsOn(ctx, ids)
  if (topicId !== null) {
    await changeRow(ctx, topicId, "title = ''")
    await retellTopic(ctx, topicId, 'forget')
    return
  }
  const blanked = await forgetWords(
    ctx,
    { channelId, topicId: null },
    ids.map(id => ({ id })),
  )
  const shown = await ctx.sql<{ id: MessageId }>(
    `with latest as (
       select id, reply_to from messages where channel_id = $1 and number is not null order by number desc limit $3
     )
     select id from messages where id = any($2::uuid[])
        and (id in (select id from latest) or id in (select reply_to from latest))`,
    [channelId, ids, messageWindow],
  )
  await announceAgain(
    ctx,
    channelId,
    shown.map(({ id }) => id),
  )
  // Nodes let go of what they hold of the log when something is told, if only this.
  if (blanked > 0 && shown.length === 0) await announceChanged(ctx, channelId)
}
