// Terms have a day at least; a tree of departments has no loop and an end.
import assert from 'node:assert/strict'
import { demandDays, demandPlace, keptFreeDays } from './rules.ts'

describe('the rules of an organisation', () => {
  it('give a term at least one day', () => {
    demandDays({ startsOn: '2026-09-01', endsOn: '2026-09-01' })
    assert.throws(() => demandDays({ startsOn: '2026-10-01', endsOn: '2026-09-30' }), { code: 'malformed' })
  })

  it('keep free days in order, each entry a day at least and all of them few enough to be kept free', () => {
    const day = (startsOn: string, endsOn = startsOn, name = 'Free') => ({ name, startsOn, endsOn })
    assert.deepEqual(
      keptFreeDays([
        day('2026-12-24', '2027-01-02'),
        day('2026-10-12', '2026-10-16'),
        day('2026-10-12', '2026-10-12', 'A'),
      ]),
      [day('2026-10-12', '2026-10-12', 'A'), day('2026-10-12', '2026-10-16'), day('2026-12-24', '2027-01-02')],
    )
    const refusal = (path: string, code: string) => (error: { errors?: { path: string; code: string }[] }) =>
      error.errors?.[0]?.path === path && error.errors[0].code === code
    assert.throws(
      () => keptFreeDays([day('2026-10-12'), day('2026-10-16', '2026-10-12')]),
      refusal('freeDays.1.endsOn', 'too_small'),
    )
    // From the first day there is to the last: refused before it is written out.
    assert.throws(() => keptFreeDays([day('0001-01-01', '9999-12-31')]), refusal('freeDays.0.endsOn', 'too_big'))
    const most = day('2026-01-01', '2026-05-30')
    // The same days twice are the same days.
    assert.equal(keptFreeDays([most, most]).length, 2)
    assert.throws(() => keptFreeDays([most, day('2026-05-31')]), refusal('freeDays', 'too_big'))
  })

  it('let a department stand neither below itself nor too deep', () => {
    demandPlace('a', ['b', 'c'], 1)
    assert.throws(() => demandPlace('a', ['b', 'a'], 1), { code: 'malformed' })
    demandPlace('a', ['1', '2', '3', '4', '5', '6'], 2)
    assert.throws(() => demandPlace('a', ['1', '2', '3', '4', '5', '6'], 3), { code: 'malformed' })
  })
})
