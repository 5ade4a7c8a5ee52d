// A course begun anew: tried with its counts first, then what learners did is gone for good, what staff made stands, and
// another course is not touched.
import assert from 'node:assert/strict'
import { activityCalls, activityRoutes } from '#protocol/activities.ts'
import { contentRoutes } from '#protocol/content.ts'
import { logRoutes } from '#protocol/courses/log.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { courseScope } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { progressCalls, progressRoutes } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, makeQuiz } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'

describe('a course begun anew', () => {
  it('loses what learners did once its title is typed, and nothing else', async () => {
    const node = await testNode()
    const world = async (title: string) => {
      const course = await makeCourse(title)
      const { courseId } = course
      const staff = await signedInClient(node, { accountId: course.instructorId })
      const learner = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Lena') })
      await makePerson(courseId, 'assistant', 'Asa')
      const quiz = await makeQuiz(course, ['One', 'Two'])
      const soon = new Date(Date.now() + 3_600_000).toISOString()
      const homework = await staff.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt: soon })
      const { page } = await staff.request(contentRoutes.createPage, { courseId, title: 'Read', published: true })
      for (const itemId of quiz.itemIds)
        await learner.call(activityCalls.answer, { deliveryId: homework.id, itemId, move: { optionIds: ['b'] } })
      await learner.request(quizRoutes.finish, { deliveryId: homework.id })
      await learner.call(progressCalls.readPage, { courseId, pageId: page.id })
      return { courseId, staff, learner, quiz, homework }
    }
    const [cells, other] = [await world('Cells'), await world('Other')]
    const { courseId, staff, learner, homework } = cells
    const run = await staff.request(liveRoutes.start, { courseId, activityIds: [cells.quiz.activityId] })
    const parts = ['people', 'work', 'marks', 'classes'] as const
    const reset = (how: 'try' | 'make', title = '', some: readonly (typeof parts)[number][] = parts) =>
      staff.request(resetRoutes.reset, { courseId, how, parts: [...some], title })
    const counts = { people: 1, work: 3, marks: 1, classes: 1 }
    assert.deepEqual((await reset('try')).counts, counts)
    await assert.rejects(reset('make', 'Sells'), { code: 'malformed' })
    await assert.rejects(reset('make', 'Cells'), { code: 'still-running' })
    await staff.call(liveCalls.end, { runId: run.id })
    assert.deepEqual((await reset('try')).counts, counts)

    // Of work alone; it can be done again.
    await reset('make', ' Cells ', ['work'])
    assert.deepEqual((await reset('try')).counts, { ...counts, work: 0 })
    assert.deepEqual(
      (await learner.request(gradeRoutes.mine, { courseId })).cells.filter(one => one.score !== null),
      [],
    )
    const itemId = cells.quiz.itemIds[0] ?? assert.fail()
    await learner.call(activityCalls.answer, { deliveryId: homework.id, itemId, move: { optionIds: ['b'] } })

    await reset('make', 'Cells')
    assert.deepEqual((await reset('try')).counts, { people: 0, work: 0, marks: 0, classes: 0 })
    await assert.rejects(learner.request(progressRoutes.mine, { courseId }), { code: 'not-found' })
    const { items } = (await staff.subscribe(courseScope, courseId)).state()
    assert.deepEqual(items.map(one => one.kind).sort(), ['homework', 'page'])
    assert.equal((await staff.request(activityRoutes.list, { courseId })).items.length, 1)
    assert.equal((await staff.request(gradeRoutes.table, { courseId })).gradeItems.length > 0, true)
    const { items: log } = await staff.request(logRoutes.log, { courseId, thing: 'course' })
    assert.deepEqual(log[0]?.details, { title: 'Cells', people: 1, work: 1, marks: 1, classes: 1 })
    const theirs = await other.staff.request(resetRoutes.reset, {
      courseId: other.courseId,
      how: 'try',
      parts: [...parts],
    })
    assert.deepEqual(theirs.counts, { ...counts, classes: 0 })
    const [left] = await sql<{ n: number }>('select count(*)::int as n from attempts')
    assert.equal(left?.n, 1)
  })
})
