// Progress: how far each learner is in a course. It owns only the marks of what was read; the rest is the record of the
// features below, worked out anew each time, so that nothing can drift from it.
import { progressCalls, progressRoutes, progressScope } from '#protocol/progress.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { registerCompletion } from '#server/features/conditions/index.ts'
import { courseContext, registerCoursePart, registerCourseReset } from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks, clearedJob, marksReset, rulesPart } from './actions.ts'
import { httpHandlers } from './http.ts'
import { answeredListener, finishedListener, handedInListener, playedListener } from './listeners.ts'
import { completionOf } from './queries/own.ts'
import { socketHandlers } from './socket.ts'

export { readOwnProgress } from './http.ts'
export { ownProgress } from './queries/own.ts'

registerCompletion(completionOf)

registerCoursePart('progress', rulesPart)
registerCourseReset('progress', 'marks', marksReset)

export const progressFeature: Feature = {
  name: 'progress',
  bindings: [...bind(progressRoutes, httpHandlers), ...bind(progressCalls, socketHandlers)],
  scopes: [
    bindScope(progressScope, {
      admit: (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(id)),
      entry: (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(id)),
      snapshot: async () => ({}),
    }),
  ],
  listeners: [handedInListener, playedListener, answeredListener, finishedListener],
  jobs: [clearedJob],
  account: accountHooks,
}
