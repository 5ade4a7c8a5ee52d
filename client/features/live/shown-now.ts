// What the class may see of answers that still come: the newest of what travels and what the stage holds. Pure.
import type { Tally } from '#protocol/activities/staged.ts'
import type { FleetingOf } from '#protocol/base/scope.ts'
import type { Stage } from '#protocol/live/stage.ts'
import type { runScope } from '#protocol/live.ts'

export type Answered = Extract<FleetingOf<typeof runScope>, { kind: 'answered' }>['body']

/**
 * The tally of the moment, or undefined where what the stage holds is newer: what a host took away must not come back
 * with a number that was on its way.
 */
export function shownNow(stage: Stage | null, answered: Answered | undefined): Tally | undefined {
  if (!stage || !answered?.shown || answered.deliveryId !== stage.deliveryId) return undefined
  if (answered.itemId !== stage.view.item?.id || answered.shown.step < stage.step) return undefined
  return answered.shown.tally
}

/**
 * How many answered, of what travels and what the stage holds: its own number is the last word once the question is closed.
 * Before, it is that of a host's last act, where there is one, and what travels is newer.
 */
export function answeredNow(stage: Stage | null, answered: Answered | undefined): number {
  const view = stage?.view
  const kept = view?.result?.tally.answered
  const told = answered?.deliveryId === stage?.deliveryId && answered?.itemId === view?.item?.id ? answered : undefined
  const isOver = view?.phase === 'closed' || view?.phase === 'revealed'
  return (isOver ? (kept ?? told?.answered) : (told?.answered ?? kept)) ?? 0
}
