// The doors of the network check. They need no database; a network address and the node have budgets, and whoever has
// used them is told when to come again.
import { randomBytes } from 'node:crypto'
import { Problem } from '#protocol/base/problems.ts'
import { type checkRoutes, packetSize } from '#protocol/check.ts'
import { type BucketFigures, Buckets } from '#server/platform/call/bucket.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { checkBudgets } from './rules.ts'

// Random, so that no proxy on the way makes it small.
const filler = randomBytes((packetSize * 3) / 4).toString('base64url')

const opened = new Map<BucketFigures, Buckets>(Object.values(checkBudgets).map(one => [one, new Buckets(one)]))

/** Takes one of a budget. Throws `slow-down`. */
function pay(figures: BucketFigures, key: string): void {
  if (opened.get(figures)?.of(key).take() !== true) throw new Problem('slow-down', { params: { retryAfter: 1 } })
}

const asks = ({ address }: Ctx) => address || 'none'

export const httpHandlers: Handlers<typeof checkRoutes> = {
  time: async ctx => {
    pay(checkBudgets.timeOfAddress, asks(ctx))
    pay(checkBudgets.timeOfNode, 'node')
    return { now: ctx.now.toISOString() }
  },
  packet: async ctx => {
    pay(checkBudgets.packetOfAddress, asks(ctx))
    pay(checkBudgets.packetOfNode, 'node')
    return { filler }
  },
}
