// Which choices fit what was typed, the closest first. Pure.
import type { PaletteChoice } from './registry.ts'

const plain = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/[\p{Mn}\u2068\u2069]/gu, '')
    .toLowerCase()

/** 0 begins with it, 1 a word begins with each, 2 each stands in it, 3 in its other words; undefined: does not fit. */
function rankOf(choice: PaletteChoice, words: readonly string[], whole: string): number | undefined {
  const label = plain(choice.label)
  if (label.startsWith(whole)) return 0
  const parts = label.split(/[\s,.:;()/-]+/u)
  if (words.every(word => parts.some(part => part.startsWith(word)))) return 1
  if (words.every(word => label.includes(word))) return 2
  const all = plain(`${choice.label} ${choice.detail ?? ''} ${choice.also ?? ''}`)
  return words.every(word => all.includes(word)) ? 3 : undefined
}

/** The choices that hold every word, without regard to case and accents; with no words all of them as they are. */
export function matching(choices: readonly PaletteChoice[], typed: string): PaletteChoice[] {
  const whole = plain(typed.trim())
  if (whole === '') return [...choices]
  const words = whole.split(/\s+/u)
  return choices
    .map((choice, at) => ({ choice, at, rank: rankOf(choice, words, whole) }))
    .filter(one => one.rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.at - b.at)
    .map(one => one.choice)
}
