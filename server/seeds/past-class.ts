// Plays a whole class, answer by answer, through the same calls a class makes. What comes out, grades and all, is the
// product's own work; nothing is written into its tables from here, and no clock is turned.

import { setTimeout as pause } from 'node:timers/promises'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import { type ActivityId, activityCalls, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import { channelCalls } from '#protocol/channels.ts'
import type { CourseId } from '#protocol/courses.ts'
import { liveCalls, liveRoutes, type RunId } from '#protocol/live.ts'
import type { AskedQuestion, WrittenQuestion } from '#protocol/question-types/registry.ts'
import { type DeliveryState, deliveryState } from '#server/features/activities/index.ts'
import { runHostsState } from '#server/features/live/index.ts'
import type { RunningNode } from '#server/main.ts'
import type { Who } from '#server/platform/ctx.ts'

export interface PastClass {
  readonly node: Pick<RunningNode, 'as'>
  readonly courseId: CourseId
  readonly title: string
  readonly activityIds: readonly ActivityId[]
  readonly host: Who
  readonly learners: readonly Who[]
  /** Who says what, before each item: by place among the learners, -1 for the host. */
  readonly talk: readonly { who: number; text: string }[]
}

/** A small repeatable source of chance (mulberry32), so that the school is the same everywhere. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const optionIdsOf = (question: WrittenQuestion): string[] =>
  'options' in question.body ? question.body.options.map(option => option.id) : ['true', 'false']

/** The right answer, or something by chance. */
export function answerOf(question: WrittenQuestion, answer: 'right' | 'guessed', next: () => number): ActivityMove {
  const right = answer === 'right'
  switch (question.type) {
    case 'numeric':
      return { value: right ? question.key.value : String(Math.round(Number(question.key.value) * (0.5 + next()))) }
    case 'short-text':
      return { text: right ? (question.key.accepted[0] ?? '') : 'no idea' }
    case 'open':
      return { text: 'The part about the membranes' }
    default: {
      if (right) return { optionIds: [...question.key.optionIds] }
      const ids = optionIdsOf(question)
      return { optionIds: [ids[Math.floor(next() * ids.length)] ?? ids[0] ?? 'a'] }
    }
  }
}

type Planned = { itemId: string; question?: WrittenQuestion; asked?: AskedQuestion }

/** The item to answer next, with a key also where a poll has none. */
export function plannedItem(state: DeliveryState, place: number): { itemId: string; question: WrittenQuestion } {
  const planned = (state.hostView as { plan: Planned[] }).plan[place]
  const question = planned?.question ?? (planned?.asked && { ...planned.asked, key: { optionIds: ['b'] } })
  if (!planned || !question) throw new Error(`${state.title} has no item ${place + 1}`)
  return { itemId: planned.itemId, question: question as WrittenQuestion }
}

/** Plays the class to its end and answers its run. */
export async function playClass(past: PastClass): Promise<RunId> {
  const host = past.node.as(past.host)
  const next = chance(7)
  const run = await host.call(liveRoutes.start, {
    courseId: past.courseId,
    title: past.title,
    activityIds: [...past.activityIds],
  })
  for (const learner of past.learners) await past.node.as(learner).call(liveRoutes.join, { runId: run.id })

  const stateOf = (deliveryId: DeliveryId) => host.act(ctx => deliveryState(ctx, deliveryId))
  const steer = async ({ deliveryId, step }: DeliveryState, what: 'next' | 'lock' | 'reveal') => {
    await past.node.as(past.host).call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: what } })
    return stateOf(deliveryId)
  }

  const talk = [...past.talk]
  const say = async (lines: number) => {
    for (const { who, text } of talk.splice(0, lines)) {
      const speaker = who < 0 ? past.host : (past.learners[who] ?? past.host)
      await past.node.as(speaker).call(channelCalls.send, { channelId: run.channelId, text })
    }
  }

  const { agenda } = await host.act(ctx => runHostsState(ctx, run.id))
  for (const { deliveryId, items } of agenda) {
    await past.node.as(past.host).call(liveCalls.putOnStage, { runId: run.id, deliveryId })
    let state = await stateOf(deliveryId)
    for (let place = 0; place < items; place++) {
      state = await steer(state, 'next')
      const { itemId, question } = plannedItem(state, place)
      await say(2)
      await Promise.all(
        past.learners
          .filter(() => next() >= 0.08)
          .map(learner =>
            past.node.as(learner).call(activityCalls.answer, {
              deliveryId,
              itemId: itemId as ItemId,
              // Right in seven of ten cases.
              move: answerOf(question, next() < 0.7 ? 'right' : 'guessed', next),
            }),
          ),
      )
      state = await steer(state, 'lock')
      // The close is written by the class's own clock, half a second after the lock.
      while (state.view.phase === 'closing') {
        await pause(50)
        state = await stateOf(deliveryId)
      }
      state = await steer(state, 'reveal')
    }
  }
  await say(talk.length)
  await past.node.as(past.host).call(liveCalls.end, { runId: run.id })
  return run.id
}
