// Every address of the client with who goes there, on a school where each has something to show. A new route does not
// compile until it is visited here.
import assert from 'node:assert/strict'
import { type ParamsOf, pathTo, type RouteName } from '#client/app/paths.ts'
import { activityRoutes } from '#protocol/activities.ts'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'
import { cohortRoutes } from '#protocol/cohorts.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { templateRoutes } from '#protocol/courses/templates.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { folderRoutes } from '#protocol/files/folders.ts'
import { fileRoutes } from '#protocol/files.ts'
import { glossaryRoutes } from '#protocol/glossaries.ts'
import { lessonRoutes } from '#protocol/lessons.ts'
import { linkRoutes } from '#protocol/links.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { meetingRoutes } from '#protocol/meetings.ts'
import { noteRoutes } from '#protocol/notes.ts'
import { observerRoutes } from '#protocol/observers.ts'
import { openingRoutes } from '#protocol/openings.ts'
import { packageCalls, packageRoutes } from '#protocol/packages.ts'
import { providerRoutes } from '#protocol/providers.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { surveyRoutes } from '#protocol/surveys.ts'
import { webhookRoutes } from '#protocol/webhooks.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { importing } from '#server/features/imports/imports.fixture.ts'
import { newId } from '#server/platform/db/id.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { guestClient } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { startHookServer } from '#server/test/hook-server.ts'
import { bringPackage, leafFiles, packed } from '#server/test/packages.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'
import { quizTitle } from './lesson.ts'
import type { School } from './people.ts'

/** Who walks: the four people, and somebody who is not signed in. */
export const walkers = ['administrator', 'instructor', 'learner', 'writer', 'stranger'] as const
export type Walker = (typeof walkers)[number]

export type Visits = { readonly [N in Exclude<RouteName, 'kit'>]: Visit<N> }
type Visit<N extends RouteName> = {
  readonly by: readonly Walker[]
  /** Several where the page shows different things at different addresses. */
  readonly at: readonly (ParamsOf<N> | undefined)[]
}

