// How many guests are made: without an account nobody else could be asked to pay. A school that arrives within a minute
// passes at once, from one address; beyond that guests of a place come one after the other, so that a loop with a valid
// code makes rows at a walk. Kept by each node for itself.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '#protocol/base/problems.ts'
import { Bucket, type BucketFigures, Buckets } from '#server/platform/call/bucket.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { networkOf, siteOf } from '../rules.ts'

/** At once after a pause, and a second from then on: one network makes at most 86,000 guests a day, a node 1.7 million. */
export const guestBudgets = {
  network: { burst: 2_500, perSecond: 1 },
  /** An IPv6 /48. */
  site: { burst: 5_000, perSecond: 2 },
  node: { burst: 10_000, perSecond: 20 },
} as const satisfies Record<string, BucketFigures>

/** How long somebody is held up before they are told to come back; below the patience of a browser. */
const patienceMs = 10_000

/** Shaping that has seen nobody yet; a node has one. What it makes throws `slow-down`. */
export function guestShaping(
  budgets: Readonly<Record<keyof typeof guestBudgets, BucketFigures>> = guestBudgets,
  mostMs: number = patienceMs,
): (ctx: Ctx) => Promise<void> {
  const networks = new Buckets(budgets.network)
  const sites = new Buckets(budgets.site)
  const node = new Bucket(budgets.node)
  return async ({ address }) => {
    const site = siteOf(address)
    const buckets = [networks.of(networkOf(address)), ...(site === undefined ? [] : [sites.of(site)]), node]
    // All are asked before any is taken from: who is refused costs nobody anything.
    const longest = Math.max(...buckets.map(bucket => bucket.waitMs()))
    if (longest > mostMs)
      throw new Problem('slow-down', { params: { retryAfter: Math.ceil((longest - mostMs) / 1_000) } })
    for (const bucket of buckets) bucket.reserve(longest)
    if (longest > 0) await wait(longest)
  }
}

/** Waits until one more guest may be made for this caller. Outside a transaction. Throws `slow-down`. */
export const demandRoomForGuest = guestShaping()
