// Questions: the bank and its versions. Its public face: later features take versions from it and never write its tables.
import { questionRoutes } from '#protocol/questions.ts'
import { bind, type Feature } from '#server/platform/feature.ts'
import { httpHandlers } from './http.ts'

export { changeQuestion, createQuestion } from './actions.ts'
export { getQuestion, type QuestionRecord, questionColumns, questionOf, writtenOf } from './queries.ts'
export { changesKey, demandSound, keepsAnswers } from './rules.ts'
export { questions, questionVersions } from './tables.ts'

export const questionsFeature: Feature = {
  name: 'questions',
  bindings: bind(questionRoutes, httpHandlers),
  account: {
    columns: ['questions.created_by', 'question_versions.created_by'],
    export: async (ctx, accountId) => ({
      questions: await ctx.sql(
        `select q.id, v.number, v.type, v.body, v.key, v.at from question_versions v join questions q on q.id = v.question_id
          where v.created_by = $1 order by v.at, v.id`,
        [accountId],
      ),
    }),
    // Questions belong to the course and stay; who wrote them is forgotten.
    erase: async (ctx, accountId) => {
      await ctx.sql('update questions set created_by = null where created_by = $1', [accountId])
      await ctx.sql('update question_versions set created_by = null where created_by = $1', [accountId])
    },
    merge: async (ctx, from, into) => {
      await ctx.sql('update questions set created_by = $2 where created_by = $1', [from, into])
      await ctx.sql('update question_versions set created_by = $2 where created_by = $1', [from, into])
    },
  },
}
