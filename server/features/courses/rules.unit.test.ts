// The pure rules of courses: positions with always room between them, codes, and who must stay.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { courseCodeAlphabet, courseCodeLength } from '#protocol/courses/people.ts'
import {
  demandInstructorStays,
  demandOnePerson,
  isTimeZone,
  moveWeekly,
  positionAhead,
  positionBetween,
  seriesClash,
  spellCode,
} from './rules.ts'

describe('positions in a course', () => {
  it('leave room between any two neighbours, whatever was moved before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 120 }), moves => {
        const order: string[] = []
        for (const move of moves) {
          const at = move % (order.length + 1)
          order.splice(at, 0, positionBetween(order[at - 1] ?? null, order[at] ?? null))
        }
        for (const [index, one] of order.entries()) {
          if (index > 0) assert.ok((order[index - 1] ?? '') < one)
          assert.ok(!one.endsWith('0'), one)
        }
      }),
    )
  })

  it('stay short where lists grow, at the end', () => {
    let last: string | null = null
    for (let count = 0; count < 500; count++) last = positionBetween(last, null)
    assert.ok((last ?? '').length < 20, last ?? '')
  })

  it('refuse neighbours in the wrong order', () => {
    assert.throws(() => positionBetween('b', 'a'))
    assert.throws(() => positionBetween('a', 'a'))
  })

  it('put a thing ahead of the one named, or at the end', () => {
    const order = [
      { id: 'a', position: '1' },
      { id: 'b', position: '2' },
    ]
    assert.ok(positionAhead(order, 'a') < '1')
    const middle = positionAhead(order, 'b')
    assert.ok('1' < middle && middle < '2')
    assert.ok(positionAhead(order, null) > '2')
    assert.throws(() => positionAhead(order, 'x'), { code: 'not-found' })
  })
})

describe('the rules of a course', () => {
  it('spell codes without look-alikes', () => {
    const code = spellCode(Uint8Array.from({ length: 16 }, (_, index) => index * 17))
    assert.equal(code.length, courseCodeLength)
    for (const letter of code) assert.ok(courseCodeAlphabet.includes(letter))
    assert.doesNotMatch(courseCodeAlphabet, /[01IOLU]/)
    assert.throws(() => spellCode(new Uint8Array(3)))
    assert.throws(() => spellCode(new Uint8Array(16).fill(255)))
  })

  it('take one person, by e-mail or by account', () => {
    demandOnePerson({ email: 'a@example.org' })
    demandOnePerson({ accountId: 'x' })
    assert.throws(() => demandOnePerson({}), { code: 'malformed' })
    assert.throws(() => demandOnePerson({ email: 'a@example.org', accountId: 'x' }), { code: 'malformed' })
  })

  it('keep an instructor', () => {
    demandInstructorStays('learner', null, 0)
    demandInstructorStays('instructor', 'instructor', 0)
    demandInstructorStays('instructor', null, 1)
    assert.throws(() => demandInstructorStays('instructor', null, 0), { code: 'last-instructor' })
    assert.throws(() => demandInstructorStays('instructor', 'learner', 0), { code: 'last-instructor' })
  })

  it('know a time zone', () => {
    assert.ok(isTimeZone('Europe/Berlin'))
    assert.ok(!isTimeZone('Mars/Olympus'))
  })
})

describe('a weekly series in a copy', () => {
  // Mondays in October 2030, at ten on the clocks of Berlin: summer time ends within them.
  const series = { at: new Date('2030-10-07T08:00:00.000Z'), times: 5 }
  const moved = (days: number, more: { weekends?: 'free' | 'taken'; free?: string[] } = {}) =>
    moveWeekly(series, 'Europe/Berlin', { weekends: 'taken', free: [], ...more, days })

  it('keeps its day of the week, and leaves out what lies on free days', () => {
    assert.deepEqual(moved(364), { days: 364, off: [] })
    assert.deepEqual(moved(364, { free: ['2031-10-06', '2031-10-27', '2031-10-28'] }), { days: 364, off: [0, 3] })
  })

  it('moves on from a weekend that is free, with all its times', () => {
    assert.deepEqual(moved(369, { weekends: 'taken' }), { days: 369, off: [] })
    assert.deepEqual(moved(369, { weekends: 'free', free: ['2031-10-13'] }), { days: 371, off: [0] })
  })

  it('runs past a term it begins in, which is another thing than lying outside of it', () => {
    const [first, last, now] = ['2030-10-07', '2030-11-04', '2030-01-01'].map(day => new Date(`${day}T09:00:00.000Z`))
    const against = (startsOn: string, endsOn: string, at = now) =>
      seriesClash(first as Date, last as Date, 'Europe/Berlin', { startsOn, endsOn }, at as Date)
    assert.equal(against('2030-10-01', '2030-10-31'), 'past-term')
    assert.equal(against('2030-10-01', '2030-11-30'), null)
    assert.equal(against('2030-10-08', '2030-11-30'), 'outside-term')
    assert.equal(against('2031-10-01', '2031-11-30'), 'outside-term')
    assert.equal(against('2030-10-01', '2030-10-31', new Date('2030-10-08T00:00:00.000Z')), 'past')
    assert.equal(seriesClash(first as Date, last as Date, 'Europe/Berlin', null, now as Date), null)
  })
})
