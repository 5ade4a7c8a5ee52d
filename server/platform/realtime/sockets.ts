// The socket door: handshakes, the one inbound event `call`, and who is connected. Hostile input is ordinary here: it
// is refused or ignored, counted, and never reaches anybody else.
import { randomUUID } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import { Server, type Socket } from 'socket.io'
import * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'
import type { CallAnswer, HelloFrame } from '#protocol/base/wire.ts'
import { callFrame, handshake, oldestProtocol, protocolVersion, wireEvents } from '#protocol/base/wire.ts'
import { refusal } from '../call/refusal.ts'
import type { Config } from '../config.ts'
import type { Ctx, Who } from '../ctx.ts'
import { isForContent } from '../http/addresses.ts'
import { callerOf } from '../http/caller.ts'
import { isSameOrigin } from '../http/origin.ts'
import type { Logger } from '../log/log.ts'
import { Connection, callLimits } from './connection.ts'
import type { RealtimeCounts } from './counts.ts'
import type { RedisConnections } from './redis-bus.ts'

/** Largest inbound packet in bytes; the HTTP door takes as much. */
const largestPacket = 256 * 1024
/** Calls of all sockets of this node that are being worked on; beyond it people are told to come back. */
const mostInFlight = 20_000

export interface SocketsParts {
  readonly httpServer: HttpServer
  readonly config: Pick<Config, 'publicUrl' | 'contentUrl' | 'trustProxy'>
  readonly redis: RedisConnections | undefined
  readonly prefix: string
  readonly build: string
  readonly now: () => Date
  readonly log: Logger
  readonly counts: RealtimeCounts
  readonly identify: (cookieHeader: string | undefined, address: string) => Promise<Who>
  readonly dispatch: (name: string, input: unknown, ctx: Ctx, operationId?: string) => Promise<unknown>
  readonly makeCtx: (parts: Pick<Ctx, 'who' | 'seenAs' | 'requestId' | 'address' | 'local' | 'session'>) => Ctx
  /** How many changes of rights this node has heard of, asked before a socket is identified. */
  readonly rightsChanges: () => number
  /** A socket is among `connections` now, identified after `rightsChanges` said `changes`. */
  readonly listed: (connection: Connection, changes: number) => void
  readonly gone: (connection: Connection) => void
}

export interface Sockets {
  readonly io: Server
  readonly connections: ReadonlyMap<string, Connection>
  ctxOf(connection: Connection): Ctx
  /** The socket whose call this context was made for. */
  connectionOf(ctx: Ctx): Connection | undefined
  dismiss(connection: Connection): void
  drain(withinMs: number): Promise<void>
  stop(): Promise<void>
}

