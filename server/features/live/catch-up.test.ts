// A class somebody missed: what it was asked, given to the absent alone. They are measured against what was given to
// them, nobody else meets it, and nothing tells what was right while their classmates still have it.
import assert from 'node:assert/strict'
import type { Steer } from '#protocol/activities/staged.ts'
import { type ActivityId, activityCalls, activityRoutes, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, runHostsScope, runScope } from '#protocol/live.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { todayRoutes } from '#protocol/today.ts'
import { deliveries } from '#server/features/activities/index.ts'
import { closeDue } from '#server/features/quizzes/actions/homework.ts'
import { makeCourse, makePerson, makeQuiz, question } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('homework for those who missed a class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()

  /** A class that ended: a quiz of two and a poll of one, all answered by Petra and nobody else. */
  async function heldClass(grade: object = {}) {
    const course = await makeCourse()
    const { courseId } = course
    const quiz = await makeQuiz(course, ['Q1', 'Q2'])
    const host = await signedInClient(node, { accountId: course.instructorId })
    const poll = await host.request(activityRoutes.create, { courseId, kind: 'poll', title: 'Mood' })
    const polled = { activityId: poll.id, question: question('How are you') }
    const pollItem = await host.request(activityRoutes.addItem, polled)
    const join = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    const petra = await join('Petra Present')
    const absent = await join('Abel Absent')
    const second = await join('Zoe Absent')
    const activityIds = [quiz.activityId, poll.id as ActivityId]
    const run = await host.request(liveRoutes.start, { courseId, activityIds, grade })
    await petra.request(liveRoutes.join, { runId: run.id })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const steer = async (verb: Steer['do'], phase: string) => {
      const { deliveryId, step } = hosts.state().stage ?? assert.fail()
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: verb } as Steer })
      await hosts.until(
        state => state.stage?.deliveryId === deliveryId && state.stage.view.phase === phase && state.stage.step > step,
        phase,
      )
      return deliveryId
    }
    const asked = async (itemId: ItemId, option: string) => {
      const deliveryId = await steer('next', 'open')
      await petra.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: [option] } })
      await steer('lock', 'closed')
    }
    await asked(quiz.itemIds[0]!, 'b')
    await asked(quiz.itemIds[1]!, 'a')
    const pollDelivery = hosts.state().agenda[1]!.deliveryId
    await host.call(liveCalls.putOnStage, { runId: run.id, deliveryId: pollDelivery })
    await hosts.until(state => state.stage?.deliveryId === pollDelivery, 'the poll')
    await asked(pollItem.id, 'c')
    await host.call(liveCalls.end, { runId: run.id })
    const explain = (who: Client, of: Client) =>
      who.request(gradeRoutes.explain, { gradeItemId: run.gradeItemId as never, accountId: of.accountId })
    await waitFor(async () => (await explain(host, petra)).cell?.answered === 3, 'the grade of the class')
    return { courseId, quiz, poll, run, host, petra, absent, second, explain }
  }

  const take = async (who: Client, deliveryId: DeliveryId, itemIds: readonly ItemId[], option = 'b') => {
    for (const itemId of itemIds)
      await who.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: [option] } })
    return who.request(quizRoutes.finish, { deliveryId })
  }

  it('measures each person against what was given to them, and says why', async () => {
    const { courseId, quiz, run, host, petra, absent, second, explain } = await heldClass()
    const before = (await host.request(gradeRoutes.table, { courseId })).items.map(row => row.empty.map(one => one.why))
    assert.deepEqual(before, [['absent'], [], ['absent']])
    const into = { gradeItemId: run.gradeItemId, audience: 'unanswered' as const, shows: 'at-once' as const }
    const { id } = await host.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt, ...into })
    const result = await take(absent, id, quiz.itemIds)
    assert.deepEqual([result.grade?.score, result.grade?.points, result.held], ['10', '10', null])
    const theirs = await explain(absent, absent)
    assert.deepEqual([theirs.cell?.answered, theirs.cell?.asked, theirs.cell?.caughtUp], [2, 2, true])
    assert.deepEqual([theirs.replaced, theirs.items.map(one => one.prompt)], [true, ['Q1', 'Q2']])
    const hers = await explain(petra, petra)
    assert.deepEqual([hers.cell?.answered, hers.cell?.asked, hers.replaced], [3, 3, false])
    assert.deepEqual(hers.parts, {
      taking: { score: '5', of: '5', answered: 3, asked: 3, caughtUp: 0, catchUp: 100 },
      right: { score: '2.5', of: '5', earned: '1', possible: '2' },
    })
    const after = (await host.request(gradeRoutes.table, { courseId })).items.map(row => row.empty.map(one => one.why))
    assert.deepEqual(after, [[], [], ['pending']])
    assert.equal((await explain(second, second)).empty?.why, 'pending')
  })

  it('stands in no scope of the course, and is read by those it was given to alone', async () => {
    const { courseId, quiz, run, host, petra, absent } = await heldClass()
    const into = { gradeItemId: run.gradeItemId, audience: 'unanswered' as const }
    const everybody = await petra.subscribe(courseScope, courseId)
    const head = everybody.head()
    let deliveryId = '' as DeliveryId
    const staff = await assertConverges(host, courseStaffScope, courseId, async () => {
      deliveryId = (await host.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt, ...into })).id
    })
    const placed = staff.drafts.find(one => one.refId === deliveryId) ?? assert.fail()
    assert.deepEqual([placed.kind, placed.published], ['homework', true])
    const fresh = await petra.subscribe(courseScope, courseId)
    assert.ok(!JSON.stringify([fresh.state(), petra.frames]).includes(deliveryId), 'others hear of it')
    assert.equal(fresh.head(), head)
    const mine = async (who: Client) => (await who.request(courseRoutes.mine, { courseId })).items.map(one => one.refId)
    assert.deepEqual([await mine(petra), await mine(absent)], [[], [deliveryId]])
    await assert.rejects(petra.request(quizRoutes.get, { deliveryId }), (problem: Problem) => {
      assert.deepEqual([problem.code, problem.params], ['not-for-you', { courseId, title: 'Quiz' }])
      return true
    })
    await assertConverges(host, courseStaffScope, courseId, () =>
      host.request(outlineRoutes.hideItem, { courseId, itemId: placed.id }),
    )
    assert.deepEqual(await mine(absent), [])
  })

  it('tells nobody what was right while a classmate still has it, whatever they ask', async () => {
    const { courseId, quiz, run, host, absent, second, explain } = await heldClass()
    const give = async (shows: 'after-due' | 'never', activityId: ActivityId, gradeItemId?: string) =>
      (await host.request(quizRoutes.assign, { activityId, dueAt, shows, ...(gradeItemId ? { gradeItemId } : {}) })).id
    const close = async (id: DeliveryId) => {
      await deliveries.update({ dueAt: new Date(Date.now() - 60_000) }, { where: { id } })
      await arrange(ctx => closeDue(ctx, id))
    }
    const told = async () => [
      await absent.request(quizRoutes.get, { deliveryId: id }),
      await explain(absent, absent),
      await absent.request(gradeRoutes.mine, { courseId }),
      await absent.request(liveRoutes.recap, { runId: run.id }),
      await absent.request(todayRoutes.list, {}),
      await (await absent.raw('GET', '/me/export')).text(),
    ]
    const id = await give('after-due', quiz.activityId, run.gradeItemId)
    const result = await take(absent, id, quiz.itemIds)
    assert.deepEqual([result.held, result.score, result.grade], ['after-due', null, null])
    const window = JSON.stringify(await told())
    assert.ok(!/"key":[^n]|"score":"/.test(window), 'a key or a score in the window of the others')
    await take(second, id, quiz.itemIds.slice(0, 1), 'a')
    await close(id)
    const over = await absent.request(quizRoutes.get, { deliveryId: id })
    assert.deepEqual([over.result?.held, over.result?.score, over.result?.grade?.score], [null, '2', '10'])
    assert.ok((await absent.request(todayRoutes.list, {})).items.some(one => one.item.refId === run.gradeItemId))

    const other = await makeQuiz({ courseId, instructorId: host.accountId }, ['Q3'])
    const never = await give('never', other.activityId)
    await take(absent, never, other.itemIds)
    await close(never)
    const kept = (await absent.request(quizRoutes.get, { deliveryId: never })).result
    assert.deepEqual([kept?.held, kept?.score, kept?.grade?.score], ['never', '1', '10'])
    assert.deepEqual([kept?.items[0]?.key, kept?.items[0]?.score], [null, null])
    const column = (await absent.request(gradeRoutes.mine, { courseId })).cells.at(-1) ?? assert.fail()
    const why = await absent.request(gradeRoutes.explain, {
      gradeItemId: column.gradeItemId,
      accountId: absent.accountId,
    })
    assert.deepEqual([why.cell?.score, why.items[0]?.question, why.items[0]?.score], ['10', null, null])
  })

  it('gives nothing of a class that was asked nothing', async () => {
    const course = await makeCourse()
    const { activityId } = await makeQuiz(course, ['Q1'])
    const host = await signedInClient(node, { accountId: course.instructorId })
    await makePerson(course.courseId, 'learner', 'Abel Absent')
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [activityId] })
    await host.call(liveCalls.end, { runId: run.id })
    await assert.rejects(
      host.request(liveRoutes.catchUp, { runId: run.id, dueAt }),
      (problem: Problem) => problem.code === 'nothing-asked',
    )
  })

  it('gives the whole class to the absent with one act, once, at what it is worth', async () => {
    const { courseId, quiz, run, host, petra, absent, second, explain } = await heldClass({ catchUp: 50 })
    const { runId, missing } = { runId: run.id, missing: await host.request(liveRoutes.absent, { runId: run.id }) }
    assert.deepEqual(missing, { people: 2, names: ['Abel Absent', 'Zoe Absent'], given: 0, caughtUp: 0 })
    assert.deepEqual(await host.request(liveRoutes.catchUp, { runId, dueAt }), { people: 2, activities: 2 })
    const refusedWith = (code: string) => (problem: Problem) => problem.code === code
    await assert.rejects(host.request(liveRoutes.catchUp, { runId, dueAt }), refusedWith('nobody-left'))
    await assert.rejects(petra.request(liveRoutes.catchUp, { runId, dueAt }), refusedWith('not-allowed'))
    const recap = await absent.request(liveRoutes.recap, { runId })
    assert.deepEqual(
      recap.catchUp.map(one => [one.title, one.finishedAt]),
      [
        ['Quiz', null],
        ['Mood', null],
      ],
    )
    assert.deepEqual((await petra.request(liveRoutes.recap, { runId })).catchUp, [])
    const [first, mood] = recap.catchUp.map(one => one.deliveryId) as [DeliveryId, DeliveryId]
    await take(absent, first, quiz.itemIds)
    const [asked] = (await absent.request(quizRoutes.get, { deliveryId: mood })).items
    await take(absent, mood, [asked!.id], 'd')
    // Three of three at home are worth half of taking part; both answers are right.
    const cell = (await explain(host, absent)).cell
    assert.deepEqual([cell?.score, cell?.answered, cell?.asked, cell?.caughtUp], ['7.5', 3, 3, true])
    assert.equal((await host.request(liveRoutes.absent, { runId })).caughtUp, 1)
    // One who has the course late was not due; who came back is asked for both.
    await signedInClient(node, { accountId: await makePerson(courseId as never, 'learner', 'Late') })
    assert.equal((await host.request(liveRoutes.absent, { runId })).people, 2)
    assert.equal((await second.request(courseRoutes.mine, { courseId })).items.length, 2)
  })

  it('hears of a key that is corrected while it stands on stage', async () => {
    const course = await makeCourse()
    const quiz = await makeQuiz(course, ['On stage'])
    const host = await signedInClient(node, { accountId: course.instructorId })
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [quiz.activityId] })
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
    const everybody = await host.subscribe(runScope, run.id)
    const asked = question('On stage')
    const corrected = { ...asked, key: { optionIds: ['d'] } } as typeof asked
    const input = { itemId: quiz.itemIds[0]!, ruling: 'by-key' as const, question: corrected, version: 0, note: '' }
    await host.request(gradeRoutes.correct, input)
    const keyOf = (view: { result?: unknown } | undefined) => JSON.stringify((view?.result as { key?: unknown })?.key)
    await everybody.until(state => keyOf(state.stage?.view) === '{"optionIds":["d"]}', 'the corrected key')
    await hosts.until(state => /"optionIds":\["d"\]/.test(JSON.stringify(state.stage?.view)), 'the same for hosts')
  })
})
