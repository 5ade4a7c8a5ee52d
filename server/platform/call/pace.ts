// How fast one person may go: what is left of each one's budget is worked out from the moments of what they did, so that
// whoever asks says when. Kept by each node for itself; says nothing about what is paid with it.
import { Problem } from '#protocol/base/problems.ts'
import type { BucketFigures } from './bucket.ts'

/** What is left of somebody's budget, as of a moment (milliseconds). */
export interface Budget {
  readonly left: number
  readonly at: number
}

/** Takes one from a budget at `at` (milliseconds). `wait`: seconds until there is one again; 0 means taken. Pure. */
export function spend(budget: Budget | undefined, at: number, pace: BucketFigures): { budget: Budget; wait: number } {
  const since = budget ? Math.max(0, at - budget.at) / 1_000 : Number.POSITIVE_INFINITY
  const left = Math.min(pace.burst, (budget?.left ?? 0) + since * pace.perSecond)
  const when = Math.max(at, budget?.at ?? at)
  if (left < 1) return { budget: { left, at: when }, wait: Math.ceil((1 - left) / pace.perSecond) }
  return { budget: { left: left - 1, at: when }, wait: 0 }
}

const mostBudgets = 20_000

/** Budgets by key, all of the same paces. */
export interface Paces {
  /** The seconds to wait until every pace lets one through; 0 when one was taken of each, none is taken otherwise. */
  take(key: string, at: Date): number
}

/** Paces for each key, which hold together: the quick and the steady one, say. */
export function paceOfEach(...paces: readonly BucketFigures[]): Paces {
  const budgets = new Map<string, readonly Budget[]>()
  return {
    take(key, at) {
      const before = budgets.get(key)
      const spent = paces.map((pace, index) => spend(before?.[index], at.getTime(), pace))
      const wait = Math.max(...spent.map(one => one.wait))
      // In order of last use, so that those forgotten first have long had a full budget again.
      budgets.delete(key)
      const after = wait === 0 ? spent.map(one => one.budget) : before
      if (after) budgets.set(key, after)
      if (budgets.size > mostBudgets) for (const [oldest] of budgets) if (budgets.delete(oldest)) break
      return wait
    },
  }
}

/** The same for items of a storm: a group that failed is tried again one by one, and what an item was told stands. */
export function paceOfStorm<Item extends object>(
  ...paces: readonly BucketFigures[]
): (item: Item, key: string, at: Date) => number {
  const budgets = paceOfEach(...paces)
  const decided = new WeakMap<Item, number>()
  return (item, key, at) => {
    const wait = decided.get(item) ?? budgets.take(key, at)
    decided.set(item, wait)
    return wait
  }
}

/** Refused for going too fast; `wait` in seconds. */
export const tooFast = (wait: number): Problem => new Problem('slow-down', { params: { retryAfter: wait } })
