// What a channel is to one person: how far they have read, whether it is silenced. One row a person and channel, told to
// that person alone, on every device alike.
import * as z from 'zod/mini'
import type { Input } from '#protocol/base/call.ts'
import { type AccountId, accountId as accountIdSchema } from '#protocol/base/ids.ts'
import { type inboxRoutes, inboxScope } from '#protocol/channels/inbox.ts'
import { type ChannelId, type channelCalls, channelId as channelIdSchema } from '#protocol/channels.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { demandRead, getChannel } from '../queries/channel.ts'
import { getEntry } from '../queries/inbox.ts'

/**
 * Moves the read position of whoever asks forward, never back, and never beyond the last message. Throws `not-found`,
 * and what `demandRead` throws.
 */
export async function markRead(ctx: WriteCtx, input: Input<typeof channelCalls.markRead>): Promise<void> {
  const channel = await getChannel(ctx, input.channelId)
  await demandRead(ctx, channel, 'own marks')
  const me = accountOf(ctx.who)
  const number = Math.min(input.number, channel.last_number)
  const moved = await ctx.sql<{ number: number }>(
    `insert into reads (channel_id, account_id, number) values ($1, $2, $3)
     on conflict (channel_id, account_id) do update set number = excluded.number where reads.number < excluded.number
     returning number`,
    [input.channelId, me, number],
  )
  if (moved.length === 0) return
  ctx.announce(inboxScope, me, { kind: 'readMoved', body: { channelId: input.channelId, number } })
  // They stand on Today until they are read.
  if (channel.form === 'announcements') await bumpUser(ctx, me, 'courses')
}

/** Silences a channel for whoever asks, or lets it be heard again. Throws `not-found`, `concluded`. */
export async function muteChannel(ctx: WriteCtx, { channelId, until }: Input<typeof inboxRoutes.mute>): Promise<void> {
  const me = accountOf(ctx.who)
  // Where they never read they are left where they stand.
  const { readNumber } = await getEntry(ctx, channelId)
  const [row] = await ctx.sql<{ number: number }>(
    `insert into reads (channel_id, account_id, number, muted_until) values ($1, $2, $3, $4)
     on conflict (channel_id, account_id) do update set muted_until = excluded.muted_until returning number`,
    [channelId, me, readNumber, until],
  )
  ctx.announce(inboxScope, me, { kind: 'readMoved', body: { channelId, number: row?.number ?? readNumber } })
  ctx.announce(inboxScope, me, { kind: 'muteChanged', body: { channelId, mutedUntil: until } })
}

const retellData = z.object({ accountId: accountIdSchema, channelIds: z.array(channelIdSchema) })

/** After an account took another in: tells it how far the other had read, where it had read nothing itself. */
export const retellReadsJob: JobBinding = {
  name: 'channels.retell-reads',
  run: async (ctx, data) => {
    const { accountId, channelIds } = z.parse(retellData, data)
    const rows = await ctx.sql<{ channel_id: ChannelId; number: number; muted_until: Date | null }>(
      `select channel_id, number, muted_until from reads
        where account_id = $1 and channel_id = any($2::uuid[]) order by channel_id for no key update`,
      [accountId, channelIds],
    )
    for (const { channel_id: channelId, number, muted_until } of rows) {
      ctx.announce(inboxScope, accountId, { kind: 'readMoved', body: { channelId, number } })
      const mutedUntil = muted_until && new Date(muted_until).toISOString()
      ctx.announce(inboxScope, accountId, { kind: 'muteChanged', body: { channelId, mutedUntil } })
    }
  },
}

/** Moves what channels were to one account to another; where both have a mark, that of the account that stays is kept. */
export async function moveReads(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  const moved = await ctx.sql<{ channel_id: ChannelId }>(
    `insert into reads (account_id, channel_id, number, muted_until)
     select $2, channel_id, number, muted_until from reads where account_id = $1
     on conflict do nothing returning channel_id`,
    [from, into],
  )
  await ctx.sql('delete from reads where account_id = $1', [from])
  // A job: a merge is told to few audiences, and every feature has its own.
  if (moved.length > 0)
    await ctx.enqueue(retellReadsJob, { accountId: into, channelIds: moved.map(row => row.channel_id) })
}
