// Questions: the bank and its versions. Its public face: later features take versions from it and never write its tables.
import { questionRoutes } from '#protocol/questions.ts'
import { registerCoursePart } from '#server/features/courses/index.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { accountHooks, questionsPart } from './actions.ts'
import { httpHandlers } from './http.ts'

export { changeQuestion, createQuestion } from './actions.ts'
export {
  getQuestion,
  type QuestionRecord,
  questionColumns,
  questionOf,
  registerAskedVersions,
  writtenOf,
} from './queries.ts'
export { changesKey, keepsAnswers } from './rules.ts'
export { questions, questionVersions } from './tables.ts'

registerCoursePart('questions', questionsPart)

export const questionsFeature: Feature = {
  name: 'questions',
  bindings: bind(questionRoutes, httpHandlers),
  account: accountHooks,
}