/** Opens the socket door on a server: handshakes, calls with their limits, and the way out when the node drains. */
export function createSockets(parts: SocketsParts): Sockets {
  const { counts, log } = parts
  const connections = new Map<string, Connection>()
  const calling = new Map<string, Connection>()
  let draining = false

  const io = new Server(parts.httpServer, {
    serveClient: false,
    transports: ['websocket', 'polling'],
    // /collab shares the server: engine.io must leave foreign upgrades alone.
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: largestPacket,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    allowRequest: (request, answer) => {
      if (draining) return answer('draining', false)
      const { origin, host } = request.headers
      // What runs on the content origin has no way in here, not even as nobody.
      answer(null, !isForContent(parts.config, request) && isSameOrigin(parts.config, origin, host))
    },
    // Every emit of ours stays on its node, the bus goes between them: the adapter carries only what Socket.IO itself
    // has to say, and so it needs no channel a room.
    ...(parts.redis && {
      adapter: createShardedAdapter(parts.redis.publisher, parts.redis.adapterSubscriber, {
        channelPrefix: `${parts.prefix}io`,
        subscriptionMode: 'static',
      }),
    }),
  })
  const refused = (error: unknown) => Object.assign(new Error('refused'), { data: refusal(error, randomUUID(), log) })
  io.use((socket, next) => {
    const said = z.safeParse(handshake, socket.handshake.auth)
    if (!said.success) return next(refused(new Problem('malformed')))
    const cookie = socket.request.headers.cookie
    const { address, local } = callerOf(socket.request, parts.config)
    const changes = parts.rightsChanges()
    parts.identify(cookie, address).then(
      who => {
        socket.data.changes = changes
        const { protocol, preview } = said.data
        const seenAs = preview === undefined ? undefined : String(preview)
        socket.data.connection = new Connection(socket, who, address, local, cookie, protocol, seenAs)
        next()
      },
      (error: unknown) => next(refused(error)),
    )
  })

  function ctxOf(connection: Connection, requestId: string = randomUUID()): Ctx {
    const { who, seenAs, address, local } = connection
    return parts.makeCtx({ who, seenAs, requestId, address, local, session: null })
  }

  function hello(connection: Connection): void {
    const { who } = connection
    const frame: HelloFrame = {
      protocol: protocolVersion,
      build: parts.build,
      now: parts.now().toISOString(),
      accountId: who.kind === 'account' ? who.accountId : null,
    }
    connection.socket.emit(wireEvents.hello, frame)
  }

  function strange(connection: Connection): void {
    counts.strange++
    connection.strange++
    if (connection.strange > callLimits.strange) connection.socket.disconnect(true)
  }

  function refuse(connection: Connection, ack: (answer: CallAnswer) => void, problem: Problem): void {
    counts.refused++
    ack({ ok: false, problem: refusal(problem, randomUUID(), log) })
    connection.refused++
    if (connection.refused > callLimits.refused) connection.socket.disconnect(true)
  }

  async function take(connection: Connection, raw: unknown, ack: (answer: CallAnswer) => void): Promise<void> {
    if (!connection.mayCall()) {
      return refuse(connection, ack, new Problem('slow-down', { params: { retryAfter: 2 } }))
    }
    const frame = z.safeParse(callFrame, raw)
    if (!frame.success) return refuse(connection, ack, new Problem('malformed'))
    if (connection.inFlight >= callLimits.inFlight) {
      return refuse(connection, ack, new Problem('slow-down', { params: { retryAfter: 1 } }))
    }
    if (calling.size >= mostInFlight) {
      return refuse(connection, ack, new Problem('busy', { params: { retryAfter: 1 } }))
    }
    const { name, input, op, protocol = connection.protocol } = frame.data
    if (protocol < oldestProtocol) return refuse(connection, ack, new Problem('upgrade-needed'))
    const requestId = randomUUID()
    // Made before anything is awaited: its time is the arrival.
    const ctx = { ...ctxOf(connection, requestId), travelMs: connection.travel.ms }
    connection.inFlight++
    calling.set(requestId, connection)
    try {
      const value = await parts.dispatch(name, input, ctx, op)
      connection.refused = 0
      ack({ ok: true, value })
    } catch (error) {
      ack({ ok: false, problem: refusal(error, requestId, log) })
    } finally {
      connection.inFlight--
      calling.delete(requestId)
    }
  }

  io.on('connection', (socket: Socket) => {
    const connection = socket.data.connection as Connection
    connections.set(connection.id, connection)
    // The handshake request is large and not needed again.
    Reflect.set(socket.conn, 'request', null)
    socket.conn.on('packetCreate', ({ type }: { type: string }) => {
      if (type === 'ping') connection.travel.sent(performance.now())
    })
    socket.conn.on('packet', ({ type }: { type: string }) => {
      if (type === 'pong') connection.travel.came(performance.now())
    })
    socket.on('disconnect', () => {
      connections.delete(connection.id)
      parts.gone(connection)
    })
    socket.onAny((event: string, raw: unknown, ack: unknown) => {
      if (event !== wireEvents.call || typeof ack !== 'function') return strange(connection)
      void take(connection, raw, ack as (answer: CallAnswer) => void)
    })
    hello(connection)
    parts.listed(connection, socket.data.changes as number)
  })

  function dismiss(connection: Connection): void {
    // The client sees that it is nobody now, and why the socket closes.
    connection.who = { kind: 'nobody' }
    hello(connection)
    connection.socket.disconnect(true)
  }

  const empty = async (deadline: number) => {
    while ((connections.size > 0 || calling.size > 0) && performance.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }

  return {
    io,
    connections,
    ctxOf,
    connectionOf: ctx => calling.get(ctx.requestId),
    dismiss,
    async drain(withinMs) {
      draining = true
      io.local.emit(wireEvents.move, { within: withinMs })
      await empty(performance.now() + withinMs + 1_000)
      io.local.disconnectSockets(true)
      await empty(performance.now() + 2_000)
    },
    async stop() {
      draining = true
      io.local.disconnectSockets(true)
      // Not io.close(): it would close the HTTP server, which is not ours.
      await Promise.resolve(io.of('/').adapter.close()).catch(() => undefined)
      io.engine.close()
    },
  }
}
