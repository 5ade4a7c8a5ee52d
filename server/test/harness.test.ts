// The harness itself: databases of one's own, a node that answers, and what a test brought is gone afterwards.

import assert from 'node:assert/strict'
import pg from 'pg'
import { testDatabase, testNode, testServerUrl } from './harness.ts'

const exists = async (name: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: testServerUrl })
  await client.connect()
  try {
    return (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1
  } finally {
    await client.end()
  }
}

describe('the test harness', () => {
  it('gives each caller a migrated database of its own, and takes it away', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()])
    assert.notEqual(one.url, two.url)
    const name = new URL(one.url).pathname.slice(1)
    const client = new pg.Client({ connectionString: one.url })
    await client.connect()
    const { rows } = await client.query("select to_regclass('operations') is not null as there")
    await client.end()
    assert.equal(rows[0].there, true)
    assert.equal(await exists(name), true)
    await one.drop()
    assert.equal(await exists(name), false)
  })

  it('starts a node that is ready, and stops it', async () => {
    const node = await testNode()
    assert.equal((await fetch(`http://127.0.0.1:${node.port}/readyz`)).status, 200)
    await node.stop()
    await assert.rejects(fetch(`http://127.0.0.1:${node.port}/readyz`))
  })

  it('starts two nodes at once on one new database, with Redis between them', async () => {
    const { url } = await testDatabase()
    const start = () => testNode({ redis: true, databaseUrl: url })
    const [one, two] = await Promise.all([start(), start()])
    for (const node of [one, two]) assert.equal((await fetch(`http://127.0.0.1:${node.port}/readyz`)).status, 200)
    await one.stop()
    assert.equal((await fetch(`http://127.0.0.1:${two.port}/readyz`)).status, 200, 'the other goes on')
  })
})
