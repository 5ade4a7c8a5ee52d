// What only some may read of a forum: posts that wait, what is hidden, who is behind what has no name. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { StateOf } from '#protocol/base/scope.ts'
import type { Attachment } from '#protocol/channels/attachments.ts'
import {
  authorWindow,
  bySending,
  type forumStaffScope,
  mostWaiting,
  type OwnWaiting,
  type Topic,
  type TopicAuthor,
  type TopicId,
  type WaitingPost,
} from '#protocol/channels/topics.ts'
import type { ChannelId, MessageId } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import type { TopicStanding } from '../tables/topics.ts'
import { attachmentsSql, filesOf } from './attachments.ts'
import { demandRead } from './channel.ts'
import { demandModerated, getForum, type TopicFacts, topicColumns, wholeTopicOf } from './topics.ts'

interface WaitingFacts {
  id: MessageId
  topic_id: TopicId
  title: string
  standing: TopicStanding
  text: string | null
  author_id: AccountId
  author_name: string
  alias_id: string | null
  sent_at: Date
  refused_at: Date | null
  files: Attachment[] | null
}

const waitingSql = `select m.id, m.topic_id, t.title, t.standing, m.text, m.author_id, a.name as author_name, m.alias_id,
    m.sent_at, m.refused_at, ${attachmentsSql('m.id')} as files
  from messages m join topics t on t.id = m.topic_id join accounts a on a.id = m.author_id`

// SQL: what still waits, of messages named m: nobody decided it, and its words did not go.
const stillWaits = 'm.number is null and m.refused_at is null and m.removed_at is null'

const waitingOf = (row: WaitingFacts): WaitingPost => ({
  messageId: row.id,
  topicId: row.topic_id,
  title: row.title,
  kind: row.standing === 'waiting' || row.standing === 'refused' ? 'topic' : 'reply',
  text: row.text ?? '',
  ...filesOf(row.files),
  authorId: row.author_id,
  authorName: row.author_name,
  anonymous: row.alias_id !== null,
  sentAt: new Date(row.sent_at).toISOString(),
})

/** A post that waits in a forum, locked to the commit. Throws `already-decided` once it was, `message-removed` once its words went. */
export async function getWaiting(ctx: Ctx, messageId: string): Promise<WaitingPost & { channelId: ChannelId }> {
  const [row] = await ctx.sql<WaitingFacts & { channel_id: ChannelId }>(
    `${waitingSql.replace('select', 'select m.channel_id,')}
     where m.id = $1 and ${stillWaits} for no key update of m`,
    [messageId],
  )
  if (!row) {
    const gone = await ctx.sql('select from messages where id = $1 and removed_at is not null and refused_at is null', [
      messageId,
    ])
    throw new Problem(gone.length > 0 ? 'message-removed' : 'already-decided')
  }
  return { ...waitingOf(row), channelId: row.channel_id }
}

/** What waits in one topic. */
export const waitingIn = async (ctx: Ctx, topicId: TopicId): Promise<WaitingPost[]> =>
  (await ctx.sql<WaitingFacts>(`${waitingSql} where m.topic_id = $1 and ${stillWaits}`, [topicId])).map(waitingOf)

/** How many posts wait in a forum. */
export async function countWaiting(ctx: Ctx, channelId: ChannelId): Promise<number> {
  const [row] = await ctx.sql<{ many: number }>(
    `select count(*)::int as many from messages m where m.channel_id = $1 and ${stillWaits}`,
    [channelId],
  )
  return row?.many ?? 0
}

/** Who is behind what has no name, in one topic or (the latest) in a whole forum; `where` is on messages m, by `id`. */
export async function authorsIn(ctx: Ctx, where: string, id: string): Promise<TopicAuthor[]> {
  const rows = await ctx.sql<{ alias_id: string; topic_id: TopicId; account_id: AccountId; name: string }>(
    `select * from (
       select m.alias_id, m.topic_id, m.author_id as account_id, a.name, min(m.number) as number
       from messages m join accounts a on a.id = m.author_id
       where ${where} and m.alias_id is not null and m.number is not null and a.erased_at is null
       group by m.alias_id, m.topic_id, m.author_id, a.name order by min(m.number) desc limit ${authorWindow}
     ) latest order by number`,
    [id],
  )
  return rows.map(row => ({
    aliasId: row.alias_id,
    topicId: row.topic_id,
    accountId: row.account_id,
    name: row.name,
  }))
}

/** Who is behind a post without a name, where it is the first under its id in its topic. */
export async function findNewAuthor(ctx: Ctx, messageId: MessageId): Promise<TopicAuthor | undefined> {
  const [row] = await ctx.sql<TopicAuthor>(
    `select m.alias_id as "aliasId", m.topic_id as "topicId", m.author_id as "accountId", a.name
     from messages m join accounts a on a.id = m.author_id
     where m.id = $1 and m.alias_id is not null and not exists (
       select from messages o where o.topic_id = m.topic_id and o.alias_id = m.alias_id and o.number < m.number)`,
    [messageId],
  )
  return row
}

/** The state of the scope of those who moderate. */
export async function forumStaffState(ctx: Ctx, channelId: string): Promise<StateOf<typeof forumStaffScope>> {
  const waiting = await ctx.sql<WaitingFacts>(
    `${waitingSql} where m.channel_id = $1 and m.topic_id is not null and ${stillWaits} limit ${mostWaiting}`,
    [channelId],
  )
  const hidden = await ctx.sql<TopicFacts>(
    `select ${topicColumns} from topics t join accounts a on a.id = t.author_id
     where t.channel_id = $1 and t.standing = 'hidden' order by t.last_number desc`,
    [channelId],
  )
  return {
    waiting: waiting.map(waitingOf).sort(bySending),
    hidden: hidden.map(wholeTopicOf),
    authors: await authorsIn(ctx, 'm.channel_id = $1', channelId),
  }
}

/**
 * A topic as it is, with who is behind what has no name in it: for those who moderate. Throws `not-found`,
 * `not-allowed`, and what `demandModerated` throws.
 */
export async function topicForStaff(ctx: Ctx, topicId: TopicId): Promise<{ topic: Topic; authors: TopicAuthor[] }> {
  const { topic } = await demandModerated(ctx, topicId, 'to read')
  return { topic: wholeTopicOf(topic), authors: await authorsIn(ctx, 'm.topic_id = $1', topicId) }
}

/**
 * What whoever asks wrote in a forum that nobody else can see, newest first; at most 50. Throws `not-found`, and what
 * `demandRead` throws.
 */
export async function ownWaiting(ctx: Ctx, channelId: ChannelId): Promise<OwnWaiting[]> {
  await demandRead(ctx, await getForum(ctx, channelId))
  const rows = await ctx.sql<WaitingFacts>(
    `${waitingSql} where m.channel_id = $1 and m.author_id = $2 and m.topic_id is not null and m.number is null
     and m.text is not null order by m.sent_at desc, m.id limit 50`,
    [channelId, accountOf(ctx.who)],
  )
  return rows.map(row => {
    const { messageId, topicId, kind, title, text, files, sentAt } = waitingOf(row)
    return {
      messageId,
      topicId,
      kind,
      title,
      text,
      ...filesOf(files),
      sentAt,
      stand: row.refused_at ? 'refused' : 'waiting',
    }
  })
}
