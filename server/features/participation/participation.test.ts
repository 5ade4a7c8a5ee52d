// Participation by week: what was done is counted in the week of the course's clocks, the rows behind a number are as
// many as it says, and a large course costs as many queries as a small one.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type ActivityId, activityCalls, type ItemId } from '#protocol/activities.ts'
import { dayIn } from '#protocol/base/days.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { channelCalls } from '#protocol/channels.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { participationRoutes } from '#protocol/participation.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makePerson, makeQuiz, startClass } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { courseParticipation, siteParticipation } from './queries.ts'
import { endOf, weeksUntil } from './rules.ts'

describe('participation', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('knows its weeks', () => {
    assert.deepEqual(weeksUntil('2026-03-04', 2), ['2026-02-23', '2026-03-02'])
    assert.deepEqual(weeksUntil('2026-03-01', 1), ['2026-02-23'])
    assert.equal(endOf(['2026-02-23']), '2026-03-02')
    assert.equal(dayIn('Pacific/Auckland', new Date('2026-03-01T12:00:00.000Z')), '2026-03-02')
  })

  it('counts classes, answers, homework and messages, and shows what is behind each number', async () => {
    const { run, host, course, quiz } = await startClass(node, ['One', 'Two'])
    const { courseId } = course
    const lena = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', '=Lena') })
    await makePerson(courseId, 'learner', 'Abel')
    await lena.request(liveRoutes.join, { runId: run.id })
    const { deliveryId, step } = (await host.subscribe(runHostsScope, run.id)).state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    const answer = (of: string, itemId: ItemId, choice: string) =>
      lena.call(activityCalls.answer, { deliveryId: of, itemId, move: { optionIds: [choice] } })
    await answer(deliveryId, quiz.itemIds[0]!, 'a')
    await answer(deliveryId, quiz.itemIds[0]!, 'b')
    const { messageId } = await lena.call(channelCalls.send, { channelId: run.channelId, text: 'Hello' })
    const dueAt = new Date(Date.now() + 20_000).toISOString()
    const home = await makeQuiz(course, ['At home'])
    const assigned = await host.request(quizRoutes.assign, { activityId: home.activityId as ActivityId, dueAt })
    await lena.request(quizRoutes.finish, { deliveryId: assigned.id })

    const until = dueAt.slice(0, 10)
    const read = () => host.request(participationRoutes.course, { courseId, until })
    const { weeks, rows } = await read()
    const thisWeek = { classes: 1, held: 1, answers: 1, asked: 1, handedIn: 1, due: 1, messages: 1 }
    assert.deepEqual([weeks.length, rows.map(row => row.name)], [12, ['=Lena', 'Abel']])
    assert.deepEqual(rows[0]?.weeks.at(-1), thisWeek)
    assert.deepEqual(rows[1]?.weeks.at(-1), { ...thisWeek, classes: 0, answers: 0, handedIn: 0, messages: 0 })
    assert.ok(rows[0]?.weeks.slice(0, -1).every(one => one.held + one.due + one.messages === 0))
    const behind = { courseId, accountId: lena.accountId, week: weeks.at(-1)! }
    const found = await host.request(participationRoutes.rows, behind)
    assert.deepEqual([found.classes.length, found.classes[0]?.answers, found.classes[0]?.attended], [1, 1, true])
    assert.deepEqual([found.homework.length, found.messages.map(one => one.text)], [1, ['Hello']])
    // Moderating afterwards changes no number.
    await host.call(channelCalls.remove, { messageId })
    assert.deepEqual((await read()).rows[0]?.weeks.at(-1), thisWeek)
    assert.deepEqual((await host.request(participationRoutes.rows, behind)).messages, [
      { at: found.messages[0]!.at, text: null },
    ])
    const earlier = await host.request(participationRoutes.course, { courseId, until: '2020-01-01' })
    assert.ok(earlier.rows[0]?.weeks.every(one => one.held === 0))
    const file = await (await host.raw('GET', `/courses/${courseId}/participation.csv?until=${until}`)).text()
    assert.match(file, new RegExp(`"'=Lena","${weeks.at(-1)}","1","1","1","1","1","1","1"`))
    assert.match(file, new RegExp(`"'=Lena","${weeks.at(-2)}","","","","","","","0"`))
    const admin = await signedInClient(node, { role: 'administrator' })
    const all = await admin.request(participationRoutes.site, { until })
    const sum = all.rows.find(row => row.courseId === courseId)
    assert.deepEqual([sum?.learners, sum?.weeks.at(-1)?.held, sum?.weeks.at(-1)?.classes], [2, 2, 1])
    const strange = { ...behind, accountId: randomUUID() as AccountId }
    await assert.rejects(host.request(participationRoutes.rows, strange), { code: 'not-found' })
  })

  it('asks seven queries for a page of 200, and for all courses', async () => {
    const { course, run } = await startClass(node)
    await arrange(ctx =>
      ctx.sql(
        `with made as (
           insert into accounts (id, kind, name, site_role)
           select gen_random_uuid(), 'guest', 'Guest ' || n, 'guest' from generate_series(1, 400) n returning id
         ), enrolled as (
           insert into enrolments (id, course_id, account_id, how, at)
           select gen_random_uuid(), $1, id, 'by hand', now() from made returning account_id
         )
         insert into role_assignments (context_kind, context_id, account_id, role, assigned_at)
         select 'course', $1, account_id, 'learner', now() from enrolled`,
        [course.courseId],
      ),
    )
    await sql(
      `insert into seats (run_id, account_id, role, joined_at)
       select $1, account_id, 'learner', now() from enrolments where course_id = $2
       on conflict do nothing`,
      [run.id, course.courseId],
    )
    let asked = 0
    let read = 0
    const ctx = testCtx({
      sql: async <Row extends object>(text: string, values?: readonly unknown[]) => {
        asked += 1
        const rows = await sql<Row>(text, values)
        read += rows.length
        return rows
      },
    })
    const page = await courseParticipation(ctx, { courseId: course.courseId, limit: 200 })
    assert.deepEqual([page.rows.length, typeof page.next, asked], [200, 'string', 7])
    asked = 0
    read = 0
    const whole = await siteParticipation(ctx, { limit: 200 })
    const mine = whole.rows.find(row => row.courseId === course.courseId)
    assert.ok((mine?.weeks.at(-1)?.classes ?? 0) >= 400)
    assert.ok(asked <= 7, `${asked} queries`)
    // Counted where the rows are: no more of them come than there are courses and weeks.
    assert.ok(read < 100, `${read} rows`)
  })
})
