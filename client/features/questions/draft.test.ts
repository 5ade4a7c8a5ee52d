// A question that is being written says what is missing and becomes exactly what was written.
import assert from 'node:assert/strict'
import { newDraft, nextOptionId, readDraft, toggleRight, withType } from '#client/features/questions/draft.ts'

describe('a question being written', () => {
  it('says what is missing', () => {
    const read = readDraft(newDraft(), true)
    assert.ok(!read.ok)
    assert.deepEqual(read.gaps, { prompt: true, options: ['o1', 'o2'], right: true })
  })

  it('keeps the key within its type', () => {
    let draft = { ...newDraft(), prompt: 'Q', options: newDraft().options.map(one => ({ ...one, text: one.id })) }
    draft = { ...withType(draft, 'multiple'), prompt: 'Q', options: [...draft.options] }
    const both = toggleRight(toggleRight(draft, 'o1'), 'o2')
    assert.deepEqual(both.right, ['o1', 'o2'])
    assert.deepEqual(withType(both, 'single').right, ['o1'])
    assert.deepEqual(withType(both, 'true-false').right, [])
    const read = readDraft(withType(both, 'single'), true)
    assert.ok(read.ok && read.question.type === 'single')
  })

  it('never gives an id twice', () => {
    assert.equal(nextOptionId([{ id: 'o1' }, { id: 'o7' }, { id: 'x' }]), 'o8')
  })
})
