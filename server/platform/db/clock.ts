// The time of the database on this node: the offset is measured every few seconds by the fastest of several round
// trips, so that "before the deadline" means the same on every node. Between two measurements it is counted by what never
// steps: a machine whose wall clock is set right meanwhile judges nobody late for it.
import { sql } from './sequelize.ts'

export interface Clock {
  now(): Date
  stop(): void
}

const measureEveryMs = 5_000
const roundTrips = 5

const steady = (): number => performance.timeOrigin + performance.now()

/** A measurement is off by no more, in milliseconds: what goes back further was set back. */
const mostOff = 1_000

/**
 * The times that `read` tells, in milliseconds, each no earlier than the one before: a truer measurement must not put what
 * comes later before what came earlier. A clock that is set back by more than a second is followed.
 */
export function inOrder(read: () => number): () => number {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const next = read()
    if (next > last || last - next > mostOff) last = next
    return last
  }
}

async function measureOffset(): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 }
  for (let trip = 0; trip < roundTrips; trip++) {
    const sent = steady()
    const [row] = await sql<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
    const took = steady() - sent
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
  const now = inOrder(() => steady() + offset)
  return { now: () => new Date(now()), stop: () => clearInterval(timer) }
}
