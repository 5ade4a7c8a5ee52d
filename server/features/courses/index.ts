// Courses: the course, its modules, the items other features place in it, and who is in it. Its public face; later
// features place their things here and never write these tables.
import { courseRoutes, courseScope, courseStaffScope } from '#protocol/courses.ts'
import { demandMay } from '#server/features/access/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'
import { courseContext, courseStaffState, courseState } from './queries.ts'

export { createCourse } from './actions/courses.ts'
export { changeItem, placeItem, removeItem, restoreItem } from './actions/items.ts'
export { createModule } from './actions/modules.ts'
export { endEnrolment, enrol } from './actions/people.ts'
export { courseContext, findItem, getCourse, listMemberIds } from './queries.ts'
export { courses, enrolments, items, modules } from './tables.ts'

export const coursesFeature: Feature = {
  name: 'courses',
  bindings: bind(courseRoutes, httpHandlers),
  scopes: [
    bindScope(courseScope, {
      admit: (ctx, id) => demandMay(ctx, 'course.view', courseContext(id)),
      snapshot: courseState,
    }),
    bindScope(courseStaffScope, {
      admit: (ctx, id) => demandMay(ctx, 'content.change', courseContext(id)),
      snapshot: courseStaffState,
    }),
  ],
}
