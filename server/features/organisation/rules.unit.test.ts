// Terms have a day at least; a tree of departments has no loop and an end.
import assert from 'node:assert/strict'
import { demandDays, demandPlace } from './rules.ts'

describe('the rules of an organisation', () => {
  it('give a term at least one day', () => {
    demandDays({ startsOn: '2026-09-01', endsOn: '2026-09-01' })
    assert.throws(() => demandDays({ startsOn: '2026-10-01', endsOn: '2026-09-30' }), { code: 'malformed' })
  })

  it('let a department stand neither below itself nor too deep', () => {
    demandPlace('a', ['b', 'c'], 1)
    assert.throws(() => demandPlace('a', ['b', 'a'], 1), { code: 'malformed' })
    demandPlace('a', ['1', '2', '3', '4', '5', '6'], 2)
    assert.throws(() => demandPlace('a', ['1', '2', '3', '4', '5', '6'], 3), { code: 'malformed' })
  })
})
