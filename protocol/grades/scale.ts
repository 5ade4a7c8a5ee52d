// How a course shows grades: as points, as percent, or by the names of bands. One rule decides what is shown, everywhere;
// what is kept and computed stays points. Pure, never a float.
import * as z from 'zod/mini'
import { decimalOf, tenThousandths } from '../base/decimal.ts'
import { line } from '../base/ids.ts'
import { percentage } from './late.ts'

export const mostBands = 20

const band = z.strictObject({
  name: line(30),
  /** In percent of the points: a grade of at least so many is in it, unless one above takes it. */
  from: percentage,
})
export type Band = z.infer<typeof band>

const clean = (name: string): string => name.toLocaleLowerCase()

/** From the highest to the lowest: two at least, each from less than the one before, the last from 0, no name twice. */
export const bands = z.array(band).check(
  z.minLength(2),
  z.maxLength(mostBands),
  z.refine(all => all.every((one, at) => at === 0 || Number(one.from) < Number(all[at - 1]?.from))),
  z.refine(all => Number(all.at(-1)?.from) === 0),
  z.refine(all => new Set(all.map(one => clean(one.name))).size === all.length),
)

export const showsAs = z.enum(['points', 'percent', 'bands'])
export type ShowsAs = z.infer<typeof showsAs>

/** Bands are kept also while grades are shown in another way. */
export const scale = z.strictObject({ shows: showsAs, bands })
export type Scale = z.infer<typeof scale>

/** Letters as they are common in North America. */
export const letterBands: readonly Band[] = [
  { name: 'A', from: '90' },
  { name: 'B', from: '80' },
  { name: 'C', from: '70' },
  { name: 'D', from: '60' },
  { name: 'F', from: '0' },
]

export const usualScale: Scale = { shows: 'points', bands: [...letterBands] }

/** A score and what there is to have; both decimal strings. */
export interface Scored {
  readonly score: string
  readonly points: string
}

/** What is shown of a grade. */
export type ShownGrade =
  | { readonly as: 'points'; readonly score: string; readonly points: string }
  | { readonly as: 'percent'; readonly percent: string }
  | { readonly as: 'band'; readonly name: string; readonly percent: string }

/** In percent with two decimals at most, half up; null where there are no points to have. */
export function percentIn({ score, points }: Scored): string | null {
  const whole = tenThousandths(points)
  if (whole <= 0n) return null
  return decimalOf(((2n * tenThousandths(score) * 10_000n + whole) / (2n * whole)) * 100n)
}

/**
 * What a course shows of a grade. Bands are found by the percent as it is read, rounded to two decimals, so that nobody
 * who reads 90 stands below the band from 90. A grade of no points is shown as points, whatever the scale.
 */
export function shownGrade({ shows, bands }: Scale, grade: Scored): ShownGrade {
  const percent = shows === 'points' ? null : percentIn(grade)
  if (percent === null) return { as: 'points', score: grade.score, points: grade.points }
  if (shows === 'percent') return { as: 'percent', percent }
  const name = bands.find(one => tenThousandths(percent) >= tenThousandths(one.from))?.name ?? bands.at(-1)?.name
  return name === undefined ? { as: 'percent', percent } : { as: 'band', name, percent }
}

/** The same as plain words, for files: "17.5", "87.5 %", "B". */
export function shownWords(scale: Scale, grade: Scored): string {
  const shown = shownGrade(scale, grade)
  return shown.as === 'points' ? shown.score : shown.as === 'percent' ? `${shown.percent} %` : shown.name
}
