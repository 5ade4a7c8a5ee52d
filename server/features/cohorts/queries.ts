// Cohorts with their figures, who is in them, and what they come to in a course. Changes nothing, and asks no rights.
import type { CustomRoleId } from '#protocol/access.ts'
import type { Input } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { Problem } from '#protocol/base/problems.ts'
import type {
  Cohort,
  CohortCourse,
  CohortId,
  CohortPerson,
  cohortRoutes,
  LinkedRole,
  OfferedCohort,
} from '#protocol/cohorts.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import type { Membership } from './rules.ts'
import { cohortCourses } from './tables.ts'

function pageFrom<Row extends { sort: string }, One>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
  shape: (row: Row) => One,
): Page<One> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const page = { items: items.map(shape) }
  return rows.length > limit && last ? { ...page, next: writeKeyset(last.sort, idOf(last)) } : page
}

const cohortSql = `select c.id, c.name, c.description, c.offered, c.version, lower(c.name) as sort,
    (select count(*)::int from cohort_members m join accounts a on a.id = m.account_id and a.erased_at is null
      where m.cohort_id = c.id) as people,
    (select count(*)::int from cohort_courses k join courses o on o.id = k.course_id and o.removed_at is null
      where k.cohort_id = c.id) as courses
  from cohorts c`

type CohortSqlRow = Cohort & { sort: string }

const cohortOf = ({ sort: _, ...cohort }: CohortSqlRow): Cohort => cohort

/** One with its figures. Throws `not-found`. */
export async function readCohort(ctx: Ctx, id: CohortId): Promise<Cohort> {
  const [row] = await ctx.sql<CohortSqlRow>(`${cohortSql} where c.id = $1`, [id])
  if (!row) throw new Problem('not-found')
  return cohortOf(row)
}

