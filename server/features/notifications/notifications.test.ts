// Notifications: each hears what concerns them, once, grouped while unread; two devices agree; nobody is shown what they
// may no longer see.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accessRoutes } from '#protocol/access.ts'
import { activityCalls } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { address } from '#protocol/base/scope.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { type ChannelId, channelCalls, channelScope, type MessageId } from '#protocol/channels.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { notificationRoutes, notificationsScope } from '#protocol/notifications.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { eraseAccount, exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import type { NamedJob } from '#server/platform/ctx.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { waitFor } from '#server/test/wait-for.ts'
import { remindJob } from './actions/remind.ts'
import { tellAll, tellJob, tellOne } from './actions/tell.ts'
import { listeners } from './listeners.ts'

type Person = TestClient & { readonly accountId: AccountId }

describe('notifications', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Person
  let ada: Person
  let ben: Person
  const channel: Record<string, ChannelId> = {}

  const list = async (one: Person, show: 'all' | 'unread' = 'all') =>
    (await one.request(notificationRoutes.list, { show })).items
  const lines = async (one: Person, show?: 'unread') =>
    (await list(one, show)).map(({ kind, count, name, title }) => `${kind} ${count} ${name ?? '-'}: ${title}`)
  const heard = (one: Person, line: string | RegExp) =>
    waitFor(
      async () => (await lines(one, 'unread')).find(got => (line instanceof RegExp ? line.test(got) : got === line)),
      String(line),
    )
  const post = (by: Person, title: string, rest: { anonymous?: boolean; mentions?: AccountId[] } = {}) =>
    by.call(topicCalls.post, { channelId: channel.forum as ChannelId, title, body: 'x', anonymous: false, ...rest })

  before(async () => {
    node = await testNode()
    course = await makeCourse('Cells')
    const person = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', name) })
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ada = await person('Ada')
    ben = await person('Ben')
    const { items } = await ada.request(inboxRoutes.list, { courseId: course.courseId })
    for (const { channel: one } of items) channel[one.form] = one.id
    // That they were enrolled is told by the node some seconds after; no test is to meet it half-way.
    for (const one of [ada, ben]) await heard(one, /^enrolled/)
  })
  beforeEach(async () => {
    for (const one of [teacher, ada, ben]) await one.request(notificationRoutes.markAllRead, {})
  })

  it('tells whoever is named in a chat, once, and reads alike on two devices', async () => {
    const tablet = await signedInClient(node, { accountId: ada.accountId })
    const [one, other] = [
      await ada.subscribe(notificationsScope, ada.accountId),
      await tablet.subscribe(notificationsScope, ada.accountId),
    ]
    const said = { channelId: channel.chat as ChannelId, mentions: [ada.accountId, ben.accountId] }
    await ben.call(channelCalls.send, { ...said, text: '@Ada and @Ben' })
    await heard(ada, 'mention 1 Ben: Cells')
    await ben.call(channelCalls.send, { ...said, text: '@Ada again' })
    await heard(ada, 'mention 2 Ben: Cells')
    const mentions = async (one: Person) => (await list(one)).filter(entry => entry.kind === 'mention')
    assert.deepEqual(await mentions(ben), [], 'nobody is told of their own words')
    for (const device of [one, other]) await device.until(state => state.unread === 1, 'one unread')
    const [entry] = await mentions(ada)
    assert.equal(entry?.place.at === 'channel' && entry.place.number, 2)
    await assertConverges(ada, notificationsScope, ada.accountId, () =>
      tablet.request(notificationRoutes.markRead, { notificationId: entry?.id ?? assert.fail() }),
    )
    for (const device of [one, other]) await device.until(state => state.unread === 0, 'none unread')
    await ben.call(channelCalls.send, { ...said, text: '@Ada once more' })
    await heard(ada, 'mention 1 Ben: Cells')
    assert.equal((await mentions(ada)).length, 2)
  })

  it('tells who asked of answers, who follows of replies, and never who wrote without a name', async () => {
    await teacher.call(topicCalls.changePolicy, {
      ...{ channelId: channel.forum as ChannelId, version: 0, anonymous: true, approval: false },
      openers: 'everybody',
    })
    const { topicId } = await post(ada, 'Why do cells divide?')
    await ben.call(topicCalls.follow, { topicId, on: true })
    for (const text of ['Because', 'And because'])
      await teacher.call(topicCalls.reply, { topicId, text, anonymous: false })
    await heard(ada, 'answer 2 Ines Instructor: Why do cells divide?')
    await heard(ben, 'reply 2 Ines Instructor: Why do cells divide?')
    const reply = await ben.call(topicCalls.reply, { topicId, text: 'To heal', anonymous: true })
    await heard(ada, 'answer 3 -: Why do cells divide?')
    // Who wrote without a name is not betrayed by the moment, nor by an id that holds it.
    const [nameless] = await list(ada, 'unread')
    assert.match(nameless?.at ?? '', /:00\.000Z$/)
    // It leads to the very post.
    assert.ok(nameless?.place.at === 'topic' && nameless.place.topicId === topicId)
    assert.deepEqual([nameless.place.messageId, nameless.place.number], [reply.messageId, 4])
    assert.doesNotMatch(nameless?.id ?? '', /^.{14}7/, 'an id in order of time')
    await ada.call(topicCalls.accept, { topicId, messageId: reply.messageId })
    await heard(ben, /^accepted 1 .*: Why do cells divide\?/)
    await post(ada, 'For Ben', { mentions: [ben.accountId] })
    await heard(ben, 'mention 1 Ada: For Ben')
    // Hidden: it is not said any more that there is such a topic.
    await teacher.call(topicCalls.hide, { topicId, on: true })
    assert.deepEqual(
      await lines(ada),
      (await lines(ada)).filter(line => !line.includes('divide')),
    )
    assert.ok((await lines(ben)).every(line => !line.includes('divide')))
  })

  it('tells a course of announcements, homework, its due day and results; staff of none of it', async () => {
    await teacher.call(channelCalls.send, {
      channelId: channel.announcements as ChannelId,
      title: 'No class on Friday',
      text: 'Read chapter 4',
    })
    await heard(ada, 'announcement 1 Ines Instructor: No class on Friday')
    const { activityId, itemIds } = await makeQuiz(course, ['What is a cell'])
    const day = 86_400_000
    const dueAt = new Date(Date.now() + 3 * day).toISOString()
    const homework = await teacher.request(quizRoutes.assign, { activityId, dueAt, shows: 'at-once' })
    await heard(ada, 'homework 1 -: Quiz')
    await heard(ben, 'homework 1 -: Quiz')
    await ada.call(activityCalls.answer, {
      deliveryId: homework.id,
      itemId: itemIds[0] ?? assert.fail(),
      move: { optionIds: ['b'] },
    })
    await ada.request(quizRoutes.finish, { deliveryId: homework.id })
    await heard(ada, 'result 1 -: Quiz')
    await arrange(async ctx => {
      await ctx.sql('update deliveries set due_at = $2 where id = $1', [homework.id, new Date(Date.now() + day / 2)])
    })
    // The day before has come: the job as the queue runs it, with the jobs it makes.
    const made: { accountIds: AccountId[]; notice: Parameters<typeof tellOne>[2] }[] = []
    await arrange(async ctx => {
      const enqueue = async (_job: NamedJob, data: object) => void made.push(data as (typeof made)[number])
      await remindJob.run({ ...ctx, enqueue }, { deliveryId: homework.id })
    })
    assert.deepEqual(
      made.flatMap(one => one.accountIds),
      [ben.accountId],
      'who has handed in is left alone',
    )
    const deliver = () =>
      arrange(async ctx => {
        for (const one of made) for (const id of one.accountIds) await tellOne(ctx, id, one.notice)
      })
    await deliver()
    await deliver()
    assert.ok((await lines(ben)).includes('due 1 -: Quiz'), 'said once, though the job ran twice')
    assert.deepEqual(await lines(teacher), [])
  })

  it('tells people who are brought into a course, and lists nothing of it once they are out', async () => {
    const email = 'cleo@enrolled.example'
    const accountId = await makeAccount({ name: 'Cleo', email })
    const cleo = await signedInClient(node, { accountId })
    const { courseId } = course
    await teacher.request(peopleRoutes.enrol, { courseId, email, role: 'learner' })
    await heard(cleo, 'enrolled 1 -: Cells')
    await ben.call(channelCalls.send, { channelId: channel.chat as ChannelId, text: '@Cleo', mentions: [accountId] })
    await heard(cleo, 'mention 1 Ben: Cells')
    await teacher.request(peopleRoutes.endEnrolment, { courseId, accountId })
    assert.deepEqual(await lines(cleo), [])
    await assert.rejects(ben.request(notificationRoutes.markRead, { notificationId: (await anyOf(ada)).id }), {
      code: 'not-found',
    })
    // They are not shown, and can be read away.
    assert.deepEqual(await cleo.request(notificationRoutes.markAllRead, {}), { read: 2 })
  })

  const anyOf = async (one: Person) => (await list(one))[0] ?? assert.fail('nothing there')

  it('keeps silent about what somebody silenced', async () => {
    await ada.request(notificationRoutes.changeSettings, { silenced: ['mention'] })
    assert.deepEqual(await ada.request(notificationRoutes.getSettings, {}), { silenced: ['mention'] })
    const said = { channelId: channel.chat as ChannelId, mentions: [ada.accountId] }
    await ben.call(channelCalls.send, { ...said, text: '@Ada, quietly' })
    await teacher.call(channelCalls.send, { channelId: channel.announcements as ChannelId, text: 'Later' })
    await heard(ada, 'announcement 1 Ines Instructor: Later')
    assert.ok((await lines(ada, 'unread')).every(line => !line.startsWith('mention')))
    await ada.request(notificationRoutes.changeSettings, { silenced: [] })
  })

  it('rings for news alone: what is heard of days later stands in the list, at its moment and read', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
    const refId = randomUUID()
    const tell = (source: string, at: string) =>
      arrange(ctx => tellOne(ctx, ben.accountId, { kind: 'reply', source, refId, courseId: null, messageId: null, at }))
    for (const [n, days] of [20, 19, 4].entries()) await tell(`late ${n}`, daysAgo(days))
    const kept = () =>
      sql<{ count: number; days: number; unread: boolean }>(
        `select count, round(extract(epoch from now() - at) / 86400)::int as days, read_at is null as unread
           from notifications where ref_id = $1 order by at`,
        [refId],
      )
    assert.deepEqual(await kept(), [{ count: 3, days: 4, unread: false }])
    await tell('fresh', daysAgo(1))
    assert.deepEqual((await kept()).at(-1), { count: 1, days: 1, unread: true })
    assert.deepEqual((await ben.subscribe(notificationsScope, ben.accountId)).state(), { unread: 1 })
  })

  it('pages without a gap', async () => {
    for (const n of [1, 2, 3])
      await arrange(ctx =>
        tellOne(ctx, ada.accountId, {
          kind: 'enrolled',
          ...{ source: `again ${n}`, refId: course.courseId, courseId: course.courseId, messageId: null },
        }),
      )
    const all = await list(ada)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await ada.request(notificationRoutes.list, { limit: 1, ...(after ? { after } : {}) })
      seen.push(...page.items.map(one => one.id))
      after = page.next
    } while (after)
    assert.deepEqual(
      seen,
      all.map(one => one.id),
    )
  })

  it('looks only into what names somebody or is announced', async () => {
    const heeds = listeners.find(one => one.name === 'notifications.channel')?.sieve ?? assert.fail()
    const said = async (one: Person, channelId: ChannelId, rest: { mentions?: AccountId[]; replyTo?: MessageId }) => {
      await one.call(channelCalls.send, { channelId, text: 'Hello', ...rest })
      const [event] = await sql<{ kind: string; body: unknown }>(
        'select kind, body from events where scope = $1 order by seq desc limit 1',
        [address(channelScope, channelId)],
      )
      return (await heeds(testCtx(), channelId))(event ?? assert.fail())
    }
    const chat = channel.chat as ChannelId
    assert.equal(await said(ada, chat, {}), false)
    assert.equal(await said(ada, chat, { mentions: [ben.accountId] }), true)
    assert.equal(await said(teacher, channel.announcements as ChannelId, {}), true)
  })

  it('tells of an announcement those alone who may read it', async () => {
    const administrator = await signedInClient(node, { role: 'administrator' })
    const rule = {
      kind: 'course' as const,
      id: course.courseId,
      role: 'learner' as const,
      capability: 'channel.read' as const,
    }
    const channelId = channel.announcements as ChannelId
    const { messageId } = await teacher.call(channelCalls.send, { channelId, title: 'Once more', text: 'Read' })
    const [event] = await sql<{ kind: string; body: { message: { id: string } } }>(
      "select kind, body from events where scope = $1 and kind = 'messageSent' order by seq desc limit 1",
      [address(channelScope, channelId)],
    )
    assert.equal(event?.body.message.id, messageId)
    const toldTo = async () => {
      const made: AccountId[] = []
      const enqueue = async (_job: NamedJob, data: object) =>
        void made.push(...(data as { accountIds: AccountId[] }).accountIds)
      const listener = listeners.find(one => one.name === 'notifications.channel') ?? assert.fail()
      await arrange(ctx =>
        listener.run({ ...ctx, enqueue }, {
          ...event,
          scopeId: channelId,
          actor: teacher.accountId,
          seq: 1,
          at: new Date(),
        } as never),
      )
      return made.sort()
    }
    assert.deepEqual(await toldTo(), [ada.accountId, ben.accountId].sort())
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'prohibit' })
    assert.deepEqual(await toldTo(), [])
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'inherit' })
  })

  it('tells a whole class by one job, a few at a time, each once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, n) => makePerson(course.courseId, 'learner', `P ${n}`)),
    )
    const notice = {
      kind: 'homework',
      source: 'all of them',
      refId: randomUUID(),
      courseId: course.courseId,
    } as const
    const jobs: object[] = []
    await arrange(ctx =>
      tellAll({ ...ctx, enqueue: async (_job, data) => void jobs.push(data) }, ids, { ...notice, messageId: null }),
    )
    assert.equal(jobs.length, 1)
    let turns = 0
    for (let more = true; more; turns++) more = (await arrange(ctx => tellJob.run(ctx, jobs[0]))) === 'again'
    assert.equal(turns, 3)
    assert.equal(await arrange(ctx => tellJob.run(ctx, jobs[0])), 'done')
    const told = await sql<{ count: number }>('select count from notifications where ref_id = $1', [notice.refId])
    assert.deepEqual(
      told.map(row => row.count),
      ids.map(() => 1),
    )
  })

  it('moves with a person to another account, is exported and forgotten', async () => {
    const [from, into] = [await makePerson(course.courseId, 'learner', 'Dora'), await makeAccount({ name: 'Dora' })]
    // What the node tells of the enrolment comes first, and is read.
    const before = await signedInClient(node, { accountId: from })
    await heard(before, /^enrolled/)
    await before.request(notificationRoutes.markAllRead, {})
    const told = { refId: course.courseId, courseId: course.courseId, messageId: null }
    for (const id of [from, into])
      await arrange(ctx => tellOne(ctx, id, { kind: 'enrolled', source: `for ${id}`, ...told }))
    await arrange(ctx => mergeAccounts(ctx, from, into))
    const dora = await signedInClient(node, { accountId: into })
    assert.deepEqual((await dora.subscribe(notificationsScope, into)).state(), { unread: 1 })
    assert.deepEqual(await lines(dora, 'unread'), ['enrolled 1 -: Cells'])
    assert.ok(JSON.stringify(await exportAccount(testCtx(), into)).includes('silencedNotifications'))
    await arrange(ctx => eraseAccount(ctx, into))
    const left = await arrange(ctx => ctx.sql('select 1 from notifications where account_id = $1', [into]))
    assert.deepEqual(left, [])
  })
})
