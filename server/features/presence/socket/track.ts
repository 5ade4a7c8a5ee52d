// Presence of one node: rooms, their beat, and what is told to whom. Features hang it on a scope with trackPresence.
// It sends nothing itself: at most once a second, and only when something changed, it tells the feature to.
import { randomUUID } from 'node:crypto'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ScopeSpec } from '#protocol/base/scope.ts'
import type { Ctx, WriteCtx } from '#server/platform/ctx.ts'
import type { NodeServices, ScopeBinding } from '#server/platform/feature.ts'
import { keepIntervals } from '../actions.ts'
import { type Mark, mergeSlices } from '../rules.ts'
import { Room } from './room.ts'
import { redisShare, type Share } from './share.ts'

/** Milliseconds: between two looks at the rooms, two signs of life of a slice, two count frames of a room. */
export const presenceRhythm = { beat: 500, alive: 2_000, frame: 1_000 } as const

const node = randomUUID()
const rooms = new Map<string, Room>()
const speakers = new Map<string, (ctx: Ctx, id: string, marks: ReadonlyMap<AccountId, Mark>) => Promise<void>>()
const nodes: NodeServices[] = []
let share: Share | undefined

const keyOf = (scope: string, id: string) => `${scope}:${id}`

const noChange = { set: [], gone: [] }

/** How long a newcomer waits for the other nodes' slices, in milliseconds: with Redis away the room is what is here. */
const openPatienceMs = 500

async function readRoom(room: Room, key: string): Promise<void> {
  if (!share) return
  await share.open(key)
  for (const [other, slice] of await share.readAll(key)) room.take(other, slice)
}

async function openRoom(room: Room, key: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>(resolve => {
    timer = setTimeout(resolve, openPatienceMs)
  })
  // Without the share the room begins with who is here on this node; the others come with their next slice.
  await Promise.race([readRoom(room, key).catch(() => undefined), patience])
  clearTimeout(timer)
}

function roomFor(scope: string, id: string): Room {
  const key = keyOf(scope, id)
  let room = rooms.get(key)
  if (!room) {
    room = new Room(scope, id)
    rooms.set(key, room)
    room.opened = openRoom(room, key)
  }
  return room
}

function heard(key: string, told: Parameters<Room['hear']>[0]): void {
  const room = rooms.get(key)
  if (!room?.hear(told) || !share) return
  share.read(key, told.node).then(
    slice => room.take(told.node, slice),
    // It is behind still, and is read again with that node's next sign of life.
    () => undefined,
  )
}

function shareRoom(key: string, room: Room): void {
  const change = room.takeChange()
  const now = performance.now()
  if (!share) return
  const changed = change.set.length + change.gone.length > 0 || room.whole
  if (!changed && now - room.toldAt < presenceRhythm.alive) return
  if (changed) room.version++
  share.publish(key, room.version, changed ? change : noChange, room.whole ? room.marks : undefined)
  room.whole = false
  room.toldAt = now
}

async function speakFor(room: Room, services: NodeServices): Promise<void> {
  const now = performance.now()
  if (!room.news || now - room.spokeAt < presenceRhythm.frame) return
  room.news = false
  if (!room.speaks(node)) return
  room.spokeAt = now
  await speakers.get(room.scope)?.(services.systemCtx(), room.id, room.merged())
}

async function beat(services: NodeServices): Promise<void> {
  for (const [key, room] of rooms) {
    room.sweep()
    shareRoom(key, room)
    await speakFor(room, services).catch(error => services.log.warn({ err: error }, 'presence'))
    if (room.empty && rooms.delete(key)) share?.close(key)
  }
}

/** Writes the intervals of everybody connected to this node. */
export async function writeIntervals(ctx: WriteCtx): Promise<void> {
  const parts = [...rooms.values()].map(room => room.intervals(ctx.now))
  await keepIntervals(
    ctx,
    parts.flatMap(part => part.all),
  )
  ctx.afterCommit(() => {
    for (const part of parts) part.forget()
  })
}

