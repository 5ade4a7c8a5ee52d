// One open socket as the platform sees it: who it is, what it listens to, how much it may ask. No feature word here.
import type { Socket } from 'socket.io'
import type { ScopeAddress } from '#protocol/base/scope.ts'
import { Bucket } from '../call/bucket.ts'
import type { Who } from '../ctx.ts'
import { Travel } from './travel.ts'

export const callLimits = {
  /** Calls a second in the long run, and how many at once after a pause (a page that opens asks for much). */
  perSecond: 40,
  burst: 160,
  /** Calls of one socket that are being worked on. */
  inFlight: 40,
  /** Frames that are no calls, or refusals in a row, after which the socket is closed. */
  strange: 5,
  refused: 500,
  /** Scopes one socket may listen to. */
  scopes: 200,
} as const

interface EngineView {
  readonly writeBuffer?: readonly { readonly data?: unknown }[]
}

/** One socket with its person, its rooms and its budgets. It lives as long as the socket: another connection is another one. */
export class Connection {
  readonly id: string
  who: Who
  /** Scopes this socket is in the room of, with what to tell when it goes. */
  readonly joined = new Map<ScopeAddress, () => void>()
  /** Grows with every change of rights: an admission under an older number is asked again. */
  rightsEpoch = 0
  readonly travel = new Travel()
  /** Out of live delivery until its buffer is empty. */
  lagging = false
  inFlight = 0
  strange = 0
  refused = 0
  readonly #budget = new Bucket(callLimits)
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(
    readonly socket: Socket,
    who: Who,
    readonly address: string,
    readonly local: boolean,
    readonly cookie: string | undefined,
    /** Spoken by the page behind the socket. */
    readonly protocol: number,
    /** As whom that page asks to be shown things. */
    readonly seenAs: string | undefined = undefined,
  ) {
    this.id = socket.id
    this.who = who
  }

  get open(): boolean {
    return this.socket.connected
  }

  /** Takes one call from the budget. False: too many. */
  mayCall(): boolean {
    return this.#budget.take()
  }

  /** Runs what concerns one scope in the order it was asked for. */
  inTurn<T>(scope: string, run: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(scope) ?? Promise.resolve()
    const mine = before.then(run, run)
    // Its own caller hears of it; the next one in turn only waits.
    const settled = mine
      .catch(() => undefined)
      .then(() => {
        if (this.#turns.get(scope) === settled) this.#turns.delete(scope)
      })
    this.#turns.set(scope, settled)
    return mine
  }

  /**
   * Characters that wait to be handed to the network. Socket.IO has no public name for it; where the field is absent
   * the answer is 0 and only the heartbeat catches a slow client.
   */
  backlog(): number {
    const waiting = (this.socket.conn as unknown as EngineView).writeBuffer
    if (!waiting || waiting.length === 0) return 0
    let sum = 0
    for (const packet of waiting) sum += typeof packet.data === 'string' ? packet.data.length : 64
    return sum
  }

  /** True when everything written so far has been handed to the network. */
  get drained(): boolean {
    const { conn } = this.socket
    return this.backlog() === 0 && (conn.transport?.writable ?? false)
  }
}
