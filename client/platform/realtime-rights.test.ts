// Who may hear what, on one node and on two: the rules of protocol/SPEC.md by their numbers.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { boardScope } from '#server/platform/realtime/board.fixture.ts'
import { waitFor } from '#server/test/harness.ts'
import { boardStand, quiet } from './realtime.fixture.ts'

describe('rights of the real-time platform', () => {
  const { node, pair, raw, person } = boardStand()

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

  it('R15: a session that ends while its socket is let in is not missed', async () => {
    const account = randomUUID()
    let ended = false
    const here = await node({
      identified: async () => {
        if (ended) return
        ended = true
        await here.pool.query('insert into board_revoked values ($1)', [account])
        here.realtime.rightsChanged([account])
      },
    })
    const client = person(here, account)
    await waitFor(() => client.state.value === 'online', 'the socket')
    await waitFor(() => ended && client.accountId.value === null && client.state.value === 'online', 'nobody online')
  })

  describe('two nodes with Redis', () => {
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
  })
})
