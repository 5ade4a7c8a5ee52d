// One node: the whole real-time platform of the product, with a log, a bus and a network that are simulated. It may die at
// any moment; what it had committed and not yet told is then told by nobody.

import { createServer } from 'node:http'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { realtimeCalls, type Subscription } from '#protocol/base/realtime.ts'
import type { ScopeAddress } from '#protocol/base/scope.ts'
import { protocolVersion } from '#protocol/base/wire.ts'
import type { Ctx, Who } from '#server/platform/ctx.ts'
import { bindScope } from '#server/platform/feature.ts'
import type { Bus } from '#server/platform/realtime/bus.ts'
import { Connection } from '#server/platform/realtime/connection.ts'
import { createRealtime, type Realtime, type RealtimeParts } from '#server/platform/realtime/realtime.ts'
import type { Sockets, SocketsParts } from '#server/platform/realtime/sockets.ts'
import { noBlobs } from '#server/platform/storage/blobs.ts'
import { boardAddress, boardScopeOf, epoch } from './board.ts'
import type { Line } from './line.ts'
import type { Store } from './store.ts'
import type { VirtualTime } from './time.ts'

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
// Never listens: the sockets are simulated.
const httpServer = createServer()

/** Rooms of one node, as Socket.IO keeps them. */
export class Rooms {
  readonly #rooms = new Map<string, Set<Line>>()

  join(room: string, line: Line): void {
    const members = this.#rooms.get(room) ?? new Set()
    this.#rooms.set(room, members.add(line))
  }

  leave(room: string, line: Line): void {
    this.#rooms.get(room)?.delete(line)
  }

  forget(line: Line): void {
    for (const members of this.#rooms.values()) members.delete(line)
  }

  emit(room: string, event: string, body: unknown): void {
    for (const line of this.#rooms.get(room) ?? []) line.emit(event, body)
  }
}

export interface NodeParts {
  readonly time: VirtualTime
  readonly store: Store
  readonly bus: Bus
  readonly rhythm: NonNullable<RealtimeParts['rhythm']>
}

export interface SimNode {
  readonly rooms: Rooms
  readonly realtime: Realtime
  alive: boolean
  /** A person comes in. */
  accept(line: Line, account: string): Promise<void>
  /** A person asks for the board from a number on. */
  subscribe(line: Line, since: number | undefined): Promise<Subscription>
  unsubscribe(line: Line): Promise<void>
  kill(): void
}

export async function startNode({ time, store, bus, rhythm }: NodeParts): Promise<SimNode> {
  const rooms = new Rooms()
  const connections = new Map<string, Connection>()
  const lines = new Map<string, Line>()
  const calling = new Map<string, Connection>()
  let call = 0
  let gone: SocketsParts['gone'] = () => undefined

  const makeCtx: RealtimeParts['makeCtx'] = parts => ({
    ...parts,
    now: new Date(epoch + time.now),
    log,
    sql: store.sql,
    blobs: noBlobs,
    players: new Map(),
    emit: () => undefined,
  })
  const ctxOf = ({ who, address, local }: Connection, requestId = `${call++}`): Ctx =>
    makeCtx({ who, requestId, address, local, session: null })
  const identify = async (account: string | undefined): Promise<Who> => {
    await store.statement(() => undefined)
    return {
      kind: 'account',
      accountId: (account ?? '') as AccountId,
      sessionId: '' as SessionId,
      siteRole: 'member',
      name: account ?? '',
    }
  }

  function sockets(parts: SocketsParts): Sockets {
    gone = parts.gone
    return {
      io: {
        local: { to: (room: string) => ({ emit: (event: string, body: unknown) => rooms.emit(room, event, body) }) },
      } as unknown as Sockets['io'],
      connections,
      ctxOf,
      connectionOf: ctx => calling.get(ctx.requestId),
      dismiss: connection => connection.socket.disconnect(true),
      drain: async () => undefined,
      stop: async () => undefined,
    }
  }

  const binding = bindScope(
    boardScopeOf(() => undefined),
    {
      idForm: /^\w+$/,
      admit: async ({ who }) => {
        const account = who.kind === 'account' ? who.accountId : ''
        const denied = await store.statement(() => store.deniedSince(account))
        if (denied !== undefined) throw new Problem('not-allowed')
      },
      entry: { noneKept: 'everybody was always there' },
      snapshot: async ctx => store.stateIn(ctx.sql),
    },
  )
  const realtime = await createRealtime({
    httpServer,
    config: { redisUrl: null, publicUrl: null, contentUrl: null, trustProxy: false, secretKey: 'simulated' },
    scopes: [binding],
    dispatch: () => Promise.reject(new Problem('unknown-call')),
    identify,
    makeCtx,
    sql: store.sql,
    readTogether: (base, read) => store.together(sql => read({ ...base, sql })),
    now: () => new Date(epoch + time.now),
    log,
    registry: new Registry(),
    build: 'simulated',
    bus,
    reads: store.reads,
    sockets,
    rhythm,
  })

  async function run<T>(line: Line, name: string, input: { scope: ScopeAddress; since?: number }): Promise<T> {
    const connection = connections.get(line.id)
    const bound = realtime.bindings.find(one => one.spec.name === name)
    if (!connection || !bound) throw new Error('The line was cut meanwhile')
    const ctx = ctxOf(connection)
    calling.set(ctx.requestId, connection)
    try {
      return await (bound.handler as (ctx: Ctx, input: unknown) => Promise<T>)(ctx, input)
    } finally {
      calling.delete(ctx.requestId)
    }
  }

  const node: SimNode = {
    rooms,
    realtime,
    alive: true,
    async accept(line, account) {
      const who = await identify(account)
      if (!node.alive || !line.socket.connected) return line.cut({ nodeAfter: 0 })
      const connection = new Connection(line.socket, who, '', false, account, protocolVersion)
      connections.set(line.id, connection)
      lines.set(line.id, line)
      line.onEnd(() => {
        connections.delete(line.id)
        lines.delete(line.id)
        gone(connection)
      })
      line.emit('hello', {})
    },
    async subscribe(line, since) {
      const answered = line.asked()
      const input = since === undefined ? { scope: boardAddress } : { scope: boardAddress, since }
      try {
        const answer = await run<Subscription>(line, realtimeCalls.subscribe.name, input)
        answered(answer)
        return answer
      } catch (error) {
        answered(undefined)
        throw error
      }
    },
    unsubscribe: line => run(line, realtimeCalls.unsubscribe.name, { scope: boardAddress }),
    kill() {
      node.alive = false
      void realtime.stop()
      for (const line of [...lines.values()]) line.cut({ nodeAfter: 0 })
    },
  }
  return node
}
