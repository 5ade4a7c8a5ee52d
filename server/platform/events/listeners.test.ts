// Listeners are fed from the log: nothing is skipped and nothing handed on twice, with two nodes at work, after a
// transaction that failed, and after a publish nobody heard.
import assert from 'node:assert/strict'
import pg from 'pg'
import { pino } from 'pino'
import * as z from 'zod/mini'
import { defineScope, type ScopeAddress } from '#protocol/base/scope.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import type { WriteCtx } from '../ctx.ts'
import type { Listener } from '../feature.ts'
import { createListeners, type ListenersParts, listenerJob, listenerLimits } from './listeners.ts'
import { appendEvents } from './log.ts'

const scope = defineScope({
  name: 'talk',
  state: z.object({}),
  feeds: { said: z.object({ id: z.number() }), left: z.object({}) },
  fleeting: {},
  apply: state => state,
})

describe('listeners', () => {
  let pool: pg.Pool
  const heard: { listener: string; scope: string; seq: number }[] = []
  const listener = (name: string, kinds: string[]): Listener => ({
    name,
    scope,
    kinds,
    run: async (_ctx, event) => {
      heard.push({ listener: name, scope: event.scopeId, seq: event.seq })
    },
  })
  const listeners = [listener('notify', ['said']), listener('count', ['said', 'left'])]

  before(async () => {
    pool = new pg.Pool({ connectionString: (await testDatabase()).url, max: 10 })
    pool.on('error', () => undefined)
    await pool.query('create table test_jobs (id serial, name text, data json)')
  })
  beforeEach(async () => {
    heard.length = 0
    await pool.query('truncate test_jobs, handled, listened, events, scope_heads')
  })
  after(() => pool.end())

  const transaction: ListenersParts['transaction'] = async run => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const value = await run({ client, enqueue: (job, data) => enqueue(client, job.name, data) })
      await client.query('commit')
      return value
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  // What becomes of a job that was enqueued; a test may let the node die there.
  let enqueued: () => void = () => undefined
  async function enqueue(client: pg.PoolClient, job: string, data: object): Promise<void> {
    await client.query('insert into test_jobs (name, data) values ($1, $2)', [job, JSON.stringify(data)])
    enqueued()
  }
  const make = (parts: Partial<ListenersParts> = {}) =>
    createListeners({ listeners, transaction, log: pino({ level: 'silent' }), ...parts })
  const say = (id: string, many: number, kind = 'said') =>
    transaction(({ client }) =>
      appendEvents(
        client,
        Array.from({ length: many }, (_, index) => ({
          scope: `talk:${id}` as ScopeAddress,
          kind,
          body: { id: index },
          actor: null,
          at: new Date(),
        })),
      ),
    )
  /** Answers how many turns it took. */
  async function runJob(worker: ReturnType<typeof make>, data: unknown): Promise<number> {
    const step = () => transaction<unknown>(({ client }) => worker.job.run({ client } as WriteCtx, data))
    let turns = 1
    while ((await step()) === 'again') turns++
    return turns
  }
  async function runJobs(worker: ReturnType<typeof make>): Promise<void> {
    const { rows } = await pool.query<{ name: string; data: object }>('delete from test_jobs returning name, data')
    for (const row of rows) {
      assert.equal(row.name, listenerJob)
      await runJob(worker, row.data)
    }
  }
  const seqsOf = (name: string, id: string) =>
    heard.filter(one => one.listener === name && one.scope === id).map(one => one.seq)
  const upTo = (many: number) => Array.from({ length: many }, (_, index) => index + 1)

  it('R26: hands every event on once, in order, to those who listen to its kind', async () => {
    await say('a', 450)
    await say('a', 1, 'left')
    await say('b', 2)
    const worker = make()
    assert.equal(await worker.catchUp(), 453)
    assert.equal(await worker.catchUp(), 0)
    await runJobs(worker)
    assert.deepEqual(seqsOf('notify', 'a'), upTo(450))
    assert.deepEqual(seqsOf('count', 'a'), upTo(451))
    assert.deepEqual(seqsOf('notify', 'b'), [1, 2])
  })

  it('R26: two nodes at work share what is behind and hand nothing on twice', async () => {
    for (const id of upTo(20)) await say(`s${id}`, 30)
    const [one, two] = [make(), make()]
    await Promise.all([one.catchUp(), two.catchUp(), one.catchUp(), two.catchUp()])
    await one.catchUp()
    await runJobs(one)
    for (const id of upTo(20)) assert.deepEqual(seqsOf('notify', `s${id}`), upTo(30))
  })

  it('R26: a mark moves with its jobs or not at all', async () => {
    await say('a', 3)
    enqueued = () => {
      throw new Error('the node dies here')
    }
    await assert.rejects(make().catchUp(), { message: 'the node dies here' })
    enqueued = () => undefined
    assert.equal((await pool.query('select * from test_jobs')).rowCount, 0)
    const worker = make()
    assert.equal(await worker.catchUp(), 3)
    await runJobs(worker)
    assert.deepEqual(seqsOf('count', 'a'), [1, 2, 3])
  })

  it('R26: a hint hands on at once; what another node left is found by looking', async () => {
    const worker = make({ everyMs: 50 })
    await say('left', 1)
    worker.start()
    await waitFor(async () => (await pool.query('select * from test_jobs')).rowCount === 2, 'what was left')
    await worker.stop()
    const hinted = make()
    await say('now', 1)
    hinted.hint(['talk:now', 'other:x'])
    await waitFor(async () => (await pool.query('select * from test_jobs')).rowCount === 4, 'what was hinted')
    await hinted.stop()
  })

  it('R26: what is hinted while the mark is in other hands is looked at again soon, not at the next look', async () => {
    await say('a', 1)
    await make().catchUp()
    const holder = await pool.connect()
    await holder.query('begin')
    await holder.query("select from handled where scope = 'talk:a' for update")
    await say('a', 1)
    let begun = 0
    const hinted = make({
      transaction: run => {
        begun++
        return transaction(run)
      },
    })
    hinted.hint(['talk:a'])
    try {
      await waitFor(() => begun > 1, 'a second look')
    } finally {
      await holder.query('commit')
      holder.release()
    }
    await waitFor(
      async () => (await pool.query("select from handled where scope = 'talk:a' and seq = 2")).rowCount === 1,
      'what was hinted',
    )
    await hinted.stop()
  })

  it('R26: what comes while a look finds nothing is left for the next one', async () => {
    await say('a', 1)
    const worker = make()
    await worker.catchUp()
    const late = make({
      transaction: run =>
        transaction(({ client, enqueue }) => {
          // Committed by another between the look at the log and what is made of it.
          const query = async (text: string, values: unknown[]) => {
            if (text.startsWith('update handled')) await say('a', 1)
            return client.query(text, values)
          }
          return run({ client: { query } as unknown as pg.PoolClient, enqueue })
        }),
    })
    late.hint(['talk:a'])
    await waitFor(async () => (await pool.query("select from events where scope = 'talk:a'")).rowCount === 2, 'another')
    await late.stop()
    assert.equal(await worker.catchUp(), 1)
    await runJobs(worker)
    assert.deepEqual(seqsOf('count', 'a'), [1, 2])
  })

  it('R26: jobs of one scope take turns, on whatever nodes they run, and nothing is done twice', async () => {
    await say('a', 40)
    await make().catchUp()
    const wake = { listener: 'notify', scope: 'talk:a' }
    await Promise.all([1, 2, 3].map(() => runJob(make(), wake)))
    assert.deepEqual(seqsOf('notify', 'a'), upTo(40))
  })

  it('R26: what a sieve lets fall is passed over many at a time, and nothing else is', async () => {
    const every = 50
    const sieved: Listener = {
      ...listener('sieved', ['said']),
      sieve: async () => event => (event.body as { id: number }).id % every === 0,
    }
    const worker = make({ listeners: [sieved] })
    await say('a', 2 * listenerLimits.sieved + 30)
    await worker.catchUp()
    const turns = await runJob(worker, { listener: 'sieved', scope: 'talk:a' })
    const heeded = seqsOf('sieved', 'a')
    assert.ok(heeded.length > 0 && heeded.every(seq => seq % every === heeded[0]! % every))
    assert.equal(heeded.length, Math.ceil((2 * listenerLimits.sieved + 30) / every))
    assert.ok(turns <= heeded.length + 3, `${turns} turns`)
    // A job that finds nothing more is done.
    assert.equal(await runJob(worker, { listener: 'sieved', scope: 'talk:a' }), 1)
    assert.deepEqual(seqsOf('sieved', 'a'), heeded)
  })

  it('R26: what throws keeps its place and its turn, and comes again', async () => {
    let broken = true
    const fussy: Listener = {
      ...listener('fussy', ['said']),
      run: async (_ctx, event) => {
        if (event.seq === 2 && broken) throw new Error('not today')
        heard.push({ listener: 'fussy', scope: event.scopeId, seq: event.seq })
      },
    }
    const worker = make({ listeners: [fussy] })
    await say('a', 3)
    await worker.catchUp()
    await assert.rejects(runJobs(worker), { message: 'not today' })
    assert.deepEqual(seqsOf('fussy', 'a'), [1])
    broken = false
    await transaction(({ enqueue }) => enqueue({ name: listenerJob }, { listener: 'fussy', scope: 'talk:a' }))
    await runJobs(worker)
    assert.deepEqual(seqsOf('fussy', 'a'), [1, 2, 3])
  })

  it('R3: what was blanked is not handed on, not even after its job was enqueued', async () => {
    await say('a', 2)
    const worker = make()
    await worker.catchUp()
    await pool.query("update events set body = null where scope = 'talk:a' and seq = 1")
    await runJobs(worker)
    assert.deepEqual(seqsOf('notify', 'a'), [2])
  })
})
