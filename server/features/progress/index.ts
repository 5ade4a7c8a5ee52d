// Progress: how far each learner is in a course. It owns the marks of what was read and said, and the record of who has
// completed the course; the rest is the record of the features below, worked out anew each time, so that nothing can drift
// from it.
import { courseCompletionRoutes } from '#protocol/progress/course.ts'
import { progressCalls, progressRoutes, progressScope } from '#protocol/progress.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { registerCompletion } from '#server/features/conditions/index.ts'
import { courseContext, registerCoursePart, registerCourseReset } from '#server/features/courses/index.ts'
import { onGradesTold } from '#server/features/grades/index.ts'
import { registerNotice } from '#server/features/notifications/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, clearedJob, courseRulePart, marksReset, rulesPart } from './actions/part.ts'
import { lookForMoments, settleJob, settleSoon } from './actions/settle.ts'
import { courseHandlers, httpHandlers } from './http.ts'
import {
  answeredListener,
  finishedListener,
  handedInListener,
  itemListener,
  ownListener,
  playedListener,
} from './listeners.ts'
import { aboutCompleted } from './queries/course.ts'
import { completionOf } from './queries/own.ts'
import { socketHandlers } from './socket.ts'

export { readOwnProgress } from './http.ts'
export { ownProgress } from './queries/own.ts'

registerCompletion(completionOf)
onGradesTold(settleSoon)
registerNotice('completed', aboutCompleted)

registerCoursePart('progress', rulesPart)
registerCoursePart('course-completion', courseRulePart)
registerCourseReset('progress', 'marks', marksReset)

export const progressFeature: Feature = {
  name: 'progress',
  bindings: [
    ...bind(progressRoutes, httpHandlers),
    ...bind(courseCompletionRoutes, courseHandlers),
    ...bind(progressCalls, socketHandlers),
  ],
  scopes: [
    bindScope(progressScope, {
      admit: (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(id)),
      snapshot: async () => ({}),
    }),
  ],
  listeners: [handedInListener, playedListener, answeredListener, finishedListener, ownListener, itemListener],
  jobs: [clearedJob, settleJob],
  tickers: [{ name: 'progress.moments', everyMs: 60_000, run: lookForMoments }],
  account: accountHooks,
}
