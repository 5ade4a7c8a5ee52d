// Gathers the seconds that were really played, from what a player says a few times a second. Pure: jumps count nothing,
// and a second counts once its end was passed.

import { mostSpans } from '#protocol/files/watching.ts'

/** The longest step between two looks that is still playing on, in seconds of the recording. */
const longestStep = 4

/** Stretches that touch as one; of more than can be told at once, the latest. */
function joined(spans: readonly [number, number][]): [number, number][] {
  const one: [number, number][] = []
  for (const [from, to] of spans) {
    const last = one.at(-1)
    if (last && from <= last[1] && to >= last[0]) one[one.length - 1] = [Math.min(last[0], from), Math.max(last[1], to)]
    else one.push([from, to])
  }
  return one.slice(-mostSpans)
}

export class Played {
  #from: number | undefined
  #at = 0
  #spans: [number, number][] = []

  /** The player stands at `seconds` now, while it plays. */
  on(seconds: number): void {
    const step = seconds - this.#at
    if (this.#from === undefined || step < 0 || step > longestStep) {
      this.#close()
      this.#from = seconds
    }
    this.#at = seconds
  }

  /** It stopped, jumped or came to its end. */
  off(): void {
    this.#close()
    this.#from = undefined
  }

  #close(): void {
    if (this.#from === undefined) return
    // The last half second is cut off by players that end early.
    const [from, to] = [Math.floor(this.#from), Math.floor(this.#at + 0.5)]
    if (from < to) this.#spans = joined([...this.#spans, [from, to]])
  }

  /** What was played since the last time, as `[from, to)` in whole seconds. It goes on from here. */
  take(): [number, number][] {
    this.#close()
    if (this.#from !== undefined) this.#from = this.#at
    const taken = this.#spans
    this.#spans = []
    return taken
  }

  /** What could not be told comes along the next time. */
  putBack(spans: readonly [number, number][]): void {
    this.#spans = joined([...spans, ...this.#spans])
  }
}
