// The people of a course, a page at a time, and the roles there are in it: who is enrolled, and who is here by a role that was
// given alone. Lists, which decide no right. Changes nothing.
import type { CustomRoleId, RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Page } from '#protocol/base/paging.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CoursePerson, RoleInCourse } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId } from '#protocol/groups.ts'
import { fitsCourse, rolesGiven, rolesToGive } from '#server/features/access/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { readKeyset } from '#server/platform/db/keyset.ts'
import { containing } from '#server/platform/db/like.ts'
import { courseContext } from './course.ts'
import { type ListInput, pageFrom } from './lists.ts'
import { peopleWithin } from './within.ts'

// $1 is the course, $2 whether those count who hold a role that was given and are not enrolled.
const hereSql = `
  select e.account_id, r.role, r.custom, e.how, e.at, e.ends_at from enrolments e
    join role_assignments r on r.account_id = e.account_id and r.context_kind = 'course' and r.context_id = e.course_id
   where e.course_id = $1 and e.ended_at is null
  union all
  select g.account_id, null, null, 'given', min(g.granted_at), null from granted_roles g
   where $2 and g.context_kind = 'course' and g.context_id = $1
     and not exists (select from enrolments e where e.course_id = $1 and e.account_id = g.account_id and e.ended_at is null)
   group by g.account_id`

interface PersonRow {
  id: AccountId
  name: string
  email: string | null
  kind: 'member' | 'guest'
  role: CourseRole | null
  custom: CustomRoleId | null
  called: string | null
  how: CoursePerson['how']
  at: Date
  ends_at: Date | null
  sort: string
}

interface PeopleAsked extends ListInput {
  readonly role?: RoleKey | undefined
  readonly groupId?: GroupId | undefined
  readonly given: boolean
}

/**
 * Who is in a course and as what, by name, those of one section or group where one is named. E-mail addresses, and roles
 * given beside enrolments, only when asked for, which is for staff. Three queries at most. Throws `malformed` for a cursor
 * that is none.
 */
export async function listPeople(
  ctx: Ctx,
  courseId: CourseId,
  input: PeopleAsked,
  told: { readonly emails: boolean; readonly given: boolean },
): Promise<Page<CoursePerson>> {
  const after = readKeyset(input.after)
  const within = input.groupId === undefined ? null : await peopleWithin(ctx, courseId, input.groupId)
  const rows = await ctx.sql<PersonRow>(
    `select a.id, a.name, a.email, a.kind, p.role, p.custom, c.name as called, p.how, p.at, p.ends_at, lower(a.name) as sort
       from (${hereSql}) p
       join accounts a on a.id = p.account_id
       left join custom_roles c on c.id = p.custom
      where ($3::text is null or coalesce(p.custom::text, p.role) = $3 or ($10 and exists (
              select from granted_roles g where g.account_id = a.id and g.context_kind = 'course' and g.context_id = $1 and g.role = $3)))
        and ($4::text is null or a.name ilike $4 or ($5 and a.email ilike $4))
        and ($6::text is null or (lower(a.name), a.id) > ($6, $7::uuid))
        and ($9::uuid[] is null or a.id = any($9))
      order by lower(a.name), a.id limit $8`,
    [
      courseId,
      input.given && told.given,
      input.role ?? null,
      containing(input.search),
      told.emails,
      after?.[0] ?? null,
      after?.[1] ?? null,
      input.limit + 1,
      within,
      told.given,
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
    custom: row.custom && { key: row.custom, name: row.called ?? '' },
    given: given?.get(row.id) ?? [],
    how: row.how,
    at: new Date(row.at).toISOString(),
    endsAt: row.ends_at && new Date(row.ends_at).toISOString(),
  }))
}

/**
 * The roles there are in a course, with how many hold each, and how many people that is: those every Lectern has, those made
 * here that somebody holds or that the caller may enrol with. `given`: those count who are here by a role alone. A few queries.
 */
export async function listPeopleRoles(
  ctx: Ctx,
  courseId: CourseId,
  told: { readonly given: boolean; readonly mayEnrol: boolean },
): Promise<{ people: number; roles: RoleInCourse[] }> {
  const counted = await ctx.sql<{ role: string | null; people: number }>(
    `with held as (
       select account_id, coalesce(custom::text, role) as role from (${hereSql}) p
       union
       select account_id, role from granted_roles where $2 and context_kind = 'course' and context_id = $1
     )
     select role, count(distinct account_id)::int as people from held
      where role is not null group by grouping sets ((role), ())`,
    [courseId, told.given],
  )
  const many = new Map(counted.map(({ role, people }) => [role, people]))
  const made = await ctx.sql<Pick<RoleInCourse, 'key' | 'name' | 'basedOn'>>(
    `select id as key, name, based_on as "basedOn" from custom_roles where removed_at is null order by lower(name)`,
  )
  const mine = new Set(told.mayEnrol ? (await rolesToGive(ctx, courseContext(courseId))).map(one => one.role) : [])
  const builtIn = (['instructor', 'assistant', 'learner', 'guest'] as const).map(key => ({
    key,
    name: '',
    basedOn: key,
  }))
  const roles = [...builtIn, ...made].map(one => ({
    ...one,
    people: many.get(one.key) ?? 0,
    mayGive: fitsCourse(one.basedOn) && mine.has(one.key),
  }))
  return { people: many.get(null) ?? 0, roles: roles.filter(one => one.name === '' || one.people > 0 || one.mayGive) }
}
