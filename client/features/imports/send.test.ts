// A list cut into pieces is the list again when they are put together, and no letter is parted.
import assert from 'node:assert/strict'
import { piecesOf } from './send.ts'

describe('the pieces of a list', () => {
  it('are the list, and part no letter', () => {
    assert.deepEqual(piecesOf('abcde', 2), ['ab', 'cd', 'e'])
    assert.deepEqual(piecesOf('a😀b', 2), ['a', '😀', 'b'])
    assert.deepEqual(piecesOf('', 2), [])
  })
})
