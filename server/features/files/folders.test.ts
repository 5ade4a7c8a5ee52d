// Folders placed in their course: who reads what is in them, what the line says, how they go, come back and are copied.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { folderRoutes } from '#protocol/files/folders.ts'
import { type FileId, type FolderId, fileRoutes } from '#protocol/files.ts'
import { searchRoutes } from '#protocol/search.ts'
import { enrol } from '#server/features/courses/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { testNode, waitFor } from '#server/test/harness.ts'
import { uploadFile } from '#server/test/uploads.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('a folder in the outline', () => {
  let teacher: Person
  let learner: Person
  let courseId: CourseId
  let week: FolderId
  let inner: FolderId
  let paper: FileId
  let deep: FileId

  before(async () => {
    const node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator' })
    learner = await signedInClient(node)
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    week = await make('Week 1', null)
    inner = await make('More', week)
    paper = (await uploadFile(teacher, { courseId, folderId: week, name: 'Paper.txt', bytes: 'Osmosis' })).id
    deep = (await uploadFile(teacher, { courseId, folderId: inner, name: 'Deep.txt', bytes: 'Mitosis' })).id
  })

  const make = async (name: string, folderId: FolderId | null) =>
    (await teacher.request(fileRoutes.createFolder, { courseId, folderId, name })).folder.id
  const opens = async (who: Person, folderId: FolderId) => {
    const { items, path } = await who.request(folderRoutes.folder, { folderId })
    return [path.map(one => one.name), items.map(one => one.name)]
  }
  const line = async () => {
    const { state } = await teacher.subscribe(courseScope, courseId)
    return state().items.find(one => one.refId === week) ?? assert.fail()
  }
  const shut = async (folderId: FolderId, code: 'locked' | 'not-found') => {
    await assert.rejects(learner.request(folderRoutes.folder, { folderId }), { code })
    for (const fileId of [paper, deep])
      for (const path of ['', '/content', '/text'])
        assert.equal((await learner.raw('GET', `/files/${fileId}${path}`)).status, 404, path)
  }

  it('shows nothing to learners while it is a draft, and says so by itself in every reading', async () => {
    await shut(week, 'not-found')
    await teacher.request(folderRoutes.placeFolder, { folderId: week })
    await shut(week, 'not-found')
    assert.deepEqual(await opens(teacher, inner), [['Week 1', 'More'], ['Deep.txt']])
    await assert.rejects(learner.request(folderRoutes.placeFolder, { folderId: week }), { code: 'not-allowed' })
  })

  it('is read with all it holds once it is published, and heard of as files come and go', async () => {
    const around = await make('Above', null)
    const { folder } = await teacher.request(folderRoutes.folder, { folderId: week })
    await teacher.request(fileRoutes.changeFolder, { folderId: week, version: folder.version, into: around })
    const { item } = await teacher.request(folderRoutes.folder, { folderId: week })
    await teacher.request(outlineRoutes.publishItem, { courseId, itemId: item?.id ?? assert.fail() })
    assert.deepEqual(await opens(learner, week), [['Week 1'], ['More', 'Paper.txt']])
    assert.deepEqual(await opens(learner, inner), [['Week 1', 'More'], ['Deep.txt']])
    assert.equal((await learner.raw('GET', `/files/${deep}/content`)).status, 200)
    await assert.rejects(learner.request(folderRoutes.folder, { folderId: around }), { code: 'not-found' })
    const before = (await line()).detail
    assert.equal(before.files, 2)
    const state = await assertConverges(learner, courseScope, courseId, async () => {
      await uploadFile(teacher, { courseId, folderId: inner, name: 'New.txt', bytes: 'New' })
    })
    const after = state.items.find(one => one.refId === week)?.detail
    assert.equal(after?.files, 3)
    assert.notEqual(after?.version, before.version)
    const elsewhere = await assertConverges(learner, courseScope, courseId, async () => {
      await uploadFile(teacher, { courseId, name: 'Elsewhere.txt', bytes: 'Elsewhere' })
      await teacher.request(outlineRoutes.createModule, { courseId, title: 'Later' })
    })
    assert.deepEqual(elsewhere.items.find(one => one.refId === week)?.detail, after)
  })

  it('is found with what is in it by whom it is open to, and by nobody else', async () => {
    const found = async (words: string) =>
      (await learner.request(searchRoutes.everything, { words })).items.map(one => one.kind)
    await waitFor(async () => (await found('Mitosis')).includes('file'), 'the file to be found')
    assert.deepEqual(await found('Week 1'), ['item'])
    const { id: itemId } = await line()
    await teacher.request(outlineRoutes.hideItem, { courseId, itemId })
    assert.deepEqual([await found('Mitosis'), await found('Week 1')], [[], []])
    await teacher.request(outlineRoutes.publishItem, { courseId, itemId })
  })

  it('is shut with all it holds until its condition opens it', async () => {
    const { id } = await line()
    const say = (from: string | null, version: number) =>
      teacher.request(conditionRoutes.change, {
        ...{ courseId, subject: 'item', subjectId: id, version, from, until: null, hidden: false, tree: null },
      })
    await say(new Date(Date.now() + 3_600_000).toISOString(), 0)
    await shut(week, 'locked')
    await shut(inner, 'locked')
    await say(null, 1)
    assert.deepEqual(await opens(learner, inner), [
      ['Week 1', 'More'],
      ['Deep.txt', 'New.txt'],
    ])
  })

  it('goes into the bin with its line and comes back with it; an inner one takes its files alone', async () => {
    await teacher.request(fileRoutes.removeFolder, { folderId: inner })
    assert.equal((await learner.raw('GET', `/files/${deep}/content`)).status, 404)
    assert.equal((await line()).detail.files, 1)
    await teacher.request(fileRoutes.restoreFolder, { folderId: inner })
    const { id: itemId } = await line()
    await teacher.request(fileRoutes.removeFolder, { folderId: week })
    await shut(week, 'not-found')
    await assert.rejects(teacher.request(outlineRoutes.restoreItem, { courseId, itemId }), { code: 'not-found' })
    await teacher.request(fileRoutes.restoreFolder, { folderId: week })
    assert.equal((await line()).detail.files, 3)
    assert.equal((await learner.raw('GET', `/files/${deep}/content`)).status, 200)
  })

  it('is called as it is renamed, and stands in a copy of the course', async () => {
    const { folder } = await teacher.request(folderRoutes.folder, { folderId: week })
    await teacher.request(fileRoutes.changeFolder, { folderId: week, version: folder.version, name: 'First week' })
    const { title, detail } = await line()
    assert.equal(title, 'First week')
    const given = { courseId, how: 'make', title: 'Again', shift: { days: 0 } }
    const { course } = await teacher.request(copyRoutes.copy, given as never)
    const { state } = await teacher.subscribe(courseScope, course?.id ?? '')
    const [copied] = state().items.filter(one => one.kind === 'folder')
    assert.deepEqual([copied?.title, copied?.detail.files], ['First week', detail.files])
    assert.deepEqual(await opens(teacher, copied?.refId as FolderId), [
      ['Above', 'First week'],
      ['More', 'Paper.txt'],
    ])
  })

  it('is changed by who may change its line alone, who brings no files into it', async () => {
    const { id } = await line()
    const { accountId } = learner
    const rights = async (who: Person) => {
      const { mayChange, mayBring } = await who.request(folderRoutes.folder, { folderId: week })
      return [mayChange, mayBring]
    }
    assert.deepEqual(await rights(teacher), [true, true])
    assert.deepEqual(await rights(learner), [false, false])
    await teacher.request(accessRoutes.grantRole, { kind: 'item', id, role: 'assistant', accountId })
    assert.deepEqual(await rights(learner), [true, false])
    const bringing = uploadFile(learner, { courseId, folderId: week, name: 'Mine.txt', bytes: 'Mine' })
    await assert.rejects(bringing, { code: 'not-allowed' })
  })
})
