// The look at the numbers of rights: what a node that was cut off for long finds when it is back.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { Rights } from './rights.ts'

describe('the look at the numbers of rights', () => {
  before(async () => {
    connectDatabase((await testDatabase()).url)
    atEndOfFile(closeDatabase)
  })

  it('R14: finds what changed since the last one, however long ago that was, and each change once', async () => {
    const told: string[] = []
    let cut = false
    const lookBackSeconds = 0.05
    const rights = new Rights({
      sql: async (text, values) => (cut ? Promise.reject(new Error('no way to the database')) : sql(text, values)),
      log: pino({ level: 'silent' }),
      connections: new Map(),
      identify: () => assert.fail('nobody is connected'),
      dismiss: () => assert.fail('nobody is connected'),
      admit: () => assert.fail('nobody is connected'),
      close: () => assert.fail('nobody is connected'),
      tell: subjects => told.push(...subjects),
      lookBackSeconds,
    })
    const [before, meanwhile] = [randomUUID(), randomUUID()]
    const bump = (subject: string) =>
      sql('insert into rights_versions (subject, version, changed_at) values ($1, 1, clock_timestamp())', [subject])
    await bump(before)
    await rights.poll()
    cut = true
    await assert.rejects(rights.poll())
    await bump(meanwhile)
    const isLongAgo =
      'select from rights_versions where subject = $1 and changed_at < now() - make_interval(secs => $2)'
    await waitFor(async () => (await sql(isLongAgo, [meanwhile, 2 * lookBackSeconds])).length > 0, 'time to pass')
    cut = false
    await rights.poll()
    await rights.poll()
    assert.deepEqual(told, [meanwhile])
  })
})
