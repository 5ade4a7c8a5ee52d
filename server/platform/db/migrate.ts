// Brings a database to the current schema: the listed migrations, in order, forward only. Two nodes may
// start at once, so everything happens under one lock; a migration never commits in part.

import pg from 'pg'
import { Umzug } from 'umzug'
import { migrations as timeline } from '#server/migrations/index.ts'

/** One step of the time-line. `name` begins with its four-digit number; `up` runs inside a transaction. */
export interface Migration {
  name: string
  up: string | ((query: (sql: string) => Promise<unknown>) => Promise<void>)
}

// 'lect' and 'migr' in ASCII: any two fixed numbers do, as long as every release uses the same.
const lock = [0x6c656374, 0x6d696772]

const checkNames = (list: readonly Migration[]): void => {
  let before = ''
  for (const { name } of list) {
    if (!/^\d{4}-[a-z0-9-]+$/.test(name)) throw new Error(`The migration name "${name}" must look like 0001-platform`)
    if (name.slice(0, 4) <= before) throw new Error(`The migration ${name} must have a number above ${before}`)
    before = name.slice(0, 4)
  }
}

/**
 * Runs what has not run yet and returns the names that ran. Waits for another node that is migrating.
 * Names the database holds and the list does not are left alone: a newer release may run beside this one.
 * Throws what the migration threw, named by its step; steps before it stay.
 */
export async function migrate(databaseUrl: string, list: readonly Migration[] = timeline): Promise<string[]> {
  checkNames(list)
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'lectern-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1, $2)', lock)
    await client.query(
      'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
    )
    const umzug = new Umzug({
      migrations: list.map(migration => ({ name: migration.name, up: () => run(client, migration) })),
      storage: {
        executed: async () =>
          (await client.query<{ name: string }>('select name from migrations')).rows.map(r => r.name),
        // The name was written inside the step's own transaction.
        logMigration: async () => undefined,
        unlogMigration: async () => {
          throw new Error('Migrations only go forward')
        },
      },
      logger: undefined,
    })
    return (await umzug.up()).map(step => step.name)
  } finally {
    // Ending the session frees the lock, whatever state the connection is in.
    await client.end()
  }
}

async function run(client: pg.Client, { name, up }: Migration): Promise<void> {
  await client.query('begin')
  try {
    if (typeof up === 'string') await client.query(up)
    else await up(sql => client.query(sql))
    await client.query('insert into migrations (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/**
 * Takes everything out of a database, for one that was never filled to its end. Only the embedded mode calls it, before
 * anybody could have worked there.
 */
export async function emptyDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'lectern-migrate' })
  await client.connect()
  try {
    await client.query('drop schema if exists pgboss cascade; drop schema public cascade; create schema public')
  } finally {
    await client.end()
  }
}
