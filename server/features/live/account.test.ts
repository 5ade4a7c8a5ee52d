// What a class owes its people: a guest who turns out to be a member takes everything along, and an erased one leaves
// no words behind.
import assert from 'node:assert/strict'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { channelCalls, channelRoutes } from '#protocol/channels.ts'
import { handsTold } from '#protocol/live/hands.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { eraseAccount, exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { writeIntervals } from '#server/features/presence/socket/track.ts'
import { newId } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

describe('people of a class and their records', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('moves seat, words, answers and times to the account a guest is merged into, then exports and erases them', async () => {
    const { run, code, host, quiz, course } = await startClass(node)
    const { channelId } = run
    const guest = await guestClient(node, code, 'Gus')
    const from = guest.hellos.at(-1)?.accountId as AccountId
    const into = await makePerson(course.courseId, 'learner', 'Gustav')
    await guest.subscribe(runScope, run.id)
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    await guest.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    await guest.call(channelCalls.send, { channelId, text: 'Said as a guest' })
    await guest.call(channelCalls.markRead, { channelId, number: 1 })
    await guest.call(liveCalls.hand, { runId: run.id, up: true })
    await arrange(writeIntervals)
    await arrange(ctx => mergeAccounts(ctx, from, into))

    const left = await sql<{ found: string }>(
      `select 'seats' as found from seats where account_id = $1 union all
       select 'messages' from messages where author_id = $1 union all
       select 'reads' from reads where account_id = $1 union all
       select 'run_hands' from run_hands where account_id = $1 union all
       select 'seat_intervals' from seat_intervals where account_id = $1`,
      [from],
    )
    assert.deepEqual(left, [])
    const person = await signedInClient(node, { accountId: into })
    assert.equal((await person.request(liveRoutes.join, { runId: run.id })).role, 'learner')
    const page = await person.request(channelRoutes.messages, { channelId })
    assert.deepEqual(
      page.items.map(one => [one.authorName, one.text]),
      [['Gustav', 'Said as a guest']],
    )
    const copy = JSON.stringify(await exportAccount(testCtx(), into))
    assert.ok(copy.includes('Said as a guest'))

    await host.call(liveCalls.end, { runId: run.id })
    await waitFor(
      async () => (await sql('select id from channels where id = $1 and not open', [channelId])).length === 1,
      'the chat to close by its job',
    )
    await arrange(ctx => eraseAccount(ctx, into))
    const times = await sql('select id from seat_intervals where account_id = $1', [into])
    assert.deepEqual(times, [])
  })

  it('takes a hand of somebody who is erased out of the queue, also behind those who are named', async () => {
    const { run, code, host } = await startClass(node)
    const guest = await guestClient(node, code, 'Gus')
    const last = guest.hellos.at(-1)?.accountId as AccountId
    const before = Array.from({ length: handsTold }, () => newId<'Account'>())
    await sql(
      `insert into accounts (id, kind, name, site_role, created_at)
       select id, 'guest', 'Somebody', 'guest', now() from unnest($1::uuid[]) as n(id)`,
      [before],
    )
    await sql(
      "insert into run_hands (run_id, account_id, raised_at) select $1, unnest($2::uuid[]), now() - interval '1 minute'",
      [run.id, before],
    )
    await guest.call(liveCalls.hand, { runId: run.id, up: true })
    const hosts = await host.subscribe(runHostsScope, run.id)
    assert.equal(hosts.state().hands.up, handsTold + 1)
    const state = await assertConverges(host, runHostsScope, run.id, async () => {
      await node.as(whoIs(host.accountId)).act(ctx => eraseAccount(ctx, last))
      await hosts.until(({ hands }) => hands.up === handsTold, 'the hand to go')
    })
    assert.equal(state.hands.first.length, handsTold)
  })
})
