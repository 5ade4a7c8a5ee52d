// The platform between real sockets, PostgreSQL and Redis: one node, then two. Each test quotes the rule of
// protocol/SPEC.md it holds the code to.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Subscription } from '#protocol/base/realtime.ts'
import { type CallAnswer, type FeedFrame, type HelloFrame, oldestProtocol } from '#protocol/base/wire.ts'
import {
  type BoardNode,
  type BoardNodeOptions,
  boardScope,
  boardTables,
  cookieOf,
  oldBoardScope,
  startBoardNode,
} from '#server/platform/realtime/board.fixture.ts'
import { callLimits } from '#server/platform/realtime/connection.ts'
import { testDatabase, testRedisUrl, waitFor } from '#server/test/harness.ts'
import type { RealtimeClient } from './connection.ts'
import { createRealtimeClient } from './realtime.ts'

const slow = 60_000
/** Looks that only matter when messages are lost are switched off, so that nothing passes by their help. */
const quiet = { heads: slow, headsWithoutBus: slow, rights: slow }

describe('the real-time platform', () => {
  let databaseUrl: string
  const nodes: BoardNode[] = []
  const clients: { close(): unknown }[] = []

  before(async () => {
    databaseUrl = (await testDatabase()).url
    const node = await startBoardNode({ databaseUrl })
    await node.pool.query(boardTables)
    await node.stop()
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close()
    await Promise.all(nodes.splice(0).map(node => node.stop()))
  })

  async function node(options: Partial<BoardNodeOptions> = {}): Promise<BoardNode> {
    const started = await startBoardNode({ databaseUrl, rhythm: quiet, ...options })
    nodes.push(started)
    return started
  }

  /** A client without any of our code: what it sees is what travels. */
  async function raw(at: BoardNode, account: string = randomUUID()) {
    const socket: Socket = io(at.url, {
      forceNew: true,
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { cookie: cookieOf(account) },
    })
    clients.push(socket)
    const frames: FeedFrame[] = []
    const packets: string[] = []
    const hellos: HelloFrame[] = []
    socket.on('feed', (text: string) => {
      packets.push(text)
      frames.push(...(JSON.parse(text) as FeedFrame[]))
    })
    socket.on('hello', (frame: HelloFrame) => hellos.push(frame))
    await waitFor(() => hellos.length > 0, 'a hello')
    const ask = (frame: unknown) => socket.timeout(5_000).emitWithAck('call', frame) as Promise<CallAnswer>
    const subscribe = async (board: string, since?: number) => {
      const answer = await ask({
        name: 'realtime.subscribe',
        input: { scope: `board:${board}`, ...(since === undefined ? {} : { since }) },
      })
      return answer as { ok: true; value: Subscription } | { ok: false; problem: { code: string } }
    }
    return { socket, frames, packets, hellos, ask, subscribe, account }
  }

  function person(at: BoardNode, account: string = randomUUID()): RealtimeClient {
    const client = createRealtimeClient({
      url: at.url,
      cookie: cookieOf(account),
      patience: { linger: 0, dismissedLeast: 10 },
    })
    clients.push(client)
    return client
  }

  const idsOf = (client: RealtimeClient, board: string) =>
    client.scopeStore(boardScope, board).state.value?.items.map(item => item.id)

  describe('one node', () => {
    it('R5: says hello with its release, its time and who the socket belongs to', async () => {
      const { hellos, account } = await raw(await node())
      assert.equal(hellos[0]?.accountId, account)
      assert.equal(hellos[0]?.build, 'test')
      assert.ok(Math.abs(Date.parse(hellos[0]?.now ?? '') - Date.now()) < 5_000)
    })

    it('R6: refuses a handshake from a foreign page, and takes one from its own', async () => {
      const { url } = await node()
      const connect = (origin: string) =>
        new Promise<string>(resolve => {
          const socket = io(url, {
            forceNew: true,
            transports: ['websocket'],
            reconnection: false,
            extraHeaders: { origin },
          })
          clients.push(socket)
          socket.on('connect', () => resolve('connected'))
          socket.on('connect_error', () => resolve('refused'))
        })
      assert.equal(await connect('https://evil.example'), 'refused')
      assert.equal(await connect(url), 'connected')
    })

    it('R7a: refuses what a page wrote that is no longer understood, and goes on hearing today’s', async () => {
      const { ask, socket } = await raw(await node())
      const old = await ask({ name: 'realtime.time', input: {}, protocol: oldestProtocol - 1 })
      assert.equal(!old.ok && old.problem.code, 'upgrade-needed')
      assert.ok((await ask({ name: 'realtime.time', input: {} })).ok)
      socket.auth = { protocol: oldestProtocol - 1 }
      socket.disconnect().connect()
      await waitFor(() => socket.connected, 'the socket of an old page')
      const page = await ask({ name: 'realtime.time', input: {} })
      assert.equal(!page.ok && page.problem.code, 'upgrade-needed')
    })

    it('R7: answers a frame that is no call with malformed, an unknown name with unknown-call, and disturbs nobody', async () => {
      const here = await node()
      const [bad, good] = [await raw(here), await raw(here)]
      await good.subscribe('r7')
      for (const frame of [
        null,
        7,
        'x',
        [],
        {},
        { name: 5 },
        { name: 'a'.repeat(500), input: {} },
        { name: 'x', input: 1, extra: 1 },
      ]) {
        const answer = await bad.ask(frame)
        assert.equal(!answer.ok && answer.problem.code, 'malformed')
      }
      const unknown = await bad.ask({ name: 'no.such', input: {} })
      assert.equal(!unknown.ok && unknown.problem.code, 'unknown-call')
      const strict = await bad.ask({ name: 'realtime.subscribe', input: { scope: 'board:r7', more: true } })
      assert.equal(!strict.ok && strict.problem.code, 'malformed')
      // Text that no database can keep is refused before anybody looks for a scope.
      const nul = await bad.ask({ name: 'realtime.subscribe', input: { scope: 'board:\u0000' } })
      assert.equal(!nul.ok && nul.problem.code, 'malformed')
      for (const scope of ['board:ü', 'nothing:1', 'board', '::::', ' board:1']) {
        const answer = await bad.ask({ name: 'realtime.subscribe', input: { scope } })
        assert.equal(!answer.ok && answer.problem.code, 'not-found')
      }
      await here.add('r7', 'one')
      await waitFor(() => good.frames.length === 1, 'the frame')
    })

    it('R7: ignores and counts events that are no calls, and closes the socket after a few', async () => {
      const here = await node()
      const { socket } = await raw(here)
      for (let times = 0; times <= callLimits.strange; times++) socket.emit('join', { room: 'board:x' })
      await waitFor(() => socket.disconnected, 'the end of the socket')
      assert.ok(here.realtime.counts.strange > callLimits.strange)
    })

    it('R8: tells a socket that asks too fast to slow down, and nobody else', async () => {
      const here = await node()
      const [fast, calm] = [await raw(here), await raw(here)]
      const answers = await Promise.all(
        Array.from({ length: callLimits.burst + 60 }, () => fast.ask({ name: 'realtime.time', input: {} })),
      )
      const codes = answers.map(answer => (answer.ok ? 'ok' : answer.problem.code))
      assert.ok(codes.includes('slow-down'))
      assert.ok(codes.filter(code => code === 'ok').length >= callLimits.inFlight)
      assert.ok((await calm.ask({ name: 'realtime.time', input: {} })).ok)
    })

    it('R9: a newcomer gets the state and its number, then every event after it', async () => {
      const here = await node()
      await here.addMany('r9', ['a', 'b'])
      const { subscribe, frames } = await raw(here)
      const answer = await subscribe('r9')
      assert.ok(answer.ok && answer.value.mode === 'snapshot')
      assert.equal(answer.value.head, 2)
      assert.deepEqual(
        (answer.value.state as { items: { id: string }[] }).items.map(one => one.id),
        ['a', 'b'],
      )
      await here.add('r9', 'c')
      await waitFor(() => frames.length === 1, 'the event')
      assert.deepEqual([frames[0]?.s, frames[0]?.n, frames[0]?.k], ['board:r9', 3, 'added'])
    })

    it('R9: nothing is lost between the reading of the state and the first live frame', async () => {
      let gate: (() => void) | undefined
      let reached: (() => void) | undefined
      const inside = new Promise<void>(resolve => {
        reached = resolve
      })
      const here = await node({
        duringSnapshot: () =>
          new Promise<void>(resolve => {
            gate = resolve
            reached?.()
          }),
      })
      const { subscribe, frames } = await raw(here)
      const asked = subscribe('r9-between')
      await inside
      await here.add('r9-between', 'meanwhile')
      gate?.()
      const answer = await asked
      assert.ok(answer.ok && answer.value.mode === 'snapshot')
      assert.equal(answer.value.head, 0)
      await waitFor(() => frames.some(frame => frame.n === 1), 'what came meanwhile')
    })

    it('R10: who returns gets what is missing as one text before the answer, without a query a client', async () => {
      const here = await node()
      await here.addMany(
        'r10',
        Array.from({ length: 100 }, (_, index) => `e${index}`),
      )
      const before = here.realtime.counts.queries
      const returning = await Promise.all(Array.from({ length: 30 }, () => raw(here)))
      const answers = await Promise.all(returning.map((one, index) => one.subscribe('r10', index % 3)))
      for (const [index, one] of returning.entries()) {
        const answer = answers[index]
        assert.ok(answer?.ok && answer.value.mode === 'events' && answer.value.head === 100)
        assert.equal(one.packets.length, 1)
        assert.deepEqual(
          one.frames.map(frame => frame.n),
          Array.from({ length: 100 - (index % 3) }, (_, n) => n + 1 + (index % 3)),
        )
      }
      assert.equal(here.realtime.counts.queries - before, 1)
      assert.equal(here.realtime.counts.resumes, 30)
    })

    it('R10: newcomers of one moment share one reading of the state', async () => {
      const here = await node()
      await here.addMany('r10-state', ['a'])
      const newcomers = await Promise.all(Array.from({ length: 40 }, () => raw(here)))
      const before = here.realtime.counts.queries
      const answers = await Promise.all(newcomers.map(one => one.subscribe('r10-state')))
      assert.ok(answers.every(answer => answer.ok && answer.value.mode === 'snapshot' && answer.value.head === 1))
      assert.ok(here.realtime.counts.queries - before <= 2)
    })

    it('R11: a since that is cut off, ahead of the head or from before the entry gives the state', async () => {
      const here = await node()
      await here.addMany('r11', ['a', 'b', 'c', 'd'])
      await here.pool.query("delete from events where scope = 'board:r11' and seq <= 2")
      const { subscribe, account } = await raw(here)
      const modes = async (since: number) => {
        const answer = await subscribe('r11', since)
        return answer.ok && answer.value.mode
      }
      assert.equal(await modes(1), 'snapshot')
      assert.equal(await modes(2), 'events')
      assert.equal(await modes(9), 'snapshot')
      await here.pool.query("insert into board_entries values ('r11', $1, now() + interval '1 second')", [account])
      assert.equal(await modes(2), 'snapshot')
      assert.equal(await modes(4), 'events')
    })

    it('R3: what was removed is never told again, neither from the log nor from memory', async () => {
      const here = await node()
      await here.add('r3', 'secret', 'the secret words')
      await here.add('r3', 'other')
      const first = await raw(here)
      await first.subscribe('r3', 0)
      await here.remove('r3', 'secret')
      await waitFor(() => first.frames.some(frame => frame.k === 'removed'), 'the removal')
      const late = await raw(here)
      const answer = await late.subscribe('r3', 0)
      assert.ok(answer.ok && answer.value.mode === 'snapshot')
      assert.ok(!JSON.stringify([answer, late.packets]).includes('secret words'))
    })

    it('R12: what one tick produces reaches a client as one packet', async () => {
      const here = await node()
      const { subscribe, packets, frames } = await raw(here)
      await subscribe('r12')
      await here.addMany('r12', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      await waitFor(() => frames.length === 8, 'eight frames')
      assert.equal(packets.length, 1)
    })

    it('R13: fleeting values carry no number and reach those who hear, after what is durable', async () => {
      const here = await node()
      const { subscribe, frames } = await raw(here)
      await subscribe('r13')
      here.realtime.emit(boardScope, 'r13', { kind: 'typing', body: { name: 'Ada', secret: 1 } as { name: string } })
      await waitFor(() => frames.length === 1, 'the value')
      assert.deepEqual(frames[0], { s: 'board:r13', k: 'typing', b: { name: 'Ada' } })
    })

    it('R14: who may not hear a scope is refused and hears nothing', async () => {
      const here = await node()
      const account = randomUUID()
      await here.pool.query("insert into board_denied values ('r14', $1)", [account])
      const denied = await raw(here, account)
      const answer = await denied.subscribe('r14')
      assert.equal(!answer.ok && answer.problem.code, 'not-allowed')
      const watcher = await raw(here)
      await watcher.subscribe('r14')
      await here.add('r14', 'x')
      await waitFor(() => watcher.frames.length === 1, 'the frame')
      assert.deepEqual(denied.frames, [])
    })

    it('R14: a right taken away closes the scope on open sockets, and only there', async () => {
      const here = await node()
      const [one, two] = [person(here), person(here)]
      const account = randomUUID()
      const three = person(here, account)
      for (const client of [one, two, three]) client.scopeStore(boardScope, 'r14-open').open()
      const statuses = () => [one, two, three].map(client => client.scopeStore(boardScope, 'r14-open').status.value)
      await waitFor(() => statuses().every(status => status === 'live'), 'three live boards')
      await here.pool.query("insert into board_denied values ('r14-open', $1)", [account])
      here.realtime.rightsChanged([account])
      await waitFor(() => statuses()[2] === 'closed', 'the closing')
      assert.deepEqual(statuses(), ['live', 'live', 'closed'])
      assert.equal(three.scopeStore(boardScope, 'r14-open').problem.value?.code, 'not-allowed')
      assert.equal(three.scopeStore(boardScope, 'r14-open').state.value, undefined)
      assert.equal(three.state.value, 'online')
    })

    it('R14: a node that cannot read rights lets nobody listen on, and takes nothing from anybody', async () => {
      const here = await node()
      await here.add('r14-unknown', 'a')
      const account = randomUUID()
      const client = person(here, account)
      const board = client.scopeStore(boardScope, 'r14-unknown')
      board.open()
      await waitFor(() => board.status.value === 'live', 'a live board')
      const seen: string[] = []
      board.status.subscribe(status => seen.push(`${status}, ${board.state.peek()?.items.length ?? 'no'} items`))
      await here.pool.query('alter table board_denied rename to board_hidden')
      try {
        here.realtime.rightsChanged([account])
        await waitFor(() => board.status.value === 'stale', 'the socket to be let go')
      } finally {
        await here.pool.query('alter table board_hidden rename to board_denied')
      }
      await waitFor(() => board.status.value === 'live', 'the board again')
      assert.deepEqual(
        seen.filter(one => !/^(live|stale), 1 items$/.test(one)),
        [],
      )
    })

    it('R15: a revoked session is told that it is nobody and comes back as nobody', async () => {
      const here = await node()
      const account = randomUUID()
      const client = person(here, account)
      await waitFor(() => client.accountId.value === account, 'the sign-in')
      await here.pool.query('insert into board_revoked values ($1)', [account])
      here.realtime.rightsChanged([account])
      await waitFor(() => client.accountId.value === null && client.state.value === 'online', 'nobody online')
    })

    it('R16: a slow client leaves live delivery and resumes from the log when it has caught up', async () => {
      const here = await node({ rhythm: { ...quiet, lagging: 20 } })
      const slowClient = await raw(here)
      const quick = person(here)
      quick.scopeStore(boardScope, 'r16').open()
      await slowClient.subscribe('r16')
      await waitFor(() => idsOf(quick, 'r16'), 'the state')
      // The public way to stop reading from the network in Node: the socket below the transport is paused.
      const below = (
        slowClient.socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }
      ).ws._socket
      below.pause()
      const text = 'x'.repeat(100_000)
      let added = 0
      await waitFor(
        async () => {
          await here.add('r16', `i${added++}`, text)
          return here.realtime.counts.lagged > 0
        },
        'the lag',
        15_000,
      )
      await here.add('r16', 'after', 'small')
      added++
      await waitFor(() => idsOf(quick, 'r16')?.length === added, 'the quick one to have all')
      below.resume()
      await waitFor(() => slowClient.frames.some(frame => frame.k === 'resume'), 'the word to resume')
      const last = Math.max(...slowClient.frames.map(frame => frame.n ?? 0))
      assert.ok(last < added)
      const answer = await slowClient.subscribe('r16', last)
      assert.ok(answer.ok)
      if (answer.value.mode === 'events')
        await waitFor(() => slowClient.frames.some(frame => frame.n === added), 'the rest')
      else assert.equal(answer.value.head, added)
    })

    it('R17: a node that drains sends its clients away, takes no new ones, and answers when they are gone', async () => {
      const here = await node()
      const { socket } = await raw(here)
      let move: { within: number } | undefined
      socket.on('move', frame => {
        move = frame
      })
      await here.realtime.drain()
      assert.equal(move?.within, 200)
      assert.equal(here.realtime.sockets(), 0)
      const late = io(here.url, { forceNew: true, transports: ['websocket'], reconnection: false })
      clients.push(late)
      await new Promise(resolve => late.on('connect_error', resolve))
    })

    it('R18: a client that meets a kind it does not know, or a number it misses, asks', async () => {
      const here = await node()
      const client = person(here)
      const store = client.scopeStore(oldBoardScope, 'r18')
      store.open()
      await waitFor(() => store.status.value === 'live', 'the board')
      const { appendEvents } = await import('#server/platform/events/log.ts')
      const connection = await here.pool.connect()
      const events = await appendEvents(connection, [
        { scope: 'board:r18', kind: 'novel', body: {}, actor: null, at: new Date() },
      ])
      connection.release()
      here.realtime.publish(events)
      await here.add('r18', 'after')
      await waitFor(() => store.head.value === 2, 'the number')
      assert.deepEqual(
        store.state.value?.items.map(item => item.id),
        ['after'],
      )
    })

    it('R19: a client knows the time of the server', async () => {
      const client = person(await node())
      await waitFor(() => client.state.value === 'online', 'the connection')
      await client.send('realtime.time', {})
      assert.ok(Math.abs(client.serverNow() - Date.now()) < 200)
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

  describe('two nodes with Redis', () => {
    const secretKey = `rt ${randomUUID()}`
    const pair = (options: Partial<BoardNodeOptions> = {}) =>
      Promise.all([
        node({ redisUrl: testRedisUrl, secretKey, ...options }),
        node({ redisUrl: testRedisUrl, secretKey, ...options }),
      ])

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
      const [here, there] = await pair({ rhythm: { ...quiet, headsWithoutBus: 50, heads: 200 } })
      const client = person(there)
      client.scopeStore(boardScope, 'r23').open()
      await waitFor(() => idsOf(client, 'r23'), 'the board')
      const { Redis } = await import('ioredis')
      const admin = new Redis(testRedisUrl)
      const list = String(await admin.call('client', 'list'))
      const mine = list.split('\n').filter(line => / ssub=[1-9]/.test(line) || / cmd=spublish/.test(line))
      for (const line of mine) await admin.call('client', 'kill', 'id', /id=(\d+)/.exec(line)?.[1] ?? '')
      admin.disconnect()
      assert.ok(mine.length >= 2)
      const ids = Array.from({ length: 20 }, (_, index) => `k${index}`)
      for (const id of ids) await here.add('r23', id)
      await waitFor(() => idsOf(client, 'r23')?.length === 20, 'all twenty')
      assert.deepEqual(idsOf(client, 'r23'), ids)
    })

    it('R14: a right taken away on one node acts on the other, by the bus at once', async () => {
      const [here, there] = await pair()
      const account = randomUUID()
      const client = person(there, account)
      const store = client.scopeStore(boardScope, 'r14-two')
      store.open()
      await waitFor(() => store.status.value === 'live', 'the board')
      await here.pool.query("insert into board_denied values ('r14-two', $1)", [account])
      here.realtime.rightsChanged([account])
      await waitFor(() => store.status.value === 'closed', 'the closing')
    })

    it('R14: and by the changed numbers when the bus says nothing', async () => {
      const [here, there] = await pair({ rhythm: { ...quiet, rights: 50 } })
      const account = randomUUID()
      const client = person(there, account)
      const store = client.scopeStore(boardScope, 'r14-poll')
      store.open()
      await waitFor(() => store.status.value === 'live', 'the board')
      await here.pool.query("insert into board_denied values ('r14-poll', $1)", [account])
      await here.bumpRights(account)
      await waitFor(() => store.status.value === 'closed', 'the closing')
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
})
