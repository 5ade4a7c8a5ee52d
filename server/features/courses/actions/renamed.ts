// Who shows what a course is called in a place of their own, and must hear of another name. The registry is kept here so that
// the features above can fill it.
import type { WriteCtx } from '#server/platform/ctx.ts'

/** Asked in the transaction that renames the course. Announces nothing: jobs do. */
export type CourseRenamed = (ctx: WriteCtx, courseId: string) => Promise<void>

const renamings: CourseRenamed[] = []

/** Called once, when a feature's index is loaded. */
export const registerCourseRenamed = (renamed: CourseRenamed): void => {
  renamings.push(renamed)
}

/** Tells all of them in the order of registration. */
export const tellCourseRenamed: CourseRenamed = async (ctx, courseId) => {
  for (const renamed of renamings) await renamed(ctx, courseId)
}
