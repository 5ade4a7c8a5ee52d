// Messages that were refused: those of this page, and those an earlier page wrote and left to the outbox. Nothing anybody
// wrote ends without a word: a chat shows them with a way to send them again; what comes from before, and what no chat shows,
// is said at once.
import { signal } from '@preact/signals'
import { type OutboxEnd, outbox } from '#client/platform/outbox.ts'
import { ClientProblem } from '#client/platform/problem.ts'
import { problemWords } from '#client/platform/problem-words.ts'
import { t } from '#client/platform/texts.ts'
import { copyText } from '#client/ui/clipboard.ts'
import { showToast } from '#client/ui/Toast.tsx'
import type { InputBefore } from '#protocol/base/call.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'

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
function wordsOf({ call, input }: OutboxEnd['entry']): string | undefined {
  if (call === channelCalls.send.name) return (input as SendInput).text
  if (call === topicCalls.reply.name) return (input as InputBefore<typeof topicCalls.reply>).text
  if (call !== topicCalls.post.name) return undefined
  const { title, body } = input as InputBefore<typeof topicCalls.post>
  return `${title}\n\n${body ?? ''}`.trim()
}

const told = (words: string): string => (words.length > 60 ? `${words.slice(0, 59)}…` : words)

const sayUnsent = (words: string, reason: string) =>
  showToast({
    text: t('channels.unsent', { words: told(words), reason }),
    tone: 'bad',
    action: { label: t('channels.copyWords'), onSelect: () => void copyText(words) },
  })

/** Tells of what a page that is gone wrote and the server refused. To be called once, when the page begins. */
export function hearUnsent(): void {
  outbox().onOrphan(end => {
    const { entry } = end
    const words = wordsOf(entry)
    if (words === undefined) return
    const reason = problemWords(end.outcome === 'refused' ? end.problem : new ClientProblem('too-old'))
    if (entry.call === channelCalls.send.name) keep({ id: entry.id, input: entry.input as SendInput, reason })
    sayUnsent(words, reason)
  })
}
