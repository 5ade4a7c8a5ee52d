// P15: a start with an existing embedded database, from the built command to /readyz. The demo school is in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BenchCase, median, plainRow } from '../measure.ts'
import { startServer } from '../server-process.ts'

const starts = 5
const goalSeconds = 2.5
const bundle = resolve('dist', 'lectern.js')

export const p15: BenchCase = {
  id: 'P15',
  what: 'start with an existing database until ready',
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'lectern-bench-'))
    // Empty values count as absent: an embedded database, whatever stands in the environment.
    const env = { PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '', REDIS_URL: '', PUBLIC_URL: '' }
    const seconds: number[] = []
    try {
      for (let count = 0; count <= starts; count++) {
        const began = performance.now()
        const server = await startServer([bundle, 'serve'], env, /Lectern is ready: (\S+)/, {
          core: 'any',
          cwd: folder,
        })
        try {
          const answer = await fetch(`${server.said[1]}/readyz`)
          if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`)
          const took = (performance.now() - began) / 1000
          // The first one makes the database and does not count.
          if (count > 0) seconds.push(took)
          say(`start ${count}${count === 0 ? ', which makes the database' : ''}: ${took.toFixed(2)} s`)
        } finally {
          await server.stop()
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const value = median(seconds)
    const about = { id: 'P15', what: this.what, unit: 's', goal: `<= ${goalSeconds} s` }
    return [plainRow(about, value, value <= goalSeconds, seconds)]
  },
}
