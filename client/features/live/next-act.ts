// Which one thing a host does next, and what else makes sense now. Pure: the state in, a name out.

import { t } from '#client/platform/texts.ts'
import type { Steer } from '#protocol/activities/staged.ts'
import type { AgendaEntry, HostStage } from '#protocol/live/stage.ts'

export type Act =
  | { readonly does: 'steer'; readonly steer: Steer; readonly label: string }
  | { readonly does: 'put'; readonly entry: AgendaEntry; readonly label: string }
  | { readonly does: 'ask'; readonly label: string }
  | { readonly does: 'end'; readonly label: string }
  | { readonly does: 'wait'; readonly label: string }

const steerAct = (steer: Steer, label: string): Act => ({ does: 'steer', steer, label })

/** What the agenda goes on with once nothing is asked. */
export const nextOnAgenda = (stage: HostStage | null, agenda: readonly AgendaEntry[]): AgendaEntry | undefined =>
  agenda.find(entry => !entry.done && entry.deliveryId !== stage?.deliveryId)

/** The primary act for what is on stage, or the next of the agenda. */
export function nextAct(stage: HostStage | null, agenda: readonly AgendaEntry[]): Act {
  const phase = stage?.view.phase
  if (!stage || phase === undefined || phase === 'done') {
    const next = nextOnAgenda(stage, agenda)
    if (next) return { does: 'put', entry: next, label: t('live.actPut', { title: next.title }) }
    // Once something was asked and nothing is left, the class is over; one more question stays a tap away.
    if (agenda.length > 0) return { does: 'end', label: t('live.end') }
    return { does: 'ask', label: t('live.actAsk') }
  }
  const { view } = stage
  switch (phase) {
    case 'waiting':
      return steerAct({ do: 'open' }, t('live.actOpen', { number: view.number + 1 }))
    case 'open':
      return steerAct({ do: 'lock' }, t('live.actLock'))
    case 'paused':
      return steerAct({ do: 'resume' }, t('live.actResume'))
    case 'closing':
      return { does: 'wait', label: t('live.actWait') }
    case 'closed':
      return steerAct({ do: 'reveal' }, t('live.actReveal'))
    case 'revealed':
      return view.number < view.total
        ? steerAct({ do: 'next' }, t('live.actNext'))
        : steerAct({ do: 'finish' }, t('live.actFinish', { title: stage.title }))
  }
}

/** What "30 s more" gives. */
const moreSeconds = 30

/** Which of the smaller acts are possible. */
export function sideActs(stage: HostStage | null): {
  moreTime: Steer | undefined
  pause: boolean
  /** To the next question, which waits for the close of this one; at the last to the end. */
  skip: { readonly do: 'next' } | { readonly do: 'finish' } | undefined
} {
  if (!stage) return { moreTime: undefined, pause: false, skip: undefined }
  const { phase, item, closesAt, remainingMs, number, total } = stage.view
  const timed = (phase === 'open' && closesAt !== null) || (phase === 'paused' && remainingMs !== null)
  const asked = phase === 'open' || phase === 'paused' || phase === 'closed'
  return {
    // Once the time is up it opens the same question again; the answers so far stand.
    moreTime: timed
      ? { do: 'extend', seconds: moreSeconds }
      : phase === 'closed' && item
        ? { do: 'open', itemId: item.id, limitSeconds: moreSeconds }
        : undefined,
    pause: phase === 'open',
    skip: !asked ? undefined : number < total ? { do: 'next' } : { do: 'finish' },
  }
}

/** What a host asked for that has to wait for the close of the question they saw, at the step they saw. */
export interface Wish {
  readonly itemId: string
  readonly step: number
  readonly steer: { readonly do: 'reveal' } | { readonly do: 'next' }
}

/**
 * What becomes of a wish while the last answers to its question are still on their way: it is done once the question is
 * closed, and forgotten when that went another way.
 */
export function standOf(wish: Wish | undefined, stage: HostStage | null): 'wait' | 'do' | 'drop' {
  const view = stage?.view
  if (wish === undefined || view?.item?.id !== wish.itemId) return 'drop'
  if (view.phase === 'closed') return 'do'
  // The lock that goes before it is still on its way here.
  const locking = stage?.step === wish.step && (view.phase === 'open' || view.phase === 'paused')
  return locking || view.phase === 'closing' ? 'wait' : 'drop'
}
