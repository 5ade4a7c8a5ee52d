// P2: CPU a delivery when messages come one by one, so that nothing can be gathered.
import { type BenchCase, ratioRow } from '../measure.ts'
import { compareRooms } from '../room.ts'

export const p2: BenchCase = {
  id: 'P2',
  what: 'CPU a delivery, isolated messages, durable and ordered',
  async run(report) {
    const { plain, sized } = await compareRooms({ burst: 1, bursts: 30, everyMs: 70 }, report)
    const row = (what: string) => ({ id: 'P2', what, unit: 'us CPU/delivery' })
    return [
      ratioRow(row('isolated messages, against a bare room emit'), plain, { atMost: 1.15 }),
      ratioRow(row('the same against a bare emit of as many bytes'), sized, { atMost: 1.15 }),
    ]
  },
}
