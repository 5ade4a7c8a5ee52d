// What programs may ask: each token has a budget of its own and all of a person's tokens one together, apart from what
// the person's browser has. A script that runs wild stops itself alone.
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { TokenId } from '#protocol/accounts/tokens.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Allowance } from '#server/platform/http/allowance.ts'
import { counter } from './counters.ts'

/** Calls in so many seconds. */
export const tokenBudgets = {
  token: { points: 200, duration: 10 },
  /** All tokens of one person. */
  account: { points: 600, duration: 10 },
} as const

type Name = keyof typeof tokenBudgets

const counters = {
  token: counter('calls-token', tokenBudgets.token),
  account: counter('calls-account', tokenBudgets.account),
}

async function payFrom(name: Name, key: string): Promise<Allowance> {
  const outcome = await counters[name]()
    .consume(key, 1)
    .then(
      left => ({ left, paid: true }),
      (left: unknown) => ({ left, paid: false }),
    )
  if (!(outcome.left instanceof RateLimiterRes)) throw outcome.left
  const { points, duration } = tokenBudgets[name]
  const resetSeconds = Math.max(1, Math.ceil(outcome.left.msBeforeNext / 1_000))
  return {
    policy: name,
    quota: points,
    windowSeconds: duration,
    remaining: Math.max(0, outcome.left.remainingPoints),
    resetSeconds,
    waitSeconds: outcome.paid ? 0 : resetSeconds,
  }
}

/** Takes one call from what a token may ask. What the token itself may not, the person's other tokens do not pay. */
export async function payForCall(tokenId: TokenId, accountId: AccountId): Promise<readonly Allowance[]> {
  const own = await payFrom('token', tokenId)
  return own.waitSeconds > 0 ? [own] : [own, await payFrom('account', accountId)]
}
