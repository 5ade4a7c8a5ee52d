// Making and changing activities over a real node: where a new one appears, what its items may become, and what is
// refused.
import assert from 'node:assert/strict'
import { type ActivityId, activityRoutes, type ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseScope } from '#protocol/courses.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { makeActivity, makeCourse, makeLearners, singleQuestion } from '#server/test/record.ts'

const refusedWith = (code: string) => (error: Problem) => {
  assert.equal(error.code, code)
  return true
}

describe('activities', () => {
  let courseId = ''
  let teacher: Awaited<ReturnType<typeof signedInClient>>
  let learner: Awaited<ReturnType<typeof signedInClient>>

  before(async () => {
    const node = await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
    const [ada] = (await makeLearners(courseId, 'Ada')) as [AccountId]
    learner = await signedInClient(node, { accountId: ada })
  })

  const promptsOf = async (activityId: ActivityId) =>
    (await teacher.request(activityRoutes.get, { activityId })).items.map(item => item.question.question.body.prompt)

  it('puts a new one among the drafts of the course, where no learner sees it', async () => {
    const watched = await learner.subscribe(courseScope, courseId)
    const input = { courseId, kind: 'quiz' as const, title: 'Plants' }
    const staff = await assertConverges(teacher, courseStaffScope, courseId, () =>
      teacher.request(activityRoutes.create, input),
    )
    assert.deepEqual(
      staff.drafts.map(item => [item.kind, item.title]),
      [['activity', 'Plants']],
    )
    const [made] = (await teacher.request(activityRoutes.list, { courseId })).items
    assert.deepEqual(made?.settings, { scoring: 'accuracy', limitSeconds: 30, mayChange: true })
    const change = { activityId: made!.id, version: 0, title: 'Trees', settings: { limitSeconds: null } }
    const after = await assertConverges(teacher, courseStaffScope, courseId, () =>
      teacher.request(activityRoutes.change, change),
    )
    assert.equal(after.drafts[0]?.title, 'Trees')
    await assert.rejects(teacher.request(activityRoutes.change, change), refusedWith('conflict'))
    assert.deepEqual(watched.state().items, [])
  })

  it('adds, moves, changes and removes items', async () => {
    const { activity, items } = await makeActivity(
      courseId,
      ['One', 'Two', 'Three'].map(one => singleQuestion('a', one)),
    )
    const activityId = activity.id
    const move = { activityId, itemId: items[2]!.id, position: 0 }
    await teacher.request(activityRoutes.moveItem, move)
    assert.deepEqual(await promptsOf(activityId), ['Three', 'One', 'Two'])
    await teacher.request(activityRoutes.moveItem, { ...move, position: 99 })
    assert.deepEqual(await promptsOf(activityId), ['One', 'Two', 'Three'])
    await teacher.request(activityRoutes.removeItem, { activityId, itemId: items[0]!.id })
    assert.deepEqual(await promptsOf(activityId), ['Two', 'Three'])
    const added = await teacher.request(activityRoutes.addItem, { activityId, question: singleQuestion('a', 'Four') })
    assert.deepEqual([added.position, added.points, added.version], [2, '1', 0])
    const input = { activityId, itemId: added.id, version: 0, points: '2.5', question: singleQuestion('b', 'Five') }
    const changed = await teacher.request(activityRoutes.changeItem, input)
    assert.deepEqual([changed.points, changed.version, changed.question.number], ['2.5', 1, 2])
    assert.deepEqual(await promptsOf(activityId), ['Two', 'Three', 'Five'])
  })

  it('lists in pages, newest first', async () => {
    for (const title of ['First', 'Second']) await makeActivity(courseId, [], { title })
    const one = await teacher.request(activityRoutes.list, { courseId, limit: 1 })
    const two = await teacher.request(activityRoutes.list, { courseId, limit: 1, after: one.next })
    assert.deepEqual([one.items[0]?.title, two.items[0]?.title], ['Second', 'First'])
  })

  it('refuses learners, strange settings, strange items and points out of range', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion()])
    const elsewhere = await makeActivity((await makeCourse('Chemistry')).courseId, [singleQuestion()])
    const create = { courseId, kind: 'quiz' as const, title: 'Quiz' }
    const add = { activityId: activity.id, question: singleQuestion() }
    const refused: [() => Promise<unknown>, string][] = [
      [() => learner.request(activityRoutes.create, create), 'not-allowed'],
      [() => learner.request(activityRoutes.addItem, add), 'not-allowed'],
      [() => learner.request(activityRoutes.list, { courseId }), 'not-allowed'],
      [() => teacher.request(activityRoutes.create, { ...create, settings: { speed: 1 } }), 'malformed'],
      [() => teacher.request(activityRoutes.create, { ...create, settings: { limitSeconds: 1 } }), 'malformed'],
      [() => teacher.request(activityRoutes.create, { ...create, kind: 'essay' as 'quiz' }), 'malformed'],
      [() => teacher.request(activityRoutes.addItem, { ...add, points: '-1' }), 'malformed'],
      [() => teacher.request(activityRoutes.addItem, { ...add, points: '1e9' }), 'malformed'],
      [() => teacher.request(activityRoutes.addItem, { ...add, points: '999999999' }), 'malformed'],
      [() => teacher.request(activityRoutes.get, { activityId: elsewhere.activity.id }), 'not-found'],
      [() => teacher.request(activityRoutes.addItem, { ...add, activityId: elsewhere.activity.id }), 'not-found'],
      [
        () =>
          teacher.request(activityRoutes.removeItem, {
            activityId: activity.id,
            itemId: elsewhere.items[0]!.id as ItemId,
          }),
        'not-found',
      ],
    ]
    for (const [request, code] of refused) await assert.rejects(request(), refusedWith(code))
    assert.deepEqual(await promptsOf(activity.id), [items[0]!.question.question.body.prompt])
  })
})
