// Messages as they are read: the window of a snapshot, pages from anywhere, earlier versions, who reacted. A page costs
// the same at any depth. Changes nothing.
import * as z from 'zod/mini'
import type { Input, Output } from '#protocol/base/call.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { TopicId } from '#protocol/channels/topics.ts'
import type { channelRoutes } from '#protocol/channels.ts'
import {
  type ChannelId,
  type channelScope,
  type Message,
  type MessageId,
  type MessageVersion,
  message,
  messageWindow,
  type Quote,
  quoted,
  quoteLength,
  type Reaction,
  reactionLimits,
} from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { authorAsTold, maySeeVersions } from '../rules/messages.ts'
import { attachmentsSql, filesOf, lineSql } from './attachments.ts'
import { channelWithPeople, demandRead, getChannel } from './channel.ts'

/** What a message belongs to: a channel, and in a forum one of its topics. */
export interface MessagePlace {
  readonly channelId: ChannelId
  readonly topicId: TopicId | null
}

export interface MessageFacts {
  id: MessageId
  number: number
  topic_id: TopicId | null
  author_id: AccountId
  /** What its author is called by those who may not know them. */
  alias_id: string | null
  author_name: string
  title: string | null
  text: string | null
  sent_at: Date
  edited_at: Date | null
  removed_at: Date | null
  removed_by: AccountId | null
  /** It went when its author was erased, and not before by their own hand. */
  with_account: boolean | null
  version: number
  /** Written by the database as JSON, and no more than that until it is read by its schema. */
  quote: unknown
  mentions: unknown
  reactions: unknown
  files: unknown
}

/** Reactions as the database wrote them. Throws on anything else. */
export const reactionsOf = (written: unknown): Reaction[] => z.parse(message.shape.reactions, written)

const removalOf = ({ removed_by, author_id, with_account }: MessageFacts): Message['removedBy'] => {
  if (removed_by === null) return 'age'
  if (removed_by !== author_id) return 'moderator'
  return with_account ? 'account' : 'author'
}

// What an answer shows of a message, as its row says.
const quotedRow = z.object({
  id: message.shape.id,
  number: z.int(),
  author_id: accountId,
  alias_id: z.nullable(z.uuid()),
  author_name: z.string(),
  line: z.nullable(z.string()),
})

const quoteOf = (row: z.infer<typeof quotedRow>): Quote => ({
  id: row.id,
  number: row.number,
  ...authorAsTold(row),
  text: quoted(row.line),
})

/** A row as it travels. Throws on JSON that is not of the wire. */
export const messageOf = (row: MessageFacts): Message => ({
  id: row.id,
  number: row.number,
  ...authorAsTold(row),
  title: row.title,
  text: row.text,
  replyTo: row.quote === null ? null : quoteOf(z.parse(quotedRow, row.quote)),
  mentions: z.parse(message.shape.mentions, row.mentions),
  reactions: reactionsOf(row.reactions),
  ...filesOf(row.files),
  sentAt: new Date(row.sent_at).toISOString(),
  editedAt: row.edited_at && new Date(row.edited_at).toISOString(),
  removedAt: row.removed_at && new Date(row.removed_at).toISOString(),
  removedBy: row.removed_at ? removalOf(row) : null,
  version: row.version,
})

// SQL: what `quoteOf` reads of a message q and its author qa.
const quoteColumns = `q.id, q.number, q.author_id, q.alias_id, qa.name as author_name,
  left(${lineSql('q')}, ${quoteLength}) as line`

const quoteSql = (id: string) => `(
  select to_json(found) from (
    select ${quoteColumns} from messages q join accounts qa on qa.id = q.author_id where q.id = ${id}
  ) found)`

/** SQL: the reactions of one message, in the order in which they were first given, then by emoji. */
export const reactionsSql = (id: string) => `(
  select coalesce(json_agg(json_build_object('emoji', g.emoji, 'count', g.many, 'by', g.people)
    order by g.first_at, g.emoji collate "C"), '[]')
  from (
    select emoji, count(*)::int as many, min(at) as first_at,
      (array_agg(account_id order by at, account_id))[1:${reactionLimits.people}] as people
    from reactions where message_id = ${id} group by emoji
  ) g)`

