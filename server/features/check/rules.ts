// How much the network check may be asked: a school is one address, and thirty teachers may check at once. Pure.
import type { BucketFigures } from '#server/platform/call/bucket.ts'

export const checkBudgets = {
  timeOfAddress: { perSecond: 60, burst: 400 },
  timeOfNode: { perSecond: 200, burst: 1_000 },
  packetOfAddress: { perSecond: 3, burst: 40 },
  /** 4 MB a second in the long run. */
  packetOfNode: { perSecond: 20, burst: 100 },
} as const satisfies Record<string, BucketFigures>
