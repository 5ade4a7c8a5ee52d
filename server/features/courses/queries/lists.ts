// Lists of courses, a page at a time, and whom somebody may enrol by an id alone. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CourseCard, CourseId, CourseLanguage, CourseLife } from '#protocol/courses.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { liveNow } from './live-now.ts'
import { ownCourses } from './of-person.ts'

export interface ListInput {
  after?: string | undefined
  limit: number
  search?: string | undefined
}

/** A page of rows that were asked for with one more than `limit`. */
export function pageFrom<Row extends { sort: string; id: string }, T>(
  rows: Row[],
  limit: number,
  map: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(map),
    ...(rows.length > limit && last ? { next: writeKeyset(last.sort, last.id) } : {}),
  }
}

interface CardRow {
  id: CourseId
  title: string
  short_name: string
  summary: string
  time_zone: string
  language: CourseLanguage
  state: CourseLife
  department_id: DepartmentId | null
  term_id: TermId | null
  template: boolean
  version: number
  role: CourseRole | null
  live: boolean
  sort: string
}

/**
 * Courses by title: those the account is in, or every one. Drafts are for those who prepare them. Throws `malformed`
 * for a cursor that is none.
 */
export async function listCourses(
  ctx: Ctx,
  accountId: AccountId,
  input: ListInput & {
    all: boolean
    state?: CourseLife | undefined
    departmentId?: DepartmentId | undefined
    termId?: TermId | undefined
  },
): Promise<Page<CourseCard>> {
  const after = readKeyset(input.after)
  const own = input.all ? [] : await ownCourses(ctx, accountId)
  const rows = await ctx.sql<CardRow>(
    `with recursive below as (
       select id from departments where id = $8
       union all
       select d.id from departments d join below on d.parent_id = below.id
     )
     select c.id, c.title, c.short_name, c.summary, c.time_zone, c.language, c.state, c.department_id, c.term_id, c.template, c.version, lower(c.title) as sort,
            case when e.id is null then null else r.role end as role,
            exists (select from items i left join modules m on m.id = i.module_id
                     where i.course_id = c.id and ${liveNow}) as live
       from courses c
       left join enrolments e on e.course_id = c.id and e.account_id = $1 and e.ended_at is null
       left join role_assignments r on r.account_id = $1 and r.context_kind = 'course' and r.context_id = c.id
      where c.removed_at is null and ($2 or c.id = any($10::uuid[]))
        and case when $7::text is null then c.state <> 'archived' else c.state = $7 end
        and ($8::uuid is null or c.department_id in (select id from below))
        and ($9::uuid is null or c.term_id = $9)
        and (c.state <> 'draft' or $2 or c.id = any($11::uuid[]))
        and ($3::text is null or c.title ilike $3 or c.short_name ilike $3)
        and ($4::text is null or (lower(c.title), c.id) > ($4, $5::uuid))
      order by lower(c.title), c.id limit $6`,
    [
      accountId,
      input.all,
      containing(input.search),
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
      input.state ?? null,
      input.departmentId ?? null,
      input.termId ?? null,
      own.map(one => one.id),
      own.filter(one => one.may('content.change')).map(one => one.id),
    ],
  )
  return pageFrom(rows, input.limit, row => ({
    id: row.id,
    title: row.title,
    shortName: row.short_name,
    summary: row.summary,
    timeZone: row.time_zone,
    language: row.language,
    state: row.state,
    departmentId: row.department_id,
    termId: row.term_id,
    template: row.template,
    version: row.version,
    role: row.role,
    live: row.live,
  }))
}

/**
 * An account is enrolled by its id alone by those who know the person already: who was in this course before, holds a role
 * that was given in it, or is in another one where the caller enrols. Else ids, which are no secret, would open e-mail addresses. Throws `no-account`.
 */
export async function demandTaught(ctx: Ctx, courseId: string, accountId: AccountId): Promise<void> {
  const taught = (await ownCourses(ctx, accountOf(ctx.who))).filter(one => one.may('course.enrol')).map(one => one.id)
  const known = await ctx.sql(
    `select from enrolments where course_id = $1 and account_id = $2
     union all
     select from granted_roles where context_kind = 'course' and context_id = $1 and account_id = $2
     union all
     select from enrolments e
      where e.course_id = any($3::uuid[]) and e.account_id = $2 and e.ended_at is null and e.how in ('join code', 'invitation', 'self') limit 1`,
    [courseId, accountId, taught],
  )
  demand(known.length > 0, 'no-account')
}
