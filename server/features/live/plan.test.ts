// What hosts hear of a long plan at each steer: what may have changed, folded into what they know.
import assert from 'node:assert/strict'
import type { Steer } from '#protocol/activities/staged.ts'
import { activityCalls } from '#protocol/activities.ts'
import { liveCalls, runHostsScope } from '#protocol/live.ts'
import { guestClient, startClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

describe('the plan of hosts', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('travels whole once, and as what changed at each steer; old state and feed make the fresh one (R27)', async () => {
    const prompts = Array.from({ length: 30 }, (_, n) => `Question number ${n}, at some length: ${'x'.repeat(200)}`)
    const { run, host, code, quiz } = await startClass(node, prompts)
    const guest = await guestClient(node, code, 'Gus')
    const hosts = await host.subscribe(runHostsScope, run.id)
    assert.equal(hosts.state().stage?.view.plan.length, 30)
    const deliveryId = hosts.state().stage?.deliveryId ?? assert.fail()
    const steer = (verb: Steer) =>
      assertConverges(host, runHostsScope, run.id, async () => {
        const step = hosts.state().stage?.step ?? 0
        await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: verb })
        await hosts.until(state => (state.stage?.step ?? 0) > step)
      })
    const answer = (at: number) =>
      guest.call(activityCalls.answer, {
        deliveryId,
        itemId: quiz.itemIds[at] ?? assert.fail(),
        move: { optionIds: ['b'] },
      })
    const lock = async () => {
      await steer({ do: 'lock' })
      await hosts.until(state => state.stage?.view.phase === 'closed')
    }
    await steer({ do: 'open' })
    await answer(0)
    await lock()
    await steer({ do: 'reveal' })
    for (let at = 1; at < 5; at++) {
      await steer({ do: 'next' })
      await answer(at)
      await lock()
    }
    // One that was asked long ago, and the end from there.
    await steer({ do: 'open', itemId: quiz.itemIds[0] })
    await lock()
    const done = await steer({ do: 'finish' })
    const tallies = done.stage?.view.plan.map(one => one.tally?.answered ?? null)
    assert.deepEqual(tallies?.slice(1, 6), [1, 1, 1, 1, null])
    const told = host.frames.filter(frame => frame.s === `run-hosts:${run.id}` && frame.n !== undefined)
    assert.ok(told.length >= 9)
    const whole = JSON.stringify(done.stage?.view.plan).length
    for (const frame of told) {
      const { stage } = frame.b as { stage: { view: { plan: unknown[] }; marks: unknown[] } }
      assert.ok(stage.view.plan.length <= 3, `${stage.view.plan.length} entries`)
      assert.equal(stage.marks.length, 30)
      assert.ok(JSON.stringify(frame).length < whole / 2, `${JSON.stringify(frame).length} of ${whole} characters`)
    }
  })
})
