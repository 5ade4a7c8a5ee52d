// Files of a course: pieces that go on after a broken line, what a file is by its content, who reads it and how it is
// given, versions, folders, the bin and the room a course has.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { fileURLToPath } from 'node:url'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { type File, fileRoomScope, fileRoutes, filesScope } from '#protocol/files.ts'
import { enrol } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { dot, sendPiece, uploadFile } from '#server/test/uploads.ts'
import { setFileUses } from './actions/uses.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('files of a course', () => {
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
  const get = (who: Person, path: string, headers: Record<string, string> = {}) =>
    fetch(`${node.url}/api/v1/files/${path}`, { headers: { cookie: who.cookie(), ...headers } })
  const begin = async (name: string, size: number, print: string = randomUUID()) =>
    (await teacher.request(fileRoutes.startUpload, { courseId, name, size, print })).upload
  const space = async () => (await teacher.request(fileRoutes.list, { courseId })).space

  describe('an upload', () => {
    it('goes on after a connection that broke in the middle of a piece, and is the same to the byte', async () => {
      const bytes = Uint8Array.from(randomBytes(3_000_000))
      const upload = await begin('film.bin', bytes.length, 'one print')
      await sendPiece(teacher, upload.id, 0, bytes.slice(0, 1_000_000))
      // Half a piece, and the line is cut.
      await new Promise<void>(resolve => {
        const cut = httpRequest(`${node.url}/api/v1/uploads/${upload.id}?offset=1000000`, {
          method: 'PATCH',
          headers: {
            cookie: teacher.cookie(),
            'content-type': 'application/octet-stream',
            'content-length': 1_000_000,
            'idempotency-key': randomUUID(),
          },
        })
        cut.on('error', () => undefined)
        cut.on('close', () => resolve())
        cut.write(bytes.slice(1_000_000, 1_500_000), () => cut.destroy())
      })
      const found = await teacher.request(fileRoutes.getUpload, { uploadId: upload.id })
      assert.equal(found.upload.received, 1_000_000)
      // Whoever begins the same again is shown where it is.
      const again = await begin('film.bin', bytes.length, 'one print')
      assert.deepEqual(again, found.upload)
      await sendPiece(teacher, upload.id, 1_000_000, bytes.slice(1_000_000, 2_000_000))
      await assert.rejects(sendPiece(teacher, upload.id, 1_000_000, bytes.slice(0, 10)), {
        code: 'wrong-offset',
        params: { received: 2_000_000 },
      })
      const { file } = await sendPiece(teacher, upload.id, 2_000_000, bytes.slice(2_000_000))
      assert.ok(file)
      const read = await get(teacher, `${file.id}/content`)
      assert.deepEqual(new Uint8Array(await read.arrayBuffer()), bytes)
      await assert.rejects(teacher.request(fileRoutes.getUpload, { uploadId: upload.id }), { code: 'upload-gone' })
      const left = () => readdir(`${fileURLToPath(node.config.storageUrl)}/pieces`)
      await waitFor(async () => (await left()).length <= 1, 'pieces to be gone')
    })

    it('answers a piece that was sent again under its own name once', async () => {
      const upload = await begin('twice.txt', 10)
      const operation = randomUUID()
      const first = await sendPiece(teacher, upload.id, 0, new TextEncoder().encode('first'), operation)
      assert.equal(first.received, 5)
      await assert.rejects(sendPiece(teacher, upload.id, 0, new TextEncoder().encode('other'), operation), {
        code: 'wrong-offset',
      })
      const { file } = await sendPiece(teacher, upload.id, 5, new TextEncoder().encode(' last'))
      assert.equal(await (await get(teacher, `${file?.id}/content`)).text(), 'first last')
    })

    it('lets one of two writers of the same piece win, and mixes nothing', async () => {
      const upload = await begin('race.bin', 200_000)
      const halves = ['a', 'b'].map(letter => new TextEncoder().encode(letter.repeat(100_000)))
      const done = await Promise.allSettled(halves.map(half => sendPiece(teacher, upload.id, 0, half)))
      assert.deepEqual(done.map(one => one.status).sort(), ['fulfilled', 'rejected'])
      const { file } = await sendPiece(teacher, upload.id, 100_000, new Uint8Array(100_000).fill(99))
      const text = await (await get(teacher, `${file?.id}/content`)).text()
      assert.match(text, /^(a{100000}|b{100000})c{100000}$/)
    })

    it('takes no more than was said, nothing of somebody else, and gives its room back when it is given up', async () => {
      const before = await space()
      const upload = await begin('small.txt', 5)
      assert.equal((await space()).used, before.used + 5)
      await assert.rejects(sendPiece(teacher, upload.id, 0, new TextEncoder().encode('much more')), {
        code: 'too-large',
      })
      await assert.rejects(sendPiece(learner, upload.id, 0, new TextEncoder().encode('hello')), { code: 'upload-gone' })
      await assert.rejects(learner.request(fileRoutes.startUpload, { courseId, name: 'x', size: 1, print: '' }), {
        code: 'not-allowed',
      })
      await teacher.request(fileRoutes.cancelUpload, { uploadId: upload.id })
      assert.deepEqual(await space(), before)
      await assert.rejects(begin('huge.bin', 6 * 1024 ** 3), { code: 'too-large' })
    })

    it('is refused where the course has no room left', async () => {
      const { course } = await teacher.request(courseRoutes.create, { title: 'Full' })
      await teacher.request(fileRoutes.changeSpace, { courseId: course.id, limit: 1_000 })
      const asked = { courseId: course.id, name: 'a.bin', print: '' }
      await teacher.request(fileRoutes.startUpload, { ...asked, size: 600 })
      await assert.rejects(teacher.request(fileRoutes.startUpload, { ...asked, size: 500 }), {
        code: 'no-room',
        params: { left: '400 B', needs: '500 B' },
      })
    })

    it('tells everybody in the course how much room there is, and whoever may change it that they may', async () => {
      await assertConverges(learner, fileRoomScope, courseId, () =>
        teacher.request(fileRoutes.changeSpace, { courseId, limit: 7_000_000_000 }),
      )
      const room = await learner.subscribe(fileRoomScope, courseId)
      await room.until(state => state.limit === 7_000_000_000)
      assert.equal((await teacher.request(fileRoutes.list, { courseId })).mayChangeSpace, true)
      const stranger = await signedInClient(node)
      await assert.rejects(stranger.subscribe(fileRoomScope, courseId), { code: 'not-found' })
      await assert.rejects(learner.request(fileRoutes.changeSpace, { courseId, limit: 1 }), { code: 'not-allowed' })
      await teacher.request(fileRoutes.changeSpace, { courseId, limit: 20_000_000_000 })
    })

    it('refuses names that are paths or hide what they are', async () => {
      for (const name of ['../../etc/passwd', 'a/b', 'a\\b', '..', '.', '', ' ', 'a\u202egpj.exe', 'a\nb', 'a\0b'])
        await assert.rejects(begin(name, 1), { code: 'malformed' }, JSON.stringify(name))
      assert.equal((await begin('Cafe\u0301.txt', 1)).name, 'Café.txt')
    })
  })

  describe('what a file is', () => {
    it('is said by its content, and only what is safe is shown', async () => {
      const picture = await put('picture.html', dot)
      assert.deepEqual([picture.form, picture.type], ['image', 'image/png'])
      const page = await put('picture.png', '<!doctype html><script>alert(1)</script>')
      assert.deepEqual([page.form, page.type], ['text', 'text/plain'])
      const shown = await get(teacher, `${page.id}/content`)
      assert.equal(shown.headers.get('content-type'), 'text/plain; charset=utf-8')
      assert.equal(shown.headers.get('x-content-type-options'), 'nosniff')
      assert.match(shown.headers.get('content-security-policy') ?? '', /sandbox$/)
      const drawing = await put('drawing.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')
      assert.equal(drawing.form, 'other')
      assert.match(
        (await get(teacher, `${drawing.id}/content`)).headers.get('content-disposition') ?? '',
        /^attachment/,
      )
      const inline = await get(teacher, `${picture.id}/content`)
      assert.match(inline.headers.get('content-disposition') ?? '', /^inline/)
      const saved = await get(teacher, `${picture.id}/content?as=attachment`)
      assert.match(saved.headers.get('content-disposition') ?? '', /^attachment/)
      assert.equal((await put('bytes', Uint8Array.from([0, 1, 2, 255]))).type, 'application/octet-stream')
    })
  })

  describe('its bytes', () => {
    let file: File
    before(async () => {
      file = await put('alphabet.txt', 'abcdefghijklmnopqrstuvwxyz')
    })

    it('are given by ranges, as a player asks for them', async () => {
      const part = await get(teacher, `${file.id}/content`, { range: 'bytes=2-4' })
      assert.deepEqual(
        [part.status, part.headers.get('content-range'), await part.text()],
        [206, 'bytes 2-4/26', 'cde'],
      )
      assert.equal(await (await get(teacher, `${file.id}/content`, { range: 'bytes=-3' })).text(), 'xyz')
      assert.equal(await (await get(teacher, `${file.id}/content`, { range: 'bytes=24-' })).text(), 'yz')
      const beyond = await get(teacher, `${file.id}/content`, { range: 'bytes=26-' })
      assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, 'bytes */26'])
      for (const range of ['bytes=4-2', 'lines=1-2', 'bytes=0-1,3-4'])
        assert.equal((await get(teacher, `${file.id}/content`, { range })).status, 200)
      const tag = part.headers.get('etag') ?? ''
      assert.equal((await get(teacher, `${file.id}/content`, { 'if-none-match': tag })).status, 304)
      const other = await get(teacher, `${file.id}/content`, { range: 'bytes=0-0', 'if-range': '"other"' })
      assert.equal(other.status, 200)
      const head = await fetch(`${node.url}/api/v1/files/${file.id}/content`, {
        method: 'HEAD',
        headers: { cookie: teacher.cookie() },
      })
      assert.deepEqual([head.status, head.headers.get('content-length')], [200, '26'])
    })

    it('are for those who may read the file, whoever knows its id', async () => {
      const stranger = await signedInClient(node)
      assert.equal((await fetch(`${node.url}/api/v1/files/${file.id}/content`)).status, 401)
      assert.equal((await get(stranger, `${file.id}/content`)).status, 404)
      assert.equal((await get(learner, `${file.id}/content`)).status, 404)
      await teacher.request(fileRoutes.place, { fileId: file.id })
      assert.equal((await get(learner, `${file.id}/content`)).status, 404, 'a draft')
      const item = (await teacher.request(fileRoutes.get, { fileId: file.id })).item
      assert.ok(item)
      await assertConverges(learner, courseScope, courseId, () =>
        teacher.request(outlineRoutes.publishItem, { courseId, itemId: item.id }),
      )
      assert.equal((await get(learner, `${file.id}/content`)).status, 200)
      assert.equal((await learner.request(fileRoutes.get, { fileId: file.id })).mayChange, false)
      assert.equal((await get(stranger, `${file.id}/content`)).status, 404)
      await assert.rejects(learner.request(fileRoutes.remove, { fileId: file.id }), { code: 'not-allowed' })
      await teacher.request(fileRoutes.remove, { fileId: file.id })
      assert.equal((await get(learner, `${file.id}/content`)).status, 404, 'in the bin')
      await teacher.request(fileRoutes.restore, { fileId: file.id })
      assert.equal((await get(learner, `${file.id}/content`)).status, 200)
    })

    it('come with a page that shows them, of the same course alone', async () => {
      const picture = await put('on a page.png', dot)
      const { page } = await teacher.request(contentRoutes.createPage, { courseId, title: 'Shows', published: true })
      const use = { courseId: courseId as never, kind: 'page', refId: page.id }
      await arrange(ctx => setFileUses(ctx, { ...use, fileIds: [picture.id] }))
      assert.equal((await get(learner, `${picture.id}/content`)).status, 200)
      await arrange(ctx => setFileUses(ctx, { ...use, fileIds: [] }))
      assert.equal((await get(learner, `${picture.id}/content`)).status, 404)
      const other = (await teacher.request(courseRoutes.create, { title: 'Other' })).course.id
      const foreign = await uploadFile(teacher, { courseId: other, name: 'secret.png', bytes: dot })
      await arrange(ctx => setFileUses(ctx, { ...use, fileIds: [foreign.id] }))
      assert.equal((await get(learner, `${foreign.id}/content`)).status, 404)
    })
  })

  describe('versions', () => {
    it('come with the same name or by choice, and an earlier one can hold again', async () => {
      const first = await put('plan.txt', 'one')
      const second = await put('PLAN.txt', 'two two')
      assert.deepEqual([second.id, second.number, second.name], [first.id, 2, 'plan.txt'])
      await put('another name.txt', 'three', { fileId: first.id })
      const { items } = await teacher.request(fileRoutes.versions, { fileId: first.id })
      assert.deepEqual(
        items.map(one => [one.number, one.size]),
        [
          [3, 5],
          [2, 7],
          [1, 3],
        ],
      )
      assert.equal(await (await get(teacher, `${first.id}/content?number=1`)).text(), 'one')
      const { file } = await teacher.request(fileRoutes.restoreVersion, { fileId: first.id, number: 1 })
      assert.equal(file.number, 4)
      assert.equal(await (await get(teacher, `${first.id}/content`)).text(), 'one')
      await teacher.request(fileRoutes.place, { fileId: first.id, published: true })
      assert.equal((await get(learner, `${first.id}/content?number=2`)).status, 404, 'earlier ones are for staff')
    })
  })

  describe('folders', () => {
    const make = async (name: string, folderId: string | null = null) =>
      (await teacher.request(fileRoutes.createFolder, { courseId, name, folderId: folderId as never })).folder
    const names = async (input: object = {}) =>
      (await teacher.request(fileRoutes.list, { courseId, limit: 200, ...input })).items.map(one => one.name)

    it('hold files and folders, are moved, removed and brought back with all they hold', async () => {
      const outer = await make('Week 1')
      const inner = await make('Slides', outer.id)
      const file = await put('deep.txt', 'deep', { folderId: inner.id })
      await teacher.request(fileRoutes.place, { fileId: file.id, published: true })
      const listed = await teacher.request(fileRoutes.list, { courseId, folderId: inner.id })
      assert.deepEqual(
        [listed.path.map(one => one.name), listed.items.map(one => one.name)],
        [['Week 1', 'Slides'], ['deep.txt']],
      )
      await assert.rejects(make('week 1'), { code: 'name-taken' })
      await assert.rejects(
        teacher.request(fileRoutes.changeFolder, { folderId: outer.id, version: 0, into: inner.id }),
        { code: 'not-allowed' },
      )
      await assertConverges(teacher, filesScope, courseId, () =>
        teacher.request(fileRoutes.removeFolder, { folderId: outer.id }),
      )
      assert.ok(!(await names()).includes('Week 1'))
      assert.deepEqual(await names({ search: 'deep' }), [])
      assert.equal((await get(learner, `${file.id}/content`)).status, 404)
      assert.ok((await names({ which: 'removed' })).includes('Week 1'))
      await teacher.request(fileRoutes.restoreFolder, { folderId: outer.id })
      assert.deepEqual(await names({ search: 'deep' }), ['deep.txt'])
      assert.equal((await get(learner, `${file.id}/content`)).status, 200)
      const { file: moved } = await teacher.request(fileRoutes.change, {
        fileId: file.id,
        version: file.version,
        into: null,
        name: 'up.txt',
      })
      assert.deepEqual([moved.folderId, moved.name], [null, 'up.txt'])
      assert.equal((await teacher.request(fileRoutes.get, { fileId: file.id })).item?.title, 'up.txt')
    })

    it('go no deeper than they may, and list ten thousand files a page at a time', async () => {
      let at: string | null = null
      for (let level = 1; level <= 10; level++) at = (await make(`Level ${level}`, at)).id
      await assert.rejects(make('Level 11', at), { code: 'too-deep' })
      await sql(
        `insert into files (id, course_id, folder_id, name, form, type, size, number, changed_at)
         select gen_random_uuid(), $1, $2, 'row ' || n, 'text', 'text/plain', 1, 1, now() from generate_series(1, 10000) n`,
        [courseId, at],
      )
      const seen = new Set<string>()
      let after: string | undefined
      do {
        const page = await teacher.request(fileRoutes.list, {
          courseId,
          folderId: at as never,
          limit: 200,
          ...(after ? { after } : {}),
        })
        for (const one of page.items) seen.add(one.id)
        after = page.next
      } while (after && seen.size < 1_000)
      assert.equal(seen.size, 1_000)
    })
  })

  it('comes back without the place that staff had taken it from before', async () => {
    const file = await put('apart.txt', 'Words')
    await teacher.request(fileRoutes.place, { fileId: file.id, published: true })
    const { items } = (await teacher.subscribe(courseScope, courseId)).state()
    const item = items.find(one => one.refId === file.id) ?? assert.fail()
    await teacher.request(outlineRoutes.removeItem, { courseId: courseId as never, itemId: item.id })
    await teacher.request(fileRoutes.remove, { fileId: file.id })
    await teacher.request(fileRoutes.restore, { fileId: file.id })
    const after = (await teacher.subscribe(courseScope, courseId)).state().items
    assert.equal(
      after.some(one => one.refId === file.id),
      false,
    )
  })

  it('does not stand in the course again while it lies in the bin', async () => {
    const file = await put('binned.txt', 'Words')
    await teacher.request(fileRoutes.place, { fileId: file.id, published: true })
    const { items } = (await teacher.subscribe(courseScope, courseId)).state()
    const itemId = items.find(one => one.refId === file.id)?.id ?? assert.fail()
    await teacher.request(fileRoutes.remove, { fileId: file.id })
    const ofItem = { courseId: courseId as never, itemId }
    await assert.rejects(teacher.request(outlineRoutes.restoreItem, ofItem), { code: 'not-found' })
    await teacher.request(fileRoutes.restore, { fileId: file.id })
    await teacher.request(outlineRoutes.restoreItem, ofItem)
  })
})
