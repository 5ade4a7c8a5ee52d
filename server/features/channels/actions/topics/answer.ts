// How a topic is answered: an accepted post, by word of mouth, let go; and its title, which its author may reword.
import type { Input } from '#protocol/base/call.ts'
import { demand, Problem, refuse } from '#protocol/base/problems.ts'
import type { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, topicScope } from '#protocol/channels/topics.ts'
import type { Message } from '#protocol/channels.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { accountOf } from '#server/platform/ctx.ts'
import { getMessage } from '../../queries/messages.ts'
import { demandModerated, demandReword, demandTopic, type TopicFacts, topicOf } from '../../queries/topics.ts'
import { whyNot } from '../../rules/messages.ts'
import { demandShown, mayAccept } from '../../rules/topics.ts'
import { holdMessages } from '../hold.ts'
import { announceTopic, announceWaitingIn, changeRow, forgetTold } from './announce.ts'

/** Tells everybody which answer is accepted now, or that none is. */
export function announceAccepted(ctx: WriteCtx, row: TopicFacts, accepted: Message | null): void {
  const topic = topicOf(row)
  ctx.announce(forumScope, row.channel_id, { kind: 'topicChanged', body: { topic } })
  ctx.announce(topicScope, row.id, { kind: 'answerAccepted', body: { topic, accepted } })
}

/**
 * Accepts a reply as the answer, or takes that back. Throws `not-found` (for what is no reply that stands in it too),
 * `not-allowed` for those who neither asked nor moderate, and what `demandShown` and `demandTopic` throw.
 */
export async function acceptAnswer(ctx: WriteCtx, input: Input<typeof topicCalls.accept>): Promise<void> {
  const { topic, rights } = await demandTopic(ctx, input.topicId, 'to change')
  demand(mayAccept(rights, topic, accountOf(ctx.who)), 'not-allowed')
  demandShown(topic)
  if (topic.accepted_id === input.messageId) return
  if (input.messageId === null) {
    announceAccepted(ctx, await changeRow(ctx, topic.id, "outcome = 'open', accepted_id = null"), null)
    return
  }
  // Nobody reacts to it until it is told.
  await holdMessages(ctx, [input.messageId])
  const { place, message } = await getMessage(ctx, input.messageId)
  const fits = place.topicId === topic.id && message.number !== topic.first_number && message.removedAt === null
  demand(fits, 'not-found')
  const row = await changeRow(ctx, topic.id, "outcome = 'accepted', accepted_id = $2", [message.id])
  announceAccepted(ctx, row, message)
}

/**
 * Says how staff settled a topic without an accepted answer. In a class a settled question leaves the stage. Throws what
 * `demandModerated` and `demandShown` throw.
 */
export async function settleTopic(ctx: WriteCtx, input: Input<typeof topicCalls.settle>): Promise<void> {
  const { topic } = await demandModerated(ctx, input.topicId, 'to change')
  demandShown(topic)
  if (topic.outcome === input.outcome) return
  const stays = topic.pinned && (topic.run_id === null || input.outcome === 'open')
  const set = 'outcome = $2, accepted_id = null, pinned = $3'
  const row = await changeRow(ctx, topic.id, set, [input.outcome, stays])
  if (topic.accepted_id === null) announceTopic(ctx, row)
  else announceAccepted(ctx, row, null)
}

/**
 * Rewords the title of one's own topic. Throws `not-found`, what `whyNot` answers, `not-yours`, what `demandReword` throws,
 * and `conflict` for a version that has passed.
 */
export async function retitleTopic(ctx: WriteCtx, input: Input<typeof topicCalls.retitle>): Promise<void> {
  const { topic, channel, rights } = await demandTopic(ctx, input.topicId, 'to change')
  refuse(whyNot(rights, channel, 'reword'))
  demand(topic.author_id === accountOf(ctx.who), 'not-yours')
  await demandReword(ctx, topic.id, rights)
  if (topic.version !== input.version) throw new Problem('conflict', { params: { current: topicOf(topic) } })
  const row = await changeRow(ctx, topic.id, 'title = $2', [input.title])
  // What it was called before is replayed to nobody.
  await forgetTold(ctx, topic)
  announceTopic(ctx, row)
  await announceWaitingIn(ctx, row)
}
