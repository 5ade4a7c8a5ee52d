// Lessons: pages that end in choices, each leading to another page or to the end, and how learners go through them
// (docs/decisions/0030-lessons.md). Where a lesson stands and who sees it is the business of courses; when it is open, of
// conditions.
import { lessonRoutes, lessonScope, lessonStaffScope } from '#protocol/lessons.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import {
  courseContext,
  registerCoursePart,
  registerCourseReset,
  registerItemReady,
} from '#server/features/courses/index.ts'
import { registerSearchSource } from '#server/features/search/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, lessonsPart } from './actions/part.ts'
import { walksReset } from './actions/walks.ts'
import { httpHandlers } from './http.ts'
import { courseOf, demandPublishable, lessonKind, pageSource } from './queries/lessons.ts'

export { layPages, layWalks } from './actions/fill.ts'
export { createLesson } from './actions/lessons.ts'
export { courseOf as courseOfLesson } from './queries/lessons.ts'

registerCoursePart('lessons', lessonsPart)
registerCourseReset('lessons', 'work', walksReset)
registerItemReady(lessonKind, demandPublishable)
registerSearchSource(pageSource)

export const lessonsFeature: Feature = {
  name: 'lessons',
  bindings: bind(lessonRoutes, httpHandlers),
  scopes: [
    bindScope(lessonScope, {
      admit: async (ctx, id) => demandMay(ctx, 'course.view', courseContext(await courseOf(id))),
      entry: async (ctx, id) => entitledSince(ctx, 'course.view', courseContext(await courseOf(id))),
      snapshot: async () => ({}),
    }),
    bindScope(lessonStaffScope, {
      admit: async (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      entry: async (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      snapshot: async () => ({}),
    }),
  ],
  account: accountHooks,
}
