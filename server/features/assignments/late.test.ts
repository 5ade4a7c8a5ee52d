// The late policy: what is told before a hand-in, taken off a mark, waived, changed with a look at whose grade it changes,
// and what nothing handed in by the cut-off counts as.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { type AssignmentId, assignmentRoutes, assignmentScope } from '#protocol/assignments.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { LatePolicy } from '#protocol/grades/late.ts'
import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { settleCutOffs, settleJob } from './actions/late.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
const tenADay: LatePolicy = { late: { percent: '10', per: 'day', floor: '50', graceMinutes: 10 }, missing: null }

describe('the late policy of a course', () => {
  let node: TestNode
  let course: TestCourse
  let courseId: CourseId
  let teacher: Client
  let lena: Client
  let abel: Client
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    const join = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(courseId, 'learner', name) })
    ;[lena, abel] = [await join('Lena'), await join('Abel')]
  })

  const make = async (more: object = {}): Promise<{ courseId: CourseId; assignmentId: AssignmentId }> => {
    const given = { courseId, title: 'Essay', published: true, ...more }
    const { assignment } = await teacher.request(assignmentRoutes.create, given as never)
    return { courseId, assignmentId: assignment.id }
  }
  type Of = Awaited<ReturnType<typeof make>>
  const hand = async (client: Client, of: Of, text = 'My work') => {
    const { own } = await client.request(assignmentRoutes.get, of)
    return client.request(assignmentRoutes.handIn, { ...of, version: own?.draft.version ?? 0, text })
  }
  const mark = async (of: Of, client: Client, score: string | null, waived?: string | null) => {
    const { accountId } = client
    const { version } = await teacher.request(assignmentRoutes.submission, { ...of, accountId })
    const given = { ...of, accountId, version, score, comment: '', ...(waived === undefined ? {} : { waived }) }
    return (await teacher.request(assignmentRoutes.mark, given)).mark
  }
  const grading = () => teacher.request(gradeRoutes.grading, { courseId })
  const setPolicy = async (late: LatePolicy, who = teacher) =>
    who.request(gradeRoutes.changeGrading, { courseId, version: (await grading()).version, late })
  const cell = async (of: Of, client: Client) => {
    const { assignment } = await teacher.request(assignmentRoutes.get, of)
    const { cells } = await client.request(gradeRoutes.mine, { courseId })
    const found = cells.find(one => one.gradeItemId === assignment.gradeItemId)
    return found && [found.score, found.late]
  }

  it('is set by who changes the gradebook, told live, written down, and refused to everybody else', async () => {
    const { late, version } = await grading()
    assert.deepEqual([late, version], [{ late: null, missing: null }, 0])
    await assert.rejects(lena.request(gradeRoutes.grading, { courseId }), { code: 'not-allowed' })
    await assert.rejects(lena.request(gradeRoutes.changeGrading, { courseId, version: 0, late: tenADay }), {
      code: 'not-allowed',
    })
    const state = await assertConverges(teacher, gradebookScope, courseId, () => setPolicy(tenADay))
    assert.deepEqual([state.grading.late, state.grading.version], [tenADay, 1])
    await assert.rejects(teacher.request(gradeRoutes.changeGrading, { courseId, version: 0, late: tenADay }), {
      code: 'conflict',
      params: { current: state.grading },
    })
    const [entry] = await auditEntries.findAll({ where: { verb: 'grading.changed' }, raw: true })
    assert.equal(entry?.actor, course.instructorId)
  })

  it('is told to a learner before they hand in, and beside the mark afterwards', async () => {
    const of = await make({ points: '20', dueAt: hours(-30) })
    assert.deepEqual((await lena.request(assignmentRoutes.get, of)).policy, tenADay)
    await hand(lena, of)
    const given = await mark(of, lena, '18')
    assert.deepEqual([given?.score, given?.grade, given?.late?.is], ['18', '14', 'late'])
    const own = (await lena.request(assignmentRoutes.get, of)).own?.mark
    assert.deepEqual([own?.score, own?.grade, own?.waived], ['18', '14', null])
    const seconds = own?.late?.is === 'late' ? own.late.seconds : 0
    assert.ok(seconds >= 30 * 3_600 && seconds < 30 * 3_600 + 60)
    const late = { is: 'late', given: '18', deducted: '4', seconds, waived: false }
    assert.deepEqual(await cell(of, lena), ['14', late])
    const { assignment } = await lena.request(assignmentRoutes.get, of)
    const why = await lena.request(gradeRoutes.explain, {
      ...{ gradeItemId: assignment.gradeItemId, accountId: lena.accountId },
    })
    assert.deepEqual([why.cell?.score, why.cell?.late], ['14', late])
    const { items } = await teacher.request(assignmentRoutes.list, of)
    assert.deepEqual(
      items.map(one => [one.name, one.score, one.grade, one.missing]),
      [
        ['Abel', null, null, false],
        ['Lena', '18', '14', false],
      ],
    )
    const csv = await (
      await teacher.raw('GET', `/courses/${courseId}/assignments/${of.assignmentId}/submissions.csv`)
    ).text()
    assert.match(csv, /"?Lena"?,.*,"?18"?,"?14"?/)
  })

  it('is waived for one submission with a reason, and taken again', async () => {
    const of = await make({ dueAt: hours(-30) })
    await hand(lena, of)
    await mark(of, lena, '9')
    await assert.rejects(mark(of, lena, '9', '  '), { code: 'malformed' })
    const waived = await mark(of, lena, '9', 'Was ill')
    assert.deepEqual([waived?.grade, waived?.waived], ['9', 'Was ill'])
    assert.equal((await mark(of, lena, '8.5'))?.grade, '8.5', 'left out, it stays')
    const [score, late] = (await cell(of, lena)) ?? []
    assert.equal(score, '8.5')
    assert.ok(typeof late === 'object' && late?.is === 'late' && late.waived)
    assert.equal((await mark(of, lena, '8.5', null))?.grade, '6.5')
    await mark(of, lena, null)
    assert.equal(await cell(of, lena), undefined)
    const entries = await auditEntries.findAll({ where: { verb: 'mark.changed' }, raw: true })
    assert.ok(entries.length >= 3)
  })

  it('says whose grades a change would change, and then changes those, told live to staff and learners', async () => {
    const of = await make({ dueAt: hours(-30), title: 'Two days' })
    await hand(lena, of)
    await mark(of, lena, '10')
    const own = await make({ dueAt: hours(-30), title: 'Own', late: { use: 'none' } })
    await hand(lena, own)
    await mark(own, lena, '10')
    assert.deepEqual(await cell(own, lena), ['10', null])
    const harsher: LatePolicy = { late: { percent: '2', per: 'hour', floor: '0', graceMinutes: 0 }, missing: null }
    const preview = await teacher.request(gradeRoutes.previewGrading, { courseId, late: harsher })
    assert.deepEqual([preview.up, preview.down, preview.added, preview.removed], [0, 1, 0, 0])
    const told = preview.changes.find(one => one.title === 'Two days')
    assert.deepEqual([told?.name, told?.before, told?.after], ['Lena', '8', '3.8'])
    assert.equal(
      preview.changes.some(one => one.title === 'Own'),
      false,
    )
    assert.equal((await cell(of, lena))?.[0], '8', 'a preview changes nothing')
    const user = await lena.subscribe(userScope, lena.accountId)
    const before = user.state().changed.grades
    const list = await teacher.subscribe(assignmentScope, of.assignmentId)
    await assertConverges(teacher, gradebookScope, courseId, () => setPolicy(harsher))
    await list.until(() => list.events.some(one => one.kind === 'changed'), 'word to who has the list open')
    assert.equal((await cell(of, lena))?.[0], '3.8')
    assert.deepEqual(await cell(own, lena), ['10', null])
    await user.until(state => state.changed.grades !== before, 'word that grades changed')
    await setPolicy(tenADay)
    assert.equal((await cell(of, lena))?.[0], '8')
  })

  it('is changed for one assignment with the same look before it', async () => {
    const of = await make({ dueAt: hours(-30), title: 'Alone' })
    await hand(lena, of)
    await mark(of, lena, '10')
    const late = { use: 'own' as const, policy: { ...tenADay, late: { ...tenADay.late, percent: '25' } } as LatePolicy }
    const preview = await teacher.request(assignmentRoutes.previewLate, { ...of, late })
    assert.deepEqual(
      preview.changes.map(one => [one.before, one.after]),
      [['8', '5']],
    )
    await assertConverges(teacher, assignmentScope, of.assignmentId, () =>
      teacher.request(assignmentRoutes.change, { ...of, version: 0, late }),
    )
    assert.equal((await cell(of, lena))?.[0], '5')
    await teacher.request(assignmentRoutes.change, { ...of, version: 1, points: '20' })
    assert.equal((await cell(of, lena))?.[0], '10', 'a half of 20 points is the floor')
  })

  it('lets nothing handed in count as what it says once the cut-off has passed, and until it is put off', async () => {
    const of = await make({ dueAt: hours(-2), cutOffAt: hours(-1), title: 'Over' })
    const later = await make({ cutOffAt: hours(1), title: 'Still open' })
    const draft = await make({ cutOffAt: hours(-1), published: false, title: 'A draft' })
    await setPolicy({ ...tenADay, missing: '0' })
    // Whoever learns here since a moment ago was not there at the cut-off.
    assert.equal(await cell(of, lena), undefined)
    await sql(`update enrolments set at = now() - interval '3 days' where course_id = $1`, [courseId])
    await sql('update assignments set settled_at = null where id = $1', [of.assignmentId])
    const asked: object[] = []
    const look = () => arrange(ctx => settleCutOffs({ ...ctx, enqueue: async (_job, data) => void asked.push(data) }))
    await look()
    await look()
    // Once at most: the node looks, too.
    assert.ok(asked.filter(data => JSON.stringify(data).includes(of.assignmentId)).length <= 1)
    await arrange(async ctx => {
      await settleJob.run(ctx, { assignmentId: of.assignmentId })
    })
    assert.deepEqual(await cell(of, lena), ['0', { is: 'missing' }])
    assert.deepEqual(await cell(of, abel), ['0', { is: 'missing' }])
    assert.deepEqual([await cell(later, abel), await cell(draft, abel)], [undefined, undefined])
    assert.equal((await abel.request(assignmentRoutes.get, of)).own?.missing, '0')
    const { items } = await teacher.request(assignmentRoutes.list, of)
    assert.deepEqual(
      items.map(one => [one.status, one.grade, one.missing]),
      [
        ['none', '0', true],
        ['none', '0', true],
      ],
    )
    await mark(of, abel, '7')
    assert.deepEqual(await cell(of, abel), ['7', null])
    await mark(of, abel, null)
    assert.deepEqual(await cell(of, abel), ['0', { is: 'missing' }])
    const preview = await teacher.request(gradeRoutes.previewGrading, { courseId, late: { ...tenADay, missing: '30' } })
    assert.deepEqual([preview.up, preview.down, preview.added, preview.removed], [2, 0, 0, 0])
    const { assignment } = await teacher.request(assignmentRoutes.get, of)
    await teacher.request(assignmentRoutes.change, { ...of, version: assignment.version, cutOffAt: hours(2) })
    assert.equal(await cell(of, abel), undefined, 'put off, it is open again')
  })

  it('tells nothing of a column that is held back', async () => {
    const of = await make({ dueAt: hours(-30), title: 'Held', points: '1000' })
    await hand(lena, of)
    await mark(of, lena, '456.79', 'Canary of a reason')
    const { assignment } = await teacher.request(assignmentRoutes.get, of)
    const { gradeItemId } = assignment
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId })
    const { version } = gradeItems.find(one => one.id === gradeItemId) ?? assert.fail()
    await teacher.request(gradeRoutes.release, { gradeItemId, version, held: true })
    const told = JSON.stringify([
      await lena.request(gradeRoutes.mine, { courseId }),
      await lena.request(gradeRoutes.explain, { gradeItemId, accountId: lena.accountId }),
      await lena.request(assignmentRoutes.get, of),
      await (await lena.raw('GET', '/me/export')).text(),
    ])
    assert.doesNotMatch(told, /[24]56\.79|Canary/)
  })

  it('comes along into a copy of the course, and that of an assignment with it', async () => {
    const { late } = await grading()
    const copied = { courseId, how: 'make' as const, title: 'Next year', shift: { days: 365 } }
    const { course: next } = await teacher.request(copyRoutes.copy, copied)
    const id = next?.id ?? assert.fail()
    assert.deepEqual((await teacher.request(gradeRoutes.grading, { courseId: id })).late, late)
    const kept = await sql<{ use: string }>(
      `select late ->> 'use' as use from assignments where course_id = $1 and late ->> 'use' <> 'course' order by 1`,
      [id],
    )
    assert.deepEqual(
      kept.map(one => one.use),
      ['none', 'own'],
    )
  })
})
