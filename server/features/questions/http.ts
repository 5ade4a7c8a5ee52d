// The door of the question bank. Keys are in it, so every route asks for the right to change activities.
import type { questionRoutes } from '#protocol/questions.ts'
import { demandMay } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import type { Handlers } from '#server/platform/feature.ts'
import { changeQuestion, createQuestion } from './actions.ts'
import { getQuestion, listQuestions } from './queries.ts'

export const httpHandlers: Handlers<typeof questionRoutes> = {
  list: async (ctx, input) => {
    await demandMay(ctx, 'activity.change', courseContext(input.courseId))
    return listQuestions(ctx, input)
  },
  create: async (ctx, input) => {
    await demandMay(ctx, 'activity.change', courseContext(input.courseId))
    return createQuestion(ctx, input)
  },
  change: async (ctx, input) => {
    const { courseId } = await getQuestion(ctx, input.questionId)
    await demandMay(ctx, 'activity.change', courseContext(courseId))
    return changeQuestion(ctx, input)
  },
}
