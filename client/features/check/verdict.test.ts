// What a teacher is told about a network, by what was found.
import assert from 'node:assert/strict'
import { type Findings, linesOf, verdictOf } from './verdict.ts'

const fine: Findings = {
  reach: { reached: true, medianMs: 20, trips: 7, offsetMs: 40 },
  ...{ live: true, polling: true, notes: true, storage: true, install: true },
  packet: { ms: 100, megabits: 16 },
  notices: 'possible',
}

describe('the verdict of the network check', () => {
  const titles = (change: Partial<Findings>) => verdictOf({ ...fine, ...change }, 'school.example').title

  it('names the worst that was found, and what to ask for', () => {
    assert.equal(titles({}), 'Everything works')
    assert.equal(titles({ packet: null }), 'Everything works, slowly')
    assert.equal(titles({ notes: false }), 'Live works, notes can only be read')
    assert.equal(titles({ live: false, notes: false }), 'Live works, slower')
    assert.equal(titles({ live: false, polling: false }), 'Pages work, live classes do not')
    assert.equal(titles({ reach: { reached: false, overdone: false } }), 'The server is not reached')
    assert.match(
      verdictOf({ ...fine, live: false }, 'school.example').detail,
      /WebSocket connections .* school\.example/,
    )
  })

  it('says by how much a clock is off', () => {
    const off = { ...fine, reach: { reached: true, medianMs: 20, trips: 7, offsetMs: -61_000 } } as const
    assert.ok(linesOf(off, 'https').some(line => line.words.startsWith('61 s off')))
  })
})
