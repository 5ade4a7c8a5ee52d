// What else ends with somebody's time in a course, such as their place in its groups. The registry is kept here so that the
// features above can fill it.
import type { AccountId } from '#protocol/base/ids.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Ends it for these people, in the transaction in which they leave. May announce to two scopes. */
export type CourseLeaving = (ctx: WriteCtx, courseId: string, accountIds: readonly AccountId[]) => Promise<void>

const leavings: CourseLeaving[] = []

/** Called once, when a feature's index is loaded. */
export const registerCourseLeaving = (leaving: CourseLeaving): void => {
  leavings.push(leaving)
}

/** Runs all of them in the order of registration. */
export const leaveAll: CourseLeaving = async (ctx, courseId, accountIds) => {
  for (const leaving of leavings) await leaving(ctx, courseId, accountIds)
}
