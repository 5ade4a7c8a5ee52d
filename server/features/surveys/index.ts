// Surveys: a few questions to the learners of a course that are not graded, answered with or without a name. Where they
// stand and who sees them is the business of courses; when they are open, of conditions.
import { surveyRoutes, surveyScope } from '#protocol/surveys.ts'
import { demandMay, entitledSince } from '#server/features/access/index.ts'
import { courseContext, registerCoursePart, registerCourseReset } from '#server/features/courses/index.ts'
import { bind, bindScope, type Feature } from '#server/platform/feature.ts'
import { accountHooks } from './actions/account.ts'
import { answersReset } from './actions/answers.ts'
import { surveysPart } from './actions/part.ts'
import { httpHandlers } from './http.ts'
import { courseOf } from './queries/surveys.ts'

export { courseOf as courseOfSurvey } from './queries/surveys.ts'

registerCoursePart('surveys', surveysPart)
registerCourseReset('surveys', 'work', answersReset)

export const surveysFeature: Feature = {
  name: 'surveys',
  bindings: bind(surveyRoutes, httpHandlers),
  scopes: [
    bindScope(surveyScope, {
      admit: async (ctx, id) => demandMay(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      entry: async (ctx, id) => entitledSince(ctx, 'grade.view-all', courseContext(await courseOf(id))),
      snapshot: async () => ({}),
    }),
  ],
  account: accountHooks,
}
