// The pure step machine of kinds that put one item at a time on the stage. Steers change the shared part one at a time,
// answers never do; which phase holds is decided from the stored state and the time, so that no host is needed.

import type * as z from 'zod/mini'
import type { ActivityMove } from '#protocol/activities/registry.ts'
import {
  flushMs,
  isModerate,
  lastWordMs,
  type Phase,
  type Steer,
  type stagedSettings,
  type Tally,
} from '#protocol/activities/staged.ts'
import type { ItemId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Counted } from '#protocol/question-types/question-type.ts'
import {
  type AskedQuestion,
  countAnswers,
  fitsQuestion,
  questionTypeOf,
  type WrittenQuestion,
} from '#protocol/question-types/registry.ts'
import type { Act, Decision, Kind, Plan, PlanItem, Shared, Window } from './kind.ts'

type StagedSettings = z.output<typeof stagedSettings>

const answering: readonly Phase[] = ['open', 'paused']
const resting: readonly Phase[] = ['waiting', 'closed', 'revealed']

/** The state before the first item. */
export const start = (): Shared => ({
  phase: 'waiting',
  itemId: null,
  openedAt: null,
  closesAt: null,
  pausedAt: null,
  remainingMs: null,
  limitSeconds: null,
  extraMs: 0,
  lockedAt: null,
  ending: false,
  opened: [],
  closed: [],
  revealed: [],
  tallies: {},
})

const later = (instant: string, ms: number): Date => new Date(Date.parse(instant) + ms)

/** A deadline with extra time, which a lock cuts short. Null without a deadline. */
export function endOf(window: { closesAt: string | null; lockedAt: string | null }, extraMs: number): Date | null {
  if (window.closesAt === null) return null
  const lockedAt = window.lockedAt === null ? Number.POSITIVE_INFINITY : Date.parse(window.lockedAt)
  return new Date(Math.min(Date.parse(window.closesAt) + extraMs, lockedAt))
}

/** When the close of the item on stage is written: its end and the time that nodes need to flush. */
export function dueAt(shared: Shared): Date | null {
  const end = shared.phase === 'open' || shared.phase === 'closing' ? endOf(shared, shared.extraMs) : null
  return end && new Date(end.getTime() + flushMs)
}

/** The phase at `now`: an open item whose time ran out is closing until its close is written. */
function phaseAt(shared: Shared, now: Date): Phase {
  if (shared.phase !== 'open' || shared.closesAt === null) return shared.phase
  return Date.parse(shared.closesAt) <= now.getTime() ? 'closing' : 'open'
}

/** Writes what time has made: closing becomes closed, or done when the host wanted to end. */
export function advance(shared: Shared, now: Date): Shared | undefined {
  const due = dueAt(shared)
  if (!due || due > now || shared.itemId === null) return undefined
  return {
    ...shared,
    phase: shared.ending ? 'done' : 'closed',
    closesAt: endOf(shared, shared.extraMs)?.toISOString() ?? null,
    remainingMs: null,
    closed: withOne(shared.closed, shared.itemId),
  }
}

const withOne = (list: readonly ItemId[], id: ItemId): readonly ItemId[] => (list.includes(id) ? list : [...list, id])

const wrongPhase = ({ phase }: Shared): Problem => new Problem('wrong-phase', { params: { phase } })

function opening(shared: Shared, item: PlanItem, limitSeconds: number | null, now: Date, extraMs: number): Shared {
  return {
    ...shared,
    phase: 'open',
    itemId: item.id,
    openedAt: now.toISOString(),
    closesAt: limitSeconds === null ? null : later(now.toISOString(), limitSeconds * 1000).toISOString(),
    pausedAt: null,
    remainingMs: null,
    limitSeconds,
    extraMs,
    lockedAt: null,
    opened: withOne(shared.opened, item.id),
    // Opened again, it is not over for anybody any more.
    revealed: shared.revealed.filter(id => id !== item.id),
  }
}

/** Whether an answer to it waits for a button. */
function waitsForButton(plan: Plan, itemId: ItemId | null): boolean {
  const question = plan.items.find(one => one.id === itemId)?.question
  if (!question) return false
  return questionTypeOf(question.type).sends(plan.settings as StagedSettings) === 'by button'
}

