// Today: what is live, due and new in one's own courses, most urgent first, and nothing of anybody else's.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { userScope } from '#protocol/accounts.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { liveCalls, liveRoutes } from '#protocol/live.ts'
import { type TodayEntry, todayRoutes } from '#protocol/today.ts'
import { changePhase } from '#server/features/access/index.ts'
import { courseContext, enrol, placeItem } from '#server/features/courses/index.ts'
import { makeCourse, makePerson, makeQuiz } from '#server/test/classes.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { mostUrgentFirst } from './rules.ts'

const entry = (kind: TodayEntry['kind'], title: string, at: string | null): TodayEntry => ({
  kind,
  item: { kind: 'x', refId: title },
  title,
  courseId: randomUUID(),
  courseTitle: 'C',
  at,
  detail: {},
})

describe('Today', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('puts what is live first, then the next due, then the newest result, each once', () => {
    const sorted = mostUrgentFirst([
      entry('graded', 'old result', '2026-01-01T00:00:00.000Z'),
      entry('due', 'later', '2026-02-02T00:00:00.000Z'),
      entry('graded', 'new result', '2026-01-03T00:00:00.000Z'),
      entry('live', 'class', null),
      entry('due', 'soon', '2026-02-01T00:00:00.000Z'),
      entry('due', 'soon', '2026-02-01T00:00:00.000Z'),
    ])
    assert.deepEqual(
      sorted.map(one => one.title),
      ['class', 'soon', 'later', 'new result', 'old result'],
    )
    assert.equal(mostUrgentFirst(Array.from({ length: 300 }, (_, at) => entry('due', `${at}`, null))).length, 100)
  })

  it("shows what is live in one's own courses, published, and nothing of others", async () => {
    const teacher = await signedInClient(node, { role: 'administrator' })
    const learner = await signedInClient(node)
    const make = async (title: string) => (await teacher.request(courseRoutes.create, { title })).course.id
    const [mine, foreign, some] = [await make('Mine'), await make('Foreign'), await make('Some')]
    for (const courseId of [mine, some])
      await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    const place = (courseId: string, title: string, badge: string | null, published = true, more = {}) =>
      arrange(ctx =>
        placeItem(ctx, {
          courseId,
          kind: 'activity',
          refId: randomUUID(),
          title,
          published,
          badge,
          ...more,
        }),
      )
    await place(mine, 'Class', 'live')
    await place(mine, 'Open', 'open')
    await place(mine, 'Ended', 'ended')
    await place(mine, 'Quiet', null)
    await place(mine, 'Draft', 'live', false)
    await place(foreign, 'Not mine', 'live')
    await place(some, 'For others', 'live', true, { audience: 'some' })
    const { items } = await learner.request(todayRoutes.list, {})
    assert.deepEqual(
      items.map(one => `${one.kind} ${one.title}`),
      ['live Class'],
    )
    assert.equal(items[0]?.courseTitle, 'Mine')
    await arrange(ctx => changePhase(ctx, courseContext(mine), 'draft'))
    assert.deepEqual((await learner.request(todayRoutes.list, {})).items, [])
    await arrange(ctx => changePhase(ctx, courseContext(mine), 'open'))
    const list = await learner.request(courseRoutes.list, {})
    assert.deepEqual(
      list.items.map(one => [one.title, one.live]),
      [
        ['Mine', true],
        ['Some', false],
      ],
    )
    assert.equal((await fetch(`${node.url}/api/v1/today`)).status, 401)
  })

  it('tells the people of a course, and nobody else, when a class begins there and when it ends', async () => {
    const course = await makeCourse()
    const people = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async n => {
        const accountId = await makePerson(course.courseId, 'learner', `Learner ${n}`)
        const client = await signedInClient(node, { accountId })
        return { client, user: await client.subscribe(userScope, accountId) }
      }),
    )
    const stranger = await signedInClient(node)
    const away = await stranger.subscribe(userScope, stranger.accountId)
    const host = await signedInClient(node, { accountId: course.instructorId })
    const { activityId } = await makeQuiz(course, ['What is a cell'])
    const before = people.map(one => one.user.state().changed.courses)
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [activityId] })
    for (const [at, { client, user }] of people.entries()) {
      await user.until(state => state.changed.courses > (before[at] ?? 0), 'word that a class began')
      const { items } = await client.request(todayRoutes.list, {})
      assert.deepEqual(
        items.map(one => one.kind),
        ['live'],
      )
    }
    const during = people.map(one => one.user.state().changed.courses)
    await host.call(liveCalls.end, { runId: run.id })
    for (const [at, { client, user }] of people.entries()) {
      await user.until(state => state.changed.courses > (during[at] ?? 0), 'word that it ended')
      assert.deepEqual((await client.request(todayRoutes.list, {})).items, [])
    }
    assert.deepEqual(away.events, [])
  })
})
