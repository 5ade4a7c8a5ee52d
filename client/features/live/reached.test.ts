// The end of a class: the grade is found by its id alone, a guest's result is made of what was revealed, and nothing is
// called right or wrong that the server did not tell.
import assert from 'node:assert/strict'
import type { RecapItem } from '#protocol/live/report.ts'
import type { Run } from '#protocol/live.ts'
import { reached, recapLine } from './reached.ts'

const run = { id: 'r', gradeItemId: 'g2' } as unknown as Run
const item = (move: string[] | null, result: { key: string[]; score: string | null } | null) =>
  ({
    kind: 'quiz',
    asked: { type: 'true-false', body: { prompt: 'Is it' } },
    move: move && { optionIds: move },
    result: result && { key: { optionIds: result.key }, score: result.score, points: '2' },
  }) as unknown as RecapItem

describe('the end of a class', () => {
  it('takes the cell of its own column, whatever else began in that minute', () => {
    const cell = (gradeItemId: string, score: string) => ({ gradeItemId, score, points: '10', answered: 1, asked: 2 })
    const mine = { cells: [cell('g1', '3'), cell('g2', '7')] } as unknown as Parameters<typeof reached>[1]
    assert.equal(reached(run, mine, [])?.score, '7')
    assert.equal(reached({ ...run, gradeItemId: 'g3' }, mine, []), undefined)
  })

  it('sums a guest up from what was revealed', () => {
    const items = [
      item(['true'], { key: ['true'], score: '2' }),
      item(null, { key: ['true'], score: '0' }),
      item(['true'], null),
    ]
    assert.deepEqual(reached(run, undefined, items), { score: '2', points: '4', answered: 2, asked: 3 })
    assert.equal(reached(run, undefined, [item(['true'], null)]), undefined)
  })

  it('gives a verdict only where the key was told', () => {
    assert.equal(recapLine(item(['true'], { key: ['true'], score: '2' }), 'has a key').tone, 'good')
    assert.equal(recapLine(item(['false'], { key: ['true'], score: '0' }), 'has a key').tone, 'bad')
    assert.equal(recapLine(item(['false'], null), 'has a key').mark, 'lock')
    assert.equal(recapLine(item(['false'], null), 'has none').mark, 'check')
  })
})
