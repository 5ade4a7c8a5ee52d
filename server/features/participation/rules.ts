// Which weeks a window holds. Pure: days as text, so that no time zone is involved.
import { windowWeeks } from '#protocol/participation.ts'

const dayMs = 86_400_000

/** The Mondays of the window that ends with the week of this day (YYYY-MM-DD), oldest first. */
export function weeksUntil(day: string, count: number = windowWeeks): string[] {
  const at = Date.parse(`${day.slice(0, 10)}T00:00:00.000Z`)
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * dayMs
  return Array.from({ length: count }, (_, back) =>
    new Date(monday - (count - 1 - back) * 7 * dayMs).toISOString().slice(0, 10),
  )
}

/** The day after the window. */
export const endOf = (weeks: readonly string[]): string =>
  new Date(Date.parse(`${weeks.at(-1) ?? '1970-01-05'}T00:00:00.000Z`) + 7 * dayMs).toISOString().slice(0, 10)
