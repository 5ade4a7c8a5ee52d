// Single choice: one right option of two to eight.

import * as z from 'zod/mini'
import { choice, countOptions, optionKeyText, optionShape, options, optionWords, repeatedOption } from './choice.ts'
import { defineQuestionType, fullShare, prompt } from './question-type.ts'

export const single = defineQuestionType({
  type: 'single',
  body: z.strictObject({ prompt, options }),
  key: z.strictObject({ optionIds: z.array(z.string()).check(z.minLength(1), z.maxLength(1)) }),
  answer: choice,
  check: (body, key) => [
    ...repeatedOption(body),
    ...(body.options.some(one => one.id === key.optionIds[0])
      ? []
      : [{ path: 'key.optionIds', code: 'unknown_option' }]),
  ],
  fits: (body, answer) => answer.optionIds.length === 1 && body.options.some(one => one.id === answer.optionIds[0]),
  score: (_body, key, answer) => (answer.optionIds[0] === key.optionIds[0] ? fullShare : 0),
  count: (_body, _key, given) => countOptions(given),
  sends: () => 'at once',
  shape: optionShape,
  keyText: optionKeyText,
  words: optionWords,
})
