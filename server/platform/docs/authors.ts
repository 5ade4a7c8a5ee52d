// Who wrote in which documents, and how much: for a person's own copy of their data, for dashboards, and when two
// accounts become one. Never whose single words are: that is told by client ids alone.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx, WriteCtx } from '../ctx.ts'

export interface Authorship {
  readonly documentId: string
  readonly updates: number
  readonly bytes: number
  readonly firstAt: string
  readonly lastAt: string
}

interface Row {
  document_id: string
  updates: string
  bytes: string
  first_at: Date
  last_at: Date
}

/** The documents an account has written in. */
export async function authorship(ctx: Ctx, accountId: AccountId): Promise<Authorship[]> {
  const rows = await ctx.sql<Row>(
    `select document_id, sum(updates) as updates, sum(bytes) as bytes, min(first_at) as first_at, max(last_at) as last_at
     from (
       select document_id, updates, bytes, first_at, last_at from document_authors where account_id = $1
       union all
       select document_id, 1, length(body), at, at from document_updates where account_id = $1
     ) as parts group by document_id order by document_id`,
    [accountId],
  )
  return rows.map(row => ({
    documentId: row.document_id,
    updates: Number(row.updates),
    bytes: Number(row.bytes),
    firstAt: new Date(row.first_at).toISOString(),
    lastAt: new Date(row.last_at).toISOString(),
  }))
}

/** Gives what one account brought to another. */
export async function mergeAuthors(ctx: WriteCtx, from: AccountId, into: AccountId): Promise<void> {
  await ctx.sql('update document_updates set account_id = $2 where account_id = $1', [from, into])
  await ctx.sql('update document_clients set account_id = $2 where account_id = $1', [from, into])
  await ctx.sql(
    `insert into document_authors as a (document_id, account_id, updates, bytes, first_at, last_at)
     select document_id, $2, updates, bytes, first_at, last_at from document_authors where account_id = $1
     on conflict (document_id, account_id) do update set updates = a.updates + excluded.updates,
       bytes = a.bytes + excluded.bytes, first_at = least(a.first_at, excluded.first_at),
       last_at = greatest(a.last_at, excluded.last_at)`,
    [from, into],
  )
  await ctx.sql('delete from document_authors where account_id = $1', [from])
}
