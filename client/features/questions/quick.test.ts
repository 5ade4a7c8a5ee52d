// A question typed on the spot becomes the question that was meant.
import assert from 'node:assert/strict'
import { pickedOf } from '#client/features/questions/options.ts'
import { readQuick, withPreset } from '#client/features/questions/quick.ts'

describe('a question typed on the spot', () => {
  it('is a poll without a star, single with one, multiple with more', () => {
    const kinds = ['Q\na\nb', 'Q\n* a\nb', 'Q\n*a\nb\nc *'].map(text => {
      const read = readQuick(text)
      return read.ok ? `${read.kind} ${read.question.type} ${pickedOf(read.question.key)}` : read.gap
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

  it('asks for a number with its tolerance and unit, or for a word', () => {
    const body = (text: string) => {
      const read = readQuick(text)
      return read.ok ? [read.kind, read.question.body, read.question.key] : read.gap
    }
    const ignores = ['case', 'accents']
    assert.deepEqual(body('How long\n= 12.5 ± 0,5 cm'), [
      'quiz',
      { prompt: 'How long', unit: 'cm' },
      { value: '12.5', tolerance: '0.5', toleranceIn: 'absolute' },
    ])
    assert.deepEqual(body('How many\n= 1 200 +/- 10 %'), [
      'quiz',
      { prompt: 'How many' },
      { value: '1200', tolerance: '10', toleranceIn: 'percent' },
    ])
    assert.deepEqual(body('Capital\n= Paris\n=  Lutetia '), [
      'quiz',
      { prompt: 'Capital' },
      { accepted: ['Paris', 'Lutetia'], ignores },
    ])
    assert.deepEqual(body('What\n= 3 little pigs'), [
      'quiz',
      { prompt: 'What', unit: 'little pigs' },
      { value: '3', tolerance: '0', toleranceIn: 'absolute' },
    ])
    assert.deepEqual(body('Q\n= '), 'tooFew')
    assert.deepEqual(body('Which words\n#'), ['word-cloud', { prompt: 'Which words' }, {}])
    assert.deepEqual(body('What else\n…'), ['open-text', { prompt: 'What else' }, {}])
  })

  it('keeps the prompt under a preset', () => {
    assert.equal(withPreset('Agree?\nold', 'yesNo'), 'Agree?\nYes\nNo')
  })
})
