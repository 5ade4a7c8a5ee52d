// The queue between two nodes on one database: nothing is lost, a failing job fails nobody else, and events of a scope
// never cross on their way to a listener.
import assert from 'node:assert/strict'
import pg from 'pg'
import { pino } from 'pino'
import * as z from 'zod/mini'
import { Problem } from '#protocol/base/problems.ts'
import { defineScope } from '#protocol/base/scope.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { type Outside, transact, transactPlain } from '#server/platform/db/transact.ts'
import { createListeners } from '#server/platform/events/listeners.ts'
import type { JobBinding, Listener, PreparedJob } from '#server/platform/feature.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { type Jobs, mostTurns, startJobs } from './jobs.ts'

const log = pino({ level: 'silent' })
const talkScope = defineScope({
  name: 'talk',
  state: z.object({}),
  feeds: { said: z.object({ id: z.number() }) },
  fleeting: {},
  apply: state => state,
})

describe('jobs', () => {
  let databaseUrl: string
  before(async () => {
    databaseUrl = (await testDatabase()).url
    connectDatabase(databaseUrl)
    atEndOfFile(closeDatabase)
    await sql('create table done (place bigserial, name text, node int, seq int)')
  })

  // A node as far as jobs go: its queue, its listeners, its outside.
  async function node(jobs: readonly (JobBinding | PreparedJob)[], listeners: readonly Listener[] = []) {
    const parts: { jobs?: Jobs } = {}
    const outside: Outside = {
      publish: events => fed.hint(events.map(event => event.scope)),
      rightsChanged: () => undefined,
      enqueue: async (client, job, data, startAfter) => parts.jobs?.enqueue(client, job, data, startAfter),
      enqueued: names => parts.jobs?.look(names),
    }
    const fed = createListeners({
      listeners,
      transaction: run => transactPlain(testCtx(), outside, run),
      log,
      everyMs: 200,
    })
    parts.jobs = await startJobs({
      databaseUrl,
      jobs: [fed.job, ...jobs],
      tickers: [],
      systemCtx: () => testCtx(),
      transact: (ctx, action) => transact(ctx, outside, action),
      log,
    })
    // A hint passes over what another node has in its hands: that is found by looking.
    fed.start()
    let stopped: Promise<void> | undefined
    const stop = () => {
      stopped ??= fed.stop().then(() => parts.jobs?.stop())
      return stopped
    }
    atEndOfFile(stop)
    return { outside, stop }
  }

  it('that fail are tried again and fail no neighbour of their batch', async () => {
    let broken = true
    const { outside, stop } = await node([
      {
        name: 'test.write',
        run: async (ctx, data) => {
          const { name } = data as { name: string }
          await ctx.sql('insert into done (name) values ($1)', [name])
          if (name === 'poison' && broken) throw new Error('not today')
        },
      },
    ])
    await transact(testCtx(), outside, async ctx => {
      for (const name of ['poison', 'a', 'b', 'c']) await ctx.enqueue({ name: 'test.write' }, { name })
    })
    const names = async () => (await sql<{ name: string }>('select name from done order by name')).map(one => one.name)
    await waitFor(async () => (await names()).join() === 'a,b,c', 'the neighbours, and nothing of the one that failed')
    broken = false
    await waitFor(async () => (await names()).join() === 'a,b,c,poison', 'the one that failed', 20_000)
    await stop()
  })

  it('cost an idle node one query a look, however many queues there are', async () => {
    const asked: { text: string; queue: unknown }[] = []
    const { query } = pg.Pool.prototype
    pg.Pool.prototype.query = function (this: pg.Pool, ...given: unknown[]) {
      const [first, values] = given as [string | { text: string }, unknown]
      asked.push({ text: typeof first === 'string' ? first : first.text, queue: [values].flat()[0] })
      return Reflect.apply(query, this, given)
    } as never
    const names = Array.from({ length: 12 }, (_, index) => `test.idle-${index}`)
    const done: string[] = []
    const jobs = names.map(name => ({ name, run: async () => void done.push(name) }))
    try {
      const { outside, stop } = await node(jobs)
      const looks = () => asked.filter(one => one.text.includes('distinct name from pgboss.job')).length
      // Of these queues: pg-boss looks into one of its own every few seconds.
      const fetches = () =>
        asked.filter(one => one.text.includes('FOR UPDATE SKIP LOCKED') && names.includes(String(one.queue))).length
      await waitFor(() => looks() >= 2 && fetches() >= names.length, 'the first looks')
      const [before, from] = [fetches(), looks()]
      await waitFor(() => looks() >= from + 3, 'more looks')
      assert.equal(fetches(), before)
      // Another node's: found by a look, and by nothing else.
      await transact(testCtx(), { ...outside, enqueued: () => undefined }, ctx =>
        ctx.enqueue({ name: 'test.idle-7' }, {}),
      )
      await waitFor(() => done.length > 0, 'what another node enqueued')
      assert.deepEqual(done, ['test.idle-7'])
      await stop()
    } finally {
      pg.Pool.prototype.query = query
    }
  })

  it('that are refused say so once, take back what they wrote, and are not tried again', async () => {
    await sql('truncate done')
    const write = (ctx: WriteCtx, name: string) => ctx.sql('insert into done (name) values ($1)', [name])
    let tries = 0
    const { outside, stop } = await node([
      {
        name: 'test.refused',
        run: async ctx => {
          tries += 1
          await write(ctx, 'wrote')
          throw new Problem('not-found')
        },
        refused: async (ctx, data, problem) => {
          await write(ctx, `${(data as { name: string }).name} ${problem.code}`)
        },
      },
    ])
    await transact(testCtx(), outside, ctx => ctx.enqueue({ name: 'test.refused' }, { name: 'one' }))
    const names = async () => (await sql<{ name: string }>('select name from done')).map(one => one.name).join()
    await waitFor(async () => (await names()) === 'one not-found', 'what is said of it')
    await stop()
    assert.equal(tries, 1)
  })

  it('that go on and on let those in between that are short', async () => {
    await sql('truncate done')
    let left = 4 * mostTurns
    const { outside, stop } = await node([
      {
        name: 'test.long',
        run: async (ctx, data) => {
          const { name } = data as { name: string }
          await ctx.sql('insert into done (name) values ($1)', [name])
          if (name === 'short') return 'done'
          left -= 1
          return left > 0 ? 'again' : 'done'
        },
      },
    ])
    for (const name of ['long', 'short'])
      await transact(testCtx(), outside, ctx => ctx.enqueue({ name: 'test.long' }, { name }))
    const rows = () => sql<{ name: string }>('select name from done order by place')
    await waitFor(async () => (await rows()).length === 4 * mostTurns + 1, 'both', 20_000)
    const place = (await rows()).findIndex(row => row.name === 'short')
    assert.ok(place <= 2 * mostTurns, `the short one came after ${place}`)
    await stop()
  })

  it('are marked as done though the database is lost at that moment, and nothing falls over', async () => {
    let begun = false
    let end: () => void = () => assert.fail('It has not begun')
    const run = () =>
      new Promise<void>(resolve => {
        begun = true
        end = resolve
      })
    const { outside, stop } = await node([{ name: 'test.lost', run }])
    const locker = new pg.Client(databaseUrl)
    await locker.connect()
    await transact(testCtx(), outside, ctx => ctx.enqueue({ name: 'test.lost' }, {}))
    await waitFor(() => begun, 'the job to begin')
    // Its end waits behind this lock, until the connection it waits on is taken away.
    await locker.query('begin; lock table pgboss.job in access exclusive mode')
    end()
    const waiting = `select pid from pg_stat_activity where application_name = 'lectern-jobs' and datname = current_database()
      and wait_event_type = 'Lock' and query like '%completed%'`
    await waitFor(async () => (await sql(waiting)).length > 0, 'its end to wait')
    await sql(`select pg_terminate_backend(pid) from (${waiting}) as those`)
    await locker.query('rollback')
    await locker.end()
    await waitFor(
      async () => (await sql("select from pgboss.job where name = 'test.lost' and state = 'completed'")).length === 1,
      'it to be marked',
    )
    await stop()
  })

  it('that prepare do so with no transaction open, and write in one, turn by turn', async () => {
    await sql('truncate done')
    let go: () => void = () => undefined
    const gate = new Promise<void>(resolve => {
      go = resolve
    })
    let preparing = false
    const { outside, stop } = await node([
      {
        name: 'test.prepare',
        prepare: async (ctx, data) => {
          const [before] = await ctx.sql<{ count: number }>('select count(*)::int as count from done')
          preparing = true
          await gate
          return async tx => {
            await tx.sql('insert into done (name, seq) values ($1, $2)', [JSON.stringify(data), before?.count ?? 0])
            return before?.count === 0 ? 'again' : 'done'
          }
        },
      },
    ])
    await transact(testCtx(), outside, ctx => ctx.enqueue({ name: 'test.prepare' }, { of: 1 }))
    await waitFor(() => preparing, 'the slow work')
    const open = await sql(
      `select query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    )
    assert.deepEqual(open, [])
    go()
    const rows = () => sql<{ name: string; seq: number }>('select name, seq from done order by place')
    await waitFor(async () => (await rows()).length === 2, 'both turns', 20_000)
    assert.deepEqual(await rows(), [
      { name: '{"of":1}', seq: 0 },
      { name: '{"of":1}', seq: 1 },
    ])
    await stop()
  })

  it('R26: bring a scope to a listener in order, and each event once, whatever node they run on', async () => {
    await sql('truncate done')
    const listener = (number: number): Listener => ({
      name: 'order',
      scope: talkScope,
      kinds: ['said'],
      run: async (ctx, event) => {
        // Time enough for the other node to overtake, if it could.
        await ctx.sql('select pg_sleep(0.005)')
        await ctx.sql('insert into done (name, node, seq) values ($1, $2, $3)', [event.scopeId, number, event.seq])
      },
    })
    const nodes = [await node([], [listener(1)]), await node([], [listener(2)])]
    const scopes = ['one', 'two', 'three']
    let rounds = 0
    const round = async () => {
      await Promise.all(
        scopes.map((id, at) =>
          transact(testCtx(), nodes[(rounds + at) % 2]!.outside, async ctx => {
            for (let many = 0; many < 3; many++) ctx.announce(talkScope, id, { kind: 'said', body: { id: many } })
          }),
        ),
      )
      rounds += 1
    }
    while (rounds < 30) await round()
    const rows = () =>
      sql<{ name: string; node: number; seq: number }>('select name, node, seq from done order by place')
    // Who takes a job is chance: there is more to do until each node has done some.
    const both = async () => {
      const done = await rows()
      if (done.length < rounds * 9) return false
      if (new Set(done.map(row => row.node)).size === 2) return true
      await round()
      return false
    }
    await waitFor(both, 'every event, and work by both nodes', 25_000)
    const done = await rows()
    for (const id of scopes) {
      assert.deepEqual(
        done.filter(row => row.name === id).map(row => row.seq),
        Array.from({ length: rounds * 3 }, (_, at) => at + 1),
      )
    }
    await Promise.all(nodes.map(one => one.stop()))
  })
})
