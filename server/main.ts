// The composition root: puts configuration, database, dispatcher, HTTP, sockets and jobs together into one node, and
// takes them apart again in order. Nothing else in the server knows all of them.

import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { socketPath } from '#protocol/base/addresses.ts'
import type { CallSpec, InputBefore, Named, Output } from '#protocol/base/call.ts'
import { identify, identifyToken, registerAccountHooks } from './features/accounts/index.ts'
import { openWhileOwing } from './features/consent/index.ts'
import { previewOf, scopePreviewed } from './features/preview/index.ts'
import { features } from './features.ts'
import { createDispatcher, type Dispatcher } from './platform/call/dispatcher.ts'
import type { Config } from './platform/config.ts'
import type { Ctx, Emit, Who, WriteCtx } from './platform/ctx.ts'
import { checkCapacity } from './platform/db/capacity.ts'
import { startClock } from './platform/db/clock.ts'
import { newId } from './platform/db/id.ts'
import { closeDatabase, connectDatabase, plain, sql } from './platform/db/sequelize.ts'
import { keyOperations, type Outside, readTogether, transact, transactPlain } from './platform/db/transact.ts'
import { redisDocumentBus, silentDocumentBus } from './platform/docs/between.ts'
import { createDocuments, type Documents } from './platform/docs/documents.ts'
import { takesUpgrade } from './platform/docs/door.ts'
import { createListeners, type Listeners } from './platform/events/listeners.ts'
import { retentionTickers } from './platform/events/retention.ts'
import type { NodeServices } from './platform/feature.ts'
import { fixOrigin, isForContent } from './platform/http/addresses.ts'
import { createContent } from './platform/http/content.ts'
import { readSessionCookie, transportOf } from './platform/http/cookies.ts'
import { connectGuard } from './platform/http/post-outside.ts'
import { createHttp } from './platform/http/server.ts'
import { answerTheRest } from './platform/http/unanswered.ts'
import { type Jobs, startJobs } from './platform/jobs/jobs.ts'
import { readHealth } from './platform/log/health.ts'
import { createLog } from './platform/log/log.ts'
import { createMetrics } from './platform/log/metrics.ts'
import { connectMail } from './platform/mail/mailer.ts'
import { createRealtime, type Realtime, redisPrefix } from './platform/realtime/realtime.ts'
import { keySeals } from './platform/seal.ts'
import { diskBlobs } from './platform/storage/blobs.ts'

/** A running node. `stop` drains: it stops accepting, moves its clients, finishes what is in flight. */
export interface RunningNode {
  readonly url: string
  readonly port: number
  /** The port of the content origin; null where it is reached under CONTENT_URL, or nowhere. */
  readonly contentPort: number | null
  /** Acts inside this node: for seeds and commands. Every rule holds as it does at a door; `at`: as if it were then. */
  as(who: Who, at?: Date): Insider
  stop(): Promise<void>
}

/** Somebody acting inside the node. */
export interface Insider {
  /** Makes a call or asks a route, as a browser would. */
  call<S extends Named<CallSpec>>(spec: S, input: InputBefore<S>): Promise<Output<S>>
  /** Runs an action in a transaction of its own. */
  act<T>(action: (ctx: WriteCtx) => Promise<T>): Promise<T>
}

const clientFolder = fileURLToPath(new URL('../dist/client', import.meta.url))
const playersFolder = fileURLToPath(new URL('../dist/players', import.meta.url))

/** How long a request that was being answered when the node drains may take. */
const answeredWithinMs = 5_000
/**
 * How long a connection that asks nothing stays open: longer than the 60 s of docker/haproxy.cfg and of most balancers, so that
 * none of them sends a request into one that is being closed here and loses it. Node.js alone closes after 5 s.
 */
const idleMs = 75_000
/** How long the database may take to say that it is there. */
const readyWithinMs = 2_000

const listen = (server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const bound = server.address()
      resolve(typeof bound === 'object' && bound ? bound.port : port)
    })
  })

/**
 * Takes no new connection, lets what is being answered be answered, and ends the rest. A peer that never closes its half
 * keeps nobody waiting.
 */
