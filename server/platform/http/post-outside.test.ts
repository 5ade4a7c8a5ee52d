// Calls to addresses that somebody else named: over the address that was judged and no other, whatever a name says later.
import assert from 'node:assert/strict'
import { type HookServer, startHookServer } from '#server/test/hook-server.ts'
import { connectGuard, mayPostTo, postOutside } from './post-outside.ts'

const loopback = { webhooksPrivate: [], webhooksPorts: 'https', webhooksLoopback: true } as const
const strict = { ...loopback, webhooksLoopback: false } as const

describe('a post to somebody else', () => {
  let there: HookServer
  before(async () => {
    there = await startHookServer()
  })
  beforeEach(() => {
    connectGuard(loopback)
    there.got.length = 0
    there.mode = 200
  })
  after(() => connectGuard(strict))

  const named = (host: string) => there.address.replace('127.0.0.1', host)
  const post = (address: string, ...answers: string[]) => {
    const asked: string[] = []
    const outcome = postOutside({
      ...{ address, headers: { 'content-type': 'text/plain' }, body: 'Hello' },
      resolve: async host => {
        asked.push(host)
        return [{ address: answers[asked.length - 1] ?? '10.0.0.1', family: 4 }]
      },
    })
    return outcome.then(came => ({ came, asked }))
  }

  it('looks a name up once and goes to what was judged, though the name leads elsewhere a moment later', async () => {
    const { came, asked } = await post(named('localhost'), '127.0.0.1', '10.0.0.1')
    assert.ok('status' in came && came.status === 200)
    assert.deepEqual([asked, there.got.length], [['localhost'], 1])
    assert.equal(there.got[0]?.headers.host, new URL(named('localhost')).host)
    // Nobody but the one who judged it knows this name: that a server without a certificate is met says who was called.
    connectGuard({ ...loopback, webhooksPorts: 'any' })
    const { came: met } = await post(named('hooks.invalid').replace('http:', 'https:'), '127.0.0.1')
    assert.ok('failure' in met && met.failure === 'not-trusted')
  })

  it('does not go where a name leads into a private network', async () => {
    for (const answer of ['10.0.0.1', '169.254.169.254', '100.64.0.1']) {
      const { came } = await post('https://hooks.example.org/', answer)
      assert.ok('failure' in came && came.failure === 'barred', answer)
    }
    connectGuard(strict)
    for (const address of [there.address, named('localhost'), named('[::ffff:127.0.0.1]')]) {
      const { came } = await post(address, '127.0.0.1')
      assert.ok('failure' in came && came.failure === 'barred', address)
      await assert.rejects(mayPostTo(address), address)
    }
    assert.deepEqual(there.got, [])
  })

  it('follows no redirect, and says what did not come to an end', async () => {
    there.mode = 'elsewhere'
    const { came } = await post(there.address)
    assert.ok('status' in came && came.status === 302)
    assert.equal(there.got.length, 1)
    const nobody = await post('http://127.0.0.1:1/')
    assert.ok('failure' in nobody.came && nobody.came.failure === 'unreachable')
    there.mode = 'silent'
    const ending = new AbortController()
    const waiting = postOutside({ address: there.address, headers: {}, body: '', signal: ending.signal })
    setImmediate(() => ending.abort())
    const ended = await waiting
    assert.ok('failure' in ended && ended.failure === 'ended')
  })

  it('does not trust a server that shows no certificate', async () => {
    const { came } = await post(there.address.replace('http:', 'https:'))
    assert.ok('failure' in came && came.failure === 'not-trusted')
  })
})
