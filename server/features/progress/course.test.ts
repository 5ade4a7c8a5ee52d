// What completes a course: its rule, people's own words and a teacher's, and the record that follows from them, over a real
// node with its jobs.
import assert from 'node:assert/strict'
import { peopleRoutes as schoolPeople } from '#protocol/accounts/people.ts'
import { userScope } from '#protocol/accounts.ts'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { contentRoutes } from '#protocol/content.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { logRoutes } from '#protocol/courses/log.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { type ResetPart, resetRoutes } from '#protocol/courses/reset.ts'
import { courseScope } from '#protocol/courses.ts'
import { notificationRoutes } from '#protocol/notifications.ts'
import { type CourseRuleSaid, courseCompletionRoutes } from '#protocol/progress/course.ts'
import { progressCalls, progressRoutes, progressScope } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { crossed } from '#server/test/crossing.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { lookForMoments, settle } from './actions/settle.ts'
import { exportCourses } from './queries/course.ts'
import { courseCompletions, courseMarks, courseRules } from './tables.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('what completes a course', () => {
  let node: TestNode
  let course: TestCourse
  let courseId: TestCourse['courseId']
  let staff: Client
  let lena: Client
  let abel: Client
  before(async () => {
    node = await testNode()
  })
  beforeEach(async () => {
    course = await makeCourse()
    courseId = course.courseId
    staff = await signedInClient(node, { accountId: course.instructorId })
    lena = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Lena') })
    abel = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Abel') })
  })

  let version = 0
  const say = async (need: CourseRuleSaid['need'], parts: CourseRuleSaid['parts'], from = 0) => {
    const { rule } = await staff.request(courseCompletionRoutes.changeCourseRule, {
      courseId,
      version: from,
      need,
      parts,
    })
    version = rule.version
    return rule
  }
  const page = async (title: string) =>
    (await staff.request(contentRoutes.createPage, { courseId, title, published: true })).page.id
  const itemOf = async (refId: string) => {
    const { items } = (await staff.subscribe(courseScope, courseId)).state()
    return items.find(one => one.refId === refId)?.id ?? assert.fail()
  }
  const own = async (who: Client) => (await who.request(progressRoutes.mine, { courseId })).course
  const rows = async () => (await staff.request(progressRoutes.table, { courseId })).rows
  const recordOf = async (who: Client) =>
    (await rows()).find(row => row.accountId === who.accountId)?.course?.record ?? null
  const toldOf = async (who: Client) =>
    (await who.request(notificationRoutes.list, {})).items.filter(one => one.kind === 'completed')
  const has = (who: Client) => waitFor(async () => (await recordOf(who)) !== null, 'the record of the course')
  const hasNot = (who: Client) => waitFor(async () => (await recordOf(who)) === null, 'no record of the course')

  it('is said by staff, and kept for whom it holds, with its day; they and the staff hear of it', async () => {
    assert.equal(await own(lena), null)
    const [one, two] = [await page('One'), await page('Two')]
    const [oneItem, twoItem] = [await itemOf(one), await itemOf(two)]
    const parts: CourseRuleSaid['parts'] = [{ kind: 'items', need: 'all', itemIds: [oneItem, twoItem] }]
    await lena.call(progressCalls.readPage, { courseId, pageId: one })
    await abel.call(progressCalls.readPage, { courseId, pageId: one })
    await abel.call(progressCalls.readPage, { courseId, pageId: two })
    assert.deepEqual(await staff.request(courseCompletionRoutes.previewCourseRule, { courseId, need: 'all', parts }), {
      ...{ learners: 2, looked: 2, complete: 1 },
      ...{ gained: 1, lost: 0 },
    })
    await assertConverges(staff, progressScope, courseId, () => say('all', parts))
    await has(abel)
    assert.equal(await recordOf(lena), null)
    const mine = await own(lena)
    assert.deepEqual([mine?.parts[0]?.done, mine?.parts[0]?.of, mine?.record], [1, 2, null])
    assert.deepEqual(mine?.parts[0]?.missing, [{ itemId: twoItem, title: 'Two' }])

    const heard = await lena.subscribe(userScope, lena.accountId)
    const head = heard.head()
    const told = await staff.subscribe(progressScope, courseId)
    const before = told.head()
    await lena.call(progressCalls.readPage, { courseId, pageId: two })
    await has(lena)
    assert.deepEqual((await recordOf(lena))?.ruleVersion, 1)
    await waitFor(() => heard.head() > head && told.head() > before, 'word for the learner and the staff')
    assert.notEqual((await own(lena))?.record, null)
    const csv = await (await staff.raw('GET', `/courses/${courseId}/completion.csv`)).text()
    assert.match(csv, /"Course completed"/)

    // What was removed asks for nothing; a draft is waited for.
    await staff.request(outlineRoutes.removeItem, { courseId, itemId: twoItem })
    assert.deepEqual((await own(lena))?.parts[0]?.of, 1)
    await assert.rejects(say('all', parts, 0), { code: 'conflict' })
    const elsewhere = await makeCourse()
    const other = await signedInClient(node, { accountId: elsewhere.instructorId })
    await assert.rejects(
      other.request(courseCompletionRoutes.changeCourseRule, {
        ...{ courseId: elsewhere.courseId, version: 0, need: 'all' },
        parts: [{ kind: 'items', need: 'all', itemIds: [oneItem] }],
      }),
      { code: 'malformed' },
    )
  })

  it('comes back with its day when another rule is taken back, and goes when something was not done after all', async () => {
    const one = await page('One')
    const itemId = await itemOf(one)
    await staff.request(progressRoutes.changeRule, { courseId, itemId, asks: 'by-hand', version: 0 })
    const items = { kind: 'items', need: 'any', itemIds: [itemId] } as const
    await say('all', [{ ...items, itemIds: [itemId] }])
    await lena.request(progressRoutes.mark, { courseId, itemId, done: 'yes' })
    await has(lena)
    const first = await recordOf(lena)
    await waitFor(async () => (await toldOf(lena)).length === 1, 'word of the completion')
    // A stricter one takes it, and undone gives it back as it was.
    await say(
      'all',
      [
        { ...items, itemIds: [itemId] },
        { kind: 'days', days: 30 },
      ],
      version,
    )
    await hasNot(lena)
    assert.deepEqual(await toldOf(lena), [])
    await say('all', [{ ...items, itemIds: [itemId] }], version)
    await has(lena)
    // Once, however often it comes back.
    assert.deepEqual(
      (await toldOf(lena)).map(one => [one.count, one.course?.id, one.place.at]),
      [[1, courseId, 'course']],
    )
    assert.equal((await recordOf(lena))?.at, first?.at)
    assert.equal((await recordOf(lena))?.ruleVersion, 3)
    await lena.request(progressRoutes.mark, { courseId, itemId, done: 'no' })
    await hasNot(lena)
  })

  it('takes the word of learners and of teachers, which both take back, and keeps who gave it', async () => {
    await assert.rejects(lena.request(courseCompletionRoutes.markCourse, { courseId, done: 'yes' }), {
      code: 'not-found',
    })
    await say('all', [{ kind: 'self' }, { kind: 'teacher' }])
    await lena.request(courseCompletionRoutes.markCourse, { courseId, done: 'yes' })
    assert.deepEqual(
      (await own(lena))?.parts.map(one => [one.kind, one.state]),
      [
        ['self', 'done'],
        ['teacher', 'open'],
      ],
    )
    const mark = (who: Client, what: 'teacher' | 'whole', done: 'yes' | 'no') =>
      staff.request(courseCompletionRoutes.markLearner, { courseId, accountId: who.accountId as AccountId, what, done })
    assert.notEqual((await mark(lena, 'teacher', 'yes')).standing.record, null)
    await lena.request(courseCompletionRoutes.markCourse, { courseId, done: 'no' })
    assert.equal(await recordOf(lena), null)
    // Whatever is missing.
    const { standing } = await mark(abel, 'whole', 'yes')
    assert.deepEqual([standing.record === null, standing.marks], [false, ['whole']])
    assert.equal((await own(abel))?.marked, true)
    await waitFor(async () => (await toldOf(abel)).length === 1, 'word of the completion')
    assert.equal((await mark(abel, 'whole', 'no')).standing.record, null)
    const { items } = await staff.request(logRoutes.log, { courseId, thing: 'completion' })
    assert.deepEqual(items.map(one => one.verb).reverse(), [
      'completion.changed',
      'completion.marked',
      'completion.marked',
      'completion.mark-taken',
    ])
    await assert.rejects(mark(staff, 'whole', 'yes'), { code: 'not-found' })
    await assert.rejects(
      lena.request(courseCompletionRoutes.markLearner, {
        ...{ courseId, accountId: lena.accountId as AccountId },
        ...{ what: 'whole', done: 'yes' },
      }),
      { code: 'not-allowed' },
    )
  })

  it('knows what the total has reached, as far as it may be told', async () => {
    const quiz = await makeQuiz(course, ['One', 'Two'])
    const { id } = await staff.request(quizRoutes.assign, {
      ...{ activityId: quiz.activityId, shows: 'at-once' },
      dueAt: new Date(Date.now() + 3_600_000).toISOString(),
    })
    await say('all', [{ kind: 'grade', percent: 80 }])
    const take = async (who: Client, ...answers: string[]) => {
      for (const [index, answer] of answers.entries())
        await who.call(activityCalls.answer, {
          ...{ deliveryId: id, itemId: quiz.itemIds[index] ?? assert.fail() },
          move: { optionIds: [answer] },
        })
      await who.request(quizRoutes.finish, { deliveryId: id })
    }
    // Half of it right is 75 %.
    await take(abel, 'b', 'a')
    await take(lena, 'b', 'b')
    await has(lena)
    assert.equal(await recordOf(abel), null)
    assert.deepEqual((await own(abel))?.parts[0]?.percent, '75')
    await say('all', [{ kind: 'grade', percent: 70 }], version)
    await has(abel)
  })

  it('comes with a day or after so many in the course, without anybody doing anything', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    await say('any', [
      { kind: 'date', at: soon },
      { kind: 'days', days: 2 },
    ])
    assert.equal((await own(lena))?.parts[0]?.at, soon)
    const later = async (ms: number) => {
      const now = new Date(Date.now() + ms)
      const jobs: object[] = []
      await arrange(ctx => lookForMoments({ ...ctx, now, enqueue: async (_, data) => void jobs.push(data) }))
      return jobs.filter(one => (one as { courseId: string }).courseId === courseId)
    }
    assert.deepEqual(await later(30_000), [])
    assert.deepEqual(
      (await later(61_000)).map(one => (one as { accountIds: unknown }).accountIds),
      [null],
    )
    // Looked at once.
    assert.deepEqual(await later(62_000), [])
    const both = (await later(49 * 3_600_000)) as { accountIds: string[] }[]
    assert.deepEqual(both[0]?.accountIds.length, 2)
    const row = await courseRules.findByPk(courseId, { raw: true, rejectOnEmpty: true })
    assert.ok(row.lookedAt > new Date())
    await say('all', [{ kind: 'date', at: new Date(Date.now() - 60_000).toISOString() }], version)
    await has(lena)
  })

  it('comes along into copies, not with whom it holds for, and goes with marks where a course begins anew', async () => {
    const one = await page('One')
    const itemId = await itemOf(one)
    const at = new Date(Date.now() + 86_400_000).toISOString()
    await say('any', [{ kind: 'items', need: 'all', itemIds: [itemId] }, { kind: 'date', at }, { kind: 'self' }])
    await lena.request(courseCompletionRoutes.markCourse, { courseId, done: 'yes' })
    assert.notEqual(await recordOf(lena), null)
    const kept = await arrange(ctx => exportCourses(ctx, lena.accountId as AccountId))
    assert.deepEqual(
      Object.values(kept).map(list => (list as object[]).length),
      [1, 1],
    )
    const admin = await signedInClient(node, { role: 'administrator' })
    const { course: copy } = await admin.request(copyRoutes.copy, {
      ...{ courseId, how: 'make', title: 'Again', shift: { days: 7 } },
    })
    const { rule } = await admin.request(courseCompletionRoutes.courseRule, { courseId: copy?.id ?? assert.fail() })
    assert.deepEqual(
      rule.parts.map(part => part.kind),
      ['items', 'date', 'self'],
    )
    assert.notDeepEqual(rule.parts[0], { kind: 'items', need: 'all', itemIds: [itemId] })

    // Two accounts of one person: what either did stays.
    await admin.request(schoolPeople.merge, {
      accountId: lena.accountId as AccountId,
      into: abel.accountId as AccountId,
    })
    await has(abel)
    await staff.request(resetRoutes.reset, { courseId, how: 'make', parts: ['marks'], title: 'Cells' })
    assert.deepEqual(
      (await rows()).flatMap(row => row.course?.record ?? []),
      [],
    )
  })

  it('leaves no record of somebody who was being looked at while the course began anew, and knows the days that have come', async () => {
    await say('any', [{ kind: 'self' }])
    // Said, and not looked at yet.
    const accountId = lena.accountId as AccountId
    await courseMarks.create({ courseId, accountId, what: 'self', at: new Date(), markedBy: accountId })
    const reset = (parts: ResetPart[]) =>
      staff.request(resetRoutes.reset, { courseId, how: 'make', parts, title: 'Cells' })
    await crossed(
      node.as(whoIs(course.instructorId)),
      ctx => settle(ctx, courseId, [accountId], 'record'),
      () => reset(['marks']),
      'select pg_advisory_xact_lock(%',
    )
    assert.equal(await courseCompletions.count({ where: { courseId } }), 0)

    const past = new Date(Date.now() - 60_000).toISOString()
    await say('all', [{ kind: 'date', at: past }], version)
    await has(abel)
    await reset(['marks'])
    await has(abel)
  })
})
