// What follows when people go, take another name or become another account, and when words are too old: every job of it,
// done by a node as it does them, and every audience agrees with a newcomer afterwards.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import type { AccountId, OperationId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { forEver, inboxRoutes, inboxScope } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { forumScope, forumStaffScope, mostWaiting, type TopicId, topicScope } from '#protocol/channels/topics.ts'
import { type ChannelId, channelCalls, channelScope, messageWindow } from '#protocol/channels.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { crossed, someoneWaits } from '#server/test/crossing.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { eraseFromChannel } from './actions/erase.ts'
import { leaveGroup } from './actions/group.ts'
import { holdChannel } from './actions/hold.ts'
import { retellJob } from './actions/names.ts'
import { takeOldWords } from './actions/old.ts'
import { sendMessages } from './actions/send.ts'
import { acting, forumOf, jobsDone, loggedWith } from './crossing.fixture.ts'
import { findCourseChannel } from './queries/channel.ts'

/** Where what is said waits for its channel, and for whom it names and who says it. */
const numbering = '%select id, many from unnest%'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('talk and the jobs that follow', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function school() {
    const { courseId, instructorId } = await makeCourse()
    const inside = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    const [ursula, ada, ben] = [await inside('Unmistakable Ursula'), await inside('Ada'), await inside('Ben')]
    const staff = await signedInClient(node, { accountId: instructorId })
    const chat = (await findCourseChannel(testCtx(), courseId, 'chat'))?.id ?? assert.fail()
    return { courseId, staff, ursula, ada, ben, chat, forum: await forumOf(courseId), inside }
  }
  type School = Awaited<ReturnType<typeof school>>
  type Person = School['ada']

  const nobody = () => node.as({ kind: 'nobody' })
  const erased = (accountId: AccountId) => nobody().act(ctx => eraseAccount(ctx, accountId))
  const merged = (from: AccountId, into: AccountId) => nobody().act(ctx => mergeAccounts(ctx, from, into))
  const renamed = async (who: Person, name: string) => {
    const { account } = await who.request(accountRoutes.me)
    await who.request(accountRoutes.changeProfile, { version: account?.version ?? 0, name })
  }
  const ask = (who: Person, channelId: ChannelId, title: string, over = {}) =>
    who.call(topicCalls.post, { channelId, title, body: `About ${title}`, anonymous: false, ...over })
  const policy = (who: Person, channelId: ChannelId, over: { approval?: boolean; anonymous?: boolean }, version = 0) =>
    who.call(topicCalls.changePolicy, {
      ...{ channelId, version, anonymous: false, approval: false, openers: 'everybody' as const },
      ...over,
    })

  // What becomes of somebody, with what everybody knows them by afterwards.
  const fates = {
    erased: ({ ursula }: School) => erased(ursula.accountId),
    renamed: ({ ursula }: School) => renamed(ursula, 'Ulla'),
    merged: ({ ursula, ada }: School) => merged(ursula.accountId, ada.accountId),
  }

  for (const [fate, become] of Object.entries(fates)) {
    it(`agree in every audience of a forum, in what is hidden and what waits: ${fate}`, async () => {
      const all = await school()
      const { staff, ursula, ada, ben, forum } = all
      const hidden = await ask(ursula, forum, 'Canary hidden')
      for (const who of [ursula, ada, ben]) await who.call(topicCalls.vote, { topicId: hidden.topicId, on: true })
      await staff.call(topicCalls.hide, { topicId: hidden.topicId, on: true })
      const open = await ask(ada, forum, 'Open')
      await ursula.call(topicCalls.reply, { topicId: open.topicId, text: 'Canary reply', anonymous: false })
      await policy(staff, forum, { approval: true })
      await ursula.call(topicCalls.reply, { topicId: open.topicId, text: 'Canary waits', anonymous: false })
      await ask(ursula, forum, 'Canary waits too')
      const state = await assertConverges(staff, forumStaffScope, forum, () =>
        assertConverges(ben, forumScope, forum, () =>
          assertConverges(ben, topicScope, open.topicId, async () => {
            await become(all)
            await jobsDone()
          }),
        ),
      )
      const names = [...state.waiting, ...state.hidden].map(one => one.authorName)
      const now = { erased: [], renamed: ['Ulla', 'Ulla', 'Ulla'], merged: ['Ada', 'Ada', 'Ada'] }[fate]
      assert.deepEqual(fate === 'erased' ? state.waiting : names, now)
      if (fate === 'erased') assert.equal(state.hidden[0]?.title, '')
      if (fate === 'merged') assert.equal(state.hidden[0]?.votes, 2)
      const gone = fate === 'erased' ? ['Canary', 'Ursula'] : fate === 'merged' ? [ursula.accountId] : []
      for (const word of gone)
        for (const [scope, id] of [
          ['forum', forum],
          ['forum-staff', forum],
          ['topic', open.topicId],
          ['topic', hidden.topicId],
        ] as const)
          assert.deepEqual(await loggedWith(scope, id, word), [], `${word} in ${scope}`)
    })

    it(`agree in a chat, in the answers of others too: ${fate}`, async () => {
      const all = await school()
      const { staff, ursula, ada, ben, chat: channelId } = all
      const { messageId } = await ursula.call(channelCalls.send, { channelId, text: 'Canary one' })
      await ben.call(channelCalls.send, { channelId, text: 'An answer that names nobody', replyTo: messageId })
      const other = await ada.call(channelCalls.send, { channelId, text: 'Hello', mentions: [ursula.accountId] })
      await ursula.call(channelCalls.react, { messageId: other.messageId, emoji: '👍', set: 'on' })
      const state = await assertConverges(staff, channelScope, channelId, async () => {
        await become(all)
        await jobsDone()
      })
      const name = { renamed: 'Ulla', merged: 'Ada' }[fate]
      if (name) assert.equal(state.messages[1]?.replyTo?.authorName, name)
      const gone = fate === 'erased' ? ['Canary', 'Ursula'] : fate === 'merged' ? [ursula.accountId] : []
      for (const word of gone) assert.deepEqual(await loggedWith('channel', channelId, word), [], word)
    })

    it(`agree in a chat in which somebody reacts meanwhile: ${fate}`, async () => {
      const all = await school()
      const { staff, ursula, ben, chat: channelId } = all
      const { messageId } = await staff.call(channelCalls.send, {
        ...{ channelId, text: 'Hello', mentions: [ursula.accountId] },
      })
      const to = { channelId, accountId: ursula.accountId }
      await assertConverges(staff, channelScope, channelId, () =>
        crossed(
          nobody(),
          ctx => (fate === 'erased' ? eraseFromChannel(ctx, channelId, ursula.accountId) : retellJob.run(ctx, to)),
          () => ben.call(channelCalls.react, { messageId, emoji: '👍', set: 'on' }),
        ),
      )
    })
  }

  /** Words of somebody who is known by this name where they speak from; they name Ursula. */
  const say =
    ({ chat, ursula }: School, who: Person, name: string, text: string) =>
    (ctx: WriteCtx) =>
      sendMessages(ctx, [
        {
          ctx: testCtx({ who: whoIs(who.accountId, name) }),
          operationId: randomUUID() as OperationId,
          input: { channelId: chat, text, mentions: [ursula.accountId] },
        },
      ])

  for (const fate of ['erased', 'renamed', 'merged'] as const)
    it(`agree on what was being said meanwhile, and on what is said by who is known by the old name: ${fate}`, async () => {
      const all = await school()
      const { staff, ursula, ben, chat: channelId } = all
      const state = await assertConverges(staff, channelScope, channelId, async () => {
        await ursula.call(channelCalls.send, { channelId, text: 'Before' })
        await crossed(acting(node, ben.accountId), say(all, ben, 'Ben', '@Unmistakable Ursula'), async () => {
          await fates[fate](all)
          await jobsDone()
        })
        if (fate === 'renamed')
          await acting(node, ursula.accountId).act(say(all, ursula, 'Unmistakable Ursula', 'From another device'))
      })
      assert.ok(!JSON.stringify(state).includes('"Unmistakable Ursula"'), JSON.stringify(state))
      if (fate === 'erased') assert.deepEqual(await loggedWith('channel', channelId, '"Unmistakable Ursula"'), [])
    })

  it('agree on the name of who says something for the first time while they take another', async () => {
    const all = await school()
    const { staff, ursula, chat: channelId } = all
    let sent: Promise<unknown> = Promise.resolve()
    const state = await assertConverges(staff, channelScope, channelId, async () => {
      await crossed(
        acting(node, staff.accountId),
        async ctx => {
          await holdChannel(ctx, channelId)
          sent = acting(node, ursula.accountId).act(say(all, ursula, 'Unmistakable Ursula', 'My first words'))
          // Whatever they wait with: within a transaction, the statements of others are those of its first look.
          await someoneWaits()
          await renamed(ursula, 'Ulla')
        },
        () => sent,
      )
      await jobsDone()
    })
    assert.equal(state.messages[0]?.authorName, 'Ulla')
  })

  it('move what was said while its account became another', async () => {
    const all = await school()
    const { staff, ursula, ada, chat: channelId } = all
    const state = await assertConverges(staff, channelScope, channelId, async () => {
      const looked = "select from pgboss.job where name = 'accounts.merge-late' and state = 'completed'"
      const before = (await sql(looked)).length
      await crossed(
        nobody(),
        // It took a minute, and who wrote meanwhile commits after it was looked for the first time.
        ctx => mergeAccounts({ ...ctx, now: new Date(ctx.now.getTime() - 60_000) }, ursula.accountId, ada.accountId),
        () =>
          acting(node, ursula.accountId).act(async ctx => {
            await say(all, ursula, 'Unmistakable Ursula', 'Said meanwhile')(ctx)
            await waitFor(async () => (await sql(looked)).length > before, 'somebody to look for what came late')
          }),
        numbering,
      )
      await waitFor(
        async () => (await sql('select from messages where author_id = $1', [ada.accountId])).length > 0,
        'the message to follow its account',
      )
      await jobsDone()
    })
    assert.deepEqual([state.messages[0]?.authorName, state.messages[0]?.authorId], ['Ada', ada.accountId])
    assert.deepEqual(await loggedWith('channel', channelId, ursula.accountId), [])
  })

  it('forget somebody named in many topics of one forum, at the first try', async () => {
    const { staff, ursula, ada, ben, forum } = await school()
    const asked = []
    for (let n = 0; n < 6; n++)
      asked.push(await ask(ada, forum, `Topic ${n}`, { mentions: [ursula.accountId], body: '@Unmistakable Ursula' }))
    const { topicId } = asked[0] ?? assert.fail()
    const state = await assertConverges(ben, topicScope, topicId, async () => {
      await erased(ursula.accountId)
      await jobsDone()
    })
    assert.deepEqual(state.opening?.mentions, [])
    const left = 'select from mentions where account_id = $1'
    assert.deepEqual(await sql(left, [ursula.accountId]), [])
    assert.equal((await staff.subscribe(forumScope, forum)).state().topics.length, 6)
  })

  it('leave nothing of an erased person that waits: it is not listed, not counted and not decided', async () => {
    const { staff, ursula, ada, forum } = await school()
    await policy(staff, forum, { approval: true })
    const { messageId } = await ask(ursula, forum, 'Canary waits')
    const state = await assertConverges(staff, forumStaffScope, forum, async () => {
      await erased(ursula.accountId)
      await jobsDone()
    })
    assert.deepEqual(state.waiting, [])
    await assert.rejects(
      staff.call(topicCalls.decide, { messageId, decision: 'approve' }),
      refusedAs('message-removed'),
    )
    await fill(forum, ada.accountId, mostWaiting - 1)
    await ask(ada, forum, 'The last place')
    await assert.rejects(ask(ada, forum, 'One too many'), refusedAs('queue-full'))
  })

  /** Posts that wait in a topic of their own. */
  async function fill(channelId: ChannelId, authorId: AccountId, many: number) {
    const [topic] = await sql<{ id: TopicId }>(
      `insert into topics (id, channel_id, title, author_id, created_at, last_at, standing)
       values (gen_random_uuid(), $1, 'Full', $2, now(), now(), 'waiting') returning id`,
      [channelId, authorId],
    )
    await sql(
      `insert into messages (id, channel_id, topic_id, author_id, text, sent_at)
       select gen_random_uuid(), $1, $2, $3, 'Waits', now() from generate_series(1, $4) as n`,
      [channelId, topic?.id, authorId, many],
    )
  }

  it('tell staff of what waits under the title it has now', async () => {
    const { staff, ursula, ada, forum } = await school()
    const { topicId } = await ask(ada, forum, 'Before')
    await policy(staff, forum, { approval: true })
    await ursula.call(topicCalls.reply, { topicId, text: 'Waits', anonymous: false })
    await policy(staff, forum, {}, 1)
    const state = await assertConverges(staff, forumStaffScope, forum, () =>
      ada.call(topicCalls.retitle, { topicId, version: 0, title: 'After' }),
    )
    assert.equal(state.waiting[0]?.title, 'After')
    const opening = (await staff.subscribe(topicScope, topicId)).state().opening ?? assert.fail()
    const removed = await assertConverges(staff, forumStaffScope, forum, () =>
      ada.call(channelCalls.remove, { messageId: opening.id }),
    )
    assert.equal(removed.waiting[0]?.title, '')
  })

  it('take old words out of the log of a chat that went on since, and out of what waits', async () => {
    const { staff, ursula, ada, ben, chat: channelId, forum } = await school()
    const { messageId } = await ursula.call(channelCalls.send, { channelId, text: 'Canary of old' })
    await ada.call(channelCalls.send, { channelId, text: 'An answer', replyTo: messageId })
    await sql(
      `insert into messages (id, channel_id, number, author_id, text, sent_at)
       select gen_random_uuid(), $1, 2 + n, $2, 'Since ' || n, now() from generate_series(1, $3) as n`,
      [channelId, ada.accountId, messageWindow + 10],
    )
    await sql('update channels set last_number = $2 where id = $1', [channelId, messageWindow + 12])
    const heard = await ben.subscribe(channelScope, channelId)
    await assertConverges(staff, channelScope, channelId, () =>
      nobody().act(ctx => takeOldWords(ctx, { channelId, topicId: null }, [messageId])),
    )
    assert.deepEqual(await loggedWith('channel', channelId, 'Canary'), [])
    assert.ok(heard.head() > 0)
    await policy(staff, forum, { approval: true })
    const old = await ask(ursula, forum, 'Canary waits')
    const state = await assertConverges(staff, forumStaffScope, forum, () =>
      nobody().act(ctx => takeOldWords(ctx, { channelId: forum, topicId: old.topicId }, [old.messageId])),
    )
    assert.deepEqual(state.waiting, [])
    assert.deepEqual(await loggedWith('forum-staff', forum, 'Canary'), [])
  })

  it('tell how far somebody has read whose account took another in, and what they silenced', async () => {
    const { courseId, ursula, ada, chat: channelId } = await school()
    await ada.call(channelCalls.send, { channelId, text: 'Hello' })
    await ursula.call(channelCalls.markRead, { channelId, number: 1 })
    await ursula.request(inboxRoutes.mute, { channelId, until: forEver })
    const young = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Young') })
    const state = await assertConverges(young, inboxScope, young.accountId, async () => {
      await merged(ursula.accountId, young.accountId)
      await jobsDone()
    })
    assert.deepEqual(state.reads[channelId], { number: 1, mutedUntil: forEver })
  })

  it('tell who left a group without what was said meanwhile being lost', async () => {
    const { ursula, ada, ben } = await school()
    const { channelId } = await ada.request(inboxRoutes.start, {
      ...{ accountIds: [ben.accountId, ursula.accountId], title: 'Lab' },
    })
    const state = await assertConverges(ada, channelScope, channelId, () =>
      crossed(
        acting(node, ursula.accountId),
        ctx => leaveGroup(ctx, channelId),
        () => ben.call(channelCalls.send, { channelId, text: 'Wait' }),
      ),
    )
    assert.deepEqual([state.channel.lastNumber, state.channel.people.length], [1, 2])
  })

  it('tell staff of a hidden topic what it is, and everybody how a forum works', async () => {
    const { staff, ada, ben, forum } = await school()
    const { topicId } = await ask(ada, forum, 'Hidden')
    const other = await ask(ada, forum, 'Other')
    await staff.call(topicCalls.hide, { topicId, on: true })
    const state = await assertConverges(staff, forumStaffScope, forum, () =>
      assertConverges(ben, forumScope, forum, () => staff.call(topicCalls.lock, { topicId, on: true })),
    )
    assert.deepEqual(
      state.hidden.map(one => [one.title, one.locked]),
      [['Hidden', true]],
    )
    for (const act of [
      () => staff.call(topicCalls.pin, { topicId, on: true }),
      () => staff.call(topicCalls.settle, { topicId, outcome: 'aloud' }),
      () => staff.call(topicCalls.merge, { topicId, into: other.topicId }),
      () => staff.call(topicCalls.reply, { topicId, text: 'Hi', anonymous: false }),
      () => staff.call(topicCalls.vote, { topicId, on: true }),
    ])
      await assert.rejects(act(), refusedAs('topic-hidden'))
    const told = await assertConverges(ben, forumScope, forum, () => policy(staff, forum, { anonymous: true }))
    assert.deepEqual([told.forum.policy.anonymous, told.forum.policy.version], [true, 1])
  })
})
