// One node of the platform between real sockets and PostgreSQL. Each test quotes the rule of protocol/SPEC.md it holds
// the code to.
import assert from 'node:assert/strict'
import { io } from 'socket.io-client'
import { oldestProtocol } from '#protocol/base/wire.ts'
import { boardScope, oldBoardScope } from '#server/platform/realtime/board.fixture.ts'
import { callLimits } from '#server/platform/realtime/connection.ts'
import { waitFor } from '#server/test/harness.ts'
import { boardStand, quiet } from './realtime.fixture.ts'

describe('the real-time platform', () => {
  const { node, raw, person, idsOf, clients } = boardStand()

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

  it('R7a: refuses a handshake that says something else than a protocol, and lets in one that says none', async () => {
    const { url } = await node()
    const connect = (auth: object) =>
      new Promise<string>(resolve => {
        const socket = io(url, { forceNew: true, transports: ['websocket'], reconnection: false, auth })
        clients.push(socket)
        socket.on('connect', () => resolve('connected'))
        socket.on('connect_error', error => resolve(Reflect.get(Object(Reflect.get(error, 'data')), 'code')))
      })
    for (const auth of [{ protocol: 'one' }, { protocol: 1.5 }, { protocol: null }])
      assert.equal(await connect(auth), 'malformed', JSON.stringify(auth))
    assert.equal(await connect({}), 'connected')
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
    assert.deepEqual([...new Set(codes)].sort(), ['ok', 'slow-down'])
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

  it('R13: tells a newcomer nothing that the scope does not name, in the state nor of the moment', async () => {
    const here = await node()
    await here.add('r13-typing', 'a', 'A')
    const answer = await (await raw(here)).subscribe('r13-typing')
    const value = answer.ok ? (answer.value as { state: unknown; fleeting: unknown }) : assert.fail()
    assert.deepEqual(value.state, { items: [{ id: 'a', text: 'A' }] })
    assert.deepEqual(value.fleeting, [{ s: 'board:r13-typing', k: 'typing', b: { name: 'Ada' } }])
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
    await waitFor(async () => {
      await here.add('r16', `i${added++}`, text)
      return here.realtime.counts.lagged > 0
    }, 'the lag')
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
    const asked = performance.now()
    await client.send('realtime.time', {})
    // Nobody can know it better than by half of what the question took.
    const took = performance.now() - asked
    assert.ok(Math.abs(client.serverNow() - Date.now()) < 50 + took / 2)
  })
})
