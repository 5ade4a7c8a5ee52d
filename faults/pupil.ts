// One person of a class under fault: writes with outbox semantics (an operation is sent again under its id until it is
// acknowledged), follows scopes with the protocol's own fold, moves to another node when its own dies. Keeps the
// account of all it did for the history checker, and nothing of the product's client code is in it.

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Socket } from 'socket.io-client'
import * as z from 'zod/mini'
import { activityCalls } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { address, type ScopeSpec } from '#protocol/base/scope.ts'
import { type FeedFrame, wireEvents } from '#protocol/base/wire.ts'
import { channelCalls } from '#protocol/channels.ts'
import { learnerOn, openSocket } from '../bench/learner.ts'
import type { Followed, Operation, Step } from './history.ts'

/** `at once` is a bug planted on purpose: whoever says "saved" before it is loses writes with the node. */
export type Acknowledging = 'when answered' | 'at once'

class View {
  state: unknown
  head = -1
  readonly steps: Step[] = []
  #kept: FeedFrame[] = []
  #asking = false
  #again = false

  constructor(
    readonly spec: ScopeSpec,
    readonly scope: string,
    private readonly pupil: Pupil,
  ) {}

  take(frame: FeedFrame): void {
    if (frame.n === undefined) {
      if (frame.k === 'resume') void this.ask()
      return
    }
    if (this.#asking) this.#kept.push(frame)
    else if (frame.n > this.head + 1) {
      this.#kept.push(frame)
      void this.ask()
    } else if (frame.n === this.head + 1) this.#apply(frame, frame.n)
  }

  #apply(frame: FeedFrame, seq: number): void {
    const body = z.parse(this.spec.feeds[frame.k] ?? z.never(), frame.b)
    this.state = this.spec.apply(this.state, { kind: frame.k, body, seq, actor: frame.a ?? null, at: frame.t ?? '' })
    this.head = seq
    this.steps.push({ event: seq })
  }

  /** Asks for what is missing; again until it got an answer on the socket of the moment. */
  async ask(): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return
    }
    this.#asking = true
    const since = this.head < 0 ? {} : { since: this.head }
    const socket = await this.pupil.connected()
    const answer = await learnerOn(socket)
      .call(realtimeCalls.subscribe, { scope: this.scope, ...since })
      .catch(() => undefined)
    if (answer?.mode === 'snapshot') {
      this.state = z.parse(this.spec.state, answer.state)
      this.head = answer.head
      this.steps.push({ snapshot: answer.head })
    }
    this.#asking = false
    const kept = this.#kept.sort((a, b) => (a.n ?? 0) - (b.n ?? 0))
    this.#kept = []
    for (const frame of kept) this.take(frame)
    const again = this.#again || answer === undefined
    this.#again = false
    if (!again || this.pupil.gone) return
    if (answer === undefined) await pause(100)
    await this.ask()
  }
}

export interface PupilParts {
  readonly name: string
  readonly cookie: string
  readonly scopes: readonly { readonly spec: ScopeSpec; readonly id: string }[]
  /** Where to go next, after the node at `left` failed. */
  readonly next: (left: string) => string
}

export class Pupil {
  url: string
  gone = false
  acknowledging: Acknowledging = 'when answered'
  /** Writes sent and not answered. */
  inFlight = 0
  /** Called with each write as it leaves. */
  onSend: () => void = () => undefined
  readonly operations: (Operation & { receipt: { id: string } | null })[] = []
  readonly #views: View[]
  #socket: Socket | undefined
  #waiting: (() => void)[] = []

  constructor(
    private readonly parts: PupilParts,
    url: string,
  ) {
    this.url = url
    this.#views = parts.scopes.map(({ spec, id }) => new View(spec, address(spec, id), this))
  }

  get name(): string {
    return this.parts.name
  }

  /** The socket, once there is one. */
  async connected(): Promise<Socket> {
    while (!this.#socket?.connected) await new Promise<void>(resolve => this.#waiting.push(resolve))
    return this.#socket
  }

  /** Opens the socket, elsewhere when it can't be opened here, and asks for what was missed. Answers when it has it. */
  async enter(): Promise<void> {
    while (!this.gone) {
      const socket = await openSocket(this.url, this.parts.cookie).catch(() => undefined)
      if (!socket) {
        this.url = this.parts.next(this.url)
        await pause(Math.random() * 300)
        continue
      }
      this.#socket = socket
      socket.on(wireEvents.feed, (text: string) => {
        for (const frame of JSON.parse(text) as FeedFrame[])
          this.#views.find(view => view.scope === frame.s)?.take(frame)
      })
      socket.once('disconnect', () => {
        if (this.gone || this.#socket !== socket) return
        this.url = this.parts.next(this.url)
        void pause(Math.random() * 1_000).then(() => this.enter())
      })
      for (const wake of this.#waiting.splice(0)) wake()
      await Promise.all(this.#views.map(view => view.ask()))
      return
    }
  }

  /** Goes to another node by itself. */
  async move(url: string): Promise<void> {
    const before = this.#socket
    this.#socket = undefined
    before?.disconnect()
    this.url = url
    await this.enter()
  }

  async answer(deliveryId: string, itemId: string, optionId: string): Promise<void> {
    const move = { optionIds: [optionId] }
    await this.#write('answer', async (socket, operation) => {
      const input = { deliveryId, itemId, move } as never
      return (await learnerOn(socket).call(activityCalls.answer, input, operation)).responseId
    })
  }

  async say(channelId: string): Promise<void> {
    await this.#write('message', async (socket, operation) => {
      const input = { channelId, text: `Said as ${operation}` } as never
      return (await learnerOn(socket).call(channelCalls.send, input, operation)).messageId
    })
  }

  async #write(kind: Operation['kind'], send: (socket: Socket, operation: string) => Promise<string>): Promise<void> {
    const operation = randomUUID()
    const entry = { client: this.name, operation, kind, receipt: null as { id: string } | null }
    this.operations.push(entry)
    while (!this.gone) {
      const socket = await this.connected()
      this.inFlight++
      const sent = send(socket, operation).finally(() => {
        this.inFlight--
      })
      if (this.acknowledging === 'at once') {
        sent.catch(() => undefined)
        entry.receipt = { id: '' }
        this.onSend()
        return
      }
      this.onSend()
      try {
        entry.receipt = { id: await sent }
        return
      } catch (error) {
        // A refusal that passes, or no answer: the same operation again.
        const passing = error instanceof Problem ? ['busy', 'slow-down', 'internal'].includes(error.code) : true
        if (!passing) throw error
        await pause(error instanceof Problem ? 500 : 20)
      }
    }
  }

  /** Whether every scope stands at the number given for it. */
  standsAt(heads: ReadonlyMap<string, number>): boolean {
    return this.#views.every(view => view.head === heads.get(view.scope))
  }

  /** Number of the last event of a scope it has applied. */
  headOf(scope: string): number {
    return this.#views.find(view => view.scope === scope)?.head ?? -1
  }

  followed(): Followed[] {
    return this.#views.map(({ scope, steps, state }) => ({ client: this.name, scope, steps, state }))
  }

  leave(): void {
    this.gone = true
    this.#socket?.disconnect()
  }
}
