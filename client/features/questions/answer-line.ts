// The one line that always says how an answer stands. Pure: the state of the item and of the answer in, a tone and a
// text out.
import { t } from '#client/platform/texts.ts'
import type { Verdict } from './options.ts'

/** Where an item is for the one who answers. */
export type ItemStand = 'open' | 'paused' | 'locked' | 'revealed'

/** Where the answer is. `draft`: picked, not sent. `kept`: waits on this device. */
export type AnswerStand =
  | { readonly is: 'none' }
  | { readonly is: 'draft' }
  | { readonly is: 'sending' }
  | { readonly is: 'kept' }
  | { readonly is: 'sent' }
  | { readonly is: 'refused'; readonly reason: string; readonly late: boolean; readonly kept: boolean }

export interface AnswerWords {
  readonly tone: 'muted' | 'plain' | 'good' | 'warn' | 'bad'
  readonly mark: 'circle' | 'dot' | 'spin' | 'device' | 'check' | 'lock' | 'pause' | 'cross' | 'half'
  readonly words: string
}

/** The line for an item that is `item` with an answer that is `answer`; `verdict` only once it is revealed. */
export function answerWords(item: ItemStand, answer: AnswerStand, verdict?: Verdict): AnswerWords {
  if (answer.is === 'refused') {
    return {
      tone: 'bad',
      mark: 'cross',
      words: answer.late
        ? t(answer.kept ? 'questions.lateChange' : 'questions.late')
        : t('questions.refused', { reason: answer.reason }),
    }
  }
  const given = answer.is === 'sent' || answer.is === 'sending' || answer.is === 'kept'
  // What the server does not have yet is neither right nor wrong: it may have come too late.
  const underway = answer.is === 'sending' || answer.is === 'kept'
  if (item === 'revealed' && !underway) return verdictWords(verdict, given ? 'given' : 'none')
  if (answer.is === 'sending') return { tone: 'plain', mark: 'spin', words: t('questions.sending') }
  if (answer.is === 'kept') return { tone: 'warn', mark: 'device', words: t('questions.savedHere') }
  if (item === 'locked') {
    return given
      ? { tone: 'plain', mark: 'lock', words: t('questions.lockedSent') }
      : { tone: 'muted', mark: 'lock', words: t('questions.lockedUnanswered') }
  }
  if (item === 'paused') {
    return given
      ? { tone: 'plain', mark: 'pause', words: t('questions.pausedSent') }
      : { tone: 'muted', mark: 'pause', words: t('questions.pausedUnanswered') }
  }
  if (answer.is === 'sent') return { tone: 'good', mark: 'check', words: t('questions.sent') }
  if (answer.is === 'draft') return { tone: 'warn', mark: 'dot', words: t('questions.notSent') }
  return { tone: 'muted', mark: 'circle', words: t('questions.notAnswered') }
}

/**
 * The line at home, where answers are kept until all of them are handed in: what is kept is never called handed in. `item`
 * is `handed-in` once they are.
 */
export function homeWords(item: ItemStand | 'handed-in', answer: AnswerStand, verdict?: Verdict): AnswerWords {
  if (item === 'handed-in') {
    if (answer.is === 'sent') return { tone: 'good', mark: 'check', words: t('questions.handedIn') }
    const given = answer.is === 'sending' || answer.is === 'kept' || answer.is === 'refused'
    return given ? answerWords('locked', answer) : verdictWords('unanswered', 'none')
  }
  if (item === 'open') {
    if (answer.is === 'sending') return { tone: 'plain', mark: 'spin', words: t('questions.saving') }
    if (answer.is === 'sent') return { tone: 'good', mark: 'check', words: t('questions.saved') }
    if (answer.is === 'draft') return { tone: 'warn', mark: 'dot', words: t('questions.notSaved') }
  }
  return answerWords(item, answer, verdict)
}

function verdictWords(verdict: Verdict | undefined, answer: 'given' | 'none'): AnswerWords {
  switch (verdict) {
    case 'right':
      return { tone: 'good', mark: 'check', words: t('questions.resultRight') }
    case 'partly':
      return { tone: 'warn', mark: 'half', words: t('questions.resultPartly') }
    case 'wrong':
      return { tone: 'bad', mark: 'cross', words: t('questions.resultWrong') }
    case 'unanswered':
      return { tone: 'muted', mark: 'circle', words: t('questions.resultUnanswered') }
    case undefined:
      return answer === 'given'
        ? { tone: 'good', mark: 'check', words: t('questions.pollAnswered') }
        : { tone: 'muted', mark: 'circle', words: t('questions.resultUnanswered') }
  }
}

/** Whether an answer is given: with the server, on its way, or kept on this device to be sent. */
export const isGiven = (stand: AnswerStand): boolean =>
  stand.is === 'sent' || stand.is === 'sending' || stand.is === 'kept'
