// Topics as they are read: rows as they travel, the states of the scopes everybody reads, pages of replies. Changes
// nothing.
import type { Input, Output } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { topicRoutes } from '#protocol/channels/topic-calls.ts'
import {
  type ForumPolicy,
  type forumScope,
  recentTopics,
  type Topic,
  type TopicId,
  type TopicOutcome,
  type TopicState,
  topicWindow,
} from '#protocol/channels/topics.ts'
import type { ChannelId, Message, MessageId } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { authorAsTold, type ChannelRights } from '../rules/messages.ts'
import { demandOpenTo, firstPolicy, mayReword, maySeeTopic } from '../rules/topics.ts'
import type { TopicStanding } from '../tables/topics.ts'
import { type ChannelFacts, demandRead, getChannel } from './channel.ts'
import { readMessages } from './messages.ts'

export interface TopicFacts {
  id: TopicId
  channel_id: ChannelId
  title: string
  author_id: AccountId
  author_name: string
  alias_id: string | null
  created_at: Date
  last_at: Date
  first_number: number | null
  last_number: number | null
  replies: number
  votes: number
  outcome: TopicOutcome
  accepted_id: MessageId | null
  standing: TopicStanding
  merged_into: TopicId | null
  locked: boolean
  pinned: boolean
  run_id: string | null
  minute: number | null
  version: number
}

export const topicColumns = `t.id, t.channel_id, t.title, t.author_id, a.name as author_name, t.alias_id, t.created_at,
  t.last_at, t.first_number, t.last_number, t.replies, t.votes, t.outcome, t.accepted_id, t.standing, t.merged_into,
  t.locked, t.pinned, t.run_id, t.minute, t.version`

/** A row as those who moderate may see it. */
export const wholeTopicOf = (row: TopicFacts): Topic => ({
  id: row.id,
  channelId: row.channel_id,
  title: row.title,
  ...authorAsTold(row),
  createdAt: new Date(row.created_at).toISOString(),
  lastAt: new Date(row.last_at).toISOString(),
  firstNumber: row.first_number ?? 0,
  lastNumber: row.last_number ?? 0,
  replies: row.replies,
  votes: row.votes,
  outcome: row.outcome,
  acceptedId: row.accepted_id,
  standing: row.standing === 'merged' ? 'merged' : row.standing === 'hidden' ? 'hidden' : 'shown',
  mergedInto: row.merged_into,
  locked: row.locked,
  pinned: row.pinned,
  asked: row.run_id === null ? null : { runId: row.run_id, minute: row.minute },
  version: row.version,
})

const nobody = '00000000-0000-0000-0000-000000000000'

/** A row as it travels to everybody: a hidden one keeps its place and says nothing. */
export function topicOf(row: TopicFacts): Topic {
  const whole = wholeTopicOf(row)
  return whole.standing === 'hidden' ? { ...whole, title: '', authorId: nobody, authorName: '' } : whole
}

/** A topic by its row, locked for change when `lock` says so. Throws `not-found`. Asks no rights. */
export async function getTopic(ctx: Ctx, id: string, lock: 'to read' | 'to change' = 'to read'): Promise<TopicFacts> {
  const [row] = await ctx.sql<TopicFacts>(
    `select ${topicColumns} from topics t join accounts a on a.id = t.author_id where t.id = $1
     ${lock === 'to change' ? 'for no key update of t' : ''}`,
    [id],
  )
  if (!row) throw new Problem('not-found')
  return row
}

/**
 * Lets those reword what they wrote in a topic whom its state and the forum's policy let. Throws `not-found`,
 * `approved-stays`, and what `demandOpenTo` throws.
 */
export async function demandReword(ctx: Ctx, topicId: TopicId, rights: ChannelRights): Promise<void> {
  const topic = await getTopic(ctx, topicId)
  demand(maySeeTopic(rights, topic), 'not-found')
  demand(mayReword(rights, await policyOf(ctx, topic.channel_id)), 'approved-stays')
  demandOpenTo(rights, topic)
}

/** A channel that is a forum; `not-found` for any other. */
export async function getForum(ctx: Ctx, channelId: string): Promise<ChannelFacts> {
  const channel = await getChannel(ctx, channelId)
  demand(channel.form === 'forum', 'not-found')
  return channel
}

export interface SeenTopic {
  readonly topic: TopicFacts
  readonly channel: ChannelFacts
  readonly rights: ChannelRights
}

/** A topic with what whoever asks may do there. Throws `not-found` for those who may not see it, and what `demandRead` throws. */
export async function demandTopic(
  ctx: Ctx,
  id: string,
  what: 'to read' | 'to change' | 'own marks' = 'to read',
): Promise<SeenTopic> {
  const topic = await getTopic(ctx, id, what === 'to change' ? what : 'to read')
  const channel = await getForum(ctx, topic.channel_id)
  const rights = await demandRead(ctx, channel, what === 'own marks' ? what : 'the channel')
  demand(maySeeTopic(rights, topic), 'not-found')
  return { topic, channel, rights }
}