function lock(plan: Plan, shared: Shared, now: Date, then: 'wait' | 'end'): Shared {
  const graceMs = waitsForButton(plan, shared.itemId) ? lastWordMs : 0
  const lockedAt = shared.pausedAt ?? later(now.toISOString(), graceMs).toISOString()
  const ranOut = shared.closesAt !== null && shared.closesAt < lockedAt
  const closesAt = ranOut ? shared.closesAt : lockedAt
  return { ...shared, phase: 'closing', closesAt, lockedAt, pausedAt: null, remainingMs: null, ending: then === 'end' }
}

function openNamed(plan: Plan, shared: Shared, steer: Extract<Steer, { do: 'open' }>, now: Date, extraMs: number) {
  const wanted = steer.itemId ?? shared.itemId ?? plan.items[0]?.id
  const item = plan.items.find(one => one.id === wanted)
  if (!item) throw new Problem('not-found')
  const { limitSeconds } = plan.settings as StagedSettings
  const opened = opening(
    shared,
    item,
    steer.limitSeconds === undefined ? limitSeconds : steer.limitSeconds,
    now,
    extraMs,
  )
  // More time for what is closed and not revealed: it began when it began.
  return shared.phase === 'closed' && shared.itemId === item.id ? { ...opened, openedAt: shared.openedAt } : opened
}

function openNext(plan: Plan, shared: Shared, now: Date, extraMs: number): Shared {
  const item = plan.items[plan.items.findIndex(one => one.id === shared.itemId) + 1]
  if (!item) throw new Problem('nothing-next')
  return opening(shared, item, (plan.settings as StagedSettings).limitSeconds, now, extraMs)
}

/**
 * What a host's steer makes of the state. `now` is database time read under the lock; `extraMs` the longest extra time
 * of a seat. Throws `wrong-phase` when the steer does not fit the phase, `nothing-next` after the last item, `no-time-limit`
 * where no clock runs, `not-found` for a strange item, `malformed` for moderation where nothing is in learners' own words.
 */
export function steer(plan: Plan, stored: Shared, wanted: Steer, now: Date, extraMs: number): Shared {
  const shared = advance(stored, now) ?? stored
  if (isModerate(wanted)) throw new Problem('malformed', { errors: [{ path: 'steer.do', code: 'no_words_here' }] })
  const phase = phaseAt(shared, now)
  const demandPhase = (allowed: readonly Phase[]) => {
    if (!allowed.includes(phase)) throw wrongPhase(shared)
  }
  switch (wanted.do) {
    case 'open':
      demandPhase(resting)
      return openNamed(plan, shared, wanted, now, extraMs)
    case 'next':
      demandPhase(resting)
      return openNext(plan, shared, now, extraMs)
    case 'pause': {
      demandPhase(['open'])
      const remainingMs = shared.closesAt === null ? null : Date.parse(shared.closesAt) - now.getTime()
      return { ...shared, phase: 'paused', pausedAt: now.toISOString(), closesAt: null, remainingMs }
    }
    case 'resume': {
      demandPhase(['paused'])
      const closesAt = shared.remainingMs === null ? null : later(now.toISOString(), shared.remainingMs).toISOString()
      return { ...shared, phase: 'open', pausedAt: null, remainingMs: null, closesAt }
    }
    case 'extend': {
      demandPhase(answering)
      const ms = wanted.seconds * 1000
      if (shared.remainingMs !== null) return { ...shared, remainingMs: shared.remainingMs + ms }
      if (shared.closesAt === null) throw new Problem('no-time-limit')
      return { ...shared, closesAt: later(shared.closesAt, ms).toISOString() }
    }
    case 'lock':
      // In extra time too: the clock has run out for most, and the host need not wait for the rest.
      if (shared.phase !== 'open' && shared.phase !== 'paused') throw wrongPhase(shared)
      return lock(plan, shared, now, 'wait')
    case 'reveal': {
      demandPhase(['closed'])
      const revealed = shared.itemId === null ? shared.revealed : withOne(shared.revealed, shared.itemId)
      return { ...shared, phase: 'revealed', revealed }
    }
    case 'finish':
      // What is over, or will be with its close, is finished: whoever ends the class at that moment is not refused.
      if (shared.phase === 'done' || shared.ending) return { ...shared }
      if (shared.phase === 'open' || shared.phase === 'paused') return lock(plan, shared, now, 'end')
      if (shared.phase === 'closing') return { ...shared, ending: true }
      return { ...shared, phase: 'done' }
  }
}

