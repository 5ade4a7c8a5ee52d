// Where an event about a message is heard. Every action on a message goes through here and announces nowhere else, so
// that a message has one audience, whatever it belongs to.
import { address, type FeedOf } from '#protocol/base/scope.ts'
import { type ChannelId, channelScope } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'

/** What a message belongs to. */
export interface MessagePlace {
  readonly channelId: ChannelId
}

/** An event about one message: the feeds of the channel's scope that carry one. */
export type MessageEvent = Extract<
  FeedOf<typeof channelScope>,
  { kind: 'messageSent' | 'messageEdited' | 'messageRemoved' }
>

/** Announces what became of a message to those who may read it. */
export function announceMessage(ctx: WriteCtx, place: MessagePlace, event: MessageEvent): void {
  ctx.announce(channelScope, place.channelId, event)
}

/** Takes the words of the messages that match out of what their audience was told: to be followed by an announcement. */
export async function forgetWords(
  ctx: WriteCtx,
  place: MessagePlace,
  which: { readonly id: string } | { readonly authorId: string },
): Promise<void> {
  await blankEvents(ctx.client, address(channelScope, place.channelId), ['messageSent', 'messageEdited'], {
    message: which,
  })
}
