// Channels themselves, how far people have read in them, and what they silenced. Rights over creating and closing are the
// caller's to ask.
import type { Input } from '#protocol/base/call.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { type inboxRoutes, inboxScope } from '#protocol/channels/inbox.ts'
import { type Channel, type ChannelForm, type ChannelId, type channelCalls, channelScope } from '#protocol/channels.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import type { CourseCompanion } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { type ChannelFacts, channelOf, channelWithPeople, demandRead, getChannel } from '../queries/channel.ts'
import { getEntry } from '../queries/inbox.ts'
import { mayRename } from '../rules/messages.ts'

/** Opens a channel in a context whose kind somebody answers for (registerChannelContext). */
export async function createChannel(
  ctx: WriteCtx,
  input: { form: Exclude<ChannelForm, 'direct'>; contextKind: string; contextId: string; title: string },
): Promise<Channel> {
  const [row] = await ctx.sql<ChannelFacts>(
    `insert into channels (id, form, context_kind, context_id, title, created_at) values ($1, $2, $3, $4, $5, $6)
     returning *`,
    [newId<'Channel'>(), input.form, input.contextKind, input.contextId, input.title, ctx.now],
  )
  if (!row) throw new Error('a channel was not written')
  return channelOf(row, [])
}

/** What every course has; the form is their title. */
export const channelsOfCourse: CourseCompanion = async (ctx, course) => {
  for (const form of ['chat', 'forum', 'announcements'] as const)
    await createChannel(ctx, { form, contextKind: 'course', contextId: course.id, title: '' })
}

async function announceChannel(ctx: WriteCtx, row: ChannelFacts): Promise<Channel> {
  const channel = await channelWithPeople(ctx, row)
  ctx.announce(channelScope, row.id, { kind: 'channelChanged', body: { channel } })
  return channel
}

/** No more writing; what was said stays to be read. Closing twice changes nothing. */
export async function closeChannel(ctx: WriteCtx, channelId: ChannelId | string): Promise<void> {
  const [row] = await ctx.sql<ChannelFacts>('update channels set open = false where id = $1 and open returning *', [
    channelId,
  ])
  if (row) await announceChannel(ctx, row)
}

/** Tells a channel that it, or who is in it, has changed. */
export async function announceChanged(ctx: WriteCtx, channelId: ChannelId): Promise<Channel> {
  return announceChannel(ctx, await getChannel(ctx, channelId))
}

/**
 * A group's title, or whether announcements may be answered. Throws `not-found`, `concluded`, `not-allowed`, and `conflict`
 * with the current channel.
 */
export async function changeChannel(
  ctx: WriteCtx,
  { channelId, version, ...change }: Input<typeof inboxRoutes.change>,
): Promise<Channel> {
  const channel = await getChannel(ctx, channelId)
  const rights = await demandRead(ctx, channel)
  const { title, replies } = change
  if (title !== undefined) demand(mayRename(rights, channel), 'not-allowed')
  if (replies !== undefined) demand(rights.moderate && channel.form === 'announcements', 'not-allowed')
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

/** Moves the read position of whoever asks forward, never back, and never beyond the last message. Throws `not-found`. */
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

/** Silences a channel for whoever asks, or lets it be heard again. Throws `not-found`. */
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
