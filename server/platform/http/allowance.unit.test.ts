// How budgets are told.
import assert from 'node:assert/strict'
import { Bucket } from '../call/bucket.ts'
import { allowanceFields, demandPaid, payFrom } from './allowance.ts'

describe('what may still be asked', () => {
  let now = 0
  const bucket = () => new Bucket({ perSecond: 2, burst: 3 }, () => now)

  it('is what is left, and when all of it is there again', () => {
    const one = bucket()
    assert.deepEqual(allowanceFields([payFrom('browser', one)]), {
      'RateLimit-Policy': '"browser";q=3;w=2',
      RateLimit: '"browser";r=2;t=1',
    })
    payFrom('browser', one)
    payFrom('browser', one)
    const spent = payFrom('browser', one)
    assert.deepEqual([spent.remaining, spent.resetSeconds, spent.waitSeconds], [0, 2, 1])
    now += 600
    assert.equal(payFrom('browser', one).waitSeconds, 0)
  })

  it('refuses with the longest wait of the budgets that are spent', () => {
    const paid = payFrom('a', bucket())
    demandPaid([paid])
    assert.throws(() => demandPaid([paid, { ...paid, waitSeconds: 4 }, { ...paid, waitSeconds: 2 }]), {
      code: 'slow-down',
      params: { retryAfter: 4 },
    })
  })
})
