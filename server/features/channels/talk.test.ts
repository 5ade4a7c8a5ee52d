// Talk between real sockets in a real class: order, rights, forgetting, paging.
import assert from 'node:assert/strict'
import { Problem } from '#protocol/base/problems.ts'
import { type ChannelId, channelCalls, channelRoutes, channelScope, messageWindow } from '#protocol/channels.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { plain, sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makePerson, startClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { someoneWaits } from '#server/test/crossing.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { eraseFromChannel } from './actions/erase.ts'
import { talkBudget } from './rules/messages.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('talk in a class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function room() {
    const { run, code, host, course } = await startClass(node, [])
    const learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    await learner.request(liveRoutes.join, { runId: run.id })
    const guest = await guestClient(node, code, 'Gus')
    return { channelId: run.channelId as ChannelId, host, learner, guest, run }
  }

  it('numbers what many say at once without a hole, and everybody hears it in that order', async () => {
    const { channelId, host, learner, guest } = await room()
    const heard = await learner.subscribe(channelScope, channelId)
    const sent = await Promise.all(
      [host, learner, guest].flatMap(who =>
        [1, 2, 3, 4, 5, 6].map(n => who.call(channelCalls.send, { channelId, text: `Word ${n}` })),
      ),
    )
    assert.deepEqual(
      sent.map(one => one.number).sort((a, b) => a - b),
      Array.from({ length: 18 }, (_, index) => index + 1),
    )
    // What one person says stays in the order in which they said it.
    for (let who = 0; who < 18; who += 6) {
      const own = sent.slice(who, who + 6).map(one => one.number)
      assert.deepEqual(
        own,
        [...own].sort((a, b) => a - b),
      )
    }
    const state = await heard.until(now => now.channel.lastNumber === 18)
    assert.deepEqual(
      state.messages.map(one => one.number),
      Array.from({ length: 18 }, (_, index) => index + 1),
    )
  })

  it('tells who wrote while the class ended that it is over, as it tells everybody after', async () => {
    const { channelId, host, learner, run } = await room()
    const { messageId } = await host.call(channelCalls.send, { channelId, text: 'Any last words?' })
    // What is answered is held, so that the right to write is read before the class ends, and the number taken after.
    const holding = await plain.connect()
    try {
      await holding.query('begin')
      await holding.query('select from messages where id = $1 for update', [messageId])
      const refused = assert.rejects(
        learner.call(channelCalls.send, { channelId, text: 'Wait for me', replyTo: messageId }),
        refusedAs('class-over'),
      )
      await someoneWaits('%from messages%for share%')
      await host.call(liveCalls.end, { runId: run.id })
      const closed = 'select from channels where id = $1 and not open'
      await waitFor(async () => (await sql(closed, [channelId])).length > 0, 'the chat to be closed after its class')
      await holding.query('commit')
      await refused
    } finally {
      holding.release()
    }
    assert.deepEqual(await sql("select from messages where text = 'Wait for me'"), [])
  })

  it('converges when sent, edited and removed; the window stays the same at both ends', async () => {
    const { channelId, host, learner } = await room()
    for (let n = 0; n < 7; n++) await host.call(channelCalls.send, { channelId, text: `Before ${n}` })
    await sql(
      `insert into messages (id, channel_id, number, author_id, text, sent_at)
       select gen_random_uuid(), $1, 7 + n, $2, 'Filler ' || n, now() from generate_series(1, 60) as n`,
      [channelId, host.accountId],
    )
    await sql('update channels set last_number = 67 where id = $1', [channelId])
    const state = await assertConverges(learner, channelScope, channelId, () =>
      learner.call(channelCalls.send, { channelId, text: 'Mine' }),
    )
    assert.equal(state.messages.length, messageWindow)
    const mine = state.messages.at(-1)!
    const edited = await assertConverges(host, channelScope, channelId, () =>
      learner.call(channelCalls.edit, { messageId: mine.id, version: mine.version, text: 'Mine, better said' }),
    )
    assert.equal(edited.messages.at(-1)?.text, 'Mine, better said')
    await assert.rejects(
      learner.call(channelCalls.edit, { messageId: mine.id, version: mine.version, text: 'Stale' }),
      (error: unknown) => refusedAs('conflict')(error) && (error as Problem).params.current !== undefined,
    )
    const gone = await assertConverges(learner, channelScope, channelId, () =>
      learner.call(channelCalls.remove, { messageId: mine.id }),
    )
    await assert.rejects(
      learner.call(channelCalls.edit, { messageId: mine.id, version: mine.version + 2, text: 'Back' }),
      refusedAs('message-removed'),
    )
    assert.equal(gone.messages.at(-1)?.text, null)
    assert.equal(gone.messages.at(-1)?.removedBy, 'author')
    assert.equal(gone.messages.at(-1)?.number, 68)
  })

  it('takes removed words out of the row and of the log, and says who removed them', async () => {
    const { channelId, host, learner, guest } = await room()
    const canary = 'canary-words-to-forget'
    const { messageId } = await guest.call(channelCalls.send, { channelId, text: canary })
    await assert.rejects(learner.call(channelCalls.remove, { messageId }), refusedAs('not-yours'))
    await assert.rejects(
      learner.call(channelCalls.edit, { messageId, version: 0, text: 'Not mine' }),
      refusedAs('not-yours'),
    )
    const state = await assertConverges(learner, channelScope, channelId, () =>
      host.call(channelCalls.remove, { messageId }),
    )
    assert.equal(state.messages[0]?.removedBy, 'moderator')
    assert.equal(state.messages[0]?.authorName, 'Gus')
    const left = await sql<{ found: string }>(
      `select 'events' as found from events where body::text like $1
       union all select 'messages' from messages where text like $1
       union all select 'operations' from operations where result::text like $1`,
      [`%${canary}%`],
    )
    assert.deepEqual(left, [])
    await host.call(channelCalls.remove, { messageId })
  })

  it('forgets the words of an account that is erased', async () => {
    const { channelId, learner, guest } = await room()
    await learner.call(channelCalls.send, { channelId, text: 'Stays' })
    await guest.call(channelCalls.send, { channelId, text: 'Goes' })
    const guestId = guest.hellos.at(-1)?.accountId
    await assertConverges(learner, channelScope, channelId, () =>
      arrange(ctx => eraseFromChannel(ctx, channelId, guestId as never)),
    )
    const page = await learner.request(channelRoutes.messages, { channelId })
    assert.deepEqual(
      page.items.map(one => one.text),
      ['Stays', null],
    )
  })

  it('keeps a read position that only moves forward', async () => {
    const { channelId, host, learner } = await room()
    for (let n = 0; n < 4; n++) await host.call(channelCalls.send, { channelId, text: `Say ${n}` })
    assert.deepEqual(await learner.request(channelRoutes.unread, { channelId }), {
      lastNumber: 4,
      readNumber: 0,
      unread: 4,
    })
    await learner.call(channelCalls.markRead, { channelId, number: 3 })
    await learner.call(channelCalls.markRead, { channelId, number: 1 })
    assert.equal((await learner.request(channelRoutes.unread, { channelId })).unread, 1)
    await learner.call(channelCalls.markRead, { channelId, number: 999 })
    assert.deepEqual(await learner.request(channelRoutes.unread, { channelId }), {
      lastNumber: 4,
      readNumber: 4,
      unread: 0,
    })
  })

  it('pages both ways through 100,000 messages by the index alone', async () => {
    const { channelId, host, learner } = await room()
    await sql(
      `insert into messages (id, channel_id, number, author_id, text, sent_at)
       select gen_random_uuid(), $1, n, $2, 'Line ' || n, now() from generate_series(1, 100000) as n`,
      [channelId, host.accountId],
    )
    await sql('update channels set last_number = 100000 where id = $1', [channelId])
    await sql('analyze messages')
    const page = (input: { before?: number; after?: number; limit?: number }) =>
      learner.request(channelRoutes.messages, { channelId, limit: 30, ...input })
    const latest = await page({})
    assert.deepEqual([latest.items[0]?.number, latest.items.at(-1)?.number], [99_971, 100_000])
    assert.deepEqual([latest.hasBefore, latest.hasAfter], [true, false])
    const middle = await page({ before: 50_000 })
    assert.deepEqual([middle.items[0]?.number, middle.items.at(-1)?.number], [49_970, 49_999])
    const onward = await page({ after: 49_999 })
    assert.deepEqual([onward.items[0]?.number, onward.items.at(-1)?.number], [50_000, 50_029])
    const first = await page({ before: 4 })
    assert.deepEqual([first.items.length, first.hasBefore, first.hasAfter], [3, false, true])
    const between = await page({ after: 10, before: 13 })
    assert.deepEqual(
      between.items.map(one => one.number),
      [11, 12],
    )
    for (const [where, order] of [
      ['number < 50000', 'desc'],
      ['number > 50000', 'asc'],
    ]) {
      const { rows } = await plain.query<{ 'QUERY PLAN': string }>(
        `explain select id from messages where channel_id = '${channelId}' and ${where} order by number ${order} limit 30`,
      )
      const plan = rows.map(row => row['QUERY PLAN']).join('\n')
      assert.match(plan, /messages_channel_id_number_key/)
      assert.ok(!/Sort|Seq Scan/.test(plan), plan)
    }
  })

  it('commits what is said in many classes at once together', async () => {
    const rooms = await Promise.all(Array.from({ length: 6 }, room))
    const sent = await Promise.all(
      rooms.map(({ channelId, guest }) => guest.call(channelCalls.send, { channelId, text: 'At the same moment' })),
    )
    assert.deepEqual(
      sent.map(one => one.number),
      rooms.map(() => 1),
    )
  })

  it('slows a flood down for the one who makes it', async () => {
    const { channelId, learner, guest } = await room()
    const began = performance.now()
    const flood = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => learner.call(channelCalls.send, { channelId, text: `Flood ${n}` })),
    )
    const refused = flood.filter(one => one.status === 'rejected')
    // One more passes for each second it took.
    const more = Math.ceil(((performance.now() - began) / 1_000) * talkBudget.perSecond)
    assert.ok(refused.length >= 20 - talkBudget.burst - more, `${refused.length} were refused`)
    for (const one of refused) assert.ok(refusedAs('slow-down')(one.reason))
    await guest.call(channelCalls.send, { channelId, text: 'I was quiet' })
    const page = await guest.request(channelRoutes.messages, { channelId })
    assert.deepEqual(
      page.items.map(one => one.number),
      page.items.map((_, index) => index + 1),
    )
  })

  it('tells who types, a few times a second at most, and nobody outside the class hears or says anything', async () => {
    const { channelId, learner, guest } = await room()
    const heard = await learner.subscribe(channelScope, channelId)
    await Promise.all(Array.from({ length: 12 }, () => guest.call(channelCalls.typing, { channelId })))
    await waitFor(() => heard.fleeting.length > 0, 'typing')
    assert.ok(heard.fleeting.length <= 3)
    const outside = await signedInClient(node)
    await assert.rejects(outside.subscribe(channelScope, channelId), refusedAs('not-found'))
    await assert.rejects(outside.call(channelCalls.send, { channelId, text: 'Hi' }), refusedAs('not-found'))
    await assert.rejects(outside.request(channelRoutes.messages, { channelId }), refusedAs('not-found'))
    await assert.rejects(learner.call(channelCalls.send, { channelId, text: '   ' }), refusedAs('malformed'))
  })
})
