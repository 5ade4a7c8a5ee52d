// Forums between real sockets: what everybody sees, what only staff see, and that the one never holds the other.
import assert from 'node:assert/strict'
import { Problem } from '#protocol/base/problems.ts'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import {
  type ForumPolicy,
  forumScope,
  forumStaffScope,
  mostPinned,
  type TopicId,
  topicScope,
  topicWindow,
} from '#protocol/channels/topics.ts'
import type { ChannelId } from '#protocol/channels.ts'
import { channelCalls, channelRoutes } from '#protocol/channels.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { accountHooks } from './actions/account.ts'
import { retellTopic } from './actions/topics/retell.ts'
import { eraseFromTopic, recountVotes } from './actions/topics/words.ts'
import { loggedWith } from './crossing.fixture.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('a forum', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function forum() {
    const { run, code, host, course } = await startClass(node, [])
    const inside = async (role: 'learner' | 'assistant', name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, role, name) })
    const lena = await inside('learner', 'Lena')
    const omar = await inside('learner', 'Omar')
    const tess = await inside('assistant', 'Tess')
    const { rows } = {
      rows: await sql<{ id: ChannelId }>(
        "select id from channels where context_kind = 'course' and context_id = $1 and form = 'forum'",
        [course.courseId],
      ),
    }
    const channelId = rows[0]?.id ?? assert.fail('a course has a forum')
    return { channelId, run, code, host, course, lena, omar, tess }
  }

  const ask = async (who: TestClient, channelId: ChannelId | string, title = 'Why is it so', anonymous = false) =>
    who.call(topicCalls.post, { channelId: channelId as ChannelId, title, body: `About: ${title}`, anonymous })

  const policy = (
    who: TestClient,
    channelId: ChannelId | string,
    over: Partial<Pick<ForumPolicy, 'anonymous' | 'approval' | 'openers'>>,
  ) =>
    who.call(topicCalls.changePolicy, {
      channelId: channelId as ChannelId,
      version: 0,
      anonymous: false,
      approval: false,
      openers: 'everybody',
      ...over,
    })

  it('converges for its list and for the topic through a whole discussion', async () => {
    const { channelId, lena, omar, tess } = await forum()
    const state = await assertConverges(omar, forumScope, channelId, () => ask(lena, channelId))
    const topicId = state.topics[0]?.id ?? assert.fail()
    assert.deepEqual([state.topics[0]?.authorName, state.topics[0]?.replies, state.topics[0]?.asked], ['Lena', 0, null])
    const both = async (act: () => Promise<unknown>) => {
      await assertConverges(omar, forumScope, channelId, async () => {
        await assertConverges(lena, topicScope, topicId, act)
      })
      return (await lena.subscribe(topicScope, topicId)).state()
    }
    let answer = ''
    const stranger = await makeAccount({ name: 'Stranger' })
    const replied = await both(async () => {
      const named = { topicId, text: 'Because, @Lena', anonymous: false, mentions: [lena.accountId, stranger] }
      answer = (await tess.call(topicCalls.reply, named)).messageId
    })
    assert.deepEqual([replied.topic.replies, replied.posts.at(-1)?.text], [1, 'Because, @Lena'])
    assert.deepEqual(replied.posts[0]?.mentions, [{ accountId: lena.accountId, name: 'Lena' }])
    const voted = await both(() => omar.call(topicCalls.vote, { topicId, on: true }))
    assert.equal(voted.topic.votes, 1)
    await assert.rejects(
      omar.call(topicCalls.accept, { topicId, messageId: answer as never }),
      refusedAs('not-allowed'),
    )
    const accepted = await both(() => lena.call(topicCalls.accept, { topicId, messageId: answer as never }))
    assert.deepEqual([accepted.topic.outcome, accepted.accepted?.text], ['accepted', 'Because, @Lena'])
    const reacted = await assertConverges(lena, topicScope, topicId, () =>
      omar.call(channelCalls.react, { messageId: answer as never, emoji: '👍', set: 'on' }),
    )
    assert.deepEqual([reacted.accepted?.reactions[0]?.count, reacted.posts[0]?.reactions[0]?.count], [1, 1])
    const edited = await assertConverges(lena, topicScope, topicId, () =>
      tess.call(channelCalls.edit, { messageId: answer as never, version: 0, text: 'Because of light' }),
    )
    assert.equal(edited.accepted?.text, 'Because of light')
    const retitled = await both(() =>
      lena.call(topicCalls.retitle, { topicId, version: accepted.topic.version, title: 'Why is it green' }),
    )
    assert.equal(retitled.topic.title, 'Why is it green')
    // What it was called and what was said before is replayed to nobody who comes now.
    for (const scope of ['forum', 'topic'] as const)
      for (const words of [JSON.stringify(accepted.topic.title), 'Because, @Lena'])
        assert.deepEqual(await loggedWith(scope, scope === 'forum' ? channelId : topicId, words), [], words)
    for (const act of ['pin', 'lock'] as const) await both(() => tess.call(topicCalls[act], { topicId, on: true }))
    await assert.rejects(
      lena.call(topicCalls.reply, { topicId, text: 'Thanks', anonymous: false }),
      refusedAs('topic-locked'),
    )
    const removed = await both(() => tess.call(channelCalls.remove, { messageId: answer as never }))
    assert.deepEqual([removed.topic.outcome, removed.accepted, removed.posts[0]?.text], ['open', null, null])
    const aloud = await both(() => tess.call(topicCalls.settle, { topicId, outcome: 'aloud' }))
    assert.equal(aloud.topic.outcome, 'aloud')
  })

  it('keeps the same window at both ends, pinned topics in it, and pages the rest in every order', async () => {
    const { channelId, lena, tess } = await forum()
    const first = await ask(lena, channelId, 'The first of all')
    await sql(
      `with numbered as (select n, gen_random_uuid() as topic, gen_random_uuid() as post from generate_series(2, 61) as n),
        made as (insert into topics (id, channel_id, title, author_id, created_at, last_at, first_number, last_number, votes, standing)
          select topic, $1, 'Topic ' || n, $2, now(), now(), n, n, n % 7, 'shown' from numbered)
       insert into messages (id, channel_id, topic_id, number, author_id, text, sent_at)
         select post, $1, topic, n, $2, 'Text ' || n, now() from numbered`,
      [channelId, lena.accountId],
    )
    await sql('update channels set last_number = 61 where id = $1', [channelId])
    const pinned = await assertConverges(tess, forumScope, channelId, () =>
      tess.call(topicCalls.pin, { topicId: first.topicId, on: true }),
    )
    assert.equal(pinned.topics.length, topicWindow + 1)
    const more = await assertConverges(tess, forumScope, channelId, () => ask(tess, channelId, 'One more'))
    assert.deepEqual([more.topics[0]?.title, more.topics.at(-1)?.title], ['One more', 'The first of all'])
    const unpinned = await assertConverges(tess, forumScope, channelId, () =>
      tess.call(topicCalls.pin, { topicId: first.topicId, on: false }),
    )
    assert.equal(unpinned.topics.length, topicWindow)
    for (const sort of ['active', 'newest', 'votes', 'unanswered'] as const) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await lena.request(topicRoutes.list, { channelId, sort, limit: 25, ...(after ? { after } : {}) })
        seen.push(...page.items.map(item => item.topic.id))
        after = page.next
      } while (after)
      assert.deepEqual([seen.length, new Set(seen).size], [62, 62], sort)
    }
    const found = await lena.request(topicRoutes.list, { channelId, words: 'TEXT 4' })
    assert.equal(found.items.length, 11)
    assert.deepEqual((await lena.request(topicRoutes.list, { channelId, words: "' & | :*" })).items, [])
    const mine = await tess.request(topicRoutes.list, { channelId, filter: 'mine' })
    assert.deepEqual(
      mine.items.map(item => [item.topic.title, item.own.mine, item.own.following]),
      [['One more', true, true]],
    )
    await assert.rejects(lena.request(topicRoutes.list, { channelId, after: 'rubbish' }), refusedAs('malformed'))
    for (let n = 2; n <= mostPinned + 2; n++) {
      const [row] = await sql<{ id: TopicId }>('select id from topics where channel_id = $1 and first_number = $2', [
        channelId,
        n,
      ])
      await tess.call(topicCalls.pin, { topicId: row?.id as TopicId, on: true })
    }
    const [many] = await sql<{ n: number }>('select count(*)::int as n from topics where channel_id = $1 and pinned', [
      channelId,
    ])
    assert.equal(many?.n, mostPinned)
  })

  it('pages a topic of 500 replies both ways, and says what is unread to each', async () => {
    const { channelId, lena, omar } = await forum()
    const { topicId } = await ask(lena, channelId)
    await sql(
      `insert into messages (id, channel_id, topic_id, number, author_id, text, sent_at)
       select gen_random_uuid(), $1, $2, n, $3, 'Reply ' || n, now() from generate_series(2, 501) as n`,
      [channelId, topicId, omar.accountId],
    )
    await sql('update topics set last_number = 501, replies = 500 where id = $1', [topicId])
    await sql('update channels set last_number = 501 where id = $1', [channelId])
    const state = await assertConverges(lena, topicScope, topicId, () =>
      omar.call(topicCalls.reply, { topicId, text: 'The last', anonymous: false }),
    )
    assert.deepEqual([state.posts.length, state.posts[0]?.number, state.opening?.number], [50, 453, 1])
    const before = await lena.request(topicRoutes.posts, { topicId, before: 453, limit: 60 })
    assert.deepEqual(
      [before.items[0]?.number, before.items.length, before.hasBefore, before.hasAfter],
      [393, 60, true, true],
    )
    const from = await lena.request(topicRoutes.posts, { topicId, after: 0, limit: 10 })
    assert.deepEqual([from.items[0]?.number, from.items.length, from.hasBefore, from.hasAfter], [2, 10, false, true])
    const last = await lena.request(topicRoutes.posts, { topicId, after: 495, limit: 10 })
    assert.deepEqual([last.items.length, last.hasBefore, last.hasAfter], [7, true, false])
    assert.deepEqual((await lena.request(topicRoutes.own, { topicId })).unread, 501)
    const unread = await lena.request(topicRoutes.unread, {})
    assert.deepEqual(
      unread.items.map(item => item.topic.id),
      [topicId],
    )
    await lena.call(topicCalls.markRead, { topicId, number: 99_999 })
    await lena.call(topicCalls.markRead, { topicId, number: 3 })
    assert.deepEqual((await lena.request(topicRoutes.own, { topicId })).unread, 0)
    assert.deepEqual((await lena.request(topicRoutes.unread, {})).items, [])
    assert.deepEqual((await omar.request(topicRoutes.unread, {})).items, [])
  })

  it('never tells learners who wrote without a name, in no frame and no answer', async () => {
    const { run, host, lena, omar, code } = await forum()
    const channelId = run.qaId as ChannelId
    await omar.request(liveRoutes.join, { runId: run.id })
    await lena.request(liveRoutes.join, { runId: run.id })
    const shy = await guestClient(node, code, 'Canaria Shy')
    const shyId = shy.hellos.at(-1)?.accountId ?? assert.fail()
    const staff = await host.subscribe(forumStaffScope, channelId)
    const list = await omar.subscribe(forumScope, channelId)
    const { topicId, messageId } = await ask(shy, channelId, 'May I ask', true)
    await list.until(state => state.topics.length === 1)
    const open = await omar.subscribe(topicScope, topicId)
    const { messageId: replyId } = await shy.call(topicCalls.reply, { topicId, text: 'I mean this', anonymous: true })
    const helped = await lena.call(topicCalls.reply, { topicId, text: 'So', anonymous: false })
    await shy.call(channelCalls.edit, { messageId: replyId, version: 0, text: 'I mean that' })
    await shy.call(topicCalls.vote, { topicId, on: true })
    const { version } = list.state().topics[0] ?? assert.fail()
    await shy.call(topicCalls.retitle, { topicId, version, title: 'May I ask this' })
    await shy.call(topicCalls.accept, { topicId, messageId: helped.messageId })
    await open.until(state => state.topic.outcome === 'accepted' && state.posts[0]?.text === 'I mean that')
    const own = await shy.request(topicRoutes.own, { topicId })
    assert.deepEqual([own.mine, own.voted, own.aliasId], [true, true, open.state().topic.authorId])
    assert.equal(open.state().posts[0]?.authorId, own.aliasId)
    assert.equal(open.state().posts[0]?.authorName, '')
    for (const at of [open.state().topic.createdAt, open.state().opening?.sentAt, open.state().posts[0]?.editedAt])
      assert.match(at ?? '', /:00\.000Z$/)
    const asked = [
      await omar.request(topicRoutes.list, { channelId }),
      await omar.request(topicRoutes.posts, { topicId }),
      await omar.request(topicRoutes.own, { topicId }),
      await omar.request(liveRoutes.qa, { courseId: run.courseId }),
      await omar.request(topicRoutes.unread, {}),
    ]
    const late = await lena.subscribe(topicScope, topicId)
    const heard = JSON.stringify([omar.frames, lena.frames, asked, late.state(), open.state(), list.state()])
    assert.ok(heard.includes('May I ask this'))
    for (const word of [shyId, 'Canaria']) assert.ok(!heard.includes(word), word)
    // An id in order of time would say when, to the millisecond.
    for (const id of [topicId, messageId, replyId]) assert.equal(id[14], '4')
    const frames = omar.frames.filter(frame => frame.n !== undefined && /^(forum|topic):/.test(frame.s))
    assert.ok(frames.length > 6)
    for (const frame of frames) assert.deepEqual([frame.a ?? null, frame.t?.slice(-7)], [null, '00.000Z'])
    await staff.until(state => state.authors.length === 1)
    assert.deepEqual([staff.state().authors[0]?.name, staff.state().authors[0]?.accountId], ['Canaria Shy', shyId])
    await assert.rejects(omar.subscribe(forumStaffScope, channelId), refusedAs('not-allowed'))
    await assert.rejects(omar.request(topicRoutes.authors, { topicId }), refusedAs('not-allowed'))
    await assert.rejects(omar.request(channelRoutes.messages, { channelId }), refusedAs('not-found'))
    const [kept] = await sql<{ n: number }>(
      "select count(*)::int as n from events where scope ~ '^(forum|topic):' and (body::text like $1 or actor is not null)",
      [`%${shyId}%`],
    )
    assert.equal(kept?.n, 0)
    await sql('update accounts set erased_at = now() where id = $1', [shyId])
    const forgotten = await assertConverges(host, forumStaffScope, channelId, () =>
      assertConverges(omar, topicScope, topicId, () => arrange(ctx => eraseFromTopic(ctx, topicId, shyId as never))),
    )
    assert.deepEqual(forgotten.authors, [])
    assert.equal((await omar.subscribe(forumScope, channelId)).state().topics[0]?.title, '')
  })

  it('shows what waits to its author and staff alone, and what is hidden to staff alone', async () => {
    const { channelId, host, lena, omar } = await forum()
    await policy(host, channelId, { approval: true, anonymous: true })
    const list = await omar.subscribe(forumScope, channelId)
    let waiting = await ask(host, channelId, 'By staff, at once')
    assert.equal(waiting.stand, 'shown')
    const seen = await assertConverges(host, forumStaffScope, channelId, async () => {
      waiting = await ask(lena, channelId, 'Canary that waits', true)
    })
    assert.deepEqual(
      [waiting.stand, seen.waiting[0]?.authorName, seen.waiting[0]?.anonymous],
      ['waiting', 'Lena', true],
    )
    assert.deepEqual(
      (await lena.request(topicRoutes.waiting, { channelId })).items.map(one => [one.title, one.stand]),
      [['Canary that waits', 'waiting']],
    )
    assert.deepEqual((await omar.request(topicRoutes.waiting, { channelId })).items, [])
    const { topicId, messageId } = waiting
    for (const act of [
      () => omar.subscribe(topicScope, topicId),
      () => omar.call(topicCalls.vote, { topicId, on: true }),
      () => omar.call(topicCalls.reply, { topicId, text: 'Hi', anonymous: false }),
      () => omar.request(topicRoutes.posts, { topicId }),
      () => lena.call(channelCalls.edit, { messageId, version: 0, text: 'Other words' }),
    ])
      await assert.rejects(act(), refusedAs('not-found'))
    await assert.rejects(omar.call(topicCalls.decide, { messageId, decision: 'approve' }), refusedAs('not-allowed'))
    const refused = await ask(lena, channelId, 'Canary to refuse')
    await host.call(topicCalls.decide, { messageId: refused.messageId, decision: 'refuse' })
    assert.ok(!JSON.stringify([omar.frames, list.state()]).includes('Canary'))
    await assertConverges(host, forumStaffScope, channelId, () =>
      assertConverges(omar, forumScope, channelId, () =>
        host.call(topicCalls.decide, { messageId, decision: 'approve' }),
      ),
    )
    // Approved words stay as they were approved.
    await assert.rejects(
      lena.call(channelCalls.edit, { messageId, version: 0, text: 'Other words' }),
      refusedAs('approved-stays'),
    )
    const reply = await omar.call(topicCalls.reply, { topicId, text: 'A reply that waits', anonymous: false })
    await assertConverges(lena, topicScope, topicId, () =>
      host.call(topicCalls.decide, { messageId: reply.messageId, decision: 'approve' }),
    )
    await assert.rejects(
      host.call(topicCalls.decide, { messageId: reply.messageId, decision: 'approve' }),
      refusedAs('already-decided'),
    )

    const hide = (on: boolean) => host.call(topicCalls.hide, { topicId, on })
    const gone = await assertConverges(omar, topicScope, topicId, () =>
      assertConverges(lena, forumScope, channelId, () =>
        assertConverges(host, forumStaffScope, channelId, () => hide(true)),
      ),
    )
    assert.deepEqual([gone.topic.standing, gone.topic.title, gone.opening, gone.posts], ['hidden', '', null, []])
    const [kept] = await sql<{ n: number }>(
      "select count(*)::int as n from events where scope ~ '^(forum|topic):' and body::text ~ 'Canary|A reply that waits'",
    )
    assert.equal(kept?.n, 0)
    const outside = JSON.stringify([
      (await omar.subscribe(forumScope, channelId)).state(),
      (await omar.subscribe(topicScope, topicId)).state(),
      await omar.request(topicRoutes.list, { channelId }),
      await omar.request(topicRoutes.list, { channelId, words: 'Canary' }),
    ])
    assert.ok(!outside.includes('Canary'), outside)
    for (const act of [
      () => omar.request(topicRoutes.posts, { topicId }),
      () => omar.call(channelCalls.react, { messageId, emoji: '👍', set: 'on' }),
      () => omar.request(channelRoutes.reactions, { messageId }),
      () => lena.request(channelRoutes.versions, { messageId }),
      () => lena.call(topicCalls.reply, { topicId, text: 'Why', anonymous: false }),
    ])
      await assert.rejects(act(), refusedAs('not-found'))
    assert.equal((await host.request(topicRoutes.authors, { topicId })).topic.title, 'Canary that waits')
    const back = await assertConverges(omar, topicScope, topicId, () =>
      assertConverges(lena, forumScope, channelId, () =>
        assertConverges(host, forumStaffScope, channelId, () => hide(false)),
      ),
    )
    assert.deepEqual([back.topic.title, back.posts.length], ['Canary that waits', 1])
  })

  it('unites the voters and followers of duplicates and leaves a link behind', async () => {
    const { channelId, lena, omar, tess } = await forum()
    const one = await ask(lena, channelId, 'Once')
    const two = await ask(omar, channelId, 'Twice')
    for (const who of [lena, omar]) await who.call(topicCalls.vote, { topicId: one.topicId, on: true })
    for (const who of [omar, tess]) await who.call(topicCalls.vote, { topicId: two.topicId, on: true })
    await assert.rejects(
      lena.call(topicCalls.merge, { topicId: two.topicId, into: one.topicId }),
      refusedAs('not-allowed'),
    )
    const link = await assertConverges(lena, topicScope, two.topicId, () =>
      assertConverges(lena, topicScope, one.topicId, () =>
        assertConverges(omar, forumScope, channelId, () =>
          tess.call(topicCalls.merge, { topicId: two.topicId, into: one.topicId }),
        ),
      ),
    )
    assert.deepEqual([link.topic.standing, link.topic.mergedInto], ['merged', one.topicId])
    const { items } = await omar.request(topicRoutes.list, { channelId })
    assert.deepEqual(
      items.map(item => [item.topic.title, item.topic.votes, item.own.following]),
      [['Once', 3, true]],
    )
    await assert.rejects(lena.call(topicCalls.vote, { topicId: two.topicId, on: true }), refusedAs('topic-merged'))
    await assert.rejects(
      tess.call(topicCalls.merge, { topicId: one.topicId, into: two.topicId }),
      refusedAs('topic-merged'),
    )
    await assert.rejects(
      tess.call(topicCalls.merge, { topicId: one.topicId, into: one.topicId }),
      refusedAs('merged-with-itself'),
    )
    const other = await forum()
    const elsewhere = await ask(other.lena, other.channelId, 'Elsewhere')
    await assert.rejects(
      tess.call(topicCalls.merge, { topicId: one.topicId, into: elsewhere.topicId }),
      refusedAs('not-found'),
    )
  })

  it('moves with an account that becomes another: two votes are one, what was written is found again', async () => {
    const { channelId, lena, omar, tess } = await forum()
    const { topicId } = await ask(lena, channelId)
    for (const who of [lena, omar, tess]) await who.call(topicCalls.vote, { topicId, on: true })
    await arrange(ctx => accountHooks.merge(ctx, lena.accountId, omar.accountId))
    const state = await assertConverges(tess, topicScope, topicId, () => arrange(ctx => recountVotes(ctx, topicId)))
    assert.equal(state.topic.votes, 2)
    const told = await assertConverges(tess, topicScope, topicId, () =>
      arrange(ctx => retellTopic(ctx, topicId, 'forget')),
    )
    assert.deepEqual([told.topic.authorName, told.topic.authorId], ['Omar', omar.accountId])
    const [left] = await sql<{ n: number }>(
      "select count(*)::int as n from events where scope ~ '^(forum|topic)' and body::text like $1",
      [`%${lena.accountId}%`],
    )
    assert.equal(left?.n, 0)
    const own = await omar.request(topicRoutes.own, { topicId })
    assert.deepEqual([own.mine, own.voted, own.following], [true, true, true])
    const kept = await accountHooks.export(testCtx(), omar.accountId)
    assert.equal((kept.topics as unknown[]).length, 1)
    await arrange(ctx => accountHooks.erase(ctx, omar.accountId))
    assert.equal((await omar.request(topicRoutes.own, { topicId })).following, false)
    assert.equal((await omar.request(topicRoutes.list, { channelId })).items[0]?.topic.votes, 2)
  })

  it('says why it takes nothing: closed it takes no vote and no word, and staff may be those who begin', async () => {
    const { channelId, lena, omar, tess } = await forum()
    const { topicId } = await ask(lena, channelId)
    await policy(tess, channelId, { openers: 'staff' })
    await assert.rejects(ask(omar, channelId, 'Mine'), refusedAs('staff-begins'))
    await omar.call(topicCalls.reply, { topicId, text: 'Because', anonymous: false })
    await assert.rejects(omar.call(topicCalls.retitle, { topicId, version: 0, title: 'Mine' }), refusedAs('not-yours'))
    await sql('update channels set open = false where id = $1', [channelId])
    const stranger = await signedInClient(node, { name: 'Stranger' })
    const vote = (who: TestClient) => who.call(topicCalls.vote, { topicId, on: true })
    await assert.rejects(vote(stranger), refusedAs('not-found'))
    for (const act of [
      () => vote(omar),
      () => ask(tess, channelId, 'More'),
      () => omar.call(topicCalls.reply, { topicId, text: 'And', anonymous: false }),
    ])
      await assert.rejects(act(), refusedAs('channel-closed'))
  })

  it('is refused what does not fit, and keeps markup as the text it is', async () => {
    const { channelId, lena } = await forum()
    const title = '<img src=x onerror=alert(1)> [x](javascript:alert(1))'
    const { topicId } = await ask(lena, channelId, title)
    assert.equal((await lena.subscribe(topicScope, topicId)).state().topic.title, title)
    const bad = [
      { title: '   ' },
      { title: 'x'.repeat(301) },
      { title: 'two\nlines' },
      { title: 'turned \u202e round' },
      { body: 'x'.repeat(4_001) },
      { anonymous: 'yes' },
      { more: 1 },
    ]
    for (const over of bad)
      await assert.rejects(
        lena.call(topicCalls.post, { channelId, title: 'Fine', body: '', anonymous: false, ...over } as never),
        refusedAs('malformed'),
        JSON.stringify(over),
      )
    await assert.rejects(ask(lena, channelId, 'Nameless', true), refusedAs('named-only'))
    const flood = await Promise.allSettled(Array.from({ length: 14 }, (_, n) => ask(lena, channelId, `Flood ${n}`)))
    assert.ok(flood.filter(one => one.status === 'rejected' && refusedAs('slow-down')(one.reason)).length >= 4)
    const stranger = await signedInClient(node)
    for (const act of [
      () => stranger.subscribe(forumScope, channelId),
      () => stranger.subscribe(topicScope, topicId),
      () => ask(stranger, channelId),
      () => stranger.call(topicCalls.vote, { topicId, on: true }),
      () => stranger.request(topicRoutes.list, { channelId }),
    ])
      await assert.rejects(act(), refusedAs('not-found'))
  })

  it('takes the questions of a class into the course: the minute, the stage, the end, the answer next day', async () => {
    const { channelId: forumId, run, host, lena, tess, course, code } = await forum()
    const channelId = run.qaId as ChannelId
    await lena.request(liveRoutes.join, { runId: run.id })
    const guest = await guestClient(node, code, 'Gus')
    await sql("update runs set started_at = started_at - interval '31 minutes 5 seconds' where id = $1", [run.id])
    const one = await ask(lena, channelId, 'In class', true)
    const two = await ask(guest, channelId, 'By a guest')
    const list = await guest.subscribe(forumScope, channelId)
    assert.deepEqual(
      list.state().topics.map(topic => topic.asked),
      [
        { runId: run.id, minute: 31 },
        { runId: run.id, minute: 31 },
      ],
    )
    for (const { topicId } of [one, two]) await host.call(topicCalls.pin, { topicId, on: true })
    await list.until(state => state.topics.some(topic => topic.id === two.topicId && topic.pinned))
    assert.deepEqual(
      list
        .state()
        .topics.filter(topic => topic.pinned)
        .map(topic => topic.id),
      [two.topicId],
    )
    await assertConverges(guest, forumScope, channelId, () =>
      host.call(topicCalls.settle, { topicId: two.topicId, outcome: 'aloud' }),
    )
    assert.ok(list.state().topics.every(topic => !topic.pinned))
    await host.call(liveCalls.end, { runId: run.id })
    await assert.rejects(ask(guest, channelId, 'Too late'), refusedAs('class-over'))
    await ask(tess, forumId, 'In the forum')
    const queue = await tess.request(liveRoutes.qa, { courseId: course.courseId, show: 'unanswered' })
    // What has no name is of a whole minute, and may come before what is younger.
    const waits = new Map(queue.items.map(item => [item.topic.title, item.run?.id ?? null]))
    assert.deepEqual([waits.get('In the forum'), waits.get('In class'), waits.size], [null, run.id, 2])
    const topic = await lena.subscribe(topicScope, one.topicId)
    const { messageId } = await tess.call(topicCalls.reply, {
      topicId: one.topicId,
      text: 'Next day',
      anonymous: false,
    })
    await topic.until(state => state.posts.length === 1)
    await lena.call(topicCalls.accept, { topicId: one.topicId, messageId })
    const left = await tess.request(liveRoutes.qa, { courseId: course.courseId, show: 'unanswered' })
    assert.deepEqual(
      left.items.map(item => item.topic.title),
      ['In the forum'],
    )
    const all = await lena.request(liveRoutes.qa, { courseId: course.courseId })
    assert.deepEqual(all.items.map(item => item.topic.title).sort(), ['By a guest', 'In class'])
  })
})
