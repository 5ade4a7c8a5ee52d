// The HTTP door of surveys: asks for the right, then calls the action or query. Results are for who sees all grades of the
// course; learners read that they have answered.
import { demand } from '#protocol/base/problems.ts'
import type { surveyRoutes } from '#protocol/surveys.ts'
import { demandMay, may } from '#server/features/access/index.ts'
import { readersTexts } from '#server/features/accounts/index.ts'
import { demandOpen, demandSeen } from '#server/features/conditions/index.ts'
import { courseContext, demandThing } from '#server/features/courses/index.ts'
import { accountOf, type Ctx } from '#server/platform/ctx.ts'
import { FileAnswer, type Handlers } from '#server/platform/feature.ts'
import { csvFile } from '#server/platform/http/csv.ts'
import { answerSurvey } from './actions/answers.ts'
import { changeSurvey, clearSurvey, createSurvey } from './actions/surveys.ts'
import { cellOf, listNamed, listTexts, resultsOf } from './queries/results.ts'
import { findOwn, getSurvey, isBegun, learnsIn, type OfSurvey, surveyKind, surveyOf } from './queries/surveys.ts'
import type { SurveyRow } from './tables.ts'

/** The survey for whoever may look at the course. What is not released is, for learners, not there. */
async function surveyFor(ctx: Ctx, input: OfSurvey) {
  const here = await demandMay(ctx, 'course.view', courseContext(input.courseId))
  const { row, item } = await getSurvey(ctx, input)
  const mayChange = await demandSeen(ctx, here, input.courseId, item)
  return { here, row, item, mayChange }
}

/** The survey for its learner, who may answer now. */
async function answersFor(ctx: Ctx, input: OfSurvey) {
  await demandMay(ctx, 'course.view', courseContext(input.courseId), 'reading')
  const { row, item } = await getSurvey(ctx, input)
  await demandMay(ctx, 'activity.answer', courseContext(input.courseId))
  const accountId = accountOf(ctx.who)
  demand(item.published, 'not-found')
  demand(await learnsIn(ctx, row.courseId, accountId), 'not-a-learner')
  await demandOpen(ctx, input.courseId, { kind: surveyKind, refId: row.id })
  return accountId
}

async function forResults(ctx: Ctx, input: OfSurvey): Promise<SurveyRow> {
  await demandMay(ctx, 'grade.view-all', courseContext(input.courseId))
  return (await getSurvey(ctx, input)).row
}

/** A line a person under names; else a line for each option with its count, and for each text. */
async function csvOf(ctx: Ctx, row: SurveyRow): Promise<string> {
  const { surveys: words } = await readersTexts(ctx)
  if (!row.anonymous) {
    const lines = (await listNamed(ctx, row)).map(({ name, answers }) => [
      name,
      ...row.questions.map(one =>
        cellOf(
          one,
          answers.find(({ questionId }) => questionId === one.id),
        ),
      ),
    ])
    return csvFile([[words.person, ...row.questions.map(one => one.wording)], ...lines])
  }
  const { tallies } = await resultsOf(ctx, row)
  const lines: string[][] = []
  for (const { questionId, counts } of tallies) {
    const question = row.questions.find(one => one.id === questionId)
    if (!question) continue
    for (const { key, count } of counts) {
      const option = 'options' in question ? question.options.find(one => one.id === key)?.text : key
      lines.push([question.wording, option ?? '', String(count)])
    }
    if (question.kind !== 'text') continue
    let after: string | undefined
    do {
      const page = await listTexts(ctx, row, { questionId, after, limit: 200 })
      for (const { text } of page.items) lines.push([question.wording, text, '1'])
      after = page.next
    } while (after !== undefined)
  }
  return csvFile([[words.question, words.answer, words.count], ...lines])
}

export const httpHandlers: Handlers<typeof surveyRoutes> = {
  create: async (ctx, input) => {
    await demandMay(ctx, 'content.change', courseContext(input.courseId))
    return { survey: await createSurvey(ctx, input) }
  },
  get: async (ctx, input) => {
    const { here, row, item, mayChange } = await surveyFor(ctx, input)
    const accountId = accountOf(ctx.who)
    const course = courseContext(row.courseId)
    const learns = here.may('activity.answer') && (await learnsIn(ctx, row.courseId, accountId))
    return {
      survey: surveyOf(row),
      published: item.published,
      mayChange,
      maySeeResults: here.may('grade.view-all'),
      mayAnswer: learns && (await may(ctx, 'activity.answer', course, 'writing')),
      begun: mayChange && (await isBegun(row.id)),
      own: learns ? await findOwn(row.id, accountId) : null,
    }
  },
  change: async (ctx, input) => {
    await demandThing(ctx, 'content.change', { courseId: input.courseId, kind: surveyKind, refId: input.surveyId })
    await getSurvey(ctx, input)
    return { survey: await changeSurvey(ctx, input) }
  },
  answer: async (ctx, input) => ({ own: await answerSurvey(ctx, await answersFor(ctx, input), input) }),
  results: async (ctx, input) => ({ results: await resultsOf(ctx, await forResults(ctx, input)) }),
  texts: async (ctx, { questionId, after, limit, ...of }) =>
    listTexts(ctx, await forResults(ctx, of), { questionId, after, limit }),
  csv: async (ctx, input) =>
    new FileAnswer('survey.csv', 'text/csv; charset=utf-8', await csvOf(ctx, await forResults(ctx, input))),
  clear: async (ctx, input) => {
    await demandThing(ctx, 'content.change', { courseId: input.courseId, kind: surveyKind, refId: input.surveyId })
    await getSurvey(ctx, input)
    await clearSurvey(ctx, input)
    return {}
  },
}
