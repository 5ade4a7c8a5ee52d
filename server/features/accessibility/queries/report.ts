// The reports: of a course by item, of the site by course. A handful of queries, however much there is.
import { type FindingRule, gravityOf } from '#protocol/accessibility/findings.ts'
import type { CheckedThing, CourseFindings, FindingsTotals } from '#protocol/accessibility.ts'
import type { Page } from '#protocol/base/paging.ts'
import { mayEach } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import {
  apartSql,
  hasRule,
  instructorsOf,
  lastBySql,
  namesOf,
  ofRule,
  placeOf,
  type ThingRow,
  thingsSql,
} from './things.ts'

interface Paged {
  readonly after?: string | undefined
  readonly limit: number
}

export interface CourseReport extends Page<CheckedThing> {
  readonly totals: FindingsTotals
  readonly instructors: string[]
}

/** How much of a course is without findings, and how many there are by rule. */
async function totalsOf(ctx: Ctx, courseId: string): Promise<FindingsTotals> {
  const things = thingsSql('c.course_id = $1')
  const [sums] = await ctx.sql<{ things: number; clean: number }>(
    `select count(*)::int as things, count(*) filter (where barriers + hurdles = 0)::int as clean from (${things}) t`,
    [courseId],
  )
  const byRule = await ctx.sql<{ rule: FindingRule; count: number }>(
    `select f ->> 'rule' as rule, count(*)::int as count from (${things}) t
      cross join lateral jsonb_array_elements(t.findings) f group by 1 order by 2 desc, 1`,
    [courseId],
  )
  return { things: sums?.things ?? 0, clean: sums?.clean ?? 0, byRule }
}

/** What is found in a course, by title. Throws `malformed` for a cursor that is none. */
export async function courseReport(
  ctx: Ctx,
  { courseId, rule, ...page }: Paged & { readonly courseId: string; readonly rule?: FindingRule | undefined },
): Promise<CourseReport> {
  const after = readKeyset(page.after)
  const rows = await ctx.sql<ThingRow>(
    `select t.kind, t.ref_id as "refId", t.course_id as "courseId", t.title, t.within, t.findings, ${lastBySql} as by, ${apartSql} as apart
       from (${thingsSql('c.course_id = $1')}) t
      where ${hasRule('$2')} and ($3::text is null or (t.title, t.ref_id) > ($3, $4::uuid))
      order by t.title, t.ref_id limit $5`,
    [courseId, rule ?? null, after?.[0] ?? null, after?.[1] ?? null, page.limit + 1],
  )
  const some = rows.slice(0, page.limit)
  const last = some.at(-1)
  const instructors = (await instructorsOf(ctx, [courseId])).get(courseId) ?? []
  const makers = [...new Set(some.flatMap(row => row.by ?? []))]
  const may = await mayEach(
    ctx,
    some.flatMap(row => (row.by === null ? [] : [{ accountId: row.by, context: placeOf(row) }])),
  )
  const names = await namesOf(ctx, [...makers, ...instructors])
  const ownerOf = (row: ThingRow): CheckedThing['owner'] => {
    const { by } = row
    const changes = by !== null && may({ accountId: by, context: placeOf(row) }, 'content.change')
    const name = changes ? names.get(by) : undefined
    return by === null || name === undefined ? null : { id: by, name }
  }
  return {
    items: some.map(row => ({
      ...{ kind: row.kind, refId: row.refId, title: row.title, within: row.within },
      ...{ findings: ofRule(row.findings, rule), owner: ownerOf(row) },
    })),
    ...(rows.length > page.limit && last ? { next: writeKeyset(last.title, last.refId) } : {}),
    totals: await totalsOf(ctx, courseId),
    instructors: instructors.flatMap(id => names.get(id) ?? []),
  }
}

/**
 * What is found in all courses, by title; those in which nothing was looked over are left out. Throws `malformed` for a
 * cursor that is none.
 */
export async function siteReport(
  ctx: Ctx,
  input: Paged & { readonly departmentId?: string | undefined; readonly rule?: FindingRule | undefined },
): Promise<Page<CourseFindings>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<Omit<CourseFindings, 'askedAt'> & { readonly askedAt: Date | null }>(
    `with recursive below(id) as (
       select $1::uuid union select d.id from departments d join below b on d.parent_id = b.id
     ), things as (${thingsSql('true')}), counted as (
       select t.course_id, count(*)::int as things,
              count(*) filter (where $2::text is null or not (${hasRule('$2')}))::int as others,
              count(*) filter (where t.barriers + t.hurdles = 0)::int as clean,
              sum(case when $2::text is null then t.barriers else n.barriers end)::int as barriers,
              sum(case when $2::text is null then t.hurdles else n.hurdles end)::int as hurdles
         from things t
         cross join lateral (
           select count(*) filter (where $3) as barriers, count(*) filter (where not $3) as hurdles
             from jsonb_array_elements(t.findings) f where $2::text is not null and f ->> 'rule' = $2
         ) n
        group by t.course_id
     )
     select c.id as "courseId", c.title, d.name as department, n.things,
            case when $2::text is null then n.clean else n.others end as clean, n.barriers, n.hurdles,
            (select max(at) from findings_requested r where r.course_id = c.id) as "askedAt"
       from counted n join courses c on c.id = n.course_id and c.removed_at is null
       left join departments d on d.id = c.department_id
      where ($1::uuid is null or c.department_id in (select id from below))
        and ($4::text is null or (c.title, c.id) > ($4, $5::uuid))
      order by c.title, c.id limit $6`,
    [
      input.departmentId ?? null,
      input.rule ?? null,
      input.rule !== undefined && gravityOf[input.rule] === 'barrier',
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
    ],
  )
  const items = rows
    .slice(0, input.limit)
    .map(row => ({ ...row, askedAt: row.askedAt && new Date(row.askedAt).toISOString() }))
  const last = items.at(-1)
  return { items, ...(rows.length > input.limit && last ? { next: writeKeyset(last.title, last.courseId) } : {}) }
}
