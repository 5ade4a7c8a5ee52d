// The bin of a course's files: what leaves it for good, by hand or when its time is over, and what stays.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { contentRoutes } from '#protocol/content.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { fileRoutes, filesScope } from '#protocol/files.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { uploadFile } from '#server/test/uploads.ts'
import { emptyBins } from './actions/bin.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('the bin of files', () => {
  let node: TestNode
  let teacher: Person
  let courseId: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator' })
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
  })

  const put = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => uploadFile(teacher, { courseId, name, bytes })
  const space = async () => (await teacher.request(fileRoutes.list, { courseId } as never)).space

  it('goes out of the bin with the folder it lay in, after its time', async () => {
    const before = await space()
    const { folder } = await teacher.request(fileRoutes.createFolder, {
      courseId: courseId as never,
      folderId: null,
      name: 'For a while',
    })
    await uploadFile(teacher, { courseId, name: 'inside.bin', folderId: folder.id, bytes: randomBytes(900) })
    await teacher.request(fileRoutes.removeFolder, { folderId: folder.id })
    await sql("update folders set removed_at = removed_at - interval '31 days' where id = $1", [folder.id])
    await waitFor(async () => {
      await arrange(emptyBins)
      return (await sql('select from folders where id = $1', [folder.id])).length === 0
    }, 'the folder to be gone')
    assert.deepEqual(await space(), before)
  })

  it('goes out of the bin for good with the folder it lay in, in turns, and never what stands', async () => {
    const before = await space()
    const { folder } = await teacher.request(fileRoutes.createFolder, {
      ...{ courseId: courseId as never, folderId: null, name: 'Much' },
    })
    await assert.rejects(teacher.request(fileRoutes.destroyFolder, { folderId: folder.id }), { code: 'not-in-bin' })
    for (let number = 0; number < 21; number++)
      await uploadFile(teacher, { courseId, name: `${number}.bin`, folderId: folder.id, bytes: randomBytes(10) })
    await teacher.request(fileRoutes.removeFolder, { folderId: folder.id })
    const { bin } = await teacher.request(fileRoutes.bin, { courseId: courseId as never, folderId: folder.id })
    assert.deepEqual([bin.files, bin.folders, bin.bytes, bin.shownIn], [21, 1, 210, 0])
    const turn = async () => (await teacher.request(fileRoutes.destroyFolder, { folderId: folder.id })).left
    assert.deepEqual([await turn(), await turn()], [2, 0])
    await assert.rejects(turn(), { code: 'not-found' })
    assert.deepEqual(await space(), before)
  })

  it('goes with the whole bin, but for what came into it since that was looked at', async () => {
    const of = { courseId: courseId as never }
    await teacher.request(fileRoutes.emptyBin, { ...of, until: new Date().toISOString() })
    const before = await space()
    const [first, second] = [await put('first.bin', randomBytes(30)), await put('second.bin', randomBytes(40))]
    await put('first.bin', randomBytes(50))
    const page = (await teacher.request(contentRoutes.createPage, { ...of, title: 'Shows it' })).page
    const content = [{ type: 'courseFile', attrs: { fileId: first.id, name: 'first.bin', form: 'other' } }]
    await teacher.request(contentRoutes.changePage, {
      ...{ ...of, pageId: page.id, version: page.version, document: { schema: 1, content } },
    })
    await teacher.request(fileRoutes.remove, { fileId: first.id })
    const { bin } = await teacher.request(fileRoutes.bin, of)
    assert.deepEqual([bin.files, bin.folders, bin.bytes, bin.shownIn], [1, 0, 80, 1])
    await teacher.request(fileRoutes.remove, { fileId: second.id })
    const until = bin.until ?? assert.fail()
    await assertConverges(teacher, filesScope, courseId, async () => {
      assert.equal((await teacher.request(fileRoutes.emptyBin, { ...of, until })).left, 0)
    })
    const { items } = await teacher.request(fileRoutes.list, { ...of, which: 'removed' })
    assert.deepEqual(
      items.map(one => one.name),
      ['second.bin'],
    )
    assert.equal((await space()).used, before.used + 40)
    const learner = await signedInClient(node)
    await assert.rejects(learner.request(fileRoutes.emptyBin, { ...of, until }), { code: 'not-found' })
  })

  it('goes out of the bin for good, with its bytes and its room', async () => {
    const before = await space()
    const file = await put('gone.bin', Uint8Array.from(randomBytes(5_000)))
    await put('gone.bin', Uint8Array.from(randomBytes(5_000)))
    assert.equal((await space()).used, before.used + 10_000)
    await assert.rejects(teacher.request(fileRoutes.destroy, { fileId: file.id }), { code: 'not-in-bin' })
    const [{ blob_id: blobId } = { blob_id: '' }] = await sql<{ blob_id: string }>(
      'select blob_id from file_versions where file_id = $1',
      [file.id],
    )
    await teacher.request(fileRoutes.remove, { fileId: file.id })
    await teacher.request(fileRoutes.destroy, { fileId: file.id })
    assert.deepEqual(await space(), before)
    const stored = async () => await readdir(fileURLToPath(node.config.storageUrl), { recursive: true })
    await waitFor(async () => !(await stored()).some(path => path.endsWith(blobId)), 'the bytes to be gone')
  })
})
