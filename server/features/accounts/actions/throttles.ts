// Slows down the guessing of passwords. Failures count, on the account, on the address and on the node; a sign-in that
// succeeds costs nothing, so a whole school may sit behind one address. Says nothing about whether an account exists.
import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from '#protocol/base/problems.ts'
import type { NodeServices } from '#server/platform/feature.ts'
import { networkOf } from '../rules.ts'

/** Failures allowed in so many seconds. */
export const signInBudgets = {
  /** One person mistyping at one place. */
  pair: { points: 10, duration: 15 * 60 },
  /** One account from everywhere; high, or anybody could lock somebody else out. */
  account: { points: 100, duration: 60 * 60 },
  address: { points: 300, duration: 15 * 60 },
  node: { points: 1_200, duration: 60 },
} as const

/** How long a starting node waits for Redis. */
const readyMs = 1_000

type Name = keyof typeof signInBudgets
type Limiters = Record<Name, RateLimiterAbstract>

const names = ['pair', 'account', 'address', 'node'] as const

const inMemory = (name: Name) => new RateLimiterMemory({ keyPrefix: `sign-in-${name}`, ...signInBudgets[name] })

const makeLimiters = (make: (name: Name) => RateLimiterAbstract): Limiters => ({
  pair: make('pair'),
  account: make('account'),
  address: make('address'),
  // What one node can bear is its own affair.
  node: inMemory('node'),
})

let limiters: Limiters = makeLimiters(inMemory)

/** Counts in Redis when the node has one, for all nodes together; in memory while Redis can't be reached. */
export async function startThrottles({ redisUrl, redisPrefix, log }: NodeServices): Promise<() => Promise<void>> {
  if (!redisUrl) {
    limiters = makeLimiters(inMemory)
    return async () => undefined
  }
  const redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: 3_000 })
  redis.on('error', error => log.debug({ err: error }, 'throttles'))
  // Guesses in the first moment would be counted in memory alone; a Redis that is away does not hold up the start.
  await new Promise<void>(resolve => {
    redis.once('ready', resolve)
    setTimeout(resolve, readyMs).unref()
  })
  limiters = makeLimiters(
    name =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `${redisPrefix}sign-in-${name}`,
        insuranceLimiter: inMemory(name),
        ...signInBudgets[name],
      }),
  )
  return async () => redis.disconnect()
}

const hashed = (text: string) => createHash('sha256').update(text).digest('base64url')

const slowDown = (left: RateLimiterRes) =>
  new Problem('slow-down', { params: { retryAfter: Math.max(1, Math.ceil(left.msBeforeNext / 1000)) } })

const keysOf = (address: string, email: string): Record<Name, string> => ({
  pair: hashed(`${address} ${email}`),
  account: hashed(email),
  address: networkOf(address) || 'none',
  node: 'node',
})

/** Refuses at once, before anything slow is done, who has used their budget. Throws `slow-down`. */
export async function demandBudget(address: string, email: string): Promise<void> {
  const keys = keysOf(address, email)
  for (const name of names) {
    const left = await limiters[name].get(keys[name])
    if (left && left.remainingPoints <= 0) throw slowDown(left)
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
  const giveBack = () => Promise.all(paid.map(name => limiters[name].reward(keys[name], 1)))
  try {
    for (const name of names) {
      await limiters[name].consume(keys[name], 1)
      paid.push(name)
    }
  } catch (left) {
    await giveBack()
    throw left instanceof RateLimiterRes ? slowDown(left) : left
  }
  const right = await check()
  if (right) {
    await giveBack()
    await limiters.pair.delete(keys.pair)
  }
  return right
}
