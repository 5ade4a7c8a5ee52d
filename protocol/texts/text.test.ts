// The catalogue's templates: parameters, plurals, and what happens when something is absent.
import assert from 'node:assert/strict'
import { createTranslate, fillTemplate } from '#protocol/texts/text.ts'

const catalogue = {
  class: {
    joined: { zero: 'Nobody has joined', one: '{count} person joined', other: '{count} people joined' },
    saved: 'Saved {time}',
    end: 'End class',
  },
} as const

describe('texts', () => {
  const t = createTranslate(catalogue, 'en')

  it('fills named parameters', () => {
    assert.equal(t('class.saved', { time: '10:32' }), 'Saved 10:32')
    assert.equal(t('class.end'), 'End class')
  })

  it('chooses the plural form and writes numbers as the locale does', () => {
    assert.equal(t('class.joined', { count: 0 }), 'Nobody has joined')
    assert.equal(t('class.joined', { count: 1 }), '1 person joined')
    assert.equal(t('class.joined', { count: 12345 }), '12,345 people joined')
    assert.equal(fillTemplate({ few: '{count} pytania', other: '{count} pytań' }, { count: 3 }, 'pl'), '3 pytania')
  })

  it('leaves a gap standing and answers an unknown key with the key', () => {
    assert.equal(fillTemplate('Saved {time}', {}, 'en'), 'Saved {time}')
    assert.equal(fillTemplate('{toString}', {}, 'en'), '{toString}')
    assert.equal(t('class.unknown' as 'class.end'), 'class.unknown')
  })
})
