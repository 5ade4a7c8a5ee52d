// How long a frame travels, from the times of the heartbeat.
import assert from 'node:assert/strict'
import { mostTravelMs, Travel } from './travel.ts'

describe('how long a frame travels', () => {
  it('is half the least of the last round trips, and never more than the cap', () => {
    const travel = new Travel()
    assert.equal(travel.ms, 0)
    const trip = (ms: number) => {
      travel.sent(1_000)
      travel.came(1_000 + ms)
    }
    travel.came(5)
    assert.equal(travel.ms, 0)
    for (const ms of [41, 900, 900, 900, 900]) trip(ms)
    assert.equal(travel.ms, 20)
    trip(900)
    assert.equal(travel.ms, mostTravelMs)
  })
})