/** The same for those who moderate. Throws what `demandTopic` throws, `not-allowed` for everybody else who sees it. */
export async function demandModerated(ctx: Ctx, id: string, lock: 'to read' | 'to change'): Promise<SeenTopic> {
  const seen = await demandTopic(ctx, id, lock)
  demand(seen.rights.moderate, 'not-allowed')
  return seen
}

/** Lets those pass who moderate a forum. Throws `not-found`, `concluded` in a write, or `not-allowed` for others who read it. */
export async function demandForumStaff(ctx: Ctx, channelId: string): Promise<void> {
  const rights = await demandRead(ctx, await getForum(ctx, channelId))
  demand(rights.moderate, 'not-allowed')
}

/** What staff decided about a forum, or what it began with. */
export async function policyOf(ctx: Ctx, channelId: string): Promise<ForumPolicy> {
  const [row] = await ctx.sql<ForumPolicy>(
    'select anonymous, approval, openers, version from forum_policies where channel_id = $1',
    [channelId],
  )
  return row ?? firstPolicy
}

/** The state of the forum scope. Throws `not-found`. */
export async function forumState(ctx: Ctx, channelId: string): Promise<StateOf<typeof forumScope>> {
  const channel = await getForum(ctx, channelId)
  const rows = await ctx.sql<TopicFacts>(
    `with seen as (
       (select * from topics where channel_id = $1 and last_number is not null order by last_number desc limit $2)
       union (select * from topics where channel_id = $1 and pinned)
     ) select ${topicColumns} from seen t join accounts a on a.id = t.author_id`,
    [channelId, topicWindow],
  )
  const policy = await policyOf(ctx, channelId)
  return {
    forum: { channelId: channel.id, title: channel.title, open: channel.open, policy },
    topics: recentTopics(rows.map(topicOf)),
  }
}

/** What everybody may read of a topic now; of a hidden one nothing. Throws `not-found`. */
export async function topicState(ctx: Ctx, id: string): Promise<TopicState> {
  const row = await getTopic(ctx, id)
  const topic = topicOf(row)
  if (topic.standing === 'hidden') return { topic, opening: null, accepted: null, posts: [] }
  return { topic, ...(await wordsOf(ctx, row)) }
}

/** The opening, the accepted answer and the latest replies of a topic, whatever became of it. */
export async function wordsOf(
  ctx: Ctx,
  row: TopicFacts,
): Promise<{ opening: Message | null; accepted: Message | null; posts: Message[] }> {
  const [opening] = await readMessages(ctx, 'topic_id = $2 and number = $3', 'asc', 1, [row.id, row.first_number])
  const [accepted] = row.accepted_id ? await readMessages(ctx, 'id = $2', 'asc', 1, [row.accepted_id]) : []
  const posts = await readMessages(ctx, 'topic_id = $2 and number > $3', 'desc', topicWindow, [
    row.id,
    row.first_number,
  ])
  return { opening: opening ?? null, accepted: accepted ?? null, posts }
}

/**
 * Lets in whoever may read the forum of a topic that was ever shown: what is hidden is not in its scope. Throws
 * `not-found`, and what `demandRead` throws.
 */
export async function admitToTopic(ctx: Ctx, id: string): Promise<void> {
  const topic = await getTopic(ctx, id)
  await demandRead(ctx, await getForum(ctx, topic.channel_id))
  demand(topic.last_number !== null, 'not-found')
}

export type PostsInput = Input<typeof topicRoutes.posts>

/**
 * A page of replies in order of number: those just before a number, those just after one, or the last ones. Throws
 * `not-found`, and what `demandTopic` throws.
 */
export async function topicPosts(ctx: Ctx, input: PostsInput): Promise<Output<typeof topicRoutes.posts>> {
  const { topic } = await demandTopic(ctx, input.topicId)
  const first = topic.first_number ?? 0
  const end = (topic.last_number ?? 0) + 1
  // Kept among the numbers there are: others do not fit the column.
  const within = (number: number) => Math.min(Math.max(number, first), end)
  const from = within(input.after ?? first)
  const to = within(input.before ?? end)
  const order = input.after === undefined ? 'desc' : 'asc'
  const where = 'topic_id = $2 and number > $3 and number < $4'
  const found = await readMessages(ctx, where, order, input.limit + 1, [topic.id, from, to])
  const more = found.length > input.limit
  const items = order === 'asc' ? found.slice(0, input.limit) : found.slice(-input.limit)
  return order === 'asc'
    ? { items, hasBefore: from > first, hasAfter: more || to < end }
    : { items, hasBefore: more, hasAfter: to < end }
}
