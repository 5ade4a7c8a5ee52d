// Where channels, topics and messages are, for features that tell people of them. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { ChannelForm, ChannelId } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { lineSql } from './attachments.ts'
import { type ChannelFacts, channelRights, findChannels, readersOf } from './channel.ts'
import { contextOf } from './context.ts'

export interface ChannelPlace {
  readonly form: ChannelForm
  readonly contextKind: string
  readonly contextId: string
  readonly courseId: string | null
  /** What the channel is called, or what it belongs to. */
  readonly title: string
}

async function placeOf(ctx: Ctx, row: ChannelFacts): Promise<ChannelPlace> {
  const about = await contextOf(row.context_kind).about(ctx, row.context_id)
  return {
    form: row.form,
    contextKind: row.context_kind,
    contextId: row.context_id,
    courseId: about.courseId,
    title: row.title || about.title,
  }
}

/** Where a channel is; undefined when there is none. Asks no rights. */
export async function channelPlace(ctx: Ctx, channelId: string): Promise<ChannelPlace | undefined> {
  const row = (await findChannels(ctx, [channelId])).get(channelId)
  return row && placeOf(ctx, row)
}

/** The course and the author of a topic that is shown; undefined for any other. Asks no rights. */
export async function topicPlace(
  ctx: Ctx,
  topicId: string,
): Promise<{ courseId: string | null; channelId: string; authorId: AccountId } | undefined> {
  const [row] = await ctx.sql<{ channel_id: string; author_id: AccountId }>(
    "select channel_id, author_id from topics where id = $1 and standing = 'shown'",
    [topicId],
  )
  const place = row && (await channelPlace(ctx, row.channel_id))
  return row && place && { courseId: place.courseId, channelId: row.channel_id, authorId: row.author_id }
}

/** A message that somebody may read now. */
export interface ReadableMessage {
  readonly id: string
  readonly number: number
  readonly channelId: string
  readonly place: ChannelPlace
  /** Null when it was written without a name. */
  readonly authorName: string | null
  /** Its heading or its first words. */
  readonly words: string
  readonly topic: { readonly id: string; readonly title: string } | null
}

interface MessageFacts {
  id: string
  number: number
  channel_id: string
  author: string | null
  words: string
  topic_id: string | null
  topic_title: string | null
}

/**
 * Those of these messages that this person may read and that still stand, by id: removed ones and those of topics that
 * are hidden are absent. Two queries, and two more for each channel.
 */
export async function readableMessages(
  ctx: Ctx,
  accountId: AccountId,
  ids: readonly string[],
): Promise<Map<string, ReadableMessage>> {
  const found = new Map<string, ReadableMessage>()
  if (ids.length === 0) return found
  const rows = await ctx.sql<MessageFacts>(
    `select m.id, m.number, m.channel_id, case when m.alias_id is null then a.name end as author,
            coalesce(m.title, left(${lineSql('m')}, 120), '') as words, t.id as topic_id, t.title as topic_title
     from messages m
     join accounts a on a.id = m.author_id
     left join topics t on t.id = m.topic_id
     where m.id = any($1::uuid[]) and m.removed_at is null and m.number is not null
       and (m.topic_id is null or t.standing = 'shown')`,
    [[...ids]],
  )
  const channels = await findChannels(ctx, [...new Set(rows.map(row => row.channel_id))])
  const readable = new Map<string, ChannelPlace>()
  for (const channel of channels.values()) {
    const [rights] = await channelRights(ctx, channel, [accountId])
    if (rights?.read) readable.set(channel.id, await placeOf(ctx, channel))
  }
  for (const row of rows) {
    const place = readable.get(row.channel_id)
    if (!place) continue
    const topic = row.topic_id === null ? null : { id: row.topic_id, title: row.topic_title ?? '' }
    const { id, number, words } = row
    found.set(id, { id, number, words, channelId: row.channel_id, authorName: row.author, place, topic })
  }
  return found
}

/** The last number of each channel. */
export const listLastNumbers = (
  ctx: Ctx,
  channelIds: readonly string[],
): Promise<{ id: ChannelId; number: number }[]> =>
  ctx.sql<{ id: ChannelId; number: number }>(
    'select id, last_number as number from channels where id = any($1::uuid[])',
    [[...channelIds]],
  )

/** The last message after a number of each channel that names one of these people. One query. */
export const listLastNaming = (
  ctx: Ctx,
  since: readonly { channelId: ChannelId; from: number }[],
  people: readonly string[],
): Promise<{ accountId: string; channelId: string; number: number }[]> =>
  ctx.sql<{ accountId: string; channelId: string; number: number }>(
    `select n.account_id as "accountId", n.channel_id as "channelId", max(n.number) as number
     from unnest($1::uuid[], $2::int[]) as w(channel_id, since)
     join mentions n on n.channel_id = w.channel_id and n.number > w.since
     where n.account_id = any($3::uuid[]) group by n.account_id, n.channel_id`,
    [since.map(one => one.channelId), since.map(one => one.from), [...people]],
  )

/** Those of these people who may read a channel, by its id; nobody where there is none. */
export async function readersIn(ctx: Ctx, channelId: string, accountIds: readonly AccountId[]): Promise<AccountId[]> {
  const channel = (await findChannels(ctx, [channelId])).get(channelId)
  return channel ? readersOf(ctx, channel, accountIds) : []
}
