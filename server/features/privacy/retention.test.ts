// How long things are kept: a dry run counts what the night then takes, by course; a held course loses nothing; what is
// taken is gone from tables, log and open screens, and what counts in grades stays.
import assert from 'node:assert/strict'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { topicScope } from '#protocol/channels/topics.ts'
import type { MessageId } from '#protocol/channels.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { gradebookScope } from '#protocol/grades.ts'
import { privacyRoutes, type RetentionKind } from '#protocol/privacy.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, makeQuiz } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { beginNight } from './actions/retention.ts'
import { retentionNights } from './tables.ts'

describe('how long things are kept', () => {
  let node: TestNode
  let boss: TestClient
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Boss' })
  })

  const dry = async (kind: RetentionKind, months: number) => {
    const { rows, courses } = await boss.request(privacyRoutes.tryRetention, { kind, months })
    return { rows, titles: courses.map(one => `${one.title} ${one.rows}`) }
  }
  let nights = 0
  const night = async () => {
    const day = `2026-01-${String(++nights).padStart(2, '0')}`
    await node.as({ kind: 'nobody' }).act(ctx => beginNight(ctx, day))
    await waitFor(async () => (await retentionNights.findByPk(day))?.finishedAt, 'the night is over', 30_000)
    return (await retentionNights.findByPk(day, { raw: true }))?.removed
  }
  const makeTalk = async (title: string) => {
    const course = await makeCourse(title)
    const teacher = await signedInClient(node, { accountId: course.instructorId })
    const { items } = await teacher.request(inboxRoutes.list, { courseId: course.courseId })
    const of = (form: string) => items.find(one => one.channel.form === form)?.channel.id ?? assert.fail()
    const chatId = of('chat')
    const say = (text: string, replyTo?: MessageId) =>
      teacher.call(channelCalls.send, { channelId: chatId, text, ...(replyTo ? { replyTo } : {}) })
    const { messageId } = await say(`Old word of ${title}`)
    await say('New word', messageId)
    const newTopic = { channelId: of('forum'), title: `Old topic of ${title}`, body: 'Old post', anonymous: false }
    const { topicId } = await teacher.call(topicCalls.post, newTopic)
    await sql(`update messages set sent_at = now() - interval '30 months' where id = $1 or topic_id = $2`, [
      messageId,
      topicId,
    ])
    await sql(`update topics set last_at = now() - interval '30 months' where id = $1`, [topicId])
    return { ...course, teacher, chatId, topicId, messageId }
  }

  it('is nothing that goes until somebody says so, and then what the dry run counted, but for held courses', async () => {
    const [physics, history] = [await makeTalk('Physics'), await makeTalk('History')]
    assert.deepEqual(await night(), {})
    assert.deepEqual(await dry('talk', 31), { rows: 0, titles: [] })
    assert.deepEqual(await dry('talk', 24), { rows: 4, titles: ['Physics 2', 'History 2'] })
    await boss.request(privacyRoutes.holdCourse, { courseId: history.courseId, reason: 'A dispute' })
    assert.deepEqual(await dry('talk', 24), { rows: 2, titles: ['Physics 2'] })
    await boss.request(privacyRoutes.changeRetention, { kind: 'talk', months: 24 })
    const topic = await physics.teacher.subscribe(topicScope, physics.topicId)
    await assertConverges(physics.teacher, channelScope, physics.chatId, async () => {
      assert.deepEqual(await night(), { talk: 2 })
    })
    const { messages } = (await physics.teacher.subscribe(channelScope, physics.chatId)).state()
    const [old, fresh] = messages
    assert.deepEqual([old?.text, old?.removedBy, fresh?.text, fresh?.replyTo?.text], [null, 'age', 'New word', null])
    await waitFor(() => topic.state().topic.title === '', 'the topic on screen has lost its words')
    // Nowhere is a word of it left, neither in the log nor in what is found.
    for (const table of ['messages', 'topics', 'events', 'search_entries']) {
      const rows = await sql(`select from ${table} t where t::text ~ 'Old (word|topic) of Physics'`)
      assert.equal(rows.length, 0, table)
      const held = await sql(`select from ${table} t where t::text ~ 'Old (word|topic) of History'`)
      assert.ok(held.length > 0, table)
    }
    const { windows, holds, last } = await boss.request(privacyRoutes.getRetention)
    assert.deepEqual(windows[0], { kind: 'talk', months: 24 })
    assert.deepEqual([holds[0]?.title, holds[0]?.reason, holds[0]?.by], ['History', 'A dispute', 'Boss'])
    assert.equal(last?.rows, 2)
    await boss.request(privacyRoutes.releaseCourse, { courseId: history.courseId })
    assert.deepEqual(await night(), { talk: 2 })
    const verbs = (await auditEntries.findAll({ where: { subjectKind: 'retention' }, order: ['at'], raw: true })).map(
      one => one.verb,
    )
    assert.deepEqual(
      verbs,
      ['done', 'changed', 'done', 'done'].map(done => `retention.${done}`),
    )
  })

  it('leaves what counts, and takes raw answers, marks and details of records that are too old', async () => {
    const course = await makeCourse('Biology')
    const { activityId, itemIds } = await makeQuiz(course, ['One'])
    const [delivery, attempt, kept, dropped] = [1, 2, 3, 4].map(n => `0190a000-0000-7000-8000-00000000000${n}`)
    const [{ version } = assert.fail()] = await sql<{ version: string }>(
      'select question_version_id as version from activity_items where id = $1',
      [itemIds[0]],
    )
    await sql(
      `insert into deliveries (id, activity_id, mode, shared, closed_at, created_at)
       values ($1, $2, 'live', '{}', now() - interval '13 months', now() - interval '13 months')`,
      [delivery, activityId],
    )
    await sql(
      `insert into attempts (id, delivery_id, account_id, started_at) values ($1, $2, $3, now() - interval '13 months')`,
      [attempt, delivery, course.instructorId],
    )
    for (const [revision, id] of [dropped, kept].entries())
      await sql(
        `insert into responses (id, delivery_id, attempt_id, item_id, question_version_id, revision, author, operation, move, at)
         values ($1, $2, $3, $4, $5, $6, $7, $1, '{"choice":[0]}', now() - interval '13 months')`,
        [id, delivery, attempt, itemIds[0], version, revision + 1, course.instructorId],
      )
    await sql(
      `insert into evidence (attempt_id, item_id, delivery_id, account_id, response_id, answered, score, points, settled_at)
       values ($1, $2, $3, $4, $5, true, 1, 1, now())`,
      [attempt, itemIds[0], delivery, course.instructorId, kept],
    )
    await sql(
      `insert into seat_intervals (id, scope, scope_id, account_id, from_at, to_at)
       values ($1, 'run', $1, $2, now() - interval '14 months', now() - interval '13 months')`,
      [attempt, course.instructorId],
    )
    await sql(
      `insert into audit_entries (id, at, verb, subject_kind, subject_id, request_id, details_hash)
       values ($1, now() - interval '13 months', 'thing.done', 'thing', 'x', 'x', '\\x00')`,
      [attempt],
    )
    await sql(`insert into audit_details (entry_id, salt, details) values ($1, '\\x00', '{"name":"Old"}')`, [attempt])
    for (const kind of ['live', 'marks', 'audit'] as const) {
      assert.equal((await dry(kind, 12)).rows, 1, kind)
      await boss.request(privacyRoutes.changeRetention, { kind, months: 12 })
    }
    assert.deepEqual((await dry('live', 12)).titles, ['Biology 1'])
    assert.deepEqual(await night(), { live: 1, marks: 1, audit: 1 })
    assert.deepEqual(await sql('select id, move from responses'), [{ id: kept, move: { choice: [0] } }])
    assert.equal((await sql('select from seat_intervals')).length, 0)
    assert.equal((await sql('select from audit_details where entry_id = $1', [attempt])).length, 0)
    assert.equal((await sql('select from audit_entries where id = $1', [attempt])).length, 1)
    // Grades: of somebody who is still in the course nothing changes, of somebody who left it the name goes.
    const column = '0190a000-0000-7000-8000-000000000005'
    await sql(
      `insert into grade_items (id, course_id, title, points, participation, correctness, policy, version, at)
       values ($1, $2, 'Column', 10, 50, 50, 'live', 0, now())`,
      [column, course.courseId],
    )
    const learnerId = await makePerson(course.courseId, 'learner', 'Still Here')
    for (const [accountId, score] of [
      [course.instructorId, 7],
      [learnerId, 3],
    ])
      await sql(
        `insert into grades (grade_item_id, account_id, score, points, answered, asked, modes, computed_at)
         values ($1, $2, $3, 10, 1, 1, '{live}', now() - interval '121 months')`,
        [column, accountId, score],
      )
    await sql('update enrolments set ended_at = now() where account_id = $1', [course.instructorId])
    assert.deepEqual(await dry('grades', 120), { rows: 1, titles: ['Biology 1'] })
    await boss.request(privacyRoutes.changeRetention, { kind: 'grades', months: 120 })
    const teacher = await signedInClient(node, { accountId: await makePerson(course.courseId, 'instructor', 'New') })
    await assertConverges(teacher, gradebookScope, course.courseId, async () => {
      assert.deepEqual(await night(), { grades: 1 })
    })
    const rows = await sql<{ name: string; score: number }>(
      `select a.name, g.score::float8 as score from grades g join accounts a on a.id = g.account_id order by score`,
    )
    assert.deepEqual(rows[0], { name: 'Still Here', score: 3 })
    assert.match(rows[1]?.name ?? '', /^Former learner/)
    for (const table of ['grades', 'attempts', 'evidence'])
      assert.equal((await sql(`select from ${table} where account_id = $1`, [course.instructorId])).length, 0, table)
    assert.equal((await sql('select from responses where author = $1', [course.instructorId])).length, 0)
  })
})
