// How fast one may go, at moments of the test's own.
import assert from 'node:assert/strict'
import { type Budget, paceOfEach, paceOfStorm, spend } from './pace.ts'

describe('a pace', () => {
  const talk = { burst: 8, perSecond: 1 }
  const at = (ms: number) => new Date(1_000_000 + ms)

  it('gives a burst, then as many a second as it says', () => {
    let budget: Budget | undefined
    for (let n = 0; n < talk.burst; n++) {
      const spent = spend(budget, 1_000, talk)
      assert.equal(spent.wait, 0)
      budget = spent.budget
    }
    const refused = spend(budget, 1_100, talk)
    assert.equal(refused.wait, 1)
    assert.equal(spend(refused.budget, 2_001, talk).wait, 0)
    // A clock that steps back gives nothing away.
    assert.equal(spend(refused.budget, 0, talk).wait, 1)
  })

  it('is held to by each key for itself', () => {
    const paces = paceOfEach(talk)
    for (let n = 0; n < talk.burst; n++) assert.equal(paces.take('quick', at(0)), 0)
    assert.equal(paces.take('quick', at(0)), 1)
    assert.equal(paces.take('calm', at(0)), 0)
  })

  it('takes of none when one of two has nothing left', () => {
    const paces = paceOfEach({ burst: 2, perSecond: 1 }, { burst: 3, perSecond: 1 / 64 })
    assert.deepEqual([paces.take('a', at(0)), paces.take('a', at(0))], [0, 0])
    // Refused by the quick one: the steady one still has its third.
    assert.equal(paces.take('a', at(0)), 1)
    assert.equal(paces.take('a', at(1_000)), 0)
    // And then it is the steady one that refuses, for as long as it takes.
    assert.equal(paces.take('a', at(3_000)), 61)
  })

  it('charges an item of a storm once, however often its group is tried', () => {
    const waitOf = paceOfStorm<object>({ burst: 1, perSecond: 1 })
    const [first, second] = [{}, {}]
    assert.deepEqual([waitOf(first, 'a', at(0)), waitOf(second, 'a', at(0))], [0, 1])
    assert.deepEqual([waitOf(first, 'a', at(0)), waitOf(second, 'a', at(5_000))], [0, 1])
    assert.equal(waitOf({}, 'a', at(5_000)), 0)
  })
})
