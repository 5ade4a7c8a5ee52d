// Which address is handed on: what a phone in the room can open, whatever the host's own browser was told.
import assert from 'node:assert/strict'
import type { NetworkInterfaceInfo } from 'node:os'
import { accountRoutes } from '#protocol/accounts.ts'
import { strangerClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { addressesOf, contentOrigin, isForContent, networkAddresses, sharedOrigin } from './addresses.ts'

const lan = ['192.168.1.20']
const here = { publicUrl: null, host: '0.0.0.0', trustProxy: false }

const origin = (host: string, config: Partial<Parameters<typeof sharedOrigin>[0]> = {}, headers = {}, network = lan) =>
  sharedOrigin({ ...here, ...config }, { headers: { host, ...headers }, socket: { localPort: 8080 } as never }, network)

describe('the address to hand on', () => {
  it('is what phones can open when the host came by localhost', () => {
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]:8080'])
      assert.equal(origin(host), 'http://192.168.1.20:8080')
    assert.equal(origin('localhost:9000'), 'http://192.168.1.20:8080', 'a forwarded port is this machine only')
  })

  it('is the public address where there is one', () => {
    assert.equal(origin('localhost:8080', { publicUrl: 'https://learn.example.org' }), 'https://learn.example.org')
  })

  it('is what was asked for where the node is not reached by others, or was reached by its address', () => {
    assert.equal(origin('localhost:8080', { host: '127.0.0.1' }), 'http://localhost:8080')
    assert.equal(origin('localhost:8080', {}, {}, []), 'http://localhost:8080')
    assert.equal(origin('192.168.1.20:8080'), 'http://192.168.1.20:8080')
    const proto = { 'x-forwarded-proto': 'https' }
    assert.equal(origin('learn.example.org', { trustProxy: true }, proto), 'https://learn.example.org')
    assert.equal(origin('learn.example.org', {}, proto), 'http://learn.example.org')
    assert.equal(origin('no host at all'), '')
  })

  it('prefers real networks to those inside the machine', () => {
    const one = (address: string, internal = false) =>
      [{ address, internal, family: 'IPv4' }] as unknown as NetworkInterfaceInfo[]
    const found = networkAddresses({ lo: one('127.0.0.1', true), docker0: one('172.17.0.1'), wlan0: one('10.0.0.7') })
    assert.deepEqual(found, ['10.0.0.7', '172.17.0.1'])
  })

  it('is told to whoever asks who they are', async () => {
    const node = await testNode({ config: { host: '0.0.0.0' } })
    const told = await (await strangerClient(node)).request(accountRoutes.me, {})
    const [, network] = addressesOf('0.0.0.0', node.port)
    assert.equal(told.origin, network ?? `http://localhost:${node.port}`)
  })
})

describe('the address of content', () => {
  const none = { publicUrl: null, contentUrl: null, trustProxy: false }
  const at = (
    host: string,
    config: Partial<Parameters<typeof contentOrigin>[0]> = {},
    headers = {},
    port: number | null = 8081,
  ) => contentOrigin({ ...none, ...config }, { headers: { host, ...headers } }, port)
  const publicUrl = 'https://learn.example.org'
  const contentUrl = 'https://content.example.org'

  it('is the second port of the host that was asked, by the other name of this machine on it', () => {
    assert.equal(at('192.168.1.20:8080'), 'http://192.168.1.20:8081')
    assert.equal(at('localhost:8080'), 'http://127.0.0.1:8081')
    assert.equal(at('127.0.0.1:8080'), 'http://localhost:8081')
  })

  it('is what is set beside a public address, and nothing where nothing is', () => {
    assert.equal(at('learn.example.org', { publicUrl, contentUrl }), contentUrl)
    assert.equal(at('learn.example.org', { publicUrl }), null)
    assert.equal(at('localhost:8080', {}, {}, null), null)
    assert.equal(at('learn.example.org', { trustProxy: true }, { 'x-forwarded-proto': 'https' }), null)
  })

  it('is known by the name that a request asks for', () => {
    const asks = (host?: string) => isForContent({ contentUrl }, { headers: { host } })
    assert.deepEqual([asks('content.example.org'), asks('CONTENT.example.org')], [true, true])
    assert.deepEqual(
      [asks('learn.example.org'), asks('content.example.org:8080'), asks(undefined)],
      [false, false, false],
    )
    assert.equal(isForContent({ contentUrl: null }, { headers: { host: 'content.example.org' } }), false)
  })
})
