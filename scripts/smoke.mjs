// Tries what README.md tells a newcomer to type, as far as it needs no container engine, in a fresh copy of the
// files that are not ignored, on a path with spaces. Plain Node. Prints `N passed, N failed` as its last line.

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const top = mkdtempSync(join(tmpdir(), 'lectern smoke '))
const copy = join(top, 'a clone with spaces')
let passed = 0
let failed = 0
const children = new Set()

const env = port => {
  const { DATABASE_URL, REDIS_URL, SECRET_KEY, PUBLIC_URL, ...rest } = process.env
  return { ...rest, PORT: String(port) }
}

async function attempt(what, work) {
  const began = performance.now()
  try {
    const note = await work()
    passed++
    console.log(`ok    ${what} (${Math.round(performance.now() - began)} ms)${note ? `: ${note}` : ''}`)
    return true
  } catch (error) {
    failed++
    console.log(`FAIL  ${what}: ${error.message}`)
    return false
  }
}

const freePort = () =>
  new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })

// In a group of its own, so that a signal reaches npm and what npm started, as Ctrl-C in a terminal does.
function start(command, args, port) {
  const child = spawn(command, args, { cwd: copy, env: env(port), stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const running = { child, output: '', ended: null }
  running.exit = new Promise(done => {
    child.on('exit', (code, signal) => {
      running.ended = code ?? signal
      children.delete(running)
      done(running.ended)
    })
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => (running.output += data))
  children.add(running)
  return running
}

async function answers(running, url, within) {
  const end = performance.now() + within
  while (performance.now() < end) {
    if (running.ended !== null) throw new Error(`it ended with ${running.ended}:\n${running.output.slice(-3000)}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return answer
    await new Promise(done => setTimeout(done, 25))
  }
  throw new Error(`${url} did not answer within ${within} ms:\n${running.output.slice(-3000)}`)
}

// npm may go before what it started: it is over when the whole group is gone.
async function stop(running) {
  const group = -running.child.pid
  process.kill(group, 'SIGTERM')
  const end = performance.now() + 30_000
  for (let alive = true; alive; ) {
    if (performance.now() > end) throw new Error('it did not stop within 30 s')
    await new Promise(done => setTimeout(done, 25))
    try {
      process.kill(group, 0)
    } catch {
      alive = false
    }
  }
  const named = join(copy, '.lectern', 'data-folder')
  const data = existsSync(named)
    ? resolve(copy, '.lectern', readFileSync(named, 'utf8').trim())
    : join(copy, '.lectern', 'postgres')
  if (!existsSync(join(data, 'PG_VERSION'))) throw new Error(`there is no database in ${data}`)
  if (existsSync(join(data, 'postmaster.pid'))) throw new Error('the database was left running')
}

function once(args, port, expected = 0) {
  const done = spawnSync('npm', args, {
    cwd: copy,
    env: env(port),
    encoding: 'utf8',
    timeout: 180_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (done.status !== expected)
    throw new Error(`it ended with ${done.status}:\n${(done.stdout + done.stderr).slice(-3000)}`)
  return done.stdout + done.stderr
}

const readmeLines = () =>
  existsSync(join(root, 'README.md'))
    ? (readFileSync(join(root, 'README.md'), 'utf8').match(/npm (?:start|test|run [\w:-]+)(?: -- [\w-]+)?/g) ?? [])
    : []

function makeCopy() {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  for (const file of listed.stdout.split('\0').filter(name => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
}

async function main() {
  makeCopy()
  const port = await freePort()
  const address = `http://localhost:${port}`

  await attempt('npm start on a fresh clone is ready within two minutes, and stops cleanly', async () => {
    const running = start('npm', ['start'], port)
    await answers(running, `${address}/readyz`, 120_000)
    await answers(running, `${address}/healthz`, 2_000)
    if (existsSync(join(copy, 'client', 'index.html'))) {
      const page = await (await answers(running, `${address}/`, 2_000)).text()
      if (!page.includes('<script type="module"')) throw new Error('the page holds no script')
    }
    await stop(running)
  })
  await attempt('a later npm start is ready, a second one beside it says so in one line', async () => {
    const began = performance.now()
    const running = start('npm', ['start'], port)
    await answers(running, `${address}/readyz`, 15_000)
    const ready = Math.round(performance.now() - began)
    const second = once(['run', '--silent', 'lectern', '--', 'serve'], port, 1)
    if (!/already running/.test(second) || second.trim().includes('\n'))
      throw new Error(`the second start said: ${second}`)
    await answers(running, `${address}/readyz`, 1_000)
    const doctor = once(['run', '--silent', 'lectern', '--', 'doctor'], port)
    if (/WRONG/.test(doctor)) throw new Error(doctor)
    await stop(running)
    return `ready after ${ready} ms`
  })
  await attempt('npm run lectern lists its commands, and each has help', async () => {
    const overview = once(['run', '--silent', 'lectern', '--', '--help'], port)
    const names = [...overview.matchAll(/^ {2}([a-z-]+) /gm)].map(match => match[1])
    if (!names.includes('serve')) throw new Error(overview)
    for (const name of names) once(['run', '--silent', 'lectern', '--', name, '--help'], port)
    return names.join(', ')
  })
  await attempt('npm run build', async () => void once(['run', 'build'], port))
  const { scripts } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
  for (const line of new Set(readmeLines())) {
    await attempt(`README.md: ${line}`, async () => {
      const [, script, command] = /^npm (?:run )?([\w:-]+)(?: -- ([\w-]+))?/.exec(line)
      if (scripts[script] === undefined) throw new Error('there is no such script')
      if (script === 'lectern' && command && !command.startsWith('-'))
        once(['run', 'lectern', '--', command, '--help'], port)
    })
  }
}

const end = () => {
  for (const running of children) {
    try {
      process.kill(-running.child.pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
  rmSync(top, { recursive: true, force: true })
}
process.on('exit', end)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

await main().catch(error => {
  failed++
  console.log(`FAIL  ${error.stack}`)
})
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
