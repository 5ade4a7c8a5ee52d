// F6: PostgreSQL is killed in the middle of a class, twice, and comes back through its own recovery. Acknowledgements
// stop with it; what was acknowledged before is there afterwards, and everybody is served again without doing a thing.

import { setTimeout as pause } from 'node:timers/promises'
import { readPostmaster } from '#server/platform/postgres/cluster.ts'
import { bringEmbedded, bringStore } from '../bench/services.ts'
import type { FaultCase } from './fault.ts'
import { isClean } from './history.ts'
import { judgeWhole, openSchool, people, servedAgain, storm, until } from './school.ts'

const writes = 16
const gapMs = 1_300
const calmMs = 2_000
const kills = 2

export const f6: FaultCase = {
  id: 'F6',
  what: 'kill -9 of PostgreSQL, twice, while 200 people on two nodes answer and talk',
  async run(say) {
    const school = await openSchool({ store: () => bringStore('fault', bringEmbedded) })
    try {
      const { store, pupils, classroom, nodes } = school
      const [place] = await store.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
      const asked = await classroom.ask('Which one')
      say(`${people} people on ${nodes.map(node => node.url).join(' and ')}, ${store.about}`)
      const raging = storm(school, asked, { writes, gapMs })
      let recovered = 0
      for (let kill = 0; kill < kills; kill++) {
        await pause(calmMs)
        const before = readPostmaster(place?.folder ?? '')?.pid
        if (before === undefined) throw new Error('PostgreSQL does not run')
        const acknowledged = () =>
          pupils.reduce((sum, one) => sum + one.operations.filter(own => own.receipt).length, 0)
        const open = pupils.reduce((sum, pupil) => sum + pupil.inFlight, 0)
        process.kill(before, 'SIGKILL')
        const at = performance.now()
        say(`killed with ${acknowledged()} writes acknowledged and ${open} open`)
        const served = servedAgain(pupils, 60_000)
        await until(
          () =>
            // Connections of the dead server answer a moment longer.
            readPostmaster(place?.folder ?? '')?.pid !== before &&
            store.query('select 1 as one').then(
              () => true,
              () => false,
            ),
          'PostgreSQL to be back',
        )
        say(`PostgreSQL answers again after ${((performance.now() - at) / 1000).toFixed(2)} s`)
        recovered = Math.max(recovered, await served)
      }
      await raging
      const verdict = await judgeWhole(school)
      return {
        id: this.id,
        what: this.what,
        injected: `SIGKILL of the postmaster, ${kills} times`,
        ...verdict,
        recovery_s: Number(recovered.toFixed(2)),
        met: isClean(verdict),
      }
    } finally {
      await school.stop()
    }
  },
}
