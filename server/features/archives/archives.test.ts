// A course taken away and brought in again is the same course; archives that mean harm are refused, and nothing of them is
// left.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import {
  archiveRoutes,
  courseExportsScope,
  courseImportsScope,
  largestArchive,
  mostImports,
} from '#protocol/archives.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { watchingRoutes } from '#protocol/files/watching.ts'
import { fileRoutes } from '#protocol/files.ts'
import { groupsScope } from '#protocol/groups.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeZip } from '#server/platform/extract/zip.fixture.ts'
import { diskBlobs } from '#server/platform/storage/blobs.ts'
import { assistant, instructor, learners } from '#server/seeds/people.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { schoolDatabase } from '#server/test/school.ts'
import { dropExport, dropOldExports, exportJob } from './actions/export.ts'
import { dropOldImports, makeJob } from './actions/make.ts'
import {
  bringIn,
  comparable,
  type Entries,
  enrich,
  entriesOf,
  make,
  type Person,
  packed,
  takeAway,
  withBytes,
  withPart,
} from './archives.fixture.ts'
import { readShape } from './queries/shapes.ts'
import type { Manifest } from './rules.ts'
import { courseExports } from './tables.ts'

const aYear = { shift: { days: 364 } }

describe('an archive of a course', () => {
  let node: TestNode
  let teacher: Person
  let courseId: string
  let archive: Buffer

  const as = async ({ email }: { readonly email: string }) => {
    const { id } = await accounts.findOne({ where: { email }, rejectOnEmpty: true })
    return signedInClient(node, { accountId: id })
  }
  const stored = async () =>
    (await readdir(fileURLToPath(node.config.storageUrl), { recursive: true, withFileTypes: true }))
      .filter(one => one.isFile())
      .map(one => one.name)
      .sort()

  before(async () => {
    node = await testNode({ databaseUrl: (await schoolDatabase()).databaseUrl })
    teacher = await as(instructor)
    const { items } = await teacher.request(courseRoutes.list, { search: 'Biology 1' })
    courseId = items[0]?.id ?? assert.fail()
    await enrich(teacher, courseId)
    archive = await takeAway(teacher, courseId)
  })

  it('is read back equal, as often as one likes, as a draft of whoever brings it in', async () => {
    const looked = await bringIn(teacher, archive, 'Biology.zip')
    assert.deepEqual([looked.state, looked.refusal], ['looked', null])
    assert.match(looked.summary?.title ?? '', /^Biology 1/)
    assert.ok((looked.summary?.counts.questions ?? 0) > 5 && looked.summary?.counts.groups)
    const { dates } = await teacher.request(archiveRoutes.make, {
      ...{ importId: looked.id, how: 'try', title: 'x', shift: { days: 364 } },
    } as never)
    assert.ok(dates.some(one => one.what === 'due') && dates.every(one => one.clash !== 'past'))

    const done = await make(teacher, looked, {
      title: looked.summary?.title,
      shortName: looked.summary?.shortName,
      ...aYear,
    })
    assert.deepEqual([done.state, done.refusal], ['done', null])
    const again = await make(teacher, await bringIn(teacher, archive), aYear)
    assert.notEqual(again.courseId, done.courseId)
    const { course, role } = await teacher.request(courseRoutes.get, { courseId: done.courseId as never })
    assert.deepEqual([course.state, role], ['draft', 'instructor'])
    const { people } = (await teacher.subscribe(courseStaffScope, course.id)).state()
    assert.equal(people, 1)
    assert.deepEqual(comparable(await takeAway(teacher, course.id)), comparable(archive))

    const { items } = await teacher.request(fileRoutes.list, { courseId: course.id } as never)
    const film = items.find(one => one.name === 'Film.webm')
    const { items: captions } = await teacher.request(watchingRoutes.captions, { fileId: film?.id as never })
    assert.deepEqual(
      captions.map(one => one.language),
      ['en'],
    )
    const { groups } = (await teacher.subscribe(groupsScope, course.id)).state()
    assert.ok(groups.length > 0 && groups.every(one => one.members === 0))
    const [said] = await sql<{ verb: string }>(
      "select verb from audit_entries where subject_id = $1 and verb = 'course.imported'",
      [course.id],
    )
    assert.ok(said)
  })

  it('is for those who may copy the course, live to all of them, and brought in by those who may create courses', async () => {
    const other = await as(assistant)
    const live = await other.subscribe(courseExportsScope, courseId).catch(error => error)
    const learner = await as(learners[0] ?? assert.fail())
    await assert.rejects(learner.request(archiveRoutes.startExport, { courseId: courseId as never }), {
      code: 'not-allowed',
    })
    await assert.rejects(learner.subscribe(courseExportsScope, courseId), { code: 'not-allowed' })
    const asked = { name: 'a.zip', size: 10, print: 'x' }
    const guest = await signedInClient(node, { name: 'Gus', role: 'guest' })
    await assert.rejects(guest.request(archiveRoutes.startImport, asked), { code: 'not-allowed' })
    const [made] = (await teacher.subscribe(courseExportsScope, courseId)).state().exports
    const { status } = await fetch(`${node.url}/api/v1/course-exports/${made?.id}/content`, {
      headers: { cookie: learner.cookie() },
    })
    assert.equal(status, 403)
    const { import: begun } = await teacher.request(archiveRoutes.startImport, asked)
    const { import: same } = await teacher.request(archiveRoutes.startImport, asked)
    assert.equal(same.id, begun.id)
    const stranger = await signedInClient(node, { name: 'Sven Stranger' })
    await assert.rejects(stranger.request(archiveRoutes.getImport, { importId: begun.id }), { code: 'upload-gone' })
    await assert.rejects(stranger.subscribe(courseImportsScope, teacher.accountId), { code: 'not-found' })
    await teacher.request(archiveRoutes.dropImport, { importId: begun.id })
    const begin = (print: string, size = 10) =>
      stranger.request(archiveRoutes.startImport, { name: 'b.zip', size, print })
    await begin('first')
    await assert.rejects(begin('large', largestArchive), { code: 'too-many', params: { most: 1 } })
    const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, print) => begin(String(print))))
    assert.equal(tries.filter(one => one.status === 'fulfilled').length, mostImports - 1)
    for (const { id } of (await stranger.subscribe(courseImportsScope, stranger.accountId)).state().imports)
      await stranger.request(archiveRoutes.dropImport, { importId: id })
    // Both look at the same list, and one takes an archive away.
    const before = live.state().exports.length
    await teacher.request(archiveRoutes.dropExport, { exportId: made?.id as never })
    await waitFor(() => live.state().exports.length === before - 1, 'the archive to be gone for both')
  })

  it('is told the same to whoever looked on and whoever comes, and goes when its time is over', async () => {
    const live = await teacher.subscribe(courseExportsScope, courseId)
    await assertConverges(teacher, courseExportsScope, courseId, () => takeAway(teacher, courseId))
    assert.ok(
      live.fleeting.some(one => one.kind === 'progress' && one.body.of > 0),
      'how far it is',
    )
    const { imports } = await assertConverges(teacher, courseImportsScope, teacher.accountId, () =>
      bringIn(teacher, archive),
    )
    assert.ok(imports.some(one => one.state === 'looked'))
    // A fault has stopped the work on both, and nobody tries again.
    const [stuck] = await sql<{ id: string }>(
      `insert into course_exports (id, course_id, asked_by, asked_at, state)
       values (gen_random_uuid(), $1, $2, now() - interval '3 days', 'running') returning id`,
      [courseId, teacher.accountId],
    )
    await sql("update course_imports set state = 'making', touched_at = now() - interval '3 days'")
    await arrange(dropOldExports)
    await arrange(dropOldImports)
    const ends = await sql("select state, refusal ->> 'code' as code from course_exports where id = $1", [stuck?.id])
    assert.deepEqual(ends, [{ state: 'refused', code: 'internal' }])
    const over = await sql(
      "select distinct state, refusal ->> 'code' as code from course_imports where course_id is null",
    )
    assert.deepEqual(over, [{ state: 'refused', code: 'internal' }])
    await arrange(ctx => dropExport(ctx, { id: stuck?.id, courseId } as never))
    await sql("update course_exports set expires_at = now() - interval '1 minute'")
    await sql("update course_imports set touched_at = now() - interval '8 days'")
    await arrange(dropOldExports)
    for (let turn = 0; turn < 3; turn++) await arrange(dropOldImports)
    assert.deepEqual(await sql('select id from course_exports union select id from course_imports'), [])
  })

  it('is not made where it could not be brought in again', async () => {
    await sql(
      `insert into captions (file_id, language, text, words, cues, version, changed_at)
       select file_id, 'x' || chr(96 + number), text || repeat('x', 1900000), '', 1, 1, now()
         from captions, generate_series(1, 18) as number
        where file_id in (select id from files where course_id = $1)`,
      [courseId],
    )
    const live = await teacher.subscribe(courseExportsScope, courseId)
    const { export: begun } = await teacher.request(archiveRoutes.startExport, { courseId: courseId as never })
    const stands = () => live.state().exports.find(one => one.id === begun.id)
    await waitFor(() => (stands()?.state ?? 'running') !== 'running', 'its end', 30_000)
    assert.equal(stands()?.refusal?.code, 'archive-too-large')
    await sql("delete from captions where language ~ '^x.$'")
  })

  it('is given up in the middle of its bytes, and the node goes on', async () => {
    const blobs = diskBlobs(node.config.storageUrl)
    const exportId = randomUUID() as never
    const asked = { id: exportId, courseId: courseId as never, askedBy: teacher.accountId, askedAt: new Date() }
    await courseExports.create({ ...asked, state: 'running', size: null, expiresAt: null, refusal: null })
    const before = await stored()
    // Given up once the first bytes are on their way.
    const get: typeof blobs.get = async (...which) => {
      await courseExports.destroy({ where: { id: exportId } })
      return blobs.get(...which)
    }
    const ctx = testCtx({ blobs: { ...blobs, get } })
    await assert.rejects(async () => exportJob.prepare(ctx, { exportId }), { code: 'not-found' })
    assert.deepEqual(await stored(), before)
  })

  it('keeps nothing of the parts that no feature knows, nor of their bytes', async () => {
    const before = new Set(await stored())
    const strange = await bringIn(
      teacher,
      withBytes({ ...entriesOf(archive), 'parts/strange.json': Buffer.from('[]') }),
    )
    assert.deepEqual(strange.summary?.unknown, ['strange'])
    assert.equal((await make(teacher, strange, aYear)).state, 'done')
    await waitFor(async () => !(await stored()).includes(strange.id), 'the archive to be gone')
    const kept = (await stored()).filter(one => !before.has(one))
    const named = Object.keys(entriesOf(archive)).filter(one => one.startsWith('bytes/'))
    assert.equal(kept.length, named.length)
  })

  it('goes into no department any more when whoever brings it in no longer manages the site', async () => {
    const member = await signedInClient(node, { name: 'Mara Member' })
    const { id, summary } = await bringIn(member, archive)
    const wish = { title: summary?.title, shortName: '', departmentId: randomUUID(), termId: null, shift: { days: 0 } }
    await sql("update course_imports set state = 'making', wish = $2 where id = $1", [id, JSON.stringify(wish)])
    const blobs = diskBlobs(node.config.storageUrl)
    const turn = async () => arrange(await makeJob.prepare(testCtx({ blobs }), { importId: id }), { blobs })
    await assert.rejects(
      async () => {
        while ((await turn()) === 'again');
      },
      { code: 'not-allowed' },
    )
    await member.request(archiveRoutes.dropImport, { importId: id })
  })

  it('leaves nothing when it is given up', async () => {
    const looked = await bringIn(teacher, archive)
    await teacher.request(archiveRoutes.dropImport, { importId: looked.id })
    await waitFor(async () => !(await stored()).includes(looked.id), 'its bytes to be gone')
    await assert.rejects(make(teacher, looked), { code: 'upload-gone' })

    const before = new Set(await stored())
    const courses = () => sql<{ n: number }>('select count(*)::int as n from courses')
    const there = await courses()
    const { id } = await bringIn(teacher, archive)
    const asked = { importId: id, how: 'make', title: 'Given up', ...aYear }
    await teacher.request(archiveRoutes.make, asked as never)
    await teacher.request(archiveRoutes.dropImport, { importId: id })
    const more = async () => (await stored()).filter(one => !before.has(one))
    await waitFor(async () => (await more()).length === 0, 'what was unpacked to be gone')
    assert.deepEqual(await courses(), there)
  })

  describe('that means harm', () => {
    let entries: Entries
    let stood: { files: string[]; courses: number }
    const courses = async () => (await sql<{ n: number }>('select count(*)::int as n from courses'))[0]?.n ?? 0
    const text = (words: string) => Buffer.from(words)
    const zip = (more: Record<string, string | Buffer>) => makeZip({ ...entries, ...more })
    /** The bytes of an archive with some replaced by others of the same length. */
    const patched = (bytes: Uint8Array, from: string, to: string) =>
      Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(from, to), 'latin1')

    before(async () => {
      entries = entriesOf(archive)
      stood = { files: await stored(), courses: await courses() }
    })

    const hostile: readonly (readonly [what: string, code: string, bytes: () => Uint8Array])[] = [
      ['what is no ZIP', 'not-an-archive', () => text('hello class')],
      ['what is cut off', 'not-an-archive', () => archive.subarray(0, archive.length - 100)],
      ['some other ZIP', 'archive-foreign', () => makeZip({ 'word/document.xml': '<w/>' })],
      ['another manifest', 'archive-foreign', () => zip({ 'course.json': '{"format":"imscc"}' })],
      ['no JSON', 'archive-damaged', () => zip({ 'course.json': '{"format":' })],
      ['a newer form', 'archive-newer', () => packed(entries, manifest => ({ ...manifest, version: 2 }))],
      ['a time zone that is none', 'archive-unfit', () => packed(entries, elsewhere)],
      ['a way out of the folder', 'archive-unsafe', () => zip({ 'bytes/../../x': 'x' })],
      ['a place of its own', 'archive-unsafe', () => zip({ '/etc/passwd': 'x' })],
      ['a way out for Windows', 'archive-unsafe', () => zip({ 'bytes\\..\\x': 'x' })],
      ['names alike but for their case', 'archive-unsafe', () => zip({ 'Parts/links.json': '[]' })],
      ['a name twice', 'archive-unsafe', () => patched(zip({ 'parts/linkz.json': '[]' }), 'linkz', 'links')],
      ['a link', 'archive-unsafe', () => asLink(zip({ 'bytes/link': '/etc/passwd' }), 'bytes/link')],
      ['a bomb', 'archive-unsafe', () => zip({ 'bytes/bomb': Buffer.alloc(4_000_000) })],
      ['too many entries', 'archive-too-large', () => withCount(zip({}), 30_000)],
      ['a part that is too large', 'archive-too-large', () => zip({ 'parts/x.json': noise(33 * 1024 * 1024) })],
      ['a part that was changed', 'archive-damaged', () => zip({ 'parts/links.json': '[]' })],
      ['a part that is missing', 'archive-damaged', () => without('parts/links.json')],
      ['a file that is missing', 'archive-damaged', () => without(name('bytes/'))],
      ['a file that was changed', 'archive-damaged', () => zip({ [name('bytes/')]: turned(entries[name('bytes/')]) })],
      [
        'an address that runs',
        'archive-unfit',
        () => part('links', one => ({ ...one, address: 'javascript:alert(1)' })),
      ],
      ['a field too many', 'archive-unfit', () => part('links', one => ({ ...one, html: '<script>' }))],
      ['a script in a page', 'archive-unfit', () => part('content', one => ({ ...one, document: scripted }))],
      ['what no text can hold', 'archive-unfit', () => part('links', one => ({ ...one, note: 'a\0b' }))],
      ['more values than any course has', 'archive-unfit', () => zip({ 'course.json': `[${'0,'.repeat(500_000)}0]` })],
      ['what lies deeper than any page', 'archive-unfit', () => zip({ 'course.json': deep })],
      ['bytes that nothing names', 'archive-unfit', () => withBytes(entries)],
      ['a question without its key', 'archive-unfit', () => part('questions', one => ({ ...one, versions: [] }))],
      [
        'a thing twice',
        'archive-unfit',
        () => withPart(entries, 'links', (all: unknown[]) => [...all, ...all] as never),
      ],
      ['settings that no kind has', 'archive-unfit', () => part('activities', one => ({ ...one, settings: { x: 1 } }))],
      ['folders in a circle', 'archive-unfit', () => withPart(entries, 'files', circled as never)],
      ['what waits for itself', 'circular', () => withPart(entries, 'conditions', waiting as never)],
    ]

    const scripted = { schema: 1, content: [{ type: 'script', content: [{ type: 'text', text: 'alert(1)' }] }] }
    const name = (begin: string) => Object.keys(entries).find(one => one.startsWith(begin)) ?? assert.fail()
    const without = (gone: string) =>
      makeZip(Object.fromEntries(Object.entries(entries).filter(([one]) => one !== gone)))
    const part = (feature: string, change: (one: object) => object) =>
      withPart(entries, feature, (all: object[]) => all.map(change) as never)
    const elsewhere = (manifest: Manifest) => ({
      ...manifest,
      course: { ...manifest.course, timeZone: 'Mars/Olympus' },
    })
    const deep = '['.repeat(201) + ']'.repeat(201)
    const circled = (files: { folders: { id: string; folderId: string | null }[] }) => ({
      ...files,
      folders: files.folders.map(one => ({ ...one, folderId: one.id })),
    })
    const waiting = (all: { subject: string; subjectId: string; tree: { of: object[] } | null }[]) =>
      all.map(one =>
        one.subject === 'item' && one.tree
          ? { ...one, tree: { op: 'all', of: [{ kind: 'completion', itemId: one.subjectId, is: 'done' }] } }
          : one,
      )
    const turned = (bytes: Buffer | undefined) => Buffer.from((bytes ?? assert.fail()).map(byte => byte ^ 1))
    const noise = (size: number) =>
      Buffer.from(
        Array.from({ length: size / 64 }, () => Math.random())
          .join('')
          .repeat(8),
      ).subarray(0, size)
    const asLink = (bytes: Uint8Array, entry: string) => {
      const all = Buffer.from(bytes)
      all.writeUInt32LE((0o120777 << 16) >>> 0, all.lastIndexOf(entry) - 8)
      return all
    }
    const withCount = (bytes: Uint8Array, count: number) => {
      const all = Buffer.from(bytes)
      all.writeUInt16LE(count, all.length - 12)
      return all
    }

    const ended = async (bytes: Uint8Array): Promise<string | undefined> => {
      const looked = await bringIn(teacher, bytes)
      const last = looked.state === 'looked' ? await make(teacher, looked, aYear) : looked
      await teacher.request(archiveRoutes.dropImport, { importId: last.id })
      return last.refusal?.code
    }

    it('is read no further than the first place that does not fit, and lets others in between', async () => {
      let read = 0
      let others = 0
      // Checks of one's own go on after they failed.
      const thing = z.string().check(z.refine(one => ++read > 0 && one !== 'x'))
      const list = z.array(thing).check(z.maxLength(3_000))
      const shape = z.array(z.strictObject({ things: list }))
      const timer = setImmediate(() => others++)
      const reading = (things: string[]) => readShape(shape, [{ things }], 'links')
      assert.equal((await reading(Array(3_000).fill('a')))[0]?.things.length, 3_000)
      clearImmediate(timer)
      assert.equal(others, 1)
      read = 0
      await assert.rejects(reading(Array(1_000).fill('x')), { params: { part: 'links', path: '0.things.0' } })
      assert.equal(read, 1)
      await assert.rejects(reading(Array(3_001).fill('a')), { params: { part: 'links', path: '0.things' } })
    })

    it('is refused for its own reason, and nothing of it is left', async () => {
      const found: [string, string | undefined][] = []
      // As many at once as one person may have on their way.
      for (let at = 0; at < hostile.length; at += mostImports)
        found.push(
          ...(await Promise.all(
            hostile
              .slice(at, at + mostImports)
              .map(async ([what, , bytes]): Promise<[string, string | undefined]> => [what, await ended(bytes())]),
          )),
        )
      assert.deepEqual(
        found,
        hostile.map(([what, code]) => [what, code]),
      )
      assert.equal(await courses(), stood.courses)
      assert.deepEqual(await sql('select * from course_import_bytes'), [])
      const left = async () => (await stored()).filter(one => !stood.files.includes(one))
      await waitFor(async () => (await left()).length === 0, 'every byte to be gone')
    })
  })
})
