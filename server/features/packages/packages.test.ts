// A package of SCORM from its archive to the gradebook: what is taken and what is not, what the content origin gives out and to
// whom, what an attempt comes to, and what is told to whom.
import assert from 'node:assert/strict'
import { accountRoutes } from '#protocol/accounts.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseScope } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import type { PartData } from '#protocol/packages/attempts.ts'
import { packageCalls, packageRoutes, packageScope } from '#protocol/packages.ts'
import { endEnrolment, items } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { diskBlobs } from '#server/platform/storage/blobs.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import {
  bringPackage,
  disguised,
  leafFiles,
  type OfPackage,
  packed,
  treeFiles,
  withManifest,
} from '#server/test/packages.ts'
import { archivesGone, sweepContents } from './actions/contents.ts'
import { dropTickets } from './actions/sittings.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const nothing: PartData = {
  ...{
    completion: 'incomplete',
    success: 'unknown',
    score: null,
    seconds: 1,
    location: '',
    suspend: '',
    objectives: [],
  },
}

describe('a package', () => {
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

  const make = async (files = leafFiles, more: object = {}): Promise<OfPackage> => {
    const given = { courseId: course.courseId, title: 'The leaf', published: true, ...more }
    const { package: made } = await teacher.request(packageRoutes.create, given as never)
    const of = { courseId: course.courseId, packageId: made.id }
    assert.deepEqual(await bringPackage(teacher, of, packed(files)), {})
    return of
  }
  const open = (client: Client, of: OfPackage, attempt: 'continue' | 'new' = 'continue') =>
    client.request(packageRoutes.open, { ...of, attempt })
  const own = async (client: Client, of: OfPackage) =>
    (await client.request(packageRoutes.get, of)).own ?? assert.fail('nothing of theirs')
  const tell = (client: Client, at: { attemptId: unknown; sitting: number }, part: string, data: Partial<PartData>) =>
    client.call(packageCalls.commit, {
      attemptId: at.attemptId as never,
      sitting: at.sitting,
      part,
      data: { ...nothing, ...data },
    })
  const cellOf = async (client: Client) => {
    const table = await teacher.request(gradeRoutes.table, { courseId: course.courseId })
    const row = table.items.find(one => one.accountId === client.accountId)
    return row?.cells[0]
  }
  /** From the content origin, whatever host is asked for. */
  const content = (address: string, headers: Record<string, string> = {}) =>
    fetch(address, { headers, redirect: 'error' })

  it('is brought, published, and played from an origin of its own that knows nobody', async () => {
    const { package: bare } = await teacher.request(packageRoutes.create, {
      courseId: course.courseId,
      title: 'Nothing yet',
    } as never)
    await assert.rejects(open(teacher, { courseId: course.courseId, packageId: bare.id }), { code: 'package-empty' })
    const of = await make()
    const shown = (await lena.request(packageRoutes.get, of)).package
    assert.deepEqual(
      [shown.content?.form, shown.content?.number, shown.content?.title, shown.content?.files],
      ['scorm12', 1, 'What a leaf is for', 4],
    )
    assert.deepEqual(shown.content?.parts, [{ id: 'one', title: 'The leaf', depth: 0, kind: 'sco' }])
    const { address, form, attemptId, sitting, parts, states } = await open(lena, of)
    assert.deepEqual(
      [form, sitting, parts[0]?.href, parts[0]?.mastery, states],
      ['scorm12', 1, 'leaf/index.html', 0.8, []],
    )
    assert.ok(attemptId)
    assert.equal(new URL(address).port, String(node.contentPort))
    assert.notEqual(new URL(address).hostname, new URL(node.url).hostname)
    const page = await content(address)
    assert.equal(page.status, 200)
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, new RegExp(`frame-ancestors 'self' ${node.url}$`))
    assert.match(policy, /connect-src 'self' data: blob:;/)
    const file = await content(new URL('files/leaf/index.html', address).href, { cookie: lena.cookie() })
    assert.deepEqual(
      [
        file.status,
        file.headers.get('content-type'),
        file.headers.get('x-content-type-options'),
        file.headers.get('set-cookie'),
      ],
      [200, 'text/html', 'nosniff', null],
    )
    assert.equal(file.headers.get('referrer-policy'), 'no-referrer')
    assert.match(await file.text(), /LMSInitialize/)
    // Written in another case, as many packages do, a file is the same one.
    assert.equal(
      (await content(new URL('files/Shared/Page.CSS', address).href)).headers.get('content-type'),
      'text/css',
    )
    const part = await content(new URL('files/shared/page.css', address).href, { range: 'bytes=4-7' })
    assert.deepEqual([part.status, await part.text()], [206, String(leafFiles['shared/page.css']).slice(4, 8)])
    const status = async (path: string, headers = {}) => (await content(new URL(path, address).href, headers)).status
    assert.deepEqual(
      [
        await status('files/nothing.html'),
        await status('files/../../../../etc/passwd'),
        await status('files/%2e%2e/%2e%2e/secret'),
        await status('/api/v1/me'),
        await status('/socket.io/?EIO=4&transport=polling'),
        await status('/'),
        await status('files/shared/find.js', { 'service-worker': 'script' }),
        await status('/packages/AAAAAAAAAAAAAAAAAAAAAA/play'),
      ],
      [404, 404, 404, 404, 404, 404, 403, 404],
    )
    assert.equal((await fetch(address, { method: 'POST' })).status, 403)
    // The app may frame that origin, and no other is let in.
    const app = await fetch(`${node.url}/`)
    const framed = /frame-src ([^;]+)/.exec(app.headers.get('content-security-policy') ?? '')?.[1]
    assert.ok(framed?.split(' ').includes(new URL(address).origin), framed)
  })

  it('keeps what a learner does, goes on where they were, and fills a column with the best attempt', async () => {
    const of = await make(leafFiles, { points: '20' })
    const first = await open(lena, of)
    await assertConverges(teacher, packageScope, of.packageId, () =>
      tell(lena, first, 'one', { location: '3', suspend: 'seen 3', seconds: 0 }),
    )
    const again = await open(lena, of)
    assert.deepEqual([again.attemptId, again.sitting], [first.attemptId, 2])
    assert.deepEqual(
      again.states.map(one => [one.part, one.data.location, one.data.suspend]),
      [['one', '3', 'seen 3']],
    )
    await assert.rejects(open(lena, of, 'new'), { code: 'attempt-open' })
    assert.equal(await cellOf(lena), undefined)
    // What it says of itself does not count where the manifest says from which score on it is passed.
    const { own: told } = await tell(lena, again, 'one', {
      ...{ completion: 'completed', success: 'passed', score: { raw: 60, min: 0, max: 100 } },
    })
    assert.deepEqual(
      told.attempts.map(one => [one.number, one.status, one.over, one.score]),
      [[1, 'failed', true, '12']],
    )
    const second = await open(lena, of, 'new')
    assert.deepEqual([second.states, second.sitting], [[], 1])
    await tell(lena, second, 'one', { completion: 'completed', score: { raw: 85 } })
    assert.deepEqual(
      (await own(lena, of)).attempts.map(one => [one.number, one.status, one.score]),
      [
        [2, 'passed', '17'],
        [1, 'failed', '12'],
      ],
    )
    assert.equal((await own(lena, of)).best, '17')
    assert.equal((await cellOf(lena))?.score, '17')
    const third = await open(lena, of, 'new')
    await tell(lena, third, 'one', { success: 'failed', score: { raw: 10 } })
    assert.equal((await cellOf(lena))?.score, '17', 'the best attempt counts')
    const { items: learners, counts } = await teacher.request(packageRoutes.list, of)
    assert.deepEqual(
      learners.map(one => [one.name, one.status, one.attempts, one.score]),
      [
        ['Abel', 'none', 0, null],
        ['Lena', 'failed', 3, '17'],
      ],
    )
    assert.deepEqual(counts, { none: 1, begun: 0, completed: 0, passed: 0, failed: 1 })
    const csv = await (await teacher.raw('GET', `/courses/${of.courseId}/packages/${of.packageId}/learners.csv`)).text()
    assert.match(csv, /"Lena","Not passed","3","17",/)
    await teacher.request(packageRoutes.change, { ...of, version: 1, points: '10' })
    assert.equal((await cellOf(lena))?.score, '8.5', 'of other points it is the same share')
  })

  it('takes nothing back that was reached, and lets no late sitting overwrite a later one', async () => {
    const of = await make()
    const early = await open(lena, of)
    const late = await open(lena, of)
    await tell(lena, late, 'one', { location: '9', suspend: 'newer', score: { raw: 90 }, completion: 'completed' })
    await tell(lena, early, 'one', { location: '2', suspend: 'older', score: { raw: 10 }, completion: 'incomplete' })
    const { states } = await open(lena, of)
    assert.deepEqual([states[0]?.data.location, states[0]?.data.suspend], ['9', 'newer'])
    assert.deepEqual(
      (await own(lena, of)).attempts.map(one => [one.status, one.score]),
      [['passed', '9']],
    )
    assert.equal((await cellOf(lena))?.score, '9')
  })

  it('believes nothing that it says beyond what it may say', async () => {
    const of = await make()
    const at = await open(lena, of)
    const refused = (data: object, more: object = {}) =>
      assert.rejects(
        lena.call(packageCalls.commit, {
          ...{ attemptId: at.attemptId as never, sitting: 1, part: 'one', ...more },
          data: { ...nothing, ...data } as PartData,
        }),
        { code: 'malformed' },
      )
    await refused({ suspend: 'x'.repeat(65_537) })
    await refused({ location: 'x'.repeat(1_001) })
    await refused({ suspend: 'a\u0000b' })
    await refused({ score: { raw: Number.NaN } })
    await refused({ score: { raw: 1e300 } })
    await refused({ seconds: -1 })
    await refused({ more: 'words' })
    const objective = { id: 'o', completion: '', success: '', score: null }
    await refused({ objectives: Array.from({ length: 101 }, () => objective) })
    await refused({}, { part: 'another' })
    await refused({}, { sitting: 7 })
    await assert.rejects(tell(abel, at, 'one', {}), { code: 'not-found' })
    await assert.rejects(tell(teacher, at, 'one', {}), { code: 'not-found' })
    // A score lies between nothing and all, and no sitting lasts longer than the attempt.
    await tell(lena, at, 'one', { score: { raw: 999, max: 100 }, seconds: 9_000_000, suspend: 'x'.repeat(65_536) })
    const [attempt] = (await own(lena, of)).attempts
    assert.equal(attempt?.score, '10')
    assert.ok((attempt?.seconds ?? 99) < 30)
    await tell(lena, await open(abel, await make()).then(() => at), 'one', { score: { raw: -50, min: 0 } })
    assert.equal((await own(lena, of)).best, '10')
  })

  it('of SCORM 2004 is parts of which each is begun with what it was begun with, done when all are', async () => {
    const of = await make(treeFiles)
    const at = await open(lena, of)
    assert.deepEqual(
      at.parts.map(one => [one.depth, one.kind, one.title, one.href, one.mastery]),
      [
        [0, 'heading', 'Above the ground', '', null],
        [1, 'sco', 'The crown', 'parts/crown.html', 0.8],
        [1, 'page', 'The trunk', 'parts/trunk.html', null],
        [0, 'sco', 'The root', 'parts/root.html?from=below', null],
      ],
    )
    await tell(lena, at, 'crown', { completion: 'completed', success: 'unknown', score: { scaled: 0.9 } })
    await tell(lena, at, 'trunk', { completion: 'completed' })
    assert.deepEqual(
      (await own(lena, of)).attempts.map(one => [one.status, one.score]),
      [['begun', '9']],
    )
    await tell(lena, at, 'root', { completion: 'completed', success: 'passed', score: { scaled: 0.5 } })
    assert.deepEqual(
      (await own(lena, of)).attempts.map(one => [one.status, one.score]),
      [['passed', '7']],
    )
  })

  it('is refused with a reason where it is none, and nothing of it is left', async () => {
    const { package: made } = await teacher.request(packageRoutes.create, { courseId: course.courseId, title: 'Bad' })
    const of = { courseId: course.courseId, packageId: made.id }
    const bring = async (files: Parameters<typeof packed>[0]) => bringPackage(teacher, of, packed(files))
    const with_ = (more: Parameters<typeof packed>[0]) => bring({ ...leafFiles, ...more })
    const sco = (href: string) => `<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="${href}"/>`
    const item = '<item identifier="i" identifierref="R"><title>T</title></item>'
    assert.equal((await bringPackage(teacher, of, new TextEncoder().encode('no archive at all'))).refused, 'no-archive')
    assert.equal((await bringPackage(teacher, of, disguised(packed(leafFiles), 'encrypted'))).refused, 'encrypted')
    assert.equal((await bringPackage(teacher, of, disguised(packed(leafFiles), 'link'))).refused, 'unsafe-name')
    assert.deepEqual(await with_({ '../out.html': 'x' }), { refused: 'unsafe-name', refusedAt: '../out.html' })
    assert.equal((await with_({ '/etc/out.html': 'x' })).refused, 'unsafe-name')
    assert.equal((await with_({ 'a\\b.html': 'x' })).refused, 'unsafe-name')
    assert.equal((await with_({ 'LEAF/Index.html': 'x' })).refused, 'unsafe-name')
    assert.equal((await with_({ 'bomb.bin': Buffer.alloc(8_000_000) })).refused, 'grows')
    const { 'imsmanifest.xml': manifest, ...rest } = leafFiles
    assert.equal((await bring(rest)).refused, 'no-manifest')
    assert.equal((await bring({ ...rest, 'folder/imsmanifest.xml': manifest ?? '' })).refused, 'no-manifest')
    assert.equal((await with_({ 'imsmanifest.xml': '<manifest><a></manifest>' })).refused, 'bad-manifest')
    const entity = `<!DOCTYPE m [<!ENTITY x "y">]>${String(manifest).replace(/^<\?xml[^>]*>/, '')}`
    assert.equal((await with_({ 'imsmanifest.xml': entity })).refused, 'bad-manifest')
    assert.equal((await bring(withManifest('', ''))).refused, 'nothing-to-play')
    assert.deepEqual(await bring(withManifest(item, sco('gone.html'))), {
      refused: 'part-missing',
      refusedAt: 'gone.html',
    })
    for (const href of [
      'https://elsewhere.example/a.html',
      '//elsewhere.example/a',
      'javascript:alert(1)',
      'data:text/html,x',
    ])
      assert.equal((await bring(withManifest(item, sco(href)))).refused, 'part-elsewhere', href)
    assert.equal((await bring(withManifest(item, sco('../../leaf/index.html')))).refused, undefined)
    await bring(leafFiles)
    const { space } = await teacher.request(fileRoutes.list, { courseId: course.courseId })
    const [{ size = 0 } = {}] = await sql<{ size: number }>(
      'select sum(size)::int as size from package_contents c join packages p on p.id = c.package_id where p.course_id = $1',
      [course.courseId],
    )
    assert.equal(space.used, size, 'what was refused takes no room')
  })

  it('is not there for who may not see it, and opens no file any more once a right is gone', async () => {
    const of = await make(leafFiles, { published: false })
    await assert.rejects(lena.request(packageRoutes.get, of), { code: 'not-found' })
    await assert.rejects(open(lena, of), { code: 'not-found' })
    const tried = await open(teacher, of)
    assert.deepEqual([tried.attemptId, tried.sitting], [null, 0], 'of staff nothing is kept')
    const item = (await items.findOne({ where: { refId: of.packageId }, raw: true })) ?? assert.fail()
    const change = (version: number, published: boolean) =>
      teacher.request(outlineRoutes.changeMany, {
        ...{ courseId: of.courseId, changes: [{ subject: 'item', id: item.id, version, published }] },
      } as never)
    await change(item.version, true)
    const { address, ...at } = await open(lena, of)
    const file = new URL('files/shared/page.css', address).href
    const gone = async (what: string) => waitFor(async () => (await content(file)).status !== 200, what)
    assert.equal((await content(file)).status, 200)
    await arrange(ctx => endEnrolment(ctx, { courseId: of.courseId, accountId: lena.accountId as never }))
    await gone('the file to be gone with the enrolment')
    await assert.rejects(tell(lena, at, 'one', {}), { code: 'not-found' })
    const other = await open(abel, of)
    const theirs = new URL('files/shared/page.css', other.address).href
    assert.equal((await content(theirs)).status, 200)
    await abel.request(accountRoutes.signOut)
    await waitFor(async () => (await content(theirs)).status === 404, 'the file to be gone with the device')
    await sql("update package_tickets set expires_at = now() - interval '1 second'")
    await arrange(dropTickets)
    assert.deepEqual(await sql('select from package_tickets'), [])
  })

  it('of another version is for new attempts; the old one goes when nobody plays it', async () => {
    const of = await make()
    const at = await open(lena, of)
    const changed = { ...leafFiles, 'shared/page.css': 'body{color:red}' }
    assert.deepEqual(await bringPackage(teacher, of, packed(changed)), {})
    const css = async ({ address }: { address: string }) =>
      (await content(new URL('files/shared/page.css', address).href)).text()
    assert.equal(await css(await open(lena, of)), leafFiles['shared/page.css'])
    assert.equal(await css(await open(abel, of)), 'body{color:red}')
    const contents = () =>
      sql<{ blobId: string }>('select blob_id as "blobId" from package_contents where package_id = $1', [of.packageId])
    const unused = () => sql("update package_tickets set expires_at = now() - interval '1 second'")
    await unused()
    await arrange(sweepContents)
    assert.equal((await contents()).length, 2, 'an attempt that is open keeps its version')
    assert.equal(await css(await open(lena, of)), leafFiles['shared/page.css'])
    await tell(lena, at, 'one', { completion: 'completed', score: { raw: 90 } })
    assert.equal(await css(await open(lena, of, 'new')), 'body{color:red}')
    await unused()
    const before = (await contents()).map(one => one.blobId)
    await arrange(sweepContents)
    const [left] = await contents()
    assert.equal((await contents()).length, 1)
    const blobIds = before.filter(id => id !== left?.blobId)
    assert.equal(blobIds.length, 1)
    const blobs = diskBlobs(node.config.storageUrl)
    await arrange(async tx => void (await archivesGone.run(tx, { blobIds: before })), { blobs })
    await assert.rejects(blobs.get(blobIds[0] ?? ''), { code: 'not-found' })
    assert.ok((await blobs.get(left?.blobId ?? '')).size > 0, 'what is played stays')
  })

  it('comes along in a copy with its archive and a column of its own, and without anybody', async () => {
    const of = await make()
    await tell(lena, await open(lena, of), 'one', { score: { raw: 90 }, completion: 'completed' })
    const admin = await signedInClient(node, { role: 'administrator' })
    const copying = { courseId: of.courseId, title: 'Again', shift: { days: 7 } }
    const plan = await admin.request(copyRoutes.copy, { ...copying, how: 'try' })
    assert.equal(plan.counts.packages, 1)
    const { course: made } = await admin.request(copyRoutes.copy, { ...copying, how: 'make' })
    const there = made?.id ?? assert.fail()
    const [copied] = (await admin.subscribe(courseScope, there)).state().items
    const copy = { courseId: there, packageId: copied?.refId as never }
    const shown = await admin.request(packageRoutes.get, copy)
    assert.deepEqual([shown.package.title, shown.package.content?.files], ['The leaf', 4])
    assert.deepEqual((await admin.request(packageRoutes.list, copy)).items, [])
    const { address } = await open(admin, copy)
    assert.equal((await content(new URL('files/shared/page.css', address).href)).status, 200)
  })
})
