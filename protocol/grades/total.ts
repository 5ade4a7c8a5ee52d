// What the columns of a course come to together: categories, their weights, what is dropped. Worked out of the cells it is
// given and of nothing else, so that a total never says more than those who may read the cells know. Pure, exact.
import * as z from 'zod/mini'
import { decimalOf, tenThousandths } from '../base/decimal.ts'
import { decimal, idSchema, line, uuid } from '../base/ids.ts'
import { percentage } from './late.ts'
import type { Scored } from './scale.ts'

export const mostCategories = 30
export const mostDropped = 20

const columnId = idSchema<'GradeItem'>()
type ColumnId = z.infer<typeof columnId>

/** Columns that count together. A column is in one of them at most. */
export const category = z.strictObject({
  id: uuid(),
  title: line(100),
  /** In percent of the total where that goes by weights; all of a course make 100 then. */
  weight: percentage,
  /** How many of the lowest are left out; one at least stays. */
  drop: z.int().check(z.minimum(0), z.maximum(mostDropped)),
  columns: z.array(columnId).check(z.maxLength(1_000)),
})
export type Category = z.infer<typeof category>

/**
 * columns: each counts the same. points: all points together. weights: each category by its weight; what is in none does
 * not count.
 */
export const totalBy = z.enum(['columns', 'points', 'weights'])
export type TotalBy = z.infer<typeof totalBy>

export const totalRules = z.strictObject({
  by: totalBy,
  /** Whether learners are told theirs, of what they may read. */
  told: z.boolean(),
})
export type TotalRules = z.infer<typeof totalRules>

/** A part of a total: a category, or what is in none. */
export const totalGroup = z.object({
  /** Null: in no category. */
  categoryId: z.nullable(uuid()),
  title: z.nullable(z.string()),
  /** As the course says it; null where the total does not go by weights. */
  weight: z.nullable(percentage),
  score: decimal,
  points: decimal,
  /** By which it counts: of its points, or the mean of its columns. */
  percent: decimal,
  counted: z.array(columnId),
  dropped: z.array(columnId),
})
export type TotalGroup = z.infer<typeof totalGroup>

export const total = z.object({
  /** Two decimals at most. */
  percent: decimal,
  /** What was added up where the total goes by points; else null. */
  sum: z.nullable(z.object({ score: decimal, points: decimal })),
  by: totalBy,
  groups: z.array(totalGroup),
})
export type Total = z.infer<typeof total>

/** A grade in a column. */
export interface TotalCell {
  readonly gradeItemId: ColumnId
  readonly score: string
  readonly points: string
}

interface Fraction {
  readonly above: bigint
  readonly below: bigint
}

const nothing: Fraction = { above: 0n, below: 1n }

function reduced(above: bigint, below: bigint): Fraction {
  let [a, b] = [above < 0n ? -above : above, below]
  while (b > 0n) [a, b] = [b, a % b]
  return a > 1n ? { above: above / a, below: below / a } : { above, below }
}

const plus = (a: Fraction, b: Fraction): Fraction =>
  a.below === b.below
    ? reduced(a.above + b.above, a.below)
    : reduced(a.above * b.below + b.above * a.below, a.below * b.below)
const times = (a: Fraction, factor: bigint, over = 1n): Fraction => reduced(a.above * factor, a.below * over)

/** A share of 1 in percent, two decimals, half up. */
const percentOf = ({ above, below }: Fraction): string =>
  decimalOf(((2n * above * 10_000n + below) / (2n * below)) * 100n)

const shareOf = ({ score, points }: TotalCell): Fraction => reduced(tenThousandths(score), tenThousandths(points))
const lower = (a: TotalCell, b: TotalCell): number => {
  const [left, right] = [shareOf(a), shareOf(b)]
  const difference = left.above * right.below - right.above * left.below
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return a.gradeItemId < b.gradeItemId ? -1 : 1
}

/**
 * The cells of a category without its lowest, by their percent; of equals the older column goes first. As Moodle drops the
 * lowest of a category by normalised value ("drop the lowest"); one at least stays, as in Canvas LMS.
 */
