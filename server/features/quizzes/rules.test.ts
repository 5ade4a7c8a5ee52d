// Who may answer homework, from plain data.
import assert from 'node:assert/strict'
import { maySit, type Sitter } from './rules.ts'

describe('who may answer homework', () => {
  const sitter: Sitter = {
    sees: true,
    learner: true,
    given: true,
    stands: true,
    mayAnswer: true,
    shut: null,
    phase: 'open',
  }
  for (const [change, may] of [
    [{}, true],
    [{ learner: false }, 'not-a-learner'],
    [{ mayAnswer: false }, 'not-allowed'],
    [{ given: false }, 'not-for-you'],
    [{ shut: 'shut' }, 'locked'],
    // Lifted or not, what was not given to them has nothing for them.
    [{ given: false, shut: 'shut' }, 'not-for-you'],
    // A draft is seen by nobody; a learner knows that the course is there.
    [{ phase: 'draft', sees: false, mayAnswer: false }, 'not-published'],
    [{ phase: 'concluded' }, 'concluded'],
    // Whoever could not have answered before is not told that it is over.
    [{ phase: 'concluded', given: false }, 'not-for-you'],
    [{ phase: 'concluded', shut: 'shut' }, 'locked'],
    // What somebody is not to know of is not there, whatever else speaks against it.
    [{ phase: null }, 'not-found'],
    [{ phase: 'removed' }, 'not-found'],
    [{ sees: false, learner: false, given: false, mayAnswer: false }, 'not-found'],
    [{ phase: 'draft', sees: false, learner: false }, 'not-found'],
    [{ stands: false, given: false }, 'not-found'],
    [{ shut: 'hidden', given: false }, 'not-found'],
    [{ stands: false, learner: false }, 'not-a-learner'],
  ] as const)
    it(`says ${may} with ${JSON.stringify(change)}`, () => {
      assert.equal(maySit({ ...sitter, ...change }), may)
    })
})
