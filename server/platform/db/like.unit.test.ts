// What is typed into a search stands for itself, whatever it means in a pattern.
import assert from 'node:assert/strict'
import { containing, literally } from './like.ts'

describe('patterns of what people typed', () => {
  it('mean the words as they stand', () => {
    assert.equal(literally('100%_a\\b'), '100\\%\\_a\\\\b')
    assert.equal(containing(' 50% '), '%50\\%%')
  })

  it('are none where nothing is sought', () => {
    assert.deepEqual([containing(undefined), containing(''), containing('  ')], [null, null, null])
  })
})
