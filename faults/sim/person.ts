// One person: the client's own store of the board behind a connection that is cut and comes back, on any node that lives.
import { effect } from '@preact/signals'
import { pino } from 'pino'
import { ClientProblem, fromBody } from '#client/platform/problem.ts'
import { openScopeStore, type ScopeStore, type ScopeStoreInside } from '#client/platform/scope-store.ts'
import type { Subscription } from '#protocol/base/realtime.ts'
import type { FeedFrame } from '#protocol/base/wire.ts'
import { refusal } from '#server/platform/call/refusal.ts'
import { boardScopeOf } from './board.ts'
import { Line } from './line.ts'
import type { SimNode } from './node.ts'
import type { Store } from './store.ts'
import type { VirtualTime } from './time.ts'

const log = pino({ level: 'silent' })
type BoardStore = ScopeStore<ReturnType<typeof boardScopeOf>> & ScopeStoreInside

export interface PersonParts {
  readonly name: string
  readonly time: VirtualTime
  readonly store: Store
  readonly pick: () => SimNode | undefined
  readonly violation: (what: string) => void
  /** A bug planted on purpose: what arrives, before the store sees it. */
  readonly distort?: (frames: readonly FeedFrame[], head: number) => readonly FeedFrame[]
}

export class Person {
  readonly view: BoardStore
  #line: Line | undefined
  #node: SimNode | undefined
  #online = false
  #lines = 0
  readonly #pending = new Set<(reason: ClientProblem) => void>()
  #release: (() => void) | undefined
  readonly #stopWatching: () => void

  constructor(private readonly parts: PersonParts) {
    const { time, name, violation } = parts
    this.view = openScopeStore(
      boardScopeOf((at, seq) => violation(`${name} folded ${seq} onto ${at}`)),
      {
        online: () => this.#online,
        subscribe: since => this.#ask(since),
        unsubscribe: () => {
          const [line, node] = [this.#line, this.#node]
          line?.up(() => void node?.unsubscribe(line).catch(() => undefined))
        },
        later: (ms, run) => time.after(ms, run) as unknown as ReturnType<typeof setTimeout>,
        cancel: timer => clearTimeout(timer),
        lingerMs: 300,
      },
    ) as BoardStore
    this.#stopWatching = effect(() => {
      const { state, head, status } = this.view
      if (state.value && state.value.at !== head.value)
        violation(`${name} shows the state at ${state.value.at} as ${head.value}`)
      if (status.value === 'closed' && state.value) violation(`${name} is closed and still shows a state`)
    })
    this.look()
    this.#connect()
  }

  get name(): string {
    return this.parts.name
  }

  get looking(): boolean {
    return this.#release !== undefined
  }

  look(): void {
    this.#release ??= this.view.open()
  }

  lookAway(): void {
    this.#release?.()
    this.#release = undefined
  }

  cut(nodeAfter: number): void {
    this.#line?.cut({ nodeAfter })
  }

  stall(ms: number): void {
    this.#line?.stall(ms)
  }

  end(): void {
    this.#stopWatching()
  }

  #connect(): void {
    const { time, store, name } = this.parts
    const node = this.parts.pick()
    if (!node) {
      time.after(time.dice.between(50, 300), () => this.#connect())
      return
    }
    const line: Line = new Line(`${name}/${this.#lines++}`, time, node.rooms, {
      hello: () => {
        this.#online = true
        this.view.connected('before')
      },
      frames: frames => this.view.take([...(this.parts.distort?.(frames, this.view.head.value) ?? frames)]),
      lost: () => {
        if (this.#line !== line) return
        this.#online = false
        this.#line = undefined
        for (const reject of this.#pending) reject(new ClientProblem('offline'))
        this.#pending.clear()
        this.view.disconnected()
        time.after(time.dice.between(20, 400), () => this.#connect())
      },
      removedSince: () => store.deniedSince(name),
      violation: this.parts.violation,
    })
    this.#line = line
    this.#node = node
    line.up(() => {
      if (node.alive) void node.accept(line, name).catch(() => line.cut({ nodeAfter: 0 }))
      else line.cut({ nodeAfter: 0 })
    })
  }

  #ask(since: number | undefined): Promise<Subscription> {
    const [line, node] = [this.#line, this.#node]
    return new Promise((resolve, reject) => {
      if (!line || !node) return reject(new ClientProblem('offline'))
      this.#pending.add(reject)
      const answer = (run: () => void) =>
        line.down(() => {
          this.#pending.delete(reject)
          run()
        })
      line.up(() => {
        node.subscribe(line, since).then(
          value => answer(() => resolve(value)),
          (error: unknown) => answer(() => reject(fromBody(refusal(error, '', log)))),
        )
      })
    })
  }
}
