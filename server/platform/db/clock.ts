// The time of the database on this node: the offset is measured every few seconds by the fastest of several round
// trips, so that "before the deadline" means the same on every node.
import { sql } from './sequelize.ts'

export interface Clock {
  now(): Date
  stop(): void
}

const measureEveryMs = 5_000
const roundTrips = 5

async function measureOffset(): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 }
  for (let trip = 0; trip < roundTrips; trip++) {
    const sent = Date.now()
    const started = performance.now()
    const [row] = await sql<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
    const took = performance.now() - started
    if (row && took < best.took) best = { took, offset: row.ms - (sent + took / 2) }
  }
  return best.offset
}

/** Starts measuring; answers once the first offset is known. A failed measurement keeps the last offset. */
export async function startClock(onFailure: (error: unknown) => void): Promise<Clock> {
  let offset = await measureOffset()
  const timer = setInterval(() => {
    measureOffset().then(value => {
      offset = value
    }, onFailure)
  }, measureEveryMs)
  timer.unref()
  return { now: () => new Date(Date.now() + offset), stop: () => clearInterval(timer) }
}
