// A number with a tolerance, absolute or in percent. Values are exact decimals from the wire to the score, never floats.
// The wire knows the point alone; how a reader types a decimal is the client's business.
import * as z from 'zod/mini'
import { compareExact, type Exact, exactOf, percentOf, plainOf, plusExact } from '#protocol/base/decimal.ts'
import { type Counted, type Counts, defineQuestionType, fullShare, prompt } from './question-type.ts'
import { mostCounted } from './typed.ts'

/** A decimal of up to 50 places on either side of its point, in its one spelling however it came. */
export const value = z.string().check(
  z.maxLength(110),
  z.refine(typed => exactOf(typed) !== undefined),
  // Runs on what was refused, too.
  z.overwrite(typed => {
    const exact = typed.length <= 110 ? exactOf(typed) : undefined
    return exact ? plainOf(exact) : typed
  }),
)

const tolerance = z.string().check(
  z.maxLength(110),
  z.refine(typed => !typed.startsWith('-') && exactOf(typed) !== undefined),
)

const key = z.strictObject({
  value,
  /** How far an answer may be off and still be right; 0 for not at all. */
  tolerance,
  /** Of what the tolerance is: as it stands, or a share of the value in percent. */
  toleranceIn: z.enum(['absolute', 'percent']),
})
export type NumericKey = z.infer<typeof key>

const zero: Exact = { digits: 0n, scale: 0 }
const exact = (text: string): Exact => exactOf(text) ?? zero

/** The first and the last value that is right, in their one spelling. */
export function rightRange(key: NumericKey): { from: string; to: string } {
  const middle = exact(key.value)
  const width = key.toleranceIn === 'percent' ? percentOf(middle, exact(key.tolerance)) : exact(key.tolerance)
  return { from: plainOf(plusExact(middle, width, -1)), to: plainOf(plusExact(middle, width)) }
}

function isRight(key: NumericKey, answered: string): boolean {
  const given = exactOf(answered)
  if (!given) return false
  const off = plusExact(given, exact(key.value), -1)
  const width = key.toleranceIn === 'percent' ? percentOf(exact(key.value), exact(key.tolerance)) : exact(key.tolerance)
  return compareExact({ ...off, digits: off.digits < 0n ? -off.digits : off.digits }, width) <= 0
}

/** Values by how often they came. Past what travels, neighbours that are equally right are taken for the most frequent of them. */
function countValues(key: NumericKey, given: readonly Counted<{ value: string }>[]): Counts {
  const times = new Map<string, number>()
  for (const one of given) {
    const read = exactOf(one.answer.value)
    if (read) times.set(plainOf(read), (times.get(plainOf(read)) ?? 0) + one.times)
  }
  if (times.size <= mostCounted) return { counts: Object.fromEntries(times) }
  const sorted = [...times]
    .map(([text, many]) => ({ text, many, exact: exact(text), right: isRight(key, text) }))
    .sort((a, b) => compareExact(a.exact, b.exact))
  const size = Math.ceil(sorted.length / (mostCounted - 3))
  const groups: (typeof sorted)[] = []
  for (const one of sorted) {
    const last = groups.at(-1)
    if (last && last.length < size && last[0]?.right === one.right) last.push(one)
    else groups.push([one])
  }
  return {
    counts: Object.fromEntries(
      groups.map(group => {
        const most = group.reduce((best, one) => (one.many > best.many ? one : best))
        return [most.text, group.reduce((sum, one) => sum + one.many, 0)]
      }),
    ),
  }
}

export const numeric = defineQuestionType({
  type: 'numeric',
  body: z.strictObject({
    prompt,
    /** Shown beside the field, such as "cm"; never part of an answer. */
    unit: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(40))),
  }),
  key,
  answer: z.strictObject({ value }),
  check: () => [],
  fits: () => true,
  score: (_body, key, answer) => (isRight(key, answer.value) ? fullShare : 0),
  count: (_body, key, given) => countValues(key, given),
  sends: () => 'by button',
  shape: () => '',
  keyText: key => {
    const { from, to } = rightRange(key)
    return `${from} ${to}`
  },
  words: body => (body.unit === undefined ? [] : [body.unit]),
})
