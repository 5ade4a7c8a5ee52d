// Files of submissions: what they are is read from their bytes, they take room of their course, and nobody reads them but
// their learner and those who mark.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type AssignmentId, assignmentRoutes } from '#protocol/assignments.ts'
import type { CourseId } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { dot, sendPiece, uploadIntoDraft } from '#server/test/uploads.ts'
import { emptyDrafts } from './actions/files.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('files that are handed in', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client
  let lena: Client
  let abel: Client
  before(async () => {
    node = await testNode()
    course = await makeCourse()
    const join = async (name: string) =>
      signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', name) })
    teacher = await signedInClient(node, { accountId: course.instructorId })
    ;[lena, abel] = [await join('Lena'), await join('Abel')]
  })

  const make = async (more: object = {}): Promise<{ courseId: CourseId; assignmentId: AssignmentId }> => {
    const takes = { text: true, most: 2, forms: ['image', 'text'], largest: 1_000_000, ...more }
    const given = { courseId: course.courseId, title: 'Essay', published: true, takes }
    const { assignment } = await teacher.request(assignmentRoutes.create, given as never)
    return { courseId: course.courseId, assignmentId: assignment.id }
  }
  const used = async (): Promise<number> =>
    (await teacher.request(fileRoutes.list, { courseId: course.courseId })).space.used
  const own = async (of: { courseId: CourseId; assignmentId: AssignmentId }) =>
    (await lena.request(assignmentRoutes.get, of)).own ?? assert.fail()

  it('belong to the submission alone: its learner and those who mark read them, the course has no such file', async () => {
    const of = await make()
    const before = await used()
    const fileId = await uploadIntoDraft(lena, { ...of, name: 'A leaf.png', bytes: dot })
    assert.equal(await used(), before + dot.length)
    const bytes = async (who: Client) => (await who.raw('GET', `/submission-files/${fileId}/content`)).status
    assert.deepEqual([await bytes(lena), await bytes(teacher), await bytes(abel)], [200, 200, 404])
    const { draft } = await own(of)
    assert.deepEqual(
      draft.files.map(one => [one.name, one.form, one.type, one.size]),
      [['A leaf.png', 'image', 'image/png', dot.length]],
    )
    assert.deepEqual((await teacher.request(fileRoutes.list, { courseId: course.courseId })).items, [])
    await assert.rejects(teacher.request(fileRoutes.get, { fileId: fileId as string as never }), { code: 'not-found' })
    const response = await lena.raw('GET', `/submission-files/${fileId}/content?as=attachment`)
    assert.match(response.headers.get('content-disposition') ?? '', /^attachment/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  })

  it('are taken by what they are, never by their names, and as many as can be', async () => {
    const of = await make()
    const before = await used()
    const page = '<!doctype html><script>alert(1)</script>'
    const zip = Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 200 }, () => 0)])
    await assert.rejects(uploadIntoDraft(lena, { ...of, name: 'leaf.png', bytes: zip }), /^Error: kind$/)
    assert.equal(await used(), before, 'its room is given back')
    await assert.rejects(
      lena.request(assignmentRoutes.startUpload, { ...of, name: '../../etc/passwd', size: 1, print: '' }),
      { code: 'malformed' },
    )
    await assert.rejects(
      lena.request(assignmentRoutes.startUpload, { ...of, name: 'large.txt', size: 1_000_001, print: '' }),
      { code: 'too-large' },
    )
    // Markup is a text like any other, and is given as one.
    const fileId = await uploadIntoDraft(lena, { ...of, name: 'page.html', bytes: page })
    const shown = await lena.raw('GET', `/submission-files/${fileId}/content`)
    assert.match(shown.headers.get('content-type') ?? '', /^text\/plain/)
    await uploadIntoDraft(lena, { ...of, name: 'two.txt', bytes: 'two' })
    await assert.rejects(uploadIntoDraft(lena, { ...of, name: 'three.txt', bytes: 'three' }), { code: 'too-many' })
  })

  it("go on where a line broke, are given up, and are nobody else's to bring", async () => {
    const of = await make()
    const begun = { ...of, name: 'long.txt', size: 6, print: 'the same' }
    const { upload } = await lena.request(assignmentRoutes.startUpload, begun)
    const piece = new TextEncoder().encode('abc')
    assert.equal((await sendPiece(lena, upload.id, 0, piece)).received, 3)
    const again = await lena.request(assignmentRoutes.startUpload, begun)
    assert.deepEqual(again.upload, { ...upload, received: 3 })
    await assert.rejects(sendPiece(abel, upload.id, 3, piece), { code: 'upload-gone' })
    await assert.rejects(sendPiece(lena, upload.id, 0, piece), { code: 'wrong-offset' })
    await assert.rejects(teacher.request(assignmentRoutes.startUpload, begun), { code: 'not-allowed' })
    await lena.request(fileRoutes.cancelUpload, { uploadId: upload.id })
    assert.deepEqual((await own(of)).draft.files, [])
    // What comes whole after the cut-off is not taken.
    const late = await lena.request(assignmentRoutes.startUpload, { ...begun, print: randomUUID() })
    await teacher.request(assignmentRoutes.change, {
      ...{ ...of, version: 0, cutOffAt: new Date(Date.now() - 1_000).toISOString() },
    })
    await assert.rejects(sendPiece(lena, late.upload.id, 0, new TextEncoder().encode('abcdef')), {
      code: 'hand-in-over',
    })
  })

  it('stay with what was handed in when they are taken out of the draft, and else go after a day', async () => {
    const of = await make()
    const [kept, gone] = [
      await uploadIntoDraft(lena, { ...of, name: 'kept.txt', bytes: 'kept' }),
      await uploadIntoDraft(lena, { ...of, name: 'gone.txt', bytes: 'gone' }),
    ]
    await lena.request(assignmentRoutes.removeFile, { ...of, fileId: gone })
    await lena.request(assignmentRoutes.restoreFile, { ...of, fileId: gone })
    await lena.request(assignmentRoutes.removeFile, { ...of, fileId: gone })
    await lena.request(assignmentRoutes.handIn, { ...of, version: 0, text: '' })
    await lena.request(assignmentRoutes.removeFile, { ...of, fileId: kept })
    await assert.rejects(abel.request(assignmentRoutes.removeFile, { ...of, fileId: kept }), { code: 'not-found' })
    const { draft, handIns } = await own(of)
    assert.deepEqual([draft.files, handIns[0]?.files.map(one => one.name)], [[], ['kept.txt']])
    const before = await used()
    await arrange(emptyDrafts)
    assert.equal(await used(), before, 'not before a day is over')
    await arrange(emptyDrafts, { now: new Date(Date.now() + 90_000_000) })
    assert.equal(await used(), before - 4)
    assert.equal((await own(of)).handIns[0]?.files.length, 1)
    assert.equal((await sql('select from submission_files where id = $1', [gone])).length, 0)
  })
})
