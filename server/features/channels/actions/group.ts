// Who is in a group: its people come and go under the lock of its row. Everybody concerned is judged anew, so that their
// list and their open scopes follow at once.
import type { Input } from '#protocol/base/call.ts'
import { demand, refuse } from '#protocol/base/problems.ts'
import { type inboxRoutes, mostInGroup } from '#protocol/channels/inbox.ts'
import type { Channel, ChannelId } from '#protocol/channels.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { channelWithPeople, demandRead, getChannel, peopleOfDirect } from '../queries/channel.ts'
import { whyNoGroup } from '../rules/messages.ts'
import { announceChanged } from './channel.ts'
import { holdChannel } from './hold.ts'
import { demandReach, takeStart } from './reach.ts'

/**
 * Adds people to a group; who is in it already stays, who left comes back. Throws `not-found`, `not-a-group`,
 * `out-of-reach`, `blocked-by-you`, `talk-full`, `slow-down`, and what `demandRead` throws.
 */
export async function addToGroup(
  ctx: WriteCtx,
  { channelId, accountIds }: Input<typeof inboxRoutes.add>,
): Promise<Channel> {
  await demandRead(ctx, await getChannel(ctx, channelId))
  // Two who add at once: one waits, and counts whom the other brought.
  const channel = await holdChannel(ctx, channelId)
  refuse(whyNoGroup(channel))
  const within = new Set((await peopleOfDirect(ctx, [channelId])).get(channelId)?.map(one => one.id))
  const fresh = [...new Set(accountIds)].filter(id => !within.has(id))
  await demandReach(ctx, fresh)
  demand(within.size + fresh.length <= mostInGroup, 'talk-full', { params: { most: mostInGroup } })
  if (fresh.length === 0) return channelWithPeople(ctx, channel)
  takeStart(ctx)
  await ctx.sql(
    `insert into channel_members (channel_id, account_id, joined_at) select $1, id, $3 from unnest($2::uuid[]) as id
     on conflict (channel_id, account_id) do update set joined_at = excluded.joined_at, left_at = null`,
    [channelId, fresh, ctx.now],
  )
  for (const person of fresh) ctx.rightsChanged(person)
  return announceChanged(ctx, channelId)
}

/**
 * Leaves a group. What one said there stays; the last one out leaves it empty. Throws `not-found`, `not-a-group`, and
 * what `demandRead` throws.
 */
export async function leaveGroup(ctx: WriteCtx, channelId: ChannelId): Promise<void> {
  const channel = await getChannel(ctx, channelId)
  await demandRead(ctx, channel)
  refuse(whyNoGroup(channel))
  const me = accountOf(ctx.who)
  await holdChannel(ctx, channelId)
  await ctx.sql(
    'update channel_members set left_at = $3 where channel_id = $1 and account_id = $2 and left_at is null',
    [channelId, me, ctx.now],
  )
  await announceChanged(ctx, channelId)
  ctx.rightsChanged(me)
}
