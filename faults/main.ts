// `npm run faults [-- --only F1] [--plant [name]] [--json file]`: injects faults into real nodes and compares what was
// acknowledged with what is there. With --plant the harness breaks something itself, and passes when that is seen.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { build } from '../scripts/prepare.mjs'
import { f1 } from './f1-node-killed.ts'
import { f2 } from './f2-redis-stopped.ts'
import { f3 } from './f3-talk-storm.ts'
import { f4 } from './f4-documents.ts'
import { f5 } from './f5-redis-restarted.ts'
import { f6 } from './f6-postgres-crashed.ts'
import { f7 } from './f7-rolling-restart.ts'
import { f8 } from './f8-drops.ts'
import type { FaultCase, FaultRow } from './fault.ts'
import { plants } from './plants.ts'
import { simPlants } from './sim/plants.ts'
import { runSim, sim } from './sim.ts'

const cases: readonly FaultCase[] = [sim, f1, f2, f3, f4, f5, f6, f7, f8]

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    plant: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log('npm run faults [-- --only F1] [--plant all|<name>] [--json report.json]')
  for (const one of cases) console.log(`  ${one.id.padEnd(8)}${one.what}`)
  console.log('Bugs to plant in F1, each of which must be caught:')
  for (const one of plants) console.log(`  ${one.name.padEnd(8)}${one.what}`)
  console.log('and in SIM:')
  for (const one of simPlants) console.log(`  ${one.name.padEnd(8)}${one.what}`)
  process.exit(0)
}
const wanted = values.only?.split(',').map(id => id.trim().toUpperCase())
const chosen = cases.filter(one => !wanted || wanted.includes(one.id))
const isPlanted = (one: { name: string }) => values.plant === 'all' || one.name === values.plant
const planted = plants.filter(isPlanted)
const simPlanted = simPlants.filter(isPlanted)
if (chosen.length === 0 || (values.plant !== undefined && planted.length + simPlanted.length === 0)) {
  console.error('There is no such case or bug: see --help')
  process.exit(2)
}
// The simulator runs the sources as they are.
if (planted.length > 0 || (values.plant === undefined && chosen.some(one => one !== sim))) build(['server', 'client'])

const rows: FaultRow[] = []
const say = (line: string) => console.log(`  ${line}`)
for (const one of values.plant === undefined ? chosen : []) {
  console.log(`${one.id}: ${one.what}`)
  rows.push(await one.run(say))
}
for (const plant of planted) {
  console.log(`F1 with a planted bug, ${plant.name}: ${plant.what}`)
  const row = await f1.run(say, plant)
  const caught = plant.seen(row)
  say(caught ? 'caught' : 'NOT caught')
  rows.push({ ...row, what: `the planted bug "${plant.name}" is caught`, met: caught })
}
for (const plant of simPlanted) {
  console.log(`SIM with a planted bug, ${plant.name}: ${plant.what}`)
  const row = await runSim(say, plant)
  say(row.met ? 'caught' : 'NOT caught')
  rows.push(row)
}

for (const row of rows) {
  console.log(`\n${row.id}  ${row.met ? 'met' : 'NOT MET'}: ${row.what}`)
  console.log(
    `    operations ${row.operations}, acknowledged ${row.acknowledged}, lost ${row.lost}, doubled ${row.doubled}, ` +
      `violations ${row.violations.length}, recovery ${row.recovery_s} s`,
  )
  for (const violation of row.violations.slice(0, 5)) console.log(`    ${violation}`)
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
process.exit(rows.every(row => row.met) ? 0 : 1)
