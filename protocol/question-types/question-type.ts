// What every question type defines. A type is one file here, one registry line in question-types/registry.ts and one
// card in client/features/questions; it then works live, at home and in any later delivery at once.

import * as z from 'zod/mini'
import type { FieldError } from '#protocol/base/problems.ts'

/** A share of an item's points in ten-thousandths (0 to 10000), so that no float ever becomes a grade. */
export type Share = number
export const fullShare: Share = 10_000

/** The letters of options on every screen, each with a shape and a colour: no question has more options. */
export const answerLetters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const
export type AnswerLetter = (typeof answerLetters)[number]

/** One option: `id` is opaque, stays with the option through edits and says nothing of its being right. */
export const option = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]{1,12}$/)),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
})
export type Option = z.infer<typeof option>

/** What a learner sends for any of the choice types. */
export const choice = z.strictObject({ optionIds: z.array(z.string().check(z.maxLength(12))).check(z.maxLength(12)) })
export type Choice = z.infer<typeof choice>

/** The options of a choice question, as many as there are letters. */
export const options = z.array(option).check(z.minLength(2), z.maxLength(answerLetters.length))

export const prompt = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000))

export interface QuestionType<
  Body extends z.core.$ZodType = z.core.$ZodType,
  Key extends z.core.$ZodType = z.core.$ZodType,
  Answer extends z.core.$ZodType = z.core.$ZodType,
> {
  readonly type: string
  readonly body: Body
  readonly key: Key
  readonly answer: Answer
  /** What is wrong between body and key (a key that names no option …); empty when ready to use. */
  readonly check: (body: z.output<Body>, key: z.output<Key>) => FieldError[]
  /** Whether this answer fits the body at all; a misfit is refused as malformed. */
  readonly fits: (body: z.output<Body>, answer: z.output<Answer>) => boolean
  /** The share of the points an answer earns. Pure. */
  readonly score: (body: z.output<Body>, key: z.output<Key>, answer: z.output<Answer>) => Share
}

/** Keeps the exact types of a definition. */
export const defineQuestionType = <B extends z.core.$ZodType, K extends z.core.$ZodType, A extends z.core.$ZodType>(
  definition: QuestionType<B, K, A>,
): QuestionType<B, K, A> => definition
