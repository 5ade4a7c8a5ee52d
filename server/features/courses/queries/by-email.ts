// Members by their addresses, with what they are in a course. Changes nothing, and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseRole } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface Known {
  id: AccountId
  name: string
  email: string
  suspended: boolean
  /** Null for whoever is not in it. */
  role: CourseRole | null
}

/** The members who have one of these addresses, by it in small letters. One query. */
export async function findByEmail(
  ctx: Ctx,
  courseId: CourseId,
  emails: readonly string[],
): Promise<Map<string, Known>> {
  const rows = await ctx.sql<Known>(
    `select a.id, a.name, lower(a.email) as email, a.suspended_at is not null as suspended, r.role
     from accounts a
     left join enrolments e on e.account_id = a.id and e.course_id = $2 and e.ended_at is null
     left join role_assignments r on e.id is not null and r.account_id = a.id and r.context_kind = 'course' and r.context_id = $2
     where lower(a.email) = any($1::text[]) and a.kind = 'member' and a.erased_at is null`,
    [emails.map(one => one.toLowerCase()), courseId],
  )
  return new Map(rows.map(row => [row.email, row]))
}
