// Homework taken more than once, over a real node: which attempt counts in the grade, what is told between two of them, and that
// nothing slips from one into another.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { AttemptsRule } from '#protocol/activities/attempts.ts'
import { activityCalls, activityRoutes, type DeliveryId, type ItemId, type Shows } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem, ProblemCode } from '#protocol/base/problems.ts'
import { gradingChange } from '#protocol/grades/grading.ts'
import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { type Homework, quizRoutes } from '#protocol/quizzes.ts'
import { todayRoutes } from '#protocol/today.ts'
import { exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { attempts, beginAttempt, deliveries, responses } from '#server/features/activities/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode, waitFor } from '#server/test/harness.ts'
import { holdClass, makeActivity, makeCourse, makeLearners, singleQuestion } from '#server/test/record.ts'
import { closeDue } from './actions/homework.ts'
import { homeworkPart } from './actions/part.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const refusedWith = (code: ProblemCode) => (error: Problem) => {
  assert.equal(error.code, code)
  return true
}

/** A word that stands in every key here, and nowhere else. */
const canary = 'kanarienvogel'

describe('attempts at homework', () => {
  let node: Awaited<ReturnType<typeof testNode>>
  let courseId = ''
  let teacher: Client

  before(async () => {
    node = await testNode()
    const course = await makeCourse('Attempts')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
  })

  const learner = async (name = 'Lena') => {
    const [id] = (await makeLearners(courseId, name)) as [AccountId]
    return signedInClient(node, { accountId: id })
  }
  const hour = (hours = 1) => new Date(Date.now() + hours * 3_600_000).toISOString()

  interface Given {
    readonly deliveryId: DeliveryId
    readonly items: readonly ItemId[]
    readonly gradeItemId: string
    readonly activityId: string
  }

  /** Two questions, `b` and `c`, of which being right alone counts: 10 points. */
  async function give(attemptsRule: AttemptsRule | undefined, shows: Shows = 'at-once'): Promise<Given> {
    const title = `Homework ${Math.random()}`
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b'), singleQuestion('c', 'Second')], {
      title,
    })
    const given = await teacher.request(quizRoutes.assign, {
      ...{ activityId: activity.id, dueAt: hour(), shows, grade: { participation: 0 } },
      ...(attemptsRule ? { attempts: attemptsRule } : {}),
    })
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId, limit: 1 })
    return {
      deliveryId: given.id,
      items: items.map(one => one.id),
      gradeItemId: gradeItems.find(one => one.title === title)!.id,
      activityId: activity.id,
    }
  }

  /** Answers with these options, in order; `-` answers nothing. */
  async function answer(client: Client, { deliveryId, items }: Given, options: string, attempt = 1) {
    for (const [at, option] of [...options].entries())
      if (option !== '-')
        await client.call(activityCalls.answer, {
          ...{ deliveryId, itemId: items[at]!, attempt },
          move: { optionIds: [option] },
        })
  }
  const finish = (client: Client, { deliveryId }: Given, attempt = 1) =>
    client.request(quizRoutes.finish, { deliveryId, attempt })
  const again = (client: Client, { deliveryId }: Given, attempt: number) =>
    client.request(quizRoutes.again, { deliveryId, attempt })
  const get = (client: Client, { deliveryId }: Given): Promise<Homework> =>
    client.request(quizRoutes.get, { deliveryId })

  /** Takes it once more: answers and hands in. */
  async function take(client: Client, given: Given, options: string, attempt = 1) {
    if (attempt > 1) await again(client, given, attempt)
    await answer(client, given, options, attempt)
    return finish(client, given, attempt)
  }

  const gradeOf = async (accountId: AccountId, { gradeItemId }: Given) => {
    const table = await teacher.request(gradeRoutes.table, { courseId })
    const row = table.items.find(one => one.accountId === accountId)
    return row?.cells.find(cell => cell.gradeItemId === gradeItemId)?.score
  }

  async function close({ deliveryId }: Given): Promise<void> {
    await deliveries.update({ dueAt: new Date(Date.now() - 60_000) }, { where: { id: deliveryId } })
    await node.as({ kind: 'nobody' }).act(ctx => closeDue(ctx, deliveryId))
  }

  for (const [counts, grades] of [
    ['best', ['5', '10', '10']],
    ['last', ['5', '10', '0']],
    ['first', ['5', '5', '5']],
  ] as const)
    it(`makes the grade of the ${counts} attempt, and leaves it alone until one is handed in`, async () => {
      const given = await give({ most: 3, counts })
      const lena = await learner()
      const seen: (string | undefined)[] = []
      for (const [at, options] of ['ba', 'bc', 'aa'].entries()) {
        const before = await gradeOf(lena.accountId, given)
        if (at > 0) await again(lena, given, at + 1)
        await answer(lena, given, options, at + 1)
        assert.equal(await gradeOf(lena.accountId, given), before, 'what goes on changes no grade')
        // An open gradebook hears of it, where the grade is another one.
        const hands = () => finish(lena, given, at + 1)
        await (before === grades[at] ? hands() : assertConverges(teacher, gradebookScope, courseId, hands))
        seen.push(await gradeOf(lena.accountId, given))
      }
      assert.deepEqual(seen, grades)
      await assert.rejects(again(lena, given, 4), refusedWith('no-attempts-left'))
      // The record names each, and counts the answers of one.
      const all = await teacher.request(activityRoutes.responses, { activityId: given.activityId as never })
      const counted = { best: 2, last: 3, first: 1 }[counts]
      assert.deepEqual(
        all.items.map(one => [one.attempt, one.counted]),
        [1, 1, 2, 2, 3, 3].map(number => [number, number === counted]),
      )
      const why = await teacher.request(gradeRoutes.explain, {
        gradeItemId: given.gradeItemId as never,
        accountId: lena.accountId,
      })
      assert.deepEqual(
        why.attempts.map(one => [one.number, one.score, one.points, one.counts]),
        [
          [1, '1', '2', counted === 1],
          [2, '2', '2', counted === 2],
          [3, '0', '2', counted === 3],
        ],
      )
      assert.deepEqual(
        why.items[0]?.responses.map(one => [one.attempt, one.score, one.counts]),
        [
          [1, '1', counted === 1],
          [2, '1', counted === 2],
          [3, '0', counted === 3],
        ],
      )
    })

  it('tells what an attempt came to, and no key and no item before the last, not in one byte', async () => {
    const { activity, items } = await makeActivity(
      courseId,
      [
        { type: 'short-text', body: { prompt: 'Which bird' }, key: { accepted: [canary], ignores: [] } } as never,
        singleQuestion('c'),
      ],
      { title: 'Canary' },
    )
    const attemptsRule = { most: 2, counts: 'best' as const }
    const { id: deliveryId } = await teacher.request(quizRoutes.assign, {
      ...{ activityId: activity.id, dueAt: hour(), shows: 'at-once' as const, attempts: attemptsRule },
    })
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId, limit: 1 })
    const gradeItemId = gradeItems.find(one => one.title === 'Canary')!.id
    const lena = await learner()
    const given: Given = { deliveryId, items: items.map(one => one.id), gradeItemId, activityId: activity.id }
    const heard: unknown[] = []
    const told = async <T>(answer: Promise<T>): Promise<T> => {
      const value = await answer
      heard.push(value)
      return value
    }
    const everything = async () => {
      await told(get(lena, given))
      await told(lena.call(activityCalls.seat, { deliveryId }))
      await told(lena.request(gradeRoutes.mine, { courseId }))
      await told(lena.request(gradeRoutes.explain, { gradeItemId, accountId: lena.accountId }))
      await told(exportAccount(testCtx(), lena.accountId))
    }
    await answer(lena, given, '-c')
    await lena.call(activityCalls.answer, { deliveryId, itemId: given.items[0]!, move: { text: 'Meise' } as never })
    const first = await told(finish(lena, given))
    assert.deepEqual([first.score, first.points, first.held], ['1', '2', 'attempts'])
    assert.deepEqual(
      first.items.map(one => [one.score, one.key, one.ruling]),
      [
        [null, null, null],
        [null, null, null],
      ],
    )
    await everything()
    await told(again(lena, given, 2))
    await everything()
    const why = await told(lena.request(gradeRoutes.explain, { gradeItemId, accountId: lena.accountId }))
    assert.deepEqual(
      why.items.flatMap(one => one.responses).map(one => [one.score, one.counts]),
      [
        [null, false],
        [null, false],
      ],
    )
    assert.deepEqual(
      why.attempts.map(one => [one.number, one.score, one.counts]),
      [
        [1, '1', true],
        [2, null, false],
      ],
    )
    assert.ok(!JSON.stringify([heard, lena.frames]).includes(canary), 'a key before it is over')
    const last = await finish(lena, given, 2)
    assert.equal(last.held, null)
    assert.ok(JSON.stringify(last.items[0]?.key).includes(canary), 'the canary is where it belongs')
  })

  it('tells nothing of a score between attempts where results come when it is over', async () => {
    const given = await give({ most: 2, counts: 'best' }, 'after-due')
    const lena = await learner()
    const first = await take(lena, given, 'ba')
    assert.deepEqual([first.score, first.held, first.grade], [null, 'after-due', null])
    await take(lena, given, 'bc', 2)
    const before = await get(lena, given)
    assert.deepEqual(
      before.attempts.handedIn.map(one => [one.number, one.score, one.counts]),
      [
        [1, null, null],
        [2, null, null],
      ],
    )
    const held = await lena.request(gradeRoutes.explain, {
      gradeItemId: given.gradeItemId as never,
      accountId: lena.accountId,
    })
    assert.deepEqual(
      held.attempts.map(one => [one.score, one.counts]),
      [
        [null, null],
        [null, null],
      ],
    )
    await close(given)
    const after = await get(lena, given)
    assert.deepEqual(
      after.attempts.handedIn.map(one => [one.score, one.points, one.counts]),
      [
        ['1', '2', false],
        ['2', '2', true],
      ],
    )
  })

  it('is begun once however many devices ask, and only when the one before is handed in', async () => {
    const given = await give({ most: null, counts: 'best' })
    const lena = await learner()
    const tablet = await signedInClient(node, { accountId: lena.accountId })
    await assert.rejects(again(lena, given, 2), refusedWith('attempt-unfinished'))
    await answer(lena, given, 'ba')
    await assert.rejects(again(lena, given, 2), refusedWith('attempt-unfinished'))
    await finish(lena, given)
    await assert.rejects(again(lena, given, 3), refusedWith('attempt-not-begun'))
    const seats = await Promise.all([1, 2, 3, 4].map(at => again(at % 2 ? lena : tablet, given, 2)))
    assert.deepEqual(new Set(seats.map(one => one.attemptId)).size, 1)
    assert.deepEqual(
      seats.map(one => [one.attempt, one.finishedAt, one.answers.length]),
      seats.map(() => [2, null, 0]),
    )
    assert.equal(await attempts.count({ where: { accountId: lena.accountId, deliveryId: given.deliveryId } }), 2)
    assert.equal((await get(lena, given)).attempts.next, null)
  })

  it('refuses an answer for an attempt that was handed in, and lets it into no other', async () => {
    const given = await give({ most: 2, counts: 'last' })
    const lena = await learner()
    await take(lena, given, 'ba')
    await assert.rejects(answer(lena, given, 'a'), refusedWith('handed-in'))
    const [first] = (await get(lena, given)).attempts.handedIn
    await again(lena, given, 2)
    // Another tab still shows the first one: what it sends, and its handing in, are for that.
    await assert.rejects(answer(lena, given, 'a'), refusedWith('handed-in'))
    const stale = await finish(lena, given, 1)
    assert.equal(stale.score, '1')
    const now = await get(lena, given)
    assert.deepEqual([now.seat.attempt, now.seat.finishedAt, now.seat.answers.length, now.result], [2, null, 0, null])
    assert.deepEqual(now.attempts.handedIn, [first], 'handed in when it was')
    await assert.rejects(answer(lena, given, 'a', 3), refusedWith('attempt-not-begun'))
    await assert.rejects(finish(lena, given, 3), refusedWith('attempt-not-begun'))
    await answer(lena, given, 'bc', 2)
    assert.equal((await finish(lena, given, 2)).score, '2')
    assert.equal(await responses.count({ where: { deliveryId: given.deliveryId } }), 4)
  })

  it('keeps each answer in its attempt while the same person hands in and tries again', async () => {
    const given = await give({ most: null, counts: 'last' })
    const lena = await learner()
    await answer(lena, given, 'aa')
    for (let attempt = 1; attempt <= 5; attempt++) {
      const sent = ['a', 'b', 'c'].map(option =>
        answer(lena, given, option, attempt).then(
          () => true,
          (error: Problem) => error.code,
        ),
      )
      const ends = (async () => {
        await finish(lena, given, attempt)
        await again(lena, given, attempt + 1)
      })()
      const outcomes = await Promise.all(sent)
      await ends
      assert.ok(
        outcomes.every(one => one === true || one === 'handed-in'),
        String(outcomes),
      )
      await answer(lena, given, 'a', attempt + 1)
    }
    const all = await responses.findAll({ where: { deliveryId: given.deliveryId }, raw: true })
    const own = await attempts.findAll({ where: { deliveryId: given.deliveryId }, raw: true })
    for (const one of all) {
      const at = own.find(attempt => attempt.id === one.attemptId)
      assert.ok(at && (at.finishedAt === null || one.at <= at.finishedAt), 'an answer after its attempt was handed in')
    }
    assert.deepEqual(own.map(one => one.number).sort(), [1, 2, 3, 4, 5, 6])
  })

  it('hands in what goes on when its time is over, and takes away what holds no answer', async () => {
    const given = await give({ most: 3, counts: 'last' })
    const [lena, omar] = [await learner('Lena'), await learner('Omar')]
    for (const client of [lena, omar]) {
      await take(client, given, 'bc')
      await again(client, given, 2)
    }
    await answer(omar, given, 'b', 2)
    const { items: today } = await omar.request(todayRoutes.list, {})
    assert.ok(
      today.some(one => one.item.refId === given.deliveryId),
      'what was begun again waits on Today',
    )
    await close(given)
    assert.deepEqual([await gradeOf(lena.accountId, given), await gradeOf(omar.accountId, given)], ['10', '5'])
    assert.deepEqual((await get(lena, given)).attempts, {
      handedIn: [{ ...(await get(lena, given)).attempts.handedIn[0]!, number: 1, score: '2', counts: true }],
      next: null,
    })
    await assert.rejects(again(omar, given, 3), refusedWith('time-over'))
    // Lena's phone still means the attempt that went: its answer came late, and it can't be handed in.
    await assert.rejects(answer(lena, given, 'b', 2), refusedWith('late'))
    await assert.rejects(finish(lena, given, 2), refusedWith('attempt-not-begun'))
    assert.equal((await finish(lena, given)).score, '2')
    // One who waited for the lock while it closed begins nothing any more.
    await assert.rejects(
      node.as({ kind: 'nobody' }).act(ctx => beginAttempt(ctx, given.deliveryId, lena.accountId, 2)),
      refusedWith('time-over'),
    )
    const state = (await teacher.request(quizRoutes.states, { courseId })).items.find(
      one => one.deliveryId === given.deliveryId,
    )
    assert.deepEqual([state?.answered, state?.handedIn], [2, 2])
  })

  it('lets a corrected key make another attempt the best, and says so before', async () => {
    const given = await give({ most: 2, counts: 'best' })
    const lena = await learner()
    await take(lena, given, 'ac')
    await take(lena, given, 'ba', 2)
    const chosen = async () =>
      (await attempts.findAll({ where: { deliveryId: given.deliveryId }, order: [['number', 'asc']], raw: true })).map(
        one => one.counts,
      )
    assert.deepEqual([await gradeOf(lena.accountId, given), await chosen()], ['5', [true, false]])
    // `a` was right in the first question: the first attempt has both, and `ba` neither.
    const question = { ...singleQuestion('a') }
    const correct = { itemId: given.items[0]!, ruling: 'by-key' as const, question }
    const preview = await teacher.request(gradeRoutes.previewCorrection, correct)
    assert.deepEqual(
      preview.changes.map(one => [one.before, one.after]),
      [['5', '10']],
    )
    await teacher.request(gradeRoutes.correct, { ...correct, version: 0, note: 'It is a' })
    assert.deepEqual([await gradeOf(lena.accountId, given), await chosen()], ['10', [true, false]])
    // And by the second question the other way round: what counts goes over to the second attempt.
    const second = { itemId: given.items[1]!, ruling: 'by-key' as const, question: singleQuestion('a', 'Second') }
    const back = { itemId: given.items[0]!, ruling: 'by-key' as const, question: singleQuestion('b') }
    await teacher.request(gradeRoutes.correct, { ...back, version: 1, note: 'No, b' })
    const next = await teacher.request(gradeRoutes.previewCorrection, second)
    assert.deepEqual(
      next.changes.map(one => [one.before, one.after]),
      [['5', '10']],
    )
    await teacher.request(gradeRoutes.correct, { ...second, version: 0, note: 'It is a' })
    assert.deepEqual([await gradeOf(lena.accountId, given), await chosen()], ['10', [false, true]])
  })

  it('is changed later: more attempts, fewer with those kept that there are, another one that counts', async () => {
    const given = await give(undefined)
    const lena = await learner()
    await take(lena, given, 'bc')
    await assert.rejects(again(lena, given, 2), refusedWith('no-attempts-left'))
    const change = (rule: AttemptsRule) =>
      teacher.request(quizRoutes.changeAttempts, { deliveryId: given.deliveryId, ...rule })
    assert.deepEqual((await change({ most: 3, counts: 'best' })).attempts, { most: 3, counts: 'best' })
    assert.equal((await get(lena, given)).attempts.next, 2)
    await take(lena, given, 'ba', 2)
    assert.equal(await gradeOf(lena.accountId, given), '10')
    await assertConverges(teacher, gradebookScope, courseId, () => change({ most: 3, counts: 'last' }))
    assert.equal(await gradeOf(lena.accountId, given), '5')
    // Fewer than somebody has had: theirs stay and count, and no other comes.
    await change({ most: 1, counts: 'best' })
    assert.equal(await gradeOf(lena.accountId, given), '10')
    const seen = await get(lena, given)
    assert.deepEqual([seen.attempts.handedIn.length, seen.attempts.next], [2, null])
    for (const client of [lena, await signedInClient(node)])
      await assert.rejects(
        client.request(quizRoutes.changeAttempts, { deliveryId: given.deliveryId, most: 20, counts: 'best' }),
        refusedWith(client === lena ? 'not-allowed' : 'not-found'),
      )
    for (const most of [0, 21]) await assert.rejects(change({ most, counts: 'best' }), refusedWith('malformed'))
  })

  it('is given as its course says where it says nothing itself, and stays so when that changes', async () => {
    const grading = await teacher.request(gradeRoutes.grading, { courseId })
    const said = { most: null, counts: 'last' as const }
    await assertConverges(teacher, gradebookScope, courseId, () =>
      teacher.request(gradeRoutes.changeGrading, { courseId, version: grading.version, attempts: said }),
    )
    const given = await give(undefined)
    const back = grading.attempts
    await teacher.request(gradeRoutes.changeGrading, { courseId, version: grading.version + 1, attempts: back })
    assert.deepEqual((await get(teacher, given)).delivery.attempts, said)
    assert.deepEqual((await get(teacher, await give(undefined))).delivery.attempts, { most: 1, counts: 'best' })
  })

  it('is once, and the best, in archives of before that could be said', () => {
    const old = { id: randomUUID(), title: 'Old', activityId: randomUUID(), shows: 'after-due', opensAt: null }
    const part = { columns: [], given: [{ ...old, dueAt: hour(), columnId: null }] }
    assert.deepEqual(z.parse(homeworkPart.shape, part).given[0]?.attempts, { most: 1, counts: 'best' })
    assert.equal(z.parse(gradingChange, {}).attempts, undefined)
  })

  it('counts beside the class by the policy of the column, as the attempt that counts', async () => {
    const lena = await learner()
    const course = { courseId, instructor: teacher.accountId }
    const { activity, items, gradeItemId } = await holdClass(course, lena.accountId)
    const { id: deliveryId } = await teacher.request(quizRoutes.assign, {
      ...{ activityId: activity.id, dueAt: hour(), gradeItemId, shows: 'at-once' as const },
      attempts: { most: 2, counts: 'last' as const },
    })
    const given: Given = { deliveryId, items: items.map(one => one.id), gradeItemId, activityId: activity.id }
    // In class one of two was right.
    assert.equal(await gradeOf(lena.accountId, given), '7.5')
    await take(lena, given, 'bc')
    assert.equal(await gradeOf(lena.accountId, given), '10')
    await take(lena, given, 'aa', 2)
    assert.equal(await gradeOf(lena.accountId, given), '7.5')
  })

  it('goes along, every attempt, when the account becomes another one, and stands in the copy of its data', async () => {
    const given = await give({ most: 3, counts: 'best' })
    const [from, into] = [await learner('Twin'), await learner('Twin')]
    await take(from, given, 'bc')
    await take(from, given, 'ba', 2)
    const out = (await exportAccount(testCtx(), from.accountId)) as {
      activities: { attempts: { delivery_id: string; number: number; counts: boolean | null }[] }
    }
    assert.deepEqual(
      out.activities.attempts.filter(one => one.delivery_id === given.deliveryId).map(one => [one.number, one.counts]),
      [
        [1, null],
        [2, null],
      ],
      'which one is the better one is not told before it is over',
    )
    await arrange(ctx => mergeAccounts(ctx, from.accountId, into.accountId))
    await waitFor(async () => (await gradeOf(into.accountId, given)) === '10', 'the grade of the best to go along')
    const client = await signedInClient(node, { accountId: into.accountId })
    assert.deepEqual(
      (await get(client, given)).attempts.handedIn.map(one => one.counts),
      [true, false],
    )
    // What both had: one keeps its attempts, and what the other gave goes.
    const [other, stays] = [await learner('Other'), await learner('Stays')]
    for (const options of ['bc', 'ba', 'aa'].entries()) await take(other, given, options[1], options[0] + 1)
    await take(stays, given, 'ba')
    await again(stays, given, 2)
    await arrange(ctx => mergeAccounts(ctx, other.accountId, stays.accountId))
    await waitFor(async () => (await gradeOf(stays.accountId, given)) === '5', 'the grade of what stayed')
    assert.equal(await attempts.count({ where: { accountId: stays.accountId, deliveryId: given.deliveryId } }), 2)
  })

  it('gives another attempt the time somebody has, and no more', async () => {
    const given = await give({ most: 2, counts: 'best' })
    const lena = await learner()
    await take(lena, given, 'ba')
    await attempts.update({ extraSeconds: 600 }, { where: { deliveryId: given.deliveryId } })
    await deliveries.update({ dueAt: new Date(Date.now() - 60_000) }, { where: { id: given.deliveryId } })
    await take(lena, given, 'bc', 2)
    assert.equal(await gradeOf(lena.accountId, given), '10')
    await attempts.update({ extraSeconds: 0 }, { where: { deliveryId: given.deliveryId } })
    await deliveries.update({ attemptsMost: null }, { where: { id: given.deliveryId } })
    await assert.rejects(again(lena, given, 3), refusedWith('time-over'))
  })
})
