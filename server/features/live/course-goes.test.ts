// A class and the end of its course: neither the course nor the class's place in it goes while it is held, a class that
// was left behind ends by itself, and nothing of a course in the bin is read by its guests.
import assert from 'node:assert/strict'
import { platformKinds } from '#protocol/base/wire.ts'
import { channelRoutes } from '#protocol/channels.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseScope } from '#protocol/courses.ts'
import { liveCalls, liveRoutes, runScope } from '#protocol/live.ts'
import { leftBehindJob } from '#server/features/live/actions/runs.ts'
import { listLeftBehind } from '#server/features/live/queries/running.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, startClass } from '#server/test/classes.ts'
import { arrange, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

describe('a class and the end of its course', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('keeps its place and its course while it runs, hidden or not', async () => {
    const { course, run, host } = await startClass(node, ['Kept'])
    const { courseId } = course
    const { module } = await host.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    const { id: itemId } = (await host.subscribe(courseScope, courseId))
      .state()
      .items.find(one => one.refId === run.id)!
    await host.request(outlineRoutes.moveItem, { courseId, itemId, moduleId: module.id })
    const { item } = await host.request(outlineRoutes.hideItem, { courseId, itemId })
    const thing = { subject: 'item' as const, id: itemId, version: item.version, removed: true }
    const chosen = { ...thing, subject: 'module' as const, id: module.id, version: module.version }
    const ways = {
      item: () => host.request(outlineRoutes.removeItem, { courseId, itemId }),
      module: () => host.request(outlineRoutes.removeModule, { courseId, moduleId: module.id }),
      items: () => host.request(outlineRoutes.changeMany, { courseId, changes: [thing] }),
      modules: () => host.request(outlineRoutes.changeMany, { courseId, changes: [chosen] }),
    }
    for (const [way, remove] of Object.entries(ways)) await assert.rejects(remove, { code: 'still-running' }, way)
    // As an earlier version let it happen.
    await sql('update items set removed_at = now() where id = $1', [itemId])
    await assert.rejects(host.request(lifeRoutes.changeState, { courseId, state: 'concluded' }), {
      code: 'still-running',
    })
    await assert.rejects(host.request(lifeRoutes.remove, { courseId }), { code: 'still-running' })
    await host.call(liveCalls.end, { runId: run.id })
    await ways.modules()
  })

  it('ends by itself where its course went from under it, and lets nobody in before', async () => {
    const { course, run, code, host } = await startClass(node, ['Left behind'])
    const guest = await guestClient(node, code, 'Gus Guest')
    const seen = await guest.subscribe(runScope, run.id)
    await sql("update courses set state = 'concluded' where id = $1", [course.courseId])
    await sql("update contexts set phase = 'concluded' where id = $1", [course.courseId])
    await assert.rejects(host.call(liveCalls.end, { runId: run.id }), { code: 'concluded' })
    await assert.rejects(guest.request(liveRoutes.look, { code }), { code: 'code-unknown' })
    const behind = await listLeftBehind(testCtx())
    assert.deepEqual(behind, [{ id: run.id }])
    await arrange(async ctx => leftBehindJob.run(ctx, { runId: run.id }))
    assert.deepEqual(await listLeftBehind(testCtx()), [])
    await seen.until(state => state.run.phase === 'ended', 'the end')
  })

  it('is nothing to its guests while the course is in the bin', async () => {
    const { course, run, code, host } = await startClass(node, ['Binned'])
    const { courseId } = course
    const guest = await guestClient(node, code, 'Gus Guest')
    await host.call(liveCalls.end, { runId: run.id })
    await guest.subscribe(runScope, run.id)
    const read = [
      () => guest.request(liveRoutes.recap, { runId: run.id }),
      () => guest.request(channelRoutes.messages, { channelId: run.channelId, limit: 10 }),
    ]
    for (const one of read) await one()
    await host.request(lifeRoutes.remove, { courseId })
    await waitFor(
      () => guest.frames.some(one => one.k === platformKinds.closed && one.s === `run:${run.id}`),
      'the class shut',
    )
    for (const one of read) await assert.rejects(one, { code: 'not-found' })
    await assert.rejects(guest.subscribe(runScope, run.id), { code: 'not-found' })
    await host.request(lifeRoutes.restore, { courseId })
    for (const one of read) await one()
  })
})
