// No picked answer is lost at the close, none is sent after it, and none is sent twice where the first one counts.
import assert from 'node:assert/strict'
import { draftEnds, givingDoes, leftUnsent, takesTaps } from './sending.ts'

const free = { mayChange: true, phase: 'open', closesAt: null } as const
const once = { mayChange: false, phase: 'open', closesAt: null } as const
const picks = (...optionIds: string[]) => ({ optionIds })
const left = (seconds: number, paused = false) => ({ left: seconds, paused })

describe('sending an answer in class', () => {
  it('sends what is given at once, or leaves it to the button, and never sends an empty answer', () => {
    assert.equal(givingDoes('at once', picks('a')), 'send')
    assert.equal(givingDoes('at once', picks('a', 'b')), 'send')
    // What is typed is sent by a button, or every letter would be an answer.
    assert.equal(givingDoes('by button', { value: '1' }), 'draft')
    for (const sends of ['at once', 'by button'] as const) assert.equal(givingDoes(sends, null), 'draft')
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
    assert.equal(draftEnds(once, draft, picks('a'), left(5), 0), undefined)
    assert.equal(draftEnds(once, draft, picks('a'), left(1), 0), 'send')
    assert.equal(draftEnds(once, draft, null, left(1), 0), undefined)
    assert.equal(draftEnds(once, draft, picks('a'), left(1, true), 0), undefined)
    assert.equal(draftEnds(once, draft, picks('a'), undefined, 0), undefined)
    assert.equal(draftEnds(once, draft, picks('a'), left(0), 0), 'drop')
    for (const phase of ['closing', 'closed', 'revealed'] as const)
      assert.equal(draftEnds({ phase, closesAt: null }, draft, picks('a'), undefined, 0), 'drop')
    const locked = { phase: 'closing', closesAt: '2026-01-01T00:00:01.500Z' } as const
    const end = Date.parse(locked.closesAt)
    assert.equal(draftEnds(locked, draft, picks('a'), undefined, end - 1_000), 'send')
    assert.equal(draftEnds(locked, draft, null, undefined, end - 1_000), 'drop')
    assert.equal(draftEnds(locked, draft, picks('a'), undefined, end), 'drop')
    assert.equal(draftEnds(once, { is: 'sent' }, picks('a'), left(1), 0), undefined)
  })

  it('sends what was picked and not sent when its question leaves, and nothing else', () => {
    assert.ok(leftUnsent({ is: 'draft' }, picks('a')))
    assert.ok(!leftUnsent({ is: 'draft' }, null))
    for (const is of ['none', 'sent', 'sending', 'kept'] as const) assert.ok(!leftUnsent({ is }, picks('a')))
  })
})
