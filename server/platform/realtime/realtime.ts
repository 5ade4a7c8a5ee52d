// The real-time platform of one node, put together: sockets, hosted scopes, the bus and the watch over rights. What was
// committed is published here; nothing published here is the truth.
import { createHash } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import type { Registry } from 'prom-client'
import { address, type FleetingOf, parseAddress, type ScopeAddress, type ScopeSpec } from '#protocol/base/scope.ts'
import { platformKinds, wireEvents } from '#protocol/base/wire.ts'
import { refusal } from '../call/refusal.ts'
import type { Config } from '../config.ts'
import type { Ctx, Sql, Who } from '../ctx.ts'
import type { EncodedEvent } from '../events/event.ts'
import { type LogReads, logReads } from '../events/log.ts'
import { type Binding, type ScopeBinding, toldFleeting } from '../feature.ts'
import type { Logger } from '../log/log.ts'
import { type Bus, silentBus } from './bus.ts'
import type { Connection } from './connection.ts'
import { RealtimeCounts } from './counts.ts'
import { Hosting } from './hosting.ts'
import { connectRedis, type RedisConnections, redisBus } from './redis-bus.ts'
import { Rights } from './rights.ts'
import { platformFrame, RoomHub, sweepLagging } from './room-hub.ts'
import { createSockets, type Sockets, type SocketsParts } from './sockets.ts'
import { createSubscribing } from './subscribing.ts'

/** Milliseconds between the looks of the platform. */
export const rhythm = {
  heads: 2_500,
  /** With the bus down the log is all there is. */
  headsWithoutBus: 500,
  rights: 1_000,
  lagging: 250,
  hosting: 5_000,
  /** Clients of a draining node come back within this time, each at a moment of its own. */
  drain: 5_000,
} as const

