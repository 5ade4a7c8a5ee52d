// One class whose people are spread over two processes that share PostgreSQL and Redis; one of them is killed.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { activityCalls } from '#protocol/activities.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testDatabase, waitFor } from '#server/test/harness.ts'
import { type NodeProcess, nodeProcess } from '#server/test/node-process.ts'
import { openClient, type TestClient } from '#server/test/test-client.ts'

describe('a live class on two nodes', () => {
  let one: NodeProcess
  let two: NodeProcess
  before(async () => {
    const { url: databaseUrl } = await testDatabase()
    connectDatabase(databaseUrl)
    atEndOfFile(closeDatabase)
    const secretKey = randomBytes(32).toString('hex')
    ;[one, two] = await Promise.all([nodeProcess({ databaseUrl, secretKey }), nodeProcess({ databaseUrl, secretKey })])
  })

  it('writes one operation once, though both nodes get it at the same moment', async () => {
    const { run, code, host, quiz } = await startClass(one, ['Twice'])
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    const guests = await Promise.all([1, 2, 3, 4, 5, 6].map(n => guestClient(one, code, `Twin ${n}`)))
    const people = await Promise.all(
      guests.map(async near => [near, await openClient(two.url, near.cookie().split('=')[1])] as const),
    )
    const answer = (by: TestClient, operation: string, choice: string) =>
      by.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: [choice] } }, operation)
    for (let round = 0; round < 8; round++) {
      const told = await Promise.all(
        people.map(async ([near, far]) => {
          const operation = randomUUID()
          // Another one each time: the same answer again would be the one that stands.
          const choice = round % 2 ? 'a' : 'c'
          return Promise.all([answer(near, operation, choice), answer(far, operation, choice)])
        }),
      )
      for (const [here, there] of told) assert.deepEqual(here, there)
    }
    // The same id for something else is refused, whichever came first.
    const reused = await Promise.allSettled(
      people.map(async ([near, far]) => {
        const operation = randomUUID()
        const both = await Promise.allSettled([answer(near, operation, 'b'), answer(far, operation, 'c')])
        assert.deepEqual(both.map(one => one.status).sort(), ['fulfilled', 'rejected'])
        const refused = both.find(one => one.status === 'rejected')
        assert.equal((refused?.reason as Problem | undefined)?.code, 'operation-reused')
      }),
    )
    for (const one of reused) if (one.status === 'rejected') throw one.reason
    const rows = await sql<{ revisions: number[] }>(
      `select array_agg(revision order by revision) as revisions from responses where delivery_id = $1 group by author`,
      [deliveryId],
    )
    assert.deepEqual(
      rows.map(row => row.revisions),
      people.map(() => [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    )
    for (const [, far] of people) far.close()
  })

  it('is one class for people on both, and goes on when the host and the node under them are killed', async () => {
    const { run, code, host, quiz, course } = await startClass(one, ['Before the fall'], { limitSeconds: 12 })
    const [itemId] = quiz.itemIds
    const near = await Promise.all([1, 2, 3, 4].map(n => guestClient(one, code, `Near ${n}`)))
    const far = await Promise.all([1, 2, 3].map(n => guestClient(two, code, `Far ${n}`)))
    const learner = await signedInClient(two, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    await learner.request(liveRoutes.join, { runId: run.id })
    const seen = await learner.subscribe(runScope, run.id)
    for (const guest of [...near, ...far]) await guest.subscribe(runScope, run.id)
    const hosts = await host.subscribe(runHostsScope, run.id)
    await host.subscribe(runScope, run.id)

    // Presence is the sum of both nodes' slices, for everybody.
    for (const listening of [seen, hosts])
      await waitFor(
        () => listening.fleeting.some(value => value.kind === 'presence' && value.body.connected === 8),
        'eight people, on both nodes',
      )
    const { deliveryId, step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    const opened = await seen.until(state => state.stage?.view.phase === 'open')
    const closesAt = Date.parse(opened.stage!.view.closesAt!)
    const receipts = await Promise.all(
      [...near, ...far, learner].map(who =>
        who.call(activityCalls.answer, { deliveryId, itemId: itemId!, move: { optionIds: ['b'] } }),
      ),
    )
    assert.equal(new Set(receipts.map(receipt => receipt.responseId)).size, 8)
    for (const listening of [seen, hosts])
      await waitFor(
        () =>
          listening.fleeting.some(
            value =>
              (value.kind === 'answered' && value.body.answered === 8) ||
              (value.kind === 'tally' && value.body.tally.answered === 8),
          ),
        'the tally of both nodes',
      )
    const chat = await learner.subscribe(channelScope, run.channelId)
    await near[0]!.call(channelCalls.send, { channelId: run.channelId, text: 'Across' })
    assert.equal((await chat.event('messageSent')).body.message.text, 'Across')

    await one.kill()
    assert.ok(Date.now() < closesAt, 'killed while it was open')
    const isClosed = () => seen.state().stage?.view.phase === 'closed'
    await waitFor(isClosed, 'the close that no host and no steering node made', 25_000)
    const written = learner.frames.filter(frame => frame.k === 'staged').at(-1)
    const after = Date.parse(written?.t ?? '') - closesAt
    assert.ok(after >= 0 && after < 10_000, `written after ${after} ms`)

    const returned = await signedInClient(two, { accountId: course.instructorId })
    const again = await returned.subscribe(runHostsScope, run.id)
    assert.deepEqual(again.state().stage?.view.result?.tally, { answered: 8, counts: { b: 8 } })
    await returned.call(liveCalls.steer, {
      runId: run.id,
      deliveryId,
      step: again.state().stage!.step,
      steer: { do: 'reveal' },
    })
    await seen.until(state => state.stage?.view.phase === 'revealed')
    // Those who were on the killed node are gone once its slice has fallen silent.
    await waitFor(
      () => seen.fleeting.filter(value => value.kind === 'presence').at(-1)?.body.connected === 4,
      'the four of the other node to be alone',
    )
    await returned.call(liveCalls.end, { runId: run.id })
    await seen.until(state => state.run.phase === 'ended')
    const grades = await learner.request(gradeRoutes.mine, { courseId: course.courseId })
    assert.equal(Number(grades.cells[0]?.score), 10)
    const rows = await sql<{ id: string }>('select id from responses where delivery_id = $1', [deliveryId])
    assert.deepEqual(new Set(rows.map(row => row.id)), new Set(receipts.map(receipt => receipt.responseId)))
  })
})
