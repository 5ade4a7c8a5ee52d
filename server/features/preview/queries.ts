// As whom somebody may see a course. Changes nothing and asks no rights.
import type { Output } from '#protocol/base/call.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { previewRoutes } from '#protocol/preview.ts'
import { rolesToGive } from '#server/features/access/index.ts'
import { courseContext, getCourse } from '#server/features/courses/index.ts'
import { groupsState } from '#server/features/groups/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { mayBeSeenAs } from './rules.ts'

/** Learners first, then what more may be done. */
const order = ['learner', 'assistant', 'instructor']

/** What there is to choose from. */
export async function previewOptions(ctx: Ctx, courseId: CourseId): Promise<Output<typeof previewRoutes.options>> {
  const { title } = await getCourse(ctx, courseId)
  const place = (role: string) => (order.includes(role) ? order.indexOf(role) : order.length)
  const roles = (await rolesToGive(ctx, courseContext(courseId))).filter(({ role }) => mayBeSeenAs(role))
  const { sets, groups } = await groupsState(ctx, courseId)
  return { title, roles: roles.sort((a, b) => place(a.role) - place(b.role)), sets, groups }
}
