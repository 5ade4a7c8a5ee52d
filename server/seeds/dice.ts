// Chance that repeats itself: the same seed and purpose give the same numbers, whatever happened in between. Never for
// anything secret.
import { createHash } from 'node:crypto'

export interface Dice {
  /** At least 0, below 1. */
  next(): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** Evenly between the two. */
  between(low: number, high: number): number
  pick<T>(from: readonly [T, ...T[]]): T
}

/** Dice of their own for one purpose, such as `7/bot 3/item 2`. Mulberry32, seeded with a hash. */
export function dice(purpose: string): Dice {
  let state = createHash('sha256').update(purpose).digest().readUInt32LE(0)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    chance: probability => next() < probability,
    between: (low, high) => low + next() * (high - low),
    pick: from => from[Math.floor(next() * from.length)] ?? from[0],
  }
}
