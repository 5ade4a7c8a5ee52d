// Who may answer homework, from plain data.
import assert from 'node:assert/strict'
import { maySit, type Sitter } from './rules.ts'

describe('who may answer homework', () => {
  const sitter: Sitter = { learner: true, given: true, stands: true, mayAnswer: true, shut: false, phase: 'open' }
  for (const [change, may] of [
    [{}, true],
    [{ learner: false }, false],
    [{ given: false }, false],
    [{ stands: false }, false],
    [{ mayAnswer: false }, false],
    [{ shut: true }, false],
    [{ phase: null }, false],
    [{ phase: 'draft' }, false],
    [{ phase: 'concluded' }, 'concluded'],
    // Whoever could not have answered before is not told that it is over.
    [{ phase: 'concluded', given: false }, false],
    [{ phase: 'concluded', shut: true }, false],
  ] as const)
    it(`says ${may} with ${JSON.stringify(change)}`, () => {
      assert.equal(maySit({ ...sitter, ...change }), may)
    })
})
