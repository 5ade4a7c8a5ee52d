// Documents in the database, for features: made with the thing they are the text of, read for exports and search,
// written to by seeds. What a client writes goes another way (store.ts).
import * as Y from 'yjs'
import { type AccountId, type Id, idSchema } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '../ctx.ts'
import { newId } from '../db/id.ts'
import { readSince } from './loading.ts'

export const documentId = idSchema<'Document'>()
export type DocumentId = Id<'Document'>

/** The subject of `ctx.rightsChanged` for everybody who has this document open. */
export const documentSubject = (id: string): `document:${string}` => `document:${id}`

/** Makes an empty document. `kind` names the binding that answers for its rights. */
export async function createDocument(ctx: WriteCtx, document: { id: string; kind: string }): Promise<void> {
  await ctx.sql('insert into documents (id, kind, created_at) values ($1, $2, $3)', [
    document.id,
    document.kind,
    ctx.now,
  ])
}

/** The document as it is saved, with the number of its last update. Throws `not-found`. Destroy it after use. */
export async function readDocument(ctx: Ctx, id: string): Promise<{ doc: Y.Doc; seq: number }> {
  const [row] = await readSince(ctx.sql, [{ id, since: -1 }])
  if (!row) throw new Problem('not-found')
  const doc = new Y.Doc()
  doc.transact(() => {
    if (row.snapshot) Y.applyUpdateV2(doc, row.snapshot.body)
    for (const update of row.updates) Y.applyUpdate(doc, update.body)
  })
  return { doc, seq: row.seq }
}

/**
 * Adds an update (encoding 1) in the name of an account, in the caller's transaction. Nodes that have the document open
 * find it within seconds.
 */
export async function appendToDocument(
  ctx: WriteCtx,
  given: { documentId: string; accountId: AccountId; update: Uint8Array },
): Promise<void> {
  const written = await ctx.sql<{ seq: string }>(
    `with moved as (update documents set seq = seq + 1, written_at = $4 where id = $1 returning id, seq)
     insert into document_updates (document_id, seq, account_id, connection, body, at)
     select id, seq, $2, $3, $5, $4 from moved returning seq`,
    [given.documentId, given.accountId, newId(), ctx.now, Buffer.from(given.update)],
  )
  if (written.length === 0) throw new Problem('not-found')
}
