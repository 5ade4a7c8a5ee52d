// Lists of courses and of people, a page at a time. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import { demand } from '#protocol/base/problems.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CoursePerson } from '#protocol/courses/people.ts'
import type { CourseCard, CourseId, CourseLanguage, CourseLife } from '#protocol/courses.ts'
import type { GroupId } from '#protocol/groups.ts'
import type { DepartmentId, TermId } from '#protocol/organisation.ts'
import { rolesGiven } from '#server/features/access/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { readKeyset, writeKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import type { EnrolmentHow } from '../tables.ts'
import { courseContext } from './course.ts'
import { liveNow } from './live-now.ts'
import { ownCourses } from './of-person.ts'
import { peopleWithin } from './within.ts'

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

interface PersonRow {
  id: AccountId
  name: string
  email: string | null
  kind: 'member' | 'guest'
  role: CourseRole
  how: EnrolmentHow
  at: Date
  ends_at: Date | null
  sort: string
}

/**
 * Who is enrolled in a course and as what, by name, those of one section or group where one is named: a list, which
 * decides no right. E-mail addresses, and roles given beside enrolments, only when asked for, which is for staff. Three
 * queries at most. Throws `malformed` for a cursor that is none.
 */
export async function listPeople(
  ctx: Ctx,
  courseId: CourseId,
  input: ListInput & { role?: CourseRole | undefined; groupId?: GroupId | undefined },
  told: { readonly emails: boolean; readonly given: boolean },
): Promise<Page<CoursePerson>> {
  const after = readKeyset(input.after)
  const within = input.groupId === undefined ? null : await peopleWithin(ctx, courseId, input.groupId)
  const rows = await ctx.sql<PersonRow>(
    `select a.id, a.name, a.email, a.kind, r.role, e.how, e.at, e.ends_at, lower(a.name) as sort
       from enrolments e
       join accounts a on a.id = e.account_id
       join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
      where e.course_id = $1 and e.ended_at is null
        and ($2::text is null or r.role = $2)
        and ($3::text is null or a.name ilike $3 or ($4 and a.email ilike $3))
        and ($5::text is null or (lower(a.name), a.id) > ($5, $6::uuid))
        and ($8::uuid[] is null or e.account_id = any($8))
      order by lower(a.name), a.id limit $7`,
    [
      courseId,
      input.role ?? null,
      containing(input.search),
      told.emails,
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
      within,
    ],
  )
  const ids = rows.slice(0, input.limit).map(row => row.id)
  const given = told.given && ids.length > 0 ? await rolesGiven(ctx, courseContext(courseId), ids) : undefined
  return pageFrom(rows, input.limit, row => ({
    accountId: row.id,
    name: row.name,
    email: told.emails ? row.email : null,
    kind: row.kind,
    role: row.role,
    given: given?.get(row.id) ?? [],
    how: row.how,
    at: new Date(row.at).toISOString(),
    endsAt: row.ends_at && new Date(row.ends_at).toISOString(),
  }))
}

/**
 * An account is enrolled by its id alone by those who know the person already: who was in this course before, or is in
 * another one where the caller enrols. Else ids, which are no secret, would open e-mail addresses. Throws `no-account`.
 */
export async function demandTaught(ctx: Ctx, courseId: string, accountId: AccountId): Promise<void> {
  const taught = (await ownCourses(ctx, accountOf(ctx.who))).filter(one => one.may('course.enrol')).map(one => one.id)
  const known = await ctx.sql(
    `select from enrolments where course_id = $1 and account_id = $2
     union all
     select from enrolments e
      where e.course_id = any($3::uuid[]) and e.account_id = $2 and e.ended_at is null and e.how in ('join code', 'invitation', 'self') limit 1`,
    [courseId, accountId, taught],
  )
  demand(known.length > 0, 'no-account')
}
