// The log of durable announcements: numbers them, keeps them, gives them back. Numbers are taken inside the writing
// transaction, so that commit order is number order. It must never publish and never say who may read.
import type { PoolClient } from 'pg'
import { address, type FeedOf, type ScopeSpec } from '#protocol/base/scope.ts'
import type { Sql } from '../ctx.ts'
import type { CollectedEvent, EncodedEvent } from './event.ts'

/** What is kept of a scope: this many events or this many days, whichever ends first. */
export const keptTail = { days: 7, events: 10_000 } as const

interface EventRow {
  seq: string
  kind: string
  actor: string | null
  body: string | null
  at: Date
}

// PostgreSQL cannot read NUL and lone surrogates back out of JSON; JSON.stringify writes only these two as \u0000 and
// \ud800-\udfff. A doubled backslash is matched first, so that an escaped one is left alone.
const unreadable = /\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g

function encodeBody(body: unknown): string {
  const text = JSON.stringify(body ?? {})
  return text.includes('\\u') ? text.replace(unreadable, found => (found === '\\\\' ? found : '\ufffd')) : text
}

const encodeFrame = (scope: string, seq: number, kind: string, body: string, actor: string | null, at: Date) =>
  `{"s":${JSON.stringify(scope)},"n":${seq},"k":${JSON.stringify(kind)},"b":${body},"a":${actor ? `"${actor}"` : 'null'},"t":"${at.toISOString()}"}`

const fromRow = (scope: EncodedEvent['scope'], row: EventRow): EncodedEvent => {
  const seq = Number(row.seq)
  if (row.body === null) return { scope, seq, text: '', blank: true }
  return { scope, seq, text: encodeFrame(scope, seq, row.kind, row.body, row.actor, row.at) }
}

const byScope = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

// Scopes in which this connection's transaction blanked bodies. Left over after a rollback it only makes nodes forget
// kept frames they might have kept.
const blanked = new WeakMap<PoolClient, Set<string>>()

// The counter rows are locked in sorted order (byte order in both languages) and are the last locks of the transaction.
const appendSql = `
  with wanted as (
    select scope, many from unnest($1::text[], $2::bigint[]) as w(scope, many)
  ), heads as (
    insert into scope_heads (scope, seq)
    select scope, many from wanted order by scope collate "C"
    on conflict (scope) do update set seq = scope_heads.seq + excluded.seq
    returning scope, seq
  ), stored as (
    insert into events (scope, seq, kind, actor, body, at)
    select e.scope, h.seq - w.many + e.place, e.kind, e.actor, e.body, e.at
    from unnest($3::text[], $4::bigint[], $5::text[], $6::uuid[], $7::json[], $8::timestamptz[])
      as e(scope, place, kind, actor, body, at)
    join heads h on h.scope = e.scope
    join wanted w on w.scope = e.scope
  )
  select scope, seq from heads`

/**
 * Numbers and stores what a transaction collected, in one prepared statement, and returns the frames to publish after
 * the commit. Call it as the last thing before commit, on that transaction's connection; READ COMMITTED is assumed.
 */
export async function appendEvents(client: PoolClient, collected: readonly CollectedEvent[]): Promise<EncodedEvent[]> {
  if (collected.length === 0) return []
  const scopes = new Map<EncodedEvent['scope'], CollectedEvent[]>()
  for (const event of collected) {
    const group = scopes.get(event.scope)
    if (group) group.push(event)
    else scopes.set(event.scope, [event])
  }
  const sorted = [...scopes].sort(([a], [b]) => byScope(a, b))
  const rows = sorted.flatMap(([, events]) =>
    events.map((event, index) => ({ event, place: index + 1, body: encodeBody(event.body) })),
  )
  const { rows: heads } = await client.query<{ scope: string; seq: string }>({
    name: 'events-append',
    text: appendSql,
    values: [
      sorted.map(([scope]) => scope),
      sorted.map(([, events]) => events.length),
      rows.map(row => row.event.scope),
      rows.map(row => row.place),
      rows.map(row => row.event.kind),
      rows.map(row => row.event.actor),
      rows.map(row => row.body),
      rows.map(row => row.event.at),
    ],
  })
  const last = new Map(heads.map(row => [row.scope, Number(row.seq)]))
  const forgets = blanked.get(client)
  return rows.map(({ event, place, body }) => {
    const { scope, kind, actor, at } = event
    const seq = (last.get(scope) ?? 0) - (scopes.get(scope)?.length ?? 0) + place
    const encoded = { scope, seq, text: encodeFrame(scope, seq, kind, body, actor, at) }
    return forgets?.delete(scope) ? { ...encoded, forget: true } : encoded
  })
}

