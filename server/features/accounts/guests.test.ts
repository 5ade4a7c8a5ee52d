// Making guests: a school that arrives within a minute passes, a loop with a valid code is shaped to a walk.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { makePerson, startClass } from '#server/test/classes.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { demandRoomForGuest, guestBudgets, guestShaping } from './actions/guests.ts'

describe('room for guests', () => {
  const from = (address: string) => testCtx({ address })
  const outcome = (room: ReturnType<typeof guestShaping>, address: string): Promise<string> =>
    room(from(address)).then(
      () => 'in',
      (error: { code: string; params: { retryAfter: number } }) => {
        assert.ok(error.params.retryAfter >= 1)
        return error.code
      },
    )
  const count = (all: readonly string[], what: string) => all.filter(one => one === what).length

  it('is there for a school of 2,000 at once, from one address', async () => {
    const room = guestShaping()
    const began = performance.now()
    const all = await Promise.all(Array.from({ length: 2_000 }, () => outcome(room, '203.0.113.5')))
    assert.equal(count(all, 'in'), 2_000)
    assert.ok(performance.now() - began < 1_000)
  })

  it('is there at a walk for a place that goes on, and elsewhere at once', async () => {
    const network = { burst: 20, perSecond: 20 }
    const room = guestShaping({ ...guestBudgets, network }, 300)
    const began = performance.now()
    const all = await Promise.all(Array.from({ length: 100 }, () => outcome(room, '2001:db8:1:1::1')))
    assert.ok(performance.now() - began >= 250)
    assert.ok(count(all, 'in') >= 20 && count(all, 'in') <= 28, `${count(all, 'in')}`)
    assert.equal(count(all, 'in') + count(all, 'slow-down'), 100)
    // At the walk of the spent place these would wait for longer than anybody may.
    const elsewhere = Array.from({ length: 20 }, () => outcome(room, '2001:db8:1:2::1'))
    assert.equal(count(await Promise.all(elsewhere), 'in'), 20)
  })

  it('is counted for a site and for the node as well', async () => {
    const few = { burst: 10, perSecond: 0.01 }
    const bySite = guestShaping({ ...guestBudgets, site: few }, 0)
    const networks = Array.from({ length: 20 }, (_, n) => `2001:db8:9:${n.toString(16)}::1`)
    assert.equal(count(await Promise.all(networks.map(one => outcome(bySite, one))), 'in'), 10)
    const byNode = guestShaping({ ...guestBudgets, node: few }, 0)
    const places = Array.from({ length: 20 }, (_, n) => `203.0.113.${n}`)
    assert.equal(count(await Promise.all(places.map(one => outcome(byNode, one))), 'in'), 10)
  })

  it('is asked for at the door of a class, of those alone who become guests there', async () => {
    const node = await testNode({ config: { trustProxy: true } })
    const { code, course } = await startClass(node)
    const spent = { 'x-forwarded-for': '198.51.100.77', 'content-type': 'application/json' }
    const join = (headers: Record<string, string>, body: object) =>
      fetch(`${node.url}/api/v1/join`, { method: 'POST', headers, body: JSON.stringify({ code, ...body }) })
    assert.equal((await join(spent, { name: 'First' })).status, 200)
    const taken = Array.from({ length: guestBudgets.network.burst + 20 }, () =>
      outcome(demandRoomForGuest, spent['x-forwarded-for']),
    )
    await Promise.any(taken)
    const refused = await join(spent, { name: 'One of a loop' })
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) >= 1)
    assert.equal((await join({ ...spent, 'x-forwarded-for': '198.51.100.78' }, { name: 'Elsewhere' })).status, 200)
    const pupil = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Pupil') })
    assert.equal((await join({ ...spent, cookie: pupil.cookie(), 'idempotency-key': randomUUID() }, {})).status, 200)
  })
})
