// What holds in the record, decided from plain data: when homework takes answers, what an answer earns. Pure: no database, clock or socket. What is a kind's own is in kinds/.

import type { AttemptsCount } from '#protocol/activities/attempts.ts'
import { flushMs } from '#protocol/activities/staged.ts'
import type { DeliveryId, DeliveryMode, Ruling, Shows } from '#protocol/activities.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import type { ProblemCode } from '#protocol/base/problems.ts'
import { fullShare, type Share } from '#protocol/question-types/question-type.ts'
import type { Window } from './kinds/kind.ts'

/**
 * Whether somebody may answer in a delivery, and if not why: the causes are those of the feature that keeps the mode.
 * `not-found` where telling why would give it away.
 */
export type GateAnswer = true | ProblemCode

/**
 * How often a seat may change its answer to one item: as fast as fingers do at first, at a walk in the long run, for each
 * change is a row that stays. Both hold; the first answer costs nothing.
 */
export const changeBudgets = {
  quick: { burst: 10, perSecond: 1 },
  steady: { burst: 100, perSecond: 1 / 30 },
} as const

/** Whether an item may be worth so many points, a decimal string. */
export function mayScore(points: string): boolean {
  const value = tenThousandths(points)
  return value >= 0n && value <= 1_000_000_0000n
}

/** What a share of an item's points comes to, as a decimal string; what is below four decimals is dropped. */
export const earned = (points: string, share: Share): string =>
  decimalOf((tenThousandths(points) * BigInt(share)) / BigInt(fullShare))

/** When homework takes answers. A person's extra time is added to `dueAt`; a close for all cuts it off. */
export function homeworkWindow(
  delivery: { opensAt: Date | null; dueAt: Date | null; closedAt: Date | null },
  at: Date,
): Window {
  const closesAt = delivery.dueAt?.toISOString() ?? null
  if (delivery.opensAt && at < delivery.opensAt) return { state: 'before', closesAt, lockedAt: null }
  if (delivery.closedAt) return { state: 'over', closesAt, lockedAt: null }
  return { state: 'open', closesAt, lockedAt: null }
}

/**
 * How the attempt that an answer means stands: the one its person is at is open until it was handed in, so are not those before it,
 * for a later one is begun only when the one before was handed in; one after it is not there.
 */
export function standingOf(
  attempt: number,
  latest: { readonly number: number; readonly finishedAt: Date | null },
): 'open' | 'handed-in' | 'not-there' {
  if (attempt > latest.number) return 'not-there'
  return attempt < latest.number || latest.finishedAt !== null ? 'handed-in' : 'open'
}

/** What an answer in an attempt that is not there hears: it was never begun, or it was looked at and the close took it away. */
export const refusalOfAbsent = (delivery: { readonly closedAt: Date | null }): 'attempt-not-begun' | 'late' =>
  delivery.closedAt === null ? 'attempt-not-begun' : 'late'

/** When homework is closed for good: the longest deadline of anybody, and the time that nodes need to flush. */
export const homeworkClosesAt = (dueAt: Date, longestExtraSeconds: number): Date =>
  new Date(dueAt.getTime() + longestExtraSeconds * 1000 + flushMs)

/**
 * What an answer that counts earns of an item's points; `share` is null where nothing can be right, undefined where
 * nothing was answered. A ruling stands above the key.
 */
export function scoreBy(ruling: Ruling, points: string, share: Share | null | undefined): string | null {
  if (ruling === 'discarded' || share === null) return null
  if (ruling === 'everybody') return decimalOf(tenThousandths(points))
  return share === undefined ? '0' : earned(points, share)
}

/** An attempt of one person and what it came to. */
export interface Sum {
  readonly number: number
  readonly handedIn: boolean
  /** All it earned, a decimal string. */
  readonly score: string
  /** How many items were answered in it. */
  readonly answered: number
}

/**
 * Which of one person's attempts counts, of those handed in: the one with the most points, of equals the one with more answers, then
 * the earlier; the last; the first. The first of all while none is handed in; undefined for nobody's.
 */
export function chosenOf<One extends Sum>(counts: AttemptsCount, all: readonly One[]): One | undefined {
  const inOrder = all.toSorted((a, b) => a.number - b.number)
  const given = inOrder.filter(one => one.handedIn)
  if (counts === 'first' || given.length === 0) return given[0] ?? inOrder[0]
  if (counts === 'last') return given.at(-1)
  return given.reduce((best, one) => {
    const more = tenThousandths(one.score) - tenThousandths(best.score)
    return more > 0n || (more === 0n && one.answered > best.answered) ? one : best
  })
}

/** How an item stands in one delivery for one reader. */
export interface Standing {
  readonly deliveryId: DeliveryId
  readonly mode: DeliveryMode
  readonly shows: Shows
  readonly givenAt: Date
  /** When it was over for everybody. */
  readonly closedAt: Date | null
  /** Everybody in class was shown the result, before the end of it. */
  readonly revealed: boolean
  /** When this reader handed in, for the first time. */
  readonly finishedAt: Date | null
  /** This reader may answer there once more, or is about to: nothing that tells what is right may reach them. */
  readonly triesLeft: boolean
  /** This reader has a seat in it. */
  readonly tookPart: boolean
}

const isOver = (one: Standing): boolean => one.closedAt !== null || one.revealed || handedInAt(one) !== null

// Handing in homework that tells at once ends it for who does.
const handedInAt = (one: Standing): Date | null =>
  one.mode === 'homework' && one.shows === 'at-once' ? one.finishedAt : null

const overBefore = (one: Standing, at: Date): boolean =>
  [one.closedAt, handedInAt(one)].some(over => over !== null && over <= at)

/**
 * A total that was told stays told: it was over for a reader who took part in every delivery there was, before the one that is
 * open now was given out. Whoever was absent was told nothing, and answers what is given to them later without the key.
 */
function wasTold(standings: readonly Standing[]): boolean {
  const inOrder = standings.toSorted((a, b) => a.givenAt.getTime() - b.givenAt.getTime())
  return inOrder.some((next, at) => {
    const before = inOrder.slice(0, at)
    return before.some(one => one.tookPart) && before.every(one => overBefore(one, next.givenAt))
  })
}

// What somebody gave there is scored by now: in class as an item closes, at home when it is handed in.
const counts = (one: Standing): boolean => (one.mode === 'live' ? one.tookPart : one.finishedAt !== null)

/**
 * A learner reads what all of it comes to when it is over for them in every delivery that has it, not in one of them; or was
 * so already before it was given out again, as long as nothing counts `within` the total of what they gave there since.
 */
export const mayReadTotal = (standings: readonly Standing[], within: ReadonlySet<DeliveryId>): boolean =>
  standings.length > 0 &&
  (standings.every(isOver) ||
    (wasTold(standings) && standings.every(one => isOver(one) || !within.has(one.deliveryId) || !counts(one))))

/** A key, and which answer was right, they read when all is over and they may not try again, unless one of them is never to tell it; not while it is asked anew. */
export const mayReadKey = (standings: readonly Standing[]): boolean =>
  standings.length > 0 &&
  standings.every(one => isOver(one) && (one.closedAt !== null || !one.triesLeft)) &&
  standings.every(one => one.mode === 'live' || one.shows !== 'never')
