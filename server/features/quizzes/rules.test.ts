// Who may answer homework and hand it in, from plain data.
import assert from 'node:assert/strict'
import { demandMayBegin, demandMayFinish, maySit, nextAttempt, type Sitter, type Standing, seenAs } from './rules.ts'

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

describe('who sees homework', () => {
  it('is whoever prepares it, also hidden, and learners what stands published', () => {
    assert.equal(seenAs({ prepares: true, published: false }), 'staff')
    assert.equal(seenAs({ prepares: true, published: true }), 'staff')
    assert.equal(seenAs({ prepares: false, published: true }), 'learner')
    assert.throws(() => seenAs({ prepares: false, published: false }), { code: 'not-found' })
  })
})

describe('when homework is handed in', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute))
  const standing: Standing = {
    ...{ opensAt: at(0), dueAt: at(30), closedAt: null, finishedAt: null, extraSeconds: 600 },
    ...{ begun: 1, rule: { most: 2, counts: 'best' } },
  }

  it('is any time until the own deadline, and afterwards it is not called late: what was answered counts', () => {
    demandMayFinish(standing, at(39))
    assert.throws(() => demandMayFinish(standing, at(-1)), { code: 'not-open' })
    assert.throws(() => demandMayFinish(standing, at(40)), { code: 'time-over' })
    demandMayFinish({ ...standing, closedAt: at(40) }, at(41))
  })

  it('may be begun again when it was handed in, until the own deadline and as often as it allows', () => {
    const handedIn = { ...standing, finishedAt: at(10) }
    const next = (over: Partial<Standing>, minute = 20) => nextAttempt({ ...handedIn, ...over }, at(minute))
    assert.deepEqual(
      [next({}), next({}, 39), next({}, 40), next({ closedAt: at(15) }), next({ finishedAt: null })],
      [2, 2, null, null, null],
    )
    const most = (allowed: number | null) => ({ most: allowed, counts: 'best' as const })
    assert.deepEqual(
      [
        next({ begun: 2 }),
        next({ begun: 0, finishedAt: null }),
        next({ rule: most(1) }),
        next({ begun: 40, rule: most(null) }),
      ],
      [null, null, null, 41],
    )
    demandMayBegin(handedIn, at(39))
    assert.throws(() => demandMayBegin(handedIn, at(40)), { code: 'time-over' })
    assert.throws(() => demandMayBegin({ ...handedIn, closedAt: at(20) }, at(21)), { code: 'time-over' })
    assert.throws(() => demandMayBegin(handedIn, at(-1)), { code: 'not-open' })
  })
})
