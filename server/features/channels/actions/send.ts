// Sending, the storm of talk: messages of a node are gathered, decided one by one and written together. Speaks SQL
// through ctx.client and ctx.sql only, since a storm runs outside the models.
import type { Input, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import type { ChannelId, channelCalls, Mention, Message, Quote } from '#protocol/channels.ts'
import { paceOfStorm, tooFast } from '#server/platform/call/pace.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf, demandAccount } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { Overtaken } from '#server/platform/db/transact.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { type ChannelFacts, findChannels, rightsInEach } from '../queries/channel.ts'
import { findQuotes } from '../queries/messages.ts'
import { type ChannelRights, talkBudget, whatDoesNotFit, whyNoAnswer, whyNot } from '../rules/messages.ts'
import type { AttachmentRow } from '../tables/attachments.ts'
import { announceMessage } from './announce.ts'
import { announcedJob } from './announced.ts'
import { carried, giveToMessages, lockNamed, namedIn, takeNamed } from './attach.ts'
import { writeMentions } from './mention.ts'

type Sent = Output<typeof channelCalls.send>
type Item = StormItem<Input<typeof channelCalls.send>>

const waitOf = paceOfStorm<Item>(talkBudget)

/** What the rights of everybody in the group are asked for: who writes, and whom they name. */
function rightsOfAll(
  ctx: WriteCtx,
  items: readonly Item[],
  channels: ReadonlyMap<string, ChannelFacts>,
): Promise<(channelId: string, account: AccountId) => ChannelRights> {
  const asked = items.flatMap(({ ctx: by, input }) => {
    const channel = channels.get(input.channelId)
    const people = [accountOf(by.who), ...(input.mentions ?? [])]
    return channel ? people.map(accountId => ({ channel, accountId })) : []
  })
  return rightsInEach(ctx, asked)
}

/** What is answered, by id. Share-locked: its words cannot be removed before the answer that shows them stands. */
async function quotesOf(ctx: WriteCtx, items: readonly Item[]): Promise<Map<string, Quote & { channelId: string }>> {
  const ids = [...new Set(items.flatMap(item => item.input.replyTo ?? []))].sort()
  if (ids.length === 0) return new Map()
  await ctx.sql('select id from messages where id = any($1::uuid[]) order by id for share', [ids])
  return findQuotes(ctx, ids)
}

interface Taken {
  /** The last number taken of each channel; a closed one is absent. */
  readonly last: ReadonlyMap<string, number>
  readonly names: ReadonlyMap<string, string>
}

/**
 * Takes the next numbers of each channel, and holds what these people are called now, in one statement: for a moment after
 * somebody took another name their sockets, at other nodes, carry the one before. Held, since whoever takes another name
 * then finds what is written here (`holdNames`).
 */
async function takeNumbers(
  ctx: WriteCtx,
  wanted: ReadonlyMap<string, number>,
  accountIds: readonly AccountId[],
): Promise<Taken> {
  const { rows } = await ctx.client.query<{ id: string; number: number | null; name: string | null }>({
    name: 'channels-numbers-names',
    text: `with wanted as (select id, many from unnest($1::uuid[], $2::int[]) as w(id, many)),
             locked as (
               select c.id from channels c join wanted w on w.id = c.id
               where c.open order by c.id for no key update of c
             ),
             numbered as (
               update channels c set last_number = c.last_number + w.many, last_at = greatest(c.last_at, $3)
               from wanted w join locked l on l.id = w.id where c.id = w.id
               returning c.id, c.last_number
             ),
             people as (select id, name from accounts where id = any($4::uuid[]) order by id for key share)
           select id, last_number as number, null as name from numbered
           union all select id, null, name from people`,
    values: [[...wanted.keys()], [...wanted.values()], ctx.now, [...new Set(accountIds)]],
  })
  return {
    last: new Map(rows.flatMap(row => (row.number === null ? [] : [[row.id, row.number]]))),
    names: new Map(rows.flatMap(row => (row.name === null ? [] : [[row.id, row.name]]))),
  }
}

interface Row {
  readonly channelId: ChannelId
  readonly message: Message
  readonly files: readonly AttachmentRow[]
}

async function insertRows(ctx: WriteCtx, rows: readonly Row[]): Promise<void> {
  await ctx.client.query({
    name: 'messages-insert',
    text: `insert into messages (id, channel_id, number, author_id, title, text, reply_to, sent_at)
           select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::text[], $7::uuid[],
             $8::timestamptz[])`,
    values: [
      rows.map(row => row.message.id),
      rows.map(row => row.channelId),
      rows.map(row => row.message.number),
      rows.map(row => row.message.authorId),
      rows.map(row => row.message.title),
      rows.map(row => row.message.text),
      rows.map(row => row.message.replyTo?.id ?? null),
      rows.map(row => row.message.sentAt),
    ],
  })
  await writeMentions(
    ctx,
    rows.map(({ channelId, message }) => ({
      messageId: message.id,
      channelId,
      number: message.number,
      mentions: message.mentions,
    })),
  )
  await giveToMessages(
    ctx,
    rows.map(({ message, files }) => ({ messageId: message.id, files })),
  )
}

interface Beside {
  readonly quote: (Quote & { channelId: string }) | undefined
  readonly files: readonly AttachmentRow[] | ProblemCode
}

/** Why one message is refused, or nothing. */
function refusalOf(
  item: Item,
  channel: ChannelFacts | undefined,
  rights: ChannelRights,
  { quote, files }: Beside,
): Problem | undefined {
  const { replyTo, title, files: named = [] } = item.input
  if (!channel) return new Problem('not-found')
  const answers = replyTo !== undefined
  const why = whyNot(rights, channel, answers ? 'answer' : 'write')
  if (why) return new Problem(why)
  const misfit = whatDoesNotFit(channel.form, { answers, titled: title !== undefined })
  if (misfit) return new Problem('malformed', { errors: [misfit] })
  const whyBare = named.length > 0 ? whyNot(rights, channel, 'attach') : undefined
  if (whyBare) return new Problem(whyBare)
  if (typeof files === 'string') return new Problem(files)
  const whyUnanswered = answers ? whyNoAnswer(quote, channel.id) : undefined
  if (whyUnanswered) return new Problem(whyUnanswered)
  const wait = waitOf(item, accountOf(item.ctx.who), item.ctx.now)
  return wait > 0 ? tooFast(wait) : undefined
}

/**
 * Decides and writes a group: one query for its channels, two to four for each kind of context they stand in, which says
 * who may, however many people and channels; one statement for the numbers and all names, one for the rows, one announcement a message; where
 * people are named or something is answered, one query more for each; where files are sent, two. Refusals: what `whyNot` answers, `malformed`
 * for what does not fit the channel, what `whyNotSent` answers, `reply-gone`, `slow-down`; the storm itself says busy and
 * operation-reused.
 */
export async function sendMessages(ctx: WriteCtx, items: readonly Item[]): Promise<(Sent | Problem)[]> {
  const channels = await findChannels(ctx, [...new Set(items.map(item => item.input.channelId))])
  const rightsOf = await rightsOfAll(ctx, items, channels)
  const quotes = await quotesOf(ctx, items)
  const named = await lockNamed(
    ctx,
    items.map(({ ctx: by, input }) => ({ accountId: accountOf(by.who), ids: input.files ?? [] })),
  )
  const filesOf = new Map<Item, readonly AttachmentRow[]>()
  const answers = items.map(item => {
    const { channelId, replyTo, files: ids = [] } = item.input
    const accountId = accountOf(item.ctx.who)
    const files = namedIn(named, { accountId, channelId, ids })
    const quote = replyTo && quotes.get(replyTo)
    const refused = refusalOf(item, channels.get(channelId), rightsOf(channelId, accountId), { quote, files })
    if (refused || typeof files === 'string') return refused
    filesOf.set(item, files)
    takeNamed(named, files)
    return undefined
  })
  const wanted = new Map<string, number>()
  for (const [index, { input }] of items.entries())
    if (!answers[index]) wanted.set(input.channelId, (wanted.get(input.channelId) ?? 0) + 1)
  if (answers.every(answer => answer !== undefined)) return answers
  const people = items.flatMap(({ ctx: by, input }) => [accountOf(by.who), ...(input.mentions ?? [])])
  const { last, names } = await takeNumbers(ctx, wanted, people)
  const mentionsOf = ({ channelId, mentions = [] }: Item['input']): Mention[] =>
    [...new Set(mentions)].sort().flatMap(accountId => {
      const name = names.get(accountId)
      return name !== undefined && rightsOf(channelId, accountId).read ? [{ accountId, name }] : []
    })
  const next = new Map([...last].map(([id, number]) => [id, number - (wanted.get(id) ?? 0) + 1]))
  const rows: Row[] = []
  const results = items.map((item, index): Sent | Problem => {
    const refused = answers[index]
    if (refused) return refused
    const { channelId, text, title, replyTo } = item.input
    const number = next.get(channelId)
    // Closed since it was read: why, its context says when it is asked anew.
    if (number === undefined) throw new Overtaken()
    next.set(channelId, number + 1)
    const { accountId, name } = demandAccount(item.ctx.who)
    const files = filesOf.get(item) ?? []
    const message: Message = {
      id: newId<'Message'>(),
      number,
      authorId: accountId,
      authorName: names.get(accountId) ?? name,
      title: title ?? null,
      text,
      replyTo: (replyTo && quotes.get(replyTo)) ?? null,
      mentions: mentionsOf(item.input),
      reactions: [],
      ...carried(files),
      sentAt: item.ctx.now.toISOString(),
      editedAt: null,
      removedAt: null,
      removedBy: null,
      version: 0,
    }
    rows.push({ channelId, message, files })
    return { messageId: message.id, number }
  })
  if (rows.length === 0) return results
  await insertRows(ctx, rows)
  // In order of number: the channel's row is locked until the commit, so the log keeps that order.
  for (const { channelId, message } of rows)
    announceMessage(ctx, { channelId, topicId: null }, { kind: 'messageSent', body: { message } })
  const announced = new Set(rows.filter(row => channels.get(row.channelId)?.form === 'announcements'))
  for (const channelId of new Set([...announced].map(row => row.channelId)))
    await ctx.enqueue(announcedJob, { channelId })
  return results
}
