// The gradebook over a real node: why a grade is what it is, for whom a key is still hidden, what a change of weights,
// points or keys does to grades, and the table as a page and as a file.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { activityCalls, activityRoutes, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem, ProblemCode } from '#protocol/base/problems.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type GradeItemId, gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { eraseAccount } from '#server/features/accounts/index.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { holdClass, makeCourse, makeLearners, pickedIn, singleQuestion } from '#server/test/record.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const refusedWith = (code: ProblemCode) => (error: Problem) => {
  assert.equal(error.code, code)
  return true
}

describe('gradebook', () => {
  let node: Awaited<ReturnType<typeof testNode>>
  let courseId = ''
  let teacher: Client
  let ada: Client
  let ben: Client
  let cleo: Client

  before(async () => {
    node = await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
    const [a, b, c] = (await makeLearners(courseId, 'Ada', 'Ben', '=SUM(A1)')) as [AccountId, AccountId, AccountId]
    ada = await signedInClient(node, { accountId: a })
    ben = await signedInClient(node, { accountId: b })
    cleo = await signedInClient(node, { accountId: c })
  })

  const hour = (hours = 1) => new Date(Date.now() + hours * 3_600_000).toISOString()

  const answer = (client: Client, deliveryId: DeliveryId, itemId: ItemId, ...optionIds: string[]) =>
    client.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds } })

  const heldInClass = () => holdClass({ courseId, instructor: teacher.accountId }, ada.accountId)

  const cellOf = async (accountId: AccountId, gradeItemId: GradeItemId) => {
    const table = await teacher.request(gradeRoutes.table, { courseId })
    return table.items.find(row => row.accountId === accountId)?.cells.find(cell => cell.gradeItemId === gradeItemId)
  }

  it('tells the learner down to each response, and a key only when the item is over everywhere', async () => {
    const { activity, items, gradeItemId } = await heldInClass()
    const own = () => ada.request(gradeRoutes.explain, { gradeItemId, accountId: ada.accountId })
    const before = await own()
    assert.deepEqual(
      before.items.map(item => [pickedIn(item.question?.key), item.score]),
      [
        [['b'], '1'],
        [['c'], '0'],
      ],
    )
    assert.deepEqual(
      before.items.map(item => item.responses.map(one => [one.mode, one.counts, one.score])),
      [[['live', true, '1']], [['live', true, '0']]],
    )
    // The same question is homework now: it is not over for Ada any more, and Ben never saw the reveal.
    const { id } = await teacher.request(quizRoutes.assign, {
      activityId: activity.id,
      dueAt: hour(),
      gradeItemId,
      shows: 'at-once',
    })
    for (const open of [
      await own(),
      await ben.request(gradeRoutes.explain, { gradeItemId, accountId: ben.accountId }),
    ]) {
      assert.ok(open.items.length === 2 && open.items.every(item => item.question === null && item.score === null))
      assert.ok(!/"key"/.test(JSON.stringify(open)))
    }
    const staff = await teacher.request(gradeRoutes.explain, { gradeItemId, accountId: ada.accountId })
    assert.deepEqual(
      staff.items.map(item => pickedIn(item.question?.key)),
      [['b'], ['c']],
    )
    await answer(ada, id, items[1]!.id, 'c')
    await ada.request(quizRoutes.finish, { deliveryId: id })
    const after = await own()
    assert.deepEqual([after.cell?.score, after.cell?.modes], ['10', ['live', 'homework']])
    assert.deepEqual(
      after.items[1]?.responses.map(one => [one.mode, one.counts, one.score]),
      [
        ['live', false, '0'],
        ['homework', true, '1'],
      ],
    )
    await assert.rejects(
      ben.request(gradeRoutes.explain, { gradeItemId, accountId: ada.accountId }),
      refusedWith('not-allowed'),
    )
    const stranger = await makeAccount()
    await assert.rejects(
      teacher.request(gradeRoutes.explain, { gradeItemId, accountId: stranger }),
      refusedWith('not-found'),
    )
    // Each learner hears that their own grades changed, by a job.
    const user = await ada.subscribe(userScope, ada.accountId)
    const heard = user.state().changed.grades
    await teacher.request(gradeRoutes.changeItem, { gradeItemId, version: 0, points: '20' })
    await user.until(state => state.changed.grades > heard, 'the news of other grades')
  })

  it('computes anew when weights, policy, points or a key change, and records who did it', async () => {
    const { activity, items, gradeItemId } = await heldInClass()
    const change = (version: number, given: object) =>
      teacher.request(gradeRoutes.changeItem, { gradeItemId, version, ...given })
    await assertConverges(teacher, gradebookScope, courseId, () => change(0, { participation: 20, points: '5' }))
    assert.equal((await cellOf(ada.accountId, gradeItemId))?.score, '3')
    await assert.rejects(change(0, { title: 'Old' }), refusedWith('conflict'))
    await assert.rejects(change(1, { participation: 60, correctness: 60 }), refusedWith('malformed'))
    await assert.rejects(
      ada.request(gradeRoutes.changeItem, { gradeItemId, version: 1, points: '99' }),
      refusedWith('not-allowed'),
    )
    const input = { activityId: activity.id, itemId: items[1]!.id }
    await assertConverges(teacher, gradebookScope, courseId, () =>
      teacher.request(activityRoutes.changeItem, { ...input, version: 0, question: singleQuestion('a', 'Second') }),
    )
    assert.equal((await cellOf(ada.accountId, gradeItemId))?.score, '5')
    await assert.rejects(
      teacher.request(activityRoutes.changeItem, { ...input, version: 0, points: '3' }),
      refusedWith('conflict'),
    )
    const other = { type: 'true-false' as const, body: { prompt: 'Other' }, key: { optionIds: ['true' as const] } }
    await assert.rejects(
      teacher.request(activityRoutes.changeItem, { ...input, version: 1, question: other }),
      refusedWith('in-use'),
    )
    await assert.rejects(teacher.request(activityRoutes.removeItem, input), refusedWith('in-use'))
    // An item added later was not asked by the class that is over.
    await teacher.request(activityRoutes.addItem, { activityId: activity.id, question: singleQuestion() })
    await change(1, { participation: 0, correctness: 100 })
    assert.deepEqual(
      [(await cellOf(ada.accountId, gradeItemId))?.score, (await cellOf(ada.accountId, gradeItemId))?.asked],
      ['5', 2],
    )
    // Without scoring, taking part is all there is.
    const { version } = activity
    await teacher.request(activityRoutes.change, { activityId: activity.id, version, settings: { scoring: 'none' } })
    assert.equal((await cellOf(ada.accountId, gradeItemId))?.score, '5')
    const none = await teacher.request(gradeRoutes.explain, { gradeItemId, accountId: ada.accountId })
    assert.deepEqual(
      none.items.map(item => [item.scored, item.score, item.question]),
      [
        [false, null, null],
        [false, null, null],
      ],
    )
    const verbs = (await auditEntries.findAll({ where: { actor: teacher.accountId }, raw: true })).map(one => one.verb)
    for (const verb of [
      'grade-item.changed',
      'grades.changed',
      'question.key-changed',
      'activity.item-rescored',
      'activity.rescored',
    ])
      assert.ok(verbs.includes(verb), verb)
  })

  it('keeps what was missed of whoever leaves and is erased, and calls nothing missed that came after', async () => {
    const { gradeItemId: first } = await heldInClass()
    const [left] = (await makeLearners(courseId, 'Zoe')) as [AccountId]
    await holdClass({ courseId, instructor: teacher.accountId }, left)
    const { gradeItemId: missed } = await heldInClass()
    const whyOf = async (gradeItemId: GradeItemId) => {
      const table = await teacher.request(gradeRoutes.table, { courseId })
      const row = table.items.find(one => one.accountId === left) ?? assert.fail()
      return row.empty.find(one => one.gradeItemId === gradeItemId)?.why
    }
    const before = [await whyOf(first), await whyOf(missed)]
    assert.deepEqual(before, ['not-given', 'absent'])
    await teacher.request(peopleRoutes.endEnrolment, { courseId: courseId as CourseId, accountId: left })
    const { gradeItemId: after } = await heldInClass()
    assert.deepEqual(
      [await whyOf(first), await whyOf(missed), await whyOf(after)],
      ['not-given', 'absent', 'not-given'],
    )
    await arrange(ctx => eraseAccount(ctx, left))
    assert.deepEqual([await whyOf(first), await whyOf(missed)], before)
    const [erased] = (await makeLearners(courseId, 'Yan')) as [AccountId]
    await holdClass({ courseId, instructor: teacher.accountId }, erased)
    const { gradeItemId: too } = await heldInClass()
    await arrange(ctx => eraseAccount(ctx, erased))
    const table = await teacher.request(gradeRoutes.table, { courseId })
    const row = table.items.find(one => one.accountId === erased)
    assert.equal(row?.empty.find(one => one.gradeItemId === too)?.why, 'absent')
  })

  it('writes the table as a file whose cells are no formulas', async () => {
    await heldInClass()
    const response = await teacher.raw('GET', `/courses/${courseId}/grades.csv`)
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /text\/csv/)
    const text = await response.text()
    assert.ok(text.includes(`"'=SUM(A1)"`))
    assert.ok(text.includes('"Ada"'))
    assert.match(text, /"Missed"/, 'an empty cell says why')
    assert.equal((await cleo.raw('GET', `/courses/${courseId}/grades.csv`)).status, 403)
    const found = await teacher.request(gradeRoutes.table, { courseId, search: 'ad' })
    assert.deepEqual(
      found.items.map(row => row.name),
      ['Ada'],
    )
    const page = await teacher.request(gradeRoutes.table, { courseId, limit: 1 })
    const rest = await teacher.request(gradeRoutes.table, { courseId, limit: 200, after: page.next })
    assert.equal(page.items.length + rest.items.length, 5)
  })
})
