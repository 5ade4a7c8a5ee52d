// Runs every test, unit to browser, with services of its own, and prints `N passed, N failed` as its last
// line. With --quick it runs the tests that need nothing and says what it left out. A run of no test fails.

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { build, root } from './prepare.mjs'
import { bringBrowser, bringPostgres, bringRedis, Missing, type Service } from './test-services.ts'

interface Totals {
  passes: number
  failures: number
  pending: number
}

const folders = ['protocol', 'server', 'client', 'scripts', 'bench', 'faults']
const files: string[] = folders
  .filter(folder => existsSync(join(root, folder)))
  .flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(path =>
      [folder, ...path.split(sep)].join('/'),
    ),
  )
  .sort()

const all = (): string[] => files.filter(file => /\.test\.tsx?$/.test(file))
const stories = (): string[] => files.filter(file => /^client\/e2e\/.*\.story\.ts$/.test(file))
// Tests that need no service, by name: CONTRIBUTING.md has the rule.
const quick = (): string[] =>
  all().filter(
    file =>
      /^(protocol|client)\//.test(file) ||
      /\.unit\.test\.ts$/.test(file) ||
      /\/(rules|kinds)(\/[^/]+)?\.test\.ts$/.test(file),
  )

let running: ReturnType<typeof spawn> | null = null

async function mocha(
  name: string,
  chosen: readonly string[],
  extra: readonly string[],
  env: Record<string, string>,
): Promise<Totals> {
  const totals: Totals = { passes: 0, failures: 0, pending: 0 }
  if (chosen.length === 0) return totals
  console.log(`\n== ${name}: ${chosen.length} files`)
  const file = join(tmpdir(), `lectern-totals-${process.pid}-${name}.json`)
  rmSync(file, { force: true })
  const code = await new Promise<number>(resolve => {
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        // --exit: what a test left open must not keep the whole run from ending.
        ...['--exit', '--forbid-only', '--forbid-pending', '--reporter', join(root, 'scripts', 'totals-reporter.mjs')],
        ...extra,
        ...chosen,
      ],
      { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, TOTALS_FILE: file } },
    )
    running = child
    child.on('exit', status => resolve(status ?? 1))
  })
  running = null
  if (existsSync(file)) Object.assign(totals, JSON.parse(readFileSync(file, 'utf8')))
  rmSync(file, { force: true })
  // A process that died or could not load a file has failed, whatever it counted until then.
  if (code !== 0 && totals.failures === 0) totals.failures = 1
  return totals
}

function finish(...parts: Totals[]): never {
  const passed = parts.reduce((sum, part) => sum + part.passes, 0)
  let failed = parts.reduce((sum, part) => sum + part.failures, 0)
  if (passed + failed === 0) {
    console.error('\nNo test ran.')
    failed = 1
  }
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

async function bringAll(services: Service[]): Promise<void> {
  const missing: Missing[] = []
  for (const bring of [bringPostgres, bringRedis, bringBrowser]) {
    try {
      services.push(await bring())
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      missing.push(error)
    }
  }
  if (missing.length > 0) throw new Missing(missing.map(one => one.message).join('\n'))
}

async function runQuick(extra: readonly string[]): Promise<void> {
  const chosen = quick()
  const totals = await mocha('quick', chosen, extra, {})
  const left = all().filter(file => !chosen.includes(file))
  console.log(
    `Left out, because they need PostgreSQL, Redis or a browser: ${left.length} test files and ` +
      `${stories().length} browser stories. \`npm test\` runs everything.`,
  )
  finish(totals)
}

async function runAll(named: readonly string[], extra: readonly string[]): Promise<void> {
  const services: Service[] = []
  const stop = async (): Promise<void> => {
    for (let service = services.pop(); service !== undefined; service = services.pop()) await service.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      running?.kill(signal)
      void stop().finally(() => process.exit(130))
    })
  }
  const parts: Totals[] = []
  try {
    build(['client'])
    await bringAll(services)
    const env = Object.assign({}, ...services.map(service => service.env))
    if (named.length > 0) parts.push(await mocha('named', named, extra, env))
    else {
      parts.push(await mocha('tests', all(), extra, env))
      parts.push(await mocha('stories', stories(), ['--timeout', '120000', ...extra], env))
    }
  } catch (error) {
    console.error(error instanceof Missing ? `\n${error.message}` : error)
    parts.push({ passes: 0, failures: 1, pending: 0 })
  } finally {
    await stop()
  }
  finish(...parts)
}

const words = process.argv.slice(2).filter(word => word !== '--quick')
const named = words.filter(word => /\.(test|story)\.tsx?$/.test(word))
const extra = words.filter(word => !named.includes(word))
await (process.argv.includes('--quick') ? runQuick(extra) : runAll(named, extra))
