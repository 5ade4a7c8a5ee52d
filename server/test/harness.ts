// What an integration test needs: a migrated database of its own, a running node, a browser. It uses real
// PostgreSQL, Redis and Chromium only, and takes down whatever it brought up, also when a test dies.

import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { type Browser, chromium } from 'playwright-core'
import { features } from '#server/features.ts'
import { type RunningNode, startNode } from '#server/main.ts'
import { migrations } from '#server/migrations/index.ts'
import { type Config, readConfig } from '#server/platform/config.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { listenerJob } from '#server/platform/events/listeners.ts'
import { makeQueues } from '#server/platform/jobs/jobs.ts'
import { chromiumLaunch } from './chromium.ts'
import { atEndOfFile, atEndOfProcess } from './endings.ts'

export { waitFor } from './wait-for.ts'

/**
 * The PostgreSQL server the tests make their databases on: TEST_DATABASE_URL (`npm test` sets it to a server
 * of its own), else the one on this machine. The account must be allowed to create databases.
 */
export const testServerUrl =
  process.env.TEST_DATABASE_URL ?? `postgres://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`

/** The Redis the tests use: TEST_REDIS_URL (`npm test` sets it), else the one on this machine. */
export const testRedisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'

const nameFor = (kind: 'test' | 'template'): string =>
  `lectern_${kind}_${Math.floor(Date.now() / 1000).toString(36)}_${randomBytes(4).toString('hex')}`

