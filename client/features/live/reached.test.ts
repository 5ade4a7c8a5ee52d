// The end of a class: a result is on the scale of its column and not told while it is held, and nothing is called right or
// wrong that the server did not tell.
import assert from 'node:assert/strict'
import type { OwnGradeCell } from '#protocol/grades.ts'
import type { RecapItem } from '#protocol/live/report.ts'
import { reached, recapLine } from './reached.ts'

const item = (move: string[] | null, result: { key: string[]; score: string | null } | null) =>
  ({
    kind: 'quiz',
    asked: { type: 'true-false', body: { prompt: 'Is it' } },
    move: move && { optionIds: move },
    result: result && { key: { optionIds: result.key }, score: result.score, points: '2' },
  }) as unknown as RecapItem

describe('the end of a class', () => {
  it('comes to the grade, held as long as that is', () => {
    const cell = (score: string | null, asked = 2) =>
      ({ score, points: '10', answered: 1, asked }) as unknown as OwnGradeCell
    assert.deepEqual(reached(cell('7')), { score: '7', points: '10', answered: 1, asked: 2 })
    for (const none of [null, undefined, cell(null), cell('0', 0)]) assert.equal(reached(none), undefined)
  })

  it('gives a verdict only where the key was told', () => {
    assert.equal(recapLine(item(['true'], { key: ['true'], score: '2' }), 'has a key').tone, 'good')
    assert.equal(recapLine(item(['false'], { key: ['true'], score: '0' }), 'has a key').tone, 'bad')
    assert.equal(recapLine(item(['false'], null), 'has a key').mark, 'lock')
    assert.equal(recapLine(item(['false'], null), 'has none').mark, 'check')
  })
})
