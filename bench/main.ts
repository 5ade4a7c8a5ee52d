// `npm run bench [-- --only P1,P4] [--json file]`: measures and writes the report. Not a test: nothing here fails a
// build; a goal that is missed is said with its figure.
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release } from 'node:os'
import { parseArgs } from 'node:util'
import { p15 } from './cases/p15-start.ts'
import type { BenchCase, Row } from './measure.ts'

const cases: readonly BenchCase[] = [p15]

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log('npm run bench [-- --only P1,P4] [--json report.json]')
  for (const one of cases) console.log(`  ${one.id.padEnd(5)}${one.what}`)
  process.exit(0)
}

const wanted = values.only?.split(',').map(id => id.trim().toUpperCase())
const chosen = cases.filter(one => !wanted || wanted.includes(one.id))
if (chosen.length === 0) {
  console.error(`No case is called ${values.only}. There are: ${cases.map(one => one.id).join(', ')}`)
  process.exit(2)
}

const head = {
  at: new Date().toISOString(),
  node: process.version,
  machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${platform()} ${release()}`,
  load: loadavg().map(value => value.toFixed(2)),
}
console.log(`Lectern bench, ${head.at}\n${head.machine}, Node ${head.node}, load ${head.load.join(' ')}\n`)

const rows: Row[] = []
for (const one of chosen) {
  console.log(`${one.id}: ${one.what}`)
  rows.push(...(await one.run(line => console.log(`  ${line}`))))
}

const figure = (value: number | null) => (value === null ? '-' : value.toPrecision(3))
console.log('\nid     value      unit            baseline   ratio [min max]        A/A    goal       met')
for (const row of rows) {
  const spread = row.ratio === null ? '-' : `${figure(row.ratio)} [${figure(row.min)} ${figure(row.max)}]`
  console.log(
    `${row.id.padEnd(7)}${figure(row.value).padEnd(11)}${row.unit.padEnd(16)}${figure(row.baseline).padEnd(11)}${spread.padEnd(23)}${figure(row.aa).padEnd(7)}${row.goal.padEnd(11)}${row.met ? 'yes' : 'NO'}  ${row.what}`,
  )
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ head, rows }, null, 2)}\n`)
