// The square that is cut out of a picture stays inside it, whatever it is pushed or enlarged by.
import assert from 'node:assert/strict'
import { cutOf, moved } from './cut.ts'

const wide = { width: 300, height: 100 }

describe('the square cut out of a picture', () => {
  it('is the largest in the middle at first', () => {
    assert.deepEqual(cutOf(wide, 1, { x: 0.5, y: 0.5 }), { x: 100, y: 0, size: 100 })
    assert.deepEqual(cutOf(wide, 2, { x: 0.5, y: 0.5 }), { x: 125, y: 25, size: 50 })
  })

  it('follows the push and stops at the edge', () => {
    const place = moved(wide, 1, { x: 0.5, y: 0.5 }, { dx: 0.5, dy: 0.5 })
    assert.deepEqual(cutOf(wide, 1, place), { x: 50, y: 0, size: 100 })
    assert.deepEqual(cutOf(wide, 1, moved(wide, 1, place, { dx: 9, dy: 9 })), { x: 0, y: 0, size: 100 })
  })
})
