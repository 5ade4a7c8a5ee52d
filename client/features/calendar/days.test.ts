// The grid of a month: whole weeks, beginning where the reader's do, and each entry on the day the reader's clocks say.
import assert from 'node:assert/strict'
import type { CalendarEntry } from '#protocol/calendar.ts'
import { byDay, daysOf, firstWeekday, plusMonths, weeksOf } from './days.ts'

const entry = (startsAt: string, endsAt: string | null, days: CalendarEntry['days'] = null): CalendarEntry => ({
  ...{ id: startsAt, kind: 'other', title: 'One', courseId: null, startsAt, endsAt, days },
  ...{ item: null, event: null, hidden: false },
})

describe('the days of a calendar', () => {
  it('fill whole weeks, from Monday, Sunday or Saturday as the language says', () => {
    assert.deepEqual([firstWeekday('en-GB'), firstWeekday('en-US'), firstWeekday('ar-EG')], [1, 7, 6])
    assert.equal(firstWeekday('no language'), 1)
    const weeks = weeksOf('2026-11-30', 1)
    assert.deepEqual([weeks.length, weeks[0]?.[0], weeks.at(-1)?.at(-1)], [6, '2026-10-26', '2026-12-06'])
    assert.deepEqual(weeksOf('2026-02-14', 7).length, 4)
    assert.equal(weeksOf('2026-12-31', 1).at(-1)?.at(-1), '2027-01-03')
    assert.equal(plusMonths('2026-01-31', 1), '2026-02-28')
    assert.equal(plusMonths('2026-01-31', -2), '2025-11-30')
  })

  it('hold what is on them by the reader’s clocks, and whole days by their date', () => {
    const late = entry('2026-11-30T23:30:00.000Z', '2026-12-01T00:30:00.000Z')
    assert.deepEqual(daysOf(late, 'Europe/Berlin'), { from: '2026-12-01', to: '2026-12-01' })
    assert.deepEqual(daysOf(late, 'UTC'), { from: '2026-11-30', to: '2026-12-01' })
    // Over at midnight is over that day.
    const evening = entry('2026-11-30T22:00:00.000Z', '2026-12-01T00:00:00.000Z')
    assert.deepEqual(daysOf(evening, 'UTC'), { from: '2026-11-30', to: '2026-11-30' })
    const trip = entry('2026-11-29T23:00:00.000Z', '2026-12-01T23:00:00.000Z', { from: '2026-11-30', to: '2026-12-01' })
    const found = byDay([evening, trip], ['2026-11-30', '2026-12-01'], 'America/New_York')
    assert.deepEqual(found.get('2026-11-30'), [trip, evening])
    assert.deepEqual(found.get('2026-12-01'), [trip])
  })
})
