// The document server of one node, put together: the door at /collab, the open documents, the store, the bus and the
// watch over rights. What is relayed here is safe to lose; what is called saved is in PostgreSQL.
import type { Server } from 'node:http'
import type { PoolClient } from 'pg'
import type { Registry } from 'prom-client'
import { documentLimits } from '#protocol/base/documents.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Config } from '../config.ts'
import type { Ctx, Sql, Who } from '../ctx.ts'
import type { DocumentBinding } from '../feature.ts'
import type { Logger } from '../log/log.ts'
import type { DocumentBus } from './between.ts'
import type { CloseReason, DocumentConnection } from './connection.ts'
import { DocumentCounts } from './counts.ts'
import { type Entered, openDoor } from './door.ts'
import type { HostedDocument } from './hosted.ts'
import { Hosting } from './hosting.ts'
import { awarenessFrame } from './messages.ts'
import { DocumentRights } from './rights.ts'
import { createSpeaking } from './speaking.ts'
import { Store } from './store.ts'

/** Milliseconds between the looks of the document server. */
export const documentRhythm = {
  cursors: 75,
  /** Shorter than the 30 s after which the stock client drops a server that says nothing. */
  renewal: 20_000,
  heads: 2_500,
  headsWithoutBus: 500,
  sweep: 10_000,
  /** A document stays in memory so long after its last connection. */
  keep: 45_000,
  drain: 2_000,
} as const

/** Connections one account may have to one document on one node: tabs and devices. */
const mostOfAccount = 20

export interface DocumentsParts {
  readonly httpServer: Server
  readonly config: Pick<Config, 'publicUrl' | 'trustProxy'>
  readonly bindings: readonly DocumentBinding[]
  readonly identify: (cookie: string | undefined) => Promise<Who>
  readonly makeCtx: (who: Who, address: string, local: boolean) => Ctx
  readonly sql: Sql
  /** A prepared statement on one of the storm pool's connections, and a transaction on one. */
  readonly query: (name: string, text: string, values: readonly unknown[]) => Promise<{ rows: unknown[] }>
  readonly transaction: <T>(run: (client: PoolClient) => Promise<T>) => Promise<T>
  readonly bus: DocumentBus
  readonly log: Logger
  readonly registry: Registry
  readonly rhythm?: Partial<Record<keyof typeof documentRhythm, number>>
}

export interface Documents {
  /** Accounts, documents (`document:<id>`) or everybody (`site`) may do something else now. */
  rightsChanged(subjects: readonly string[]): void
  /** Takes nobody new, writes what is unsaved, and sends everybody elsewhere. */
  drain(): Promise<void>
  stop(): Promise<void>
  readonly counts: DocumentCounts
  connections(): number
  open(): number
}

