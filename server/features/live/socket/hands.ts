// The fleeting numbers of raised hands: everybody hears how many are up, the first who wait how many are before them. One
// node speaks for a room; each number is told only when it is new.
import type { AccountId } from '#protocol/base/ids.ts'
import type { FleetingOf } from '#protocol/base/scope.ts'
import { seatId, seatScope } from '#protocol/live/hands.ts'
import { runScope } from '#protocol/live.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { gather } from '#server/platform/db/gather.ts'
import type { NodeServices } from '#server/platform/feature.ts'
import { waitingIn } from '../queries/hands.ts'
import { presence } from './counts.ts'

/** Milliseconds between looks at the queues. */
const everyMs = 500

/** What was last told of a class. */
interface Told {
  readonly up: number
  readonly places: ReadonlyMap<AccountId, number>
}

const told = new Map<string, Told>()

async function look(ctx: Ctx): Promise<void> {
  const speaks = new Set(presence.rooms().filter(runId => presence.speaks(runId)))
  // While another node speaks, what this one said last is not what people know.
  for (const runId of told.keys()) if (!speaks.has(runId)) told.delete(runId)
  if (speaks.size === 0) return
  const found = await waitingIn(ctx, [...speaks])
  for (const runId of speaks) {
    const { up, waiting } = found.get(runId) ?? { up: 0, waiting: [] }
    const before = told.get(runId)
    const places = new Map(waiting.map((accountId, index) => [accountId, index]))
    told.set(runId, { up, places })
    if (up !== (before?.up ?? 0)) ctx.emit(runScope, runId, { kind: 'hands', body: { up } })
    for (const [accountId, place] of places)
      if (before?.places.get(accountId) !== place)
        ctx.emit(seatScope, seatId(runId, accountId), { kind: 'place', body: { before: place } })
  }
}

/** Begins to tell hands on this node. */
export function startHands(services: NodeServices): () => Promise<void> {
  let turn: Promise<void> | undefined
  const timer = setInterval(() => {
    turn ??= look(services.systemCtx())
      .catch(error => services.log.warn({ err: error }, 'hands'))
      .finally(() => {
        turn = undefined
      })
  }, everyMs)
  return async () => {
    clearInterval(timer)
    told.clear()
    await turn
  }
}

const handsUp = gather(async (ctx, runIds: readonly string[]) => {
  const found = await waitingIn(ctx, [...new Set(runIds)])
  return runIds.map(runId => found.get(runId)?.up ?? 0)
})

/** How many hands are up, for somebody who enters the class. */
export async function handNumbers(ctx: Ctx, runId: string): Promise<FleetingOf<typeof runScope>[]> {
  const up = await handsUp(ctx, runId)
  return up > 0 ? [{ kind: 'hands', body: { up } }] : []
}
