// What the looks come to, in words for a teacher. Pure.
import { t } from '#client/platform/texts.ts'
import type { Notices, Reach } from './probes.ts'

export interface Findings {
  readonly reach: Reach
  readonly live: boolean
  readonly polling: boolean
  readonly notes: boolean
  readonly packet: { readonly ms: number; readonly megabits: number } | null
  readonly storage: boolean
  readonly notices: Notices
  readonly install: boolean
}

export type Tone = 'good' | 'warn' | 'bad'

export interface Verdict {
  readonly tone: Tone
  readonly title: string
  readonly detail: string
}

/** Above these a class feels it. */
const slowTripMs = 400
const slowMegabits = 1
/** A clock further off misleads whoever reads it, in milliseconds. */
const clockMs = 5_000

/** The one sentence, and what to do. `host` is what IT has to allow. */
export function verdictOf(found: Findings, host: string): Verdict {
  const { reach, live, polling, notes, packet } = found
  if (!reach.reached)
    return {
      tone: 'bad',
      title: t('check.unreachable'),
      detail: reach.overdone ? t('check.overdone') : t('check.unreachableDetail', { host }),
    }
  if (!live && !polling) return { tone: 'bad', title: t('check.noLive'), detail: t('check.noLiveDetail', { host }) }
  if (!live) return { tone: 'warn', title: t('check.polling'), detail: t('check.pollingDetail', { host }) }
  if (!notes) return { tone: 'warn', title: t('check.noNotes'), detail: t('check.noNotesDetail', { host }) }
  if (reach.medianMs > slowTripMs || packet === null || packet.megabits < slowMegabits)
    return { tone: 'warn', title: t('check.slow'), detail: t('check.slowDetail') }
  return { tone: 'good', title: t('check.good'), detail: t('check.goodDetail') }
}

export interface Line {
  readonly label: string
  readonly words: string
  /** note: nothing is wrong with the network. */
  readonly stand: 'good' | 'bad' | 'note'
}

const noticeWords = {
  missing: 'check.missing',
  possible: 'check.notifyingAsk',
  allowed: 'check.notifyingAllowed',
  denied: 'check.notifyingDenied',
} as const

/** Every look with what it found. `protocol` is 'https' or 'http'. */
export function linesOf(found: Findings, protocol: string): Line[] {
  const { reach, packet } = found
  const passing = (label: string, passes: boolean): Line => ({
    label,
    words: passes ? t('check.passes') : t('check.blocked'),
    stand: passes ? 'good' : 'bad',
  })
  const seconds = reach.reached ? Math.round(Math.abs(reach.offsetMs) / 100) / 10 : 0
  const clockRight = reach.reached && Math.abs(reach.offsetMs) <= clockMs
  return [
    {
      label: t('check.reach'),
      words: reach.reached ? t('check.reachGood', { protocol }) : t('check.reachBad'),
      stand: reach.reached ? 'good' : 'bad',
    },
    passing(t('check.socket'), found.live),
    passing(t('check.polled'), found.polling),
    passing(t('check.collab'), found.notes),
    {
      label: t('check.latency'),
      words: reach.reached ? t('check.latencyValue', { ms: reach.medianMs, count: reach.trips }) : t('check.notTried'),
      stand: reach.reached && reach.medianMs <= slowTripMs ? 'good' : 'bad',
    },
    {
      label: t('check.packet'),
      words: packet ? t('check.packetValue', { ms: packet.ms, rate: packet.megabits }) : t('check.reachBad'),
      stand: packet && packet.megabits >= slowMegabits ? 'good' : 'bad',
    },
    {
      label: t('check.clock'),
      words: !reach.reached
        ? t('check.notTried')
        : clockRight
          ? t('check.clockGood', { seconds: Math.max(0.1, seconds) })
          : t('check.clockBad', { seconds }),
      stand: clockRight ? 'good' : 'note',
    },
    {
      label: t('check.storage'),
      words: found.storage ? t('check.storageGood') : t('check.storageBad'),
      stand: found.storage ? 'good' : 'bad',
    },
    {
      label: t('check.notifying'),
      words: t(noticeWords[found.notices]),
      stand: found.notices === 'allowed' || found.notices === 'possible' ? 'good' : 'note',
    },
    {
      label: t('check.install'),
      words: found.install ? t('check.installGood') : t('check.installBad'),
      stand: found.install ? 'good' : 'note',
    },
  ]
}
