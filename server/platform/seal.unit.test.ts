// What is sealed comes back as it was, and nothing else does.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { keySeals, seal, unseal } from './seal.ts'

describe('a sealed secret', () => {
  before(() => keySeals('a key that only this test uses'))

  it('comes back, for its own purpose alone', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const sealed = seal('one', text)
        assert.equal(unseal('one', sealed), text)
        assert.equal(unseal('two', sealed), undefined)
      }),
    )
  })

  it('is not opened when a bit was changed or a part is missing', () => {
    const sealed = seal('one', 'the secret')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      assert.equal(unseal('one', changed), undefined, `byte ${at}`)
      assert.equal(unseal('one', sealed.subarray(0, at)), undefined, `${at} bytes`)
    }
  })

  it('is not opened under another key', () => {
    const sealed = seal('one', 'the secret')
    keySeals('another key')
    assert.equal(unseal('one', sealed), undefined)
  })
})
