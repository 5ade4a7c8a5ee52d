// The question bank over a real node: versions never change, editing makes the next, and hostile questions are refused.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem } from '#protocol/base/problems.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { questionRoutes } from '#protocol/questions.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { makeCourse, makeLearners, singleQuestion } from '#server/test/record.ts'
import { createQuestion, questionVersions } from './index.ts'

const refusedWith = (code: string) => (error: Problem) => {
  assert.equal(error.code, code)
  return true
}

describe('question bank', () => {
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

  const create = (question: WrittenQuestion) => teacher.request(questionRoutes.create, { courseId, question })

  it('keeps every version and refuses a change of an older one', async () => {
    const made = await create(singleQuestion('a', 'What is a cell'))
    const change = { questionId: made.id, version: made.version, question: singleQuestion('b', 'What is a nucleus') }
    const next = await teacher.request(questionRoutes.change, change)
    assert.deepEqual([next.number, next.version, next.id], [2, 1, made.id])
    await assert.rejects(teacher.request(questionRoutes.change, change), (error: Problem) => {
      assert.equal(error.code, 'conflict')
      assert.equal((error.params.current as { number: number }).number, 2)
      return true
    })
    const kept = await questionVersions.findAll({
      where: { questionId: made.id },
      order: [['number', 'asc']],
      raw: true,
    })
    assert.deepEqual(
      kept.map(row => [row.number, row.key]),
      [
        [1, { optionIds: ['a'] }],
        [2, { optionIds: ['b'] }],
      ],
    )
    await assert.rejects(learner.request(questionRoutes.change, { ...change, version: 1 }), refusedWith('not-allowed'))
  })

  it('finds by a part of prompt or option, in pages, newest first', async () => {
    for (const word of ['Osmosis', 'Mitosis', '100%_sure']) await create(singleQuestion('a', word))
    const find = (search: string) => teacher.request(questionRoutes.list, { courseId, search })
    const prompts = async (search: string) => (await find(search)).items.map(one => one.question.body.prompt)
    assert.deepEqual(await prompts('OSIS'), ['Mitosis', 'Osmosis'])
    assert.deepEqual(await prompts('%_'), ['100%_sure'])
    assert.equal((await find('option b')).items.length, 4)
    const first = await teacher.request(questionRoutes.list, { courseId, limit: 1 })
    const second = await teacher.request(questionRoutes.list, { courseId, limit: 1, after: first.next })
    assert.deepEqual(
      [first, second].map(page => page.items[0]?.question.body.prompt),
      ['100%_sure', 'Mitosis'],
    )
    await assert.rejects(teacher.request(questionRoutes.list, { courseId, after: 'x' }), refusedWith('malformed'))
  })

  it('makes a question typed on the spot ready when it is looked over', async () => {
    const draft = await arrange(ctx => createQuestion(ctx, { courseId, question: singleQuestion(), status: 'draft' }))
    assert.equal(draft.status, 'draft')
    const change = { questionId: draft.id, version: 0, question: singleQuestion('c') }
    assert.equal((await teacher.request(questionRoutes.change, change)).status, 'ready')
  })

  it('refuses keys that name nothing, options that share an id, and text no database can keep', async () => {
    const base = singleQuestion()
    const hostile: unknown[] = [
      { ...base, key: { optionIds: ['z'] } },
      { ...base, key: { optionIds: [] } },
      {
        ...base,
        body: {
          ...base.body,
          options: [
            { id: 'a', text: 'A' },
            { id: 'a', text: 'B' },
          ],
        },
        key: { optionIds: ['a'] },
      },
      { ...base, body: { ...base.body, options: [{ id: 'b', text: 'B' }] } },
      { ...base, body: { ...base.body, extra: 1 } },
      { ...base, type: 'essay' },
      { ...base, body: { ...base.body, prompt: 'A\u0000B' } },
      { ...base, body: { ...base.body, prompt: 'A\ud800B' } },
    ]
    for (const question of hostile) await assert.rejects(create(question as WrittenQuestion), refusedWith('malformed'))
    const fine = await create(singleQuestion('a', 'The text \\u0000 and 😀'))
    assert.equal(fine.question.body.prompt, 'The text \\u0000 and 😀')
  })
})
