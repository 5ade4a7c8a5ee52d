// Messages that were refused: those of this page, and those an earlier page wrote and left to the outbox. Nothing anybody
// wrote ends without a word: a chat shows them with a way to send them again; what comes from before, and what no chat shows,
// is said at once.
import { signal } from '@preact/signals'
import { type OutboxEnd, outbox } from '#client/platform/outbox.ts'
import { inputOf } from '#client/platform/outbox-shapes.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { copyText } from '#client/ui/clipboard.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'
import { type Change, changeOf } from './changes.ts'

export type SendInput = InputBefore<typeof channelCalls.send>

/** A message to a chat that was refused. */
export interface Unsent {
  readonly id: string
  readonly input: SendInput
  readonly reason: string
}

/** The oldest first; gone when it is sent again or discarded. */
export const unsent = signal<readonly Unsent[]>([])

/** Chats that are on a screen, by their channel. */
const inSight = new Set<string>()

/** Says that a chat is on a screen, and shows what of it was refused; answers what ends that. */
export function showUnsent(channelId: string): () => void {
  inSight.add(channelId)
  return () => void inSight.delete(channelId)
}

const keep = (one: Unsent): void => {
  unsent.value = [...unsent.peek(), one]
}

/** Keeps what was refused in view, and says so where no chat will: none is on the screen, or not for them any more. */
export function keepUnsent(one: Omit<Unsent, 'reason'>, error: unknown): void {
  const reason = problemWords(error)
  keep({ ...one, reason })
  const { channelId, text } = one.input
  const closed = error instanceof ClientProblem && error.code === 'not-found'
  if (closed || !inSight.has(channelId)) sayUnsent(text, reason)
}

/** Takes one out of view, and answers with it. */
export function takeUnsent(id: string): Unsent | undefined {
  const one = unsent.peek().find(entry => entry.id === id)
  unsent.value = unsent.peek().filter(entry => entry !== one)
  return one
}

/** What somebody wrote with a call of talk; undefined for every other call. */
function wordsOf(entry: OutboxEnd['entry']): string | undefined {
  const said = inputOf(channelCalls.send, entry) ?? inputOf(topicCalls.reply, entry)
  if (said) return said.text
  const topic = inputOf(topicCalls.post, entry)
  return topic && `${topic.title}\n\n${topic.body ?? ''}`.trim()
}

const told = (words: string): string => (words.length > 60 ? `${words.slice(0, 59)}…` : words)

const copying = (words: string) => ({ label: t('channels.copyWords'), onSelect: () => void copyText(words) })

const sayUnsent = (words: string, reason: string) =>
  showToast({ text: t('channels.unsent', { words: told(words), reason }), tone: 'bad', action: copying(words) })

/**
 * Says that a change to a message was refused, and why: the message stands as it was. The words of an edit are there to be
 * copied, for nothing shows them any more.
 */
export function sayRefused(change: Change, error: unknown): void {
  const reason = problemWords(error)
  if (change.does === 'edit') {
    const { text } = change
    const said = t('channels.editRefused', { words: told(text), reason })
    showToast({ text: said, tone: 'bad', ...(text === '' ? {} : { action: copying(text) }) })
    return
  }
  // Several taps on one reaction end together, and are told once.
  if (change.does === 'react') {
    const { messageId, emoji } = change
    showToast({ text: t('channels.reactRefused', { emoji, reason }), tone: 'bad', topic: `${messageId} ${emoji}` })
  } else showToast({ text: t('channels.removeRefused', { reason }), tone: 'bad' })
}

/** Tells of what a page that is gone wrote or did and the server refused. To be called once, when the page begins. */
export function hearUnsent(): void {
  outbox().onOrphan(end => {
    const { entry } = end
    const problem = end.outcome === 'refused' ? end.problem : new ClientProblem('too-old')
    const change = changeOf(entry)
    if (change) return sayRefused(change, problem)
    const words = wordsOf(entry)
    if (words === undefined) return
    const reason = problemWords(problem)
    const input = inputOf(channelCalls.send, entry)
    if (input) keep({ id: entry.id, input, reason })
    sayUnsent(words, reason)
  })
}
