// One word in every kind of place, asked for by everybody: each finds it where they may open the place, and nowhere else.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { noteRoutes } from '#protocol/notes.ts'
import { foundKind, searchRoutes } from '#protocol/search.ts'
import { createActivity } from '#server/features/activities/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makeCourse, makePerson, makeQuiz } from '#server/test/classes.ts'
import { arrange, makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { uploadFile } from '#server/test/uploads.ts'
import { waitFor } from '#server/test/wait-for.ts'

const canary = 'zanzibar'

describe('what a search lets through', () => {
  const people: Record<string, TestClient> = {}
  let courseId: string
  let topicId: string
  let runId: string
  const answered: string[] = []

  const finds = async (who: TestClient, words = canary): Promise<string[]> => {
    const { items, next } = await who.request(searchRoutes.everything, { words, limit: 200 })
    assert.equal(next, undefined)
    answered.push(JSON.stringify(items))
    return items
      .map(one => {
        const text = [...one.title, ...one.excerpt].map(part => part.text).join('')
        return `${one.kind} ${text.replaceAll(canary, '').replaceAll('Zanzibar', '').replace(/\s+/g, ' ').trim()}`
      })
      .sort()
  }

  let node: TestNode
  before(async () => {
    node = await testNode()
    const course = await makeCourse('Zanzibar course')
    courseId = course.courseId
    const signedIn = async (role: 'learner' | 'assistant', name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId as never, role, name) })
    const teacher = await signedInClient(node, { accountId: course.instructorId })
    const lena = await signedIn('learner', 'Zanzibar Lena')
    const seated = await signedIn('learner', 'Seated Sam')
    const other = await makeCourse('Elsewhere')
    Object.assign(people, {
      outsider: await signedInClient(node, { accountId: await makeAccount({ name: 'Outsider' }) }),
      'of another course': await signedInClient(node, { accountId: other.instructorId }),
      learner: lena,
      'learner in the class': seated,
      assistant: await signedIn('assistant', 'Asif'),
      instructor: teacher,
      administrator: await signedInClient(node, { role: 'administrator' }),
    })

    // Pages, an activity, files.
    const page = async (name: string, published: boolean) => {
      const made = await teacher.request(contentRoutes.createPage, { courseId, title: name, body: canary, published })
      return made.page.id
    }
    await page('page', true)
    await page('draft page', false)
    const shut = await page('shut page', true)
    const state = (await teacher.subscribe(courseScope, courseId)).state()
    await teacher.request(conditionRoutes.change, {
      courseId: courseId as never,
      subject: 'item',
      subjectId: state.items.find(one => one.refId === shut)?.id ?? assert.fail(),
      version: 0,
      from: new Date(Date.now() + 86_400_000).toISOString(),
      until: null,
      hidden: false,
      tree: null,
    })
    await teacher.request(contentRoutes.removePage, { courseId, pageId: await page('page taken away', true) } as never)
    await arrange(ctx =>
      createActivity(ctx, {
        courseId,
        kind: 'quiz',
        title: `${canary} quiz to come`,
        settings: {},
        place: true,
      } as never),
    )
    const file = async (name: string) =>
      (await uploadFile(teacher, { courseId, name: `${canary}_${name}.bin`, bytes: Uint8Array.of(0, 1, 2) })).id
    await file('unreleased')
    await teacher.request(fileRoutes.place, { fileId: await file('released'), published: true })
    const gone = await file('gone')
    await teacher.request(fileRoutes.place, { fileId: gone, published: true })
    await teacher.request(fileRoutes.remove, { fileId: gone })

    // Notes: their text is the document server's, kept here as its copy keeps it.
    const note = async (title: string) => (await teacher.request(noteRoutes.create, { courseId, title })).note.id
    await sql('update notes set text = $2 where id = $1', [await note('note'), canary])
    const lost = await note('note taken away')
    await sql('update notes set text = $2 where id = $1', [lost, canary])
    await teacher.request(noteRoutes.remove, { noteId: lost })

    // Forum: shown, hidden, waiting, without a name.
    const channels = (await lena.request(inboxRoutes.list, { courseId })).items.map(one => one.channel)
    const of = (form: string) => channels.find(one => one.form === form)?.id ?? assert.fail(form)
    const forum = of('forum')
    await teacher.call(topicCalls.changePolicy, {
      channelId: forum,
      anonymous: true,
      approval: false,
      openers: 'everybody',
      version: 0,
    })
    const post = async (title: string, anonymous = false, who: TestClient = lena) =>
      (
        await who.call(topicCalls.post, {
          channelId: forum,
          title,
          body: `${canary} post${title.replace(canary, '')}`,
          anonymous,
        })
      ).topicId
    topicId = await post(`${canary} topic`, true)
    await teacher.call(topicCalls.hide, { topicId: await post(`${canary} hidden topic`), on: true })
    await teacher.call(topicCalls.changePolicy, {
      channelId: forum,
      anonymous: true,
      approval: true,
      openers: 'everybody',
      version: 1,
    })
    await post(`${canary} waiting topic`)

    // Chat, and what was said in it and taken back or said otherwise.
    const say = async (who: TestClient, channelId: string, text: string) =>
      (await who.call(channelCalls.send, { channelId: channelId as never, text })).messageId
    await say(lena, of('chat'), `${canary} chat`)
    await lena.call(channelCalls.remove, { messageId: await say(lena, of('chat'), `${canary} removed`) })
    await lena.call(channelCalls.edit, {
      messageId: await say(lena, of('chat'), `${canary} before`),
      version: 0,
      text: 'after',
    })
    const { channelId: direct } = await lena.request(inboxRoutes.start, { accountIds: [course.instructorId] })
    await say(lena, direct, `${canary} direct`)

    // A class that runs: its chat, its questions, its note.
    const quiz = await makeQuiz(course, ['What'])
    const run = await teacher.request(liveRoutes.start, { courseId: courseId as never, activityIds: [quiz.activityId] })
    runId = run.id
    people.guest = await guestClient(node, run.code ?? '', 'Gast')
    await seated.request(liveRoutes.join, { runId: run.id })
    await say(people.guest, run.channelId, `${canary} class chat`)
    await teacher.call(topicCalls.post, {
      channelId: run.qaId as never,
      title: `${canary} class question`,
      body: '',
      anonymous: false,
    })
    await sql('update notes set title = $2 where id = $1', [run.noteId, `${canary} class note`])

    const away = await makeCourse(`${canary} removed course`)
    const its = await signedInClient(node, { accountId: away.instructorId })
    await its.request(contentRoutes.createPage, {
      courseId: away.courseId,
      title: 'of a removed course',
      body: canary,
      published: true,
    })
    await its.request(lifeRoutes.remove, { courseId: away.courseId })
    people['instructor of a removed course'] = its
  })

  // By titles one finds the same courses, things, topics and people; files are found by words as what they are.
  const byTitle = async (who: TestClient, words = canary): Promise<string[]> => {
    const { items, next } = await who.request(searchRoutes.titles, { words, limit: 200 })
    assert.equal(next, undefined)
    answered.push(JSON.stringify(items))
    return items
      .filter(one => one.item?.kind !== 'file')
      .map(one => `${one.kind} ${one.id}`)
      .sort()
  }
  const sameByWords = async (who: TestClient, words = canary): Promise<string[]> => {
    const { items } = await who.request(searchRoutes.everything, { words, limit: 200 })
    const inTitle = items.filter(one => one.title.some(part => part.hit))
    return inTitle
      .filter(one => foundKind.safeParse(one.kind).success)
      .map(one => `${one.kind} ${one.id}`)
      .sort()
  }

  const everybody = [
    'course course',
    'file _released.bin',
    'item course',
    'message chat',
    'note course',
    'note note',
    'page page',
    'post post topic',
    'topic topic',
  ]
  const staff = [
    'file _unreleased.bin',
    'item quiz to come',
    'page draft page',
    'page shut page',
    'person Lena',
    'post post hidden topic',
    'topic hidden topic',
  ]
  const ofClass = ['message class chat', 'note class note', 'topic class question']
  const direct = 'message direct'
  const expected: Record<string, readonly string[]> = {
    outsider: [],
    'of another course': [],
    'instructor of a removed course': [],
    guest: ofClass,
    // Who is not in a class that runs sees its note, as everything written in the course, and not its talk.
    learner: [...everybody, direct, 'note class note'],
    'learner in the class': [...everybody, ...ofClass],
    assistant: [...everybody, ...staff, ...ofClass],
    instructor: [...everybody, ...staff, ...ofClass, direct],
    administrator: [...everybody, ...staff, ...ofClass],
  }
  for (const [name, places] of Object.entries(expected))
    it(`for ${name}: ${places.length} places`, async () => {
      const who = people[name] ?? assert.fail(name)
      assert.deepEqual(await finds(who), [...places].sort())
      // Who is in a class alone is in no course, and titles are looked for in courses.
      assert.deepEqual(await byTitle(who), name === 'guest' ? [] : await sameByWords(who))
    })

  it('names nobody who wrote without a name, and finds nothing by their name', async () => {
    const { learner, instructor } = people
    for (const who of [learner, instructor]) {
      const { items } = await (who ?? assert.fail()).request(searchRoutes.everything, { words: canary, group: 'forum' })
      const unnamed = items.filter(
        one => (one.kind === 'topic' ? one.id : one.kind === 'post' && one.topic.id) === topicId,
      )
      assert.deepEqual(
        unnamed.map(one => 'author' in one && one.author),
        [null, null],
      )
      assert.deepEqual(
        (await (who ?? assert.fail()).request(searchRoutes.everything, { words: 'Lena', group: 'forum' })).items,
        [],
      )
    }
  })

  it('follows roles that were given and what a place says about them, by titles too', async () => {
    const { administrator = assert.fail(), learner = assert.fail(), assistant = assert.fail() } = people
    const place = { kind: 'course' as const, id: courseId }
    const given = await signedInClient(node, { name: 'Given' })
    assert.deepEqual(await byTitle(given), [])
    const { role } = await administrator.request(accessRoutes.createRole, { name: 'Auditor', copyOf: 'assistant' })
    await administrator.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: given.accountId })
    assert.deepEqual(await byTitle(given), await byTitle(assistant))
    const say = (of: typeof role.key, capability: Capability, permission: 'prohibit' | 'inherit') =>
      administrator.request(accessRoutes.changeRule, { ...place, role: of, capability, permission })
    for (const [of, capability, kind, who] of [
      [role.key, 'course.view-people', 'person', given],
      ['learner', 'channel.read', 'topic', learner],
    ] as const) {
      const before = await byTitle(who)
      assert.ok(before.some(one => one.startsWith(kind)))
      await say(of, capability, 'prohibit')
      const left = before.filter(one => !one.startsWith(kind))
      await waitFor(async () => (await byTitle(who)).length === left.length, kind)
      assert.deepEqual(await byTitle(who), left)
      await say(of, capability, 'inherit')
    }
  })

  it('follows what is taken away, hidden or over at once', async () => {
    const { learner = assert.fail(), instructor = assert.fail() } = people
    assert.ok((await finds(learner)).includes('topic topic'))
    await instructor.call(topicCalls.hide, { topicId: topicId as never, on: true })
    assert.ok(!(await finds(learner)).includes('topic topic'))
    assert.ok((await finds(instructor)).includes('topic topic'))
    await instructor.call(liveCalls.end, { runId: runId as never })
    await instructor.request(lifeRoutes.changeState, { courseId: courseId as never, state: 'draft' })
    assert.deepEqual([await byTitle(learner), await finds(learner)], [[], [direct]])
    assert.ok((await byTitle(instructor)).length > 0)
    await instructor.request(lifeRoutes.remove, { courseId: courseId as never })
    assert.deepEqual(await finds(learner), [direct])
    assert.deepEqual(await finds(instructor), [direct])
    assert.ok(!answered.some(text => /removed|taken away|waiting|before|gone/.test(text)))
  })
})
