// Homework on Today: only for those who still have to hand it in, each at their own time; staff have nothing to do.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { userScope } from '#protocol/accounts.ts'
import { type ActivityId, activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import type { CourseId } from '#protocol/courses.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { todayRoutes } from '#protocol/today.ts'
import { deliveries } from '#server/features/activities/index.ts'
import { ownCourses } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import { makeActivity, makeCourse, makeLearners, singleQuestion } from '#server/test/record.ts'
import { learnersFor, maySitHomework } from './queries/people.ts'
import { dueToday } from './queries/today.ts'

const hourMs = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * hourMs).toISOString()

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('homework on Today', () => {
  let node: Awaited<ReturnType<typeof testNode>>
  let teacher: Client
  let ada: Client
  let ben: Client
  let courseId = ''

  before(async () => {
    node = await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
    const [a, b] = (await makeLearners(courseId, 'Ada', 'Ben')) as [AccountId, AccountId]
    ada = await signedInClient(node, { accountId: a })
    ben = await signedInClient(node, { accountId: b })
  })

  const assign = async (title: string, hours: number) => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion()], { title })
    const delivery = await teacher.request(quizRoutes.assign, {
      activityId: activity.id as ActivityId,
      dueAt: inHours(hours),
    })
    return { deliveryId: delivery.id, itemId: items[0]!.id }
  }
  const due = async (client: Client) =>
    (await client.request(todayRoutes.list, {})).items.filter(one => one.kind === 'due').map(one => one.title)

  it('lists what is not handed in, soonest first, and takes it off every device once it is', async () => {
    const tomorrow = await assign('Tomorrow', 24)
    const soon = await assign('Soon', 1)
    assert.deepEqual(await due(ada), ['Soon', 'Tomorrow'])
    assert.deepEqual(await due(teacher), [])
    const given = async () =>
      (await teacher.request(todayRoutes.list, {})).items
        .filter(one => one.kind === 'given')
        .map(one => [one.title, one.detail])
    assert.deepEqual(await given(), [
      ['Soon', { given: 2, answered: 0, handedIn: 0 }],
      ['Tomorrow', { given: 2, answered: 0, handedIn: 0 }],
    ])
    assert.deepEqual(await due(await signedInClient(node)), [])

    const other = await signedInClient(node, { accountId: ada.accountId })
    const user = await other.subscribe(userScope, ada.accountId)
    const before = user.state().changed
    await ada.call(activityCalls.answer, { ...soon, move: { optionIds: ['b'] } })
    assert.deepEqual(await due(ada), ['Soon', 'Tomorrow'])
    await assertConverges(other, userScope, ada.accountId, async () => {
      const told = async () =>
        (await sql("select 1 from events where scope = $1 and kind = 'coursesChanged'", [`user:${ada.accountId}`]))
          .length
      const toldBefore = await told()
      await ada.request(quizRoutes.finish, { deliveryId: soon.deliveryId })
      assert.ok((await told()) > toldBefore, 'said with the handing in, not by a job after it')
      // Of the grade a job tells.
      await user.until(
        ({ changed }) => changed.courses > before.courses && changed.grades > before.grades,
        'word that it was handed in',
      )
    })
    assert.deepEqual(await due(other), ['Tomorrow'])
    assert.deepEqual((await given())[0], ['Soon', { given: 2, answered: 1, handedIn: 1 }])
    assert.deepEqual(await due(ben), ['Soon', 'Tomorrow'])

    await arrange(ctx =>
      ctx.sql(
        `insert into attempts (id, delivery_id, account_id, started_at, extra_seconds)
         values (gen_random_uuid(), $1, $2, now(), 7200)`,
        [soon.deliveryId, ben.accountId],
      ),
    )
    const late = (await ben.request(todayRoutes.list, {})).items.find(one => one.item.refId === soon.deliveryId)
    assert.ok(Date.parse(late?.at ?? '') > Date.now() + 2.5 * hourMs, 'extra time counts for the one who has it')
    assert.ok(tomorrow.deliveryId)
  })

  it('forgets what is a week past, and asks one query beside that for releases', async () => {
    const { deliveryId } = await assign('Long past', 2)
    const { deliveryId: past } = await assign('Past', 2)
    await deliveries.update({ dueAt: new Date(Date.now() - 9 * 24 * hourMs) }, { where: { id: deliveryId } })
    await deliveries.update({ dueAt: new Date(Date.now() - 2 * hourMs) }, { where: { id: past } })
    const titles = await due(ada)
    assert.ok(titles.includes('Past') && !titles.includes('Long past'))
    let asked = 0
    const counting = testCtx({
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    await dueToday(counting, ada.accountId, await ownCourses(testCtx(), ada.accountId))
    assert.equal(asked, 2)
  })

  it('follows what roles come to there and how far the course has come', async () => {
    const { deliveryId } = await assign('Asked', 30)
    const administrator = await signedInClient(node, { role: 'administrator' })
    const place = { kind: 'course' as const, id: courseId }
    const kinds = async (client: Client) =>
      new Set((await client.request(todayRoutes.list, {})).items.map(one => one.kind))
    const aide = await signedInClient(node)
    const { role } = await administrator.request(accessRoutes.createRole, { name: 'Aide', copyOf: 'assistant' })
    await administrator.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: aide.accountId })
    assert.deepEqual([await kinds(aide), await kinds(administrator)], [new Set(['given']), new Set()])

    const rule = { ...place, role: 'learner' as const, capability: 'activity.answer' as const }
    assert.ok((await due(ben)).includes('Asked'))
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'prevent' })
    assert.deepEqual(await due(ben), [])
    const pair = { deliveryId, accountId: ben.accountId }
    const sitsAndHears = async () => [
      await maySitHomework(testCtx(), [pair]),
      (await learnersFor(testCtx(), deliveryId)).includes(ben.accountId),
    ]
    assert.deepEqual(await sitsAndHears(), [['not-allowed'], false])
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'inherit' })
    assert.deepEqual(await sitsAndHears(), [[true], true])

    await teacher.request(lifeRoutes.changeState, { courseId: courseId as CourseId, state: 'draft' })
    assert.deepEqual([await kinds(ben), await kinds(teacher)], [new Set(), new Set(['given'])])
    await teacher.request(lifeRoutes.changeState, { courseId: courseId as CourseId, state: 'published' })
    assert.ok((await due(ben)).includes('Asked'))
  })
})
