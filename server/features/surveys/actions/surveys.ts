// Makes and changes surveys, and takes their answers away. Rights were asked by the door. Nothing recorded here says who
// answered.
import { demand, Problem } from '#protocol/base/problems.ts'
import type { CourseId, ModuleId } from '#protocol/courses.ts'
import { type Survey, type SurveyId, type SurveyQuestion, surveyScope } from '#protocol/surveys.ts'
import { audit } from '#server/features/audit/index.ts'
import { changeItem, courseContext, placeItem } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { detailOf, isBegun, type OfSurvey, surveyKind, surveyOf } from '../queries/surveys.ts'
import { demandEnough, onlyWords } from '../rules.ts'
import { answers, participants, type SurveyRow, surveys } from '../tables.ts'

const record = (ctx: WriteCtx, verb: string, row: SurveyRow, details: object = {}) =>
  audit.record(ctx, {
    ...{ verb, subject: { kind: 'survey', id: row.id }, context: courseContext(row.courseId) },
    details: { courseId: row.courseId, title: row.title, ...details },
  })

/** The survey, held until the end of the transaction: answers and changes come one after the other. Throws `not-found`. */
export async function holdSurvey({ courseId, surveyId }: OfSurvey): Promise<SurveyRow> {
  const row = await surveys.findOne({ where: { id: surveyId, courseId }, lock: true, raw: true })
  if (!row) throw new Problem('not-found')
  return row
}

export interface NewSurvey {
  readonly courseId: CourseId
  readonly moduleId: ModuleId | null
  readonly title: string
  readonly intro: string
  readonly anonymous: boolean
  readonly minShown: number
  readonly questions: SurveyQuestion[]
  readonly published: boolean
}

/** Makes a survey at the end of a module. Throws `not-found`, `malformed` at `minShown`. */
export async function createSurvey(ctx: WriteCtx, given: NewSurvey): Promise<Survey> {
  const { courseId, moduleId, published, title, intro, anonymous, minShown, questions } = given
  demandEnough(given)
  const row: SurveyRow = {
    ...{ id: newId<'Survey'>(), courseId, title, intro, anonymous, minShown, questions },
    ...{ version: 0, changedAt: ctx.now },
  }
  await surveys.create(row)
  await placeItem(ctx, { courseId, moduleId, kind: surveyKind, refId: row.id, title, published, detail: detailOf(row) })
  await record(ctx, 'survey.created', row, { anonymous })
  return surveyOf(row)
}

export interface SurveyChange extends OfSurvey {
  readonly version: number
  readonly title?: string | undefined
  readonly intro?: string | undefined
  readonly anonymous?: boolean | undefined
  readonly minShown?: number | undefined
  readonly questions?: SurveyQuestion[] | undefined
}

/**
 * Changes a survey that is at the version the writer read, else throws `conflict` with the current one. Throws
 * `not-found`, `malformed`, `survey-begun` where somebody has answered and more than words would change: what was
 * promised to them and what they were asked stays.
 */
export async function changeSurvey(ctx: WriteCtx, { version, ...given }: SurveyChange): Promise<Survey> {
  const row = await holdSurvey(given)
  demand(row.version === version, 'conflict', { params: { current: surveyOf(row) } })
  const next: SurveyRow = {
    ...row,
    title: given.title ?? row.title,
    intro: given.intro ?? row.intro,
    anonymous: given.anonymous ?? row.anonymous,
    minShown: given.minShown ?? row.minShown,
    questions: given.questions ?? row.questions,
    version: version + 1,
    changedAt: ctx.now,
  }
  demandEnough(next)
  const words = next.anonymous === row.anonymous && next.minShown === row.minShown
  if (!words || !onlyWords(row.questions, next.questions)) demand(!(await isBegun(row.id)), 'survey-begun')
  await surveys.update(next, { where: { id: row.id } })
  await changeItem(ctx, { kind: surveyKind, refId: row.id, title: next.title, detail: detailOf(next) })
  await record(ctx, 'survey.changed', next, { before: { title: row.title }, after: { title: next.title } })
  ctx.announce(surveyScope, row.id, { kind: 'changed', body: {} })
  return surveyOf(next)
}

/**
 * Takes all answers away, for good, so that it can be asked anew. Throws `not-found`, `malformed` at `title` for
 * another one.
 */
export async function clearSurvey(
  ctx: WriteCtx,
  { title, ...of }: OfSurvey & { readonly title: string },
): Promise<void> {
  const row = await holdSurvey(of)
  demand(title === row.title, 'malformed', { errors: [{ path: 'title', code: 'other_title' }] })
  const where: { surveyId: SurveyId } = { surveyId: row.id }
  const gone = await answers.destroy({ where })
  await participants.destroy({ where })
  const next: SurveyRow = { ...row, version: row.version + 1, changedAt: ctx.now }
  await surveys.update(next, { where: { id: row.id } })
  await changeItem(ctx, { kind: surveyKind, refId: row.id, title: row.title, detail: detailOf(next) })
  await record(ctx, 'survey.cleared', row, { answers: gone })
  ctx.announce(surveyScope, row.id, { kind: 'cleared', body: {} })
}
