// What counts as played: going on does, jumping does not, and nothing is told twice.
import assert from 'node:assert/strict'
import { Played } from './played.ts'

const play = (played: Played, from: number, to: number, step = 0.25) => {
  for (let at = from; at <= to; at += step) played.on(at)
}

describe('seconds that were played', () => {
  it('are one stretch while it goes on, and two after a jump', () => {
    const played = new Played()
    play(played, 0, 10)
    play(played, 60, 65)
    assert.deepEqual(played.take(), [
      [0, 10],
      [60, 65],
    ])
    play(played, 65, 70)
    assert.deepEqual(played.take(), [[65, 70]])
    assert.deepEqual(played.take(), [])
  })

  it('end where it stopped, go back with it, and are kept when they could not be told', () => {
    const played = new Played()
    play(played, 5, 8)
    played.off()
    play(played, 2, 4)
    const told = played.take()
    assert.deepEqual(told, [
      [5, 8],
      [2, 4],
    ])
    played.putBack(told)
    played.off()
    assert.deepEqual(played.take(), told)
  })

  it('stay few through a long time without a network', () => {
    const played = new Played()
    for (let minute = 0; minute < 300; minute++) {
      play(played, minute * 15, minute * 15 + 15)
      played.putBack(played.take())
    }
    assert.deepEqual(played.take(), [[0, 4_500]])
    for (let jump = 0; jump < 300; jump++) {
      play(played, jump * 100, jump * 100 + 5)
      played.putBack(played.take())
    }
    assert.equal(played.take().length, 100)
  })
})
