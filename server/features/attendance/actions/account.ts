// What attendance owes a person who was corrected or corrected others: their copy, the end of their account, one record
// when two accounts become one, and the record of a course that is nobody's any more.
import type { AccountId } from '#protocol/base/ids.ts'
import type { RunId } from '#protocol/live.ts'
import type { Handover } from '#server/features/activities/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { AccountHooks } from '#server/platform/feature.ts'
import { correctedCourses, exportMarks, markedRuns } from '../queries/marks.ts'
import { retellOwn } from './retell.ts'

export const accountHooks: AccountHooks = {
  columns: ['attendance_marks.account_id', 'attendance_marks.by'],
  stays: { 'attendance_marks.account_id': 'record' },
  export: exportMarks,
  // That somebody was there stays the course's record, under an account without a name; why they were not, does not.
  erase: async (ctx, accountId) => {
    await ctx.sql("update attendance_marks set note = '' where account_id = $1", [accountId])
    await ctx.sql('update attendance_marks set by = null where by = $1', [accountId])
  },
  // Where both were corrected in one class, what was said of `into` holds.
  merge: async (ctx, from, into) => {
    for (const { courseId, runId } of await correctedCourses(ctx, from))
      await retellOwn(ctx, courseId, [{ accountId: into, runId }])
    await ctx.sql(
      `delete from attendance_marks m using attendance_marks k
        where m.account_id = $1 and k.account_id = $2 and k.run_id = m.run_id`,
      [from, into],
    )
    await ctx.sql('update attendance_marks set account_id = $2 where account_id = $1', [from, into])
    await ctx.sql('update attendance_marks set by = $2 where by = $1', [from, into])
  },
}

/** Hands what was corrected of these people in one course over; why goes. */
export async function handAttendanceOver(ctx: WriteCtx, courseId: string, people: readonly Handover[]): Promise<void> {
  const moved = await ctx.sql<{ accountId: AccountId; runId: RunId }>(
    `update attendance_marks m set account_id = h.other, note = ''
       from unnest($2::uuid[], $3::uuid[]) as h(one, other)
      where m.run_id = any($1::uuid[]) and m.account_id = h.one returning h.one as "accountId", m.run_id as "runId"`,
    [await markedRuns(ctx, courseId), people.map(one => one.from), people.map(one => one.into)],
  )
  await retellOwn(ctx, courseId, [...new Map(moved.map(one => [one.accountId, one])).values()])
}
