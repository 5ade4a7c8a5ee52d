// `npm run bench [-- --only P1,P4] [--json file]`: measures and writes the report. Not a test: nothing here fails a
// build; a goal that is missed is said with its figure.
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release } from 'node:os'
import { parseArgs } from 'node:util'
import { build } from '../scripts/prepare.mjs'
import { p1 } from './cases/p1-busy-room.ts'
import { p2 } from './cases/p2-isolated-messages.ts'
import { p3 } from './cases/p3-durable-messages.ts'
import { p4 } from './cases/p4-answer-storm.ts'
import { p6 } from './cases/p6-foreign-room.ts'
import { p8 } from './cases/p8-documents.ts'
import { p10 } from './cases/p10-kill.ts'
import { p12 } from './cases/p12-memory.ts'
import { p13 } from './cases/p13-rest-read.ts'
import { p15 } from './cases/p15-start.ts'
import { p16 } from './cases/p16-large-class.ts'
import { s1 } from './cases/s1-set-up.ts'
import type { BenchCase, Row } from './measure.ts'

const cases: readonly BenchCase[] = [p1, p2, p3, p4, p6, p8, p10, p12, p13, p15, p16, s1]

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
build(['server', 'client'])

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
  const began = performance.now()
  rows.push(...(await one.run(line => console.log(`  ${line}`))))
  console.log(`  ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
}

const figure = (value: number | null) => (value === null ? '-' : String(Number(value.toPrecision(3))))
const verdict = (met: boolean | null) => (met === null ? '-' : met ? 'yes' : 'NO')
const aa = rows.flatMap(row => row.aa ?? [])
if (aa.length > 0) console.log(`A/A, a baseline against itself: up to ${figure(Math.max(...aa))} x`)
console.log('id     value      unit            baseline   ratio [min max]        A/A    goal       met')
for (const row of rows) {
  const spread =
    row.ratio === null
      ? row.min === null
        ? '-'
        : `[${figure(row.min)} ${figure(row.max)}]`
      : `${figure(row.ratio)} [${figure(row.min)} ${figure(row.max)}]`
  const cells: [string, number][] = [
    [row.id, 7],
    [figure(row.value), 11],
    [row.unit, 16],
    [figure(row.baseline), 11],
    [spread, 23],
    [figure(row.aa), 7],
    [row.goal, 11],
    [verdict(row.met), 5],
  ]
  console.log(cells.map(([text, width]) => text.padEnd(width)).join('') + row.what)
}
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ head: { ...head, aa: aa.length ? Math.max(...aa) : null }, rows }, null, 2)}\n`,
  )
process.exit(0)
