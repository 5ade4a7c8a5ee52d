// The storm of answers on real PostgreSQL: what a group costs, what it refuses and why, and that neither a repeated
// operation, a bad neighbour nor two nodes at once ever double or lose an answer.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { flushMs } from '#protocol/activities/staged.ts'
import type { DeliveryId, ItemId, Receipt } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { RunId } from '#protocol/live.ts'
import { accounts, mergeAccounts } from '#server/features/accounts/index.ts'
import { assignHomework } from '#server/features/quizzes/index.ts'
import { createStorm } from '#server/platform/call/storm.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { newId } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { transactPlain } from '#server/platform/db/transact.ts'
import { arrange, testCtx } from '#server/test/factories.ts'
import { testNode, waitFor } from '#server/test/harness.ts'
import {
  answerItem,
  giveOut,
  makeActivity,
  makeCourse,
  makeLearners,
  nowhere,
  openClass,
  outcomes,
  singleQuestion,
  sitDown,
  type TestAnswer,
  whoIs,
} from '#server/test/record.ts'
import { accountHooks } from './actions/account.ts'
import { type AnswerInput, answerAll } from './actions/answers.ts'
import {
  advanceDelivery,
  answeredAccounts,
  attempts,
  deliveryState,
  dueDeliveries,
  evidence,
  finishAttempt,
  liveTally,
  responses,
  steerDelivery,
} from './index.ts'
import { onAnswers } from './queries/gates.ts'
import { changeBudgets } from './rules.ts'

