// Who may do what in a live class, from plain data.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { mayAnswer, mayHost, mayWatch, noStanding, ranked, seatFor, speedPoints } from './rules.ts'

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
    const out = { ...noStanding, seat: 'guest' as const, putOut: true }
    for (const by of ['code', 'run'] as const) assert.throws(() => seatFor(out, by), { code: 'put-out' })
    assert.throws(() => seatFor({ ...out, seat: 'learner', joins: true }, 'run'), { code: 'put-out' })
    assert.deepEqual([mayWatch(out), mayAnswer({ ...out, joins: true, seat: 'learner' })], [false, false])
    // A host is put out by nobody, and what a class left is read by whoever sees the course.
    assert.equal(seatFor({ ...out, hosts: true }, 'run'), 'host')
    assert.equal(mayWatch({ ...out, views: true }, 'ended'), true)
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

describe('ranks', () => {
  const answer = fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    elapsedMs: fc.integer({ min: 0, max: 4_000_000 }),
    travelMs: fc.integer({ min: 0, max: 150 }),
    limitSeconds: fc.option(fc.integer({ min: 5, max: 3_600 })),
    extraMs: fc.integer({ min: 0, max: 3_600_000 }),
  })

  it('never give a wrong answer anything, nor a later one more; right in time is at least half', () => {
    fc.assert(
      fc.property(answer, fc.nat(100_000), (one, later) => {
        const points = speedPoints(one)
        assert.ok(Number.isInteger(points) && points >= 0 && points <= 1_000)
        assert.equal(speedPoints({ ...one, share: 0 }), 0)
        assert.ok(speedPoints({ ...one, elapsedMs: one.elapsedMs + later }) <= points)
        assert.ok(speedPoints({ ...one, share: 1 }) >= 500)
      }),
    )
  })

  it('measure each against the time they have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 3_600 }), fc.integer({ min: 0, max: 100 }), (limitSeconds, percent) => {
        const at = (extraMs: number) => ((limitSeconds * 1_000 + extraMs) * percent) / 100
        const points = (extraMs: number) =>
          speedPoints({ share: 1, travelMs: 0, limitSeconds, extraMs, elapsedMs: at(extraMs) })
        assert.equal(points(0), points(limitSeconds * 500))
      }),
    )
  })

  it('are shared by equals, whoever is named first, and count the people before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5)), list => {
        const seats = list.map((points, id) => ({ id, points }))
        const rankOf = (from: typeof seats) => new Map(ranked(from).map(seat => [seat.id, seat.rank]))
        const ranks = rankOf(seats)
        assert.deepEqual(ranks.size, seats.length)
        for (const { id, points } of seats)
          assert.equal(ranks.get(id), 1 + seats.filter(other => other.points > points).length)
        const back = rankOf([...seats].reverse())
        for (const { id } of seats) assert.equal(back.get(id), ranks.get(id))
      }),
    )
  })
})
