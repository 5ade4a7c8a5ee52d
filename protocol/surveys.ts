// Surveys of a course on the wire: a few questions that are not graded, answered with or without a name. What is answered
// without one never travels beside a person, a time finer than a day, or fewer others than were promised.
import * as z from 'zod/mini'
import { defineRoutes, read, route, write } from './base/call.ts'
import { idSchema, instant, line, nothing, text, uuid, version } from './base/ids.ts'
import { pageInput, pageOf } from './base/paging.ts'
import { defineScope } from './base/scope.ts'
import { courseId, moduleId } from './courses.ts'

export const surveyId = idSchema<'Survey'>()
export type SurveyId = z.infer<typeof surveyId>

export const mostSurveyQuestions = 50
export const mostSurveyOptions = 20
export const longestSurveyText = 5_000
/** A scale goes from 1 to this. */
export const scaleSteps = 5
/** Without names, results are told in groups of at least so many answers; what is usual, and the least and most. */
export const usualShown = 5
export const fewestShown = 3
export const mostShown = 50

/** What a question is called by in its survey. */
const questionId = uuid()
const wording = line(500)
const common = { id: questionId, wording, required: z.boolean() }
const options = z
  .array(z.strictObject({ id: uuid(), text: line(200) }))
  .check(z.minLength(2), z.maxLength(mostSurveyOptions))
  .check(z.refine(list => new Set(list.map(one => one.id)).size === list.length))

/** choice: one option. choices: any of them. scale: 1 to `scaleSteps`, with words at its ends. text: their own words. */
export const surveyQuestion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), ...common, options }),
  z.strictObject({ kind: z.literal('choices'), ...common, options }),
  z.strictObject({ kind: z.literal('scale'), ...common, low: text(60), high: text(60) }),
  z.strictObject({ kind: z.literal('text'), ...common }),
])
export type SurveyQuestion = z.infer<typeof surveyQuestion>
export type SurveyQuestionKind = SurveyQuestion['kind']

export const surveyQuestions = z
  .array(surveyQuestion)
  .check(z.maxLength(mostSurveyQuestions))
  .check(z.refine(list => new Set(list.map(one => one.id)).size === list.length))

/** What somebody says to one question; a question that is left out has no answer. */
export const surveyAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), questionId, optionId: uuid() }),
  z.strictObject({
    kind: z.literal('choices'),
    questionId,
    optionIds: z.array(uuid()).check(z.minLength(1), z.maxLength(mostSurveyOptions)),
  }),
  z.strictObject({ kind: z.literal('scale'), questionId, value: z.int().check(z.gte(1), z.lte(scaleSteps)) }),
  z.strictObject({ kind: z.literal('text'), questionId, text: text(longestSurveyText).check(z.minLength(1)) }),
])
export type SurveyAnswer = z.infer<typeof surveyAnswer>

export const survey = z.object({
  id: surveyId,
  courseId,
  title: z.string(),
  intro: z.string(),
  anonymous: z.boolean(),
  /** How many answers there must be before any are told; without names, the least that are told together. */
  minShown: z.int(),
  questions: z.array(surveyQuestion),
  version,
  changedAt: instant,
})
export type Survey = z.infer<typeof survey>

/** That the reader has answered; what they said, where it stands under their name. */
export const ownAnswer = z.object({ day: z.iso.date(), answers: z.nullable(z.array(surveyAnswer)) })
export type OwnAnswer = z.infer<typeof ownAnswer>

/** What was said to a question: how often each option, or each step of a scale; of texts, how many there are. */
export const surveyTally = z.object({
  questionId,
  answered: z.int(),
  counts: z.array(z.object({ key: z.string(), count: z.int() })),
})
export type SurveyTally = z.infer<typeof surveyTally>

export const surveyResults = z.object({
  /** How many answered, of how many who are asked. */
  answered: z.int(),
  of: z.int(),
  /** How many of the answers are told: the others wait until there are enough. */
  shown: z.int(),
  /** Empty while none are told. */
  tallies: z.array(surveyTally),
})
export type SurveyResults = z.infer<typeof surveyResults>

