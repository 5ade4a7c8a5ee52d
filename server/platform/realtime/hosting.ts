// The scopes this node hosts: what it knows of each, and how it keeps up with the log. A publish that skips numbers
// costs one query; heads are read again every few seconds, so that what was lost last, or left by a dead node, arrives.
import type { Logger } from 'pino'
import { Problem } from '#protocol/base/problems.ts'
import type { ScopeAddress } from '#protocol/base/scope.ts'
import { platformKinds } from '#protocol/base/wire.ts'
import { inGroups } from '../call/in-groups.ts'
import type { Ctx, Sql } from '../ctx.ts'
import type { EncodedEvent } from '../events/event.ts'
import type { LogReads } from '../events/log.ts'
import type { ScopeBinding } from '../feature.ts'
import type { Bus } from './bus.ts'
import type { Connection } from './connection.ts'
import type { RealtimeCounts } from './counts.ts'
import { Ring, ringLimits } from './ring.ts'
import { platformFrame, type RoomHub } from './room-hub.ts'

export const hostingLimits = {
  /** How long a number may be missing before it is asked for: two nodes' publishes often cross. */
  patienceMs: 15,
  /** Most events fetched for a gap; beyond it everybody takes a snapshot. */
  gap: 2_000,
  /** Most states read in one transaction. */
  states: 32,
  /** Most events fetched for one client that was away. */
  since: 1_000,
  /** A scope nobody hears is kept this long: its people may be reconnecting. */
  lingerMs: 45_000,
} as const

export interface StateRead {
  readonly head: number
  readonly state: unknown
}

interface Refused {
  readonly refused: Problem
}

export interface Hosted {
  readonly scope: ScopeAddress
  readonly id: string
  readonly binding: ScopeBinding
  readonly ring: Ring
  readonly members: Set<Connection>
  /** Settled when the bus hears the scope, or has tried for long enough. */
  readonly listening: Promise<void>
  /** The newest read of the state, made for one and good for all who come within a moment. */
  read: { promise: Promise<StateRead>; at: number; generation: number } | undefined
  filling: Promise<void> | undefined
  tail: Promise<void> | undefined
  readonly older: Map<number, Promise<{ events: readonly EncodedEvent[]; head: number } | undefined>>
  emptySince: number
}

interface Asked {
  readonly hosted: Hosted
  readonly ctx: Ctx
}

export interface HostingParts {
  readonly sql: Sql
  readonly reads: LogReads
  readonly bus: Bus
  readonly hub: RoomHub
  readonly counts: RealtimeCounts
  readonly log: Logger
  readonly readTogether: <T>(base: Ctx, read: (ctx: Ctx) => Promise<T>) => Promise<T>
}

// The global timer, not node:timers/promises: the simulator puts its own clock in its place (faults/sim).
const pause = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms)
  })

/**
 * All scopes that somebody on this node listens to. `host` begins to follow one, its members are the sockets that hear it,
 * and one without any is let go of after a while.
 */
export class Hosting {
  readonly #hosted = new Map<ScopeAddress, Hosted>()
  #stopped = false

  readonly #readers = new Map<ScopeBinding, (asked: Asked) => Promise<StateRead | Refused>>()

  constructor(private readonly parts: HostingParts) {}

  get size(): number {
    return this.#hosted.size
  }

  find(scope: ScopeAddress): Hosted | undefined {
    return this.#hosted.get(scope)
  }

  /** Begins to follow a scope, or goes on with it. */
  host(scope: ScopeAddress, id: string, binding: ScopeBinding): Hosted {
    const known = this.#hosted.get(scope)
    if (known) {
      // Somebody is on the way in: not a scope to let go of just now.
      known.emptySince = performance.now()
      return known
    }
    const hosted: Hosted = {
      scope,
      id,
      binding,
      ring: new Ring(),
      members: new Set(),
      listening: this.parts.bus.listen(scope),
      read: undefined,
      filling: undefined,
      tail: undefined,
      older: new Map(),
      emptySince: performance.now(),
    }
    this.#hosted.set(scope, hosted)
    return hosted
  }

