// Jobs in PostgreSQL (pg-boss): enqueued inside the action's transaction, done at least once by any node. Tickers are
// what every node offers to do every so often. Both bear being run twice.
import pg, { type PoolClient } from 'pg'
import PgBoss from 'pg-boss'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx, WriteCtx } from '../ctx.ts'
import { parseDatabaseUrl } from '../db/sequelize.ts'
import type { JobBinding, PreparedJob, Ticker } from '../feature.ts'
import type { Logger } from '../log/log.ts'
import { openQueueStore } from './store.ts'

// A job that fails is tried again for over half an hour, later each time (seconds).
const tries = { retryLimit: 10, retryDelay: 1, retryBackoff: true } as const

/** How often a job may go on at once. Then it stands at the end of its queue: what is short does not wait for what is long. */
export const mostTurns = 25

// Jobs a worker takes at once, and seconds after which it looks by itself: it is told when there is something.
const batchSize = 20
const pollingIntervalSeconds = 30
/** Milliseconds between looks for what is due in any queue, of other nodes, of later or tried again: one query for all. */
const lookMs = 500

export interface Jobs {
  enqueue(client: PoolClient, job: string, data: object, startAfter?: Date): Promise<void>
  /** What was enqueued under these names has been committed: looks at once. */
  look(names: readonly string[]): void
  stop(): Promise<void>
}

export interface JobsParts {
  readonly databaseUrl: string
  readonly jobs: readonly (JobBinding | PreparedJob)[]
  readonly tickers: readonly Ticker[]
  readonly systemCtx: () => Ctx
  readonly transact: (ctx: Ctx, action: (ctx: WriteCtx) => Promise<void>) => Promise<void>
  readonly log: Logger
}

/** Starts it and makes the queues that are not there yet: each is a table of its own. */
const startOn = (boss: PgBoss, databaseUrl: string, names: readonly string[]): Promise<void> =>
  alone(databaseUrl, async () => {
    await boss.start()
    const there = new Set((await boss.getQueues()).map(queue => queue.name))
    for (const name of names) if (!there.has(name)) await boss.createQueue(name)
  })

/** Makes the queues and works none of them: for a database that others are copied from. */
export async function makeQueues(databaseUrl: string, names: readonly string[]): Promise<void> {
  const db = openQueueStore(databaseUrl)
  const boss = new PgBoss({ db, supervise: false, schedule: false })
  await startOn(boss, databaseUrl, names)
  await boss.stop({ graceful: false })
  await db.close()
}

/** Creates the queues, begins to work them and starts the tickers. */
export async function startJobs(parts: JobsParts): Promise<Jobs> {
  const store = openQueueStore(parts.databaseUrl, parts.log)
  const boss = new PgBoss({ db: store })
  boss.on('error', error => parts.log.warn({ err: error }, 'jobs'))
  const names = parts.jobs.map(job => job.name)
  await startOn(boss, parts.databaseUrl, names)
  let stopping = false
  async function work(job: JobBinding | PreparedJob, data: unknown): Promise<void> {
    let more = true
    for (let turn = 1; more; turn++) {
      // The queue gives it to another node.
      if (stopping) throw new Error('this node is stopping')
      try {
        const write =
          'prepare' in job ? await job.prepare(parts.systemCtx(), data) : (ctx: WriteCtx) => job.run(ctx, data)
        // The time of the writing, which may be long after that of the preparing.
        await parts.transact(parts.systemCtx(), async ctx => {
          more = (await write(ctx)) === 'again'
          if (!more || turn < mostTurns) return
          await ctx.enqueue(job, data as object)
          more = false
        })
      } catch (error) {
        if (!(error instanceof Problem) || !job.refused) throw error
        await parts.transact(parts.systemCtx(), async ctx => job.refused?.(ctx, data, error))
        return
      }
    }
  }
  const workers = new Map<string, string>()
  const look = (due: readonly string[]) => {
    for (const name of due) {
      const worker = workers.get(name)
      if (worker) boss.notifyWorker(worker)
    }
  }
  for (const job of parts.jobs) {
    const worker = await boss.work(job.name, { pollingIntervalSeconds, batchSize }, async batch => {
      // There may be more than fitted.
      if (batch.length === batchSize) look([job.name])
      for (const one of batch) {
        // Each stands alone: what is thrown here would fail the whole batch, and with it what was never begun.
        await work(job, one.data).catch(async (error: unknown) => {
          if (!stopping) parts.log.warn({ err: error, job: job.name, id: one.id }, 'a job failed and is tried again')
          await boss.fail(job.name, one.id, { message: String(error) })
        })
      }
    })
    workers.set(job.name, worker)
  }
  const looking = setInterval(() => void store.due().then(look), lookMs)
  const timers = parts.tickers.map(ticker => tick(ticker, parts))
  return {
    async enqueue(client, job, data, startAfter) {
      const db = { executeSql: (text: string, values: unknown[]) => client.query(text, values) }
      await boss.send(job, data, { db, ...tries, ...(startAfter ? { startAfter } : {}) })
    },
    look,
    async stop() {
      stopping = true
      clearInterval(looking)
      await Promise.all(timers.map(stop => stop()))
      await boss.stop({ graceful: true, wait: true, timeout: 5_000 })
      await store.close()
    },
  }
}

// Making queues makes tables: two nodes that start at the same time on a new database would deadlock over them.
async function alone(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...parseDatabaseUrl(databaseUrl), application_name: 'lectern-queues' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1, $2)', [0x6c656374, 0x71756575])
    await work()
  } finally {
    await client.end()
  }
}

function tick(ticker: Ticker, parts: JobsParts): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= parts
      .transact(parts.systemCtx(), ticker.run)
      .catch(error => parts.log.warn({ err: error, ticker: ticker.name }, 'ticker'))
      .finally(() => {
        running = undefined
      })
  }, ticker.everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
