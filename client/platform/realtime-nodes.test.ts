// Nodes that come and go, alone and with Redis: the rules of protocol/SPEC.md by their numbers.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import { boardScope, cookieOf } from '#server/platform/realtime/board.fixture.ts'
import { testRedisUrl, waitFor } from '#server/test/harness.ts'
import { boardStand, quiet } from './realtime.fixture.ts'
import { createRealtimeClient } from './realtime.ts'

describe('nodes of the real-time platform', () => {
  const { node, pair, raw, person, idsOf, clients } = boardStand()

  it('R17: a node that drains sends its clients away, takes no new ones, and answers when they are gone', async () => {
    const here = await node()
    const { socket } = await raw(here)
    let move: { within: number } | undefined
    socket.on('move', frame => {
      move = frame
    })
    await here.realtime.drain()
    assert.equal(here.realtime.sockets(), 0)
    await waitFor(() => move !== undefined, 'the word to move')
    assert.equal(move?.within, 200)
    const late = io(here.url, { forceNew: true, transports: ['websocket'], reconnection: false })
    clients.push(late)
    await new Promise(resolve => late.on('connect_error', resolve))
  })

  it('R20: after a restart of the node clients come back and miss nothing', async () => {
    const here = await node()
    const client = person(here)
    client.scopeStore(boardScope, 'r20').open()
    await here.add('r20', 'a')
    await waitFor(() => idsOf(client, 'r20')?.length === 1, 'the first')
    const port = Number(new URL(here.url).port)
    await here.stop()
    await waitFor(() => client.scopeStore(boardScope, 'r20').status.value === 'stale', 'stale')
    const again = await node({ port })
    await again.add('r20', 'b')
    await waitFor(() => idsOf(client, 'r20')?.join() === 'a,b', 'both')
    assert.equal(again.realtime.counts.resumes, 1)
  })

  it('R20: where no WebSocket gets through, everything works by long polling, and that is said', async () => {
    const here = await node()
    const { createServer, request } = await import('node:http')
    const port = Number(new URL(here.url).port)
    const proxy = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming
      const forward = request({ host: '127.0.0.1', port, method, path: url, headers }, answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      forward.on('error', () => outgoing.destroy())
      incoming.pipe(forward)
    })
    proxy.on('upgrade', (_request, socket) => socket.destroy())
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    const client = createRealtimeClient({
      url: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`,
      cookie: cookieOf(randomUUID()),
    })
    clients.push(client, { close: () => proxy.closeAllConnections() }, proxy)
    client.scopeStore(boardScope, 'r20-poll').open()
    await waitFor(() => client.state.value === 'online', 'the connection')
    assert.equal(client.transport.value, 'polling')
    await here.add('r20-poll', 'a')
    await waitFor(() => idsOf(client, 'r20-poll')?.join() === 'a', 'the item')
  })

  it('R17: clients of a draining node go on at the other and miss nothing', async () => {
    const [here, there] = [await node(), await node()]
    const { createServer, connect } = await import('node:net')
    // A balancer in two lines: everybody goes to the node it points at.
    let target = here
    const balancer = createServer(socket => {
      const onward = connect(Number(new URL(target.url).port), '127.0.0.1')
      socket.pipe(onward).pipe(socket)
      for (const end of [socket, onward]) end.on('error', () => undefined)
    })
    await new Promise<void>(resolve => balancer.listen(0, '127.0.0.1', resolve))
    const { port } = balancer.address() as { port: number }
    const people = Array.from({ length: 10 }, () => {
      const client = createRealtimeClient({ url: `http://127.0.0.1:${port}`, cookie: cookieOf(randomUUID()) })
      clients.push(client)
      client.scopeStore(boardScope, 'r17-move').open()
      return client
    })
    clients.push(balancer)
    await here.add('r17-move', 'a')
    await waitFor(() => people.every(client => idsOf(client, 'r17-move')?.join() === 'a'), 'all at the first')
    target = there
    const drained = here.realtime.drain()
    await there.add('r17-move', 'b')
    await drained
    await waitFor(() => people.every(client => idsOf(client, 'r17-move')?.join() === 'a,b'), 'all at the second')
    assert.equal(there.realtime.sockets(), 10)
    assert.equal(there.realtime.counts.resumes, 10)
  })

  it('R23: a node starts, serves and stops while Redis is away', async () => {
    const alone = { redisUrl: 'redis://127.0.0.1:1', rhythm: { ...quiet, headsWithoutBus: 50 } }
    const [here, there] = await Promise.all([node(alone), node(alone)])
    const client = person(there)
    client.scopeStore(boardScope, 'r23-away').open()
    await waitFor(() => idsOf(client, 'r23-away'), 'the board')
    await here.add('r23-away', 'a')
    await waitFor(() => idsOf(client, 'r23-away')?.length === 1, 'the item')
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    await Promise.all([here.stop(), there.stop()])
    await new Promise(resolve => setImmediate(resolve))
    process.off('unhandledRejection', note)
    assert.deepEqual(unhandled, [])
  })

  it('R25: a Redis below 7 is refused with its version', async () => {
    const { createServer } = await import('node:net')
    // Speaks just enough of the protocol to say how old it is.
    const old = createServer(socket => {
      socket.on('error', () => undefined)
      socket.on('data', data => {
        const text = data.toString().toLowerCase()
        const info = 'redis_version:6.2.14\r\nloading:0\r\n'
        for (const command of text.split('*').slice(1)) {
          socket.write(command.includes('info') ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n')
        }
      })
    })
    await new Promise<void>(resolve => old.listen(0, '127.0.0.1', resolve))
    const { port } = old.address() as { port: number }
    await assert.rejects(node({ redisUrl: `redis://127.0.0.1:${port}` }), /Redis 6\.2\.14 is too old/)
    old.close()
  })

  describe('two nodes with Redis', () => {
    it('R21: what commits on one node reaches clients of the other without a query', async () => {
      const [here, there] = await pair()
      const client = person(there)
      client.scopeStore(boardScope, 'r21').open()
      await waitFor(() => idsOf(client, 'r21'), 'the board')
      const before = there.realtime.counts.queries
      await here.addMany('r21', ['ä', 'b'])
      here.realtime.emit(boardScope, 'r21', { kind: 'typing', body: { name: 'Bo' } })
      await waitFor(() => idsOf(client, 'r21')?.length === 2, 'both')
      await waitFor(() => client.scopeStore(boardScope, 'r21').fleeting.value.typing?.name === 'Bo', 'the typing')
      assert.equal(there.realtime.counts.queries, before)
    })

    it('R22: a lost publish is found by the next one, with one query', async () => {
      const [here, there] = await pair()
      const client = person(there)
      client.scopeStore(boardScope, 'r22').open()
      await waitFor(() => idsOf(client, 'r22'), 'the board')
      const before = there.realtime.counts.queries
      await here.addSilently('r22', 'lost')
      await here.addSilently('r22', 'lost too')
      await here.add('r22', 'heard')
      await waitFor(() => idsOf(client, 'r22')?.length === 3, 'all three')
      assert.equal(there.realtime.counts.queries - before, 1)
      assert.equal(there.realtime.counts.gapsFilled, 1)
    })

    it('R22: a last message that was lost, or left by a dead node, is found by the look at the heads', async () => {
      const [here, there] = await pair({ rhythm: { ...quiet, heads: 50 } })
      const client = person(there)
      client.scopeStore(boardScope, 'r22-last').open()
      await waitFor(() => idsOf(client, 'r22-last'), 'the board')
      await here.addSilently('r22-last', 'last words')
      await waitFor(() => idsOf(client, 'r22-last')?.length === 1, 'the last words')
    })

    it('R23: with Redis connections killed nothing is lost, and they come back', async () => {
      // In a database of its own, by which its connections are known: other tests are at this Redis too.
      const redisUrl = new URL('/7', testRedisUrl).href
      const [here, there] = await pair({ redisUrl, rhythm: { ...quiet, headsWithoutBus: 50, heads: 200 } })
      const client = person(there)
      client.scopeStore(boardScope, 'r23').open()
      await waitFor(() => idsOf(client, 'r23'), 'the board')
      const { Redis } = await import('ioredis')
      const admin = new Redis(testRedisUrl)
      const list = String(await admin.call('client', 'list'))
      const mine = list.split('\n').filter(line => / db=7 .*(ssub=[1-9]|cmd=spublish)/.test(line))
      for (const line of mine) await admin.call('client', 'kill', 'id', /id=(\d+)/.exec(line)?.[1] ?? '')
      admin.disconnect()
      assert.ok(mine.length >= 2)
      const ids = Array.from({ length: 20 }, (_, index) => `k${index}`)
      for (const id of ids) await here.add('r23', id)
      await waitFor(() => idsOf(client, 'r23')?.length === 20, 'all twenty')
      assert.deepEqual(idsOf(client, 'r23'), ids)
    })

    it('R24: applications with another key on the same Redis hear nothing of each other', async () => {
      const here = await node({ redisUrl: testRedisUrl, secretKey: 'one' })
      const other = await node({ redisUrl: testRedisUrl, secretKey: 'two' })
      const listener = await raw(other)
      await listener.subscribe('r24')
      await here.add('r24', 'private')
      const witness = await raw(here)
      await witness.subscribe('r24', 0)
      await waitFor(() => witness.frames.length === 1, 'the witness')
      assert.deepEqual(listener.frames, [])
    })
  })
})
