// What the three types with options share: options with their letters, the answer that names some of them, the count.
import * as z from 'zod/mini'
import type { FieldError } from '#protocol/base/problems.ts'
import type { Counted, Counts } from './question-type.ts'

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

/** Two options with one id could not be told apart. */
export const repeatedOption = (body: { readonly options: readonly Option[] }): FieldError[] =>
  new Set(body.options.map(one => one.id)).size === body.options.length
    ? []
    : [{ path: 'body.options', code: 'repeated_option' }]

/** Each option by how many chose it. */
export function countOptions(given: readonly Counted<Choice>[]): Counts {
  const counts = new Map<string, number>()
  for (const { answer, times } of given)
    for (const id of answer.optionIds) counts.set(id, (counts.get(id) ?? 0) + times)
  return { counts: Object.fromEntries(counts) }
}

/** The options by id, whatever their order and words. */
export const optionShape = (body: { readonly options: readonly Option[] }): string =>
  body.options
    .map(one => one.id)
    .sort()
    .join()

/** The right options, whatever the order in which the key names them. */
export const optionKeyText = (key: Choice): string => [...key.optionIds].sort().join()

/** The words of the options. */
export const optionWords = (body: { readonly options: readonly Option[] }): readonly string[] =>
  body.options.map(one => one.text)