export function withoutLowest(
  cells: readonly TotalCell[],
  drop: number,
): { readonly counted: readonly TotalCell[]; readonly dropped: readonly TotalCell[] } {
  const dropped = [...cells].sort(lower).slice(0, Math.max(0, Math.min(drop, cells.length - 1)))
  return { counted: cells.filter(one => !dropped.includes(one)), dropped }
}

const sumOf = (cells: readonly TotalCell[], of: 'score' | 'points'): bigint =>
  cells.reduce((sum, one) => sum + tenThousandths(one[of]), 0n)

interface Group {
  readonly category: Category | null
  readonly counted: readonly TotalCell[]
  readonly dropped: readonly TotalCell[]
}

function groupsOf(categories: readonly Category[], cells: readonly TotalCell[]): Group[] {
  const inSome = new Set(categories.flatMap(one => one.columns))
  const groups = categories.map(one => {
    const columns = new Set(one.columns)
    return {
      category: one,
      ...withoutLowest(
        cells.filter(cell => columns.has(cell.gradeItemId)),
        one.drop,
      ),
    }
  })
  const rest = { category: null, counted: cells.filter(cell => !inSome.has(cell.gradeItemId)), dropped: [] }
  return [...groups, rest].filter(one => one.counted.length > 0)
}

const meanOf = (cells: readonly TotalCell[]): Fraction =>
  times(
    cells.reduce((sum, one) => plus(sum, shareOf(one)), nothing),
    1n,
    BigInt(cells.length),
  )
const pooled = (cells: readonly TotalCell[]): Fraction => reduced(sumOf(cells, 'score'), sumOf(cells, 'points'))

/**
 * The total of these cells, with what it is made of; null where nothing counts. Cells of no points count in none. By
 * weights a category counts by its points, and the weight of one without a grade goes to the others in proportion, as in
 * Canvas LMS (assignment groups) where a course has not graded all groups yet.
 */
export function totalOf(
  { by, categories }: { readonly by: TotalBy; readonly categories: readonly Category[] },
  cells: readonly TotalCell[],
): Total | null {
  const all = groupsOf(
    categories,
    cells.filter(one => tenThousandths(one.points) > 0n),
  )
  const groups = by === 'weights' ? all.filter(one => one.category && tenThousandths(one.category.weight) > 0n) : all
  if (groups.length === 0) return null
  const counted = groups.flatMap(one => one.counted)
  const weightOf = ({ category }: Group): bigint => (category ? tenThousandths(category.weight) : 0n)
  const whole =
    by === 'columns'
      ? meanOf(counted)
      : by === 'points'
        ? pooled(counted)
        : times(
            groups.reduce((sum, one) => plus(sum, times(pooled(one.counted), weightOf(one))), nothing),
            1n,
            groups.reduce((sum, one) => sum + weightOf(one), 0n),
          )
  return {
    percent: percentOf(whole),
    sum:
      by === 'points'
        ? { score: decimalOf(sumOf(counted, 'score')), points: decimalOf(sumOf(counted, 'points')) }
        : null,
    by,
    groups: groups.map(one => ({
      categoryId: one.category?.id ?? null,
      title: one.category?.title ?? null,
      weight: by === 'weights' ? (one.category?.weight ?? null) : null,
      score: decimalOf(sumOf(one.counted, 'score')),
      points: decimalOf(sumOf(one.counted, 'points')),
      percent: percentOf(by === 'columns' ? meanOf(one.counted) : pooled(one.counted)),
      counted: one.counted.map(cell => cell.gradeItemId),
      dropped: one.dropped.map(cell => cell.gradeItemId),
    })),
  }
}

/** A total as something to have so much of: its points, or its percent of a hundred. */
export const scoredTotal = ({ percent, sum }: Pick<Total, 'percent' | 'sum'>): Scored =>
  sum ?? { score: percent, points: '100' }

/** Whether weights make a hundred together, to the hundredth. */
export const isWhole = (weights: readonly string[]): boolean =>
  weights.reduce((sum, one) => sum + tenThousandths(one), 0n) === tenThousandths('100')
