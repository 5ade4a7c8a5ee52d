// Editing and removing single messages. What is removed is gone for good: from the row, from its earlier versions, from
// the answers that show it and from what the log keeps.
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type ChannelId, type channelCalls, type Message, type MessageId, messageWindow } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { toMinute } from '#server/platform/events/event.ts'
import { demandAct, getChannel } from '../queries/channel.ts'
import { type FoundMessage, getMessage } from '../queries/messages.ts'
import { demandReword } from '../queries/topics.ts'
import { mayRemove } from '../rules/messages.ts'
import { announceMessage, forgetWords } from './announce.ts'
import { takeWhatHangsOn } from './forget.ts'
import { mentionsIn, replaceMentions } from './mention.ts'
import { afterRemoval } from './topics/words.ts'

/**
 * Changes the words of one's own message. Throws `not-found`, what `whyNot` answers, `not-yours`, what `demandReword`
 * throws, `message-removed`, `malformed` when nothing would be said, and `conflict` for a version that has passed.
 */
export async function editMessage(ctx: WriteCtx, input: Input<typeof channelCalls.edit>): Promise<void> {
  const found = await getMessage(ctx, input.messageId, 'to change')
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
  const found = await getMessage(ctx, messageId, 'to change')
  const rights = await demandAct(ctx, await getChannel(ctx, found.place.channelId), 'tend')
  const who = accountOf(ctx.who)
  demand(mayRemove(rights, found, who), 'not-yours')
  if (found.message.removedAt === null) await takeText(ctx, found, who)
}

/**
 * Takes every word of an account out of one channel (topics apart): they went with the account. Told are the ones a
 * snapshot shows, or shows answers to; whoever has older pages open reads them again sooner or later.
 */
export async function eraseWords(ctx: WriteCtx, channelId: ChannelId, accountId: AccountId): Promise<void> {
  const rows = await ctx.sql<{ id: MessageId }>(
    `update messages set title = null, text = null, removed_at = $3, removed_by = $2, version = version + 1
     where channel_id = $1 and author_id = $2 and topic_id is null and text is not null returning id`,
    [channelId, accountId, ctx.now],
  )
  await takeWhatHangsOn(
    ctx,
    rows.map(row => row.id),
  )
  await forgetWords(ctx, { channelId, topicId: null }, { authorId: accountId })
  // Those that were removed before are told again as well: what told of it has just been taken out of the log.
  const told = await ctx.sql<{ id: MessageId }>(
    `with answered as (
       select reply_to from messages where channel_id = $1 and number is not null order by number desc limit $3
     ), theirs as (
       select id, number from messages where channel_id = $1 and author_id = $2 and topic_id is null
     )
     select id from (
       (select id, number from theirs order by number desc limit $3)
       union select id, number from theirs where id in (select reply_to from answered)
     ) as all_of_it order by number`,
    [channelId, accountId, messageWindow],
  )
  for (const { id } of told) {
    const { place, message } = await getMessage(ctx, id)
    announceMessage(ctx, place, { kind: 'messageRemoved', body: { message } })
  }
}
