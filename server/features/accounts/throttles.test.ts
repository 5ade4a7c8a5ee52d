// Failures are counted in Redis for all nodes together, and in memory while Redis can't be reached.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { NodeServices } from '#server/platform/feature.ts'
import { testCtx } from '#server/test/factories.ts'
import { testRedisUrl } from '#server/test/harness.ts'
import { startCounters } from './actions/counters.ts'
import { demandBudget, inTurn, payingForFailure, signInBudgets, signInRest } from './actions/throttles.ts'

/** Milliseconds in which a Redis is ready, however busy the machine. */
const patience = 15_000

const node = (redisUrl: string | null, redisPrefix: string): NodeServices => ({
  systemCtx: () => testCtx(),
  transact: async () => {
    throw new Error('not needed')
  },
  now: () => new Date(),
  redisUrl,
  redisPrefix,
  log: testCtx().log,
  health: async () => {
    throw new Error('not needed')
  },
})

async function failOften(email: string): Promise<void> {
  for (let one = 0; one < signInBudgets.pair.points; one++)
    assert.equal(await payingForFailure('203.0.113.9', email, async () => false), false)
}

describe('the throttles of signing in', () => {
  const ends: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
    // Back to memory, so that nothing is left for the next file.
    await (await startCounters(node(null, '')))()
  })

  it('are one for all nodes with a Redis', async () => {
    const prefix = `test-${randomUUID()}:`
    ends.push(await startCounters(node(testRedisUrl, prefix), patience))
    await failOften('ada@example.org')
    await assert.rejects(demandBudget('203.0.113.9', 'ada@example.org'), { code: 'slow-down' })
    // Another node starts: it knows already.
    ends.push(await startCounters(node(testRedisUrl, prefix), patience))
    await assert.rejects(demandBudget('203.0.113.9', 'ada@example.org'), { code: 'slow-down' })
    await demandBudget('203.0.113.9', 'grace@example.org')
    await demandBudget('198.51.100.4', 'ada@example.org')
  })

  it('slow a place down that guesses, and never refuse whoever of it is right', async () => {
    ends.push(await startCounters(node(null, '')))
    const address = '2001:db8:5:1::7'
    for (let one = 0; one < signInBudgets.address.points; one++)
      await payingForFailure(address, `guess-${one}@example.org`, async () => false)
    const began = performance.now()
    let guessed = 0
    const guesses = [1, 2, 3].map(n =>
      inTurn(address, () => payingForFailure(address, `more-${n}`, async () => false)).finally(() => guessed++),
    )
    const pupils = Array.from({ length: 50 }, (_, n) =>
      inTurn(address, () => payingForFailure(address, `pupil-${n}`, async () => true)),
    )
    const other = '2001:db8:6:1::7'
    assert.equal(await inTurn(other, () => payingForFailure(other, 'grace', async () => true)), true)
    assert.ok(guessed <= 1, 'another network does not wait for the guesses')
    assert.deepEqual(await Promise.all(guesses), [false, false, false])
    assert.ok((await Promise.all(pupils)).every(Boolean))
    assert.ok(performance.now() - began >= signInRest.address * 2)
    // The networks of one site count together.
    const sister = `2001:db8:5:2::7`
    for (let one = signInBudgets.address.points; one < signInBudgets.site.points; one++)
      await payingForFailure(`2001:db8:5:${one.toString(16)}::1`, `guess-${one}`, async () => false)
    const slowly = performance.now()
    for (const n of [1, 2, 3]) await inTurn(sister, () => payingForFailure(sister, `site-${n}`, async () => false))
    assert.equal(await inTurn(sister, () => payingForFailure(sister, 'ada', async () => true)), true)
    assert.ok(performance.now() - slowly >= signInRest.site * 2)
  })

  it('go on in memory when Redis is away', async () => {
    ends.push(await startCounters(node('redis://127.0.0.1:1', 'test:')))
    await failOften('ada@example.org')
    await assert.rejects(demandBudget('203.0.113.9', 'ada@example.org'), { code: 'slow-down' })
  })
})
