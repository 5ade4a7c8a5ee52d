// How attendance is summed up and said.
import assert from 'node:assert/strict'
import { loadAllTexts } from '#client/platform/texts.ts'
import { evidenceWords, standingLook, wasIn } from './words.ts'

describe('attendance in words', () => {
  before(loadAllTexts)

  it('counts who was there late or not, and leaves out what is excused', () => {
    assert.deepEqual(wasIn(['present', 'late', 'left-early', 'absent', 'excused']), { count: 3, of: 4 })
    assert.deepEqual(wasIn(['excused']), { count: 0, of: 0 })
  })

  it('says what was seen, and leaves out what is not known', () => {
    const evidence = { joinedAt: null, seenAt: null, share: null, answered: 0, asked: 3 }
    assert.equal(evidenceWords(evidence), 'Did not join')
    const seat = { ...evidence, joinedAt: '2026-03-03T10:03:00.000Z' }
    assert.match(evidenceWords(seat), /^Joined \d\d:03.* · answered 0 of 3$/)
    assert.match(evidenceWords({ ...seat, share: 98, asked: 0 }), / · 98 % of the class$/)
  })

  it('calls nobody absent while the class runs, unless somebody says so', () => {
    const running = { endedAt: null }
    assert.equal(standingLook(running, { status: 'absent', mark: null }).word, 'Not here yet')
    const mark = { status: 'absent' as const, note: '', by: null, at: '' }
    assert.equal(standingLook(running, { status: 'absent', mark }).word, 'Absent')
    assert.equal(standingLook({ endedAt: '' }, { status: 'absent', mark: null }).word, 'Absent')
  })
})
