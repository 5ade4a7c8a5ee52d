// True or false: the two options are the product's own, with ids `true` and `false`.

import * as z from 'zod/mini'
import { choice, countOptions, optionKeyText } from './choice.ts'
import { defineQuestionType, fullShare, prompt } from './question-type.ts'

export const trueFalse = defineQuestionType({
  type: 'true-false',
  body: z.strictObject({ prompt }),
  key: z.strictObject({ optionIds: z.array(z.enum(['true', 'false'])).check(z.minLength(1), z.maxLength(1)) }),
  answer: choice,
  check: () => [],
  fits: (_body, answer) => answer.optionIds.length === 1 && ['true', 'false'].includes(answer.optionIds[0] ?? ''),
  score: (_body, key, answer) => (answer.optionIds[0] === key.optionIds[0] ? fullShare : 0),
  count: (_body, _key, given) => countOptions(given),
  sends: () => 'at once',
  shape: () => '',
  keyText: optionKeyText,
  words: () => [],
})
