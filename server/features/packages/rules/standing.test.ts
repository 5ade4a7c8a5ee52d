// What an attempt comes to, from what its parts tell.
import assert from 'node:assert/strict'
import type { PartData } from '#protocol/packages/attempts.ts'
import { attemptAfter, type PartStanding, partAfter, pointsOf, shareIn, statusOf } from './standing.ts'

const data = (more: Partial<PartData> = {}): PartData => ({
  ...{
    completion: 'incomplete',
    success: 'unknown',
    score: null,
    seconds: 10,
    location: '',
    suspend: '',
    objectives: [],
  },
  ...more,
})
const told = (more: Partial<PartData>, before?: PartStanding, how: { sitting?: number; mastery?: number } = {}) =>
  partAfter(before, { sitting: how.sitting ?? 1, data: data(more), mastery: how.mastery ?? null, elapsed: 1_000 })
const sco = (id: string) => ({ id, kind: 'sco' as const })

describe('the standing of an attempt', () => {
  it('takes a score between its bounds, and never beyond nothing and all', () => {
    assert.equal(shareIn(null), null)
    assert.equal(shareIn({ raw: 85 }), '0.850000')
    assert.equal(shareIn({ raw: 5, min: 0, max: 10 }), '0.500000')
    assert.equal(shareIn({ raw: 5, min: 10, max: 0 }), null)
    assert.equal(shareIn({ raw: 999, max: 100 }), '1.000000')
    assert.equal(shareIn({ scaled: -0.5, raw: 90 }), '0.000000')
    assert.equal(shareIn({ scaled: 1 / 3 }), '0.333333')
    assert.equal(pointsOf('0.333333', '10'), '3.33')
    assert.equal(pointsOf('1.000000', '7.5'), '7.5')
    assert.equal(pointsOf(null, '10'), null)
  })

  it('goes by the score the manifest asks for, where it asks for one', () => {
    assert.equal(told({ success: 'passed', score: { raw: 79 } }, undefined, { mastery: 0.8 }).success, 'failed')
    assert.equal(told({ success: 'failed', score: { raw: 80 } }, undefined, { mastery: 0.8 }).success, 'passed')
    assert.equal(told({ success: 'passed' }, undefined, { mastery: 0.8 }).success, 'passed')
    assert.equal(told({ completion: 'incomplete', success: 'failed' }).completion, 'completed')
  })

  it('takes nothing back, keeps the words of the latest sitting, and adds up its time', () => {
    const first = told({ completion: 'completed', success: 'passed', score: { raw: 90 }, suspend: 'a', seconds: 30 })
    const same = told({ score: { raw: 10 }, suspend: 'b', seconds: 40 }, first)
    assert.deepEqual(
      [same.completion, same.success, same.share, same.data.suspend, same.before, same.seconds],
      ['completed', 'passed', '0.900000', 'b', 0, 40],
    )
    const next = told({ suspend: 'c', seconds: 5 }, same, { sitting: 2 })
    assert.deepEqual([next.data.suspend, next.before, next.seconds], ['c', 40, 5])
    const late = told({ suspend: 'old', seconds: 99, score: { raw: 95 } }, next, { sitting: 1 })
    assert.deepEqual([late.data.suspend, late.before, late.seconds, late.share], ['c', 40, 5, '0.950000'])
    assert.equal(told({ seconds: 9_999 }).seconds, 1_000)
  })

  it('is over when all of it is, and worth the mean of what has a score', () => {
    const parts = [sco('a'), sco('b'), { id: 'h', kind: 'heading' as const }]
    const a = told({ completion: 'completed', success: 'passed', score: { raw: 90 } })
    const begun = attemptAfter(parts, new Map([['a', a]]))
    assert.deepEqual([statusOf(begun), begun.share], ['begun', '0.900000'])
    const both = (b: PartStanding) =>
      attemptAfter(
        parts,
        new Map([
          ['a', a],
          ['b', b],
        ]),
      )
    const passed = both(told({ completion: 'completed', score: { raw: 50 } }))
    assert.deepEqual([statusOf(passed), passed.share, passed.seconds], ['passed', '0.700000', 20])
    assert.equal(statusOf(both(told({ success: 'failed' }))), 'failed')
    assert.equal(statusOf(attemptAfter(parts, new Map())), 'begun')
  })

  it('without any score is worth all of it when it is completed, and nothing when it is failed', () => {
    const of = (more: Partial<PartData>) => attemptAfter([sco('a')], new Map([['a', told(more)]]))
    assert.equal(of({ completion: 'completed' }).share, '1.000000')
    assert.equal(of({ success: 'failed' }).share, '0.000000')
    assert.equal(of({}).share, null)
  })
})
