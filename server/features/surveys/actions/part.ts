// Surveys as a part of their course: what is asked, and nothing that was answered.
import * as z from 'zod/mini'
import { line, text } from '#protocol/base/ids.ts'
import { mostShown, type SurveyId, surveyId, surveyQuestions } from '#protocol/surveys.ts'
import { type CoursePart, standingRefs } from '#server/features/courses/index.ts'
import { detailOf, surveyKind } from '../queries/surveys.ts'
import { type SurveyRow, surveys } from '../tables.ts'

const shape = z.array(
  z
    .strictObject({
      id: surveyId,
      title: line(200),
      intro: text(5_000),
      anonymous: z.boolean(),
      minShown: z.int().check(z.gte(1), z.lte(mostShown)),
      questions: surveyQuestions,
    })
    .check(z.refine(({ anonymous, minShown }) => !anonymous || minShown >= 3)),
)

export const surveysPart: CoursePart<z.infer<typeof shape>> = {
  shape,
  take: async (ctx, courseId) => {
    const id = (await standingRefs(ctx, courseId, surveyKind)) as SurveyId[]
    const rows = await surveys.findAll({ where: { id }, order: [['id', 'asc']], raw: true })
    return rows.map(({ id, title, intro, anonymous, minShown, questions }) => ({
      ...{ id, title, intro, anonymous, minShown, questions },
    }))
  },
  count: part => ({ surveys: part.length }),
  lines: part => part.map(({ id }) => ({ kind: surveyKind, refId: id })),
  make: async (ctx, { to: courseId, name, show }, part) => {
    await surveys.bulkCreate(
      part.map(({ id, ...words }) => {
        const row: SurveyRow = {
          ...words,
          ...{ id: name<SurveyId>('survey', id), courseId, version: 0, changedAt: ctx.now },
        }
        show(surveyKind, id, { refId: row.id, badge: null, detail: detailOf(row) })
        return row
      }),
    )
  },
}
