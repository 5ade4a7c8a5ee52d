// Hands in a class: raised by their people, seen in order by hosts, one's own alone by oneself; many at once.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { handsTold, seatId, seatScope } from '#protocol/live/hands.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { handAll } from '#server/features/live/actions/hands.ts'
import { handBudget } from '#server/features/live/rules.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { transactPlain } from '#server/platform/db/transact.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { nowhere, whoIs } from '#server/test/record.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('hands in a class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode({ redis: true })
  })

  async function classOf(title: string) {
    const { run, code, host, course } = await startClass(node, [title])
    const accountId = await makePerson(course.courseId, 'learner', 'Lena Learner')
    const learner = await signedInClient(node, { accountId })
    await learner.request(liveRoutes.join, { runId: run.id })
    const guest = await guestClient(node, code, 'Gus Guest')
    return { run, code, host, learner, guest, learnerSeat: seatId(run.id, accountId), accountId }
  }

  it('stand in order for hosts, are called on and lowered, and are nobody else’s', async () => {
    const { run, host, learner, guest, learnerSeat, accountId } = await classOf('Order')
    const seat = await learner.subscribe(seatScope, learnerSeat)
    assert.deepEqual(seat.state(), { hand: null })
    const everybody = await guest.subscribe(runScope, run.id)
    await assert.rejects(guest.subscribe(seatScope, learnerSeat), refusedAs('not-found'))
    await assert.rejects(host.subscribe(seatScope, learnerSeat), refusedAs('not-found'))
    await guest.call(liveCalls.hand, { runId: run.id, up: true })
    const queue = await assertConverges(host, runHostsScope, run.id, () =>
      assertConverges(learner, seatScope, learnerSeat, () => learner.call(liveCalls.hand, { runId: run.id, up: true })),
    )
    assert.deepEqual(
      queue.hands.first.map(one => one.name),
      ['Gus Guest', 'Lena Learner'],
    )
    assert.equal(queue.hands.up, 2)
    await waitFor(() => everybody.fleeting.some(one => one.kind === 'hands' && one.body.up === 2), 'two hands')
    await waitFor(() => seat.fleeting.some(one => one.kind === 'place' && one.body.before === 1), 'one before')
    // Once more changes nothing, from another device neither; a newcomer on it reads the same.
    const other = await signedInClient(node, { accountId })
    await other.call(liveCalls.hand, { runId: run.id, up: true })
    const there = await other.subscribe(seatScope, learnerSeat)
    assert.deepEqual(there.state(), seat.state())
    assert.ok(there.fleeting.some(one => one.kind === 'place' && one.body.before === 1))

    const called = await assertConverges(host, runHostsScope, run.id, () =>
      assertConverges(learner, seatScope, learnerSeat, () => host.call(liveCalls.callOn, { runId: run.id, accountId })),
    )
    assert.deepEqual(
      called.hands.first.map(one => [one.name, one.calledAt !== null]),
      [
        ['Lena Learner', true],
        ['Gus Guest', false],
      ],
    )
    assert.ok(seat.state().hand?.calledAt)
    await assertConverges(learner, seatScope, learnerSeat, () =>
      host.call(liveCalls.lowerHand, { runId: run.id, accountId }),
    )
    await assert.rejects(host.call(liveCalls.callOn, { runId: run.id, accountId }), refusedAs('not-found'))
    await learner.call(liveCalls.hand, { runId: run.id, up: true })
    await seat.until(state => state.hand !== null)
    // Each seat hears it from a job of its own.
    const wentDown = async (act: Promise<unknown>) => {
      await act
      await seat.until(state => state.hand === null, 'the hand that went down with all')
    }
    const none = await assertConverges(host, runHostsScope, run.id, () =>
      assertConverges(learner, seatScope, learnerSeat, () =>
        wentDown(host.call(liveCalls.lowerHands, { runId: run.id })),
      ),
    )
    assert.deepEqual(none.hands, { up: 0, first: [] })
    await waitFor(() => everybody.fleeting.findLast(one => one.kind === 'hands')?.body.up === 0, 'no hand')
    // What everybody hears names nobody.
    assert.ok(!JSON.stringify(everybody.fleeting).includes(accountId))

    await learner.call(liveCalls.hand, { runId: run.id, up: true })
    await seat.until(state => state.hand !== null)
    const over = await assertConverges(host, runHostsScope, run.id, () =>
      assertConverges(learner, seatScope, learnerSeat, () => wentDown(host.call(liveCalls.end, { runId: run.id }))),
    )
    assert.deepEqual(over.hands, { up: 0, first: [] })
    await assert.rejects(learner.call(liveCalls.hand, { runId: run.id, up: true }), refusedAs('class-over'))
    await assert.rejects(host.call(liveCalls.hand, { runId: run.id, up: true }), refusedAs('not-for-hosts'))
  })

  it('go up and down at a pace: who waves on is told to wait, and nobody else is', async () => {
    const { run, learner, guest } = await classOf('Waving')
    const now = new Date()
    const hand = (accountId: AccountId, up: boolean) => ({
      ctx: testCtx({ who: whoIs(accountId), now }),
      operationId: randomUUID() as OperationId,
      input: { runId: run.id, up },
    })
    const many = Array.from({ length: handBudget.burst + 4 }, (_, n) => hand(learner.accountId, n % 2 === 0))
    const items = [...many, hand(guest.hellos.at(-1)?.accountId as AccountId, true)]
    const results = await transactPlain(testCtx(), nowhere, ctx => handAll(ctx, items))
    assert.deepEqual(
      results.map(one => (one instanceof Problem ? one.code : 'taken')),
      [...many.map((_, n) => (n < handBudget.burst ? 'taken' : 'slow-down')), 'taken'],
    )
  })

  it('are many at once: hosts hear the first and how many', async () => {
    const { run, host, learner, learnerSeat } = await classOf('Many')
    const made = await sql<{ id: string }>(
      `insert into accounts (id, kind, site_role, name)
       select gen_random_uuid(), 'guest', 'member', 'Guest ' || n from generate_series(1, 300) n returning id`,
    )
    await sql("insert into seats (run_id, account_id, role, joined_at) select $1, unnest($2::uuid[]), 'guest', now()", [
      run.id,
      made.map(one => one.id),
    ])
    const hosts = await host.subscribe(runHostsScope, run.id)
    const stranger = await makeAccount()
    const results = await transactPlain(testCtx(), nowhere, ctx =>
      handAll(
        ctx,
        [...made.map(one => one.id as AccountId), stranger].map(accountId => ({
          ctx: testCtx({ who: whoIs(accountId) }),
          operationId: randomUUID() as OperationId,
          input: { runId: run.id, up: true },
        })),
      ),
    )
    // One who may not spoils it for nobody.
    assert.deepEqual(
      results.map(one => (one instanceof Problem ? one.code : 'up')),
      [...made.map(() => 'up'), 'not-found'],
    )
    await learner.call(liveCalls.hand, { runId: run.id, up: true })
    const { hands } = await hosts.until(state => state.hands.up === 301)
    assert.equal(hands.first.length, handsTold)
    const numbers = (await learner.subscribe(seatScope, learnerSeat)).fleeting
    assert.ok(numbers.some(one => one.kind === 'place' && one.body.before === 300))
    // All are told, though no action may tell more than four.
    await host.call(liveCalls.lowerHands, { runId: run.id })
    await waitFor(
      async () => (await sql('select from run_hands where run_id = $1', [run.id])).length === 0,
      'every seat told',
      30_000,
    )
  })
})
