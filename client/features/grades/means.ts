// Means for the last row of the gradebook, as people read them. Never used to compute a grade. Pure.

/** The mean of what is there; null of nothing. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
