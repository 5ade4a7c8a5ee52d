// Corrections by person and by course. Changes nothing and asks no rights.
import type { AccountId } from '#protocol/base/ids.ts'
import type { RunId } from '#protocol/live.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** What was corrected about a person, and what they corrected about others, who are not named. */
export async function exportMarks(ctx: Ctx, accountId: AccountId): Promise<Record<string, object[]>> {
  return {
    attendance: await ctx.sql<object>(
      `select m.run_id, r.title, m.number, m.status, m.note, m.at from attendance_marks m join runs r on r.id = m.run_id
        where m.account_id = $1 order by m.at, m.run_id`,
      [accountId],
    ),
    attendanceCorrected: await ctx.sql<object>(
      `select m.run_id, r.title, m.status, m.at from attendance_marks m join runs r on r.id = m.run_id
        where m.by = $1 order by m.at, m.run_id`,
      [accountId],
    ),
  }
}

/** The classes of a course in which anybody was corrected. */
export async function markedRuns(ctx: Ctx, courseId: string): Promise<RunId[]> {
  const rows = await ctx.sql<{ id: RunId }>(
    'select id from runs where course_id = $1 and id in (select run_id from attendance_marks)',
    [courseId],
  )
  return rows.map(row => row.id)
}

/** The courses in which somebody was corrected, each with one class of it. */
export const correctedCourses = (ctx: Ctx, accountId: AccountId): Promise<{ courseId: string; runId: RunId }[]> =>
  ctx.sql<{ courseId: string; runId: RunId }>(
    `select distinct on (r.course_id) r.course_id as "courseId", r.id as "runId"
       from attendance_marks m join runs r on r.id = m.run_id where m.account_id = $1 order by r.course_id, r.id`,
    [accountId],
  )
