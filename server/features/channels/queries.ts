// What is read of talk: rights as the channel's context says, the window of a snapshot, pages, unread. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import {
  type Channel,
  type ChannelId,
  type channelScope,
  type Message,
  type MessageId,
  messageWindow,
} from '#protocol/channels.ts'
import type { Ctx, Who } from '#server/platform/ctx.ts'
import { type ChannelRights, noRights } from './rules.ts'

/** Answers for every account in order, in one query; asked in storms too, so it speaks SQL through `ctx.sql` only. */
export type ChannelContext = (
  ctx: Ctx,
  contextId: string,
  accountIds: readonly AccountId[],
) => Promise<readonly ChannelRights[]>

const contexts = new Map<string, ChannelContext>()

/** Says who may do what in the channels of one kind of context. To be called once a kind, when a feature loads. */
export function registerChannelContext(kind: string, context: ChannelContext): void {
  if (contexts.has(kind)) throw new Error(`Two features answer for channels of ${kind}`)
  contexts.set(kind, context)
}

export interface ChannelFacts {
  id: ChannelId
  form: 'chat'
  context_kind: string
  context_id: string
  title: string
  last_number: number
  open: boolean
}

/** A row as it travels. */
export const channelOf = (row: ChannelFacts): Channel => ({
  id: row.id,
  form: row.form,
  title: row.title,
  lastNumber: row.last_number,
  open: row.open,
})

const channelColumns = 'id, form, context_kind, context_id, title, last_number, open'

/** Channels by id; unknown ones are absent. One query. */
export async function findChannels(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ChannelFacts>> {
  const rows = await ctx.sql<ChannelFacts>(`select ${channelColumns} from channels where id = any($1::uuid[])`, [
    [...ids],
  ])
  return new Map(rows.map(row => [row.id, row]))
}

/** The channel, or `not-found`. Asks no rights. */
export async function getChannel(ctx: Ctx, id: string): Promise<ChannelFacts> {
  const found = (await findChannels(ctx, [id])).get(id)
  if (!found) throw new Problem('not-found')
  return found
}

/** What each account may do in a channel, in order. */
export async function channelRights(
  ctx: Ctx,
  channel: Pick<ChannelFacts, 'context_kind' | 'context_id'>,
  accountIds: readonly AccountId[],
): Promise<readonly ChannelRights[]> {
  const context = contexts.get(channel.context_kind)
  if (!context) throw new Error(`Nobody answers for channels of ${channel.context_kind}`)
  return context(ctx, channel.context_id, accountIds)
}

/** Whoever asks, as an account: throws `not-signed-in` for nobody. */
export function accountOf(who: Who): AccountId {
  if (who.kind === 'nobody') throw new Problem('not-signed-in')
  return who.accountId
}

/** The rights of whoever asks. Throws `not-found` for those who may not even read: they need not know of it. */
export async function demandRead(ctx: Ctx, channel: ChannelFacts): Promise<ChannelRights> {
  const [rights = noRights] = await channelRights(ctx, channel, [accountOf(ctx.who)])
  demand(rights.read, 'not-found')
  return rights
}

interface MessageFacts {
  id: MessageId
  number: number
  author_id: AccountId
  author_name: string
  text: string | null
  sent_at: Date
  edited_at: Date | null
  removed_at: Date | null
  removed_by: AccountId | null
  version: number
}

const messageOf = (row: MessageFacts): Message => ({
  id: row.id,
  number: row.number,
  authorId: row.author_id,
  authorName: row.author_name,
  text: row.text,
  sentAt: new Date(row.sent_at).toISOString(),
  editedAt: row.edited_at && new Date(row.edited_at).toISOString(),
  removedAt: row.removed_at && new Date(row.removed_at).toISOString(),
  removedBy: row.removed_at ? (row.removed_by === row.author_id ? 'author' : 'moderator') : null,
  version: row.version,
})

// Paged on the numbers alone and joined afterwards, so that a page costs the same at any depth.
const pageSql = (where: string, order: 'asc' | 'desc') => `
  select m.*, a.name as author_name from (
    select id, number, author_id, text, sent_at, edited_at, removed_at, removed_by, version from messages
    where channel_id = $1 and ${where} order by number ${order} limit $2
  ) m join accounts a on a.id = m.author_id order by m.number`

/** The last `limit` messages of a channel in order of number. */
export const lastMessages = async (ctx: Ctx, channelId: string, limit: number): Promise<Message[]> =>
  (await ctx.sql<MessageFacts>(pageSql('true', 'desc'), [channelId, limit])).map(messageOf)

/** One message with the id of its channel, locked for change when `lock` says so; `not-found` when there is none. */
export async function getMessage(
  ctx: Ctx,
  id: MessageId,
  lock: 'to change' | 'to read' = 'to read',
): Promise<{ channelId: ChannelId; message: Message }> {
  const [row] = await ctx.sql<MessageFacts & { channel_id: ChannelId }>(
    `select m.*, a.name as author_name from messages m join accounts a on a.id = m.author_id where m.id = $1
     ${lock === 'to change' ? 'for no key update of m' : ''}`,
    [id],
  )
  if (!row) throw new Problem('not-found')
  return { channelId: row.channel_id, message: messageOf(row) }
}

/** The state of the channel scope. */
export async function channelState(ctx: Ctx, id: string): Promise<StateOf<typeof channelScope>> {
  const channel = await getChannel(ctx, id)
  return { channel: channelOf(channel), messages: await lastMessages(ctx, id, messageWindow) }
}

export interface MessagesInput {
  channelId: ChannelId
  before?: number | undefined
  after?: number | undefined
  limit: number
}

/**
 * A page in order of number: those just before a number, those just after one, or the last ones. With both, what lies
 * between, beginning after `after`. Numbers have no holes: a removed message keeps its own.
 */
export async function listMessages(
  ctx: Ctx,
  input: MessagesInput,
): Promise<{ items: Message[]; hasBefore: boolean; hasAfter: boolean }> {
  const channel = await getChannel(ctx, input.channelId)
  await demandRead(ctx, channel)
  const { channelId, limit } = input
  const end = channel.last_number + 1
  // Kept among the numbers there are: others do not fit the column.
  const within = (number: number) => Math.min(Math.max(number, 0), end)
  const before = within(input.before ?? end)
  const after = within(input.after ?? 0)
  const rows =
    input.after === undefined
      ? await ctx.sql<MessageFacts>(pageSql('number < $3', 'desc'), [channelId, limit, before])
      : await ctx.sql<MessageFacts>(pageSql('number > $3 and number < $4', 'asc'), [channelId, limit, after, before])
  const items = rows.map(messageOf)
  const first = items[0]?.number ?? (input.after === undefined ? before : after + 1)
  const last = items.at(-1)?.number ?? (input.after === undefined ? before - 1 : after)
  return { items, hasBefore: first > 1 && channel.last_number > 0, hasAfter: last < channel.last_number }
}

/** How far whoever asks has read. */
export async function unreadOf(
  ctx: Ctx,
  channelId: ChannelId,
): Promise<{ lastNumber: number; readNumber: number; unread: number }> {
  const channel = await getChannel(ctx, channelId)
  await demandRead(ctx, channel)
  const [row] = await ctx.sql<{ number: number }>(
    'select number from reads where channel_id = $1 and account_id = $2',
    [channelId, accountOf(ctx.who)],
  )
  const readNumber = row?.number ?? 0
  return { lastNumber: channel.last_number, readNumber, unread: Math.max(0, channel.last_number - readNumber) }
}
