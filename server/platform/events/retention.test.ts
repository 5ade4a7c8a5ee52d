// What is dropped with time, and what is not.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { arrange } from '#server/test/factories.ts'
import { testDatabase } from '#server/test/harness.ts'
import { retentionTickers } from './retention.ts'

describe('once an hour', () => {
  before(async () => {
    connectDatabase((await testDatabase()).url)
    atEndOfFile(closeDatabase)
  })

  it('a node drops events beyond the kept tail and operations nobody can ask about any more', async () => {
    const days = (count: number) => new Date(Date.now() - count * 86_400_000)
    for (const [seq, at] of [days(8), days(6), days(0)].entries())
      await sql(`insert into events (scope, seq, kind, body, at) values ('talk:a', $1, 'said', '{}', $2)`, [
        seq + 1,
        at,
      ])
    await sql(`insert into scope_heads (scope, seq) values ('talk:a', 3), ('talk:b', 10002)`)
    await sql(
      `insert into events (scope, seq, kind, body, at) select 'talk:b', n, 'said', '{}', now() from generate_series(1, 10002) n`,
    )
    for (const age of [100, 91, 89, 0])
      await sql(`insert into operations (author, operation, call, input_hash, at) values ($1, $2, 'x', '', $3)`, [
        randomUUID(),
        randomUUID(),
        days(age),
      ])
    for (const ticker of retentionTickers) {
      assert.equal(ticker.everyMs, 3_600_000)
      await arrange(ctx => ticker.run(ctx))
    }
    const left = await sql<{ seq: string }>(`select seq from events where scope = 'talk:a' order by seq`)
    assert.deepEqual(
      left.map(row => Number(row.seq)),
      [2, 3],
    )
    const [tail] = await sql<{ many: number; first: number }>(
      `select count(*)::int as many, min(seq)::int as first from events where scope = 'talk:b'`,
    )
    assert.deepEqual(tail, { many: 10_000, first: 3 })
    const [operations] = await sql<{ many: number }>('select count(*)::int as many from operations')
    assert.equal(operations?.many, 2)
    // The number goes on where it was: what was dropped is never numbered again.
    const [head] = await sql<{ seq: string }>(`select seq from scope_heads where scope = 'talk:b'`)
    assert.equal(Number(head?.seq), 10_002)
  })
})
