// Multiple choice: any number of right options of two to eight, partial credit without going below zero.

import * as z from 'zod/mini'
import {
  answerLetters,
  choice,
  countOptions,
  optionKeyText,
  optionShape,
  options,
  optionWords,
  repeatedOption,
} from './choice.ts'
import { defineQuestionType, fullShare, prompt } from './question-type.ts'

export const multiple = defineQuestionType({
  type: 'multiple',
  body: z.strictObject({ prompt, options }),
  key: z.strictObject({ optionIds: z.array(z.string()).check(z.minLength(1), z.maxLength(answerLetters.length)) }),
  answer: choice,
  check: (body, key) => [
    ...repeatedOption(body),
    ...(key.optionIds.every(id => body.options.some(one => one.id === id)) &&
    new Set(key.optionIds).size === key.optionIds.length
      ? []
      : [{ path: 'key.optionIds', code: 'unknown_option' }]),
  ],
  fits: (body, answer) =>
    answer.optionIds.length > 0 &&
    new Set(answer.optionIds).size === answer.optionIds.length &&
    answer.optionIds.every(id => body.options.some(one => one.id === id)),
  // Right picks less wrong picks, over the number of right ones: guessing everything earns nothing.
  score: (body, key, answer) => {
    const picked = [...new Set(answer.optionIds)]
    const right = picked.filter(id => key.optionIds.includes(id)).length
    const wrong = picked.length - right
    if (key.optionIds.length === body.options.length) return Math.floor((right * fullShare) / key.optionIds.length)
    return Math.max(0, Math.floor(((right - wrong) * fullShare) / key.optionIds.length))
  },
  count: (_body, _key, given) => countOptions(given),
  // Several options that can be picked only once wait until all of them are.
  sends: ({ mayChange }) => (mayChange ? 'at once' : 'by button'),
  shape: optionShape,
  keyText: optionKeyText,
  words: optionWords,
})
