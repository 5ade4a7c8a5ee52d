// Forgets a person in the channels in which they talked, topics apart: their words, their name where others wrote it, their
// reactions. Told anew is what a snapshot shows of it; whoever has older pages open reads them again sooner or later.
import * as z from 'zod/mini'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { type ChannelId, channelId as channelIdSchema, channelScope, type MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { shownNaming } from '../queries/naming.ts'
import { announceAgain, forgetWords } from './announce.ts'
import { announceChanged } from './channel.ts'
import { takeWhatHangsOn } from './forget.ts'
import { holdNaming } from './hold.ts'

const eraseData = z.object({ channelId: channelIdSchema, accountId: accountIdSchema })

async function takeWords(ctx: WriteCtx, channelId: ChannelId, accountId: AccountId): Promise<void> {
  const rows = await ctx.sql<{ id: MessageId }>(
    `update messages set title = null, text = null, removed_at = $3, removed_by = $2, version = version + 1
     where channel_id = $1 and author_id = $2 and topic_id is null and text is not null returning id`,
    [channelId, accountId, ctx.now],
  )
  await takeWhatHangsOn(
    ctx,
    rows.map(row => row.id),
  )
  // The text in which others name them is theirs; what it named is not any more.
  for (const table of ['mentions', 'reactions'])
    await ctx.sql(
      `delete from ${table} h using messages m
        where m.id = h.message_id and m.channel_id = $1 and m.topic_id is null and h.account_id = $2`,
      [channelId, accountId],
    )
}

/** Takes an account out of one channel, words and all: they went with the account. Throws `not-found`. */
export async function eraseFromChannel(ctx: WriteCtx, channelId: ChannelId, accountId: AccountId): Promise<void> {
  await holdNaming(ctx, channelId, accountId)
  // Those that were removed before are told again as well: what told of it is taken out of the log below.
  const shown = await shownNaming(ctx, channelId, accountId, 'their latest')
  await takeWords(ctx, channelId, accountId)
  const blanked =
    (await forgetWords(ctx, { channelId, topicId: null }, { authorId: accountId })) +
    (await blankEvents(ctx.client, channelScope, channelId, ['messageSent', 'messageEdited'], {
      message: { mentions: [{ accountId }] },
    }))
  await announceAgain(ctx, channelId, shown)
  const [member] = await ctx.sql('select 1 from channel_members where channel_id = $1 and account_id = $2', [
    channelId,
    accountId,
  ])
  if (member) await blankEvents(ctx.client, channelScope, channelId, 'channelChanged', {})
  // Nodes let go of what they hold of the log when something is told, if only this.
  if (member || (blanked > 0 && shown.length === 0)) await announceChanged(ctx, channelId)
}

/** One channel a job: forgetting somebody may concern more channels than one action announces to. */
export const eraseJob: JobBinding = {
  name: 'channels.erase',
  run: async (ctx, data) => {
    const { channelId, accountId } = z.parse(eraseData, data)
    await eraseFromChannel(ctx, channelId, accountId)
  },
}
