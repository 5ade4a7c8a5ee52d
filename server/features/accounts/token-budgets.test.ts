// What programs may ask: each token by itself, apart from its person's browser, and told with every answer.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { apiBase } from '#protocol/base/call.ts'
import { newId } from '#server/platform/db/id.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, testRedisUrl, waitFor } from '#server/test/harness.ts'
import { startCounters } from './actions/counters.ts'
import { payForCall, tokenBudgets } from './actions/token-budgets.ts'

const counting = { redisUrl: testRedisUrl, redisPrefix: '', log: testCtx().log }

/** Milliseconds in which a Redis is ready, however busy the machine. */
const patience = 15_000

const { token: own, account: together } = tokenBudgets

describe('the budgets of access tokens', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  // Refused for its form before anything is read.
  const ask = (secret: string) =>
    fetch(`${node.url}${apiBase}/me?strange=1`, { headers: { authorization: `Bearer ${secret}` } })

  const person = async () => {
    const client = await signedInClient(node)
    const make = async (name: string) =>
      (await client.request(tokenRoutes.createToken, { name, scopes: ['all:read'] })).secret
    return { client, make }
  }

  /** Asks until it is too much, and answers the refusal; a slow machine may see a window end meanwhile. */
  async function untilRefused(secret: string): Promise<Response> {
    for (let turn = 0; turn < 20; turn++) {
      const answers = await Promise.all(Array.from({ length: 60 }, () => ask(secret)))
      const refused = answers.find(answer => answer.status === 429)
      if (refused) return refused
    }
    return assert.fail('it was never too much')
  }

  it('tell how much is left, by the two fields of the draft', async () => {
    const { client, make } = await person()
    const secret = await make('Careful')
    const first = await ask(secret)
    assert.equal(
      first.headers.get('ratelimit-policy'),
      `"token";q=${own.points};w=${own.duration},"account";q=${together.points};w=${together.duration}`,
    )
    assert.equal(
      first.headers.get('ratelimit'),
      `"token";r=${own.points - 1};t=${own.duration},"account";r=${together.points - 1};t=${together.duration}`,
    )
    const second = await ask(secret)
    assert.match(second.headers.get('ratelimit') ?? '', new RegExp(`^"token";r=${own.points - 2};t=\\d+,`))
    // The browser has its own, which paid for none of this.
    const browser = await client.raw('GET', '/me')
    assert.match(browser.headers.get('ratelimit-policy') ?? '', /^"browser";q=\d+;w=\d+$/)
    assert.match(browser.headers.get('ratelimit') ?? '', /^"browser";r=\d+;t=\d+$/)
    // Whoever comes without either is told nothing.
    assert.equal((await fetch(`${node.url}${apiBase}/me`)).headers.get('ratelimit'), null)
  })

  it('stop a script that runs wild, and neither its person in the browser nor their other scripts', async () => {
    const { client, make } = await person()
    const [wild, calm] = [await make('Wild'), await make('Calm')]
    const refused = await untilRefused(wild)
    assert.equal(((await refused.json()) as { code: string }).code, 'slow-down')
    const wait = Number(refused.headers.get('retry-after'))
    assert.ok(wait >= 1 && wait <= own.duration, `${wait}`)
    assert.equal(refused.headers.get('ratelimit'), `"token";r=0;t=${wait}`)
    assert.equal((await client.raw('GET', '/me')).status, 200)
    assert.equal((await ask(calm)).status, 400)
    // A call that no scope opens is paid for as well.
    const shut = await fetch(`${node.url}${apiBase}/me/tokens`, { headers: { authorization: `Bearer ${wild}` } })
    assert.ok(shut.status === 429 || shut.status === 403)
    await waitFor(async () => (await ask(wild)).status === 400, 'the budget to be whole again', (wait + 3) * 1_000)
  })

  it('are bounded for all scripts of a person together', async () => {
    const accountId = newId<'Account'>()
    const tokens = Array.from({ length: together.points / own.points + 1 }, () => newId<'AccessToken'>())
    const asked = async () => {
      for (const tokenId of tokens)
        for (let call = 0; call < own.points; call++) {
          const [, all] = await payForCall(tokenId, accountId)
          if (all && all.waitSeconds > 0) return true
        }
      return false
    }
    // A slow machine may see a window end meanwhile.
    await waitFor(asked, 'all of them to be stopped together')
    const [, elsewhere] = await payForCall(newId<'AccessToken'>(), newId<'Account'>())
    assert.equal(elsewhere?.waitSeconds, 0, 'another person is not stopped')
  })

  it('are the same at every node that shares a Redis', async () => {
    const { redisPrefix, ...parts } = { ...counting, redisPrefix: `test-${randomUUID()}:` }
    const [tokenId, accountId] = [newId<'AccessToken'>(), newId<'Account'>()]
    const ends = [await startCounters({ ...parts, redisPrefix }, patience)]
    try {
      const before = (await payForCall(tokenId, accountId))[0]?.remaining
      // Another node starts.
      ends.push(await startCounters({ ...parts, redisPrefix }, patience))
      const after = (await payForCall(tokenId, accountId))[0]?.remaining
      assert.deepEqual([before, after], [own.points - 1, own.points - 2])
    } finally {
      for (const end of ends) await end()
      await (await startCounters({ ...counting, redisUrl: null }))()
    }
  })
})
