// The trail is written in the acting transaction, only grows, and shows tampering; erasing details leaves it whole.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { AccountId } from '#protocol/base/ids.ts'
import { audit, eraseDetailsAbout, seal, verify } from '#server/features/audit/index.ts'
import { closeDatabase, connectDatabase } from '#server/platform/db/sequelize.ts'
import { arrange, testCtx } from '#server/test/factories.ts'
import { testDatabase } from '#server/test/harness.ts'

describe('the audit trail', () => {
  let client: pg.Client
  before(async () => {
    const { url } = await testDatabase()
    connectDatabase(url)
    client = new pg.Client({ connectionString: url })
    await client.connect()
  })
  after(async () => {
    await client.end()
    await closeDatabase()
  })

  const about = randomUUID()
  const write = (count: number) =>
    arrange(ctx =>
      audit.recordAll(
        ctx,
        Array.from({ length: count }, (_, index) => ({
          verb: 'account.changed',
          subject: { kind: 'account', id: about },
          details: { note: `a secret word ${index}` },
        })),
      ),
    )
  /** Changes the tables as somebody with the database's own password could. */
  async function tamper(sql: string): Promise<void> {
    await client.query(`set session_replication_role = replica; ${sql}; set session_replication_role = origin`)
  }

  it('is not there when the action fails', async () => {
    await assert.rejects(
      arrange(async ctx => {
        await audit.record(ctx, { verb: 'account.changed', subject: { kind: 'account', id: about } })
        throw new Error('no')
      }),
    )
    assert.deepEqual(await verify(testCtx()), { sealed: 0, waiting: 0, breaks: [] })
  })

  it('is sealed in batches, by one node at a time, and then proves itself', async () => {
    await write(3)
    assert.equal((await verify(testCtx())).waiting, 3)
    const sealed = await Promise.all([arrange(seal), arrange(seal), arrange(seal)])
    assert.equal(
      sealed.reduce((sum, count) => sum + count, 0),
      3,
    )
    await write(4)
    assert.equal(await arrange(seal), 4)
    assert.equal(await arrange(seal), 0)
    assert.deepEqual(await verify(testCtx()), { sealed: 7, waiting: 0, breaks: [] })
  })

  it('can neither be changed nor shortened by the product', async () => {
    for (const sql of [
      `update audit_entries set verb = 'account.erased'`,
      'delete from audit_entries',
      'truncate audit_entries',
      'delete from audit_seals',
    ])
      await assert.rejects(client.query(sql), /only ever added to/)
  })

  it('names what was changed, taken out or rewritten', async () => {
    const { rows } = await client.query<{ entry_id: string }>('select entry_id from audit_seals order by place')
    const [first, second, third] = rows.map(row => row.entry_id)
    await tamper(`update audit_entries set verb = 'account.erased' where id = '${first}'`)
    assert.deepEqual((await verify(testCtx())).breaks, [{ place: 1, entryId: first, what: 'changed' }])
    await tamper(`update audit_entries set verb = 'account.changed' where id = '${first}'`)
    await client.query(`update audit_details set details = '{"note":"other"}' where entry_id = '${second}'`)
    assert.deepEqual((await verify(testCtx())).breaks, [{ place: 2, entryId: second, what: 'details' }])
    await client.query(`delete from audit_details where entry_id = '${second}'`)
    assert.deepEqual((await verify(testCtx())).breaks, [])
    await tamper(`delete from audit_entries where id = '${third}'`)
    assert.deepEqual((await verify(testCtx())).breaks, [{ place: 3, entryId: third, what: 'missing' }])
    await tamper(`delete from audit_seals where place = 3`)
    assert.deepEqual(
      (await verify(testCtx())).breaks.map(one => [one.place, one.what]),
      [[4, 'missing']],
    )
  })

  it('loses details and salt of an erased account, and still proves the rest', async () => {
    const before = (await verify(testCtx())).breaks
    await arrange(ctx => eraseDetailsAbout(ctx, about as AccountId))
    const { rows } = await client.query('select from audit_details join audit_entries on id = entry_id')
    assert.equal(rows.length, 0)
    assert.deepEqual((await verify(testCtx())).breaks, before)
  })
})
