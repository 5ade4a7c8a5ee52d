// A question that is being written says what is missing and becomes exactly what was written.
import assert from 'node:assert/strict'
import { draftOf, newDraft, nextOptionId, readDraft, toggleRight, withType } from '#client/features/questions/draft.ts'

describe('a question being written', () => {
  it('says what is missing', () => {
    const read = readDraft(newDraft(), 'keyed')
    assert.ok(!read.ok)
    assert.deepEqual(read.gaps, { prompt: true, options: ['o1', 'o2'], right: true, value: false, tolerance: false })
  })

  it('keeps the key within its type', () => {
    let draft = { ...newDraft(), prompt: 'Q', options: newDraft().options.map(one => ({ ...one, text: one.id })) }
    draft = { ...withType(draft, 'multiple'), prompt: 'Q', options: [...draft.options] }
    const both = toggleRight(toggleRight(draft, 'o1'), 'o2')
    assert.deepEqual(both.right, ['o1', 'o2'])
    assert.deepEqual(withType(both, 'single').right, ['o1'])
    assert.deepEqual(withType(both, 'true-false').right, [])
    const read = readDraft(withType(both, 'single'), 'keyed')
    assert.ok(read.ok && read.question.type === 'single')
  })

  it('reads numbers in either decimal sign and words one a line, and says what is no key', () => {
    const number = { ...newDraft('numeric'), prompt: 'Q', value: '1,5', tolerance: '0.25', unit: ' cm ' }
    const read = readDraft(number, 'keyed')
    assert.deepEqual(read.ok && read.question, {
      type: 'numeric',
      body: { prompt: 'Q', unit: 'cm' },
      key: { value: '1.5', tolerance: '0.25', toleranceIn: 'absolute' },
    })
    const gaps = (draft: typeof number) => {
      const found = readDraft(draft, 'keyed')
      return found.ok ? undefined : [found.gaps.value, found.gaps.tolerance]
    }
    assert.deepEqual(gaps({ ...number, value: 'about 3', tolerance: '-1' }), [true, true])
    assert.equal(gaps({ ...number, tolerance: '' }), undefined)
    const words = { ...newDraft('short-text'), prompt: 'Q', accepted: ' Paris \n\nparis\nParis' }
    const told = readDraft(words, 'keyed')
    assert.deepEqual(told.ok && told.question.type === 'short-text' && told.question.key.accepted, ['Paris', 'paris'])
    assert.ok(!readDraft({ ...words, accepted: '*\n * * ' }, 'keyed').ok)
    assert.ok(read.ok && told.ok)
    for (const { question } of [read, told])
      assert.deepEqual(readDraft(draftOf(question), 'keyed'), { ok: true, question })
  })

  it('never gives an id twice', () => {
    assert.equal(nextOptionId([{ id: 'o1' }, { id: 'o7' }, { id: 'x' }]), 'o8')
  })
})
