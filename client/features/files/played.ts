// Gathers the seconds that were really played, from what a player says a few times a second. Pure: jumps count nothing,
// and a second counts once its end was passed.

/** The longest step between two looks that is still playing on, in seconds of the recording. */
const longestStep = 4

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
    if (from < to) this.#spans.push([from, to])
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
    this.#spans = [...spans, ...this.#spans].slice(-100)
  }
}
