// The registry of question types: one line a type in each list. What is asked of any type goes through the functions
// below, which take whatever was sent: an answer of another type is a misfit, never a fault.
import * as z from 'zod/mini'
import { choice } from './choice.ts'
import { multiple } from './multiple.ts'
import { numeric } from './numeric.ts'
import { open } from './open.ts'
import type { Counted, Counts, QuestionType, Share } from './question-type.ts'
import { shortText, typedAnswer } from './short-text.ts'
import { single } from './single.ts'
import { trueFalse } from './true-false.ts'

export const questionTypes = {
  single,
  multiple,
  'true-false': trueFalse,
  numeric,
  'short-text': shortText,
  open,
} as const
export type QuestionTypeName = keyof typeof questionTypes

/** The definition of a type, with its schemas opened to `unknown` for code that handles them all alike. */
export const questionTypeOf = (name: QuestionTypeName): QuestionType => questionTypes[name] as unknown as QuestionType

/** A question as a learner may see it: never a key. */
export const askedQuestion = z.discriminatedUnion('type', [
  z.object({ type: z.literal('single'), body: single.body }),
  z.object({ type: z.literal('multiple'), body: multiple.body }),
  z.object({ type: z.literal('true-false'), body: trueFalse.body }),
  z.object({ type: z.literal('numeric'), body: numeric.body }),
  z.object({ type: z.literal('short-text'), body: shortText.body }),
  z.object({ type: z.literal('open'), body: open.body }),
])
export type AskedQuestion = z.infer<typeof askedQuestion>

/** A question as its author writes it. */
export const writtenQuestion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single'), body: single.body, key: single.key }),
  z.strictObject({ type: z.literal('multiple'), body: multiple.body, key: multiple.key }),
  z.strictObject({ type: z.literal('true-false'), body: trueFalse.body, key: trueFalse.key }),
  z.strictObject({ type: z.literal('numeric'), body: numeric.body, key: numeric.key }),
  z.strictObject({ type: z.literal('short-text'), body: shortText.body, key: shortText.key }),
  z.strictObject({ type: z.literal('open'), body: open.body, key: open.key }),
])
export type WrittenQuestion = z.infer<typeof writtenQuestion>

/** What is right, as it is told once everybody may know. */
export const toldKey = z.union([
  z.object({ optionIds: z.array(z.string()) }),
  z.object(numeric.key.shape),
  z.object(shortText.key.shape),
])
export type ToldKey = z.infer<typeof toldKey>

/** What is right of a question; null where nothing is. */
export const toldKeyOf = (question: WrittenQuestion): ToldKey | null => (question.type === 'open' ? null : question.key)

/** What a learner sends for a question of any type. */
export const questionAnswer = z.union([choice, numeric.answer, typedAnswer])
export type QuestionAnswer = z.infer<typeof questionAnswer>

/** The answer as the type reads it; undefined for one of another type. */
function answerTo(type: QuestionTypeName, given: unknown): unknown {
  const read = z.safeParse(questionTypeOf(type).answer, given)
  return read.success ? read.data : undefined
}

/** Whether what was sent is an answer to this question at all. */
export function fitsQuestion({ type, body }: AskedQuestion, given: unknown): boolean {
  const answer = answerTo(type, given)
  return answer !== undefined && questionTypeOf(type).fits(body, answer)
}

/** The share of the points an answer earns against a key; what is no answer to the question earns nothing. */
export function scoreAnswer(
  { type, body }: AskedQuestion,
  key: ToldKey | WrittenQuestion['key'],
  given: unknown,
): Share {
  const answer = answerTo(type, given)
  return answer === undefined ? 0 : questionTypeOf(type).score(body, key, answer)
}

/** How often each thing was answered. What is no answer to the question is not counted. */
export function countAnswers({ type, body, key }: WrittenQuestion, given: readonly Counted<unknown>[]): Counts {
  const answers = given.flatMap(({ answer, times }) => {
    const read = answerTo(type, answer)
    return read === undefined ? [] : [{ answer: read, times }]
  })
  return questionTypeOf(type).count(body, key, answers)
}

/** Of what was counted, what everybody may read. */
export function toldCounts({ type, key }: WrittenQuestion, counted: Counts): Counts {
  const { told } = questionTypeOf(type)
  return told ? told(key, counted) : counted
}
