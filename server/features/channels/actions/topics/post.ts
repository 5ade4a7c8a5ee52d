// Beginning a topic and replying to one. A post gets its number when everybody may see it: at once, or when staff have
// approved it. Whoever writes without a name gets an id that leads nowhere and times of whole minutes.
import { randomUUID } from 'node:crypto'
import type { Input, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem, refuse } from '#protocol/base/problems.ts'
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, forumStaffScope, mostWaiting, type TopicId } from '#protocol/channels/topics.ts'
import type { ChannelId, Mention, MessageId } from '#protocol/channels.ts'
import { paceOfEach, tooFast } from '#server/platform/call/pace.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { Overtaken } from '#server/platform/db/transact.ts'
import { toMinute } from '#server/platform/events/event.ts'
import { demandRead } from '../../queries/channel.ts'
import { getMessage } from '../../queries/messages.ts'
import { countWaiting, findNewAuthor, getWaiting } from '../../queries/topic-staff.ts'
import { demandTopic, getForum, getTopic, policyOf, type TopicFacts, topicOf } from '../../queries/topics.ts'
import { talkBudget, whyNot } from '../../rules/messages.ts'
import { demandOpenTo, demandShown, mustWait, whyNoPost, whyNoTopic } from '../../rules/topics.ts'
import type { AttachmentRow } from '../../tables/attachments.ts'
import { announceMessage } from '../announce.ts'
import { filesForPost, giveToMessages } from '../attach.ts'
import { holdTopic } from '../hold.ts'
import { mentionsIn, writeMentions } from '../mention.ts'
import { announceTopic, changeRow } from './announce.ts'

/** The class a forum belongs to while it runs, and the minute it is in. */
export type ForumOrigin = (ctx: Ctx, contextId: string) => Promise<{ runId: string; minute: number | null } | null>

const origins = new Map<string, ForumOrigin>()

/** Says in which class, and when in it, a topic is asked: once a kind of context, when a feature loads. */
export function registerForumOrigin(kind: string, origin: ForumOrigin): void {
  if (origins.has(kind)) throw new Error(`Two features say where topics of ${kind} are asked`)
  origins.set(kind, origin)
}

// One budget for posts of every forum, on this node.
const pace = paceOfEach(talkBudget)

function takeTurn(ctx: WriteCtx): void {
  const wait = pace.take(accountOf(ctx.who), ctx.now)
  if (wait > 0) throw tooFast(wait)
}

/** Takes the next number of a forum, which locks its row to the commit. Throws `Overtaken` if it was closed since it was read. */
async function takeNumber(ctx: WriteCtx, channelId: ChannelId, at: Date): Promise<number> {
  const [row] = await ctx.sql<{ last_number: number }>(
    `update channels set last_number = last_number + 1, last_at = greatest(last_at, $2) where id = $1 and open
     returning last_number`,
    [channelId, at],
  )
  if (!row) throw new Overtaken()
  return row.last_number
}

async function demandRoom(ctx: WriteCtx, channelId: ChannelId): Promise<void> {
  // Locked, so that two who come at once do not both take the last place.
  await ctx.sql('select id from channels where id = $1 for no key update', [channelId])
  demand((await countWaiting(ctx, channelId)) < mostWaiting, 'queue-full')
}

/** What somebody without a name is called in a topic: always the same there, another elsewhere. */
async function aliasIn(ctx: WriteCtx, topicId: TopicId, who: AccountId): Promise<string> {
  const [row] = await ctx.sql<{ alias_id: string }>(
    'select alias_id from messages where topic_id = $1 and author_id = $2 and alias_id is not null limit 1',
    [topicId, who],
  )
  return row?.alias_id ?? randomUUID()
}

interface NewPost {
  readonly id: MessageId
  readonly channelId: ChannelId
  readonly topicId: TopicId
  readonly number: number | null
  readonly aliasId: string | null
  readonly text: string
  readonly sentAt: Date
  readonly mentions: readonly Mention[]
  readonly files: readonly AttachmentRow[]
}

