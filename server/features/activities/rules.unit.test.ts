// What holds in the record, from plain data.
import assert from 'node:assert/strict'
import { mayReadKey } from './rules.ts'

describe('rules of the record', () => {
  it('shows a key only when the item is over for the reader everywhere', () => {
    const live = { mode: 'live' as const, shown: true, finished: false }
    const home = { mode: 'homework' as const, shown: false, finished: false }
    assert.equal(mayReadKey([live]), true)
    assert.equal(mayReadKey([{ ...live, shown: false }]), false)
    assert.equal(mayReadKey([live, home]), false)
    assert.equal(mayReadKey([live, { ...home, finished: true }]), true)
    assert.equal(mayReadKey([{ ...live, shown: false, finished: true }]), false)
    assert.equal(mayReadKey([]), false)
  })
})
