// Hostile input at every door of a real node, while somebody else stays connected: each is answered as a problem, and
// the other one hears a durable event at the end, on the socket they began with.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { liveRoutes } from '#protocol/live.ts'
import { features } from '#server/features.ts'
import { signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

interface Said {
  readonly status: number
  readonly head: string
  readonly body: string
  /** The server has closed the connection. */
  readonly closed: boolean
}

/** Writes bytes to the node's port and reads until it closes, or until `enough`. */
function bytes(port: number, text: string, enough: (said: string) => boolean = () => false): Promise<Said> {
  return new Promise((resolve, reject) => {
    let said = ''
    const socket = connect(port, '127.0.0.1')
    const done = (closed: boolean) => {
      socket.destroy()
      const [head = '', body = ''] = said.split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0), head, body, closed })
    }
    socket.setTimeout(5_000, () => reject(new Error(`No answer and no end; so far: ${said}`)))
    socket.setEncoding('utf8')
    socket.on('data', (more: string) => {
      said += more
      if (enough(said)) done(false)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done(true))
    socket.write(text)
  })
}

const codeOf = (said: Pick<Said, 'body'>): string => (JSON.parse(said.body) as { code: string }).code

describe('hostile input', () => {
  let node: TestNode
  let watcher: TestClient & { accountId: string }
  let hostile: TestClient & { accountId: string }
  let watcherSocket: string | undefined

  before(async () => {
    node = await testNode()
    watcher = await signedInClient(node)
    hostile = await signedInClient(node, { role: 'administrator' })
    watcherSocket = watcher.socket.id
  })

  // Whatever happened: the other one is still there, on the same socket, and hears what is durable.
  afterEach(async () => {
    const user = await watcher.subscribe(userScope, watcher.accountId)
    const name = `Watcher ${user.head()}`
    const { account } = await watcher.request(accountRoutes.me)
    await watcher.request(accountRoutes.changeProfile, { version: account!.version, name })
    await user.until(state => state.name === name, 'the event')
    await user.leave()
    assert.equal(watcher.socket.id, watcherSocket)
  })

  async function refused(answer: Response | Promise<Response>, status: number, code: string): Promise<Response> {
    const response = await answer
    const text = await response.text()
    assert.equal(response.status, status, text)
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
    const body = JSON.parse(text) as Record<string, unknown>
    assert.equal(body.code, code)
    assert.deepEqual(Object.keys(body).sort(), [
      'code',
      'detail',
      'errors',
      'params',
      'requestId',
      'status',
      'title',
      'type',
    ])
    return response
  }
  const operation = () => ({ 'idempotency-key': randomUUID() })

  it('in a body: too large, no JSON, no object, another type, another alphabet', async () => {
    const post = (body: string, headers: Record<string, string> = {}) =>
      hostile.raw('POST', '/courses', body, { ...operation(), ...headers })
    await refused(post(JSON.stringify({ title: 'x'.repeat(300_000) })), 413, 'too-large')
    for (const body of ['{"title":', '[]', '"x"', 'null', '7', '{"title":"a"}}'])
      await refused(post(body), 400, 'malformed')
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
    ])
      await refused(post('{"title":"x"}', { 'content-type': type }), 400, 'malformed')
    await refused(post('{"title":"x","more":1}'), 400, 'malformed')
    await refused(post('{"title":"x","__proto__":{"admin":true}}'), 400, 'malformed')
    await refused(post('{"title":"\\u0000"}'), 400, 'malformed')
    await refused(post('{"title":"\\ud800"}'), 400, 'malformed')
    await refused(post('{"title":"x"}', { 'content-encoding': 'br' }), 400, 'malformed')
    await refused(post('{"title":"x"}', { 'idempotency-key': 'mine' }), 400, 'malformed')
    await refused(hostile.raw('POST', '/courses', '{"title":"x"}'), 400, 'malformed')
    const { items } = await hostile.request(courseRoutes.list, {})
    assert.deepEqual(items, [], 'nothing was written')
  })

  it('in an address: unknown, with the wrong method, badly encoded, doubled, reaching out of the folder', async () => {
    await refused(fetch(`${node.url}/api/v1/no/such/thing`), 404, 'unknown-call')
    await refused(fetch(`${node.url}/api`), 404, 'unknown-call')
    const wrong = await refused(hostile.raw('DELETE', '/courses'), 404, 'unknown-call')
    assert.match(wrong.headers.get('allow') ?? '', /GET/)
    await refused(fetch(`${node.url}/api/v1/courses`, { method: 'OPTIONS' }), 404, 'unknown-call')
    await refused(hostile.raw('GET', '/courses/%E0%A4%A'), 400, 'malformed')
    await refused(hostile.raw('GET', '/courses/not-an-id'), 400, 'malformed')
    await refused(hostile.raw('GET', '/courses?limit=1&limit=2'), 400, 'malformed')
    await refused(hostile.raw('GET', '/courses?limit=1e9'), 400, 'malformed')
    for (const path of ['/%E0%A4%A', '/%00', '/a/%2e%2e%5c..%2f%00'])
      await refused(fetch(node.url + path), 400, 'malformed')
    const outside = await bytes(node.port, 'GET /..%2f..%2f..%2fetc%2fpasswd HTTP/1.0\r\n\r\n')
    assert.ok(!outside.body.includes('root:'))
    await refused(fetch(`${node.url}/assets/none.js`), 404, 'not-found')
    await refused(fetch(`${node.url}/courses`, { method: 'POST', body: 'x' }), 404, 'not-found')
    await refused(fetch(`${node.url}/healthz`, { method: 'PUT', body: 'x' }), 404, 'not-found')
  })

  it('as HEAD: the same without a body', async () => {
    const head = await fetch(`${node.url}/api/v1/courses`, { method: 'HEAD', headers: { cookie: hostile.cookie() } })
    assert.equal(head.status, 200)
    assert.equal(await head.text(), '')
    const none = await fetch(`${node.url}/api/v1/none`, { method: 'HEAD' })
    assert.equal(none.status, 404)
    assert.equal(await none.text(), '')
  })

  it('too long for a head: address, cookie, a hundred headers', async () => {
    const far = await bytes(node.port, `GET /api/v1/${'x'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)
    assert.deepEqual([far.status, codeOf(far), far.closed], [413, 'too-large', true])
    const fat = await bytes(
      node.port,
      `GET /healthz HTTP/1.1\r\nHost: x\r\nCookie: lectern=${'x'.repeat(40_000)}\r\n\r\n`,
    )
    assert.deepEqual([fat.status, codeOf(fat)], [413, 'too-large'])
    const many = Array.from({ length: 3_000 }, (_, at) => `X-${at}: 1`).join('\r\n')
    assert.equal((await bytes(node.port, `GET /healthz HTTP/1.1\r\nHost: x\r\n${many}\r\n\r\n`)).status, 413)
    // As long as a head may be, and still nobody.
    const cookie = `lectern=${'y'.repeat(9_000)}; ${'a=b; '.repeat(500)}`
    await refused(fetch(`${node.url}/api/v1/me/devices`, { headers: { cookie } }), 401, 'not-signed-in')
  })

  it('that is no HTTP at all', async () => {
    for (const text of [
      '\x16\x03\x01\x02\x00\x01\r\n\r\n',
      'GET\r\n\r\n',
      'EHLO me\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
    ]) {
      const said = await bytes(node.port, text)
      assert.deepEqual([said.status, codeOf(said), said.closed], [400, 'malformed', true])
    }
    const smuggled =
      'POST /api/v1/courses HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    assert.equal((await bytes(node.port, smuggled)).status, 400)
  })

  it('as an upgrade to what is not here is answered and closed at once', async () => {
    const upgrade = (path: string, to = 'websocket') =>
      bytes(
        node.port,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n` +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      )
    const times: number[] = []
    for (const path of ['/', '/socket.iox', '/socket.io', '/api/v1/courses', '/nothing?x=/socket.io/', '/%E0%A4%A']) {
      const started = performance.now()
      const said = await upgrade(path)
      times.push(performance.now() - started)
      assert.deepEqual([said.status, codeOf(said), said.closed], [404, 'not-found', true], path)
      assert.match(said.head, /content-type: application\/problem\+json/i)
    }
    assert.equal((await upgrade('/healthz', 'h2c')).status, 404)
    // None waits a second for somebody to take it; this machine may be busy now and then.
    assert.ok(times.filter(ms => ms >= 900).length <= 2, `at once, not ${times.join(', ')} ms`)
    // What only begins like ours belongs to the app, which answers too.
    await refused(fetch(`${node.url}/socket.iox`), 404, 'not-found')
  })

  it('from a foreign page', async () => {
    const headers = { ...operation(), origin: 'https://evil.example' }
    await refused(hostile.raw('POST', '/courses', '{"title":"x"}', headers), 403, 'wrong-origin')
  })

  it('over a socket, under the name of a route: unknown there, and nothing of it runs', async () => {
    const stranger = await strangerClient(node)
    const routes = features.flatMap(feature => feature.bindings ?? []).filter(({ spec }) => spec.path !== undefined)
    // Somebody else every hundred calls: one socket makes only so many at once.
    let member = hostile
    for (const [at, { spec }] of routes.entries()) {
      if (at % 100 === 99) member = await signedInClient(node)
      const by = spec.who === 'anyone' ? stranger : member
      await assert.rejects(by.call(spec, {} as never), { code: 'unknown-call' }, spec.name)
    }
    // What runs would have made a guest, whose session only HTTP can hand out.
    const code = 'ABC234'
    await assert.rejects(stranger.call(liveRoutes.join, { code, name: 'Over a socket' }), { code: 'unknown-call' })
  })

  it('as a flood over a socket: asked to slow down, then closed', async () => {
    const flooder = await strangerClient(node)
    let answered = 0
    for (let times = 0; times < 900; times++)
      flooder.socket.emit(
        'call',
        { name: 'no.such', input: {} },
        (answer: { ok: boolean; problem?: { code: string } }) => {
          assert.ok(
            !answer.ok && ['unknown-call', 'slow-down', 'busy', 'not-signed-in'].includes(answer.problem?.code ?? ''),
          )
          answered++
        },
      )
    await waitFor(() => answered > 400 || !flooder.socket.connected, 'answers')
    await flooder.dismissed()
    assert.ok(answered > 400)
    const stranger = await strangerClient(node)
    for (let times = 0; times < 50; times++) stranger.socket.emit(`event-${times}`, { deep: { er: times } })
    await stranger.dismissed()
    const giant = await strangerClient(node)
    giant.socket.emit('call', { name: 'x', input: 'x'.repeat(400_000) }, () => undefined)
    await giant.dismissed()
  })

  it('at sign-in leaves no trace of what was typed and does not fall over', async () => {
    const stranger = await strangerClient(node)
    await assert.rejects(
      stranger.request(accountRoutes.signIn, { email: `${'a'.repeat(3_000)}@example.org`, password: 'x' }),
      { code: 'malformed' },
    )
  })

  it('goes on: the hostile one may still work like anybody', async () => {
    const made = await hostile.request(courseRoutes.create, { title: 'After all that' })
    assert.equal(made.course.title, 'After all that')
  })
})
