// The registry of question types: one line a type.
import * as z from 'zod/mini'
import { multiple } from './multiple.ts'
import type { QuestionType } from './question-type.ts'
import { single } from './single.ts'
import { trueFalse } from './true-false.ts'

export const questionTypes = { single, multiple, 'true-false': trueFalse } as const
export type QuestionTypeName = keyof typeof questionTypes

/** The definition of a type, with its schemas opened to `unknown` for code that handles them all alike. */
export const questionTypeOf = (name: QuestionTypeName): QuestionType => questionTypes[name] as unknown as QuestionType

/** A question as a learner may see it: never a key. */
export const askedQuestion = z.discriminatedUnion('type', [
  z.object({ type: z.literal('single'), body: single.body }),
  z.object({ type: z.literal('multiple'), body: multiple.body }),
  z.object({ type: z.literal('true-false'), body: trueFalse.body }),
])
export type AskedQuestion = z.infer<typeof askedQuestion>

/** A question as its author writes it. */
export const writtenQuestion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single'), body: single.body, key: single.key }),
  z.strictObject({ type: z.literal('multiple'), body: multiple.body, key: multiple.key }),
  z.strictObject({ type: z.literal('true-false'), body: trueFalse.body, key: trueFalse.key }),
])
export type WrittenQuestion = z.infer<typeof writtenQuestion>
