// Sending, the storm of talk: messages of a node are gathered, decided one by one and written together. Speaks SQL
// through ctx.client and ctx.sql only, since a storm runs outside the models.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { ChannelId, Message, MessageId } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import type { StormItem } from '#server/platform/feature.ts'
import { accountOf, channelRights, findChannels } from '../queries.ts'
import { type Budget, type ChannelRights, noRights, spend } from '../rules.ts'
import { announceMessage } from './announce.ts'

interface SendInput {
  channelId: ChannelId
  text: string
}
type Sent = { messageId: MessageId; number: number }

const budgets = new Map<AccountId, Budget>()
const mostBudgets = 20_000
// A group that failed is tried again item by item: what an item was told of its budget stands.
const decided = new WeakMap<StormItem<SendInput>, number>()

function waitOf(item: StormItem<SendInput>): number {
  const before = decided.get(item)
  if (before !== undefined) return before
  const who = accountOf(item.ctx.who)
  const { budget, wait } = spend(budgets.get(who), item.ctx.now.getTime())
  // In order of last use, so that those forgotten first have long had a full budget again.
  budgets.delete(who)
  budgets.set(who, budget)
  if (budgets.size > mostBudgets) for (const [oldest] of budgets) if (budgets.delete(oldest)) break
  decided.set(item, wait)
  return wait
}

async function rightsOfAll(
  ctx: WriteCtx,
  items: readonly StormItem<SendInput>[],
): Promise<(item: StormItem<SendInput>) => ChannelRights | Problem> {
  const channels = await findChannels(ctx, [...new Set(items.map(item => item.input.channelId))])
  const known = new Map<string, ChannelRights>()
  const contexts = new Map<string, { context_kind: string; context_id: string; accounts: Set<AccountId> }>()
  for (const item of items) {
    const channel = channels.get(item.input.channelId)
    if (!channel) continue
    const key = `${channel.context_kind}/${channel.context_id}`
    const context = contexts.get(key) ?? { ...channel, accounts: new Set<AccountId>() }
    contexts.set(key, context)
    context.accounts.add(accountOf(item.ctx.who))
  }
  for (const [key, context] of contexts) {
    const accounts = [...context.accounts]
    const rights = await channelRights(ctx, context, accounts)
    accounts.forEach((account, index) => {
      known.set(`${key}/${account}`, rights[index] ?? noRights)
    })
  }
  return item => {
    const channel = channels.get(item.input.channelId)
    if (!channel) return new Problem('not-found')
    const key = `${channel.context_kind}/${channel.context_id}/${accountOf(item.ctx.who)}`
    const rights = known.get(key) ?? noRights
    if (!rights.read) return new Problem('not-found')
    if (!channel.open) return new Problem('not-open')
    return rights.write ? rights : new Problem('not-allowed')
  }
}

/** Takes the next numbers of each channel, in one statement; the last number taken by id. A closed one is absent. */
async function takeNumbers(ctx: WriteCtx, wanted: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const { rows } = await ctx.client.query<{ id: string; last_number: number }>({
    name: 'channels-numbers',
    text: `with wanted as (select id, many from unnest($1::uuid[], $2::int[]) as w(id, many)),
             locked as (
               select c.id from channels c join wanted w on w.id = c.id
               where c.open order by c.id for no key update of c
             )
           update channels c set last_number = c.last_number + w.many
           from wanted w join locked l on l.id = w.id where c.id = w.id
           returning c.id, c.last_number`,
    values: [[...wanted.keys()], [...wanted.values()]],
  })
  return new Map(rows.map(row => [row.id, row.last_number]))
}

/** Decides and writes a group: one statement for the numbers, one for the rows, one announcement a message. */
export async function sendMessages(ctx: WriteCtx, items: readonly StormItem<SendInput>[]): Promise<(Sent | Problem)[]> {
  const rightsOf = await rightsOfAll(ctx, items)
  const answers = items.map((item): Problem | undefined => {
    const rights = rightsOf(item)
    if (rights instanceof Problem) return rights
    const wait = waitOf(item)
    return wait > 0 ? new Problem('slow-down', { params: { retryAfter: wait } }) : undefined
  })
  const wanted = new Map<string, number>()
  items.forEach(({ input }, index) => {
    if (!answers[index]) wanted.set(input.channelId, (wanted.get(input.channelId) ?? 0) + 1)
  })
  if (wanted.size === 0) return answers.map(answer => answer ?? new Problem('internal'))
  const last = await takeNumbers(ctx, wanted)
  const next = new Map([...last].map(([id, number]) => [id, number - (wanted.get(id) ?? 0) + 1]))
  const rows: { channelId: ChannelId; message: Message }[] = []
  const results = items.map((item, index): Sent | Problem => {
    const refused = answers[index]
    if (refused) return refused
    const { channelId, text } = item.input
    const number = next.get(channelId)
    if (number === undefined || item.ctx.who.kind === 'nobody') return new Problem('not-open')
    next.set(channelId, number + 1)
    const { accountId, name } = item.ctx.who
    const message: Message = {
      id: newId<'Message'>(),
      number,
      authorId: accountId,
      authorName: name,
      text,
      sentAt: item.ctx.now.toISOString(),
      editedAt: null,
      removedAt: null,
      removedBy: null,
      version: 0,
    }
    rows.push({ channelId, message })
    return { messageId: message.id, number }
  })
  if (rows.length === 0) return results
  await ctx.client.query({
    name: 'messages-insert',
    text: `insert into messages (id, channel_id, number, author_id, text, sent_at)
           select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::timestamptz[])`,
    values: [
      rows.map(row => row.message.id),
      rows.map(row => row.channelId),
      rows.map(row => row.message.number),
      rows.map(row => row.message.authorId),
      rows.map(row => row.message.text),
      rows.map(row => row.message.sentAt),
    ],
  })
  // In order of number: the channel's row is locked until the commit, so the log keeps that order.
  for (const { channelId, message } of rows)
    announceMessage(ctx, { channelId }, { kind: 'messageSent', body: { message } })
  return results
}
