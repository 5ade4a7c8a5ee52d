// When an answer in class is sent: at the tap where it may be changed, by the button where it may not, and by itself before
// the time runs out. Pure.
import { type AnswerStand, isGiven } from '#client/features/questions/answer-line.ts'
import type { ActivityView } from '#protocol/activities/registry.ts'
import type { AskedQuestion } from '#protocol/question-types/registry.ts'

/** How long before the end a picked answer that was not sent is sent by itself, in seconds: time enough to arrive. */
export const lastCall = 1.2

/** Whether picking leaves sending to a button: several answers that can be given only once. */
export const confirms = (view: Pick<ActivityView, 'mayChange'>, asked: Pick<AskedQuestion, 'type'>): boolean =>
  asked.type === 'multiple' && !view.mayChange

/** Whether the card takes taps: an answer that can be given once is given. */
export const takesTaps = (view: Pick<ActivityView, 'mayChange'>, stand: AnswerStand): boolean =>
  view.mayChange || !isGiven(stand)

/** What a tap that leaves `picked` does. Nothing picked is no answer: it waits, and the one before it counts. */
export function tapDoes(
  view: Pick<ActivityView, 'mayChange'>,
  asked: Pick<AskedQuestion, 'type'>,
  picked: readonly string[],
): 'send' | 'draft' {
  return confirms(view, asked) || picked.length === 0 ? 'draft' : 'send'
}

/** What becomes of a draft now: `send` shortly before the end, `drop` once no answer is taken any more. */
export function draftEnds(
  view: Pick<ActivityView, 'phase'>,
  stand: AnswerStand,
  picked: readonly string[],
  time: { readonly left: number; readonly paused: boolean } | undefined,
): 'send' | 'drop' | undefined {
  if (stand.is !== 'draft') return undefined
  if (view.phase !== 'open' && view.phase !== 'paused') return 'drop'
  if (!time || time.paused) return undefined
  if (time.left <= 0) return 'drop'
  return time.left <= lastCall && picked.length > 0 ? 'send' : undefined
}
