// Runs every test, unit to browser, with services of its own, and prints `N passed, N failed` as its last
// line. With --quick it runs the tests that need nothing and says what it left out. A run of no test fails.

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { build, root } from './prepare.mjs'
import { emptyReport, failureLines, type Report, slowestLines } from './test-report.ts'
import { bringBrowser, bringPostgres, bringRedis, Missing, type Service } from './test-services.ts'

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
const asksForServices = (file: string): boolean =>
  /from '(#server\/test\/harness|[^']*\.fixture)\.ts'/.test(readFileSync(join(root, file), 'utf8'))

// Tests that need no service, by name and by what they import: CONTRIBUTING.md has the rule.
const quick = (): string[] =>
  all().filter(
    file =>
      (/^(protocol|client)\//.test(file) ||
        /\.unit\.test\.ts$/.test(file) ||
        /\/(rules|kinds)(\/[^/]+)?\.test\.ts$/.test(file)) &&
      !asksForServices(file),
  )

let brokenOff = false
/** What each process of mocha came to, in the order in which they ended. */
const reports: Report[] = []
const running = new Map<ChildProcess, { readonly chosen: readonly string[]; readonly said: readonly Buffer[] }>()

const failedAs = (title: string, message: string): Report => ({
  ...emptyReport(),
  failures: 1,
  failed: [{ file: root, title, message, stack: '', cause: '', stood: [] }],
})

// One run of mocha. With `show` at the end its words are printed whole, so that two at once can be read apart.
async function mocha(
  name: string,
  chosen: readonly string[],
  extra: readonly string[],
  env: Record<string, string>,
  show: 'as it goes' | 'at the end' = 'as it goes',
): Promise<void> {
  if (chosen.length === 0) return
  const file = join(tmpdir(), `lectern-totals-${process.pid}-${name.replaceAll(' ', '-')}.json`)
  rmSync(file, { force: true })
  const said: Buffer[] = []
  const began = performance.now()
  const ended = await new Promise<number | string>(resolve => {
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        // --exit: what a test left open must not keep the whole run from ending.
        ...['--exit', '--forbid-only', '--forbid-pending', '--reporter', join(root, 'scripts', 'totals-reporter.mjs')],
        ...extra,
        ...chosen,
      ],
      {
        cwd: root,
        stdio: show === 'as it goes' ? 'inherit' : ['inherit', 'pipe', 'pipe'],
        env: { ...process.env, ...env, TOTALS_FILE: file },
      },
    )
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (some: Buffer) => said.push(some))
    running.set(child, { chosen, said })
    child.on('close', (status, signal) => {
      running.delete(child)
      resolve(status ?? signal ?? 1)
    })
  })
  if (said.length > 0) {
    const seconds = Math.round((performance.now() - began) / 1000)
    console.log(`\n== ${name}: ${chosen.length} files, ${seconds} s`)
    process.stdout.write(Buffer.concat(said))
  }
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : emptyReport()
  rmSync(file, { force: true })
  reports.push(report)
  // A process that died or could not load a file has failed, whatever it counted until then.
  if (!report.over || (ended !== 0 && report.failures === 0)) {
    const words = Buffer.concat(said).toString().trim().split('\n').slice(-6).join('\n')
    reports.push(failedAs(`the process of ${chosen.join(', ')}`, `Ended with ${ended}\n${words}`))
  }
}

// Much of a test's time is waiting: two runs side by side use what one leaves.
const lanes = availableParallelism() > 1 ? 2 : 1

interface Group {
  readonly name: string
  readonly files: readonly string[]
  readonly extra: readonly string[]
}

/** What one process runs. To load the server costs seconds, so groups begin large; they get smaller, so that the lanes end together. */
function groupsOf(kind: string, chosen: readonly string[], least: number, extra: readonly string[]): Group[] {
  const groups: Group[] = []
  for (let at = 0; at < chosen.length; ) {
    const size = Math.max(least, Math.ceil((chosen.length - at) / (lanes * 2)))
    groups.push({ name: `${kind} ${groups.length + 1}`, files: chosen.slice(at, at + size), extra })
    at += size
  }
  return groups
}

/**
 * Runs the groups of stories in the lanes, then the others; each is a process of its own and is printed when it is over.
 * A browser keeps a core busy. The others wait for the database most of their time: for them there is a lane more.
 */
async function inLanes(
  stories: readonly Group[],
  others: readonly Group[],
  env: Record<string, string>,
): Promise<void> {
  const waiting = [...stories, ...others]
  const open: Promise<void>[] = []
  const lane = async (): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined && !brokenOff; group = waiting.shift()) {
      if (group === others[0]) open.push(lane())
      await mocha(group.name, group.files, group.extra, env, 'at the end')
    }
  }
  for (let count = 0; count < lanes; count++) open.push(lane())
  for (let next = open.shift(); next !== undefined; next = open.shift()) await next
}

function finish(): never {
  const sum = (of: 'passes' | 'failures'): number => reports.reduce((total, report) => total + report[of], 0)
  if (sum('passes') + sum('failures') === 0) reports.push(failedAs('the run', 'No test ran.'))
  for (const lines of [slowestLines(reports, root, 10), failureLines(reports, root)]) {
    if (lines.length > 0) console.log(`\n${lines.join('\n')}`)
  }
  console.log(`\n${sum('passes')} passed, ${sum('failures')} failed`)
  process.exit(sum('failures') === 0 ? 0 : 1)
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
  await mocha('quick', chosen, extra, {})
  const left = all().filter(file => !chosen.includes(file))
  console.log(
    `Left out, because they need PostgreSQL, Redis or a browser: ${left.length} test files and ` +
      `${stories().length} browser stories. \`npm test\` runs everything.`,
  )
  finish()
}

async function runAll(named: readonly string[], extra: readonly string[]): Promise<void> {
  const services: Service[] = []
  const stop = async (): Promise<void> => {
    for (let service = services.pop(); service !== undefined; service = services.pop()) await service.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A time limit signals this process and the one that started it, which passes the signal on.
      if (brokenOff) return
      brokenOff = true
      // Whoever breaks a run off, often because it took too long, learns what it was at.
      for (const [child, { chosen, said }] of running) {
        process.stdout.write(Buffer.concat([...said]))
        reports.push(failedAs(`the process of ${chosen.join(', ')}`, `Still running at ${signal}`))
        child.kill(signal)
      }
      void stop().finally(finish)
    })
  }
  try {
    build(['client', 'server'])
    await bringAll(services)
    // What is made once for a run and copied for each test is known by this name.
    const known = { TEST_RUN: randomBytes(4).toString('hex'), TEST_PROGRAM: join(root, 'dist', 'lectern.js') }
    const env = Object.assign(known, ...services.map(service => service.env))
    if (named.length > 0) await mocha('named', named, extra, env)
    else {
      const long = groupsOf('stories', stories(), 1, extra)
      await inLanes(long, groupsOf('tests', all(), 4, extra), env)
    }
  } catch (error) {
    console.error(error instanceof Missing ? `\n${error.message}` : error)
    reports.push(failedAs('the run', error instanceof Error ? error.message : String(error)))
  } finally {
    await stop()
  }
  finish()
}

const words = process.argv.slice(2).filter(word => word !== '--quick')
const named = words.filter(word => /\.(test|story)\.tsx?$/.test(word))
const extra = words.filter(word => !named.includes(word))
await (process.argv.includes('--quick') ? runQuick(extra) : runAll(named, extra))
