// Gathers a document's updates into one snapshot, so that opening it stays cheap. From the database alone, never from
// what a node has in memory; the rows it covers go only after the snapshot is committed.
import type { PoolClient } from 'pg'
import * as Y from 'yjs'
import { sqlOn } from '../db/transact.ts'
import { readSince } from './loading.ts'

/** A tail is gathered when it is longer than this. Loading 500 updates takes some 10 ms. */
export const tailLimits = { updates: 500, bytes: 256 * 1024 } as const

export interface Compacted {
  /** The number the snapshot covers, and its size. */
  readonly seq: number
  readonly bytes: number
  /** What is left of the tail. */
  readonly updates: number
}

/**
 * Makes a snapshot (Yjs encoding 2) of everything there is. Undefined when another node is at it, or the document has
 * gone. `transaction` runs its argument on one connection.
 */
export async function compact(
  transaction: <T>(run: (client: PoolClient) => Promise<T>) => Promise<T>,
  documentId: string,
): Promise<Compacted | undefined> {
  const made = await transaction(async client => {
    const sql = sqlOn(client)
    const [lock] = await sql<{ taken: boolean }>(
      "select pg_try_advisory_xact_lock(hashtext('document'), hashtext($1)) as taken",
      [documentId],
    )
    if (!lock?.taken) return undefined
    const [stored] = await readSince(sql, [{ id: documentId, since: -1 }])
    if (!stored) return undefined
    const last = stored.updates.at(-1)
    // Nothing to gather: another node was here first.
    if (!last) return { seq: stored.seq, bytes: stored.snapshot?.body.length ?? 0, updates: 0 }
    const body = snapshotOf(
      stored.snapshot?.body,
      stored.updates.map(update => update.body),
    )
    await sql(
      `insert into document_snapshots (document_id, seq, body) values ($1, $2, $3)
       on conflict (document_id) do update set seq = excluded.seq, body = excluded.body, at = now()
       where document_snapshots.seq < excluded.seq`,
      [documentId, last.seq, Buffer.from(body)],
    )
    return { seq: last.seq, bytes: body.length, updates: 0 }
  })
  if (made) await transaction(client => forget(client, documentId))
  return made
}

/** One snapshot (encoding 2) of an older one and the updates after it (encoding 1). Pure. */
export function snapshotOf(snapshot: Uint8Array | undefined, updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      if (snapshot) Y.applyUpdateV2(doc, snapshot)
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    return Y.encodeStateAsUpdateV2(doc)
  } finally {
    doc.destroy()
  }
}

/** Takes away the rows a committed snapshot covers, and keeps who brought them. */
async function forget(client: PoolClient, documentId: string): Promise<void> {
  await client.query(
    `with gone as (
       delete from document_updates u using document_snapshots s
       where u.document_id = $1 and s.document_id = $1 and u.seq <= s.seq
       returning u.account_id, length(u.body) as bytes, u.at
     )
     insert into document_authors as a (document_id, account_id, updates, bytes, first_at, last_at)
     select $1, account_id, count(*), sum(bytes), min(at), max(at) from gone group by account_id order by account_id
     on conflict (document_id, account_id) do update set updates = a.updates + excluded.updates,
       bytes = a.bytes + excluded.bytes, last_at = greatest(a.last_at, excluded.last_at)`,
    [documentId],
  )
}
