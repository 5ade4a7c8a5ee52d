// What is kept of how a person got on with packages, for the copy of it. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { GradeItemId } from '#protocol/grades.ts'
import { heldFor } from '#server/features/grades/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Their attempts, the oldest first; of a column whose grade is held for them, no score. */
export async function exportAttempts(ctx: Ctx, accountId: AccountId): Promise<object[]> {
  const rows = await ctx.sql<{ share: string | null; gradeItemId: GradeItemId }>(
    `select c.title as course, p.title, t.number, t.completion, t.success, t.share::text as share, t.seconds,
            t.begun_at as "begunAt", t.at, p.grade_item_id as "gradeItemId",
            (select jsonb_object_agg(s.part, s.data) from package_states s where s.attempt_id = t.id) as parts
       from package_attempts t join packages p on p.id = t.package_id join courses c on c.id = p.course_id
      where t.account_id = $1 order by t.begun_at, t.id`,
    [accountId],
  )
  const held = await heldFor(
    ctx,
    accountId,
    rows.map(row => row.gradeItemId),
  )
  return rows.map(({ gradeItemId, ...row }) =>
    held.has(gradeItemId) ? { ...row, share: null, success: 'unknown', parts: null } : row,
  )
}
