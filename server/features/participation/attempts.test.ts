// Whoever takes homework again is still one person who handed one homework in, wherever it is counted or listed.
import assert from 'node:assert/strict'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { calendarRoutes } from '#protocol/calendar.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { participationRoutes } from '#protocol/participation.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { todayRoutes } from '#protocol/today.ts'
import { absentFrom, catchUpOf } from '#server/features/live/queries/catch-up.ts'
import { listFinished } from '#server/features/notifications/queries/people.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { holdClass, makeCourse, makeLearners } from '#server/test/record.ts'

describe('homework that was taken again', () => {
  it('is one homework of one person in every count and list', async () => {
    const node = await testNode()
    const course = await makeCourse('Counted once')
    const { courseId } = course
    const teacher = await signedInClient(node, { accountId: course.instructor })
    const [present, absent] = (await makeLearners(courseId, 'Present', 'Absent')) as [AccountId, AccountId]
    const lena = await signedInClient(node, { accountId: absent })
    const { activity, items, gradeItemId } = await holdClass(course, present)
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const { id: deliveryId } = await teacher.request(quizRoutes.assign, {
      ...{ activityId: activity.id, dueAt, gradeItemId },
      attempts: { most: 3, counts: 'best' },
    })
    const [run] = await sql<{ id: never; course_id: string; grade_item_id: never; ended_at: Date }>(
      'select id, course_id, grade_item_id, ended_at from runs where course_id = $1',
      [courseId],
    )
    assert.ok(run)
    let firstAt = ''
    const counted = async () => {
      const page = await teacher.request(participationRoutes.course, { courseId, until: dueAt.slice(0, 10) })
      const week = page.rows.find(row => row.accountId === absent)?.weeks.at(-1)
      const behind = { courseId, accountId: absent, week: page.weeks.at(-1)! }
      const progress = await lena.request(progressRoutes.mine, { courseId })
      const cell = progress.items.find(one => one.refId === deliveryId)?.cell
      const day = 86_400_000
      const [from, to] = [-day, day].map(ms => new Date(Date.now() + ms).toISOString()) as [string, string]
      const { entries } = await lena.request(calendarRoutes.list, { from, to, courseId: courseId as never })
      const missed = (await absentFrom(testCtx(), run)).filter(one => one.accountId === absent)
      const owed = await catchUpOf(testCtx(), run, absent)
      firstAt ||= owed[0]?.finishedAt ?? ''
      return {
        participation: [week?.handedIn, week?.due],
        rows: (await teacher.request(participationRoutes.rows, behind)).homework.length,
        progress: [cell?.state, cell?.at === firstAt],
        calendar: entries.filter(one => one.item?.refId === deliveryId).length,
        missed: missed.map(one => [one.given, one.caughtUp]),
        owed: owed.map(one => one.finishedAt === firstAt),
        states: (await teacher.request(quizRoutes.states, { courseId })).items.map(one => [one.answered, one.handedIn]),
        gradebook: (await teacher.request(gradeRoutes.table, { courseId })).items.length,
      }
    }
    const waits = async () =>
      (await lena.request(todayRoutes.list, {})).items.filter(
        one => one.kind === 'due' && one.item.refId === deliveryId,
      ).length
    const answered = (attempt: number) =>
      lena.call(activityCalls.answer, {
        ...{ deliveryId, itemId: items[0]!.id, attempt },
        move: { optionIds: ['a'] },
      })
    await answered(1)
    assert.equal(await waits(), 1)
    await lena.request(quizRoutes.finish, { deliveryId })
    const once = await counted()
    assert.deepEqual(once, {
      participation: [1, 1],
      rows: 1,
      progress: ['done', true],
      calendar: 1,
      missed: [[true, true]],
      owed: [true],
      states: [[1, 1]],
      gradebook: 2,
    })
    assert.deepEqual([await waits(), await listFinished(testCtx(), deliveryId)], [0, [absent]])
    // While the second goes on, and when all three are handed in.
    await lena.request(quizRoutes.again, { deliveryId, attempt: 2 })
    await answered(2)
    assert.deepEqual(await counted(), once)
    // What was begun again waits, and its learner is reminded.
    assert.deepEqual([await waits(), await listFinished(testCtx(), deliveryId)], [1, []])
    await lena.request(quizRoutes.finish, { deliveryId, attempt: 2 })
    await lena.request(quizRoutes.again, { deliveryId, attempt: 3 })
    await lena.request(quizRoutes.finish, { deliveryId, attempt: 3 })
    assert.deepEqual(await counted(), once)
    assert.deepEqual([await waits(), await listFinished(testCtx(), deliveryId)], [0, [absent]])
  })
})
