// The words of files: read by a job, found by whoever may read the file, kept beside those of captions, and of the version
// that holds.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { bytesType } from '#protocol/base/call.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { type File, fileRoutes } from '#protocol/files.ts'
import { searchRoutes } from '#protocol/search.ts'
import { enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeDocx, makePdf, makeZip } from '#server/platform/extract/zip.fixture.ts'
import { diskBlobs } from '#server/platform/storage/blobs.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { uploadFile } from '#server/test/uploads.ts'
import { readOlder } from './index.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('the words of files', () => {
  let node: TestNode
  let teacher: Person
  let learner: Person
  let courseId: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator' })
    learner = await signedInClient(node)
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
  })

  const put = (name: string, bytes: Uint8Array<ArrayBuffer> | string, more = {}) =>
    uploadFile(teacher, { courseId, name, bytes, ...more })
  const text = (who: Person, { id }: Pick<File, 'id'>) => who.request(fileRoutes.text, { fileId: id })
  const read = async (file: File) => {
    await waitFor(async () => (await text(teacher, file)).state !== 'waiting', `${file.name} to be read`, 30_000)
    return text(teacher, file)
  }
  const finds = async (who: Person, words: string) =>
    JSON.stringify(await who.request(searchRoutes.everything, { words } as never))

  it('are found by whoever may read the file, and shown where the file itself cannot be', async () => {
    const pdf = await put('plan.pdf', makePdf('About mitochondria'))
    const docx = await put('ribosomes.docx', makeDocx(['First &lt;line', 'About golgi']))
    const long = await put('long.txt', `vacuole ${'x '.repeat(300_000)}`)
    const bomb = { '[Content_Types].xml': contentTypes, 'word/document.xml': Buffer.alloc(3_000_000) }
    const empty = [await put('bomb.docx', makeZip(bomb)), await put('scan.pdf', makePdf(''))]
    assert.deepEqual(await read(pdf), { state: 'read', text: 'About mitochondria', more: false })
    await assert.rejects(text(learner, pdf), { code: 'not-found' })
    assert.doesNotMatch(await finds(learner, 'mitochondria'), new RegExp(pdf.id))
    await teacher.request(fileRoutes.place, { fileId: pdf.id, published: true } as never)
    assert.match(await finds(learner, 'mitochondria'), new RegExp(pdf.id))
    assert.equal((await read(docx)).text, 'First <line\n\nAbout golgi')
    assert.match(await finds(teacher, 'golgi'), new RegExp(docx.id))
    const shown = await read(long)
    assert.deepEqual([shown.text.length, shown.more], [100_000, true])
    // What cannot be read is noted once.
    for (const file of empty) assert.deepEqual(await read(file), { state: 'none', text: '', more: false })
    const noted = await sql<{ why: string }>('select why from file_texts where why is not null order by why')
    assert.deepEqual(
      noted.map(row => row.why),
      ['no text', 'unreadable'],
    )
  })

  it('are those of the version that holds, beside what captions say', async () => {
    const first = await put('notes.txt', 'about lysosomes')
    await read(first)
    const second = await put('notes.txt', 'about peroxisomes')
    assert.equal(second.id, first.id)
    await read(second)
    assert.doesNotMatch(await finds(teacher, 'lysosomes'), new RegExp(first.id))
    await teacher.request(fileRoutes.restoreVersion, { fileId: first.id, number: 1 })
    // The same bytes were read before: at once.
    assert.match(await finds(teacher, 'lysosomes'), new RegExp(first.id))
    assert.doesNotMatch(await finds(teacher, 'peroxisomes'), new RegExp(first.id))

    const film = await put('film.mp4', Uint8Array.from(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1')))
    await fetch(`${node.url}/api/v1/files/${film.id}/captions/en`, {
      method: 'PUT',
      headers: { cookie: teacher.cookie(), 'content-type': bytesType, 'idempotency-key': randomUUID() },
      body: '1\n00:00:01,000 --> 00:00:02,000\nThe chlorophyll is green.\n',
    })
    assert.match(await finds(teacher, 'chlorophyll'), new RegExp(film.id))
    const other = Uint8Array.from(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2 more', 'latin1'))
    await put('film.mp4', other)
    assert.match(await finds(teacher, 'chlorophyll'), new RegExp(film.id))
  })

  it('are read of what came before, by lectern reindex', async () => {
    const old = await put('old.txt', 'about centrioles')
    await read(old)
    await sql("delete from file_texts t using file_versions v where v.blob_id = t.blob_id and v.type like 'text/%'")
    await sql('update files set words = null')
    assert.doesNotMatch(await finds(teacher, 'centrioles'), new RegExp(old.id))
    let done = 0
    await readOlder(
      testCtx({ blobs: diskBlobs(node.config.storageUrl) }),
      work => arrange(work),
      count => {
        done = count
      },
    )
    assert.match(await finds(teacher, 'centrioles'), new RegExp(old.id))
    assert.ok(done >= 3, `${done} files`)
  })
})

const contentTypes =
  '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
