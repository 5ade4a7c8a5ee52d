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

  it('take nothing for nothing, and say what was there before', () => {
    const details = { before: { note: '', until: null }, after: { note: null, until: '2027-01-01' } }
    assert.deepEqual(changesOf(details), [{ key: 'until', before: null, after: '2027-01-01' }])
    assert.deepEqual(changesOf({ email: null, scopes: ['a'] }), [
      { key: 'email', after: null },
      { key: 'scopes', after: ['a'] },
    ])
  })

  it('tell what something was made from apart from when it opens', () => {
    assert.deepEqual(changesOf({ from: 'file', name: 'Aide' }, 'role.created'), [
      { key: 'name', after: 'Aide' },
      { key: 'madeFrom', after: 'file' },
    ])
    const release = { before: { from: null }, after: { from: '2030-01-01T00:00:00.000Z' } }
    assert.deepEqual(changesOf(release, 'release.changed'), [
      { key: 'from', before: null, after: '2030-01-01T00:00:00.000Z' },
    ])
  })

  it('know another role, another name and what a place said of a right for changes', () => {
    const role = { accountId: 'x', from: 'learner', to: 'assistant' }
    assert.deepEqual(changesOf(role, 'course.role-changed'), [
      { key: 'role', before: 'learner', after: 'assistant' },
      { key: 'accountId', after: 'x' },
    ])
    assert.deepEqual(changesOf({ before: 'Aide', name: 'Lab aide', added: [] }, 'role.changed'), [
      { key: 'name', before: 'Aide', after: 'Lab aide' },
      { key: 'added', after: [] },
    ])
    assert.deepEqual(changesOf({ capability: 'live.host', before: 'inherit', after: 'allow' }, 'role.rule-changed'), [
      { key: 'says', before: 'inherit', after: 'allow' },
      { key: 'capability', after: 'live.host' },
    ])
    const many = [
      { role: 'learner', before: 'inherit', after: 'prohibit' },
      { role: 'assistant', before: 'allow', after: 'prohibit' },
    ]
    assert.deepEqual(changesOf({ capability: 'channel.attach', changes: many }, 'role.rules-changed'), [
      { key: 'says', of: 'learner', before: 'inherit', after: 'prohibit' },
      { key: 'says', of: 'assistant', before: 'allow', after: 'prohibit' },
      { key: 'capability', after: 'channel.attach' },
    ])
  })
})
