// An item that a score makes done: not by handing in, not by less, not before the result may be known; and what waits for
// it opens with the word that the grade is there.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { activityCalls } from '#protocol/activities.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { courseScope } from '#protocol/courses.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeCourse, makePerson, makeQuiz } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { cellOf } from './rules.ts'

describe('what a score makes done', () => {
  it('is done at so many percent and no sooner, and opens what waits for it', async () => {
    const node = await testNode()
    const course = await makeCourse()
    const { courseId } = course
    const staff = await signedInClient(node, { accountId: course.instructorId })
    const quiz = await makeQuiz(course, ['One', 'Two'])
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    const { id } = await staff.request(quizRoutes.assign, {
      activityId: quiz.activityId,
      dueAt: soon,
      shows: 'at-once',
    })
    const { page } = await staff.request(contentRoutes.createPage, { courseId, title: 'Next', published: true })
    const { items } = (await staff.subscribe(courseScope, courseId)).state()
    const idOf = (refId: string) => items.find(one => one.refId === refId)?.id ?? assert.fail()
    const [itemId, next] = [idOf(id), idOf(page.id)]
    const rule = (of: typeof itemId, asks: 'score' | 'usual', percent: number | null, version = 0) =>
      staff.request(progressRoutes.changeRule, { courseId, itemId: of, asks, percent, version })
    for (const wrong of [rule(itemId, 'score', null), rule(itemId, 'usual', 60), rule(next, 'score', 60)])
      await assert.rejects(wrong, { code: 'malformed' })
    await rule(itemId, 'score', 80)
    assert.deepEqual((await staff.request(progressRoutes.rules, { courseId })).rules, [
      { itemId, asks: 'score', percent: 80, version: 1 },
    ])
    const tree = { op: 'all' as const, of: [{ kind: 'completion' as const, itemId, is: 'done' as const }] }
    await staff.request(conditionRoutes.change, {
      ...{ courseId, subject: 'item', subjectId: next, version: 0, from: null, until: null, hidden: false, tree },
    })

    const take = async (name: string, ...answers: string[]) => {
      const accountId = await makePerson(courseId, 'learner', name)
      const who = await signedInClient(node, { accountId })
      const own = await who.subscribe(userScope, accountId)
      const head = own.head()
      for (const [index, answer] of answers.entries())
        await who.call(activityCalls.answer, {
          ...{ deliveryId: id, itemId: quiz.itemIds[index] ?? assert.fail() },
          move: { optionIds: [answer] },
        })
      await who.request(quizRoutes.finish, { deliveryId: id })
      // The word by which a page reads its locks anew.
      await own.until(() => own.head() > head, 'the word of a grade')
      const mine = await who.request(progressRoutes.mine, { courseId })
      const cell = mine.items.find(one => one.itemId === itemId)?.cell
      const { locks } = await who.request(conditionRoutes.mine, { courseId })
      return [cell?.state, cell?.how, locks.length]
    }
    // Half of it right is 75 %: half of the points are for taking part.
    assert.deepEqual(await take('Half', 'b', 'a'), ['open', 'scored', 1])
    assert.deepEqual(await take('Whole', 'b', 'b'), ['done', 'scored', 0])
    // Another percentage is another answer, for those who have a result already.
    await rule(itemId, 'score', 70, 1)
    const { rows } = await staff.request(progressRoutes.table, { courseId })
    assert.deepEqual(
      rows.map(row => [row.name, row.cells[0]?.state]),
      [
        ['Half', 'done'],
        ['Whole', 'done'],
      ],
    )
  })

  it('is open while there is no result, and missed with too little once it is over', () => {
    const now = new Date()
    const over = new Date(now.getTime() - 1000)
    const item = { itemId: 'i', kind: 'homework', forSome: false, opensAt: null, dueAt: over, put: false, percent: 60 }
    const state = (overAt: Date | null, reached: boolean | null, doneAt?: Date) =>
      cellOf({ ...item, overAt }, { reached, doneAt }, new Date(0), now).state
    assert.equal(state(null, null, over), 'open')
    assert.equal(state(over, null, over), 'open')
    assert.equal(state(over, null), 'missed')
    assert.equal(state(over, false, over), 'missed')
    assert.equal(state(null, false, over), 'open')
    assert.equal(state(over, true), 'done')
  })
})
