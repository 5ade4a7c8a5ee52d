// The transaction helper: one action, one transaction. What an action announces, enqueues and remembers is written
// here with the commit; publication follows it. Nothing is ever published from inside an open transaction.
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { Transaction } from 'sequelize'
import * as z from 'zod/mini'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import { address, type FeedOf, type ScopeSpec } from '#protocol/base/scope.ts'
import type { Ctx, Sql, WriteCtx } from '../ctx.ts'
import { type CollectedEvent, type EncodedEvent, toMinute } from '../events/event.ts'
import { appendEvents } from '../events/log.ts'
import { insideTransaction, plain, sequelize, sql } from './sequelize.ts'

/** A client's own name for a write: asked twice, it is done once and answered twice. */
export interface Operation {
  readonly author: AccountId
  readonly id: OperationId
  readonly call: string
  readonly input: unknown
  /** The answer is given once and not kept (protocol/base/call.ts). */
  readonly once?: boolean
}

/** Where what a transaction collected goes: its jobs with it, all else once it has committed. */
export interface Outside {
  publish(events: readonly EncodedEvent[]): void
  rightsChanged(subjects: readonly string[]): void
  enqueue(client: PoolClient, job: string, data: object, startAfter?: Date): Promise<void>
  /** There is something in these queues now. */
  enqueued(jobs: readonly string[]): void
}

interface Collected {
  events: CollectedEvent[]
  scopes: Set<string>
  subjects: Set<string>
  jobs: Set<string>
  afterCommit: (() => void)[]
}

const mostScopes = 4
// A storm's transaction holds many people's actions, each with scopes of its own.
const mostScopesOfStorm = Number.POSITIVE_INFINITY
interface DatabaseError {
  readonly code?: string
  readonly constraint?: string
}

// Serialisation failure, deadlock; and an operation that another node committed while a storm here had it too.
function isRetryable(thrown: unknown): boolean {
  const seen = thrown as (DatabaseError & { original?: DatabaseError }) | undefined
  const { code, constraint } = seen?.original ?? seen ?? {}
  return code === '40001' || code === '40P01' || (code === '23505' && constraint === 'operations_pkey')
}

let operationKey: KeyObject | string = ''

/** Sets the key of the hashes below: the application's secret, the same on every node. */
export function keyOperations(secretKey: string): void {
  operationKey = createSecretKey(Buffer.from(secretKey))
}

/** Thrown where the transaction read what another one has changed meanwhile: it is undone, and tried again from the start. */
export class Overtaken extends Error {
  /** As PostgreSQL calls it: https://www.postgresql.org/docs/current/errcodes-appendix.html, serialization_failure. */
  readonly code = '40001'
}

/**
 * HMAC-SHA-256 of an operation's input in hexadecimal digits, to tell a repeated write from a reused id. Keyed, because an input may hold a
 * password, which a plain hash would give to whoever reads the table.
 */
export const hashInput = (input: unknown): string =>
  createHmac('sha256', operationKey)
    .update(JSON.stringify(input) ?? '')
    .digest('hex')

/** Queries through one client, for storms that run outside Sequelize. */
export const sqlOn =
  (client: PoolClient): Sql =>
  async <Row extends object>(text: string, values: readonly unknown[] = [], name?: string) =>
    (await client.query(name === undefined ? { text, values: [...values] } : { name, text, values: [...values] }))
      .rows as Row[]

function writeCtx(
  base: Ctx,
  client: PoolClient,
  query: Sql,
  outside: Outside,
  collected: Collected,
  scopes: number,
): WriteCtx {
  return {
    ...base,
    sql: query,
    client,
    announce: <P extends ScopeSpec>(scope: P, id: string, event: FeedOf<P>) => {
      const feed = scope.feeds[event.kind]
      if (!feed) throw new Error(`${scope.name} has no feed ${event.kind}`)
      // Parsing strips what the schema does not name: a scope never hears more than its feed says.
      const body = z.parse(feed, event.body)
      const signed = !scope.unsigned && !scope.unsignedFeeds?.includes(event.kind)
      const actor = base.who.kind === 'account' && signed ? base.who.accountId : null
      const when = scope.unsigned ? toMinute(base.now) : base.now
      const at = address(scope, id)
      collected.events.push({ scope: at, kind: event.kind, body, actor, at: when })
      if (collected.scopes.add(at).size > scopes) throw new Error(`An action announces to at most ${scopes} scopes`)
    },
    enqueue: async (job, data, options = {}) => {
      await outside.enqueue(client, job.name, data, options.startAfter)
      if (!options.startAfter) collected.jobs.add(job.name)
    },
    rightsChanged: subject => collected.subjects.add(subject),
    afterCommit: run => collected.afterCommit.push(run),
  }
}

async function finish(client: PoolClient, collected: Collected): Promise<EncodedEvent[]> {
  if (collected.subjects.size > 0) {
    await client.query(
      `insert into rights_versions (subject, version, changed_at)
       select subject, 1, clock_timestamp() from unnest($1::text[]) as subject order by subject
       on conflict (subject) do update set version = rights_versions.version + 1, changed_at = clock_timestamp()`,
      [[...collected.subjects].sort()],
    )
  }
  return collected.events.length > 0 ? appendEvents(client, collected.events) : []
}

// It is committed: what fails from here on is a fault of its own, and undoes neither the commit nor its neighbours.
function publish(base: Ctx, outside: Outside, collected: Collected, events: readonly EncodedEvent[]): void {
  const tell = [...collected.afterCommit]
  if (collected.jobs.size > 0) tell.unshift(() => outside.enqueued([...collected.jobs]))
  if (collected.subjects.size > 0) tell.unshift(() => outside.rightsChanged([...collected.subjects]))
  if (events.length > 0) tell.unshift(() => outside.publish(events))
  for (const one of tell) {
    try {
      one()
    } catch (error) {
      base.log.error({ err: error, requestId: base.requestId }, 'after a commit')
    }
  }
}

