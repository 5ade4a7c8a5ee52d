// The report of a class: everybody who took part with every answer, for its staff alone, in few queries at any size.
import assert from 'node:assert/strict'
import type { Steer } from '#protocol/activities/staged.ts'
import { activityCalls } from '#protocol/activities.ts'
import { channelScope } from '#protocol/channels.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { classReport } from './queries/report.ts'
import { demandHost } from './queries/standing.ts'

describe('the report of a class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('tells staff who answered what and what it earned, a page at a time and as a file', async () => {
    const { run, code, host, quiz, course } = await startClass(node, ['=First', 'Second', 'Never asked'])
    const lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    const absent = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Abel') })
    await lena.request(liveRoutes.join, { runId: run.id })
    const guest = await guestClient(node, code, '=Gus')
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId } = hosts.state().stage!
    const steer = async (verb: Steer['do'], until: string) => {
      const { step } = hosts.state().stage!
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: verb } as Steer })
      await hosts.until(state => state.stage!.view.phase === until && state.stage!.step > step, until)
    }
    const answer = (who: typeof lena | typeof guest, at: number, option: string) =>
      who.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[at]!, move: { optionIds: [option] } })
    await steer('open', 'open')
    await answer(lena, 0, 'b')
    await answer(guest, 0, 'a')
    await steer('lock', 'closed')
    await steer('next', 'open')
    await answer(lena, 1, 'b')
    await host.call(liveCalls.end, { runId: run.id })

    // The last question closes a moment later, for answers that are on their way.
    const report = await waitFor(async () => {
      const now = await host.request(liveRoutes.report, { runId: run.id })
      return now.items[0]?.answers.length === 2 && now.items[0]?.grade?.score === '2.5' ? now : undefined
    }, 'the grades of both questions')
    assert.deepEqual(
      report.questions.map(one => [one.prompt, one.points, one.scored]),
      [
        ['=First', '1', true],
        ['Second', '1', true],
      ],
    )
    assert.deepEqual([report.run.phase, report.count, report.next], ['ended', 2, undefined])
    assert.deepEqual(
      report.items.map(one => [one.name, one.role, one.grade?.score]),
      [
        ['=Gus', 'guest', '2.5'],
        ['Lena', 'learner', '10'],
      ],
    )
    const gus = report.items[0]!.answers
    assert.deepEqual(
      [0, 1].map(at => gus.find(one => one.itemId === quiz.itemIds[at])).map(one => [one?.answered, one?.score]),
      [
        [true, '0'],
        [false, '0'],
      ],
    )
    const first = await host.request(liveRoutes.report, { runId: run.id, limit: 1 })
    const second = await host.request(liveRoutes.report, { runId: run.id, limit: 1, after: first.next })
    assert.deepEqual([first.items[0]?.name, second.items[0]?.name, second.next], ['=Gus', 'Lena', undefined])
    assert.deepEqual([first.count, second.count], [2, 2])
    assert.deepEqual([first.questions.length, second.questions.length], [2, 0])
    const cells = await host.request(gradeRoutes.table, { courseId: run.courseId, limit: 1 })
    const more = await host.request(gradeRoutes.table, { courseId: run.courseId, limit: 1, after: cells.next })
    assert.deepEqual([cells.gradeItems.length, more.gradeItems.length, more.items.length], [1, 0, 1])

    const file = await (await host.raw('GET', `/runs/${run.id}/report.csv`)).text()
    assert.match(file, /"'=First \(1\)"/)
    assert.match(file, /"'=Gus \(guest\)",.*"0","No answer","1","2.5"/)

    for (const [who, code] of [
      [lena, 'not-allowed'],
      [guest, 'not-allowed'],
      [absent, 'not-found'],
      [await signedInClient(node), 'not-found'],
    ] as const) {
      await assert.rejects(who.request(liveRoutes.report, { runId: run.id }), { code })
      assert.notEqual((await who.raw('GET', `/runs/${run.id}/report.csv`)).status, 200)
    }
    // Who missed it may read it all the same; who is of no course here may not.
    const read = await absent.subscribe(runScope, run.id)
    assert.equal(read.state().run.phase, 'ended')
    const talk = await absent.subscribe(channelScope, run.channelId)
    await talk.until(state => !state.channel.open, 'the chat to be there, and closed')
    await assert.rejects((await signedInClient(node)).subscribe(runScope, run.id), { code: 'not-found' })
    await assert.rejects(host.request(liveRoutes.report, { runId: run.id, after: 'nonsense' }), { code: 'malformed' })
  })

  it('asks seven queries for a page of a large class, one of them for the figures on top', async () => {
    const { run, host, course } = await startClass(node)
    await arrange(ctx =>
      ctx.sql(
        `with made as (
           insert into accounts (id, kind, name, site_role)
           select gen_random_uuid(), 'guest', 'Guest ' || n, 'guest' from generate_series(1, 300) n returning id
         )
         insert into seats (run_id, account_id, role, joined_at) select $1, id, 'guest', now() from made`,
        [run.id],
      ),
    )
    let asked = 0
    const ctx = testCtx({
      who: { kind: 'account', accountId: course.instructorId, sessionId: '' as never, siteRole: 'member', name: '' },
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    await demandHost(ctx, run.id)
    const page = await classReport(ctx, { runId: run.id, limit: 200 })
    assert.deepEqual([page.items.length, page.count], [200, 300])
    assert.ok(asked <= 7, `${asked} queries`)
    const whole = await (await host.raw('GET', `/runs/${run.id}/report.csv`)).text()
    assert.equal(whole.trim().split('\r\n').length, 301)
  })
})
