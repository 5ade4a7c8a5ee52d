// A tiny scope with real tables, and nodes that serve it, for the tests of the platform. Never part of the product.

import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import * as z from 'zod/mini'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { address, defineScope } from '#protocol/base/scope.ts'
import { noBlobs } from '#server/platform/storage/blobs.ts'
import { createDispatcher } from '../call/dispatcher.ts'
import type { Ctx, Sql, Who } from '../ctx.ts'
import type { EncodedEvent } from '../events/event.ts'
import { appendEvents, blankEvents } from '../events/log.ts'
import { type Binding, bindScope } from '../feature.ts'
import type { Bus } from './bus.ts'
import { createRealtime, type Realtime, type RealtimeParts } from './realtime.ts'

const item = z.object({ id: z.string(), text: z.string() })

export const boardScope = defineScope({
  name: 'board',
  state: z.object({ items: z.array(item) }),
  feeds: { added: item, removed: z.object({ id: z.string() }), novel: z.object({}) },
  fleeting: { typing: z.object({ name: z.string() }) },
  apply: (state, event) => {
    if (event.kind === 'added') return { items: [...state.items, event.body] }
    if (event.kind === 'removed') return { items: state.items.filter(one => one.id !== event.body.id) }
    return state
  },
})

/** What a client of an older release knows of the same scope. */
export const oldBoardScope = { ...boardScope, feeds: { added: item, removed: z.object({ id: z.string() }) } }

export const boardTables = `
  create table board_items (board text, id text, text text, place bigserial, primary key (board, id));
  create table board_denied (board text, account text, primary key (board, account));
  create table board_entries (board text, account text, at timestamptz, primary key (board, account));
  create table board_revoked (account text primary key);`

export interface BoardNode {
  readonly url: string
  readonly realtime: Realtime
  readonly pool: pg.Pool
  add(board: string, id: string, text?: string): Promise<EncodedEvent[]>
  addMany(board: string, ids: readonly string[]): Promise<void>
  remove(board: string, id: string): Promise<void>
  /** Commits and tells nobody, as a node that dies between the two. */
  addSilently(board: string, id: string): Promise<EncodedEvent[]>
  bumpRights(subject: string): Promise<void>
  stop(): Promise<void>
}

export interface BoardNodeOptions {
  databaseUrl: string
  port?: number
  redisUrl?: string
  secretKey?: string
  bus?: Bus
  rhythm?: NonNullable<RealtimeParts['rhythm']>
  bindings?: readonly Binding[]
  /** Called when it was read who an account is, before its socket stands. */
  identified?: (account: string) => Promise<void>
  /** Called inside each snapshot's transaction. */
  duringSnapshot?: () => Promise<void>
}

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })

const sqlOf =
  (client: pg.Pool | pg.PoolClient): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[]

/** The cookie of a person in these tests. */
export const cookieOf = (account: string) => `account=${account}`

