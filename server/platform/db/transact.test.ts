// A transaction whose connection is lost fails alone: the process lives, and the next one is served.
import assert from 'node:assert/strict'
import { Problem } from '#protocol/base/problems.ts'
import { testCtx } from '#server/test/factories.ts'
import { testDatabase, testNode } from '#server/test/harness.ts'
import { nowhere } from '#server/test/record.ts'
import { sql } from './sequelize.ts'
import { transactPlain } from './transact.ts'

describe('a transaction whose connection is lost between two statements', () => {
  it('fails, and takes nothing else with it', async () => {
    await testNode({ databaseUrl: (await testDatabase()).url })
    await assert.rejects(
      transactPlain(testCtx(), nowhere, async ctx => {
        const { rows } = await ctx.client.query<{ pid: number }>('select pg_backend_pid() as pid')
        const ended = new Promise<void>(resolve => ctx.client.once('end', resolve))
        await sql('select pg_terminate_backend($1)', [rows[0]?.pid])
        await ended
        await ctx.client.query('select 1')
      }),
      error => !(error instanceof Problem),
    )
    const one = await transactPlain(testCtx(), nowhere, ctx => ctx.sql<{ one: number }>('select 1 as one'))
    assert.deepEqual(one, [{ one: 1 }])
  })
})
