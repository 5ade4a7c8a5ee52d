// How the benchmark suite measures: ours and the bare engines in the same run, in the order A B B A, as ratios with
// their spread, and a bare engine against itself for the resolution. A smaller difference than that is "equal".

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
  /** null: shown beside a goal, and none itself. */
  met: boolean | null
}

/** A case: measured on demand; may give several rows. Takes about a minute. */
export interface BenchCase {
  readonly id: string
  readonly what: string
  readonly run: (say: (line: string) => void) => Promise<Row[]>
}

/** The value at a share (0 to 1) of the sorted ones; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
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

type Measure<M extends string> = () => Promise<Record<M, number>>

const compared = (ours: readonly [number, number][], base: readonly [number, number][]): Comparison => {
  const ratios = ours.map(([a1, a2], round) => {
    const [b1, b2] = base[round] ?? [Number.NaN, Number.NaN]
    return (a1 + a2) / (b1 + b2)
  })
  return {
    ours: median(ours.flat()),
    baseline: median(base.flat()),
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    aa: Math.max(...base.map(([b1, b2]) => Math.max(b1, b2) / Math.min(b1, b2))),
  }
}

/**
 * Runs ours and the baselines `rounds` times as A B … B A, each measuring the figures `names`, and compares ours with
 * every baseline in every figure. All figures are medians over the rounds.
 */
export async function compare<M extends string, B extends string>(
  rounds: number,
  names: readonly M[],
  ours: Measure<M>,
  baselines: Record<B, Measure<M>>,
): Promise<Record<B, Record<M, Comparison>>> {
  const bases = Object.entries(baselines) as [B, Measure<M>][]
  const pairs = new Map<string, [number, number][]>()
  const keep = (who: string, first: Record<M, number>, second: Record<M, number>) => {
    for (const name of names) {
      const key = `${who}/${name}`
      pairs.set(key, [...(pairs.get(key) ?? []), [first[name], second[name]]])
    }
  }
  for (let round = 0; round < rounds; round++) {
    const a1 = await ours()
    const firsts: Record<M, number>[] = []
    for (const [, base] of bases) firsts.push(await base())
    const seconds: Record<M, number>[] = []
    for (const [, base] of [...bases].reverse()) seconds.unshift(await base())
    keep('', a1, await ours())
    for (const [index, [name]] of bases.entries()) {
      const [b1, b2] = [firsts[index], seconds[index]]
      if (b1 && b2) keep(name, b1, b2)
    }
  }
  const of = (who: string, name: M) => pairs.get(`${who}/${name}`) ?? []
  const result = bases.map(([base]) => [
    base,
    names.map(name => [name, compared(of('', name), of(base, name))] as const),
  ])
  return Object.fromEntries(
    result.map(([base, figures]) => [base, Object.fromEntries(figures as (readonly [M, Comparison])[])]),
  ) as Record<B, Record<M, Comparison>>
}

/** A row of a ratio that must stay at or below its goal, or reach it; without a goal it only shows. */
export function ratioRow(
  about: { id: string; what: string; unit: string },
  measured: Comparison,
  goal?: { atMost: number } | { atLeast: number },
): Row {
  const { ours: value, baseline, ratio, min, max, aa } = measured
  const figures = { value, baseline, ratio, min, max, aa }
  if (!goal) return { ...about, ...figures, goal: '-', met: null }
  return 'atMost' in goal
    ? { ...about, ...figures, goal: `<= ${goal.atMost} x`, met: ratio <= goal.atMost }
    : { ...about, ...figures, goal: `>= ${goal.atLeast} x`, met: ratio >= goal.atLeast }
}

/** A row of one figure without a baseline. */
export const plainRow = (
  about: { id: string; what: string; unit: string; goal: string },
  value: number,
  met: boolean | null,
  spread?: readonly number[],
): Row => ({
  ...about,
  value,
  baseline: null,
  ratio: null,
  min: spread ? Math.min(...spread) : null,
  max: spread ? Math.max(...spread) : null,
  aa: null,
  met,
})