const columns =
  'id, channel_id, topic_id, number, author_id, alias_id, title, text, reply_to, sent_at, edited_at, removed_at, removed_by, version'

/** SQL: rows of `messages` named m with everything that travels beside them, by primary keys alone. */
const whole = `
  m.*, a.name as author_name, m.removed_at >= date_trunc('minute', a.erased_at) as with_account, case when m.reply_to is not null then ${quoteSql('m.reply_to')} end as quote,
  (select coalesce(json_agg(json_build_object('accountId', n.account_id, 'name', na.name) order by n.account_id), '[]')
    from mentions n join accounts na on na.id = n.account_id where n.message_id = m.id) as mentions,
  ${reactionsSql('m.id')} as reactions, ${attachmentsSql('m.id')} as files`

/**
 * Messages that match a condition on `messages` ($2 on are `values`), the first `limit` in an order of numbers, always
 * answered in the ascending one. Chosen on the numbers alone and joined afterwards: a page costs the same at any depth.
 */
export const readMessages = async (
  ctx: Ctx,
  where: string,
  order: 'asc' | 'desc',
  limit: number,
  values: readonly unknown[],
): Promise<Message[]> => {
  const sql = `select ${whole} from (
      select ${columns} from messages where ${where} order by number ${order} limit $1
    ) m join accounts a on a.id = m.author_id order by m.number`
  return (await ctx.sql<MessageFacts>(sql, [limit, ...values])).map(messageOf)
}

/** The last `limit` messages of a channel in order of number. */
export const lastMessages = (ctx: Ctx, channelId: string, limit: number): Promise<Message[]> =>
  readMessages(ctx, 'channel_id = $2', 'desc', limit, [channelId])

/** A message as it travels, with what does not: where it belongs, and who wrote it. */
export interface FoundMessage {
  readonly place: MessagePlace
  readonly authorId: AccountId
  readonly message: Message
}

/** One message; `not-found` when there is none, it waits or it is hidden. Locks nothing (actions/hold.ts). */
export async function getMessage(ctx: Ctx, id: MessageId): Promise<FoundMessage> {
  const [row] = await ctx.sql<MessageFacts & { channel_id: ChannelId }>(
    `select ${whole} from (select ${columns} from messages where id = $1) m join accounts a on a.id = m.author_id
     where m.number is not null
       and not exists (select from topics t where t.id = m.topic_id and t.standing = 'hidden')`,
    [id],
  )
  if (!row) throw new Problem('not-found')
  return {
    place: { channelId: row.channel_id, topicId: row.topic_id },
    authorId: row.author_id,
    message: messageOf(row),
  }
}

/** The state of the channel scope. Throws `not-found`. */
export async function channelState(ctx: Ctx, id: string): Promise<StateOf<typeof channelScope>> {
  const channel = await getChannel(ctx, id)
  return { channel: await channelWithPeople(ctx, channel), messages: await lastMessages(ctx, id, messageWindow) }
}

export type MessagesInput = Input<typeof channelRoutes.messages>

// Halves what lies between until the first message of a moment is found: numbers have no holes, and go with the time.
const firstAtSql = `
  with recursive halves as (
    select 1 as low, $2::int + 1 as high
    union all
    select case when m.sent_at < $3 then middle.number + 1 else h.low end,
      case when m.sent_at < $3 then h.high else middle.number end
    from halves h
    cross join lateral (select (h.low + h.high) / 2 as number) middle
    join messages m on m.channel_id = $1 and m.number = middle.number
    where h.low < h.high
  ) select low from halves where low = high`

/** The number of the first message at or after a moment; beyond the last one when there is none. One query. */
async function firstNumberAt(ctx: Ctx, channelId: string, lastNumber: number, at: string): Promise<number> {
  const [found] = await ctx.sql<{ low: number }>(firstAtSql, [channelId, lastNumber, at])
  return found?.low ?? lastNumber + 1
}

/**
 * A page in order of number: those just before a number, those just after one, half before and half from one on, or the
 * last ones. With before and after, what lies between, beginning after `after`. Numbers have no holes: a removed
 * message keeps its own. Throws `not-found`, for a forum too, and what `demandRead` throws.
 */
