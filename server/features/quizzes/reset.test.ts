// A course begun anew while somebody hands in.
import assert from 'node:assert/strict'
import { activityCalls } from '#protocol/activities.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { computeGradesOf } from '#server/features/grades/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, makeQuiz, whoIs } from '#server/test/classes.ts'
import { crossed } from '#server/test/crossing.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { finishHomework } from './actions/homework.ts'
import { getHomework } from './queries/homework.ts'

describe('homework of a course that begins anew', () => {
  it('leaves no grade of what was handed in or computed meanwhile', async () => {
    const node = await testNode()
    const course = await makeCourse('Cells')
    const { courseId } = course
    const staff = await signedInClient(node, { accountId: course.instructorId })
    const accountId = await makePerson(courseId, 'learner', 'Lena')
    const learner = await signedInClient(node, { accountId })
    const { activityId, itemIds } = await makeQuiz(course, ['One'])
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const { id: deliveryId } = await staff.request(quizRoutes.assign, { activityId, dueAt })
    const answer = () =>
      learner.call(activityCalls.answer, {
        deliveryId,
        itemId: itemIds[0] ?? assert.fail(),
        move: { optionIds: ['b'] },
      })
    const reset = () => staff.request(resetRoutes.reset, { courseId, how: 'make', parts: ['work'], title: 'Cells' })
    const graded = async () => (await sql('select from grades where account_id = $1', [accountId])).length
    const as = node.as(whoIs(accountId))

    await answer()
    await crossed(
      as,
      async ctx => finishHomework(ctx, await getHomework(ctx, deliveryId), accountId, 1),
      reset,
      '%lock(%',
    )
    assert.equal(await graded(), 0)

    await answer()
    await learner.request(quizRoutes.finish, { deliveryId })
    assert.equal(await graded(), 1)
    await sql('delete from grades where account_id = $1', [accountId])
    await crossed(as, async ctx => computeGradesOf(ctx, [deliveryId], [accountId]), reset, '%no key update%')
    assert.equal(await graded(), 0)
  })
})
