// What holds for surveys: which answers fit, what may change once somebody has answered, and how answers add up. Pure.
import { demand } from '#protocol/base/problems.ts'
import { fewestShown, type SurveyAnswer, type SurveyQuestion, type SurveyTally, scaleSteps } from '#protocol/surveys.ts'

/** Throws `malformed` at `minShown` where so few would tell who said what. */
export function demandEnough({
  anonymous,
  minShown,
}: {
  readonly anonymous: boolean
  readonly minShown: number
}): void {
  demand(!anonymous || minShown >= fewestShown, 'malformed', { errors: [{ path: 'minShown', code: 'too_small' }] })
}

/** What a question asks, without its words. */
function bones(question: SurveyQuestion): string {
  const options = 'options' in question ? question.options.map(one => one.id) : []
  return JSON.stringify([question.id, question.kind, question.required, options])
}

/** Whether both ask the same in other words at most: the same questions in the same order with the same options. */
export const onlyWords = (before: readonly SurveyQuestion[], after: readonly SurveyQuestion[]): boolean =>
  before.length === after.length && before.every((one, at) => after[at] && bones(one) === bones(after[at]))

/** Whether an answer is one to that question. */
function fits(question: SurveyQuestion | undefined, answer: SurveyAnswer): boolean {
  if (!question || question.kind !== answer.kind) return false
  if (!('options' in question)) return true
  const known = new Set(question.options.map(one => one.id))
  const chosen = 'optionIds' in answer ? answer.optionIds : 'optionId' in answer ? [answer.optionId] : []
  return chosen.every(id => known.has(id)) && new Set(chosen).size === chosen.length
}

/** Whether all of these answers are ones to these questions, one each. */
export function answersFit(questions: readonly SurveyQuestion[], answers: readonly SurveyAnswer[]): boolean {
  const byId = new Map(questions.map(one => [one.id, one]))
  const asked = new Set(answers.map(one => one.questionId))
  return asked.size === answers.length && answers.every(one => fits(byId.get(one.questionId), one))
}

/** Throws `malformed` at each question that needs an answer and has none, and at the whole where nothing is said at all. */
export function demandAnswered(questions: readonly SurveyQuestion[], answers: readonly SurveyAnswer[]): void {
  const said = new Set(answers.map(one => one.questionId))
  const missing = questions.filter(one => one.required && !said.has(one.id)).map(one => one.id)
  const paths = missing.length > 0 ? missing : said.size === 0 ? ['answers'] : []
  demand(paths.length === 0, 'malformed', { errors: paths.map(path => ({ path, code: 'too_small' })) })
}

/** What an answer counts for: its options, its step; a text for nothing but itself. */
export function keysOf(answer: SurveyAnswer): readonly string[] {
  switch (answer.kind) {
    case 'choice':
      return [answer.optionId]
    case 'choices':
      return answer.optionIds
    case 'scale':
      return [String(answer.value)]
    case 'text':
      return []
  }
}

/** The keys of a question in the order they are shown. */
export const keysIn = (question: SurveyQuestion): readonly string[] =>
  'options' in question
    ? question.options.map(one => one.id)
    : question.kind === 'scale'
      ? Array.from({ length: scaleSteps }, (_, at) => String(at + 1))
      : []

/** Adds answers up, question by question. */
export function tally(
  questions: readonly SurveyQuestion[],
  given: readonly (readonly SurveyAnswer[])[],
): SurveyTally[] {
  const counts = new Map<string, number>()
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const answer of given.flat()) {
    add(answer.questionId)
    for (const key of keysOf(answer)) add(`${answer.questionId} ${key}`)
  }
  return questions.map(question => ({
    questionId: question.id,
    answered: counts.get(question.id) ?? 0,
    counts: keysIn(question).map(key => ({ key, count: counts.get(`${question.id} ${key}`) ?? 0 })),
  }))
}

/** Whether answers that wait are enough to be told together. */
export const enoughWait = (waiting: number, minShown: number): boolean => waiting >= minShown
