// The checker against histories that are right and histories with one thing wrong.
import assert from 'node:assert/strict'
import { type History, isClean, judge } from './history.ts'

const good: History = {
  operations: [
    { client: 'ann', operation: 'a1', kind: 'answer', receipt: { id: 'r1' } },
    { client: 'ann', operation: 'a2', kind: 'answer', receipt: { id: 'r2' } },
    { client: 'ben', operation: 'b1', kind: 'message', receipt: { id: 'm1' } },
    { client: 'ben', operation: 'b2', kind: 'message', receipt: null },
  ],
  stored: [
    { id: 'r1', operation: 'a1', kind: 'answer', place: 1 },
    { id: 'r2', operation: 'a2', kind: 'answer', place: 2 },
    { id: 'm1', operation: 'b1', kind: 'message', place: 1 },
  ],
  scopes: [{ scope: 'run:1', seqs: [1, 2, 3], head: 3, fresh: [{ open: true }, { open: true }] }],
  followed: [
    { client: 'ann', scope: 'run:1', steps: [{ snapshot: 1 }, { event: 2 }, { event: 3 }], state: { open: true } },
    { client: 'ben', scope: 'run:1', steps: [{ snapshot: 1 }, { snapshot: 3 }], state: { open: true } },
  ],
}

const [scope] = good.scopes
const [ann, ben] = good.followed

const cases: [string, History, RegExp][] = [
  [
    'a receipt that names another row',
    { ...good, stored: good.stored.map(row => (row.id === 'm1' ? { ...row, id: 'm9' } : row)) },
    /receipt/,
  ],
  [
    'a row nobody sent',
    { ...good, stored: [...good.stored, { id: 'm2', operation: 'x', kind: 'message', place: 2 }] },
    /nobody sent/,
  ],
  [
    'an answer overtaken by the one before it',
    {
      ...good,
      stored: good.stored.map(row => (row.kind === 'answer' ? { ...row, place: 3 - row.place } : row)),
    },
    /ann: answers stand as 2, 1/,
  ],
  [
    'a hole in the numbers of a channel',
    { ...good, stored: good.stored.map(row => (row.kind === 'message' ? { ...row, place: 2 } : row)) },
    /no message 1/,
  ],
  ['a hole in the log', { ...good, scopes: [{ ...scope!, seqs: [1, 3] }] }, /3 where 2 belongs/],
  ['a log that is shorter than its head', { ...good, scopes: [{ ...scope!, seqs: [1, 2] }] }, /ends at 2/],
  [
    'nodes that disagree',
    { ...good, scopes: [{ ...scope!, fresh: [{ open: true }, { open: false }] }] },
    /different states/,
  ],
  [
    'an event left out by a client',
    { ...good, followed: [{ ...ann!, steps: [{ snapshot: 1 }, { event: 3 }] }] },
    /applied 3 after 1/,
  ],
  [
    'an event applied twice by a client',
    { ...good, followed: [{ ...ann!, steps: [{ snapshot: 2 }, { event: 3 }, { event: 3 }] }] },
    /applied 3 after 3/,
  ],
  ['a client that fell behind', { ...good, followed: [{ ...ben!, steps: [{ snapshot: 2 }] }] }, /stands at 2, not 3/],
  ['a client that saw something else', { ...good, followed: [{ ...ann!, state: { open: false } }] }, /newcomer/],
]

describe('the history checker', () => {
  it('finds nothing where nothing is wrong; what was never acknowledged may be missing', () => {
    const verdict = judge(good)
    assert.deepEqual(verdict, { operations: 4, acknowledged: 3, lost: 0, doubled: 0, violations: [] })
    assert.ok(isClean(verdict))
  })

  it('counts an acknowledged write that is not there as lost', () => {
    const verdict = judge({ ...good, stored: good.stored.filter(row => row.operation !== 'b1') })
    assert.equal(verdict.lost, 1)
    assert.ok(!isClean(verdict))
  })

  it('counts a second row of one write as doubled', () => {
    const verdict = judge({
      ...good,
      stored: [...good.stored, { id: 'm2', operation: 'b1', kind: 'message', place: 2 }],
    })
    assert.equal(verdict.doubled, 1)
    assert.ok(!isClean(verdict))
  })

  for (const [what, history, words] of cases)
    it(`catches ${what}`, () => {
      const verdict = judge(history)
      assert.match(verdict.violations.join('\n'), words)
      assert.ok(!isClean(verdict))
    })
})
