// Files in messages over a real node: who reads their bytes, whose room they take, what they say of whoever sent them, and
// that they go with their message.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accessRoutes } from '#protocol/access.ts'
import { writesWaitMs } from '#protocol/base/call.ts'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { attachmentRoutes } from '#protocol/channels/attachment-routes.ts'
import { type AttachmentId, largestAttachment } from '#protocol/channels/attachments.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import { forumScope, forumStaffScope, topicScope } from '#protocol/channels/topics.ts'
import { type ChannelId, channelCalls, channelRoutes, channelScope } from '#protocol/channels.ts'
import { fileRoutes } from '#protocol/files.ts'
import { liveRoutes } from '#protocol/live.ts'
import { searchRoutes } from '#protocol/search.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { attachmentsTable } from '#server/migrations/0091-attachments.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { diskBlobs } from '#server/platform/storage/blobs.ts'
import { guestClient, makePerson, startClass, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { attachFile, dot, sendPiece } from '#server/test/uploads.ts'
import { accountHooks } from './actions/account.ts'
import { dropUnsent, mostUnsent } from './actions/attach.ts'
import { sendMessages } from './actions/send.ts'
import { jobsDone } from './crossing.fixture.ts'
import { listMessages } from './queries/messages.ts'

describe('files in messages', () => {
  let node: TestNode
  let admin: TestClient
  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator' })
  })

  async function school() {
    const { run, code, host, course } = await startClass(node, [])
    const { courseId } = course
    const inside = async (role: 'learner' | 'assistant', name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId, role, name) })
    const lena = await inside('learner', 'Lena')
    const omar = await inside('learner', 'Omar')
    const stranger = await signedInClient(node, { name: 'Stranger' })
    const { items } = await lena.request(inboxRoutes.list, { courseId })
    const channelOf = (form: string) => items.find(one => one.channel.form === form)?.channel.id ?? assert.fail()
    const ids = { chat: channelOf('chat'), forum: channelOf('forum'), announcements: channelOf('announcements') }
    return { ...ids, run, code, host, courseId, lena, omar, stranger }
  }

  const bytesOf = (client: TestClient, id: string, as = 'inline') =>
    client.raw('GET', `/attachments/${id}/content?as=${as}`)
  const statusOf = async (client: TestClient, id: string) => (await bytesOf(client, id)).status
  const may = async (client: TestClient, channelId: ChannelId | string) =>
    (await client.request(attachmentRoutes.attaching, { channelId: channelId as ChannelId })).may
  const left = async (id: string) =>
    (await sql('select from attachments where id = $1', [id])).length + ((await onDisk(id)) ? 1 : 0)
  const onDisk = async (id: string) => {
    const found = await diskBlobs(node.config.storageUrl)
      .get(id)
      .catch(() => undefined)
    found?.body.destroy()
    return found !== undefined
  }

  const roomOf = async (table: 'file_spaces' | 'personal_spaces', key: string, id: string) =>
    Number(
      (await sql<{ used: string }>(`select used_bytes as used from ${table} where ${key} = $1`, [id]))[0]?.used ?? 0,
    )
  const ofCourse = (id: string) => roomOf('file_spaces', 'course_id', id)
  const ofPerson = (id: string) => roomOf('personal_spaces', 'account_id', id)

  it('are heard with their message by all who read it, and are theirs alone', async () => {
    const { chat, lena, omar, stranger, code } = await school()
    const picture = await attachFile(lena, { channelId: chat, name: 'leaf.png', bytes: dot })
    const list = await attachFile(lena, { channelId: chat, name: 'list.txt', bytes: 'one\ntwo' })
    // Before it is sent it is whoever brought it who sees it.
    assert.deepEqual([await statusOf(lena, picture), await statusOf(omar, picture)], [200, 404])
    const state = await assertConverges(omar, channelScope, chat, () =>
      lena.call(channelCalls.send, { channelId: chat, text: '', files: [picture, list] }),
    )
    const sent = state.messages.at(-1) ?? assert.fail()
    assert.equal(sent.text, '')
    assert.deepEqual(sent.files, [
      { id: picture, name: 'leaf.png', form: 'image', type: 'image/png', size: dot.length, width: 1, height: 1 },
      { id: list, name: 'list.txt', form: 'text', type: 'text/plain', size: 7, width: null, height: null },
    ])
    const read = await bytesOf(omar, list)
    assert.equal(await read.text(), 'one\ntwo')
    assert.match(read.headers.get('content-security-policy') ?? '', /sandbox$/)
    const guest = await guestClient(node, code, 'Gus')
    for (const other of [stranger, guest]) assert.equal(await statusOf(other, picture), 404)
    // Said once: another message has it not again.
    const again = { channelId: chat, text: 'Again', files: [list] }
    await assert.rejects(lena.call(channelCalls.send, again), { code: 'attachment-sent' })
    await assert.rejects(lena.call(channelCalls.send, { channelId: chat, text: ' ' }), { code: 'malformed' })
    // An answer and a line of the inbox say what it is called.
    await omar.call(channelCalls.send, { channelId: chat, text: 'Nice', replyTo: sent.id })
    const page = await lena.request(channelRoutes.messages, { channelId: chat })
    assert.equal(page.items.at(-1)?.replyTo?.text, 'leaf.png')
    await lena.call(channelCalls.send, {
      channelId: chat,
      text: '',
      files: [await attachFile(lena, { channelId: chat, name: 'z.txt', bytes: 'z' })],
    })
    const { entry } = await omar.request(inboxRoutes.get, { channelId: chat })
    assert.equal(entry.latest?.text, 'z.txt')
  })

  it('never run in a page, whatever they are called, and programs are not taken', async () => {
    const { chat, lena, omar } = await school()
    const page = await attachFile(lena, { channelId: chat, name: 'page.html', bytes: '<script>alert(1)</script>' })
    const drawing = await attachFile(lena, {
      ...{ channelId: chat, name: 'drawing.png' },
      bytes: '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    })
    await lena.call(channelCalls.send, { channelId: chat, text: 'Look', files: [page, drawing] })
    assert.equal((await bytesOf(omar, page)).headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.match((await bytesOf(omar, drawing)).headers.get('content-disposition') ?? '', /^attachment/)
    const begin = (name: string, size = 10) =>
      lena.request(attachmentRoutes.startAttachment, { channelId: chat, name, size, print: '' })
    await assert.rejects(begin('Game.EXE'), { code: 'kind-refused' })
    await assert.rejects(begin('film.mp4', largestAttachment + 1), {
      ...{ code: 'file-too-large', params: { limit: '100 MB', size: '100 MB' } },
    })
    await assert.rejects(begin('../../etc/passwd'), { code: 'malformed' })
    // What hides behind a name is found out by its content, and can be given up.
    const program = Uint8Array.from(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]))
    const { upload } = await begin('holiday.jpg', program.length)
    await assert.rejects(sendPiece(lena, upload.id, 0, program), { code: 'kind-refused' })
    const id = upload.id as string as AttachmentId
    await lena.request(attachmentRoutes.dropAttachment, { attachmentId: id })
    assert.deepEqual(await sql('select from uploads where id = $1', [id]), [])
    await sql(
      `insert into attachments (id, channel_id, account_id, name, form, type, size, bare, at)
       select gen_random_uuid(), $1, $2, 'waits.txt', 'text', 'text/plain', 1, false, now() from generate_series(1, $3)`,
      [chat, lena.accountId, mostUnsent],
    )
    await assert.rejects(begin('one-more.txt'), { code: 'too-many', params: { most: mostUnsent } })
  })

  it('are of those who have the right: taken away, it is gone at once, and words are sent as ever', async () => {
    const { chat, announcements, run, code, courseId, lena, host } = await school()
    const guest = await guestClient(node, code, 'Gus')
    await lena.request(liveRoutes.join, { runId: run.id })
    assert.deepEqual([await may(guest, run.channelId), await may(lena, run.channelId)], [false, true])
    const first = { channelId: run.channelId as ChannelId, name: 'a.txt', size: 1, print: '' }
    await assert.rejects(guest.request(attachmentRoutes.startAttachment, first), { code: 'no-files-here' })
    // Where readers only read they bring nothing.
    assert.deepEqual([await may(lena, announcements), await may(host, announcements)], [false, true])
    const file = await attachFile(lena, { channelId: chat, name: 'a.txt', bytes: 'a' })
    const begun = await lena.request(attachmentRoutes.startAttachment, { ...first, channelId: chat, size: 2 })
    const rule = { kind: 'course', id: courseId, role: 'learner', capability: 'channel.attach' } as const
    await admin.request(accessRoutes.changeRule, { ...rule, permission: 'prohibit' })
    assert.equal(await may(lena, chat), false)
    await assert.rejects(lena.call(channelCalls.send, { channelId: chat, text: 'With', files: [file] }), {
      code: 'no-files-here',
    })
    await assert.rejects(sendPiece(lena, begun.upload.id, 0, new TextEncoder().encode('ab')), { code: 'no-files-here' })
    await lena.call(channelCalls.send, { channelId: chat, text: 'Without' })
    await admin.request(accessRoutes.changeRule, { ...rule, permission: 'inherit' })
    await lena.call(channelCalls.send, { channelId: chat, text: 'With', files: [file] })
  })

  it('between people are ruled by the whole school alone', async () => {
    const { host, lena, courseId } = await school()
    const { channelId } = await host.request(inboxRoutes.start, { accountIds: [lena.accountId as AccountId] })
    const rule = { role: 'learner', capability: 'channel.attach' } as const
    const say = (place: { kind: 'course' | 'site'; id: string }, permission: 'prohibit' | 'inherit') =>
      admin.request(accessRoutes.changeRule, { ...place, ...rule, permission })
    const both = async () => [await may(lena, channelId), await may(host, channelId)]
    await say({ kind: 'course', id: courseId }, 'prohibit')
    assert.deepEqual(await both(), [true, true])
    const whole = { kind: 'site' as const, id: '00000000-0000-0000-0000-000000000000' }
    await say(whole, 'prohibit')
    try {
      assert.deepEqual(await both(), [false, true])
      const file = { channelId, name: 'a.txt', size: 1, print: '' }
      await assert.rejects(lena.request(attachmentRoutes.startAttachment, file), { code: 'no-files-here' })
    } finally {
      await say(whole, 'inherit')
    }
    assert.deepEqual(await both(), [true, true])
  })

  it('between people are read by them alone, in the room of whoever sends them', async () => {
    const { host, lena, omar, courseId } = await school()
    const { channelId } = await host.request(inboxRoutes.start, { accountIds: [lena.accountId as AccountId] })
    const before = await ofCourse(courseId)
    const file = await attachFile(lena, { channelId, name: 'own.txt', bytes: '12345' })
    await lena.call(channelCalls.send, { channelId, text: 'For you', files: [file] })
    assert.deepEqual(
      [await statusOf(host, file), await statusOf(omar, file), await statusOf(admin, file)],
      [200, 404, 404],
    )
    assert.deepEqual([await ofPerson(lena.accountId ?? ''), await ofCourse(courseId)], [5, before])
    await sql('update personal_spaces set limit_bytes = 10 where account_id = $1', [lena.accountId])
    const next = { channelId, name: 'more.txt', size: 6, print: '' }
    await assert.rejects(lena.request(attachmentRoutes.startAttachment, next), {
      ...{ code: 'no-own-room', params: { left: '5 B', needs: '6 B' } },
    })
  })

  it('of a channel are sent in that channel alone, by whoever brought them', async () => {
    const { chat, forum, lena, omar } = await school()
    const file = await attachFile(lena, { channelId: forum, name: 'a.txt', bytes: 'a' })
    const sending = (who: TestClient, id = file) =>
      who.call(channelCalls.send, { channelId: chat, text: 'Mine', files: [id] })
    await assert.rejects(sending(lena), { code: 'attachment-elsewhere' })
    // Of somebody else's it is not told that it is there.
    await assert.rejects(sending(omar), { code: 'attachment-gone' })
    await assert.rejects(sending(lena, randomUUID() as AttachmentId), { code: 'attachment-gone' })
    const begun = { channelId: chat, name: 'b.txt', size: 2, print: '' }
    const half = (await lena.request(attachmentRoutes.startAttachment, begun)).upload.id as string as AttachmentId
    await assert.rejects(sending(lena, half), { code: 'attachment-unfinished' })
    await assert.rejects(sending(omar, half), { code: 'attachment-gone' })
    await omar.request(attachmentRoutes.dropAttachment, { attachmentId: file })
    assert.equal(await left(file), 2)
    await lena.request(attachmentRoutes.dropAttachment, { attachmentId: file })
    await waitFor(async () => (await left(file)) === 0, 'the bytes to be gone')
  })

  it('are kept for as long as their message may wait for a connection, and no longer', async () => {
    const { chat, lena } = await school()
    const bring = () => attachFile(lena, { channelId: chat, name: 'a.txt', bytes: 'a' })
    const [kept, old] = [await bring(), await bring()]
    const aged = (id: string, ms: number) =>
      sql('update attachments set at = $2 where id = $1', [id, new Date(Date.now() - ms)])
    await aged(kept, writesWaitMs)
    await aged(old, writesWaitMs + 2 * 86_400_000)
    await arrange(dropUnsent)
    const sending = (id: AttachmentId) => lena.call(channelCalls.send, { channelId: chat, text: 'Late', files: [id] })
    await assert.rejects(sending(old), { code: 'attachment-gone' })
    await sending(kept)
  })

  it('go with their message, bytes and room, and nothing of them stays in the log', async () => {
    const { chat, lena, host, courseId } = await school()
    const before = await ofCourse(courseId)
    const file = await attachFile(lena, { channelId: chat, name: 'canary-in-a-name.txt', bytes: 'a secret' })
    assert.equal(await ofCourse(courseId), before + 8)
    const { messageId } = await lena.call(channelCalls.send, { channelId: chat, text: 'Oh', files: [file] })
    await lena.call(channelCalls.edit, { messageId, version: 0, text: '' })
    await assert.rejects(lena.call(channelCalls.edit, { messageId, version: 0, text: 'x' }), { code: 'conflict' })
    const state = await assertConverges(lena, channelScope, chat, () => host.call(channelCalls.remove, { messageId }))
    assert.equal(state.messages.at(-1)?.files, undefined)
    assert.equal(await statusOf(lena, file), 404)
    await waitFor(async () => (await left(file)) === 0, 'the bytes to be gone')
    assert.equal(await ofCourse(courseId), before)
    assert.deepEqual(await sql(`select from events where body::text like '%canary-in-a-name%'`), [])
  })

  it('without a name say nothing of who sent them, in any scope and in no byte', async () => {
    const { forum, lena, omar, host } = await school()
    const policy = { channelId: forum, version: 0, anonymous: true, approval: true, openers: 'everybody' } as const
    await host.call(topicCalls.changePolicy, policy)
    const words = await attachFile(lena, { channelId: forum, name: 'Lena.txt', bytes: 'By Lena' })
    const post = { channelId: forum, title: 'Why', body: '', anonymous: true }
    await assert.rejects(lena.call(topicCalls.post, { ...post, files: [words] }), { code: 'names-in-file' })
    const signed = Buffer.concat([
      ...[Buffer.from(dot).subarray(0, 33), Buffer.from('0000000b', 'hex')],
      ...[Buffer.from('tEXtAuthor\0Lena'), Buffer.alloc(4), Buffer.from(dot).subarray(33)],
    ])
    const picture = await attachFile(lena, { channelId: forum, name: 'Lena.png', bytes: Uint8Array.from(signed) })
    const staff = await host.subscribe(forumStaffScope, forum)
    const { topicId, messageId } = await lena.call(topicCalls.post, { ...post, files: [picture] })
    const waiting = await staff.until(now => now.waiting.length > 0)
    assert.equal(waiting.waiting[0]?.files?.[0]?.name, '1.png')
    // While it waits, its author and those who approve it read it.
    const seen = () => Promise.all([lena, host, omar].map(who => statusOf(who, picture)))
    assert.deepEqual(await seen(), [200, 200, 404])
    await host.call(topicCalls.decide, { messageId, decision: 'approve' })
    assert.deepEqual(await seen(), [200, 200, 200])
    const { opening } = (await omar.subscribe(topicScope, topicId)).state()
    assert.deepEqual([opening?.files?.[0]?.name, opening?.files?.[0]?.width, opening?.authorName], ['1.png', 1, ''])
    const answer = await bytesOf(omar, picture)
    const told = JSON.stringify([...answer.headers]) + Buffer.from(await answer.arrayBuffer()).toString('latin1')
    assert.equal(told.includes('Lena'), false)
    // Ids made of the time would say when somebody chose it.
    assert.equal(picture[14], '4')
    const heard = JSON.stringify(await omar.request(topicRoutes.posts, { topicId })) + JSON.stringify(opening)
    assert.equal(heard.includes(lena.accountId ?? ''), false)
    const events = await sql<{ body: string }>(
      `select body::text as body from events where scope in ($1, $2) and body::text like '%${picture}%'`,
      [`forum:${forum}`, `topic:${topicId}`],
    )
    assert.equal(
      events.some(one => one.body.includes('Lena')),
      false,
    )
    await omar.subscribe(forumScope, forum)
    // Hidden, it is for those who moderate.
    await host.call(topicCalls.hide, { topicId, on: true })
    assert.deepEqual(await seen(), [404, 200, 404])
  })

  it('in topics are heard live, and go with the person who is forgotten', async () => {
    const { forum, chat, lena, omar, host } = await school()
    const { topicId } = await host.call(topicCalls.post, {
      channelId: forum,
      title: 'Bring',
      body: '',
      anonymous: false,
    })
    const inTopic = await attachFile(lena, { channelId: forum, name: 'a.pdf', bytes: '%PDF-1.4 a' })
    const state = await assertConverges(omar, topicScope, topicId, () =>
      lena.call(topicCalls.reply, { topicId, text: '', anonymous: false, files: [inTopic] }),
    )
    assert.deepEqual([state.posts[0]?.files?.[0]?.form, state.posts[0]?.text], ['pdf', ''])
    const inChat = await attachFile(lena, { channelId: chat, name: 'b.txt', bytes: 'b' })
    await lena.call(channelCalls.send, { channelId: chat, text: 'Here', files: [inChat] })
    const unsent = await attachFile(lena, { channelId: chat, name: 'c.txt', bytes: 'c' })
    const accountId = lena.accountId as AccountId
    const copy = JSON.stringify(await accountHooks.export(testCtx(), accountId))
    for (const name of ['a.pdf', 'b.txt', 'c.txt']) assert.ok(copy.includes(name))
    assert.equal((await accountHooks.files?.(testCtx(), accountId))?.length, 3)
    await node.as({ kind: 'nobody' }).act(ctx => eraseAccount(ctx, accountId))
    await jobsDone()
    for (const id of [inTopic, inChat, unsent])
      await waitFor(async () => (await left(id)) === 0, 'the bytes of who is forgotten to go')
  })

  it('follow an account into another, with the room they take', async () => {
    const { host, lena, omar } = await school()
    const { channelId } = await host.request(inboxRoutes.start, { accountIds: [lena.accountId as AccountId] })
    const file = await attachFile(lena, { channelId, name: 'own.txt', bytes: '12345' })
    await lena.call(channelCalls.send, { channelId, text: '', files: [file] })
    await arrange(ctx => mergeAccounts(ctx, lena.accountId as AccountId, omar.accountId as AccountId))
    assert.deepEqual([await ofPerson(lena.accountId ?? ''), await ofPerson(omar.accountId ?? '')], [0, 5])
  })

  it('ask who may as often in many channels as in one', async () => {
    const places = [await school(), await school(), await school()]
    const [first] = places as [(typeof places)[number]]
    const count = async (into: typeof places) => {
      const items = into.map(({ chat, lena }) => ({
        ctx: testCtx({ who: whoIs(lena.accountId as AccountId, 'Lena') }),
        operationId: randomUUID() as OperationId,
        input: { channelId: chat, text: 'Hello' },
      }))
      let statements = 0
      const answers = await arrange(ctx =>
        sendMessages(
          {
            ...ctx,
            sql: (...asked) => {
              statements++
              return ctx.sql(...asked)
            },
          },
          items,
        ),
      )
      assert.ok(answers.every(one => 'number' in one))
      // Each right is that of the channel it was asked for.
      const crossed = await arrange(ctx =>
        sendMessages(ctx, [
          { ...items[0]!, operationId: randomUUID() as OperationId, input: { channelId: places[1]!.chat, text: 'No' } },
        ]),
      )
      assert.equal('code' in crossed[0]! && crossed[0].code, 'not-found')
      return statements
    }
    assert.equal(await count(places), await count([first]))
  })

  it('cost two statements more for a whole crowd, and none where nobody sends any', async () => {
    const { chat, lena } = await school()
    const who = whoIs(lena.accountId as AccountId, 'Lena')
    const count = async (many: number, withFiles: boolean) => {
      // Others by every message, as far as the budget of one person is concerned.
      const items: Parameters<typeof sendMessages>[1][number][] = []
      for (let n = 0; n < many; n++) {
        const files = withFiles
          ? [await attachFile(lena, { channelId: chat, name: `${n}.txt`, bytes: 'a' })]
          : undefined
        const input = { channelId: chat, text: 'Hello', ...(files ? { files } : {}) }
        minutes += 1
        const ctx = testCtx({ who, now: new Date(Date.now() + minutes * 60_000) })
        items.push({ ctx, operationId: randomUUID() as OperationId, input })
      }
      let statements = 0
      await arrange(
        async ctx => {
          const counted: WriteCtx = {
            ...ctx,
            sql: (...asked) => {
              statements++
              return ctx.sql(...asked)
            },
          }
          const answers = await sendMessages(counted, items)
          assert.ok(answers.every(one => 'number' in one))
        },
        { who },
      )
      return statements
    }
    let minutes = 0
    const plain = await count(3, false)
    assert.deepEqual(
      [await count(40, false), await count(3, true), await count(40, true)],
      [plain, plain + 2, plain + 2],
    )
  })

  it('are read with a page of messages in as many queries, and found by their names by whoever reads them', async () => {
    const { chat, lena, omar, stranger } = await school()
    const read = async () => {
      let queries = 0
      const ctx = testCtx({ who: whoIs(omar.accountId as AccountId, 'Omar') })
      const counting: typeof ctx.sql = (...asked) => {
        queries++
        return ctx.sql(...asked)
      }
      const { items } = await listMessages({ ...ctx, sql: counting }, { channelId: chat, limit: 50 })
      return { queries, files: items.flatMap(one => one.files ?? []).length }
    }
    const bring = async (name: string) => attachFile(lena, { channelId: chat, name, bytes: 'a' })
    const empty = await read()
    for (let n = 0; n < 3; n++) {
      const files = [await bring(`pancake_recipe-${n}.txt`), await bring(`${n}.txt`)]
      await lena.call(channelCalls.send, { channelId: chat, text: '', files })
    }
    assert.deepEqual(await read(), { queries: empty.queries, files: 6 })
    const finds = async (who: TestClient, words: string) =>
      (await who.request(searchRoutes.everything, { words })).items.map(one => one.kind)
    assert.deepEqual(await finds(omar, 'recipe'), ['message', 'message', 'message'])
    assert.deepEqual(await finds(stranger, 'recipe'), [])
    const { items } = await lena.request(channelRoutes.messages, { channelId: chat })
    await lena.call(channelCalls.remove, { messageId: items.at(-1)?.id ?? assert.fail() })
    assert.equal((await finds(omar, 'recipe')).length, 2)
  })

  it('may be sent by whoever might write by a role that was made before there were any', async () => {
    const stored = async (name: string, capabilities: readonly string[]) => {
      await sql(
        `insert into custom_roles (id, name, based_on, capabilities, created_at) values ($1, $2, 'learner', $3, now())`,
        [randomUUID(), name, capabilities],
      )
    }
    await stored('Writes', ['channel.read', 'channel.write'])
    await stored('Reads', ['channel.read'])
    const up = String(attachmentsTable.up)
    for (const _again of [1, 2]) await sql(up.slice(up.indexOf('UPDATE custom_roles')))
    const { items } = await admin.request(accessRoutes.listRoles, {})
    const of = (name: string) => items.find(one => one.name === name)?.capabilities.filter(one => /attach/.test(one))
    assert.deepEqual([of('Writes'), of('Reads')], [['channel.attach'], []])
  })

  it('do not stand among the files of the course', async () => {
    const { chat, lena, host, courseId } = await school()
    const file = await attachFile(lena, { channelId: chat, name: 'a.txt', bytes: 'a' })
    await lena.call(channelCalls.send, { channelId: chat, text: '', files: [file] })
    assert.deepEqual((await host.request(fileRoutes.list, { courseId })).items, [])
    assert.equal((await host.request(fileRoutes.list, { courseId })).space.used, 1)
  })
})
