// The time of the database, on a machine whose own clock is wrong.
import assert from 'node:assert/strict'
import { testNode } from '#server/test/harness.ts'
import { type Clock, inOrder, startClock } from './clock.ts'
import { sql } from './sequelize.ts'

describe('the clock of a node', () => {
  let clock: Clock
  const wallClock = Date.now
  before(async () => {
    await testNode()
    clock = await startClock(error => assert.fail(String(error)))
  })
  after(() => {
    Date.now = wallClock
    clock.stop()
  })

  const ofDatabase = async () => {
    const [row] = await sql<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
    return row?.ms ?? assert.fail()
  }

  it('goes back for no truer measurement, and follows who sets it back', () => {
    const told = [5_000, 4_990, 5_001, 4_500, 5_002, 3_000, 3_001]
    const now = inOrder(() => told.shift() ?? assert.fail())
    assert.deepEqual(
      Array.from({ length: 7 }, () => now()),
      [5_000, 5_000, 5_001, 5_001, 5_002, 3_000, 3_001],
    )
  })

  it('is the database’s, before and after the wall clock of the machine is set', async () => {
    for (const stepMs of [0, 3_000, -3_000]) {
      Date.now = () => wallClock() + stepMs
      const before = await ofDatabase()
      const now = clock.now().getTime()
      const after = await ofDatabase()
      // Half a second for the round trips of a busy machine.
      assert.ok(now > before - 500 && now < after + 500, `${now} lies between ${before} and ${after}`)
    }
  })
})
