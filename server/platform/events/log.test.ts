// The log against real PostgreSQL: numbers in commit order, no deadlock over counters, blanked bodies, the kept tail.
import assert from 'node:assert/strict'
import pg from 'pg'
import * as z from 'zod/mini'
import { defineScope, type ScopeAddress } from '#protocol/base/scope.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import type { Sql } from '../ctx.ts'
import type { CollectedEvent } from './event.ts'
import { appendEvents, blankEvents, pruneEvents, readHeads, readSince, readTail } from './log.ts'

const actor = '0190d8a0-0000-7000-8000-000000000001'
const at = new Date('2020-03-01T10:00:00.123Z')
const event = (scope: string, body: unknown, kind = 'said'): CollectedEvent => ({
  scope: scope as ScopeAddress,
  kind,
  body,
  actor,
  at,
})

const blankScope = defineScope({
  name: 'blank',
  state: z.object({}),
  feeds: { said: z.unknown(), removed: z.unknown() },
  fleeting: {},
  apply: state => state,
})

describe('the log', () => {
  let pool: pg.Pool
  let sql: Sql

  before(async () => {
    pool = new pg.Pool({ connectionString: (await testDatabase()).url, max: 20 })
    pool.on('error', () => undefined)
    sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[]
  })
  after(() => pool.end())

  async function commit<T>(run: (client: pg.PoolClient) => Promise<T>, end = 'commit'): Promise<T> {
    const client = await pool.connect()
    try {
      await client.query('begin')
      const value = await run(client)
      await client.query(end)
      return value
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  const append = (...events: CollectedEvent[]) => commit(client => appendEvents(client, events))

  it('R1: numbers each scope from 1, in the order things were announced', async () => {
    const first = await append(event('a:1', { x: 1 }), event('a:2', { x: 2 }), event('a:1', { x: 3 }))
    const second = await append(event('a:1', { x: 4 }))
    const seen = [...first, ...second].map(one => JSON.parse(one.text) as { s: string; n: number; b: { x: number } })
    assert.deepEqual(seen.map(({ s, n, b }) => [s, n, b.x]).sort(), [
      ['a:1', 1, 1],
      ['a:1', 2, 3],
      ['a:1', 3, 4],
      ['a:2', 1, 2],
    ])
    assert.deepEqual(
      await readHeads(sql, ['a:1', 'a:2', 'a:3']),
      new Map([
        ['a:1', 3],
        ['a:2', 1],
      ]),
    )
  })

  it('R1: what is read back is byte for byte what was published', async () => {
    const hard = { text: 'ü "quoted" \\u0000 \\ud800 line\n', list: [null, 1.5], deep: { ä: '\u2028' } }
    const published = await append(event('bytes:1', hard), event('bytes:1', { text: '\u0000 \ud800 end \ud83d\ude00' }))
    const { events } = await readSince(sql, 'bytes:1', 0, 10)
    assert.deepEqual(
      events.map(one => one.text),
      published.map(one => one.text),
    )
    assert.deepEqual((JSON.parse(published[0]!.text) as { b: unknown }).b, hard)
    assert.equal((JSON.parse(published[1]!.text) as { b: { text: string } }).b.text, '\ufffd \ufffd end \ud83d\ude00')
  })

  it('R2: fifty transactions over crossing scopes neither deadlock nor leave a hole', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        const scopes = ['cross:a', 'cross:b', 'cross:c']
        const order = index % 2 ? scopes : [...scopes].reverse()
        return append(...order.map(scope => event(scope, { index })))
      }),
    )
    for (const scope of ['cross:a', 'cross:b', 'cross:c'] as const) {
      const { events, complete, head } = await readSince(sql, scope, 0, 100)
      assert.equal(head, 50)
      assert.ok(complete)
      assert.deepEqual(
        events.map(one => one.seq),
        Array.from({ length: 50 }, (_, index) => index + 1),
      )
    }
  })

  it('R2: a number is never visible before a smaller one: an open transaction holds the next back', async () => {
    const holder = await pool.connect()
    await holder.query('begin')
    await appendEvents(holder, [event('hold:1', { first: true })])
    let passed = false
    const next = append(event('hold:1', { second: true })).then(events => {
      passed = true
      return events
    })
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      and query like '%scope_heads%'`
    await waitFor(async () => (await sql(waits)).length > 0, 'the second to wait for its number')
    assert.equal(passed, false)
    assert.equal((await readSince(sql, 'hold:1', 0, 10)).events.length, 0)
    await holder.query('commit')
    holder.release()
    assert.equal((await next)[0]?.seq, 2)
  })

  it('R2: a rolled back transaction takes its numbers back', async () => {
    await append(event('roll:1', {}))
    await commit(client => appendEvents(client, [event('roll:1', {})]), 'rollback')
    assert.equal((await append(event('roll:1', {})))[0]?.seq, 2)
  })

  it('R3: blanking keeps number and kind, takes the body, and marks the next announcement of the scope', async () => {
    await append(event('blank:1', { id: 'x', text: 'secret' }), event('blank:1', { id: 'y', text: 'stays' }))
    const [removed] = await commit(async client => {
      assert.equal(await blankEvents(client, blankScope, '1', 'said', { id: 'x' }), 1)
      return appendEvents(client, [event('blank:1', { id: 'x' }, 'removed')])
    })
    assert.equal(removed?.forget, true)
    const { events, complete } = await readSince(sql, 'blank:1', 0, 10)
    assert.ok(complete)
    assert.deepEqual(
      events.map(one => one.blank ?? false),
      [true, false, false],
    )
    assert.ok(!JSON.stringify(events).includes('secret'))
    const rows = await sql<{ kind: string }>("select kind from events where scope = 'blank:1' and seq = 1")
    assert.equal(rows[0]?.kind, 'said')
  })

  it('R4: a since beyond the kept tail, ahead of the head or too far back is said to be incomplete', async () => {
    await append(...Array.from({ length: 20 }, (_, index) => event('tail:1', { index })))
    await sql("delete from events where scope = 'tail:1' and seq <= 5")
    assert.equal((await readSince(sql, 'tail:1', 3, 100)).complete, false)
    assert.equal((await readSince(sql, 'tail:1', 5, 100)).complete, true)
    assert.equal((await readSince(sql, 'tail:1', 5, 10)).complete, false)
    assert.equal((await readSince(sql, 'tail:1', 25, 100)).complete, false)
    assert.deepEqual(await readTail(sql, 'tail:2', 5), { events: [], head: 0 })
    assert.deepEqual(
      (await readTail(sql, 'tail:1', 3)).events.map(one => one.seq),
      [18, 19, 20],
    )
  })

  it('R4: pruning keeps 7 days and 10,000 events a scope', async () => {
    await append(event('prune:1', {}), event('prune:2', {}))
    const now = new Date()
    await append({ ...event('prune:1', {}), at: now })
    await sql("update events set at = now() where scope = 'prune:2'")
    await sql("update scope_heads set seq = 10001 where scope = 'prune:2'")
    await pruneEvents(sql)
    const left = await sql<{ scope: string; seq: string }>("select scope, seq from events where scope like 'prune:%'")
    assert.deepEqual(
      left.map(row => [row.scope, Number(row.seq)]),
      [['prune:1', 2]],
    )
  })
})
