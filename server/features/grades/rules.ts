// The arithmetic of grades: from evidence to one number, exact in whole numbers. Pure: no database, clock or socket.
import type { DeliveryMode, Ruling } from '#protocol/activities.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import { demand } from '#protocol/base/problems.ts'
import type { EmptyCell, GradeParts } from '#protocol/grades.ts'

/** How a grade item weighs: shares in percent, together 100; `points` a decimal string. */
export interface Weights {
  readonly points: string
  readonly participation: number
  readonly correctness: number
  readonly policy: DeliveryMode | 'better'
  /** What taking part at home is worth instead of in class, in percent. */
  readonly catchUp: number
}

/** An item that was asked of this person, in whatever mode. */
export interface AskedOf {
  readonly itemId: string
  readonly points: string
  readonly scored: boolean
  readonly ruling: Ruling
  /** A class of this column asked it too. */
  readonly live: boolean
}

/** What stands behind a grade: one row for each delivery and item this person was settled in. */
export interface EvidenceOf {
  readonly itemId: string
  readonly deliveryId: string
  readonly mode: DeliveryMode
  readonly answered: boolean
  readonly score: string | null
}

export interface GradeOf {
  /** Two decimals at most, half up. */
  readonly score: string
  readonly points: string
  readonly answered: number
  readonly asked: number
  readonly modes: readonly DeliveryMode[]
  readonly parts: GradeParts
}

/** A delivery of a column and whether it reached a person. */
export interface SourceOf {
  readonly deliveryId: string
  readonly mode: DeliveryMode
  readonly reached: boolean
  readonly over: boolean
}

/**
 * Which deliveries of a column a person is measured against. Who was in class: the class and the homework they were
 * given. Who was not and was given homework: that alone, it stands for the class (`replaced`). Else the class.
 */
export function measuredBy(sources: readonly SourceOf[]): {
  readonly deliveryIds: ReadonlySet<string>
  readonly attended: boolean
  readonly replaced: boolean
} {
  const live = sources.filter(one => one.mode === 'live')
  const given = sources.filter(one => one.mode === 'homework' && one.reached)
  const attended = live.some(one => one.reached)
  const replaced = !attended && given.length > 0 && live.length > 0
  const counted = attended ? [...live, ...given] : given.length > 0 ? given : live
  return { deliveryIds: new Set(counted.map(one => one.deliveryId)), attended, replaced }
}

/** Why somebody has no grade in a column; `due`: the class was for them. */
export function whyEmpty(sources: readonly SourceOf[], { due }: { due: boolean }): EmptyCell['why'] {
  const given = sources.filter(one => one.mode === 'homework' && one.reached)
  if (given.some(one => !one.over)) return 'pending'
  if (sources.some(one => one.mode === 'live' && one.reached)) return 'silent'
  if (given.length > 0) return 'missing'
  return due && sources.some(one => one.mode === 'live') ? 'absent' : 'not-given'
}

const modeOrder: readonly DeliveryMode[] = ['live', 'homework']

const scoreOf = (one: EvidenceOf): bigint => (one.score === null ? -1n : tenThousandths(one.score))

/**
 * The evidence that counts for one item: the better one of the mode the policy names, and of the other mode only where
 * the item was not answered in that one. `better` asks for no mode; equal scores go to the live one, then to the earlier
 * delivery. Undefined when the item was not answered at all.
 */
export function countedFor(policy: Weights['policy'], rows: readonly EvidenceOf[]): EvidenceOf | undefined {
  const answered = rows.filter(row => row.answered)
  const preferred = policy === 'better' ? [] : answered.filter(row => row.mode === policy)
  const among = preferred.length > 0 ? preferred : answered
  return [...among].sort((a, b) => {
    const difference = scoreOf(b) - scoreOf(a)
    if (difference !== 0n) return difference > 0n ? 1 : -1
    const modes = modeOrder.indexOf(a.mode) - modeOrder.indexOf(b.mode)
    return modes !== 0 ? modes : a.deliveryId < b.deliveryId ? -1 : 1
  })[0]
}

/**
 * One person's grade: points x (participation x answered / asked + correctness x earned / points of scored items). Where
 * nothing asked can be right, all weight is on taking part; what was answered at home instead of in class takes part by
 * `catchUp`. Discarded items are neither asked nor answered. Null when nothing was asked. The whole is rounded once and
 * so is the part for taking part; the other one is what is left, so that the two always make the whole.
 */
export function gradeOf(weights: Weights, asked: readonly AskedOf[], evidence: readonly EvidenceOf[]): GradeOf | null {
  const once = new Map<string, AskedOf>()
  for (const item of asked)
    if (item.ruling !== 'discarded')
      once.set(item.itemId, { ...item, live: item.live || (once.get(item.itemId)?.live ?? false) })
  const items = [...once.values()]
  if (items.length === 0) return null
  let answered = 0
  let caughtUp = 0
  let possible = 0n
  let earned = 0n
  const modes = new Set<DeliveryMode>()
  for (const item of items) {
    const rows = evidence.filter(row => row.itemId === item.itemId)
    const counted = countedFor(weights.policy, rows)
    if (item.scored) possible += tenThousandths(item.points)
    if (item.scored && item.ruling === 'everybody') earned += tenThousandths(item.points)
    else if (item.scored && counted?.score) earned += tenThousandths(counted.score)
    if (!counted) continue
    answered++
    if (item.live && !rows.some(row => row.mode === 'live' && row.answered)) caughtUp++
    modes.add(counted.mode)
  }
  const total = BigInt(items.length)
  const points = tenThousandths(weights.points)
  const correctness = possible > 0n ? BigInt(weights.correctness) : 0n
  const participation = 100n - correctness
  const whole = possible > 0n ? possible : 1n
  // In hundredths of an answer, so that what was caught up may be worth less than one.
  const took = 100n * BigInt(answered - caughtUp) + BigInt(weights.catchUp) * BigInt(caughtUp)
  const score = hundredths(
    points * (participation * took * whole + 100n * correctness * earned * total),
    10_000n * total * whole,
  )
  const taking = hundredths(points * participation * took, 10_000n * total)
  const takingOf = hundredths(points * participation, 100n)
  const pointsOf = hundredths(points, 1n)
  return {
    score: decimalOf(score * 100n),
    points: decimalOf(points),
    answered,
    asked: items.length,
    modes: modeOrder.filter(mode => modes.has(mode)),
    parts: {
      taking: {
        score: decimalOf(taking * 100n),
        of: decimalOf(takingOf * 100n),
        answered,
        asked: items.length,
        caughtUp,
        catchUp: weights.catchUp,
      },
      right:
        possible > 0n
          ? {
              score: decimalOf((score - taking) * 100n),
              of: decimalOf((pointsOf - takingOf) * 100n),
              earned: decimalOf(earned),
              possible: decimalOf(possible),
            }
          : null,
    },
  }
}

// A fraction of ten-thousandths as whole hundredths, half up; nothing here is negative.
const hundredths = (above: bigint, below: bigint): bigint => (2n * above + 100n * below) / (200n * below)

/** Completes and checks weights: one share gives the other. Throws `malformed` when they do not make 100. */
export function weightsOf(
  current: { participation: number; correctness: number },
  given: { participation?: number | undefined; correctness?: number | undefined },
): { participation: number; correctness: number } {
  const participation =
    given.participation ?? (given.correctness === undefined ? current.participation : 100 - given.correctness)
  const correctness = given.correctness ?? 100 - participation
  demand(participation + correctness === 100, 'malformed', { errors: [{ path: 'correctness', code: 'not_hundred' }] })
  return { participation, correctness }
}
