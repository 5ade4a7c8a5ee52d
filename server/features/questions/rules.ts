// What holds for questions, decided from plain data. Pure: no database, clock or socket.
import { demand } from '#protocol/base/problems.ts'
import { questionTypeOf, type WrittenQuestion } from '#protocol/question-types/registry.ts'

/** Throws `malformed` naming the fields where key and body do not fit each other. */
export function demandSound({ type, body, key }: WrittenQuestion): void {
  const errors = questionTypeOf(type).check(body, key)
  demand(errors.length === 0, 'malformed', {
    errors: errors.map(error => ({ ...error, path: `question.${error.path}` })),
  })
}

/** Whether key and body fit each other. */
export const isSound = ({ type, body, key }: WrittenQuestion): boolean =>
  questionTypeOf(type).check(body, key).length === 0

/** What the bank is searched in: the prompt and what else of the body is words, in lower case. Never a key. */
export const wordsOf = ({ type, body }: WrittenQuestion): string =>
  [body.prompt, ...questionTypeOf(type).words(body)].join('\n').toLowerCase()

/** Whether answers given to `before` still mean the same in `after`: the same type, and the same options where there are some. */
export function keepsAnswers(before: WrittenQuestion, after: WrittenQuestion): boolean {
  const { shape } = questionTypeOf(before.type)
  return before.type === after.type && shape(before.body) === shape(after.body)
}

/** Whether other answers are right. */
export const changesKey = (before: WrittenQuestion, after: WrittenQuestion): boolean =>
  before.type !== after.type || keyTextOf(before) !== keyTextOf(after)

const keyTextOf = ({ type, key }: WrittenQuestion): string => questionTypeOf(type).keyText(key)
