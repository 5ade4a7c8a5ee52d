// Votes as they are tapped: shown at once, put right by the server's word, taken back with a word when refused.
import { signal } from '@preact/signals'
import { call } from '#client/platform/call.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { showToast } from '#client/ui/Toast.tsx'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import type { Topic, TopicId } from '#protocol/channels/topics.ts'

interface Tapped {
  readonly on: boolean
  /** What the topic showed when it was tapped; undefined once the server has counted. */
  readonly base: number | undefined
}

const tapped = signal<ReadonlyMap<TopicId, Tapped>>(new Map())

const set = (id: TopicId, one: Tapped | undefined): void => {
  const next = new Map(tapped.peek())
  if (one) next.set(id, one)
  else next.delete(id)
  tapped.value = next
}

/** Whether the reader's vote stands, and how many there are with it. `known`: what the last reading said of it. */
export function voteOf(topic: Topic, known: boolean): { on: boolean; votes: number } {
  const one = tapped.value.get(topic.id)
  if (!one) return { on: known, votes: topic.votes }
  return { on: one.on, votes: one.base === undefined ? topic.votes : Math.max(0, one.base + (one.on ? 1 : -1)) }
}

/** Votes, or takes the vote back. */
export function toggleVote(topic: Topic, known: boolean): void {
  const before = tapped.peek().get(topic.id)
  const on = !(before?.on ?? known)
  // Tapped twice before the server spoke: the second undoes the first.
  const base = before?.base === undefined ? topic.votes : before.base + (before.on ? 1 : -1)
  set(topic.id, { on, base })
  call(topicCalls.vote, { topicId: topic.id, on }).then(
    () => {
      if (tapped.peek().get(topic.id)?.on === on) set(topic.id, { on, base: undefined })
    },
    (error: unknown) => {
      set(topic.id, before)
      showToast({ text: problemWords(error), tone: 'bad' })
    },
  )
}
