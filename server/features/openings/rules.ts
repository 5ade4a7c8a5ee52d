// Whether somebody may come into a course by themselves, and until when they are in it then. Pure: no database, clock or socket.
import { createHash, timingSafeEqual } from 'node:crypto'
import { dayIn, instantIn } from '#protocol/base/days.ts'
import { demand } from '#protocol/base/problems.ts'
import type { OpeningState } from '#protocol/openings.ts'
import type { OpeningRow } from './tables.ts'

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

type Window = Pick<OpeningRow, 'opensOn' | 'closesOn'>

/** When it opens and closes by the course's own clocks, as ISO; null: no such time. The last day counts as a whole. */
export const windowIn = (timeZone: string, { opensOn, closesOn }: Window) => ({
  opensAt: opensOn === null ? null : (instantIn(timeZone, opensOn, '00:00') ?? null),
  closesAt: closesOn === null ? null : (instantIn(timeZone, daysAfter(closesOn, 1), '00:00') ?? null),
})

/** The first thing that keeps people out now. `learners`: how many there are. */
export function stateOf(
  opening: Window & Pick<OpeningRow, 'open' | 'most'>,
  { timeZone, learners, now }: { readonly timeZone: string; readonly learners: number; readonly now: Date },
): OpeningState {
  const { opensAt, closesAt } = windowIn(timeZone, opening)
  if (!opening.open || (closesAt !== null && now.getTime() >= Date.parse(closesAt))) return 'closed'
  if (opensAt !== null && now.getTime() < Date.parse(opensAt)) return 'not-yet'
  return opening.most !== null && learners >= opening.most ? 'full' : 'open'
}

const refusals = { 'not-yet': 'opening-not-yet', closed: 'opening-closed', full: 'course-full' } as const

/** Throws `opening-not-yet`, `opening-closed` or `course-full` for what is not open. */
export function demandOpen(state: OpeningState): void {
  if (state !== 'open') demand(false, refusals[state])
}

const digest = (words: string): Buffer => createHash('sha256').update(words.trim().normalize('NFC')).digest()

/** Whether what was typed is the key, in a time that tells nothing of it; without a key anything is. */
export const fitsKey = (key: string, typed: string): boolean =>
  key === '' || timingSafeEqual(digest(key), digest(typed))

/**
 * When the time of somebody who first came at `first` ends: so many days after that day, which count as a whole by the
 * course's own clocks. Null: never. Leaving and coming back wins nobody a day.
 */
export function endOfStay(first: Date, days: number | null, timeZone: string): Date | null {
  if (days === null) return null
  const end = instantIn(timeZone, daysAfter(dayIn(timeZone, first), days + 1), '00:00')
  return end === undefined ? null : new Date(end)
}

/** For how long who left may take it back, in milliseconds. */
export const comeBackMs = 3_600_000
