// Releases over a real node: what is shut is shut at every door, says what opens it to those who may know, opens as soon
// as that is so, and costs the same however much stands in the course.
import assert from 'node:assert/strict'
import { profileRoutes } from '#protocol/accounts/profile.ts'
import { userScope } from '#protocol/accounts.ts'
import { type ItemId as AskedId, activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { type ConditionGroup, conditionRoutes, conditionsScope, type Release } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseItem, courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { groupRoutes, groupsScope } from '#protocol/groups.ts'
import { notificationRoutes } from '#protocol/notifications.ts'
import { progressCalls, progressRoutes } from '#protocol/progress.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { searchRoutes } from '#protocol/search.ts'
import { todayRoutes } from '#protocol/today.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { uploadFile } from '#server/test/uploads.ts'
import { ownLocks } from './queries/releases.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const code = (wanted: string) => (error: Problem) => {
  assert.equal(error.code, wanted)
  return true
}
const all = (...of: ConditionGroup['of'][number][]): ConditionGroup => ({ op: 'all', of })
const hour = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString()

describe('conditions', () => {
  let node: TestNode
  let course: TestCourse
  let courseId: string
  let staff: Client
  let lena: Client

  before(async () => {
    node = await testNode()
    course = await makeCourse()
    courseId = course.courseId
    staff = await signedInClient(node, { accountId: course.instructorId })
    lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
  })

  const itemOf = async (refId: string): Promise<CourseItem> => {
    const open = (await staff.subscribe(courseScope, courseId)).state().items
    const drafts = (await staff.subscribe(courseStaffScope, courseId)).state().drafts
    return [...open, ...drafts].find(one => one.refId === refId) ?? assert.fail()
  }
  const newPage = async (title: string, moduleId?: string) => {
    const { page } = await staff.request(contentRoutes.createPage, { courseId, title, published: true, moduleId })
    return { pageId: page.id, item: await itemOf(page.id), read: () => ({ courseId, pageId: page.id }) }
  }
  const newModule = async (title: string) =>
    (await staff.request(outlineRoutes.createModule, { courseId, title })).module
  const say = (
    subject: Release['subject'],
    subjectId: string,
    said: Partial<Omit<Release, 'tree'>> & { tree?: ConditionGroup },
  ) =>
    staff.request(conditionRoutes.change, {
      ...{ courseId, subject, subjectId, version: 0, from: null, until: null, hidden: false, tree: null },
      ...(said as object),
    })
  const mine = () => lena.request(conditionRoutes.mine, { courseId })

  it('shuts pages, files, homework and what a module holds, and says so at every door', async () => {
    const module = await newModule('Later')
    const page = await newPage('Sealed', module.id)
    const file = await uploadFile(staff, { courseId, name: 'sealed.txt', bytes: 'text' })
    await staff.request(fileRoutes.place, { fileId: file.id, published: true, moduleId: module.id })
    const quiz = await makeQuiz(course, ['Why'])
    const homework = await staff.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt: hour(5) })
    const given = await itemOf(homework.id)
    const answer = { deliveryId: homework.id, itemId: quiz.itemIds[0] as AskedId, move: { optionIds: ['b'] } }

    await assertConverges(lena, conditionsScope, courseId, () => say('module', module.id, { from: hour(1) }))
    await say('item', given.id, { until: hour(-1) })
    assert.deepEqual((await mine()).locks.map(one => [one.subject, one.state]).sort(), [
      ['item', 'over'],
      ['module', 'waiting'],
    ])
    await assert.rejects(lena.request(contentRoutes.getPage, page.read()), code('locked'))
    await assert.rejects(lena.call(progressCalls.readPage, page.read()), code('locked'))
    await assert.rejects(lena.request(fileRoutes.get, { fileId: file.id }), code('not-found'))
    assert.equal((await lena.raw('GET', `/files/${file.id}/content`)).status, 404)
    await assert.rejects(lena.request(quizRoutes.get, { deliveryId: homework.id }), code('locked'))
    // However its id is spelled.
    const loud = homework.id.toUpperCase() as typeof homework.id
    await assert.rejects(lena.request(quizRoutes.get, { deliveryId: loud }), code('locked'))
    await assert.rejects(lena.request(quizRoutes.finish, { deliveryId: loud }), code('locked'))
    await assert.rejects(lena.call(activityCalls.answer, answer), code('locked'))
    await assert.rejects(lena.call(activityCalls.answer, { ...answer, deliveryId: loud }), code('locked'))
    await assert.rejects(lena.request(quizRoutes.finish, { deliveryId: homework.id }), code('locked'))
    const today = await lena.request(todayRoutes.list, {})
    assert.ok(!today.items.some(one => one.item.refId === homework.id))
    assert.equal((await lena.request(progressRoutes.mine, { courseId })).next, null)
    assert.equal((await staff.request(contentRoutes.getPage, page.read())).page.title, 'Sealed')

    await say('module', module.id, { version: 1 })
    await say('item', given.id, { version: 1 })
    assert.equal((await lena.request(contentRoutes.getPage, page.read())).page.title, 'Sealed')
    assert.equal((await lena.request(fileRoutes.get, { fileId: file.id })).file.name, 'sealed.txt')
    await lena.call(activityCalls.answer, answer)
  })

  it('opens at its moment, and by what is done and scored, nested; the word comes to the person', async () => {
    const first = await newPage('First')
    const quiz = await makeQuiz(course, ['What'])
    const homework = await staff.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt: hour(5) })
    const given = await itemOf(homework.id)
    const { gradeItems } = await staff.request(gradeRoutes.table, { courseId })
    const gradeItemId = gradeItems.at(-1)?.id ?? assert.fail()
    const reward = await newPage('Reward')
    const help = await newPage('Help')
    const score = { kind: 'score' as const, gradeItemId, percent: 60 }
    const done = (itemId: CourseItem['id']) => ({ kind: 'completion' as const, itemId, is: 'done' as const })
    await say('item', reward.item.id, { tree: all(done(first.item.id), { op: 'any', of: [score] }), hidden: true })
    await say('item', help.item.id, { tree: all({ op: 'not', of: [score] }) })

    const before = await mine()
    assert.ok(!before.items.some(one => one.id === reward.item.id))
    assert.deepEqual(
      before.locks.filter(one => one.tree).map(one => [one.subjectId, one.met]),
      // Not enough, before there is a result, is not known either.
      [[help.item.id, [false]]],
    )
    await assert.rejects(lena.request(contentRoutes.getPage, reward.read()), code('not-found'))
    const own = await lena.subscribe(userScope, lena.accountId)
    const heard = own.head()
    await lena.call(progressCalls.readPage, first.read())
    await waitFor(() => own.head() > heard, 'word on the other devices of the person')
    await lena.call(activityCalls.answer, {
      ...{ deliveryId: homework.id, itemId: quiz.itemIds[0] as AskedId },
      move: { optionIds: ['b'] },
    })
    await lena.request(quizRoutes.finish, { deliveryId: homework.id })
    // The result is held until it is due, and a lock would tell it.
    assert.deepEqual(
      (await mine()).items.filter(one => one.id === reward.item.id),
      [],
    )
    await sql("update deliveries set shows = 'at-once' where id = $1", [given.refId])
    await waitFor(async () => (await mine()).items.some(one => one.id === reward.item.id), 'the reward to open')
    assert.equal((await lena.request(contentRoutes.getPage, reward.read())).page.title, 'Reward')
    await assert.rejects(lena.request(contentRoutes.getPage, help.read()), code('locked'))
    const later = testCtx({ now: new Date(Date.now() + 7_200_000) })
    await say('item', first.item.id, { from: hour(1) })
    const opened = await ownLocks(later, courseId, lena.accountId)
    assert.ok(!opened.locks.some(one => one.subjectId === first.item.id))
  })

  it('opens by a range of scores, and by being in any group of a set', async () => {
    const quiz = await makeQuiz(course, ['One', 'Two'])
    const homework = await staff.request(quizRoutes.assign, {
      ...{ activityId: quiz.activityId, dueAt: hour(5), shows: 'at-once' },
    })
    const { gradeItems } = await staff.request(gradeRoutes.table, { courseId })
    const gradeItemId = gradeItems.at(-1)?.id ?? assert.fail()
    const { set } = await staff.request(groupRoutes.createSet, { courseId, name: 'Projects', groups: ['Red', 'Blue'] })
    const pages = { help: await newPage('For some'), less: await newPage('For few'), top: await newPage('For best') }
    const score = (range: { percent?: number; below?: number }) => ({ kind: 'score' as const, gradeItemId, ...range })
    const inSet = { kind: 'set' as const, setId: set.id }
    for (const wrong of [score({}), score({ percent: 60, below: 60 })])
      await assert.rejects(say('item', pages.help.item.id, { tree: all(wrong) }), code('malformed'))
    await assert.rejects(
      say('item', pages.help.item.id, { tree: all({ ...inSet, setId: gradeItemId as never }) }),
      code('malformed'),
    )
    await say('item', pages.help.item.id, { tree: all(score({ percent: 50, below: 90 }), inSet) })
    await say('item', pages.less.item.id, { tree: all(score({ below: 75 })) })
    await say('item', pages.top.item.id, { tree: all(score({ percent: 75, below: 76 })) })
    const look = async () => {
      const locked = new Set((await mine()).locks.map(one => one.subjectId))
      return Object.values(pages).flatMap(({ item }) => (locked.has(item.id) ? [item.title] : []))
    }
    assert.deepEqual(await look(), ['For some', 'For few', 'For best'])
    for (const [index, option] of ['b', 'a'].entries())
      await lena.call(activityCalls.answer, {
        ...{ deliveryId: homework.id, itemId: quiz.itemIds[index] as AskedId },
        move: { optionIds: [option] },
      })
    await lena.request(quizRoutes.finish, { deliveryId: homework.id })
    // Half of it right is 75 %: in the range, and not below its own end.
    assert.deepEqual(await look(), ['For some', 'For few'])
    const { groups } = (await staff.subscribe(groupsScope, courseId)).state()
    const groupId = groups.find(one => one.name === 'Blue')?.id ?? assert.fail()
    const own = await lena.subscribe(userScope, lena.accountId)
    const heard = own.head()
    await staff.request(groupRoutes.place, { courseId, groupId, accountIds: [lena.accountId] })
    await waitFor(() => own.head() > heard, 'word to who came into a group')
    assert.deepEqual(await look(), ['For few'])
    // A set that was removed asks for nothing.
    await staff.request(groupRoutes.takeOut, { courseId, places: [{ groupId, accountId: lena.accountId }] })
    assert.deepEqual(await look(), ['For some', 'For few'])
    await staff.request(groupRoutes.removeSet, { courseId, setId: set.id })
    assert.deepEqual(await look(), ['For few'])
  })

  it('opens by what stands in the profile, of fields that whoever teaches may see', async () => {
    const administrator = await signedInClient(node, { role: 'administrator' })
    const field = async (name: string, seenBy: 'teachers' | 'administrators', filledBy: 'person' | 'administrators') =>
      (
        await administrator.request(profileRoutes.createField, {
          ...{ name, kind: 'menu', options: ['Nursing', 'Midwifery'], seenBy, filledBy },
        })
      ).field.id
    const [programme, secret] = [
      await field('Programme', 'teachers', 'administrators'),
      await field('Fees', 'administrators', 'administrators'),
    ]
    const { items } = await staff.request(conditionRoutes.profileFields, { courseId })
    assert.deepEqual(
      items.map(one => [one.name, one.filledBy]),
      [['Programme', 'administrators']],
    )
    const ward = await newPage('On the ward')
    const is = (fieldId: string) => all({ kind: 'profile', fieldId, is: 'equals', value: 'nursing' })
    await assert.rejects(say('item', ward.item.id, { tree: is(secret) }), code('malformed'))
    await say('item', ward.item.id, { tree: is(programme) })
    const lock = (await mine()).locks.find(one => one.subjectId === ward.item.id)
    assert.deepEqual(lock?.met, [false])
    assert.equal((await mine()).targets.find(one => one.id === programme)?.title, 'Programme')
    await assert.rejects(lena.request(contentRoutes.getPage, ward.read()), code('locked'))

    const own = await lena.subscribe(userScope, lena.accountId)
    const heard = own.head()
    const fill = (value: string) =>
      administrator.request(profileRoutes.fillProfile, {
        ...{ accountId: lena.accountId, values: [{ fieldId: programme, value }] },
      })
    await fill('Nursing')
    await waitFor(() => own.head() > heard, 'word to the person')
    assert.equal((await lena.request(contentRoutes.getPage, ward.read())).page.title, 'On the ward')
    await assertConverges(lena, userScope, lena.accountId, () => fill('Midwifery'))
    await assert.rejects(lena.request(contentRoutes.getPage, ward.read()), code('locked'))
    // What is for administrators alone from now on goes on where it was said, and is offered no more.
    const { items: fields } = await administrator.request(profileRoutes.listFields, {})
    const { id: fieldId, kind, ...now } = fields.find(one => one.id === programme) ?? assert.fail()
    await administrator.request(profileRoutes.changeField, { ...now, fieldId, seenBy: 'administrators' })
    assert.equal(kind, 'menu')
    await assert.rejects(lena.request(contentRoutes.getPage, ward.read()), code('locked'))
    assert.deepEqual((await staff.request(conditionRoutes.profileFields, { courseId })).items, [])
    await say('item', ward.item.id, { version: 1, tree: is(programme), hidden: true })
  })

  it('keeps the name of what is hidden to staff until it opens', async () => {
    const page = await newPage('Surprise party')
    const quiz = await makeQuiz(course, ['Hm'])
    const homework = await staff.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt: hour(30) })
    const given = await itemOf(homework.id)
    for (const item of [page.item, given])
      await assertConverges(lena, courseScope, courseId, () => say('item', item.id, { from: hour(1), hidden: true }))
    await assertConverges(staff, courseStaffScope, courseId, () =>
      staff.request(contentRoutes.changePage, { ...page.read(), version: 0, title: 'Surprise cake' }),
    )
    const told = JSON.stringify([
      (await lena.subscribe(courseScope, courseId)).state(),
      await mine(),
      await lena.request(progressRoutes.mine, { courseId }),
      await lena.request(searchRoutes.titles, { words: 'surprise' }),
      await lena.request(todayRoutes.list, {}),
      await lena.request(notificationRoutes.list, {}),
    ])
    assert.ok(!told.includes('Surprise') && !told.includes(given.id) && !told.includes(homework.id))
    // A module hides what is in it and keeps its own name.
    const module = await newModule('Secrets')
    await newPage('Whisper', module.id)
    const state = await assertConverges(lena, courseScope, courseId, () =>
      say('module', module.id, { from: hour(1), hidden: true }),
    )
    assert.ok(state.modules.some(one => one.title === 'Secrets') && !state.items.some(one => one.title === 'Whisper'))
  })

  it('refuses a circle by its names, also when a thing is moved into one, and what is not there', async () => {
    const week = await newModule('Week 2')
    const quiz = await newPage('Quiz 1')
    const moduleDone = { kind: 'module' as const, moduleId: week.id }
    await say('item', quiz.item.id, { tree: all(moduleDone) })
    const circular =
      (...path: string[]) =>
      (error: Problem) => {
        assert.deepEqual([error.code, error.params.path], ['circular', path])
        return true
      }
    const waits = all({ kind: 'completion', itemId: quiz.item.id, is: 'done' })
    await assert.rejects(say('module', week.id, { tree: waits }), circular('Week 2', 'Quiz 1', 'Week 2'))
    const into = { courseId, itemId: quiz.item.id, moduleId: week.id }
    await assert.rejects(staff.request(outlineRoutes.moveItem, into), circular('Week 2', 'Quiz 1', 'Week 2'))
    await assert.rejects(say('item', quiz.item.id, { tree: all(moduleDone) }), (error: Problem) => {
      assert.equal(error.code, 'conflict')
      assert.equal((error.params.current as Release).version, 1)
      return true
    })
    const strange = all({ kind: 'completion', itemId: week.id as never, is: 'done' })
    await assert.rejects(say('module', week.id, { tree: strange }), code('malformed'))
  })

  it('does not wait for what was removed, and says so to staff', async () => {
    const [gone, kept] = [await newPage('Gone'), await newPage('Kept')]
    await say('item', kept.item.id, { tree: all({ kind: 'completion', itemId: gone.item.id, is: 'done' }) })
    await assert.rejects(lena.request(contentRoutes.getPage, kept.read()), code('locked'))
    await staff.request(outlineRoutes.removeItem, { courseId, itemId: gone.item.id })
    assert.equal((await lena.request(contentRoutes.getPage, kept.read())).page.title, 'Kept')
    const { targets } = await staff.request(conditionRoutes.list, { courseId })
    assert.equal(targets.find(one => one.id === gone.item.id)?.state, 'gone')
    await staff.request(outlineRoutes.restoreItem, { courseId, itemId: gone.item.id })
    await assert.rejects(lena.request(contentRoutes.getPage, kept.read()), code('locked'))
  })

  it('asks as many queries for three hundred items as for three', async () => {
    const { courseId: large } = await makeCourse('Large')
    const person = await makePerson(large, 'learner', 'Lee')
    const fill = (from: number, to: number) =>
      sql(
        `with made as (
           insert into pages (id, course_id, title, body, version, changed_at)
           select gen_random_uuid(), $1, 'Page ' || n, '', 0, now() from generate_series($2::int, $3::int) n returning id
         ), placed as (
           insert into items (id, course_id, kind, ref_id, title, position, published, audience, detail, version)
           select gen_random_uuid(), $1, 'page', id, 'Page', '5', true, 'everybody', '{}', 0 from made returning id
         )
         insert into releases (subject, subject_id, course_id, tree, version, changed_at)
         select 'item', id, $1, jsonb_build_object('op', 'all', 'of', jsonb_build_array(
                  jsonb_build_object('kind', 'completion', 'itemId', (select min(id::text) from placed), 'is', 'done'))),
                1, now() from placed`,
        [large, from, to],
      )
    const count = async () => {
      let asked = 0
      const ctx = testCtx({
        sql: (text, values) => {
          asked += 1
          return sql(text, values)
        },
      })
      const { locks } = await ownLocks(ctx, large, person as AccountId)
      return [locks.length, asked]
    }
    await fill(1, 3)
    const few = await count()
    await fill(4, 300)
    assert.deepEqual(
      [few, await count()],
      [
        [3, 6],
        [300, 6],
      ],
    )
  })
})