async function closeInTurn(server: Server): Promise<void> {
  let end: NodeJS.Timeout | undefined
  const patience = new Promise<void>(resolve => {
    end = setTimeout(resolve, answeredWithinMs)
  })
  const closed = new Promise<void>(resolve => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  await Promise.race([closed, patience])
  clearTimeout(end)
  server.closeAllConnections()
}

/**
 * Starts a node on a migrated database. Ready when it answers: HTTP, sockets and jobs are all up. `before` runs inside
 * the node while nobody can reach it yet: the place to fill a new database.
 */
export async function startNode(
  config: Config,
  before?: (node: Pick<RunningNode, 'as'>) => Promise<void>,
): Promise<RunningNode> {
  const log = createLog(config.logLevel)
  const build = process.env.npm_package_version ?? 'dev'
  const metrics = createMetrics()
  connectDatabase(config.databaseUrl)
  keyOperations(config.secretKey)
  keySeals(config.secretKey)
  fixOrigin(config.publicUrl)
  connectGuard(config)
  const closeMail = connectMail(config)
  const crowded = await checkCapacity(sql).catch(async (error: unknown) => {
    await closeDatabase()
    throw error
  })
  if (crowded) log.warn(crowded)
  const clock = await startClock(error => log.warn({ err: error }, 'clock'))

  // The outside of a transaction is known to the dispatcher before the parts that serve it exist.
  const parts: { realtime?: Realtime; jobs?: Jobs; listeners?: Listeners; documents?: Documents } = {}
  const outside: Outside = {
    publish: events => {
      parts.realtime?.publish(events)
      parts.listeners?.hint(events.map(event => event.scope))
    },
    rightsChanged: subjects => parts.realtime?.rightsChanged(subjects),
    enqueue: async (client, job, data, startAfter) => {
      if (!parts.jobs) throw new Error('jobs are not running yet')
      await parts.jobs.enqueue(client, job, data, startAfter)
    },
    enqueued: jobs => parts.jobs?.look(jobs),
  }
  const blobs = diskBlobs(config.storageUrl)
  const players: ReadonlyMap<string, string> = new Map(config.h5pPlayer === null ? [] : [['h5p', config.h5pPlayer]])
  const emit: Emit = (scope, id, value) => parts.realtime?.emit(scope, id, value)
  // Every field by name: this is made once a call, and a spread costs five times as much.
  const makeCtx = (given: Pick<Ctx, 'who' | 'seenAs' | 'requestId' | 'address' | 'local' | 'session'>): Ctx => ({
    who: given.who,
    seenAs: given.seenAs,
    requestId: given.requestId,
    address: given.address,
    local: given.local,
    session: given.session,
    now: clock.now(),
    log,
    sql,
    blobs,
    players,
    emit,
  })
  const systemCtx = (): Ctx =>
    makeCtx({ who: { kind: 'nobody' }, requestId: randomUUID(), address: '', local: false, session: null })

  registerAccountHooks(features)
  const preview = previewOf(features)
  const transport = transportOf(config)
  // What is live and what is written together is shut to whoever has to agree to something first.
  const identifyLive = async (cookie: string | undefined): Promise<Who> => {
    const who = await identify(readSessionCookie(cookie, transport))
    return who.kind === 'account' && who.owes !== undefined ? { kind: 'nobody' } : who
  }
  const server = createServer({ keepAliveTimeout: idleMs })
  const realtime = await createRealtime({
    httpServer: server,
    config,
    scopes: features.flatMap(feature => feature.scopes ?? []).map(one => scopePreviewed(one, preview)),
    dispatch: (name, input, ctx, operationId) => dispatcher.dispatchCall(name, input, ctx, operationId),
    identify: identifyLive,
    makeCtx,
    readTogether,
    sql,
    now: clock.now,
    log,
    registry: metrics.registry,
    build,
    rightsHeard: subjects => parts.documents?.rightsChanged(subjects),
  })
  parts.realtime = realtime
  const dispatcher: Dispatcher = createDispatcher({
    bindings: [...realtime.bindings, ...features.flatMap(feature => feature.bindings ?? [])],
    outside,
    systemCtx,
    preview,
    openWhileOwing,
    observe: (call, seconds, outcome) => metrics.calls.observe({ call, outcome }, seconds),
  })
  const listeners = createListeners({
    listeners: features.flatMap(feature => feature.listeners ?? []),
    transaction: run => transactPlain(systemCtx(), outside, run),
    log,
  })
  const documents = createDocuments({
    httpServer: server,
    config,
    bindings: features.flatMap(feature => feature.documents ?? []),
    identify: identifyLive,
    makeCtx: (who, address, local) => makeCtx({ who, requestId: randomUUID(), address, local, session: null }),
    sql,
    query: (name, text, values) => plain.query({ name, text, values: [...values] }),
    transaction: run => transactPlain(systemCtx(), outside, ctx => run(ctx.client)),
    bus: realtime.redis ? redisDocumentBus(realtime.redis, redisPrefix(config), log) : silentDocumentBus(),
    log,
    registry: metrics.registry,
  })
  parts.documents = documents
  const jobs = await startJobs({
    databaseUrl: config.databaseUrl,
    jobs: [listeners.job, ...features.flatMap(feature => feature.jobs ?? [])],
    tickers: [...retentionTickers, ...features.flatMap(feature => feature.tickers ?? [])],
    systemCtx,
    transact: (ctx, action) => transact(ctx, outside, action),
    log,
  })
  parts.jobs = jobs
  parts.listeners = listeners
  listeners.start()

  const node: NodeServices = {
    systemCtx,
    transact: action => transact(systemCtx(), outside, action),
    now: clock.now,
    redisUrl: config.redisUrl,
    redisPrefix: redisPrefix(config),
    log,
    health: () => readHealth(metrics, build, realtime.redis?.publisher.status),
  }
  const ends: (() => Promise<void>)[] = []
  for (const feature of features) if (feature.start) ends.unshift(await feature.start(node))

  let draining = false
  let contentPort: number | null = null
  const http = createHttp({
    config,
    dispatcher,
    identify,
    identifyToken,
    makeCtx,
    notReady: async () => {
      if (draining) return 'draining'
      // A database that does not answer is no better than none, and whoever asks has little patience.
      const patience = new Promise<string>(resolve => {
        setTimeout(resolve, readyWithinMs, 'no database').unref()
      })
      const asked = sql('select 1').then(
        () => undefined,
        () => 'no database',
      )
      return Promise.race([asked, patience])
    },
    draining: () => draining,
    log,
    metrics,
    clientFolder,
    told: features.flatMap(feature => feature.told ?? []),
    contentPort: () => contentPort,
  })
  const answer = http.callback()
  const answerContent = createContent({
    ...{ config, makeCtx, playersFolder, players, log },
    bindings: features.flatMap(feature => feature.content ?? []),
  }).callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith(socketPath)) return
    void (isForContent(config, request) ? answerContent : answer)(request, response)
  })
  const contentServer = createServer(
    { keepAliveTimeout: idleMs },
    (request, response) => void answerContent(request, response),
  )
  answerTheRest(contentServer, () => false, log)
  answerTheRest(server, path => path.startsWith(socketPath) || takesUpgrade(path), log)
  const as = (who: Who, at?: Date): Insider => {
    const made = makeCtx({ who, requestId: randomUUID(), address: '', local: true, session: null })
    const ctx: Ctx = at ? { ...made, now: at, playedAt: at } : made
    return {
      call: async (spec, input) => (await dispatcher.dispatch(spec.name, input, ctx, newId())) as Output<typeof spec>,
      act: action => transact(ctx, outside, action),
    }
  }

  await before?.({ as })
  const port = await listen(server, config)
  // Next to the first, so that it can be told and let through; without it everything works but packages.
  if (config.publicUrl === null)
    contentPort = await listen(contentServer, { host: config.host, port: config.port === 0 ? 0 : port + 1 }).catch(
      (error: Error) => {
        log.warn({ err: error }, 'the port next to ours is taken: packages cannot be played')
        return null
      },
    )
  log.info({ port, contentPort }, 'ready')

  return {
    as,
    port,
    contentPort,
    url: `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`,
    async stop() {
      draining = true
      await Promise.all([realtime.drain(), documents.drain()])
      await Promise.all([closeInTurn(server), ...(contentPort === null ? [] : [closeInTurn(contentServer)])])
      for (const end of ends) await end()
      await listeners.stop()
      await jobs.stop()
      closeMail()
      await documents.stop()
      await realtime.stop()
      clock.stop()
      await closeDatabase()
    },
  }
}
