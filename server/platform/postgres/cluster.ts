// One data folder and the PostgreSQL that runs on it: make, configure, start, find, stop. It must never put
// the server on a network, never touch a folder of another major release, and never assume it is the only one.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { EmbeddedError } from './error.ts'
import { processesIn, startOf } from './processes.ts'
import { type Place, settingsFor } from './settings.ts'

export const role = 'lectern'
export const database = 'lectern'

/** A data folder and what runs it. */
export interface Cluster {
  data: string
  account: Account
  binaries: Binaries
  /** False gives up safety for speed: for databases that are thrown away. */
  durable: boolean
}

export type { Place } from './settings.ts'

const windows = process.platform === 'win32'
const logOf = (data: string): string => `${data}.log`
const passwordOf = (data: string): string => `${data}.password`

// The account's settings must not leak into the server, and PG* variables would change what programs do.
const environment = (): NodeJS.ProcessEnv => {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir', 'SYSTEMDRIVE', 'DYLD_LIBRARY_PATH']
  return { ...Object.fromEntries(kept.map(name => [name, process.env[name]])), LC_MESSAGES: 'C' }
}

const give = (account: Account, path: string): void => {
  if (account.spawn.uid !== undefined && account.spawn.gid !== undefined) {
    chownSync(path, account.spawn.uid, account.spawn.gid)
  }
}

// C.UTF-8 knows every letter and sorts by code point, which ICU then does better; not every system has it.
const characterTypes: readonly string[] =
  process.platform === 'linux' ? ['C.UTF-8', 'C.utf8', 'en_US.UTF-8'] : windows ? ['en-US'] : ['en_US.UTF-8', 'UTF-8']

/**
 * Makes the data folder. It is made aside and moved into place whole, so that a start that dies leaves nothing
 * half-made and two first starts cannot mix. Answers false when another start has put one there meanwhile.
 */