  /** Events of a scope as published, here or elsewhere: in any order, perhaps twice, perhaps with holes. */
  take(scope: ScopeAddress, events: readonly EncodedEvent[]): void {
    const hosted = this.#hosted.get(scope)
    if (!hosted) return
    this.#deliver(hosted, hosted.ring.accept(events))
    if (hosted.ring.gap) void this.fill(hosted, hostingLimits.patienceMs)
  }

  takeFleeting(scope: ScopeAddress, frame: string): void {
    const hosted = this.#hosted.get(scope)
    if (hosted) this.parts.hub.sendFleeting(scope, frame, hosted.members.size)
  }

  /** The head read together with a state, when nothing was known before. */
  begin(hosted: Hosted, head: number): void {
    this.#deliver(hosted, hosted.ring.start(head))
  }

  /** Fetches what is missing after the last number applied, once for everybody. */
  fill(hosted: Hosted, patienceMs = 0): Promise<void> {
    hosted.filling ??= this.#fill(hosted, patienceMs)
      .catch(error => this.parts.log.warn({ err: error, scope: hosted.scope }, 'could not fill a gap'))
      .finally(() => {
        hosted.filling = undefined
      })
    return hosted.filling
  }

  async #fill(hosted: Hosted, patienceMs: number): Promise<void> {
    if (patienceMs > 0) {
      await pause(patienceMs)
      if (!hosted.ring.gap) return
    }
    const { last } = hosted.ring
    if (last === undefined || this.#stopped) return
    this.parts.counts.queries++
    const missed = await this.parts.reads.since(this.parts.sql, hosted.scope, last, hostingLimits.gap)
    if (missed.head <= last) return
    if (missed.complete) {
      const fresh = hosted.ring.fill(missed.events)
      if (fresh.length > 0) this.parts.counts.gapFilled(hosted.scope)
      this.#deliver(hosted, fresh)
    } else {
      hosted.ring.jump(missed.head)
      this.parts.counts.gapFilled(hosted.scope)
      this.#resumeAll(hosted)
    }
    this.#deliver(hosted, hosted.ring.accept([]))
  }

