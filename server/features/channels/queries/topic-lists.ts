// Lists of topics, each with what it is to the one who asks: sorted, filtered, searched by words, paged. Changes nothing.
import type { Input } from '#protocol/base/call.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { topicRoutes } from '#protocol/channels/topic-calls.ts'
import type { ListedTopic, OwnMarks, TopicFilter, TopicId, TopicSort } from '#protocol/channels/topics.ts'
import type { ChannelId } from '#protocol/channels.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { prefixQuery } from '../rules/topics.ts'
import { demandRead } from './channel.ts'
import { demandTopic, getForum, type TopicFacts, topicColumns, topicOf } from './topics.ts'

interface MarkFacts {
  voted: boolean
  following: boolean
  mine: boolean
  own_alias: string | null
  read_number: number
  unread: number
}

// $1 is whoever asks. One's own posts are no news.
const marksSql = `
  exists (select from topic_votes v where v.topic_id = t.id and v.account_id = $1) as voted,
  exists (select from topic_follows f where f.topic_id = t.id and f.account_id = $1) as following,
  t.author_id = $1 as mine,
  (select m.alias_id from messages m where m.topic_id = t.id and m.author_id = $1 and m.alias_id is not null limit 1)
    as own_alias,
  coalesce((select r.number from topic_reads r where r.topic_id = t.id and r.account_id = $1), 0) as read_number,
  (select count(*)::int from messages m where m.topic_id = t.id and m.author_id <> $1 and m.number >
    coalesce((select r.number from topic_reads r where r.topic_id = t.id and r.account_id = $1), 0)) as unread`

const marksOf = (topicId: TopicId, row: MarkFacts): OwnMarks => ({
  topicId,
  voted: row.voted,
  following: row.following,
  mine: row.mine,
  aliasId: row.own_alias,
  readNumber: row.read_number,
  unread: row.unread,
})

const listedOf = (row: TopicFacts & MarkFacts): ListedTopic => ({ topic: topicOf(row), own: marksOf(row.id, row) })

/** What each order goes by, in SQL; the id decides between equals. */
const orders: Readonly<Record<TopicSort, string>> = {
  active: 't.last_number',
  newest: 't.first_number',
  unanswered: 't.first_number',
  votes: 't.votes',
}
// Numbers are each forum's own: between forums the time decides, in seconds.
const byTime = 'floor(extract(epoch from t.created_at))::int'

export interface TopicsIn {
  /** The forums to look in, whose reading is the caller's to ask. */
  readonly channelIds: readonly string[]
  /** several: newest first, whatever `sort` says beside unanswered. */
  readonly across: 'one forum' | 'several'
  readonly sort: TopicSort
  readonly filter: TopicFilter
  readonly words?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

// The key of an order with its id; a number that fits the column.
function readPlace(after: string | undefined): [number | null, string | null] {
  const read = readKeyset(after)
  if (!read) return [null, null]
  const key = Number(read[0])
  if (!Number.isInteger(key) || Math.abs(key) > 2_147_483_647) throw new Problem('malformed')
  return [key, read[1]]
}

/** A page of the topics of forums. In one forum pinned ones come first, all on the first page. Hidden ones are absent. Throws `malformed`. */
export async function listTopicsIn(ctx: Ctx, input: TopicsIn): Promise<Page<ListedTopic>> {
  const { sort, filter, limit } = input
  const [key, id] = readPlace(input.after)
  const query = prefixQuery(input.words)
  if (input.words && query === undefined) return { items: [] }
  const one = input.across === 'one forum'
  const plain = one && sort !== 'unanswered' && filter === 'all' && query === undefined
  const order = one ? orders[sort] : byTime
  const rows = await ctx.sql<TopicFacts & MarkFacts & { place: number }>(
    `select ${topicColumns}, ${marksSql}, ${order} as place from topics t join accounts a on a.id = t.author_id
     where t.channel_id = any($2::uuid[]) and t.standing = 'shown'
       ${plain ? 'and not t.pinned' : ''}
       ${sort === 'unanswered' ? "and t.outcome = 'open'" : ''}
       and ($3 <> 'mine' or t.author_id = $1)
       and ($3 <> 'following' or exists (select from topic_follows f where f.topic_id = t.id and f.account_id = $1))
       and ($4::text is null or to_tsvector('simple', t.title) @@ to_tsquery('simple', $4) or exists (
         select from messages m where m.topic_id = t.id and m.number is not null
           and to_tsvector('simple', m.text) @@ to_tsquery('simple', $4)))
       and ($5::int is null or (${order}, t.id) < ($5, $6::uuid))
     order by ${order} desc, t.id desc limit $7`,
    [accountOf(ctx.who), [...input.channelIds], filter, query ?? null, key, id, limit + 1],
  )
  const pinned =
    plain && key === null
      ? await ctx.sql<TopicFacts & MarkFacts>(
          `select ${topicColumns}, ${marksSql} from topics t join accounts a on a.id = t.author_id
           where t.channel_id = any($2::uuid[]) and t.standing = 'shown' and t.pinned order by t.last_number desc`,
          [accountOf(ctx.who), [...input.channelIds]],
        )
      : []
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: [...pinned, ...shown].map(listedOf),
    ...(rows.length > limit && last ? { next: writeKeyset(String(last.place), last.id) } : {}),
  }
}

