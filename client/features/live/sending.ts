// When an answer in class is sent: at the tap where it may be changed, by the button where it may not, and by itself before
// the time runs out. Pure.
import { type AnswerStand, isGiven } from '#client/features/questions/answer-line.ts'
import type { ActivityMove, ActivityView } from '#protocol/activities/registry.ts'
import type { Sends } from '#protocol/question-types/question-type.ts'

/** How long before the end a picked answer that was not sent is sent by itself, in seconds: time enough to arrive. */
export const lastCall = 1.2

/** Whether the card takes taps: an answer that can be given once is given. */
export const takesTaps = (view: Pick<ActivityView, 'mayChange'>, stand: AnswerStand): boolean =>
  view.mayChange || !isGiven(stand)

/** What becomes of what is given now. Nothing given is no answer: it waits, and the one before it counts. */
export const givingDoes = (sends: Sends, move: ActivityMove | null): 'send' | 'draft' =>
  sends === 'by button' || move === null ? 'draft' : 'send'

/** Whether something was picked and not sent when its question left the stage: it is sent then. */
export const leftUnsent = (stand: AnswerStand, move: ActivityMove | null): boolean =>
  stand.is === 'draft' && move !== null

/** What becomes of a draft at `now`, milliseconds by the server: `send` shortly before the end, `drop` once no answer is taken any more. */
export function draftEnds(
  view: Pick<ActivityView, 'phase' | 'closesAt'>,
  stand: AnswerStand,
  move: ActivityMove | null,
  time: { readonly left: number; readonly paused: boolean } | undefined,
  now: number,
): 'send' | 'drop' | undefined {
  if (stand.is !== 'draft') return undefined
  // Locked by hand: the server waits a moment for what needs a button.
  if (view.phase === 'closing' && view.closesAt !== null && Date.parse(view.closesAt) > now && move !== null)
    return 'send'
  if (view.phase !== 'open' && view.phase !== 'paused') return 'drop'
  if (!time || time.paused) return undefined
  if (time.left <= 0) return 'drop'
  return time.left <= lastCall && move !== null ? 'send' : undefined
}