/**
 * Blanks the bodies of earlier events of a scope whose body contains `match`, e.g. `{ message: { id } }`; number and
 * kind stay. To be called in the transaction that removes the thing, which must also announce something in the same
 * scope: that announcement makes the nodes forget the frames they keep. Returns how many were blanked.
 */
export async function blankEvents<P extends ScopeSpec>(
  client: PoolClient,
  spec: P,
  id: string,
  kinds: FeedOf<P>['kind'] | readonly FeedOf<P>['kind'][],
  match: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  const scope = address(spec, id)
  const result = await client.query(
    `update events set body = null
     where scope = $1 and kind = any($2::text[]) and body is not null and body::jsonb @> any($3::jsonb[])`,
    [scope, typeof kinds === 'string' ? [kinds] : kinds, [match].flat().map(one => JSON.stringify(one))],
  )
  const count = result.rowCount ?? 0
  if (count > 0) {
    const marks = blanked.get(client) ?? new Set<string>()
    blanked.set(client, marks.add(scope))
  }
  return count
}

/** What was found after `since`. `complete` is false when the tail was cut there or more than `limit` are missing. */
export interface Missed {
  readonly events: readonly EncodedEvent[]
  readonly complete: boolean
  /** Number of the last event returned, or the head when none is missing. */
  readonly head: number
}

/** The events of a scope after number `since`, oldest first, at most `limit` of them. One query. */
export async function readSince(
  query: Sql,
  scope: EncodedEvent['scope'],
  since: number,
  limit: number,
): Promise<Missed> {
  const rows = await query<{ head: string; seq: string | null } & EventRow>(
    `select h.seq as head, e.seq, e.kind, e.actor, e.body::text as body, e.at
     from scope_heads h
     left join lateral (
       select * from events where scope = h.scope and seq > $2 order by seq limit $3
     ) e on true
     where h.scope = $1 order by e.seq`,
    [scope, since, limit],
  )
  const head = Number(rows[0]?.head ?? 0)
  const events = rows.filter(row => row.seq !== null).map(row => fromRow(scope, row))
  const complete = since <= head && events.length === head - since
  return { events, complete, head }
}

/** The last events of a scope, at most `limit`, oldest first, and the number of the newest (0 when there is none). */
export async function readTail(
  query: Sql,
  scope: EncodedEvent['scope'],
  limit: number,
): Promise<{ events: readonly EncodedEvent[]; head: number }> {
  const rows = await query<{ head: string; seq: string | null } & EventRow>(
    `select h.seq as head, e.seq, e.kind, e.actor, e.body::text as body, e.at
     from scope_heads h
     left join lateral (
       select * from events where scope = h.scope and seq > h.seq - $2::bigint order by seq
     ) e on true
     where h.scope = $1 order by e.seq`,
    [scope, limit],
  )
  const events = rows.filter(row => row.seq !== null).map(row => fromRow(scope, row))
  return { events, head: Number(rows[0]?.head ?? 0) }
}

/** The newest number of each scope; a scope without events is absent. One query whatever their number. */
export async function readHeads(query: Sql, scopes: readonly string[]): Promise<Map<string, number>> {
  if (scopes.length === 0) return new Map()
  const rows = await query<{ scope: string; seq: string }>(
    'select scope, seq from scope_heads where scope = any($1::text[])',
    [scopes],
  )
  return new Map(rows.map(row => [row.scope, Number(row.seq)]))
}

/** For a ticker, every hour or so: drops what is beyond the kept tail. Returns how many events went. */
export async function pruneEvents(query: Sql): Promise<number> {
  const rows = await query<{ gone: string }>(
    `with old as (
       delete from events e using scope_heads h
       where h.scope = e.scope and (e.at < now() - make_interval(days => $1) or e.seq <= h.seq - $2::bigint)
       returning 1
     ) select count(*) as gone from old`,
    [keptTail.days, keptTail.events],
  )
  return Number(rows[0]?.gone ?? 0)
}

/** The reads a node makes to follow scopes, as one thing that can be handed to it. */
export interface LogReads {
  readonly since: typeof readSince
  readonly tail: typeof readTail
  readonly heads: typeof readHeads
}

export const logReads: LogReads = { since: readSince, tail: readTail, heads: readHeads }
