// What a measured server needs beside itself: a database of its own on a PostgreSQL, which is made and thrown away.
// Uses the server TEST_DATABASE_URL names (a fair figure needs one that is durable), else brings an embedded one.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#server/platform/db/migrate.ts'
import { startEmbedded } from '#server/platform/postgres/embedded.ts'

export interface Store {
  readonly url: string
  /** Version and durability, for the head of a report. */
  readonly about: string
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Processes of the PostgreSQL server that work on this database now. */
  backends(): Promise<number[]>
  stop(): Promise<void>
}

/** A PostgreSQL server: the one that is given, or one that is thrown away when it stops. */
export interface DatabaseServer {
  readonly url: string
  stop(): Promise<void>
}

/** An embedded PostgreSQL of one's own, durable; it comes back by itself when it crashes. */
export async function bringEmbedded(): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-bench-'))
  // Another account may run it: see the embedded module.
  spawnSync('chmod', ['711', folder])
  const embedded = await startEmbedded({ dataDir: join(folder, 'data'), say: line => console.log(line) })
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function bringServer(): Promise<DatabaseServer> {
  const given = process.env.TEST_DATABASE_URL
  return given ? { url: given, stop: async () => undefined } : bringEmbedded()
}

/** A migrated database `<kind>_…` of one's own; `stop` drops it. */
export async function bringStore(kind: 'bench' | 'fault', bring = bringServer): Promise<Store> {
  const server = await bring()
  const name = `${kind}_${randomBytes(4).toString('hex')}`
  const url = new URL(server.url)
  url.pathname = `/${name}`
  const onServer = async (text: string) => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query(text).finally(() => client.end())
  }
  await onServer(`create database ${name} template template0 encoding 'UTF8'`)
  await migrate(url.href)
  const pool = new pg.Pool({ connectionString: url.href, max: 2 })
  pool.on('error', () => undefined)
  const query = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<Row>(text, [...values])).rows
  const [facts] = await query<{ version: string; fsync: string; commit: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit`,
  )
  return {
    url: url.href,
    about: `PostgreSQL ${facts?.version}, fsync ${facts?.fsync}, synchronous_commit ${facts?.commit}`,
    query,
    backends: async () => {
      const rows = await query<{ pid: number }>('select pid from pg_stat_activity where datname = current_database()')
      return rows.map(row => row.pid)
    },
    async stop() {
      await pool.end()
      await onServer(`drop database if exists ${name} with (force)`)
      await server.stop()
    },
  }
}
