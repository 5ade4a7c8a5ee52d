// Where an event about a message is heard. Every action on a message goes through here and announces nowhere else, so
// that a message has one audience, whatever it belongs to: its channel, or in a forum its topic.
import type { FeedOf } from '#protocol/base/scope.ts'
import { topicScope } from '#protocol/channels/topics.ts'
import { channelScope } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { MessagePlace } from '../queries/messages.ts'

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

/**
 * Takes the words of the messages that match out of what their audience was told, also where others answer them: to be
 * followed by an announcement.
 */
export async function forgetWords(
  ctx: WriteCtx,
  place: MessagePlace,
  which: { readonly id: string } | { readonly authorId: string },
): Promise<void> {
  if (place.topicId !== null) {
    await blankEvents(ctx.client, topicScope, place.topicId, ['messageSent', 'messageEdited'], { message: which })
    await blankEvents(ctx.client, topicScope, place.topicId, 'answerAccepted', { accepted: which })
    await blankEvents(ctx.client, topicScope, place.topicId, 'topicShown', {})
    return
  }
  // What tells of a removal still names the author.
  await blankEvents(ctx.client, channelScope, place.channelId, messageKinds, { message: which })
  await blankEvents(ctx.client, channelScope, place.channelId, messageKinds, { message: { replyTo: which } })
}
