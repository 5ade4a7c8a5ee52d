// Progress over a real node: what a learner does is done there and for the staff at once, and nothing is counted that
// was not asked of them.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import type { ItemId } from '#protocol/activities.ts'
import { activityCalls } from '#protocol/activities.ts'
import { conditionsScope } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { progressCalls, progressRoutes, progressScope } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makePerson, makeQuiz, startClass, type TestClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { completionTable, mostLooked } from './queries/table.ts'

describe('progress', () => {
  let node: TestNode
  let world: TestClass
  let lena: Awaited<ReturnType<typeof signedInClient>>
  let abel: Awaited<ReturnType<typeof signedInClient>>
  let courseId: string
  let pageId: string
  before(async () => {
    node = await testNode()
    world = await startClass(node, ['What is a cell'])
    courseId = world.course.courseId
    lena = await signedInClient(node, { accountId: await makePerson(world.course.courseId, 'learner', 'Lena') })
    abel = await signedInClient(node, { accountId: await makePerson(world.course.courseId, 'learner', '=Abel') })
    const made = await world.host.request(contentRoutes.createPage, { courseId, title: 'Read me', published: true })
    pageId = made.page.id
    await world.host.request(contentRoutes.createPage, { courseId, title: 'Draft', published: false })
  })

  const mine = async (who = lena) => {
    const { items, sum, next } = await who.request(progressRoutes.mine, { courseId })
    const title = items.find(one => one.itemId === next)?.title ?? null
    return { cells: Object.fromEntries(items.map(one => [one.kind, one.cell.state])), sum, next: title }
  }

  it('follows what a learner reads, attends and hands in, and leads to what is next', async () => {
    const staff = await world.host.subscribe(progressScope, courseId)
    assert.deepEqual(await mine(), {
      cells: { page: 'open', class: 'open' },
      sum: { done: 0, of: 2, missed: 0, late: 0 },
      next: world.run.title,
    })
    await lena.request(liveRoutes.join, { runId: world.run.id })
    await lena.call(progressCalls.readPage, { courseId, pageId })
    await lena.call(progressCalls.readPage, { courseId, pageId })
    await waitFor(() => staff.fleeting.some(one => one.kind === 'moved'), 'word for the staff')
    assert.deepEqual((await mine()).sum, { done: 2, of: 2, missed: 0, late: 0 })

    const quiz = await makeQuiz(world.course, ['At home'])
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const homework = await world.host.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt: soon })
    assert.deepEqual(await mine(), {
      cells: { page: 'done', class: 'done', homework: 'open' },
      sum: { done: 2, of: 3, missed: 0, late: 0 },
      next: 'Quiz',
    })
    await lena.call(activityCalls.answer, {
      deliveryId: homework.id,
      itemId: quiz.itemIds[0] as ItemId,
      move: { optionIds: ['b'] },
    })
    await lena.request(quizRoutes.finish, { deliveryId: homework.id })
    assert.deepEqual((await mine()).sum, { done: 3, of: 3, missed: 0, late: 0 })
    const { items } = await lena.request(progressRoutes.courses, {})
    assert.deepEqual(items, [{ courseId, sum: { done: 3, of: 3, missed: 0, late: 0 } }])
    // What would tell a right answer before the homework is over is held.
    assert.equal((await lena.request(progressRoutes.mine, { courseId })).grade, null)
  })

  it('says who missed the class, to them and to staff, until they catch up; nothing is asked of latecomers', async () => {
    const { deliveryId, step } = (await world.host.subscribe(runHostsScope, world.run.id)).state().stage!
    await world.host.call(liveCalls.steer, { runId: world.run.id, deliveryId, step, steer: { do: 'open' } })
    await world.host.call(liveCalls.end, { runId: world.run.id })
    const late = await signedInClient(node, { accountId: await makePerson(world.course.courseId, 'learner', 'Zoe') })
    assert.deepEqual((await mine(abel)).sum, { done: 0, of: 3, missed: 1, late: 0 })
    assert.deepEqual((await mine(late)).cells, { page: 'open', homework: 'open' })
    const behind = await world.host.request(progressRoutes.table, { courseId, filter: 'behind' })
    assert.deepEqual(
      behind.rows.map(row => [row.name, row.sum.missed]),
      [['=Abel', 1]],
    )
    const first = await world.host.request(progressRoutes.table, { courseId, limit: 1 })
    const second = await world.host.request(progressRoutes.table, { courseId, limit: 1, after: first.next })
    assert.deepEqual([first.rows[0]?.name, second.rows[0]?.name], ['=Abel', 'Lena'])
    assert.deepEqual([first.items.length, second.items.length, second.rows[0]?.cells.length], [3, 0, 3])

    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    await world.host.request(liveRoutes.catchUp, { runId: world.run.id, dueAt })
    const own = (await abel.request(progressRoutes.mine, { courseId })).items.find(one => one.kind === 'class')
    assert.deepEqual([own?.cell.state, own?.cell.how], ['open', 'caught-up'])
    const file = await (await world.host.raw('GET', `/courses/${courseId}/completion.csv`)).text()
    assert.match(file, /"'=Abel","0",/)
    await sql("update accounts set locale = 'ar-EG' where id = $1", [world.course.instructorId])
    const arabic = await (await world.host.raw('GET', `/courses/${courseId}/completion.csv`)).text()
    assert.match(arabic, /^"المتعلم",/)
    await assert.rejects(world.host.call(progressCalls.readPage, { courseId, pageId }), { code: 'not-allowed' })
  })

  it('counts what staff say makes an item done: a word of the learner, or nothing at all', async () => {
    const { course, host } = await startClass(node)
    const { courseId } = course
    const page = { courseId, title: 'Water the bean', published: true }
    const { page: made } = await host.request(contentRoutes.createPage, page)
    const nina = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Nina') })
    const itemOf = async () =>
      (await nina.request(progressRoutes.mine, { courseId })).items.find(one => one.refId === made.id)
    const itemId = (await itemOf())?.itemId ?? assert.fail()
    const mark = { courseId, itemId, done: 'yes' } as const
    await assert.rejects(nina.request(progressRoutes.mark, mark), { code: 'not-found' })
    const rule = { courseId, itemId, asks: 'by-hand', version: 0 } as const
    await assertConverges(nina, conditionsScope, courseId, () =>
      assertConverges(host, progressScope, courseId, () => host.request(progressRoutes.changeRule, rule)),
    )
    await assert.rejects(host.request(progressRoutes.changeRule, rule), { code: 'conflict' })
    await nina.call(progressCalls.readPage, { courseId, pageId: made.id })
    assert.deepEqual([(await itemOf())?.cell.state, (await itemOf())?.cell.how], ['open', 'marked'])
    const own = await nina.subscribe(userScope, nina.accountId)
    const heard = own.head()
    await nina.request(progressRoutes.mark, mark)
    await waitFor(() => own.head() > heard, 'word on the other devices of the person')
    assert.equal((await itemOf())?.cell.state, 'done')
    await nina.request(progressRoutes.mark, { ...mark, done: 'no' })
    assert.equal((await itemOf())?.cell.state, 'open')
    await host.request(progressRoutes.changeRule, { ...rule, asks: 'nothing', version: 1 })
    assert.equal(await itemOf(), undefined)
  })

  it('asks three queries for a page of the table', async () => {
    let asked = 0
    const ctx = testCtx({
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    const table = await completionTable(ctx, { courseId, filter: 'all', limit: 200 })
    assert.deepEqual([table.rows.length, asked], [3, 3])
  })

  it('looks at so many learners for a page of those behind and no more, and goes on from there', async () => {
    const { course } = await startClass(node)
    const people = 2 * mostLooked + 10
    await arrange(ctx =>
      ctx.sql(
        `with made as (
           insert into accounts (id, kind, name, site_role)
           select gen_random_uuid(), 'member', 'Many ' || n, 'member' from generate_series(1, $2) n returning id
         ), enrolled as (
           insert into enrolments (id, course_id, account_id, how, at)
           select gen_random_uuid(), $1, id, 'by hand', now() from made returning account_id
         )
         insert into role_assignments (context_kind, context_id, account_id, role, assigned_at)
         select 'course', $1, account_id, 'learner', now() from enrolled`,
        [course.courseId, people],
      ),
    )
    let asked = 0
    const ctx = testCtx({
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    let pages = 0
    let most = 0
    let after: string | undefined
    do {
      asked = 0
      const page = await completionTable(ctx, { courseId: course.courseId, filter: 'behind', after, limit: 100 })
      assert.deepEqual(page.rows, [])
      most = Math.max(most, asked)
      after = page.next
      pages += 1
    } while (after)
    assert.deepEqual([pages, most], [3, 1 + 2 * (mostLooked / 100)])
  })
})
