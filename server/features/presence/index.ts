// Who is here now: counted in memory and Redis, kept as intervals in PostgreSQL for later. A feature hangs it on one of
// its scopes with trackPresence.
import type { Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions.ts'
import { startPresence, writeIntervals } from './socket/track.ts'

export { dropIntervals, type Interval, keepIntervals } from './actions.ts'
export type { Mark } from './rules.ts'
export { trackPresence } from './socket/track.ts'
export { seatIntervals } from './tables.ts'

export const presenceFeature: Feature = {
  name: 'presence',
  neverPreviewed: true,
  tickers: [{ name: 'presence.intervals', everyMs: 10_000, run: writeIntervals }],
  account: accountHooks,
  start: startPresence,
}
