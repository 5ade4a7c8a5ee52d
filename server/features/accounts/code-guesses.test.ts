// The throttle of join codes: whoever is right gets in, whatever others of their network try; who guesses is slowed down.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { testCtx } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { codeBudgets, codeThrottle } from './actions/code-guesses.ts'
import { networkOf, siteOf } from './rules.ts'

/** The real budgets with a shorter rest, so that nobody waits for a test. */
const budgets = { ...codeBudgets, network: { ...codeBudgets.network, beyond: { restMs: 5 } } }

let networks = 0
/** A network nobody has called from yet, in a site of its own. */
const fresh = () => `2001:db8:${(++networks + 0x100).toString(16)}:1:`

const later = () => new Promise<void>(resolve => setImmediate(resolve))

let guessing = codeThrottle(budgets)
let looked = 0
async function right(): Promise<string> {
  looked++
  await later()
  return 'in'
}
async function wrong(): Promise<string> {
  looked++
  await later()
  throw new Problem('code-unknown')
}

const outcome = (ctx: Ctx, look: () => Promise<string>): Promise<string> =>
  guessing(ctx, look).catch((error: Problem) => error.code)

/** How many ended in what. */
async function tally(all: Promise<string>[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const one of await Promise.all(all)) counted[one] = (counted[one] ?? 0) + 1
  return counted
}

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

const someone = (address: string): Ctx =>
  testCtx({
    address,
    who: {
      kind: 'account',
      accountId: randomUUID() as AccountId,
      sessionId: randomUUID() as SessionId,
      siteRole: 'guest',
      name: 'Somebody',
    },
  })

describe('the throttle of join codes', () => {
  beforeEach(() => {
    looked = 0
    // One of their own, or the node of the next file would have nothing left.
    guessing = codeThrottle(budgets)
  })

  it('lets 300 with the right code in at once, from one address', async () => {
    const at = testCtx({ address: `${fresh()}:1` })
    assert.deepEqual(await tally(times(300, () => outcome(at, right))), { in: 300 })
    assert.deepEqual(await tally(times(3_000, () => outcome(at, right))), { in: 3_000 })
  })

  it('slows a guessing network down and still lets in whoever of it is right', async () => {
    const network = fresh()
    const guesses = times(300, n => outcome(testCtx({ address: `${network}:${n.toString(16)}` }), wrong))
    await waitFor(() => looked >= budgets.network.most, 'the budget of the network')
    // A whole class comes while the guesses still wait in front of it: nobody of it is refused.
    const began = performance.now()
    const pupils = times(30, n => outcome(testCtx({ address: `${network}:a${n}` }), right))
    const before = looked
    assert.equal(await outcome(testCtx({ address: `${fresh()}:1` }), right), 'in')
    assert.ok(looked - before <= 5, 'another network does not wait for the guesses')
    assert.deepEqual(await tally(guesses), { 'code-unknown': 300 })
    assert.deepEqual(await tally(pupils), { in: 30 })
    // One after the other, with a rest after each.
    const beyond = 300 - budgets.network.most
    assert.ok(performance.now() - began >= (beyond - 1) * budgets.network.beyond.restMs)
  })

  it('holds a guesser to its pace for as long as it guesses, and turns away who would wait too long', async () => {
    const slow = { ...budgets, network: { ...budgets.network, beyond: { restMs: 50 } } }
    guessing = codeThrottle(slow, 400)
    const network = fresh()
    const guesses = times(200, () => outcome(testCtx({ address: `${network}:1` }), wrong))
    const counted = await tally(guesses)
    assert.ok((counted['code-unknown'] ?? 0) <= slow.network.most + 400 / 50 + 1)
    assert.equal((counted['code-unknown'] ?? 0) + (counted['slow-down'] ?? 0), 200)
    const late = await guessing(testCtx({ address: `${network}:1` }), right)
    assert.equal(late, 'in')
  })

  it('counts the networks of one site together', async () => {
    guessing = codeThrottle({ ...budgets, site: { most: 20, seconds: 60, beyond: { restMs: 150 } } }, 5_000)
    const began = performance.now()
    const all = times(30, n => outcome(testCtx({ address: `2001:db8:77:${n.toString(16)}::1` }), wrong))
    assert.deepEqual(await tally(all), { 'code-unknown': 30 })
    assert.ok(performance.now() - began >= 9 * 150)
    const elsewhere = times(15, n => outcome(testCtx({ address: `2001:db8:78:${n.toString(16)}::1` }), wrong))
    const again = performance.now()
    await tally(elsewhere)
    assert.ok(performance.now() - again < 14 * 150, 'another site does not wait')
  })

  it('lets a crowd in among typing errors', async () => {
    const network = fresh()
    const all = times(400, n => outcome(testCtx({ address: `${network}:${n}` }), n % 4 === 3 ? wrong : right))
    assert.deepEqual(await tally(all), { in: 300, 'code-unknown': 100 })
  })

  it('counts each account for itself, and refuses a spent one', async () => {
    const network = fresh()
    const one = someone(`${network}:1`)
    assert.deepEqual(await tally(times(40, () => outcome(one, wrong))), {
      'code-unknown': budgets.account.most,
      'slow-down': 40 - budgets.account.most,
    })
    assert.equal(await outcome(one, right), 'slow-down')
    assert.equal(await outcome(someone(`${network}:1`), right), 'in')
  })

  it('is asked before a transaction, for it may have to wait', async () => {
    const within = { ...testCtx({ address: `${fresh()}:1` }), client: {} } as unknown as Ctx
    await assert.rejects(guessing(within, right), /before the transaction/)
    assert.equal(looked, 0)
  })

  it('gives back what a fault cost', async () => {
    const at = someone(`${fresh()}:1`)
    const fault = () => Promise.reject(new Problem('busy'))
    assert.deepEqual(await tally(times(50, () => outcome(at, fault))), { busy: 50 })
    assert.equal(await outcome(at, right), 'in')
  })

  it('has a budget for the whole node, and still lets in whoever is right', async () => {
    guessing = codeThrottle({ ...budgets, node: { most: 50, seconds: 60, beyond: { restMs: 20 } } }, 5_000)
    const began = performance.now()
    const guesses = times(70, () => outcome(testCtx({ address: `${fresh()}:1` }), wrong))
    const pupils = times(70, () => outcome(testCtx({ address: `${fresh()}:1` }), right))
    assert.deepEqual(await tally([...guesses, ...pupils]), { 'code-unknown': 70, in: 70 })
    assert.ok(performance.now() - began >= 19 * 20)
  })
})

describe('the network of an address', () => {
  it('is the first 64 bits of IPv6 and all of IPv4', () => {
    for (const [address, network] of [
      ['192.0.2.7', '192.0.2.7'],
      ['::ffff:192.0.2.7', '192.0.2.7'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
      ['2001:DB8:1:2::9', '2001:db8:1:2'],
      ['2001:db8::9', '2001:db8:0:0'],
      ['2001:db8:0001::', '2001:db8:1:0'],
      ['fe80::1%eth0', 'fe80:0:0:0'],
      ['::1', '0:0:0:0'],
      ['', ''],
    ])
      assert.equal(networkOf(address ?? ''), network)
  })

  it('lies in a site of 48 bits, with IPv6', () => {
    assert.equal(siteOf('2001:db8:0a1:2:3:4:5:6'), '2001:db8:a1')
    assert.equal(siteOf('2001:db8::9'), '2001:db8:0')
    assert.equal(siteOf('192.0.2.7'), undefined)
    assert.equal(siteOf('::ffff:192.0.2.7'), undefined)
    assert.equal(siteOf(''), undefined)
  })
})
