// Cuts values into ranges of one round width. Far outliers gather in the first and the last range, so that one wild guess
// does not press everything else into a single bar. Pure; for drawing, never for marking.
import { locale } from '#client/platform/texts.ts'

export interface HistogramValue {
  readonly at: number
  readonly label: string
  readonly count: number
  readonly right?: boolean | undefined
}

export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
  /** The range in words. */
  readonly label: string
  /** What stands below the bar. */
  readonly short: string
}

const wanted = 10

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find(one => one * power >= least * 0.999_999) ?? 10
  return factor * power
}

/** The value below which a share of all answers lies. */
function quantile(sorted: readonly HistogramValue[], share: number): number {
  const total = sorted.reduce((sum, one) => sum + one.count, 0)
  let seen = 0
  for (const one of sorted) {
    seen += one.count
    if (seen >= total * share) return one.at
  }
  return sorted.at(-1)?.at ?? 0
}

const write = (value: number): string =>
  new Intl.NumberFormat(locale, {
    maximumSignificantDigits: 4,
    notation: Math.abs(value) >= 1e7 ? 'compact' : 'standard',
  }).format(value)

/** The ranges, and where the axis begins and ends. `within`: what is to be on it however the answers lie. */
export function binsOf(
  values: readonly HistogramValue[],
  within?: { readonly from: number; readonly to: number },
): { bins: readonly Bin[]; from: number; to: number } {
  const sorted = values.filter(one => Number.isFinite(one.at)).sort((a, b) => a.at - b.at)
  const [first] = sorted
  const last = sorted.at(-1)
  if (!first || !last) return { bins: [], from: 0, to: 1 }
  const low = quantile(sorted, 0.25)
  const high = quantile(sorted, 0.75)
  const reach = 2 * (high - low)
  const near = reach > 0 ? sorted.filter(one => one.at >= low - reach && one.at <= high + reach) : sorted
  const begin = Math.min((near[0] ?? first).at, within?.from ?? Number.POSITIVE_INFINITY)
  const end = Math.max((near.at(-1) ?? last).at, within?.to ?? Number.NEGATIVE_INFINITY)
  // What a float can't tell apart is one value to the eye.
  const apart = end - begin > Math.max(Math.abs(begin), Math.abs(end), Number.MIN_VALUE * 1e20) * 1e-9
  const width = roundWidth(apart ? (end - begin) / wanted : Math.max(1, Math.abs(begin) / 10))
  const from = Math.floor(begin / width) * width
  const many = Math.max(1, Math.floor((end - from) / width) + 1)
  const counts = new Array<number>(many).fill(0)
  for (const one of sorted) {
    const at = Math.min(many - 1, Math.max(0, Math.floor((one.at - from) / width)))
    counts[at] = (counts[at] ?? 0) + one.count
  }
  const bins = counts.map((count, at) => {
    const start = from + at * width
    const under = at === 0 && first.at < from
    const over = at === many - 1 && last.at >= from + many * width
    const label = `${under ? '≤ ' : ''}${write(start)} – ${write(start + width)}${over ? ' ≤' : ''}`
    return {
      from: start,
      to: start + width,
      count,
      label,
      short: `${under ? '≤' : ''}${write(start)}${over ? '≤' : ''}`,
    }
  })
  return { bins, from, to: from + many * width }
}
