// Opening a talk between people by their own choice. Everybody in it is judged anew, so that their list and their open
// scopes follow at once.
import type { Input, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { inboxRoutes } from '#protocol/channels/inbox.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { demandReach, takeStart } from './reach.ts'

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
 * title. Throws `out-of-reach` (for who is nobody too), `blocked-by-you`, `malformed` for nobody but oneself and for a group
 * without a title, `slow-down`.
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
  takeStart(ctx)
  return { channelId: await create(ctx, [me, ...others], input.title) }
}
