// Departments and terms as they are read, a page at a time. Changes nothing.

import type { Page } from '#protocol/base/paging.ts'
import type { Department, DepartmentId, FreeDays, Term, TermId } from '#protocol/organisation.ts'
import { namesFrom } from '#server/features/audit/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { departments, type TermRow, terms } from './tables.ts'

interface ListInput {
  after?: string | undefined
  limit: number
  search?: string | undefined
}

/** SQL: what the places of departments are called. */
export const departmentNames = "select id, name, '' as also from departments"

/** Whether there is such a department. */
export const isDepartment = async (id: DepartmentId): Promise<boolean> =>
  (await departments.count({ where: { id } })) > 0

/** A term; null when there is no such one. */
export const findTerm = (id: TermId): Promise<TermRow | null> => terms.findByPk(id, { raw: true })

interface DepartmentFacts {
  id: DepartmentId
  name: string
  parent_id: DepartmentId | null
  path: string[]
  version: number
  sort: string
}

/** How many courses stand in each of these departments or terms, by id; those with none are missing. */
export type StandingCounts = (
  ctx: Ctx,
  where: 'departments' | 'terms',
  ids: readonly string[],
  which: 'shown' | 'the bin too',
) => Promise<Map<string, number>>

let standing: StandingCounts = async () => new Map()

/** Says what stands in departments and terms: once, when the feature that puts it there loads. */
export function registerStanding(counts: StandingCounts): void {
  standing = counts
}

/** What stands there, as whoever registered says. */
export const countStanding: StandingCounts = (...asked) => standing(...asked)

/**
 * Departments in the order of the tree. What parts two names in the sort is below every letter. Throws `malformed` for
 * a cursor that is none.
 */
export async function listDepartments(
  ctx: Ctx,
  input: ListInput & { departmentId?: DepartmentId | undefined },
): Promise<Page<Department>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<DepartmentFacts>(
    `with recursive tree as (
       select d.id, d.name, d.parent_id, d.version, array[d.name] as path, (lower(d.name) || chr(1) || d.id::text) as sort
         from departments d where d.parent_id is null
       union all
       select d.id, d.name, d.parent_id, d.version, tree.path || d.name,
              tree.sort || chr(1) || lower(d.name) || chr(1) || d.id::text
         from departments d join tree on d.parent_id = tree.id
     )
     select t.id, t.name, t.parent_id, t.version, t.path, t.sort
       from tree t
      where ($1::text is null or t.name ilike $1)
        and ($2::text is null or (t.sort collate "C", t.id) > ($2 collate "C", $3::uuid))
        and ($5::uuid is null or t.id = $5)
      order by t.sort collate "C", t.id limit $4`,
    [containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1, input.departmentId ?? null],
  )
  const shown = rows.slice(0, input.limit)
  const courses = await countStanding(
    ctx,
    'departments',
    shown.map(row => row.id),
    'shown',
  )
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      id: row.id,
      name: row.name,
      parentId: row.parent_id,
      path: row.path,
      courses: courses.get(row.id) ?? 0,
      version: row.version,
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

interface TermFacts {
  id: TermId
  name: string
  starts_on: string
  ends_on: string
  free_days: FreeDays[]
  version: number
}

/** Terms, the latest first. Throws `malformed` for a cursor that is none. */
export async function listTerms(ctx: Ctx, input: ListInput & { termId?: TermId | undefined }): Promise<Page<Term>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<TermFacts>(
    `select t.id, t.name, t.starts_on::text, t.ends_on::text, t.free_days, t.version
       from terms t
      where ($1::text is null or t.name ilike $1)
        and ($2::text is null or (t.starts_on::text, t.id) < ($2, $3::uuid))
        and ($5::uuid is null or t.id = $5)
      order by t.starts_on desc, t.id desc limit $4`,
    [containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1, input.termId ?? null],
  )
  const shown = rows.slice(0, input.limit)
  const courses = await countStanding(
    ctx,
    'terms',
    shown.map(row => row.id),
    'shown',
  )
  const last = shown.at(-1)
  return {
    items: shown.map(row => ({
      id: row.id,
      name: row.name,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      freeDays: row.free_days,
      courses: courses.get(row.id) ?? 0,
      version: row.version,
    })),
    ...(rows.length > input.limit && last ? { next: writeKeyset(last.starts_on, last.id) } : {}),
  }
}

/** The ids from a department up to the top, itself first; empty when there is no such department. */
export async function upFrom(ctx: Ctx, id: DepartmentId): Promise<DepartmentId[]> {
  const rows = await ctx.sql<{ id: DepartmentId }>(
    `with recursive up as (
       select id, parent_id, 0 as step from departments where id = $1
       union all
       select d.id, d.parent_id, up.step + 1 from departments d join up on d.id = up.parent_id where up.step < 16
     )
     select id from up order by step`,
    [id],
  )
  return rows.map(row => row.id)
}

/** Levels of a department with what is below it; 1 for one that holds none. */
export async function heightOf(ctx: Ctx, id: DepartmentId): Promise<number> {
  const [row] = await ctx.sql<{ height: number }>(
    `with recursive down as (
       select id, 1 as step from departments where id = $1
       union all
       select d.id, down.step + 1 from departments d join down on d.parent_id = down.id where down.step < 16
     )
     select max(step)::int as height from down`,
    [id],
  )
  return row?.height ?? 1
}

/** What terms are called, by id. */
export const termNaming = namesFrom('select id, name from terms where id = any($1::uuid[])')
/** The same of departments. */
export const departmentNaming = namesFrom(`${departmentNames} where id = any($1::uuid[])`)
