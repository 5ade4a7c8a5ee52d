// Reads documents from the database: whole, from a number on, or only their numbers. One statement, and so one state of
// the database, however many documents are asked for.
import type { Sql } from '../ctx.ts'

export interface StoredUpdate {
  readonly seq: number
  readonly body: Uint8Array
}

export interface DocumentSince {
  readonly id: string
  readonly kind: string
  /** The number of the last update there is. */
  readonly seq: number
  /** Present when updates after `since` were gathered into it. */
  readonly snapshot: StoredUpdate | undefined
  /** What came after `since`, or after the snapshot, in order. */
  readonly updates: readonly StoredUpdate[]
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly head: string
  readonly part: 'snapshot' | 'update' | null
  readonly seq: string | null
  readonly body: Buffer | null
}

const sinceSql = `
  with wanted as (select id, since from unnest($1::uuid[], $2::bigint[]) as w(id, since)),
  found as (
    select d.id, d.kind, d.seq as head, w.since, case when s.seq > w.since then s.seq end as snapshot_seq
    from wanted w join documents d on d.id = w.id left join document_snapshots s on s.document_id = d.id
  ), parts as (
    select f.id, 'snapshot' as part, s.seq, s.body from found f
    join document_snapshots s on s.document_id = f.id and s.seq = f.snapshot_seq
    union all
    select f.id, 'update', u.seq, u.body from found f
    join document_updates u on u.document_id = f.id and u.seq > coalesce(f.snapshot_seq, f.since)
  )
  select f.id, f.kind, f.head, p.part, p.seq, p.body from found f left join parts p on p.id = f.id
  order by f.id, p.seq`

/**
 * What each document got after `since` (-1: everything). Documents that are not there are left out. A snapshot is Yjs
 * encoding 2, an update encoding 1.
 */
export async function readSince(
  sql: Sql,
  wanted: readonly { readonly id: string; readonly since: number }[],
): Promise<DocumentSince[]> {
  const rows = await sql<Row>(sinceSql, [wanted.map(one => one.id), wanted.map(one => one.since)])
  const found = new Map<string, { head: DocumentSince; updates: StoredUpdate[]; snapshot?: StoredUpdate }>()
  for (const row of rows) {
    const head = { id: row.id, kind: row.kind, seq: Number(row.head), snapshot: undefined, updates: [] }
    const entry = found.get(row.id) ?? { head, updates: [] }
    found.set(row.id, entry)
    if (!row.body) continue
    const part = { seq: Number(row.seq), body: new Uint8Array(row.body.buffer, row.body.byteOffset, row.body.length) }
    if (row.part === 'snapshot') entry.snapshot = part
    else entry.updates.push(part)
  }
  return [...found.values()].map(({ head, snapshot, updates }) => ({ ...head, snapshot, updates }))
}

/** The number of each document's last update; one that is not there is left out. */
export async function readHeads(sql: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; seq: string }>('select id, seq from documents where id = any($1::uuid[])', [ids])
  return new Map(rows.map(row => [row.id, Number(row.seq)]))
}
