// The overview over real nodes: figures arrive within seconds, sum over nodes with and without Redis, a dead node drops
// out, and what a class came to stays the same for good.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { activityCalls } from '#protocol/activities.ts'
import { channelCalls } from '#protocol/channels.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { overviewId, overviewRoutes, overviewScope } from '#protocol/overview.ts'
import { closeDatabase, connectDatabase, sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { testDatabase, testNode, waitFor } from '#server/test/harness.ts'
import { nodeProcess } from '#server/test/node-process.ts'
import { classFigures } from './queries/figures.ts'
import { overviewNow } from './queries/picture.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

async function watching(admin: Client) {
  const scope = await admin.subscribe(overviewScope, overviewId)
  const now = () => scope.fleeting.findLast(one => one.kind === 'picture')?.body ?? scope.state()
  const room = (runId: string) => now().rooms.find(one => one.runId === runId)
  return { scope, now, room }
}

async function open({ host, run }: Pick<Awaited<ReturnType<typeof startClass>>, 'host' | 'run'>) {
  const { deliveryId, step } = (await host.subscribe(runHostsScope, run.id)).state().stage!
  await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
  return deliveryId
}

describe('the overview on one node', () => {
  it('shows an answer within three seconds to who manages the site, and the same figure ever after', async () => {
    const node = await testNode()
    const world = await startClass(node)
    const { host, run, code, quiz, course } = world
    const admin = await signedInClient(node, { role: 'administrator' })
    const deliveryId = await open(world)
    const people = await Promise.all(['One', 'Two'].map(name => guestClient(node, code, name)))
    for (const one of people) await one.subscribe(runScope, run.id)
    const { now, room, scope } = await watching(admin)
    await waitFor(() => room(run.id)?.connected === 2, 'both to be seen')
    const began = performance.now()
    await people[0]!.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    await waitFor(() => room(run.id)?.question?.answered === 1, 'the answer to be seen')
    const answerTook = performance.now() - began
    const sent = performance.now()
    const { messageId } = await people[1]!.call(channelCalls.send, { channelId: run.channelId, text: 'Hello' })
    await waitFor(() => room(run.id)?.messages === 1, 'the message to be seen')
    // The better of two: what is measured is the node, not what else this machine does.
    const times = [answerTook, performance.now() - sent]
    assert.ok(Math.min(...times) < 3_000, `${times.join(' and ')} ms`)
    await waitFor(() => now().nodes[0]?.sockets === 4, 'the sockets of the node')
    assert.deepEqual(now().totals, { rooms: 1, connected: 2, answers: 1, faults: 0, queue: now().totals.queue })
    assert.deepEqual(room(run.id)?.hosts, ['Ines Instructor'])
    // The host's own are theirs too; a learner's are none, and nobody else hears of the site.
    const own = await host.request(overviewRoutes.rooms, {})
    assert.deepEqual(
      own.rooms.map(one => one.runId),
      [run.id],
    )
    const lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    assert.deepEqual((await lena.request(overviewRoutes.rooms, {})).rooms, [])
    await assert.rejects(host.subscribe(overviewScope, overviewId), { code: 'not-allowed' })
    await assert.rejects(lena.request(overviewRoutes.figures, { runId: run.id }), { code: 'not-found' })

    // At most one picture a second.
    const moments = scope.fleeting.map(one => Date.parse(one.body.at))
    for (const [at, time] of moments.entries()) assert.ok(at === 0 || time - moments[at - 1]! >= 900, `${moments}`)

    const last = room(run.id)?.figures
    assert.deepEqual(last, { joined: 2, asked: 1, answers: 1, messages: 1 })
    await host.call(liveCalls.end, { runId: run.id })
    await waitFor(() => !room(run.id), 'the class to go')
    assert.deepEqual(await host.request(overviewRoutes.figures, { runId: run.id }), last)
    await host.call(channelCalls.remove, { messageId })
    await host.request(liveRoutes.report, { runId: run.id })
    const nextMonth = testCtx({ now: new Date(Date.now() + 31 * 86_400_000) })
    assert.deepEqual(await classFigures(nextMonth, run.id), last)
  })

  it('asks three queries for everything', async () => {
    let asked = 0
    await overviewNow(
      testCtx({
        sql: (text, values) => {
          asked += 1
          return sql(text, values)
        },
      }),
    )
    assert.equal(asked, 3)
  })
})

for (const redis of [true, false])
  describe(`the overview on two nodes ${redis ? 'with' : 'without'} Redis`, () => {
    it('sums what both know, once a second, and lets go of a node that died', async () => {
      const { url: databaseUrl } = await testDatabase()
      connectDatabase(databaseUrl)
      atEndOfFile(closeDatabase)
      const parts = { databaseUrl, secretKey: randomBytes(32).toString('hex'), redis }
      const [one, two] = await Promise.all([nodeProcess(parts), nodeProcess(parts)])
      const { run, code } = await startClass(one)
      const near = await guestClient(one, code, 'Near')
      const far = await Promise.all(['Far', 'Farther'].map(name => guestClient(two, code, name)))
      for (const person of [near, ...far]) await person.subscribe(runScope, run.id)
      const here = await watching(await signedInClient(one, { role: 'administrator' }))
      const there = await watching(await signedInClient(two, { role: 'administrator' }))
      for (const { room, now } of [here, there]) {
        await waitFor(() => room(run.id)?.connected === 3, 'the people of both nodes')
        await waitFor(() => now().nodes.length === 2, 'both nodes')
      }
      const since = here.scope.fleeting.length
      for (const person of far) person.socket.disconnect()
      await waitFor(() => here.room(run.id)?.reconnecting === 2, 'two to be reconnecting')
      const times = here.scope.fleeting.slice(since).map(frame => Date.parse(frame.body.at))
      for (const [at, time] of times.entries()) assert.ok(at === 0 || time - times[at - 1]! >= 900, `${times}`)
      await two.kill()
      await waitFor(() => here.now().nodes.length === 1, 'the dead node to drop out')
      const isAlone = () => here.room(run.id)?.connected === 1 && here.room(run.id)?.reconnecting === 0
      await waitFor(isAlone, 'the one of this node to be alone')
    })
  })