/** Staff who see all grades of its course: that somebody answered, and nobody's name. Results are read again. */
export const surveyScope = defineScope({
  name: 'survey',
  unsigned: true,
  state: z.object({}),
  feeds: { answered: z.object({}), changed: z.object({}), cleared: z.object({}) },
  fleeting: {},
  apply: state => state,
})

const title = line(200)
const intro = text(5_000)
const minShown = z.int().check(z.gte(1), z.lte(mostShown))
const ofSurvey = { courseId, surveyId }

export const surveyRoutes = defineRoutes('surveys', {
  /** Stands at the end of a module. `malformed` at `minShown` below `fewestShown` without names. */
  create: route(
    'POST',
    '/courses/:courseId/surveys',
    write(
      z.strictObject({
        courseId,
        moduleId: z._default(z.nullable(moduleId), null),
        title,
        intro: z._default(intro, ''),
        anonymous: z._default(z.boolean(), true),
        minShown: z._default(minShown, usualShown),
        questions: z._default(surveyQuestions, []),
        published: z._default(z.boolean(), false),
      }),
      z.object({ survey }),
    ),
  ),
  get: route(
    'GET',
    '/courses/:courseId/surveys/:surveyId',
    read(
      z.strictObject(ofSurvey),
      z.object({
        survey,
        published: z.boolean(),
        mayChange: z.boolean(),
        maySeeResults: z.boolean(),
        /** Whether an answer of the reader is taken as far as rights go. */
        mayAnswer: z.boolean(),
        /** Somebody has answered: only wording changes. Told to who may change it. */
        begun: z.boolean(),
        /** Null while they have not answered, and for who is not asked. */
        own: z.nullable(ownAnswer),
      }),
    ),
  ),
  /**
   * `conflict` with the `current` survey when somebody was faster. Once somebody has answered `survey-begun` for anything but
   * title, introduction and wording.
   */
  change: route(
    'PATCH',
    '/courses/:courseId/surveys/:surveyId',
    write(
      z.strictObject({
        ...ofSurvey,
        version,
        title: z.optional(title),
        intro: z.optional(intro),
        anonymous: z.optional(z.boolean()),
        minShown: z.optional(minShown),
        questions: z.optional(surveyQuestions),
      }),
      z.object({ survey }),
    ),
  ),
  /**
   * Answers, or where it stands under a name answers anew. `survey-answered` for a second time without one; `malformed` at
   * the id of a question that needs an answer; `conflict` with the `current` survey where its questions are others.
   */
  answer: route(
    'PUT',
    '/courses/:courseId/surveys/:surveyId/answer',
    write(
      z.strictObject({ ...ofSurvey, answers: z.array(surveyAnswer).check(z.maxLength(mostSurveyQuestions)) }),
      z.object({ own: ownAnswer }),
    ),
  ),
  results: route(
    'GET',
    '/courses/:courseId/surveys/:surveyId/results',
    read(z.strictObject(ofSurvey), z.object({ results: surveyResults })),
  ),
  /** What was written to one question, in an order that says nothing; with a name only where it was asked for. */
  texts: route(
    'GET',
    '/courses/:courseId/surveys/:surveyId/questions/:questionId/texts',
    read(
      z.strictObject({ ...ofSurvey, questionId, ...pageInput }),
      pageOf(z.object({ text: z.string(), name: z.nullable(z.string()) })),
    ),
  ),
  /** A line for each person; without names, a line for each option and each text. */
  csv: route('GET', '/courses/:courseId/surveys/:surveyId/results.csv', read(z.strictObject(ofSurvey), z.unknown())),
  /** Takes all answers away, for good. `malformed` at `title` unless that is the survey's. */
  clear: route(
    'POST',
    '/courses/:courseId/surveys/:surveyId/clear',
    write(z.strictObject({ ...ofSurvey, title: z.string().check(z.trim()) }), nothing),
  ),
})