export async function listMessages(ctx: Ctx, input: MessagesInput): Promise<Output<typeof channelRoutes.messages>> {
  const channel = await getChannel(ctx, input.channelId)
  await demandRead(ctx, channel)
  demand(channel.form !== 'forum', 'not-found')
  const { channelId, limit } = input
  const end = channel.last_number + 1
  // Kept among the numbers there are: others do not fit the column.
  const within = (number: number) => Math.min(Math.max(number, 0), end)
  const before = within(input.before ?? end)
  const after = within(input.after ?? 0)
  if (input.around !== undefined || input.at !== undefined) {
    const number = input.around ?? (await firstNumberAt(ctx, channelId, channel.last_number, input.at ?? ''))
    const half = Math.max(1, Math.floor(limit / 2))
    const values = [channelId, within(number)]
    const items = [
      ...(await readMessages(ctx, 'channel_id = $2 and number < $3', 'desc', half, values)),
      ...(await readMessages(ctx, 'channel_id = $2 and number >= $3', 'asc', half, values)),
    ]
    return {
      items,
      hasBefore: (items[0]?.number ?? 1) > 1,
      hasAfter: (items.at(-1)?.number ?? channel.last_number) < channel.last_number,
    }
  }
  const items =
    input.after === undefined
      ? await readMessages(ctx, 'channel_id = $2 and number < $3', 'desc', limit, [channelId, before])
      : await readMessages(ctx, 'channel_id = $2 and number > $3 and number < $4', 'asc', limit, [
          channelId,
          after,
          before,
        ])
  const first = items[0]?.number ?? (input.after === undefined ? before : after + 1)
  const last = items.at(-1)?.number ?? (input.after === undefined ? before - 1 : after)
  return { items, hasBefore: first > 1 && channel.last_number > 0, hasAfter: last < channel.last_number }
}

/**
 * What an edited message said before, oldest first. Throws `not-found`, `not-allowed` for all but its author and who
 * moderates, and what `demandRead` throws.
 */
export async function listVersions(ctx: Ctx, messageId: MessageId): Promise<{ items: MessageVersion[] }> {
  const { place, authorId } = await getMessage(ctx, messageId)
  const rights = await demandRead(ctx, await getChannel(ctx, place.channelId))
  demand(maySeeVersions(rights, { authorId }, accountOf(ctx.who)), 'not-allowed')
  const rows = await ctx.sql<{ version: number; text: string; at: Date }>(
    'select version, text, at from message_versions where message_id = $1 order by version',
    [messageId],
  )
  return { items: rows.map(row => ({ ...row, at: new Date(row.at).toISOString() })) }
}

/**
 * Who gave a message which reaction, in the order of emoji and person. Throws `not-found`, what `demandRead` throws,
 * and `malformed` for a cursor that is none.
 */
export async function listReactions(
  ctx: Ctx,
  { messageId, after, limit }: Input<typeof channelRoutes.reactions>,
): Promise<Output<typeof channelRoutes.reactions>> {
  const from = readKeyset(after)
  const { place } = await getMessage(ctx, messageId)
  await demandRead(ctx, await getChannel(ctx, place.channelId))
  const rows = await ctx.sql<Output<typeof channelRoutes.reactions>['items'][number]>(
    `select r.emoji, a.id as "accountId", a.name from reactions r join accounts a on a.id = r.account_id
     where r.message_id = $1 and ($2::text is null or (r.emoji, r.account_id) > ($2, $3::uuid))
     order by r.emoji, r.account_id limit $4`,
    [messageId, from?.[0] ?? null, from?.[1] ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last ? { next: writeKeyset(last.emoji, last.accountId) } : {}) }
}

/** Messages as an answer quotes them, with their channels, by id; what waits to be approved is not there. */
export async function findQuotes(
  ctx: Ctx,
  ids: readonly MessageId[],
): Promise<Map<string, Quote & { channelId: string }>> {
  const rows = await ctx.sql<z.infer<typeof quotedRow> & { channel_id: string }>(
    `select q.channel_id, ${quoteColumns} from messages q join accounts qa on qa.id = q.author_id
     where q.id = any($1::uuid[]) and q.number is not null`,
    [[...ids]],
  )
  return new Map(rows.map(row => [row.id, { ...quoteOf(row), channelId: row.channel_id }]))
}