/** An account that can sign in by its e-mail. */
const accountOf = async (email: string) =>
  (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id as never

/** Fills the school until no page of it is empty, and says where everything is. */
export async function furnish(school: School): Promise<Visits> {
  const teacher = await signedInClient(school, { accountId: await accountOf(instructor.email) })
  const [emre, , aiko] = learners
  assert.ok(emre && aiko)
  const learnerId: string = await accountOf(emre.email)
  const { items: courses } = await teacher.request(courseRoutes.list, {})
  const courseId = courses.find(one => one.title.startsWith('Biology 1'))?.id ?? assert.fail()
  const course = (await teacher.subscribe(courseScope, courseId)).state()
  const { items: activities } = await teacher.request(activityRoutes.list, { courseId, limit: 200 })
  const activityId = activities.find(one => one.title === quizTitle)?.id ?? assert.fail()
  const pageId = course.items.find(one => one.kind === 'page')?.refId ?? assert.fail()
  const [ended] = (await teacher.request(liveRoutes.list, { courseId })).items
  assert.ok(ended)

  const dueAt = new Date(Date.now() + 86_400_000).toISOString()
  const homework = await teacher.request(quizRoutes.assign, { activityId, dueAt })
  const run = await teacher.request(liveRoutes.start, { courseId, activityIds: [activityId] })
  const { stage } = (await teacher.subscribe(runHostsScope, run.id)).state()
  assert.ok(stage && run.code)
  const { deliveryId, step } = stage
  await teacher.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
  await guestClient(school, run.code, 'Guest from Graz')

  const channels = (await teacher.request(inboxRoutes.list, { courseId })).items.map(one => one.channel)
  const channelOf = (form: string) => channels.find(one => one.form === form)?.id ?? assert.fail(form)
  const { topicId } = await teacher.call(topicCalls.post, {
    channelId: channelOf('forum'),
    title: 'Why do leaves look green?',
    body: 'They take red and blue.',
    anonymous: false,
    mentions: [],
  })
  await teacher.call(topicCalls.reply, { topicId, text: 'Because **green** is left.', anonymous: false, mentions: [] })
  await teacher.call(channelCalls.send, { channelId: channelOf('chat'), text: 'Good morning' })
  await teacher.call(channelCalls.send, { channelId: channelOf('announcements'), text: 'No class on Friday' })
  const { channelId } = await teacher.request(inboxRoutes.start, { accountIds: [learnerId] })
  await teacher.call(channelCalls.send, { channelId, text: 'Well done today' })
  const { note } = await teacher.request(noteRoutes.create, { courseId, title: 'What a tree is made of' })
  const staffs = await teacher.request(noteRoutes.create, { courseId, title: 'Plan of the term', writers: 'staff' })

  const { link } = await teacher.request(linkRoutes.create, {
    ...{ courseId, title: 'Trees of the museum', address: 'https://museum.example/trees', note: 'Room 2' },
    published: true,
  })
  const { assignment } = await teacher.request(assignmentRoutes.create, {
    ...{ courseId, title: 'What a leaf is for', dueAt, published: true },
    takes: { text: true, most: 2, forms: ['pdf', 'image'], largest: 10_000_000 },
  })
  const work = { courseId, assignmentId: assignment.id }
  const learner = await signedInClient(school, { accountId: await accountOf(emre.email) })
  await learner.request(assignmentRoutes.handIn, { ...work, version: 0, text: 'It makes sugar of light.' })
  const played = await teacher.request(packageRoutes.create, {
    courseId,
    title: 'A leaf in ten steps',
    published: true,
  })
  const inPackage = { courseId, packageId: played.package.id }
  await bringPackage(teacher, inPackage, packed(leafFiles))
  const { attemptId, sitting } = await learner.request(packageRoutes.open, inPackage)
  await learner.call(packageCalls.commit, {
    ...{ attemptId: attemptId ?? assert.fail(), sitting, part: 'one' },
    data: {
      ...{ completion: 'completed', success: 'passed', score: { raw: 85 }, seconds: 1 },
      ...{ location: '3', suspend: '', objectives: [] },
    },
  })
  const { meeting } = await teacher.request(meetingRoutes.create, {
    ...{ courseId, title: 'Questions before the test', address: 'https://meet.example/biology', published: true },
    ...{ startsAt: new Date(Date.now() + 3_600_000).toISOString(), endsAt: dueAt, note: 'Bring yours.' },
  })
  const { glossary } = await teacher.request(glossaryRoutes.create, {
    ...{ courseId, title: 'Words of this term', suggestions: true, published: true },
  })
  const ofWords = { courseId, glossaryId: glossary.id }
  const meaning = { type: 'paragraph', content: [{ type: 'text', text: 'What makes sugar of light.' }] }
  const { entry } = await teacher.request(glossaryRoutes.addEntry, {
    ...{ ...ofWords, word: 'Chloroplast', names: ['Plastid'], document: { schema: 1, content: [meaning] } },
  })
  const { survey } = await teacher.request(surveyRoutes.create, {
    ...{ courseId, title: 'How was this term?', anonymous: false, minShown: 1, published: true },
    questions: [
      { id: newId(), kind: 'scale', wording: 'How hard was it?', required: false, low: 'Easy', high: 'Hard' },
    ],
  })
  const { lesson } = await teacher.request(lessonRoutes.create, {
    ...{ courseId, title: 'Which leaf is it?', intro: 'Look, and choose.', published: true },
  })
  const inLesson = { courseId, lessonId: lesson.id }
  const branch = (await teacher.request(lessonRoutes.addPage, { ...inLesson, title: 'Needles or leaves?' })).page
  const beyond = (await teacher.request(lessonRoutes.addPage, { ...inLesson, title: 'A conifer' })).page
  await teacher.request(lessonRoutes.changePage, {
    ...{ ...inLesson, pageId: branch.id, version: 0, document: { schema: 1, content: [meaning] } },
    choices: [
      { id: newId(), text: 'It has needles', to: beyond.id, feedback: 'Look how they stand.' },
      { id: newId(), text: 'It has leaves', to: 'end', feedback: '' },
    ],
  })
  await learner.request(lessonRoutes.step, { ...inLesson, step: { do: 'begin' } })
  await teacher.request(openingRoutes.change, {
    courseId,
    version: 0,
    open: true,
    key: 'leaf',
    most: 90,
    days: 30,
  } as never)
  const file = await uploadFile(teacher, { courseId, name: 'A leaf.png', bytes: dot })
  const { forumId } = await teacher.request(forumRoutes.createForum, {
    ...{ courseId, title: 'What did you see in the lab?', published: true },
  })
  const { folder } = await teacher.request(fileRoutes.createFolder, { courseId, name: 'For the first week' })
  await uploadFile(teacher, { courseId, folderId: folder.id, name: 'A leaf.txt', bytes: 'Leaf' })
  await teacher.request(folderRoutes.placeFolder, { folderId: folder.id, published: true })

  const admin = await signedInClient(school, { accountId: await accountOf(administrator.email) })
  const model = await admin.request(copyRoutes.copy, { courseId, how: 'make', title: 'Biology', shift: { days: 364 } })
  await admin.request(templateRoutes.changeTemplate, { courseId: model.course?.id ?? '', template: true } as never)
  const hooks = await startHookServer()
  const hook = { address: hooks.address, types: ['enrolment.created' as const], description: 'The registry' }
  const { endpoint } = await admin.request(webhookRoutes.create, hook)
  const endpointId: string = endpoint.id
  await admin.request(webhookRoutes.test, { endpointId: endpoint.id })
  await admin.request(providerRoutes.create, {
    ...{ providerId: newId<'Provider'>(), name: 'Campus', issuer: 'https://login.school.example', clientId: 'lectern' },
    ...{ scopes: ['email', 'profile'], newcomers: 'connected', domains: [], vouched: false, minors: false },
    ...{ trusted: false, enabled: true },
  })

  await admin.request(observerRoutes.add, { accountId: learnerId, email: administrator.email } as never)
  const { id: importId } = await importing(admin).check({
    people: 'name,email,shoe size\nAda Byron,ada@list.example,39\nNobody,nowhere,40\n',
    enrolments: `email,course,role\nada@list.example,"${course.course.title}",\n${emre.email},"${course.course.title}",boss\n`,
  })
  const { cohort } = await admin.request(cohortRoutes.create, { name: 'Intake of this year' })

  const inCourse = { courseId }
  const nowhere = 'x'.repeat(43)
  return {
    today: { by: ['administrator', 'instructor', 'learner', 'stranger'], at: [undefined] },
    signIn: { by: ['stranger'], at: [undefined] },
    signInWith: { by: ['stranger'], at: [{ providerId: courseId }] },
    forgotten: { by: ['stranger'], at: [undefined] },
    leaveMail: { by: ['stranger'], at: [{ token: nowhere }] },
    invitation: { by: ['stranger'], at: [{ token: nowhere }] },
    setup: { by: ['stranger'], at: [{ token: nowhere }] },
    blocked: { by: ['learner'], at: [undefined] },
    sessions: { by: ['administrator', 'learner'], at: [undefined] },
    apiDocs: { by: ['stranger'], at: [undefined] },
    schoolRules: { by: ['administrator'], at: [undefined] },
    roles: { by: ['administrator'], at: [undefined] },
    role: { by: ['administrator'], at: [{ role: 'assistant' }] },
    rolePlace: { by: ['administrator'], at: [{ kind: 'course', id: courseId }] },
    courseSettings: { by: ['instructor'], at: [inCourse] },
    courseLog: { by: ['instructor'], at: [inCourse] },
    courseRemoved: { by: ['instructor'], at: [inCourse] },
    courseCopy: { by: ['instructor'], at: [inCourse] },
    template: { by: ['administrator'], at: [{ courseId: model.course?.id ?? assert.fail() }] },
    courseExports: { by: ['instructor'], at: [inCourse] },
    importCourse: { by: ['instructor'], at: [undefined] },
    bin: { by: ['administrator'], at: [undefined] },
    organisation: { by: ['administrator'], at: [undefined] },
    cohorts: { by: ['administrator'], at: [undefined] },
    cohort: { by: ['administrator'], at: [{ cohortId: cohort.id }] },
    sitePeople: { by: ['administrator'], at: [undefined] },
    profileFields: { by: ['administrator'], at: [undefined] },
    person: { by: ['administrator', 'learner'], at: [{ accountId: learnerId }] },
    imports: { by: ['administrator'], at: [undefined] },
    import: { by: ['administrator'], at: [{ importId }] },
    providers: { by: ['administrator'], at: [undefined] },
    consent: { by: ['administrator'], at: [undefined] },
    observed: { by: ['administrator', 'learner'], at: [undefined] },
    observedLearner: { by: ['administrator'], at: [{ accountId: learnerId }] },
    observedCourse: { by: ['administrator'], at: [{ accountId: learnerId, courseId }] },
    privacy: { by: ['administrator'], at: [undefined] },
    audit: { by: ['administrator'], at: [undefined] },
    check: { by: ['stranger'], at: [undefined] },
    search: { by: ['learner'], at: [undefined] },
    courses: { by: ['administrator', 'learner'], at: [undefined] },
    course: { by: ['instructor', 'learner'], at: [inCourse] },
    people: { by: ['instructor'], at: [inCourse] },
    groups: { by: ['instructor', 'learner'], at: [inCourse] },
    page: { by: ['instructor', 'learner'], at: [{ courseId, pageId }] },
    link: { by: ['instructor', 'learner'], at: [{ courseId, linkId: link.id }] },
    assignment: { by: ['instructor', 'learner'], at: [work] },
    package: { by: ['instructor', 'learner'], at: [inPackage] },
    submission: { by: ['instructor'], at: [{ ...work, accountId: learnerId }] },
    glossary: { by: ['instructor', 'learner'], at: [ofWords] },
    glossaryEntry: { by: ['learner'], at: [{ ...ofWords, entryId: entry.id }] },
    survey: { by: ['instructor', 'learner'], at: [{ courseId, surveyId: survey.id }] },
    lesson: { by: ['instructor', 'learner'], at: [inLesson] },
    lessonPage: { by: ['instructor'], at: [{ ...inLesson, pageId: branch.id }] },
    meeting: { by: ['instructor', 'learner'], at: [{ courseId, meetingId: meeting.id }] },
    meetingServers: { by: ['administrator'], at: [undefined] },
    webhooks: { by: ['administrator'], at: [undefined] },
    webhook: { by: ['administrator'], at: [{ endpointId }] },
    files: { by: ['instructor', 'learner'], at: [inCourse] },
    file: { by: ['instructor', 'learner'], at: [{ courseId, fileId: file.id }] },
    folder: { by: ['instructor', 'learner'], at: [{ courseId, folderId: folder.id }] },
    notes: { by: ['instructor', 'writer'], at: [inCourse] },
    note: {
      by: ['writer'],
      at: [
        { courseId, noteId: note.id },
        { courseId, noteId: staffs.note.id },
      ],
    },
    catalogue: { by: ['learner'], at: [undefined] },
    openCourse: { by: ['learner'], at: [inCourse] },
    joinCourse: { by: ['learner'], at: [undefined] },
    live: { by: ['instructor', 'learner', 'writer'], at: [undefined] },
    join: { by: ['stranger'], at: [undefined] },
    joinCode: { by: ['learner', 'stranger'], at: [{ code: run.code }] },
    class: { by: ['learner'], at: [{ runId: run.id }, { runId: ended.id }] },
    remote: { by: ['instructor'], at: [{ runId: run.id }, { runId: ended.id }] },
    stage: { by: ['instructor'], at: [{ runId: run.id }, { runId: ended.id }] },
    classAttendance: { by: ['instructor'], at: [{ runId: ended.id }] },
    classReport: { by: ['instructor', 'learner'], at: [{ runId: ended.id }] },
    activity: { by: ['instructor'], at: [{ courseId, activityId }] },
    homework: { by: ['learner'], at: [{ deliveryId: homework.id }] },
    chat: { by: ['learner'], at: [inCourse] },
    announcements: { by: ['instructor', 'learner'], at: [inCourse] },
    calendar: { by: ['instructor', 'learner'], at: [undefined] },
    inbox: { by: ['learner'], at: [undefined] },
    talk: { by: ['learner'], at: [{ channelId }] },
    forum: { by: ['instructor', 'learner'], at: [inCourse] },
    topic: { by: ['instructor', 'learner'], at: [{ courseId, topicId }] },
    placedForum: { by: ['instructor', 'learner'], at: [{ courseId, forumId }] },
    overview: { by: ['administrator', 'instructor'], at: [undefined] },
    siteParticipation: { by: ['administrator'], at: [undefined] },
    attendance: { by: ['instructor', 'learner'], at: [inCourse] },
    participation: { by: ['instructor'], at: [inCourse] },
    siteAccessibility: { by: ['administrator'], at: [undefined] },
    accessibility: { by: ['instructor'], at: [inCourse] },
    findingsRequest: { by: ['instructor'], at: [{ requestId: courseId }] },
    progress: { by: ['instructor', 'learner'], at: [inCourse] },
    grades: { by: ['instructor', 'learner'], at: [inCourse] },
    grading: { by: ['instructor'], at: [inCourse] },
    grade: { by: ['learner'], at: [{ ...inCourse, gradeItemId: ended.gradeItemId, accountId: learnerId }] },
  }
}

/** The addresses a walker goes to, in the order of the table. */
export function pathsOf(visits: Visits, walker: Walker): string[] {
  return Object.entries(visits).flatMap(([name, { by, at }]) =>
    by.includes(walker) ? at.map(params => pathTo(name as 'course', params as ParamsOf<'course'>)) : [],
  )
}
