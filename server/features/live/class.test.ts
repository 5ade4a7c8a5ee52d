// A class from its start to its grades, with real people's sockets: one acts, the others watch.
import assert from 'node:assert/strict'
import { activityCalls, activityRoutes } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { courseScope } from '#protocol/courses.ts'
import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { liveCalls, liveRoutes, type RunId, runHostsScope, runScope } from '#protocol/live.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { removeItem } from '#server/features/activities/actions/items.ts'
import { steerDelivery } from '#server/features/activities/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { guestClient, makeCourse, makePerson, makeQuiz, question, startClass } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { crossed } from '#server/test/crossing.ts'
import { signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { pickedIn } from '#server/test/record.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { mostOnAgenda } from './actions/stage.ts'

const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('a live class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode({ redis: true })
  })

  async function learnerIn(courseId: Parameters<typeof makePerson>[0], runId: RunId, name: string) {
    const client = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    await client.request(liveRoutes.join, { runId })
    return client
  }

  const stageStep = async (host: TestClient, runId: RunId) => {
    const scope = await host.subscribe(runHostsScope, runId)
    return scope
  }

  it('runs from start to grade: join by code, answer, lock, late refused, reveal, talk, end', async () => {
    const { run, code, host, quiz, course } = await startClass(node)
    const learner = await learnerIn(course.courseId, run.id, 'Lena Learner')
    const guest = await guestClient(node, code, 'Gus Guest')
    const hosts = await stageStep(host, run.id)
    const seen = await learner.subscribe(runScope, run.id)
    await guest.subscribe(runScope, run.id)
    const stage = seen.state().stage
    assert.equal(stage?.view.phase, 'waiting')
    assert.equal(hosts.state().agenda[0]?.items, 2)
    const deliveryId = stage!.deliveryId
    const [itemId] = quiz.itemIds

    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: stage!.step, steer: { do: 'open' } })
    await seen.until(state => state.stage?.view.phase === 'open')
    for (const [who, option] of [
      [learner, 'b'],
      [guest, 'a'],
    ] as const)
      await who.call(activityCalls.answer, { deliveryId, itemId: itemId!, move: { optionIds: [option] } })
    await waitFor(
      () => hosts.fleeting.some(one => one.kind === 'tally' && one.body.tally.answered === 2),
      'the tally of two',
    )
    await waitFor(
      () => seen.fleeting.some(one => one.kind === 'answered' && one.body.answered === 2),
      'the number of those who answered',
    )
    // Who comes late gets the state of the moment, numbers too.
    const late = await (await guestClient(node, code, 'Nora Later')).subscribe(runScope, run.id)
    assert.equal(late.state().stage?.view.phase, 'open')
    assert.ok(late.fleeting.some(one => one.kind === 'answered' && one.body.answered === 2))
    assert.ok(late.fleeting.some(one => one.kind === 'presence'))
    await assert.rejects(
      host.call(activityCalls.answer, { deliveryId, itemId: itemId!, move: { optionIds: ['b'] } }),
      refusedAs('not-for-hosts'),
    )

    const step = hosts.state().stage!.step
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'lock' } })
    await assert.rejects(
      host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'lock' } }),
      refusedAs('conflict'),
    )
    await assert.rejects(
      guest.call(activityCalls.answer, { deliveryId, itemId: itemId!, move: { optionIds: ['b'] } }),
      refusedAs('late'),
    )
    await seen.until(state => state.stage?.view.phase === 'closed', 'the close that nobody steered')
    assert.equal(seen.state().stage?.view.result, null)
    const { fleeting } = await (await guestClient(node, code, 'Otto Last')).subscribe(runScope, run.id)
    assert.ok(fleeting.some(one => one.kind === 'answered' && one.body.answered === 2))
    await host.call(liveCalls.steer, {
      runId: run.id,
      deliveryId,
      step: (await hosts.until(state => state.stage?.view.phase === 'closed')).stage!.step,
      steer: { do: 'reveal' },
    })
    const revealed = await seen.until(state => state.stage?.view.phase === 'revealed')
    const { result } = revealed.stage!.view
    assert.deepEqual(result?.tally, { answered: 2, counts: { a: 1, b: 1 } })

    const chat = await learner.subscribe(channelScope, run.channelId)
    await guest.call(channelCalls.send, { channelId: run.channelId, text: 'That was quick' })
    assert.equal((await chat.event('messageSent')).body.message.authorName, 'Gus Guest')

    // The second item is answered and never revealed.
    const { step: then } = (await hosts.until(state => state.stage?.view.phase === 'revealed')).stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: then, steer: { do: 'next' } })
    const hidden = { deliveryId, itemId: quiz.itemIds[1]!, move: { optionIds: ['c'] } }
    await guest.call(activityCalls.answer, hidden)
    await host.call(liveCalls.end, { runId: run.id })
    const ended = await seen.until(state => state.run.phase === 'ended')
    assert.equal(ended.stage, null)
    assert.equal(ended.run.code, null)
    const recap = (await guest.request(liveRoutes.recap, { runId: run.id })).items
    assert.deepEqual(
      recap.map(({ move, result }) => [pickedIn(move), pickedIn(result?.key), Number(result?.score)]),
      [
        [['a'], ['b'], 0],
        [['c'], undefined, Number.NaN],
      ],
    )
    const own = (await learner.request(liveRoutes.recap, { runId: run.id })).items
    assert.deepEqual([pickedIn(own[0]?.move), own[0]?.result?.score, own[1]?.move], [['b'], '1', null])
    await assert.rejects((await strangerClient(node)).request(liveRoutes.recap, { runId: run.id }))
    await chat.until(state => !state.channel.open, 'the chat to close')
    await assert.rejects(
      guest.call(channelCalls.send, { channelId: run.channelId, text: 'Too late' }),
      refusedAs('class-over'),
    )
    // Not before the question that was open has closed: taking part in one of two, right in one of two.
    const grades = await waitFor(async () => {
      const mine = await learner.request(gradeRoutes.mine, { courseId: course.courseId })
      return mine.cells.length > 0 ? mine : undefined
    }, 'the grade')
    assert.equal(grades.cells.length, 1)
    assert.equal(grades.cells[0]?.gradeItemId, ended.run.gradeItemId)
    assert.equal(Number(grades.cells[0]?.score), 5)
    // A guest is told theirs on the same scale.
    const { grade } = await guest.request(liveRoutes.recap, { runId: run.id })
    assert.deepEqual([grade?.gradeItemId, Number(grade?.points), grade?.answered], [ended.run.gradeItemId, 10, 2])
    const stranger = await strangerClient(node)
    // Right, and too late; a wrong one is another thing.
    await assert.rejects(stranger.request(liveRoutes.look, { code }), refusedAs('class-over'))
    await assert.rejects(stranger.request(liveRoutes.look, { code: 'ZZZZZZ' }), refusedAs('code-unknown'))
    await host.call(liveCalls.end, { runId: run.id })
  })

  it('converges for everybody, hosts and the chat, with every steer', async () => {
    const { run, host, course, quiz } = await startClass(node, ['One', 'Two'])
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const hosts = await host.subscribe(runHostsScope, run.id)
    const deliveryId = hosts.state().stage!.deliveryId
    const steer = (action: 'open' | 'pause' | 'resume' | 'lock' | 'reveal' | 'next' | 'finish') => () =>
      host.call(liveCalls.steer, {
        runId: run.id,
        deliveryId,
        step: hosts.state().stage!.step,
        steer: { do: action },
      })
    const both = (act: () => Promise<unknown>) =>
      assertConverges(learner, runScope, run.id, () => assertConverges(host, runHostsScope, run.id, act))
    await both(steer('open'))
    await both(steer('pause'))
    await both(steer('resume'))
    await learner.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    await both(async () => {
      await steer('lock')()
      await hosts.until(state => state.stage?.view.phase === 'closed')
    })
    await both(steer('reveal'))
    await both(steer('next'))
    const second = await makeQuiz(course, ['Three'])
    await assertConverges(host, runHostsScope, run.id, () =>
      host.call(liveCalls.addActivity, { runId: run.id, activityId: second.activityId }),
    )
    const other = hosts.state().agenda[1]!.deliveryId
    await both(() => host.call(liveCalls.putOnStage, { runId: run.id, deliveryId: other }))
    await both(() => host.call(liveCalls.putOnStage, { runId: run.id, deliveryId: null }))
    const asked = await both(() =>
      host.call(liveCalls.ask, { runId: run.id, kind: 'poll', question: question('And now'), limitSeconds: null }),
    )
    assert.equal(asked.stage?.view.phase, 'open')
    assert.equal(asked.stage?.view.kind, 'poll')
    const book = await host.subscribe(gradebookScope, course.courseId)
    const { changes } = book.state()
    const said = () => host.call(channelCalls.send, { channelId: run.channelId, text: 'Well done' })
    await assertConverges(learner, channelScope, run.channelId, said)
    const chat = await learner.subscribe(channelScope, run.channelId)
    const closed = await assertConverges(learner, channelScope, run.channelId, async () => {
      await assertConverges(host, runHostsScope, run.id, () =>
        assertConverges(host, gradebookScope, course.courseId, async () => {
          await assertConverges(learner, courseScope, course.courseId, () =>
            both(() => host.call(liveCalls.end, { runId: run.id })),
          )
          // What was asked last still takes answers for a moment: the grades stand when it has closed.
          await book.until(state => state.changes > changes, 'the grades')
        }),
      )
      await chat.until(state => !state.channel.open, 'the chat to close')
    })
    assert.deepEqual([closed.channel.open, closed.messages.at(-1)?.text], [false, 'Well done'])
  })

  it('has its grades in the gradebook with its end, where nothing is open any more', async () => {
    const { run, host, course, quiz } = await startClass(node, ['One'])
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage!
    const opened = await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    await learner.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: opened.step, steer: { do: 'lock' } })
    await hosts.until(state => state.stage?.view.phase === 'closed')
    await assertConverges(host, gradebookScope, course.courseId, () => host.call(liveCalls.end, { runId: run.id }))
    const { cells } = await learner.request(gradeRoutes.mine, { courseId: course.courseId })
    assert.deepEqual([cells[0]?.gradeItemId, Number(cells[0]?.score)], [run.gradeItemId, 10])
  })

  it('ends while a question that was finished still closes, and counts what was answered there', async () => {
    const { run, host, quiz, code, course } = await startClass(node)
    const guest = await guestClient(node, code, 'Guest')
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId } = hosts.state().stage!
    const steer = async (what: 'open' | 'finish') => {
      const { step } = hosts.state().stage!
      const done = await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: what } })
      await hosts.until(state => (state.stage?.step ?? 0) >= done.step)
    }
    await steer('open')
    await guest.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    await steer('finish')
    await host.call(liveCalls.end, { runId: run.id })
    await waitFor(async () => {
      const { items } = await host.request(gradeRoutes.table, { courseId: course.courseId })
      return items.some(one => one.name === 'Guest' && one.cells.length === 1)
    }, 'the grade of what was answered as it closed')
  })

  it('gives no byte of a key to a learner before the reveal, on any channel', async () => {
    const course = await makeCourse()
    const host = await signedInClient(node, { accountId: course.instructorId })
    const quiz = await makeQuiz(course, ['Plain one', 'Second unasked canary'])
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [quiz.activityId] })
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const got: string[] = []
    // A feed is one string of JSON: kept as it came, so that quotes are not escaped twice.
    learner.socket.onAny((_event, ...values: unknown[]) => {
      for (const value of values) got.push(typeof value === 'string' ? value : JSON.stringify(value))
    })
    const seen = await learner.subscribe(runScope, run.id)
    got.push(JSON.stringify(seen.state()))
    await learner.subscribe(courseScope, course.courseId)
    const hosts = await host.subscribe(runHostsScope, run.id)
    const deliveryId = hosts.state().stage!.deliveryId
    for (const steer of ['open', 'lock'] as const) {
      const { step } = hosts.state().stage!
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: steer } })
      await hosts.until(state => state.stage?.view.phase === (steer === 'open' ? 'open' : 'closed'))
      if (steer === 'open')
        got.push(
          JSON.stringify(
            await learner.call(activityCalls.answer, {
              deliveryId,
              itemId: quiz.itemIds[0]!,
              move: { optionIds: ['a'] },
            }),
          ),
        )
    }
    await seen.until(state => state.stage?.view.phase === 'closed')
    got.push(JSON.stringify(await learner.call(activityCalls.seat, { deliveryId })))
    for (const path of [
      `/activities/${quiz.activityId}`,
      `/activities/${quiz.activityId}/responses`,
      `/courses/${course.courseId}/activities`,
      `/courses/${course.courseId}/questions`,
      `/courses/${course.courseId}/runs`,
      `/runs/${run.id}/roster`,
      `/runs/${run.id}/recap`,
      `/courses/${course.courseId}/grades/mine`,
      `/join/${run.code}`,
    ])
      got.push(await (await learner.raw('GET', path)).text())
    await assert.rejects(learner.subscribe(runHostsScope, run.id), refusedAs('not-allowed'))
    const withKey = () => /"key":\{|"optionIds":\["b"\]/.test(got.join('\n'))
    const all = got.join('\n')
    assert.ok(all.includes('Plain one'))
    assert.ok(!withKey(), 'a key was seen')
    assert.ok(!all.includes('unasked canary'), 'a question that was not asked yet was seen')
    // The net does catch it once it is there to be seen.
    const { step } = hosts.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'reveal' } })
    await seen.until(state => state.stage?.view.phase === 'revealed')
    assert.ok(withKey())
    const recap = await (await learner.raw('GET', `/runs/${run.id}/recap`)).text()
    assert.ok(recap.includes('"key":{'), 'the recap tells what was revealed')
    assert.ok(!recap.includes('unasked canary'))
  })

  it('shows the class no words that one person alone made up, and its hosts all of them', async () => {
    const { run, code, host, course } = await startClass(node, ['Before'])
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const guests = [await guestClient(node, code, 'Gus'), await guestClient(node, code, 'Gabi')]
    const seen = await learner.subscribe(runScope, run.id)
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, itemId } = await host.call(liveCalls.ask, {
      runId: run.id,
      kind: 'quiz',
      question: { type: 'short-text', body: { prompt: 'Capital' }, key: { accepted: ['Paris'], ignores: ['case'] } },
      limitSeconds: null,
    })
    const words = ['Rude canary', 'Rome', 'rome', 'paris']
    for (const [at, who] of [learner, ...guests, await guestClient(node, code, 'Gil')].entries())
      await who.call(activityCalls.answer, { deliveryId, itemId, move: { text: words[at]! } })
    const steer = async (phase: string, act: 'lock' | 'reveal') => {
      const { stage } = await hosts.until(state => state.stage?.view.phase === phase)
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: stage!.step, steer: { do: act } })
    }
    await steer('open', 'lock')
    await steer('closed', 'reveal')
    const { stage } = await seen.until(state => state.stage?.view.phase === 'revealed')
    assert.deepEqual(stage?.view.result?.tally, { answered: 4, counts: { Rome: 2, paris: 1 }, others: 1 })
    const told = await hosts.until(state => state.stage?.view.phase === 'revealed')
    assert.equal(told.stage?.view.result?.tally.counts['Rude canary'], 1)
    // The projector hears what everybody hears.
    assert.ok(!JSON.stringify((await host.subscribe(runScope, run.id)).state()).includes('canary'))
    assert.ok(!JSON.stringify([...learner.frames, ...guests.flatMap(one => one.frames)]).includes('canary'))
    await host.call(liveCalls.end, { runId: run.id })
  })

  it('closes at the deadline with no host there, judged by arrival', async () => {
    const { run, host, course, quiz } = await startClass(node, ['Timed'], { limitSeconds: 5 })
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const seen = await learner.subscribe(runScope, run.id)
    const { deliveryId, step } = seen.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    host.close()
    const open = await seen.until(state => state.stage?.view.phase === 'open')
    const closesAt = Date.parse(open.stage!.view.closesAt!)
    const answer = () =>
      learner.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    const frame = learner.frames.length
    await answer()
    await waitFor(() => Date.now() > closesAt + 5, 'the deadline', 8_000)
    await assert.rejects(answer(), refusedAs('late'))
    await seen.until(state => state.stage?.view.phase === 'closed')
    const closed = learner.frames.slice(frame).find(one => one.k === 'staged')
    assert.ok(closed?.t, 'the close came as an event')
    const after = Date.parse(closed.t) - closesAt
    assert.ok(after >= 450 && after < 8_000, `written when the flush was over, after ${after} ms`)
  })

  it('opens no question that is taken out of its quiz meanwhile, and takes none out that is being opened', async () => {
    const { run, host, quiz } = await startClass(node, ['One', 'Two'])
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId } = hosts.state().stage ?? assert.fail()
    const [one, two] = quiz.itemIds
    const takeOut = (itemId: typeof one) =>
      host.request(activityRoutes.removeItem, { activityId: quiz.activityId, itemId: itemId ?? assert.fail() })
    await crossed(
      node.as({ kind: 'nobody' }),
      ctx => removeItem(ctx, { activityId: quiz.activityId, itemId: two ?? assert.fail() }),
      () =>
        assert.rejects(
          node
            .as({ kind: 'nobody' })
            .act(ctx => steerDelivery(ctx, deliveryId, { step: 0, steer: { do: 'open', itemId: two } })),
          refusedAs('not-found'),
        ),
    )
    await crossed(
      node.as({ kind: 'nobody' }),
      ctx => steerDelivery(ctx, deliveryId, { step: 0, steer: { do: 'open', itemId: one } }),
      () => assert.rejects(takeOut(one), refusedAs('in-use')),
    )
  })

  it('has room for so many activities on its agenda, and says so', async () => {
    const { run, host, course, quiz } = await startClass(node)
    const another = await makeQuiz(course, ['Three'])
    await sql(
      `with given as (
         insert into deliveries (id, activity_id, mode, shared, created_at)
         select gen_random_uuid(), $2, 'live', d.shared, now() from generate_series(2, $3), run_deliveries r
           join deliveries d on d.id = r.delivery_id where r.run_id = $1 returning id
       )
       insert into run_deliveries (run_id, delivery_id, activity_id, position, kind, title, items, asked, done)
       select $1, id, $2, row_number() over (), 'quiz', 'Filler', 1, 0, false from given`,
      [run.id, quiz.activityId, mostOnAgenda],
    )
    await assert.rejects(host.call(liveCalls.addActivity, { runId: run.id, activityId: another.activityId }), {
      ...{ code: 'too-many', params: { most: mostOnAgenda } },
    })
  })

  it('tells whoever comes no older count than was told before', async () => {
    const { run, code, host, course } = await startClass(node, ['One'], { limitSeconds: null })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const stage = hosts.state().stage ?? assert.fail()
    const { deliveryId } = stage
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: stage.step, steer: { do: 'open' } })
    await hosts.until(state => state.stage?.view.phase === 'open')
    const itemId = hosts.state().stage?.view.item?.id ?? assert.fail()
    const countOf = ({ fleeting }: typeof hosts) => {
      const last = fleeting.findLast(one => one.kind === 'tally')
      return last?.kind === 'tally' ? last.body.tally.answered : 0
    }
    const guests = []
    for (let n = 1; n <= 6; n++) guests.push(await guestClient(node, code, `Guest ${n}`))
    const again = await signedInClient(node, { accountId: course.instructorId })
    for (const [n, guest] of guests.entries()) {
      // Who comes has the numbers read, just before one of them changes.
      await guest.subscribe(runScope, run.id)
      await guest.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: ['b'] } })
      await waitFor(() => countOf(hosts) === n + 1, 'the count')
      assert.equal(countOf(await again.subscribe(runHostsScope, run.id)), n + 1)
    }
  })

  it('shows a question anew that is changed while it is open, and says so to who answers what it was before', async () => {
    const { run, host, course, quiz } = await startClass(node, ['With a slip'], { limitSeconds: null })
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const seen = await learner.subscribe(runScope, run.id)
    const { deliveryId, step } = seen.state().stage!
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    const itemId = quiz.itemIds[0]!
    const answer = (id: string) => learner.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: [id] } })
    const single = (prompt: string, ...ids: string[]): WrittenQuestion => ({
      type: 'single',
      body: { prompt, options: ids.map(id => ({ id, text: `Option ${id}` })) },
      key: { optionIds: [ids[1] ?? ''] },
    })
    // In the words alone first: the key stands, and the class reads the new ones all the same.
    const change = { activityId: quiz.activityId, itemId }
    await host.request(activityRoutes.changeItem, {
      ...change,
      version: 0,
      question: single('Without one', 'a', 'b', 'c', 'd'),
    })
    await seen.until(state => state.stage?.view.item?.asked.body.prompt === 'Without one', 'the other words')
    await assertConverges(host, runHostsScope, run.id, () =>
      assertConverges(learner, runScope, run.id, async () => {
        await host.request(activityRoutes.changeItem, {
          ...change,
          version: 1,
          question: single('Without one', 'a2', 'b2'),
        })
        await seen.until(state => JSON.stringify(state.stage?.view.item?.asked).includes('"b2"'), 'the other options')
      }),
    )
    await assert.rejects(answer('b'), refusedAs('answer-unfit'))
    assert.equal((await answer('b2')).revision, 1)
    await host.call(liveCalls.end, { runId: run.id })
    // A class that is over hears of a correction when it is committed: whoever reads then finds it.
    const { type, body } = single('Without one', 'a2', 'b2')
    await host.request(activityRoutes.changeItem, {
      ...change,
      version: 2,
      question: { type, body, key: { optionIds: ['a2'] } } as WrittenQuestion,
    })
    await waitFor(() => seen.fleeting.some(one => one.kind === 'corrected'), 'the correction')
  })

  it('lets one open class a course be, whoever starts at the same moment', async () => {
    const course = await makeCourse()
    const helper = await makePerson(course.courseId, 'assistant', 'Ada Assistant')
    const clients = [
      await signedInClient(node, { accountId: course.instructorId }),
      await signedInClient(node, { accountId: helper }),
    ]
    const starts = await Promise.allSettled(
      clients.map(client => client.request(liveRoutes.start, { courseId: course.courseId, activityIds: [] })),
    )
    const [refused] = starts.filter(one => one.status === 'rejected')
    assert.equal(starts.filter(one => one.status === 'fulfilled').length, 1)
    assert.ok(refusedAs('already-running')(refused?.reason))
    const learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
    await assert.rejects(
      learner.request(liveRoutes.start, { courseId: course.courseId, activityIds: [] }),
      refusedAs('not-allowed'),
    )
  })

  it('lets a co-host go on when the host is gone, and a learner not', async () => {
    const { run, host, course } = await startClass(node)
    const helper = await signedInClient(node, { accountId: await makePerson(course.courseId, 'assistant', 'Ada') })
    assert.equal((await helper.request(liveRoutes.join, { runId: run.id })).role, 'host')
    const hosts = await helper.subscribe(runHostsScope, run.id)
    host.close()
    const { deliveryId, step } = hosts.state().stage!
    const learner = await learnerIn(course.courseId, run.id, 'Lena')
    const steer = { runId: run.id, deliveryId, step, steer: { do: 'open' as const } }
    await assert.rejects(learner.call(liveCalls.steer, steer), refusedAs('not-allowed'))
    await helper.call(liveCalls.steer, steer)
    await hosts.until(state => state.stage?.view.phase === 'open')
    await helper.call(liveCalls.end, { runId: run.id })
  })
})
