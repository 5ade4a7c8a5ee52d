// Forums of their own in the outline: who reads and writes there while the line is a draft, open, locked or taken out; how one is
// renamed, found and taken along into a copy.
import assert from 'node:assert/strict'
import { platformKinds } from '#protocol/base/wire.ts'
import { forumRoutes } from '#protocol/channels/forums.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls, topicRoutes } from '#protocol/channels/topic-calls.ts'
import { forumScope, topicScope } from '#protocol/channels/topics.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { searchRoutes } from '#protocol/search.ts'
import { tellReleases } from '#server/features/conditions/index.ts'
import { showItem } from '#server/features/courses/actions/items.ts'
import { enrol } from '#server/features/courses/index.ts'
import type { WriteCtx } from '#server/platform/ctx.ts'
import { whoIs } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('a forum in the outline', () => {
  let node: TestNode
  let teacher: Person
  let learner: Person
  let other: Person
  let courseId: CourseId
  let of: { courseId: CourseId; forumId: string }
  let channelId: string

  before(async () => {
    node = await testNode()
    teacher = await signedInClient(node, { role: 'administrator' })
    learner = await signedInClient(node)
    other = await signedInClient(node)
    courseId = (await teacher.request(courseRoutes.create, { title: 'Biology' })).course.id
    await teacher.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await arrange(ctx => enrol(ctx, { courseId, accountId: learner.accountId, role: 'learner', how: 'by hand' }))
    const made = await teacher.request(forumRoutes.createForum, { courseId, title: 'Week 1' })
    of = { courseId, forumId: made.forumId }
    channelId = made.channel.id
  })

  const line = async () => {
    const { state } = await teacher.subscribe(courseScope, courseId)
    return state().items.find(one => one.refId === of.forumId) ?? assert.fail()
  }
  const post = (who: Person, title: string) =>
    who.call(topicCalls.post, { channelId, title, body: 'Words', anonymous: false } as never)
  const get = (who: Person) => who.request(forumRoutes.getForum, of as never)
  const shut = async (code: 'locked' | 'not-found') => {
    await assert.rejects(get(learner), { code })
    await assert.rejects(post(learner, 'Let me in'), { code: 'not-found' })
    await assert.rejects(learner.request(topicRoutes.list, { channelId } as never), { code: 'not-found' })
    await assert.rejects(learner.request(inboxRoutes.get, { channelId } as never), { code: 'not-found' })
    await assert.rejects(learner.subscribe(forumScope, channelId), { code: 'not-found' })
  }

  it('is a draft that staff alone read and write, and none of the channels of the course', async () => {
    await shut('not-found')
    await post(teacher, 'Begun by staff')
    const { entry, mayChange } = await get(teacher)
    assert.deepEqual([entry.channel.title, entry.mayModerate, mayChange], ['Week 1', true, true])
    const { items } = await learner.request(inboxRoutes.list, { courseId })
    assert.equal(items.filter(one => one.channel.form === 'forum').length, 1)
    const create = { courseId, title: 'Mine' }
    await assert.rejects(learner.request(forumRoutes.createForum, create), { code: 'not-allowed' })
  })

  it('takes what learners say once it is published, and nothing of who is not in the course', async () => {
    const { drafts } = (await teacher.subscribe(courseStaffScope, courseId)).state()
    const itemId = drafts.find(one => one.refId === of.forumId)?.id ?? assert.fail()
    await teacher.request(outlineRoutes.publishItem, { courseId, itemId })
    await assertConverges(learner, forumScope, channelId, async () => {
      await post(learner, 'How do cells divide?')
    })
    await assert.rejects(get(other), { code: 'not-found' })
    await assert.rejects(post(other, 'Hello'), { code: 'not-found' })
  })

  it('is renamed for everybody, by who may change it', async () => {
    const state = await assertConverges(learner, forumScope, channelId, async () => {
      await teacher.request(forumRoutes.changeForum, { ...of, version: 0, title: 'First week' } as never)
    })
    assert.equal(state.forum.title, 'First week')
    assert.equal((await line()).title, 'First week')
    const late = { ...of, version: 0, title: 'Late' } as never
    await assert.rejects(teacher.request(forumRoutes.changeForum, late), { code: 'conflict' })
    await assert.rejects(learner.request(forumRoutes.changeForum, late), { code: 'not-allowed' })
  })

  it('is found with what is said there by whom it is open to', async () => {
    const found = async (who: Person) =>
      (await who.request(searchRoutes.everything, { words: 'divide' })).items.map(one => [one.kind, one.course?.id])
    await waitFor(async () => (await found(learner)).length > 0, 'the topic to be found')
    assert.deepEqual(await found(learner), [['topic', courseId]])
    assert.deepEqual(await found(other), [])
  })

  it('is shut while it is locked or hidden, also for whoever has it open', async () => {
    const { id } = await line()
    const say = (from: string | null, version: number) =>
      teacher.request(conditionRoutes.change, {
        ...{ courseId, subject: 'item', subjectId: id, version, from, until: null, hidden: false, tree: null },
      })
    const closed = (id: string) => learner.frames.some(one => one.k === platformKinds.closed && one.s.endsWith(id))
    await learner.subscribe(forumScope, channelId)
    await say(new Date(Date.now() + 3_600_000).toISOString(), 0)
    await waitFor(() => closed(channelId), 'the open forum to be shut')
    await shut('locked')
    await say(null, 1)
    const again = await learner.subscribe(forumScope, channelId)
    const topicId = again.state().topics[0]?.id ?? assert.fail()
    await learner.subscribe(topicScope, topicId)
    await teacher.request(outlineRoutes.hideItem, { courseId, itemId: id })
    await waitFor(() => closed(topicId), 'the open topic to be shut')
    await shut('not-found')
    await assert.rejects(learner.subscribe(topicScope, topicId), { code: 'not-found' })
    await teacher.request(outlineRoutes.publishItem, { courseId, itemId: id })
    await get(learner)
  })

  it('has who is in it judged anew by the act itself that shuts it', async () => {
    const { id: itemId } = await line()
    const told = async (act: (ctx: WriteCtx) => Promise<unknown>) => {
      const subjects: string[] = []
      await node
        .as(whoIs(teacher.accountId))
        .act(ctx => act({ ...ctx, rightsChanged: subject => subjects.push(subject) }))
      return subjects
    }
    assert.deepEqual(await told(ctx => tellReleases(ctx, courseId)), ['site'])
    assert.deepEqual(await told(ctx => showItem(ctx, { courseId, itemId }, 'hidden')), ['site'])
    assert.deepEqual(await told(ctx => showItem(ctx, { courseId, itemId }, 'published')), [])
  })

  it('stays as it was where it is taken out and brought back', async () => {
    const { id: itemId } = await line()
    await teacher.request(outlineRoutes.removeItem, { courseId, itemId })
    await assert.rejects(get(teacher), { code: 'not-found' })
    await assert.rejects(post(learner, 'Gone?'), { code: 'not-found' })
    await teacher.request(outlineRoutes.restoreItem, { courseId, itemId })
    const { state } = await learner.subscribe(forumScope, channelId)
    assert.equal(state().topics.length, 2)
  })

  it('comes along into a copy with its rules and without what was said', async () => {
    const rules = { channelId, version: 0, anonymous: true, approval: false, openers: 'staff' }
    await teacher.call(topicCalls.changePolicy, rules as never)
    const given = { courseId, how: 'make', title: 'Again', shift: { days: 0 } }
    const { course } = await teacher.request(copyRoutes.copy, given as never)
    const { state } = await teacher.subscribe(courseScope, course?.id ?? '')
    const [copied] = state().items.filter(one => one.kind === 'forum')
    const there = { courseId: course?.id, forumId: copied?.refId } as never
    const { entry } = await teacher.request(forumRoutes.getForum, there)
    assert.notEqual(entry.channel.id, channelId)
    const forum = (await teacher.subscribe(forumScope, entry.channel.id)).state()
    assert.deepEqual([forum.forum.title, forum.forum.policy.openers, forum.topics], ['First week', 'staff', []])
  })
})
