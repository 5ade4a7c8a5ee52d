// The only place that asks the routes of surveys.
import { request, requestOf } from '#client/platform/call.ts'
import type { InputBefore, Output } from '#protocol/base/call.ts'
import { type SurveyAnswer, surveyRoutes } from '#protocol/surveys.ts'

type SurveysInput<V extends keyof typeof surveyRoutes> = InputBefore<(typeof surveyRoutes)[V]>

/** Names the survey a route is asked about. */
export interface OfSurvey {
  readonly courseId: string
  readonly surveyId: string
}

export type Shown = Output<typeof surveyRoutes.get>

export const createSurvey = (input: object) => request(surveyRoutes.create, input as SurveysInput<'create'>)
export const changeSurvey = (input: object) => request(surveyRoutes.change, input as SurveysInput<'change'>)
export const getSurvey = (of: OfSurvey) => request(surveyRoutes.get, of as SurveysInput<'get'>)
export const sendAnswers = (of: OfSurvey, answers: readonly SurveyAnswer[]) =>
  request(surveyRoutes.answer, { ...of, answers } as unknown as SurveysInput<'answer'>)
export const getResults = (of: OfSurvey) => request(surveyRoutes.results, of as SurveysInput<'results'>)
export const listTexts = (of: OfSurvey, questionId: string, after: string | undefined) =>
  request(surveyRoutes.texts, { ...of, questionId, ...(after ? { after } : {}) } as SurveysInput<'texts'>)
export const clearSurvey = (of: OfSurvey, title: string) =>
  request(surveyRoutes.clear, { ...of, title } as SurveysInput<'clear'>)

/** Where the results are as a file. */
export const resultsFile = (of: OfSurvey): string => requestOf(surveyRoutes.csv, of as SurveysInput<'csv'>).url