/** Whether answers to an item are taken in a live delivery, and until when. */
export function windowOf(shared: Shared, itemId: ItemId): Window {
  if (shared.itemId !== itemId || !['open', 'paused', 'closing'].includes(shared.phase)) {
    const over = shared.phase === 'done' || shared.closed.includes(itemId)
    return { state: over ? 'over' : 'before', closesAt: null, lockedAt: null }
  }
  if (shared.phase === 'paused') return { state: 'paused', closesAt: shared.pausedAt, lockedAt: shared.pausedAt }
  return { state: 'open', closesAt: shared.closesAt, lockedAt: shared.lockedAt }
}

/** Decides one answer of one seat by its arrival; `fits`: whether it is an answer to the question as it stands now. */
export function decide(
  { window, seat, at }: Act,
  { fits, again }: { readonly fits: boolean; readonly again: 'may change' | 'once' },
): Decision {
  if (!fits) return 'answer-unfit'
  if (window.state === 'before') return 'not-open'
  if (window.state === 'over') return 'late'
  const end = endOf(window, seat.extraMs)
  if (end !== null && at >= end) return window.state === 'paused' ? 'paused' : 'late'
  if (seat.finished) return 'handed-in'
  if (seat.answered && again === 'once') return 'already-answered'
  return null
}

/** Decides an answer to a question of any type. */
export const act = (one: Act): Decision =>
  decide(one, {
    fits: fitsQuestion(one.asked, one.move),
    again: (one.settings as StagedSettings).mayChange ? 'may change' : 'once',
  })

/** The question without its key. */
export const askedOf = ({ type, body }: WrittenQuestion): AskedQuestion => ({ type, body }) as AskedQuestion

/**
 * The part of a view every staged kind has. Its phase is the one that was told: an item whose time ran out stays open until
 * its close is written, and `closesAt` says to everybody alike that it takes no more.
 */
export function stagedView(plan: Plan, shared: Shared) {
  const onStage = shared.phase === 'waiting' || shared.phase === 'done' ? undefined : currentItem(plan, shared)
  return {
    phase: shared.phase,
    number: onStage ? plan.items.indexOf(onStage) + 1 : 0,
    total: plan.items.length,
    item: onStage ? { id: onStage.id, points: onStage.points, asked: askedOf(onStage.question) } : null,
    openedAt: shared.openedAt,
    closesAt: shared.closesAt,
    remainingMs: shared.remainingMs,
    limitSeconds: shared.limitSeconds,
    mayChange: (plan.settings as StagedSettings).mayChange,
  }
}

/** The item on stage. */
export const currentItem = (plan: Plan, shared: Shared): PlanItem | undefined =>
  plan.items.find(item => item.id === shared.itemId)

/** How many gave an answer that counts. */
export const answeredBy = (given: readonly Counted<ActivityMove>[]): number =>
  given.reduce((sum, one) => sum + one.times, 0)

/** The tally by the question's own type. */
export const tallyByType: Kind['tally'] = (_settings, { question }, _shared, given) => {
  const { counts, others } = countAnswers(question, given)
  return { answered: answeredBy(given), counts: { ...counts }, ...(others === undefined ? {} : { others }) }
}

export const noAnswers: Tally = { answered: 0, counts: {} }

/** The final tally of the item on stage, when `phases` hold; null before. */
export const tallyIn = (shared: Shared, phases: readonly Phase[]): Tally | null =>
  shared.itemId !== null && phases.includes(shared.phase) ? (shared.tallies[shared.itemId] ?? noAnswers) : null

/** The final tally of an item of the plan; null while it was not closed, or runs again. */
export const tallyOf = (shared: Shared, itemId: ItemId): Tally | null => shared.tallies[itemId] ?? null

/** The plan without keys, for hosts of kinds that have none. */
export const askedPlan = (plan: Plan, shared: Shared) =>
  plan.items.map(one => ({
    itemId: one.id,
    points: one.points,
    asked: askedOf(one.question),
    tally: tallyOf(shared, one.id),
  }))

/** Phases in which the hosts have the result, and in which everybody has it. */
export const resultPhases = { hosts: ['closed', 'revealed'], everybody: ['revealed'] } as const satisfies Record<
  string,
  readonly Phase[]
>
