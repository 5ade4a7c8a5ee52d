// What an attempt comes to, from what its parts tell. A status that was reached and a score that was higher stay: what comes
// late, from a device that was offline, takes nothing back. Pure.
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { AttemptStatus, Completion, PartData, PartScore, Success } from '#protocol/packages/attempts.ts'
import type { PlayedPart } from '#protocol/packages/player.ts'

/** A share of all points as it is kept: six decimals. */
export type Share = string

const shareOf = (value: number): Share | null =>
  Number.isFinite(value) ? Math.min(1, Math.max(0, value)).toFixed(6) : null

/** The share that a score comes to: the scaled one where there is one, else raw between its bounds, which are 0 and 100 where it says none. */
export function shareIn(score: PartScore | null): Share | null {
  if (!score) return null
  if (score.scaled !== undefined) return shareOf(score.scaled)
  if (score.raw === undefined) return null
  const least = score.min ?? 0
  const most = score.max ?? 100
  return most > least ? shareOf((score.raw - least) / (most - least)) : null
}

const higher = (one: Share | null, other: Share | null): Share | null =>
  one === null ? other : other === null ? one : Number(one) >= Number(other) ? one : other

const completions: readonly Completion[] = ['not-attempted', 'incomplete', 'completed']
const successes: readonly Success[] = ['unknown', 'failed', 'passed']
const further = <T>(order: readonly T[], one: T, other: T): T =>
  order.indexOf(one) >= order.indexOf(other) ? one : other

/** How a part stands. */
export interface PartStanding {
  readonly sitting: number
  readonly completion: Completion
  readonly success: Success
  readonly share: Share | null
  readonly before: number
  readonly seconds: number
  readonly data: PartData
}

/**
 * How a part stands after what it tells. Where the manifest says from which score on it is passed, that decides, and not its
 * own word. What it keeps for itself, and its time, are those of the latest sitting; `elapsed`: seconds since the attempt
 * was begun, which no sitting lasts longer than.
 */
export function partAfter(
  before: PartStanding | undefined,
  { sitting, data, mastery, elapsed }: { sitting: number; data: PartData; mastery: number | null; elapsed: number },
): PartStanding {
  const told = shareIn(data.score)
  const success: Success =
    mastery !== null && told !== null ? (Number(told) >= mastery ? 'passed' : 'failed') : data.success
  // Who passed or failed it has been through it.
  const completion: Completion = success === 'unknown' ? data.completion : 'completed'
  const seconds = Math.max(0, Math.min(data.seconds, elapsed))
  if (!before) return { sitting, completion, success, share: told, before: 0, seconds, data }
  const later = sitting >= before.sitting
  const same = sitting === before.sitting
  return {
    sitting: Math.max(sitting, before.sitting),
    completion: further(completions, completion, before.completion),
    success: further(successes, success, before.success),
    share: higher(told, before.share),
    before: later && !same ? before.before + before.seconds : before.before,
    seconds: same ? Math.max(seconds, before.seconds) : later ? seconds : before.seconds,
    data: later ? data : before.data,
  }
}

export interface AttemptStanding {
  readonly completion: Completion
  readonly success: Success
  readonly share: Share | null
  readonly seconds: number
}

/**
 * How an attempt stands: completed when every part is; failed when one failed and passed when those that tell passed, once
 * all are completed. Its score is the mean of the parts that have one; without any, all points when it was completed and not
 * failed, none when it failed.
 */
export function attemptAfter(
  parts: readonly Pick<PlayedPart, 'id' | 'kind'>[],
  states: ReadonlyMap<string, Pick<PartStanding, 'completion' | 'success' | 'share' | 'before' | 'seconds'>>,
): AttemptStanding {
  const played = parts.filter(one => one.kind !== 'heading')
  const there = played.flatMap(one => states.get(one.id) ?? [])
  const whole = there.length === played.length && there.every(one => one.completion === 'completed')
  const told = there.filter(one => one.success !== 'unknown')
  const success: Success =
    !whole || told.length === 0 ? 'unknown' : told.every(one => one.success === 'passed') ? 'passed' : 'failed'
  const shares = there.flatMap(one => (one.share === null ? [] : [Number(one.share)]))
  const mean = shares.length > 0 ? shareOf(shares.reduce((sum, one) => sum + one, 0) / shares.length) : null
  return {
    completion: whole ? 'completed' : there.length === 0 ? 'not-attempted' : 'incomplete',
    success,
    share: mean ?? (whole ? shareOf(success === 'failed' ? 0 : 1) : null),
    seconds: there.reduce((sum, one) => sum + one.before + one.seconds, 0),
  }
}

/** Whether another attempt may be begun. */
export const isOver = ({ completion }: Pick<AttemptStanding, 'completion'>): boolean => completion === 'completed'

/** An attempt in one word. */
export const statusOf = ({ completion, success }: Pick<AttemptStanding, 'completion' | 'success'>): AttemptStatus =>
  completion !== 'completed' ? 'begun' : success === 'unknown' ? 'completed' : success

/** A share in points, of two decimals; null for none. */
export const pointsOf = (share: Share | null, points: string): string | null =>
  share === null ? null : decimalOf(BigInt(Math.round((Number(share) * Number(tenThousandths(points))) / 100)) * 100n)
