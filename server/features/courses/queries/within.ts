// Who is in one section or group of a course, as the feature that keeps those says. Changes nothing.
import type { AccountId } from '#protocol/base/ids.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GroupId } from '#protocol/groups.ts'
import type { Ctx } from '#server/platform/ctx.ts'

/** The people of a group that stands in the course; nobody in another. Asks no rights. */
export type PeopleWithin = (ctx: Ctx, courseId: CourseId, groupId: GroupId) => Promise<AccountId[]>

let within: PeopleWithin = async () => []

/** Says who is in the groups of courses: once, when the feature that keeps them loads. */
export function registerPeopleWithin(people: PeopleWithin): void {
  within = people
}

/** As whoever registered says. */
export const peopleWithin: PeopleWithin = (...asked) => within(...asked)
