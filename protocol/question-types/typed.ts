// What people type, made safe to compare and to show: signs nobody sees are taken out, spaces are one. Pure.
import type { Counts } from './question-type.ts'

/** How many different answers to one item travel and are kept; the rest is a number. */
export const mostCounted = 100

// Controls, signs that turn the direction of what follows, and signs without width: none of them is an answer. Joiners
// stay where they join: some scripts and signs are not written without them.
const unseen = /(?!\u200c|\u200d|\n)[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/gu
const looseJoiners = /(?<=^|[\s\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu
const stackedMarks = /(\p{M}{3})\p{M}+/gu

const tidy = (typed: string): string =>
  typed.normalize('NFC').replace(unseen, '').replace(looseJoiners, '').replace(stackedMarks, '$1')

/** One line as it was meant: composed, without what nobody sees, single spaces, none at the ends. */
export const tidyLine = (typed: string): string => tidy(typed.replace(/\s+/g, ' ')).replace(/ +/g, ' ').trim()

/** Several lines as they were meant; at most one empty line in a row. */
export const tidyText = (typed: string): string =>
  tidy(typed.replace(/\r\n?/g, '\n').replace(/[^\S\n]+/g, ' '))
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** What two spellings have in common when neither case nor width of letters matters. */
export const foldCase = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u200c\u200d]/g, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')

/** The letters without their accents. */
export const foldAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')

const byCount = (a: readonly [string, number], b: readonly [string, number]) =>
  b[1] - a[1] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)

/**
 * Gathers spellings by what they fold to and names each group by its most frequent one. Groups that `first` names stand
 * before the others when not all travel; `most` is how many do.
 */
export function countSpellings(
  given: Iterable<readonly [spelling: string, times: number]>,
  fold: (spelling: string) => string,
  first: (folded: string) => boolean = () => false,
  most: number = mostCounted,
): Counts {
  const groups = new Map<string, Map<string, number>>()
  for (const [spelling, times] of given) {
    const group = groups.get(fold(spelling)) ?? new Map<string, number>()
    groups.set(fold(spelling), group.set(spelling, (group.get(spelling) ?? 0) + times))
  }
  const named = [...groups].map(([folded, group]) => {
    const [label] = [...group].sort(byCount)[0] ?? ['']
    return { folded, label, times: [...group.values()].reduce((sum, one) => sum + one, 0), first: first(folded) }
  })
  named.sort((a, b) => Number(b.first) - Number(a.first) || byCount([a.label, a.times], [b.label, b.times]))
  const counts: Record<string, number> = Object.create(null)
  for (const { label, times } of named.slice(0, most)) counts[label] = (counts[label] ?? 0) + times
  return { counts: { ...counts }, ...(named.length > most ? { others: named.length - most } : {}) }
}