/** All of the school, by name. One query. Throws `malformed` for a cursor that is none. */
export async function listCohorts(ctx: Ctx, input: Input<typeof cohortRoutes.list>): Promise<Page<Cohort>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<CohortSqlRow>(
    `${cohortSql} where ($1::text is null or c.name ilike $1 or c.description ilike $1)
       and ($2::text is null or (lower(c.name), c.id) > ($2, $3::uuid))
     order by lower(c.name), c.id limit $4`,
    [containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  return pageFrom(rows, input.limit, row => row.id, cohortOf)
}

/** The members of a cohort, by name. One query. Throws `malformed` for a cursor that is none. */
export async function listCohortPeople(
  ctx: Ctx,
  input: Input<typeof cohortRoutes.people>,
): Promise<Page<CohortPerson>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<{ id: AccountId; name: string; email: string | null; at: Date; sort: string }>(
    `select a.id, a.name, a.email, m.at, lower(a.name) as sort
       from cohort_members m join accounts a on a.id = m.account_id and a.erased_at is null
      where m.cohort_id = $1 and ($2::text is null or a.name ilike $2 or a.email ilike $2)
        and ($3::text is null or (lower(a.name), a.id) > ($3, $4::uuid))
      order by lower(a.name), a.id limit $5`,
    [input.cohortId, containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  return pageFrom(
    rows,
    input.limit,
    row => row.id,
    row => ({ accountId: row.id, name: row.name, email: row.email, at: new Date(row.at).toISOString() }),
  )
}

/** What a cohort `k` comes as, beside the role `r` made here that it comes with. */
const comesAs = `coalesce(r.based_on, k.role) as role,
  case when r.id is not null then jsonb_build_object('key', r.id, 'name', r.name) end as custom`
const withCustom = 'left join custom_roles r on r.id = k.custom'

/** The courses a cohort is in, by title. One query. Throws `malformed` for a cursor that is none. */
export async function listCohortCourses(
  ctx: Ctx,
  input: Input<typeof cohortRoutes.courses>,
): Promise<Page<CohortCourse>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<CohortCourse & { sort: string }>(
    `select c.id as "courseId", c.title, ${comesAs}, lower(c.title) as sort
       from cohort_courses k join courses c on c.id = k.course_id and c.removed_at is null ${withCustom}
      where k.cohort_id = $1 and ($2::text is null or (lower(c.title), c.id) > ($2, $3::uuid))
      order by lower(c.title), c.id limit $4`,
    [input.cohortId, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  return pageFrom(
    rows,
    input.limit,
    row => row.courseId,
    ({ courseId, title, role, custom }) => ({ courseId, title, role, custom }),
  )
}

/**
 * What a course can take in: those in it first, then by name; what is not offered only for `all`. One query. Throws
 * `malformed` for a cursor that is none.
 */
export async function listOffered(
  ctx: Ctx,
  input: Input<typeof cohortRoutes.offered>,
  all: boolean,
): Promise<Page<OfferedCohort>> {
  const after = readKeyset(input.after)
  const rows = await ctx.sql<OfferedCohort & { sort: string }>(
    `select * from (
       select c.id, c.name, c.description, ${comesAs},
         case when k.role is null then '1' else '0' end || lower(c.name) as sort,
         (select count(*)::int from cohort_members m join accounts a on a.id = m.account_id and a.erased_at is null
           where m.cohort_id = c.id) as people
       from cohorts c left join cohort_courses k on k.cohort_id = c.id and k.course_id = $1 ${withCustom}
       where (c.offered or $2 or k.role is not null) and ($3::text is null or c.name ilike $3 or c.description ilike $3)
     ) found
     where $4::text is null or (sort, id) > ($4, $5::uuid)
     order by sort, id limit $6`,
    [input.courseId, all, containing(input.search), after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  )
  return pageFrom(
    rows,
    input.limit,
    row => row.id,
    ({ sort: _, ...one }) => one,
  )
}

/** Members of the cohorts of a course who are not in it, each by each cohort, the one taken in first before the others; who may not sign in is left out. One query. */
export async function membershipsOutside(ctx: Ctx, courseId: string): Promise<Membership[]> {
  const rows = await ctx.sql<Membership>(
    `select m.account_id as "accountId", coalesce(r.based_on, k.role) as role, r.id as custom, greatest(m.at, k.at) as since,
       (select max(e.ended_at) from enrolments e where e.course_id = k.course_id and e.account_id = m.account_id) as "endedAt"
       from cohort_courses k
       join cohort_members m on m.cohort_id = k.cohort_id
       join accounts a on a.id = m.account_id and a.kind = 'member' and a.suspended_at is null and a.erased_at is null
       ${withCustom}
      where k.course_id = $1 and r.removed_at is null and not exists (
        select from enrolments e where e.course_id = k.course_id and e.account_id = m.account_id and e.ended_at is null)
      order by m.account_id, k.at, k.cohort_id`,
    [courseId],
  )
  return rows.map(({ since, endedAt, ...row }) => ({
    ...row,
    since: new Date(since),
    endedAt: endedAt && new Date(endedAt),
  }))
}

/** Those whom a cohort brought into a course and none of its cohorts has any more. Who runs the course by now stays. One query. */
export async function leftBehind(ctx: Ctx, courseId: string, limit: number): Promise<AccountId[]> {
  const rows = await ctx.sql<{ accountId: AccountId }>(
    `select e.account_id as "accountId" from enrolments e
      where e.course_id = $1 and e.how = 'cohort' and e.ended_at is null
        and not exists (select from cohort_courses k join cohort_members m on m.cohort_id = k.cohort_id
          where k.course_id = e.course_id and m.account_id = e.account_id)
        and not exists (select from role_assignments r where r.account_id = e.account_id
          and r.context_kind = 'course' and r.context_id = e.course_id and r.role = 'instructor')
      order by e.account_id limit $2`,
    [courseId, limit],
  )
  return rows.map(row => row.accountId)
}

/** The courses one of these cohorts is in. */
export async function coursesWith(ctx: Ctx, cohortId: CohortId): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }>(
    'select course_id as id from cohort_courses where cohort_id = $1 order by 1',
    [cohortId],
  )
  return rows.map(row => row.id)
}

/** Open courses of which members of their cohorts are not in them, whatever the reason. One query. */
export async function coursesToLookAt(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.sql<{ courseId: string }>(
    `select distinct k.course_id as "courseId" from cohort_courses k
       join courses c on c.id = k.course_id and c.removed_at is null and c.state in ('draft', 'published')
       ${withCustom}
       join cohort_members m on m.cohort_id = k.cohort_id
       join accounts a on a.id = m.account_id and a.kind = 'member' and a.suspended_at is null and a.erased_at is null
      where r.removed_at is null and not exists (select from enrolments e
        where e.course_id = k.course_id and e.account_id = m.account_id and e.ended_at is null) limit 200`,
  )
  return rows.map(row => row.courseId)
}

/** The role a cohort comes with into a course; undefined where it is not in it. */
export async function roleOfCohort(
  ctx: Ctx,
  { courseId, cohortId }: { courseId: string; cohortId: CohortId },
): Promise<LinkedRole | undefined> {
  const [row] = await ctx.sql<{ role: LinkedRole }>(
    'select coalesce(custom::text, role) as role from cohort_courses where course_id = $1 and cohort_id = $2',
    [courseId, cohortId],
  )
  return row?.role
}

/** Members by their addresses in small letters. One query. */
export async function membersByEmail(ctx: Ctx, emails: readonly string[]): Promise<Map<string, AccountId>> {
  const rows = await ctx.sql<{ id: AccountId; email: string }>(
    `select id, lower(email) as email from accounts
      where lower(email) = any($1::text[]) and kind = 'member' and erased_at is null`,
    [emails],
  )
  return new Map(rows.map(row => [row.email, row.id]))
}

/** The names of cohorts, by id, for the trail. */
export async function cohortNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await ctx.sql<{ id: string; name: string }>('select id, name from cohorts where id = any($1::uuid[])', [
    ids,
  ])
  return new Map(rows.map(row => [row.id, row.name]))
}

/** The cohorts of a person, for the copy of what is kept about them. */
export const exportCohorts = (ctx: Ctx, accountId: AccountId): Promise<object[]> =>
  ctx.sql(
    'select c.name, m.at from cohort_members m join cohorts c on c.id = m.cohort_id where m.account_id = $1 order by m.at',
    [accountId],
  )

/** Whether the people of a cohort come into the course. One query. */
export const hasCohorts = async (_ctx: Ctx, courseId: CourseId): Promise<boolean> =>
  (await cohortCourses.count({ where: { courseId } })) > 0

/** Into how many courses that are not over cohorts come with a role made here. One query. */
export async function countLinks(ctx: Ctx, roleId: CustomRoleId): Promise<number> {
  const [found] = await ctx.sql<{ count: number }>(
    `select count(*)::int as count from cohort_courses k
       join courses c on c.id = k.course_id and c.removed_at is null and c.state in ('draft', 'published')
      where k.custom = $1`,
    [roleId],
  )
  return found?.count ?? 0
}
