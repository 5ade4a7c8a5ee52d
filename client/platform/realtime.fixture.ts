// The stand of the real-time platform's tests: nodes, clients of ours, and clients without any of our code, on one database.
import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { Subscription } from '#protocol/base/realtime.ts'
import type { CallAnswer, FeedFrame, HelloFrame } from '#protocol/base/wire.ts'
import {
  type BoardNode,
  type BoardNodeOptions,
  boardScope,
  boardTables,
  cookieOf,
  startBoardNode,
} from '#server/platform/realtime/board.fixture.ts'
import { testDatabase, testRedisUrl, waitFor } from '#server/test/harness.ts'
import type { RealtimeClient } from './connection.ts'
import { createRealtimeClient } from './realtime.ts'

const slow = 60_000
/** Looks that only matter when messages are lost are switched off, so that nothing passes by their help. */
export const quiet = { heads: slow, headsWithoutBus: slow, rights: slow }

/** Told in a describe: what its tests start is stopped after each of them. */
export function boardStand() {
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

  const secretKey = `rt ${randomUUID()}`
  /** Two nodes with a Redis between them. */
  const pair = (options: Partial<BoardNodeOptions> = {}) =>
    Promise.all([
      node({ redisUrl: testRedisUrl, secretKey, ...options }),
      node({ redisUrl: testRedisUrl, secretKey, ...options }),
    ])

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

  return { node, pair, raw, person, idsOf, clients }
}
