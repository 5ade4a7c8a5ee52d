// What a channel is, and telling of it: each change holds its row, so that what is told of the whole is what stands.
import type { Input } from '#protocol/base/call.ts'
import { demand, Problem, refuse } from '#protocol/base/problems.ts'
import type { inboxRoutes } from '#protocol/channels/inbox.ts'
import { type Channel, type ChannelId, channelScope } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { type ChannelFacts, channelWithPeople, demandRead, getChannel } from '../queries/channel.ts'
import { whyNoGroup } from '../rules/messages.ts'
import { holdChannel } from './hold.ts'

async function announceChannel(ctx: WriteCtx, row: ChannelFacts): Promise<Channel> {
  const channel = await channelWithPeople(ctx, row)
  ctx.announce(channelScope, row.id, { kind: 'channelChanged', body: { channel } })
  return channel
}

/** No more writing; what was said stays to be read. Closing twice changes nothing. Rights are the caller's to ask. */
export async function closeChannel(ctx: WriteCtx, channelId: ChannelId | string): Promise<void> {
  const [row] = await ctx.sql<ChannelFacts>('update channels set open = false where id = $1 and open returning *', [
    channelId,
  ])
  if (row) await announceChannel(ctx, row)
}

/** Tells a channel that it, or who is in it, has changed. Throws `not-found`. */
export async function announceChanged(ctx: WriteCtx, channelId: ChannelId): Promise<Channel> {
  return announceChannel(ctx, await holdChannel(ctx, channelId))
}

/**
 * A group's title, or whether announcements may be answered. Throws `not-found`, `concluded`, `not-a-group` for the title of
 * another channel, `malformed` for answers to what is no announcements, `not-allowed` for who does not moderate those, and
 * `conflict` with the current channel.
 */
export async function changeChannel(
  ctx: WriteCtx,
  { channelId, version, ...change }: Input<typeof inboxRoutes.change>,
): Promise<Channel> {
  const channel = await getChannel(ctx, channelId)
  const rights = await demandRead(ctx, channel)
  const { title, replies } = change
  if (title !== undefined) refuse(whyNoGroup(channel))
  if (replies !== undefined) {
    if (channel.form !== 'announcements')
      throw new Problem('malformed', { errors: [{ path: 'replies', code: 'no_announcements' }] })
    demand(rights.moderate, 'not-allowed')
  }
  const changed = await ctx.sql(
    `update channels set title = coalesce($3, title), replies = coalesce($4, replies), version = version + 1
      where id = $1 and version = $2 returning id`,
    [channelId, version, title ?? null, replies ?? null],
  )
  if (changed.length === 0)
    throw new Problem('conflict', {
      params: { current: await channelWithPeople(ctx, await getChannel(ctx, channelId)) },
    })
  return announceChanged(ctx, channelId)
}
