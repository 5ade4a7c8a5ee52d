// The embedded database on a path with spaces: kept data, kills of every kind, second starts, other majors.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { waitFor } from '#server/test/wait-for.ts'
import { readPostmaster } from './cluster.ts'
import { AlreadyRunning, findEmbedded, startEmbedded } from './embedded.ts'
import { placeOfPids } from './processes.ts'

const program = fileURLToPath(new URL('../../test/programs/hold-database.ts', import.meta.url))

interface Told {
  url?: string
  isNew?: boolean
  said?: string
  failed?: string
  message?: string
}

interface Holder {
  child: ChildProcess
  told: Told[]
  /** The line that says it is ready, or why not. */
  outcome: Promise<Told>
}

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows[0] === undefined ? undefined : Object.values(rows[0])[0]
  } finally {
    await client.end()
  }
}

describe('the embedded database', () => {
  const top = mkdtempSync(join(tmpdir(), 'lectern data '))
  const dataDir = join(top, '.lectern')
  const data = join(dataDir, 'postgres')
  const holders: Holder[] = []

  const hold = (folder = dataDir): Holder => {
    const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const told: Told[] = []
    const outcome = new Promise<Told>(resolve => {
      createInterface({ input: child.stdout }).on('line', line => {
        const heard = JSON.parse(line) as Told
        told.push(heard)
        if (heard.said === undefined) resolve(heard)
      })
    })
    const holder = { child, told, outcome }
    holders.push(holder)
    return holder
  }

  const kill = async (holder: Holder, signal: NodeJS.Signals): Promise<void> => {
    if (holder.child.exitCode !== null || holder.child.signalCode !== null) return
    const gone = new Promise(resolve => holder.child.once('exit', resolve))
    holder.child.kill(signal)
    await gone
  }

  const ready = async (holder: Holder): Promise<string> => {
    const { url, message } = await holder.outcome
    assert.ok(url, message)
    return url
  }

  before(() => chmodSync(top, 0o711))

  afterEach(async () => {
    for (const holder of holders.splice(0)) await kill(holder, 'SIGTERM')
  })

  after(() => rmSync(top, { recursive: true, force: true }))

  it('is made once, knows every alphabet, is on no network, and stays new until it is settled', async () => {
    const first = await startEmbedded({ dataDir })
    assert.equal(first.isNew, true)
    assert.equal(await ask(first.url, "select lower('ÄÉЖ')"), 'äéж')
    assert.equal(await ask(first.url, 'show listen_addresses'), '')
    assert.equal(
      await ask(first.url, "select datcollate || datctype || datlocale from pg_database where datname = 'lectern'"),
      'CC.UTF-8und',
    )
    await ask(first.url, 'create extension pg_trgm')
    assert.equal(await ask(first.url, "select similarity('Übung', 'übung')"), 1)
    await ask(first.url, 'create table kept (n int); ')
    const socket = new URL(first.url).searchParams.get('host') ?? ''
    assert.ok(existsSync(socket))
    await first.stop()
    await first.stop()
    assert.ok(!existsSync(socket), 'the socket folder is removed')
    assert.ok(!existsSync(`${data}.owner`), 'the owner file is removed')

    const second = await startEmbedded({ dataDir })
    assert.equal(second.isNew, true, 'nobody said that it has its first contents')
    second.settled()
    assert.equal(Number(await ask(second.url, 'select count(*) from kept')), 0)
    await second.stop()
    const third = await startEmbedded({ dataDir })
    assert.equal(third.isNew, false)
    await third.stop()
  })

  it('tells a second start in one line, and the first goes on', async () => {
    const url = await ready(hold())
    const second = await hold().outcome
    assert.equal(second.failed, 'AlreadyRunning')
    assert.match(second.message ?? '', /already running .* \(process \d+\); nothing was changed$/)
    assert.doesNotMatch(second.message ?? '', /\n/)
    assert.equal(await ask(url, 'select 1'), 1)
    assert.equal(await findEmbedded(dataDir), url)
  })

  it('is the lock inside the database, not the file: a start without the file changes nothing either', async () => {
    const url = await ready(hold())
    rmSync(`${data}.owner`)
    const second = await hold().outcome
    assert.equal(second.failed, 'AlreadyRunning', second.message)
    assert.equal(await ask(url, 'select 1'), 1)
  })

  it('is taken over with its data when its owner was killed', async () => {
    const first = hold()
    const url = await ready(first)
    await ask(url, 'insert into kept values (1)')
    await kill(first, 'SIGKILL')
    assert.equal(await findEmbedded(dataDir), null)
    const next = hold()
    assert.equal(await ready(next), url, 'the same server goes on')
    assert.match(next.told[0]?.said ?? '', /Taking over/)
    assert.equal(Number(await ask(url, 'select count(*) from kept')), 1)
  })

  it('recovers what was committed when owner and server were killed together', async () => {
    const first = hold()
    const url = await ready(first)
    await ask(url, 'insert into kept values (2)')
    const server = readPostmaster(data)?.pid ?? 0
    process.kill(server, 'SIGKILL')
    await kill(first, 'SIGKILL')
    const again = await ready(hold())
    assert.equal(Number(await ask(again, 'select count(*) from kept where n = 2')), 1)
  })

  it('comes back by itself at the same address when only the server was killed', async () => {
    const holder = hold()
    const url = await ready(holder)
    const { pid: server = 0, place } = readPostmaster(data) ?? {}
    // As a killed one looks that nobody has buried yet: its number lives.
    const { uid, gid } = statSync(data)
    const living = spawn('sleep', ['60'], { uid, gid })
    const lock = join(place?.host ?? '', '.s.PGSQL.5432.lock')
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(living.pid)))
    process.kill(server, 'SIGKILL')
    const isBack = async () => (await ask(url, 'select 1')) === 1 && readPostmaster(data)?.pid !== server
    await waitFor(isBack, 'the server', 25_000)
    living.kill()
    const isHeld = async () => (await hold().outcome).failed === 'AlreadyRunning'
    await waitFor(isHeld, 'the lock to be held again', 25_000)
  })

  it('comes back by itself when the server was asked to stop, which waits for those who are connected', async () => {
    const url = await ready(hold())
    const connected = new pg.Client({ connectionString: url })
    connected.on('error', () => undefined)
    await connected.connect()
    const server = readPostmaster(data)?.pid ?? 0
    process.kill(server, 'SIGTERM')
    const isBack = async () => (await ask(url, 'select 1')) === 1 && readPostmaster(data)?.pid !== server
    await waitFor(isBack, 'the server', 40_000)
    await connected.end().catch(() => undefined)
  })

  it('does not take a dead owner for alive because its number lives on', async () => {
    writeFileSync(`${data}.owner`, JSON.stringify({ pid: process.pid, start: '1', ...placeOfPids() }))
    await ready(hold())
  })

  it('lets one of two first starts at once make the database', async () => {
    const folder = join(top, 'both', '.lectern')
    const starts = [hold(folder), hold(folder), hold(folder)]
    const outcomes = await Promise.all(starts.map(start => start.outcome))
    assert.equal(outcomes.filter(outcome => outcome.url !== undefined).length, 1)
    assert.equal(outcomes.filter(outcome => outcome.failed === 'AlreadyRunning').length, 2)
  })

  it('lies where the file data-folder says', async () => {
    const folder = join(top, 'named', '.lectern')
    const first = await startEmbedded({ dataDir: folder })
    await first.stop()
    writeFileSync(join(folder, 'data-folder'), '../elsewhere/pg\n')
    const second = await startEmbedded({ dataDir: folder })
    assert.equal(await ask(second.url, 'show data_directory'), join(top, 'named', 'elsewhere', 'pg'))
    await assert.rejects(startEmbedded({ dataDir: folder }), AlreadyRunning)
    await second.stop()
  })

  it('refuses the data of another major release with the commands that move it, and leaves it alone', async () => {
    const version = join(data, 'PG_VERSION')
    const real = readFileSync(version)
    writeFileSync(version, '17\n')
    try {
      const { failed, message } = await hold().outcome
      assert.equal(failed, 'EmbeddedError')
      assert.match(message ?? '', /written by PostgreSQL 17, .* brings PostgreSQL 18[\s\S]*pg_dump[\s\S]*pg_restore/)
      assert.equal(readFileSync(version, 'utf8'), '17\n')
    } finally {
      writeFileSync(version, real)
    }
    await ready(hold())
  })
})
