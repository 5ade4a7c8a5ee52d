// Text pages: written by staff, read by the course, two writers at once, and nothing read that is not released.
import assert from 'node:assert/strict'
import { contentRoutes, longestPage, type Page } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { enrol } from '#server/features/courses/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('text pages', () => {
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

  const create = async (published: boolean, title = 'Cells'): Promise<Page> =>
    (await teacher.request(contentRoutes.createPage, { courseId, title, body: '# Cells', published })).page

  it('creates a draft that staff alone can read, until it is published', async () => {
    let page: Page | undefined
    const state = await assertConverges(teacher, courseStaffScope, courseId, async () => {
      page = await create(false)
    })
    const pageId = page!.id
    const item = state.drafts.find(one => one.refId === pageId)
    assert.equal(item?.title, 'Cells')
    assert.equal((await teacher.request(contentRoutes.getPage, { courseId, pageId })).mayChange, true)
    await assert.rejects(learner.request(contentRoutes.getPage, { courseId, pageId }), { code: 'not-found' })
    await teacher.request(outlineRoutes.publishItem, { courseId, itemId: item!.id })
    const read = await learner.request(contentRoutes.getPage, { courseId, pageId })
    assert.deepEqual([read.page.body, read.mayChange, read.published], ['# Cells', false, true])
  })

  it('tells readers that it changed, and loses neither of two writers', async () => {
    const page = await create(true)
    const ofPage = { courseId, pageId: page.id }
    const state = await assertConverges(learner, courseScope, courseId, () =>
      teacher.request(contentRoutes.changePage, { ...ofPage, version: 0, title: 'All cells', body: 'One\n' }),
    )
    const item = state.items.find(one => one.refId === page.id)
    assert.deepEqual([item?.title, item?.detail], ['All cells', { version: 1 }])
    const refused = await teacher
      .request(contentRoutes.changePage, { ...ofPage, version: 0, body: 'Two' })
      .catch((error: { code: string; params: { current: Page } }) => error)
    assert.ok('code' in refused && refused.code === 'conflict')
    assert.deepEqual([refused.params.current.body, refused.params.current.version], ['One\n', 1])
    assert.equal((await learner.request(contentRoutes.getPage, ofPage)).page.body, 'One\n')
  })

  it('removes and restores', async () => {
    const page = await create(true)
    const ofPage = { courseId, pageId: page.id }
    await assertConverges(learner, courseScope, courseId, () => teacher.request(contentRoutes.removePage, ofPage))
    await assert.rejects(learner.request(contentRoutes.getPage, ofPage), { code: 'not-found' })
    await assertConverges(learner, courseScope, courseId, () => teacher.request(contentRoutes.restorePage, ofPage))
    assert.equal((await learner.request(contentRoutes.getPage, ofPage)).page.title, 'Cells')
  })

  it('refuses learners every change, strangers a look, and texts without end', async () => {
    const page = await create(true)
    const ofPage = { courseId, pageId: page.id }
    const stranger = await signedInClient(node)
    await assert.rejects(learner.request(contentRoutes.createPage, { courseId, title: 'Mine' }), {
      code: 'not-allowed',
    })
    await assert.rejects(learner.request(contentRoutes.changePage, { ...ofPage, version: 0, body: 'Mine' }), {
      code: 'not-allowed',
    })
    await assert.rejects(learner.request(contentRoutes.removePage, ofPage), { code: 'not-allowed' })
    await assert.rejects(stranger.request(contentRoutes.getPage, ofPage), { code: 'not-found' })
    await assert.rejects(
      teacher.request(contentRoutes.changePage, { ...ofPage, version: 0, body: 'x'.repeat(longestPage + 1) }),
      { code: 'malformed' },
    )
    const other = (await teacher.request(courseRoutes.create, { title: 'Other' })).course.id
    await assert.rejects(
      teacher.request(contentRoutes.changePage, { ...ofPage, courseId: other, version: 0, body: '' }),
      {
        code: 'not-found',
      },
    )
    const longest = 'ß'.repeat(longestPage)
    await teacher.request(contentRoutes.changePage, { ...ofPage, version: 0, body: longest })
    assert.equal((await learner.request(contentRoutes.getPage, ofPage)).page.body.length, longestPage)
  })

  it('keeps a tree of what the list allows, with its words beside, and refuses any other', async () => {
    const page = await create(true)
    const ofPage = { courseId, pageId: page.id }
    const picture = await uploadFile(teacher, { courseId, name: 'leaf.png', bytes: dot })
    const image = { type: 'image', attrs: { fileId: picture.id, alt: 'A leaf', onerror: 'alert(1)' } }
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: 'Green' }] }, image]
    const document = { schema: 1, content }
    const bytes = async () => (await learner.raw('GET', `/files/${picture.id}/content`)).status
    assert.equal(await bytes(), 404)
    await assertConverges(learner, courseScope, courseId, () =>
      teacher.request(contentRoutes.changePage, { ...ofPage, version: 0, document }),
    )
    const read = (await learner.request(contentRoutes.getPage, ofPage)).page
    assert.deepEqual(read.document?.content[1]?.attrs, { fileId: picture.id, alt: 'A leaf' })
    assert.equal(read.body, 'Green\n\nA leaf')
    assert.equal(await bytes(), 200, 'the page shows it')
    const script = { schema: 1, content: [{ type: 'script' }] }
    await assert.rejects(teacher.request(contentRoutes.changePage, { ...ofPage, version: 1, document: script }), {
      code: 'malformed',
    })
    await teacher.request(contentRoutes.changePage, { ...ofPage, version: 1, body: 'Plain' })
    assert.equal(await bytes(), 404, 'no page shows it any more')
  })

  it('keeps what was saved, for staff to bring back; saves of one sitting are one', async () => {
    const page = await create(true)
    const ofPage = { courseId, pageId: page.id }
    for (const [version, body] of ['One', 'Two', 'Three'].entries())
      await teacher.request(contentRoutes.changePage, { ...ofPage, version, body })
    const { items } = await teacher.request(contentRoutes.pageVersions, ofPage)
    assert.deepEqual(
      items.map(one => one.version),
      [3, 0],
    )
    const { page: first } = await teacher.request(contentRoutes.pageVersion, { ...ofPage, number: 0 })
    assert.equal(first.body, '# Cells')
    await assert.rejects(teacher.request(contentRoutes.pageVersion, { ...ofPage, number: 9 }), { code: 'not-found' })
    await assert.rejects(learner.request(contentRoutes.pageVersions, ofPage), { code: 'not-allowed' })
  })

  it('lets no request near a page without a session', async () => {
    const page = await create(true)
    const answer = await fetch(`${node.url}/api/v1/courses/${courseId}/pages/${page.id}`)
    assert.equal(answer.status, 401)
  })
})
