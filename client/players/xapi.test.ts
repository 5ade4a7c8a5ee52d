// What packages of H5P say comes out in the one form, cut to what can be kept, whatever it is.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { partData } from '#protocol/packages/attempts.ts'
import { longestSuspend } from '#protocol/packages/limits.ts'
import { standingAfter, standingOf, toldWith } from './xapi.ts'

const opened = standingOf(null)
const verb = (name: string) => ({ id: `http://adlnet.gov/expapi/verbs/${name}` })
const answered = (result: object, more: object = {}) => ({ verb: verb('answered'), result, ...more })

describe('what a package of H5P tells', () => {
  it('is an end with its score, whole or by itself', () => {
    assert.deepEqual(opened, { completion: 'incomplete', success: 'unknown', score: null })
    const score = { raw: 2, min: 0, max: 4, scaled: 0.5 }
    assert.deepEqual(standingAfter(opened, answered({ score, success: false, completion: true })), {
      ...{ completion: 'completed', success: 'failed', score },
    })
    assert.deepEqual(standingAfter(opened, { verb: verb('completed'), result: { score } }), {
      ...{ completion: 'completed', success: 'unknown', score },
    })
    assert.equal(standingAfter(opened, answered({ completion: false }))?.completion, 'incomplete')
    // What says nothing of a score takes none back.
    const before = { completion: 'completed', success: 'passed', score } as const
    assert.deepEqual(standingAfter(before, answered({})), before)
  })

  it('is nothing where it is of something within, or no end', () => {
    const within = { context: { contextActivities: { parent: [{ id: 'urn:above' }] } } }
    assert.equal(standingAfter(opened, answered({ success: true }, within)), undefined)
    assert.equal(standingAfter(opened, { verb: verb('attempted') }), undefined)
    assert.equal(standingAfter(opened, { verb: verb('interacted'), result: { success: true } }), undefined)
    assert.ok(standingAfter(opened, answered({}, { context: { contextActivities: { parent: [] } } })))
    for (const nothing of [undefined, null, 7, 'completed', [], {}, { verb: 'completed' }])
      assert.equal(standingAfter(opened, nothing), undefined)
  })

  it('goes on where it was, and keeps what is not too much', () => {
    const data = toldWith({ completion: 'completed', success: 'passed', score: { raw: 1 } }, '{"pressed":3}', 12.4)
    assert.deepEqual([data.seconds, data.suspend, data.location, data.objectives], [12, '{"pressed":3}', '', []])
    assert.deepEqual(standingOf({ part: 'content', data, seconds: 12 }), {
      ...{ completion: 'completed', success: 'passed', score: { raw: 1 } },
    })
    assert.equal(toldWith(opened, 'x'.repeat(longestSuspend), 1).suspend.length, longestSuspend)
    for (const much of ['x'.repeat(longestSuspend + 1), 'a\u0000', { pressed: 3 }, undefined])
      assert.equal(toldWith(opened, much, 1).suspend, '')
  })

  it('is what travels, whatever a statement holds', () => {
    const anything = fc.anything()
    const result = fc.record({
      ...{ score: fc.dictionary(fc.constantFrom('raw', 'min', 'max', 'scaled'), anything), success: anything },
      completion: anything,
    })
    fc.assert(
      fc.property(fc.oneof(anything, result), anything, fc.double(), (one, suspend, seconds) => {
        const next = standingAfter(opened, answered(one as object)) ?? opened
        assert.ok(partData.safeParse(toldWith(next, suspend, Number.isNaN(seconds) ? 0 : seconds)).success)
      }),
    )
  })
})
