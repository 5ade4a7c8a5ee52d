// Channels as they are read, and what whoever asks may do in them. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem, refuse } from '#protocol/base/problems.ts'
import type { Channel, ChannelForm, ChannelId, ChannelPerson } from '#protocol/channels.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { gather } from '#server/platform/db/gather.ts'
import { type Act, type ChannelRights, inForm, noRights, whyNot, whyNotRead } from '../rules/messages.ts'
import { contextOf } from './context.ts'

export interface ChannelFacts {
  id: ChannelId
  form: ChannelForm
  context_kind: string
  context_id: string
  title: string
  last_number: number
  open: boolean
  replies: boolean
  pair: boolean
  version: number
}

export const channelColumns =
  'c.id, c.form, c.context_kind, c.context_id, c.title, c.last_number, c.open, c.replies, c.pair, c.version'

/** A row as it travels, with the people of a direct channel. */
export const channelOf = (row: ChannelFacts, people: readonly ChannelPerson[]): Channel => ({
  id: row.id,
  form: row.form,
  title: row.title,
  lastNumber: row.last_number,
  open: row.open,
  replies: row.replies,
  pair: row.pair,
  version: row.version,
  people: [...people],
})

/** Who is in direct channels now, by channel, in the order in which they came. One query. */
export async function peopleOfDirect(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ChannelPerson[]>> {
  const found = new Map<string, ChannelPerson[]>(ids.map(id => [id, []]))
  if (ids.length === 0) return found
  const rows = await ctx.sql<ChannelPerson & { channel_id: string }>(
    `select m.channel_id, a.id, a.name from channel_members m join accounts a on a.id = m.account_id
     where m.channel_id = any($1::uuid[]) and m.left_at is null order by m.joined_at, a.id`,
    [[...ids]],
  )
  for (const { channel_id, id, name } of rows) found.get(channel_id)?.push({ id, name })
  return found
}

/** The same for one channel of any form. */
export async function channelWithPeople(ctx: Ctx, row: ChannelFacts): Promise<Channel> {
  const people = row.form === 'direct' ? await peopleOfDirect(ctx, [row.id]) : undefined
  return channelOf(row, people?.get(row.id) ?? [])
}

/** Channels by id; unknown ones are absent. One query. */
export async function findChannels(ctx: Pick<Ctx, 'sql'>, ids: readonly string[]): Promise<Map<string, ChannelFacts>> {
  const rows = await ctx.sql<ChannelFacts>(`select ${channelColumns} from channels c where c.id = any($1::uuid[])`, [
    [...ids],
  ])
  return new Map(rows.map(row => [row.id, row]))
}

const findChannel = gather(async (ctx, ids: readonly string[]) => {
  const found = await findChannels(ctx, [...new Set(ids)])
  return ids.map(id => found.get(id))
})

/** The channel, or `not-found`. Asks no rights. */
export async function getChannel(ctx: Ctx, id: string): Promise<ChannelFacts> {
  const found = await findChannel(ctx, id)
  if (!found) throw new Problem('not-found')
  return found
}

/** A channel that a course has from its first day; undefined when there is no such course. */
export async function findCourseChannel(
  ctx: Ctx,
  courseId: string,
  form: Exclude<ChannelForm, 'direct'>,
): Promise<ChannelFacts | undefined> {
  const [row] = await ctx.sql<ChannelFacts>(
    `select ${channelColumns} from channels c where c.context_kind = 'course' and c.context_id = $1 and c.form = $2`,
    [courseId, form],
  )
  return row
}

/** What each account may do in a channel, in order. */
export async function channelRights(
  ctx: Ctx,
  channel: Pick<ChannelFacts, 'context_kind' | 'context_id' | 'form'>,
  accountIds: readonly AccountId[],
): Promise<readonly ChannelRights[]> {
  const pairs = accountIds.map(accountId => ({ contextId: channel.context_id, accountId }))
  const rights = await contextOf(channel.context_kind).rights(ctx, pairs)
  return rights.map(one => inForm(one, channel.form))
}

/** One person in one channel. */
export interface InChannel {
  readonly channel: Pick<ChannelFacts, 'id' | 'context_kind' | 'context_id' | 'form'>
  readonly accountId: AccountId
}

/**
 * What each of many people may do, each in their channel; none where that was not asked. Every kind of context is asked
 * once, however many people and channels.
 */
export async function rightsInEach(
  ctx: Ctx,
  asked: readonly InChannel[],
): Promise<(channelId: string, accountId: AccountId) => ChannelRights> {
  const key = (channelId: string, accountId: AccountId) => `${channelId}/${accountId}`
  const distinct = [...new Map(asked.map(one => [key(one.channel.id, one.accountId), one])).values()]
  const known = new Map<string, ChannelRights>()
  for (const kind of new Set(distinct.map(one => one.channel.context_kind))) {
    const here = distinct.filter(one => one.channel.context_kind === kind)
    const pairs = here.map(({ channel, accountId }) => ({ contextId: channel.context_id, accountId }))
    const rights = await contextOf(kind).rights(ctx, pairs)
    for (const [index, { channel, accountId }] of here.entries())
      known.set(key(channel.id, accountId), inForm(rights[index] ?? noRights, channel.form))
  }
  return (channelId, accountId) => known.get(key(channelId, accountId)) ?? noRights
}

/** Those of these people who may read a channel. */
export async function readersOf(
  ctx: Ctx,
  channel: Pick<ChannelFacts, 'context_kind' | 'context_id' | 'form'>,
  accountIds: readonly AccountId[],
): Promise<AccountId[]> {
  const rights = await channelRights(ctx, channel, accountIds)
  return accountIds.filter((_, index) => rights[index]?.read)
}

/** The rights of whoever asks, who may do this in a channel. Throws what `whyNot` answers for all others. */
export async function demandAct(
  ctx: Ctx,
  channel: ChannelFacts,
  act: Exclude<Act, 'read' | 'tend'>,
): Promise<ChannelRights> {
  const [rights = noRights] = await channelRights(ctx, channel, [accountOf(ctx.who)])
  refuse(whyNot(rights, channel, act))
  return rights
}

/**
 * The same for those who may read. Throws `not-found` for who may not: they need not know of it; and `concluded` where
 * something is written to what is over, but for a person's `own marks`, such as what they have read.
 */
export async function demandRead(
  ctx: Ctx,
  channel: ChannelFacts,
  what: 'the channel' | 'own marks' = 'the channel',
): Promise<ChannelRights> {
  const [rights = noRights] = await channelRights(ctx, channel, [accountOf(ctx.who)])
  refuse(whyNotRead(rights, 'announce' in ctx && what === 'the channel' ? 'tend' : 'read'))
  return rights
}
