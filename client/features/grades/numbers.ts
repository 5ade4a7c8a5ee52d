// Decimal strings of the wire as people read them. Never used to compute a grade.
import { locale } from '#client/platform/texts.ts'

/** "7.5000" as "7.5", "1234" as "1,234": at most two decimals. */
export const score = (decimal: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(Number(decimal))

/** The share of the points, 0 to 1; 0 of 0 points. */
export const shareOf = (got: string, points: string): number => (Number(points) > 0 ? Number(got) / Number(points) : 0)

/** The same with both decimals, where figures are to be added up: "3.00". */
export const written = (decimal: string): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(decimal))
