// Proves the trail: walks the whole chain and tells where it was tampered with.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { firstLink, hashDetails, type Linked, nextLink } from '../rules.ts'

/** What is wrong at one place of the chain. */
export interface Break {
  readonly place: number
  readonly entryId: string
  /** `missing`: sealed and gone. `changed`: not what was sealed. `details`: the details are not those recorded. */
  readonly what: 'missing' | 'changed' | 'details'
}

export interface Verdict {
  readonly sealed: number
  readonly waiting: number
  readonly breaks: readonly Break[]
}

const page = 1_000

interface LinkRow extends Omit<Linked, 'verb'> {
  readonly place: string
  readonly chain: Buffer
  readonly verb: string | null
  readonly salt: Buffer | null
  readonly details: string | null
}

/**
 * Computes every link anew. An entry that was changed, taken out or put in between is named; after a break the walk
 * goes on from the stored link, so that each break is told once. A cut-off tail can only be seen by comparing
 * `sealed` with an earlier verdict.
 */
export async function verify(ctx: Ctx): Promise<Verdict> {
  const breaks: Break[] = []
  let before = firstLink
  let place = 0
  for (;;) {
    const rows = await ctx.sql<LinkRow & { entryId: string }>(
      `select s.place, s.entry_id as "entryId", s.chain, s.entry_id as id, e.at, e.actor, e.verb,
         e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.context_kind as "contextKind",
         e.context_id as "contextId", e.request_id as "requestId", e.details_hash as "detailsHash", d.salt, d.details
       from audit_seals s left join audit_entries e on e.id = s.entry_id left join audit_details d on d.entry_id = e.id
       where s.place > $1 order by s.place limit $2`,
      [place, page],
    )
    for (const row of rows) {
      const expected = place + 1
      place = Number(row.place)
      const told = (what: Break['what']) => breaks.push({ place, entryId: row.entryId, what })
      if (place !== expected) told('missing')
      else if (row.verb === null) told('missing')
      else if (!nextLink(before, { ...row, verb: row.verb }).equals(row.chain)) told('changed')
      else if (row.salt && row.details !== null && !hashDetails(row.salt, row.details).equals(row.detailsHash))
        told('details')
      before = row.chain
    }
    if (rows.length < page) break
  }
  const [counted] = await ctx.sql<{ waiting: number }>('select count(*)::int as waiting from audit_unsealed')
  return { sealed: place, waiting: counted?.waiting ?? 0, breaks }
}

const toldElsewhere = new Set<string>()

/**
 * Says that the details of these verbs are told to whom they are about by the feature that records them, in its own copy of
 * what it keeps: it knows what they may read already. Called once, when its index is loaded.
 */
export function registerToldElsewhere(verbs: readonly string[]): void {
  for (const verb of verbs) toldElsewhere.add(verb)
}

/** What the trail holds about an account, oldest first; no details of what is told elsewhere. */
export const listAbout = (
  ctx: Ctx,
  accountId: AccountId,
): Promise<{ at: Date; verb: string; details: string | null }[]> =>
  ctx.sql(
    `select e.at, e.verb, case when e.verb = any($2::text[]) then null else d.details end as details
       from audit_entries e left join audit_details d on d.entry_id = e.id
     where e.subject_kind = 'account' and e.subject_id = $1 order by e.at, e.id`,
    [accountId, [...toldElsewhere]],
  )
