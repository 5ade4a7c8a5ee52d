// The change log of a course: each act on its content stands there with what was before and after, narrowed, paged and
// saved, for those who change the course and nobody else.
import assert from 'node:assert/strict'
import { accessRoutes, type CustomRoleId } from '#protocol/access.ts'
import { activityRoutes } from '#protocol/activities.ts'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { logRoutes } from '#protocol/courses/log.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseScope } from '#protocol/courses.ts'
import { glossaryRoutes } from '#protocol/glossaries.ts'
import { groupRoutes } from '#protocol/groups.ts'
import { meetingRoutes } from '#protocol/meetings.ts'
import { courseCompletionRoutes } from '#protocol/progress/course.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

describe('the change log of a course', () => {
  let node: TestNode

  before(async () => {
    node = await testNode()
  })

  it('tells who changed what, from what to what, and where a course came from', async () => {
    const course = await makeCourse('Cells')
    const { courseId } = course
    const ines = await signedInClient(node, { accountId: course.instructorId })
    const asa = await signedInClient(node, { accountId: await makePerson(courseId, 'assistant', 'Asa') })
    const { module } = await ines.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    const { page } = await asa.request(contentRoutes.createPage, {
      courseId,
      title: 'Intro',
      body: '',
      published: true,
    })
    const item = (await ines.subscribe(courseScope, courseId)).state().items[0] ?? assert.fail()
    const itemId = item.id
    await asa.request(contentRoutes.changePage, { courseId, pageId: page.id, version: 0, title: 'Start' })
    await ines.request(outlineRoutes.changeModule, { courseId, moduleId: module.id, version: 0, title: 'Week one' })
    await ines.request(outlineRoutes.moveItem, { courseId, itemId, moduleId: module.id })
    await ines.request(outlineRoutes.hideItem, { courseId, itemId })
    await ines.request(outlineRoutes.publishItem, { courseId, itemId })
    const from = '2030-01-01T00:00:00.000Z'
    await ines.request(conditionRoutes.change, {
      ...{ courseId, subject: 'item', subjectId: itemId, version: 0, from, until: null, hidden: false, tree: null },
    })
    await ines.request(activityRoutes.create, { courseId, kind: 'quiz', title: 'Checkpoint' })
    await ines.request(outlineRoutes.removeItem, { courseId, itemId })
    await ines.request(outlineRoutes.restoreItem, { courseId, itemId })

    const read = async (more: object = {}) => ines.request(logRoutes.log, { courseId, limit: 100, ...more })
    const all = await read()
    const told = all.items.map(one => `${one.actor?.name?.split(' ')[0]} ${one.verb}`).reverse()
    assert.deepEqual(told, [
      'Ines course.created',
      'Ines note.created',
      'Ines module.created',
      'Asa page.created',
      'Asa item.renamed',
      'Asa page.changed',
      'Ines module.renamed',
      'Ines item.moved',
      'Ines item.hidden',
      'Ines item.published',
      'Ines release.changed',
      'Ines activity.created',
      'Ines item.removed',
      'Ines item.restored',
    ])
    const details = (verb: string) => all.items.find(one => one.verb === verb)?.details as Record<string, unknown>
    const changes = (verb: string) => [details(verb).before, details(verb).after]
    assert.deepEqual(changes('module.renamed'), [{ title: 'Week 1' }, { title: 'Week one' }])
    assert.deepEqual(changes('item.moved'), [{ module: null }, { module: 'Week one' }])
    assert.deepEqual(
      changes('release.changed').map(one => (one as { from: unknown }).from),
      [null, from],
    )
    assert.equal(details('item.removed').title, 'Start')
    assert.deepEqual(
      all.people.map(one => one.name),
      ['Asa', 'Ines Instructor'],
    )

    // Sections stand there as well; who is in them does not. What completes the course names its items.
    const lab = await ines.request(groupRoutes.create, { courseId, names: ['Monday lab'] })
    const groupId = lab.groups[0]?.id ?? assert.fail()
    await ines.request(groupRoutes.change, { courseId, groupId, version: 0, name: 'Tuesday lab' })
    const learnerId = await makePerson(courseId, 'learner', 'Lee')
    await ines.request(groupRoutes.place, { courseId, groupId, accountIds: [learnerId] })
    const sections = await read({ thing: 'group' })
    assert.deepEqual(
      sections.items.map(one => [one.verb, one.subject.name]),
      [
        ['group.changed', 'Tuesday lab'],
        ['group.created', 'Tuesday lab'],
      ],
    )
    const parts = [{ kind: 'items' as const, need: 'all' as const, itemIds: [itemId] }]
    await ines.request(courseCompletionRoutes.changeCourseRule, { courseId, version: 0, need: 'all', parts })
    const [rule] = (await read({ thing: 'completion' })).items
    assert.deepEqual(rule?.names, { [itemId]: 'Start' })
    assert.equal((await read({ thing: 'group' })).items.length, 2)

    // Narrowed, a page at a time, and as a file.
    assert.equal((await read({ actor: asa.accountId })).items.length, 3)
    assert.equal((await read({ thing: 'module' })).items.length, 2)
    assert.equal((await read({ to: '2020-01-01T00:00:00.000Z' })).items.length, 0)
    const first = await read({ limit: 5 })
    const rest = await read({ limit: 100, after: first.next })
    assert.deepEqual(
      [...first.items, ...rest.items].map(one => one.id),
      (await read()).items.map(one => one.id),
    )
    const csv = await (await ines.raw('GET', `/courses/${courseId}/log.csv?thing=item`)).text()
    assert.equal(csv.trim().split('\r\n').length, 1 + 6)
    // Another course's is another log; a copy says what it is one of.
    const { course: copy } = await ines.request(copyRoutes.copy, {
      courseId,
      how: 'make',
      title: 'Again',
      shift: { days: 7 },
    })
    const copied = await ines.request(logRoutes.log, { courseId: copy?.id ?? assert.fail() })
    assert.deepEqual(
      copied.items.map(one => one.verb),
      ['course.copied', 'note.created', 'course.created'],
    )
    assert.equal(copied.items[0]?.details?.title, 'Cells')
    // Who changes content does not read who changed it; nor does anybody else.
    await assert.rejects(asa.request(logRoutes.log, { courseId }), { code: 'not-allowed' })
  })

  it('leaves no kind of content out, and tells nothing of what learners did', async () => {
    const { courseId, instructorId } = await makeCourse('Kinds')
    const ines = await signedInClient(node, { accountId: instructorId })
    const lee = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Lee') })
    const { channel } = await ines.request(forumRoutes.createForum, { courseId, title: 'Ask here', published: true })
    const policy = { anonymous: true, approval: false, openers: 'everybody' as const, version: 0 }
    await ines.call(topicCalls.changePolicy, { channelId: channel.id, ...policy })
    const { assignment } = await ines.request(assignmentRoutes.create, {
      ...{ courseId, title: 'Essay', published: true },
    })
    await lee.request(assignmentRoutes.handIn, {
      ...{ courseId, assignmentId: assignment.id, version: 0, text: 'Done.' },
    })
    const { items } = await ines.request(logRoutes.log, { courseId, limit: 100 })
    const told = items.map(one => one.verb)
    for (const verb of ['forum.created', 'forum.changed', 'assignment.created'])
      assert.ok(told.includes(verb as never), verb)
    assert.ok(!told.includes('assignment.handed-in'))
    const { people } = await ines.request(logRoutes.log, { courseId })
    assert.deepEqual(
      people.map(one => one.name),
      ['Ines Instructor'],
      'nor does the choice of who',
    )
    const forums = await ines.request(logRoutes.log, { courseId, thing: 'forum' })
    assert.deepEqual(
      forums.items.map(one => one.verb),
      ['forum.changed', 'forum.created'],
    )
  })

  it('tells of a suggested word once it is approved, and of a meeting to those who prepare it', async () => {
    const boss = await signedInClient(node, { role: 'administrator' })
    const { courseId, instructorId } = await makeCourse('Words')
    const ines = await signedInClient(node, { accountId: instructorId })
    const lee = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Lee') })
    const given = { courseId, title: 'Words', published: true, suggestions: true }
    const { glossary } = await ines.request(glossaryRoutes.create, given)
    const of = { courseId, glossaryId: glossary.id }
    const document = { schema: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Water.' }] }] }
    const { entry } = await lee.request(glossaryRoutes.addEntry, { ...of, word: 'Osmosis', names: [], document })
    const ofEntry = { ...of, entryId: entry.id }
    await lee.request(glossaryRoutes.changeEntry, { ...ofEntry, version: 0, word: 'Osmotic' })
    await lee.request(glossaryRoutes.removeEntry, ofEntry)
    await lee.request(glossaryRoutes.restoreEntry, ofEntry)
    const told = async (who: typeof ines, thing: 'glossary' | 'meeting') =>
      (await who.request(logRoutes.log, { courseId, thing })).items.map(one => one.verb)
    assert.deepEqual(await told(ines, 'glossary'), ['glossary.created'])
    await ines.request(glossaryRoutes.approveEntry, ofEntry)
    assert.deepEqual(await told(ines, 'glossary'), ['glossary.entry-approved', 'glossary.created'])

    await ines.request(meetingRoutes.create, { courseId, title: 'Office', address: 'https://meet.example/secret' })
    assert.deepEqual(await told(ines, 'meeting'), ['meeting.created'])
    const { role } = await boss.request(accessRoutes.createRole, { name: 'Words only', copyOf: 'instructor' })
    const roleId = role.key as CustomRoleId
    const capabilities = role.capabilities.filter(one => one !== 'content.change')
    await boss.request(accessRoutes.changeRole, { roleId, version: 0, capabilities })
    const wanda = await signedInClient(node, { name: 'Wanda', email: 'wanda@words.example' })
    await boss.request(peopleRoutes.enrol, { courseId, email: 'wanda@words.example', role: roleId })
    assert.deepEqual(await told(wanda, 'meeting'), [])
    const csv = await (await wanda.raw('GET', `/courses/${courseId}/log.csv`)).text()
    assert.ok(csv.includes('course.created') && !csv.includes('meet.example'))
  })
})
