// Channels themselves and how far people have read in them. Rights over creating and closing are the caller's to ask.
import { type Channel, type ChannelId, channelScope } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { accountOf, type ChannelFacts, channelOf, demandRead, getChannel } from '../queries.ts'

/** Opens a channel in a context whose kind somebody answers for (registerChannelContext). */
export async function createChannel(
  ctx: WriteCtx,
  input: { form: 'chat'; contextKind: string; contextId: string; title: string },
): Promise<Channel> {
  const [row] = await ctx.sql<ChannelFacts>(
    `insert into channels (id, form, context_kind, context_id, title, created_at) values ($1, $2, $3, $4, $5, $6)
     returning *`,
    [newId<'Channel'>(), input.form, input.contextKind, input.contextId, input.title, ctx.now],
  )
  if (!row) throw new Error('a channel was not written')
  return channelOf(row)
}

/** No more writing; what was said stays to be read. Closing twice changes nothing. */
export async function closeChannel(ctx: WriteCtx, channelId: ChannelId | string): Promise<void> {
  const [row] = await ctx.sql<ChannelFacts>('update channels set open = false where id = $1 and open returning *', [
    channelId,
  ])
  if (row) ctx.announce(channelScope, channelId, { kind: 'channelChanged', body: { channel: channelOf(row) } })
}

/** Moves the read position of whoever asks forward, never back, and never beyond the last message. */
export async function markRead(ctx: WriteCtx, input: { channelId: ChannelId; number: number }): Promise<void> {
  const channel = await getChannel(ctx, input.channelId)
  await demandRead(ctx, channel)
  await ctx.sql(
    `insert into reads (channel_id, account_id, number) values ($1, $2, $3)
     on conflict (channel_id, account_id) do update set number = excluded.number where reads.number < excluded.number`,
    [input.channelId, accountOf(ctx.who), Math.min(input.number, channel.last_number)],
  )
}
