// The throttle of join codes: a crowd that is right gets in, a burst that is wrong does not get past its budget.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId, SessionId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Ctx } from '#server/platform/ctx.ts'
import { testCtx } from '#server/test/factories.ts'
import { codeBudgets, codeThrottle } from './actions/code-guesses.ts'
import { networkOf } from './rules.ts'

let networks = 0
/** A network nobody has called from yet. */
const fresh = () => `2001:db8:0:${(++networks).toString(16)}:`

const later = () => new Promise<void>(resolve => setImmediate(resolve))

let guessing = codeThrottle()
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
    guessing = codeThrottle()
  })

  it('lets 300 with the right code in at once, from one address', async () => {
    const at = testCtx({ address: `${fresh()}:1` })
    assert.deepEqual(await tally(times(300, () => outcome(at, right))), { in: 300 })
    assert.deepEqual(await tally(times(3_000, () => outcome(at, right))), { in: 3_000 })
  })

  it('looks no further than the budget for 300 wrong ones at once, whatever of the network they come from', async () => {
    const network = fresh()
    const all = times(300, n => outcome(testCtx({ address: `${network}:${n.toString(16)}` }), wrong))
    assert.deepEqual(await tally(all), { 'code-unknown': codeBudgets.network, 'slow-down': 300 - codeBudgets.network })
    assert.equal(looked, codeBudgets.network)
    // From here on a right one waits as well; another network does not.
    assert.equal(await outcome(testCtx({ address: `${network}:ffff` }), right), 'slow-down')
    assert.equal(await outcome(testCtx({ address: `${fresh()}:1` }), right), 'in')
  })

  it('lets a crowd in among typing errors', async () => {
    const network = fresh()
    const all = times(400, n => outcome(testCtx({ address: `${network}:${n}` }), n % 4 === 3 ? wrong : right))
    assert.deepEqual(await tally(all), { in: 300, 'code-unknown': 100 })
  })

  it('counts each account for itself, and all of a network together', async () => {
    const network = fresh()
    const one = someone(`${network}:1`)
    assert.deepEqual(await tally(times(40, () => outcome(one, wrong))), {
      'code-unknown': codeBudgets.account,
      'slow-down': 40 - codeBudgets.account,
    })
    assert.equal(await outcome(one, right), 'slow-down')
    assert.equal(await outcome(someone(`${network}:1`), right), 'in')
    const many = times(300, () => outcome(someone(`${network}:2`), wrong))
    assert.equal((await tally(many))['code-unknown'], codeBudgets.network - codeBudgets.account)
  })

  it('never makes a transaction wait, and refuses it rather than letting it past', async () => {
    const address = `${fresh()}:1`
    const within = { ...testCtx({ address }), client: {} } as unknown as Ctx
    assert.deepEqual(await tally(times(300, () => outcome(within, wrong))), {
      'code-unknown': codeBudgets.network,
      'slow-down': 300 - codeBudgets.network,
    })
  })

  it('gives back what a fault cost', async () => {
    const at = someone(`${fresh()}:1`)
    const fault = () => Promise.reject(new Problem('busy'))
    assert.deepEqual(await tally(times(50, () => outcome(at, fault))), { busy: 50 })
    assert.equal(await outcome(at, right), 'in')
  })

  it('has a budget for the whole node', async () => {
    const all = times(codeBudgets.node + 200, () => outcome(testCtx({ address: `${fresh()}:1` }), wrong))
    const counted = await tally(all)
    assert.ok((counted['slow-down'] ?? 0) >= 200)
    assert.ok((counted['code-unknown'] ?? 0) <= codeBudgets.node)
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
})
