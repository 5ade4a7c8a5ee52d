// The server's clock from round trips of different lengths.
import assert from 'node:assert/strict'
import { ServerClock } from './server-clock.ts'

describe('the server clock', () => {
  const at = (ms: number) => new Date(ms).toISOString()

  it('R19: keeps the offset of the fastest round trip, and lets old ones fade', () => {
    let here = 1_000_000
    const clock = new ServerClock(() => here)
    clock.noteHello(at(1_005_000))
    assert.equal(clock.now(), 1_005_000)
    clock.note(at(1_004_000), 200)
    assert.equal(clock.now(), 1_004_100)
    clock.note(at(1_009_000), 900)
    assert.equal(clock.now(), 1_004_100)
    clock.note(at(1_004_080), 40)
    assert.equal(clock.now(), 1_004_100)
    here += 10
    assert.equal(clock.now(), 1_004_110)
    clock.age()
    clock.note(at(1_004_500), 50)
    assert.equal(clock.now(), 1_004_525)
  })
})
