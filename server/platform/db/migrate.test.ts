// Migrations: two nodes at once, a failure in the middle, forward only.

import assert from 'node:assert/strict'
import pg from 'pg'
import { testDatabase } from '#server/test/harness.ts'
import { type Migration, migrate } from './migrate.ts'

const steps: Migration[] = [
  { name: '9001-books', up: 'create table books (id int primary key)' },
  {
    name: '9002-first-book',
    up: async query => {
      await query('insert into books values (1)')
      await query('select pg_sleep(0.1)')
    },
  },
]

describe('migrate', () => {
  let url = ''
  const ask = async (sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  beforeEach(async () => {
    url = (await testDatabase()).url
  })

  it('runs each step once when two nodes start at once', async () => {
    const ran = await Promise.all([migrate(url, steps), migrate(url, steps), migrate(url, steps)])
    assert.deepEqual(ran.flat().sort(), ['9001-books', '9002-first-book'])
    assert.deepEqual(await ask('select id from books'), [{ id: 1 }])
    assert.deepEqual(await migrate(url, steps), [])
  })

  it('keeps nothing of a step that fails, and goes on from there the next time', async () => {
    const broken: Migration = { name: '9003-more', up: 'insert into books values (2); select 1/0' }
    await assert.rejects(migrate(url, [...steps, broken]), /9003-more/)
    assert.deepEqual(await ask('select id from books'), [{ id: 1 }])
    const mended: Migration = { name: '9003-more', up: 'insert into books values (3)' }
    assert.deepEqual(await migrate(url, [...steps, mended]), ['9003-more'])
  })

  it('leaves alone what a newer release has run', async () => {
    await migrate(url, steps)
    assert.deepEqual(await migrate(url, steps.slice(0, 1)), [])
  })

  it('refuses a list out of order or badly named', async () => {
    await assert.rejects(migrate(url, [...steps].reverse()), /must have a number above 9002/)
    await assert.rejects(migrate(url, [{ name: 'books', up: '' }]), /must look like/)
  })
})
