// The short form of the simulator, and that it sees what is planted.
import assert from 'node:assert/strict'
import { simulate } from '../sim.ts'
import { simPlants } from './plants.ts'
import { playSchedule } from './schedule.ts'

describe('log, relay, subscription and fold in virtual time', () => {
  it('end with what the log has, for everybody who may hear it, in 300 random schedules', async () => {
    const seed = process.env.FAULT_SEED ?? String(Math.floor(Math.random() * 2 ** 31))
    const { violations, events } = await simulate(seed, 300)
    assert.deepEqual(violations, [])
    assert.ok(events > 300 * 20, `${events} events`)
  })

  it('go the same way again with the same seed', async () => {
    const told: string[][] = [[], []]
    for (const lines of told) await playSchedule('again/1', undefined, line => lines.push(line))
    assert.ok((told[0]?.length ?? 0) > 10)
    assert.deepEqual(told[0], told[1])
  })

  for (const plant of simPlants)
    it(`show that ${plant.what}`, async () => {
      const { violations } = await simulate('planted', 300, { plant, untilSeen: true })
      assert.ok(violations.length > 0)
    })
})
