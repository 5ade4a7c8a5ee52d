// Who lets people in by the outline of a course, and must judge them anew where less of it is open than before. The registry is
// kept here so that the features above can fill it.
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Asked in the transaction that takes something back from learners, or says anew when it opens. Announces nothing. */
export type CourseShut = (ctx: WriteCtx, courseId: string) => Promise<void>

const shutting: CourseShut[] = []

/** Called once, when a feature's index is loaded. */
export const registerCourseShut = (shut: CourseShut): void => {
  shutting.push(shut)
}

/** Tells all of them in the order of registration. */
export const tellCourseShut: CourseShut = async (ctx, courseId) => {
  for (const shut of shutting) await shut(ctx, courseId)
}
