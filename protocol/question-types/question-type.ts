// What every question type defines. A type is one file here, one registry line in question-types/registry.ts and one
// file in client/features/questions/types; it then works live, at home and in any later delivery at once.

import * as z from 'zod/mini'
import type { FieldError } from '#protocol/base/problems.ts'

/** A share of an item's points in ten-thousandths (0 to 10000), so that no float ever becomes a grade. */
export type Share = number
export const fullShare: Share = 10_000

export const prompt = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000))

/** Whether an answer goes out as it is given, or waits for a button. */
export type Sends = 'at once' | 'by button'

/** An answer that `times` people gave alike. */
export interface Counted<Answer> {
  readonly answer: Answer
  readonly times: number
}

/** How often each thing was answered: an option by its id, a value or a wording as it is to be read. */
export interface Counts {
  readonly counts: Readonly<Record<string, number>>
  /** How many different answers are not among them, since only the most frequent travel. Absent when all do. */
  readonly others?: number | undefined
}

export interface QuestionType<
  Body extends z.core.$ZodType = z.core.$ZodType,
  Key extends z.core.$ZodType = z.core.$ZodType,
  Answer extends z.core.$ZodType = z.core.$ZodType,
> {
  readonly type: string
  readonly body: Body
  readonly key: Key
  readonly answer: Answer
  /** What is wrong in the body or between body and key (a key that names no option …); empty when ready to use. */
  readonly check: (body: z.output<Body>, key: z.output<Key>) => FieldError[]
  /** Whether this answer fits the body at all; a misfit is refused as `answer-unfit`. */
  readonly fits: (body: z.output<Body>, answer: z.output<Answer>) => boolean
  /** The share of the points an answer earns. Pure. */
  readonly score: (body: z.output<Body>, key: z.output<Key>, answer: z.output<Answer>) => Share
  /** Counts answers. What is right stays told apart from what is wrong, however many different answers there are. */
  readonly count: (body: z.output<Body>, key: z.output<Key>, given: readonly Counted<z.output<Answer>>[]) => Counts
  /**
   * What of the counts everybody may read once the item is revealed; all of it where this is absent. To be told by types
   * whose answers are in people's own words: what one person alone made up is for hosts.
   */
  readonly told?: (key: z.output<Key>, counts: Counts) => Counts
  /** How an answer goes out; what waits for its button is given a moment for a last word when a host locks. */
  readonly sends: (how: { readonly mayChange: boolean }) => Sends
  /** What answers hang on: those given keep their meaning while this stays the same. */
  readonly shape: (body: z.output<Body>) => string
  /** The key in one spelling: two keys that are right for the same answers by their wording are equal in it. */
  readonly keyText: (key: z.output<Key>) => string
  /** What the bank is searched in beside the prompt. */
  readonly words: (body: z.output<Body>) => readonly string[]
}

/** Keeps the exact types of a definition. */
export const defineQuestionType = <B extends z.core.$ZodType, K extends z.core.$ZodType, A extends z.core.$ZodType>(
  definition: QuestionType<B, K, A>,
): QuestionType<B, K, A> => definition
