// Ranks of a class: off by default, from the server's times alone, nothing before a reveal, shown when a host says so.
import assert from 'node:assert/strict'
import { accountRoutes } from '#protocol/accounts.ts'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { RankBoard, Ranks } from '#protocol/live/ranks.ts'
import { liveCalls, liveRoutes, type RunId, runHostsScope, runScope } from '#protocol/live.ts'
import { mergeAccounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, question, startClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('ranks of a class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function classOf(ranks: Ranks) {
    const { run, code, host, quiz, course } = await startClass(node)
    const slow = await makePerson(course.courseId, 'learner', 'Slow Sam')
    const learner = await signedInClient(node, { accountId: slow })
    await learner.request(liveRoutes.join, { runId: run.id })
    const guests = await Promise.all(['Quick Quin', 'Even Eve', 'Wrong Wes'].map(name => guestClient(node, code, name)))
    const hosts = await host.subscribe(runHostsScope, run.id)
    const seen = await learner.subscribe(runScope, run.id)
    const { deliveryId } = hosts.state().stage!
    const steer = async (what: 'open' | 'lock' | 'reveal' | 'next', until: string) => {
      const { step } = hosts.state().stage!
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: what } })
      // What closes is closed a moment later, by itself.
      const phases: (string | undefined)[] = until === 'closing' ? ['closing', 'closed'] : [until]
      await hosts.until(state => phases.includes(state.stage?.view.phase) && (state.stage?.step ?? 0) > step, until)
    }
    if (ranks !== 'off') await host.call(liveCalls.changeRanks, { runId: run.id, ranks })
    const answer = async (to: number) => {
      const itemId = quiz.itemIds[to]!
      const move = (option: string) => ({ deliveryId, itemId, move: { optionIds: [option] } })
      for (const one of [learner, ...guests.slice(0, 2)]) await one.call(activityCalls.answer, move('b'))
      await guests[2]!.call(activityCalls.answer, move('a'))
      // The times are the server's: written as if they had come so.
      const at = async (name: string, seconds: number) =>
        sql(
          `update responses r set at = (d.shared ->> 'openedAt')::timestamptz + $3 * interval '1 second'
             from deliveries d, accounts a
            where d.id = r.delivery_id and a.id = r.author and a.name = $2 and r.item_id = $1`,
          [itemId, name, seconds],
        )
      await at('Quick Quin', 1)
      await at('Even Eve', 10)
      await at('Slow Sam', 20)
      await at('Wrong Wes', 0)
    }
    return { run, course, host, hosts, learner, guests, seen, steer, answer, deliveryId, slow }
  }
  const mine = async (who: TestClient, runId: RunId) => (await who.request(liveRoutes.rank, { runId })).rank

  it('are off unless a host wants them', async () => {
    const { run, host, learner, steer, answer } = await classOf('off')
    await steer('open', 'open')
    await answer(0)
    await steer('lock', 'closing')
    assert.equal(await mine(learner, run.id), null)
    await assert.rejects(host.call(liveCalls.showRanks, { runId: run.id, form: 'top' }), refusedAs('ranks-off'))
    assert.deepEqual(
      await sql('select from run_ranks r join run_deliveries d using (delivery_id) where d.run_id = $1', [run.id]),
      [],
    )
  })

  it('come with the reveal, scale with extra time, go to the stage at a host’s word', async () => {
    const { run, course, host, hosts, learner, guests, seen, steer, answer, deliveryId, slow } = await classOf('names')
    await steer('open', 'open')
    await answer(0)
    // Twice the time: twenty seconds of it are worth what ten are to the others.
    const { limitSeconds } = hosts.state().stage!.view
    await sql('update attempts set extra_seconds = $3 where delivery_id = $1 and account_id = $2', [
      deliveryId,
      slow,
      limitSeconds ?? 60,
    ])
    await steer('lock', 'closing')
    await hosts.until(state => state.stage?.view.phase === 'closed', 'the close')
    assert.equal(await mine(learner, run.id), null)
    await assert.rejects(host.call(liveCalls.showRanks, { runId: run.id, form: 'top' }), refusedAs('wrong-phase'))
    await steer('reveal', 'revealed')
    const [quin, eve, sam, wes] = await Promise.all(
      [...guests.slice(0, 2), learner, guests[2]!].map(one => mine(one, run.id)),
    )
    assert.deepEqual([quin?.rank, eve?.rank, sam?.rank, wes?.rank], [1, 2, 2, 4])
    assert.equal(eve?.points, sam?.points)
    assert.equal(wes?.points, 0)
    assert.equal(seen.state().board, null)
    const shown = await assertConverges(learner, runScope, run.id, () =>
      host.call(liveCalls.showRanks, { runId: run.id, form: 'top' }),
    )
    assert.deepEqual(
      shown.board?.rows.map(row => [row.rank, row.name]),
      [
        [1, 'Quick Quin'],
        [2, 'Even Eve'],
        [2, 'Slow Sam'],
      ],
    )
    // Whoever is on it gets another name, or turns out to be somebody with another one.
    const named = (name: string) => (state: { board: RankBoard | null }) =>
      state.board?.rows.some(row => row.name === name) ?? false
    await assertConverges(learner, runScope, run.id, async () => {
      const { account } = await learner.request(accountRoutes.me, {})
      const { version } = account ?? assert.fail()
      await learner.request(accountRoutes.changeProfile, { version, name: 'Steady Sam' })
      await seen.until(named('Steady Sam'), 'the new name on the board')
    })
    const from = guests[0]!.hellos.at(-1)?.accountId as AccountId
    const into = await makePerson(course.courseId, 'learner', 'Quentin')
    await assertConverges(learner, runScope, run.id, async () => {
      await node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, from, into))
      await seen.until(named('Quentin'), 'the name of who they are')
    })
    const nameless = await assertConverges(learner, runScope, run.id, () =>
      host.call(liveCalls.changeRanks, { runId: run.id, ranks: 'nameless' }),
    )
    assert.ok(nameless.board?.rows.every(row => row.name === null))
    await assertConverges(learner, runScope, run.id, () => steer('next', 'open'))
    assert.equal(seen.state().board, null)
    // Opened again, an item counts no more until it is revealed again.
    await steer('lock', 'closing')
    await hosts.until(state => state.stage?.view.phase === 'closed', 'the close')
    const before = await mine(learner, run.id)
    assert.ok(before && before.points > 0)
    const [first] = hosts.state().stage!.view.plan
    await host.call(liveCalls.steer, {
      runId: run.id,
      deliveryId,
      step: hosts.state().stage!.step,
      steer: { do: 'open', itemId: first!.itemId },
    })
    assert.equal((await mine(learner, run.id))?.points, 0)
    // What ranks nobody takes no ranks away.
    await host.call(liveCalls.ask, {
      runId: run.id,
      kind: 'poll',
      question: question('And now?'),
      limitSeconds: null,
    })
    assert.equal((await mine(learner, run.id))?.points, 0)
    await assertConverges(learner, runScope, run.id, () => host.call(liveCalls.end, { runId: run.id }))
    const { ranks } = await learner.request(liveRoutes.recap, { runId: run.id })
    assert.deepEqual(
      ranks.map(({ title, rank, people, points }) => [title, rank, people, points]),
      [['Quiz', 1, 4, 0]],
    )
  })

  it('hold from the start where the host chose them then', async () => {
    const { host, quiz, course, run } = await startClass(node)
    assert.equal(run.ranks, 'off')
    await host.call(liveCalls.end, { runId: run.id })
    const { courseId } = course
    const next = await host.request(liveRoutes.start, { courseId, activityIds: [quiz.activityId], ranks: 'nameless' })
    assert.equal(next.ranks, 'nameless')
  })
})
