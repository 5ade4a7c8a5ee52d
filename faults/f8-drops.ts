// F8: a thousand drops and returns in one room within a minute, each to either node, while people write. Everybody ends
// with what the log has, and a return costs the database next to nothing.
import { setTimeout as pause } from 'node:timers/promises'
import { dice } from '#server/seeds/dice.ts'
import type { FaultCase } from './fault.ts'
import { isClean } from './history.ts'
import { judgeWhole, openSchool, people, storm } from './school.ts'

const drops = 1_000
const everyMs = 45
const writes = 12
const gapMs = 3_500

export const f8: FaultCase = {
  id: 'F8',
  what: `${drops} drops and returns in one room of 200 people on two nodes`,
  async run(say) {
    const seed = process.env.FAULT_SEED ?? String(Math.floor(Math.random() * 2 ** 31))
    const school = await openSchool()
    try {
      const { nodes, pupils, classroom } = school
      const asked = await classroom.ask('Which one')
      say(`seed ${seed}, ${people} people on ${nodes.map(node => node.url).join(' and ')}`)
      const raging = storm(school, asked, { writes, gapMs })
      const chance = dice(seed)
      const returns: number[] = []
      const coming: Promise<void>[] = []
      for (let drop = 0; drop < drops; drop++) {
        await pause(chance.between(0, 2 * everyMs))
        const pupil = pupils[Math.floor(chance.next() * pupils.length)]
        const url = chance.pick([nodes[0].url, nodes[1].url])
        const from = performance.now()
        if (pupil) coming.push(pupil.move(url).then(() => void returns.push(performance.now() - from)))
      }
      await Promise.all([raging, ...coming])
      returns.sort((a, b) => a - b)
      const [half, slow] = [returns[drops >> 1] ?? 0, returns[Math.floor(drops * 0.99)] ?? 0]
      say(`back with everything after ${half.toFixed(0)} ms (p50), ${slow.toFixed(0)} ms (p99)`)
      const verdict = await judgeWhole(school)
      return {
        id: this.id,
        what: this.what,
        injected: `${returns.length} dropped connections, seed ${seed}`,
        ...verdict,
        recovery_s: Number((slow / 1000).toFixed(2)),
        met: isClean(verdict) && returns.length === drops,
      }
    } finally {
      await school.stop()
    }
  },
}
