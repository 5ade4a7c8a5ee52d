// A course's life from both sides: what each state leaves of everybody's rights, felt on open sockets, and the bin.
import assert from 'node:assert/strict'
import { platformKinds } from '#protocol/base/wire.ts'
import { contentRoutes } from '#protocol/content.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { type CourseLife, courseRoutes, courseScope } from '#protocol/courses.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { enrol } from '#server/features/courses/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe("a course's life", () => {
  let node: TestNode
  let teacher: Person
  let admin: Person
  let learner: Person

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { name: 'Ines Ferreira' })
    admin = await signedInClient(node, { role: 'administrator', name: 'Ada Admin' })
    learner = await signedInClient(node, { name: 'Tomasz Nowak' })
  })

  async function courseOf(title: string, state: 'draft' | 'published' = 'published') {
    const { id: courseId } = (await teacher.request(courseRoutes.create, { title, state })).course
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    const to = (state: CourseLife, who = teacher) => who.request(lifeRoutes.changeState, { courseId, state })
    const titles = async (who: Person, asked: object = {}) =>
      (await who.request(courseRoutes.list, { search: title, ...asked })).items.map(one => one.state)
    return { courseId, to, titles }
  }

  const shut = (courseId: string) =>
    waitFor(
      () => learner.frames.some(one => one.k === platformKinds.closed && one.s === `course:${courseId}`),
      'the scope shut',
    )

  it('begins as a draft that its learners hear nothing of, and opens to them while they wait', async () => {
    const { courseId, to, titles } = await courseOf('Prepared', 'draft')
    await assert.rejects(learner.request(courseRoutes.get, { courseId }), { code: 'not-published' })
    await assert.rejects(learner.subscribe(courseScope, courseId), { code: 'not-published' })
    assert.deepEqual([await titles(learner), await titles(teacher)], [[], ['draft']])
    await teacher.request(contentRoutes.createPage, { courseId, title: 'First', published: true })
    await assertConverges(teacher, courseScope, courseId, () => to('published'))
    const heard = await learner.subscribe(courseScope, courseId)
    assert.deepEqual(
      heard.state().items.map(item => item.title),
      ['First'],
    )
    assert.deepEqual(await titles(learner), ['published'])
  })

  it('takes a draft back from learners on their open sockets', async () => {
    const { courseId, to } = await courseOf('Taken back')
    await learner.subscribe(courseScope, courseId)
    await to('draft')
    await shut(courseId)
    await to('published')
    await learner.request(courseRoutes.get, { courseId })
  })

  it('ends: read by all, changed by none, its administrators included, until it is opened again', async () => {
    const { courseId, to } = await courseOf('Ended')
    await assertConverges(learner, courseScope, courseId, () => to('concluded'))
    const { capabilities } = await teacher.request(courseRoutes.get, { courseId })
    assert.ok(capabilities.includes('grade.view-all') && !capabilities.includes('content.change'))
    for (const who of [teacher, admin])
      await assert.rejects(who.request(outlineRoutes.createModule, { courseId, title: 'Late' }), { code: 'concluded' })
    const { joinCode } = await teacher
      .request(peopleRoutes.getJoinCode, { courseId })
      .catch(() => assert.fail('staff read the code still'))
    await assert.rejects(admin.request(peopleRoutes.join, { code: joinCode ?? '' }), { code: 'concluded' })
    await assert.rejects(to('draft'), { code: 'conflict' })
    await assert.rejects(to('published', learner), { code: 'not-allowed' })
    await to('published')
    await teacher.request(outlineRoutes.createModule, { courseId, title: 'In time' })
  })

  it('is archived: out of the lists, and found by asking for it', async () => {
    const { to, titles } = await courseOf('Archived one')
    await assert.rejects(to('archived'), { code: 'conflict' })
    await to('concluded')
    assert.equal((await to('archived')).course.state, 'archived')
    assert.deepEqual(await titles(learner), [])
    assert.deepEqual(await titles(learner, { state: 'archived' }), ['archived'])
    assert.equal((await to('concluded')).course.state, 'concluded')
  })

  it('goes into the bin with all it holds, and comes out as it was', async () => {
    const { courseId, to } = await courseOf('Binned one')
    await teacher.request(contentRoutes.createPage, { courseId, title: 'Kept', published: true })
    await to('concluded')
    await learner.subscribe(courseScope, courseId)
    await assert.rejects(learner.request(lifeRoutes.remove, { courseId }), { code: 'not-allowed' })
    await teacher.request(lifeRoutes.remove, { courseId })
    await shut(courseId)
    for (const who of [teacher, learner, admin])
      await assert.rejects(who.request(courseRoutes.get, { courseId }), { code: 'not-found' })
    const binOf = async (who: Person) => (await who.request(lifeRoutes.bin, { search: 'Binned' })).items
    const [mine] = await binOf(teacher)
    assert.equal(mine?.removedBy, 'Ines Ferreira')
    assert.equal(mine.people, 2)
    assert.equal((await binOf(admin)).length, 1)
    assert.deepEqual(await binOf(learner), [])
    await assert.rejects(learner.request(lifeRoutes.restore, { courseId }), { code: 'not-found' })
    assert.equal((await teacher.request(lifeRoutes.restore, { courseId })).course.state, 'concluded')
    const back = await learner.subscribe(courseScope, courseId)
    assert.deepEqual(
      back.state().items.map(item => item.title),
      ['Kept'],
    )
    assert.deepEqual(await binOf(teacher), [])
    const trail = await auditEntries.findAll({ where: { contextId: courseId }, order: [['at', 'asc']], raw: true })
    assert.deepEqual(
      trail.map(entry => entry.verb).filter(verb => verb.startsWith('course.re')),
      ['course.removed', 'course.restored'],
    )
  })
})
