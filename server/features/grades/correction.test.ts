// Correcting a key after it was answered: a preview that says who changes, one act that changes them in every delivery,
// a trace for staff and learners, at the size of a lecture and while answers still come in.
import assert from 'node:assert/strict'
import { activityCalls, activityRoutes, type DeliveryId, type ItemId } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem, ProblemCode } from '#protocol/base/problems.ts'
import { type GradeItemId, gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { answerAll } from '#server/features/activities/actions/answers.ts'
import { getItemPlace } from '#server/features/activities/index.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { finishHomework } from '#server/features/quizzes/actions/homework.ts'
import { getHomework } from '#server/features/quizzes/queries/homework.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { transactPlain } from '#server/platform/db/transact.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { testNode, waitFor } from '#server/test/harness.ts'
import {
  answerItem,
  holdClass,
  makeActivity,
  makeCourse,
  makeLearners,
  nowhere,
  singleQuestion,
} from '#server/test/record.ts'
import { correctItem } from './actions/correct.ts'
import { queriesOfChanges, whoChanges } from './queries/correction.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const refusedWith = (code: ProblemCode) => (error: Problem) => {
  assert.equal(error.code, code)
  return true
}

describe('the correction of a key', () => {
  let node: Awaited<ReturnType<typeof testNode>>
  let courseId = ''
  let teacher: Client
  let ada: Client
  let ben: Client

  before(async () => {
    node = await testNode()
    const course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructor })
    const [a, b] = (await makeLearners(courseId, 'Ada', 'Ben')) as [AccountId, AccountId]
    ada = await signedInClient(node, { accountId: a })
    ben = await signedInClient(node, { accountId: b })
  })

  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  const explain = (who: Client, gradeItemId: GradeItemId, accountId = who.accountId) =>
    who.request(gradeRoutes.explain, { gradeItemId, accountId })
  const scoreOf = async (gradeItemId: GradeItemId, accountId: AccountId) =>
    (await explain(teacher, gradeItemId, accountId)).cell?.score

  it('shows who changes before, changes them in class and at home, and is undone by correcting again', async () => {
    const { activity, items, gradeItemId } = await holdClass({ courseId, instructor: teacher.accountId }, ada.accountId)
    const [first, second] = items.map(one => one.id) as [ItemId, ItemId]
    const given = await teacher.request(quizRoutes.assign, {
      activityId: activity.id,
      dueAt,
      gradeItemId,
      audience: 'unanswered',
      shows: 'at-once',
    })
    for (const itemId of [first, second])
      await ben.call(activityCalls.answer, { deliveryId: given.id, itemId, move: { optionIds: ['c'] } })
    await ben.request(quizRoutes.finish, { deliveryId: given.id })
    const both = async () => [await scoreOf(gradeItemId, ada.accountId), await scoreOf(gradeItemId, ben.accountId)]
    // Ada: b right, a wrong. Ben: c wrong, c right.
    assert.deepEqual(await both(), ['7.5', '7.5'])

    const to = { itemId: second, ruling: 'by-key' as const, question: singleQuestion('a', 'Second') }
    const preview = await teacher.request(gradeRoutes.previewCorrection, to)
    assert.deepEqual(
      [preview.up, preview.down, preview.changes.map(one => [one.name, one.before, one.after])],
      [
        1,
        1,
        [
          ['Ada', '7.5', '10'],
          ['Ben', '7.5', '5'],
        ],
      ],
    )
    assert.deepEqual(await both(), ['7.5', '7.5'], 'a preview changes nothing')
    const note = 'The key was swapped.'
    let done = { up: 0, down: 0, done: 0, people: 0 }
    await assertConverges(teacher, gradebookScope, courseId, async () => {
      done = await teacher.request(gradeRoutes.correct, { ...to, version: 0, note })
    })
    assert.deepEqual([done.up, done.down, done.done, done.people], [1, 1, 2, 2])
    assert.deepEqual(await both(), ['10', '5'])
    const told = (await explain(ada, gradeItemId)).items
    assert.deepEqual([told[0]?.corrected, told[1]?.corrected?.note], [null, note])

    const again = { ...to, question: singleQuestion('c', 'Second') }
    await assert.rejects(teacher.request(gradeRoutes.correct, { ...again, version: 0, note }), refusedWith('conflict'))
    await teacher.request(gradeRoutes.correct, { ...again, version: 1, note: 'Back' })
    assert.deepEqual(await both(), ['7.5', '7.5'])

    await teacher.request(gradeRoutes.correct, { itemId: second, ruling: 'everybody', version: 2, note })
    assert.deepEqual(await both(), ['10', '7.5'])
    await teacher.request(gradeRoutes.correct, { itemId: second, ruling: 'discarded', version: 3, note })
    assert.deepEqual(await both(), ['10', '5'])
    const cell = (await explain(teacher, gradeItemId, ben.accountId)).cell
    assert.deepEqual([cell?.answered, cell?.asked], [1, 1])
    const verbs = (await auditEntries.findAll({ where: { actor: teacher.accountId }, raw: true })).map(one => one.verb)
    assert.equal(verbs.filter(verb => verb === 'activity.item-corrected').length, 4)
  })

  it('accepts another spelling, and refuses what would be another question or nothing', async () => {
    const text = (...accepted: string[]): WrittenQuestion => ({
      type: 'short-text',
      body: { prompt: 'Spell it' },
      key: { accepted, ignores: ['case'] },
    })
    const { activity, items } = await makeActivity(courseId, [text('colour')], { title: 'Spelling' })
    const itemId = items[0]!.id
    const { id } = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt, shows: 'at-once' })
    await ada.call(activityCalls.answer, { deliveryId: id, itemId, move: { text: 'Color' } })
    assert.equal((await ada.request(quizRoutes.finish, { deliveryId: id })).grade?.score, '5')
    const of = (question: WrittenQuestion) => ({ itemId, ruling: 'by-key' as const, question, version: 0, note: '' })
    const refused = (question: WrittenQuestion, code: ProblemCode) =>
      assert.rejects(teacher.request(gradeRoutes.correct, of(question)), refusedWith(code))
    await refused(text('colour'), 'malformed')
    await refused(singleQuestion(), 'other-question')
    await refused({ ...text('colour'), body: { prompt: 'Another' } } as WrittenQuestion, 'other-question')
    await assert.rejects(ada.request(gradeRoutes.correct, of(text('color'))), refusedWith('not-allowed'))
    await assert.rejects(
      ada.request(gradeRoutes.previewCorrection, { itemId, ruling: 'discarded' }),
      refusedWith('not-allowed'),
    )
    await teacher.request(gradeRoutes.correct, of(text('colour', 'color')))
    const seen = (await ada.request(quizRoutes.get, { deliveryId: id })).result
    assert.deepEqual([seen?.grade?.score, seen?.items[0]?.score], ['10', '1'])
    // A key changed in the editor is told as well.
    const { items: now } = await teacher.request(activityRoutes.get, { activityId: activity.id })
    const change = { activityId: activity.id, itemId, version: now[0]!.version, question: text('couleur') }
    await teacher.request(activityRoutes.changeItem, change)
    const mine = await ada.request(gradeRoutes.mine, { courseId })
    const gradeItemId = mine.gradeItems.find(one => one.title === 'Spelling')!.id
    assert.equal((await explain(ada, gradeItemId)).items[0]?.corrected?.note, '')
  })

  it('lets people hand in while it looks at the class, and counts them', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Meanwhile' })
    const itemId = items[0]!.id
    const given = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt, shows: 'at-once' })
    const deliveryId = given.id as DeliveryId
    for (const [who, chose] of [
      [ada, 'a'],
      [ben, 'b'],
    ] as const)
      await who.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: [chose] } })
    await ada.request(quizRoutes.finish, { deliveryId })
    let looked = 0
    const correction = await arrange(async ctx => {
      const slow = async <Row extends object>(text: string, values?: readonly unknown[]) => {
        const rows = await ctx.sql<Row>(text, values)
        // Everybody has been read for the preview: Ben hands in now, and must not wait for the rest of it.
        if (text.includes('as "responseId"') && looked++ === 0) await ben.request(quizRoutes.finish, { deliveryId })
        return rows
      }
      const to = { itemId, ruling: 'by-key' as const, question: singleQuestion('a'), version: 0, note: '' }
      return correctItem({ ...ctx, sql: slow }, to)
    })
    assert.ok(looked > 0)
    assert.deepEqual([correction.up, correction.down, correction.people], [1, 1, 2])
  })

  it('grades 300 people anew by jobs, in as many queries as for three, and what is handed in meanwhile too', async () => {
    const { activity, items } = await makeActivity(courseId, [singleQuestion('b')], { title: 'Lecture' })
    const itemId = items[0]!.id
    const people = 300
    const { id } = await teacher.request(quizRoutes.assign, { activityId: activity.id, dueAt, shows: 'at-once' })
    await arrange(async ctx => {
      await ctx.sql(
        `with made as (
           insert into accounts (id, kind, name, site_role, locale, time_zone, created_at)
           select gen_random_uuid(), 'member', 'Person ' || n, 'member', 'en', 'UTC', now() from generate_series(1, $1) n
           returning id
         ), placed as (
           insert into enrolments (id, course_id, account_id, how, at)
           select gen_random_uuid(), $2, id, 'by hand', now() from made returning account_id
         )
         insert into role_assignments (account_id, role, context_kind, context_id, assigned_at)
         select account_id, 'learner', 'course', $2, now() from placed`,
        [people, courseId],
      )
    })
    const rows = await sql<{ id: AccountId }>("select id from accounts where name like 'Person %' order by id")
    const deliveryId = id as DeliveryId
    for (let at = 0; at < people; at += 100)
      await transactPlain(testCtx(), nowhere, ctx =>
        answerAll(
          ctx,
          rows.slice(at, at + 100).map(one => answerItem({ by: one.id, deliveryId, itemId, chose: ['a'] })),
        ),
      )
    const late = rows.slice(-4)
    await arrange(async ctx => {
      await ctx.sql(
        `update attempts set finished_at = now() where delivery_id = $1 and account_id <> all($2::uuid[])`,
        [deliveryId, late.map(one => one.id)],
      )
      await ctx.sql(
        `insert into evidence (attempt_id, item_id, delivery_id, account_id, response_id, answered, score, points, settled_at)
         select t.id, r.item_id, t.delivery_id, t.account_id, r.id, true, 0, 1, now()
           from attempts t join responses r on r.attempt_id = t.id
          where t.delivery_id = $1 and t.finished_at is not null`,
        [deliveryId],
      )
    })
    const place = await getItemPlace(testCtx(), itemId)
    let asked = 0
    const counting = testCtx({
      sql: (text, values) => {
        asked += 1
        return sql(text, values)
      },
    })
    const to = { ruling: 'by-key' as const, question: singleQuestion('a') }
    assert.equal((await whoChanges(counting, place, to)).length, people - late.length)
    assert.ok(asked <= queriesOfChanges(1), `${asked} queries`)

    const preview = await teacher.request(gradeRoutes.previewCorrection, { itemId, ...to })
    assert.deepEqual([preview.up, preview.down, preview.changes.length], [people - late.length, 0, 200])
    const handIn = (one: { id: AccountId }) =>
      arrange(async ctx => finishHomework(ctx, await getHomework(ctx, deliveryId), one.id, 1))
    // Two before, two after: the order is chance, and none is scored by the old key.
    const [correction] = await Promise.all([
      teacher.request(gradeRoutes.correct, { itemId, ...to, version: 0, note: 'Wrong slide' }),
      ...late.map(handIn),
    ])
    assert.ok(correction.people >= people - late.length && correction.done < correction.people)
    await waitFor(
      async () => {
        const now = await teacher.request(gradeRoutes.correction, { correctionId: correction.id })
        return now.done === now.people
      },
      'the jobs',
      30_000,
    )
    const wrong = await sql('select 1 as one from evidence where item_id = $1 and score <> 1', [itemId])
    assert.equal(wrong.length, 0)
    const [graded] = await sql<{ people: number; least: string }>(
      `select count(*)::int as people, min(g.score)::text as least from grades g
         join grade_sources s on s.grade_item_id = g.grade_item_id where s.delivery_id = $1`,
      [deliveryId],
    )
    assert.deepEqual([graded?.people, Number(graded?.least)], [people, 10])
  })
})
