// A question typed on the spot becomes the question that was meant.
import assert from 'node:assert/strict'
import { readQuick, withPreset } from '#client/features/questions/quick.ts'

describe('a question typed on the spot', () => {
  it('is a poll without a star, single with one, multiple with more', () => {
    const kinds = ['Q\na\nb', 'Q\n* a\nb', 'Q\n*a\nb\nc *'].map(text => {
      const read = readQuick(text)
      return read.ok ? `${read.kind} ${read.question.type} ${read.question.key.optionIds}` : read.gap
    })
    assert.deepEqual(kinds, ['poll single o1', 'quiz single o1', 'quiz multiple o1,o3'])
  })

  it('knows true or false', () => {
    const read = readQuick('Water boils at 90 degrees\nTrue\n* False')
    assert.ok(read.ok)
    assert.deepEqual(read.question, {
      type: 'true-false',
      body: { prompt: 'Water boils at 90 degrees' },
      key: { optionIds: ['false'] },
    })
  })

  it('says what is missing', () => {
    const gaps = ['', '* a\nb', 'Q\na', `Q\n${'a\n'.repeat(7)}`, `Q\na\n${'b'.repeat(501)}`].map(text => {
      const read = readQuick(text)
      return read.ok ? 'ok' : read.gap
    })
    assert.deepEqual(gaps, ['noPrompt', 'noPrompt', 'tooFew', 'tooMany', 'tooLong'])
  })

  it('keeps the prompt under a preset', () => {
    assert.equal(withPreset('Agree?\nold', 'yesNo'), 'Agree?\nYes\nNo')
  })
})
