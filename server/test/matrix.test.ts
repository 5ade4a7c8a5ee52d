// Who gets through which door: every call, route and scope of every feature against every kind of person, over a real
// node. The expectations stand in doors.ts; a binding without a row fails, so that no door is added unwatched.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import { activityRoutes } from '#protocol/activities.ts'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { ownAttendanceId } from '#protocol/attendance.ts'
import { bytesType } from '#protocol/base/call.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { type CallAnswer, wireEvents } from '#protocol/base/wire.ts'
import { calendarRoutes } from '#protocol/calendar.ts'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'
import { contentRoutes } from '#protocol/content.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseScope } from '#protocol/courses.ts'
import { folderRoutes } from '#protocol/files/folders.ts'
import { fileRoutes } from '#protocol/files.ts'
import { glossaryRoutes } from '#protocol/glossaries.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { groupRoutes, groupsScope } from '#protocol/groups.ts'
import { lessonRoutes } from '#protocol/lessons.ts'
import { linkRoutes } from '#protocol/links.ts'
import { seatId } from '#protocol/live/hands.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { meetingRoutes } from '#protocol/meetings.ts'
import { noteRoutes } from '#protocol/notes.ts'
import { packageRoutes } from '#protocol/packages.ts'
import { questionRoutes } from '#protocol/questions.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { surveyRoutes } from '#protocol/surveys.ts'
import { site } from '#server/features/access/index.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { cohorts } from '#server/features/cohorts/tables.ts'
import { items } from '#server/features/courses/index.ts'
import { features } from '#server/features.ts'
import { newId } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import type { Binding } from '#server/platform/feature.ts'
import { guestClient, makeCourse, makePerson, makeQuiz, question } from './classes.ts'
import { expectations, letters, type Person, people, scopes } from './doors.ts'
import { makeAccount, signedInClient, strangerClient } from './factories.ts'
import { testNode } from './harness.ts'
import { bringPackage, leafFiles, packed } from './packages.ts'
import { openClient, type TestClient } from './test-client.ts'
import { uploadFile, uploadIntoDraft } from './uploads.ts'

const field = { name: 'Food', options: [], seenBy: 'fellows', filledBy: 'person' } as const
const newField = { ...field, kind: 'text' } as const
const changedField = { ...field, fieldId: '0190a000-0000-7000-8000-000000000000' } as const
const passkeyMade = {
  ...{ id: 'a', rawId: 'a', type: 'public-key' },
  response: { clientDataJSON: 'a', attestationObject: 'a' },
} as const
const provided = {
  ...{
    name: 'Campus',
    issuer: 'https://login.example/',
    clientId: 'a',
    scopes: [],
    newcomers: 'connected',
    domains: [],
  },
  ...{ vouched: false, minors: false, trusted: false, enabled: false },
} as const
const hour = { startsAt: '2026-11-30T10:00:00.000Z', endsAt: '2026-11-30T11:00:00.000Z' }
const newCohort = { name: 'Intake', description: '', offered: true, version: 0 }
const newEvent = { title: 'Session', ...hour }
/** A picture as small as they come: PNG, one pixel. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const bindings: readonly Binding[] = features.flatMap(feature => feature.bindings ?? [])

const expected = (row: string): string[] =>
  row === 'own' || row === 'anyone'
    ? []
    : row.split(' ').map(letter => letters[letter as keyof typeof letters] ?? assert.fail(`no letter ${letter}`))

/** What a door answered: the code of the refusal when it is about who asks, else `y`. A fault is never an answer. */
function verdict(code: string): string {
  assert.notEqual(code, 'internal', 'a fault')
  assert.notEqual(code, 'malformed', 'the test itself must send what fits')
  return Object.values(letters).includes(code as 'y') ? code : 'y'
}

async function callCode(client: TestClient, name: string, input: object, write: boolean): Promise<string> {
  const frame = { name, input, ...(write ? { op: randomUUID() } : {}) }
  const answer = (await client.socket.timeout(10_000).emitWithAck(wireEvents.call, frame)) as CallAnswer
  return answer.ok ? 'ok' : answer.problem.code
}

async function routeCode(client: TestClient, spec: Binding['spec'], input: object): Promise<string> {
  const left: Record<string, unknown> = { ...input }
  const method = spec.method ?? 'GET'
  const path = (spec.path ?? '').replace(/:(\w+)/g, (_, key: string) => {
    const value = left[key]
    delete left[key]
    return encodeURIComponent(String(value))
  })
  const key = spec.kind === 'write' ? { 'idempotency-key': randomUUID() } : {}
  const bytes = spec.takes === 'bytes'
  const query = method === 'GET' || bytes ? `?${new URLSearchParams(left as Record<string, string>)}` : ''
  const body = method === 'GET' ? undefined : bytes ? 'bytes' : JSON.stringify(left)
  const response = await client.raw(method, path + query, body, {
    ...key,
    ...(bytes ? { 'content-type': bytesType } : {}),
  })
  const text = await response.text()
  return response.ok ? 'ok' : (JSON.parse(text) as { code: string }).code
}

const knock = ({ spec }: Binding, client: TestClient, input: object): Promise<string> =>
  spec.path ? routeCode(client, spec, input) : callCode(client, spec.name, input, spec.kind === 'write')

const oneLine = { schema: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'A room.' }] }] }

/** Writes that a course which is over lets pass: its life, what is nobody's but the caller's, and what is no part of it. */
const untouched = new Set([
  // A copy and an archive read the old course alone.
  ...['archives.startExport', 'archives.dropExport', 'archives.startImport', 'archives.append', 'archives.make'],
  ...['courses.create', 'courses.copy', 'courses.changeState', 'courses.remove', 'courses.restore'],
  ...['channels.markRead', 'channels.mute', 'topics.markRead', 'topics.follow', 'progress.readPage', 'progress.mark'],
  'progress.markCourse',
  // Reads what is over, too.
  'calendar.renewFeed',
  ...['channels.start', 'channels.add', 'channels.leave', 'channels.block', 'channels.unblock'],
  ...[
    'accounts.createToken',
    'accounts.suspend',
    'accounts.reactivate',
    'accounts.signOutEverywhere',
    'accounts.fillProfile',
  ],
  ...['factors.begin', 'factors.confirm', 'factors.remove', 'factors.renewRecovery'],
  ...['factors.beginPasskey', 'factors.addPasskey', 'factors.renamePasskey', 'factors.removePasskey'],
  ...['providers.connect', 'providers.disconnect'],
  ...['observers.makeCode', 'observers.useCode', 'consent.agree'],
  // Of a class that ended it leads to what is there to be read, and writes nothing.
  'live.join',
  // What is over is played, and nothing of it kept.
  'packages.open',
])

