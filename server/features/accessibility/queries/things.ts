// The things of courses that were looked over and still stand there, as SQL and as they are read. Changes nothing; asks
// no rights.
import type { Finding, FindingRule } from '#protocol/accessibility/findings.ts'
import type { CheckedKind, CheckedThing } from '#protocol/accessibility.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ContextRef } from '#server/features/access/index.ts'
import { courseContext, itemContext } from '#server/features/courses/index.ts'
import { fileInBin } from '#server/features/files/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

const found = 'c.kind, c.ref_id, c.course_id, c.findings, c.barriers, c.hurdles'

/** The item of a thing, which is asked who may change it. */
const ofItem = 'i.id as item_id'

// What is an item of its course itself, as long as it stands there.
const asItem = (kind: CheckedKind, where: string): string => `
  select ${found}, ${ofItem}, i.title, null::jsonb as within
    from findings_checks c
    join items i on i.kind = '${kind}' and i.ref_id = c.ref_id and i.removed_at is null
    left join modules m on m.id = i.module_id
   where c.kind = '${kind}' and m.removed_at is null and ${where}`

// What stands in an item: `parts` is its table `p`, which has its item's id and its title in these columns.
const inItem = (
  kind: CheckedKind,
  parts: { readonly table: string; readonly item: string; readonly itemId: string; readonly title: string },
  where: string,
): string => `
  select ${found}, ${ofItem}, p.${parts.title}, jsonb_build_object('refId', i.ref_id, 'title', i.title)
    from findings_checks c
    join ${parts.table} p on p.id = c.ref_id and p.removed_at is null
    join items i on i.kind = '${parts.item}' and i.ref_id = p.${parts.itemId} and i.removed_at is null
    left join modules m on m.id = i.module_id
   where c.kind = '${kind}' and m.removed_at is null and ${where}`

const lessonParts = { table: 'lesson_pages', item: 'lesson', itemId: 'lesson_id', title: 'title' }
const glossaryParts = { table: 'glossary_entries', item: 'glossary', itemId: 'glossary_id', title: 'word' }

/**
 * SQL: what is written and stands in its course, and files in no bin, with what was found. `where`: more about `c`, the row of
 * what was found.
 */
export const thingsSql = (where: string): string => `
  ${asItem('page', where)}
  union all ${asItem('assignment', where)}
  union all ${inItem('lesson-page', lessonParts, where)}
  union all ${inItem('glossary-entry', glossaryParts, where)}
  union all
  select ${found}, ${ofItem}, f.name, null
    from findings_checks c join files f on f.id = c.ref_id and f.removed_at is null
    left join items i on i.kind = 'file' and i.ref_id = f.id
   where c.kind = 'file' and not ${fileInBin} and ${where}`

/** In which course an item stands. */
export async function courseOfItem(ctx: Ctx, kind: string, refId: string): Promise<string | undefined> {
  const [row] = await ctx.sql<{ course_id: string }>('select course_id from items where kind = $1 and ref_id = $2', [
    kind,
    refId,
  ])
  return row?.course_id
}

/** SQL: who made or changed a thing `t` last; null where no versions are kept that say so. */
export const lastBySql = `
  case t.kind
    when 'page' then (select v.by_account from page_versions v where v.page_id = t.ref_id and v.by_account is not null
                       order by v.version desc limit 1)
    when 'file' then (select v.by_account from file_versions v where v.file_id = t.ref_id and v.by_account is not null
           order by v.number desc limit 1)
  end`

/** SQL: whether a thing `t` has findings, of the rule in this parameter where it is not null. */
export const hasRule = (parameter: string): string =>
  `t.barriers + t.hurdles > 0
   and (${parameter}::text is null or t.findings @> jsonb_build_array(jsonb_build_object('rule', ${parameter}::text)))`

/**
 * SQL: the item of a thing `t` where it says something of its own about who may change it; null where its course alone does,
 * so that a thousand things of one course are judged once.
 */
export const apartSql = `
  case when exists (select from role_overrides o where o.context_kind = 'item' and o.context_id = t.item_id)
         or exists (select from granted_roles g where g.context_kind = 'item' and g.context_id = t.item_id)
    then t.item_id end`

/** Where it is asked who may change a thing. */
export const placeOf = ({
  apart,
  courseId,
}: {
  readonly apart: string | null
  readonly courseId: string
}): ContextRef => (apart === null ? courseContext(courseId) : itemContext(apart))

export interface ThingRow {
  readonly kind: CheckedKind
  readonly refId: string
  /** Its item, where that says something of its own. */
  readonly apart: string | null
  readonly courseId: string
  readonly title: string
  readonly within: CheckedThing['within']
  readonly findings: Finding[]
  readonly by: AccountId | null
}

/** Those findings of a thing that a rule found; all without one. */
export const ofRule = (findings: readonly Finding[], rule: FindingRule | undefined): Finding[] =>
  findings.filter(one => rule === undefined || one.rule === rule)

/** Who is an instructor of these courses, by course. Says nothing of what they may: see `mayEach`. */
export async function instructorsOf(ctx: Ctx, courseIds: readonly string[]): Promise<Map<string, AccountId[]>> {
  const rows = await ctx.sql<{ courseId: string; id: AccountId }>(
    `select r.context_id as "courseId", a.id from role_assignments r join accounts a on a.id = r.account_id
      where r.context_kind = 'course' and r.context_id = any($1::uuid[]) and r.role = 'instructor'
        and a.erased_at is null and a.suspended_at is null
      order by a.name, a.id`,
    [courseIds],
  )
  const found = new Map<string, AccountId[]>()
  for (const { courseId, id } of rows) found.set(courseId, [...(found.get(courseId) ?? []), id])
  return found
}

/** Names by id. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.sql<{ id: string; name: string }>(
    'select id, name from accounts where id = any($1::uuid[]) and erased_at is null',
    [[...new Set(ids)]],
  )
  return new Map(rows.map(row => [row.id, row.name]))
}
