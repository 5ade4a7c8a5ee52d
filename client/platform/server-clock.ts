// The server's clock as this browser knows it: the offset of the fastest of several round trips. Pure arithmetic over
// two clocks; it asks nobody.

/** A hello says the time without saying how long it travelled, in milliseconds: a measured round trip is better. */
const helloWorth = 2_000

export class ServerClock {
  #offset = 0
  #took = Number.POSITIVE_INFINITY

  constructor(private readonly here: () => number = Date.now) {}

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return this.here() + this.#offset
  }

  /** Takes one round trip: the server said `instant`, `took` milliseconds after it was asked. */
  note(instant: string, took: number): void {
    this.#take(Date.parse(instant) + took / 2, took)
  }

  noteHello(instant: string): void {
    this.#take(Date.parse(instant), helloWorth)
  }

  /** Clocks drift: what was measured a while ago counts for less. */
  age(): void {
    this.#took *= 1.5
  }

  #take(server: number, took: number): void {
    if (!Number.isFinite(server) || took > this.#took) return
    this.#offset = server - this.here()
    this.#took = took
  }
}
