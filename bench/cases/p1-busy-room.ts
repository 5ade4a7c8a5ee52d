// P1: CPU a delivery in a busy room: bursts of eight messages ten times a second.
import { type BenchCase, ratioRow } from '../measure.ts'
import { compareRooms } from '../room.ts'

export const p1: BenchCase = {
  id: 'P1',
  what: 'CPU a delivery, busy room, durable and ordered',
  async run(report) {
    const { plain, batched } = await compareRooms({ burst: 8, bursts: 12, everyMs: 100 }, report)
    const unit = 'us CPU/delivery'
    return [
      ratioRow({ id: 'P1', what: 'busy room, against a bare room emit', unit }, plain, { atMost: 0.35 }),
      ratioRow({ id: 'P1', what: 'the same against the bare engine batched: the limit', unit }, batched),
    ]
  },
}
