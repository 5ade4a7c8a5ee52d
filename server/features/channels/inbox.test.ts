// All channels of one person: the list and its cost, badges that agree on every device, silence, direct talk by policy.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { peopleRoutes as sitePeople } from '#protocol/accounts/people.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { forEver, inboxRoutes, inboxScope, unreadOf } from '#protocol/channels/inbox.ts'
import { type ChannelId, channelCalls, channelRoutes, channelScope } from '#protocol/channels.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { liveRoutes } from '#protocol/live.ts'
import { mergeAccounts } from '#server/features/accounts/index.ts'
import { endEnrolment, enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, startClass, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { listChannels } from './queries/inbox.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('the channels of one person', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  const inside = async (courseId: Parameters<typeof makePerson>[0], role: 'learner' | 'assistant', name: string) =>
    signedInClient(node, { accountId: await makePerson(courseId, role, name) })

  const chatOf = async (client: Awaited<ReturnType<typeof inside>>, courseId: string): Promise<ChannelId> => {
    const { items } = await client.request(inboxRoutes.list, { courseId })
    return items.find(one => one.channel.form === 'chat')?.channel.id ?? assert.fail()
  }

  it('lists the channels of courses they were given a role in, with what it lets them do', async () => {
    const { courseId } = await makeCourse('Given to')
    const place = { kind: 'course' as const, id: courseId }
    const admin = await signedInClient(node, { role: 'administrator' })
    const helper = await signedInClient(node, { name: 'Helper' })
    const forms = async () => (await helper.request(inboxRoutes.list, {})).items.map(one => one.channel.form).sort()
    assert.deepEqual(await forms(), [])
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Helper', copyOf: 'assistant' })
    await admin.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: helper.accountId })
    assert.deepEqual(await forms(), ['announcements', 'chat', 'forum'])
    // Beside an enrolment too.
    const ada = await inside(courseId, 'learner', 'Ada')
    const moderates = async () => (await ada.request(inboxRoutes.list, {})).items.every(one => one.mayModerate)
    assert.equal(await moderates(), false)
    await admin.request(accessRoutes.grantRole, { ...place, role: role.key, accountId: ada.accountId })
    assert.equal(await moderates(), true)
    await admin.request(lifeRoutes.changeState, { courseId, state: 'draft' })
    const lena = await inside(courseId, 'learner', 'Lena')
    assert.deepEqual((await lena.request(inboxRoutes.list, {})).items, [])
  })

  it('lists every channel they are in, latest first, page by page, and what is unread alone', async () => {
    const { run, course, host } = await startClass(node, [])
    const ada = await inside(course.courseId, 'learner', 'Ada')
    await ada.request(liveRoutes.join, { runId: run.id })
    const chat = await chatOf(ada, course.courseId)
    await host.call(channelCalls.send, { channelId: run.channelId, text: 'In class' })
    await host.call(channelCalls.send, { channelId: chat, text: 'x'.repeat(500) })
    const pair = await host.request(inboxRoutes.start, { accountIds: [ada.accountId] })
    await host.call(channelCalls.send, { channelId: pair.channelId, text: 'Between us' })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await ada.request(inboxRoutes.list, { limit: 2, ...(after && { after }) })
      seen.push(...page.items.map(one => one.channel.id))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, seen.length)
    assert.deepEqual(seen.slice(0, 3), [pair.channelId, chat, run.channelId])
    const { items } = await ada.request(inboxRoutes.list, { show: 'unread' })
    assert.deepEqual(
      items.map(one => [one.channel.form, one.place?.kind ?? null, one.latest?.text?.length, one.unread]),
      [
        ['direct', null, 10, 1],
        ['chat', 'course', 140, 1],
        ['chat', 'run', 8, 1],
      ],
    )
    assert.deepEqual(
      items[0]?.channel.people.map(one => one.name),
      ['Ines Instructor', 'Ada'],
    )
    const former = await inside(course.courseId, 'learner', 'Former')
    await arrange(ctx => endEnrolment(ctx, { courseId: course.courseId, accountId: former.accountId }))
    assert.deepEqual((await former.request(inboxRoutes.list, {})).items, [])
  })

  it('costs as many queries with forty channels as with four', async () => {
    const accountId = await makeAccount({ name: 'Many' })
    const count = async () => {
      let queries = 0
      const ctx = testCtx({ who: whoIs(accountId, 'Many') })
      const counting: typeof ctx.sql = (text, values) => {
        queries++
        return ctx.sql(text, values)
      }
      const { items } = await listChannels({ ...ctx, sql: counting }, { show: 'all', limit: 200 })
      return { queries, channels: items.length }
    }
    const join = async () => {
      const { courseId, instructorId } = await makeCourse()
      await arrange(ctx => enrol(ctx, { courseId, accountId, role: 'learner', how: 'by hand' }))
      const staff = await signedInClient(node, { accountId: instructorId })
      await staff.request(inboxRoutes.start, { accountIds: [accountId] })
    }
    await join()
    const few = await count()
    for (let n = 0; n < 9; n++) await join()
    const many = await count()
    assert.ok(many.channels >= few.channels + 36, `${few.channels} and ${many.channels} channels`)
    assert.equal(many.queries, few.queries)
    // One of them asks what the rules of the school leave of files between people.
    assert.ok(many.queries <= 10, `${many.queries} queries`)
  })

  it('starts nobody with what was said before they came', async () => {
    const { courseId, instructorId } = await makeCourse()
    const staff = await signedInClient(node, { accountId: instructorId })
    const channelId = await chatOf(staff, courseId)
    for (let n = 0; n < 3; n++) await staff.call(channelCalls.send, { channelId, text: `Before ${n}` })
    const late = await inside(courseId, 'learner', 'Late')
    assert.equal((await late.request(inboxRoutes.get, { channelId })).entry.unread, 0)
    await staff.call(channelCalls.send, { channelId, text: 'After' })
    assert.equal((await late.request(inboxRoutes.get, { channelId })).entry.unread, 1)
    // Whoever had the last word has nothing left to read.
    assert.equal((await staff.request(inboxRoutes.get, { channelId })).entry.unread, 0)
    await late.request(inboxRoutes.mute, { channelId, until: forEver })
    const { entry } = await late.request(inboxRoutes.get, { channelId })
    assert.deepEqual([entry.unread, entry.mutedUntil], [1, forEver])
  })

  it('agrees on every device: what is read on the phone is read on the desk, and heads move within a second', async () => {
    const { courseId, instructorId } = await makeCourse()
    const staff = await signedInClient(node, { accountId: instructorId })
    const desk = await inside(courseId, 'learner', 'Ada')
    const phone = await signedInClient(node, { accountId: desk.accountId })
    const channelId = await chatOf(desk, courseId)
    const [onDesk, onPhone] = [
      await desk.subscribe(inboxScope, desk.accountId),
      await phone.subscribe(inboxScope, phone.accountId),
    ]
    const first = onDesk.fleeting[0]
    assert.ok(first?.kind === 'heads')
    const head = first.body.channels.find(one => one.channelId === channelId) ?? assert.fail()
    await staff.call(channelCalls.send, { channelId, text: '@Ada', mentions: [desk.accountId] })
    for (const device of [onDesk, onPhone]) {
      const moved = await waitFor(
        () => device.fleeting.find(one => one.kind === 'headsMoved'),
        'the head of the channel to move',
      )
      assert.ok(moved.kind === 'headsMoved')
      assert.deepEqual(moved.body.channels, [{ channelId, lastNumber: 1, mentionedNumber: 1 }])
      const now = { ...head, lastNumber: 1, mentionedNumber: 1 }
      assert.deepEqual(unreadOf(now, device.state().reads[channelId]), { unread: 1, mentioned: true })
    }
    await assertConverges(desk, inboxScope, desk.accountId, () =>
      phone.call(channelCalls.markRead, { channelId, number: 1 }),
    )
    const state = await onDesk.until(now => now.reads[channelId]?.number === 1, 'the desk to know')
    assert.deepEqual(unreadOf({ ...head, lastNumber: 1, mentionedNumber: 1 }, state.reads[channelId]), {
      unread: 0,
      mentioned: false,
    })
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await assertConverges(desk, inboxScope, desk.accountId, () => phone.request(inboxRoutes.mute, { channelId, until }))
    await onDesk.until(now => now.reads[channelId]?.mutedUntil === until, 'the silence on the desk')
    // Nobody else hears it, and nothing is told to them.
    await assert.rejects(staff.subscribe(inboxScope, desk.accountId), refusedAs('not-found'))
    const others = await sql("select 1 from events where scope like 'inbox:%' and actor::text <> substr(scope, 7)")
    assert.deepEqual(others, [])
  })

  it('tells of a new talk at once, on every device', async () => {
    const { courseId, instructorId } = await makeCourse()
    const staff = await signedInClient(node, { accountId: instructorId })
    const ada = await inside(courseId, 'learner', 'Ada')
    const inbox = await ada.subscribe(inboxScope, ada.accountId)
    const { channelId } = await staff.request(inboxRoutes.start, { accountIds: [ada.accountId] })
    await waitFor(
      () => inbox.fleeting.some(one => one.kind === 'heads' && one.body.channels.some(c => c.channelId === channelId)),
      'the new talk among the heads',
    )
  })

  it('lets two who share a course talk, once and for both, and nobody else', async () => {
    const { courseId, instructorId } = await makeCourse()
    const staff = await signedInClient(node, { accountId: instructorId })
    const ada = await inside(courseId, 'learner', 'Ada')
    const ben = await inside(courseId, 'learner', 'Ben')
    const guest = await signedInClient(node, { accountId: await makePerson(courseId, 'guest', 'Gus'), role: 'guest' })
    const stranger = await signedInClient(node, { name: 'Stranger' })
    const start = (from: typeof ada, ...to: { accountId: AccountId }[]) =>
      from.request(inboxRoutes.start, { accountIds: to.map(one => one.accountId) })
    const [one, other] = await Promise.all([start(ada, ben), start(ben, ada)])
    assert.equal(one.channelId, other.channelId)
    for (const [from, to] of [
      [stranger, ada],
      [ada, stranger],
      [ada, guest],
    ] as const)
      await assert.rejects(start(from, to), refusedAs('out-of-reach'))
    await assert.rejects(start(ada, ada), refusedAs('malformed'))
    const { channelId } = one
    await assertConverges(ben, channelScope, channelId, () =>
      ada.call(channelCalls.send, { channelId, text: 'Hi Ben' }),
    )
    for (const who of [staff, stranger]) {
      await assert.rejects(who.subscribe(channelScope, channelId), refusedAs('not-found'))
      await assert.rejects(who.request(channelRoutes.messages, { channelId }), refusedAs('not-found'))
      await assert.rejects(who.call(channelCalls.send, { channelId, text: 'Hi' }), refusedAs('not-found'))
    }
    await assert.rejects(ada.request(inboxRoutes.leave, { channelId }), refusedAs('not-a-group'))
    const named = { channelId, version: 0, title: 'Us' }
    await assert.rejects(ada.request(inboxRoutes.change, named), refusedAs('not-a-group'))
    await assert.rejects(ada.request(inboxRoutes.block, { accountId: ada.accountId }), refusedAs('not-yourself'))

    const { items } = await ada.request(inboxRoutes.contacts, { q: 'b' })
    assert.deepEqual(items, [{ id: ben.accountId, name: 'Ben', blocked: false }])
    await ben.request(inboxRoutes.block, { accountId: ada.accountId })
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Why' }), refusedAs('out-of-reach'))
    await assert.rejects(ben.call(channelCalls.send, { channelId, text: 'No' }), refusedAs('blocked-by-you'))
    assert.equal((await ada.request(inboxRoutes.get, { channelId })).entry.mayWrite, false)
    assert.deepEqual((await ben.request(inboxRoutes.blocks, {})).items, [{ id: ada.accountId, name: 'Ada' }])
    await ben.request(inboxRoutes.unblock, { accountId: ada.accountId })
    await ada.call(channelCalls.send, { channelId, text: 'Thanks' })

    // With a minor those alone talk who teach them; a talk that was there is read and not written in.
    const boss = await signedInClient(node, { role: 'administrator' })
    await boss.request(sitePeople.changeMinor, { accountId: ben.accountId, minor: true })
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Hello' }), refusedAs('out-of-reach'))
    await start(staff, ben)
    assert.deepEqual((await ada.request(inboxRoutes.contacts, { q: 'ben' })).items, [])
    await boss.request(sitePeople.changeMinor, { accountId: ben.accountId, minor: false })
    await ada.call(channelCalls.send, { channelId, text: 'Hello again' })

    // Whoever lost the sight of the course meets nobody in it, and whoever may not read a channel is nobody to name there.
    const administrator = await signedInClient(node, { role: 'administrator' })
    const say = (capability: 'course.view' | 'channel.read', permission: 'prohibit' | 'inherit') =>
      administrator.request(accessRoutes.changeRule, {
        ...{ kind: 'course' as const, id: courseId, role: 'learner' as const },
        ...{ capability, permission },
      })
    const chat = await chatOf(staff, courseId)
    const people = async (more = {}) =>
      (await staff.request(channelRoutes.people, { channelId: chat, ...more })).items.map(p => p.name)
    await say('course.view', 'prohibit')
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Still' }), refusedAs('out-of-reach'))
    await assert.rejects(start(staff, ada), refusedAs('out-of-reach'))
    for (const who of [ada, staff]) assert.deepEqual((await who.request(inboxRoutes.contacts, {})).items, [])
    // A page is filled from behind those whom the law leaves out.
    const zoe = await inside(courseId, 'assistant', 'Zoe')
    const first = await staff.request(inboxRoutes.contacts, { limit: 1 })
    assert.deepEqual(first, { items: [{ id: zoe.accountId, name: 'Zoe', blocked: false }] })
    await arrange(ctx => endEnrolment(ctx, { courseId, accountId: zoe.accountId }))
    await say('course.view', 'inherit')
    assert.deepEqual(await people(), ['Ada', 'Ben', 'Ines Instructor'])
    await say('channel.read', 'prohibit')
    for (const more of [{}, { limit: 1 }]) assert.deepEqual(await people(more), ['Ines Instructor'])
    await say('channel.read', 'inherit')

    // Staff stay in reach: shutting a learner out keeps nobody away, a learner may keep staff away.
    await staff.request(inboxRoutes.block, { accountId: ada.accountId })
    await start(ada, staff)
    await ada.request(inboxRoutes.block, { accountId: instructorId })
    const between = await start(ada, staff)
    await assert.rejects(
      staff.call(channelCalls.send, { channelId: between.channelId, text: 'Hello' }),
      refusedAs('blocked-by-you'),
    )
    await arrange(ctx => endEnrolment(ctx, { courseId, accountId: ben.accountId }))
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Still there' }), refusedAs('out-of-reach'))
    await ada.request(channelRoutes.messages, { channelId })
  })

  it('opens groups with a title, which can be renamed and left', async () => {
    const { courseId } = await makeCourse()
    const [ada, ben, cleo] = [
      await inside(courseId, 'learner', 'Ada'),
      await inside(courseId, 'learner', 'Ben'),
      await inside(courseId, 'learner', 'Cleo'),
    ]
    const accountIds = [ben.accountId, cleo.accountId]
    await assert.rejects(ada.request(inboxRoutes.start, { accountIds }), refusedAs('malformed'))
    const { channelId } = await ada.request(inboxRoutes.start, { accountIds, title: 'Lab 3' })
    await cleo.call(channelCalls.send, { channelId, text: 'Hello' })
    const listening = await cleo.subscribe(channelScope, channelId)
    assert.deepEqual(
      listening
        .state()
        .channel.people.map(one => one.name)
        .sort(),
      ['Ada', 'Ben', 'Cleo'],
    )
    await assertConverges(ada, channelScope, channelId, () =>
      ben.request(inboxRoutes.change, { channelId, version: 0, title: 'Lab 3, Thursday' }),
    )
    const late = ada.request(inboxRoutes.change, { channelId, version: 0, title: 'Lab 3, Friday' })
    const current = await late.catch((error: Problem) => error.code === 'conflict' && error.params.current)
    assert.deepEqual(current, (await ben.subscribe(channelScope, channelId)).state().channel)
    await assertConverges(ada, channelScope, channelId, () => cleo.request(inboxRoutes.leave, { channelId }))
    await assert.rejects(cleo.request(channelRoutes.messages, { channelId }), refusedAs('not-found'))
    await waitFor(
      () => cleo.frames.some(frame => frame.s === `channel:${channelId}` && frame.k === 'closed'),
      'the scope to close for who left',
    )
    assert.ok(!(await cleo.request(inboxRoutes.list, {})).items.some(one => one.channel.id === channelId))
    // Whoever is in it brings others in, and back, by what lets them write to each; all see it as it happens.
    const [dan, stranger] = [await inside(courseId, 'learner', 'Dan'), await signedInClient(node, { name: 'Stranger' })]
    const add = (by: typeof ada, ...people: { accountId: AccountId }[]) =>
      by.request(inboxRoutes.add, { channelId, accountIds: people.map(one => one.accountId) })
    const inbox = await dan.subscribe(inboxScope, dan.accountId)
    await assertConverges(ada, channelScope, channelId, () => add(ben, dan, cleo))
    await waitFor(
      () => inbox.fleeting.some(one => one.kind === 'heads' && one.body.channels.some(c => c.channelId === channelId)),
      'the group among the heads of who was added',
    )
    assert.deepEqual((await dan.request(channelRoutes.messages, { channelId })).items[0]?.text, 'Hello')
    await cleo.call(channelCalls.send, { channelId, text: 'Back' })
    assert.equal((await add(ada, ben)).channel.people.length, 4)
    await assert.rejects(add(ada, stranger), refusedAs('out-of-reach'))
    await assert.rejects(add(stranger, stranger), refusedAs('not-found'))
    await dan.request(inboxRoutes.block, { accountId: ada.accountId })
    await dan.request(inboxRoutes.leave, { channelId })
    await assert.rejects(add(ada, dan), refusedAs('out-of-reach'))
    const pair = await ada.request(inboxRoutes.start, { accountIds: [ben.accountId] })
    const third = { channelId: pair.channelId, accountIds: [cleo.accountId] }
    await assert.rejects(ada.request(inboxRoutes.add, third), refusedAs('not-a-group'))
    const many = await Promise.all(Array.from({ length: 18 }, (_, n) => makePerson(courseId, 'learner', `Many ${n}`)))
    const toAdd = many.map(accountId => ({ accountId }))
    await assert.rejects(add(ada, ...toAdd), refusedAs('talk-full'))
    assert.equal((await add(ada, ...toAdd.slice(1))).channel.people.length, 20)

    const crowd = Array.from({ length: 20 }, () => ben.accountId)
    await assert.rejects(ada.request(inboxRoutes.start, { accountIds: crowd, title: 'All' }), refusedAs('malformed'))
  })

  it('takes the talk of an account along when it is merged', async () => {
    const { courseId } = await makeCourse()
    const ada = await inside(courseId, 'learner', 'Ada')
    const old = await inside(courseId, 'learner', 'Old')
    const young = await inside(courseId, 'learner', 'Young')
    const { channelId } = await old.request(inboxRoutes.start, { accountIds: [ada.accountId] })
    const { messageId } = await ada.call(channelCalls.send, { channelId, text: '@Old', mentions: [old.accountId] })
    await old.call(channelCalls.react, { messageId, emoji: '👍', set: 'on' })
    await old.request(inboxRoutes.block, { accountId: ada.accountId })
    await arrange(ctx => mergeAccounts(ctx, old.accountId, young.accountId))
    const { entry } = await young.request(inboxRoutes.get, { channelId })
    assert.deepEqual([entry.mentioned, entry.mayWrite], [true, false])
    assert.deepEqual(entry.channel.people.map(one => one.name).sort(), ['Ada', 'Young'])
    const { items } = await ada.request(channelRoutes.messages, { channelId })
    assert.deepEqual(items[0]?.reactions[0]?.by, [young.accountId])
  })
})
