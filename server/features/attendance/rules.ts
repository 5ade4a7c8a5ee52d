// What the evidence of a class suggests, and what holds. Pure: no database, clock or socket.
import {
  type AttendanceStatus,
  type CorrectedStatus,
  lateAfterMinutes,
  leastShare,
  leftBeforeMinutes,
  type SuggestedStatus,
} from '#protocol/attendance.ts'

/** Times in milliseconds since 1970. `endedAt` null while the class runs. */
export interface Held {
  readonly startedAt: number
  readonly endedAt: number | null
}

/** `seenAt` and `seenMs` null where nothing was recorded of when they were there. */
export interface Seat {
  readonly joinedAt: number
  readonly seenAt: number | null
  readonly seenMs: number | null
}

const minute = 60_000

/** How much of a class somebody was there, in whole percent; of a class that took no time, all of it. */
export function shareOf({ startedAt, endedAt }: Held, seenMs: number | null, now: number): number | null {
  if (seenMs === null) return null
  const whole = (endedAt ?? now) - startedAt
  return whole <= 0 ? 100 : Math.min(100, Math.round((100 * seenMs) / whole))
}

/**
 * What the evidence suggests. No seat: absent. A seat more than ten minutes after the start: late, however long they
 * stayed. Seen last more than ten minutes before the end, or there for less than half of the class: left early. Nobody
 * has left a class that runs, and where nothing was recorded of when they were there the seat alone speaks.
 */
export function suggest(held: Held, seat: Seat | null): SuggestedStatus {
  if (seat === null) return 'absent'
  if (seat.joinedAt - held.startedAt > lateAfterMinutes * minute) return 'late'
  if (held.endedAt === null || seat.seenAt === null) return 'present'
  if (held.endedAt - seat.seenAt > leftBeforeMinutes * minute) return 'left-early'
  const share = shareOf(held, seat.seenMs, held.endedAt)
  return share !== null && share < leastShare ? 'left-early' : 'present'
}

/** What holds: a correction stands above what the evidence suggests. */
export const statusOf = (suggested: SuggestedStatus, corrected: CorrectedStatus | null): AttendanceStatus =>
  corrected ?? suggested