export function initialise(cluster: Cluster): boolean {
  const { data, account, binaries } = cluster
  mkdirSync(dirname(data), { recursive: true })
  for (const name of readdirSync(dirname(data))) {
    if (name.startsWith(`${basename(data)}.making-`))
      rmSync(join(dirname(data), name), { recursive: true, force: true })
  }
  const making = `${data}.making-${randomBytes(6).toString('hex')}`
  let said = ''
  try {
    for (const type of characterTypes) {
      mkdirSync(making, { mode: 0o700 })
      give(account, making)
      const passwordFile = windows ? passwordOf(making) : null
      if (passwordFile !== null) writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
      const done = spawnSync(
        binaries.initdb,
        [
          ...['-D', making, '-U', role, '-E', 'UTF8', '--no-instructions'],
          ...['--locale-provider=icu', '--icu-locale=und', '--locale=C', `--lc-ctype=${type}`],
          ...(passwordFile === null ? ['-A', 'trust'] : ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`]),
          ...(cluster.durable ? [] : ['--no-sync']),
        ],
        { ...account.spawn, env: environment(), cwd: dirname(binaries.initdb), encoding: 'utf8' },
      )
      if (done.status === 0) {
        if (passwordFile !== null) renameSync(passwordFile, passwordOf(data))
        return moveIn(making, data)
      }
      said = (done.error?.message ?? done.stderr).trim()
      rmSync(making, { recursive: true, force: true })
    }
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  throw new EmbeddedError(`The database could not be made in ${data}: ${said}`)
}

const moveIn = (making: string, data: string): boolean => {
  try {
    renameSync(making, data)
    return true
  } catch (error) {
    if (existsSync(join(data, 'PG_VERSION'))) return false
    throw error
  }
}

/** Throws EmbeddedError, with the commands that move the data, when another major release wrote the folder. */
export function checkMajor(data: string, binaries: Binaries): void {
  const major = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10)
  if (major === binaries.major) return
  const kept = `${data}-${major}`
  throw new EmbeddedError(
    [
      `The data in ${data} was written by PostgreSQL ${major}, and this release brings PostgreSQL ${binaries.major}.`,
      'Nothing was changed. To move the data, with the programs of both releases on this machine:',
      `  1. with PostgreSQL ${major}:  pg_ctl -D "${data}" -o "-k /tmp -p 5499 -c listen_addresses=" -w start`,
      `  2. pg_dump -h /tmp -p 5499 -U ${role} -Fc -f lectern.dump ${database}`,
      `  3. with PostgreSQL ${major}:  pg_ctl -D "${data}" -m fast -w stop  &&  mv "${data}" "${kept}"`,
      '  4. npm start, which makes a new database; `npm run lectern -- doctor` prints its address',
      '  5. pg_restore --clean --if-exists -d "<that address>" lectern.dump, and start again',
    ].join('\n'),
  )
}

/** What postmaster.pid says of the server that runs, or ran, on a data folder. */
export function readPostmaster(data: string): { pid: number; place: Place } | null {
  let lines: string[]
  try {
    lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  const host = windows ? '127.0.0.1' : (lines[4] ?? '')
  return Number.isInteger(pid) && pid > 0 && host !== '' ? { pid, place: { host, port: Number(lines[3]) } } : null
}

/**
 * Whether the server on a data folder was asked to end and waits for its connections to: it takes no new ones. It writes
 * so into the eighth line of postmaster.pid (`LOCK_FILE_LINE_PM_STATUS` in PostgreSQL's `utils/pidfile.h`).
 */
export function isStopping(data: string): boolean {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'stopping'
  } catch {
    return false
  }
}

/** Whether that server lives: not a zombie, and not another process under its number where one can tell. */
export function isPostmaster(data: string, pid: number): boolean {
  const working = processesIn(realpathSync(data))
  return working === null ? startOf(pid) !== null : working.includes(pid)
}

/**
 * Removes the lock files of a server that is gone, those of its data and, where it stood at a socket, of that. PostgreSQL
 * does so itself unless the number in them lives on as a zombie or as another process; its orphaned workers are waited for
 * first, as their memory is still shared.
 */
export async function clearRemains(data: string, place?: Place): Promise<void> {
  const folder = realpathSync(data)
  for (let waited = 0; waited < 15_000 && (processesIn(folder)?.length ?? 0) > 0; waited += 50) await pause(50)
  if (processesIn(folder)?.length !== 0) return
  rmSync(join(data, 'postmaster.pid'), { force: true })
  if (place && !windows) rmSync(join(place.host, `.s.PGSQL.${place.port}.lock`), { force: true })
}

export type Running = { child: ChildProcess | null; place: Place }

/** Starts the server and returns at once; `connect` waits until it answers. */
export function launch(cluster: Cluster, place: Place): Running {
  const settings = join(cluster.data, 'postgresql.conf')
  writeFileSync(settings, settingsFor(place, cluster), { mode: 0o600 })
  give(cluster.account, settings)
  const log = logOf(cluster.data)
  if (existsSync(log) && statSync(log).size > 5_000_000) renameSync(log, `${log}.old`)
  if (windows) {
    // Only pg_ctl can give up an administrator's rights, which PostgreSQL asks for.
    const started = spawnSync(cluster.binaries.pgCtl, ['start', '-w', '-D', cluster.data, '-l', log], {
      env: environment(),
      stdio: 'ignore',
    })
    if (started.status !== 0) throw new EmbeddedError(`The database did not start: ${lastOf(cluster.data)}`)
    return { child: null, place }
  }
  const out = openSync(log, 'a', 0o600)
  // The account may start it by itself the next time.
  give(cluster.account, log)
  try {
    // A group of its own: Ctrl-C in the terminal must reach us alone, so that we can drain first.
    const child = spawn(cluster.binaries.postgres, ['-D', cluster.data], {
      ...cluster.account.spawn,
      detached: true,
      env: environment(),
      cwd: '/',
      stdio: ['ignore', out, out],
    })
    child.on('error', () => undefined)
    child.unref()
    return { child, place }
  } finally {
    closeSync(out)
  }
}

/** Whether the server we launched is still there; false for one that was not launched by this process. */
export const isAlive = ({ child }: Running): boolean =>
  child !== null && child.pid !== undefined && child.exitCode === null && child.signalCode === null

const lastOf = (data: string): string => {
  try {
    return readFileSync(logOf(data), 'utf8').trim().split('\n').slice(-5).join('\n')
  } catch {
    return 'it left no log'
  }
}

const login = (data: string): { user: string; password?: string } => ({
  user: role,
  ...(windows ? { password: readFileSync(passwordOf(data), 'utf8').trim() } : {}),
})

/** The address of a database of the running server, as pg and sequelize both take it. */
export function addressOf(data: string, place: Place, name: string = database): string {
  const { password } = login(data)
  return windows
    ? `postgres://${role}:${password}@127.0.0.1:${place.port}/${name}`
    : `postgres://${role}@localhost:${place.port}/${name}?host=${encodeURIComponent(place.host)}`
}

/**
 * Connects as soon as the server answers; recovery after a crash may take its time. Throws EmbeddedError with
 * the end of the server's log when it exits, or does not answer within `within` milliseconds.
 */
export async function connect(cluster: Cluster, running: Running, name: string, within: number): Promise<pg.Client> {
  const { child, place } = running
  const end = performance.now() + within
  for (;;) {
    const client = new pg.Client({ host: place.host, port: place.port, database: name, ...login(cluster.data) })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const failed = child !== null && !isAlive(running)
      // 3D000: the server answers and there is no such database, which waiting does not change.
      const code = (error as { code?: string }).code
      if (code === '3D000') throw error
      if (failed || performance.now() > end) {
        throw new EmbeddedError(
          `The database in ${cluster.data} did not start. The end of its log:\n${lastOf(cluster.data)}`,
        )
      }
      await pause(15)
    }
  }
}

/** Ends every session and stops the server with a clean checkpoint; waits up to a minute. */
export async function halt(cluster: Cluster): Promise<void> {
  const child = spawn(cluster.binaries.pgCtl, ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', '60'], {
    ...cluster.account.spawn,
    env: environment(),
    cwd: dirname(cluster.binaries.pgCtl),
    stdio: 'ignore',
  })
  await new Promise<void>(resolve => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
}

/** A new private folder for the server's socket, short enough for one, which `account` may use. */
export function makeSocketFolder(
  account: Account,
  parents: readonly string[],
  canUse: (parent: string) => boolean,
): string {
  for (const parent of parents) {
    // A socket's path may have 107 bytes, and the setting that names its folder is a list with commas.
    const folder = join(parent, `lectern-${randomBytes(8).toString('hex')}`)
    if (Buffer.byteLength(folder) > 107 - '/.s.PGSQL.65535.lock'.length || /[,"]/.test(folder) || !canUse(parent))
      continue
    mkdirSync(folder, { mode: 0o700 })
    chmodSync(folder, 0o700)
    give(account, folder)
    return folder
  }
  throw new EmbeddedError(`There is no folder for the database's socket: tried ${parents.join(', ')}`)
}
