// How often a seat may change its answer to one item: as fast as fingers do at first, at a walk in the long run, for each
// change is a row that stays. Kept by each node for itself; the first answer costs nothing.
import { Problem } from '#protocol/base/problems.ts'
import { Buckets } from '#server/platform/call/bucket.ts'

/** Both hold: ten at once and one a second, a hundred at once and two a minute. */
export const changeBudgets = {
  quick: { burst: 10, perSecond: 1 },
  steady: { burst: 100, perSecond: 1 / 30 },
} as const

const quick = new Buckets(changeBudgets.quick)
const steady = new Buckets(changeBudgets.steady)

/** Pays for one change of the answer that `seatAndItem` names; `slow-down` when there is nothing left to pay with. */
export function tooManyChanges(seatAndItem: string): Problem | null {
  const buckets = [quick.of(seatAndItem), steady.of(seatAndItem)]
  const longest = Math.max(...buckets.map(bucket => bucket.waitMs()))
  if (longest > 0) return new Problem('slow-down', { params: { retryAfter: Math.ceil(longest / 1_000) } })
  for (const bucket of buckets) bucket.take()
  return null
}
