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
})
