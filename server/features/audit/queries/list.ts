// The trail a page at a time, the latest first, with the names of what it speaks of.
import { type AuditEntry, mostAuditRows } from '#protocol/audit.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readIdCursor } from '#server/platform/db/keyset.ts'
import { nameThings, type Thing } from './naming.ts'

export interface AuditFilter {
  readonly actor?: string | undefined
  readonly about?: string | undefined
  readonly thing?: string | undefined
  /** Any of these kinds of things. */
  readonly things?: readonly string[] | undefined
  /** None of these verbs. */
  readonly except?: readonly string[] | undefined
  /** Names what the details speak of too: everything for those who may know everybody, or what stands in a course alone. */
  readonly inside?: 'everything' | 'the course' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface EntryRow {
  readonly id: string
  readonly at: Date
  readonly actor: string | null
  readonly verb: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly contextKind: string | null
  readonly contextId: string | null
  readonly requestId: string
  readonly details: string | null
}

const actorOf = (row: EntryRow): Thing | null => (row.actor === null ? null : { kind: 'account', id: row.actor })
const subjectOf = (row: EntryRow): Thing => ({ kind: row.subjectKind, id: row.subjectId })
const contextOf = (row: EntryRow): Thing | null =>
  row.contextKind === null || row.contextId === null ? null : { kind: row.contextKind, id: row.contextId }

type Details = Record<string, unknown>

/** Words under which details speak of people without saying so. */
const peopleWords = new Set(['into', 'from', 'by', 'observer'])

/** What stands in a course: its own names are known to whoever reads of its changes. */
const ofCourses = new Set(['module', 'item', 'group', 'group-set'])

/** The kind of things a key of the details names; `from` and `to` are what the verb is about. */
function kindUnder(key: string, verb: string): string {
  if (verb.endsWith('.role-changed') && (key === 'from' || key === 'to')) return 'role'
  if (verb === 'course.created' && key === 'from') return 'course'
  if (peopleWords.has(key)) return 'account'
  return key === 'setId' ? 'group-set' : key.replace(/Ids?$/, '').replace(/^.*A(?=ccount$)/, 'a')
}

/** The things details speak of: `courseId`, `accountIds`, in what was before and after, and in the parts of a rule. */
function thingsIn(details: Details | null, verb: string): Thing[] {
  return Object.entries(details ?? {}).flatMap(([key, value]): Thing[] =>
    [value].flat().flatMap(one => {
      if (typeof one === 'object' && one !== null) return thingsIn(one as Details, verb)
      return typeof one === 'string' ? [{ kind: kindUnder(key, verb), id: one }] : []
    }),
  )
}

const within = (inside: AuditFilter['inside'], things: readonly Thing[]): readonly Thing[] =>
  inside === undefined ? [] : things.filter(one => inside === 'everything' || ofCourses.has(one.kind))

async function named(ctx: Ctx, rows: readonly EntryRow[], inside: AuditFilter['inside']): Promise<AuditEntry[]> {
  const read = rows.map(row => ({
    row,
    details: row.details === null ? null : (JSON.parse(row.details) as Details),
  }))
  const told = new Map(read.map(({ row, details }) => [row.id, within(inside, thingsIn(details, row.verb))]))
  const things = rows
    .flatMap(row => [actorOf(row), subjectOf(row), contextOf(row), ...(told.get(row.id) ?? [])])
    .filter(one => one !== null)
  const nameOf = await nameThings(ctx, things)
  const withName = (thing: Thing) => ({ ...thing, name: nameOf(thing) })
  const namesOf = (id: string): Record<string, string> =>
    Object.fromEntries(
      (told.get(id) ?? []).flatMap(thing => {
        const name = nameOf(thing)
        return name === null ? [] : [[thing.id, name]]
      }),
    )
  return read.map(({ row, details }) => {
    const [actor, context] = [actorOf(row), contextOf(row)]
    return {
      id: row.id,
      at: new Date(row.at).toISOString(),
      actor: actor && withName(actor),
      verb: row.verb,
      subject: withName(subjectOf(row)),
      context: context && withName(context),
      details,
      ...(inside ? { names: namesOf(row.id) } : {}),
      requestId: row.requestId,
    }
  })
}

/** Who has done something with these kinds of things in one place, but for these verbs, by name. Two queries. */
export async function listActors(
  ctx: Ctx,
  {
    about,
    things,
    except,
  }: { readonly about: string; readonly things: readonly string[]; readonly except: readonly string[] },
): Promise<{ id: string; name: string | null }[]> {
  const rows = await ctx.sql<{ actor: string }>(
    `select distinct actor from audit_entries
      where (subject_id = $1 or context_id = $1) and split_part(verb, '.', 1) = any($2) and verb <> all($3)
        and actor is not null`,
    [about, [...things], [...except]],
  )
  const nameOf = await nameThings(
    ctx,
    rows.map(row => ({ kind: 'account', id: row.actor })),
  )
  return rows
    .map(row => ({ id: row.actor, name: nameOf({ kind: 'account', id: row.actor }) }))
    .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '') || (a.id < b.id ? -1 : 1))
}

/** Every entry that fits, the latest first, up to the rows of one file. Refused as `listEntries`. */
export async function everyEntry(ctx: Ctx, filter: AuditFilter): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  let after: string | undefined
  do {
    const page = await listEntries(ctx, { ...filter, after, limit: 2_000 })
    found.push(...page.items)
    after = page.next
  } while (after !== undefined && found.length < mostAuditRows)
  return found.slice(0, mostAuditRows)
}

/** Ids are in the order of time: they are what the list is paged by. Throws `malformed` for a cursor that is none. */
export async function listEntries(
  ctx: Ctx,
  {
    actor,
    about,
    thing,
    things,
    except,
    inside,
    from,
    to,
    after,
    limit,
  }: AuditFilter & { after?: string | undefined; limit: number },
): Promise<Page<AuditEntry>> {
  const rows = await ctx.sql<EntryRow>(
    `select e.id, e.at, e.actor, e.verb, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
       e.context_kind as "contextKind", e.context_id as "contextId", e.request_id as "requestId", d.details
     from audit_entries e left join audit_details d on d.entry_id = e.id
     where ($1::uuid is null or e.actor = $1)
       and ($2::text is null or e.subject_id = $2 or e.context_id = $2)
       and ($3::text is null or e.verb like $3)
       and ($4::timestamptz is null or e.at >= $4)
       and ($5::timestamptz is null or e.at < $5)
       and ($6::uuid is null or e.id < $6)
       and ($8::text[] is null or split_part(e.verb, '.', 1) = any($8))
       and ($9::text[] is null or e.verb <> all($9))
     order by e.id desc limit $7`,
    [
      actor ?? null,
      about ?? null,
      thing ? `${thing}.%` : null,
      from ?? null,
      to ?? null,
      readIdCursor(after),
      limit + 1,
      things ? [...things] : null,
      except ? [...except] : null,
    ],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: await named(ctx, shown, inside), ...(rows.length > limit && last ? { next: last.id } : {}) }
}