export interface RealtimeParts {
  readonly httpServer: HttpServer
  readonly config: Pick<Config, 'redisUrl' | 'publicUrl' | 'contentUrl' | 'trustProxy' | 'secretKey'>
  readonly scopes: readonly ScopeBinding[]
  /** `Dispatcher.dispatchCall`. `ctx` is what `makeCtx` made of the socket's `requestId`, which must be kept in it. */
  readonly dispatch: (name: string, input: unknown, ctx: Ctx, operationId?: string) => Promise<unknown>
  readonly identify: (cookieHeader: string | undefined, address: string) => Promise<Who>
  readonly makeCtx: (parts: Pick<Ctx, 'who' | 'seenAs' | 'requestId' | 'address' | 'local' | 'session'>) => Ctx
  /** Queries outside a transaction, and reads in one REPEATABLE READ transaction (db/sequelize, db/transact). */
  readonly sql: Sql
  readonly readTogether: <T>(base: Ctx, read: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** Database time at this node (db/clock). */
  readonly now: () => Date
  readonly log: Logger
  readonly registry: Registry
  /** Names this release to clients. */
  readonly build: string
  /** Told of every change of rights this node hears of. */
  readonly rightsHeard?: (subjects: readonly string[]) => void
  /** For tests that lose messages on purpose, and for a simulation, whose log and network are its own. */
  readonly bus?: Bus
  readonly reads?: LogReads
  readonly sockets?: (parts: SocketsParts) => Sockets
  readonly rhythm?: Partial<Record<keyof typeof rhythm, number>>
}

export interface Realtime {
  /** The calls subscribe, unsubscribe and time, for the dispatcher. */
  readonly bindings: readonly Binding[]
  /** After the commit: to everybody who hears, here and on the other nodes. Never throws, never waits. */
  publish(events: readonly EncodedEvent[]): void
  /** A fleeting value at once. Throws only when the value does not fit the scope's schema. */
  emit<P extends ScopeSpec>(scope: P, id: string, value: FleetingOf<P>): void
  /** After the commit that changed what accounts (or everybody: 'site') may do. */
  rightsChanged(subjects: readonly string[]): void
  /** Sends everybody elsewhere and answers when they are gone and what was in flight is done. */
  drain(): Promise<void>
  stop(): Promise<void>
  /** The node's connections to Redis; undefined on a node that is alone. */
  readonly redis: RedisConnections | undefined
  readonly counts: RealtimeCounts
  sockets(): number
  hostedScopes(): number
}

/** Nodes of one application share its key; two applications on one Redis do not. */
export const redisPrefix = (config: Pick<Config, 'secretKey'>): string =>
  `lectern:${createHash('sha256').update(config.secretKey).digest('hex').slice(0, 12)}:`

function groupByScope(events: readonly EncodedEvent[]): Map<ScopeAddress, EncodedEvent[]> {
  const groups = new Map<ScopeAddress, EncodedEvent[]>()
  for (const event of events) {
    const group = groups.get(event.scope)
    if (group) group.push(event)
    else groups.set(event.scope, [event])
  }
  return groups
}

/** Opens the platform on a server that need not listen yet. Throws OldRedisError for a Redis below 7. */
export async function createRealtime(parts: RealtimeParts): Promise<Realtime> {
  const { log, config, sql } = parts
  const every = { ...rhythm, ...parts.rhythm }
  const prefix = redisPrefix(config)
  const redis = config.redisUrl ? await connectRedis(config.redisUrl, log) : undefined
  const bus = parts.bus ?? (redis ? redisBus(redis, prefix, log) : silentBus())
  const scopes = new Map<string, ScopeBinding>()
  for (const binding of parts.scopes) {
    if (scopes.has(binding.spec.name)) throw new Error(`Two scopes are called ${binding.spec.name}`)
    if (Object.keys(platformKinds).some(kind => kind in binding.spec.fleeting)) {
      throw new Error(`${binding.spec.name}: ${Object.keys(platformKinds).join(' and ')} are the platform's own`)
    }
    scopes.set(binding.spec.name, binding)
  }

  const counts: RealtimeCounts = new RealtimeCounts(parts.registry, {
    sockets: () => sockets.connections.size,
    scopes: () => hosting.size,
  })
  const sockets = (parts.sockets ?? createSockets)({
    ...parts,
    redis,
    prefix,
    counts,
    rightsChanges: () => rights.changes,
    listed: (connection, changes) => void rights.listed(connection, changes),
    gone: connection => {
      for (const scope of [...connection.joined.keys()]) subscribing.leave(connection, scope)
    },
  })
  const hub = new RoomHub(sockets.io, counts)
  const hosting = new Hosting({
    sql,
    reads: parts.reads ?? logReads,
    bus,
    hub,
    counts,
    log,
    readTogether: parts.readTogether,
  })
  const subscribing = createSubscribing({
    scopes,
    hosting,
    counts,
    now: parts.now,
    connectionOf: sockets.connectionOf,
    ctxOf: connection => sockets.ctxOf(connection),
  })

  function close(connection: Connection, scope: ScopeAddress, reason: unknown): void {
    subscribing.leave(connection, scope)
    const { requestId } = sockets.ctxOf(connection)
    connection.socket.emit(
      wireEvents.feed,
      `[${platformFrame(scope, platformKinds.closed, refusal(reason, requestId, log))}]`,
    )
  }

  const rights: Rights = new Rights({
    sql,
    log,
    connections: sockets.connections,
    identify: connection => parts.identify(connection.cookie, connection.address),
    dismiss: sockets.dismiss,
    admit: async (connection, scope) => {
      const parsed = parseAddress(scope)
      const binding = parsed && scopes.get(parsed.name)
      if (parsed && binding) await binding.admit(sockets.ctxOf(connection), parsed.id)
    },
    close,
    tell: subjects => parts.rightsHeard?.(subjects),
  })
  const judge = (subjects: readonly string[]) =>
    void rights.changed(subjects).catch(error => log.warn({ err: error }, 'could not judge sockets anew'))

  bus.start({
    events: (scope, events) => hosting.take(scope, events),
    fleeting: (scope, frame) => hosting.takeFleeting(scope, frame),
    rights: judge,
  })

  const stops: (() => void)[] = []
  // One run at a time, the next a while after the last ended.
  function regularly(ms: () => number, run: () => void | Promise<void>, what: string): void {
    let timer: NodeJS.Timeout
    let stopped = false
    const turn = async () => {
      try {
        await run()
      } catch (error) {
        if (!stopped) log.warn({ err: error }, what)
      }
      if (!stopped) timer = setTimeout(turn, ms())
    }
    timer = setTimeout(turn, ms())
    stops.push(() => {
      stopped = true
      clearTimeout(timer)
    })
  }
  await rights.poll()
  regularly(
    () => (bus.healthy() ? every.heads : every.headsWithoutBus),
    () => hosting.checkHeads(),
    'heads',
  )
  regularly(
    () => every.rights,
    () => rights.poll(),
    'rights',
  )
  regularly(
    () => every.lagging,
    () => sweepLagging(sockets.connections.values(), counts),
    'slow clients',
  )
  regularly(
    () => every.hosting,
    () => hosting.sweep(),
    'hosted scopes',
  )

  return {
    bindings: subscribing.bindings,
    publish(events) {
      for (const [scope, group] of groupByScope(events)) {
        hosting.take(scope, group)
        bus.sendEvents(scope, group)
      }
    },
    emit(spec, id, value) {
      const scope = address(spec, id)
      const { kind, body } = toldFleeting(spec as unknown as ScopeSpec, value)
      const frame = JSON.stringify({ s: scope, k: kind, b: body })
      hosting.takeFleeting(scope, frame)
      bus.sendFleeting(scope, frame)
    },
    rightsChanged(subjects) {
      judge(subjects)
      bus.sendRights(subjects)
    },
    drain: () => sockets.drain(every.drain),
    async stop() {
      for (const stop of stops) stop()
      hub.stop()
      hosting.stop()
      await sockets.stop()
      await bus.stop()
      await redis?.close()
    },
    redis,
    counts,
    sockets: () => sockets.connections.size,
    hostedScopes: () => hosting.size,
  }
}
