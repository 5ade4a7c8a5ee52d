// What talk can do with a message, in the channels every course has: answers, names, reactions, earlier words, jumps,
// and what hostile input is told.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import {
  type ChannelForm,
  type ChannelId,
  channelCalls,
  channelRoutes,
  channelScope,
  emoji,
  type MessageId,
  reactionLimits,
} from '#protocol/channels.ts'
import { eraseAccount } from '#server/features/accounts/index.ts'
import { plain, sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { jobsDone } from './crossing.fixture.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('messages and what hangs on them', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function school() {
    const { courseId, instructorId } = await makeCourse()
    const staff = await signedInClient(node, { accountId: instructorId })
    const ada = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Ada Lovelace') })
    const ben = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Ben Okri') })
    const { items } = await ada.request(inboxRoutes.list, { courseId })
    const channel = (form: ChannelForm): ChannelId =>
      items.find(one => one.channel.form === form)?.channel.id ?? assert.fail(form)
    return {
      courseId,
      staff,
      ada,
      ben,
      chat: channel('chat'),
      board: channel('announcements'),
      forum: channel('forum'),
    }
  }

  it('gives every course a chat, a forum and announcements, by the roles of the course', async () => {
    const { courseId, staff, ada, chat, board, forum } = await school()
    assert.equal(new Set([chat, board, forum]).size, 3)
    const { items } = await ada.request(inboxRoutes.list, { courseId })
    assert.deepEqual(items.map(one => [one.channel.form, one.mayWrite, one.mayModerate]).sort(), [
      ['announcements', false, false],
      ['chat', true, false],
      ['forum', true, false],
    ])
    const seen = (await staff.request(inboxRoutes.get, { channelId: board })).entry
    assert.deepEqual([seen.mayWrite, seen.mayModerate, seen.courseId], [true, true, courseId])
    const guest = await signedInClient(node, { accountId: await makePerson(courseId, 'guest', 'Gus') })
    await assert.rejects(guest.request(inboxRoutes.get, { channelId: chat }), refusedAs('not-found'))
    await assert.rejects(ada.call(channelCalls.send, { channelId: forum, text: 'No topic' }), refusedAs('malformed'))
  })

  it('answers a message, and a removed one shows in its answers as removed, nowhere with its words', async () => {
    const { staff, ada, ben, chat: channelId } = await school()
    const secret = 'unmistakable-secret'
    const first = await ada.call(channelCalls.send, { channelId, text: secret })
    const answer = await assertConverges(ben, channelScope, channelId, () =>
      staff.call(channelCalls.send, { channelId, text: 'I see', replyTo: first.messageId }),
    )
    const quote = answer.messages.at(-1)?.replyTo
    assert.deepEqual(
      [quote?.id, quote?.number, quote?.authorName, quote?.text],
      [first.messageId, 1, 'Ada Lovelace', secret],
    )
    const edited = await assertConverges(ben, channelScope, channelId, () =>
      ada.call(channelCalls.edit, { messageId: first.messageId, version: 0, text: `${secret}, better` }),
    )
    assert.equal(edited.messages.at(-1)?.replyTo?.text, `${secret}, better`)
    const gone = await assertConverges(ben, channelScope, channelId, () =>
      ada.call(channelCalls.remove, { messageId: first.messageId }),
    )
    assert.equal(gone.messages.at(-1)?.replyTo?.text, null)
    const left = await sql(
      `select 1 from events where body::text like $1 union all select 1 from messages where text like $1
       union all select 1 from message_versions where text like $1`,
      [`%${secret}%`],
    )
    assert.deepEqual(left, [])
    const elsewhere = await school()
    const there = await elsewhere.ada.call(channelCalls.send, { channelId: elsewhere.chat, text: 'Elsewhere' })
    for (const replyTo of [there.messageId, randomUUID() as MessageId])
      await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Forged', replyTo }), refusedAs('reply-gone'))
  })

  it('names people of the channel, leaves strangers out, and finds who can be named page by page', async () => {
    const { courseId, staff, ada, ben, chat: channelId } = await school()
    const stranger = await signedInClient(node, { name: 'Stranger' })
    const state = await assertConverges(ben, channelScope, channelId, () =>
      staff.call(channelCalls.send, {
        channelId,
        text: '@Ada Lovelace and @Stranger',
        mentions: [ada.accountId, ada.accountId, stranger.accountId],
      }),
    )
    assert.deepEqual(state.messages.at(-1)?.mentions, [{ accountId: ada.accountId, name: 'Ada Lovelace' }])
    const entry = async (who: typeof ada) => (await who.request(inboxRoutes.get, { channelId })).entry
    assert.equal((await entry(ada)).mentioned, true)
    assert.equal((await entry(ben)).mentioned, false)
    await ada.call(channelCalls.markRead, { channelId, number: 1 })
    assert.equal((await entry(ada)).mentioned, false)
    const { messageId } = await staff.call(channelCalls.send, { channelId, text: 'Nobody yet' })
    const renamed = await assertConverges(ada, channelScope, channelId, () =>
      staff.call(channelCalls.edit, { messageId, version: 0, text: '@Ben Okri', mentions: [ben.accountId] }),
    )
    assert.deepEqual(
      renamed.messages.at(-1)?.mentions.map(one => one.name),
      ['Ben Okri'],
    )
    assert.equal((await entry(ben)).mentioned, true)

    for (const name of ['Adam (A.)', 'Ädar', 'Bad']) await makePerson(courseId, 'learner', name)
    await makePerson(courseId, 'guest', 'Ada Guest')
    const names = async (q: string, limit = 50) => {
      const found: string[] = []
      let after: string | undefined
      do {
        const page = await ada.request(channelRoutes.people, { channelId, q, limit, ...(after && { after }) })
        found.push(...page.items.map(one => one.name))
        after = page.next
      } while (after)
      return found
    }
    assert.deepEqual(await names('ad', 1), ['Ada Lovelace', 'Adam (A.)'])
    assert.deepEqual(await names('(a.'), ['Adam (A.)'])
    assert.deepEqual(await names('okri'), ['Ben Okri'])
    assert.deepEqual(await names('.*'), [])
    assert.equal((await names('')).length, 6)
    const many = Array.from({ length: 21 }, () => randomUUID() as AccountId)
    await assert.rejects(
      ada.call(channelCalls.send, { channelId, text: 'All', mentions: many }),
      refusedAs('malformed'),
    )
  })

  it('takes reactions by the hundred, counts them right, and tells each message once a group', async () => {
    const { courseId, staff, ada, ben, chat: channelId } = await school()
    const { messageId } = await staff.call(channelCalls.send, { channelId, text: 'Understood?' })
    const crowd: (typeof ada)[] = []
    for (let n = 0; n < 40; n++)
      crowd.push(await signedInClient(node, { accountId: await makePerson(courseId, 'learner', `Pupil ${n}`) }))
    const react = (who: typeof ada, one: string, set: 'on' | 'off' = 'on') =>
      who.call(channelCalls.react, { messageId, emoji: one, set })
    const state = await assertConverges(ben, channelScope, channelId, async () => {
      await Promise.all([...crowd.map(one => react(one, '👍')), react(ada, '❤️')])
      await Promise.all([react(ada, '👍'), react(ada, '👍'), ...crowd.slice(0, 5).map(one => react(one, '👍', 'off'))])
    })
    const reactions = state.messages.at(-1)?.reactions ?? []
    assert.deepEqual(reactions.map(one => [one.emoji, one.count]).sort(), [
      ['❤️', 1],
      ['👍', 36],
    ])
    assert.equal(reactions.find(one => one.emoji === '👍')?.by.length, reactionLimits.people)
    const [told] = await sql<{ many: number }>(
      `select count(*)::int as many from events where scope = $1 and kind = 'reactionsChanged'`,
      [`channel:${channelId}`],
    )
    assert.ok((told?.many ?? 99) < 20, `${told?.many} announcements for 47 reactions`)
    const who = await ben.request(channelRoutes.reactions, { messageId, limit: 200 })
    assert.equal(who.items.length, 37)
    const others = [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏'].slice(0, reactionLimits.different - 2)
    for (const [n, one] of others.entries()) await react(crowd[n] ?? ben, one)
    await assert.rejects(react(ben, '🙂'), { code: 'too-many', params: { most: reactionLimits.different } })
    // One that stands already is counted on.
    await react(ben, '👍')

    const strange = await signedInClient(node, { name: 'Stranger' })
    await assert.rejects(react(strange, '👍'), refusedAs('not-found'))
    for (const wrong of ['', 'ok', '👍👍', '<b>', '👍 ', 'a'.repeat(50)])
      await assert.rejects(react(ada, wrong), refusedAs('malformed'), wrong)
    for (const right of ['👍🏽', '👩‍💻', '🇩🇪', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '☺️', '🤷🏾‍♀️'])
      assert.ok(z.safeParse(emoji, right).success, right)
    await staff.call(channelCalls.remove, { messageId })
    await assert.rejects(react(ada, '🎉'), refusedAs('message-removed'))
  })

  it('keeps what an edited message said before for its author and for staff', async () => {
    const { staff, ada, ben, chat: channelId } = await school()
    const { messageId } = await ada.call(channelCalls.send, { channelId, text: 'One' })
    await ada.call(channelCalls.edit, { messageId, version: 0, text: 'Two' })
    await ada.call(channelCalls.edit, { messageId, version: 1, text: 'Three' })
    for (const who of [ada, staff]) {
      const { items } = await who.request(channelRoutes.versions, { messageId })
      assert.deepEqual(
        items.map(one => [one.version, one.text]),
        [
          [0, 'One'],
          [1, 'Two'],
        ],
      )
    }
    await assert.rejects(ben.request(channelRoutes.versions, { messageId }), refusedAs('not-allowed'))
    await staff.call(channelCalls.remove, { messageId })
    assert.deepEqual((await ada.request(channelRoutes.versions, { messageId })).items, [])
  })

  it('jumps to a number and to a moment among 100,000 messages, by the index and in as many queries as in a short channel', async () => {
    const { ada, staff, chat: channelId } = await school()
    await sql(
      `insert into messages (id, channel_id, number, author_id, text, sent_at)
       select gen_random_uuid(), $1, n, $2, 'Line ' || n, timestamptz '2026-01-01' + n * interval '1 minute'
       from generate_series(1, 100000) as n`,
      [channelId, staff.accountId],
    )
    await sql('update channels set last_number = 100000 where id = $1', [channelId])
    await sql('analyze messages')
    const page = (input: { around?: number; at?: string }) =>
      ada.request(channelRoutes.messages, { channelId, limit: 20, ...input })
    const numbers = async (input: { around?: number; at?: string }) => {
      const { items, hasBefore, hasAfter } = await page(input)
      return [items[0]?.number, items.at(-1)?.number, hasBefore, hasAfter]
    }
    assert.deepEqual(await numbers({ around: 50_000 }), [49_990, 50_009, true, true])
    assert.deepEqual(await numbers({ around: 1 }), [1, 10, false, true])
    assert.deepEqual(await numbers({ around: 999_999_999 }), [99_991, 100_000, true, false])
    const at = new Date(Date.parse('2026-01-01T00:00:00Z') + 70_000 * 60_000 - 1)
    assert.deepEqual(await numbers({ at: at.toISOString() }), [69_990, 70_009, true, true])
    assert.deepEqual((await numbers({ at: '2020-01-01T00:00:00.000Z' }))[0], 1)
    assert.deepEqual((await numbers({ at: '2099-01-01T00:00:00.000Z' }))[1], 100_000)
    const { rows } = await plain.query<{ 'QUERY PLAN': string }>(
      `explain select id from messages where channel_id = '${channelId}' and number >= 50000 order by number limit 10`,
    )
    const plan = rows.map(row => row['QUERY PLAN']).join('\n')
    assert.match(plan, /messages_channel_id_number_key/)
    assert.ok(!/Sort|Seq Scan/.test(plan), plan)
    const started = performance.now()
    await ada.request(inboxRoutes.list, {})
    assert.ok(performance.now() - started < 5_000)
  })

  it('keeps hostile words as plain words, and refuses what nobody can see or nothing can hold', async () => {
    const { ada, ben, chat: channelId } = await school()
    const script = '<script>alert(1)</script> [x](javascript:alert(1)) \u202eevil'
    await ada.call(channelCalls.send, { channelId, text: `  ${script}\u0007\u001b[31m\r\n ` })
    const { items } = await ben.request(channelRoutes.messages, { channelId })
    assert.equal(items[0]?.text, `${script}[31m`)
    for (const text of ['', '   ', '\u200b\u2800', '\u0001\u0002', 'x'.repeat(4_001)])
      await assert.rejects(ada.call(channelCalls.send, { channelId, text }), refusedAs('malformed'))
    await ada.call(channelCalls.send, { channelId, text: 'x'.repeat(4_000) })
    const forged = { channelId, text: 'Hi', authorId: ben.accountId } as never
    await assert.rejects(ada.call(channelCalls.send, forged), refusedAs('malformed'))
    await assert.rejects(ada.call(channelCalls.send, { channelId, text: 'Hi', title: 'Mine' }), refusedAs('malformed'))
  })

  it('forgets an erased person: words, name, reactions and mentions, in the rows and in the log', async () => {
    const { staff, courseId, chat: channelId, ada } = await school()
    const name = 'Unmistakable Ursula'
    const gone = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    const { messageId } = await gone.call(channelCalls.send, { channelId, text: 'My words' })
    await staff.call(channelCalls.send, {
      channelId,
      text: 'Well said',
      replyTo: messageId,
      mentions: [gone.accountId],
    })
    const { items } = await staff.request(channelRoutes.messages, { channelId })
    await gone.call(channelCalls.react, { messageId: items[1]?.id as MessageId, emoji: '👍', set: 'on' })
    const watching = await ada.subscribe(channelScope, channelId)
    await node.as({ kind: 'nobody' }).act(ctx => eraseAccount(ctx, gone.accountId))
    await jobsDone()
    const state = await watching.until(
      now => now.messages[0]?.text === null && now.messages[1]?.mentions.length === 0,
      'the words to go',
    )
    assert.deepEqual([state.messages[1]?.replyTo?.text, state.messages[1]?.reactions], [null, []])
    const fresh = await ada.request(channelRoutes.messages, { channelId })
    assert.deepEqual(fresh.items, state.messages)
    const left = await sql<{ found: string }>(
      `select body::text as found from events where body::text like $1 or body::text like '%My words%'
       union all select text from messages where text like '%My words%'`,
      [`%${name}%`],
    )
    assert.deepEqual(left, [])
  })
})
