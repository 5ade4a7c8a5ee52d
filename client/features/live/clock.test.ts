// What is left of a question follows the server's instants alone.
import assert from 'node:assert/strict'
import { timeLeft } from '#client/features/live/clock.ts'
import type { ActivityView } from '#protocol/activities/registry.ts'

const at = Date.parse('2026-01-01T10:00:00.000Z')
const view = (over: Partial<ActivityView>) =>
  ({
    phase: 'open',
    openedAt: '2026-01-01T10:00:00.000Z',
    closesAt: '2026-01-01T10:00:30.000Z',
    remainingMs: null,
    limitSeconds: 30,
    ...over,
  }) as ActivityView

describe('the time of a question', () => {
  it('counts down to the close and never below', () => {
    assert.deepEqual(timeLeft(view({}), at + 9_000), { left: 21, total: 30, paused: false })
    assert.equal(timeLeft(view({}), at + 60_000)?.left, 0)
  })

  it('grows with an extension and stands while paused', () => {
    assert.equal(timeLeft(view({ closesAt: '2026-01-01T10:01:00.000Z' }), at)?.total, 60)
    assert.deepEqual(timeLeft(view({ phase: 'paused', closesAt: null, remainingMs: 12_500 }), at), {
      left: 12.5,
      total: 30,
      paused: true,
    })
  })

  it('is nothing where there is no limit or nothing is open', () => {
    assert.equal(timeLeft(view({ closesAt: null }), at), undefined)
    assert.equal(timeLeft(view({ phase: 'closed' }), at), undefined)
  })
})
