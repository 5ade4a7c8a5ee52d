// How long a frame travels between a browser and this node: half the least of the last round trips of the heartbeat. By
// this node's clock alone; a browser that answers late on purpose gains no more than the cap.

/** Most that is ever believed, in milliseconds. */
export const mostTravelMs = 150
const kept = 5

export class Travel {
  #sentAt: number | undefined
  readonly #trips: number[] = []

  /** A heartbeat went out at `at`, in milliseconds of a clock that only grows. */
  sent(at: number): void {
    this.#sentAt = at
  }

  /** It came back. */
  came(at: number): void {
    if (this.#sentAt === undefined) return
    this.#trips.push(at - this.#sentAt)
    this.#sentAt = undefined
    if (this.#trips.length > kept) this.#trips.shift()
  }

  /** Whole milliseconds one way; 0 before anything was measured. */
  get ms(): number {
    if (this.#trips.length === 0) return 0
    return Math.min(mostTravelMs, Math.floor(Math.min(...this.#trips) / 2))
  }
}
