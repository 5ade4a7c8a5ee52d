// Search: each finds the titles they may open, page by page, and nothing of anybody else's.
import assert from 'node:assert/strict'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { contentRoutes } from '#protocol/content.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { searchRoutes } from '#protocol/search.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

describe('search', () => {
  let node: TestNode
  let teacher: TestClient
  let learner: TestClient
  let stranger: TestClient
  let courseId: string

  const finds = async (client: TestClient, words: string, near?: string) =>
    (await client.request(searchRoutes.titles, { words, ...(near ? { near } : {}) })).items.map(
      one => `${one.kind} ${one.title}`,
    )

  before(async () => {
    node = await testNode()
    const course = await makeCourse('Mitosis for all')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    learner = await signedInClient(node, { accountId: await makePerson(course.courseId, 'learner', 'Mitosa Learner') })
    const other = await makeCourse('Mitosis elsewhere')
    stranger = await signedInClient(node, { accountId: other.instructorId })
    const { courseId: id } = course
    await teacher.request(contentRoutes.createPage, { courseId: id, title: 'The mitosis page', published: true })
    await teacher.request(contentRoutes.createPage, { courseId: id, title: 'Mitosis draft', published: false })
    const { items } = await learner.request(inboxRoutes.list, { courseId: id })
    const channelId = items.find(one => one.channel.form === 'forum')?.channel.id ?? assert.fail()
    const post = { channelId, body: '', anonymous: false }
    await learner.call(topicCalls.post, { ...post, title: 'Why mitosis?' })
    const { topicId } = await learner.call(topicCalls.post, { ...post, title: 'Mitosis, hidden' })
    await teacher.call(topicCalls.hide, { topicId, on: true })
  })

  it('shows staff drafts and people, learners what is published, others nothing', async () => {
    assert.deepEqual(await finds(teacher, 'mitos'), [
      'course Mitosis for all',
      'item Mitosis draft',
      'person Mitosa Learner',
      'item The mitosis page',
      'topic Why mitosis?',
    ])
    assert.deepEqual(await finds(learner, 'mitos'), [
      'course Mitosis for all',
      'item The mitosis page',
      'topic Why mitosis?',
    ])
    assert.deepEqual(await finds(stranger, 'mitos'), ['course Mitosis elsewhere'])
    assert.deepEqual(await finds(learner, 'page mitosis'), ['item The mitosis page'])
    const administrator = await signedInClient(node, { role: 'administrator' })
    assert.deepEqual((await finds(administrator, 'mitosis', courseId)).slice(0, 1), ['course Mitosis for all'])
    assert.ok((await finds(administrator, 'mitosis')).includes('course Mitosis elsewhere'))
  })

  it('takes signs as they are, and pages without a gap', async () => {
    assert.deepEqual(await finds(teacher, '%'), [])
    assert.deepEqual(await finds(teacher, '_\\'), [])
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await teacher.request(searchRoutes.titles, { words: 'mitos', limit: 2, ...(after ? { after } : {}) })
      seen.push(...page.items.map(one => one.title))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, 5)
    assert.equal(seen.length, 5)
    await teacher.request(courseRoutes.create, { title: '100 % mitosis' })
    assert.deepEqual(await finds(teacher, '100 %'), ['course 100 % mitosis'])
  })
})
