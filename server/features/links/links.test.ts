// Links of a course: placed, told, opened by whom they are for, changed by one after the other, and copied along.
import assert from 'node:assert/strict'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { linkRoutes } from '#protocol/links.ts'
import { enrol } from '#server/features/courses/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'

describe('links', () => {
  it('stand in a course, lead where they say, and come along into a copy', async () => {
    const node = await testNode()
    const teacher = await signedInClient(node, { role: 'administrator' })
    const learner = await signedInClient(node)
    const courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    const given = { courseId, title: 'Cells at the museum', address: 'https://museum.example/cells?room=2' } as const
    const { link } = await teacher.request(linkRoutes.create, given)
    const of = { courseId, linkId: link.id }
    await assert.rejects(learner.request(linkRoutes.get, of), { code: 'not-found' })

    const { state: backstage } = await teacher.subscribe(courseStaffScope, courseId)
    const itemId = backstage().drafts[0]?.id ?? assert.fail()
    const state = await assertConverges(learner, courseScope, courseId, async () => {
      const { link: changed } = await teacher.request(linkRoutes.change, { ...of, version: 0, note: 'Room 2' })
      assert.deepEqual([changed.version, changed.address], [1, given.address])
      await teacher.request(outlineRoutes.publishItem, { courseId, itemId })
    })
    assert.deepEqual(
      state.items.map(one => [one.title, one.kind, one.detail]),
      [['Cells at the museum', 'link', { host: 'museum.example', version: 1 }]],
    )
    assert.equal((await learner.request(linkRoutes.get, of)).link.note, 'Room 2')
    await assert.rejects(teacher.request(linkRoutes.change, { ...of, version: 0, note: 'Late' }), { code: 'conflict' })
    await assert.rejects(learner.request(linkRoutes.change, { ...of, version: 1, note: 'Mine' }), {
      code: 'not-allowed',
    })
    for (const address of ['javascript:alert(1)', 'https://a:b@museum.example', 'museum'])
      await assert.rejects(teacher.request(linkRoutes.change, { ...of, version: 1, address }), { code: 'malformed' })

    const { course } = await teacher.request(copyRoutes.copy, {
      courseId,
      how: 'make',
      title: 'Again',
      shift: { days: 7 },
    } as never)
    const { state: copied } = await teacher.subscribe(courseScope, course?.id ?? '')
    assert.deepEqual(
      copied().items.map(one => [one.title, one.detail]),
      [['Cells at the museum', { host: 'museum.example', version: 0 }]],
    )
  })
})
