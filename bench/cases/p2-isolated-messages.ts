// P2: CPU a delivery when messages come one by one, so that nothing can be gathered.
import { type BenchCase, ratioRow } from '../measure.ts'
import { compareRooms } from '../room.ts'

export const p2: BenchCase = {
  id: 'P2',
  what: 'CPU a delivery, isolated messages, durable and ordered',
  async run(report) {
    const { plain } = await compareRooms({ burst: 1, bursts: 30, everyMs: 70 }, report)
    const about = { id: 'P2', what: 'isolated messages, against a bare room emit', unit: 'us CPU/delivery' }
    return [ratioRow(about, plain, { atMost: 1.15 })]
  },
}
