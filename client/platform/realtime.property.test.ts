// Log, relay, subscribe and fold under publishes that are dropped, doubled and reordered, connections that break and
// things that are removed: whatever happens, every client ends with what a newcomer would get. The seed is printed by
// fast-check when a run fails; FC_SEED repeats it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import {
  type BoardNode,
  boardScope,
  boardTables,
  cookieOf,
  startBoardNode,
} from '#server/platform/realtime/board.fixture.ts'
import type { Bus, BusEars } from '#server/platform/realtime/bus.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import type { RealtimeClient } from './connection.ts'
import { createRealtimeClient } from './realtime.ts'

type Fate = 'arrive' | 'drop' | 'twice' | 'late' | 'later'

/** A bus between nodes of one process that treats each message as it is told to. */
class FaultyWire {
  fates: readonly Fate[] = []
  #next = 0
  readonly #ears: BusEars[] = []

  bus(): Bus {
    let mine: BusEars | undefined
    return {
      start: ears => {
        mine = ears
        this.#ears.push(ears)
      },
      listen: () => Promise.resolve(),
      unlisten: () => undefined,
      sendEvents: (scope, events) => this.#carry(mine, ears => ears.events(scope, events)),
      sendFleeting: (scope, frame) => this.#carry(mine, ears => ears.fleeting(scope, frame)),
      sendRights: () => undefined,
      healthy: () => true,
      stop: () => Promise.resolve(),
    }
  }

  #carry(from: BusEars | undefined, tell: (ears: BusEars) => void): void {
    for (const ears of this.#ears) {
      if (ears === from) continue
      const fate = this.fates[this.#next++ % Math.max(1, this.fates.length)] ?? 'arrive'
      if (fate === 'drop') continue
      const delay = fate === 'late' ? 4 : fate === 'later' ? 30 : 0
      for (let times = fate === 'twice' ? 2 : 1; times > 0; times--) {
        if (delay > 0) setTimeout(() => tell(ears), delay)
        else tell(ears)
      }
    }
  }
}

type Step =
  | { act: 'add'; node: number; many: number }
  | { act: 'remove'; node: number; which: number }
  | { act: 'silent'; node: number }
  | { act: 'break'; client: number }
  | { act: 'pause' }

const nodeIndex = fc.integer({ min: 0, max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('add' as const), node: nodeIndex, many: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('remove' as const), node: nodeIndex, which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('silent' as const), node: nodeIndex }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('break' as const), client: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('pause' as const) }) },
)
const fate = fc.constantFrom<Fate>('arrive', 'arrive', 'drop', 'twice', 'late', 'later')

describe('R27: whatever is lost on the way, everybody ends with the same', () => {
  const wire = new FaultyWire()
  const nodes: BoardNode[] = []
  const clients: RealtimeClient[] = []

  before(async () => {
    const { url: databaseUrl } = await testDatabase()
    for (let index = 0; index < 2; index++) {
      nodes.push(await startBoardNode({ databaseUrl, bus: wire.bus(), rhythm: { heads: 60, rights: 60_000 } }))
    }
    await nodes[0]?.pool.query(boardTables)
    for (let index = 0; index < 4; index++) {
      clients.push(
        createRealtimeClient({ url: nodes[index % 2]!.url, cookie: cookieOf(randomUUID()), patience: { linger: 0 } }),
      )
    }
    await waitFor(() => clients.every(client => client.state.value === 'online'), 'four clients')
  })
  after(async () => {
    for (const client of clients) client.close()
    await Promise.all(nodes.map(node => node.stop()))
  })

  async function play(steps: readonly Step[], fates: readonly Fate[]): Promise<void> {
    wire.fates = fates
    const board = randomUUID()
    const releases = clients.map(client => client.scopeStore(boardScope, board).open())
    const held: string[] = []
    let made = 0
    // A state with a hole would show as a number that went back, or as an item that was never there.
    const seen = clients.map(client => {
      const store = client.scopeStore(boardScope, board)
      let before = 0
      return store.head.subscribe(head => {
        assert.ok(head === 0 || head >= before, `the number went back from ${before} to ${head}`)
        before = head
      })
    })
    const running: Promise<unknown>[] = []
    for (const one of steps) {
      const node = 'node' in one ? nodes[one.node]! : nodes[0]!
      if (one.act === 'add') {
        const ids = Array.from({ length: one.many }, () => `i${made++}`)
        held.push(...ids)
        running.push(node.addMany(board, ids))
      } else if (one.act === 'silent') {
        const id = `i${made++}`
        held.push(id)
        running.push(node.addSilently(board, id))
      } else if (one.act === 'remove' && held.length > 0) {
        const [id] = held.splice(one.which % held.length, 1)
        await Promise.all(running.splice(0))
        running.push(node.remove(board, id!))
      } else if (one.act === 'break') clients[one.client]!.reconnect()
      else if (one.act === 'pause') await Promise.all(running.splice(0))
    }
    await Promise.all(running)
    const { rows } = await nodes[0]!.pool.query<{ id: string }>(
      'select id from board_items where board = $1 order by place',
      [board],
    )
    const wanted = rows.map(row => row.id).sort()
    const stateOf = (client: RealtimeClient) =>
      client
        .scopeStore(boardScope, board)
        .state.value?.items.map(item => item.id)
        .sort()
    // A board that is empty again looks like one that was never written to: the numbers tell them apart.
    const heads = () => clients.map(client => client.scopeStore(boardScope, board).head.value)
    await waitFor(
      () =>
        clients.every(client => JSON.stringify(stateOf(client)) === JSON.stringify(wanted)) &&
        new Set(heads()).size === 1,
      `everybody to have ${wanted.length} items (has ${clients.map(client => stateOf(client)?.length).join()}) and one number (has ${heads().join()})`,
      15_000,
    )
    for (const end of seen) end()
    for (const release of releases) release()
  }

  it('R27: log, relay, subscription and fold converge', async () => {
    const seed = process.env.FC_SEED ? Number(process.env.FC_SEED) : undefined
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.array(fate, { minLength: 1, maxLength: 30 }),
        play,
      ),
      { numRuns: 30, interruptAfterTimeLimit: 60_000, ...(seed === undefined ? {} : { seed }) },
    )
  })
})
