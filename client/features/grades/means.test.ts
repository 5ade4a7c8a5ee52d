// The means of the gradebook.
import assert from 'node:assert/strict'
import { meanOf } from './means.ts'

describe('means of the gradebook', () => {
  it('leave out what is not there', () => {
    assert.equal(meanOf([50, null, 100]), 75)
    assert.equal(meanOf([null, null]), null)
    assert.equal(meanOf([]), null)
  })
})
