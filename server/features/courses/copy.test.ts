// A copy of a course: what comes along, what does not, where dates come to lie, and that the old course stays as it was.
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { activityRoutes } from '#protocol/activities.ts'
import { dayIn, inDays } from '#protocol/base/days.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes } from '#protocol/content.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { gradebookScope, gradeRoutes } from '#protocol/grades.ts'
import { departmentRoutes } from '#protocol/organisation.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { singleQuestion } from '#server/test/record.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

const dayMs = 86_400_000
const inSomeDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()

describe('a copy of a course', () => {
  let node: TestNode
  let teacher: Person
  let learner: Person
  let courseId: string
  let activityId: string
  let fileId: string
  let dueAt: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { name: 'Ines Ferreira' })
    learner = await signedInClient(node, { name: 'Tomasz Nowak' })
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology', timeZone: 'Europe/Berlin' })).course.id
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    const { module } = await teacher.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    const place = { courseId, moduleId: module.id }
    fileId = (await uploadFile(teacher, { courseId, name: 'A cell.png', bytes: dot })).id
    const { page } = await teacher.request(contentRoutes.createPage, { ...place, title: 'Cells', published: true })
    const image = { type: 'image', attrs: { fileId, alt: 'A cell', decorative: false } }
    const document = { schema: 1, content: [image] }
    await teacher.request(contentRoutes.changePage, { courseId, pageId: page.id, version: 0, document })
    await teacher.request(contentRoutes.createPage, { ...place, title: 'Not ready', published: false })
    const gone = await teacher.request(contentRoutes.createPage, { ...place, title: 'Gone', published: true })
    await teacher.request(contentRoutes.removePage, { courseId, pageId: gone.page.id })
    activityId = (await teacher.request(activityRoutes.create, { ...place, kind: 'quiz', title: 'Quiz 1' })).id
    const question = singleQuestion()
    await teacher.request(activityRoutes.addItem, { activityId: activityId as never, question, points: '2' })
    const { items, modules } = (await teacher.subscribe(courseScope, courseId)).state()
    const cells = items.find(one => one.title === 'Cells')
    await teacher.request(conditionRoutes.change, {
      courseId: courseId as never,
      subject: 'module',
      subjectId: modules[0]?.id ?? '',
      version: 0,
      from: inSomeDays(1),
      until: null,
      hidden: false,
      tree: { op: 'all', of: [{ kind: 'completion', itemId: cells?.id as never, is: 'not-done' }] },
    })
    dueAt = inSomeDays(3)
    // How often it may be taken as its course says, which says so for what is given later too.
    const said = { most: 3, counts: 'last' as const }
    const { version } = await teacher.request(gradeRoutes.grading, { courseId })
    await teacher.request(gradeRoutes.changeGrading, { courseId, version, attempts: said })
    await teacher.request(quizRoutes.assign, { activityId: activityId as never, dueAt, grade: { points: '7' } })
  })

  const copy = (how: 'try' | 'make', shift: object = { days: 365 }, who = teacher) =>
    who.request(copyRoutes.copy, { courseId: courseId as never, how, title: 'Biology, again', shift: shift as never })

  it('says beforehand what comes along and where each date would lie, and writes nothing', async () => {
    const plan = await copy('try')
    assert.equal(plan.course, null)
    const counts = {
      modules: 1,
      pages: 2,
      files: 1,
      glossaries: 0,
      links: 0,
      meetings: 0,
      events: 0,
      assignments: 0,
      packages: 0,
      surveys: 0,
      lessons: 0,
      activities: 1,
      questions: 1,
      homework: 1,
      groups: 0,
    }
    assert.deepEqual(plan.counts, counts)
    const [opens, due] = plan.dates
    assert.deepEqual([opens?.title, opens?.what], ['Week 1', 'opens'])
    assert.deepEqual([due?.title, due?.what, due?.from, due?.further], ['Quiz 1', 'due', dueAt, 0])
    assert.equal((await teacher.request(courseRoutes.list, { search: 'again' })).items.length, 0)
  })

  it('moves dates on to days that are free, and names what clashes', async () => {
    const day = dayIn('Europe/Berlin', inDays('Europe/Berlin', new Date(dueAt), 14))
    const onward = await copy('try', { days: 14, free: [day], weekends: 'free' })
    assert.ok((onward.dates.find(one => one.what === 'due')?.further ?? 0) >= 1)
    assert.notEqual(onward.dates.find(one => one.what === 'due')?.clash, 'weekend')
    assert.equal((await copy('try', { days: -30 })).dates.at(-1)?.clash, 'past')
  })

  it('brings the outline, the words, the files and the questions, and none of the people', async () => {
    const { course } = await copy('make')
    assert.ok(course)
    assert.deepEqual([course.title, course.state, course.timeZone], ['Biology, again', 'draft', 'Europe/Berlin'])
    const { items, modules } = (await teacher.subscribe(courseScope, course.id)).state()
    const { drafts, people } = (await teacher.subscribe(courseStaffScope, course.id)).state()
    assert.deepEqual([modules.map(one => one.title), people], [['Week 1'], 1])
    assert.deepEqual(items.map(one => `${one.kind} ${one.title}`).sort(), ['homework Quiz 1', 'page Cells'])
    assert.deepEqual(drafts.map(one => `${one.kind} ${one.title}`).sort(), ['activity Quiz 1', 'page Not ready'])
    assert.ok([...items, ...drafts].every(one => one.moduleId === modules[0]?.id))

    const cells = items.find(one => one.kind === 'page')
    const { page } = await teacher.request(contentRoutes.getPage, {
      courseId: course.id,
      pageId: cells?.refId as never,
    })
    const [picture] = page.document?.content ?? []
    const copied = picture?.attrs?.fileId as string
    assert.notEqual(copied, fileId)
    const { items: held } = await teacher.request(fileRoutes.list, { courseId: course.id } as never)
    assert.deepEqual(
      held.map(one => [one.id, one.name]),
      [[copied, 'A cell.png']],
    )

    const { releases } = await teacher.request(conditionRoutes.list, { courseId: course.id })
    const [release] = releases.filter(one => one.tree !== null)
    assert.equal(release?.subjectId, modules[0]?.id)
    assert.deepEqual(release?.tree?.of, [{ kind: 'completion', itemId: cells?.id, is: 'not-done' }])

    const quiz = drafts.find(one => one.kind === 'activity')
    const own = await teacher.request(activityRoutes.get, { activityId: quiz?.refId as never })
    assert.notEqual(own.activity.id, activityId)
    const homework = items.find(one => one.kind === 'homework')
    assert.deepEqual([homework?.badge, homework?.detail.activityId], ['open', own.activity.id])
    assert.equal(
      dayIn('Europe/Berlin', new Date(String(homework?.detail.dueAt))),
      dayIn('Europe/Berlin', inDays('Europe/Berlin', new Date(dueAt), 365)),
    )
    const { delivery } = await teacher.request(quizRoutes.get, { deliveryId: homework?.refId as never })
    assert.deepEqual(delivery.attempts, { most: 3, counts: 'last' })
    const { items: columns, grading } = (await teacher.subscribe(gradebookScope, course.id)).state()
    assert.deepEqual(grading.attempts, { most: 3, counts: 'last' })
    assert.deepEqual(
      columns.map(one => [one.title, Number(one.points)]),
      [['Quiz 1', 7]],
    )
  })

  it('keeps the bytes of a file while one of the two courses has it', async () => {
    const shared = await uploadFile(teacher, { courseId, name: 'Shared.png', bytes: dot })
    const alone = async () => (await uploadFile(teacher, { courseId, name: 'Alone.png', bytes: dot })).id
    const { course } = await copy('make')
    const blobOf = async (id: string) =>
      (await sql<{ id: string }>('select blob_id as id from file_versions where file_id = $1', [id]))[0]?.id ?? ''
    const stored = async () => (await readdir(fileURLToPath(node.config.storageUrl), { recursive: true })).join()
    const destroy = async (id: string) => {
      const blob = await blobOf(id)
      await teacher.request(fileRoutes.remove, { fileId: id as never })
      await teacher.request(fileRoutes.destroy, { fileId: id as never })
      return blob
    }
    const kept = await destroy(shared.id)
    const gone = await destroy(await alone())
    await waitFor(async () => !(await stored()).includes(gone), 'the bytes of one course alone to be gone')
    assert.ok((await stored()).includes(kept))
    const { items } = await teacher.request(fileRoutes.list, { courseId: course?.id ?? '' } as never)
    assert.ok(items.some(one => one.name === 'Shared.png'))
  })

  it('leaves what is in the bin, with all it holds, and keeps folders of one name apart', async () => {
    const { course: made } = await teacher.request(courseRoutes.create, { title: 'Folders' })
    const folder = async (name: string, folderId: string | null = null) =>
      (await teacher.request(fileRoutes.createFolder, { courseId: made.id, folderId: folderId as never, name })).folder
        .id
    const put = async (name: string, folderId: string) =>
      uploadFile(teacher, { courseId: made.id, name, folderId: folderId as never, bytes: dot })
    const [first, second, gone] = [await folder('First'), await folder('Second'), await folder('Gone')]
    await put('a.png', await folder('Images', first))
    await put('a.png', await folder('Images', second))
    await put('b.png', gone)
    await teacher.request(fileRoutes.removeFolder, { folderId: gone as never })
    const asked = { courseId: made.id as never, title: 'Folders again', shift: { days: 0 } }
    const { course, counts } = await teacher.request(copyRoutes.copy, { ...asked, how: 'make' })
    assert.equal(counts.files, 2)
    const names = await sql<{ name: string; of: string | null }>(
      `select f.name, d.name as of from files f left join folders d on d.id = f.folder_id where f.course_id = $1`,
      [course?.id],
    )
    assert.deepEqual(names, [
      { name: 'a.png', of: 'Images' },
      { name: 'a.png', of: 'Images' },
    ])
  })

  it('is made of a course that has ended, for those who teach it', async () => {
    const { course: made } = await teacher.request(courseRoutes.create, { title: 'Over' })
    await teacher.request(lifeRoutes.changeState, { courseId: made.id, state: 'concluded' })
    const asked = { courseId: made.id, title: 'Begins again', shift: { days: 0 } }
    assert.equal((await teacher.request(copyRoutes.copy, { ...asked, how: 'make' })).course?.state, 'draft')
  })

  it('gives no homework that would be due already, and takes no free day for a reason to fail', async () => {
    const { course } = await copy('make', { days: -30, weekends: 'free' })
    const { items } = (await teacher.subscribe(courseScope, course?.id ?? '')).state()
    assert.deepEqual(
      items.map(one => one.kind),
      ['page'],
    )
  })

  it('keeps no date where they are removed, and says so beforehand', async () => {
    const plan = await copy('try', { days: 0, dates: 'removed' })
    assert.deepEqual(
      plan.dates.map(({ title, what, to, behind, clash }) => [title, what, to, behind, clash]),
      [
        ['Week 1', 'opens', null, false, null],
        ['Quiz 1', 'due', null, true, null],
      ],
    )
    assert.deepEqual([plan.counts.activities, plan.counts.homework, plan.counts.pages], [1, 0, 2])
    const { course } = await copy('make', { days: 0, dates: 'removed' })
    const to = course?.id ?? ''
    const { items, modules } = (await teacher.subscribe(courseScope, to)).state()
    assert.deepEqual(
      items.map(one => one.kind),
      ['page'],
    )
    const subjectId = modules[0]?.id ?? assert.fail()
    const { releases } = await teacher.request(conditionRoutes.list, { courseId: to as never })
    assert.deepEqual(
      releases.map(one => [one.subjectId, one.from, one.until, one.tree?.of.length]),
      [[subjectId, null, null, 1]],
    )
    const { items: activities } = await teacher.request(activityRoutes.list, { courseId: to as never })
    assert.equal(activities.length, 1)
  })

  it('shows what was hidden until a day, where the day is removed', async () => {
    const { course: made } = await teacher.request(courseRoutes.create, { title: 'Hidden' })
    const put = async (title: string) =>
      (await teacher.request(contentRoutes.createPage, { courseId: made.id, moduleId: null, title, published: true }))
        .page
    await put('Later')
    const { module } = await teacher.request(outlineRoutes.createModule, { courseId: made.id, title: 'Later still' })
    const [page] = (await teacher.subscribe(courseScope, made.id)).state().items
    for (const [subject, subjectId] of [
      ['item', page?.id ?? ''],
      ['module', module.id],
    ] as const)
      await teacher.request(conditionRoutes.change, {
        ...{ courseId: made.id, subject, subjectId, version: 0 },
        ...{ from: inSomeDays(9), until: null, hidden: true, tree: null },
      })
    const asked = { courseId: made.id, title: 'Shown', shift: { days: 0, dates: 'removed' as const } }
    const { course } = await teacher.request(copyRoutes.copy, { ...asked, how: 'make' })
    const hidden = await sql<{ hidden: boolean }>(
      'select hidden from items where course_id = $1 union all select hidden from modules where course_id = $1',
      [course?.id],
    )
    assert.deepEqual(hidden, [{ hidden: false }, { hidden: false }])
  })

  it('stands in the department of the old one, where the same holds, whoever makes it', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const { id: departmentId } = await admin.request(departmentRoutes.create, { name: 'Law' })
    const { course } = await teacher.request(courseRoutes.create, { title: 'Contracts' })
    const { version } = course
    await admin.request(courseRoutes.change, { courseId: course.id, version, departmentId })
    const asked = { courseId: course.id, title: 'Contracts anew', shift: { days: 0 } }
    const made = await teacher.request(copyRoutes.copy, { ...asked, how: 'make' })
    assert.equal(made.course?.departmentId, departmentId)
    const [place] = await sql<{ parent: string }>(
      "select parent_id as parent from contexts where kind = 'course' and id = $1",
      [made.course?.id],
    )
    assert.equal(place?.parent, departmentId)
  })

  it('publishes nothing of it where that is to come module by module', async () => {
    const asked = { courseId, title: 'Later', shift: { days: 365 }, how: 'make' as const }
    const shown = async (published: 'as-it-is' | 'later') => {
      const { course } = await teacher.request(copyRoutes.copy, { ...asked, published })
      const [row] = await sql<{ shown: number; all: number }>(
        'select count(*) filter (where published)::int as shown, count(*)::int as all from items where course_id = $1',
        [course?.id],
      )
      return row
    }
    const [before, later] = [await shown('as-it-is'), await shown('later')]
    assert.ok((before?.shown ?? 0) > 0)
    assert.deepEqual(later, { shown: 0, all: before?.all })
  })

  it('is for those who teach it, and who may make courses', async () => {
    await assert.rejects(copy('make', { days: 1 }, learner), { code: 'not-allowed' })
    const stranger = await signedInClient(node, { name: 'Sven Stranger' })
    await assert.rejects(copy('try', { days: 1 }, stranger), { code: 'not-found' })
  })
})
