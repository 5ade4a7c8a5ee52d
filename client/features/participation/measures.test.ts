// Which weeks are shown, and what an empty one is in a file.
import assert from 'node:assert/strict'
import { isCounted, weeksInSight } from './measures.ts'

const none = { classes: 0, held: 0, answers: 0, asked: 0, handedIn: 0, due: 0, messages: 0 }
const weeks = ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26', '2026-02-02']

describe('the weeks of participation', () => {
  it('stand newest first, without those before anybody did anything', () => {
    const rows = [{ weeks: [none, none, { ...none, held: 1 }, none, none] }, { weeks: [none, none, none, none, none] }]
    assert.deepEqual(weeksInSight(weeks, rows), [4, 3, 2])
  })

  it('are the newest four where nothing was at all', () => {
    assert.deepEqual(weeksInSight(weeks, [{ weeks: weeks.map(() => none) }]), [4, 3, 2, 1])
  })

  it('tell nothing held from nobody there', () => {
    assert.equal(isCounted({ one: 0, of: 0 }), false)
    assert.equal(isCounted({ one: 0, of: 2 }), true)
    assert.equal(isCounted({ one: 0, of: null }), false)
  })
})
