// Columns that are held back: nothing a learner reads or hears tells a figure before the release, everything does after
// it, and holding back again takes it away.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { userScope } from '#protocol/accounts.ts'
import type { Steer } from '#protocol/activities/staged.ts'
import { activityCalls } from '#protocol/activities.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { type GradeItemId, gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, type Run, runHostsScope, runScope } from '#protocol/live.ts'
import { notificationRoutes, notificationsScope } from '#protocol/notifications.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { todayRoutes } from '#protocol/today.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass, type TestClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { releaseJob } from './actions/release.ts'
import { reaches } from './queries/conditions.ts'
import { exportGrades } from './queries/own.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

/** A column of 913.57 points for being right, of which one right answer of two earns this. */
const points = '913.57'
const canary = /456\.7|"score":"0?\.?1"/

describe('a column that is held back', () => {
  let node: TestNode
  let held: TestClass
  let host: Client
  let lena: Client
  let run: Run
  let gradeItemId: GradeItemId

  const item = async () =>
    (await host.request(gradeRoutes.table, { courseId: run.courseId })).gradeItems.find(
      one => one.id === gradeItemId,
    ) ?? assert.fail()
  const set = async (to: { held: boolean; releasesAt?: string }, who = host) =>
    who.request(gradeRoutes.release, { gradeItemId, version: (await item()).version, ...to })

  before(async () => {
    node = await testNode()
    held = await startClass(node)
    ;({ host, run } = held)
    gradeItemId = run.gradeItemId as GradeItemId
    const { courseId } = held.course
    lena = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Lena') })
    const weights = { points, participation: 0, correctness: 100 }
    await host.request(gradeRoutes.changeItem, { gradeItemId, version: 0, ...weights })
  })

  /** Everything of it that Lena reads, as it came. */
  const everything = async () => {
    const { courseId } = run
    return JSON.stringify([
      await lena.request(gradeRoutes.mine, { courseId }),
      await lena.request(gradeRoutes.explain, { gradeItemId, accountId: lena.accountId }),
      await lena.request(liveRoutes.recap, { runId: run.id }),
      await lena.request(progressRoutes.mine, { courseId }),
      await lena.request(todayRoutes.list, {}),
      await lena.request(notificationRoutes.list, {}),
      await exportGrades(testCtx(), lena.accountId),
      await (await lena.raw('GET', '/me/export')).text(),
    ])
  }
  const resultsTold = async () =>
    (await lena.request(notificationRoutes.list, {})).items.filter(one => one.kind === 'result').length
  const known = async () => (await reaches(testCtx(), [gradeItemId], [lena.accountId]))(gradeItemId, lena.accountId, 50)

  it('is told to staff and converges for them, with who did it and when', async () => {
    await lena.request(liveRoutes.join, { runId: run.id })
    await lena.subscribe(runScope, run.id)
    await lena.subscribe(userScope, lena.accountId)
    await assertConverges(host, gradebookScope, run.courseId, () => set({ held: true }))
    assert.equal((await item()).held, true)
    const [entry] = await auditEntries.findAll({ where: { verb: 'grade-item.held-back' }, raw: true })
    assert.equal(entry?.actor, host.accountId)
    const again = await host.request(gradeRoutes.release, { gradeItemId, version: (await item()).version, held: true })
    assert.equal(again.version, (await item()).version, 'what stands is not done again')
    await assert.rejects(host.request(gradeRoutes.release, { gradeItemId, version: 0, held: false }), {
      code: 'conflict',
    })
  })

  it('tells its learner its title and no byte of a figure, in whatever they read and hear', async () => {
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId } = hosts.state().stage ?? assert.fail()
    const steer = async (verb: Steer['do'], until: string) => {
      const { step } = hosts.state().stage ?? assert.fail()
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: verb } as Steer })
      await hosts.until(state => state.stage?.view.phase === until && state.stage.step > step, until)
    }
    await steer('open', 'open')
    for (const [at, option] of ['b', 'a'].entries()) {
      const itemId = held.quiz.itemIds[at] ?? assert.fail()
      await lena.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: [option] } })
      await steer('lock', 'closed')
      await steer('reveal', 'revealed')
      if (at === 0) await steer('next', 'open')
    }
    await host.call(liveCalls.end, { runId: run.id })
    await waitFor(async () => {
      const table = await host.request(gradeRoutes.table, { courseId: run.courseId })
      return table.items[0]?.cells[0]?.score === '456.79' || undefined
    }, 'the grade')

    assert.doesNotMatch(await everything(), canary)
    assert.doesNotMatch(JSON.stringify(lena.frames), /456\.7/)
    const mine = await lena.request(gradeRoutes.mine, { courseId: run.courseId })
    assert.deepEqual(mine.cells, [])
    assert.deepEqual(mine.empty, [{ gradeItemId, why: 'held-back' }])
    assert.equal(mine.gradeItems[0]?.held, true)
    const why = await lena.request(gradeRoutes.explain, { gradeItemId, accountId: lena.accountId })
    assert.deepEqual([why.cell, why.parts, why.items, why.empty?.why], [null, null, [], 'held-back'])
    const recap = await lena.request(liveRoutes.recap, { runId: run.id })
    assert.deepEqual([recap.grade, recap.heldBack, recap.ranks], [null, true, []])
    assert.deepEqual(
      recap.items.map(one => [one.move !== null, one.result]),
      [
        [true, null],
        [true, null],
      ],
    )
    assert.equal((await lena.request(progressRoutes.mine, { courseId: run.courseId })).grade, null)
    assert.equal(await known(), null, 'a condition is not met, and a lock tells nothing')
    assert.equal(await resultsTold(), 0)
    const staff = await host.request(gradeRoutes.explain, { gradeItemId, accountId: lena.accountId })
    assert.deepEqual([staff.cell?.score, staff.gradeItem.held], ['456.79', true])
  })

  it('is no more told in homework that counts in it', async () => {
    const { id: deliveryId } = await host.request(quizRoutes.assign, {
      activityId: held.quiz.activityId,
      dueAt: new Date(Date.now() + 3_600_000).toISOString(),
      gradeItemId,
      shows: 'at-once',
      audience: 'everybody',
    })
    const itemId = held.quiz.itemIds[0] ?? assert.fail()
    await lena.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: ['b'] } })
    await lena.request(quizRoutes.finish, { deliveryId })
    const { result } = await lena.request(quizRoutes.get, { deliveryId })
    assert.deepEqual([result?.held, result?.score, result?.grade], ['held-back', null, null])
    assert.ok(result?.items.every(one => one.key === null && one.score === null && one.ruling === null))
    assert.doesNotMatch(JSON.stringify(result), canary)
  })

  it('is released with one act: they read it, and are told then and not before', async () => {
    const own = await lena.subscribe(userScope, lena.accountId)
    const before = own.state().changed.grades
    // What was worked out long ago is new when it is released.
    await sql("update grades set computed_at = now() - interval '40 days' where grade_item_id = $1", [gradeItemId])
    assert.deepEqual(await host.request(gradeRoutes.previewRelease, { gradeItemId }), { people: 1 })
    await set({ held: false })
    await own.until(state => state.changed.grades > before, 'word of the release')
    const mine = await lena.request(gradeRoutes.mine, { courseId: run.courseId })
    assert.deepEqual(
      mine.cells.map(one => one.score),
      ['456.79'],
    )
    assert.match(await everything(), /456\.79/)
    assert.equal(await known(), true)
    await waitFor(async () => (await resultsTold()) === 1 || undefined, 'the notification')
    const today = await lena.request(todayRoutes.list, {})
    assert.ok(today.items.some(one => one.kind === 'graded' && one.item?.refId === gradeItemId))
    const recap = await lena.request(liveRoutes.recap, { runId: run.id })
    assert.deepEqual([recap.heldBack, recap.items[0]?.result?.score], [false, '1'])
  })

  it('takes it from them again when it is held back again, out of what is unread too, and tells nobody twice', async () => {
    const bell = await lena.subscribe(notificationsScope, lena.accountId)
    // What the bell counts is what is listed, whatever else is told meanwhile.
    const agreed = (results: number) => async () => {
      const { items } = await lena.request(notificationRoutes.list, { show: 'unread' })
      const told = items.filter(one => one.kind === 'result').length
      return (told === results && bell.state().unread === items.length) || undefined
    }
    await waitFor(agreed(1), 'the bell to count the result')
    await set({ held: true })
    await waitFor(agreed(0), 'the result to be told no more')
    assert.doesNotMatch(await everything(), canary)
    assert.equal(await resultsTold(), 0)
    await set({ held: false })
    await waitFor(agreed(1), 'the notification to be there again')
    assert.equal(await resultsTold(), 1)
    const [row] = await sql<{ count: number }>(
      "select count(*)::int as count from notifications where account_id = $1 and kind = 'result'",
      [lena.accountId],
    )
    assert.equal(row?.count, 1)
  })

  it('is released by itself at its moment, unless that was taken back', async () => {
    const at = new Date(Date.now() + 86_400_000).toISOString()
    await assert.rejects(set({ held: true, releasesAt: new Date(Date.now() - 1000).toISOString() }), {
      code: 'malformed',
    })
    assert.equal((await set({ held: true, releasesAt: at })).releasesAt, at)
    const later = { gradeItemId, at }
    const release = (data: object) =>
      arrange(async ctx => {
        await releaseJob.run(ctx, data)
      })
    await release({ ...later, at: new Date(0).toISOString() })
    assert.equal((await item()).held, true, 'a moment that was put off is no more one')
    await release(later)
    const now = await item()
    assert.deepEqual([now.held, now.releasesAt], [false, null])
    await release(later)
    assert.equal((await item()).version, now.version)
  })

  it('is every new one where the course says so', async () => {
    const { courseId } = run
    await assertConverges(host, gradebookScope, courseId, () =>
      host.request(gradeRoutes.changeBook, { courseId, holds: true }),
    )
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    await host.request(quizRoutes.assign, { activityId: held.quiz.activityId, dueAt })
    const columns = async () => (await host.request(gradeRoutes.table, { courseId })).gradeItems.map(one => one.held)
    assert.deepEqual(await columns(), [false, true])
    const copied = { courseId: held.course.courseId, how: 'make' as const, title: 'Next year', shift: { days: 365 } }
    const { course } = await host.request(copyRoutes.copy, copied)
    const copy = await host.subscribe(gradebookScope, course?.id ?? assert.fail())
    assert.equal(copy.state().holds, true, 'and so are those of its copies')
    await host.request(gradeRoutes.changeBook, { courseId, holds: false })
    await host.request(quizRoutes.assign, { activityId: held.quiz.activityId, dueAt })
    assert.deepEqual(await columns(), [false, true, false])
  })

  it('is not for a guest of the class to read either, nor for an assistant without the right to turn', async () => {
    const open = await host.request(liveRoutes.start, { courseId: run.courseId, activityIds: [held.quiz.activityId] })
    const guest = await guestClient(node, open.code ?? '', 'Gus')
    const column = { gradeItemId: open.gradeItemId as GradeItemId }
    await host.request(gradeRoutes.release, { ...column, version: 0, held: true })
    await host.call(liveCalls.end, { runId: open.id })
    const recap = await guest.request(liveRoutes.recap, { runId: open.id })
    assert.deepEqual([recap.grade, recap.heldBack], [null, true])

    const admin = await signedInClient(node, { role: 'administrator' })
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Lab assistant', copyOf: 'assistant' })
    assert.ok(role.capabilities.includes('grade.release'))
    const capabilities = role.capabilities.filter(one => one !== 'grade.release')
    await admin.request(accessRoutes.changeRole, { roleId: role.key as never, version: 0, capabilities })
    const lab = await signedInClient(node, { name: 'Lab' })
    const place = { kind: 'course' as const, id: run.courseId }
    await admin.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: lab.accountId })
    const version = 1
    await lab.request(gradeRoutes.table, { courseId: run.courseId })
    const refused = { code: 'not-allowed' }
    await assert.rejects(lab.request(gradeRoutes.release, { ...column, version, held: false }), refused)
    await assert.rejects(lab.request(gradeRoutes.previewRelease, column), refused)
    await assert.rejects(lab.request(gradeRoutes.changeBook, { courseId: run.courseId, holds: true }), refused)
  })
})
