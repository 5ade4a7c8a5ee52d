// The beat of the overview on one node: says how the node is and who is here, and, on the node that speaks for those who
// watch, sends them a new picture. At most once a second, and nothing is worked out while nobody looks.
import { hostname } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { overviewId, overviewScope } from '#protocol/overview.ts'
import { runPresence } from '#server/features/live/index.ts'
import { trackPresence } from '#server/features/presence/index.ts'
import { newId } from '#server/platform/db/id.ts'
import type { NodeServices } from '#server/platform/feature.ts'
import { forgetNode, keepNode, keepRooms, type RoomSlice } from './actions.ts'
import { overviewNow } from './queries/picture.ts'

/** Milliseconds. */
export const overviewRhythm = { beat: 1_000, health: 2_000, still: 3_000, minute: 60_000 } as const

/** Who watches: hung on the scope in index.ts. */
export const watchers = trackPresence(overviewScope, async () => undefined)

const sliceOf = (runId: string): RoomSlice => {
  const marks = [...runPresence.here(runId)]
  const ids = (wanted: string) => marks.filter(([, mark]) => mark === wanted).map(([id]) => id)
  return { runId, here: ids('here').sort(), reconnecting: ids('reconnecting').sort() }
}

/** Begins the beat of this node; for the feature's `start`. */
export function startOverview(services: NodeServices): () => Promise<void> {
  const id = newId<'Node'>()
  const startedAt = services.now()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const told = new Map<string, string>()
  const faults: { at: number; count: number }[] = []
  let saidAt = Number.NEGATIVE_INFINITY
  let databaseMs = 0
  let last = { text: '', at: Number.NEGATIVE_INFINITY }

  /** Faults of the last minute, from a counter that only grows. */
  const lately = (count: number): number => {
    const now = performance.now()
    faults.push({ at: now, count })
    while (faults[1] && now - faults[1].at > overviewRhythm.minute) faults.shift()
    return count - (faults[0]?.count ?? count)
  }

  async function say(): Promise<void> {
    const known = runPresence.rooms()
    const changed = [...new Set([...known, ...told.keys()])]
      .map(sliceOf)
      .filter(slice => told.get(slice.runId) !== JSON.stringify(slice))
    const due = performance.now() - saidAt >= overviewRhythm.health - 50
    if (changed.length === 0 && !due) return
    const health = await services.health()
    const began = performance.now()
    const fresh = await services.transact(async ctx => {
      const missing = await keepNode(ctx, {
        id,
        name: `${hostname()}:${process.pid}`,
        build: health.build,
        startedAt,
        sockets: health.sockets,
        lagMs: Math.round(delay.max / 1e5) / 10,
        memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
        faults: lately(health.faults),
        databaseMs: Math.round(databaseMs * 10) / 10,
        redis: health.redis,
      })
      // After a crash of the database what was said before is gone.
      await keepRooms(ctx, id, missing ? known.map(sliceOf) : changed)
      return missing
    })
    databaseMs = performance.now() - began
    saidAt = performance.now()
    delay.reset()
    if (fresh) told.clear()
    for (const slice of fresh ? known.map(sliceOf) : changed)
      if (slice.here.length + slice.reconnecting.length === 0) told.delete(slice.runId)
      else told.set(slice.runId, JSON.stringify(slice))
  }

  async function show(): Promise<void> {
    if (!watchers.rooms().includes(overviewId) || !watchers.speaks(overviewId)) return
    // A beat that was held up is followed at once by the next.
    if (performance.now() - last.at < overviewRhythm.beat - 100) return
    const ctx = services.systemCtx()
    const picture = await overviewNow(ctx)
    const { at: _, ...figures } = picture
    const text = JSON.stringify(figures)
    if (text === last.text && performance.now() - last.at < overviewRhythm.still) return
    last = { text, at: performance.now() }
    ctx.emit(overviewScope, overviewId, { kind: 'picture', body: picture })
  }

  let turn: Promise<void> | undefined
  const timer = setInterval(() => {
    turn ??= say()
      .then(show)
      .catch(error => services.log.warn({ err: error }, 'overview'))
      .finally(() => {
        turn = undefined
      })
  }, overviewRhythm.beat)
  return async () => {
    clearInterval(timer)
    await turn
    delay.disable()
    await services.transact(ctx => forgetNode(ctx, id)).catch(error => services.log.warn({ err: error }, 'overview'))
  }
}