const withName = (name: string): string => {
  const url = new URL(testServerUrl)
  url.pathname = `/${name}`
  return url.href
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServerUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

let template: Promise<string> | undefined

// Made once: for each node to make its own takes longer than all the rest of its start.
const queues = [listenerJob, ...features.flatMap(feature => feature.jobs ?? []).map(job => job.name)]

// One migrated database for each state of the time-line; processes that start together wait for the first.
async function makeTemplate(): Promise<string> {
  const steps = migrations.map(({ name, up }) => `${name}\n${String(up)}`)
  const hash = createHash('sha256')
    .update([...steps, ...queues].join('\n'))
    .digest('hex')
    .slice(0, 16)
  return onServer(async client => {
    await client.query('select pg_advisory_lock(1819239284, 1)')
    await sweep(client)
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'lectern\\_template\\_%\\_${hash}'`,
    )
    if (rows[0] !== undefined) return rows[0].datname
    const building = nameFor('test')
    // The same rules for case and order as the embedded database, whatever this server's own are.
    const asked = await client.query("select from pg_database where datname = 'template1' and datlocprovider = 'i'")
    const rules = "template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale 'C.UTF-8'"
    await client.query(`create database ${building} ${asked.rowCount === 0 ? rules : ''}`)
    await migrate(withName(building))
    await makeQueues(withName(building), queues)
    const done = `${nameFor('template').replace(/_[^_]*$/, '')}_${hash}`
    await client.query(`alter database ${building} rename to ${done}`)
    return done
  })
}

// Databases of runs that were killed: tests after an hour, templates after a day, never one in use.
async function sweep(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database d where datname ~ '^lectern_(test|template)_[0-9a-z]+_'
      and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
  )
  for (const { datname } of rows) {
    const [, kind, made] = datname.split('_')
    const age = Date.now() / 1000 - Number.parseInt(made ?? '', 36)
    if (age > (kind === 'template' ? 86_400 : 3_600)) {
      await client.query(`drop database if exists ${datname}`).catch(() => undefined)
    }
  }
}

/**
 * A database of one's own with the current schema, made from a template in 50 to 90 ms. Call it in a
 * `before` hook; it is dropped when the file's tests are over (`drop` does it sooner).
 */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  template ??= makeTemplate()
  return databaseFrom(await template)
}

async function databaseFrom(from: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = nameFor('test')
  await onServer(client => client.query(`create database ${name} template ${from}`))
  let dropped: Promise<void> | undefined
  const drop = (): Promise<void> => {
    dropped ??= onServer(async client => {
      await client.query(`drop database if exists ${name} with (force)`)
    })
    return dropped
  }
  atEndOfFile(drop)
  return { url: withName(name), drop }
}

const ownRun = randomBytes(4).toString('hex')
const filled = new Map<string, Promise<{ from: string; answer: string }>>()

// The database others are copied from, and what its filling answered, which is its comment.
async function fillOnce(
  what: string,
  fill: (url: string) => Promise<string>,
): Promise<{ from: string; answer: string }> {
  const run = process.env.TEST_RUN ?? ownRun
  return onServer(async client => {
    await client.query('select pg_advisory_lock(1819239284, 2)')
    const { rows } = await client.query<{ datname: string; answer: string }>(
      `select datname, shobj_description(oid, 'pg_database') as answer from pg_database
        where datname like 'lectern\\_test\\_%\\_${run}\\_${what}'`,
    )
    if (rows[0] !== undefined) return { from: rows[0].datname, answer: rows[0].answer }
    const { url, drop } = await testDatabase()
    const answer = await fill(url)
    const from = `${nameFor('test').replace(/_[^_]*$/, '')}_${run}_${what}`
    await client.query(`create database ${from} template ${new URL(url).pathname.slice(1)}`)
    await client.query(`comment on database ${from} is ${client.escapeLiteral(answer)}`)
    await drop()
    if (run === ownRun)
      atEndOfProcess(() => onServer(other => other.query(`drop database if exists ${from} with (force)`)))
    return { from, answer }
  })
}

/**
 * A database of one's own, copied from one that `fill` filled under the name `what`: once for a run of `npm test`, else
 * once for a process. `fill` must have left it when it answers; what it answers comes with each copy.
 */
export async function filledDatabase(
  what: string,
  fill: (url: string) => Promise<string>,
): Promise<{ url: string; answer: string }> {
  const once = filled.get(what) ?? fillOnce(what, fill)
  filled.set(what, once)
  const { from, answer } = await once
  return { url: (await databaseFrom(from)).url, answer }
}

export interface TestNodeOptions {
  /** Where the node's database is; without it a new one is made. Give two nodes the same for one system. */
  databaseUrl?: string
  /** True connects the node to the tests' Redis. */
  redis?: boolean
  /** Any setting, over what the harness chose. */
  config?: Partial<Config>
}

export interface TestNode {
  url: string
  port: number
  contentPort: number | null
  databaseUrl: string
  config: Config
  as: RunningNode['as']
  stop(): Promise<void>
}

/** Starts a node on a free port of the loopback address; stopped when the file's tests are over. */
export async function testNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const databaseUrl = options.databaseUrl ?? (await testDatabase()).url
  const files = await mkdtemp(join(tmpdir(), 'lectern-files-'))
  atEndOfFile(() => rm(files, { recursive: true, force: true }))
  const base = readConfig(
    {
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'a key that only tests use, long enough',
      STORAGE_URL: pathToFileURL(files).href,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      // The nodes of one database hear each other there; those of other tests have another key.
      ...(options.redis === true ? { REDIS_URL: testRedisUrl, SECRET_KEY: `the key of ${databaseUrl} alone` } : {}),
    },
    files,
  )
  const config: Config = { ...base, ...options.config }
  const node = await startNode(config)
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopped ??= node.stop()
    return stopped
  }
  atEndOfFile(stop)
  return { as: node.as, url: node.url, port: node.port, contentPort: node.contentPort, databaseUrl, config, stop }
}

let shared: Promise<Browser> | undefined

/** The one Chromium of this process, started at its first use; open a context for each person in a story. */
export function browser(): Promise<Browser> {
  if (shared === undefined) {
    const started = chromium.launch(chromiumLaunch())
    atEndOfProcess(async () => (await started).close())
    shared = started
  }
  return shared
}
