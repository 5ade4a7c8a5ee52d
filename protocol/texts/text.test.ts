// The catalogue's templates: parameters, plurals, and what happens when something is absent.
import assert from 'node:assert/strict'
import { createTranslate, fillTemplate, withoutSigns } from '#protocol/texts/text.ts'

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

  it('sets words apart that run against the page, and no others', () => {
    const said = (direction: 'ltr' | 'rtl' | undefined, name: string) =>
      fillTemplate('{name}: {count}', { name, count: 3 }, 'en', direction)
    assert.equal(said('ltr', 'Zoë 3'), 'Zoë 3: 3')
    assert.equal(said('ltr', 'ليلى'), '\u2068ليلى\u2069: 3')
    assert.equal(said('ltr', 'Lab ב'), '\u2068Lab ב\u2069: 3')
    assert.equal(said('rtl', 'ليلى'), 'ليلى: 3')
    assert.equal(said('rtl', 'C++'), '\u2068C++\u2069: 3')
    assert.equal(said('rtl', '10:32'), '10:32: 3')
    assert.equal(said(undefined, 'ليلى'), 'ليلى: 3', 'nothing is added to mails and files')
    assert.equal(createTranslate(catalogue, 'en', 'rtl')('class.saved', { time: 'now' }), 'Saved \u2068now\u2069')
    assert.equal(withoutSigns(said('rtl', 'C++')), 'C++: 3')
  })

  it('leaves a gap standing and answers an unknown key with the key', () => {
    assert.equal(fillTemplate('Saved {time}', {}, 'en'), 'Saved {time}')
    assert.equal(fillTemplate('{toString}', {}, 'en'), '{toString}')
    assert.equal(t('class.unknown' as 'class.end'), 'class.unknown')
  })
})
