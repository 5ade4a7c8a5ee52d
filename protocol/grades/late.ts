// What coming late takes off a mark, and what a missing hand-in counts as. Pure, and the same here and there: a learner is
// told before they hand in what the server takes off afterwards. Never a float.
import * as z from 'zod/mini'
import { decimalOf, tenThousandths } from '../base/decimal.ts'
import { decimal } from '../base/ids.ts'

/** 0 to 100 with two decimals at most. */
export const percentage = decimal.check(
  z.regex(/^\d{1,3}(\.\d{1,2})?$/),
  z.refine(one => Number(one) <= 100),
)

/** Minutes after the due time that cost nothing: a week at most. */
export const longestGrace = 10_080

export const latePolicy = z.strictObject({
  /** What each begun hour or day takes, in percent of the points; null: nothing. */
  late: z.nullable(
    z.strictObject({
      percent: percentage.check(z.refine(one => Number(one) > 0)),
      per: z.enum(['hour', 'day']),
      /** In percent of the points: below it nothing is taken off. */
      floor: percentage,
      /** Hours and days are counted from their end. */
      graceMinutes: z.int().check(z.minimum(0), z.maximum(longestGrace)),
    }),
  ),
  /** What nothing handed in by the cut-off counts as, in percent of the points; null: nothing is said then. */
  missing: z.nullable(percentage),
})
export type LatePolicy = z.infer<typeof latePolicy>

/** Nothing is taken off, and nothing is said of what is missing. */
export const noLatePolicy: LatePolicy = { late: null, missing: null }

/** Which policy holds for one thing: the course's, its own, or none. */
export const lateChoice = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('course') }),
  z.strictObject({ use: z.literal('own'), policy: latePolicy }),
  z.strictObject({ use: z.literal('none') }),
])
export type LateChoice = z.infer<typeof lateChoice>

/** The policy that holds, where `course` is that of the course. */
export function chosenPolicy(choice: LateChoice, course: LatePolicy): LatePolicy {
  return choice.use === 'own' ? choice.policy : choice.use === 'course' ? course : noLatePolicy
}

/** What became of a mark by the policy. `given` and `deducted` are points; `seconds` after the due time. */
export const lateness = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('late'),
    given: decimal,
    deducted: decimal,
    seconds: z.int(),
    /** Somebody let it count in full. */
    waived: z.boolean(),
  }),
  /** Nothing was handed in by the cut-off. */
  z.object({ is: z.literal('missing') }),
])
export type Lateness = z.infer<typeof lateness>

const spans = { hour: 3_600, day: 86_400 } as const

/** How many hours or days were begun; 0 within the grace and for what came in time. */
export function begunUnits(late: NonNullable<LatePolicy['late']>, seconds: number | null): number {
  const after = (seconds ?? 0) - late.graceMinutes * 60
  return after > 0 ? Math.ceil(after / spans[late.per]) : 0
}

/**
 * What coming so late takes at most, in percent of the points: a full mark loses as much. "0" for nothing.
 */
export function penaltyOf({ late }: LatePolicy, seconds: number | null): string {
  if (!late) return '0'
  const taken = tenThousandths(late.percent) * BigInt(begunUnits(late, seconds))
  const most = tenThousandths('100') - tenThousandths(late.floor)
  return decimalOf(taken < most ? taken : most)
}

// `percent` of `points`, both in ten-thousandths, in whole hundredths of a point, half up.
const shareOf = (points: bigint, percent: bigint): bigint => ((points * percent) / 10_000n + 5_000n) / 10_000n

/** Hundredths of a point, as a decimal string. */
const pointsOf = (hundredths: bigint): string => decimalOf(hundredths * 100n)

/**
 * A mark after what its lateness takes off: so many percent of the points for each begun hour or day, and nothing below
 * the floor; a mark that is below it already stays. As Canvas LMS does (Late Policy API: late_submission_deduction,
 * _interval, _minimum_percent), with a grace before it. `score` and `points` are decimal strings.
 */
export function gradeAfter(
  { late }: LatePolicy,
  { score, points, seconds }: { readonly score: string; readonly points: string; readonly seconds: number | null },
): { readonly grade: string; readonly deducted: string } {
  const units = late ? begunUnits(late, seconds) : 0
  if (!late || units === 0) return { grade: score, deducted: '0' }
  const [given, whole] = [tenThousandths(score), tenThousandths(points)]
  const floor = shareOf(whole, tenThousandths(late.floor)) * 100n
  const taken = shareOf(whole, tenThousandths(late.percent) * BigInt(units)) * 100n
  const least = given < floor ? given : floor
  const grade = given - taken > least ? given - taken : least
  return { grade: decimalOf(grade), deducted: decimalOf(given - grade) }
}

/**
 * What a missing hand-in counts as, in points; null where the policy says nothing. As Canvas LMS's
 * missing_submission_deduction, told as what is left.
 */
export const missingGrade = ({ missing }: LatePolicy, points: string): string | null =>
  missing === null ? null : pointsOf(shareOf(tenThousandths(points), tenThousandths(missing)))
