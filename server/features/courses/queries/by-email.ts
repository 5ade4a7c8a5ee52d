// Members by their addresses, with what they are in a course. Changes nothing, and asks no rights.
import type { RoleKey } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface Known {
  id: AccountId
  name: string
  email: string
  suspended: boolean
  /** Null for whoever is not in it. */
  role: RoleKey | null
  /** What that is called, where it was made here. */
  roleName: string | null
}

/** The members who have one of these addresses, by it in small letters. One query. */
export async function findByEmail(
  ctx: Ctx,
  courseId: CourseId,
  emails: readonly string[],
): Promise<Map<string, Known>> {
  const rows = await ctx.sql<Known>(
    `select a.id, a.name, lower(a.email) as email, a.suspended_at is not null as suspended,
       coalesce(r.custom::text, r.role) as role, c.name as "roleName"
     from accounts a
     left join enrolments e on e.account_id = a.id and e.course_id = $2 and e.ended_at is null
     left join role_assignments r on e.id is not null and r.account_id = a.id and r.context_kind = 'course' and r.context_id = $2
     left join custom_roles c on c.id = r.custom
     where lower(a.email) = any($1::text[]) and a.kind = 'member' and a.erased_at is null`,
    [emails.map(one => one.toLowerCase()), courseId],
  )
  return new Map(rows.map(row => [row.email, row]))
}
