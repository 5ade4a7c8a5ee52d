// What coming late takes: begun hours and days, the grace, the floor, in exact hundredths.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { gradeAfter, type LatePolicy, latePolicy, missingGrade, penaltyOf } from './late.ts'

const hour = 3_600
const policy = (more: Partial<NonNullable<LatePolicy['late']>> = {}): LatePolicy => ({
  late: { percent: '2', per: 'hour', floor: '0', graceMinutes: 0, ...more },
  missing: null,
})
const grade = (of: LatePolicy, seconds: number | null, score = '8', points = '10') =>
  gradeAfter(of, { score, points, seconds })

describe('the late policy', () => {
  it('takes its percent of the points for each hour or day that was begun', () => {
    assert.deepEqual(grade(policy(), null), { grade: '8', deducted: '0' })
    assert.deepEqual(grade(policy(), 1), { grade: '7.8', deducted: '0.2' })
    assert.deepEqual(grade(policy(), hour), { grade: '7.8', deducted: '0.2' })
    assert.deepEqual(grade(policy(), hour + 1), { grade: '7.6', deducted: '0.4' })
    assert.deepEqual(grade(policy({ per: 'day', percent: '10' }), 25 * hour), { grade: '6', deducted: '2' })
  })

  it('counts from the end of the grace', () => {
    const graced = policy({ graceMinutes: 15 })
    assert.equal(penaltyOf(graced, 15 * 60), '0')
    assert.equal(penaltyOf(graced, 15 * 60 + 1), '2')
    assert.equal(penaltyOf(graced, hour + 15 * 60), '2')
    assert.equal(penaltyOf(graced, hour + 15 * 60 + 1), '4')
  })

  it('takes nothing below the floor, and nothing from what is below it already', () => {
    const floored = policy({ percent: '30', floor: '40' })
    assert.deepEqual(grade(floored, hour), { grade: '5', deducted: '3' })
    assert.deepEqual(grade(floored, 2 * hour), { grade: '4', deducted: '4' })
    assert.deepEqual(grade(floored, 100 * hour), { grade: '4', deducted: '4' })
    assert.deepEqual(grade(floored, hour, '3'), { grade: '3', deducted: '0' })
    assert.deepEqual(grade(policy({ percent: '60' }), 9 * hour), { grade: '0', deducted: '8' })
    assert.equal(penaltyOf(floored, 100 * hour), '60')
  })

  it('is exact to the hundredth, half up, where a float would not be', () => {
    assert.deepEqual(grade(policy({ percent: '0.7' }), 3 * hour, '0.3', '0.1'), { grade: '0.3', deducted: '0' })
    assert.deepEqual(grade(policy({ percent: '1.5' }), 3 * hour, '8.07', '11.1'), { grade: '7.57', deducted: '0.5' })
    assert.deepEqual(grade(policy({ percent: '33.33' }), 3 * hour, '10', '10'), { grade: '0', deducted: '10' })
  })

  it('says what a missing hand-in counts as', () => {
    const of = (missing: string | null) => missingGrade({ late: null, missing }, '12.5')
    assert.deepEqual([of(null), of('0'), of('33'), of('100')], [null, '0', '4.13', '12.5'])
  })

  it('is refused with a percent of nothing, above a hundred or finer than a hundredth', () => {
    const fits = (given: object) => z.safeParse(latePolicy, { ...policy(given as never) }).success
    assert.equal(fits({}), true)
    for (const percent of ['0', '100.01', '101', '-1', '0.001', '']) assert.equal(fits({ percent }), false, percent)
    for (const graceMinutes of [-1, 0.5, 10_081]) assert.equal(fits({ graceMinutes }), false, String(graceMinutes))
  })
})
