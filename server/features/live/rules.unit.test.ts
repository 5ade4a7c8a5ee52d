// Who may do what in a live class, from plain data.
import assert from 'node:assert/strict'
import { mayAnswer, mayHost, mayWatch, noStanding, seatFor } from './rules.ts'

describe('rules of the live class', () => {
  const seated = { ...noStanding, seat: 'learner' as const, joins: true }

  it('takes answers from learners and guests', () => {
    assert.ok(mayAnswer(seated))
    assert.ok(mayAnswer({ ...noStanding, seat: 'guest' }))
    assert.ok(!mayAnswer({ ...seated, joins: false }))
    assert.ok(!mayAnswer({ ...noStanding, joins: true }))
  })

  it('takes none from who was made a host after sitting down: the keys are on their screen', () => {
    for (const seat of ['learner', 'guest'] as const) {
      const promoted = { ...seated, seat, hosts: true }
      assert.ok(mayHost(promoted) && mayWatch(promoted))
      assert.ok(!mayAnswer(promoted))
    }
  })

  it('lets nobody back in by code who lost their place in the course', () => {
    assert.throws(() => seatFor({ ...seated, joins: false }, 'code'), { code: 'not-allowed' })
    assert.equal(seatFor({ ...seated, hosts: true }, 'code'), 'host')
    assert.equal(seatFor(noStanding, 'code'), 'guest')
    assert.throws(() => seatFor(noStanding, 'run'), { code: 'not-found' })
  })

  it('knows whom staff took out, whatever seat they had or would take', () => {
    const gone = { ...noStanding, takenOut: true }
    for (const seat of [null, 'guest', 'learner'] as const)
      assert.throws(() => seatFor({ ...gone, seat }, 'code'), { code: 'taken-out' })
    assert.throws(() => seatFor({ ...gone, seat: 'guest' }, 'run'), { code: 'taken-out' })
    assert.throws(() => seatFor(gone, 'run'), { code: 'not-found' })
    const guest = { ...gone, seat: 'guest' as const }
    assert.ok(!mayWatch(guest) && !mayWatch(guest, 'ended') && !mayAnswer(guest))
    assert.equal(seatFor({ ...guest, hosts: true }, 'code'), 'host')
    assert.equal(seatFor({ ...guest, joins: true }, 'code'), 'learner')
  })

  it('opens a class that ended to the course, and a running one to its seats alone', () => {
    const member = { ...noStanding, joins: true, views: true }
    assert.ok(!mayWatch(member, 'open') && mayWatch(member, 'ended'))
    assert.ok(!mayWatch({ ...noStanding, joins: true }, 'ended'))
    assert.ok(!mayWatch(noStanding, 'ended'))
  })
})
