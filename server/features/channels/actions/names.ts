// Tells channels anew who somebody is: after they took another name, or became another account. What a snapshot shows is
// told again, message by message, so that whoever followed sees what a newcomer reads.
import * as z from 'zod/mini'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { type ChannelId, channelId, channelScope, type MessageId, messageWindow } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { getMessage } from '../queries/messages.ts'
import { announceMessage } from './announce.ts'
import { announceChanged } from './channel.ts'

const retellData = z.object({ channelId, accountId, before: z.optional(accountId) })

/** Names an account that is no more is not told under again. */
async function forgetAccount(ctx: WriteCtx, channel: ChannelId, gone: AccountId): Promise<void> {
  const kinds = ['messageSent', 'messageEdited', 'messageRemoved'] as const
  const by = { reactions: [{ by: [gone] }] }
  for (const message of [{ authorId: gone }, { replyTo: { authorId: gone } }, { mentions: [{ accountId: gone }] }, by])
    await blankEvents(ctx.client, channelScope, channel, kinds, { message })
  await blankEvents(ctx.client, channelScope, channel, 'reactionsChanged', by)
}

// Of what a snapshot shows, all that names the person: theirs, answers to theirs, where they are named or reacted.
const shownSql = `
  select m.id from (
    select id, number, author_id, reply_to from messages
    where channel_id = $1 and number is not null and topic_id is null order by number desc limit $3
  ) m
  where m.author_id = $2
    or exists (select from messages q where q.id = m.reply_to and q.author_id = $2)
    or exists (select from mentions n where n.message_id = m.id and n.account_id = $2)
    or exists (select from reactions r where r.message_id = m.id and r.account_id = $2)
  order by m.number`

/** One channel a job: somebody may have spoken in more channels than one action announces to. */
export const retellJob: JobBinding = {
  name: 'channels.retell',
  run: async (ctx, data) => {
    const { channelId: channel, accountId: who, before } = z.parse(retellData, data)
    if (before) await forgetAccount(ctx, channel, before)
    for (const { id } of await ctx.sql<{ id: MessageId }>(shownSql, [channel, who, messageWindow])) {
      const { place, message } = await getMessage(ctx, id)
      announceMessage(ctx, place, {
        kind: message.removedAt === null ? 'messageEdited' : 'messageRemoved',
        body: { message },
      })
    }
    const [member] = await ctx.sql('select 1 from channel_members where channel_id = $1 and account_id = $2', [
      channel,
      who,
    ])
    if (!member) return
    if (before) await blankEvents(ctx.client, channelScope, channel, 'channelChanged', {})
    await announceChanged(ctx, channel)
  },
}

const channelsWith = `
  select channel_id from messages where author_id = $1 and topic_id is null
  union select m.channel_id from reactions r join messages m on m.id = r.message_id where r.account_id = $1
  union select channel_id from mentions where account_id = $1
  union select channel_id from channel_members where account_id = $1`

/** Every channel in which somebody said, was named in or reacted to something, or is a member of. */
export const channelsNaming = async (ctx: WriteCtx, who: AccountId): Promise<ChannelId[]> =>
  (await ctx.sql<{ channel_id: ChannelId }>(channelsWith, [who])).map(row => row.channel_id)

/** Has the channels told anew. `before` is the account whose rows they were until now, when it was another. */
export async function retell(
  ctx: WriteCtx,
  channels: readonly ChannelId[],
  accountId: AccountId,
  before?: AccountId,
): Promise<void> {
  for (const one of channels) await ctx.enqueue(retellJob, { channelId: one, accountId, ...(before && { before }) })
}
