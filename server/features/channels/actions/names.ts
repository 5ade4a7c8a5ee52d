// Tells channels anew who somebody is: after they took another name, or became another account. What a snapshot shows is
// told again, message by message, so that whoever followed sees what a newcomer reads.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { type ChannelId, channelId, channelScope } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { shownNaming } from '../queries/naming.ts'
import { announceAgain } from './announce.ts'
import { announceChanged } from './channel.ts'
import { holdNaming } from './hold.ts'

const retellData = z.object({ channelId, accountId, before: z.optional(accountId) })

/** Names an account that is no more is not told under again. Answers how many events named it. */
async function forgetAccount(ctx: WriteCtx, channel: ChannelId, gone: AccountId): Promise<number> {
  const kinds = ['messageSent', 'messageEdited', 'messageRemoved'] as const
  const by = { reactions: [{ by: [gone] }] }
  const named = [{ authorId: gone }, { replyTo: { authorId: gone } }, { mentions: [{ accountId: gone }] }, by]
  return (
    (await blankEvents(
      ctx.client,
      channelScope,
      channel,
      kinds,
      named.map(message => ({ message })),
    )) + (await blankEvents(ctx.client, channelScope, channel, 'reactionsChanged', by))
  )
}

/** One channel a job: somebody may have spoken in more channels than one action announces to. */
export const retellJob: JobBinding = {
  name: 'channels.retell',
  run: async (ctx, data) => {
    const { channelId: channel, accountId: who, before } = z.parse(retellData, data)
    await holdNaming(ctx, channel, who)
    const blanked = before ? await forgetAccount(ctx, channel, before) : 0
    const shown = await shownNaming(ctx, channel, who, 'the window')
    await announceAgain(ctx, channel, shown)
    const [member] = await ctx.sql('select 1 from channel_members where channel_id = $1 and account_id = $2', [
      channel,
      who,
    ])
    if (member && before) await blankEvents(ctx.client, channelScope, channel, 'channelChanged', {})
    // Nodes let go of what they hold of the log when something is told, if only this.
    if (member || (blanked > 0 && shown.length === 0)) await announceChanged(ctx, channel)
  },
}

/** Has the channels told anew. `before` is the account whose rows they were until now, when it was another. */
export async function retell(
  ctx: WriteCtx,
  channels: readonly ChannelId[],
  accountId: AccountId,
  before?: AccountId,
): Promise<void> {
  for (const one of channels) await ctx.enqueue(retellJob, { channelId: one, accountId, ...(before && { before }) })
}
