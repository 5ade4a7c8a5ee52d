// Search: each finds the titles they may open, page by page, and nothing of anybody else's.
import assert from 'node:assert/strict'
import type { Problem } from '#protocol/base/problems.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { channelCalls } from '#protocol/channels.ts'
import { contentRoutes } from '#protocol/content.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { searchRoutes } from '#protocol/search.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { rebuildSearch } from './actions.ts'
import { findEverything } from './queries/everything.ts'
import { findTitles } from './queries/titles.ts'

describe('search', () => {
  let node: TestNode
  let teacher: TestClient
  let learner: TestClient
  let stranger: TestClient
  let courseId: string

  const finds = async (client: TestClient, words: string, near?: string) =>
    (await client.request(searchRoutes.titles, { words, ...(near ? { near } : {}) })).items.map(
      one => `${one.kind} ${one.title}`,
    )

  before(async () => {
    node = await testNode()
    const course = await makeCourse('Mitosis for all')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Mitosa Learner') })
    const other = await makeCourse('Mitosis elsewhere')
    stranger = await signedInClient(node, { accountId: other.instructorId })
    const { courseId: id } = course
    await teacher.request(contentRoutes.createPage, { courseId: id, title: 'The mitosis page', published: true })
    await teacher.request(contentRoutes.createPage, { courseId: id, title: 'Mitosis draft', published: false })
    const { items } = await learner.request(inboxRoutes.list, { courseId: id })
    const channelId = items.find(one => one.channel.form === 'forum')?.channel.id ?? assert.fail()
    const post = { channelId, body: '', anonymous: false }
    await learner.call(topicCalls.post, { ...post, title: 'Why mitosis?' })
    const { topicId } = await learner.call(topicCalls.post, { ...post, title: 'Mitosis, hidden' })
    await teacher.call(topicCalls.hide, { topicId, on: true })
  })

  it('looks at what was sent, edited or removed, and walks through no other message', async () => {
    const { items } = await learner.request(inboxRoutes.list, { courseId })
    const channelId = items.find(one => one.channel.form === 'chat')?.channel.id ?? assert.fail()
    const [{ author_id: author } = assert.fail()] = await sql<{ author_id: string }>(
      "select id as author_id from accounts where name = 'Mitosa Learner'",
    )
    await arrange(async ctx => {
      await ctx.sql(
        `insert into messages (id, channel_id, number, author_id, text, sent_at)
         select gen_random_uuid(), $1, n, $2, 'about spindles', now() from generate_series(1001, 9000) as n`,
        [channelId, author],
      )
    })
    await sql('analyze messages')
    const walked = async (change: string) =>
      arrange(async ctx => {
        const read = async () => {
          const [row] = await ctx.sql<{ rows: string }>(
            "select seq_tup_read as rows from pg_stat_xact_user_tables where relname = 'messages'",
          )
          return Number(row?.rows ?? 0)
        }
        const before = await read()
        const changed = await ctx.sql(`${change} returning id`, [channelId])
        assert.equal(changed.length, 1)
        return (await read()) - before
      })
    const one = 'channel_id = $1 and number = 1001'
    assert.equal(await walked(`update messages set text = 'about asters' where ${one}`), 0)
    assert.equal(await walked(`update messages set text = null where ${one}`), 0)
    const left = await sql('select from search_entries where place_id = $1', [channelId])
    assert.equal(left.length, 7_999)
    await arrange(ctx => ctx.sql('delete from messages where channel_id = $1', [channelId]))
  })

  it('shows staff drafts and people, learners what is published, others nothing', async () => {
    assert.deepEqual(await finds(teacher, 'mitos'), [
      'course Mitosis for all',
      'item Mitosis draft',
      'person Mitosa Learner',
      'topic Mitosis, hidden',
      'item The mitosis page',
      'topic Why mitosis?',
    ])
    assert.deepEqual(await finds(learner, 'mitos'), [
      'course Mitosis for all',
      'item The mitosis page',
      'topic Why mitosis?',
    ])
    assert.deepEqual(await finds(stranger, 'mitos'), ['course Mitosis elsewhere'])
    assert.deepEqual(await finds(learner, 'page mitosis'), ['item The mitosis page'])
    const administrator = await signedInClient(node, { role: 'administrator' })
    assert.deepEqual((await finds(administrator, 'mitosis', courseId)).slice(0, 1), ['course Mitosis for all'])
    assert.ok((await finds(administrator, 'mitosis')).includes('course Mitosis elsewhere'))
  })

  it('takes signs as they are, and pages without a gap', async () => {
    assert.deepEqual(await finds(teacher, '%'), [])
    assert.deepEqual(await finds(teacher, '_\\'), [])
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await teacher.request(searchRoutes.titles, { words: 'mitos', limit: 2, ...(after ? { after } : {}) })
      seen.push(...page.items.map(one => one.title))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, 6)
    assert.equal(seen.length, 6)
    await teacher.request(courseRoutes.create, { title: '100 % mitosis' })
    assert.deepEqual(await finds(teacher, '100 %'), ['course 100 % mitosis'])
  })

  describe('by any word', () => {
    let channelId: string
    const everything = async (words: string, more: object = {}) =>
      (await learner.request(searchRoutes.everything, { words, ...more })).items
    const said = async (words: string, more: object = {}) =>
      (await everything(words, more)).map(one =>
        one.excerpt.map(part => (part.hit ? `<${part.text}>` : part.text)).join(''),
      )
    const say = (text: string) => learner.call(channelCalls.send, { channelId: channelId as never, text })

    before(async () => {
      const { items } = await learner.request(inboxRoutes.list, { courseId: courseId as never })
      channelId = items.find(one => one.channel.form === 'chat')?.channel.id ?? assert.fail()
      for (const text of ['The ribosomes were dividing', 'A ribosome in a café', 'Golgi or ribosome, who knows'])
        await say(text)
    })

    it('knows endings and accents, what was ruled out, either of two, and what is half typed', async () => {
      assert.deepEqual(await said('ribosomes'), [
        'Golgi or <ribosome>, who knows',
        'A <ribosome> in a café',
        'The <ribosomes> were dividing',
      ])
      assert.deepEqual(await said('ribosome divides'), ['The <ribosomes> were <dividing>'])
      assert.deepEqual(await said('ribosome cafe'), ['A <ribosome> in a <café>'])
      assert.deepEqual(await said('ribosome -golgi -cafe '), ['The <ribosomes> were dividing'])
      assert.deepEqual((await said('golgi or café')).length, 2)
      assert.deepEqual(await said('"Golgi or ribosome"'), ['<Golgi> or <ribosome>, who knows'])
      assert.deepEqual(await said('"ribosome golgi"'), [])
      assert.deepEqual((await said('rib')).length, 3)
      assert.deepEqual(await said('rib '), [])
      // One or two letters begin half of all words there are, and so does what is left of a longer one.
      await say('Up to us, dear')
      await say('In the year')
      await say('An ox')
      for (const words of ['u', 'ye', 'ies', 'foo-ye', 'yé'] as const) assert.deepEqual(await said(words), [], words)
      assert.deepEqual(await said('yea'), ['In the <year>'])
      assert.deepEqual(await said('ox'), ['An <ox>'])
      // Absence alone would be all there is; stop words and signs are nothing.
      for (const words of ['-golgi', 'the', '!&|', "';", '\\', '"'] as const) assert.deepEqual(await said(words), [])
    })

    it('puts a title first, narrows to a kind and a course, and pages without a gap', async () => {
      const page = { courseId: courseId as never, title: 'Ribosome', body: 'What it is', published: true }
      await teacher.request(contentRoutes.createPage, page)
      const first = (await everything('ribosome'))[0]
      assert.deepEqual([first?.kind, first?.title], ['page', [{ text: 'Ribosome', hit: true }]])
      assert.deepEqual(
        (await everything('ribosome', { group: 'page' })).map(one => one.kind),
        ['page'],
      )
      assert.deepEqual(await everything('ribosome', { courseId: crypto.randomUUID() }), [])
      assert.equal((await everything('ribosome', { courseId })).length, 4)
      const ids: string[] = []
      let after: string | undefined
      do {
        const { items, next } = await learner.request(searchRoutes.everything, {
          words: 'ribosome',
          limit: 1,
          ...(after ? { after } : {}),
        })
        ids.push(...items.map(one => one.id))
        after = next
      } while (after)
      assert.deepEqual([ids.length, new Set(ids).size], [4, 4])
      await assert.rejects(learner.request(searchRoutes.everything, { words: 'ribosome', after: 'x' }), {
        code: 'malformed',
      })
    })

    it('takes words in the language of the course, and anew when that changes', async () => {
      const { messageId } = await say('Viele Häuser')
      assert.deepEqual(await said('Haus '), [])
      await teacher.request(courseRoutes.change, { courseId: courseId as never, version: 0, language: 'de' })
      assert.deepEqual(await said('Haus '), ['Viele <Häuser>'])
      await learner.call(channelCalls.edit, { messageId, version: 0, text: 'Viele Bäume' })
      assert.deepEqual([await said('Haus '), await said('baum ')], [[], ['Viele <Bäume>']])
      await learner.call(channelCalls.remove, { messageId })
      assert.deepEqual(await said('baum '), [])
      await teacher.request(courseRoutes.change, { courseId: courseId as never, version: 1, language: 'en' })
    })

    it('asks as much of the database with hundreds of places as with one', async () => {
      const who = {
        accountId:
          (await sql<{ author_id: never }>('select author_id from messages limit 1'))[0]?.author_id ?? assert.fail(),
        siteRole: 'administrator' as const,
      }
      const asked = async (find: typeof findEverything | typeof findTitles) => {
        let many = 0
        const counting = testCtx({
          sql: (text, values) => {
            many += 1
            return sql(text, values)
          },
        })
        await find(counting, who, { words: 'ribosome', limit: 50 })
        return many
      }
      const before = [await asked(findEverything), await asked(findTitles)]
      for (let made = 0; made < 3; made += 1) await makeCourse(`Ribosome ${made}`)
      assert.deepEqual(
        [[await asked(findEverything), await asked(findTitles)], before],
        [
          [9, 8],
          [9, 8],
        ],
      )
    })

    it('gives up in time, and slows down who never stops asking', async () => {
      await arrange(async ctx => {
        await ctx.sql('lock table search_entries in access exclusive mode')
        const from = Date.now()
        await assert.rejects(everything('ribosome'), { code: 'too-wide' })
        assert.ok(Date.now() - from < 10_000)
      })
      assert.ok((await everything('ribosome')).length > 0)
      const asked = await Promise.allSettled(
        Array.from({ length: 60 }, () => stranger.request(searchRoutes.everything, { words: 'nothing' })),
      )
      const refused = asked.flatMap(one => (one.status === 'rejected' ? [(one.reason as Problem).code] : []))
      assert.ok(refused.length > 0 && refused.every(code => code === 'slow-down'), refused.join())
    })

    it('is written anew while people write, and holds nothing of what is gone', async () => {
      const { messageId } = await say('Ribosome, once')
      await sql('delete from search_entries')
      await sql(
        `insert into search_entries (ref_id, kind, title, body, language, at, vector)
         values (gen_random_uuid(), 'page', 'ghost', '', 'simple', now(), to_tsvector('simple', 'ghost'))`,
      )
      assert.deepEqual(await said('ribosome'), [])
      const told: string[] = []
      const rebuilding = rebuildSearch(
        sql,
        work => arrange(ctx => work(ctx.sql)),
        one => told.push(`${one.source} ${one.done}/${one.of}`),
      )
      await Promise.all([rebuilding, learner.call(channelCalls.remove, { messageId }), say('Ribosome, twice')])
      assert.equal((await said('ribosome')).length, 5)
      assert.deepEqual(await said('once'), [])
      assert.equal((await sql("select from search_entries where title = 'ghost'")).length, 0)
      assert.ok(
        told.some(line => /^messages \d+\/\d+$/.test(line)),
        told.join(', '),
      )
    })
  })
})
