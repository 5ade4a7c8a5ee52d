// Where an event about a topic is heard: in its forum's list and in its own scope. Every action on a topic goes through
// here, so that both say the same.
import { forumScope, forumStaffScope, type TopicId, topicScope } from '#protocol/channels/topics.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { blankEvents } from '#server/platform/events/log.ts'
import { waitingIn } from '../../queries/topic-staff.ts'
import { getTopic, type TopicFacts, topicOf, wholeTopicOf } from '../../queries/topics.ts'

/**
 * Changes columns of a topic, `set` in SQL with values from $2 on, and answers the row after it. Announces nothing.
 * Throws `not-found`.
 */
export async function changeRow(
  ctx: WriteCtx,
  id: TopicId,
  set: string,
  values: readonly unknown[] = [],
): Promise<TopicFacts> {
  await ctx.sql(`update topics set ${set}, version = version + 1 where id = $1`, [id, ...values])
  return getTopic(ctx, id)
}

/** Takes the title that a topic had out of what was told of it: to be followed by an announcement to each audience. */
export async function forgetTold(ctx: WriteCtx, row: TopicFacts): Promise<void> {
  const which = { topic: { id: row.id } }
  await blankEvents(ctx.client, forumScope, row.channel_id, ['topicPosted', 'topicChanged'], which)
  const kinds = ['topicChanged', 'answerAccepted', 'topicShown'] as const
  await blankEvents(ctx.client, topicScope, row.id, kinds, which)
  await blankEvents(ctx.client, forumStaffScope, row.channel_id, ['topicHidden', 'hiddenChanged'], which)
  const waiting = [{ post: { topicId: row.id } }, { topicId: row.id }]
  await blankEvents(ctx.client, forumStaffScope, row.channel_id, ['postWaiting', 'waitingChanged'], waiting)
}

/** Tells the list and the topic's own readers what it is now; of a hidden one those who moderate, too. */
export function announceTopic(ctx: WriteCtx, row: TopicFacts): void {
  const topic = topicOf(row)
  ctx.announce(forumScope, row.channel_id, { kind: 'topicChanged', body: { topic } })
  ctx.announce(topicScope, row.id, { kind: 'topicChanged', body: { topic } })
  announceHidden(ctx, row)
}

/** Tells those who moderate what a hidden topic is now; nothing of any other. */
export function announceHidden(ctx: WriteCtx, row: TopicFacts): void {
  if (row.standing !== 'hidden') return
  ctx.announce(forumStaffScope, row.channel_id, { kind: 'hiddenChanged', body: { topic: wholeTopicOf(row) } })
}

/** Tells those who moderate all that waits in a topic, which is locked: it is shown under the topic's title. */
export async function announceWaitingIn(ctx: WriteCtx, row: TopicFacts): Promise<void> {
  const waiting = await waitingIn(ctx, row.id)
  ctx.announce(forumStaffScope, row.channel_id, { kind: 'waitingChanged', body: { topicId: row.id, waiting } })
}
