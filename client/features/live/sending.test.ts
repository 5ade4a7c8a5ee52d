// No picked answer is lost at the close, none is sent after it, and none is sent twice where the first one counts.
import assert from 'node:assert/strict'
import { confirms, draftEnds, takesTaps, tapDoes } from './sending.ts'

const free = { mayChange: true, phase: 'open' } as const
const once = { mayChange: false, phase: 'open' } as const
const several = { type: 'multiple' } as const
const one = { type: 'single' } as const
const left = (seconds: number, paused = false) => ({ left: seconds, paused })

describe('sending an answer in class', () => {
  it('sends every change where changing is allowed, several answers too', () => {
    assert.equal(tapDoes(free, several, ['a']), 'send')
    assert.equal(tapDoes(free, several, ['a', 'b']), 'send')
    assert.equal(tapDoes(free, one, ['b']), 'send')
    assert.ok(!confirms(free, several))
  })

  it('waits for the button where several answers count once, and never sends an empty answer', () => {
    assert.equal(tapDoes(once, several, ['a']), 'draft')
    assert.ok(confirms(once, several))
    assert.equal(tapDoes(once, one, ['a']), 'send')
    assert.equal(tapDoes(free, several, []), 'draft')
  })

  it('takes no tap for an answer that was given once and for all', () => {
    for (const is of ['sent', 'sending', 'kept'] as const) {
      assert.ok(!takesTaps(once, { is }))
      assert.ok(takesTaps(free, { is }))
    }
    for (const is of ['none', 'draft'] as const) assert.ok(takesTaps(once, { is }))
  })

  it('sends a draft by itself in time, and lets it go when nothing is taken any more', () => {
    const draft = { is: 'draft' } as const
    assert.equal(draftEnds(once, draft, ['a'], left(5)), undefined)
    assert.equal(draftEnds(once, draft, ['a'], left(1)), 'send')
    assert.equal(draftEnds(once, draft, [], left(1)), undefined)
    assert.equal(draftEnds(once, draft, ['a'], left(1, true)), undefined)
    assert.equal(draftEnds(once, draft, ['a'], undefined), undefined)
    assert.equal(draftEnds(once, draft, ['a'], left(0)), 'drop')
    for (const phase of ['closing', 'closed', 'revealed'] as const)
      assert.equal(draftEnds({ phase }, draft, ['a'], undefined), 'drop')
    assert.equal(draftEnds(once, { is: 'sent' }, ['a'], left(1)), undefined)
  })
})
