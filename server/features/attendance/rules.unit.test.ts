// What the evidence suggests, at and on either side of each threshold.
import assert from 'node:assert/strict'
import { type Seat, shareOf, statusOf, suggest } from './rules.ts'

const minutes = (count: number) => count * 60_000
const held = { startedAt: 0, endedAt: minutes(90) }
const seat = (over: Partial<Seat> = {}): Seat => ({
  joinedAt: minutes(1),
  seenAt: minutes(90),
  seenMs: minutes(88),
  ...over,
})

describe('what the evidence of a class suggests', () => {
  it('is absent without a seat, and present from the start to the end', () => {
    assert.equal(suggest(held, null), 'absent')
    assert.equal(suggest(held, seat()), 'present')
  })

  it('is late after ten minutes, however long they stayed', () => {
    assert.equal(suggest(held, seat({ joinedAt: minutes(10) })), 'present')
    assert.equal(suggest(held, seat({ joinedAt: minutes(10) + 1 })), 'late')
    assert.equal(suggest(held, seat({ joinedAt: minutes(11), seenAt: minutes(12), seenMs: minutes(1) })), 'late')
  })

  it('is left early ten minutes before the end, or when there for less than half', () => {
    assert.equal(suggest(held, seat({ seenAt: minutes(80) })), 'present')
    assert.equal(suggest(held, seat({ seenAt: minutes(80) - 1 })), 'left-early')
    assert.equal(suggest(held, seat({ seenMs: minutes(45) })), 'present')
    assert.equal(suggest(held, seat({ seenMs: minutes(44) })), 'left-early')
    const short = { startedAt: 0, endedAt: minutes(8) }
    assert.equal(suggest(short, { joinedAt: 0, seenAt: minutes(2), seenMs: minutes(2) }), 'left-early')
  })

  it('is nothing of a class that runs, or of which nothing was recorded', () => {
    const running = { startedAt: 0, endedAt: null }
    assert.equal(suggest(running, seat({ seenAt: minutes(2), seenMs: minutes(1) })), 'present')
    assert.equal(suggest(running, seat({ joinedAt: minutes(30) })), 'late')
    assert.equal(suggest(held, seat({ seenAt: null, seenMs: null })), 'present')
  })

  it('is told as a share of the class, and stands below a correction', () => {
    assert.equal(shareOf(held, minutes(88), minutes(500)), 98)
    assert.equal(shareOf({ startedAt: 0, endedAt: null }, minutes(5), minutes(10)), 50)
    assert.equal(shareOf(held, minutes(91), 0), 100)
    assert.equal(shareOf({ startedAt: 5, endedAt: 5 }, 0, 5), 100)
    assert.equal(shareOf(held, null, 0), null)
    assert.equal(statusOf('absent', 'excused'), 'excused')
    assert.equal(statusOf('left-early', null), 'left-early')
  })
})
