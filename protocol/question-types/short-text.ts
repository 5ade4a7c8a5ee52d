// A word or a few, typed: right when it is one of the accepted answers, by what the key says does not matter.
import * as z from 'zod/mini'
import { defineQuestionType, fullShare, prompt } from './question-type.ts'
import { countSpellings, foldAccents, foldCase, tidyLine } from './typed.ts'

/** The longest answer to a short-text question, in characters. */
export const longestShort = 200

/** What may be left out of account in a comparison. Spaces at the ends and repeated ones never count. */
export const ignorable = z.enum(['case', 'accents', 'spaces'])
export type Ignorable = z.infer<typeof ignorable>

const accepted = z.string().check(z.trim(), z.minLength(1), z.maxLength(longestShort))

const key = z.strictObject({
  /** Every wording that is right. A * alone stands for any words, also none. */
  accepted: z.array(accepted).check(z.minLength(1), z.maxLength(50)),
  ignores: z.array(ignorable).check(z.maxLength(3)),
})
export type ShortTextKey = z.infer<typeof key>

/** A typed answer of any length a kind may take; each question and kind has its own limit below it. */
export const typedAnswer = z.strictObject({ text: z.string().check(z.minLength(1), z.maxLength(1_000)) })

/** What an answer is compared by. */
export function foldShort(ignores: readonly Ignorable[], text: string): string {
  let folded = text.normalize('NFKC')
  if (ignores.includes('accents')) folded = foldAccents(folded)
  if (ignores.includes('case')) folded = foldCase(folded)
  // Folding may bring forth spaces of its own.
  folded = tidyLine(folded)
  return ignores.includes('spaces') ? folded.replace(/ /g, '') : folded
}

/** Whether words match a pattern in which * stands for any number of words. Takes time in their product, no more. */
function matchesWords(pattern: readonly string[], words: readonly string[]): boolean {
  // reached[n]: the pattern so far may end after n words.
  let reached = words.map(() => false)
  reached.unshift(true)
  for (const part of pattern) {
    const next = reached.map(() => false)
    for (const [at, yes] of reached.entries()) {
      if (part === '*') next[at] = yes || (at > 0 && (next[at - 1] ?? false))
      else if (yes && words[at] === part) next[at + 1] = true
    }
    reached = next
  }
  return reached[words.length] ?? false
}

/** Whether a folded or unfolded text is right. */
export function isAccepted({ accepted, ignores }: ShortTextKey, text: string): boolean {
  const folded = foldShort(ignores, text)
  if (folded === '') return false
  const withSpaces = ignores.filter(one => one !== 'spaces')
  return accepted.some(one => {
    const parts = tidyLine(one).split(' ')
    if (!parts.includes('*')) return foldShort(ignores, one) === folded
    if (parts.every(part => part === '*')) return false
    const pattern = parts.map(part => (part === '*' ? part : foldShort(withSpaces, part)))
    return matchesWords(pattern, foldShort(withSpaces, text).split(' '))
  })
}

const withoutStars = (accepted: string): string =>
  tidyLine(
    tidyLine(accepted)
      .split(' ')
      .filter(word => word !== '*')
      .join(' '),
  )

/** How many have to write the same before everybody reads it, where it is not what the key says. */
const leastAlike = 2

/**
 * The words under which an answer is told to everybody: its own where several wrote it or the key has it, those of the key
 * where only a star lets it be right, none for what one person made up.
 */
function toldAs(key: ShortTextKey, text: string, times: number): string | undefined {
  const ofKey = { ...key, accepted: key.accepted.map(withoutStars) }
  if (times >= leastAlike || isAccepted(ofKey, text)) return text
  const by = key.accepted.find(one => isAccepted({ ...key, accepted: [one] }, text))
  return by === undefined ? undefined : withoutStars(by)
}

export const shortText = defineQuestionType({
  type: 'short-text',
  body: z.strictObject({ prompt }),
  key,
  answer: typedAnswer,
  check: (_body, key) =>
    key.accepted.every(one => tidyLine(one).replace(/[* ]/g, '') !== '')
      ? []
      : [{ path: 'key.accepted', code: 'too_small' }],
  fits: (_body, answer) => answer.text.length <= longestShort && tidyLine(answer.text) !== '',
  score: (_body, key, answer) => (isAccepted(key, answer.text) ? fullShare : 0),
  count: (_body, key, given) =>
    countSpellings(
      given.map(one => [tidyLine(one.answer.text), one.times] as const),
      text => foldShort(key.ignores, text),
      folded => isAccepted(key, folded),
    ),
  told: (key, { counts, others = 0 }) => {
    const told = Object.entries(counts).flatMap(([text, times]) => {
      const words = toldAs(key, text, times)
      return words === undefined ? [] : [[words, times] as const]
    })
    const left = others + Object.keys(counts).length - told.length
    const shown = countSpellings(told, text => foldShort(key.ignores, text))
    return { counts: shown.counts, ...(left > 0 ? { others: left } : {}) }
  },
  sends: () => 'by button',
  shape: () => '',
  keyText: key => `${[...key.ignores].sort().join()} ${JSON.stringify([...key.accepted].sort())}`,
  words: () => [],
})
