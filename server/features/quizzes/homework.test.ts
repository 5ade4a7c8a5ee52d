// One activity through both deliveries, over a real node: a class at ten, homework at six, one column in the gradebook,
// every response in one query with its mode. No key reaches a learner before the item is over for them.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { userScope } from '#protocol/accounts.ts'
import { activityCalls, activityRoutes, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem, ProblemCode } from '#protocol/base/problems.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { type GradeItemId, gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { questionRoutes } from '#protocol/questions.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { todayRoutes } from '#protocol/today.ts'
import { exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { attempts, createDelivery, deliveries, evidence, responses } from '#server/features/activities/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import { createGradeItem, grades } from '#server/features/grades/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode, waitFor } from '#server/test/harness.ts'
import {
  holdClass,
  makeActivity,
  makeCourse,
  makeLearners,
  pickedIn,
  singleQuestion,
  steerTo,
} from '#server/test/record.ts'
import { closeDue } from './actions/homework.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const refusedWith = (code: ProblemCode) => (error: Problem) => {
  assert.equal(error.code, code)
  return true
}

describe('homework', () => {
  let node: Awaited<ReturnType<typeof testNode>>
  let courseId = ''
  let teacher: Client
  let ada: Client
  let ben: Client
  let _cleo: Client

  before(async () => {
    node = await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
    const [a, b, c] = (await makeLearners(courseId, 'Ada', 'Ben', '=SUM(A1)')) as [AccountId, AccountId, AccountId]
    ada = await signedInClient(node, { accountId: a })
    ben = await signedInClient(node, { accountId: b })
    _cleo = await signedInClient(node, { accountId: c })
  })

  const hour = (hours = 1) => new Date(Date.now() + hours * 3_600_000).toISOString()

  const answer = (client: Client, deliveryId: DeliveryId, itemId: ItemId, ...optionIds: string[]) =>
    client.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds } })

  /** Closes homework that is due, as the job does; the gradebook and whoever began, Ben among them, hear of it. */
  const closing = async (deliveryId: DeliveryId) => {
    const own = await ben.subscribe(userScope, ben.accountId)
    const { grades: told } = own.state().changed
    await assertConverges(ben, userScope, ben.accountId, async () => {
      await assertConverges(teacher, gradebookScope, courseId, () =>
        node.as({ kind: 'nobody' }).act(ctx => closeDue(ctx, deliveryId)),
      )
      await own.until(state => state.changed.grades > told, 'whoever began to hear of it')
    })
  }

  const heldInClass = () => holdClass({ courseId, instructor: teacher.accountId }, ada.accountId)

  const cellOf = async (accountId: AccountId, gradeItemId: GradeItemId) => {
    const table = await teacher.request(gradeRoutes.table, { courseId })
    return table.items.find(row => row.accountId === accountId)?.cells.find(cell => cell.gradeItemId === gradeItemId)
  }

  it('puts class and homework of one activity into one column and one list of responses', async () => {
    const { activity, items, live, gradeItemId } = await heldInClass()
    const [first, second] = items.map(item => item.id) as [ItemId, ItemId]
    const assign = { activityId: activity.id, dueAt: hour(), gradeItemId, shows: 'at-once' as const }
    let deliveryId = '' as DeliveryId
    const course = await assertConverges(ben, courseScope, courseId, async () => {
      deliveryId = (await teacher.request(quizRoutes.assign, assign)).id
    })
    const placed = course.items.find(item => item.refId === deliveryId)
    assert.deepEqual([placed?.kind, placed?.badge, placed?.detail.dueAt], ['homework', 'open', assign.dueAt])

    const seen = await ben.request(quizRoutes.get, { deliveryId })
    assert.equal(seen.result, null)
    assert.ok(!/"key"/.test(JSON.stringify(seen)))
    assert.deepEqual(
      seen.items.map(item => item.id),
      [first, second],
    )
    assert.deepEqual(
      seen.items.map(item => ('options' in item.asked.body ? item.asked.body.options.map(option => option.id) : [])),
      [
        ['a', 'b', 'c'],
        ['a', 'b', 'c'],
      ],
    )

    const operation = randomUUID()
    const input = { deliveryId, itemId: first, move: { optionIds: ['a'] } }
    const receipt = await ben.call(activityCalls.answer, input, operation)
    assert.deepEqual(await ben.call(activityCalls.answer, input, operation), receipt)
    assert.equal((await answer(ben, deliveryId, first, 'b')).revision, 2)
    await answer(ben, deliveryId, second, 'c')
    const seat = await ben.call(activityCalls.seat, { deliveryId })
    assert.deepEqual(
      seat.answers.map(one => [one.itemId, one.revision]),
      [
        [first, 2],
        [second, 1],
      ],
    )

    const book = await assertConverges(teacher, gradebookScope, courseId, async () => {
      const result = await ben.request(quizRoutes.finish, { deliveryId })
      assert.deepEqual([result.score, result.points], ['2', '2'])
      assert.deepEqual(
        result.items.map(item => pickedIn(item.key)),
        [['b'], ['c']],
      )
    })
    assert.ok(book.items.some(item => item.id === gradeItemId))
    const again = await ben.request(quizRoutes.finish, { deliveryId })
    assert.equal(again.score, '2')
    await assert.rejects(answer(ben, deliveryId, first, 'c'), refusedWith('handed-in'))

    assert.deepEqual(await cellOf(ben.accountId, gradeItemId), {
      gradeItemId,
      score: '10',
      points: '10',
      answered: 2,
      asked: 2,
      modes: ['homework'],
      caughtUp: true,
      late: null,
    })
    assert.deepEqual(await cellOf(ada.accountId, gradeItemId), {
      gradeItemId,
      score: '7.5',
      points: '10',
      answered: 2,
      asked: 2,
      modes: ['live'],
      caughtUp: false,
      late: null,
    })

    const all = await teacher.request(activityRoutes.responses, { activityId: activity.id })
    assert.deepEqual(
      all.items.map(one => [one.mode, one.name, one.itemId, one.revision, one.counted, one.score]),
      [
        ['live', 'Ada', first, 1, true, '1'],
        ['live', 'Ada', second, 1, true, '0'],
        ['homework', 'Ben', first, 1, false, null],
        ['homework', 'Ben', first, 2, true, '1'],
        ['homework', 'Ben', second, 1, true, '1'],
      ],
    )
    assert.deepEqual(new Set(all.items.map(one => one.deliveryId)), new Set([live.id, deliveryId]))
    await assert.rejects(ada.request(activityRoutes.responses, { activityId: activity.id }), refusedWith('not-allowed'))
    for (const learner of [ada, ben]) assert.ok(!/"key"/.test(JSON.stringify(learner.frames)), 'a key in a feed')
  })

  it('closes by itself at its time, settles what was not handed in and refuses what comes after', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Short' })
    const assign = { activityId: activity.id, dueAt: new Date(Date.now() + 4_000).toISOString() }
    const { id } = await teacher.request(quizRoutes.assign, assign)
    await answer(ben, id, items[0]!.id, 'b')
    const listening = await teacher.subscribe(courseScope, courseId)
    await listening.until(
      state => state.items.some(item => item.refId === id && item.badge === 'ended'),
      'the homework to end',
    )
    await assert.rejects(answer(ada, id, items[0]!.id, 'b'), refusedWith('late'))
    await assert.rejects(answer(ben, id, items[0]!.id, 'a'), refusedWith('late'))
    const seen = await ben.request(quizRoutes.get, { deliveryId: id })
    assert.deepEqual([seen.result?.score, seen.seat.finishedAt], ['1', assign.dueAt])
    const mine = await ben.request(gradeRoutes.mine, { courseId })
    const column = mine.gradeItems.find(item => item.title === 'Short')
    assert.equal(mine.cells.find(cell => cell.gradeItemId === column?.id)?.score, '10')
    assert.equal(
      (await ada.request(gradeRoutes.mine, { courseId })).cells.some(cell => cell.gradeItemId === column?.id),
      false,
    )
  })

  it('holds back keys and scores of what a class is still to have, in whatever column', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Class to come' })
    const live = await arrange(ctx => createDelivery(ctx, { activityId: activity.id, mode: 'live' }))
    const assign = { activityId: activity.id, dueAt: hour(), shows: 'at-once' as const }
    const { id } = await teacher.request(quizRoutes.assign, assign)
    await answer(ben, id, items[0]!.id, 'b')
    const told = await ben.request(quizRoutes.finish, { deliveryId: id })
    const held = {
      score: null,
      points: '1',
      items: [{ itemId: items[0]!.id, score: null, points: '1', ruling: null, key: null }],
      held: 'elsewhere',
      grade: null,
    }
    assert.deepEqual(told, held)
    assert.deepEqual((await ben.request(quizRoutes.get, { deliveryId: id })).result, held)
    const { gradeItems } = await ben.request(gradeRoutes.mine, { courseId })
    const gradeItemId = gradeItems.find(one => one.title === 'Class to come')!.id
    const why = () => ben.request(gradeRoutes.explain, { gradeItemId, accountId: ben.accountId })
    assert.deepEqual(
      (await why()).items.map(item => [item.question, item.score, item.responses.map(one => one.counts)]),
      [[null, null, [false]]],
    )
    const taken = async () => {
      const { activities } = (await exportAccount(testCtx(), ben.accountId)) as {
        activities: { responses: { delivery_id: string; score: string | null }[] }
      }
      return activities.responses.filter(one => one.delivery_id === id).map(one => Number(one.score ?? -1))
    }
    // The totals would tell it as well: the list of grades, the head of the explanation, Today and the export.
    const totals = async () => {
      const mine = (await ben.request(gradeRoutes.mine, { courseId })).cells.find(
        one => one.gradeItemId === gradeItemId,
      )
      const { items: today } = await ben.request(todayRoutes.list, {})
      const out = (await exportAccount(testCtx(), ben.accountId)) as {
        grades: { grades: { grade_item_id: string; score: string | null; computed_at: unknown }[] }
      }
      const exported = out.grades.grades.find(one => one.grade_item_id === gradeItemId)
      return [
        mine?.score,
        mine?.modes,
        mine?.answered,
        (await why()).cell?.score,
        today.some(one => one.item.refId === gradeItemId),
        exported?.score && Number(exported.score),
        exported?.computed_at !== null,
      ]
    }
    assert.deepEqual(await totals(), [null, [], 1, null, false, null, false])
    assert.equal((await cellOf(ben.accountId, gradeItemId))?.score, '10')
    const seen = await teacher.request(gradeRoutes.explain, { gradeItemId, accountId: ben.accountId })
    assert.equal(seen.cell?.score, '10')
    assert.deepEqual(await taken(), [-1])
    for (const verb of ['next', 'lock'] as const) await steerTo(live.id, verb)
    assert.deepEqual((await ben.request(quizRoutes.get, { deliveryId: id })).result, held)
    await steerTo(live.id, 'reveal')
    const shown = (await ben.request(quizRoutes.get, { deliveryId: id })).result
    assert.deepEqual([shown?.score, pickedIn(shown?.items[0]?.key)], ['1', ['b']])
    assert.deepEqual(pickedIn((await why()).items[0]?.question?.key), ['b'])
    assert.deepEqual(await taken(), [1])
    assert.deepEqual(await totals(), ['10', ['homework'], 1, '10', true, 10, true])
  })

  it('takes no grade away that was told when the same is given once more, and tells no key again', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Given twice' })
    const assign = { activityId: activity.id, dueAt: hour(), shows: 'at-once' as const }
    const { id } = await teacher.request(quizRoutes.assign, assign)
    await answer(ben, id, items[0]!.id, 'b')
    await ben.request(quizRoutes.finish, { deliveryId: id })
    const mine = async () => {
      const { gradeItems, cells } = await ben.request(gradeRoutes.mine, { courseId })
      const columns = gradeItems.filter(one => one.title === 'Given twice').map(one => one.id)
      return columns.map(column => cells.find(cell => cell.gradeItemId === column)?.score ?? null)
    }
    assert.deepEqual(await mine(), ['10'])
    const again = await teacher.request(quizRoutes.assign, assign)
    assert.deepEqual((await mine()).sort(), ['10', null])
    assert.equal((await ben.request(quizRoutes.get, { deliveryId: again.id })).result, null)
    const first = (await ben.request(quizRoutes.get, { deliveryId: id })).result
    assert.deepEqual(
      first?.items.map(item => item.key),
      [null],
    )
  })

  it('is given to the absent one alone, and asks nothing of those who answered in class', async () => {
    const { activity, items, gradeItemId } = await heldInClass()
    const itemId = items[0]!.id
    const people = async (input: object = { gradeItemId }) =>
      (await teacher.request(quizRoutes.unanswered, { activityId: activity.id, ...input })).people
    const learners = (await teacher.request(gradeRoutes.table, { courseId })).items.length
    assert.deepEqual([await people(), await people({})], [learners - 1, learners - 1])
    const before = await cellOf(ada.accountId, gradeItemId)

    const input = { activityId: activity.id, dueAt: hour(), gradeItemId, audience: 'unanswered' as const }
    const given = await teacher.request(quizRoutes.assign, input)
    const deliveryId = given.id
    assert.deepEqual([given.audience, given.people], ['unanswered', learners - 1])

    // Ada answered in class; Late joins the course afterwards.
    const [late] = (await makeLearners(courseId, 'Late')) as [AccountId]
    for (const client of [ada, await signedInClient(node, { accountId: late })]) {
      await assert.rejects(client.request(quizRoutes.get, { deliveryId }), refusedWith('not-for-you'))
      await assert.rejects(client.request(quizRoutes.finish, { deliveryId }), refusedWith('not-for-you'))
      await assert.rejects(answer(client, deliveryId, itemId, 'b'), refusedWith('not-for-you'))
      assert.ok(!(await client.request(todayRoutes.list, {})).items.some(one => one.item.refId === deliveryId))
    }
    assert.equal((await teacher.request(quizRoutes.get, { deliveryId })).delivery.audience, 'unanswered')
    assert.ok((await ben.request(todayRoutes.list, {})).items.some(one => one.item.refId === deliveryId))
    await answer(ben, deliveryId, itemId, 'b')
    assert.equal(await people(), learners - 1, 'Late is one more, and Ben one less')
    await ben.request(quizRoutes.finish, { deliveryId })

    // What is added now is asked of those it was given to, when it closes, and of nobody else.
    const question = singleQuestion('a', 'Third')
    await teacher.request(activityRoutes.addItem, { activityId: activity.id, question, points: '1' })
    await deliveries.update({ dueAt: new Date(Date.now() - 60_000) }, { where: { id: deliveryId } })
    // What is for some stands among what staff alone see of the course.
    const seen = await assertConverges(teacher, courseStaffScope, courseId, () => closing(deliveryId))
    assert.equal(seen.drafts.find(item => item.refId === deliveryId)?.badge, 'ended')
    assert.deepEqual(await cellOf(ada.accountId, gradeItemId), before)
    const bens = await cellOf(ben.accountId, gradeItemId)
    assert.deepEqual([bens?.answered, bens?.asked], [1, 3])
  })

  it('is over on the course home, in the gradebook and for each who began, when its time is', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Ends by itself' })
    const { id } = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt: hour() })
    await answer(ben, id, items[0]!.id, 'b')
    await deliveries.update({ dueAt: new Date(Date.now() - 60_000) }, { where: { id } })
    const home = await assertConverges(ada, courseScope, courseId, () => closing(id))
    assert.equal(home.items.find(item => item.refId === id)?.badge, 'ended')
  })

  it('is not given to those who have not answered where there is nobody, or the column is strange', async () => {
    const course = await makeCourse('Small')
    const host = await signedInClient(node, { accountId: course.instructor })
    const [only] = (await makeLearners(course.courseId, 'Only')) as [AccountId]
    const { activity, gradeItemId } = await holdClass(course, only)
    const input = { activityId: activity.id, dueAt: hour(), gradeItemId, audience: 'unanswered' as const }
    await assert.rejects(host.request(quizRoutes.assign, input), refusedWith('malformed'))
    assert.equal((await host.request(quizRoutes.assign, { ...input, audience: 'everybody' })).people, null)
    const strange = { activityId: activity.id, gradeItemId: randomUUID() }
    await assert.rejects(host.request(quizRoutes.unanswered, strange), refusedWith('not-found'))
  })

  it('goes along when the one it was given to becomes another account', async () => {
    const { activity, gradeItemId } = await heldInClass()
    const [from, into] = (await makeLearners(courseId, 'Given', 'Given')) as [AccountId, AccountId]
    const input = { activityId: activity.id, dueAt: hour(), gradeItemId, audience: 'unanswered' as const }
    const { id: deliveryId } = await teacher.request(quizRoutes.assign, input)
    assert.match(JSON.stringify(await exportAccount(testCtx(), from)), new RegExp(deliveryId))
    await arrange(ctx => mergeAccounts(ctx, from, into))
    const client = await signedInClient(node, { accountId: into })
    assert.equal((await client.request(quizRoutes.get, { deliveryId })).items.length, 2)
  })

  it('is not there for learners while staff hide it or have taken it out', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Hidden' })
    const assign = { activityId: activity.id, dueAt: hour(), shows: 'at-once' as const }
    const { id } = await teacher.request(quizRoutes.assign, assign)
    const course = (await teacher.subscribe(courseScope, courseId)).state()
    const item = { courseId: course.course.id, itemId: course.items.find(one => one.refId === id)!.id }
    const closed = async () => {
      await assert.rejects(ben.request(quizRoutes.get, { deliveryId: id }), refusedWith('not-found'))
      await assert.rejects(answer(ben, id, items[0]!.id, 'b'), refusedWith('not-found'))
      await assert.rejects(ben.request(quizRoutes.finish, { deliveryId: id }), refusedWith('not-found'))
      assert.equal((await teacher.request(quizRoutes.get, { deliveryId: id })).items.length, 1)
    }
    await teacher.request(outlineRoutes.hideItem, item)
    await closed()
    await teacher.request(outlineRoutes.publishItem, item)
    await answer(ben, id, items[0]!.id, 'b')
    await teacher.request(outlineRoutes.removeItem, item)
    await closed()
    await teacher.request(outlineRoutes.restoreItem, item)
    assert.equal((await ben.request(quizRoutes.finish, { deliveryId: id })).score, '1')
  })

  it('lets in who learns here, when it is open, and nobody else', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')])
    const { id } = await teacher.request(quizRoutes.assign, {
      activityId: activity.id,
      opensAt: hour(1),
      dueAt: hour(2),
    })
    await assert.rejects(ben.request(quizRoutes.get, { deliveryId: id }), refusedWith('not-open'))
    await assert.rejects(answer(ben, id, items[0]!.id, 'b'), refusedWith('not-open'))
    await assert.rejects(ben.request(quizRoutes.finish, { deliveryId: id }), refusedWith('not-open'))
    await assert.rejects(answer(teacher, id, items[0]!.id, 'b'), refusedWith('not-a-learner'))
    const stranger = await signedInClient(node)
    await assert.rejects(answer(stranger, id, items[0]!.id, 'b'), refusedWith('not-found'))
    await assert.rejects(stranger.request(quizRoutes.get, { deliveryId: id }), refusedWith('not-found'))
    await assert.rejects(stranger.request(activityRoutes.get, { activityId: activity.id }), refusedWith('not-found'))
    await assert.rejects(ben.request(activityRoutes.get, { activityId: activity.id }), refusedWith('not-allowed'))
    await assert.rejects(ben.request(questionRoutes.list, { courseId }), refusedWith('not-allowed'))
    const elsewhere = await makeCourse('Elsewhere')
    const strange = await arrange(ctx => createGradeItem(ctx, { courseId: elsewhere.courseId, title: 'Other' }))
    const assign = { activityId: activity.id, dueAt: hour(), gradeItemId: strange.id }
    await assert.rejects(teacher.request(quizRoutes.assign, assign), refusedWith('not-found'))
    const past = { activityId: activity.id, dueAt: hour(-1) }
    await assert.rejects(teacher.request(quizRoutes.assign, past), refusedWith('malformed'))
    const empty = await makeActivity(courseId, [])
    const none = { activityId: empty.activity.id, dueAt: hour() }
    await assert.rejects(teacher.request(quizRoutes.assign, none), refusedWith('malformed'))
  })

  it('gives a poll as homework: taking part counts, no key is ever there', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion(), singleQuestion()], {
      kind: 'poll',
      title: 'Mood',
    })
    const { id } = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt: hour() })
    await answer(ben, id, items[0]!.id, 'a')
    const result = await ben.request(quizRoutes.finish, { deliveryId: id })
    assert.deepEqual([result.score, result.points, result.items.map(item => item.key)], ['0', '0', [null, null]])
    const mine = await ben.request(gradeRoutes.mine, { courseId })
    const column = mine.gradeItems.find(item => item.title === 'Mood')
    assert.equal(mine.cells.find(cell => cell.gradeItemId === column?.id)?.score, '5')
  })

  it('moves what a person gave when two accounts become one, and gives it back on demand', async () => {
    const { activity, items, gradeItemId } = await heldInClass()
    const { id } = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt: hour(), gradeItemId })
    const [from, into] = (await makeLearners(courseId, 'Twin', 'Twin')) as [AccountId, AccountId]
    const twin = await signedInClient(node, { accountId: from })
    await answer(twin, id, items[0]!.id, 'b')
    await twin.request(quizRoutes.finish, { deliveryId: id })
    const exported = await exportAccount(testCtx(), from)
    assert.match(JSON.stringify(exported), new RegExp(items[0]!.id))
    await arrange(ctx => mergeAccounts(ctx, from, into))
    for (const [model, where] of [
      [attempts, { accountId: into }],
      [evidence, { accountId: into }],
      [responses, { author: into }],
    ] as const)
      assert.ok((await (model as typeof attempts).count({ where: where as never })) > 0)
    assert.equal((await cellOf(into, gradeItemId))?.answered, 1)
  })

  it('makes two accounts one who learn in more courses than one action announces', async () => {
    const [from, into] = (await makeLearners(courseId, 'Busy', 'Busy')) as [AccountId, AccountId]
    const columns: { courseId: string; gradeItemId: GradeItemId }[] = []
    for (let n = 0; n < 5; n++) {
      const course = await makeCourse(`Course ${n}`)
      await arrange(ctx => enrol(ctx, { courseId: course.courseId, accountId: from, role: 'learner', how: 'by hand' }))
      const { gradeItemId } = await holdClass(course, from)
      columns.push({ courseId: course.courseId, gradeItemId })
      // Gone stale in some way: the merge has something to say in each of them.
      await grades.update({ score: '1.0000' }, { where: { gradeItemId, accountId: from } })
    }
    await node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, from, into))
    await waitFor(
      async () => {
        const rows = await grades.findAll({ where: { accountId: into }, raw: true })
        return rows.length === columns.length && rows.every(row => Number(row.score) === 7.5)
      },
      'every grade to be worked out anew',
      30_000,
    )
  })

  it('works grades out anew from what the two accounts gave together, and drops those nothing is left of', async () => {
    const [from, into] = (await makeLearners(courseId, 'Double', 'Double')) as [AccountId, AccountId]
    const before = await signedInClient(node, { accountId: from })
    const after = await signedInClient(node, { accountId: into })
    const { activity, items, gradeItemId } = await heldInClass()
    const homework = () => teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt: hour(), gradeItemId })
    // Each gave a half of it in a delivery of their own.
    for (const [client, at, chosen] of [
      [before, 0, 'b'],
      [after, 1, 'c'],
    ] as const) {
      const { id } = await homework()
      await answer(client, id, items[at]!.id, chosen)
      await client.request(quizRoutes.finish, { deliveryId: id })
    }
    assert.deepEqual([(await cellOf(from, gradeItemId))?.score, (await cellOf(into, gradeItemId))?.score], ['5', '5'])
    // And here only what goes was handed in: `into` has begun and keeps that.
    const other = await makeActivity(courseId, [singleQuestion('b')], { title: 'Begun' })
    const { id } = await teacher.request(quizRoutes.assign, { activityId: other.activity.id, dueAt: hour() })
    await answer(before, id, other.items[0]!.id, 'b')
    await before.request(quizRoutes.finish, { deliveryId: id })
    await answer(after, id, other.items[0]!.id, 'a')
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId })
    const begun = gradeItems.find(one => one.title === 'Begun')!.id
    assert.equal((await cellOf(from, begun))?.score, '10')
    await assertConverges(teacher, gradebookScope, courseId, () => arrange(ctx => mergeAccounts(ctx, from, into)))
    const cell = await cellOf(into, gradeItemId)
    assert.deepEqual([cell?.score, cell?.answered], ['10', 2])
    assert.equal(await cellOf(into, begun), undefined)
    assert.equal(await cellOf(from, begun), undefined)
  })
})
