// Every act that changes what a class, homework, a gradebook or attendance shows, over a real node with its jobs: after each,
// whoever was watching has what a newcomer reads. Every write of these features is done here, every scope of theirs watched
// and every kind of theirs heard; one that is added and left out fails.
import assert from 'node:assert/strict'
import { peopleRoutes as schoolRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import type { ActivityKindName } from '#protocol/activities/registry.ts'
import type { Steer } from '#protocol/activities/staged.ts'
import { activityCalls, activityRoutes } from '#protocol/activities.ts'
import { attendanceRoutes } from '#protocol/attendance.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { address, feedKinds } from '#protocol/base/scope.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, type RunId, runHostsScope } from '#protocol/live.ts'
import { privacyRoutes } from '#protocol/privacy.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeFormer } from '#server/features/accounts/index.ts'
import { handRecordOver } from '#server/features/activities/index.ts'
import { handAttendanceOver } from '#server/features/attendance/index.ts'
import { handGradesOver } from '#server/features/grades/index.ts'
import { handSeatsOver } from '#server/features/live/index.ts'
import { features } from '#server/features.ts'
import { Acting, type Person, reaching } from './acting.ts'
import { guestClient, makePerson, makeQuiz, question, whoIs } from './classes.ts'
import { signedInClient } from './factories.ts'

import { type TestNode, testNode } from './harness.ts'
import type { Listening, TestClient } from './test-client.ts'

const owners = ['activities', 'live', 'grades', 'quizzes', 'attendance']
const owned = features.filter(one => owners.includes(one.name))

describe('whoever watches has what a newcomer reads', function () {
  // Some hundred acts, after each of which the queue runs empty.
  this.timeout(300_000)
  let node: TestNode
  let acting: Acting
  let watching: Acting['watching']
  let watched: Acting['watched']
  let [admin, host] = [] as unknown as [Person, Person]

  before(async () => {
    node = await testNode()
    acting = await Acting.begin(node)
    ;({ watching, watched } = acting)
    ;[admin, host] = [acting.who('admin'), acting.who('host')]
  })

  it('in a class, whatever is done to its plan, its people and its course', async () => {
    const { course } = acting
    const quiz = await makeQuiz(course, ['One', 'Two', 'Three'], { limitSeconds: null })
    await acting.watchCourse()
    const { courseId } = course
    const [lena, ida, ben] = [acting.who('Lena'), acting.who('Ida'), acting.who('Ben')]
    const run = await watched('start', () =>
      host.request(liveRoutes.start, { courseId, activityIds: [quiz.activityId], ranks: 'off' }),
    )
    const runId = run.id
    for (const one of [lena, ben, ida]) await one.request(liveRoutes.join, { runId })
    await acting.watchClass(run.id)
    const [gus, zoe] = [
      acting.noted(await guestClient(node, run.code!, 'Gus')),
      acting.noted(await guestClient(node, run.code!, 'Zoe')),
    ]
    const accountOf = (one: TestClient) => one.hellos.at(-1)?.accountId as AccountId
    await watched('ranks', () => host.call(liveCalls.changeRanks, { runId, ranks: 'names' }))
    const hosts = await host.subscribe(runHostsScope, runId)
    const steer = (what: Steer) =>
      watched(what.do, async () => {
        const { deliveryId, step } = hosts.state().stage!
        await host.call(liveCalls.steer, { runId, deliveryId, step, steer: what })
        // It closes by itself: told while the plan is changed, that would be no act of its own.
        const closed = what.do === 'finish' ? 'done' : what.do === 'lock' && 'closed'
        if (closed) await hosts.until(state => state.stage?.view.phase === closed, closed)
      })
    const { deliveryId } = hosts.state().stage!
    const answer = async (item: number, ...who: TestClient[]) => {
      const to = { deliveryId, itemId: quiz.itemIds[item]!, move: { optionIds: ['b'] } }
      for (const one of who) await one.call(activityCalls.answer, to)
    }
    const hand = (who: TestClient, up: boolean) => watched('hand', () => who.call(liveCalls.hand, { runId, up }))
    await acting.changePlan(quiz.activityId, 'waiting')
    await steer({ do: 'open', itemId: quiz.itemIds[0], limitSeconds: 600 })
    await answer(0, lena, ben, gus, zoe)
    await acting.changePlan(quiz.activityId, 'open')
    await steer({ do: 'pause' })
    await steer({ do: 'resume' })
    await steer({ do: 'extend', seconds: 60 })
    await steer({ do: 'lock' })
    await acting.changePlan(quiz.activityId, 'closed')
    await steer({ do: 'reveal' })
    await watched('board', () => host.call(liveCalls.showRanks, { runId, form: 'top' }))
    await acting.changePlan(quiz.activityId, 'revealed')

    for (const one of [lena, gus, zoe]) await hand(one, true)
    await watched('called on', () => host.call(liveCalls.callOn, { runId, accountId: lena.accountId }))
    await watched('renamed', () => acting.rename(lena, 'Lena Other'))
    await watched('guest merged', () =>
      admin.request(schoolRoutes.merge, { accountId: accountOf(gus), into: ida.accountId }),
    )
    await watched('guest erased', () =>
      admin.request(privacyRoutes.erase, { accountId: accountOf(zoe), name: 'Zoe', reason: 'Asked by mail' }),
    )
    await watched('lowered', () => host.call(liveCalls.lowerHand, { runId, accountId: lena.accountId }))
    await watched('all lowered', () => host.call(liveCalls.lowerHands, { runId }))
    await hand(ben, true)
    await watched('put out', () => host.call(liveCalls.putOut, { runId, accountId: ben.accountId }))
    await watched('let back', () => host.call(liveCalls.letBack, { runId, accountId: ben.accountId }))
    await hand(ben, true)
    await watched('suspended', () => admin.request(accountRoutes.suspend, { accountId: ben.accountId }))
    await watched('reactivated', () => admin.request(accountRoutes.reactivate, { accountId: ben.accountId }))
    for (const kind of ['poll', 'word-cloud', 'open-text'] as const) await askAndChange(kind, runId, hosts)
    // A board of what was ranked before, while something without ranks is on stage.
    await watched('renamed on a board of before', async () => {
      await host.call(liveCalls.showRanks, { runId, form: 'podium' })
      await acting.rename(lena, 'Lena Third')
    })
    await watched('nameless', () => host.call(liveCalls.changeRanks, { runId, ranks: 'nameless' }))
    await watched('merged on a nameless board', () =>
      admin.request(schoolRoutes.merge, { accountId: ben.accountId, into: ida.accountId }),
    )
    await watched('back on stage', () => host.call(liveCalls.putOnStage, { runId, deliveryId }))
    await steer({ do: 'next' })
    await steer({ do: 'finish' })
    await acting.changePlan(quiz.activityId, 'done')
    await watched('end', () => host.call(liveCalls.end, { runId }))
    await watched('renamed after the end', () => acting.renameCourse('Ended'))
    watching.assertAllTold()
  })

  /** Another kind on the stage of a class, asked on the spot, changed while it is open, and revealed. */
  async function askAndChange(kind: ActivityKindName, runId: RunId, hosts: Listening<typeof runHostsScope>) {
    const typed: WrittenQuestion = { type: 'open', body: { prompt: kind }, key: {} }
    const asked = await watched(`${kind} asked`, () =>
      host.call(liveCalls.ask, {
        ...{ runId, kind, limitSeconds: null },
        question: kind === 'poll' ? question(kind) : typed,
      }),
    )
    const { activityId, step } = hosts.state().stage!
    await acting.changePlan(activityId, 'open')
    const steer = async (what: Steer, at = hosts.state().stage!.step) =>
      host.call(liveCalls.steer, { runId, deliveryId: asked.deliveryId, step: at, steer: what })
    await watched(`${kind} closed`, async () => {
      await steer({ do: 'lock' }, step)
      await hosts.until(state => state.stage?.view.phase === 'closed')
    })
    await watched(`${kind} revealed`, () => steer({ do: 'reveal' }))
  }

  it('at home, in the gradebook and in attendance, whatever is done', async () => {
    const { courseId } = acting.course
    const [lena, ida, max, otto] = [acting.who('Lena'), acting.who('Ida'), acting.who('Max'), acting.who('Otto')]
    const asked = await makeQuiz(acting.course, ['Held'])
    await watching.leave()
    const run = await host.request(liveRoutes.start, { courseId, activityIds: [] })
    for (const one of [lena, ida]) await one.request(liveRoutes.join, { runId: run.id })
    await acting.watchCourse()
    await acting.watchClass(run.id)
    await watched('on the agenda', async () => {
      const { deliveryId } = await host.call(liveCalls.addActivity, { runId: run.id, activityId: asked.activityId })
      await host.call(liveCalls.putOnStage, { runId: run.id, deliveryId })
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: 0, steer: { do: 'open' } })
    })
    await watched('held', () => host.call(liveCalls.end, { runId: run.id }))
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()

    const activity = await watched('made', () =>
      host.request(activityRoutes.create, { courseId, kind: 'quiz', title: 'At home' }),
    )
    const activityId = activity.id
    const item = await watched('asked', () =>
      host.request(activityRoutes.addItem, { activityId, question: question('Home') }),
    )
    const attempts = { most: 3, counts: 'best' } as const
    const given = await watched('given', () => host.request(quizRoutes.assign, { activityId, dueAt, attempts }))
    const take = (who: Person, attempt: number, option: string) =>
      watched(`attempt ${attempt}`, async () => {
        const { id: deliveryId } = given
        if (attempt > 1) await who.request(quizRoutes.again, { deliveryId, attempt })
        const move = { optionIds: [option] }
        await who.call(activityCalls.answer, { deliveryId, itemId: item.id, move, attempt })
        await who.request(quizRoutes.finish, { deliveryId, attempt })
      })
    await take(lena, 1, 'a')
    await take(lena, 2, 'b')
    await take(otto, 1, 'b')
    const pia = acting.noted(await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Pia') }))
    await take(pia, 1, 'b')
    const into = await makePerson(courseId, 'learner', 'Pia too')
    const book = address(gradebookScope, courseId)
    const before = watching.head(book)
    await watched('merged with a grade', () => admin.request(schoolRoutes.merge, { accountId: pia.accountId, into }))
    assert.ok(watching.head(book) > before, 'the table names somebody else with the same grade')
    await watched('attempts', () =>
      host.request(quizRoutes.changeAttempts, { deliveryId: given.id, most: 2, counts: 'last' }),
    )
    await acting.changePlan(activityId, 'given', 'at home')
    const itemNow = async () =>
      (await host.request(activityRoutes.get, { activityId })).items.find(one => one.id === item.id)!
    await watched('corrected', async () => {
      const { version, question: now } = await itemNow()
      const right = { ...now.question, key: { optionIds: ['a'] } } as WrittenQuestion
      await host.request(gradeRoutes.correct, { itemId: item.id, ruling: 'by-key', question: right, version, note: '' })
    })
    await watched('caught up', () => host.request(liveRoutes.catchUp, { runId: run.id, dueAt }))
    const column = async () =>
      (await host.request(gradeRoutes.table, { courseId })).gradeItems.find(one => one.title === 'At home')!
    const gradeItemId = (await column()).id
    await watched('column', async () =>
      host.request(gradeRoutes.changeItem, {
        ...{ gradeItemId, version: (await column()).version },
        ...{ points: '20', title: 'At home' },
      }),
    )
    for (const held of [true, false])
      await watched(held ? 'held back' : 'released', async () =>
        host.request(gradeRoutes.release, { gradeItemId, version: (await column()).version, held }),
      )
    await watched('held at its moment', async () =>
      host.request(gradeRoutes.release, {
        ...{ gradeItemId, version: (await column()).version, held: true },
        releasesAt: new Date(Date.now() + 4_000).toISOString(),
      }),
    )
    await watched('book', () => host.request(gradeRoutes.changeBook, { courseId, holds: true }))
    await watched('grading', async () =>
      host.request(gradeRoutes.changeGrading, {
        ...{ courseId, version: (await host.request(gradeRoutes.grading, { courseId })).version },
        categories: [{ title: 'Home', weight: '100', drop: 0, columns: [gradeItemId] }],
      }),
    )

    for (const one of [lena, max])
      await watched('attendance', () =>
        host.request(attendanceRoutes.correct, {
          ...{ runId: run.id, accountId: one.accountId, version: 0 },
          status: 'excused',
        }),
      )
    await watched('renamed', () => acting.rename(otto, 'Otto Other'))
    await watched('merged with what was corrected', () =>
      admin.request(schoolRoutes.merge, { accountId: max.accountId, into: ida.accountId }),
    )
    for (const role of ['assistant', 'learner'] as const)
      await watched(role, () => host.request(peopleRoutes.changeRole, { courseId, accountId: otto.accountId, role }))
    await watched('taken out', () => host.request(peopleRoutes.endEnrolment, { courseId, accountId: otto.accountId }))
    await watched('erased', () =>
      admin.request(privacyRoutes.erase, { accountId: otto.accountId, name: 'Otto Other', reason: 'Asked' }),
    )
    const courseTitle = (await host.request(courseRoutes.get, { courseId })).course.title
    for (const state of ['concluded', 'archived', 'concluded', 'published'] as const)
      await watched(state, () => host.request(lifeRoutes.changeState, { courseId, state }))

    // What is kept too long becomes nobody's, person by person.
    await watched('handed over', () =>
      node.as(whoIs(host.accountId)).act(async ctx => {
        const [into] = await makeFormer(ctx, 1)
        const people = [{ from: lena.accountId, into: into ?? assert.fail() }]
        await handRecordOver(ctx, courseId, people)
        await handGradesOver(ctx, courseId, people)
        await handSeatsOver(ctx, courseId, people)
        await handAttendanceOver(ctx, courseId, people)
      }),
    )
    await watched('begun anew', () =>
      host.request(resetRoutes.reset, { courseId, how: 'make', parts: ['work', 'marks'], title: courseTitle }),
    )

    // Nobody reads a course in the bin; its people are told, and find it as it was.
    await watching.leave()
    await acting.watchOwn()
    await watched('removed', () => host.request(lifeRoutes.remove, { courseId }))
    await watched('restored', () => host.request(lifeRoutes.restore, { courseId }))
    await acting.watchCourse()
    await acting.watchClass(run.id)
    await watched('renamed at last', () => acting.renameCourse('Cells again'))
    watching.assertAllTold()
  })

  it('leaves out no write, no scope and nothing that is told in one', () => {
    const writes = owned.flatMap(one => one.bindings ?? []).filter(one => one.spec.kind === 'write')
    const wanted = [...writes.map(one => one.spec.name), ...reaching]
    assert.deepEqual(
      wanted.filter(name => !acting.done.has(name)),
      [],
    )
    const scopes = [...owned.flatMap(one => one.scopes ?? []).map(one => one.spec), userScope]
    // What observers hear is told in the tests of observers.
    const kinds = scopes
      .flatMap(spec => feedKinds(spec).map(kind => `${spec.name}.${kind}`))
      .filter(kind => kind !== 'user.observedChanged')
    assert.deepEqual(
      kinds.filter(kind => !watching.heard.has(kind)),
      [],
    )
  })
})
