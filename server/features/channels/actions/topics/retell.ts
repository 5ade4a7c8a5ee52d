// Tells a topic anew, all of it, to everybody who follows: after a person in it took another name, became another account
// or was forgotten.
import { feedKinds } from '#protocol/base/scope.ts'
import { forumScope, forumStaffScope, type TopicId, topicScope } from '#protocol/channels/topics.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { authorsIn } from '../../queries/topic-staff.ts'
import { topicOf, topicState } from '../../queries/topics.ts'
import { holdPosts, holdTopic } from '../hold.ts'
import { announceHidden, announceWaitingIn } from './announce.ts'

/** `forget`: what was told before is taken out of the log as well. Holds its forum, the topic and its posts. Throws `not-found`. */
export async function retellTopic(ctx: WriteCtx, topicId: TopicId, before: 'keep' | 'forget'): Promise<void> {
  const row = await holdTopic(ctx, topicId)
  await holdPosts(ctx, topicId)
  const forum = row.channel_id
  if (before === 'forget') {
    const which = { topic: { id: topicId } }
    await blankEvents(ctx.client, forumScope, forum, ['topicPosted', 'topicChanged'], which)
    await blankEvents(ctx.client, topicScope, topicId, feedKinds(topicScope), {})
    await blankEvents(ctx.client, forumStaffScope, forum, ['topicHidden', 'hiddenChanged'], which)
    await blankEvents(ctx.client, forumStaffScope, forum, 'postWaiting', { post: { topicId } })
    await blankEvents(ctx.client, forumStaffScope, forum, 'waitingChanged', { topicId })
    await blankEvents(ctx.client, forumStaffScope, forum, 'authorNamed', { author: { topicId } })
    await blankEvents(ctx.client, forumStaffScope, forum, 'authorsChanged', {})
  }
  const authors = await authorsIn(ctx, 'm.channel_id = $1', forum)
  ctx.announce(forumStaffScope, forum, { kind: 'authorsChanged', body: { authors } })
  await announceWaitingIn(ctx, row)
  announceHidden(ctx, row)
  if (row.last_number === null) return
  ctx.announce(forumScope, forum, { kind: 'topicChanged', body: { topic: topicOf(row) } })
  ctx.announce(topicScope, topicId, { kind: 'topicShown', body: await topicState(ctx, topicId) })
}

/** Every topic in which somebody wrote, is named or reacted. */
export const topicsNaming = async (ctx: WriteCtx, accountId: string): Promise<TopicId[]> =>
  (
    await ctx.sql<{ topic_id: TopicId }>(
      `select topic_id from messages where author_id = $1 and topic_id is not null
       union select m.topic_id from mentions n join messages m on m.id = n.message_id
         where n.account_id = $1 and m.topic_id is not null
       union select m.topic_id from reactions r join messages m on m.id = r.message_id
         where r.account_id = $1 and m.topic_id is not null`,
      [accountId],
    )
  ).map(row => row.topic_id)