  #deliver(hosted: Hosted, fresh: readonly EncodedEvent[]): void {
    if (fresh.length === 0) return
    if (fresh.some(event => event.forget)) hosted.read = undefined
    // What was blanked before it got here can't be told as an event: everybody asks, and gets the state.
    if (fresh.some(event => event.blank)) this.#resumeAll(hosted)
    else this.parts.hub.send(hosted.scope, fresh, hosted.members.size)
  }

  #resumeAll(hosted: Hosted): void {
    hosted.read = undefined
    this.parts.hub.sendFleeting(
      hosted.scope,
      platformFrame(hosted.scope, platformKinds.resume, {}),
      hosted.members.size,
    )
  }

  /** Brings the kept tail into the ring, once for everybody who asks meanwhile. */
  loadTail(hosted: Hosted): Promise<void> {
    hosted.tail ??= this.#loadTail(hosted).finally(() => {
      hosted.tail = undefined
    })
    return hosted.tail
  }

  async #loadTail(hosted: Hosted): Promise<void> {
    const { generation } = hosted.ring
    this.parts.counts.queries++
    const { events, head } = await this.parts.reads.tail(this.parts.sql, hosted.scope, ringLimits.events)
    this.begin(hosted, head)
    hosted.ring.prepend(
      events.filter(event => event.seq <= head),
      generation,
    )
  }

  /** What is too old for the ring, shared by those who ask for the same; undefined when it is not kept. */
  older(hosted: Hosted, since: number): Promise<{ events: readonly EncodedEvent[]; head: number } | undefined> {
    const running = hosted.older.get(since)
    if (running) return running
    this.parts.counts.queries++
    const asked = this.parts.reads
      .since(this.parts.sql, hosted.scope, since, hostingLimits.since)
      .then(missed => (missed.complete && !missed.events.some(event => event.blank) ? missed : undefined))
      .finally(() => hosted.older.delete(since))
    hosted.older.set(since, asked)
    return asked
  }

  /** State and head in one REPEATABLE READ transaction; a read of the last moment is shared. */
  readState(hosted: Hosted, ctx: Ctx, freshMs: number): Promise<StateRead> {
    const known = hosted.read
    if (known && known.generation === hosted.ring.generation && performance.now() - known.at <= freshMs) {
      this.parts.counts.snapshotsShared++
      return known.promise
    }
    const promise = this.#readerOf(hosted.binding)({ hosted, ctx }).then(read => {
      if ('refused' in read) throw read.refused
      return read
    })
    const read = { promise, at: performance.now(), generation: hosted.ring.generation }
    hosted.read = read
    promise.catch(() => {
      if (hosted.read === read) hosted.read = undefined
    })
    return promise
  }

  /** States of one kind are read in one transaction when many are asked for at once. */
  #readerOf(binding: ScopeBinding): (asked: Asked) => Promise<StateRead | Refused> {
    const known = this.#readers.get(binding)
    if (known) return known
    const reader = inGroups(
      (asked: readonly Asked[]) => this.#readStates(binding, asked),
      { most: hostingLimits.states, width: 4 },
      (error, asked) =>
        this.parts.log.error(
          { err: error, scope: binding.spec.name, states: asked.length },
          'states failed together and are read one by one',
        ),
    )
    this.#readers.set(binding, reader)
    return reader
  }

  async #readStates(binding: ScopeBinding, asked: readonly Asked[]): Promise<(StateRead | Refused)[]> {
    const [first] = asked
    if (!first) return []
    this.parts.counts.queries++
    return this.parts.readTogether(first.ctx, async inside => {
      const heads = await this.parts.reads.heads(
        inside.sql,
        asked.map(({ hosted }) => hosted.scope),
      )
      const headOf = ({ scope }: Hosted) => heads.get(scope) ?? 0
      if (binding.snapshots) {
        const states = await binding.snapshots(
          inside,
          asked.map(({ hosted }) => hosted.id),
        )
        return asked.map(({ hosted }, index) => ({ head: headOf(hosted), state: states[index] }))
      }
      const read: (StateRead | Refused)[] = []
      for (const { hosted, ctx } of asked) {
        // A refusal stays with its scope; a fault undoes the whole, and each is read by itself.
        try {
          const state = await binding.snapshot({ ...ctx, sql: inside.sql }, hosted.id)
          read.push({ head: headOf(hosted), state })
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          read.push({ refused: error })
        }
      }
      return read
    })
  }

  /** One query for the heads of everything hosted; fills what is behind. */
  async checkHeads(): Promise<void> {
    const followed = [...this.#hosted.values()].filter(hosted => hosted.ring.last !== undefined)
    if (followed.length === 0) return
    this.parts.counts.queries++
    const heads = await this.parts.reads.heads(
      this.parts.sql,
      followed.map(hosted => hosted.scope),
    )
    for (const hosted of followed) {
      if ((heads.get(hosted.scope) ?? 0) > (hosted.ring.last ?? 0)) await this.fill(hosted)
    }
  }

  /** Lets go of scopes nobody has heard for a while. */
  sweep(now = performance.now()): void {
    for (const hosted of this.#hosted.values()) {
      if (hosted.members.size > 0 || now - hosted.emptySince < hostingLimits.lingerMs) continue
      this.#hosted.delete(hosted.scope)
      this.parts.bus.unlisten(hosted.scope)
      this.parts.hub.drop(hosted.scope)
    }
    // A state is kept for those who come in the same moment, not in memory for the day.
    for (const hosted of this.#hosted.values()) if (hosted.read && now - hosted.read.at > 2_000) hosted.read = undefined
  }

  stop(): void {
    this.#stopped = true
    this.#hosted.clear()
  }
}
