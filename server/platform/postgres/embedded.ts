// The embedded database: a real PostgreSQL of our own for one machine. It belongs to the process that holds
// the advisory lock inside it; only that process stops it, and a second one changes nothing.

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { type Account, accountOf, canReach, chooseAccount } from './account.ts'
import { prepareBinaries } from './binaries.ts'
import * as server from './cluster.ts'
import { AlreadyRunning, EmbeddedError } from './error.ts'
import { findOwner, takeOwnership } from './owner.ts'

export { AlreadyRunning, EmbeddedError } from './error.ts'

export interface EmbeddedOptions {
  /** The folder `.lectern`; the data goes below it, or where the file `data-folder` in it says. */
  dataDir: string
  /** False for a database that is thrown away: faster, and lost if the machine stops. */
  durable?: boolean
  /** Hears one line for each step that takes a while. */
  say?: (line: string) => void
}

export interface Embedded {
  url: string
  /** True from the making of the database until `settled` is called, also over a crash in between. */
  isNew: boolean
  /** Says that a new database has got its first contents. */
  settled(): void
  /** Stops the database, if this process still owns it. Safe to call twice. */
  stop(): Promise<void>
}

// What holds the lock owns the database: 'lect' and 1 in the numbers every release uses.
const ownerLock = [0x6c656374, 1]
// Where root keeps what another account must reach, when the checkout cannot be reached.
const systemFolder = process.platform === 'darwin' ? '/usr/local/var/lectern' : '/var/lib/lectern'

const namedFolder = (dataDir: string): string | null => {
  const file = join(dataDir, 'data-folder')
  const named = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  return named === '' ? null : resolve(dataDir, named)
}

// As root, the data stays with the account it belongs to; otherwise it must be ours.
const accountFor = (data: string): Account => {
  const account = chooseAccount()
  if (!existsSync(data)) return account
  const { uid, gid } = statSync(data)
  if (account.lent) return uid === 0 ? account : accountOf(uid, gid)
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new EmbeddedError(
      `The data in ${data} belongs to another account (number ${uid}): start Lectern as that account or as root`,
    )
  }
  return account
}

const locate = (dataDir: string): { data: string; account: Account } => {
  mkdirSync(resolve(dataDir, '..'), { recursive: true })
  if (!existsSync(dataDir)) mkdirSync(dataDir, { mode: 0o711 })
  const named = namedFolder(dataDir)
  if (named !== null) return { data: named, account: accountFor(named) }
  const below = join(dataDir, 'postgres')
  const account = accountFor(below)
  if (canReach(account, dataDir)) return { data: below, account }
  // A new name each time, so that whoever removes `.lectern` gets a new database, as everywhere else.
  const away = join(systemFolder, randomBytes(6).toString('hex'), 'postgres')
  try {
    writeFileSync(join(dataDir, 'data-folder'), `${away}\n`, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const agreed = namedFolder(dataDir) ?? away
  return { data: agreed, account: accountFor(agreed) }
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail()))
    })
  })

const newPlace = async (account: Account): Promise<server.Place> =>
  process.platform === 'win32'
    ? { host: '127.0.0.1', port: await freePort() }
    : {
        host: server.makeSocketFolder(account, [tmpdir(), '/tmp', '/var/tmp'], folder => canReach(account, folder)),
        port: 5432,
      }

// A socket folder of ours, and nothing else, whatever a lock file may say.
const removeSocketFolder = (host: string): void => {
  if (/^lectern-[0-9a-f]{16}$/.test(basename(host))) rmSync(host, { recursive: true, force: true })
}

/** The address of the embedded database that a living process runs on `dataDir`, or null. Changes nothing. */
export async function findEmbedded(dataDir: string): Promise<string | null> {
  const data = namedFolder(dataDir) ?? join(dataDir, 'postgres')
  if (!existsSync(data) || (await findOwner(data)) === null) return null
  const found = server.readPostmaster(data)
  return found !== null && server.isPostmaster(data, found.pid) ? server.addressOf(data, found.place) : null
}

