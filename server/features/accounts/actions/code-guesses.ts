// Slows down the guessing of join codes, of classes and courses alike, and of keys; never says whether a code was nearly right. Wrong
// ones count on the account, the network, its site and the node; a right one costs nothing, for a school is one address.
// A spent account is refused; a spent network or node lets look-ups through one at a time and rests after a wrong one, so
// that one guesser costs a school seconds and not its lesson.
//
// What is left to a guesser, a day: of one network 120 + 240 a minute, 518,000; of one node, from everywhere, 3,000 + 1,200
// a minute, 6.0 million. A class has one of 32^6 = 1.07e9 codes while it is open, so with a hundred open around the clock
// one network finds one in three weeks, and what is found is a guest's seat that its host sees. A course has one of 30^8 =
// 6.6e11; anybody is told its title by it, and joining asks for an account, 10 a minute: with a thousand courses a whole node's
// worth of guesses finds one in 110 days.
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { networkOf, siteOf } from '../rules.ts'
import { type GateFigures, type Gates, gatePatience, makeGates } from './gates.ts'

/** Wrong codes that pass freely, and what happens beyond. */
export const codeBudgets = {
  account: { most: 10, seconds: 60, beyond: 'refuse' },
  /** An IPv4 address or an IPv6 /64. */
  network: { most: 120, seconds: 60, beyond: { restMs: 250 } },
  /** An IPv6 /48: whoever has one has 65,536 networks. */
  site: { most: 480, seconds: 60, beyond: { restMs: 125 } },
  node: { most: 3_000, seconds: 60, beyond: { restMs: 50 } },
} as const satisfies Record<string, GateFigures>

type Budget = keyof typeof codeBudgets

function keysOf({ who, address }: Ctx): [Budget, string][] {
  const site = siteOf(address)
  return [
    ...(who.kind === 'account' ? [['account', who.accountId] as [Budget, string]] : []),
    ['network', networkOf(address)],
    ...(site === undefined ? [] : [['site', site] as [Budget, string]]),
    ['node', 'node'],
  ]
}

/** A throttle that has counted nothing yet; a node has one. */
export function codeThrottle(
  budgets: Readonly<Record<Budget, GateFigures>> = codeBudgets,
  patienceMs: number = gatePatience.ms,
): <T>(ctx: Ctx, look: () => Promise<T>) => Promise<T> {
  const gates: Record<Budget, Gates> = {
    account: makeGates(budgets.account, patienceMs),
    network: makeGates(budgets.network, patienceMs),
    site: makeGates(budgets.site, patienceMs),
    node: makeGates(budgets.node, patienceMs),
  }
  return async (ctx, look) => {
    // Its connection is what others wait for.
    if ('client' in ctx) throw new Error('A code is looked up before the transaction, for it may have to wait')
    const leave: ((outcome: 'failed' | 'passed') => void)[] = []
    let outcome: 'failed' | 'passed' = 'passed'
    try {
      // Always from the smallest to the largest: nobody waits for somebody who waits for them.
      for (const [budget, key] of keysOf(ctx)) leave.push(await gates[budget](key))
      return await look()
    } catch (error) {
      if (error instanceof Problem && (error.code === 'code-unknown' || error.code === 'key-wrong')) outcome = 'failed'
      throw error
    } finally {
      for (const say of leave) say(outcome)
    }
  }
}

/**
 * Runs one look-up of a code, paid for beforehand, so that guesses sent at the same time are counted too; only one that
 * ends in `code-unknown` or `key-wrong` stays paid. Outside a transaction: it may have to wait. Throws `slow-down`.
 */
export const guessingCode = codeThrottle()
