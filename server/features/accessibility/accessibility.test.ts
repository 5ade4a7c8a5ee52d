// Findings as they are kept: live as pages and files change, by whoever owns them, in a handful of queries; owners are told
// once, and not again within a week.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accessibilityRoutes, findingsScope } from '#protocol/accessibility.ts'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { bytesType } from '#protocol/base/call.ts'
import { contentRoutes } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { glossaryRoutes } from '#protocol/glossaries.ts'
import { lessonRoutes } from '#protocol/lessons.ts'
import { notificationRoutes } from '#protocol/notifications.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makePdf } from '#server/platform/extract/zip.fixture.ts'
import { makeCourse, makePerson, whoIs } from '#server/test/classes.ts'
import { assertConverges, freshState } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'
import { jobsAtRest } from '#server/test/watching.ts'
import { checkChanged } from './actions/check.ts'
import { checkEverything } from './index.ts'
import { planFor } from './queries/owners.ts'
import { courseReport, siteReport } from './queries/report.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>
const film = Uint8Array.from(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'))

describe('accessibility', () => {
  let node: TestNode
  let admin: Person
  let teacher: Person
  let helper: Person
  let courseId: CourseId
  let imageId: string

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator' })
    const course = await makeCourse('Biology')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    helper = await signedInClient(node, { accountId: await makePerson(courseId, 'instructor', 'Hana Helper') })
    imageId = (await uploadFile(teacher, { courseId, name: 'cell.png', bytes: dot })).id
  })

  const write = async (who: Person, title: string, content: object[]) => {
    const { page } = await who.request(contentRoutes.createPage, { courseId, title, published: true })
    await who.request(contentRoutes.changePage, {
      ...{ courseId, pageId: page.id, version: 0 },
      document: { schema: 1, content },
    })
    return page.id
  }
  const said = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
  const image = (alt: string) => ({ type: 'image', attrs: { fileId: imageId, alt } })
  const report = (who: Person, more = {}) => who.request(accessibilityRoutes.course, { courseId, ...more })
  const found = async (who: Person) =>
    (await report(who)).items.map(one => `${one.title}: ${one.findings.map(of => of.rule).join(' ')}`)
  const until = (who: Person, wanted: readonly string[]) =>
    waitFor(async () => JSON.stringify(await found(who)) === JSON.stringify(wanted), wanted.join(', '))
  const told = async (who: Person) =>
    (await who.request(notificationRoutes.list, { show: 'all' })).items.filter(one => one.kind === 'findings')

  it('keeps what is found in pages and files as they change, and tells open reports', async () => {
    const open = await helper.subscribe(findingsScope, courseId)
    const pageId = await write(teacher, 'Cells', [said('A cell'), image('')])
    await until(helper, ['Cells: image-alt'])
    const video = await uploadFile(helper, { courseId, name: 'film.mp4', bytes: film })
    await uploadFile(teacher, { courseId, name: 'scan.pdf', bytes: makePdf('') })
    await until(teacher, ['Cells: image-alt', 'film.mp4: captions', 'scan.pdf: pdf-text'])
    const { items, totals } = await report(teacher)
    assert.deepEqual(
      items.map(one => one.owner?.name),
      ['Ines Instructor', 'Hana Helper', 'Ines Instructor'],
    )
    assert.deepEqual([totals.things, totals.clean], [3, 0])
    const only = await report(teacher, { rule: 'captions' })
    assert.deepEqual([only.items.length, only.totals.byRule.length], [1, 3])
    const file = await (await teacher.raw('GET', `/courses/${courseId}/accessibility.csv`)).text()
    assert.match(file, /"Cells","Image without a description","Barrier","","Ines Instructor"/)

    // Mended: the page by its words, the film by captions, the scan by going into the bin.
    const before = open.state().changes
    await teacher.request(contentRoutes.changePage, {
      ...{ courseId, pageId, version: 1 },
      document: { schema: 1, content: [said('A cell'), image('A cell under a microscope')] },
    })
    await open.until(state => state.changes > before)
    await until(helper, ['film.mp4: captions', 'scan.pdf: pdf-text'])
    await fetch(`${node.url}/api/v1/files/${video.id}/captions/en`, {
      method: 'PUT',
      headers: { cookie: teacher.cookie(), 'content-type': bytesType, 'idempotency-key': randomUUID() },
      body: '1\n00:00:01,000 --> 00:00:02,000\nGreen.\n',
    })
    await until(helper, ['scan.pdf: pdf-text'])
    await assertConverges(teacher, findingsScope, courseId, async () => {
      // As it stands, not as it was heard: word of the captions may still be on its way.
      const now = (await freshState(helper, findingsScope, courseId)).state.changes
      await teacher.request(fileRoutes.remove, { fileId: items[2]?.refId as never })
      await open.until(state => state.changes > now)
    })
    await until(helper, [])
    assert.deepEqual((await report(helper)).totals, { things: 2, clean: 2, byRule: [] })
  })

  it('finds the same in a page that is Markdown, and whatever no event told of', async () => {
    const body = '# Plan\n\n#### Deep\n\nRead [here](https://example.org/plan).'
    const { page } = await teacher.request(contentRoutes.createPage, { courseId, title: 'Old', body, published: true })
    await until(teacher, ['Old: heading-skip link-words'])
    await jobsAtRest()
    await sql('delete from findings_checks')
    assert.deepEqual(await found(teacher), [])
    await checkEverything(arrange)
    assert.deepEqual(await found(teacher), ['Old: heading-skip link-words'])
    await teacher.request(contentRoutes.removePage, { courseId, pageId: page.id })
    assert.deepEqual(await found(teacher), [])
  })

  it('looks over lessons, glossaries and assignments as they change, and leads to the place in them', async () => {
    const { courseId, instructorId } = await makeCourse('Chemistry')
    const ines = await signedInClient(node, { accountId: instructorId })
    const named = async () =>
      (await ines.request(accessibilityRoutes.course, { courseId })).items.map(
        one => `${one.kind} ${one.within?.title ?? '-'}: ${one.title}: ${one.findings.map(of => of.rule).join(' ')}`,
      )
    const shows = (wanted: readonly string[]) =>
      waitFor(async () => JSON.stringify(await named()) === JSON.stringify(wanted), wanted.join(', '))
    const open = await ines.subscribe(findingsScope, courseId)
    const picture = await uploadFile(ines, { courseId, name: 'salt.png', bytes: dot })
    const bare = { schema: 1, content: [said('Salt'), { type: 'image', attrs: { fileId: picture.id, alt: '' } }] }
    const mended = { schema: 1, content: [said('Salt')] }

    const { lesson } = await ines.request(lessonRoutes.create, { courseId, title: 'Salts' })
    const ofLesson = { courseId, lessonId: lesson.id }
    const { page } = await ines.request(lessonRoutes.addPage, { ...ofLesson, title: 'Crystals' })
    const ofPage = { ...ofLesson, pageId: page.id }
    await ines.request(lessonRoutes.changePage, { ...ofPage, version: page.version, document: bare })
    await shows(['lesson-page Salts: Crystals: image-alt'])
    const { glossary } = await ines.request(glossaryRoutes.create, { courseId, title: 'Words' })
    const ofGlossary = { courseId, glossaryId: glossary.id }
    const { entry } = await ines.request(glossaryRoutes.addEntry, { ...ofGlossary, word: 'Salt', document: bare })
    const { assignment } = await ines.request(assignmentRoutes.create, { courseId, title: 'Draw it', document: bare })
    await shows([
      'lesson-page Salts: Crystals: image-alt',
      'assignment -: Draw it: image-alt',
      'glossary-entry Words: Salt: image-alt',
    ])

    const before = open.state().changes
    await ines.request(lessonRoutes.changePage, { ...ofPage, version: page.version + 1, document: mended })
    await open.until(state => state.changes > before)
    await ines.request(glossaryRoutes.removeEntry, { ...ofGlossary, entryId: entry.id })
    await ines.request(assignmentRoutes.change, {
      ...{ courseId, assignmentId: assignment.id, version: assignment.version },
      document: mended,
    })
    await shows([])
    // What was taken out is neither clean nor not.
    const { totals } = await ines.request(accessibilityRoutes.course, { courseId })
    assert.deepEqual([totals.things, totals.clean], [2, 2])
  })

  it('looks over what stands in more courses than one act may tell of', async () => {
    const many: string[] = []
    for (let course = 0; course < 6; course++) many.push((await makeCourse(`Copy ${course}`)).courseId)
    await sql(
      `with made as (
         insert into pages (id, course_id, title, body, version, changed_at)
         select gen_random_uuid(), id, 'Page', '# Plan' || chr(10) || chr(10) || '#### Deep', 0, now()
           from unnest($1::uuid[]) as id returning id, course_id
       )
       insert into items (id, course_id, kind, ref_id, title, position, published, audience, detail, version)
       select gen_random_uuid(), course_id, 'page', id, 'Page', '5', true, 'everybody', '{}', 0 from made`,
      [many],
    )
    const steps: string[] = []
    do steps.push(await arrange(ctx => checkChanged(ctx, null)))
    while (steps.at(-1) === 'again')
    assert.ok(steps.length > 1)
    const [looked] = await sql<{ many: number }>(
      'select count(*)::int as many from findings_checks where course_id = any($1::uuid[])',
      [many],
    )
    assert.equal(looked?.many, 6)
  })

  it('asks owners once, who else are the instructors, and not again within a week', async () => {
    const gone = await signedInClient(node, { accountId: await makePerson(courseId, 'instructor', 'Gone Guest') })
    const pageId = await write(teacher, 'Mine', [image('')])
    await write(helper, 'Hers', [said('x'), image('')])
    await write(gone, 'Left', [said('x'), image('')])
    await sql('delete from role_assignments where account_id = $1', [gone.accountId])
    await until(teacher, ['Hers: image-alt', 'Left: image-alt', 'Mine: image-only image-alt'])
    const courses = courseId as string
    const plan = await admin.request(accessibilityRoutes.owners, { courses })
    assert.deepEqual(
      plan.items.map(({ name, things, findings, recent, titles }) => ({ name, things, findings, recent, titles })),
      [
        { name: 'Hana Helper', things: 2, findings: 2, recent: 0, titles: ['Hers', 'Left'] },
        { name: 'Ines Instructor', things: 2, findings: 3, recent: 0, titles: ['Left', 'Mine'] },
      ],
    )
    const ask = (more = {}) => admin.request(accessibilityRoutes.ask, { courses, note: 'By Friday', ...more })
    assert.deepEqual(await ask(), { people: 2, things: 3 })
    await waitFor(async () => (await told(teacher)).length === 1 && (await told(helper)).length === 1, 'both told')
    const [one] = await told(teacher)
    assert.deepEqual([one?.title, one?.count], ['Biology', 1])
    assert.ok(one?.place.at === 'findings')
    const requestId = one.place.requestId as never
    const { note, things } = await teacher.request(accessibilityRoutes.request, { requestId })
    assert.deepEqual([note, things.map(of => `${of.title} ${of.findings.length}`)], ['By Friday', ['Left 1', 'Mine 2']])
    await assert.rejects(gone.request(accessibilityRoutes.request, { requestId }), { code: 'not-found' })
    assert.deepEqual(await ask(), { people: 0, things: 0 })
    assert.deepEqual(
      (await admin.request(accessibilityRoutes.owners, { courses })).items.map(of => [of.things, of.recent]),
      [
        [0, 2],
        [0, 2],
      ],
    )
    assert.deepEqual(await ask({ again: true, rule: 'image-only' }), { people: 1, things: 1 })
    await sql("update findings_requested set at = at - interval '8 days'")
    assert.deepEqual(await ask({ rule: 'image-only' }), { people: 1, things: 1 })
    // What is mended leaves the list, and a right that was taken away empties it.
    await teacher.request(contentRoutes.removePage, { courseId, pageId })
    const left = await teacher.request(accessibilityRoutes.request, { requestId })
    assert.deepEqual(
      left.things.map(of => of.title),
      ['Left'],
    )
  })

  it('shows the site by course, to those who manage it, in as many queries as a small one', async () => {
    await arrange(ctx =>
      ctx.sql(
        `with made as (
           insert into pages (id, course_id, title, body, version, changed_at)
           select gen_random_uuid(), $1, 'Page ' || n, '[here](https://example.org)', 0, now()
             from generate_series(1, 400) n returning id, title
         )
         insert into items (id, course_id, kind, ref_id, title, position, published, audience, version)
         select gen_random_uuid(), $1, 'page', id, title, 'z', true, 'everybody', 0 from made`,
        [courseId],
      ),
    )
    await checkEverything(arrange)
    let asked = 0
    const ctx = testCtx({
      sql: async <Row extends object>(text: string, values?: readonly unknown[]) => {
        asked += 1
        return sql<Row>(text, values)
      },
      who: whoIs(teacher.accountId),
    })
    const page = await courseReport(ctx, { courseId, limit: 200 })
    assert.deepEqual([page.items.length, typeof page.next], [200, 'string'])
    assert.ok(asked <= 7, `${asked} queries`)
    asked = 0
    const [row] = (await siteReport(ctx, { limit: 50 })).items
    assert.deepEqual([row?.title, row?.hurdles, row?.things, asked], ['Biology', 400, 404, 1])
    const [ruled] = (await siteReport(ctx, { limit: 50, rule: 'image-alt' })).items
    assert.deepEqual([ruled?.barriers, ruled?.hurdles, ruled?.clean], [2, 0, 402])
    asked = 0
    await planFor(ctx, { again: false })
    assert.ok(asked <= 7, `${asked} queries`)
    await assert.rejects(teacher.request(accessibilityRoutes.site, {}), { code: 'not-allowed' })
  })

  it('moves to the account that goes on, and is forgotten', async () => {
    const other = await makeAccount({ name: 'Other' })
    await arrange(ctx => mergeAccounts(ctx, helper.accountId, other))
    const count = async (id: string) =>
      (await sql<{ n: number }>('select count(*)::int as n from findings_requested where account_id = $1', [id]))[0]?.n
    assert.equal(await count(other), 2)
    await arrange(ctx => eraseAccount(ctx, other))
    assert.equal(await count(other), 0)
  })
})
