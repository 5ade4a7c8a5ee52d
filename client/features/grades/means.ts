// Means for the gradebook's total and its last row, as people read them. Never used to compute a grade. Pure.
import type { GradeCell } from '#protocol/grades.ts'

/** A cell in percent of its points; null where there are none to have. */
export const percentOf = ({ score, points }: Pick<GradeCell, 'score' | 'points'>): number | null =>
  Number(points) > 0 ? (100 * Number(score)) / Number(points) : null

/** The mean of what is there; null of nothing. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