describe('answers', () => {
  let courseId = ''
  let teacher: AccountId
  let runId: RunId
  let learners: AccountId[] = []

  /** Learners of the course with a seat in its class. */
  const seated = async (...names: string[]) => {
    const people = await makeLearners(courseId, ...names)
    await sitDown(runId, 'run', ...people)
    return people
  }

  before(async () => {
    await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = course.instructor
    runId = (await openClass(course, { activityIds: [] })).id
    learners = await seated('Ada', 'Ben', 'Cleo')
  })

  /** A live delivery of `count` questions with the first one open. */
  async function openLive(count = 1, settings: Record<string, unknown> = {}) {
    const made = await makeActivity(
      courseId,
      Array.from({ length: count }, () => singleQuestion('b')),
      {
        settings: { limitSeconds: null, ...settings },
      },
    )
    const id = await giveOut(runId, made.activity.id)
    const state = await arrange(ctx => steerDelivery(ctx, id, { step: 0, steer: { do: 'next' } }))
    return { deliveryId: id, itemId: made.items[0]!.id, items: made.items, activity: made.activity, step: state.step }
  }

  const group = (answers: readonly TestAnswer[]) =>
    transactPlain(testCtx(), nowhere, ctx => answerAll(ctx, answers.map(answerItem)))

  /** The same while something else happens right before the first queries of this name. */
  const groupWith = (answers: readonly TestAnswer[], name: string, meanwhile: () => Promise<unknown>, times = 1) => {
    let happened = 0
    return transactPlain(testCtx(), nowhere, ctx => {
      const client = new Proxy(ctx.client, {
        get: (target, key) =>
          key === 'query'
            ? async (query: { name?: string }, ...values: readonly unknown[]) => {
                if (query.name === name && happened < times) {
                  happened++
                  await meanwhile()
                }
                return target.query(query as never, ...(values as []))
              }
            : Reflect.get(target, key),
      })
      return answerAll({ ...ctx, client }, answers.map(answerItem))
    })
  }

  const send = (by: AccountId, at: { deliveryId: DeliveryId; itemId: ItemId }, ...chose: string[]): TestAnswer => ({
    by,
    deliveryId: at.deliveryId,
    itemId: at.itemId,
    chose,
  })

  /** What time makes of a delivery is left to the test, however long it takes: the node's own clock does not come upon it. */
  const unwatched = (ctx: WriteCtx, deliveryId: DeliveryId) =>
    ctx.sql("update deliveries set due_transition_at = due_transition_at + interval '1 hour' where id = $1", [
      deliveryId,
    ])

  /** Waits for the close to be written, by this test or by the node's own ticker. */
  const close = (deliveryId: DeliveryId) =>
    waitFor(async () => {
      await arrange(ctx => advanceDelivery(ctx, deliveryId))
      const state = await deliveryState(testCtx(), deliveryId)
      return state.dueTransitionAt === null ? state : undefined
    }, 'the close to be written')

  it('writes a group of 200 in nine statements, three of them to ask who may', async () => {
    const live = await openLive()
    const people = Array.from({ length: 200 }, (_, n) => ({
      id: newId<'Account'>(),
      kind: 'guest' as const,
      name: `Guest ${n}`,
      siteRole: 'guest' as const,
      createdAt: new Date(),
    }))
    await accounts.bulkCreate(people)
    await sitDown(runId, 'code', ...people.map(one => one.id))
    const statements: string[] = []
    const results = await transactPlain(testCtx(), nowhere, ctx => {
      const client = new Proxy(ctx.client, {
        get: (target, key) =>
          key === 'query'
            ? (query: { name?: string }) => {
                statements.push(query.name ?? 'unnamed')
                return target.query(query as never)
              }
            : Reflect.get(target, key),
      })
      const counted: typeof ctx.sql = (text, values, name) => {
        statements.push(name ?? 'unnamed')
        return ctx.sql(text, values, name)
      }
      return answerAll(
        { ...ctx, client, sql: counted },
        people.map(person => answerItem(send(person.id, live, 'b'))),
      )
    })
    assert.ok(results.every(one => !(one instanceof Problem) && one.revision === 1))
    assert.deepEqual(statements, [
      'answers-lock',
      'answers-places',
      'answers-questions',
      'unnamed',
      'live-standings',
      'access-law',
      'answers-seats',
      'answers-attempts',
      'answers-responses',
    ])
    assert.deepEqual(await liveTally(testCtx(), live.deliveryId, live.itemId), { answered: 200, counts: { b: 200 } })
  })

  it('refuses each for its own reason and disturbs no neighbour', async () => {
    const [ada, ben] = learners as [AccountId, AccountId]
    const [standing] = (await makeLearners(courseId, 'Without a seat')) as [AccountId]
    const live = await openLive(2)
    const heard: number[] = []
    const deaf = onAnswers(batch => heard.push(...batch.map(one => one.count)))
    const results = await group([
      send(ada, live, 'a'),
      send(ben, live, 'nothing'),
      send(standing, live, 'a'),
      send(ben, { ...live, itemId: live.items[1]!.id }, 'a'),
      send(ben, { ...live, itemId: randomUUID() as ItemId }, 'a'),
      send(ben, { ...live, deliveryId: randomUUID() as DeliveryId }, 'a'),
      send(ada, live, 'b'),
      send(ben, live, 'c'),
      send(ada, live, 'c'),
    ])
    deaf()
    assert.deepEqual(outcomes(results), [
      1,
      'answer-unfit',
      'not-joined',
      'not-open',
      'not-found',
      'not-found',
      2,
      1,
      3,
    ])
    assert.deepEqual(heard, [4])
    const tally = await liveTally(testCtx(), live.deliveryId, live.itemId)
    assert.deepEqual(tally, { answered: 2, counts: { c: 2 } })
    assert.deepEqual(await answeredAccounts(testCtx(), live.deliveryId, live.itemId, learners), new Set([ada, ben]))
    const later = await group([send(ada, live, 'b')])
    assert.deepEqual(outcomes(later), [4])
  })

  it('takes one answer where the first counts, also within one group', async () => {
    const [ada] = learners as [AccountId]
    const live = await openLive(1, { mayChange: false })
    assert.deepEqual(outcomes(await group([send(ada, live, 'a'), send(ada, live, 'b')])), [1, 'already-answered'])
    assert.deepEqual(outcomes(await group([send(ada, live, 'b')])), ['already-answered'])
    assert.deepEqual((await liveTally(testCtx(), live.deliveryId, live.itemId)).counts, { a: 1 })
  })

  it('counts in a tally the answer that the kind says counts', async () => {
    const [ada] = learners as [AccountId]
    const live = await openLive()
    assert.deepEqual(outcomes(await group([send(ada, live, 'a'), send(ada, live, 'b')])), [1, 2])
    const counts = async () => (await liveTally(testCtx(), live.deliveryId, live.itemId)).counts
    assert.deepEqual(await counts(), { b: 1 })
    await sql('update activities set settings = settings || \'{"mayChange": false}\' where id = $1', [live.activity.id])
    assert.deepEqual(await counts(), { a: 1 })
  })

  it('judges by arrival: before the lock counts, after it is late, and nothing enters what is closed', async () => {
    const [ada, ben, cleo] = learners as [AccountId, AccountId, AccountId]
    const live = await openLive()
    const stamped = new Date()
    await waitFor(() => Date.now() > stamped.getTime() + 5, 'a moment to pass')
    const locked = await arrange(async ctx => {
      const state = await steerDelivery(ctx, live.deliveryId, { step: live.step, steer: { do: 'lock' } })
      await unwatched(ctx, live.deliveryId)
      return state
    })
    assert.equal(locked.view.phase, 'closing')
    const late = new Date(Date.parse(locked.view.closesAt!) + 1)
    const results = await group([
      { ...send(ada, live, 'b'), at: stamped },
      { ...send(ben, live, 'b'), at: late },
    ])
    assert.deepEqual(outcomes(results), [1, 'late'])
    const closed = await close(live.deliveryId)
    assert.equal(closed.view.phase, 'closed')
    assert.deepEqual(outcomes(await group([{ ...send(cleo, live, 'b'), at: stamped }])), ['late'])
    assert.deepEqual(closed.hostView.result?.tally, { answered: 1, counts: { b: 1 } })
    assert.equal(closed.view.result, null)
    assert.equal(await arrange(ctx => advanceDelivery(ctx, live.deliveryId)), undefined)
    const rows = await evidence.findAll({ where: { deliveryId: live.deliveryId }, raw: true })
    assert.deepEqual(
      rows.map(row => [row.accountId, row.answered, Number(row.score), Number(row.points)]),
      [[ada, true, 1, 1]],
    )
  })

  it('refuses a stale or unfit steer and lets exactly one of two hosts through', async () => {
    const live = await openLive()
    // All in one moment, to which the node's own clock has not come.
    const at = { playedAt: new Date(Date.now() + 3_600_000) }
    const steer = (verb: 'lock' | 'pause') =>
      arrange(ctx => steerDelivery(ctx, live.deliveryId, { step: live.step, steer: { do: verb } }), at).then(
        state => state.step,
        (error: Problem) => error.code,
      )
    const both = await Promise.all([steer('lock'), steer('pause')])
    assert.deepEqual(both.map(String).sort(), ['2', 'conflict'])
    const { step } = await deliveryState(testCtx(), live.deliveryId)
    assert.equal(step, 2)
    await assert.rejects(
      arrange(ctx => steerDelivery(ctx, live.deliveryId, { step, steer: { do: 'reveal' } }), at),
      (error: Problem) => error.code === 'wrong-phase',
    )
  })

  it('finds what the clock has closed, whoever asks', async () => {
    const live = await openLive(1, { limitSeconds: 5 })
    const past = new Date(Date.now() - 2 * flushMs)
    // In one transaction, so that the node's own ticker does not come first.
    await arrange(async ctx => {
      await ctx.sql(
        `update deliveries set shared = shared || jsonb_build_object('closesAt', $2::text), due_transition_at = $3
          where id = $1`,
        [live.deliveryId, past.toISOString(), new Date(past.getTime() + flushMs)],
      )
      // Told as it was until the close is written; what takes no more answers, the end of its time says.
      assert.equal((await deliveryState(testCtx(), live.deliveryId)).view.phase, 'open')
      assert.ok((await dueDeliveries(ctx)).includes(live.deliveryId))
      assert.equal((await advanceDelivery(ctx, live.deliveryId))?.view.phase, 'closed')
      assert.ok(!(await dueDeliveries(ctx)).includes(live.deliveryId))
    })
  })

  it('gives a seat with extra time its own deadline', async () => {
    const [ada, ben] = learners as [AccountId, AccountId]
    const made = await makeActivity(courseId, [singleQuestion()])
    const id = await giveOut(runId, made.activity.id)
    await attempts.create({
      id: newId<'Attempt'>(),
      deliveryId: id,
      accountId: ada,
      startedAt: new Date(),
      finishedAt: null,
      extraSeconds: 60,
    })
    const open = await arrange(ctx => steerDelivery(ctx, id, { step: 0, steer: { do: 'open', limitSeconds: 5 } }))
    const at = new Date(Date.parse(open.view.closesAt!) + 1_000)
    const place = { deliveryId: id, itemId: made.items[0]!.id }
    const results = await group([
      { ...send(ada, place, 'b'), at },
      { ...send(ben, place, 'b'), at },
    ])
    assert.deepEqual(outcomes(results), [1, 'late'])
  })

  it('answers a repeated operation with the same receipt, writing nothing twice', async () => {
    const [ada, ben] = learners as [AccountId, AccountId]
    const live = await openLive()
    const storm = createStorm<AnswerInput, Receipt>('activities.answer', { storm: answerAll }, nowhere, testCtx)
    const once = answerItem(send(ada, live, 'b'))
    const first = await storm.push(once, ada)
    const again = await Promise.all([storm.push(once, ada), storm.push(answerItem(send(ben, live, 'a')), ben)])
    assert.deepEqual(JSON.parse(JSON.stringify(again[0])), JSON.parse(JSON.stringify(first)))
    assert.equal(await responses.count({ where: { deliveryId: live.deliveryId } }), 2)
    const reused = { ...once, input: { ...once.input, move: { optionIds: ['c'] } } }
    await assert.rejects(storm.push(reused, ada), (error: Problem) => error.code === 'operation-reused')
  })

  it('writes the same answer once, however often and however it is sent', async () => {
    const [ada, ben] = learners as [AccountId, AccountId]
    const live = await openLive()
    const [first] = await group([send(ada, live, 'b')])
    const again = await group([send(ada, live, 'b'), send(ben, live, 'a'), send(ada, live, 'b'), send(ben, live, 'a')])
    assert.deepEqual(again[0], first)
    assert.deepEqual(again[2], first)
    assert.deepEqual(again[3], again[1])
    assert.equal(await responses.count({ where: { deliveryId: live.deliveryId } }), 2)
    assert.deepEqual(outcomes(await group([send(ada, live, 'a'), send(ada, live, 'b')])), [2, 3])
    // What stands is told to nobody who comes too late with it.
    await arrange(ctx => steerDelivery(ctx, live.deliveryId, { step: live.step, steer: { do: 'lock' } }))
    await close(live.deliveryId)
    assert.equal(typeof outcomes(await group([send(ada, live, 'b')]))[0], 'string')
  })

  it('slows down who changes one answer again and again, and nobody else', async () => {
    const [ada, ben] = learners as [AccountId, AccountId]
    const live = await openLive(2)
    const turns = Array.from({ length: 40 }, (_, n) => send(ada, live, n % 2 ? 'a' : 'b'))
    const said = outcomes(await group([...turns, send(ben, live, 'b')]))
    const { burst } = changeBudgets.quick
    assert.deepEqual(
      said.slice(0, burst + 1),
      Array.from({ length: burst + 1 }, (_, n) => n + 1),
    )
    assert.equal(said[burst + 1], 'slow-down')
    assert.equal(said.at(-1), 1)
    const rows = await responses.count({ where: { deliveryId: live.deliveryId, author: ada } })
    assert.ok(rows <= burst + 3, `${rows} rows`)
    // What was taken last stands, and may still be sent again.
    const standing = rows % 2 ? 'b' : 'a'
    assert.deepEqual(outcomes(await group([send(ada, live, standing)])), [rows])
  })

  it('numbers the answers of one seat that comes through many nodes at once', async () => {
    const [ada, ben] = learners as [AccountId, AccountId]
    for (const mayChange of [true, false]) {
      const live = await openLive(1, { mayChange })
      const results = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          group(n % 2 ? [send(ada, live, 'b'), send(ben, live, 'a')] : [send(ben, live, 'c'), send(ada, live, 'a')]),
        ),
      )
      const all = outcomes(results.flat())
      const rows = await responses.findAll({ where: { deliveryId: live.deliveryId, author: ada }, raw: true })
      const revisions = rows.map(row => row.revision).sort()
      if (mayChange) {
        assert.equal(all.filter(one => typeof one === 'number').length, 10)
        // One that found what it says in place already is the same answer.
        assert.deepEqual(
          revisions,
          revisions.map((_, n) => n + 1),
        )
        assert.ok(revisions.length > 0)
      } else {
        assert.equal(all.filter(one => one === 1).length, 2)
        assert.equal(all.filter(one => one === 'already-answered').length, 8)
        assert.deepEqual(revisions, [1])
      }
      assert.equal(await attempts.count({ where: { deliveryId: live.deliveryId } }), 2)
    }
  })

  it('loses no answer that was acknowledged while the same person handed in', async () => {
    const [ada] = learners as [AccountId]
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    for (let round = 0; round < 8; round++) {
      const made = await makeActivity(courseId, [singleQuestion()])
      const given = { activityId: made.activity.id, dueAt }
      const { id } = await arrange(ctx => assignHomework(ctx, given), { who: whoIs(teacher) })
      const place = { deliveryId: id, itemId: made.items[0]!.id }
      const answers = Array.from({ length: 4 }, () => group([send(ada, place, 'b')]))
      await arrange(ctx => finishAttempt(ctx, id, ada, 1))
      const taken = outcomes((await Promise.all(answers)).flat()).filter(one => typeof one === 'number')
      const [row] = await evidence.findAll({ where: { deliveryId: id }, raw: true })
      const counted = row?.responseId ? (await responses.findByPk(row.responseId, { raw: true }))?.revision : 0
      assert.equal(counted, taken.length === 0 ? 0 : Math.max(...(taken as number[])), `round ${round}`)
      assert.deepEqual(outcomes(await group([send(ada, place, 'b')])), ['handed-in'])
    }
  })

  it('keeps an account from becoming another while an answer of theirs is on its way', async () => {
    const [from, into] = (await seated('Dot', 'Eve')) as [AccountId, AccountId]
    const live = await openLive()
    await group([send(from, live, 'a'), send(into, live, 'a')])
    const waiting = `select from pg_locks l join pg_database d on d.oid = l.database
                      where not l.granted and d.datname = current_database()`
    let merged: Promise<void> | undefined
    // The attempt has been read and the response is about to be written: the other transaction must wait for it.
    const results = await groupWith([send(from, live, 'b')], 'answers-responses', async () => {
      merged = arrange(tx => accountHooks.merge(tx, from, into))
      await waitFor(async () => (await sql(waiting)).length > 0, 'the merge to wait')
    })
    await merged
    assert.deepEqual(outcomes(results), [2])
    const left = await responses.findAll({ where: { deliveryId: live.deliveryId }, raw: true })
    assert.deepEqual(
      left.map(row => [row.author, row.move]),
      [[into, { optionIds: ['a'] }]],
    )
  })

  it('loses neither an answer nor a merge where the two wait for each other', async () => {
    const [from, into] = (await seated('Jo', 'Kay')) as [AccountId, AccountId]
    const live = await openLive()
    await group([send(from, live, 'a')])
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
                      and wait_event = 'advisory'`
    let merged: Promise<void> | undefined
    // The merge holds both accounts and waits for the delivery, which the group holds that is about to ask for an account.
    const results = await groupWith([send(into, live, 'b')], 'answers-attempts', async () => {
      merged = arrange(tx => mergeAccounts(tx, from, into))
      await waitFor(async () => (await sql(waiting)).length > 0, 'the merge to wait for the delivery')
    })
    await merged
    assert.ok(outcomes(results).every(one => typeof one === 'number'))
    const rows = await responses.findAll({
      where: { deliveryId: live.deliveryId },
      order: [['revision', 'asc']],
      raw: true,
    })
    assert.deepEqual([rows.at(-1)?.author, rows.at(-1)?.move], [into, { optionIds: ['b'] }])
    assert.ok(rows.every(row => row.author === into))
  })

  it('takes no answer of an account that has just become another one', async () => {
    const [from, into] = (await seated('Fay', 'Gus')) as [AccountId, AccountId]
    const live = await openLive()
    const results = await groupWith([send(from, live, 'b'), send(into, live, 'a')], 'answers-attempts', () =>
      arrange(ctx => mergeAccounts(ctx, from, into)),
    )
    assert.deepEqual(outcomes(results), ['account-merged', 1])
    const rows = await responses.findAll({ where: { deliveryId: live.deliveryId }, raw: true })
    assert.deepEqual(
      rows.map(row => row.author),
      [into],
    )
  })

  it('lets the last answer of a seat stand, also where another node answers for it in between', async () => {
    const [ada] = learners as [AccountId]
    const live = await openLive()
    await group([send(ada, live, 'a')])
    const results = await groupWith([send(ada, live, 'b'), send(ada, live, 'a')], 'answers-responses', () =>
      group([send(ada, live, 'c')]),
    )
    assert.deepEqual(outcomes(results), [3, 4])
    const rows = await responses.findAll({
      where: { deliveryId: live.deliveryId },
      order: [['revision', 'asc']],
      raw: true,
    })
    assert.deepEqual(
      rows.map(row => row.move),
      ['a', 'c', 'b', 'a'].map(one => ({ optionIds: [one] })),
    )
  })

  it('begins anew when other nodes answer for a seat again and again, and loses nothing', async () => {
    const [ada] = learners as [AccountId]
    const live = await openLive()
    await group([send(ada, live, 'a')])
    // As nodes would whose own limits do not know of each other.
    const elsewhere = () =>
      sql(
        `insert into responses
           (id, delivery_id, attempt_id, item_id, question_version_id, revision, author, operation, move, at, travel_ms)
         select gen_random_uuid(), delivery_id, attempt_id, item_id, question_version_id, revision + 1, author,
                gen_random_uuid(), move, at, travel_ms
           from responses where delivery_id = $1 order by revision desc limit 1`,
        [live.deliveryId],
      )
    const results = await groupWith([send(ada, live, 'b')], 'answers-responses', elsewhere, 12)
    assert.deepEqual(outcomes(results), [14])
  })

  it('gives no receipt for the same answer again when the first of the two was not taken', async () => {
    const [ada] = learners as [AccountId]
    const live = await openLive(1, { mayChange: true })
    const twice = [send(ada, live, 'b'), send(ada, live, 'b')]
    assert.deepEqual(outcomes(await group(twice)), [1, 1])
    const gone = (await seated('Hal', 'Ida')) as [AccountId, AccountId]
    const results = await groupWith([send(gone[0], live, 'b'), send(gone[0], live, 'b')], 'answers-attempts', () =>
      arrange(ctx => mergeAccounts(ctx, ...gone)),
    )
    assert.deepEqual(outcomes(results), ['account-merged', 'account-merged'])
  })
})
