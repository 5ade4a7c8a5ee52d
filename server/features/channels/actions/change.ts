// Editing and removing single messages. What is removed is gone for good: from the row, from its earlier versions, from
// the answers that show it and from what the log keeps.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { channelCalls, Message, MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { toMinute } from '#server/platform/events/event.ts'
import { demandAct, demandRead, getChannel } from '../queries/channel.ts'
import type { FoundMessage } from '../queries/messages.ts'
import { demandReword } from '../queries/topics.ts'
import { mayRemove } from '../rules/messages.ts'
import { announceMessage, forgetWords } from './announce.ts'
import { takeWhatHangsOn } from './forget.ts'
import { holdMessage } from './hold.ts'
import { mentionsIn, replaceMentions } from './mention.ts'
import { afterRemoval } from './topics/words.ts'

/**
 * Changes the words of one's own message. Throws `not-found`, what `whyNot` answers, `not-yours`, what `demandReword`
 * throws, `message-removed`, `malformed` when nothing would be said, and `conflict` for a version that has passed.
 */
export async function editMessage(ctx: WriteCtx, input: Input<typeof channelCalls.edit>): Promise<void> {
  const found = await holdMessage(ctx, input.messageId, 'reword')
  const { place, authorId, message } = found
  const channel = await getChannel(ctx, place.channelId)
  const rights = await demandAct(ctx, channel, 'reword')
  demand(authorId === accountOf(ctx.who), 'not-yours')
  if (place.topicId !== null) await demandReword(ctx, place.topicId, rights)
  demand(message.removedAt === null, 'message-removed')
  demand(input.text !== '' || message.files !== undefined, 'malformed', {
    errors: [{ path: 'text', code: 'nothing_said' }],
  })
  if (message.version !== input.version) throw new Problem('conflict', { params: { current: message } })
  const at = timeOf(found, ctx.now)
  await ctx.sql('insert into message_versions (message_id, version, text, at) values ($1, $2, $3, $4)', [
    message.id,
    message.version,
    message.text,
    message.editedAt ?? message.sentAt,
  ])
  await ctx.sql('update messages set text = $2, edited_at = $3, version = version + 1 where id = $1', [
    message.id,
    input.text,
    at,
  ])
  const changed: Message = {
    ...message,
    text: input.text,
    editedAt: at.toISOString(),
    version: message.version + 1,
  }
  if (input.mentions) {
    changed.mentions = await mentionsIn(ctx, channel, input.mentions)
    await replaceMentions(ctx, {
      messageId: message.id,
      channelId: place.channelId,
      number: message.number,
      mentions: changed.mentions,
    })
  }
  // Earlier words are for the author and for who moderates: they are replayed to nobody.
  await forgetWords(ctx, place, { id: message.id })
  announceMessage(ctx, place, { kind: 'messageEdited', body: { message: changed } })
}

/** When something happens to a message: to one without a name only the minute is said. */
const timeOf = ({ authorId, message }: FoundMessage, now: Date): Date =>
  authorId === message.authorId ? now : toMinute(now)

async function takeText(ctx: WriteCtx, found: FoundMessage, by: AccountId): Promise<void> {
  const { place, authorId, message } = found
  const at = timeOf(found, ctx.now)
  await ctx.sql(
    `update messages set title = null, text = null, removed_at = $2, removed_by = $3, version = version + 1
     where id = $1`,
    [message.id, at, by],
  )
  await takeWhatHangsOn(ctx, [message.id])
  await forgetWords(ctx, place, { id: message.id })
  const { files: _gone, ...kept } = message
  const removed: Message = {
    ...kept,
    title: null,
    text: null,
    mentions: [],
    reactions: [],
    removedAt: at.toISOString(),
    removedBy: by === authorId ? 'author' : 'moderator',
    version: message.version + 1,
  }
  announceMessage(ctx, place, { kind: 'messageRemoved', body: { message: removed } })
  if (place.topicId !== null) await afterRemoval(ctx, place.topicId, removed)
}

/**
 * Removes one's own message, or anybody's for those who moderate. Removing it again changes nothing. Throws `not-found`,
 * `concluded`, and `not-yours` for everybody else.
 */
export async function removeMessage(ctx: WriteCtx, messageId: MessageId): Promise<void> {
  const found = await holdMessage(ctx, messageId, 'remove')
  const rights = await demandRead(ctx, await getChannel(ctx, found.place.channelId))
  const who = accountOf(ctx.who)
  demand(mayRemove(rights, found, who), 'not-yours')
  if (found.message.removedAt === null) await takeText(ctx, found, who)
}
