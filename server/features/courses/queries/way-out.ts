// Whether somebody may leave a course by themselves, as the feature by which they come in says. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** Asks no rights; false for who is not in it. */
export type WayOut = (ctx: Ctx, courseId: CourseId, accountId: AccountId) => Promise<boolean>

let out: WayOut = async () => false

/** Says who may leave: once, when the feature that lets people in loads. */
export function registerWayOut(way: WayOut): void {
  out = way
}

/** As whoever registered says. */
export const mayLeaveAlone: WayOut = (...asked) => out(...asked)
