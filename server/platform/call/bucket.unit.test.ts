// Budgets that fill again with time, under a clock of the test's own.
import assert from 'node:assert/strict'
import { Bucket, Buckets } from './bucket.ts'

describe('a bucket', () => {
  let now = 0
  const clock = () => now

  it('gives a burst after a pause and its pace in the long run', () => {
    const bucket = new Bucket({ perSecond: 4, burst: 10 }, clock)
    for (let one = 0; one < 10; one++) assert.ok(bucket.take())
    assert.ok(!bucket.take())
    assert.equal(bucket.waitMs(), 250)
    now += 250
    assert.ok(bucket.take())
    assert.ok(!bucket.take())
    now += 60_000
    assert.ok(bucket.full)
    for (let one = 0; one < 10; one++) assert.ok(bucket.take())
    assert.ok(!bucket.take())
  })

  it('lets wait in line, no longer than somebody would', () => {
    const bucket = new Bucket({ perSecond: 2, burst: 1 }, clock)
    assert.deepEqual(
      [0, 1, 2, 3].map(() => bucket.reserve(1_000)),
      [0, 500, 1_000, undefined],
    )
    // What was refused was not taken.
    now += 500
    assert.equal(bucket.reserve(1_000), 1_000)
  })

  it('is forgotten when it is full again, and never while it owes', () => {
    const buckets = new Buckets({ perSecond: 1, burst: 5 }, clock)
    for (let one = 0; one < 1_024; one++) buckets.of(`early ${one}`).take()
    now += 2_000
    const late = buckets.of('late')
    for (let one = 0; one < 5; one++) late.take()
    for (let one = 0; one < 2_000; one++) buckets.of(`more ${one}`)
    assert.ok(buckets.size < 2_500, `${buckets.size}`)
    assert.ok(!buckets.of('late').take())
  })
})
