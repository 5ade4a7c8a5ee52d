// Every list against cursors nobody was given: each is refused as malformed, none reaches the database.
import assert from 'node:assert/strict'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { channelCalls, type MessageId } from '#protocol/channels.ts'
import { cohortRoutes } from '#protocol/cohorts.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { glossaryRoutes } from '#protocol/glossaries.ts'
import { siteImportRoutes } from '#protocol/imports.ts'
import { lessonRoutes } from '#protocol/lessons.ts'
import { runHostsScope } from '#protocol/live.ts'
import { meetingRoutes } from '#protocol/meetings.ts'
import { packageRoutes } from '#protocol/packages.ts'
import { surveyRoutes } from '#protocol/surveys.ts'
import { webhookRoutes } from '#protocol/webhooks.ts'
import { features } from '#server/features.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import type { Binding } from '#server/platform/feature.ts'
import { makePerson, startClass, type TestClass } from './classes.ts'
import { signedInClient } from './factories.ts'
import { type TestNode, testNode } from './harness.ts'
import { uploadFile } from './uploads.ts'

const keyset = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')
const id = '0190a000-0000-7000-8000-000000000000'

const strange = [
  '',
  'nonsense',
  '-'.repeat(36),
  `${id}0`,
  keyset('a', '-'.repeat(36)),
  keyset('a', 7),
  keyset('\0', id),
  keyset('a', `${id}'`),
  keyset(null, id),
]

const listed = ({ spec }: Binding): boolean =>
  'after' in ((spec.input as unknown as { shape?: Record<string, unknown> }).shape ?? {}) && spec.path !== undefined

describe('lists and their cursors', () => {
  const lists = features.flatMap(feature => feature.bindings ?? []).filter(listed)
  let open: TestClass
  let node: TestNode
  let messageId: MessageId
  let deliveryId = ''
  let importId = ''
  let cohortId = ''
  let meetingId = ''
  let assignmentId = ''
  let packageId = ''
  let surveyId = ''
  let lessonId = ''
  let glossaryId = ''
  let folderId = ''
  let fileId = ''
  let endpointId = ''

  before(async () => {
    node = await testNode()
    open = await startClass(node)
    const hosts = await open.host.subscribe(runHostsScope, open.run.id)
    deliveryId = hosts.state().agenda[0]?.deliveryId ?? assert.fail()
    const { meeting } = await open.host.request(meetingRoutes.create, {
      ...{ courseId: open.course.courseId, title: 'Meeting', address: 'https://meet.example.org' },
    })
    meetingId = meeting.id
    const newAssignment = { courseId: open.course.courseId, title: 'Assignment' }
    assignmentId = (await open.host.request(assignmentRoutes.create, newAssignment)).assignment.id
    const newPackage = { courseId: open.course.courseId, title: 'Package' }
    packageId = (await open.host.request(packageRoutes.create, newPackage)).package.id
    const newGlossary = { courseId: open.course.courseId, title: 'Glossary' }
    glossaryId = (await open.host.request(glossaryRoutes.create, newGlossary)).glossary.id
    const newSurvey = { courseId: open.course.courseId, title: 'Survey' }
    surveyId = (await open.host.request(surveyRoutes.create, newSurvey)).survey.id
    const newLesson = { courseId: open.course.courseId, title: 'Lesson' }
    lessonId = (await open.host.request(lessonRoutes.create, newLesson)).lesson.id
    const { items } = await open.host.request(inboxRoutes.list, { courseId: open.course.courseId })
    const channelId = items.find(one => one.channel.form === 'chat')?.channel.id ?? assert.fail()
    messageId = (await open.host.call(channelCalls.send, { channelId, text: 'Hello' })).messageId
  })

  // Somebody else each time: one account makes only so many calls a second.
  beforeEach(async () => {
    const accountId = await makePerson(open.course.courseId, 'instructor', 'One who asks')
    // Some lists are for administrators alone.
    await sql("update accounts set site_role = 'administrator' where id = $1", [accountId])
    open = { ...open, host: await signedInClient(node, { accountId }) }
    if (cohortId === '') cohortId = (await open.host.request(cohortRoutes.create, { name: 'Intake' })).cohort.id
    if (endpointId === '') {
      const given = { address: 'https://1.1.1.1/', types: ['course.published' as const] }
      endpointId = (await open.host.request(webhookRoutes.create, given)).endpoint.id
    }
    if (importId === '') importId = (await open.host.request(siteImportRoutes.create)).import.id
    if (folderId === '') {
      const given = { courseId: open.course.courseId as never, name: 'Folder' }
      folderId = (await open.host.request(fileRoutes.createFolder, given)).folder.id
    }
    if (fileId === '')
      fileId = (await uploadFile(open.host, { courseId: open.course.courseId, name: 'a.txt', bytes: 'a' })).id
  })

  for (const { spec } of lists.filter(one => !['channels.messages', 'topics.posts'].includes(one.spec.name)))
    it(`${spec.name} refuses a cursor it never gave`, async () => {
      const ids: Record<string, string> = {
        courseId: open.course.courseId,
        activityId: open.quiz.activityId,
        kind: 'course',
        id: open.course.courseId,
        runId: open.run.id,
        channelId: open.run.qaId,
        deliveryId,
        importId,
        role: 'assistant',
        cohortId,
        meetingId,
        assignmentId,
        packageId,
        surveyId,
        lessonId,
        glossaryId,
        questionId: id,
        fileId,
        folderId,
        endpointId,
        itemId: open.quiz.itemIds[0] ?? assert.fail(),
        messageId,
        accountId: open.host.accountId,
      }
      const path = (spec.path ?? '').replace(/:(\w+)/g, (_, key: string) => ids[key] ?? assert.fail(key))
      // Where the course is not in the path it is asked for.
      const asked: Record<string, string> = {
        ...(spec.name === 'accounts.listInvitations' ? { courseId: open.course.courseId } : {}),
        ...(spec.name === 'imports.rows' ? { sort: 'people' } : {}),
        ...(['search.titles', 'search.everything'].includes(spec.name) ? { words: 'cell' } : {}),
      }
      assert.equal((await open.host.raw('GET', `${path}?${new URLSearchParams(asked)}`)).status, 200)
      for (const after of strange) {
        const response = await open.host.raw('GET', `${path}?${new URLSearchParams({ ...asked, after })}`)
        assert.equal(((await response.json()) as { code: string }).code, 'malformed', after)
      }
    })

  it('goes on after a title of 200 letters that take three bytes each, and half of them quotes', async () => {
    const search = '漢'.repeat(60)
    const titles = ['甲', '乙', '丙'].map(last => `${search}${'字'.repeat(139)}${last}`)
    titles.push(`${search}${'"漢'.repeat(70)}`)
    for (const title of titles) await open.host.request(courseRoutes.create, { title })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await open.host.request(courseRoutes.list, { limit: 1, search, ...(after ? { after } : {}) })
      seen.push(...page.items.map(item => item.title))
      after = page.next
    } while (after)
    assert.deepEqual(seen.sort(), titles.sort())
  })

  it('channels.messages answers a number no message has with nothing', async () => {
    for (const number of ['9007199254740991', '-9007199254740991'])
      for (const side of ['after', 'before']) {
        const response = await open.host.raw('GET', `/channels/${open.run.channelId}/messages?${side}=${number}`)
        assert.equal(response.status, 200, `${side} ${number}`)
        assert.deepEqual(((await response.json()) as { items: unknown[] }).items, [])
      }
  })
})
