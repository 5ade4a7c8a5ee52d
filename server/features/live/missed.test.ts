// What a class leaves to those who missed it gives nothing away that they are still to be asked: the same quiz is their
// homework now.
import assert from 'node:assert/strict'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makePerson, startClass } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { pickedIn } from '#server/test/record.ts'

describe('a class that was missed', () => {
  it('tells no key of what is homework now: not in the recap, not in the feed', async () => {
    const node = await testNode()
    const { course, quiz, run, host } = await startClass(node, ['Only one'])
    const { courseId } = course
    const absent = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Absent') })
    const present = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Present') })
    await present.request(liveRoutes.join, { runId: run.id })
    const joined = (await present.subscribe(runScope, run.id)).head()
    const hosts = await host.subscribe(runHostsScope, run.id)
    for (const [verb, phase] of [
      ['next', 'open'],
      ['lock', 'closed'],
      ['reveal', 'revealed'],
    ] as const) {
      const { deliveryId, step } = hosts.state().stage ?? assert.fail()
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: verb } })
      await hosts.until(state => state.stage?.view.phase === phase, phase)
    }
    const recap = async (who: typeof absent) => (await who.request(liveRoutes.recap, { runId: run.id })).items[0]
    assert.deepEqual(pickedIn((await recap(present))?.result?.key), ['b'])
    await host.call(liveCalls.end, { runId: run.id })
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const assign = { activityId: quiz.activityId, dueAt, shows: 'at-once' as const }
    const { id: deliveryId } = await host.request(quizRoutes.assign, assign)

    assert.deepEqual([(await recap(absent))?.asked.body.prompt, (await recap(absent))?.result], ['Only one', null])
    const heard = await absent.call(realtimeCalls.subscribe, { scope: `run:${run.id}`, since: 0 })
    assert.equal(heard.mode, 'snapshot')
    assert.ok(!/"key"/.test(JSON.stringify([heard, absent.frames])), 'a key in what was replayed')
    // Whoever was there is told what they missed since they came, one by one.
    const again = await present.call(realtimeCalls.subscribe, { scope: `run:${run.id}`, since: joined })
    assert.equal(again.mode, 'events')

    await absent.request(quizRoutes.finish, { deliveryId })
    assert.deepEqual(pickedIn((await recap(absent))?.result?.key), ['b'])
  })
})
