// The outline of a course: things indented below others, headings, and what was removed and comes back. Every act
// converges for staff and learners alike.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { contentRoutes } from '#protocol/content.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { levelsOf } from '#protocol/courses/levels.ts'
import { outlineRoutes, type ThingChange } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { byPosition, type CourseItem, courseScope } from '#protocol/courses.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('the outline of a course', () => {
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

  const all = async (): Promise<CourseItem[]> =>
    [
      ...(await staff.subscribe(courseScope, courseId)).state().items,
      ...(await staff.subscribe(courseStaffScope, courseId)).state().drafts,
    ].sort(byPosition)
  const seen = async (): Promise<CourseItem[]> => [...(await lena.subscribe(courseScope, courseId)).state().items]
  /** The lines of a module as somebody sees them: two blanks a level. */
  const lines = (items: readonly CourseItem[], moduleId: string) => {
    const own = items.filter(one => one.moduleId === moduleId)
    const levels = levelsOf(own)
    return own.map((one, index) => '  '.repeat(levels[index] ?? 0) + one.title)
  }
  const named = async (title: string) => (await all()).find(one => one.title === title) ?? assert.fail(title)
  const newModule = async (title: string) =>
    (await staff.request(outlineRoutes.createModule, { courseId, title })).module
  const page = (title: string, moduleId: string) =>
    staff.request(contentRoutes.createPage, { courseId, moduleId, title, body: '', published: true })
  const act = (...changes: object[]) =>
    staff.request(outlineRoutes.changeMany, { courseId, changes: changes as ThingChange[] })
  const heard = (run: () => Promise<unknown>) => assertConverges(lena, courseScope, courseId, run)
  const put = async (title: string, moduleId: string, under: readonly string[]) => {
    const { id, version } = await named(title)
    const ids = await Promise.all(under.map(async one => (await named(one)).id))
    return { subject: 'item', id, version, to: { moduleId, under: ids } }
  }

  it('keeps what stands under what, tells everybody, and one undo takes it back', async () => {
    const week = await newModule('Week 1')
    for (const title of ['A', 'B', 'C', 'D']) await page(title, week.id)
    await heard(async () => act(await put('B', week.id, ['A']), await put('C', week.id, ['A', 'B'])))
    assert.deepEqual(lines(await all(), week.id), ['A', '  B', '    C', 'D'])
    assert.deepEqual(lines(await seen(), week.id), ['A', '  B', '    C', 'D'])
    const [a] = await Promise.all([named('A')])
    let undo: ThingChange[] = []
    await heard(async () => {
      undo = (await act(await put('D', week.id, ['A']))).undo
    })
    assert.deepEqual(lines(await seen(), week.id), ['A', '  B', '    C', '  D'])
    await heard(() => act(...undo))
    assert.deepEqual(lines(await seen(), week.id), ['A', '  B', '    C', 'D'])
    // Beyond sense it is refused: too deep, of nobody, of itself, of another course.
    const [d, other] = [await named('D'), await makeCourse('Other')]
    const elsewhere = await signedInClient(node, { accountId: other.instructorId })
    const theirs = await elsewhere.request(contentRoutes.createPage, { courseId: other.courseId, title: 'X', body: '' })
    const wrong = [
      [[a.id, a.id, a.id, a.id], 'malformed'],
      [[randomUUID()], 'not-found'],
      [[d.id], 'not-found'],
      [[theirs.page.id], 'not-found'],
    ] as const
    for (const [under, code] of wrong)
      await assert.rejects(act({ subject: 'item', id: d.id, version: d.version, to: { moduleId: week.id, under } }), {
        code,
      })
  })

  it('moves what is indented along, by the move of one as well', async () => {
    const [week] = (await staff.subscribe(courseScope, courseId)).state().modules
    const next = await newModule('Week 2')
    await page('Z', next.id)
    const [a, z] = [await named('A'), await named('Z')]
    assert.ok(week)
    const move = (moduleId: string, before: string | null) =>
      staff.request(outlineRoutes.moveItem, { courseId, itemId: a.id, moduleId, before: before as never })
    await heard(() => move(next.id, z.id))
    assert.deepEqual(lines(await seen(), next.id), ['A', '  B', '    C', 'Z'])
    assert.deepEqual(lines(await seen(), week.id), ['D'])
    await heard(() => move(week.id, null))
    assert.deepEqual(lines(await seen(), week.id), ['D', 'A', '  B', '    C'])
    // Ahead of something indented it stands beside it.
    const [d, b] = [await named('D'), await named('B')]
    await heard(() =>
      staff.request(outlineRoutes.moveItem, { courseId, itemId: d.id, moduleId: week.id, before: b.id as never }),
    )
    assert.deepEqual(lines(await seen(), week.id), ['A', '  D', '  B', '    C'])
    // Many at once, ahead of another, in their order.
    const changes = ['B', 'C'].map(async title => {
      const { id, version, under } = await named(title)
      return { subject: 'item', id, version, to: { moduleId: next.id, before: z.id, under: under?.slice(1) } }
    })
    let undo: ThingChange[] = []
    await heard(async () => {
      undo = (await act(...(await Promise.all(changes)))).undo
    })
    assert.deepEqual(lines(await seen(), next.id), ['B', '  C', 'Z'])
    // Somebody was faster: nothing of it is done.
    const stale = undo.map(one => ({ ...one, version: one.version - 1 }))
    await assert.rejects(act(...stale), { code: 'conflict' })
    await heard(() => act(...undo))
    assert.deepEqual(lines(await seen(), week.id), ['A', '  D', '  B', '    C'])
  })

  it('lets what stands below a draft or something removed step out, and in again', async () => {
    const [week] = (await staff.subscribe(courseScope, courseId)).state().modules
    const b = await named('B')
    assert.ok(week)
    const turn = (route: 'hideItem' | 'publishItem' | 'restoreItem') => () =>
      staff.request(outlineRoutes[route], { courseId, itemId: b.id })
    await heard(turn('hideItem'))
    assert.deepEqual(lines(await seen(), week.id), ['A', '  D', '  C'])
    assert.deepEqual(lines(await all(), week.id), ['A', '  D', '  B', '    C'])
    await heard(turn('publishItem'))
    assert.deepEqual(lines(await seen(), week.id), ['A', '  D', '  B', '    C'])
    await heard(() => staff.request(outlineRoutes.removeItem, { courseId, itemId: b.id }))
    assert.deepEqual(lines(await all(), week.id), ['A', '  D', '  C'])
    await heard(turn('restoreItem'))
    assert.deepEqual(lines(await seen(), week.id), ['A', '  D', '  B', '    C'])
  })

  it('has headings, which are renamed by whoever read the last one, and never count as something to do', async () => {
    const [week] = (await staff.subscribe(courseScope, courseId)).state().modules
    assert.ok(week)
    const { item } = await staff.request(outlineRoutes.addHeading, { courseId, moduleId: week.id, title: 'Reading' })
    assert.deepEqual(
      [item.kind, item.published, (await seen()).some(one => one.id === item.id)],
      ['heading', false, false],
    )
    await heard(() => staff.request(outlineRoutes.publishItem, { courseId, itemId: item.id }))
    const rename = (version: number, title: string) =>
      staff.request(outlineRoutes.changeHeading, { courseId, itemId: item.id, version, title })
    await heard(() => rename(1, 'To read'))
    await assert.rejects(rename(1, 'Late'), { code: 'conflict' })
    const a = await named('A')
    await assert.rejects(
      staff.request(outlineRoutes.changeHeading, { courseId, itemId: a.id, version: a.version, title: 'No heading' }),
      { code: 'not-found' },
    )
    assert.ok((await seen()).some(one => one.title === 'To read'))
    const { items } = await lena.request(progressRoutes.mine, { courseId })
    assert.ok(items.some(one => one.itemId === a.id))
    assert.ok(!items.some(one => one.itemId === item.id))
  })

  it('comes along into a copy as it stands, headings too', async () => {
    const { course: copy } = await staff.request(copyRoutes.copy, {
      ...{ courseId, how: 'make', title: 'Again', shift: { days: 7 } },
    } as never)
    assert.ok(copy)
    const drafts = (await staff.subscribe(courseStaffScope, copy.id)).state().drafts
    const { modules, items } = (await staff.subscribe(courseScope, copy.id)).state()
    const [week] = modules
    const there = [...items, ...drafts].sort(byPosition)
    assert.deepEqual(lines(there, week?.id ?? ''), ['A', '  D', '  B', '    C', 'To read'])
    const own = new Set((await all()).flatMap(one => [one.id, one.refId]))
    assert.ok(there.every(one => !own.has(one.id) && !own.has(one.refId) && !one.under?.some(id => own.has(id))))
  })

  it('lists what was removed, the latest first, page by page, for those who may bring it back', async () => {
    const [week, next] = (await staff.subscribe(courseScope, courseId)).state().modules
    assert.ok(week && next)
    const [d, z] = [await named('D'), await named('Z')]
    await staff.request(outlineRoutes.removeItem, { courseId, itemId: d.id })
    await staff.request(outlineRoutes.removeItem, { courseId, itemId: z.id })
    await page('Y', next.id)
    await staff.request(outlineRoutes.removeModule, { courseId, moduleId: next.id })
    const list = (more: object) => staff.request(outlineRoutes.removed, { courseId, ...more } as never)
    const { items } = await list({})
    assert.deepEqual(
      items.map(one => [one.subject, one.title, one.kind, one.moduleTitle, one.removedBy !== null, one.holds]),
      [
        ['module', 'Week 2', null, null, true, 1],
        ['item', 'Z', 'page', 'Week 2', true, 0],
        ['item', 'D', 'page', 'Week 1', true, 0],
      ],
    )
    const first = await list({ limit: 2 })
    const second = await list({ limit: 2, after: first.next })
    assert.deepEqual(
      [...first.items, ...second.items].map(one => one.title),
      ['Week 2', 'Z', 'D'],
    )
    assert.equal(second.next, undefined)
    assert.deepEqual(
      (await list({ search: 'week' })).items.map(one => one.title),
      ['Week 2'],
    )
    await assert.rejects(lena.request(outlineRoutes.removed, { courseId } as never), { code: 'not-allowed' })
    // Its module is in the bin: it stands above all modules, and is not lost a second time.
    await heard(() => staff.request(outlineRoutes.restoreItem, { courseId, itemId: z.id }))
    assert.equal((await named('Z')).moduleId, null)
    await heard(() => staff.request(outlineRoutes.restoreModule, { courseId, moduleId: next.id }))
    assert.deepEqual(lines(await seen(), next.id), ['Y'])
    await heard(() => staff.request(outlineRoutes.restoreItem, { courseId, itemId: d.id }))
    assert.deepEqual((await list({})).items, [])
    assert.deepEqual(lines(await seen(), week.id), ['A', '  D', '  B', '    C', 'To read'])
  })
})
