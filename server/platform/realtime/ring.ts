// The last encoded events of one scope on one node, without holes, and what came too early. Pure memory: it says what
// may go out and whether something is missing, never fetches it.
import type { EncodedEvent } from '../events/event.ts'

const mostWaiting = 2_000

export interface RingLimits {
  readonly events: number
  readonly characters: number
}

export const ringLimits: RingLimits = { events: 512, characters: 256 * 1024 }

/**
 * One scope's ring. Give it the head with `start` once, then every event with `accept`, in any order and any number of
 * times: what comes back is each event once, in order. While `gap` holds, something has to be fetched and accepted.
 */
export class Ring {
  #events: EncodedEvent[] = []
  #characters = 0
  #waiting = new Map<number, EncodedEvent>()
  #last: number | undefined
  /** Grows whenever kept frames were forgotten: what was read before that must not be kept either. */
  generation = 0

  constructor(private readonly limits: RingLimits = ringLimits) {}

  /** Number of the last event applied on this node; undefined until the head was read once. */
  get last(): number | undefined {
    return this.#last
  }

  /** True when later events wait for missing ones. */
  get gap(): boolean {
    return this.#last !== undefined && this.#waiting.size > 0
  }

  /** Sets the first known head. Returns what had come meanwhile and may go out now. */
  start(head: number): EncodedEvent[] {
    if (this.#last !== undefined) return []
    this.#last = head
    return this.#drain()
  }

  /** Takes events in any order, any number of times; returns those that may go out, in order, each once. */
  accept(events: readonly EncodedEvent[]): EncodedEvent[] {
    for (const event of events) {
      if (this.#last !== undefined && event.seq <= this.#last) continue
      // So far behind that a query is cheaper than memory.
      if (this.#waiting.size >= mostWaiting) break
      this.#waiting.set(event.seq, event)
    }
    return this.#drain()
  }

  /**
   * Takes what was read from the log. The publish that was lost may have told us to forget, so everything kept goes.
   */
  fill(events: readonly EncodedEvent[]): EncodedEvent[] {
    this.#forget()
    return this.accept(events)
  }

  /** Goes on at `head` without what lies between: it is not kept any more. */
  jump(head: number): void {
    if (this.#last !== undefined && head <= this.#last) return
    this.#forget()
    this.#last = head
    for (const seq of this.#waiting.keys()) if (seq <= head) this.#waiting.delete(seq)
  }

  /** Puts older events, read at `generation`, in front of those kept. Ignored when they would leave a hole. */
  prepend(events: readonly EncodedEvent[], generation: number): void {
    if (generation !== this.generation || this.#last === undefined) return
    const first = this.#events[0]?.seq ?? this.#last + 1
    const older = events.filter(event => event.seq < first)
    if (older.at(-1)?.seq !== first - 1) return
    this.#events = [...older, ...this.#events]
    this.#characters += older.reduce((sum, event) => sum + event.text.length, 0)
    this.#trim()
  }

  /** Everything after `since` up to `last`; undefined when it is not all here or a body among it was blanked. */
  after(since: number): readonly EncodedEvent[] | undefined {
    if (this.#last === undefined || since > this.#last) return undefined
    if (since === this.#last) return []
    const first = this.#events[0]?.seq
    if (first === undefined || since + 1 < first) return undefined
    const missed = this.#events.slice(since + 1 - first)
    return missed.some(event => event.blank) ? undefined : missed
  }

  #drain(): EncodedEvent[] {
    const out: EncodedEvent[] = []
    if (this.#last === undefined) return out
    if (this.#waiting.size > 0) for (const seq of this.#waiting.keys()) if (seq <= this.#last) this.#waiting.delete(seq)
    for (let next = this.#waiting.get(this.#last + 1); next; next = this.#waiting.get(this.#last + 1)) {
      this.#waiting.delete(next.seq)
      this.#last = next.seq
      if (next.forget) this.#forget()
      this.#events.push(next)
      this.#characters += next.text.length
      out.push(next)
    }
    this.#trim()
    return out
  }

  #forget(): void {
    this.#events = []
    this.#characters = 0
    this.generation++
  }

  #trim(): void {
    const { events, characters } = this.limits
    if (this.#events.length <= events * 1.25 && this.#characters <= characters * 1.25) return
    let drop = 0
    for (const event of this.#events) {
      if (this.#events.length - drop <= events && this.#characters <= characters) break
      this.#characters -= event.text.length
      drop++
    }
    this.#events = this.#events.slice(drop)
  }
}
