// The database: one Sequelize for the process, whose models join the transaction they are called in, and one pool of plain
// connections for storms and for everything that is asked in SQL. Holds no table and knows no feature.
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { type Model, type ModelAttributes, type ModelStatic, type Options, Sequelize } from 'sequelize'
import type { Sql } from '../ctx.ts'

const modelPool = 8
const plainPool = 10

/** Connections a node can open at most; checked against max_connections at start (jobs open two more). */
export const connectionsPerNode = modelPool + plainPool + 2

// Sequelize's hook for "the current transaction" asks for a namespace; this one stands on AsyncLocalStorage.
const inTransaction = new AsyncLocalStorage<Map<string, unknown>>()
Sequelize.useCLS({
  get: (key: string) => inTransaction.getStore()?.get(key),
  set: (key: string, value: unknown) => inTransaction.getStore()?.set(key, value),
  run: (fn: (context: unknown) => unknown) => inTransaction.run(new Map(), () => fn(undefined)),
  bind: (fn: unknown) => fn,
})

/** Whether what runs now has a transaction of its own, which models and `sql` join. */
export const insideTransaction = (): boolean => inTransaction.getStore()?.get('transaction') !== undefined

/** Asks at once what does not wait for each other; inside a transaction, which has one connection, one after the other. */
export async function together<T>(asked: readonly (() => Promise<T>)[]): Promise<T[]> {
  if (!insideTransaction()) return Promise.all(asked.map(ask => ask()))
  const found: T[] = []
  for (const ask of asked) found.push(await ask())
  return found
}

let address: pg.ClientConfig | undefined

// To compile a plan pays in long reports; a server's statements are short, and where a table has no statistics yet it takes
// a second for what runs in milliseconds.
const settings = '-c jit=off'

const options: Options = {
  dialect: 'postgres',
  logging: false,
  pool: { max: modelPool, min: 1, idle: 30_000, acquire: 20_000 },
  dialectOptions: { options: settings },
  define: { timestamps: false, underscored: true, freezeTableName: true },
  hooks: {
    beforeConnect(config) {
      if (!address) throw new Error('connectDatabase() comes before the first query')
      const { host, port, user, password, database } = address
      Object.assign(config, { host, port, username: user, user, password, database })
    },
  },
}

/** Models are declared on it at import; it connects where `connectDatabase` says. */
export const sequelize = new Sequelize(options)

export let plain: pg.Pool = new pg.Pool({ max: 0 })

/** Reads a PostgreSQL URL, socket folders included (`postgres://user@%2Ftmp%2Ffolder/name` or `?host=`). */
export function parseDatabaseUrl(url: string): pg.ClientConfig {
  const parsed = new URL(url)
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname)
  return {
    host: host || 'localhost',
    port: Number(parsed.searchParams.get('port') ?? (parsed.port || 5432)),
    user: decodeURIComponent(parsed.username) || parsed.searchParams.get('user') || 'postgres',
    password: decodeURIComponent(parsed.password) || undefined,
    database: decodeURIComponent(parsed.pathname.slice(1)),
  }
}

let opened = 0

/**
 * Points the process at its database; models may be used from here on. Several nodes of one process share it, and
 * each closes it once. Another database while one is open is a mistake of the caller.
 */
export function connectDatabase(url: string): void {
  const wanted = parseDatabaseUrl(url)
  if (opened > 0 && JSON.stringify(wanted) !== JSON.stringify(address))
    throw new Error('This process has another database open')
  opened++
  if (opened > 1) return
  address = wanted
  plain = new pg.Pool({
    ...{ ...address, types, options: settings, max: plainPool },
    ...{ idleTimeoutMillis: 30_000, connectionTimeoutMillis: 20_000 },
  })
  // A connection lost while idle is replaced by the pool, one lost between two statements of a transaction fails at the
  // next; without these listeners either would end the process.
  plain.on('error', () => undefined)
  plain.on('connect', client => client.on('error', () => undefined))
}

/** Ends every connection of the process once the last of its nodes has closed. */
export async function closeDatabase(): Promise<void> {
  opened--
  if (opened > 0) return
  // Sequelize's own close() is for good; this one can be opened again, for the next database of a test run.
  const manager = sequelize.connectionManager as unknown as { _onProcessExit(): Promise<void>; initPools(): void }
  await Promise.allSettled([plain.end(), manager._onProcessExit()])
  manager.initPools()
}

// A day is the text it is written as, as in the models; the driver would make an instant of it. 1082: date in pg_type.
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === 1082 ? (day: string) => day : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/**
 * Runs a parametrised query on the current transaction's connection, else on one of the plain pool. It goes around
 * Sequelize, which takes longer over a statement than the database does over most.
 */
export const sql: Sql = async <Row extends object>(text: string, values: readonly unknown[] = [], name?: string) => {
  const transaction = inTransaction.getStore()?.get('transaction') as { connection?: pg.ClientBase } | undefined
  const statement = { text, values: [...values], ...(name !== undefined && { name }) }
  return (await (transaction?.connection ?? plain).query<Row & pg.QueryResultRow>(statement)).rows as Row[]
}

export type RowModel<Row extends object> = Model<Row, Partial<Row>> & Row

/**
 * Declares a table's model. Columns are camelCase here and snake_case in the database; migrations make the table. What is
 * `heavy` (long texts) no find brings unless it asks for it.
 */
export const table = <Row extends object>(
  name: string,
  columns: ModelAttributes<RowModel<Row>, Row>,
  { heavy = [] }: { heavy?: readonly string[] } = {},
): ModelStatic<RowModel<Row>> =>
  sequelize.define<RowModel<Row>, Row>(name, columns, {
    tableName: name,
    ...(heavy.length > 0 && { defaultScope: { attributes: { exclude: [...heavy] } } }),
  })
