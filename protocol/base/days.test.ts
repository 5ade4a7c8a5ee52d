// A due time is meant in the time zone of the course.
import assert from 'node:assert/strict'
import { dayIn, daysBetween, daysFrom, inDays, instantIn, isWeekend } from './days.ts'

describe('due times', () => {
  it('are read in the zone, on both sides of daylight saving', () => {
    assert.equal(instantIn('Europe/Berlin', '2026-01-15', '23:59'), '2026-01-15T22:59:00.000Z')
    assert.equal(instantIn('Europe/Berlin', '2026-07-15', '23:59'), '2026-07-15T21:59:00.000Z')
    assert.equal(instantIn('America/New_York', '2026-03-08', '12:00'), '2026-03-08T16:00:00.000Z')
    assert.equal(instantIn('Asia/Kathmandu', '2026-01-15', '00:00'), '2026-01-14T18:15:00.000Z')
    assert.equal(instantIn('UTC', '', '12:00'), undefined)
  })

  it('know which day it is there', () => {
    assert.equal(dayIn('Asia/Tokyo', Date.parse('2026-01-15T16:00:00.000Z')), '2026-01-16')
    assert.equal(isWeekend('2026-11-29'), true)
    assert.equal(isWeekend('2026-11-30'), false)
  })

  it('keep their hour when they move over daylight saving', () => {
    const october = new Date('2026-10-20T21:59:00.000Z')
    assert.equal(inDays('Europe/Berlin', october, 14).toISOString(), '2026-11-03T22:59:00.000Z')
    assert.equal(inDays('Europe/Berlin', october, -210).toISOString(), '2026-03-24T22:59:00.000Z')
    assert.equal(daysBetween('2026-03-24', '2026-10-20'), 210)
  })

  it('are counted one by one, over the end of a month and a year, whatever clocks do', () => {
    assert.deepEqual(daysFrom('2026-12-30', '2027-01-02'), ['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'])
    assert.deepEqual(daysFrom('2026-10-24', '2026-10-26'), ['2026-10-24', '2026-10-25', '2026-10-26'])
    assert.deepEqual(daysFrom('2026-10-24', '2026-10-24'), ['2026-10-24'])
    assert.deepEqual(daysFrom('2026-10-24', '2026-10-23'), [])
  })
})
