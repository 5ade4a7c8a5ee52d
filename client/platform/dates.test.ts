// Near moments in words, in the reader's time zone and not the machine's.
import assert from 'node:assert/strict'
import {
  absoluteTime,
  clockTime,
  clockTimeHere,
  dayAndTime,
  dayAndTimeIn,
  dayWord,
  deviceZone,
  duration,
  followTimeZone,
  relativeTime,
  shortMoment,
  timeZone,
} from '#client/platform/dates.ts'

const now = new Date('2026-11-24T22:30:00Z')

describe('dates', () => {
  const machine = deviceZone.peek()

  beforeEach(() => {
    timeZone.value = 'Europe/Stockholm'
    deviceZone.value = 'Europe/Stockholm'
  })

  after(() => {
    timeZone.value = machine
    deviceZone.value = machine
  })

  it('say near moments in words', () => {
    assert.equal(relativeTime('2026-11-24T22:29:40Z', now), 'just now')
    assert.equal(relativeTime('2026-11-24T22:25:00Z', now), '5 minutes ago')
    assert.equal(relativeTime('2026-11-25T00:30:00Z', now), 'in 2 hours')
  })

  it('say a moment as short as a list has room for', () => {
    assert.equal(shortMoment('2026-11-24T17:24:00Z', now), '18:24')
    assert.equal(shortMoment('2026-11-23T17:24:00Z', now), 'yesterday')
    assert.match(shortMoment('2026-11-10T17:24:00Z', now), /^(10 Nov|Nov 10)$/)
    assert.match(shortMoment('2025-12-30T17:24:00Z', now), /2025/)
  })

  it('count days by the calendar of the reader', () => {
    // 23:30 in Stockholm: half an hour later is tomorrow there and still today in UTC.
    assert.equal(dayWord('2026-11-24T23:10:00Z', now), 'tomorrow')
    assert.equal(dayWord('2026-11-23T23:10:00Z', now), 'today')
    assert.equal(dayWord('2026-11-23T22:00:00Z', now), 'yesterday')
    assert.equal(dayWord('2026-11-27T10:00:00Z', now), 'Friday')
    timeZone.value = 'UTC'
    assert.equal(dayWord('2026-11-24T23:10:00Z', now), 'today')
  })

  it('name far days by date, with the year when it is another', () => {
    assert.match(dayWord('2026-03-03T10:00:00Z', now), /^(3 March|March 3)$/)
    assert.match(dayWord('2025-03-03T10:00:00Z', now), /2025/)
  })

  it('give the hour with two digits and midnight as 00', () => {
    assert.equal(clockTime('2026-11-24T08:05:00Z'), '09:05')
    assert.equal(clockTime('2026-11-24T23:00:00Z'), '00:00')
    assert.equal(dayAndTime('2026-11-25T17:00:00Z', now), 'tomorrow at 18:00')
  })

  it('give the whole date with its zone', () => {
    assert.match(absoluteTime('2026-11-24T09:32:00Z'), /Tuesday.*2026 at 10:32 (GMT\+1|CET)/)
  })

  it('name the zone of the account where this device’s clocks show something else', () => {
    assert.equal(clockTimeHere('2026-11-25T17:00:00Z'), '18:00')
    deviceZone.value = 'Europe/Berlin'
    assert.equal(dayAndTime('2026-11-25T17:00:00Z', now), 'tomorrow at 18:00')
    deviceZone.value = 'Europe/London'
    assert.equal(dayAndTime('2026-11-25T17:00:00Z', now), 'tomorrow at 18:00 GMT+1')
    assert.equal(clockTimeHere('2026-11-25T17:00:00Z'), '18:00 GMT+1')
    assert.equal(dayAndTimeIn('Europe/Berlin', '2026-11-25T17:00:00Z', now), 'tomorrow at 18:00 GMT+1')
    assert.equal(relativeTime('2026-11-24T22:25:00Z', now), '5 minutes ago')
  })

  it('name the zone of a course where its clocks differ from the reader’s', () => {
    assert.equal(dayAndTimeIn('Europe/Berlin', '2026-11-25T17:00:00Z', now), 'tomorrow at 18:00')
    assert.match(dayAndTimeIn('Asia/Tokyo', '2026-11-25T14:59:00Z', now), /^today at 23:59 (GMT\+9|JST)$/)
    assert.match(dayAndTimeIn('Pacific/Auckland', '2026-11-25T10:59:00Z', now), /^today at 23:59 (GMT\+13|NZDT)$/)
  })

  it('follow the setting of the account, and the device without one', () => {
    followTimeZone('America/New_York')
    assert.equal(clockTime('2026-11-24T12:00:00Z'), '07:00')
    for (const none of [undefined, 'Mars/Olympus']) {
      followTimeZone(none)
      assert.equal(timeZone.value, deviceZone.value)
    }
  })

  it('write a length of time as a clock does', () => {
    assert.equal(duration(75), '1:15')
    assert.equal(duration(3675), '1:01:15')
    assert.equal(duration(-4), '0:00')
    assert.equal(duration(9.9), '0:09')
  })
})
