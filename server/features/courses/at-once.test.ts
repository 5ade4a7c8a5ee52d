// Many things of a course at once: published, moved, dated and removed in one transaction or not at all, taken back by what
// the answer says, heard by everybody as it happens.
import assert from 'node:assert/strict'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { logRoutes } from '#protocol/courses/log.ts'
import { outlineRoutes, type ThingChange } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseItem, courseScope } from '#protocol/courses.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>
const dayMs = 86_400_000

describe('acts on many things of a course', () => {
  let node: TestNode
  let course: TestCourse
  let courseId: string
  let staff: Client
  let lena: Client

  before(async () => {
    node = await testNode()
    course = await makeCourse()
    courseId = course.courseId
    staff = await signedInClient(node, { accountId: course.instructorId })
    lena = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Lena') })
  })

  const all = async (): Promise<CourseItem[]> => [
    ...(await staff.subscribe(courseScope, courseId)).state().items,
    ...(await staff.subscribe(courseStaffScope, courseId)).state().drafts,
  ]
  const byTitle = async (...titles: string[]) => {
    const items = await all()
    return titles.map(title => items.find(one => one.title === title) ?? assert.fail(title))
  }
  const page = (title: string) =>
    staff.request(contentRoutes.createPage, { courseId, title, body: '', published: false })
  const newModule = async (title: string) =>
    (await staff.request(outlineRoutes.createModule, { courseId, title })).module
  const act = (changes: object[]) =>
    staff.request(outlineRoutes.changeMany, { courseId, changes: changes as ThingChange[] })
  const of = (items: readonly CourseItem[], change: object) =>
    items.map(({ id, version }) => ({ subject: 'item', id, version, ...change }))
  // What each has, whatever its version.
  const picture = async () =>
    (await all()).map(({ id, version: _, ...rest }) => [id, rest] as const).sort(([a], [b]) => (a < b ? -1 : 1))

  it('publish, move and remove them together, and one undo takes each back', async () => {
    const module = await newModule('Week 1')
    for (const title of ['A', 'B', 'C']) await page(title)
    const before = await picture()
    const learner = await lena.subscribe(courseScope, courseId)
    let undo: ThingChange[] = []
    const converging = (run: () => Promise<unknown>) =>
      assertConverges(staff, courseStaffScope, courseId, () => assertConverges(staff, courseScope, courseId, run))
    await converging(async () => {
      undo = (await act(of(await byTitle('A', 'B', 'C'), { published: true, to: { moduleId: module.id } }))).undo
    })
    const seen = await learner.until(state => state.items.length === 3, 'what was published')
    assert.deepEqual(
      seen.items.map(one => [one.title, one.moduleId]),
      [
        ['A', module.id],
        ['B', module.id],
        ['C', module.id],
      ],
    )
    await converging(() => act(undo))
    await learner.until(state => state.items.length === 0, 'what was hidden again')
    assert.deepEqual(await picture(), before)
    // Into the bin with their module, and back.
    await converging(async () => {
      const [a] = await byTitle('A')
      undo = (
        await act([
          ...of(a ? [a] : [], { removed: true }),
          { subject: 'module', id: module.id, version: 0, removed: true },
        ])
      ).undo
    })
    assert.equal((await all()).length, 2)
    await converging(() => act(undo))
    assert.deepEqual(await picture(), before)
  })

  it('do nothing when one of them is another by now, and tell which', async () => {
    const [a, b] = await byTitle('A', 'B')
    assert.ok(a && b)
    await staff.request(outlineRoutes.publishItem, { courseId, itemId: b.id })
    const before = await picture()
    await assert.rejects(act(of([a, b], { published: true })), (error: { code: string; params: object }) => {
      assert.deepEqual([error.code, error.params], ['conflict', { title: 'B' }])
      return true
    })
    assert.deepEqual(await picture(), before)
    const [fresh] = await byTitle('A')
    assert.ok(fresh)
    const elsewhere = await makeCourse('Other')
    const wrong = [
      [of([fresh, fresh], { published: true }), 'malformed'],
      [of([fresh], { to: { moduleId: elsewhere.courseId } }), 'not-found'],
      [of([fresh], { window: { from: '2030-01-02T00:00:00.000Z', until: '2030-01-01T00:00:00.000Z' } }), 'malformed'],
    ] as const
    for (const [changes, code] of wrong) await assert.rejects(act(changes), { code })
    const other = await signedInClient(node, { accountId: elsewhere.instructorId })
    const theirs = other.request(outlineRoutes.changeMany, {
      courseId: elsewhere.courseId,
      changes: of([fresh], { removed: true }) as ThingChange[],
    })
    await assert.rejects(theirs, { code: 'not-found' })
  })

  it('set windows and move every date by days, homework too, but into no past', async () => {
    const quiz = await makeQuiz(course, ['Why'])
    const dueAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3 * dayMs).toISOString()
    await staff.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt })
    const module = await newModule('Week 2')
    const items = await byTitle('A', 'B')
    const [from, until] = ['2030-03-01T08:00:00.000Z', '2030-04-01T08:00:00.000Z']
    const window = { from, until }
    const set = await act([...of(items, { window }), { subject: 'module', id: module.id, version: 0, window }])
    const windows = async () =>
      (await staff.request(conditionRoutes.list, { courseId })).releases.map(one => [one.from, one.until])
    assert.deepEqual(await windows(), [
      [from, until],
      [from, until],
      [from, until],
    ])
    const homework = (await all()).find(one => one.kind === 'homework') ?? assert.fail()
    const heard = await lena.subscribe(courseScope, courseId)
    const moved = await act(of([...items, homework], { days: 7 }))
    const later = (at: string, days: number) => new Date(Date.parse(at) + days * dayMs).toISOString()
    await heard.until(state => state.items.some(one => one.detail.dueAt === later(dueAt, 7)), 'the new due date')
    const own = await lena.request(quizRoutes.get, { deliveryId: homework.refId } as never)
    assert.equal((own as unknown as { delivery: { dueAt: string } }).delivery.dueAt, later(dueAt, 7))
    assert.deepEqual((await windows()).filter(([a]) => a === later(from, 7)).length, 2)
    await act(moved.undo)
    const back = (await all()).find(one => one.kind === 'homework') ?? assert.fail()
    assert.equal(back.detail.dueAt, dueAt)
    // It would be due already: it stays, and is named.
    assert.deepEqual(await act(of([back], { days: -30 })), { undo: [], left: [back.title] })
    await act(set.undo)
    assert.deepEqual((await windows()).flat(), [null, null, null, null, null, null])
    const { items: log } = await staff.request(logRoutes.log, { courseId, limit: 100 })
    assert.ok(log.some(one => one.verb === 'item.dates-moved' && one.details?.days === 7))
    assert.ok(log.some(one => one.verb === 'release.changed' && one.subject.id === module.id))
  })
})
