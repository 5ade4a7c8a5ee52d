// What a search may cost: how often somebody looks, and how long the database looks for them. A search goes through what
// the whole school has written, and must never keep those waiting who teach.
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { Buckets } from '#server/platform/call/bucket.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readWithin } from '#server/platform/db/transact.ts'

/** Of one search, in milliseconds. */
const mostMs = 3_000

// Whoever types asks at each pause, in the palette and on the page.
const asking = new Buckets({ burst: 40, perSecond: 4 })

/** Looks within what a search may cost. Throws `slow-down`, and `too-wide` for what is not found in time. */
export async function withinLimits<T>(ctx: Ctx, accountId: AccountId, look: (ctx: Ctx) => Promise<T>): Promise<T> {
  const bucket = asking.of(accountId)
  const retryAfter = Math.ceil(bucket.waitMs() / 1_000)
  if (!bucket.take()) throw new Problem('slow-down', { params: { retryAfter } })
  return readWithin(ctx, { ms: mostMs, otherwise: 'too-wide' }, look)
}
