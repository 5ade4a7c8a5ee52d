// A class of bots against a real node with a host who steers it.
import assert from 'node:assert/strict'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { dice } from '#server/seeds/dice.ts'
import { startClass } from '#server/test/classes.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { sendCrowd } from './crowd.ts'
import { nameOf } from './words.ts'

describe('a class of bots', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function classWith(seed: string) {
    const { run, code, host } = await startClass(node, ['One', 'Two'], { limitSeconds: 5 })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId } = hosts.state().stage!
    const crowd = sendCrowd({ url: node.url, code, learners: 12, seed, pace: 0.05, say: () => undefined })
    await waitFor(
      async () => (await host.request(liveRoutes.roster, { runId: run.id, limit: 1 })).count === 13,
      'the bots',
    )
    const steer = (action: 'open' | 'next' | 'lock' | 'reveal') =>
      host.call(liveCalls.steer, { runId: run.id, deliveryId, step: hosts.state().stage!.step, steer: { do: action } })
    await waitFor(
      () => hosts.fleeting.some(one => one.kind === 'presence' && one.body.connected === 12),
      'all to be in',
    )
    for (const action of ['open', 'next'] as const) {
      await steer(action)
      await waitFor(
        async () => {
          const silent = await host.request(liveRoutes.roster, { runId: run.id, filter: 'silent' })
          return silent.count <= 3
        },
        'nearly everybody to answer',
        8_000,
      )
      await steer('lock')
      await hosts.until(state => state.stage?.view.phase === 'closed')
      await steer('reveal')
      await hosts.until(state => state.stage?.view.phase === 'revealed')
    }
    await host.call(liveCalls.end, { runId: run.id })
    const tallied = await crowd.done
    const chosen = await sql<{ name: string; first: string }>(
      `select a.name, string_agg(r.move::text, '|' order by i.position) as first
       from responses r join accounts a on a.id = r.author join activity_items i on i.id = r.item_id
       where r.delivery_id = $1 and r.revision = 1 group by a.name order by a.name`,
      [deliveryId],
    )
    return { tallied, chosen: new Map(chosen.map(row => [row.name, row.first])) }
  }

  it('joins, answers, and leaves by itself when the class ends; the same seed chooses the same', async () => {
    const first = await classWith('seven')
    assert.equal(first.tallied.joined, 12)
    assert.ok(first.tallied.answered >= 18, JSON.stringify(first.tallied))
    const again = await classWith('seven')
    const both = [...first.chosen].filter(([name, moves]) => again.chosen.get(name)?.length === moves.length)
    assert.ok(both.length >= 9)
    for (const [name, moves] of both) assert.equal(again.chosen.get(name), moves)
  }).timeout(60_000)

  it('rolls repeatable dice and has names enough', () => {
    assert.deepEqual(
      [1, 2, 3].map(() => dice('a').next()),
      [1, 2, 3].map(() => dice('a').next()),
    )
    assert.notEqual(dice('a').next(), dice('b').next())
    assert.equal(new Set(Array.from({ length: 500 }, (_, index) => nameOf(index))).size, 500)
  })
})
