// How the benchmark suite measures: ours and the bare engine in the same run, in the order A B B A, as ratios with
// their spread, and the bare engine against itself for the resolution. A smaller difference than that is "equal".

/** One row of the report; `ratio` is ours over the baseline, `aa` the widest ratio of the baseline to itself. */
export interface Row {
  id: string
  what: string
  value: number
  unit: string
  baseline: number | null
  ratio: number | null
  min: number | null
  max: number | null
  aa: number | null
  goal: string
  met: boolean
}

/** A case: measured on demand; may give several rows. Takes at most a minute. */
export interface BenchCase {
  readonly id: string
  readonly what: string
  readonly run: (say: (line: string) => void) => Promise<Row[]>
}

/** The middle value; the mean of the two middle ones of an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export interface Comparison {
  ours: number
  baseline: number
  ratio: number
  min: number
  max: number
  aa: number
}

/** Runs ours and the baseline as A B B A, `rounds` times; every figure is the median over the rounds. */
export async function compare(
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<Comparison> {
  const ratios: number[] = []
  const equals: number[] = []
  const a: number[] = []
  const b: number[] = []
  for (let round = 0; round < rounds; round++) {
    const a1 = await ours()
    const b1 = await bare()
    const b2 = await bare()
    const a2 = await ours()
    a.push(a1, a2)
    b.push(b1, b2)
    ratios.push((a1 + a2) / (b1 + b2))
    equals.push(Math.max(b1, b2) / Math.min(b1, b2))
  }
  return {
    ours: median(a),
    baseline: median(b),
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    aa: Math.max(...equals),
  }
}

/** A row of a ratio that must stay at or below (or reach) its goal. */
export function ratioRow(
  about: { id: string; what: string; unit: string },
  measured: Comparison,
  goal: { atMost: number } | { atLeast: number },
): Row {
  const met = 'atMost' in goal ? measured.ratio <= goal.atMost : measured.ratio >= goal.atLeast
  const { ours: value, baseline, ratio, min, max, aa } = measured
  const words = 'atMost' in goal ? `<= ${goal.atMost} x` : `>= ${goal.atLeast} x`
  return { ...about, value, baseline, ratio, min, max, aa, goal: words, met }
}
