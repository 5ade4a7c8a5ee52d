// Times of events over daylight saving, and the file that calendar programs read, to the letter of RFC 5545.
import assert from 'node:assert/strict'
import { type CalendarEvent, occurrencesOf, timesOf } from '#protocol/calendar.ts'
import { folded, icsOf } from './rules/ics.ts'
import { demandTimes, demandWindow, entriesOf } from './rules/times.ts'

const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  id: '0190a000-0000-7000-8000-000000000001' as CalendarEvent['id'],
  ...{ courseId: null, kind: 'session', title: 'Session', place: '', note: '', allDay: false },
  ...{ startsAt: '2026-10-19T08:15:00.000Z', endsAt: '2026-10-19T09:45:00.000Z', timeZone: 'Europe/Berlin' },
  ...{ weeklyUntil: '2026-11-02', cancelled: [], version: 0 },
  ...change,
})

const refused = (path: string, code: string) => (error: unknown) => {
  assert.deepEqual((error as { errors: unknown }).errors, [{ path, code }])
  return true
}

describe('the times of an event', () => {
  it('are at the same hour of its clocks every week, over daylight saving, without what was cancelled', () => {
    const starts = (one: CalendarEvent) => occurrencesOf(one).map(at => at.startsAt.toISOString())
    assert.deepEqual(starts(event()), [
      '2026-10-19T08:15:00.000Z',
      '2026-10-26T09:15:00.000Z',
      '2026-11-02T09:15:00.000Z',
    ])
    assert.deepEqual(starts(event({ cancelled: [1] })), ['2026-10-19T08:15:00.000Z', '2026-11-02T09:15:00.000Z'])
    assert.equal(timesOf(event({ weeklyUntil: '2026-11-01' })), 2)
    assert.equal(timesOf(event({ weeklyUntil: null })), 1)
  })

  it('touch a stretch when they reach into it; whole days are told by their dates', () => {
    const trip = event({
      ...{ allDay: true, weeklyUntil: null },
      ...{ startsAt: '2026-10-23T22:00:00.000Z', endsAt: '2026-10-25T23:00:00.000Z' },
    })
    const [entry] = entriesOf(trip, new Date('2026-10-25T22:30:00Z'), new Date('2026-10-30T00:00:00Z'))
    assert.deepEqual(entry?.days, { from: '2026-10-24', to: '2026-10-25' })
    assert.deepEqual(entriesOf(trip, new Date('2026-10-25T23:00:00Z'), new Date('2026-10-30T00:00:00Z')), [])
  })

  it('end after they begin, last a month and come sixty times at most', () => {
    assert.doesNotThrow(() => demandTimes(event({ weeklyUntil: '2027-12-06' })))
    assert.throws(() => demandTimes(event({ weeklyUntil: '2027-12-13' })), refused('weeklyUntil', 'too_big'))
    assert.throws(() => demandTimes(event({ weeklyUntil: '2026-10-18' })), refused('weeklyUntil', 'too_small'))
    assert.throws(() => demandTimes(event({ endsAt: event().startsAt })), refused('endsAt', 'too_small'))
    assert.throws(() => demandTimes(event({ endsAt: '2026-12-19T08:15:00.000Z' })), refused('endsAt', 'too_big'))
    const from = new Date('2026-01-01T00:00:00Z')
    assert.throws(() => demandWindow({ from, to: new Date('2026-04-12T00:00:00Z') }), refused('to', 'too_big'))
  })
})

describe('the file under a calendar address', () => {
  it('is folded at 75 octets between characters, escaped, in UTC, each line ended by CRLF', () => {
    const file = icsOf(
      'Biology; cells, all',
      [
        {
          ...{ uid: 'one@lectern', summary: 'Due: α\\β, γ', location: 'Room 1; left', description: 'One\r\ntwo\u0007' },
          ...{ category: 'Biology', when: { from: new Date('2026-11-30T22:59:00Z'), to: null } },
        },
        {
          ...{ uid: 'two@lectern', summary: 'Trip', location: '', description: '', category: '' },
          when: { firstDay: '2026-12-31', lastDay: '2027-01-01' },
        },
      ],
      new Date('2026-11-01T10:00:00.123Z'),
    )
    assert.deepEqual(file.split('\r\n'), [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Lectern//Calendar//EN',
      'CALSCALE:GREGORIAN',
      'X-WR-CALNAME:Biology\\; cells\\, all',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'BEGIN:VEVENT',
      'UID:one@lectern',
      'DTSTAMP:20261101T100000Z',
      'DTSTART:20261130T225900Z',
      'SUMMARY:Due: α\\\\β\\, γ',
      'LOCATION:Room 1\\; left',
      'DESCRIPTION:One\\ntwo ',
      'CATEGORIES:Biology',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:two@lectern',
      'DTSTAMP:20261101T100000Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270102',
      'SUMMARY:Trip',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
    // The blank that a line goes on behind counts.
    assert.deepEqual(
      folded('x'.repeat(200))
        .split('\r\n')
        .map(line => line.length),
      [75, 75, 52],
    )
    const long = `SUMMARY:${'🌱é'.repeat(60)}`
    const lines = folded(long).split('\r\n')
    assert.ok(lines.every(line => Buffer.byteLength(line) <= 75))
    assert.ok(lines.slice(1).every(line => line.startsWith(' ')))
    assert.equal(lines.map((line, at) => (at === 0 ? line : line.slice(1))).join(''), long)
  })
})
