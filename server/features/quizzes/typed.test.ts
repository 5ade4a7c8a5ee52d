// Typed questions at home and in class: a number and a short text are marked exactly, the key comes when it is over and
// not before, and a corrected key marks anew what was given.
import assert from 'node:assert/strict'
import { activityCalls, activityRoutes, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { makeActivity, makeCourse, makeLearners } from '#server/test/record.ts'

const number: WrittenQuestion = {
  type: 'numeric',
  body: { prompt: 'How long', unit: 'mm' },
  key: { value: '0.3', tolerance: '10', toleranceIn: 'percent' },
}
const word: WrittenQuestion = {
  type: 'short-text',
  body: { prompt: 'Capital' },
  key: { accepted: ['Saint-Denis', 'St Denis'], ignores: ['case'] },
}
const malformed = (error: Problem) => error.code === 'malformed'
const misfit = (error: Problem) => error.code === 'answer-unfit'

describe('typed questions', () => {
  it('are marked exactly and tell their key when it is over, one correction later too', async () => {
    const node = await testNode()
    const { courseId, instructor } = await makeCourse()
    const [adaId] = (await makeLearners(courseId, 'Ada')) as [AccountId]
    const teacher = await signedInClient(node, { accountId: instructor })
    const ada = await signedInClient(node, { accountId: adaId })
    const { activity, items } = await makeActivity(courseId, [number, word], { points: '2' })
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const { id: deliveryId } = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt })
    const answer = (itemId: ItemId, move: unknown) =>
      ada.call(activityCalls.answer, { deliveryId: deliveryId as DeliveryId, itemId, move: move as { value: string } })
    const [first, second] = items.map(item => item.id) as [ItemId, ItemId]

    for (const value of ['1e9999', 'NaN', 'Infinity', '0,3', '', '٣', ' 1'])
      await assert.rejects(answer(first, { value }), malformed, value)
    for (const text of ['', 'x'.repeat(10_000)])
      await assert.rejects(answer(second, { text }), malformed, text.slice(0, 10))
    for (const text of ['\u200f\u200b', 'x'.repeat(201)])
      await assert.rejects(answer(second, { text }), misfit, text.slice(0, 10))
    await assert.rejects(answer(first, { text: '0.3' }), misfit)
    await assert.rejects(answer(second, { value: '1' }), misfit)
    await assert.rejects(answer(second, { optionIds: ['a'] }), misfit)
    // A tenth of 0.3 off, exactly: a float would have it out.
    await answer(first, { value: '0.330' })
    await answer(second, { text: ' saint-denis\u202e ' })
    const open = await ada.request(quizRoutes.get, { deliveryId })
    assert.deepEqual(
      open.seat.answers.map(one => one.move).sort(),
      [{ value: '0.33' }, { text: ' saint-denis\u202e ' }].sort(),
    )
    assert.ok(!/tolerance|accepted|St Denis/.test(JSON.stringify(open)), 'a key before it is over')

    const result = await ada.request(quizRoutes.finish, { deliveryId })
    const told = (await ada.request(quizRoutes.get, { deliveryId })).result ?? result
    assert.deepEqual(
      told.items.map(item => item.score),
      told.score === null ? [null, null] : ['2', '2'],
    )
    const change = async (at: number, question: WrittenQuestion) => {
      const { items: now } = await teacher.request(activityRoutes.get, { activityId: activity.id })
      const item = now[at] ?? assert.fail()
      return teacher.request(activityRoutes.changeItem, {
        activityId: activity.id,
        itemId: item.id,
        version: item.version,
        question,
      })
    }
    await change(1, { ...word, key: { accepted: ['Port Louis'], ignores: [] } })
    await change(0, { ...number, body: { prompt: 'How long is it', unit: 'mm' } })
    await assert.rejects(change(0, word), (error: Problem) => error.code === 'in-use')
    await assert.rejects(change(0, { type: 'open', body: { prompt: 'Say' }, key: {} }), malformed)
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId })
    const why = await teacher.request(gradeRoutes.explain, {
      gradeItemId: gradeItems[0]?.id ?? assert.fail(),
      accountId: adaId,
    })
    assert.deepEqual(
      why.items.map(item => [item.question?.key, item.responses[0]?.move, item.score]),
      [
        [number.key, { value: '0.33' }, '2'],
        [{ accepted: ['Port Louis'], ignores: [] }, { text: ' saint-denis\u202e ' }, '0'],
      ],
    )
  })
})
