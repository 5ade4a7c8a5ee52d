// How often something was done in a while, counted in Redis when the node has one, for all nodes together; in memory while
// Redis can't be reached. Knows no reason to count.
import { Redis } from 'ioredis'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { NodeServices } from '#server/platform/feature.ts'

/** So many in so many seconds, from the first of them on. */
export interface CounterFigures {
  readonly points: number
  readonly duration: number
}

/** How long a starting node waits for Redis, in milliseconds. */
const readyMs = 1_000

type Make = (name: string, figures: CounterFigures) => RateLimiterAbstract

const inMemory: Make = (name, figures) => new RateLimiterMemory({ keyPrefix: name, ...figures })

const replacing: ((make: Make) => void)[] = []

/** A counter under a name of its own; asked for at each use, for it is another one once the node has started. */
export function counter(name: string, figures: CounterFigures): () => RateLimiterAbstract {
  let current = inMemory(name, figures)
  replacing.push(make => {
    current = make(name, figures)
  })
  return () => current
}

/** A counter that each node keeps for itself. */
export function nodeCounter(name: string, figures: CounterFigures): () => RateLimiterAbstract {
  let current = inMemory(name, figures)
  replacing.push(() => {
    current = inMemory(name, figures)
  })
  return () => current
}

/** Begins all counters anew, in Redis where the node has one that is ready within so many milliseconds; answers what lets go of it. */
export async function startCounters(
  { redisUrl, redisPrefix, log }: Pick<NodeServices, 'redisUrl' | 'redisPrefix' | 'log'>,
  withinMs: number = readyMs,
): Promise<() => Promise<void>> {
  if (!redisUrl) {
    for (const replace of replacing) replace(inMemory)
    return async () => undefined
  }
  const redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: 3_000 })
  redis.on('error', error => log.debug({ err: error }, 'counters'))
  // What is counted in the first moment would be counted in memory alone; a Redis that is away does not hold up the start.
  await new Promise<void>(resolve => {
    redis.once('ready', resolve)
    setTimeout(resolve, withinMs).unref()
  })
  for (const replace of replacing)
    replace(
      (name, figures) =>
        new RateLimiterRedis({
          storeClient: redis,
          keyPrefix: redisPrefix + name,
          insuranceLimiter: inMemory(name, figures),
          ...figures,
        }),
    )
  return async () => redis.disconnect()
}
