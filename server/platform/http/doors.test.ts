// The doors for machines and proxies: who is asked about whom, which address counts, and when a node is ready.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import pg from 'pg'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, testServerUrl, waitFor } from '#server/test/harness.ts'
import { openClient } from '#server/test/test-client.ts'
import { callLimits } from '../realtime/connection.ts'
import { callerOf } from './caller.ts'

const from = (remoteAddress: string, headers: IncomingMessage['headers'] = {}) =>
  ({ headers, socket: { remoteAddress } }) as Pick<IncomingMessage, 'headers' | 'socket'>

describe('who asks', () => {
  it('is the other end of the connection where no proxy is trusted', () => {
    const told = from('203.0.113.9', { 'x-forwarded-for': '198.51.100.1' })
    assert.deepEqual(callerOf(told, { trustProxy: false }), { address: '203.0.113.9', local: false })
    assert.deepEqual(callerOf(from('::1'), { trustProxy: false }), { address: '::1', local: true })
  })

  it('is the entry that the nearest proxy wrote, and never one that was sent along', () => {
    const told = (value: string) =>
      callerOf(from('10.0.0.2', { 'x-forwarded-for': value }), { trustProxy: true }).address
    assert.equal(told('127.0.0.1, 198.51.100.1'), '198.51.100.1')
    assert.equal(told('198.51.100.1:40000'), '198.51.100.1')
    assert.equal(told('[2001:db8::1]:40000'), '2001:db8::1')
    assert.equal(told('198.51.100.1, <script>'), '10.0.0.2')
    assert.equal(told(''), '10.0.0.2')
  })

  it('is never at this machine when any header says that somebody stands between', () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-proto', 'x-forwarded-host'])
      for (const trustProxy of [true, false])
        assert.equal(callerOf(from('127.0.0.1', { [name]: '127.0.0.1' }), { trustProxy }).local, false, name)
  })
})

