// Assignments: made, handed in, in time or late, marked by one person after the other, told to whom they are about.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { type AssignmentId, assignmentRoutes, assignmentScope } from '#protocol/assignments.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import type { CourseId } from '#protocol/courses.ts'
import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { todayRoutes } from '#protocol/today.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { listSubmissions } from './queries/submissions.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()

describe('assignments', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let other: Client
  let lena: Client
  let abel: Client
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    const join = async (role: 'instructor' | 'learner', name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, role, name) })
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ;[other, lena, abel] = [
      await join('instructor', 'Otto'),
      await join('learner', '=Lena'),
      await join('learner', 'Abel'),
    ]
  })

  const make = async (more: object = {}): Promise<{ courseId: CourseId; assignmentId: AssignmentId }> => {
    const given = { courseId: course.courseId, title: 'Essay', published: true, ...more }
    const { assignment } = await teacher.request(assignmentRoutes.create, given as never)
    return { courseId: course.courseId, assignmentId: assignment.id }
  }
  const hand = async (client: Client, of: Awaited<ReturnType<typeof make>>, text: string) => {
    const { own } = await client.request(assignmentRoutes.get, of)
    return client.request(assignmentRoutes.handIn, { ...of, version: own?.draft.version ?? 0, text })
  }

  it("are nobody's but their staff's while they are drafts, and in the list of what is due once they are out", async () => {
    const of = await make({ published: false, dueAt: hours(24), title: 'Drafted' })
    await assert.rejects(lena.request(assignmentRoutes.get, of), { code: 'not-found' })
    const due = async () => (await lena.request(todayRoutes.list, {})).items.map(one => `${one.kind} ${one.title}`)
    const columns = async () => (await lena.request(gradeRoutes.mine, { courseId: course.courseId })).gradeItems
    assert.deepEqual([await due(), await columns()], [[], []])
    const { state } = await teacher.subscribe(courseStaffScope, course.courseId)
    const itemId = state().drafts.find(one => one.refId === of.assignmentId)?.id ?? assert.fail()
    await teacher.request(outlineRoutes.publishItem, { courseId: course.courseId, itemId })
    assert.deepEqual([await due(), (await columns()).map(one => one.title)], [['due Drafted'], ['Drafted']])
    await hand(lena, of, 'Done')
    assert.deepEqual(await due(), [])
    const given = (await teacher.request(todayRoutes.list, {})).items.find(one => one.title === 'Drafted')
    assert.deepEqual(given?.detail, { given: 2, handedIn: 1, toMark: 1 })
    await teacher.request(outlineRoutes.removeItem, { courseId: course.courseId, itemId })
    await assert.rejects(lena.request(assignmentRoutes.get, of), { code: 'not-found' })
    assert.deepEqual(await columns(), [])
    await teacher.request(outlineRoutes.restoreItem, { courseId: course.courseId, itemId })
    assert.equal((await lena.request(assignmentRoutes.get, of)).own?.handIns.length, 1)
  })

  it('keep what is written as it is written, and tell another window that it is older', async () => {
    const of = await make()
    const { draft } = await lena.request(assignmentRoutes.saveDraft, { ...of, version: 0, text: 'Cells ' })
    assert.deepEqual([draft.text, draft.version], ['Cells ', 1])
    const late = { ...of, version: 0, text: 'Something else' }
    for (const route of [assignmentRoutes.saveDraft, assignmentRoutes.handIn])
      await assert.rejects(lena.request(route, late), { code: 'conflict', params: { current: draft } })
    assert.deepEqual((await lena.request(assignmentRoutes.get, of)).own, {
      draft,
      handIns: [],
      mark: null,
      missing: null,
    })
    // Nobody but they themselves read it before it is handed in.
    const read = { ...of, accountId: lena.accountId }
    assert.deepEqual((await teacher.request(assignmentRoutes.submission, read)).handIns, [])
    await assert.rejects(hand(lena, of, '  '), { code: 'malformed' })
  })

  it('are handed in again and again, each kept, and told live to whoever marks', async () => {
    const of = await make({ dueAt: hours(-2), cutOffAt: hours(1) })
    await assertConverges(teacher, assignmentScope, of.assignmentId, async () => {
      await hand(lena, of, 'One')
      await hand(lena, of, 'Two')
    })
    const heard = await teacher.subscribe(assignmentScope, of.assignmentId)
    const input = { ...of, version: 2, text: 'Three' }
    const [first, second] = [
      await lena.request(assignmentRoutes.handIn, input),
      await lena.request(assignmentRoutes.handIn, { ...input, version: 3 }),
    ]
    assert.equal(second.own.handIns.length, first.own.handIns.length + 1)
    await heard.until(() => heard.events.length >= 2, 'word that somebody handed in')
    assert.deepEqual(heard.events[0]?.body, { accountId: lena.accountId })
    const { handIns, status, version } = await teacher.request(assignmentRoutes.submission, {
      ...{ ...of, accountId: lena.accountId },
    })
    assert.deepEqual(
      handIns.map(one => [one.number, one.text]),
      [
        [4, 'Three'],
        [3, 'Three'],
        [2, 'Two'],
        [1, 'One'],
      ],
    )
    assert.deepEqual([status, version], ['late', 4])
    assert.ok(Math.abs((handIns[0]?.lateSeconds ?? 0) - 7_200) < 30, 'two hours late')
    const { counts, items } = await teacher.request(assignmentRoutes.list, of)
    assert.deepEqual(counts, { none: 1, 'handed-in': 0, late: 1, marked: 0 })
    assert.deepEqual(
      items.map(one => [one.name, one.status]),
      [
        ['=Lena', 'late'],
        ['Abel', 'none'],
      ],
    )
    await teacher.request(assignmentRoutes.change, { ...of, version: 0, cutOffAt: hours(-1) })
    await assert.rejects(hand(abel, of, 'Too late'), { code: 'hand-in-over' })
  })

  it('are marked: in the gradebook at once, told to the learner, and closed to further work', async () => {
    const of = await make({ points: '20' })
    await hand(lena, of, 'My work')
    const user = await lena.subscribe(userScope, lena.accountId)
    const before = user.state().changed.grades
    const given = { ...of, accountId: lena.accountId, version: 1, score: '17.5', comment: 'Well **done**' }
    await assert.rejects(teacher.request(assignmentRoutes.mark, { ...given, score: '20.01' }), { code: 'malformed' })
    await assert.rejects(teacher.request(assignmentRoutes.mark, { ...given, score: '-1' }), { code: 'malformed' })
    await assert.rejects(lena.request(assignmentRoutes.mark, given), { code: 'not-allowed' })
    let version = 0
    await assertConverges(teacher, assignmentScope, of.assignmentId, async () => {
      await assertConverges(teacher, gradebookScope, course.courseId, async () => {
        version = (await teacher.request(assignmentRoutes.mark, given)).version
      })
    })
    await user.until(state => state.changed.grades > before, 'word of the mark')
    const { own, assignment } = await lena.request(assignmentRoutes.get, of)
    assert.deepEqual([own?.mark?.score, own?.mark?.comment], ['17.5', 'Well **done**'])
    const mine = await lena.request(gradeRoutes.mine, { courseId: course.courseId })
    const cell = mine.cells.find(one => one.gradeItemId === assignment.gradeItemId)
    assert.deepEqual([cell?.score, cell?.points], ['17.5', '20'])
    await assert.rejects(hand(lena, of, 'Better'), { code: 'marked-already' })
    const explained = await lena.request(gradeRoutes.explain, {
      ...{ gradeItemId: assignment.gradeItemId, accountId: lena.accountId },
    })
    assert.deepEqual(explained.gradeItem.marked, { kind: 'assignment', refId: of.assignmentId })
    assert.equal(explained.cell?.score, '17.5')

    // Fewer points than somebody has can not be; more are those of the column, too, and are changed nowhere else.
    const change = { ...of, version: 0 }
    await assert.rejects(teacher.request(assignmentRoutes.change, { ...change, points: '17' }), { code: 'malformed' })
    await teacher.request(assignmentRoutes.change, { ...change, points: '25', title: 'Long essay' })
    const { gradeItems, items } = await teacher.request(gradeRoutes.table, { courseId: course.courseId })
    const column = gradeItems.find(one => one.id === assignment.gradeItemId) ?? assert.fail()
    assert.deepEqual([column.title, column.points], ['Long essay', '25'])
    const cells = items.find(one => one.accountId === lena.accountId)?.cells
    assert.equal(cells?.find(one => one.gradeItemId === column.id)?.points, '25')
    const rules = { gradeItemId: column.id, version: column.version }
    await assert.rejects(teacher.request(gradeRoutes.changeItem, { ...rules, points: '5' }), { code: 'malformed' })
    await teacher.request(gradeRoutes.changeItem, { ...rules, title: 'Essay, long' })
    assert.equal((await lena.request(gradeRoutes.mine, { courseId: course.courseId })).cells.length > 0, true)
    const empty = items.find(one => one.accountId === abel.accountId)?.empty
    assert.equal(empty?.find(one => one.gradeItemId === column.id)?.why, 'not-yet')

    // Taken back there is no grade, and work goes on.
    await teacher.request(assignmentRoutes.mark, { ...given, version, score: null })
    const after = await teacher.request(gradeRoutes.explain, {
      ...{ gradeItemId: column.id, accountId: lena.accountId },
    })
    assert.deepEqual([after.cell, after.empty?.why], [null, 'unmarked'])
    await hand(lena, of, 'Better')
  })

  it('tell whoever marks that somebody else has, or that more was handed in, and lose nothing', async () => {
    const of = await make()
    await hand(lena, of, 'First')
    const read = { ...of, accountId: lena.accountId }
    const { version } = await teacher.request(assignmentRoutes.submission, read)
    await hand(lena, of, 'Second')
    const input = { ...read, version, score: '5', comment: 'For the first' }
    await assert.rejects(teacher.request(assignmentRoutes.mark, input), {
      ...{ code: 'conflict', params: { current: { mark: null, version: 2 } } },
    })
    const both = await Promise.allSettled([
      teacher.request(assignmentRoutes.mark, { ...input, version: 2, score: '8' }),
      other.request(assignmentRoutes.mark, { ...input, version: 2, score: '6' }),
    ])
    assert.deepEqual(both.map(one => one.status).sort(), ['fulfilled', 'rejected'])
    const { mark } = await teacher.request(assignmentRoutes.submission, read)
    const lost = both.find(one => one.status === 'rejected')?.reason
    assert.deepEqual(lost.params.current.mark, mark)
    const rows = await sql<{ verb: string }>(
      `select verb from audit_entries where verb like 'mark.%' and context_id = $1 order by id desc limit 1`,
      [course.courseId],
    )
    assert.equal(rows[0]?.verb, 'mark.given')
  })

  it('lead from one learner to the next among those a filter lets through, in pages', async () => {
    const of = await make()
    await hand(abel, of, 'Mine')
    const read = { ...of, accountId: abel.accountId }
    const all = await teacher.request(assignmentRoutes.submission, read)
    assert.deepEqual([all.previous, all.next], [lena.accountId, null])
    const some = await teacher.request(assignmentRoutes.submission, { ...read, filter: 'to-mark' })
    assert.deepEqual([some.previous, some.next], [null, null])
    const page = await teacher.request(assignmentRoutes.list, { ...of, limit: 1 })
    const rest = await teacher.request(assignmentRoutes.list, { ...of, limit: 1, after: page.next })
    assert.deepEqual(
      [page.items[0]?.name, rest.items[0]?.name, rest.next, rest.counts],
      ['=Lena', 'Abel', undefined, null],
    )
    const found = await teacher.request(assignmentRoutes.list, { ...of, search: 'abe', filter: 'handed-in' })
    assert.deepEqual(
      found.items.map(one => one.name),
      ['Abel'],
    )
    const csv = await (
      await teacher.raw('GET', `/courses/${of.courseId}/assignments/${of.assignmentId}/submissions.csv`)
    ).text()
    assert.match(csv, /"Mark","Grade"\r\n"'=Lena","Not handed in","","",""\r\n"Abel","Handed in",/)
    for (const route of [assignmentRoutes.list, assignmentRoutes.csv])
      await assert.rejects(lena.request(route, of), { code: 'not-allowed' })
  })

  it('read a page of 300 in as many statements as one of three', async () => {
    const of = await make()
    const count = async (limit: number): Promise<number> => {
      let statements = 0
      const ctx = testCtx()
      const counting = {
        ...ctx,
        sql: (...given: Parameters<typeof sql>) => [statements++, ctx.sql(...given)][1] as never,
      }
      await listSubmissions(counting, { ...of, filter: 'all', limit })
      return statements
    }
    const few = await count(3)
    for (let at = 0; at < 300; at += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, more) => makePerson(course.courseId, 'learner', `Learner ${at + more}`)),
      )
    assert.deepEqual([few, await count(300)], [1, 1])
  })

  it('take nothing that is not to be: a text where only files are taken, a tree that is none, times in the wrong order', async () => {
    const files = { text: false, most: 2, forms: [], largest: 100_000 }
    const of = await make({ takes: files })
    await assert.rejects(hand(lena, of, 'A text'), { code: 'malformed' })
    for (const wrong of [
      { takes: { ...files, most: 0 } },
      { points: '0' },
      { points: '1.234' },
      { dueAt: hours(2), cutOffAt: hours(1) },
      { document: { schema: 1, content: [{ type: 'script', content: 'x' }] } },
    ])
      await assert.rejects(
        async () => {
          const made = await make(wrong)
          const { assignment } = await teacher.request(assignmentRoutes.get, made)
          // What a tree may not hold is left out of it.
          assert.deepEqual(assignment.document.content, [{ type: 'paragraph' }])
          throw Object.assign(new Error('left out'), { code: 'malformed' })
        },
        { code: 'malformed' },
      )
  })

  it('are over with their course', async () => {
    const of = await make()
    await hand(lena, of, 'In time')
    await teacher.request(lifeRoutes.changeState, { courseId: course.courseId, state: 'concluded' })
    const draft = { ...of, version: 1, text: 'After' }
    for (const route of [assignmentRoutes.saveDraft, assignmentRoutes.handIn])
      await assert.rejects(lena.request(route, draft), { code: 'concluded' })
    const mark = { ...of, accountId: lena.accountId, version: 1, score: '1' }
    assert.equal((await lena.request(assignmentRoutes.get, of)).own?.handIns.length, 1)
    await teacher.request(assignmentRoutes.mark, mark).then(
      () => undefined,
      error => assert.equal(error.code, 'concluded'),
    )
  })
})
