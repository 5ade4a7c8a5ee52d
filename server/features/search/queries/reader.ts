// Who looks for something: what they may do in each course, so that a search asks for rights once and not a thing at a
// time. Two queries, and those of what opens things where something in their courses waits.
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability, SiteRole } from '#protocol/base/roles.ts'
import { shutItems } from '#server/features/conditions/index.ts'
import { type CourseOfPerson, coursesOf } from '#server/features/courses/index.ts'
import type { Ctx } from '#server/platform/ctx.ts'

export interface Reader {
  readonly accountId: AccountId
  /** Courses in which they hold anything at all; every one for administrators. */
  readonly courses: readonly CourseOfPerson[]
  /** Items in them that are shut for the reader, unless they change the course. */
  readonly shut: readonly string[]
  /** The ids of those where they may do all of this. */
  readonly where: (...capabilities: readonly Capability[]) => string[]
}

/** Reads what somebody may do in their courses. */
export async function readerOf(
  ctx: Ctx,
  who: { readonly accountId: AccountId; readonly siteRole: SiteRole },
): Promise<Reader> {
  const courses = await coursesOf(ctx, who)
  const learning = courses.filter(one => one.may('course.view') && !one.may('content.change')).map(one => one.id)
  return {
    accountId: who.accountId,
    courses,
    shut: await shutItems(ctx, learning, who.accountId),
    where: (...capabilities) => courses.filter(one => capabilities.every(each => one.may(each))).map(one => one.id),
  }
}
