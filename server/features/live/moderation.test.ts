// Learners' own words in a class, with real sockets: what everybody sees is what the settings and the host let through,
// and what was taken away is nowhere any more: not on a screen, not in a snapshot, not in what is replayed.
import assert from 'node:assert/strict'
import type { Steer } from '#protocol/activities/staged.ts'
import { activityCalls, activityRoutes, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { realtimeCalls } from '#protocol/base/realtime.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, type RunId, runHostsScope, runScope } from '#protocol/live.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { eraseAccount } from '#server/features/accounts/index.ts'
import { addItem, createActivity } from '#server/features/activities/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

const prompt = (words: string): WrittenQuestion => ({ type: 'open', body: { prompt: words }, key: {} })
const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe("learners' own words", () => {
  let node: TestNode
  let course: Awaited<ReturnType<typeof makeCourse>>
  let host: TestClient
  let learners: TestClient[]

  before(async () => {
    node = await testNode()
    course = await makeCourse()
    host = await signedInClient(node, { accountId: course.instructorId })
    learners = []
    for (const name of ['Ada Learner', 'Ben Learner', 'Cleo Learner'])
      learners.push(await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', name) }))
  })

  const make = (kind: 'word-cloud' | 'open-text', settings: Record<string, unknown> = {}) =>
    arrange(
      async ctx => {
        const activity = await createActivity(ctx, {
          courseId: course.courseId,
          kind,
          title: kind,
          settings,
          place: true,
        })
        const item = await addItem(ctx, { activityId: activity.id, question: prompt(`About ${kind}`), points: '1' })
        return { activityId: activity.id, itemId: item.id }
      },
      { who: whoIs(course.instructorId) },
    )

  /** A class with this activity open on stage; whoever was there before is out of it. */
  async function open(kind: 'word-cloud' | 'open-text', settings: Record<string, unknown> = {}) {
    const { activityId, itemId } = await make(kind, settings)
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [activityId] })
    for (const learner of learners) await learner.request(liveRoutes.join, { runId: run.id })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const deliveryId = hosts.state().stage!.deliveryId
    const steer = async (what: Steer) => {
      const { step } = hosts.state().stage!
      const done = await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: what })
      await hosts.until(state => (state.stage?.step ?? 0) >= done.step)
    }
    await steer({ do: 'open' })
    return { runId: run.id, activityId, deliveryId, itemId, hosts, steer }
  }

  afterEach(async () => {
    const { items } = await host.request(liveRoutes.list, { courseId: course.courseId })
    for (const run of items) if (run.phase === 'open') await end(run.id)
  })

  type Place = { deliveryId: DeliveryId; itemId: ItemId }
  const send = (who: TestClient, { deliveryId, itemId }: Place, ...words: string[]) =>
    who.call(activityCalls.answer, { deliveryId, itemId, move: { words } })
  const write = (who: TestClient, { deliveryId, itemId }: Place, text: string) =>
    who.call(activityCalls.answer, { deliveryId, itemId, move: { text } })
  /** A moderating act, which everybody in the class hears of and its hosts; answers what `watcher` has of it. */
  const both = (watcher: TestClient, runId: RunId, act: () => Promise<unknown>) =>
    assertConverges(watcher, runScope, runId, () => assertConverges(host, runHostsScope, runId, act))
  const end = (runId: RunId) => host.call(liveCalls.end, { runId })
  const logOf = async (runId: RunId) =>
    JSON.stringify(await sql('select kind, body from events where scope = $1 order by seq', [`run:${runId}`]))

  it('shows words once enough people sent some; a hidden one is gone from every place and stays gone', async () => {
    const place = await open('word-cloud')
    const [ada, ben, cleo] = learners as [TestClient, TestClient, TestClient]
    const seen = await ada.subscribe(runScope, place.runId)
    const last = () => seen.fleeting.filter(one => one.kind === 'answered').at(-1)?.body
    await send(ada, place, 'Light', 'the', 'leaves')
    await send(ben, place, 'light', 'Bad word')
    await waitFor(() => last()?.answered === 2, 'two answers')
    assert.equal(last()?.shown, undefined, 'nobody sees words of fewer people than the settings say')
    await send(cleo, place, 'LIGHT!', 'leaf')
    await waitFor(() => last()?.shown, 'the words')
    assert.deepEqual(last()?.shown?.tally, {
      answered: 3,
      counts: { light: 3, 'Bad word': 1, leaf: 1, leaves: 1 },
    })
    assert.ok(!/Ada|Ben|Cleo/.test(JSON.stringify(seen.fleeting)))

    const { itemId, runId } = place
    const heard = await ben.subscribe(runScope, runId)
    const state = await both(ada, runId, () => place.steer({ do: 'hide', itemId, mark: 'bad word' }))
    // Whoever comes at that moment.
    const early = await cleo.subscribe(runScope, runId)
    assert.ok(!JSON.stringify([early.state(), early.fleeting]).includes('Bad word'), 'told to a newcomer')
    const view = state.stage?.view
    assert.ok(view?.kind === 'word-cloud')
    assert.deepEqual(view.result?.tally.counts, { light: 3, leaf: 1, leaves: 1 })
    const told = await heard.until(now => now.stage?.view.result !== null, 'the same for Ben')
    assert.deepEqual(told.stage?.view.result?.tally.counts, view.result?.tally.counts)
    // Who sends it again and who comes now: nobody is told.
    const framesBefore = ben.frames.length
    await send(ben, place, 'light', 'Bad word', 'sun')
    await waitFor(() => last()?.shown?.tally.counts.sun === 1, 'the new word')
    const late = await cleo.subscribe(runScope, runId)
    const toldLater = JSON.stringify([ben.frames.slice(framesBefore), late.state(), late.fleeting, last()])
    assert.ok(!toldLater.includes('Bad word'), 'a hidden word was told again')
    const replayed = await cleo.call(realtimeCalls.subscribe, { scope: `run:${runId}`, since: 0 })
    assert.ok(!JSON.stringify(replayed).includes('Bad word'))
    assert.ok(!(await logOf(runId)).includes('Bad word'), 'the log keeps a hidden word')
    // Hosts have it, with the way back.
    const hostView = place.hosts.state().stage?.view
    assert.ok(hostView?.kind === 'word-cloud')
    assert.deepEqual(hostView.moderation, { shown: [], hidden: ['bad word'], banned: [], merged: {} })

    await both(ada, runId, () => place.steer({ do: 'merge', itemId, mark: 'leaf', into: 'leaves' }))
    await place.steer({ do: 'lock' })
    await place.hosts.until(now => now.stage?.view.phase === 'closed')
    await place.steer({ do: 'reveal' })
    const shown = await seen.until(now => now.stage?.view.phase === 'revealed')
    assert.deepEqual(shown.stage?.view.result?.tally, { answered: 3, counts: { light: 3, leaves: 2, sun: 1 } })
    // A ban after the reveal takes the word out of what was revealed, whole words only.
    await both(ben, runId, () => place.steer({ do: 'ban', itemId, mark: 'sun' }))
    await seen.until(now => !JSON.stringify(now).includes('sun'))
    assert.ok(!(await logOf(runId)).includes('"sun"'), 'the log keeps a banned word')
    await both(ben, runId, () => place.steer({ do: 'show', itemId, mark: 'sun' }))
    await seen.until(now => JSON.stringify(now).includes('"sun"'), 'the word let in again')
    await end(runId)
    const afterwards = {
      runId,
      deliveryId: place.deliveryId,
      step: 0,
      steer: { do: 'hide' as const, itemId, mark: 'light' },
    }
    await assert.rejects(host.call(liveCalls.steer, afterwards), refusedAs('class-over'))
    // What was written is in the record, whatever was hidden, and counts for taking part.
    const { items } = await host.request(activityRoutes.responses, { activityId: place.activityId })
    assert.ok(items.some(one => 'words' in one.move && one.move.words.includes('Bad word')))
    const recap = (await ben.request(liveRoutes.recap, { runId })).items
    assert.deepEqual(
      recap.map(one => [one.move, one.result]),
      [[{ words: ['light', 'Bad word', 'sun'] }, null]],
    )
  })

  it('lets each word wait for a host where the settings say so, and tells nobody how many wait', async () => {
    const place = await open('word-cloud', { moderated: true, atLeast: 0, words: 2 })
    const [ada, ben] = learners as [TestClient, TestClient, TestClient]
    const seen = await ada.subscribe(runScope, place.runId)
    await assert.rejects(send(ada, place, 'one', 'two', 'three'), refusedAs('answer-unfit'))
    await assert.rejects(write(ada, place, 'one'), refusedAs('answer-unfit'))
    await assert.rejects(send(ada, place, '\u200b\u202e'), refusedAs('answer-unfit'))
    await assert.rejects(send(ada, place, 'x'.repeat(10_000)), refusedAs('malformed'))
    await send(ada, place, 'Waiting', '<i>mark</i>')
    await send(ben, place, 'Second')
    await waitFor(
      () => place.hosts.fleeting.some(one => one.kind === 'tally' && one.body.tally.counts.Second),
      'hosts see',
    )
    await both(ben, place.runId, () => place.steer({ do: 'show', itemId: place.itemId, mark: 'second' }))
    const state = await seen.until(now => now.stage?.view.result !== null)
    assert.deepEqual(state.stage?.view.result?.tally, { answered: 2, counts: { Second: 1 } })
    assert.ok(!/Waiting|mark/.test(JSON.stringify([ada.frames, ben.frames])), 'a word was told before it was let in')
    for (const who of [ada, ben])
      await assert.rejects(
        who.call(liveCalls.steer, {
          runId: place.runId,
          deliveryId: place.deliveryId,
          step: 1,
          steer: { do: 'show', itemId: place.itemId, mark: 'waiting' },
        }),
        refusedAs('not-allowed'),
      )
    await end(place.runId)
  })

  it('sends one frame for 2,000 different words, and no more than a hundred of them', async () => {
    const place = await open('word-cloud', { atLeast: 0, words: 10 })
    const [ada] = learners as [TestClient, TestClient, TestClient]
    // Straight into the record: what matters is what is made of it.
    await sql(
      `with crowd as (
         insert into accounts (id, kind, name, site_role, created_at)
         select gen_random_uuid(), 'guest', 'Crowd ' || n, 'guest', now() from generate_series(1, 200) n returning id
       ), seated as (
         insert into attempts (id, delivery_id, account_id, started_at)
         select gen_random_uuid(), $1, id, now() from crowd returning id, account_id
       )
       insert into responses (id, delivery_id, attempt_id, item_id, question_version_id, revision, author, operation, move, at)
       select gen_random_uuid(), $1, s.id, $2, (select question_version_id from activity_items where id = $2), 1,
              s.account_id, gen_random_uuid(),
              jsonb_build_object('words', (select jsonb_agg('word ' || s.n || ' ' || k) from generate_series(1, 10) k)), now()
         from (select id, account_id, row_number() over () as n from seated) s`,
      [place.deliveryId, place.itemId],
    )
    await send(ada, place, 'mine')
    const seen = await ada.subscribe(runScope, place.runId)
    const frame = await waitFor(
      () => seen.fleeting.filter(one => one.kind === 'answered' && one.body.answered === 201).at(-1),
      'the frame',
    )
    assert.ok(frame.kind === 'answered' && frame.body.shown)
    const { counts, others } = frame.body.shown.tally
    assert.equal(Object.keys(counts).length, 100)
    assert.ok((others ?? 0) > 1_000, String(others))
    assert.ok(JSON.stringify(frame).length < 5_000)
    await end(place.runId)
  })

  it('keeps no text of somebody who was erased, earlier versions included; that they answered stays', async () => {
    const place = await open('open-text')
    const { activityId, deliveryId, itemId } = place
    const accountId = await makePerson(course.courseId, 'learner', 'Dora Leaves')
    const dora = await signedInClient(node, { accountId })
    await dora.request(liveRoutes.join, { runId: place.runId })
    await write(dora, place, 'My street and number')
    await write(dora, place, 'My street')
    // Two of hers are on everybody's screen by now, one of them in a class that is over.
    const show = async ({ steer, itemId, deliveryId, activityId }: typeof place) => {
      const { items } = await host.request(activityRoutes.written, { activityId, deliveryId, itemId })
      await steer({ do: 'show', itemId, mark: items[0]?.responseId ?? assert.fail() })
    }
    await show(place)
    await end(place.runId)
    const next = await open('open-text')
    await dora.request(liveRoutes.join, { runId: next.runId })
    await write(dora, next, 'My street again')
    await show(next)
    const ben = await learners[1]!.subscribe(runScope, next.runId)
    assert.ok(JSON.stringify(ben.state()).includes('street'))
    await node.as(whoIs(course.instructorId)).act(ctx => eraseAccount(ctx, accountId))
    await ben.until(state => !JSON.stringify(state).includes('street'), 'the words to leave the screens')
    const logged = "select scope, kind from events where body::text like '%street%'"
    await waitFor(async () => (await sql(logged)).length === 0, 'the words to leave every log')
    // Nor does a node tell them again from its memory, of the class that is over neither.
    for (const [who, scope, at] of [
      [learners[1]!, 'run', place.runId],
      [learners[1]!, 'run', next.runId],
      [host, 'run-hosts', place.runId],
      [host, 'run-hosts', next.runId],
    ] as const) {
      const before = who.frames.length
      const { mode } = await who.call(realtimeCalls.subscribe, { scope: `${scope}:${at}`, since: 0 })
      assert.equal(mode, 'snapshot')
      assert.ok(!JSON.stringify(who.frames.slice(before)).includes('street'), `${scope} tells them again`)
    }
    await assertConverges(learners[1]!, runScope, next.runId, () => next.steer({ do: 'lock' }))
    const states = await sql('select shared from deliveries where id = any($1::uuid[])', [
      [deliveryId, next.deliveryId],
    ])
    assert.ok(JSON.stringify(states).includes('–') && !JSON.stringify(states).includes('street'))
    const kept = await sql('select move from responses where author = $1', [accountId])
    assert.equal(kept.length, 3)
    assert.ok(!JSON.stringify(kept).includes('street'))
    const { count } = await host.request(activityRoutes.written, { activityId, deliveryId, itemId })
    assert.equal(count, 1)
  })

  it('shows a text when a host says so, as it was then and without its writer', async () => {
    const place = await open('open-text')
    const [ada, ben] = learners as [TestClient, TestClient, TestClient]
    const { runId, deliveryId, itemId, activityId } = place
    const seen = await ben.subscribe(runScope, runId)
    for (const text of ['', 'x'.repeat(1_001)]) await assert.rejects(write(ada, place, text), refusedAs('malformed'))
    await assert.rejects(write(ada, place, ' \u200b '), refusedAs('answer-unfit'))
    await write(ada, place, 'First <b>draft</b>')
    await write(ada, place, 'My secret thought')
    await write(ben, place, 'Something else')
    const list = () => host.request(activityRoutes.written, { activityId, deliveryId, itemId })
    const { items, count } = await list()
    assert.deepEqual(
      [count, items.map(one => [one.name, one.text, one.revision])],
      [
        2,
        [
          ['Ben Learner', 'Something else', 1],
          ['Ada Learner', 'My secret thought', 2],
        ],
      ],
    )
    await assert.rejects(
      ben.request(activityRoutes.written, { activityId, deliveryId, itemId }),
      refusedAs('not-allowed'),
    )
    const mark = items[1]!.responseId
    assert.ok(!/secret|draft/.test(JSON.stringify(ben.frames)))
    await assert.rejects(place.steer({ do: 'show', itemId, mark: runId }), refusedAs('not-found'))
    const shown = await both(ben, runId, () => place.steer({ do: 'show', itemId, mark }))
    assert.ok(shown.stage?.view.kind === 'open-text')
    assert.deepEqual(shown.stage.view.shown, [{ number: 1, text: 'My secret thought' }])
    assert.ok(!JSON.stringify(shown).includes(mark), 'a response is named to its peers')
    assert.ok(!JSON.stringify(ben.frames).includes('Ada Learner'))
    // Changed afterwards, it has to be shown anew.
    await write(ada, place, 'My other thought')
    assert.ok(!JSON.stringify(await seen.until(() => true)).includes('other'))
    await both(ben, runId, () => place.steer({ do: 'hide', itemId, mark }))
    assert.ok(!(await logOf(runId)).includes('secret'), 'the log keeps a text that was taken off')
    const late = await learners[2]!.subscribe(runScope, runId)
    assert.ok(!/secret|other/.test(JSON.stringify([late.state(), late.fleeting])))
    await end(runId)
    const recap = (await ada.request(liveRoutes.recap, { runId })).items
    assert.deepEqual(recap[0]?.move, { text: 'My other thought' })
  })

  it('gives words at home as in class: one query has both, taking part counts in the same column', async () => {
    const place = await open('word-cloud', { atLeast: 0 })
    const [ada, ben] = learners as [TestClient, TestClient, TestClient]
    await send(ada, place, 'in class')
    await place.steer({ do: 'lock' })
    await place.hosts.until(state => state.stage?.view.phase === 'closed')
    const run = (await ada.request(liveRoutes.list, { courseId: course.courseId })).items[0]!
    await end(place.runId)
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const { id } = await host.request(quizRoutes.assign, {
      activityId: place.activityId,
      dueAt,
      gradeItemId: run.gradeItemId,
    })
    await send(ben, { deliveryId: id, itemId: place.itemId }, 'at home', 'late')
    await ben.request(quizRoutes.finish, { deliveryId: id })
    const { items } = await host.request(activityRoutes.responses, { activityId: place.activityId })
    assert.deepEqual(
      items.map(one => [one.mode, one.move, one.counted, one.score]),
      [
        ['live', { words: ['in class'] }, true, null],
        ['homework', { words: ['at home', 'late'] }, true, null],
      ],
    )
    const { items: table } = await host.request(gradeRoutes.table, { courseId: course.courseId })
    const answered = (name: string) =>
      table.find(row => row.name === name)?.cells.find(cell => cell.gradeItemId === run.gradeItemId)?.answered
    assert.deepEqual([answered('Ada Learner'), answered('Ben Learner')], [1, 1])
    const why = await host.request(gradeRoutes.explain, {
      gradeItemId: run.gradeItemId,
      accountId: table.find(row => row.name === 'Ben Learner')?.accountId ?? '',
    })
    assert.deepEqual(
      why.items[0]?.responses.map(one => one.move),
      [{ words: ['at home', 'late'] }],
    )
    const csv = await host.raw('GET', `/runs/${place.runId}/report.csv`)
    assert.match(await csv.text(), /Ada Learner/)
  })
})