/**
 * A page of one forum's topics, for those who may read it. Throws `not-found`, `malformed`, and what `demandRead`
 * throws.
 */
export async function listTopics(
  ctx: Ctx,
  { channelId, ...rest }: Omit<TopicsIn, 'channelIds' | 'across'> & { readonly channelId: ChannelId },
): Promise<Page<ListedTopic>> {
  await demandRead(ctx, await getForum(ctx, channelId))
  return listTopicsIn(ctx, { ...rest, channelIds: [channelId], across: 'one forum' })
}

/** What a topic is to whoever asks. Throws `not-found`, and what `demandTopic` throws. */
export async function ownMarks(ctx: Ctx, topicId: TopicId): Promise<OwnMarks> {
  await demandTopic(ctx, topicId)
  const [row] = await ctx.sql<MarkFacts>(`select ${marksSql} from topics t where t.id = $2`, [
    accountOf(ctx.who),
    topicId,
  ])
  if (!row) throw new Problem('not-found')
  return marksOf(topicId, row)
}

/**
 * Topics that whoever asks follows and has not read to the end, most recently active first. What they may no longer
 * read is left out, so a page may hold fewer than asked for. Throws `not-found`, `malformed`, and what `demandRead`
 * throws.
 */
export async function unreadTopics(
  ctx: Ctx,
  { after, limit }: Input<typeof topicRoutes.unread>,
): Promise<Page<ListedTopic>> {
  const [seconds, id] = readPlace(after)
  const rows = await ctx.sql<TopicFacts & MarkFacts & { seconds: number }>(
    `select * from (
       select ${topicColumns}, ${marksSql}, floor(extract(epoch from t.last_at))::int as seconds
       from topics t join accounts a on a.id = t.author_id
       where t.standing = 'shown' and t.id in (select topic_id from topic_follows where account_id = $1)
     ) found where unread > 0 and ($2::int is null or (seconds, id) < ($2, $3::uuid))
     order by seconds desc, id desc limit $4`,
    [accountOf(ctx.who), seconds, id, limit + 1],
  )
  const readable = new Map<string, boolean>()
  for (const channelId of new Set(rows.map(row => row.channel_id))) {
    const channel = await getForum(ctx, channelId)
    readable.set(
      channelId,
      await demandRead(ctx, channel).then(
        () => true,
        () => false,
      ),
    )
  }
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.filter(row => readable.get(row.channel_id)).map(listedOf),
    ...(rows.length > limit && last ? { next: writeKeyset(String(last.seconds), last.id) } : {}),
  }
}

/** Who follows a topic: for those who tell people of new posts. Asks no rights. */
export const followersOf = async (ctx: Ctx, topicId: string): Promise<string[]> =>
  (await ctx.sql<{ account_id: string }>('select account_id from topic_follows where topic_id = $1', [topicId])).map(
    row => row.account_id,
  )
