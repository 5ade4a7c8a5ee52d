// Slows down the guessing of passwords. Failures count, on the account, on the address and on the node; a sign-in that
// succeeds costs nothing, so a whole school may sit behind one address. Says nothing about whether an account exists.
// A spent pair or account is refused. A spent address, site or node lets checks through one at a time and rests after
// each that failed: one account is guessed at most 2,400 times a day from everywhere, by one address at most 960 times;
// one address has 300 + 3,600 guesses in 15 minutes (374,000 a day) to spread over accounts whose passwords are strong.
import { createHash } from 'node:crypto'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from '#protocol/base/problems.ts'
import { networkOf, siteOf } from '../rules.ts'
import { counter, nodeCounter } from './counters.ts'
import { type Gates, makeGates } from './gates.ts'
import { inPasswordQueue } from './passwords.ts'

/** Failures allowed in so many seconds. */
export const signInBudgets = {
  /** One person mistyping at one place. */
  pair: { points: 10, duration: 15 * 60 },
  /** One account from everywhere; high, or anybody could lock somebody else out. */
  account: { points: 100, duration: 60 * 60 },
  /** An IPv4 address or an IPv6 /64. */
  address: { points: 300, duration: 15 * 60 },
  /** An IPv6 /48. */
  site: { points: 900, duration: 15 * 60 },
  node: { points: 1_200, duration: 60 },
} as const

type Name = keyof typeof signInBudgets

/** Beyond these somebody is refused; they concern nobody else. */
const refusing = ['pair', 'account'] as const
/** Beyond these everybody of the place is slowed down. From the smallest to the largest. */
const slowing = ['address', 'site', 'node'] as const

/** Milliseconds of rest after a failure there. Kept by each node for itself. */
export const signInRest = { address: 250, site: 125, node: 50 } as const

const laneOf = (restMs: number) => makeGates({ most: 0, seconds: 1, beyond: { restMs } })

const lanes: Readonly<Record<(typeof slowing)[number], Gates>> = {
  address: laneOf(signInRest.address),
  site: laneOf(signInRest.site),
  node: laneOf(signInRest.node),
}

const limiters: Readonly<Record<Name, () => RateLimiterAbstract>> = {
  pair: counter('sign-in-pair', signInBudgets.pair),
  account: counter('sign-in-account', signInBudgets.account),
  address: counter('sign-in-address', signInBudgets.address),
  site: counter('sign-in-site', signInBudgets.site),
  // What one node can bear is its own affair.
  node: nodeCounter('sign-in-node', signInBudgets.node),
}

const hashed = (text: string) => createHash('sha256').update(text).digest('base64url')

const slowDown = (left: RateLimiterRes) =>
  new Problem('slow-down', { params: { retryAfter: Math.max(1, Math.ceil(left.msBeforeNext / 1000)) } })

const keysOf = (address: string, email: string): Record<Name, string | undefined> => ({
  pair: hashed(`${address} ${email}`),
  account: hashed(email),
  address: networkOf(address) || 'none',
  site: siteOf(address),
  node: 'node',
})

/** Refuses at once, before anything slow is done, who has used their budget. Throws `slow-down`. */
export async function demandBudget(address: string, email: string): Promise<void> {
  const keys = keysOf(address, email)
  for (const name of refusing) {
    const left = await limiters[name]().get(keys[name] ?? '')
    if (left && left.remainingPoints <= 0) throw slowDown(left)
  }
}

/**
 * Runs a check in its turn: at once while the address, its site and the node have budget left, else one after the other.
 * Those who were let in before it was spent are not called back: as many as the password queue holds. Throws `slow-down`
 * when the turn does not come in time.
 */
export async function inTurn(address: string, check: () => Promise<boolean>): Promise<boolean> {
  const keys = keysOf(address, '')
  const leave: ((outcome: 'failed' | 'passed') => void)[] = []
  let outcome: 'failed' | 'passed' = 'passed'
  try {
    for (const name of slowing) {
      const key = keys[name]
      const left = key === undefined ? null : await limiters[name]().get(key)
      if (key !== undefined && left && left.remainingPoints <= 0) leave.push(await lanes[name](key))
    }
    const right = await check()
    if (!right) outcome = 'failed'
    return right
  } finally {
    for (const say of leave) say(outcome)
  }
}

/**
 * Runs one check of a password. It is paid for beforehand, so that guesses sent at the same time are counted too, and
 * the price given back when it was right. Throws `slow-down`.
 */
export async function payingForFailure(
  address: string,
  email: string,
  check: () => Promise<boolean>,
): Promise<boolean> {
  const keys = keysOf(address, email)
  const paid: Name[] = []
  const giveBack = () => Promise.all(paid.map(name => limiters[name]().reward(keys[name] ?? '', 1)))
  const pay = async (name: Name) => {
    const key = keys[name]
    if (key === undefined) return undefined
    const spent = await limiters[name]()
      .consume(key, 1)
      .then(
        () => undefined,
        (left: unknown) => left,
      )
    if (spent !== undefined && !(spent instanceof RateLimiterRes)) throw spent
    paid.push(name)
    return spent
  }
  try {
    for (const name of refusing) {
      const spent = await pay(name)
      if (spent) throw slowDown(spent)
    }
    // These slow down and never refuse: `inTurn` has seen to it.
    for (const name of slowing) await pay(name)
    const right = await check()
    if (right) {
      await giveBack()
      await limiters.pair().delete(keys.pair ?? '')
    }
    return right
  } catch (error) {
    await giveBack()
    throw error
  }
}

/**
 * Checks a password under all budgets, in the queue of slow work. Throws `slow-down`, and `busy` when too many wait for
 * the queue.
 */
export async function checkingPassword(
  address: string,
  email: string,
  check: () => Promise<boolean>,
): Promise<boolean> {
  await demandBudget(address, email)
  return inTurn(address, () => inPasswordQueue(() => payingForFailure(address, email, check)))
}
