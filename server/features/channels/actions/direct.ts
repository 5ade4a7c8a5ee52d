// Talk between people by their own choice: opening it, leaving a group, shutting somebody out. Everybody concerned is
// judged anew, so that their list and their open scopes follow at once.
import type { Input, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem, refuse } from '#protocol/base/problems.ts'
import { type inboxRoutes, mostInGroup } from '#protocol/channels/inbox.ts'
import type { Channel, ChannelId } from '#protocol/channels.ts'
import { paceOfEach, tooFast } from '#server/platform/call/pace.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { channelWithPeople, demandRead, getChannel, peopleOfDirect } from '../queries/channel.ts'
import { relations } from '../queries/direct.ts'
import { mayAdd, mayLeave, startBudget, whyOutOfReach } from '../rules/messages.ts'
import { announceChanged } from './channel.ts'

const starts = paceOfEach(startBudget)

async function findPair(ctx: WriteCtx, me: AccountId, other: AccountId): Promise<ChannelId | undefined> {
  // Two who write to each other for the first time at once: one of them waits, and finds what the other made.
  await ctx.sql('select pg_advisory_xact_lock(hashtextextended($1, 27))', [[me, other].sort().join('/')])
  const [row] = await ctx.sql<{ id: ChannelId }>(
    `select c.id from channels c
     join channel_members m on m.channel_id = c.id and m.account_id = $1
     join channel_members o on o.channel_id = c.id and o.account_id = $2
     where c.pair order by c.id limit 1`,
    [me, other],
  )
  return row?.id
}

async function create(ctx: WriteCtx, people: readonly AccountId[], title: string | undefined): Promise<ChannelId> {
  const id = newId<'Channel'>()
  await ctx.sql(
    `insert into channels (id, form, context_kind, context_id, title, pair, created_at)
     values ($1, 'direct', 'direct', $1, $2, $3, $4)`,
    [id, title ?? '', title === undefined, ctx.now],
  )
  await ctx.sql(
    'insert into channel_members (channel_id, account_id, joined_at) select $1, id, $3 from unnest($2::uuid[]) as id',
    [id, [...people], ctx.now],
  )
  for (const person of people) ctx.rightsChanged(person)
  return id
}

/**
 * Opens a talk. With one person and no title: the one the two have, or a new one. Otherwise a new group, which has a
 * title. Throws `out-of-reach` (for who is nobody too), `blocked-by-you`, `malformed` for a group without a title,
 * `slow-down`.
 */
export async function startTalk(
  ctx: WriteCtx,
  input: Input<typeof inboxRoutes.start>,
): Promise<Output<typeof inboxRoutes.start>> {
  const me = accountOf(ctx.who)
  const others = [...new Set(input.accountIds)].filter(id => id !== me)
  const [other] = others
  if (other === undefined) throw new Problem('malformed', { errors: [{ path: 'accountIds', code: 'too_small' }] })
  if (others.length > 1 && input.title === undefined)
    throw new Problem('malformed', { errors: [{ path: 'title', code: 'too_small' }] })
  const pair = input.title === undefined
  const found = pair ? await findPair(ctx, me, other) : undefined
  if (found) return { channelId: found }
  await demandReach(ctx, others)
  const wait = starts.take(me, ctx.now)
  if (wait > 0) throw tooFast(wait)
  return { channelId: await create(ctx, [me, ...others], input.title) }
}

/** Throws what `whyOutOfReach` answers unless whoever asks may write to each of them. */
async function demandReach(ctx: WriteCtx, others: readonly AccountId[]): Promise<void> {
  const me = accountOf(ctx.who)
  const stand = await relations(
    ctx,
    others.map(other => ({ me, other })),
  )
  for (const relation of stand) refuse(whyOutOfReach(relation))
}

/**
 * Adds people to a group; who is in it already stays, who left comes back. Throws `not-allowed` for a talk of two,
 * `out-of-reach`, `blocked-by-you`, `talk-full`, `slow-down`.
 */
export async function addToGroup(
  ctx: WriteCtx,
  { channelId, accountIds }: Input<typeof inboxRoutes.add>,
): Promise<Channel> {
  const channel = await getChannel(ctx, channelId)
  demand(mayAdd(await demandRead(ctx, channel), channel), 'not-allowed')
  // Two who add at once: one waits, and counts whom the other brought.
  await ctx.sql('select id from channels where id = $1 for no key update', [channelId])
  const within = new Set((await peopleOfDirect(ctx, [channelId])).get(channelId)?.map(one => one.id))
  const fresh = [...new Set(accountIds)].filter(id => !within.has(id))
  await demandReach(ctx, fresh)
  demand(within.size + fresh.length <= mostInGroup, 'talk-full', { params: { most: mostInGroup } })
  if (fresh.length === 0) return channelWithPeople(ctx, channel)
  const wait = starts.take(accountOf(ctx.who), ctx.now)
  if (wait > 0) throw tooFast(wait)
  await ctx.sql(
    `insert into channel_members (channel_id, account_id, joined_at) select $1, id, $3 from unnest($2::uuid[]) as id
     on conflict (channel_id, account_id) do update set joined_at = excluded.joined_at, left_at = null`,
    [channelId, fresh, ctx.now],
  )
  for (const person of fresh) ctx.rightsChanged(person)
  return announceChanged(ctx, channelId)
}

/**
 * Leaves a group. What one said there stays; the last one out leaves it empty. Throws `not-found`, `not-allowed` for a talk
 * of two.
 */
export async function leaveGroup(ctx: WriteCtx, channelId: ChannelId): Promise<void> {
  const channel = await getChannel(ctx, channelId)
  await demandRead(ctx, channel)
  demand(mayLeave(channel), 'not-allowed')
  const me = accountOf(ctx.who)
  await ctx.sql(
    'update channel_members set left_at = $3 where channel_id = $1 and account_id = $2 and left_at is null',
    [channelId, me, ctx.now],
  )
  await announceChanged(ctx, channelId)
  ctx.rightsChanged(me)
}

/** Shuts somebody out. Doing it twice changes nothing. Throws `not-found` for nobody, `not-allowed` for oneself. */
export async function blockPerson(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  const me = accountOf(ctx.who)
  demand(accountId !== me, 'not-allowed')
  const written = await ctx.sql(
    `insert into blocks (account_id, blocked_id, at) select $1, id, $3 from accounts where id = $2
     on conflict (account_id, blocked_id) do update set at = blocks.at returning blocked_id`,
    [me, accountId, ctx.now],
  )
  demand(written.length > 0, 'not-found')
}

/** Lets somebody in again. */
export async function unblockPerson(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.sql('delete from blocks where account_id = $1 and blocked_id = $2', [accountOf(ctx.who), accountId])
}
