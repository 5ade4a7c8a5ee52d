// Each language says what English says, with the same parameters, and the page runs its way from the first paint.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { door as arDoor } from './ar/door.ts'
import { ar } from './ar/index.ts'
import { inside as arInside } from './ar/inside.ts'
import { door as enDoor } from './en/door.ts'
import { en } from './en/index.ts'
import { inside as enInside } from './en/inside.ts'
import { languageFor, languages } from './locales.ts'
import type { Catalogue, Template } from './text.ts'

const others: Record<string, Catalogue> = { ar }
const forms = (template: Template) => (typeof template === 'string' ? [template] : Object.values(template))
const namesIn = (template: Template) =>
  [...new Set(forms(template).flatMap(form => [...form.matchAll(/\{(\w+)\}/g)].map(match => match[1])))].sort()

describe('the languages of the pages', () => {
  it('are found by the language of a locale, whatever its region; else it is English', () => {
    assert.equal(languageFor(['ar-EG', 'en']).id, 'ar')
    assert.equal(languageFor(['xx', 'en-GB', 'ar']).id, 'en')
    assert.equal(languageFor([]).id, 'en')
  })

  it('come in the same two parts', () => {
    assert.deepEqual(Object.keys(arDoor).sort(), Object.keys(enDoor).sort())
    assert.deepEqual(Object.keys(arInside).sort(), Object.keys(enInside).sort())
    assert.deepEqual(
      Object.keys(enDoor).filter(one => one in enInside),
      [],
    )
  })

  it('are the same before the first paint', () => {
    const text = readFileSync(new URL('../../client/public/before-paint.js', import.meta.url), 'utf8')
    const known = /known = (\{.*\})/.exec(text)?.[1]
    assert.equal(known, `{ ${languages.map(({ id, dir }) => `${id}: '${dir}'`).join(', ')} }`)
  })

  for (const [id, catalogue] of Object.entries(others)) {
    it(`say in ${id} only what English says, with the same parameters`, () => {
      const wanted: Catalogue = en
      for (const [feature, words] of Object.entries(catalogue)) {
        for (const [key, template] of Object.entries(words)) {
          const english = wanted[feature]?.[key]
          assert.ok(english !== undefined, `${feature}.${key} is not in the English catalogue`)
          const strange = namesIn(template).filter(name => name !== 'count' && !namesIn(english).includes(name))
          assert.deepEqual(strange, [], `${feature}.${key}`)
          const left = namesIn(english).filter(name => name !== 'count' && !namesIn(template).includes(name))
          assert.deepEqual(left, [], `${feature}.${key} leaves out`)
          assert.equal(typeof english === 'string', typeof template === 'string', `${feature}.${key}: one form or many`)
        }
      }
    })

    const lacking = Object.entries(en as Catalogue).flatMap(([feature, words]) =>
      Object.keys(words)
        .filter(key => catalogue[feature]?.[key] === undefined)
        .map(key => `${feature}.${key}`),
    )
    it(`say in ${id} all that English says`, () => {
      assert.deepEqual(lacking, [])
    })
  }
})
