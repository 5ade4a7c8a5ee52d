// Whom somebody meets in courses: what profiles and pictures are shown by.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Acquaintance } from '#server/features/accounts/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Of `others`, those in a course with the reader now; `teacher` where the reader teaches or assists in it. One query. */
export async function metInCourses(
  ctx: Ctx,
  reader: AccountId,
  others: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Acquaintance>> {
  const rows = await ctx.sql<{ id: AccountId; teaches: boolean }>(
    `select theirs.account_id as id, bool_or(r.role in ('instructor', 'assistant')) as teaches
       from enrolments mine
       join courses c on c.id = mine.course_id and c.removed_at is null
       join role_assignments r on r.account_id = $1 and r.context_kind = 'course' and r.context_id = c.id
       join enrolments theirs on theirs.course_id = c.id and theirs.ended_at is null and theirs.account_id = any($2::uuid[])
      where mine.account_id = $1 and mine.ended_at is null
      group by theirs.account_id`,
    [reader, others],
  )
  return new Map(rows.map(row => [row.id, row.teaches ? 'teacher' : 'fellow']))
}