/** Opens the document server on an HTTP server that need not listen yet. */
export function createDocuments(parts: DocumentsParts): Documents {
  const { log, bus, sql } = parts
  const every = { ...documentRhythm, ...parts.rhythm }
  const kinds = new Map(parts.bindings.map(binding => [binding.kind, binding]))
  if (kinds.size !== parts.bindings.length) throw new Error('Two features answer for one kind of document')
  let draining = false
  /** Connections whose messages are being handled: what they said has arrived, and is not in the store yet. */
  let handling = 0

  const connections = () => [...hosting.all()].reduce((sum, document) => sum + document.connections.size, 0)
  const counts: DocumentCounts = new DocumentCounts(parts.registry, {
    connections,
    documents: () => hosting.size,
    unsaved: () => store.unsaved,
  })
  const hosting: Hosting = new Hosting({ ...parts, counts, keepMs: every.keep })
  const store: Store = new Store({
    query: parts.query,
    log,
    counts,
    committed: (id, first, updates) => hosting.committed(id, first, updates),
  })

  async function kindOf(id: string): Promise<string> {
    const known = hosting.find(id)
    if (known?.loaded) return known.kind
    const [row] = await sql<{ kind: string }>('select kind from documents where id = $1', [id])
    if (!row) throw new Problem('not-found')
    return row.kind
  }
  async function rightsOf(ctx: Ctx, id: string): Promise<{ readonly mayWrite: boolean }> {
    const binding = kinds.get(await kindOf(id))
    if (!binding) throw new Problem('not-found')
    return binding.rights(ctx, id)
  }

  const rights = new DocumentRights({
    log,
    identify: connection => parts.identify(connection.parts.cookie),
    ctxOf: (who, connection) => parts.makeCtx(who, connection.parts.address, connection.parts.local),
    rightsOf: (ctx, document) => rightsOf(ctx, document.id),
  })

  // --- cursors ---
  const stirred = new Set<HostedDocument>()
  let cursorTimer: NodeJS.Timeout | undefined
  function stir(document: HostedDocument): void {
    stirred.add(document)
    cursorTimer ??= setTimeout(() => {
      cursorTimer = undefined
      const documents = [...stirred]
      stirred.clear()
      for (const one of documents) {
        const { all, own } = one.awareness.changes()
        if (all) {
          counts.awarenessFrames++
          one.outbox.push(awarenessFrame(all), undefined)
        }
        if (own) bus.sendAwareness(one.id, own)
      }
    }, every.cursors)
  }

  const speak = createSpeaking({
    sql,
    store,
    counts,
    log,
    makeRoom: document => hosting.makeRoom(document),
    stirred: stir,
    gone: document => hosting.gone(document),
    astray: document => hosting.startAnew(document),
  })

  // --- connections ---
  function enter(id: string, connection: DocumentConnection, changes: number): Entered | CloseReason {
    const document = hosting.open(id)
    if (document.astray) return 'move'
    const own = [...document.connections].filter(one => one.accountId === connection.accountId)
    if (document.connections.size >= documentLimits.connections || own.length >= mostOfAccount) return 'crowded'
    document.connections.add(connection)
    rights.listed(connection, document, changes)
    const waiting: Uint8Array[] = []
    let greeted = false
    let working = false

    async function work(): Promise<void> {
      working = true
      handling++
      try {
        if (!greeted) {
          await document.ready
          greeted = true
          connection.answer(Buffer.concat([connection.dueFrame() ?? Buffer.alloc(0), document.greeting()]))
        }
        for (let bytes = waiting.shift(); bytes; bytes = waiting.shift()) {
          const judged = rights.pending(connection)
          if (judged) await judged
          if (!connection.mayBeHeard) break
          const later = speak(document, connection, bytes)
          if (later) await later
        }
      } catch (error) {
        if (!(error instanceof Problem)) log.warn({ err: error, documentId: id }, 'a document could not be opened')
      } finally {
        working = false
        handling--
      }
      if (!connection.mayBeHeard) waiting.length = 0
    }
    void work()
    return {
      message: bytes => {
        waiting.push(bytes)
        if (!working) void work()
      },
      left: () => {
        document.connections.delete(connection)
        document.lastUsedAt = performance.now()
        document.awareness.leave(connection.id)
        stir(document)
      },
    }
  }

  openDoor({
    httpServer: parts.httpServer,
    config: parts.config,
    identify: parts.identify,
    admit: ({ documentId, who, address, local }) => rightsOf(parts.makeCtx(who, address, local), documentId),
    rightsChanges: () => rights.changes,
    enter,
    draining: () => draining,
    log,
  })

  bus.start({
    updates: (id, first, updates) => hosting.hear(id, first, updates),
    awareness: (id, node, states) => {
      const document = hosting.find(id)
      if (!document) return
      // What other nodes send has been seen to by them.
      document.awareness.take({ id: node, accountId: node, name: null }, states)
      stir(document)
    },
  })

  // --- looks ---
  function renew(): void {
    for (const document of hosting.all()) {
      if (document.connections.size === 0) continue
      counts.awarenessFrames++
      document.outbox.push(awarenessFrame(document.awareness.everything()), undefined)
      bus.sendAwareness(document.id, document.awareness.ownStates())
      for (const connection of document.connections) {
        if (!connection.alive) connection.ws.terminate()
        connection.alive = false
        connection.ws.ping()
      }
    }
  }
  const looks: NodeJS.Timeout[] = []
  let headsTimer: NodeJS.Timeout
  const lookAtHeads = async () => {
    try {
      await hosting.checkHeads()
    } catch (error) {
      log.warn({ err: error }, 'document heads')
    }
    if (!stopped) headsTimer = setTimeout(lookAtHeads, bus.healthy() ? every.heads : every.headsWithoutBus)
  }
  let stopped = false
  headsTimer = setTimeout(lookAtHeads, every.heads)
  looks.push(
    setInterval(renew, every.renewal),
    setInterval(() => hosting.sweep(), every.sweep),
  )

  return {
    counts,
    connections,
    open: () => hosting.size,
    rightsChanged: subjects => void rights.changed(subjects, hosting.all()),
    async drain() {
      draining = true
      await flushed(store, every.drain)
      for (const document of hosting.all()) {
        document.outbox.flush()
        for (const connection of document.connections) connection.close('move')
      }
      const patience = performance.now() + every.drain
      while ((connections() > 0 || handling > 0) && performance.now() < patience)
        await new Promise(resolve => setTimeout(resolve, 10))
      // What arrived while they went.
      await flushed(store, every.drain)
    },
    async stop() {
      stopped = true
      draining = true
      store.stop()
      clearTimeout(headsTimer)
      clearTimeout(cursorTimer)
      for (const look of looks) clearInterval(look)
      for (const document of hosting.all()) for (const connection of document.connections) connection.ws.terminate()
      bus.stop()
      hosting.stop()
    },
  }
}

async function flushed(store: Store, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>(resolve => {
    timer = setTimeout(resolve, withinMs)
  })
  await Promise.race([store.flush(), patience])
  clearTimeout(timer)
}
