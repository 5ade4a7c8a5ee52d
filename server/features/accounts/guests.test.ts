// Guests: a school that arrives within a minute passes, a loop with a valid code is shaped to a walk; what one did comes along
// once its person signs in.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { mergeAccounts } from '#server/features/accounts/index.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { demandRoomForGuest, guestBudgets, guestShaping } from './actions/guests.ts'

describe('what a guest did', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('is offered to whoever signs in on the same device, and comes along once', async () => {
    const { run, code, host, quiz, course } = await startClass(node)
    const guest = await guestClient(node, code, 'Gus')
    const from = guest.hellos.at(-1)?.accountId
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    await guest.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    const me = (who: Pick<typeof guest, 'request'>) => who.request(accountRoutes.me, {})
    assert.equal((await me(guest)).guest, null)
    await assert.rejects(guest.request(accountRoutes.bringGuest, {}), { code: 'not-found' })

    // Elsewhere the same person is offered nothing, nor is somebody who was no guest.
    const into = await makePerson(course.courseId, 'learner', 'Gustav')
    await arrange(ctx => ctx.sql('update accounts set demo = $2 where id = $1', [into, 'learner']))
    const elsewhere = await signedInClient(node, { accountId: into })
    assert.equal((await me(elsewhere)).guest, null)
    await assert.rejects(elsewhere.request(accountRoutes.guestBefore, {}), { code: 'not-found' })

    // The guest's own browser signs in.
    const answer = await fetch(`${node.url}/api/v1/session/demo`, {
      method: 'POST',
      headers: { cookie: guest.cookie(), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ accountId: into }),
    })
    assert.equal(answer.status, 200)
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const ask = (method: string, path: string) =>
      fetch(`${node.url}/api/v1${path}`, {
        method,
        headers: { cookie, ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }) },
      })
    const offered = (await (await ask('GET', '/me')).json()) as { guest: unknown }
    assert.deepEqual(offered.guest, { name: 'Gus' })
    const { moves } = (await (await ask('GET', '/me/guest')).json()) as { moves: { feature: string }[] }
    assert.ok(moves.some(one => one.feature === 'activities'))
    assert.deepEqual(
      await Promise.all([ask('POST', '/me/guest'), ask('POST', '/me/guest')]).then(both =>
        both.map(one => one.status).sort(),
      ),
      [200, 404],
    )
    const rows = await testCtx().sql<{ account_id: string }>('select account_id from attempts where delivery_id = $1', [
      deliveryId,
    ])
    assert.deepEqual(
      rows.map(one => one.account_id),
      [into],
    )
    const [seat] = await testCtx().sql<{ role: string }>(
      'select role from seats where run_id = $1 and account_id = $2',
      [run.id, into],
    )
    assert.equal(seat?.role, 'learner')
    assert.deepEqual(((await (await ask('GET', '/me')).json()) as { guest: unknown }).guest, null)
    assert.notEqual(from, into)
  })

  it('keeps a guest out whom a host put out, whoever they turn out to be', async () => {
    const { run, code, host, course } = await startClass(node)
    const guest = await guestClient(node, code, 'Loud')
    const from = (guest.hellos.at(-1)?.accountId ?? assert.fail()) as AccountId
    await host.call(liveCalls.putOut, { runId: run.id, accountId: from })
    const into = await makePerson(course.courseId, 'learner', 'Loud Learner')
    await node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, from, into))
    const learner = await signedInClient(node, { accountId: into })
    await assert.rejects(learner.request(liveRoutes.join, { runId: run.id }), { code: 'put-out' })
    await host.call(liveCalls.letBack, { runId: run.id, accountId: into })
    assert.equal((await learner.request(liveRoutes.join, { runId: run.id })).role, 'learner')
  })
})

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
    assert.ok(performance.now() - began < 5_000)
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
    // Each second that goes by makes room for one more, who waits for it: who is answered first is refused.
    const loop = ['One', 'Two', 'Three', 'Four'].map(name => join(spent, { name }))
    const refused = await Promise.race(loop)
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) >= 1)
    assert.equal((await join({ ...spent, 'x-forwarded-for': '198.51.100.78' }, { name: 'Elsewhere' })).status, 200)
    const pupil = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Pupil') })
    assert.equal((await join({ ...spent, cookie: pupil.cookie(), 'idempotency-key': randomUUID() }, {})).status, 200)
    await Promise.all(loop)
  })
})