async function claim(client: PoolClient, operation: Operation, at: Date): Promise<{ result: unknown } | undefined> {
  const hash = hashInput(operation.input)
  const taken = await client.query({
    name: 'operation-claim',
    text: `insert into operations (author, operation, call, input_hash, at) values ($1, $2, $3, $4, $5)
           on conflict do nothing returning operation`,
    values: [operation.author, operation.id, operation.call, `\\x${hash}`, at],
  })
  if (taken.rowCount === 1) return undefined
  const found = await client.query<{ call: string; input_hash: string; result: unknown }>(
    "select call, encode(input_hash, 'hex') as input_hash, result from operations where author = $1 and operation = $2",
    [operation.author, operation.id],
  )
  const row = found.rows[0]
  if (!row || row.call !== operation.call || row.input_hash !== hash) throw new Problem('operation-reused')
  if (operation.once) throw new Problem('answered-once')
  // Every answer is an object: one that is gone named somebody who was erased since.
  if (row.result === null) throw new Problem('answer-gone')
  return { result: row.result }
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries > 3 || !isRetryable(error)) throw error
    }
  }
}

/**
 * Runs `action` in one transaction. With an operation, a second call with the same id gets the first one's result and
 * does nothing. Deadlocks and serialisation failures are tried three times again, with the whole action. Throws
 * `operation-reused` for another input under the id, `answered-once` where the result was a secret, `answer-gone` where it
 * named somebody who was erased, and what the action throws.
 */
export async function transact<T>(
  base: Ctx,
  outside: Outside,
  action: (ctx: WriteCtx) => Promise<T>,
  operation?: Operation,
): Promise<T> {
  return retrying(async () => {
    const collected: Collected = {
      events: [],
      scopes: new Set(),
      subjects: new Set(),
      jobs: new Set(),
      afterCommit: [],
    }
    let events: EncodedEvent[] = []
    const result = await sequelize.transaction(async (tx: Transaction) => {
      const client = (tx as unknown as { connection: PoolClient }).connection
      const earlier = operation && (await claim(client, operation, base.now))
      if (earlier) return earlier.result as T
      const value = await action(writeCtx(base, client, sql, outside, collected, mostScopes))
      if (operation && !operation.once) {
        await client.query('update operations set result = $3 where author = $1 and operation = $2', [
          operation.author,
          operation.id,
          JSON.stringify(value ?? null),
        ])
      }
      events = await finish(client, collected)
      return value
    })
    publish(base, outside, collected, events)
    return result
  })
}

/**
 * The same on a plain connection of the storm pool, for a group whose operations its storm remembers. Inside it models
 * must not be used (they would not join): a storm action speaks SQL through `ctx.sql` and `ctx.client`.
 */
export async function transactPlain<T>(base: Ctx, outside: Outside, action: (ctx: WriteCtx) => Promise<T>): Promise<T> {
  return retrying(async () => {
    const collected: Collected = {
      events: [],
      scopes: new Set(),
      subjects: new Set(),
      jobs: new Set(),
      afterCommit: [],
    }
    const client = await plain.connect()
    try {
      await client.query('begin')
      const value = await action(writeCtx(base, client, sqlOn(client), outside, collected, mostScopesOfStorm))
      const events = await finish(client, collected)
      await client.query('commit')
      client.release()
      publish(base, outside, collected, events)
      return value
    } catch (error) {
      const lost = await client.query('rollback').then(
        () => false,
        () => true,
      )
      client.release(lost)
      throw error
    }
  })
}

/** A read in one REPEATABLE READ transaction: a snapshot and the number it stands at agree. */
export async function readTogether<T>(base: Ctx, read: (ctx: Ctx) => Promise<T>): Promise<T> {
  return sequelize.transaction(
    { isolationLevel: 'REPEATABLE READ' as Transaction.ISOLATION_LEVELS, readOnly: true },
    () => read({ ...base, sql }),
  )
}

// A statement that was ended because its time was over.
const wasEnded = (thrown: unknown): boolean => {
  const seen = thrown as (DatabaseError & { original?: DatabaseError }) | undefined
  return (seen?.original ?? seen)?.code === '57014'
}

/** Reads in one transaction in which no statement takes longer than `ms` milliseconds: one that would is refused as `otherwise`. */
export async function readWithin<T>(
  base: Ctx,
  { ms, otherwise }: { readonly ms: number; readonly otherwise: ProblemCode },
  read: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const limited = async () => {
    await sql(`set local statement_timeout = ${Math.ceil(ms)}`)
    return read({ ...base, sql })
  }
  try {
    // What is supposed (below) is known to its own transaction alone.
    return await (insideTransaction() ? limited() : sequelize.transaction(limited))
  } catch (error) {
    if (wasEnded(error)) throw new Problem(otherwise)
    throw error
  }
}

/**
 * Reads as if what `suppose` writes were so: in one transaction that is always taken back. `suppose` answers the context
 * to read with. Nothing of it is ever seen by anybody else.
 */
export async function readSupposing<T>(
  base: Ctx,
  suppose: (ctx: Ctx) => Promise<Ctx>,
  read: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const takenBack = new Error('taken back')
  return retrying(async () => {
    let told: { readonly value: T } | undefined
    try {
      await sequelize.transaction(async () => {
        told = { value: await read(await suppose({ ...base, sql })) }
        throw takenBack
      })
    } catch (error) {
      if (error !== takenBack) throw error
    }
    if (!told) throw takenBack
    return told.value
  })
}
