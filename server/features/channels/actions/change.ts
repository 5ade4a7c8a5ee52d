// Editing and removing single messages. What is removed is gone for good: from the row and from what the log keeps.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type ChannelId, type Message, type MessageId, messageWindow } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf, demandRead, getChannel, getMessage } from '../queries.ts'
import { mayEdit, mayRemove } from '../rules.ts'
import { announceMessage, forgetWords } from './announce.ts'

/** Changes the words of one's own message. A version that has passed, or a removed message, is a conflict. */
export async function editMessage(
  ctx: WriteCtx,
  input: { messageId: MessageId; version: number; text: string },
): Promise<void> {
  const { channelId, message } = await getMessage(ctx, input.messageId, 'to change')
  const channel = await getChannel(ctx, channelId)
  const rights = await demandRead(ctx, channel)
  demand(mayEdit(rights, message, accountOf(ctx.who)), 'not-allowed')
  demand(channel.open, 'not-open')
  if (message.removedAt !== null || message.version !== input.version)
    throw new Problem('conflict', { params: { current: message } })
  await ctx.sql('update messages set text = $2, edited_at = $3, version = version + 1 where id = $1', [
    message.id,
    input.text,
    ctx.now,
  ])
  const changed: Message = {
    ...message,
    text: input.text,
    editedAt: ctx.now.toISOString(),
    version: message.version + 1,
  }
  announceMessage(ctx, { channelId }, { kind: 'messageEdited', body: { message: changed } })
}

async function takeText(ctx: WriteCtx, channelId: ChannelId, message: Message, by: AccountId): Promise<void> {
  await ctx.sql(
    'update messages set text = null, removed_at = $2, removed_by = $3, version = version + 1 where id = $1',
    [message.id, ctx.now, by],
  )
  await forgetWords(ctx, { channelId }, { id: message.id })
  const removed: Message = {
    ...message,
    text: null,
    removedAt: ctx.now.toISOString(),
    removedBy: by === message.authorId ? 'author' : 'moderator',
    version: message.version + 1,
  }
  announceMessage(ctx, { channelId }, { kind: 'messageRemoved', body: { message: removed } })
}

/** Removes one's own message, or anybody's for those who moderate. Removing it again changes nothing. */
export async function removeMessage(ctx: WriteCtx, messageId: MessageId): Promise<void> {
  const { channelId, message } = await getMessage(ctx, messageId, 'to change')
  const rights = await demandRead(ctx, await getChannel(ctx, channelId))
  const who = accountOf(ctx.who)
  demand(mayRemove(rights, message, who), 'not-allowed')
  if (message.removedAt === null) await takeText(ctx, channelId, message, who)
}

/**
 * Takes every word of an account out of one channel, as if its author had removed each message. Told are the ones a
 * snapshot shows; whoever has older pages open reads them again sooner or later.
 */
export async function eraseWords(ctx: WriteCtx, channelId: ChannelId, accountId: AccountId): Promise<void> {
  const rows = await ctx.sql<{ id: MessageId; number: number }>(
    `update messages set text = null, removed_at = $3, removed_by = $2, version = version + 1
     where channel_id = $1 and author_id = $2 and text is not null returning id, number`,
    [channelId, accountId, ctx.now],
  )
  if (rows.length === 0) return
  await forgetWords(ctx, { channelId }, { authorId: accountId })
  const latest = rows.sort((a, b) => b.number - a.number).slice(0, messageWindow)
  for (const { id } of latest.reverse()) {
    const { message } = await getMessage(ctx, id)
    announceMessage(ctx, { channelId }, { kind: 'messageRemoved', body: { message } })
  }
}
