// What a caller may still ask, told with each answer as draft-ietf-httpapi-ratelimit-headers-10 says (RateLimit-Policy and
// RateLimit, structured fields of RFC 9651). Tells only; who pays and how much is decided elsewhere.
import { Problem } from '#protocol/base/problems.ts'
import type { Bucket } from '../call/bucket.ts'

/** One budget after a call was paid from it. */
export interface Allowance {
  /** How the budget is called, in letters. */
  readonly policy: string
  /** So many calls … */
  readonly quota: number
  /** … in so many seconds. */
  readonly windowSeconds: number
  readonly remaining: number
  /** Seconds until the whole quota is there again. */
  readonly resetSeconds: number
  /** Seconds after which it is worth asking again; 0 when the call was paid. */
  readonly waitSeconds: number
}

/** Takes one call from a budget that fills again all the time, and tells how it stands. */
export function payFrom(policy: string, bucket: Bucket): Allowance {
  const { burst, perSecond } = bucket.figures
  const paid = bucket.take()
  return {
    policy,
    quota: burst,
    windowSeconds: Math.ceil(burst / perSecond),
    remaining: bucket.left,
    resetSeconds: Math.ceil((burst - bucket.left) / perSecond),
    waitSeconds: paid ? 0 : Math.max(1, Math.ceil(bucket.waitMs() / 1_000)),
  }
}

/** The two fields, the budgets in the order given. */
export const allowanceFields = (budgets: readonly Allowance[]): Readonly<Record<string, string>> => ({
  'RateLimit-Policy': budgets
    .map(({ policy, quota, windowSeconds }) => `"${policy}";q=${quota};w=${windowSeconds}`)
    .join(),
  RateLimit: budgets
    .map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`)
    .join(),
})

/** Throws `slow-down` with the longest wait when one of the budgets is spent. */
export function demandPaid(budgets: readonly Allowance[]): void {
  const retryAfter = Math.max(0, ...budgets.map(one => one.waitSeconds))
  if (retryAfter > 0) throw new Problem('slow-down', { params: { retryAfter } })
}