/** Writes a post; whoever posts follows the topic, and has read it so far. */
async function insertPost(ctx: WriteCtx, post: NewPost): Promise<void> {
  await ctx.sql(
    `insert into messages (id, channel_id, topic_id, number, author_id, alias_id, text, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [post.id, post.channelId, post.topicId, post.number, accountOf(ctx.who), post.aliasId, post.text, post.sentAt],
  )
  await ctx.sql('insert into topic_follows (topic_id, account_id) values ($1, $2) on conflict do nothing', [
    post.topicId,
    accountOf(ctx.who),
  ])
  const { id: messageId, channelId, number, mentions, files } = post
  await giveToMessages(ctx, [{ messageId, files }])
  await writeMentions(ctx, [{ messageId, channelId, number: number ?? 0, mentions }])
  if (number === null) return
  await ctx.sql(
    `insert into topic_reads (topic_id, account_id, number) values ($1, $2, $3)
     on conflict (topic_id, account_id) do update set number = excluded.number`,
    [post.topicId, accountOf(ctx.who), number],
  )
}

const idFor = <Kind extends string>(aliasId: string | null) =>
  (aliasId === null ? newId<Kind>() : randomUUID()) as ReturnType<typeof newId<Kind>>

/** Names for staff who is behind an id without a name, the first time it is seen. */
async function nameForStaff(ctx: WriteCtx, topic: TopicFacts, messageId: MessageId): Promise<void> {
  const author = await findNewAuthor(ctx, messageId)
  if (!author) return
  ctx.announce(forumStaffScope, topic.channel_id, { kind: 'authorNamed', body: { author } })
}

async function announceWaiting(ctx: WriteCtx, messageId: MessageId): Promise<void> {
  const { channelId, ...post } = await getWaiting(ctx, messageId)
  ctx.announce(forumStaffScope, channelId, { kind: 'postWaiting', body: { post } })
}

/** Tells everybody of a topic they may see from now on. */
async function announceNew(ctx: WriteCtx, topicId: TopicId, messageId: MessageId): Promise<void> {
  const topic = await getTopic(ctx, topicId)
  ctx.announce(forumScope, topic.channel_id, { kind: 'topicPosted', body: { topic: topicOf(topic) } })
  await nameForStaff(ctx, topic, messageId)
}

/** Adds a reply that everybody may see to its topic, whose channel has just given it `number`. */
async function announceReply(ctx: WriteCtx, topicId: TopicId, messageId: MessageId, number: number): Promise<void> {
  const { place, message } = await getMessage(ctx, messageId)
  await ctx.sql('update topics set replies = replies + 1, last_number = $2, last_at = $3 where id = $1', [
    topicId,
    number,
    message.sentAt,
  ])
  const topic = await getTopic(ctx, topicId)
  announceMessage(ctx, place, { kind: 'messageSent', body: { message } })
  announceTopic(ctx, topic)
  await nameForStaff(ctx, topic, messageId)
}

type Posted = Output<typeof topicCalls.post>
type NewTopic = Input<typeof topicCalls.post>
type NewReply = Input<typeof topicCalls.reply>

const filesOf = (ctx: WriteCtx, channelId: ChannelId, { anonymous, files = [] }: NewTopic | NewReply) =>
  filesForPost(ctx, { accountId: accountOf(ctx.who), channelId, ids: files, anonymous })

/**
 * Begins a topic. Throws `not-found`, what `whyNoTopic` answers, `slow-down`, `queue-full`, and what `filesForPost`
 * throws. What it tells staff was just written: `getWaiting` refuses nothing of it.
 */
export async function postTopic(ctx: WriteCtx, input: NewTopic): Promise<Posted> {
  const channel = await getForum(ctx, input.channelId)
  const rights = await demandRead(ctx, channel)
  const policy = await policyOf(ctx, channel.id)
  refuse(whyNoTopic(rights, channel, { policy, anonymous: input.anonymous }))
  takeTurn(ctx)
  const waits = mustWait(rights, policy)
  if (waits) await demandRoom(ctx, channel.id)
  const sentAt = input.anonymous ? toMinute(ctx.now) : ctx.now
  const number = waits ? null : await takeNumber(ctx, channel.id, sentAt)
  const files = await filesOf(ctx, channel.id, input)
  const origin = await origins.get(channel.context_kind)?.(ctx, channel.context_id)
  const aliasId = input.anonymous ? randomUUID() : null
  const topicId = idFor<'Topic'>(aliasId)
  const messageId = idFor<'Message'>(aliasId)
  await ctx.sql(
    `insert into topics (id, channel_id, title, author_id, alias_id, created_at, last_at, first_number, last_number,
       standing, run_id, minute)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $7, $8, $9, $10)`,
    [
      topicId,
      channel.id,
      input.title,
      accountOf(ctx.who),
      aliasId,
      sentAt,
      number,
      waits ? 'waiting' : 'shown',
      origin?.runId ?? null,
      origin?.minute ?? null,
    ],
  )
  const mentions = await mentionsIn(ctx, channel, input.mentions ?? [])
  const text = input.body
  const post = { id: messageId, channelId: channel.id, topicId, number, aliasId, text, sentAt, mentions, files }
  await insertPost(ctx, post)
  if (waits) await announceWaiting(ctx, messageId)
  else await announceNew(ctx, topicId, messageId)
  return { topicId, messageId, stand: waits ? 'waiting' : 'shown' }
}

/** Replies to a topic. Throws what `postTopic` throws (of `whyNoPost`), and what `demandOpenTo` throws. */
export async function replyToTopic(ctx: WriteCtx, input: NewReply): Promise<Posted> {
  const { topic, channel, rights } = await demandTopic(ctx, input.topicId)
  const policy = await policyOf(ctx, channel.id)
  refuse(whyNoPost(rights, channel, { policy, anonymous: input.anonymous }))
  takeTurn(ctx)
  const waits = mustWait(rights, policy)
  if (waits) await demandRoom(ctx, channel.id)
  const sentAt = input.anonymous ? toMinute(ctx.now) : ctx.now
  // The channel's row before the topic's, as everywhere.
  const number = waits ? null : await takeNumber(ctx, channel.id, sentAt)
  demandOpenTo(rights, await getTopic(ctx, topic.id, 'to change'))
  const aliasId = input.anonymous ? await aliasIn(ctx, topic.id, accountOf(ctx.who)) : null
  const id = idFor<'Message'>(aliasId)
  const mentions = await mentionsIn(ctx, channel, input.mentions ?? [])
  const files = await filesOf(ctx, channel.id, input)
  const { text } = input
  const post = { id, channelId: channel.id, topicId: topic.id, number, aliasId, text, sentAt, mentions, files }
  await insertPost(ctx, post)
  if (number === null) await announceWaiting(ctx, id)
  else await announceReply(ctx, topic.id, id, number)
  return { topicId: topic.id, messageId: id, stand: waits ? 'waiting' : 'shown' }
}

/**
 * Shows a post that waits, or turns it down. Throws `not-found`, `not-allowed` for who does not moderate, `already-decided`
 * once it was, `message-removed` once its words went, what `whyNot` answers to writing, and what `demandShown` throws.
 */
export async function decidePost(ctx: WriteCtx, input: Input<typeof topicCalls.decide>): Promise<void> {
  const [row] = await ctx.sql<{ channel_id: ChannelId; topic_id: TopicId }>(
    'select channel_id, topic_id from messages where id = $1 and topic_id is not null',
    [input.messageId],
  )
  if (!row) throw new Problem('not-found')
  const channel = await getForum(ctx, row.channel_id)
  const rights = await demandRead(ctx, channel)
  demand(rights.moderate, 'not-allowed')
  const topic = await holdTopic(ctx, row.topic_id)
  const post = await getWaiting(ctx, input.messageId)
  ctx.announce(forumStaffScope, channel.id, { kind: 'postDecided', body: { messageId: post.messageId } })
  if (input.decision === 'refuse') {
    await ctx.sql('update messages set refused_at = $2 where id = $1', [post.messageId, ctx.now])
    if (post.kind === 'topic') await changeRow(ctx, post.topicId, "standing = 'refused'")
    return
  }
  refuse(whyNot(rights, channel, 'write'))
  const number = await takeNumber(ctx, channel.id, new Date(post.sentAt))
  await ctx.sql('update messages set number = $2 where id = $1', [post.messageId, number])
  await ctx.sql('update mentions set number = $2 where message_id = $1', [post.messageId, number])
  if (post.kind === 'topic') {
    await changeRow(ctx, topic.id, "standing = 'shown', first_number = $2, last_number = $2", [number])
    await announceNew(ctx, topic.id, post.messageId)
    return
  }
  demandShown(topic)
  await announceReply(ctx, topic.id, post.messageId, number)
}
