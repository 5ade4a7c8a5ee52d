// Writes the trail: in the acting transaction, so that nothing happens unrecorded, and seals it in batches afterwards.
// It must never change an entry; erasing takes the details and their salt and leaves the rest.
import { randomBytes } from 'node:crypto'
import type { AuditVerb } from '#protocol/audit/verbs.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { actorOf, type WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { firstLink, hashDetails, type Linked, nextLink } from './rules.ts'

export interface AuditRecord {
  /** `<thing>.<past tense>`, such as `course.created`. */
  readonly verb: AuditVerb
  readonly subject: { readonly kind: string; readonly id: string }
  /** Where it happened, as in the tree of contexts. */
  readonly context?: { readonly kind: string; readonly id: string } | undefined
  /** Names, texts, values before and after. Kept apart from the entry and erasable. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
  /** Who acted, when it is not `ctx.who`. */
  readonly actor?: AccountId | null | undefined
  /** The request it belongs to, when it is not that of `ctx`: a storm acts for many. */
  readonly requestId?: string | undefined
}

/** Entries sealed in one go. */
const batch = 500
// 'lect' and 'seal' in ASCII: one node seals at a time, or the chain would fork.
const sealLock = [0x6c656374, 0x7365616c]

/** Adds one entry in the current transaction. */
export const record = (ctx: WriteCtx, entry: AuditRecord): Promise<void> => recordAll(ctx, [entry])

/** Adds several entries in one statement. */
export async function recordAll(ctx: WriteCtx, entries: readonly AuditRecord[]): Promise<void> {
  if (entries.length === 0) return
  const acting = actorOf(ctx.who)
  const rows = entries.map(entry => {
    const salt = randomBytes(16)
    const details = JSON.stringify(entry.details ?? {}).replaceAll('\\u0000', '\\ufffd')
    return { ...entry, id: newId(), salt, details, hash: hashDetails(salt, details) }
  })
  await ctx.client.query({
    name: 'audit-record',
    text: `
      with entry as (
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
          $8::bytea[], $9::bytea[], $10::text[], $11::text[])
          as e(id, actor, verb, subject_kind, subject_id, context_kind, context_id, details_hash, salt, details, request_id)
      ), kept as (
        insert into audit_entries (id, at, actor, verb, subject_kind, subject_id, context_kind, context_id,
          request_id, details_hash)
        select id, date_trunc('milliseconds', coalesce($12::timestamptz, clock_timestamp())), actor, verb, subject_kind, subject_id, context_kind,
          context_id, request_id, details_hash from entry
      ), apart as (
        insert into audit_details (entry_id, salt, details) select id, salt, details from entry
      )
      insert into audit_unsealed (entry_id) select id from entry`,
    values: [
      rows.map(row => row.id),
      rows.map(row => (row.actor === undefined ? acting : row.actor)),
      rows.map(row => row.verb),
      rows.map(row => row.subject.kind),
      rows.map(row => row.subject.id),
      rows.map(row => row.context?.kind ?? null),
      rows.map(row => row.context?.id ?? null),
      rows.map(row => row.hash),
      rows.map(row => row.salt),
      rows.map(row => row.details),
      rows.map(row => row.requestId ?? ctx.requestId),
      ctx.playedAt ?? null,
    ],
  })
}

/** Seals what waits, at most one batch; answers how many entries it sealed. Nothing when another node is at it. */
export async function seal(ctx: WriteCtx): Promise<number> {
  const [lock] = await ctx.sql<{ mine: boolean }>('select pg_try_advisory_xact_lock($1, $2) as mine', sealLock)
  if (!lock?.mine) return 0
  // The id breaks ties of one millisecond; an entry that commits late is sealed late, under a later place.
  const waiting = await ctx.sql<Linked>(
    `select e.id, e.at, e.actor, e.verb, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
       e.context_kind as "contextKind", e.context_id as "contextId", e.request_id as "requestId",
       e.details_hash as "detailsHash"
     from audit_unsealed u join audit_entries e on e.id = u.entry_id order by e.at, e.id limit $1`,
    [batch],
  )
  if (waiting.length === 0) return 0
  const [last] = await ctx.sql<{ place: string; chain: Buffer }>(
    'select place, chain from audit_seals order by place desc limit 1',
  )
  let chain = last?.chain ?? firstLink
  const links = waiting.map(entry => {
    chain = nextLink(chain, entry)
    return { id: entry.id, chain }
  })
  await ctx.client.query(
    `insert into audit_seals (place, entry_id, chain)
     select $1::bigint + place, entry_id, chain
     from unnest($2::uuid[], $3::bytea[]) with ordinality as link(entry_id, chain, place)`,
    [last?.place ?? 0, links.map(link => link.id), links.map(link => link.chain)],
  )
  await ctx.client.query('delete from audit_unsealed where entry_id = any($1::uuid[])', [links.map(link => link.id)])
  return links.length
}

/** Erases details and salt of every entry about an account; what was done, when and by whom stays. */
export async function eraseDetailsAbout(ctx: WriteCtx, accountId: AccountId): Promise<void> {
  await ctx.client.query(
    `delete from audit_details d using audit_entries e
     where e.id = d.entry_id and e.subject_kind = 'account' and e.subject_id = $1`,
    [accountId],
  )
}

/** Erases details and salt of these entries, which are too old; what was done, when and by whom stays. */
export async function eraseDetails(ctx: WriteCtx, entryIds: readonly string[]): Promise<void> {
  await ctx.client.query('delete from audit_details where entry_id = any($1::uuid[])', [entryIds])
}
