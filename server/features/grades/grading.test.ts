// How a course grades: its scale, its categories and their weights, the total and to whom it tells what; written down, told
// live, copied, and read in as many statements for many as for few.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import type { CourseId } from '#protocol/courses.ts'
import type { GradingChange } from '#protocol/grades/grading.ts'
import { type GradeItemId, gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { gradeTable } from './queries/gradebook.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('how a course grades', () => {
  let node: TestNode
  let course: TestCourse
  let courseId: CourseId
  let teacher: Client
  let lena: Client
  const columns: GradeItemId[] = []
  const assignmentIds: AssignmentId[] = []

  const grading = () => teacher.request(gradeRoutes.grading, { courseId })
  const set = async (change: GradingChange, who = teacher) =>
    who.request(gradeRoutes.changeGrading, { courseId, version: (await grading()).version, ...change })
  const mark = async (at: number, client: Client, score: string) => {
    const of = { courseId, assignmentId: assignmentIds[at] ?? assert.fail(), accountId: client.accountId }
    const { version } = await teacher.request(assignmentRoutes.submission, of)
    await teacher.request(assignmentRoutes.mark, { ...of, version, score, comment: '' })
  }
  const hold = async (at: number, held: boolean) => {
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId })
    const { id, version } = gradeItems.find(one => one.id === columns[at]) ?? assert.fail()
    await teacher.request(gradeRoutes.release, { gradeItemId: id, version, held })
  }
  const mine = () => lena.request(gradeRoutes.mine, { courseId })
  const staffs = async () =>
    (await teacher.request(gradeRoutes.table, { courseId })).items.find(one => one.accountId === lena.accountId)?.total

  before(async () => {
    node = await testNode()
    course = await makeCourse()
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    lena = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Lena') })
    for (const [title, points] of [
      ['One', '10'],
      ['Two', '20'],
      ['Exam', '50'],
    ]) {
      const given = { courseId, title, points, published: true }
      const { assignment } = await teacher.request(assignmentRoutes.create, given as never)
      columns.push(assignment.gradeItemId)
      assignmentIds.push(assignment.id)
    }
    for (const [at, score] of ['8', '15', '50'].entries()) await mark(at, lena, score)
  })

  it('tells the total of all columns alike until somebody says otherwise', async () => {
    assert.equal((await mine()).total?.percent, '85')
    assert.equal((await staffs())?.percent, '85')
    const { grade } = await lena.request(progressRoutes.mine, { courseId })
    assert.deepEqual(grade, { score: '85', points: '100' })
  })

  it('shows grades by its own bands, to everybody in it, and in a column more of the file', async () => {
    const scale = {
      shows: 'bands' as const,
      bands: [
        { name: 'Pass', from: '76' },
        { name: 'Fail', from: '0' },
      ],
    }
    const user = await lena.subscribe(userScope, lena.accountId)
    const before = user.state().changed.grades
    const state = await assertConverges(teacher, gradebookScope, courseId, () => set({ scale }))
    assert.deepEqual(state.grading.scale, scale)
    await user.until(({ changed }) => changed.grades !== before, 'word to the learner')
    assert.deepEqual(await lena.request(gradeRoutes.scale, { courseId }), scale)
    const csv = await (await teacher.raw('GET', `/courses/${courseId}/grades.csv`)).text()
    assert.match(csv, /"One \(10\)","One \(as shown\)",.*"Total \(%\)","Total \(as shown\)"/)
    assert.match(csv, /"Lena","8","Pass","15","Fail","50","Pass","85","Pass"/)
    const wrong = { ...scale, bands: [...scale.bands].reverse() }
    await assert.rejects(set({ scale: wrong }), { code: 'malformed' })
    await assert.rejects(set({ scale }, lena), { code: 'not-allowed' })
    await set({ scale: { ...scale, shows: 'points' } })
    const plain = await (await teacher.raw('GET', `/courses/${courseId}/grades.csv`)).text()
    assert.match(plain, /"Lena","8","15","50","85"/)
  })

  it('goes by categories with weights that make a hundred, each column in one of them', async () => {
    const [one, two, exam] = columns as [GradeItemId, GradeItemId, GradeItemId]
    const home = { title: 'Homework', weight: '40', drop: 0, columns: [one, two] }
    const last = { title: 'Exam', weight: '50', drop: 0, columns: [exam] }
    const total = { by: 'weights' as const, told: true }
    await assert.rejects(set({ total, categories: [home, last] }), { code: 'malformed' })
    assert.equal((await grading()).total.by, 'columns', 'what was refused left nothing')
    assert.deepEqual((await grading()).categories, [])
    await assert.rejects(set({ categories: [home, { ...last, columns: [one] }] }), { code: 'malformed' })
    const elsewhere = crypto.randomUUID() as GradeItemId
    await assert.rejects(set({ categories: [{ ...home, columns: [elsewhere] }] }), { code: 'malformed' })
    const state = await assertConverges(teacher, gradebookScope, courseId, () =>
      set({ total, categories: [home, { ...last, weight: '60' }] }),
    )
    assert.deepEqual(
      state.grading.categories.map(({ title, weight, columns }) => [title, weight, columns.length]),
      [
        ['Homework', '40', 2],
        ['Exam', '60', 1],
      ],
    )
    const told = (await mine()).total
    assert.equal(told?.percent, '90.67')
    assert.deepEqual(
      told?.groups.map(group => [group.title, group.score, group.points]),
      [
        ['Homework', '23', '30'],
        ['Exam', '50', '50'],
      ],
    )
    const kept = state.grading.categories.map(category => ({
      ...category,
      drop: category.title === 'Homework' ? 1 : 0,
    }))
    const { categories } = await set({ categories: kept })
    assert.deepEqual(
      categories.map(category => category.id),
      kept.map(category => category.id),
      'they stay who they are',
    )
    assert.deepEqual((await mine()).total?.groups[0]?.dropped, [two])
    assert.equal((await mine()).total?.percent, '92')
  })

  it('never tells by a total what is held back', async () => {
    await mark(2, lena, '37.77')
    await hold(2, true)
    const { total } = await mine()
    assert.equal(total?.percent, '80', 'of what may be read alone')
    assert.deepEqual(
      total?.groups.map(one => one.title),
      ['Homework'],
    )
    const before = JSON.stringify([total, (await lena.request(progressRoutes.mine, { courseId })).grade])
    await mark(2, lena, '12.34')
    const after = JSON.stringify([(await mine()).total, (await lena.request(progressRoutes.mine, { courseId })).grade])
    assert.equal(after, before, 'another grade behind it is another byte nowhere')
    assert.equal((await staffs())?.percent, '46.81', 'staff read all of it')
    await hold(2, false)
    assert.equal((await mine()).total?.percent, '46.81')
    await set({ total: { by: 'weights', told: false } })
    assert.equal((await mine()).total, null)
    assert.equal((await lena.request(progressRoutes.mine, { courseId })).grade, null)
    assert.equal((await staffs())?.percent, '46.81')
    await set({ total: { by: 'weights', told: true } })
  })

  it('comes along into a copy, each column in the category of the one it was copied from', async () => {
    const copied = { courseId, how: 'make' as const, title: 'Next year', shift: { days: 365 } }
    const { course: next } = await teacher.request(copyRoutes.copy, copied)
    const id = next?.id ?? assert.fail()
    const [old, own] = [await grading(), await teacher.request(gradeRoutes.grading, { courseId: id })]
    assert.deepEqual([own.scale, own.total, own.late], [old.scale, old.total, old.late])
    const { gradeItems } = await teacher.request(gradeRoutes.table, { courseId: id })
    const named = (all: typeof own.categories) =>
      all.map(({ title, weight, drop, columns }) => [
        ...[title, weight, drop],
        columns.map(column => gradeItems.find(one => one.id === column)?.title).sort(),
      ])
    assert.deepEqual(named(own.categories), [
      ['Homework', '40', 1, ['One', 'Two']],
      ['Exam', '60', 0, ['Exam']],
    ])
  })

  it('is read for a page of many in as many statements as for one', async () => {
    const counted = async () => {
      let statements = 0
      const plain = testCtx()
      const sql: typeof plain.sql = (...given) => {
        statements++
        return plain.sql(...given)
      }
      const page = await gradeTable({ ...plain, sql }, { courseId, limit: 200 })
      return { statements, people: page.items.length }
    }
    const few = await counted()
    for (let at = 0; at < 30; at++) await makePerson(courseId, 'learner', `Person ${at}`)
    const many = await counted()
    assert.deepEqual([few.people, many.people], [1, 31])
    assert.equal(many.statements, few.statements)
  })
})
