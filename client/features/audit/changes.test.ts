// What an entry says changed is shown as before and after, and nothing else is.
import assert from 'node:assert/strict'
import { changesOf } from './changes.ts'

describe('the details of an entry', () => {
  it('are what differs, before and after, and the rest as it is', () => {
    const details = { before: { name: 'A', zone: 'UTC' }, after: { name: 'B', zone: 'UTC' }, reason: 'Married' }
    assert.deepEqual(changesOf(details), [
      { key: 'name', before: 'A', after: 'B' },
      { key: 'reason', after: 'Married' },
    ])
  })

  it('say what is empty as a dash, and lists as they are kept', () => {
    assert.deepEqual(changesOf({ email: null, scopes: ['a'] }), [
      { key: 'email', after: '–' },
      { key: 'scopes', after: '["a"]' },
    ])
  })
})
