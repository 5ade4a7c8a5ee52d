// Who may do what in a live class, from plain data.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { phase as phases } from '#protocol/activities/staged.ts'
import {
  mayAnswer,
  mayHost,
  mayWatch,
  noStanding,
  ranked,
  seatFor,
  shareOf,
  speedPoints,
  standingFrom,
  tellsTally,
  whyNotHost,
} from './rules.ts'

describe('rules of the live class', () => {
  const seated = { ...noStanding, seat: 'learner' as const, joins: true }

  it('takes answers from learners and guests', () => {
    assert.equal(mayAnswer(seated), true)
    assert.equal(mayAnswer({ ...noStanding, seat: 'guest' }), true)
  })

  it('tells everybody else why it takes none, and a stranger nothing', () => {
    assert.equal(mayAnswer({ ...noStanding, joins: true, views: true }), 'not-joined')
    assert.equal(mayAnswer({ ...noStanding, seat: 'host', joins: true }), 'not-joined')
    assert.equal(mayAnswer({ ...seated, joins: false, takenOut: true }), 'taken-out')
    assert.equal(mayAnswer({ ...seated, joins: false, views: true }), 'not-allowed')
    assert.equal(mayAnswer({ ...noStanding, views: true }), 'not-allowed')
    assert.equal(mayAnswer({ ...seated, joins: false, views: true, over: true }), 'concluded')
    assert.equal(mayAnswer({ ...seated, joins: false, draft: true }), 'not-published')
    assert.equal(mayAnswer({ ...noStanding, draft: true }), 'not-found')
    assert.equal(mayAnswer({ ...seated, putOut: true }), 'put-out')
    assert.equal(mayAnswer(noStanding), 'not-found')
    assert.equal(mayAnswer({ ...noStanding, takenOut: true }), 'not-found')
    assert.equal(mayAnswer({ ...noStanding, over: true }), 'not-found')
  })

  it('takes none from who was made a host after sitting down: the keys are on their screen', () => {
    for (const seat of ['learner', 'guest'] as const) {
      const promoted = { ...seated, seat, hosts: true }
      assert.ok(mayHost(promoted) && mayWatch(promoted))
      assert.equal(mayAnswer(promoted), 'not-for-hosts')
    }
  })

  it('lets nobody back in by code who lost their place in the course', () => {
    assert.throws(() => seatFor({ ...seated, joins: false }, 'code'), { code: 'not-allowed' })
    assert.throws(() => seatFor({ ...seated, joins: false, draft: true }, 'run'), { code: 'not-published' })
    assert.throws(() => seatFor({ ...seated, joins: false, over: true }, 'run'), { code: 'concluded' })
    assert.equal(seatFor({ ...seated, hosts: true }, 'code'), 'host')
    assert.equal(seatFor(noStanding, 'code'), 'guest')
    assert.throws(() => seatFor(noStanding, 'run'), { code: 'not-found' })
  })

  it('knows whom staff took out, whatever seat they had or would take', () => {
    const out = { ...noStanding, seat: 'guest' as const, putOut: true }
    for (const by of ['code', 'run'] as const) assert.throws(() => seatFor(out, by), { code: 'put-out' })
    assert.throws(() => seatFor({ ...out, seat: 'learner', joins: true }, 'run'), { code: 'put-out' })
    assert.deepEqual([mayWatch(out), mayAnswer({ ...out, joins: true, seat: 'learner' })], [false, 'put-out'])
    // A host is put out by nobody, and what a class left is read by whoever sees the course.
    assert.equal(seatFor({ ...out, hosts: true }, 'run'), 'host')
    assert.equal(mayWatch({ ...out, views: true }, 'ended'), true)
    const gone = { ...noStanding, takenOut: true }
    for (const seat of [null, 'guest', 'learner'] as const)
      assert.throws(() => seatFor({ ...gone, seat }, 'code'), { code: 'taken-out' })
    assert.throws(() => seatFor({ ...gone, seat: 'guest' }, 'run'), { code: 'taken-out' })
    assert.throws(() => seatFor(gone, 'run'), { code: 'not-found' })
    const guest = { ...gone, seat: 'guest' as const }
    assert.ok(!mayWatch(guest) && !mayWatch(guest, 'ended'))
    assert.equal(mayAnswer(guest), 'taken-out')
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

describe('what is known of a person at a run', () => {
  const facts = {
    seat: 'learner' as const,
    gone: false,
    takenOut: false,
    putOut: false,
    course: 'open' as const,
    may: (capability: string) => capability === 'live.join',
  }

  it('makes their standing', () => {
    assert.deepEqual(standingFrom(facts), { ...noStanding, seat: 'learner', joins: true })
    assert.equal(standingFrom({ ...facts, course: 'concluded' })?.over, true)
    assert.equal(standingFrom({ ...facts, course: 'draft' })?.draft, true)
  })

  it('leaves none to whoever is suspended or erased', () => {
    assert.equal(standingFrom({ ...facts, gone: true }), null)
    assert.equal(standingFrom({ ...facts, gone: true, may: () => true }), null)
  })

  it('keeps a class whose course lies in the bin from all who may not take it out', () => {
    assert.equal(standingFrom({ ...facts, course: 'removed' }), null)
    assert.equal(standingFrom({ ...facts, course: 'removed', may: one => one === 'course.remove' })?.seat, 'learner')
  })

  it('asks what is written only of joining', () => {
    const asked = new Map<string, string>()
    standingFrom({ ...facts, may: (capability, doing) => Boolean(asked.set(capability, doing)) })
    assert.deepEqual(
      [...asked].filter(([, doing]) => doing === 'writing').map(([capability]) => capability),
      ['live.join'],
    )
  })
})

describe('why somebody may not act as a host', () => {
  for (const [change, act, why] of [
    [{ hosts: true }, 'change', undefined],
    [{ hosts: true, over: true }, 'change', 'concluded'],
    [{ hosts: true, over: true }, 'read', undefined],
    [{ seat: 'guest' }, 'change', 'not-allowed'],
    [{ seat: 'learner', joins: true }, 'read', 'not-allowed'],
    // A stranger is not told that the course is over, nor that there is a class.
    [{ over: true }, 'change', 'not-found'],
    [{ seat: 'guest', putOut: true }, 'change', 'not-found'],
  ] as const)
    it(`is ${why ?? 'nothing'} to ${act} with ${JSON.stringify(change)}`, () => {
      assert.equal(whyNotHost({ ...noStanding, ...change }, act), why)
    })
})

describe('the numbers of an item', () => {
  it('move while answers are taken, stand until the reveal, and are told in no other phase', () => {
    assert.deepEqual(
      phases.options.map(phase => [phase, tellsTally(phase)]),
      [
        ['waiting', null],
        ['open', 'moves'],
        ['paused', 'moves'],
        ['closing', 'moves'],
        ['closed', 'stands'],
        ['revealed', null],
        ['done', null],
      ],
    )
  })
})

describe('ranks', () => {
  it('take the share of what an item is worth, and nothing from one that is worth nothing', () => {
    assert.equal(shareOf('1.5', '2'), 0.75)
    assert.equal(shareOf('0', '3.0000'), 0)
    assert.equal(shareOf('0.3333', '0.3333'), 1)
    assert.equal(shareOf('0', '0'), null)
  })

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
