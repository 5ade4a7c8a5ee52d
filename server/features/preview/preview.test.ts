// Previews over a real node: the course as a learner of a section sees it, judged by the server at both doors; nothing
// written, nothing kept, and never more than whoever looks may see.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { auditRoutes } from '#protocol/audit.ts'
import { calendarRoutes } from '#protocol/calendar.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { type GroupId, groupRoutes, groupsStaffScope } from '#protocol/groups.ts'
import { noteRoutes } from '#protocol/notes.ts'
import { type Preview, previewRoutes, readPreview, writePreview } from '#protocol/preview.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { searchRoutes } from '#protocol/search.ts'
import { todayRoutes } from '#protocol/today.ts'
import { capabilitiesIn, demandMay, may } from '#server/features/access/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse, whoIs } from '#server/test/classes.ts'
import { makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('previews', () => {
  let node: TestNode
  let course: TestCourse
  let courseId: CourseId
  let staff: Client
  let sections: GroupId[]

  before(async () => {
    node = await testNode()
    course = await makeCourse('Cells')
    courseId = course.courseId
    staff = await signedInClient(node, { accountId: course.instructorId })
    const { groups } = await staff.request(groupRoutes.create, { courseId, names: ['Section 1', 'Section 4'] })
    sections = groups.map(one => one.id)
  })

  const as = (wanted: Partial<Preview> = {}) => writePreview({ courseId, role: 'learner', groupIds: [], ...wanted })
  const seen = (preview: string, accountId = course.instructorId) => signedInClient(node, { accountId, preview })

  const page = async (title: string, published: boolean) =>
    (await staff.request(contentRoutes.createPage, { courseId, title, published, body: `${title} mitochondria` })).page
      .id
  const itemOf = async (refId: string) => {
    const items = (await staff.subscribe(courseScope, courseId)).state().items
    return items.find(one => one.refId === refId) ?? assert.fail()
  }

  it('show what a learner of a section sees, and to another section what it sees', async () => {
    const [open, draft, sealed] = [await page('Open', true), await page('Draft', false), await page('Sealed', true)]
    const tree = { op: 'all' as const, of: [{ kind: 'group' as const, groupId: sections[1] ?? assert.fail() }] }
    await staff.request(conditionRoutes.change, {
      ...{ courseId, subject: 'item', subjectId: (await itemOf(sealed)).id, version: 0 },
      ...{ from: null, until: null, hidden: true, tree },
    })
    const quiz = await makeQuiz(course, ['Why'])
    await staff.request(quizRoutes.assign, {
      activityId: quiz.activityId,
      dueAt: new Date(Date.now() + 9e6).toISOString(),
    })

    const [first, fourth] = await Promise.all([
      seen(as({ groupIds: [sections[0] ?? assert.fail()] })),
      seen(as({ groupIds: [sections[1] ?? assert.fail()] })),
    ])
    const read = (who: Client, pageId: string) => who.request(contentRoutes.getPage, { courseId, pageId } as never)
    await read(first, open)
    await assert.rejects(read(first, draft), { code: 'not-found' })
    await assert.rejects(read(first, sealed), { code: 'not-found' })
    await read(fourth, sealed)
    const mine = async (who: Client) =>
      (await who.request(conditionRoutes.mine, { courseId })).items.map(one => one.title)
    assert.deepEqual([await mine(first), await mine(fourth)], [[], ['Sealed']])
    const { capabilities, role } = await first.request(courseRoutes.get, { courseId })
    assert.equal(role, 'learner')
    assert.ok(capabilities.includes('activity.answer') && !capabilities.includes('content.change'))
    // Search, calendar and Today know what that person knows, of this course alone.
    const elsewhere = await makeCourse('Elsewhere mitochondria')
    await sql('update role_assignments set account_id = $1 where account_id = $2', [
      course.instructorId,
      elsewhere.instructorId,
    ])
    const words = async (who: Client) =>
      (await who.request(searchRoutes.everything, { words: 'mitochondria' })).items
        .map(one => one.title.map(part => part.text).join(''))
        .sort()
    assert.ok((await words(staff)).includes('Draft'))
    // As whoever is really in that section.
    const lena = await makePerson(courseId, 'learner', 'Lena of 4')
    await staff.request(groupRoutes.place, { courseId, groupId: sections[1] ?? assert.fail(), accountIds: [lena] })
    const real = await signedInClient(node, { accountId: lena })
    for (const ask of [
      words,
      mine,
      async (who: Client) => (await who.request(courseRoutes.get, { courseId })).capabilities,
    ])
      assert.deepEqual(await ask(fourth), await ask(real))
    assert.deepEqual(await words(first), ['Open'])
    const { entries: days } = await first.request(calendarRoutes.list, {
      from: new Date().toISOString(),
      to: new Date(Date.now() + 9e7).toISOString(),
    })
    assert.equal(days.length, 1)
    assert.equal((await first.request(courseRoutes.list, {})).items.length, 1)
    assert.equal((await first.request(todayRoutes.list, {})).items.length > 0, true)
    // Nothing done yet, nothing graded.
    await first.request(gradeRoutes.mine, { courseId })
    await assert.rejects(first.request(gradeRoutes.table, { courseId }), { code: 'not-allowed' })
    await assert.rejects(first.request(peopleRoutes.people, { courseId }), { code: 'not-allowed' })
  })

  it('R7b: are judged at the socket as over HTTP, and end with the right to look', async () => {
    const learner = await seen(as())
    await learner.subscribe(courseScope, courseId)
    await learner.subscribe(userScope, course.instructorId)
    await assert.rejects(learner.subscribe(courseStaffScope, courseId), { code: 'not-allowed' })
    await assert.rejects(learner.subscribe(groupsStaffScope, courseId), { code: 'not-allowed' })
    await assert.rejects((await seen('nonsense')).subscribe(courseScope, courseId), { code: 'malformed' })
    const helper = await makePerson(courseId, 'assistant', 'Asa Assistant')
    const theirs = await seen(as(), helper)
    await theirs.subscribe(courseScope, courseId)
    await staff.request(peopleRoutes.endEnrolment, { courseId, accountId: helper })
    await waitFor(() => theirs.frames.some(one => one.k === 'closed'), 'the end of what an outsider previews')
    await assert.rejects(theirs.request(courseRoutes.get, { courseId }), { code: 'not-found' })
  })

  it('R7b: write nothing and keep nothing', async () => {
    const count = async () =>
      (
        await sql<{ n: number }>(
          `select (select count(*) from accounts)::int + (select count(*) from enrolments)::int
            + (select count(*) from role_assignments)::int + (select count(*) from group_members)::int
            + (select count(*) from audit_entries)::int as n`,
        )
      )[0]?.n
    const learner = await seen(as({ groupIds: sections }))
    const before = await count()
    await learner.request(courseRoutes.get, { courseId })
    await assert.rejects(learner.request(outlineRoutes.createModule, { courseId, title: 'No' }), { code: 'previewing' })
    await assert.rejects(learner.request(accountRoutes.changeProfile, { version: 0, name: 'No' }), {
      code: 'previewing',
    })
    assert.equal(await count(), before)
    // What is of the moment, and what others would see, is not there at all.
    await assert.rejects(learner.request(inboxRoutes.list, {}), { code: 'not-in-preview' })
    await assert.rejects(learner.request(noteRoutes.list, { courseId }), { code: 'not-in-preview' })
    // Who is signed in is told as ever.
    assert.equal((await learner.request(accountRoutes.me, {})).account?.id, course.instructorId)
  })

  it('give nobody more than they have', async () => {
    const options = await staff.request(previewRoutes.options, { courseId })
    assert.deepEqual(
      options.roles.map(one => one.role),
      ['learner', 'assistant', 'instructor'],
    )
    assert.deepEqual(options.groups.map(one => one.name).sort(), ['Section 1', 'Section 4'])
    const helper = await signedInClient(node, { accountId: await makePerson(courseId, 'assistant', 'Ada') })
    const theirs = await helper.request(previewRoutes.options, { courseId })
    assert.deepEqual(
      theirs.roles.map(one => one.role),
      ['learner', 'assistant'],
    )
    const above = await seen(as({ role: 'instructor' }), helper.accountId)
    await assert.rejects(above.request(courseRoutes.get, { courseId }), { code: 'beyond-own' })
    // What is taken from them is taken from whom they look as.
    const administrator = await signedInClient(node, { role: 'administrator' })
    await administrator.request(accessRoutes.changeRule, {
      ...{ kind: 'course', id: courseId, role: 'assistant', capability: 'activity.view', permission: 'prohibit' },
    })
    const learner = await seen(as(), helper.accountId)
    await assert.rejects(learner.request(courseRoutes.get, { courseId }), { code: 'beyond-own' })
    for (const accountId of [await makePerson(courseId, 'learner', 'Lena'), await makeAccount()])
      await assert.rejects(
        (await seen(as(), accountId)).request(courseRoutes.get, { courseId }),
        (e: { code: string }) => ['not-allowed', 'not-found'].includes(e.code),
      )
    // Further down, too, whoever looks on is asked beside whoever is supposed.
    const [lena, nobody] = [await makePerson(courseId, 'learner', 'Lea'), await makeAccount()]
    const looking = (behind: typeof lena) => testCtx({ who: whoIs(lena), behind: whoIs(behind) })
    const where = courseContext(courseId)
    assert.equal(await may(looking(course.instructorId), 'course.view', where), true)
    assert.equal(await may(looking(nobody), 'course.view', where), false)
    assert.deepEqual(await capabilitiesIn(looking(nobody), where), ['course.create', 'group.join', 'activity.answer'])
    await assert.rejects(demandMay(looking(nobody), 'course.view', where), { code: 'not-allowed' })
    // Not even an administrator's own rights come along.
    const looked = await seen(as({ role: 'assistant' }), administrator.accountId)
    await assert.rejects(looked.request(auditRoutes.list, {}), { code: 'not-allowed' })
    await assert.rejects((await seen(as({ role: 'guest' }))).request(courseRoutes.get, { courseId }), {
      code: 'malformed',
    })
    const wrong = await seen(as({ groupIds: [course.courseId as never] }))
    await assert.rejects(wrong.request(courseRoutes.get, { courseId }), { code: 'not-found' })
  })

  it('show a course that is still prepared as it will be', async () => {
    await staff.request(lifeRoutes.changeState, { courseId, state: 'draft' })
    const lena = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Late Lena') })
    await assert.rejects(lena.request(courseRoutes.get, { courseId }), { code: 'not-published' })
    const learner = await seen(as())
    assert.equal((await learner.request(courseRoutes.get, { courseId })).role, 'learner')
    await assert.rejects(lena.request(courseRoutes.get, { courseId }), { code: 'not-published' })
  })

  it('are written and read alike', () => {
    const wanted = { courseId, role: 'learner' as const, groupIds: sections }
    assert.deepEqual(readPreview(writePreview(wanted)), wanted)
    for (const said of ['', 'a b c', `${courseId} learner x`, `${courseId} learner  more`])
      assert.equal(readPreview(said), undefined)
  })
})
