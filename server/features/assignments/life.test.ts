// What becomes of assignments and of what was handed in: moved and copied with their course, taken away when it begins anew,
// done as progress, given back and erased with a person.
import assert from 'node:assert/strict'
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import { calendarRoutes } from '#protocol/calendar.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { resetRoutes } from '#protocol/courses/reset.ts'
import { type CourseId, courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { notificationRoutes } from '#protocol/notifications.ts'
import { writePreview } from '#protocol/preview.ts'
import { progressRoutes, progressScope } from '#protocol/progress.ts'
import { items } from '#server/features/courses/index.ts'
import { gradesFeature } from '#server/features/grades/index.ts'
import { remindOfAssignmentJob } from '#server/features/notifications/actions/remind-of-assignments.ts'
import { tellJob } from '#server/features/notifications/actions/tell.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { uploadIntoDraft } from '#server/test/uploads.ts'
import { handSubmissionsOver } from './actions/account.ts'
import { assignmentsFeature } from './index.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>
type Of = { courseId: CourseId; assignmentId: AssignmentId }

const hooks = assignmentsFeature.account ?? assert.fail()

describe('the life of an assignment', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let lena: Client
  let abel: Client
  beforeEach(async () => {
    node ??= await testNode()
    course = await makeCourse()
    const join = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', name) })
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ;[lena, abel] = [await join('Lena'), await join('Abel')]
  })

  const make = async (more: object = {}): Promise<Of> => {
    const takes = { text: true, most: 2, forms: [], largest: 1_000_000 }
    const given = { courseId: course.courseId, title: 'Essay', published: true, takes, ...more }
    const { assignment } = await teacher.request(assignmentRoutes.create, given as never)
    return { courseId: course.courseId, assignmentId: assignment.id }
  }
  const hand = async (client: Client, of: Of, text: string) => {
    const { own } = await client.request(assignmentRoutes.get, of)
    return client.request(assignmentRoutes.handIn, { ...of, version: own?.draft.version ?? 0, text })
  }
  const mark = async (of: Of, { accountId }: Client, score: string | null) => {
    const { version } = await teacher.request(assignmentRoutes.submission, { ...of, accountId })
    return teacher.request(assignmentRoutes.mark, { ...of, accountId, version, score, comment: 'Well' })
  }
  const itemOf = async ({ assignmentId }: Of) =>
    (await items.findOne({ where: { refId: assignmentId }, raw: true })) ?? assert.fail()

  it('comes along in a copy with its times moved and a column of its own, and moves with many other things', async () => {
    const document = { schema: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Write it.' }] }] }
    const times = { dueAt: '2031-03-01T09:00:00.000Z', cutOffAt: '2031-03-02T09:00:00.000Z' }
    const of = await make({ ...times, points: '7', document })
    await hand(lena, of, 'Mine')
    const { version, id: itemId } = await itemOf(of)
    await teacher.request(outlineRoutes.changeMany, {
      ...{ courseId: course.courseId, changes: [{ subject: 'item', id: itemId, version, days: 1 }] },
    })
    const day = { from: '2031-03-02T00:00:00.000Z', to: '2031-03-03T00:00:00.000Z' }
    const days = (await lena.request(calendarRoutes.list, day)).entries
    assert.deepEqual(
      days.map(one => [one.kind, one.title, one.startsAt]),
      [['due', 'Essay', '2031-03-02T09:00:00.000Z']],
    )
    const admin = await signedInClient(node, { role: 'administrator' })
    const copying = { courseId: course.courseId, title: 'Again', shift: { days: 7 } }
    const plan = await admin.request(copyRoutes.copy, { ...copying, how: 'try' })
    assert.deepEqual(
      [plan.counts.assignments, plan.dates.map(one => [one.what, one.to])],
      [
        1,
        [
          ['due', '2031-03-09T09:00:00.000Z'],
          ['until', '2031-03-10T09:00:00.000Z'],
        ],
      ],
    )
    const made = (await admin.request(copyRoutes.copy, { ...copying, how: 'make' })).course ?? assert.fail()
    const [copied] = (await admin.subscribe(courseScope, made.id)).state().items
    const there = { courseId: made.id, assignmentId: copied?.refId as AssignmentId }
    const { assignment, own } = await admin.request(assignmentRoutes.get, there)
    assert.deepEqual(
      [assignment.title, assignment.points, assignment.dueAt, assignment.document, own],
      ['Essay', '7', '2031-03-09T09:00:00.000Z', document, null],
    )
    const before = (await lena.request(assignmentRoutes.get, of)).assignment
    assert.notEqual(assignment.gradeItemId, before.gradeItemId)
    assert.deepEqual((await admin.request(assignmentRoutes.list, there)).items, [])
  })

  it('is done once it is handed in, missed after the cut-off, and opens what waits for its score', async () => {
    const of = await make()
    const waiting = await make({ title: 'Next' })
    const { assignment } = await lena.request(assignmentRoutes.get, of)
    const { id: subjectId } = await itemOf(waiting)
    const condition = { kind: 'score', gradeItemId: assignment.gradeItemId, percent: 50 }
    await teacher.request(conditionRoutes.change, {
      ...{ courseId: course.courseId, subject: 'item', subjectId, version: 0, from: null, until: null, hidden: false },
      tree: { op: 'all', of: [condition] },
    } as never)
    const cells = async () =>
      (await lena.request(progressRoutes.mine, { courseId: course.courseId })).items.map(one => [
        one.title,
        one.cell.state,
        one.cell.how,
      ])
    assert.deepEqual((await cells())[0], ['Essay', 'open', 'handed-in'])
    const watching = await teacher.subscribe(progressScope, course.courseId)
    await hand(lena, of, 'Mine')
    await waitFor(() => watching.fleeting.some(one => one.kind === 'moved'), 'word that somebody got on')
    assert.deepEqual((await cells())[0], ['Essay', 'done', 'handed-in'])
    await assert.rejects(lena.request(assignmentRoutes.get, waiting), { code: 'locked' })
    await assert.rejects(lena.request(assignmentRoutes.handIn, { ...waiting, version: 0, text: 'Early' }), {
      code: 'locked',
    })
    await mark(of, lena, '4')
    await assert.rejects(lena.request(assignmentRoutes.get, waiting), { code: 'locked' })
    await mark(of, lena, '6')
    await hand(lena, waiting, 'Open now')
    await teacher.request(assignmentRoutes.change, { ...of, version: 0, cutOffAt: new Date().toISOString() })
    const missed = async () => {
      const { items: others } = await abel.request(progressRoutes.mine, { courseId: course.courseId })
      return others[0]?.cell.state === 'missed'
    }
    // By the clock of the database, which may be behind ours.
    await waitFor(missed, 'the cut-off to pass')
  })

  it('gives a person everything back, and keeps no word of theirs once they are erased', async () => {
    const of = await make()
    await uploadIntoDraft(lena, { ...of, name: 'mine.txt', bytes: 'mine' })
    await hand(lena, of, 'My own words')
    await mark(of, lena, '6')
    const copy = await hooks.export(testCtx(), lena.accountId)
    const [handed] = copy.handedIn as { text: string; files: string[] }[]
    assert.deepEqual([handed?.text, handed?.files], ['My own words', ['mine.txt']])
    const [given] = copy.submissions as { score: string; comment: string }[]
    assert.deepEqual([given?.score, given?.comment], ['6', 'Well'])
    const files = await hooks.files?.(testCtx(), lena.accountId)
    assert.deepEqual(
      files?.map(one => one.name),
      ['mine.txt'],
    )
    const space = async () => (await teacher.request(fileRoutes.list, { courseId: course.courseId })).space.used
    assert.equal(await space(), 4)
    await arrange(ctx => hooks.erase(ctx, course.instructorId))
    const read = { ...of, accountId: lena.accountId }
    assert.equal((await teacher.request(assignmentRoutes.submission, read)).mark?.by, null)
    await arrange(ctx => hooks.erase(ctx, lena.accountId))
    const after = await teacher.request(assignmentRoutes.submission, read)
    assert.deepEqual(
      [after.handIns.map(one => [one.text, one.files]), after.mark?.score, after.mark?.comment, await space()],
      [[['–', []]], '6', '', 0],
    )
  })

  it('is one submission where two accounts were one person, with all that either handed in and a mark of either', async () => {
    const [of, alone] = [await make(), await make({ title: 'Alone' })]
    await hand(abel, of, 'First')
    await uploadIntoDraft(lena, { ...of, name: 'mine.txt', bytes: 'mine' })
    await hand(lena, of, 'Second')
    await hand(abel, of, 'Third')
    await hand(lena, alone, 'Only here')
    await mark(of, lena, '6')
    await arrange(async ctx => {
      for (const one of [gradesFeature.account, hooks]) await one?.merge(ctx, lena.accountId, abel.accountId)
      for (const one of [gradesFeature.account, hooks]) await one?.merged?.(ctx, abel.accountId)
    })
    const read = { ...of, accountId: abel.accountId }
    const { handIns, mark: kept } = await teacher.request(assignmentRoutes.submission, read)
    assert.deepEqual(
      handIns.map(one => [one.number, one.text, one.files.map(file => file.name)]),
      [
        [3, 'Third', []],
        [2, 'Second', ['mine.txt']],
        [1, 'First', []],
      ],
    )
    assert.equal(kept?.score, '6')
    const { assignment, own } = await abel.request(assignmentRoutes.get, alone)
    assert.equal(own?.handIns[0]?.text, 'Only here')
    const table = await abel.request(gradeRoutes.mine, { courseId: assignment.courseId })
    assert.deepEqual(
      table.cells.map(one => one.score),
      ['6'],
    )
  })

  it('tells its learner of no mark while its column is held back, and of it once that is released', async () => {
    const of = await make()
    await hand(lena, of, 'Mine')
    const { assignment } = await teacher.request(assignmentRoutes.get, of)
    const { gradeItemId } = assignment
    const held = await teacher.request(gradeRoutes.release, { gradeItemId, version: 0, held: true })
    await mark(of, lena, '6')
    const own = async () => (await lena.request(assignmentRoutes.get, of)).own?.mark ?? null
    const copied = async () =>
      ((await hooks.export(testCtx(), lena.accountId)).submissions as { score: string | null }[])[0]?.score
    assert.deepEqual([await own(), await copied()], [null, null])
    await teacher.request(gradeRoutes.release, { gradeItemId, version: held.version, held: false })
    assert.deepEqual([(await own())?.score, await copied()], ['6', '6'])
  })

  it('is told to its learners as it is published, and called to mind a day before it is due', async () => {
    const soon = new Date(Date.now() + 30 * 3_600_000)
    const of = await make({ published: false, dueAt: soon.toISOString() })
    const told = async (who: Client) => {
      const { items: all } = await who.request(notificationRoutes.list, { show: 'all' })
      return all.filter(one => one.place.at === 'assignment').map(one => `${one.kind} ${one.title}`)
    }
    await teacher.request(outlineRoutes.publishItem, { courseId: course.courseId, itemId: (await itemOf(of)).id })
    for (const who of [abel, lena])
      await waitFor(async () => (await told(who)).join() === 'homework Essay', 'word that there is an assignment')
    await hand(lena, of, 'Early')
    const dayBefore = new Date(soon.getTime() - 23 * 3_600_000)
    await arrange(
      async ctx => {
        const enqueue: typeof ctx.enqueue = async (_job, data) => void (await tellJob.run(ctx, data))
        await remindOfAssignmentJob.run({ ...ctx, enqueue }, of)
      },
      { now: dayBefore },
    )
    assert.deepEqual(await told(abel), ['due Essay', 'homework Essay'])
    assert.deepEqual(await told(lena), ['homework Essay'])
  })

  it('is seen as a learner sees it, and nothing is handed in for somebody who is supposed', async () => {
    const of = await make()
    const preview = writePreview({ courseId: course.courseId, role: 'learner', groupIds: [] })
    const seen = await signedInClient(node, { accountId: course.instructorId, preview })
    const shown = await seen.request(assignmentRoutes.get, of)
    assert.deepEqual([shown.own?.handIns, shown.mayChange, shown.mayReadAll], [[], false, false])
    await assert.rejects(seen.request(assignmentRoutes.handIn, { ...of, version: 0, text: 'Mine' }), {
      code: 'previewing',
    })
    await assert.rejects(seen.request(assignmentRoutes.list, of), { code: 'not-allowed' })
  })

  it('hands what somebody handed in over without a word of it, and forgets all when the course begins anew', async () => {
    const of = await make()
    await uploadIntoDraft(lena, { ...of, name: 'mine.txt', bytes: 'mine' })
    await hand(lena, of, 'Mine')
    const nobody = (await signedInClient(node)).accountId
    await arrange(ctx => handSubmissionsOver(ctx, course.courseId, [{ from: lena.accountId, into: nobody }]))
    const { handIns } = await teacher.request(assignmentRoutes.submission, { ...of, accountId: nobody })
    assert.deepEqual(
      handIns.map(one => [one.text, one.files]),
      [['–', []]],
    )
    const space = async () => (await teacher.request(fileRoutes.list, { courseId: course.courseId })).space.used
    await uploadIntoDraft(abel, { ...of, name: 'too.txt', bytes: 'too' })
    await hand(abel, of, 'Mine, too')
    assert.equal(await space(), 3)
    await mark(of, abel, '3')
    const reset = { courseId: course.courseId, parts: ['work' as const], title: 'Cells' }
    const { counts } = await teacher.request(resetRoutes.reset, { ...reset, how: 'try' })
    assert.equal(counts.work, 3)
    await teacher.request(resetRoutes.reset, { ...reset, how: 'make' })
    assert.equal(await space(), 0)
    const list = await teacher.request(assignmentRoutes.list, of)
    assert.deepEqual([list.counts, list.items.length], [{ none: 2, 'handed-in': 0, late: 0, marked: 0 }, 2])
    assert.deepEqual((await abel.request(assignmentRoutes.get, of)).own?.mark, null)
    await hand(abel, of, 'Anew')
  })
})
