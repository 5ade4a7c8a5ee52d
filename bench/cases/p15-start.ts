// P15: a start with an existing embedded database, from the built command to /readyz.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BenchCase, median } from '../measure.ts'
import { startServer } from '../server-process.ts'

const starts = 5
const bundle = resolve('dist', 'lectern.js')

export const p15: BenchCase = {
  id: 'P15',
  what: 'start with an existing database until ready',
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'lectern-bench-'))
    const env = { PORT: '0', HOST: '127.0.0.1' }
    const seconds: number[] = []
    try {
      for (let count = 0; count <= starts; count++) {
        const began = performance.now()
        const server = await startServer([bundle, 'serve'], env, /Lectern is ready: (\S+)/, folder)
        const answer = await fetch(`${server.said[1]}/readyz`)
        if (!answer.ok) throw new Error(`/readyz answered ${answer.status}`)
        // The first one makes the database and does not count.
        if (count > 0) seconds.push((performance.now() - began) / 1000)
        await server.stop()
        say(`start ${count}: ${((performance.now() - began) / 1000).toFixed(2)} s with the stop`)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const value = median(seconds)
    const [min, max] = [Math.min(...seconds), Math.max(...seconds)]
    return [
      {
        id: 'P15',
        what: this.what,
        value,
        unit: 's',
        baseline: null,
        ratio: null,
        min,
        max,
        aa: null,
        goal: '<= 2.5 s',
        met: value <= 2.5,
      },
    ]
  },
}
