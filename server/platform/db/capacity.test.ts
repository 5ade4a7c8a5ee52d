// A database without room for a node stops the start with words that say what to change.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { atEndOfFile } from '#server/test/endings.ts'
import { testDatabase, testNode, testServerUrl } from '#server/test/harness.ts'
import { checkCapacity } from './capacity.ts'
import { connectionsPerNode } from './sequelize.ts'

describe('room for the connections of a node', () => {
  it('is asked for at the start: a role that may open too few is told, with both numbers', async () => {
    const { url, drop } = await testDatabase()
    const admin = new pg.Client({ connectionString: testServerUrl })
    await admin.connect()
    const role = `lectern_test_few_${randomBytes(4).toString('hex')}`
    await admin.query(`create role ${role} login connection limit 6`)
    atEndOfFile(async () => {
      await drop()
      await admin.query(`drop role ${role}`)
      await admin.end()
    })
    const few = new URL(url)
    few.username = role
    await assert.rejects(testNode({ databaseUrl: few.href }), {
      name: 'CapacityError',
      message: new RegExp(`lets us open 6 connections and a node needs up to ${connectionsPerNode}`),
    })
    // Nothing was left open: the next start may take another database.
    await (await testNode()).stop()
  })

  it('warns when others hold so many that a full node would not fit, and is silent when there is room', async () => {
    const asked = (most: number, used: number) =>
      checkCapacity((async () => [{ most, limit: most, used }]) as unknown as Parameters<typeof checkCapacity>[0])
    assert.equal(await asked(97, 20), undefined)
    assert.match((await asked(97, 90)) ?? '', /allows 97 connections and 90 are in use/)
  })
})
