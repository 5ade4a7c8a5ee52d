// A prompt and nothing else: what is answered, and how, is the activity kind's business. Nothing is right or wrong.
import * as z from 'zod/mini'
import { defineQuestionType, prompt } from './question-type.ts'
import { typedAnswer } from './short-text.ts'
import { tidyText } from './typed.ts'

export const open = defineQuestionType({
  type: 'open',
  body: z.strictObject({ prompt }),
  key: z.strictObject({}),
  answer: typedAnswer,
  check: () => [],
  fits: (_body, answer) => tidyText(answer.text) !== '',
  score: () => 0,
  count: () => ({ counts: {} }),
  sends: () => 'by button',
  shape: () => '',
  keyText: () => '',
  words: () => [],
})