describe('the doors of a node', () => {
  let node: TestNode
  before(async () => {
    node = await testNode({ config: { trustProxy: true, metricsToken: 'a token for the metrics' } })
  })

  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(node.url + path, { headers })).status

  it('give each account so many calls, and tell the rest when to come back', async () => {
    const [busy, calm] = [await signedInClient(node), await signedInClient(node)]
    const began = performance.now()
    // Refused for its form before anything is read, and again where a slow machine filled the budget meanwhile.
    const answers: Response[] = []
    for (let turn = 0; turn < 5 && answers.every(answer => answer.status === 400); turn++) {
      answers.push(...(await Promise.all(Array.from({ length: 260 }, () => busy.raw('GET', '/me?strange=1')))))
    }
    const most = callLimits.burst + callLimits.perSecond * Math.ceil((performance.now() - began) / 1_000)
    const served = answers.filter(answer => answer.status === 400).length
    assert.ok(served >= callLimits.burst && served <= most, `${served} of ${answers.length}`)
    const refused = answers.find(answer => answer.status !== 400) ?? assert.fail('nobody was refused')
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '1')
    assert.equal(((await refused.json()) as { code: string }).code, 'slow-down')
    assert.equal((await calm.raw('GET', '/me')).status, 200)
    assert.equal(await status('/api/v1/me'), 200)
    await waitFor(async () => (await busy.raw('GET', '/me')).status === 200, 'the budget to fill again')
  })

  it('count HTTP and sockets under the same address behind a proxy', async () => {
    const seen: string[] = []
    const open: Socket[] = []
    const proxy = createServer((inbound, outbound) => {
      const onward = request(
        node.url + inbound.url,
        {
          method: inbound.method ?? 'GET',
          headers: { ...inbound.headers, 'x-forwarded-for': `${inbound.headers['x-forwarded-for']}, 198.51.100.7` },
        },
        answer => {
          outbound.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outbound)
        },
      )
      inbound.pipe(onward)
    })
    proxy.on('upgrade', (inbound, socket) => {
      const onward = connect(node.port, '127.0.0.1')
      open.push(onward, socket as Socket)
      const headers = { ...inbound.headers, 'x-forwarded-for': '1.2.3.4, 198.51.100.7' }
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      onward.write([`GET ${inbound.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
      socket.pipe(onward).pipe(socket)
      for (const end of [socket, onward]) end.on('error', () => undefined)
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as { port: number }
    try {
      // Failed sign-ins are counted by address; the session keeps the address it began at.
      const person = await signedInClient(node)
      const behind = await openClient(`http://127.0.0.1:${port}`, person.cookie().split('=')[1])
      const stranger = await fetch(`http://127.0.0.1:${port}/api/v1/me`, {
        headers: { 'x-forwarded-for': '127.0.0.1' },
      })
      seen.push(String(((await stranger.json()) as { demo: unknown[] }).demo.length), behind.hellos[0]?.accountId ?? '')
      assert.deepEqual(seen, ['0', person.accountId])
      behind.close()
    } finally {
      proxy.closeAllConnections()
      for (const one of open) one.destroy()
      proxy.close()
    }
  })

  it('keep a connection that asks nothing for longer than the balancer in front, which reads how long', async () => {
    const told = Number(/timeout=(\d+)/.exec((await fetch(`${node.url}/healthz`)).headers.get('keep-alive') ?? '')?.[1])
    const theirs = Number(/timeout server (\d+)s/.exec(await readFile('docker/haproxy.cfg', 'utf8'))?.[1])
    assert.ok(told > theirs, `${told} s here, ${theirs} s there`)
  })

  it('tell their numbers to this machine, to the token, and to nobody else', async () => {
    assert.equal(await status('/metrics'), 200)
    const away = { 'x-forwarded-for': '198.51.100.7' }
    assert.equal(await status('/metrics', away), 403)
    assert.equal(await status('/metrics', { 'x-forwarded-for': '127.0.0.1' }), 403)
    assert.equal(await status('/metrics', { ...away, authorization: 'Bearer not the token' }), 403)
    assert.equal(await status('/metrics', { ...away, authorization: 'Bearer a token for the metrix' }), 403)
    assert.equal(await status('/metrics', { ...away, authorization: 'Bearer a token for the metrics' }), 200)
    const text = await (await fetch(`${node.url}/metrics`)).text()
    assert.match(text, /lectern_call_seconds/)
  })

  it('say that the node lives, and that it is ready only while its database is there and it is not draining', async () => {
    assert.equal(await status('/healthz'), 200)
    assert.equal(await status('/readyz'), 200)
    const client = new pg.Client({ connectionString: testServerUrl })
    await client.connect()
    const name = new URL(node.databaseUrl).pathname.slice(1)
    try {
      await client.query(`alter database ${name} with allow_connections false`)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
      await waitFor(async () => (await status('/readyz')) === 503, 'a node that knows it has no database')
      const answer = (await (await fetch(`${node.url}/readyz`)).json()) as { reason: string }
      assert.equal(answer.reason, 'no database')
      assert.equal(await status('/healthz'), 200)
      await client.query(`alter database ${name} with allow_connections true`)
      await waitFor(async () => (await status('/readyz')) === 200, 'a node that has it again')
    } finally {
      await client.query(`alter database ${name} with allow_connections true`)
      await client.end()
    }
    const held = await signedInClient(node)
    const stopping = node.stop()
    await waitFor(async () => (await status('/readyz')) === 503, 'a node that says it drains')
    const draining = await fetch(`${node.url}/readyz`)
    assert.equal(((await draining.json()) as { reason: string }).reason, 'draining')
    assert.equal(draining.headers.get('connection'), 'close')
    assert.ok(held.socket.connected, 'people are asked to move, not thrown out')
    held.close()
    await stopping
    await assert.rejects(fetch(`${node.url}/healthz`))
  })
})
