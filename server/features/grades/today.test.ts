// New results on Today: the reader's own, of lately, in courses they learn in.
import assert from 'node:assert/strict'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { todayRoutes } from '#protocol/today.ts'
import { endEnrolment } from '#server/features/courses/index.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { makeCourse, makeLearners } from '#server/test/record.ts'
import { createGradeItem } from './actions/items.ts'
import { grades } from './tables.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('grades on Today', () => {
  let node: Awaited<ReturnType<typeof testNode>>
  let courseId = ''
  let teacher: Client
  let ada: Client
  let ben: Client

  before(async () => {
    node = await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
    const [a, b] = await makeLearners(courseId, 'Ada', 'Ben')
    ada = await signedInClient(node, { accountId: a! })
    ben = await signedInClient(node, { accountId: b! })
  })

  const grade = async (title: string, accountId: Client['accountId'], at: Date) => {
    const item = await arrange(ctx => createGradeItem(ctx, { courseId, title }))
    await grades.create({
      gradeItemId: item.id,
      accountId,
      score: '7.5000',
      points: '10.0000',
      answered: 3,
      asked: 4,
      modes: ['live'],
      caughtUp: false,
      computedAt: at,
    })
    return item.id
  }
  const results = async (client: Client) =>
    (await client.request(todayRoutes.list, {})).items.filter(one => one.kind === 'graded')
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

  it('are the ten newest of 14 days, each leading to its explanation', async () => {
    const newest = await grade('Newest', ada.accountId, ago(0))
    await grade('Old', ada.accountId, ago(15))
    await grade('Of another', ben.accountId, ago(0))
    for (let n = 1; n <= 10; n++) await grade(`Day ${n}`, ada.accountId, ago(n))
    const found = await results(ada)
    assert.deepEqual(
      found.map(one => one.title),
      ['Newest', ...Array.from({ length: 9 }, (_, at) => `Day ${at + 1}`)],
    )
    assert.deepEqual(found[0]?.detail, { score: '7.5', of: '10' })
    assert.deepEqual(found[0]?.item, { kind: 'grade', refId: newest })
    const why = await ada.request(gradeRoutes.explain, { gradeItemId: newest, accountId: ada.accountId })
    assert.equal(why.cell?.score, '7.5')
    assert.deepEqual(await results(teacher), [])
  })

  it('go with the place in the course, and are not shown while it is taken back', async () => {
    assert.equal((await results(ben)).length, 1)
    const state = (to: 'draft' | 'published') =>
      teacher.request(lifeRoutes.changeState, { courseId: courseId as never, state: to })
    await state('draft')
    assert.deepEqual(await results(ben), [])
    await state('published')
    await arrange(ctx => endEnrolment(ctx, { courseId: courseId as never, accountId: ben.accountId }), {
      who: { kind: 'account', accountId: teacher.accountId, sessionId: '' as never, siteRole: 'member', name: '' },
    })
    assert.deepEqual(await results(ben), [])
  })
})
