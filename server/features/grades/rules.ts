// The arithmetic of grades: from evidence to one number, exact in whole numbers. Pure: no database, clock or socket.
import type { DeliveryMode } from '#protocol/activities.ts'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import { demand } from '#protocol/base/problems.ts'

/** How a grade item weighs: shares in percent, together 100; `points` a decimal string. */
export interface Weights {
  readonly points: string
  readonly participation: number
  readonly correctness: number
  readonly policy: DeliveryMode | 'better'
}

/** An item that was asked of this person, in whatever mode. */
export interface AskedOf {
  readonly itemId: string
  readonly points: string
  readonly scored: boolean
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
 * nothing asked can be right or wrong, all weight is on taking part. Null when nothing was asked.
 */
export function gradeOf(weights: Weights, asked: readonly AskedOf[], evidence: readonly EvidenceOf[]): GradeOf | null {
  const items = [...new Map(asked.map(item => [item.itemId, item])).values()]
  if (items.length === 0) return null
  let answered = 0n
  let possible = 0n
  let earned = 0n
  const modes = new Set<DeliveryMode>()
  for (const item of items) {
    const counted = countedFor(
      weights.policy,
      evidence.filter(row => row.itemId === item.itemId),
    )
    if (item.scored) possible += tenThousandths(item.points)
    if (!counted) continue
    answered++
    modes.add(counted.mode)
    if (item.scored && counted.score !== null) earned += tenThousandths(counted.score)
  }
  const total = BigInt(items.length)
  const correctness = possible > 0n ? BigInt(weights.correctness) : 0n
  const participation = 100n - correctness
  const whole = possible > 0n ? possible : 1n
  const above = tenThousandths(weights.points) * (participation * answered * whole + correctness * earned * total)
  const below = 100n * total * whole
  return {
    score: decimalOf(hundredths(above, below) * 100n),
    points: decimalOf(tenThousandths(weights.points)),
    answered: Number(answered),
    asked: items.length,
    modes: modeOrder.filter(mode => modes.has(mode)),
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

/** One cell of a CSV: quoted; a text that a spreadsheet would run as a formula is made plain text (OWASP, CSV injection). */
export function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}
