// Whose a write is: what one person wrote is never said in another's name, whoever signs in while it waits. The server is
// played here, so that it can say who the next connection belongs to.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Socket, Server as SocketServer } from 'socket.io'
import { protocolVersion, wireEvents } from '#protocol/base/wire.ts'
import type { RealtimeClient } from './connection.ts'
import { ClientProblem } from './problem.ts'
import { createRealtimeClient } from './realtime.ts'

type Answer = (said: unknown) => void

describe('whose a write is', () => {
  const http = createServer()
  const server = new SocketServer(http)
  let who = 'ada'
  let heard: { by: string; operation: string }[] = []
  let heardOne: (() => void) | undefined
  let client: RealtimeClient

  before(async () => {
    server.on('connection', socket => {
      const mine = who
      socket.emit(wireEvents.hello, {
        ...{ protocol: protocolVersion, build: 'test', now: new Date().toISOString(), accountId: mine },
      })
      socket.on(wireEvents.call, ({ name, op }: { name: string; op: string }, answer: Answer) => {
        if (name !== 'talk.say') return answer({ ok: true, value: { now: new Date().toISOString() } })
        heard.push({ by: mine, operation: op })
        // The first time the answer is lost on its way.
        if (heard.length > 1) answer({ ok: true, value: {} })
        heardOne?.()
      })
    })
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  })
  beforeEach(async () => {
    who = 'ada'
    heard = []
    client = createRealtimeClient({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
    await online('ada')
  })
  afterEach(() => client.close())
  after(() => void server.close())

  const online = (account: string) =>
    new Promise<void>(resolve => {
      const end = client.accountId.subscribe(now => {
        if (now !== account) return
        setTimeout(() => end())
        resolve()
      })
    })
  const dropAll = () => {
    for (const socket of server.sockets.sockets.values() as Iterable<Socket>) socket.conn.close()
  }
  const sendAndDrop = async (next: string, account?: string) => {
    const first = new Promise<void>(resolve => {
      heardOne = resolve
    })
    const sent = client.send('talk.say', {}, { operation: 'one', account }).then(
      () => 'done',
      (error: unknown) => (error instanceof ClientProblem ? error.code : String(error)),
    )
    await first
    who = next
    dropAll()
    return sent
  }

  it('R28: is sent again to the same person under the same id', async () => {
    assert.equal(await sendAndDrop('ada'), 'done')
    assert.deepEqual(heard, [
      { by: 'ada', operation: 'one' },
      { by: 'ada', operation: 'one' },
    ])
  })

  it('R28: is sent to nobody else who has signed in meanwhile', async () => {
    assert.equal(await sendAndDrop('ben'), 'not-signed-in')
    assert.deepEqual(heard, [{ by: 'ada', operation: 'one' }])
  })

  it('R28: is not sent at all where somebody else wrote it', async () => {
    await assert.rejects(
      client.send('talk.say', {}, { operation: 'two', account: 'ben' }),
      error => error instanceof ClientProblem && error.code === 'not-signed-in',
    )
    assert.deepEqual(heard, [])
  })
})