const openShare = (services: NodeServices, url: string): Share =>
  redisShare({
    url,
    prefix: services.redisPrefix,
    node,
    log: services.log,
    told: heard,
    back: () => {
      for (const [key, room] of rooms) {
        room.whole = true
        room.opened = openRoom(room, key)
      }
    },
  })

/** Begins the beat of this process; for the feature's `start`. */
export async function startPresence(services: NodeServices): Promise<() => Promise<void>> {
  nodes.push(services)
  // Several nodes in one process (tests) have one share; it ends with the node that opened it.
  const mine = !share && services.redisUrl ? openShare(services, services.redisUrl) : undefined
  share ??= mine
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    // Several nodes in one process (tests) share its rooms: one of them beats.
    if (nodes[0] !== services) return
    running ??= beat(services).finally(() => {
      running = undefined
    })
  }, presenceRhythm.beat)
  return async () => {
    clearInterval(timer)
    await running
    await services.transact(writeIntervals).catch(error => services.log.warn({ err: error }, 'presence'))
    nodes.splice(nodes.indexOf(services), 1)
    if (mine) {
      for (const key of rooms.keys()) mine.close(key)
      share = undefined
      await mine.stop()
    }
    if (nodes.length === 0) rooms.clear()
  }
}

export interface PresenceTracker {
  /** For bindScope of the tracked scope. */
  readonly hooks: Required<Pick<ScopeBinding, 'entered' | 'left'>>
  /** Who is in the room, on all nodes; whoever is absent from it has left or never came. */
  states(id: string): Promise<ReadonlyMap<AccountId, Mark>>
  /** Who is in the room by this node's own connections. */
  here(id: string): ReadonlyMap<AccountId, Mark>
  /** True on one of the nodes whose people are in the room: the one that tells everybody what is counted. */
  speaks(id: string): boolean
  /** True while people of the room are on this node only, as far as it knows. */
  alone(id: string): boolean
  /** The rooms with people on this node. */
  rooms(): string[]
}

/**
 * Tracks who is in a scope. `changed` is called on one node, at most once a second a room and only after a change,
 * with everybody in the room: it may send one fleeting frame.
 */
export function trackPresence(
  spec: Pick<ScopeSpec, 'name'>,
  changed: (ctx: Ctx, id: string, marks: ReadonlyMap<AccountId, Mark>) => Promise<void>,
): PresenceTracker {
  const scope = spec.name
  if (speakers.has(scope)) throw new Error(`The presence of ${scope} is tracked twice`)
  speakers.set(scope, changed)
  return {
    hooks: {
      entered: (ctx, id, socketId) => {
        if (ctx.who.kind === 'account') roomFor(scope, id).enter(ctx.who.accountId, socketId, ctx.now)
      },
      left: (ctx, id, socketId) => {
        if (ctx.who.kind !== 'account') return
        // The hook's context is that of the arrival; the time is now.
        const now = nodes[0]?.now() ?? new Date()
        rooms.get(keyOf(scope, id))?.leave(ctx.who.accountId, socketId, now)
      },
    },
    async states(id) {
      const room = rooms.get(keyOf(scope, id))
      if (room) {
        await room.opened
        return room.merged()
      }
      // Redis is down: nobody is claimed to be there.
      const slices = await share?.readAll(keyOf(scope, id)).catch(() => undefined)
      return mergeSlices([...(slices?.values() ?? [])].map(slice => slice.marks))
    },
    here: id => rooms.get(keyOf(scope, id))?.marks ?? new Map(),
    speaks: id => rooms.get(keyOf(scope, id))?.speaks(node) ?? false,
    alone: id => rooms.get(keyOf(scope, id))?.alone ?? true,
    rooms: () => [...rooms.values()].filter(room => room.scope === scope).map(room => room.id),
  }
}
