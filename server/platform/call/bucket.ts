// Budgets that fill again with time: so many at once after a pause, so many a second in the long run. Kept in memory by
// each node for itself; says nothing about what is paid with it.

export interface BucketFigures {
  readonly perSecond: number
  /** How many at once after a pause. */
  readonly burst: number
}

/**
 * One budget. Full at first; fills by `figures.perSecond` up to `figures.burst`. `clock` answers milliseconds that never go
 * back.
 */
export class Bucket {
  #tokens: number
  #filledAt: number

  constructor(
    readonly figures: BucketFigures,
    readonly clock: () => number = () => performance.now(),
  ) {
    this.#tokens = figures.burst
    this.#filledAt = clock()
  }

  #fill(): void {
    const { burst, perSecond } = this.figures
    const now = this.clock()
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond)
    this.#filledAt = now
  }

  /** Takes one when there is one. */
  take(): boolean {
    return this.reserve(0) === 0
  }

  /**
   * Takes one that may only be there after a while: answers in how many milliseconds. Takes none, and answers undefined,
   * when that is later than `mostMs`.
   */
  reserve(mostMs: number): number | undefined {
    const wait = this.waitMs()
    if (wait > mostMs) return undefined
    this.#tokens--
    return wait
  }

  /** Milliseconds until one could be taken. */
  waitMs(): number {
    this.#fill()
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.figures.perSecond) * 1_000)
  }

  /** How many could be taken at once. */
  get left(): number {
    this.#fill()
    return Math.max(0, Math.floor(this.#tokens))
  }

  /** Nothing is owed: as good as a new one. */
  get full(): boolean {
    this.#fill()
    return this.#tokens >= this.figures.burst
  }
}

/** Buckets by key; those that are full again are let go of. */
export class Buckets {
  readonly #open = new Map<string, Bucket>()
  #sweepAt = 1_024

  constructor(
    readonly figures: BucketFigures,
    readonly clock: () => number = () => performance.now(),
  ) {}

  of(key: string): Bucket {
    const known = this.#open.get(key)
    if (known) return known
    if (this.#open.size >= this.#sweepAt) this.#sweep()
    const made = new Bucket(this.figures, this.clock)
    this.#open.set(key, made)
    return made
  }

  get size(): number {
    return this.#open.size
  }

  #sweep(): void {
    for (const [key, bucket] of this.#open) if (bucket.full) this.#open.delete(key)
    this.#sweepAt = Math.max(1_024, this.#open.size * 2)
  }
}
