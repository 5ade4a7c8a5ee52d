// How often something was corrected: the states of both scopes, for staff and for one learner. Changes nothing.

import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { attendanceChanges } from '../tables.ts'

/** What the staff of a course hear. */
export async function attendanceState(_ctx: Ctx, courseId: string): Promise<{ changes: number }> {
  return { changes: (await attendanceChanges.findByPk(courseId, { raw: true }))?.changes ?? 0 }
}

const placeOf = (id: string): { courseId: string; accountId: AccountId } => {
  const [courseId = '', accountId = ''] = id.split('~')
  return { courseId, accountId: accountId as AccountId }
}

/** Throws `not-found` for everybody but the one it is about; else what `demandMay` throws. */
export async function demandOwn(ctx: Ctx, id: string): Promise<void> {
  const { courseId, accountId } = placeOf(id)
  if (accountOf(ctx.who) !== accountId) throw new Problem('not-found')
  await demandMay(ctx, 'course.view', courseContext(courseId))
}

/** How many corrections of theirs there are in a course. */
export async function countOwn(ctx: Ctx, courseId: string, accountId: AccountId): Promise<number> {
  const [row] = await ctx.sql<{ changes: number }>(
    `select count(*)::int as changes from attendance_marks m join runs r on r.id = m.run_id
      where r.course_id = $1 and m.account_id = $2`,
    [courseId, accountId],
  )
  return row?.changes ?? 0
}

/** What one learner hears. */
export async function ownState(ctx: Ctx, id: string): Promise<{ changes: number }> {
  const { courseId, accountId } = placeOf(id)
  return { changes: await countOwn(ctx, courseId, accountId) }
}
