// Courses: the course, its modules, the items other features place in it, and who is in it. Its public face; later
// features place their things here and never write these tables.
import { importRoutes } from '#protocol/courses/import.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { demandMay, entitledSince, registerPlaceNames } from '#server/features/access/index.ts'
import { registerInvitationEffect } from '#server/features/accounts/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { invitationIntoCourse } from './actions/invitation.ts'
import { mergeEnrolments } from './actions/people.ts'
import { httpHandlers, importHandlers, lifeHandlers, outlineHandlers, peopleHandlers } from './http.ts'
import { courseContext, courseStaffState, courseState, exportEnrolments } from './queries/course.ts'
import { registerTodaySource, todayItems } from './queries/today.ts'

export { type CourseCompanion, registerCourseCompanion } from './actions/companions.ts'
export { createCourse } from './actions/courses.ts'
export { changeItem, placeItem, removeItem, restoreItem } from './actions/items.ts'
export { createModule } from './actions/modules.ts'
export { endEnrolment, enrol } from './actions/people.ts'
export { type ItemAudience, registerItemAudience } from './queries/audience.ts'
export { courseContext, findItem, getCourse, listMemberIds } from './queries/course.ts'
export { registerTodaySource, type TodaySource, todaySources } from './queries/today.ts'
export { courses, enrolments, items, modules } from './tables.ts'

registerTodaySource(todayItems)
registerPlaceNames('course', 'select id, title as name from courses where removed_at is null')
registerInvitationEffect(invitationIntoCourse)

export const coursesFeature: Feature = {
  name: 'courses',
  bindings: [
    ...bind(courseRoutes, httpHandlers),
    ...bind(lifeRoutes, lifeHandlers),
    ...bind(outlineRoutes, outlineHandlers),
    ...bind(peopleRoutes, peopleHandlers),
    ...bind(importRoutes, importHandlers),
  ],
  scopes: [
    bindScope(courseScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'course.view', courseContext(id)),
      snapshot: courseState,
    }),
    bindScope(courseStaffScope, {
      admit: (ctx, id) => demandMay(ctx, 'content.change', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'content.change', courseContext(id)),
      snapshot: courseStaffState,
    }),
  ],
  account: {
    columns: ['enrolments.account_id', 'courses.removed_by', 'modules.removed_by', 'items.removed_by'],
    export: exportEnrolments,
    // Who was in a course stays a fact about the course; the name is erased where it stands, with the account.
    erase: async () => undefined,
    merge: mergeEnrolments,
  },
}
