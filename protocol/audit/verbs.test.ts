// Whatever the server records can be read: each act of the trail has words for the thing and for what became of it.
import assert from 'node:assert/strict'
import { audit as ar } from '../texts/ar/audit.ts'
import { audit as en } from '../texts/en/audit.ts'
import { auditVerbs } from './verbs.ts'

const camel = (text: string): string => text.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

describe('the acts of the trail', () => {
  for (const [language, words] of Object.entries({ en, ar }))
    it(`have words in ${language}, each for its thing and for what became of it`, () => {
      const missing = auditVerbs.flatMap(verb => {
        const [thing = '', done = ''] = verb.split('.')
        return [`thing${camel(thing)}`, `done${camel(done)}`].filter(key => !(key in words))
      })
      assert.deepEqual([...new Set(missing)], [])
    })

  it('are named once, in order', () => {
    assert.deepEqual([...auditVerbs], [...new Set(auditVerbs)].sort())
  })
})
