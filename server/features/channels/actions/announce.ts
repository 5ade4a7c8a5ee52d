// Where an event about a message is heard. Every action on a message goes through here and announces nowhere else, so
// that a message has one audience, whatever it belongs to: its channel, or in a forum its topic.
import type { FeedOf } from '#protocol/base/scope.ts'
import { topicScope } from '#protocol/channels/topics.ts'
import { type ChannelId, channelScope, type MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { type MessagePlace, readMessages } from '../queries/messages.ts'
import { holdMessages } from './hold.ts'

const messageKinds = ['messageSent', 'messageEdited', 'messageRemoved'] as const

/** An event about one message: the feeds of the channel's scope that carry one, or what it was reacted with. */
export type MessageEvent = Extract<
  FeedOf<typeof channelScope>,
  { kind: (typeof messageKinds)[number] | 'reactionsChanged' }
>

/** Announces what became of a message to those who may read it. */
export function announceMessage(ctx: WriteCtx, { channelId, topicId }: MessagePlace, event: MessageEvent): void {
  if (topicId === null) ctx.announce(channelScope, channelId, event)
  else ctx.announce(topicScope, topicId, event)
}

/** Tells messages of one channel, topics apart, again as they stand: locks them first. Which there are not is left out. */
export async function announceAgain(ctx: WriteCtx, channelId: ChannelId, ids: readonly MessageId[]): Promise<void> {
  if (ids.length === 0) return
  await holdMessages(ctx, ids)
  for (const message of await readMessages(ctx, 'id = any($2::uuid[])', 'asc', ids.length, [[...ids]]))
    announceMessage(
      ctx,
      { channelId, topicId: null },
      { kind: message.removedAt === null ? 'messageEdited' : 'messageRemoved', body: { message } },
    )
}

/**
 * Takes the words of the messages that match out of what their audience was told, also where others answer them: to be
 * followed by an announcement, and preceded by the lock of all that could tell them meanwhile. Answers how many events lost
 * them.
 */
export async function forgetWords(
  ctx: WriteCtx,
  place: MessagePlace,
  which: { readonly id: string } | { readonly authorId: string } | readonly { readonly id: string }[],
): Promise<number> {
  const all = [which].flat()
  const { channelId, topicId } = place
  if (topicId !== null) {
    const posts = all.map(message => ({ message }))
    const answers = all.map(accepted => ({ accepted }))
    return (
      (await blankEvents(ctx.client, topicScope, topicId, ['messageSent', 'messageEdited'], posts)) +
      (await blankEvents(ctx.client, topicScope, topicId, 'answerAccepted', answers)) +
      (await blankEvents(ctx.client, topicScope, topicId, 'topicShown', {}))
    )
  }
  // What tells of a removal still names the author.
  const told = all.flatMap(one => [{ message: one }, { message: { replyTo: one } }])
  return blankEvents(ctx.client, channelScope, channelId, messageKinds, told)
}
