// How fast one person may go, kept in the memory of a node: talking, reacting, opening talks. Nothing here is durable.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { type Budget, type Pace, spend } from '../rules/messages.ts'

const mostBudgets = 20_000

/** A pace for each account. `take` answers the seconds to wait, 0 when one was taken. */
export function paceOfEach(pace: Pace): { take(who: AccountId, at: Date): number } {
  const budgets = new Map<AccountId, Budget>()
  return {
    take(who, at) {
      const { budget, wait } = spend(budgets.get(who), at.getTime(), pace)
      // In order of last use, so that those forgotten first have long had a full budget again.
      budgets.delete(who)
      budgets.set(who, budget)
      if (budgets.size > mostBudgets) for (const [oldest] of budgets) if (budgets.delete(oldest)) break
      return wait
    },
  }
}

/** The same for items of a storm: a group that failed is tried again one by one, and what an item was told stands. */
export function paceOfStorm<Item extends object>(pace: Pace): (item: Item, who: AccountId, at: Date) => number {
  const budgets = paceOfEach(pace)
  const decided = new WeakMap<Item, number>()
  return (item, who, at) => {
    const wait = decided.get(item) ?? budgets.take(who, at)
    decided.set(item, wait)
    return wait
  }
}

/** Refused for going too fast. */
export const tooFast = (wait: number): Problem => new Problem('slow-down', { params: { retryAfter: wait } })
