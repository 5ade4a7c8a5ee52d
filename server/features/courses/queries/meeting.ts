// Whom somebody meets in courses: what profiles and pictures are shown by.
import type { AccountId } from '#protocol/base/ids.ts'
import { mayEach } from '#server/features/access/index.ts'
import type { Acquaintance } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { courseContext } from './course.ts'

/**
 * Of `others`, those in a course with the reader now; `teacher` where the reader may see its people. Who lost every right
 * there meets nobody. Three queries.
 */
export async function metInCourses(
  ctx: Ctx,
  reader: AccountId,
  others: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Acquaintance>> {
  const rows = await ctx.sql<{ id: AccountId; courseId: string }>(
    `select theirs.account_id as id, c.id as "courseId"
       from enrolments mine
       join courses c on c.id = mine.course_id and c.removed_at is null
       join enrolments theirs on theirs.course_id = c.id and theirs.ended_at is null and theirs.account_id = any($2::uuid[])
      where mine.account_id = $1 and mine.ended_at is null`,
    [reader, others],
  )
  const there = (courseId: string) => ({ accountId: reader, context: courseContext(courseId) })
  const may = await mayEach(ctx, [...new Set(rows.map(row => row.courseId))].map(there))
  const met = new Map<AccountId, Acquaintance>()
  for (const { id, courseId } of rows) {
    const asked = there(courseId)
    if (may(asked, 'course.view-people')) met.set(id, 'teacher')
    // A guest meets people in a class and sees nothing of the course around it.
    else if (!met.has(id) && (may(asked, 'course.view') || may(asked, 'live.join'))) met.set(id, 'fellow')
  }
  return met
}
