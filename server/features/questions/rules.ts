// What holds for questions, decided from plain data. Pure: no database, clock or socket.
import { demand } from '#protocol/base/problems.ts'
import { questionTypeOf, type WrittenQuestion } from '#protocol/question-types/registry.ts'

/** Throws `malformed` naming the fields where key and body do not fit each other, or options share an id. */
export function demandSound({ type, body, key }: WrittenQuestion): void {
  const ids = 'options' in body ? body.options.map(option => option.id) : []
  demand(new Set(ids).size === ids.length, 'malformed', {
    errors: [{ path: 'question.body.options', code: 'repeated_option' }],
  })
  const errors = questionTypeOf(type).check(body, key)
  demand(errors.length === 0, 'malformed', {
    errors: errors.map(error => ({ ...error, path: `question.${error.path}` })),
  })
}

/** What the bank is searched in: prompt and options, in lower case. */
export const wordsOf = ({ body }: WrittenQuestion): string =>
  [body.prompt, ...('options' in body ? body.options.map(option => option.text) : [])].join('\n').toLowerCase()

/** Whether answers given to `before` still mean the same in `after`: the same type and the same options by id. */
export function keepsAnswers(before: WrittenQuestion, after: WrittenQuestion): boolean {
  const idsOf = ({ body }: WrittenQuestion) => ('options' in body ? body.options.map(option => option.id).sort() : [])
  return before.type === after.type && idsOf(before).join() === idsOf(after).join()
}

/** Whether the right answer is another one. The order in which a key names its options does not matter. */
export const changesKey = (before: WrittenQuestion, after: WrittenQuestion): boolean =>
  [...before.key.optionIds].sort().join() !== [...after.key.optionIds].sort().join()
