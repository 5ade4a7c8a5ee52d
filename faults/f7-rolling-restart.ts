// F7: both nodes are restarted, one after the other, as a new release is rolled out, while a hundred people write. Nobody
// loses a write, and nobody waits longer than it takes to change nodes.
import { setTimeout as pause } from 'node:timers/promises'
import type { FaultCase } from './fault.ts'
import { isClean } from './history.ts'
import { judgeWhole, openSchool, servedAgain, storm } from './school.ts'

const writers = 100
const writes = 28
const gapMs = 900
const calmMs = 2_000
const rounds = 1

export const f7: FaultCase = {
  id: 'F7',
  what: 'rolling restart of two nodes while 100 people write',
  async run(say) {
    const school = await openSchool({ people: writers })
    try {
      const { nodes, pupils, classroom } = school
      const asked = await classroom.ask('Which one')
      say(`${writers} people on ${nodes.map(node => node.url).join(' and ')}`)
      const raging = storm(school, asked, { writes, gapMs })
      let recovered = 0
      for (let round = 0; round < rounds; round++)
        for (const place of [0, 1] as const) {
          await pause(calmMs)
          const hit = pupils.filter(pupil => pupil.url === nodes[place].url)
          const from = performance.now()
          const served = servedAgain(hit)
          await nodes[place].stop()
          say(`node ${place} has drained ${hit.length} people in ${((performance.now() - from) / 1000).toFixed(1)} s`)
          await school.restart(place)
          say(`and is back after ${((performance.now() - from) / 1000).toFixed(1)} s`)
          recovered = Math.max(recovered, await served)
          // As a balancer spreads people again.
          await Promise.all(hit.filter((_, index) => index % 2 === 0).map(pupil => pupil.move(nodes[place].url)))
        }
      await raging
      const verdict = await judgeWhole(school)
      return {
        id: this.id,
        what: this.what,
        injected: 'SIGTERM of each node in turn, started again at once',
        ...verdict,
        recovery_s: Number(recovered.toFixed(2)),
        met: isClean(verdict),
      }
    } finally {
      await school.stop()
    }
  },
}
