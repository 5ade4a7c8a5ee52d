// One connection between a person and a node: frames and calls in order, late, until it is cut, which each end learns at a
// moment of its own. It watches what the node hands over: no holes, and nothing to somebody who was removed.
import type { Socket } from 'socket.io'
import type { Subscription } from '#protocol/base/realtime.ts'
import { type FeedFrame, platformKinds, wireEvents } from '#protocol/base/wire.ts'
import type { Rooms } from './node.ts'
import type { VirtualTime } from './time.ts'

/** How long the real platform may take to learn of a removal through everything that is injected here. */
const removalMs = 5_000
const full = 'x'.repeat(1024 * 1024 + 1)

export interface LineEnds {
  /** The person's end. */
  hello(): void
  frames(frames: readonly FeedFrame[]): void
  lost(): void
  /** Since when this person may not hear the board. */
  removedSince(): number | undefined
  violation(what: string): void
}

export class Line {
  readonly #writeBuffer: { data: string }[] = []
  /** The node's end, as the platform knows a socket. */
  readonly socket: Socket
  open = true
  #nodeKnows = true
  #lastDown = 0
  #lastUp = 0
  // What was handed over: up to where without a hole, what came while an answer was on its way, whether a gap was told.
  #upTo: number | undefined
  #early: number[] = []
  #asking = 0
  #toldToAsk = false
  #closed = false
  #ended: () => void = () => undefined

  constructor(
    readonly id: string,
    private readonly time: VirtualTime,
    private readonly rooms: Rooms,
    private readonly ends: LineEnds,
  ) {
    const line = this
    this.socket = {
      id,
      data: {},
      get connected() {
        return line.#nodeKnows
      },
      conn: { writeBuffer: this.#writeBuffer, transport: { writable: true } },
      join: (room: string) => rooms.join(room, this),
      leave: (room: string) => rooms.leave(room, this),
      emit: (event: string, body: unknown) => this.emit(event, body),
      disconnect: () => this.cut({ nodeAfter: 0 }),
    } as unknown as Socket
  }

  onEnd(run: () => void): void {
    this.#ended = run
  }

  emit(event: string, body: unknown): void {
    if (!this.#nodeKnows) return
    if (event === wireEvents.hello) this.down(() => this.ends.hello())
    if (event !== wireEvents.feed) return
    const frames = JSON.parse(body as string) as FeedFrame[]
    this.#watch(frames)
    this.down(() => this.ends.frames(frames))
  }

  #watch(frames: readonly FeedFrame[]): void {
    // Fleeting frames are the last of their packet: a gap is told with what comes after it.
    if (frames.some(frame => frame.k === platformKinds.resume)) this.#toldToAsk = true
    for (const { n, k } of frames) {
      if (k === platformKinds.closed) this.#closed = true
      if (n === undefined) continue
      const removed = this.ends.removedSince()
      if (removed !== undefined && this.time.now - removed > removalMs)
        this.ends.violation(`${this.id} was handed ${n} though removed ${Math.round(this.time.now - removed)} ms ago`)
      if (this.#asking > 0) this.#early.push(n)
      else if (this.#closed) this.ends.violation(`${this.id} was handed ${n} after it was told that it is closed`)
      else if (this.#upTo === undefined) this.ends.violation(`${this.id} was handed ${n} without having asked`)
      else if (n === this.#upTo + 1) this.#upTo = n
      else if (n > this.#upTo && !this.#toldToAsk) this.ends.violation(`${this.id} was handed ${n} after ${this.#upTo}`)
    }
  }

  /** The node begins to work on a subscription, and has answered it. */
  asked(): (answer: Subscription | undefined) => void {
    this.#asking++
    return answer => {
      this.#asking--
      if (answer) {
        this.#closed = false
        this.#toldToAsk = false
        this.#upTo = Math.max(this.#upTo ?? 0, answer.head)
      }
      this.#early.sort((a, b) => a - b)
      for (const n of this.#early) if (this.#upTo !== undefined && n === this.#upTo + 1) this.#upTo = n
      if (this.#asking === 0) this.#early = []
    }
  }

  /** From the node to the person, after everything before it. */
  down(run: () => void): void {
    this.#lastDown = Math.max(this.#lastDown, this.time.now + this.time.dice.between(0.1, 30))
    this.time.after(this.#lastDown - this.time.now, () => {
      if (this.open) run()
    })
  }

  up(run: () => void): void {
    this.#lastUp = Math.max(this.#lastUp, this.time.now + this.time.dice.between(0.1, 30))
    this.time.after(this.#lastUp - this.time.now, () => {
      if (this.open && this.#nodeKnows) run()
    })
  }

  /** The person reads nothing for a while. */
  stall(ms: number): void {
    this.#writeBuffer.push({ data: full })
    this.time.after(ms, () => this.#writeBuffer.splice(0))
  }

  cut({ nodeAfter }: { nodeAfter: number }): void {
    if (nodeAfter === 0) this.#nodeLearns()
    else this.time.after(nodeAfter, () => this.#nodeLearns())
    this.time.after(this.time.dice.between(0, 200), () => {
      if (!this.open) return
      this.open = false
      this.ends.lost()
    })
  }

  #nodeLearns(): void {
    if (!this.#nodeKnows) return
    this.#nodeKnows = false
    this.rooms.forget(this)
    this.#ended()
  }
}
