// Somebody supposed is in a course: an enrolment in a transaction that is taken back. It tells nobody and is never committed.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'

/** Enrols them now. Only inside `readSupposing`. */
export async function supposeEnrolment(
  ctx: Ctx,
  { courseId, accountId }: { readonly courseId: CourseId; readonly accountId: AccountId },
): Promise<void> {
  await ctx.sql(`insert into enrolments (id, course_id, account_id, how, at) values ($1, $2, $3, 'by hand', $4)`, [
    newId(),
    courseId,
    accountId,
    ctx.now,
  ])
}