describe('who gets through which door', () => {
  type World = Awaited<ReturnType<typeof makeWorld>>
  const clients = {} as Record<Person, TestClient>
  let here: World
  let there: World
  let node: Awaited<ReturnType<typeof testNode>>

  async function makeWorld(title: string) {
    const course = await makeCourse(title)
    const { courseId } = course
    const instructor = await signedInClient(node, { accountId: course.instructorId })
    const learnerId = await makePerson(courseId, 'learner', `Learner of ${title}`)
    const newPage = { courseId, title: 'Page', published: true }
    const { page } = await instructor.request(contentRoutes.createPage, newPage)
    const { module } = await instructor.request(outlineRoutes.createModule, { courseId, title: 'Module' })
    const newLink = { courseId, title: 'Link', address: 'https://example.org', published: true }
    const { link } = await instructor.request(linkRoutes.create, newLink)
    const newMeeting = { courseId, title: 'Meeting', address: 'https://meet.example.org/a', published: true }
    const { meeting } = await instructor.request(meetingRoutes.create, newMeeting)
    const takes = { text: true, most: 20, forms: [], largest: 1_000_000 }
    const newAssignment = { courseId, title: 'Assignment', takes, published: true }
    const { assignment } = await instructor.request(assignmentRoutes.create, newAssignment)
    const newPackage = { courseId, title: 'Package', published: true }
    const packageId = (await instructor.request(packageRoutes.create, newPackage)).package.id
    await bringPackage(instructor, { courseId, packageId }, packed(leafFiles))
    const questions = [{ id: randomUUID(), kind: 'text' as const, wording: 'Why?', required: false }]
    const newGlossary = { courseId, title: 'Glossary', suggestions: true, published: true }
    const { glossary } = await instructor.request(glossaryRoutes.create, newGlossary)
    const newEntry = { courseId, glossaryId: glossary.id, word: 'Cell', document: oneLine }
    const { entry } = await instructor.request(glossaryRoutes.addEntry, newEntry)
    const newSurvey = { courseId, title: 'Survey', anonymous: false, questions, published: true }
    const { survey } = await instructor.request(surveyRoutes.create, newSurvey)
    const newLesson = { courseId, title: 'Lesson', published: true }
    const { lesson } = await instructor.request(lessonRoutes.create, newLesson)
    const newLessonPage = { courseId, lessonId: lesson.id, title: 'Page' }
    const onLesson = (await instructor.request(lessonRoutes.addPage, newLessonPage)).page
    const learner = await signedInClient(node, { accountId: learnerId })
    const { attemptId } = await learner.request(packageRoutes.open, { courseId, packageId })
    const handedFileId = await uploadIntoDraft(learner, {
      courseId,
      assignmentId: assignment.id,
      name: 'a.txt',
      bytes: 'a',
    })
    const file = await uploadFile(instructor, { courseId, name: 'file.txt', bytes: 'text' })
    const cohort = await cohorts.create({ ...newCohort, id: newId<'Cohort'>() })
    await instructor.request(fileRoutes.place, { fileId: file.id, published: true })
    const signUp = 'learners' as const
    const newGroups = { courseId, name: 'Set', signUp, groups: ['Group'] }
    const { set } = await instructor.request(groupRoutes.createSet, newGroups)
    const made = (await instructor.subscribe(groupsScope, courseId)).state().groups
    const { event } = await instructor.request(calendarRoutes.createEvent, { courseId, ...newEvent })
    const { folder } = await instructor.request(fileRoutes.createFolder, { courseId, name: 'Folder' })
    await instructor.request(folderRoutes.placeFolder, { folderId: folder.id, published: true })
    const { activityId, itemIds } = await makeQuiz(course, ['One', 'Two'])
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const homework = await instructor.request(quizRoutes.assign, { activityId, dueAt })
    const corrected = { itemId: itemIds[1] ?? assert.fail(), ruling: 'everybody' as const, version: 0, note: '' }
    const correction = await instructor.request(gradeRoutes.correct, corrected)
    const run = await instructor.request(liveRoutes.start, { courseId, activityIds: [activityId] })
    const state = (await instructor.subscribe(runHostsScope, run.id)).state()
    const { gradeItems } = await instructor.request(gradeRoutes.table, { courseId })
    const { items } = (await instructor.subscribe(courseScope, courseId)).state()
    const { messageId } = await instructor.call(channelCalls.send, { channelId: run.channelId, text: 'Hello' })
    const { items: talk } = await instructor.request(inboxRoutes.list, { courseId })
    const { items: bank } = await instructor.request(questionRoutes.list, { courseId })
    const forumId = talk.find(entry => entry.channel.form === 'forum')?.channel.id ?? assert.fail()
    const newForum = { courseId, title: 'Forum', published: true }
    const placedForum = await instructor.request(forumRoutes.createForum, newForum)
    const newTopic = { channelId: forumId, title: 'Topic', body: '', anonymous: false }
    const { topicId, messageId: postId } = await instructor.call(topicCalls.post, newTopic)
    return {
      ...{ forumId, topicId, postId, placedForumId: placedForum.forumId },
      ...{ courseId, instructor, learnerId, activityId, run, messageId, dueAt },
      pageId: page.id,
      linkId: link.id,
      cohortId: cohort.id,
      meetingId: meeting.id,
      ...{ packageId, attemptId: attemptId ?? assert.fail() },
      assignmentId: assignment.id,
      surveyId: survey.id,
      ...{ lessonId: lesson.id, lessonPageId: onLesson.id },
      askedId: survey.questions[0]?.id ?? assert.fail(),
      glossaryId: glossary.id,
      entryId: entry.id,
      handedFileId,
      fileId: file.id,
      folderId: folder.id,
      setId: set.id,
      eventId: event.id,
      groupId: made[0]?.id ?? assert.fail(),
      announcementsId: talk.find(one => one.channel.form === 'announcements')?.channel.id ?? assert.fail(),
      moduleId: module.id,
      itemId: itemIds[0] ?? assert.fail(),
      correctionId: correction.id,
      questionId: bank[0]?.id ?? assert.fail(),
      courseItemId: items.find(item => item.refId === page.id)?.id ?? assert.fail(),
      homeworkId: homework.id,
      liveId: state.agenda[0]?.deliveryId ?? assert.fail(),
      gradeItemId: gradeItems[0]?.id ?? assert.fail(),
    }
  }

  /** An archive that came to nothing. */
  async function makeExport({ courseId, learnerId }: World): Promise<{ exportId: string }> {
    await sql('delete from course_exports where course_id = $1', [courseId])
    const [row] = await sql<{ exportId: string }>(
      `insert into course_exports (id, course_id, asked_by, asked_at, state)
       values (gen_random_uuid(), $1, $2, now(), 'refused') returning id as "exportId"`,
      [courseId, learnerId],
    )
    return row ?? assert.fail()
  }

  /** What fits each binding, about `w`; what is used up by an open door is made anew each time. */
  const inputs: Readonly<Record<string, (w: World) => object | Promise<object>>> = {
    'accounts.endDevice': () => ({ sessionId: randomUUID() }),
    'accounts.createToken': () => ({ name: 'Program', scopes: ['courses:read'] }),
    'accounts.revokeToken': () => ({ tokenId: randomUUID() }),
    'courses.copy': ({ courseId }) => ({ courseId, how: 'try', title: 'Again', shift: { days: 7 } }),
    'courses.template': ({ courseId }) => ({ courseId }),
    'openings.find': ({ courseId }) => ({ courseId }),
    'openings.enter': ({ courseId }) => ({ courseId }),
    'openings.leave': ({ courseId }) => ({ courseId }),
    'openings.comeBack': ({ courseId }) => ({ courseId }),
    'openings.get': ({ courseId }) => ({ courseId }),
    'openings.change': ({ courseId }) => ({ courseId, open: false, version: 99 }),
    'courses.changeTemplate': ({ courseId }) => ({ courseId, template: true }),
    'courses.importPeople': ({ courseId }) => ({ courseId, list: 'a@example.org', how: 'try' }),
    'accounts.profile': w => ({ accountId: w.learnerId }),
    'accounts.fillProfile': w => ({ accountId: w.learnerId, values: [] }),
    // Nobody has one: whoever may not see it hears the same.
    'accounts.avatar': () => ({ avatarId: randomUUID() }),
    'accounts.changeAvatar': () => ({ image: onePixel }),
    'accounts.avatars': w => ({ accountIds: [w.learnerId] }),
    'accounts.listFields': () => ({}),
    'accounts.createField': () => newField,
    'accounts.changeField': () => ({ ...changedField, version: 1 }),
    'accounts.moveField': () => ({ fieldId: randomUUID(), to: 'up' }),
    'accounts.removeField': () => ({ fieldId: randomUUID() }),
    'accounts.restoreField': () => ({ fieldId: randomUUID() }),
    'accounts.people': () => ({}),
    'accounts.countPeople': () => ({}),
    'accounts.addPerson': () => ({ name: 'New', email: `${randomUUID()}@example.org` }),
    'accounts.makeSignInLink': w => ({ accountId: w.learnerId }),
    'accounts.makeSignInLinks': w => ({ accountIds: [w.learnerId] }),
    'accounts.renamePerson': w => ({ accountId: w.learnerId, name: 'Another', was: 'Nobody' }),
    'accounts.changeMinor': w => ({ accountId: w.learnerId, minor: true }),
    'accounts.changeSiteRole': w => ({ accountId: w.learnerId, siteRole: 'member' }),
    'accounts.previewMerge': w => ({ accountId: w.learnerId, into: randomUUID() }),
    'accounts.merge': w => ({ accountId: w.learnerId, into: randomUUID() }),
    'privacy.exportContent': () => ({ exportId: randomUUID() }),
    'privacy.startExportFor': w => ({ accountId: w.learnerId }),
    'privacy.askErasure': () => ({ password: 'not mine', reason: '' }),
    'privacy.previewErasure': w => ({ accountId: w.learnerId }),
    'privacy.erase': w => ({ accountId: w.learnerId, name: 'Nobody', reason: 'Test' }),
    'privacy.refuseErasure': () => ({ erasureId: randomUUID(), reason: 'Test' }),
    'privacy.listErasures': () => ({}),
    'privacy.getRetention': () => ({}),
    'privacy.changeRetention': () => ({ kind: 'talk', months: 24 }),
    'privacy.tryRetention': () => ({ kind: 'talk', months: 24 }),
    'privacy.holdCourse': ({ courseId }) => ({ courseId, reason: 'Test' }),
    'privacy.releaseCourse': ({ courseId }) => ({ courseId }),
    'mail.get': () => ({}),
    'mail.test': () => ({}),
    'audit.list': () => ({}),
    'audit.csv': () => ({}),
    'audit.verify': () => ({}),
    'cohorts.list': () => ({}),
    'cohorts.get': () => ({ cohortId: randomUUID() }),
    'cohorts.create': () => ({ name: 'Intake' }),
    'cohorts.change': () => ({ cohortId: randomUUID(), version: 0 }),
    'cohorts.remove': () => ({ cohortId: randomUUID() }),
    'cohorts.people': () => ({ cohortId: randomUUID() }),
    'cohorts.addPeople': () => ({ cohortId: randomUUID(), emails: ['a@cohort.example'] }),
    'cohorts.removePeople': w => ({ cohortId: randomUUID(), accountIds: [w.learnerId] }),
    'cohorts.courses': () => ({ cohortId: randomUUID() }),
    'cohorts.offered': ({ courseId }) => ({ courseId }),
    'cohorts.link': w => ({ courseId: w.courseId, cohortId: w.cohortId, role: 'learner' }),
    'cohorts.unlink': ({ courseId }) => ({ courseId, cohortId: randomUUID() }),
    'imports.create': () => ({}),
    'imports.list': () => ({}),
    'imports.addPiece': () => ({ importId: randomUUID(), sort: 'people', place: 0, text: 'email' }),
    'imports.check': () => ({ importId: randomUUID() }),
    'imports.run': () => ({ importId: randomUUID() }),
    'imports.cancel': () => ({ importId: randomUUID() }),
    'imports.undo': () => ({ importId: randomUUID() }),
    'imports.get': () => ({ importId: randomUUID() }),
    'imports.errorGroups': () => ({ importId: randomUUID() }),
    'imports.errors': () => ({ importId: randomUUID() }),
    'imports.waiting': () => ({ importId: randomUUID() }),
    'imports.rows': () => ({ importId: randomUUID(), sort: 'people' }),
    'accounts.joinByInvitation': () => ({ token: 'a'.repeat(22) }),
    'accounts.invite': ({ courseId }) => ({ courseId, role: 'instructor' }),
    'accounts.listInvitations': ({ courseId }) => ({ courseId }),
    'accounts.revokeInvitation': async w => ({ invitationId: await newInvitation(w) }),
    'accounts.invitationMail': async w => ({ invitationId: await newInvitation(w) }),
    'accounts.sendInvitation': async w => ({ invitationId: await newInvitation(w) }),
    'factors.get': () => ({}),
    'factors.begin': () => ({ password: 'not mine' }),
    'factors.confirm': () => ({ code: '000000' }),
    'factors.remove': () => ({ password: 'not mine', code: '000000' }),
    'factors.renewRecovery': () => ({ password: 'not mine', code: '000000' }),
    'factors.beginPasskey': () => ({ password: 'not mine' }),
    'factors.addPasskey': () => ({ ticket: 'a', name: 'Mine', response: passkeyMade }),
    'factors.renamePasskey': () => ({ passkeyId: randomUUID(), name: 'Mine' }),
    'factors.removePasskey': () => ({ passkeyId: randomUUID(), password: 'not mine' }),
    'factors.changePolicy': () => ({ policy: 'nobody' }),
    'factors.reset': w => ({ accountId: w.learnerId }),
    'providers.mine': () => ({}),
    'providers.connect': () => ({ providerId: randomUUID(), password: 'not mine' }),
    'providers.disconnect': () => ({ identityId: randomUUID(), password: 'not mine' }),
    'providers.list': () => ({}),
    'providers.create': () => ({ providerId: randomUUID(), ...provided }),
    'providers.change': () => ({ providerId: randomUUID(), version: 0, ...provided }),
    'providers.remove': () => ({ providerId: randomUUID() }),
    'providers.restore': () => ({ providerId: randomUUID() }),
    'providers.test': () => ({ providerId: randomUUID(), issuer: provided.issuer, clientId: 'a', scopes: [] }),
    'access.listRoles': () => ({}),
    'access.createRole': () => ({ name: 'Copied', copyOf: 'assistant' }),
    'access.importRole': () => ({
      file: { format: 'lectern-role', name: 'Brought', basedOn: 'learner', capabilities: [] },
    }),
    'access.changeRole': () => ({ roleId: randomUUID(), version: 0 }),
    'access.resetRole': () => ({ roleId: randomUUID(), version: 0 }),
    'access.removeRole': () => ({ roleId: randomUUID() }),
    'access.restoreRole': () => ({ roleId: randomUUID() }),
    'access.exportRole': () => ({ role: 'assistant' }),
    'access.listRolePlaces': () => ({ role: 'assistant' }),
    'access.getPlace': w => placeOf(w),
    'access.listPlaces': w => placeOf(w),
    'access.listRules': w => ({ ...placeOf(w), role: 'assistant' }),
    'access.changeRule': w => ({
      ...{ ...placeOf(w), role: 'assistant', capability: 'note.write', permission: 'inherit' },
    }),
    'access.previewRules': w => ({
      ...{ capability: 'note.write', rules: [{ ...placeOf(w), role: 'assistant', permission: 'inherit' }] },
    }),
    'access.changeRules': w => ({
      ...{ capability: 'note.write', rules: [{ ...placeOf(w), role: 'assistant', permission: 'inherit' }] },
    }),
    'access.resetRules': w => ({ ...placeOf(w), role: 'assistant' }),
    'access.rolesOf': w => ({ accountId: w.learnerId }),
    'access.listHolders': w => placeOf(w),
    'access.grantRole': w => ({ ...placeOf(w), role: randomUUID(), accountId: w.learnerId }),
    'access.takeRole': w => ({ ...placeOf(w), role: 'assistant', accountId: w.learnerId }),
    'access.explain': w => ({ ...placeOf(w), capability: 'note.write', accountId: w.learnerId }),
    'accounts.suspend': w => ({ accountId: w.learnerId }),
    'accounts.reactivate': w => ({ accountId: w.learnerId }),
    'accounts.signOutEverywhere': w => ({ accountId: w.learnerId }),
    'courses.create': () => ({ title: 'Another' }),
    'courses.mine': ({ courseId }) => ({ courseId }),
    'conditions.profileFields': ({ courseId }) => ({ courseId }),
    'conditions.list': ({ courseId }) => ({ courseId }),
    'conditions.mine': ({ courseId }) => ({ courseId }),
    'conditions.change': ({ courseId, courseItemId }) => ({
      ...{ courseId, subject: 'item', subjectId: courseItemId, version: 99 },
      ...{ from: null, until: null, hidden: false, tree: null },
    }),
    'courses.get': ({ courseId }) => ({ courseId }),
    'courses.change': ({ courseId }) => ({ courseId, version: 99 }),
    'courses.changeState': ({ courseId }) => ({ courseId, state: 'published' }),
    // A class runs in it: the open door refuses for that reason.
    'courses.remove': ({ courseId }) => ({ courseId }),
    'courses.restore': ({ courseId }) => ({ courseId }),
    'courses.createModule': ({ courseId }) => ({ courseId, title: 'Two' }),
    'courses.changeModule': ({ courseId, moduleId }) => ({ courseId, moduleId, version: 99, title: 'Two' }),
    'courses.moveModule': ({ courseId, moduleId }) => ({ courseId, moduleId }),
    'courses.removeModule': async w => ({ courseId: w.courseId, moduleId: await newModule(w) }),
    'courses.restoreModule': ({ courseId, moduleId }) => ({ courseId, moduleId }),
    'courses.moveItem': ({ courseId, courseItemId }) => ({ courseId, itemId: courseItemId, moduleId: null }),
    'courses.publishItem': ({ courseId, courseItemId }) => ({ courseId, itemId: courseItemId }),
    'courses.hideItem': async w => ({ courseId: w.courseId, itemId: (await newPage(w)).itemId }),
    'courses.addHeading': ({ courseId }) => ({ courseId, title: 'Heading' }),
    'courses.changeHeading': async w => {
      const heading = await w.instructor.request(outlineRoutes.addHeading, { courseId: w.courseId, title: 'Heading' })
      return { courseId: w.courseId, itemId: heading.item.id, version: 99, title: 'Another' }
    },
    'courses.removed': ({ courseId }) => ({ courseId }),
    'courses.removeItem': async w => ({ courseId: w.courseId, itemId: (await newPage(w)).itemId }),
    'courses.restoreItem': ({ courseId, courseItemId }) => ({ courseId, itemId: courseItemId }),
    'courses.people': ({ courseId }) => ({ courseId }),
    'courses.peopleRoles': ({ courseId }) => ({ courseId }),
    'courses.enrolmentsOf': w => ({ accountId: w.learnerId }),
    'courses.enrol': async ({ courseId }) => ({ courseId, accountId: await makeAccount(), role: 'instructor' }),
    'courses.changeEnd': async w => ({ courseId: w.courseId, accountId: await newPerson(w), endsOn: null }),
    'courses.changeRole': async w => ({ courseId: w.courseId, accountId: await newPerson(w), role: 'instructor' }),
    'courses.endEnrolment': async w => ({ courseId: w.courseId, accountId: await newPerson(w) }),
    'courses.getJoinCode': ({ courseId }) => ({ courseId }),
    'courses.renewJoinCode': ({ courseId }) => ({ courseId }),
    'courses.switchOffJoinCode': ({ courseId }) => ({ courseId }),
    'preview.beginView': w => ({ accountId: w.learnerId, reason: 'Test' }),
    'preview.endView': () => ({ viewId: randomUUID() }),
    'observers.list': w => ({ accountId: w.learnerId }),
    'observers.add': w => ({ accountId: w.learnerId, email: 'observer@door.example' }),
    'observers.csv': () => ({}),
    'observers.bringIn': () => ({ list: 'learner,observer', how: 'try' }),
    'observers.endMany': () => ({ observationIds: [randomUUID()] }),
    'observers.end': () => ({ observationId: randomUUID() }),
    'observers.restore': () => ({ observationId: randomUUID() }),
    'observers.makeCode': () => ({}),
    'observers.useCode': () => ({ code: 'nonsense' }),
    'observers.learner': w => ({ accountId: w.learnerId }),
    'observers.course': w => ({ accountId: w.learnerId, courseId: w.courseId }),
    'observers.changeRules': () => ({ learnersEnd: true, learnersInvite: true }),
    'consent.agree': () => ({ version: 99 }),
    'consent.agreeFor': w => ({ accountId: w.learnerId, version: 1 }),
    'consent.get': () => ({}),
    'consent.publish': () => ({
      ...{ version: 0, asks: 'again', minors: 'wait', texts: [{ language: 'en', title: 'Text', body: 'Text' }] },
    }),
    'consent.changeMinors': () => ({ minors: 'wait' }),
    'consent.missing': () => ({}),
    'consent.missingCsv': () => ({}),
    'preview.options': ({ courseId }) => ({ courseId }),
    'courses.log': ({ courseId }) => ({ courseId }),
    'courses.logCsv': ({ courseId }) => ({ courseId }),
    'courses.changeMany': w => ({
      ...{ courseId: w.courseId, changes: [{ subject: 'item', id: w.courseItemId, version: 10_000 }] },
    }),
    'courses.reset': ({ courseId }) => ({ courseId, how: 'try', parts: ['work'] }),
    'groups.mine': ({ courseId }) => ({ courseId }),
    'groups.createSet': ({ courseId }) => ({ courseId, name: 'Another' }),
    'groups.changeSet': ({ courseId, setId }) => ({ courseId, setId, version: 99 }),
    'groups.removeSet': async w => ({ courseId: w.courseId, setId: await newSet(w) }),
    'groups.restoreSet': ({ courseId, setId }) => ({ courseId, setId }),
    'groups.cloneSet': ({ courseId, setId }) => ({ courseId, setId, name: 'Copy' }),
    'groups.previewFill': ({ courseId, setId }) => ({ courseId, setId }),
    'groups.fill': w => ({ courseId: w.courseId, setId: w.setId, places: [placeIn(w)] }),
    'groups.create': ({ courseId, setId }) => ({ courseId, setId, names: [] }),
    'groups.change': ({ courseId, groupId }) => ({ courseId, groupId, version: 99, name: 'Other' }),
    'groups.remove': async w => ({ courseId: w.courseId, groupId: await newGroup(w) }),
    'groups.restore': ({ courseId, groupId }) => ({ courseId, groupId }),
    'groups.place': w => ({ courseId: w.courseId, groupId: w.groupId, accountIds: [w.learnerId] }),
    'groups.takeOut': w => ({ courseId: w.courseId, places: [placeIn(w)] }),
    'groups.lead': ({ courseId, groupId }) => ({ courseId, groupId, accountId: null }),
    'groups.join': ({ courseId, groupId }) => ({ courseId, groupId }),
    'groups.leave': ({ courseId, groupId }) => ({ courseId, groupId }),
    'groups.csv': ({ courseId }) => ({ courseId }),
    'departments.create': () => ({ name: 'Science' }),
    'departments.change': () => ({ departmentId: randomUUID(), version: 0 }),
    'departments.remove': () => ({ departmentId: randomUUID() }),
    'terms.create': () => ({ name: 'Autumn', startsOn: '2026-09-01', endsOn: '2026-12-20' }),
    'terms.change': () => ({ termId: randomUUID(), version: 0 }),
    'terms.remove': () => ({ termId: randomUUID() }),
    'files.list': ({ courseId }) => ({ courseId }),
    'files.get': ({ fileId }) => ({ fileId }),
    'files.content': ({ fileId }) => ({ fileId }),
    'files.text': ({ fileId }) => ({ fileId }),
    'files.versions': ({ fileId }) => ({ fileId }),
    'archives.startExport': ({ courseId }) => ({ courseId }),
    'archives.dropExport': makeExport,
    'archives.exportContent': makeExport,
    'archives.startImport': () => ({ name: 'course.zip', size: 1, print: '' }),
    'archives.getImport': () => ({ importId: randomUUID() }),
    'archives.append': () => ({ importId: randomUUID(), offset: 0 }),
    'archives.make': () => ({ importId: randomUUID(), how: 'try', title: 'Again', shift: { days: 0 } }),
    'archives.dropImport': () => ({ importId: randomUUID() }),
    'files.startUpload': ({ courseId }) => ({ courseId, name: 'new.txt', size: 1, print: '' }),
    'files.getUpload': () => ({ uploadId: randomUUID() }),
    'files.append': () => ({ uploadId: randomUUID(), offset: 0 }),
    'files.cancelUpload': () => ({ uploadId: randomUUID() }),
    'files.folder': ({ folderId }) => ({ folderId }),
    'files.placeFolder': ({ folderId }) => ({ folderId }),
    'files.createFolder': ({ courseId }) => ({ courseId, name: 'Folder' }),
    'files.changeFolder': ({ folderId }) => ({ folderId, version: 99 }),
    'files.removeFolder': ({ folderId }) => ({ folderId }),
    'files.restoreFolder': ({ folderId }) => ({ folderId }),
    'files.change': ({ fileId }) => ({ fileId, version: 99 }),
    'files.remove': async w => ({ fileId: await newFile(w) }),
    'files.restore': ({ fileId }) => ({ fileId }),
    'files.destroy': ({ fileId }) => ({ fileId }),
    'files.destroyFolder': ({ folderId }) => ({ folderId }),
    'files.bin': ({ courseId }) => ({ courseId }),
    'files.emptyBin': ({ courseId }) => ({ courseId, until: new Date(0).toISOString() }),
    'files.restoreVersion': ({ fileId }) => ({ fileId, number: 1 }),
    'files.place': ({ fileId }) => ({ fileId }),
    'files.captions': ({ fileId }) => ({ fileId }),
    'files.captionsText': ({ fileId }) => ({ fileId, language: 'en' }),
    'files.setCaptions': ({ fileId }) => ({ fileId, language: 'en' }),
    'files.removeCaptions': ({ fileId }) => ({ fileId, language: 'en' }),
    'files.ownWatch': ({ fileId }) => ({ fileId }),
    'files.watch': ({ fileId }) => ({ fileId, place: 1, length: 2, spans: [] }),
    'files.watchers': ({ fileId }) => ({ fileId }),
    'files.changeSpace': ({ courseId }) => ({ courseId, limit: 1_000_000_000 }),
    'links.create': ({ courseId, moduleId }) => ({ courseId, moduleId, title: 'Two', address: 'https://example.org' }),
    'links.get': ({ courseId, linkId }) => ({ courseId, linkId }),
    'links.change': ({ courseId, linkId }) => ({ courseId, linkId, version: 99 }),
    'assignments.create': ({ courseId }) => ({ courseId, title: 'Two' }),
    'assignments.get': ({ courseId, assignmentId }) => ({ courseId, assignmentId }),
    'assignments.change': ({ courseId, assignmentId }) => ({ courseId, assignmentId, version: 99 }),
    'assignments.previewLate': ({ courseId, assignmentId }) => ({ courseId, assignmentId, late: { use: 'none' } }),
    'assignments.saveDraft': ({ courseId, assignmentId }) => ({ courseId, assignmentId, version: 99, text: 'Mine' }),
    'assignments.startUpload': ({ courseId, assignmentId }) => ({
      ...{ courseId, assignmentId, name: 'mine.txt', size: 1, print: '' },
    }),
    'assignments.removeFile': ({ courseId, assignmentId }) => ({ courseId, assignmentId, fileId: randomUUID() }),
    'assignments.restoreFile': ({ courseId, assignmentId }) => ({ courseId, assignmentId, fileId: randomUUID() }),
    'assignments.handIn': ({ courseId, assignmentId }) => ({ courseId, assignmentId, version: 99, text: 'Mine' }),
    'assignments.fileContent': ({ handedFileId }) => ({ fileId: handedFileId }),
    'assignments.list': ({ courseId, assignmentId }) => ({ courseId, assignmentId }),
    'assignments.submission': ({ courseId, assignmentId, learnerId }) => ({
      ...{ courseId, assignmentId, accountId: learnerId },
    }),
    'assignments.mark': ({ courseId, assignmentId, learnerId }) => ({
      ...{ courseId, assignmentId, accountId: learnerId, version: 99, score: '1' },
    }),
    'assignments.csv': ({ courseId, assignmentId }) => ({ courseId, assignmentId }),
    'packages.create': ({ courseId }) => ({ courseId, title: 'Two' }),
    'packages.get': ({ courseId, packageId }) => ({ courseId, packageId }),
    'packages.change': ({ courseId, packageId }) => ({ courseId, packageId, version: 99 }),
    'packages.startUpload': ({ courseId, packageId }) => ({ courseId, packageId, name: 'a.zip', size: 1, print: '' }),
    'packages.open': ({ courseId, packageId }) => ({ courseId, packageId }),
    'packages.list': ({ courseId, packageId }) => ({ courseId, packageId }),
    'packages.csv': ({ courseId, packageId }) => ({ courseId, packageId }),
    'packages.commit': ({ attemptId }) => ({
      ...{ attemptId, sitting: 1, part: 'one' },
      data: {
        ...{ completion: 'incomplete', success: 'unknown', score: null, seconds: 1 },
        ...{ location: '', suspend: '', objectives: [] },
      },
    }),
    'glossaries.create': ({ courseId }) => ({ courseId, title: 'Two' }),
    'glossaries.get': ({ courseId, glossaryId }) => ({ courseId, glossaryId }),
    'glossaries.change': ({ courseId, glossaryId }) => ({ courseId, glossaryId, version: 99 }),
    'glossaries.entries': ({ courseId, glossaryId }) => ({ courseId, glossaryId }),
    'glossaries.entry': ({ courseId, glossaryId, entryId }) => ({ courseId, glossaryId, entryId }),
    'glossaries.addEntry': ({ courseId, glossaryId }) => ({ courseId, glossaryId, word: 'Cell', document: oneLine }),
    'glossaries.changeEntry': ({ courseId, glossaryId, entryId }) => ({ courseId, glossaryId, entryId, version: 99 }),
    'glossaries.approveEntry': ({ courseId, glossaryId, entryId }) => ({ courseId, glossaryId, entryId }),
    'glossaries.removeEntry': async w => {
      await sql('update glossary_entries set removed_at = null where id = $1', [w.entryId])
      return { courseId: w.courseId, glossaryId: w.glossaryId, entryId: w.entryId }
    },
    'glossaries.restoreEntry': ({ courseId, glossaryId, entryId }) => ({ courseId, glossaryId, entryId }),
    'glossaries.inPage': ({ courseId, pageId }) => ({ courseId, pageId }),
    'glossaries.csv': ({ courseId, glossaryId }) => ({ courseId, glossaryId }),
    'glossaries.bringIn': ({ courseId, glossaryId }) => ({ courseId, glossaryId, list: 'word,meaning', how: 'try' }),
    'glossaries.takeOutMany': ({ courseId, glossaryId }) => ({ courseId, glossaryId, entryIds: [randomUUID()] }),
    'lessons.create': ({ courseId }) => ({ courseId, title: 'Two' }),
    'lessons.get': ({ courseId, lessonId }) => ({ courseId, lessonId }),
    'lessons.change': ({ courseId, lessonId }) => ({ courseId, lessonId, version: 99 }),
    'lessons.outline': ({ courseId, lessonId }) => ({ courseId, lessonId }),
    'lessons.page': ({ courseId, lessonId, lessonPageId: pageId }) => ({ courseId, lessonId, pageId }),
    'lessons.addPage': ({ courseId, lessonId }) => ({ courseId, lessonId, title: 'Two' }),
    'lessons.changePage': ({ courseId, lessonId, lessonPageId: pageId }) => ({
      ...{ courseId, lessonId, pageId, version: 99 },
    }),
    'lessons.movePage': ({ courseId, lessonId, lessonPageId: pageId }) => ({
      ...{ courseId, lessonId, pageId, before: null },
    }),
    'lessons.removePage': ({ courseId, lessonId, lessonPageId: pageId }) => ({ courseId, lessonId, pageId }),
    'lessons.restorePage': ({ courseId, lessonId, lessonPageId: pageId }) => ({ courseId, lessonId, pageId }),
    'lessons.step': ({ courseId, lessonId }) => ({ courseId, lessonId, step: { do: 'begin' } }),
    'lessons.look': ({ courseId, lessonId }) => ({ courseId, lessonId }),
    'lessons.walkers': ({ courseId, lessonId }) => ({ courseId, lessonId }),
    'lessons.path': ({ courseId, lessonId, learnerId: accountId }) => ({ courseId, lessonId, accountId }),
    'lessons.taken': ({ courseId, lessonId }) => ({ courseId, lessonId }),
    'surveys.create': ({ courseId }) => ({ courseId, title: 'Two' }),
    'surveys.get': ({ courseId, surveyId }) => ({ courseId, surveyId }),
    'surveys.change': ({ courseId, surveyId }) => ({ courseId, surveyId, version: 99 }),
    'surveys.answer': ({ courseId, surveyId, askedId }) => ({
      ...{ courseId, surveyId, answers: [{ kind: 'text', questionId: askedId, text: 'So' }] },
    }),
    'surveys.results': ({ courseId, surveyId }) => ({ courseId, surveyId }),
    'surveys.texts': ({ courseId, surveyId }) => ({ courseId, surveyId, questionId: randomUUID() }),
    'surveys.csv': ({ courseId, surveyId }) => ({ courseId, surveyId }),
    'surveys.clear': ({ courseId, surveyId }) => ({ courseId, surveyId, title: 'Survey' }),
    'meetings.servers': ({ courseId }) => ({ courseId }),
    'meetings.create': ({ courseId }) => ({ courseId, title: 'Two', address: 'https://meet.example.org/b' }),
    'meetings.get': ({ courseId, meetingId }) => ({ courseId, meetingId }),
    'meetings.change': ({ courseId, meetingId }) => ({ courseId, meetingId, version: 99 }),
    'meetings.join': ({ courseId, meetingId }) => ({ courseId, meetingId }),
    'meetings.attendance': ({ courseId, meetingId }) => ({ courseId, meetingId }),
    'meetings.attendanceCsv': ({ courseId, meetingId }) => ({ courseId, meetingId }),
    'webhooks.list': () => ({}),
    'webhooks.create': () => ({ address: 'https://1.1.1.1/', types: ['course.published'] }),
    'webhooks.change': () => ({ endpointId: randomUUID(), version: 0 }),
    'webhooks.message': () => ({ endpointId: randomUUID(), messageId: randomUUID() }),
    'webhooks.send': () => ({ endpointId: randomUUID(), messageId: randomUUID() }),
    'webhooks.replay': () => ({ endpointId: randomUUID(), what: 'missed', since: '2026-01-01T00:00:00.000Z' }),
    'webhooks.get': () => ({ endpointId: randomUUID() }),
    'webhooks.rotate': () => ({ endpointId: randomUUID() }),
    'webhooks.pause': () => ({ endpointId: randomUUID() }),
    'webhooks.resume': () => ({ endpointId: randomUUID() }),
    'webhooks.remove': () => ({ endpointId: randomUUID() }),
    'webhooks.restore': () => ({ endpointId: randomUUID() }),
    'webhooks.test': () => ({ endpointId: randomUUID() }),
    'webhooks.messages': () => ({ endpointId: randomUUID() }),
    'meetingServers.list': () => ({}),
    'meetingServers.create': () => ({
      name: 'Ours',
      kind: 'bigbluebutton',
      address: 'https://bbb.example',
      secret: 'a',
    }),
    'meetingServers.change': () => ({ serverId: randomUUID(), version: 0 }),
    'meetingServers.remove': () => ({ serverId: randomUUID() }),
    'meetingServers.restore': () => ({ serverId: randomUUID() }),
    'meetingServers.check': () => ({ serverId: randomUUID() }),
    'content.createPage': ({ courseId, moduleId }) => ({ courseId, moduleId, title: 'Two' }),
    'content.getPage': ({ courseId, pageId }) => ({ courseId, pageId }),
    'content.changePage': ({ courseId, pageId }) => ({ courseId, pageId, version: 99 }),
    'content.pageVersions': ({ courseId, pageId }) => ({ courseId, pageId }),
    'content.pageVersion': ({ courseId, pageId }) => ({ courseId, pageId, number: 0 }),
    'content.removePage': async w => ({ courseId: w.courseId, pageId: (await newPage(w)).pageId }),
    'content.restorePage': ({ courseId, pageId }) => ({ courseId, pageId }),
    'questions.list': ({ courseId }) => ({ courseId }),
    'questions.create': ({ courseId }) => ({ courseId, question: question('New') }),
    'questions.change': ({ questionId }) => ({ questionId, version: 99, question: question('New') }),
    'activities.list': ({ courseId }) => ({ courseId }),
    'activities.create': ({ courseId, moduleId }) => ({ courseId, moduleId, kind: 'quiz', title: 'New' }),
    'activities.get': ({ activityId }) => ({ activityId }),
    'activities.change': ({ activityId }) => ({ activityId, version: 99 }),
    'activities.addItem': ({ activityId }) => ({ activityId, question: question('New') }),
    'activities.changeItem': ({ activityId, itemId }) => ({ activityId, itemId, version: 99 }),
    'activities.moveItem': ({ activityId, itemId }) => ({ activityId, itemId, position: 0 }),
    'activities.removeItem': async w => ({ activityId: w.activityId, itemId: await newItem(w) }),
    'activities.responses': ({ activityId }) => ({ activityId }),
    'activities.written': ({ activityId, liveId, itemId }) => ({ activityId, deliveryId: liveId, itemId }),
    'activities.answer': ({ liveId, itemId }) => ({ deliveryId: liveId, itemId, move: { optionIds: ['a'] } }),
    'grades.table': ({ courseId }) => ({ courseId }),
    'grades.mine': ({ courseId }) => ({ courseId }),
    'grades.explain': ({ gradeItemId, learnerId }) => ({ gradeItemId, accountId: learnerId }),
    'grades.changeItem': ({ gradeItemId }) => ({ gradeItemId, version: 99 }),
    'grades.previewRelease': ({ gradeItemId }) => ({ gradeItemId }),
    'grades.release': ({ gradeItemId }) => ({ gradeItemId, version: 99, held: false }),
    'grades.changeBook': ({ courseId }) => ({ courseId, holds: false }),
    'grades.scale': ({ courseId }) => ({ courseId }),
    'grades.grading': ({ courseId }) => ({ courseId }),
    'grades.previewGrading': ({ courseId }) => ({ courseId, late: { late: null, missing: '0' } }),
    'grades.changeGrading': ({ courseId }) => ({ courseId, version: 99 }),
    'grades.previewCorrection': ({ itemId }) => ({ itemId, ruling: 'everybody' }),
    'grades.correct': ({ itemId }) => ({ itemId, ruling: 'everybody', version: 99, note: '' }),
    'grades.correction': ({ correctionId }) => ({ correctionId }),
    'grades.csv': ({ courseId }) => ({ courseId }),
    'channels.messages': ({ run }) => ({ channelId: run.channelId }),
    'channels.unread': ({ run }) => ({ channelId: run.channelId }),
    'channels.send': ({ run }) => ({ channelId: run.channelId, text: 'Hello' }),
    'channels.edit': ({ messageId }) => ({ messageId, version: 99, text: 'Hello' }),
    'channels.remove': ({ messageId }) => ({ messageId }),
    'channels.markRead': ({ run }) => ({ channelId: run.channelId, number: 1 }),
    'channels.typing': ({ run }) => ({ channelId: run.channelId }),
    'channels.react': ({ messageId }) => ({ messageId, emoji: '👍', set: 'on' }),
    'channels.versions': ({ messageId }) => ({ messageId }),
    'channels.reactions': ({ messageId }) => ({ messageId }),
    'channels.people': ({ run }) => ({ channelId: run.channelId }),
    'channels.attaching': ({ run }) => ({ channelId: run.channelId }),
    'channels.startAttachment': ({ run }) => ({ channelId: run.channelId, name: 'a.txt', size: 1, print: '' }),
    'channels.attachmentContent': () => ({ attachmentId: randomUUID() }),
    'channels.dropAttachment': () => ({ attachmentId: randomUUID() }),
    'channels.list': ({ courseId }) => ({ courseId }),
    'channels.get': ({ run }) => ({ channelId: run.channelId }),
    'channels.createForum': ({ courseId }) => ({ courseId, title: 'Forum' }),
    'channels.getForum': ({ courseId, placedForumId }) => ({ courseId, forumId: placedForumId }),
    'channels.changeForum': ({ courseId, placedForumId }) => ({
      ...{ courseId, forumId: placedForumId, version: 99, title: 'Other' },
    }),
    'channels.start': ({ learnerId }) => ({ accountIds: [learnerId] }),
    'channels.change': ({ announcementsId }) => ({ channelId: announcementsId, version: 99, replies: true }),
    'channels.add': ({ run, learnerId }) => ({ channelId: run.channelId, accountIds: [learnerId] }),
    'channels.leave': ({ run }) => ({ channelId: run.channelId }),
    'channels.mute': ({ run }) => ({ channelId: run.channelId, until: null }),
    'channels.block': ({ learnerId }) => ({ accountId: learnerId }),
    'channels.unblock': ({ learnerId }) => ({ accountId: learnerId }),
    'topics.list': ({ forumId }) => ({ channelId: forumId }),
    'topics.own': ({ topicId }) => ({ topicId }),
    'topics.posts': ({ topicId }) => ({ topicId }),
    'topics.authors': ({ topicId }) => ({ topicId }),
    'topics.waiting': ({ forumId }) => ({ channelId: forumId }),
    'topics.post': ({ forumId }) => ({ channelId: forumId, title: 'Why', body: '', anonymous: false }),
    'topics.reply': ({ topicId }) => ({ topicId, text: 'So', anonymous: false }),
    'topics.retitle': ({ topicId }) => ({ topicId, version: 99, title: 'Why not' }),
    'topics.vote': ({ topicId }) => ({ topicId, on: true }),
    'topics.follow': ({ topicId }) => ({ topicId, on: true }),
    'topics.accept': ({ topicId }) => ({ topicId, messageId: null }),
    'topics.settle': ({ topicId }) => ({ topicId, outcome: 'open' }),
    'topics.pin': ({ topicId }) => ({ topicId, on: false }),
    'topics.lock': ({ topicId }) => ({ topicId, on: false }),
    'topics.hide': ({ topicId }) => ({ topicId, on: false }),
    'topics.decide': ({ postId }) => ({ messageId: postId, decision: 'approve' }),
    'topics.merge': ({ topicId }) => ({ topicId, into: topicId }),
    'topics.markRead': ({ topicId }) => ({ topicId, number: 1 }),
    'topics.changePolicy': ({ forumId }) => ({
      ...{ channelId: forumId, version: 99 },
      ...{ anonymous: false, approval: false, openers: 'everybody' },
    }),
    'notifications.markRead': () => ({ notificationId: randomUUID() }),
    'notifications.changeSettings': () => ({ silenced: [] }),
    'calendar.list': () => ({ from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }),
    'calendar.createEvent': ({ courseId }) => ({ courseId, ...newEvent }),
    'calendar.changeEvent': ({ eventId }) => ({ eventId, version: 99, ...newEvent }),
    'calendar.removeEvent': ({ eventId }) => ({ eventId }),
    'calendar.restoreEvent': ({ eventId }) => ({ eventId }),
    'calendar.cancelTime': ({ eventId }) => ({ eventId, number: 0 }),
    'calendar.restoreTime': ({ eventId }) => ({ eventId, number: 0 }),
    'calendar.renewFeed': ({ courseId }) => ({ courseId }),
    'calendar.revokeFeed': () => ({ feedId: randomUUID() }),
    'search.titles': () => ({ words: 'cell' }),
    'search.everything': () => ({ words: 'cell' }),
    'live.qa': ({ courseId }) => ({ courseId }),
    'notes.list': ({ courseId }) => ({ courseId }),
    'notes.get': ({ run }) => ({ noteId: run.noteId }),
    'notes.create': ({ courseId }) => ({ courseId, title: 'Another' }),
    'notes.change': ({ run }) => ({ noteId: run.noteId, version: 99 }),
    'notes.remove': async w => ({ noteId: await newRunNote(w) }),
    'notes.restore': ({ run }) => ({ noteId: run.noteId }),
    'notes.text': ({ run }) => ({ noteId: run.noteId }),
    'notes.markdown': ({ run }) => ({ noteId: run.noteId }),
    'quizzes.assign': ({ activityId, dueAt }) => ({ activityId, dueAt }),
    'quizzes.unanswered': ({ activityId }) => ({ activityId }),
    'quizzes.states': ({ courseId }) => ({ courseId }),
    'quizzes.get': ({ homeworkId }) => ({ deliveryId: homeworkId }),
    'quizzes.finish': ({ homeworkId }) => ({ deliveryId: homeworkId }),
    'quizzes.again': ({ homeworkId }) => ({ deliveryId: homeworkId, attempt: 2 }),
    'quizzes.changeAttempts': ({ homeworkId }) => ({ deliveryId: homeworkId, most: 2, counts: 'best' }),
    'live.join': ({ run }) => ({ runId: run.id }),
    'live.start': ({ courseId }) => ({ courseId, activityIds: [] }),
    'live.list': ({ courseId }) => ({ courseId }),
    'live.recap': ({ run }) => ({ runId: run.id }),
    'live.absent': ({ run }) => ({ runId: run.id }),
    'live.catchUp': ({ run }) => ({ runId: run.id, dueAt: '2100-01-01T00:00:00.000Z' }),
    'live.report': ({ run }) => ({ runId: run.id }),
    'live.reportCsv': ({ run }) => ({ runId: run.id }),
    'live.roster': ({ run }) => ({ runId: run.id }),
    'live.steer': ({ run, liveId }) => ({ runId: run.id, deliveryId: liveId, step: 99, steer: { do: 'lock' } }),
    'live.putOnStage': ({ run, liveId }) => ({ runId: run.id, deliveryId: liveId }),
    'live.addActivity': ({ run, activityId }) => ({ runId: run.id, activityId }),
    'live.ask': ({ run }) => ({ runId: run.id, kind: 'quiz', question: question('Now'), limitSeconds: null }),
    'live.end': ({ run }) => ({ runId: run.id }),
    'live.hand': ({ run }) => ({ runId: run.id, up: true }),
    'live.changeRanks': ({ run }) => ({ runId: run.id, ranks: 'names' }),
    'live.showRanks': ({ run }) => ({ runId: run.id, form: 'top' }),
    'live.rank': ({ run }) => ({ runId: run.id }),
    'live.callOn': ({ run }) => ({ runId: run.id, accountId: randomUUID() }),
    'live.putOut': ({ run }) => ({ runId: run.id, accountId: randomUUID() }),
    'live.letBack': ({ run }) => ({ runId: run.id, accountId: randomUUID() }),
    'live.lowerHand': ({ run }) => ({ runId: run.id, accountId: randomUUID() }),
    'live.lowerHands': ({ run }) => ({ runId: run.id }),
    'overview.figures': ({ run }) => ({ runId: run.id }),
    'attendance.list': ({ run }) => ({ runId: run.id }),
    'attendance.csv': ({ run }) => ({ runId: run.id }),
    'attendance.correct': ({ run, learnerId }) => ({
      ...{ runId: run.id, accountId: learnerId, version: 99, status: 'late' },
    }),
    'attendance.history': ({ run, learnerId }) => ({ runId: run.id, accountId: learnerId }),
    'attendance.table': ({ courseId }) => ({ courseId }),
    'attendance.tableCsv': ({ courseId }) => ({ courseId }),
    'attendance.mine': ({ courseId }) => ({ courseId }),
    'participation.course': ({ courseId }) => ({ courseId }),
    'participation.csv': ({ courseId }) => ({ courseId }),
    'participation.rows': ({ courseId, learnerId }) => ({ courseId, accountId: learnerId, week: '2026-01-05' }),
    'participation.site': () => ({}),
    'accessibility.course': ({ courseId }) => ({ courseId }),
    'accessibility.csv': ({ courseId }) => ({ courseId }),
    'accessibility.site': () => ({}),
    'accessibility.owners': () => ({}),
    'accessibility.ask': () => ({}),
    'accessibility.request': () => ({ requestId: '0190a000-0000-7000-8000-000000000000' }),
    'progress.mine': ({ courseId }) => ({ courseId }),
    'progress.table': ({ courseId }) => ({ courseId }),
    'progress.rules': ({ courseId }) => ({ courseId }),
    'progress.changeRule': ({ courseId, courseItemId }) => ({
      ...{ courseId, itemId: courseItemId },
      ...{ version: 99, asks: 'nothing' },
    }),
    'progress.mark': ({ courseId, courseItemId }) => ({ courseId, itemId: courseItemId, done: 'yes' }),
    'progress.csv': ({ courseId }) => ({ courseId }),
    'progress.courseRule': ({ courseId }) => ({ courseId }),
    'progress.changeCourseRule': ({ courseId }) => ({ courseId, version: 99, need: 'all', parts: [{ kind: 'self' }] }),
    'progress.previewCourseRule': ({ courseId }) => ({ courseId, need: 'all', parts: [{ kind: 'self' }] }),
    'progress.markCourse': ({ courseId }) => ({ courseId, done: 'no' }),
    'progress.markLearner': ({ courseId, learnerId }) => ({
      ...{ courseId, accountId: learnerId },
      ...{ what: 'whole', done: 'no' },
    }),
    'progress.readPage': ({ courseId, pageId }) => ({ courseId, pageId }),
  }

  const placeOf = ({ courseId }: World) => ({ kind: 'course', id: courseId })
  // Removing it for real would take it from the others: restored before the next one knocks.
  const newRunNote = async ({ run, instructor }: World) => {
    await instructor.request(noteRoutes.restore, { noteId: run.noteId ?? assert.fail() })
    return run.noteId
  }
  const newModule = async ({ courseId, instructor }: World) =>
    (await instructor.request(outlineRoutes.createModule, { courseId, title: 'For once' })).module.id
  const newInvitation = async ({ courseId, instructor }: World) =>
    (await instructor.request(accountRoutes.invite, { courseId })).id
  const placeIn = ({ groupId, learnerId }: World) => ({ groupId, accountId: learnerId })
  const newSet = async ({ courseId, instructor }: World) =>
    (await instructor.request(groupRoutes.createSet, { courseId, name: 'For once' })).set.id
  const newGroup = async ({ courseId, setId, instructor }: World) =>
    (await instructor.request(groupRoutes.create, { courseId, setId, names: ['For once'] })).groups[0]?.id
  const newPerson = ({ courseId }: World) => makePerson(courseId, 'learner', 'For once')
  const newItem = async ({ activityId, instructor }: World) =>
    (await instructor.request(activityRoutes.addItem, { activityId, question: question('For once') })).id
  // Placed, so that everybody in the course knows it.
  const newFile = async ({ courseId, instructor }: World) => {
    const file = await uploadFile(instructor, { courseId, name: `${randomUUID()}.txt`, bytes: 'text' })
    await instructor.request(fileRoutes.place, { fileId: file.id, published: true })
    return file.id
  }
  const newPage = async ({ courseId, instructor }: World) => {
    const { page } = await instructor.request(contentRoutes.createPage, { courseId, title: 'For once' })
    const [row] = await items.findAll({ where: { refId: page.id }, raw: true })
    return { pageId: page.id, itemId: row?.id ?? assert.fail() }
  }

  const inputFor = async (name: string, world: World): Promise<object> => (await inputs[name]?.(world)) ?? {}

  before(async () => {
    node = await testNode()
    here = await makeWorld('Here')
    there = await makeWorld('There')
    const { courseId } = here
    const inside = async (role: 'learner' | 'assistant', name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId, role, name) })
    clients.nobody = await strangerClient(node)
    const suspended = await signedInClient(node, { name: 'Suspended' })
    await accounts.update({ suspendedAt: new Date() }, { where: { id: suspended.accountId } })
    // A new socket: the session is still there, the account behind it is shut.
    clients.suspended = await openClient(node.url, suspended.cookie().split('=')[1])
    suspended.close()
    clients['guest of another class'] = await guestClient(node, there.run.code ?? '', 'Gail')
    clients['instructor elsewhere'] = there.instructor
    const former = await inside('assistant', 'Former')
    await former.request(liveRoutes.join, { runId: here.run.id })
    await here.instructor.request(peopleRoutes.endEnrolment, { courseId, accountId: former.accountId })
    clients['was here once'] = former
    clients['guest of this class'] = await guestClient(node, here.run.code ?? '', 'Gus')
    const learner = await inside('learner', 'Learner')
    await learner.request(liveRoutes.join, { runId: here.run.id })
    clients.learner = learner
    clients.assistant = await inside('assistant', 'Assistant')
    clients.instructor = here.instructor
  })
  after(() => clients.suspended?.close())

  it('has a row and an input for every binding, and none for what is gone', () => {
    const names = bindings.map(binding => binding.spec.name).sort()
    assert.deepEqual(Object.keys(expectations).sort(), names)
    const rows = Object.entries(expectations).filter(([, row]) => row !== 'own' && row !== 'anyone')
    assert.deepEqual(
      rows.map(([name]) => name).filter(name => !inputs[name]),
      [],
    )
    const named = features.flatMap(feature => feature.scopes ?? []).map(scope => scope.spec.name)
    assert.deepEqual(Object.keys(scopes).sort(), named.sort())
  })

  it('opens every scope to its audience alone', async () => {
    const idOf = (name: string) =>
      ({
        ...{ user: here.learnerId, channel: here.run.channelId, run: here.run.id, 'run-hosts': here.run.id },
        ...{ forum: here.forumId, 'forum-staff': here.forumId, topic: here.topicId },
        user: here.learnerId,
        profile: here.learnerId,
        note: here.run.noteId,
        overview: site.id,
        school: site.id,
        webhooks: site.id,
        assignment: here.assignmentId,
        package: here.packageId,
        survey: here.surveyId,
        lesson: here.lessonId,
        'lesson-staff': here.lessonId,
        glossary: here.glossaryId,
        channel: here.run.channelId,
        run: here.run.id,
        'run-hosts': here.run.id,
        seat: seatId(here.run.id, here.learnerId),
        'own-attendance': ownAttendanceId(here.courseId, here.learnerId),
      })[name] ?? here.courseId
    for (const [name, row] of Object.entries(scopes)) {
      const heard: string[] = []
      for (const person of people) {
        const scope = `${name}:${idOf(name)}`
        heard.push(verdict(await callCode(clients[person], realtimeCalls.subscribe.name, { scope }, false)))
      }
      assert.deepEqual(heard, expected(row), name)
    }
  })

  for (const binding of bindings) {
    const { name } = binding.spec
    const row = expectations[name] ?? 'anyone'
    if (row === 'anyone') continue
    it(`${name}: ${row}`, async () => {
      const asked = row === 'own' ? (['nobody', 'suspended'] as const) : people
      const heard: string[] = []
      for (const person of asked) heard.push(verdict(await knock(binding, clients[person], await inputFor(name, here))))
      assert.deepEqual(heard, row === 'own' ? ['not-signed-in', 'not-signed-in'] : expected(row))
    })
  }

  it('lets nothing be written where the course is over, and says so', async () => {
    const over = await makeWorld('Over')
    const { courseId, instructor } = over
    const knocks: [Binding, object][] = []
    for (const binding of bindings) {
      const { name, kind } = binding.spec
      const row = expectations[name] ?? 'own'
      if (kind === 'read' || row === 'own' || row === 'anyone' || untouched.has(name)) continue
      knocks.push([binding, await inputFor(name, over)])
    }
    assert.ok(knocks.length > 60)
    await instructor.call(liveCalls.end, { runId: over.run.id })
    await instructor.request(lifeRoutes.changeState, { courseId, state: 'concluded' })
    const learner = await signedInClient(node, { accountId: over.learnerId })
    const leaks: string[] = []
    for (const [binding, input] of knocks) {
      const { name } = binding.spec
      const code = await knock(binding, instructor, input)
      if (code !== 'concluded' && expectations[name]?.endsWith('y')) leaks.push(`instructor ${name} ${code}`)
      const theirs = await knock(binding, learner, input)
      if (theirs === 'ok') leaks.push(`learner ${name} ${theirs}`)
    }
    assert.deepEqual(leaks, [])
  })

  it('lets only administrators invite into no course, or as an administrator', async () => {
    for (const input of [{}, { siteRole: 'administrator' }, { siteRole: 'administrator', courseId: here.courseId }]) {
      const body = JSON.stringify(input)
      const response = await here.instructor.raw('POST', '/invitations', body, { 'idempotency-key': randomUUID() })
      assert.equal(((await response.json()) as { code: string }).code, 'not-allowed', body)
    }
  })

  describe('with ids of another course in it', () => {
    /** Doors whose input names a course and a thing in it: each is knocked at with one's own course and a strange thing. */
    const paired = bindings.filter(
      // A cohort is the school's, and so of no other course.
      ({ spec }) => (spec.path ?? '').match(/:courseId\/.*:/) && !(spec.path ?? '').includes(':cohortId'),
    )

    it('finds nothing behind a path that names two things', async () => {
      assert.ok(paired.length >= 13)
      for (const binding of paired) {
        const input = { ...(await inputFor(binding.spec.name, here)), courseId: there.courseId }
        assert.equal(await knock(binding, there.instructor, input), 'not-found', binding.spec.name)
      }
    })

    it('finds nothing behind a body that names two things', async () => {
      const run = { runId: there.run.id }
      const mixed: [string, object][] = [
        ['content.createPage', { courseId: there.courseId, moduleId: here.moduleId, title: 'Mixed' }],
        ['activities.create', { courseId: there.courseId, moduleId: here.moduleId, kind: 'quiz', title: 'Mixed' }],
        ['activities.changeItem', { activityId: there.activityId, itemId: here.itemId, version: 0, points: '2' }],
        ['activities.moveItem', { activityId: there.activityId, itemId: here.itemId, position: 0 }],
        ['activities.removeItem', { activityId: there.activityId, itemId: here.itemId }],
        ['quizzes.unanswered', { activityId: there.activityId, gradeItemId: here.gradeItemId }],
        ['quizzes.assign', { activityId: there.activityId, dueAt: here.dueAt, gradeItemId: here.gradeItemId }],
        ['live.addActivity', { ...run, activityId: here.activityId }],
        ['live.putOnStage', { ...run, deliveryId: here.liveId }],
        ['courses.moveItem', { courseId: there.courseId, itemId: there.courseItemId, moduleId: here.moduleId }],
        [
          'courses.moveItem',
          { courseId: there.courseId, itemId: there.courseItemId, moduleId: null, before: here.courseItemId },
        ],
        ['courses.moveModule', { courseId: there.courseId, moduleId: there.moduleId, before: here.moduleId }],
      ]
      for (const [name, input] of mixed) {
        const binding = bindings.find(one => one.spec.name === name) ?? assert.fail(name)
        assert.equal(await knock(binding, there.instructor, input), 'not-found', name)
      }
      const steer = { ...run, deliveryId: here.liveId, step: 0, steer: { do: 'finish' } }
      assert.equal(await callCode(there.instructor, liveCalls.steer.name, steer, true), 'not-on-stage')
    })
  })
})
