// What groups and sets are called, and in which sections somebody is: for those who speak of them elsewhere. Asks no rights.
import { namesFrom } from '#server/features/audit/index.ts'
import type { SectionsOf } from '#server/features/courses/index.ts'

/** The names of groups, by id; removed ones too. */
export const groupNaming = namesFrom('select id, name from groups where id = any($1::uuid[])')
/** The same of sets. */
export const setNaming = namesFrom('select id, name from group_sets where id = any($1::uuid[])')

/** The sections somebody is in, by name, for each of these courses that has any. One query. */
export const sectionsOf: SectionsOf = async (ctx, accountId, courseIds) => {
  const rows = await ctx.sql<{ courseId: string; names: string[] }>(
    `select g.course_id as "courseId", array_agg(g.name order by lower(g.name)) as names
       from group_members m join groups g on g.id = m.group_id
      where m.account_id = $1 and g.course_id = any($2::uuid[]) and g.set_id is null and g.removed_at is null
      group by g.course_id`,
    [accountId, [...courseIds]],
  )
  return new Map(rows.map(row => [row.courseId, row.names]))
}