/**
 * Makes the database if there is none, starts it, or takes over one whose owner died, and returns when it
 * answers. Throws AlreadyRunning when another living process owns it, and EmbeddedError, in words for the
 * operator, for everything else that stands in the way. Keeps it running until `stop`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const say = options.say ?? (() => undefined)
  const dataDir = resolve(options.dataDir)
  const { data, account } = locate(dataDir)
  mkdirSync(resolve(data, '..'), { recursive: true, mode: 0o755 })
  const ownership = await takeOwnership(data)
  try {
    const binaries = prepareBinaries(account, account.lent ? systemFolder : join(dataDir, 'programs'), say)
    const cluster: server.Cluster = { data, account, binaries, durable: options.durable ?? true }
    const fresh = `${data}.fresh`
    if (!existsSync(join(data, 'PG_VERSION'))) {
      say(`Making a PostgreSQL ${binaries.major} database in ${data}`)
      writeFileSync(fresh, 'This database has not got its first contents yet.\n')
      server.initialise(cluster)
    }
    server.checkMajor(data, binaries)
    const keeper = await Keeper.start(cluster, say)
    let stopped: Promise<void> | undefined
    return {
      url: server.addressOf(data, keeper.place),
      isNew: existsSync(fresh),
      settled: () => rmSync(fresh, { force: true }),
      stop: () => {
        stopped ??= keeper.stop().finally(() => ownership.release())
        return stopped
      },
    }
  } catch (error) {
    ownership.release()
    throw error
  }
}

// A server that was told to end by somebody else waits for our connections, and refuses new ones meanwhile.
const lookMs = 1_000

// Holds the lock and the server: brings both back when the server dies under us.
class Keeper {
  readonly #cluster: server.Cluster
  readonly #say: (line: string) => void
  #running: server.Running
  #stopping = false
  #look: NodeJS.Timeout | undefined
  #mending: Promise<void> | undefined

  private constructor(cluster: server.Cluster, running: server.Running, say: (line: string) => void) {
    this.#cluster = cluster
    this.#running = running
    this.#say = say
  }

  get place(): server.Place {
    return this.#running.place
  }

  static async start(cluster: server.Cluster, say: (line: string) => void): Promise<Keeper> {
    const left = server.readPostmaster(cluster.data)
    if (left !== null && server.isPostmaster(cluster.data, left.pid)) {
      say('Taking over the database that an earlier run left running')
      const keeper = new Keeper(cluster, { child: null, place: left.place }, say)
      try {
        await keeper.#take(3_000)
        return keeper
      } catch (error) {
        if (error instanceof AlreadyRunning) throw error
        // It lives and cannot be used, for instance because its socket was swept away.
        await server.halt(cluster)
      }
    }
    if (left !== null) removeSocketFolder(left.place.host)
    await server.clearRemains(cluster.data)
    const running = server.launch(cluster, await newPlace(cluster.account))
    const keeper = new Keeper(cluster, running, say)
    try {
      await keeper.#take(120_000)
    } catch (error) {
      // Only ours: if it is gone, the lock file is that of another start, which got there first.
      if (server.isAlive(running)) await server.halt(cluster)
      removeSocketFolder(running.place.host)
      throw error
    }
    return keeper
  }

  /** Connects, makes the database if it is missing, and takes the lock; `within` is in milliseconds. */
  async #take(within: number): Promise<void> {
    const client = await this.#open(within)
    // The session of a process that was just killed may need a moment to notice.
    for (let tries = 0; ; tries++) {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', ownerLock)
      if (rows[0]?.taken === true) break
      if (tries === 40) {
        await client.end()
        throw new AlreadyRunning(this.#cluster.data, null)
      }
      await pause(50)
    }
    client.on('end', () => this.#mend())
    clearInterval(this.#look)
    this.#look = setInterval(() => this.#hasten(), lookMs).unref()
  }

  // Ends at once what would wait for the connections of this very process for ever; then it is brought back.
  #hasten(): void {
    if (this.#stopping || !server.isStopping(this.#cluster.data)) return
    clearInterval(this.#look)
    this.#say('The database was told to stop; letting it')
    void server.halt(this.#cluster)
  }

  async #open(within: number): Promise<pg.Client> {
    try {
      return await server.connect(this.#cluster, this.#running, server.database, within)
    } catch (error) {
      if ((error as { code?: string }).code !== '3D000') throw error
      const first = await server.connect(this.#cluster, this.#running, 'postgres', within)
      await first.query(`create database ${server.database}`).finally(() => first.end())
      return server.connect(this.#cluster, this.#running, server.database, within)
    }
  }

  #mend(): void {
    if (this.#stopping || this.#mending !== undefined) return
    this.#mending = this.#reviveAtLast().finally(() => {
      this.#mending = undefined
    })
  }

  // Without it nothing else works: it is tried for as long as this process lives.
  async #reviveAtLast(): Promise<void> {
    for (let tries = 1; !this.#stopping; tries++) {
      try {
        return await this.#revive()
      } catch (error) {
        this.#say(`The database stopped and did not come back: ${String(error)}`)
        for (let waited = 0; waited < Math.min(tries, 30) * 1_000 && !this.#stopping; waited += 100) await pause(100)
      }
    }
  }

  async #revive(): Promise<void> {
    const { data } = this.#cluster
    const left = server.readPostmaster(data)
    if (left === null || !server.isPostmaster(data, left.pid)) {
      this.#say('The database stopped; starting it again')
      await server.clearRemains(data, this.#running.place)
      // The same place: the pools of this process find it again by themselves.
      if (!this.#stopping) this.#running = server.launch(this.#cluster, this.#running.place)
    }
    if (!this.#stopping) await this.#take(120_000)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#look)
    await this.#mending
    await server.halt(this.#cluster)
    removeSocketFolder(this.#running.place.host)
  }
}
