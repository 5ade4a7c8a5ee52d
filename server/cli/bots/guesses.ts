// What bots type: numbers around one they all half remember, words most of them have heard, a thought or two. They know no
// key. Demo data.
import { type Dice, dice } from '#server/seeds/dice.ts'

/** A number like the ones people guess: near a common one, rounded, now and then far off. */
export function guessNumber(prompt: string, chance: Dice): string {
  // A figure in the prompt is where most people begin.
  const found = /\d+(?:\.\d{1,3})?/.exec(prompt)?.[0]
  const middle = found === undefined ? Math.round(dice(prompt).between(8, 120)) : Number(found)
  const spread = chance.chance(0.08) ? 6 : 0.22
  const off = (chance.next() + chance.next() - 1) * spread
  const value = Math.max(0, middle * (1 + off))
  return String(Math.round(value * (value < 10 ? 10 : 1)) / (value < 10 ? 10 : 1))
}

const short = /[\p{L}]{5,}/gu

/** A word from the prompt or one that everybody knows, in a spelling of one's own. */
export function guessWord(prompt: string, chance: Dice): string {
  const words = [...(prompt.match(short) ?? []).slice(-3), 'water', 'energy', 'light', 'Mitochondria', 'mitochondrion']
  const word = chance.pick(words as [string, ...string[]])
  if (chance.chance(0.15)) return word.toUpperCase()
  return chance.chance(0.3) ? word.toLowerCase() : word
}

const cloud = [
  ['light', 14],
  ['sun', 9],
  ['leaves', 9],
  ['water', 8],
  ['oxygen', 8],
  ['energy', 7],
  ['sugar', 7],
  ['chlorophyll', 6],
  ['green', 6],
  ['carbon dioxide', 5],
  ['Calvin cycle', 3],
  ['plants', 3],
  ['plant', 2],
  ['ATP', 3],
  ['roots', 2],
  ['trees', 2],
  ['stomata', 2],
  ['air', 1],
  ['growth', 1],
  ['the sea', 1],
] as const

/** Up to `most` different words; the common ones often. */
export function someWords(chance: Dice, most: number): string[] {
  const many = 1 + Math.floor(chance.next() * Math.min(most, 3))
  const words = new Set<string>()
  const total = cloud.reduce((sum, [, weight]) => sum + weight, 0)
  for (let tries = 0; words.size < many && tries < 20; tries++) {
    let left = chance.next() * total
    for (const [word, weight] of cloud) {
      left -= weight
      if (left >= 0) continue
      words.add(word)
      break
    }
  }
  return [...words].map(word => (chance.chance(0.2) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word))
}

/** What somebody writes when asked for a sentence. */
export const thoughts: readonly [string, ...string[]] = [
  'I still mix up where the oxygen comes from.',
  'Why the Calvin cycle stops in the dark if it needs no light.',
  'Nothing, it was clear.',
  'How a plant knows when to open its stomata.',
  'The equation. I can read it and not explain it.',
  'What happens at night.',
  'Could we see the picture of the chloroplast once more?',
  'Whether seaweed does the same thing.',
  'I would like one more example with numbers.',
]