export async function startBoardNode(options: BoardNodeOptions): Promise<BoardNode> {
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 8 })
  pool.on('error', () => undefined)
  const sql = sqlOf(pool)
  const httpServer = createServer((_request, response) => response.writeHead(404).end())

  async function transaction<T>(begin: string, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    try {
      await client.query(begin)
      const value = await run(client)
      await client.query('commit')
      return value
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }

  const makeCtx: RealtimeParts['makeCtx'] = parts => ({
    ...parts,
    now: new Date(),
    log,
    sql,
    blobs: noBlobs,
    players: new Map(),
    emit: (scope, id, value) => realtime.emit(scope, id, value),
  })

  const identify = async (cookie: string | undefined): Promise<Who> => {
    const account = /account=([\w-]+)/.exec(cookie ?? '')?.[1]
    if (!account) return { kind: 'nobody' }
    if ((await sql('select 1 as one from board_revoked where account = $1', [account])).length > 0) {
      return { kind: 'nobody' }
    }
    await options.identified?.(account)
    return {
      kind: 'account',
      accountId: account as AccountId,
      sessionId: randomUUID() as SessionId,
      siteRole: 'member',
      name: 'Ada',
    }
  }

  const binding = bindScope(boardScope, {
    idForm: /^[\w-]+$/,
    admit: async (ctx, id) => {
      const account = ctx.who.kind === 'account' ? ctx.who.accountId : ''
      const denied = await ctx.sql('select 1 as one from board_denied where board = $1 and account = $2', [id, account])
      if (denied.length > 0) throw new Problem('not-allowed')
    },
    entry: async (ctx, id) => {
      const account = ctx.who.kind === 'account' ? ctx.who.accountId : ''
      const rows = await ctx.sql<{ at: Date }>('select at from board_entries where board = $1 and account = $2', [
        id,
        account,
      ])
      return rows[0]?.at ?? null
    },
    snapshot: async (ctx, id) => {
      await options.duringSnapshot?.()
      return {
        // More than the scope names, as by a query that somebody widened.
        items: await ctx.sql<{ id: string; text: string }>(
          'select * from board_items where board = $1 order by place',
          [id],
        ),
      }
    },
    fleeting: async (_ctx, id) => {
      const body = { name: 'Ada', secret: 1 } as { name: string }
      return id.endsWith('-typing') ? [{ kind: 'typing', body }] : []
    },
  })

  const realtime = await createRealtime({
    httpServer,
    config: {
      redisUrl: options.redisUrl ?? null,
      publicUrl: null,
      contentUrl: null,
      trustProxy: false,
      secretKey: options.secretKey ?? 'one application',
    },
    scopes: [binding],
    dispatch: (name, input, ctx, operation) => dispatcher.dispatch(name, input, ctx, operation),
    identify,
    makeCtx,
    sql,
    readTogether: <T>(base: Ctx, read: (ctx: Ctx) => Promise<T>) =>
      transaction('begin isolation level repeatable read read only', client => read({ ...base, sql: sqlOf(client) })),
    now: () => new Date(),
    log,
    registry: new Registry(),
    build: 'test',
    ...(options.bus ? { bus: options.bus } : {}),
    rhythm: { drain: 200, ...options.rhythm },
  })
  const dispatcher = createDispatcher({
    bindings: [...realtime.bindings, ...(options.bindings ?? [])],
    outside: {
      publish: realtime.publish,
      rightsChanged: realtime.rightsChanged,
      enqueue: () => Promise.reject(new Error('no jobs here')),
      enqueued: () => undefined,
    },
    systemCtx: () => makeCtx({ who: { kind: 'nobody' }, requestId: '', address: '', local: true, session: null }),
    observe: () => undefined,
  })
  await new Promise<void>(resolve => {
    httpServer.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = httpServer.address() as AddressInfo

  const event = (board: string, kind: string, body: unknown) => ({
    scope: address(boardScope, board),
    kind,
    body,
    actor: null,
    at: new Date(),
  })

  const store = (board: string, ids: readonly string[], text = 'words') =>
    transaction('begin', async client => {
      await client.query('insert into board_items (board, id, text) select $1, unnest($2::text[]), $3', [
        board,
        ids,
        text,
      ])
      return appendEvents(
        client,
        ids.map(id => event(board, 'added', { id, text })),
      )
    })

  let stopped: Promise<void> | undefined
  return {
    url: `http://127.0.0.1:${port}`,
    realtime,
    pool,
    addSilently: (board, id) => store(board, [id]),
    async add(board, id, text) {
      const events = await store(board, [id], text)
      realtime.publish(events)
      return events
    },
    async addMany(board, ids) {
      realtime.publish(await store(board, ids))
    },
    async remove(board, id) {
      const events = await transaction('begin', async client => {
        await client.query('delete from board_items where board = $1 and id = $2', [board, id])
        await blankEvents(client, boardScope, board, 'added', { id })
        return appendEvents(client, [event(board, 'removed', { id })])
      })
      realtime.publish(events)
    },
    async bumpRights(subject) {
      await sql(
        `insert into rights_versions (subject, version, changed_at) values ($1, 1, clock_timestamp())
         on conflict (subject) do update set version = rights_versions.version + 1, changed_at = clock_timestamp()`,
        [subject],
      )
    },
    stop() {
      stopped ??= (async () => {
        await realtime.stop()
        httpServer.closeAllConnections()
        await new Promise(resolve => httpServer.close(resolve))
        await pool.end()
      })()
      return stopped
    },
  }
}
