// Tells whose corrections of a course were moved to or from an account that they are other ones now, and the staff, whose
// list shows somebody else. Jobs, for it is as many courses or people as there are.
import * as z from 'zod/mini'
import { attendanceScope, ownAttendanceId, ownAttendanceScope } from '#protocol/attendance.ts'
import { type AccountId, accountId } from '#protocol/base/ids.ts'
import { courseId } from '#protocol/courses.ts'
import { type RunId, runId } from '#protocol/live.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import type { JobBinding } from '#server/platform/feature.ts'
import { countOwn } from '../queries/changes.ts'
import { countChange, lockCourseChanges } from './correct.ts'

/** The staff are one scope, and an action announces to four. */
const peopleAJob = 3

const retellData = z.object({ courseId, people: z.array(z.object({ accountId, runId })) })

/** Counts under the lock of whoever corrects, so that the later number carries what stands. */
export const retellJob: JobBinding = {
  name: 'attendance.retell',
  run: async (ctx, data) => {
    const { courseId, people } = z.parse(retellData, data)
    await lockCourseChanges(ctx, courseId)
    for (const { accountId, runId } of people) {
      ctx.announce(attendanceScope, courseId, {
        kind: 'attendanceCorrected',
        body: { runId, accountId, changes: await countChange(ctx, courseId) },
      })
      ctx.announce(ownAttendanceScope, ownAttendanceId(courseId, accountId), {
        kind: 'ownCorrected',
        body: { runId, changes: await countOwn(ctx, courseId, accountId) },
      })
    }
  },
}

/** Has these people of one course told, with a class in which something was corrected. */
export async function retellOwn(
  ctx: WriteCtx,
  courseId: string,
  people: readonly { readonly accountId: AccountId; readonly runId: RunId }[],
): Promise<void> {
  for (let at = 0; at < people.length; at += peopleAJob)
    await ctx.enqueue(retellJob, { courseId, people: people.slice(at, at + peopleAJob) })
}
