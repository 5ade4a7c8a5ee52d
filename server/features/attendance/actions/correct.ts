// Corrects who was in a class. Every correction stays beside those before it; the newest holds. Asks no rights.
import {
  type Attendance,
  attendanceScope,
  type CorrectedStatus,
  ownAttendanceId,
  ownAttendanceScope,
} from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { demand, Problem } from '#protocol/base/problems.ts'
import { audit } from '#server/features/audit/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { accountOf, type WriteCtx } from '#server/platform/ctx.ts'
import { countOwn } from '../queries/changes.ts'
import { standingsIn } from '../queries/evidence.ts'
import { isListed, type RunPlace } from '../queries/lists.ts'

/** Changes of one course go one after the other from here on. */
export async function lockCourseChanges(ctx: WriteCtx, courseId: string): Promise<void> {
  await ctx.sql('insert into attendance_changes (course_id, changes) values ($1, 0) on conflict do nothing', [courseId])
  await ctx.sql('select changes from attendance_changes where course_id = $1 for update', [courseId])
}

/** Counts one more change of a course whose changes are locked. */
export async function countChange(ctx: WriteCtx, courseId: string): Promise<number> {
  const [row] = await ctx.sql<{ changes: number }>(
    'update attendance_changes set changes = changes + 1 where course_id = $1 returning changes',
    [courseId],
  )
  return row?.changes ?? 0
}

/**
 * Says how somebody stands in a class, or (null) takes that back to what the evidence suggests. What stands already is
 * not said again. Throws `own-attendance` for one's own, `not-found` for who is not on its list, and `conflict` where it was corrected meanwhile.
 */
export async function correctAttendance(
  ctx: WriteCtx,
  run: RunPlace,
  given: { accountId: AccountId; version: number; status: CorrectedStatus | null; note: string },
): Promise<Attendance> {
  const { accountId, status } = given
  demand(accountId !== accountOf(ctx.who), 'own-attendance')
  demand(await isListed(ctx, run, accountId), 'not-found')
  await lockCourseChanges(ctx, run.courseId)
  const read = async () => {
    const { seated: _, ...standing } = (await standingsIn(ctx, [run], [accountId]))(run, accountId)
    return standing
  }
  const before = await read()
  if (before.version !== given.version) throw new Problem('conflict', { params: { current: before } })
  const note = status === null ? '' : given.note
  if ((before.mark?.status ?? null) === status && (before.mark?.note ?? '') === note) return before
  await ctx.sql(
    `insert into attendance_marks (run_id, account_id, number, status, note, by, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [run.id, accountId, before.version + 1, status, note, accountOf(ctx.who), ctx.now],
  )
  await audit.record(ctx, {
    verb: 'attendance.corrected',
    subject: { kind: 'account', id: accountId },
    context: courseContext(run.courseId),
    details: { runId: run.id, title: run.title, before: before.status, after: status ?? before.suggested, note },
  })
  const changes = await countChange(ctx, run.courseId)
  ctx.announce(attendanceScope, run.courseId, {
    kind: 'attendanceCorrected',
    body: { runId: run.id, accountId, changes },
  })
  ctx.announce(ownAttendanceScope, ownAttendanceId(run.courseId, accountId), {
    kind: 'ownCorrected',
    body: { runId: run.id, changes: await countOwn(ctx, run.courseId, accountId) },
  })
  return read()
}
