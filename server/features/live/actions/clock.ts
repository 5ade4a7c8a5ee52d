// The clock of the classes: what is due is written on time by whichever node comes first, so no host is needed. When a
// node dies, what it had timers for is written a fifth of a second late by a node on which something runs, and up to a
// second late by one that was idle. Exact timers are for latency, the look at the table is the truth.
import type { DeliveryId } from '#protocol/activities.ts'
import { dueDeliveries, liveClockRuns } from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { NodeServices } from '#server/platform/feature.ts'

/** Milliseconds between looks at what is due, and between looks whether anything runs at all. */
export const clockRhythm = { due: 200, idle: 1_000 } as const

const nodes: NodeServices[] = []
const timers = new Map<DeliveryId, NodeJS.Timeout>()
let advance: ((ctx: WriteCtx, deliveryId: DeliveryId) => Promise<void>) | undefined
let running = false

function forget(deliveryId: DeliveryId): void {
  clearTimeout(timers.get(deliveryId))
  timers.delete(deliveryId)
}

async function write(services: NodeServices, deliveryId: DeliveryId): Promise<void> {
  if (!advance) return
  const run = advance
  await services
    .transact(ctx => run(ctx, deliveryId))
    .catch(error => services.log.warn({ err: error, deliveryId }, 'a close was not written in time'))
}

/** Once committed, writes the transition of a delivery at its moment. `at` null forgets an earlier one. */
export function advanceInTime(ctx: WriteCtx, deliveryId: DeliveryId, at: Date | null): void {
  // Whoever plays the past steers on in it; a timer would close in the present.
  if (ctx.playedAt) return
  ctx.afterCommit(() => {
    forget(deliveryId)
    const services = nodes.at(-1)
    if (!at || !services) return
    running = true
    const wait = Math.max(0, at.getTime() - services.now().getTime()) + 1
    // Node's timers end at 24.8 days; what is further away is left to the look at the table.
    if (wait > 86_400_000) return
    const timer = setTimeout(() => {
      timers.delete(deliveryId)
      void write(services, deliveryId)
    }, wait)
    timers.set(deliveryId, timer)
  })
}

async function look(services: NodeServices): Promise<void> {
  // In a transaction of its own: the locks this takes must not be held when a run's row is waited for.
  const due = await services.transact(dueDeliveries)
  for (const deliveryId of due) await write(services, deliveryId)
}

/** Starts the clock of a node; `advanceRun` is what is done with a delivery whose time has come. */
export async function startClock(
  services: NodeServices,
  advanceRun: (ctx: WriteCtx, deliveryId: DeliveryId) => Promise<void>,
): Promise<() => Promise<void>> {
  advance = advanceRun
  nodes.push(services)
  let turn: Promise<void> | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  const tick = async () => {
    const now = performance.now()
    if (!running && now - lookedAt < clockRhythm.idle) return
    if (now - lookedAt >= clockRhythm.idle) {
      lookedAt = now
      running = await liveClockRuns(services.systemCtx())
    }
    if (running) await look(services)
  }
  const timer = setInterval(() => {
    turn ??= tick()
      .catch(error => services.log.warn({ err: error }, 'the clock of the classes'))
      .finally(() => {
        turn = undefined
      })
  }, clockRhythm.due)
  return async () => {
    clearInterval(timer)
    nodes.splice(nodes.indexOf(services), 1)
    if (nodes.length === 0) for (const deliveryId of [...timers.keys()]) forget(deliveryId)
    await turn
  }
}
