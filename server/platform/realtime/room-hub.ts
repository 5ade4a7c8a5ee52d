// What one tick produces for a room leaves as one packet: one emit of one string, encoded once, written once a client.
// A slow client is taken out of live delivery instead of being queued for. The hub reads no log and knows no rights.
import type { Server } from 'socket.io'
import type { ScopeAddress } from '#protocol/base/scope.ts'
import { type PlatformKind, platformKinds, wireEvents } from '#protocol/base/wire.ts'
import type { EncodedEvent } from '../events/event.ts'
import type { Connection } from './connection.ts'
import type { RealtimeCounts } from './counts.ts'

export const hubLimits = {
  /** From this many members on a room is gathered for a few milliseconds when it is busy. */
  largeRoom: 50,
  gatherMs: { least: 5, most: 20 },
  /** Fleeting frames of one room kept for one packet; older ones give way. */
  fleeting: 64,
  /** Characters waiting for one client above which it lags. */
  backlog: 1024 * 1024,
} as const

/** A fleeting frame of the platform. */
export const platformFrame = (scope: ScopeAddress, kind: PlatformKind, body: unknown): string =>
  JSON.stringify({ s: scope, k: kind, b: body })

interface Outgoing {
  frames: string[]
  fleeting: string[]
  sentAt: number
  scheduled: boolean
  members: number
}

/** How long a busy room with so many members is gathered before it is sent, in milliseconds; 0 is at once. */
export const gatherFor = (members: number): number =>
  members < hubLimits.largeRoom
    ? 0
    : Math.min(hubLimits.gatherMs.most, hubLimits.gatherMs.least + Math.floor(members / 100))

/** The way out of one node, for all rooms on it: durable frames in the order given, fleeting ones after them. */
export class RoomHub {
  readonly #rooms = new Map<ScopeAddress, Outgoing>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(
    private readonly io: Server,
    private readonly counts: RealtimeCounts,
  ) {}

  /** Durable frames in order. `members` is how many of this node hear them. */
  send(scope: ScopeAddress, events: readonly EncodedEvent[], members: number): void {
    if (members === 0) return
    const room = this.#room(scope, members)
    for (const event of events) room.frames.push(event.text)
    this.#schedule(scope, room)
  }

  /** One fleeting frame: sent after the durable ones of the same tick, and lost when the room is flooded. */
  sendFleeting(scope: ScopeAddress, frame: string, members: number): void {
    if (members === 0) return
    const room = this.#room(scope, members)
    if (room.fleeting.length >= hubLimits.fleeting) room.fleeting.shift()
    room.fleeting.push(frame)
    this.#schedule(scope, room)
  }

  /** The room is gone from this node. */
  drop(scope: ScopeAddress): void {
    this.#rooms.delete(scope)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#rooms.clear()
  }

  #room(scope: ScopeAddress, members: number): Outgoing {
    let room = this.#rooms.get(scope)
    if (!room) {
      room = { frames: [], fleeting: [], sentAt: 0, scheduled: false, members }
      this.#rooms.set(scope, room)
    }
    room.members = members
    return room
  }

  #schedule(scope: ScopeAddress, room: Outgoing): void {
    if (room.scheduled) return
    room.scheduled = true
    const wait = room.sentAt + gatherFor(room.members) - performance.now()
    if (wait <= 0) {
      // At once, yet after everything of this tick.
      setImmediate(() => this.#flush(scope, room))
      return
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#flush(scope, room)
    }, wait)
    this.#timers.add(timer)
  }

  #flush(scope: ScopeAddress, room: Outgoing): void {
    room.scheduled = false
    const { frames, fleeting } = room
    const many = frames.length + fleeting.length
    if (many === 0) return
    room.frames = []
    room.fleeting = []
    room.sentAt = performance.now()
    this.io.local.to(scope).emit(wireEvents.feed, `[${[...frames, ...fleeting].join(',')}]`)
    this.counts.packet(scope, many, room.members)
  }
}

/** Looks for slow clients and for those that have caught up; run a few times a second over all sockets. */
export function sweepLagging(connections: Iterable<Connection>, counts: RealtimeCounts): void {
  for (const connection of connections) {
    if (!connection.lagging) {
      if (connection.backlog() <= hubLimits.backlog) continue
      connection.lagging = true
      counts.lagged++
      for (const scope of connection.joined.keys()) void connection.socket.leave(scope)
    } else if (connection.drained) {
      connection.lagging = false
      const frames = [...connection.joined.keys()].map(scope => platformFrame(scope, platformKinds.resume, {}))
      if (frames.length > 0) connection.socket.emit(wireEvents.feed, `[${frames.join(',')}]`)
    }
  }
}
