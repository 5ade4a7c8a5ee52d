// Gates that count failures and slow down those who come after too many of them. One who is right is only ever held up,
// never refused, unless the gate says `refuse`. Kept by each node for itself. Knows nothing of what is tried.
import { Problem } from '#protocol/base/problems.ts'

export interface GateFigures {
  /** Failures that pass freely within `seconds`; 0: none. */
  readonly most: number
  readonly seconds: number
  /** What happens beyond: refused, or let through one at a time with a rest of so many milliseconds after each failure. */
  readonly beyond: 'refuse' | { readonly restMs: number }
}

/** How long somebody waits at a gate, and how many do: below the patience of a browser, above a school that arrives at once. */
export const gatePatience = { ms: 15_000, waiting: 5_000 } as const

/** Tries of one gate that are being worked on: they read, so that writes, which can't wait, always find room. */
const atOnce = 16

interface Waiter {
  readonly enter: () => void
  readonly turnAway: () => void
}

class Gate {
  #failed = 0
  /** When the failures are forgotten, and until when nobody passes a slow gate; milliseconds since the epoch. */
  #until = 0
  #restUntil = 0
  #inside = 0
  #timer: NodeJS.Timeout | undefined
  readonly #waiting = new Set<Waiter>()

  constructor(
    readonly figures: GateFigures,
    readonly patienceMs: number,
    readonly idle: () => void,
  ) {}

  async enter(): Promise<void> {
    this.#forget()
    if (this.#waiting.size === 0 && this.#admits()) {
      this.#inside++
      return
    }
    if (this.#refuses() || this.#waiting.size >= gatePatience.waiting) throw this.#slowDown()
    await new Promise<void>((resolve, reject) => {
      const leaveQueue = (then: () => void) => () => {
        clearTimeout(patience)
        this.#waiting.delete(waiter)
        then()
      }
      const waiter: Waiter = {
        enter: leaveQueue(resolve),
        turnAway: leaveQueue(() => reject(this.#slowDown())),
      }
      const patience = setTimeout(waiter.turnAway, this.patienceMs)
      this.#waiting.add(waiter)
      this.#pump()
    })
  }

  leave(failed: boolean): void {
    this.#inside--
    if (failed) this.#note()
    this.#pump()
  }

  #note(): void {
    const now = Date.now()
    const { seconds, beyond } = this.figures
    this.#forget()
    if (this.#failed++ === 0) {
      this.#until = now + seconds * 1_000
      setTimeout(() => this.#pump(), seconds * 1_000 + 1).unref()
    }
    if (this.#failed >= this.figures.most && beyond !== 'refuse') this.#restUntil = now + beyond.restMs
  }

  #forget(): void {
    if (this.#until <= Date.now()) this.#failed = 0
  }

  #refuses(): boolean {
    return this.figures.beyond === 'refuse' && this.#failed >= this.figures.most
  }

  /** Paid for beforehand: those inside may all be wrong. */
  #admits(): boolean {
    const { most } = this.figures
    if (this.#failed < most) return this.#failed + this.#inside < most && this.#inside < atOnce
    return !this.#refuses() && this.#inside === 0 && Date.now() >= this.#restUntil
  }

  #pump(): void {
    this.#forget()
    for (const waiter of this.#waiting) {
      if (this.#refuses()) waiter.turnAway()
      else if (this.#admits()) {
        this.#inside++
        waiter.enter()
      } else break
    }
    if (this.#waiting.size > 0 && this.#inside === 0)
      this.#timer ??= setTimeout(
        () => {
          this.#timer = undefined
          this.#pump()
        },
        Math.max(1, this.#restUntil - Date.now()),
      )
    if (this.#waiting.size === 0 && this.#inside === 0 && this.#failed === 0) this.idle()
  }

  #slowDown(): Problem {
    const seconds = this.#failed >= this.figures.most ? (this.#until - Date.now()) / 1_000 : 1
    return new Problem('slow-down', { params: { retryAfter: Math.max(1, Math.ceil(seconds)) } })
  }
}

/** Lets in whoever it concerns, now or in their turn, and answers how to say what became of it. Throws `slow-down`. */
export type Gates = (key: string) => Promise<(outcome: 'failed' | 'passed') => void>

/** Gates of one sort, one a key, which have counted nothing yet. */
export function makeGates(figures: GateFigures, patienceMs: number = gatePatience.ms): Gates {
  const open = new Map<string, Gate>()
  return async key => {
    const gate = open.get(key) ?? new Gate(figures, patienceMs, () => open.delete(key))
    open.set(key, gate)
    await gate.enter()
    return outcome => gate.leave(outcome === 'failed')
  }
}
