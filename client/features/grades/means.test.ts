// The means of the gradebook.
import assert from 'node:assert/strict'
import { meanOf, percentOf } from './means.ts'

describe('means of the gradebook', () => {
  it('count what is there, each column by its own points', () => {
    const cells = [
      { score: '5', points: '10' },
      { score: '20', points: '20' },
      { score: '0', points: '0' },
    ]
    assert.deepEqual(cells.map(percentOf), [50, 100, null])
    assert.equal(meanOf(cells.map(percentOf)), 75)
    assert.equal(meanOf([null]), null)
    assert.equal(meanOf([]), null)
  })
})
