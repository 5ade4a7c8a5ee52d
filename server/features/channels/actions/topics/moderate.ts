// What staff do with topics: pin, lock, hide, merge duplicates. Each leaves a trace.
import type { Input } from '#protocol/base/call.ts'
import { demand } from '#protocol/base/problems.ts'
import { feedKinds } from '#protocol/base/scope.ts'
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, forumStaffScope, mostPinned, type TopicId, topicScope } from '#protocol/channels/topics.ts'
import { audit } from '#server/features/audit/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { demandModerated, getTopic, topicOf, topicState, wholeTopicOf } from '../../queries/topics.ts'
import { demandShown } from '../../rules/topics.ts'
import type { TopicStanding } from '../../tables/topics.ts'
import { holdChannel, holdPosts } from '../hold.ts'
import { announceTopic, changeRow } from './announce.ts'

type Switch = Input<typeof topicCalls.pin | typeof topicCalls.lock | typeof topicCalls.hide>

/**
 * Pins a topic above the others, or no longer. In the questions of a class one is pinned, the one on the stage; in any
 * other forum the least active of too many is let go. Throws what `demandModerated` and `demandShown` throw.
 */
export async function pinTopic(ctx: WriteCtx, { topicId, on }: Switch): Promise<void> {
  const { topic } = await demandModerated(ctx, topicId, 'to read')
  // One pins after the other, or two would both find that one more fits.
  await holdChannel(ctx, topic.channel_id)
  const rows = await ctx.sql<{ id: TopicId; pinned: boolean; standing: TopicStanding }>(
    `select id, pinned, standing from topics where channel_id = $1 and (pinned or id = $2)
     order by id for no key update`,
    [topic.channel_id, topicId],
  )
  const own = rows.find(row => row.id === topicId)
  demand(own !== undefined, 'not-found')
  demandShown(own)
  if (own.pinned === on) return
  const most = topic.run_id === null ? mostPinned : 1
  const others = rows.filter(row => row.pinned && row.id !== topicId)
  const [gone] = on && others.length >= most ? await leastActive(ctx, others) : []
  if (gone) announceTopic(ctx, await changeRow(ctx, gone.id, 'pinned = false'))
  announceTopic(ctx, await changeRow(ctx, topicId, 'pinned = $2', [on]))
}

const leastActive = (ctx: WriteCtx, rows: readonly { id: TopicId }[]): Promise<{ id: TopicId }[]> =>
  ctx.sql('select id from topics where id = any($1::uuid[]) order by last_number limit 1', [rows.map(row => row.id)])

/** No more posts and votes but by those who moderate; or again. Throws what `demandModerated` throws. */
export async function lockTopic(ctx: WriteCtx, { topicId, on }: Switch): Promise<void> {
  const { topic } = await demandModerated(ctx, topicId, 'to change')
  if (topic.locked === on) return
  await audit.record(ctx, { verb: on ? 'topic.locked' : 'topic.unlocked', subject: { kind: 'topic', id: topicId } })
  announceTopic(ctx, await changeRow(ctx, topicId, 'locked = $2', [on]))
}

/**
 * Hides a topic from everybody but those who moderate, or shows it again. What was told of it is taken out of the log:
 * from then on it is in the scope of staff alone. Throws what `demandModerated` throws, `topic-merged`.
 */
export async function hideTopic(ctx: WriteCtx, { topicId, on }: Switch): Promise<void> {
  const { topic } = await demandModerated(ctx, topicId, 'to change')
  if ((topic.standing === 'hidden') === on) return
  demand(topic.standing !== 'merged', 'topic-merged')
  await audit.record(ctx, { verb: on ? 'topic.hidden' : 'topic.shown', subject: { kind: 'topic', id: topicId } })
  const forum = topic.channel_id
  await holdPosts(ctx, topicId)
  if (on) {
    const row = await changeRow(ctx, topicId, "standing = 'hidden', pinned = false")
    await blankEvents(ctx.client, forumScope, forum, ['topicPosted', 'topicChanged'], {
      topic: { id: topicId },
    })
    await blankEvents(ctx.client, topicScope, topicId, feedKinds(topicScope), {})
    ctx.announce(forumScope, forum, { kind: 'topicChanged', body: { topic: topicOf(row) } })
    ctx.announce(topicScope, topicId, { kind: 'topicHidden', body: { topic: topicOf(row) } })
    ctx.announce(forumStaffScope, forum, { kind: 'topicHidden', body: { topic: wholeTopicOf(row) } })
    return
  }
  const row = await changeRow(ctx, topicId, "standing = 'shown'")
  ctx.announce(forumScope, forum, { kind: 'topicChanged', body: { topic: topicOf(row) } })
  ctx.announce(topicScope, topicId, { kind: 'topicShown', body: await topicState(ctx, topicId) })
  ctx.announce(forumStaffScope, forum, { kind: 'topicShown', body: { topicId } })
}

/**
 * Makes a topic the duplicate of another in its forum: whoever voted for it or follows it does so there, once each, and
 * a link is left behind. Throws what `demandModerated` throws, `not-found` for one of another forum, `merged-with-itself`, and what
 * `demandShown` throws.
 */
export async function mergeTopics(ctx: WriteCtx, input: Input<typeof topicCalls.merge>): Promise<void> {
  const { topic } = await demandModerated(ctx, input.topicId, 'to read')
  demand(input.topicId !== input.into, 'merged-with-itself')
  await ctx.sql('select id from topics where id = any($1::uuid[]) order by id for no key update', [
    [input.topicId, input.into],
  ])
  const from = await getTopic(ctx, input.topicId)
  const into = await getTopic(ctx, input.into)
  demand(into.channel_id === topic.channel_id, 'not-found')
  demandShown(from)
  demandShown(into)
  for (const table of ['topic_votes', 'topic_follows'])
    await ctx.sql(
      `insert into ${table} (topic_id, account_id) select $2, account_id from ${table} where topic_id = $1
       on conflict do nothing`,
      [from.id, into.id],
    )
  await audit.record(ctx, {
    verb: 'topic.merged',
    subject: { kind: 'topic', id: from.id },
    details: { into: into.id },
  })
  const merged = "standing = 'merged', merged_into = $2, pinned = false"
  announceTopic(ctx, await changeRow(ctx, from.id, merged, [into.id]))
  const votes = 'votes = (select count(*) from topic_votes where topic_id = $1), pinned = pinned or $2'
  announceTopic(ctx, await changeRow(ctx, into.id, votes, [from.pinned]))
}
