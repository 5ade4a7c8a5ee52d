// What an item says of its own counts in it and in no other: who changes it and where it stands, and who finds and sees it.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { userScope } from '#protocol/accounts.ts'
import { activityRoutes } from '#protocol/activities.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { contentRoutes, type PageId } from '#protocol/content.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { type CourseId, courseRoutes, type ItemId } from '#protocol/courses.ts'
import { progressRoutes } from '#protocol/progress.ts'
import { searchRoutes } from '#protocol/search.ts'
import { endEnrolment, findItem } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { arrange, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

interface Placed {
  readonly pageId: PageId
  readonly itemId: ItemId
}

describe('rules and roles said on an item', () => {
  const refused = { code: 'not-allowed' }
  let node: TestNode
  let admin: TestClient
  let teacher: TestClient
  let courseId: CourseId
  let one: Placed
  let other: Placed
  let learner: { accountId: AccountId; client: TestClient }
  let assistant: { accountId: AccountId; client: TestClient }

  const place = async (title: string): Promise<Placed> => {
    const { page } = await teacher.request(contentRoutes.createPage, { courseId, title, body: title, published: true })
    const item = (await findItem(testCtx(), { kind: 'page', refId: page.id })) ?? assert.fail()
    return { pageId: page.id, itemId: item.id }
  }
  const person = async (role: 'learner' | 'assistant') => {
    const accountId = await makePerson(courseId, role, 'Ada')
    return { accountId, client: await signedInClient(node, { accountId }) }
  }
  const inItem = ({ itemId }: Pick<Placed, 'itemId'>) => ({ kind: 'item' as const, id: itemId })
  const say = (
    at: { kind: 'item' | 'course'; id: string },
    permission: 'allow' | 'prevent' | 'prohibit' | 'inherit',
    capability: 'content.change' | 'activity.change' = 'content.change',
  ) => admin.request(accessRoutes.changeRule, { ...at, role: 'assistant', capability, permission })
  const give = ({ itemId }: Placed, accountId: AccountId) =>
    admin.request(accessRoutes.grantRole, { ...inItem({ itemId }), role: 'assistant', accountId })
  const ofItem = ({ itemId }: Placed) => ({ courseId, itemId })
  const ofPage = ({ pageId }: Placed) => ({ courseId, pageId })
  const versionOf = async ({ pageId }: Placed) =>
    (await teacher.request(contentRoutes.getPage, { courseId, pageId })).page.version
  const write = async (client: TestClient, at: Placed, body = 'Anew') =>
    client.request(contentRoutes.changePage, { ...ofPage(at), version: await versionOf(at), body })

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator' })
  })

  beforeEach(async () => {
    const course = await makeCourse('Biology')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    one = await place('Mitosis')
    other = await place('Meiosis')
    learner = await person('learner')
    assistant = await person('assistant')
  })

  it('let somebody change one item and where it stands, and no other', async () => {
    const { client, accountId } = learner
    await assert.rejects(write(client, one), refused)
    await give(one, accountId)
    await write(client, one)
    assert.equal((await client.request(contentRoutes.getPage, ofPage(one))).mayChange, true)
    assert.equal((await client.request(contentRoutes.getPage, ofPage(other))).mayChange, false)
    const acts = [
      (at: Placed) => client.request(contentRoutes.pageVersions, ofPage(at)),
      (at: Placed) => client.request(outlineRoutes.moveItem, { ...ofItem(at), moduleId: null }),
      (at: Placed) => client.request(outlineRoutes.hideItem, ofItem(at)),
      (at: Placed) => client.request(outlineRoutes.publishItem, ofItem(at)),
      (at: Placed) => client.request(outlineRoutes.removeItem, ofItem(at)),
      (at: Placed) => client.request(outlineRoutes.restoreItem, ofItem(at)),
      (at: Placed) => client.request(progressRoutes.changeRule, { ...ofItem(at), version: 0, asks: 'by-hand' }),
    ]
    for (const act of acts) await act(one)
    for (const act of acts) await assert.rejects(act(other), refused, String(act))
    const change = (at: Placed, version: number) => ({
      subject: 'item' as const,
      id: at.itemId,
      version,
      published: true,
    })
    const both = [change(one, 7), change(other, 0)]
    await assert.rejects(client.request(outlineRoutes.changeMany, { courseId, changes: both }), refused)
    await assert.rejects(client.request(outlineRoutes.createModule, { courseId, title: 'Mine' }), refused)
    await assert.rejects(client.request(contentRoutes.createPage, { courseId, title: 'Mine' }), refused)
    await admin.request(accessRoutes.takeRole, { ...inItem(one), role: 'assistant', accountId })
    await assert.rejects(write(client, one), refused)
  })

  it('show and find a draft for whoever may change it alone', async () => {
    const { client, accountId } = learner
    await teacher.request(outlineRoutes.hideItem, ofItem(one))
    await teacher.request(outlineRoutes.hideItem, ofItem(other))
    const mine = async () => client.request(courseRoutes.mine, { courseId })
    const found = async (words: string) => (await client.request(searchRoutes.everything, { words })).items.length
    assert.deepEqual(await mine(), { items: [], apart: [] })
    await give(one, accountId)
    const { items, apart } = await mine()
    assert.deepEqual(
      items.map(item => item.id),
      [one.itemId],
    )
    const rights = ['content.change', 'activity.change']
    assert.deepEqual(apart, [{ itemId: one.itemId, capabilities: rights }])
    assert.equal((await client.request(contentRoutes.getPage, ofPage(one))).published, false)
    await assert.rejects(client.request(contentRoutes.getPage, ofPage(other)), { code: 'not-found' })
    assert.deepEqual([(await found('Mitosis')) > 0, await found('Meiosis')], [true, 0])
    const { items: begun } = await client.request(searchRoutes.titles, { words: 'M' })
    assert.deepEqual(
      begun.map(hit => hit.title),
      ['Mitosis'],
    )
  })

  it('keep an assistant from changing one item, who changes every other and still sees it', async () => {
    const { client } = assistant
    await say(inItem(one), 'prohibit')
    await assert.rejects(write(client, one), refused)
    await write(client, other)
    await assert.rejects(client.request(outlineRoutes.hideItem, ofItem(one)), refused)
    await teacher.request(outlineRoutes.hideItem, ofItem(one))
    const seen = await client.request(contentRoutes.getPage, ofPage(one))
    assert.deepEqual([seen.mayChange, seen.published], [false, false])
    const release = { courseId, version: 0, hidden: false, from: null, until: null, tree: null }
    const ofRelease = (at: Placed) => ({ ...release, subject: 'item' as const, subjectId: at.itemId })
    await assert.rejects(client.request(conditionRoutes.change, ofRelease(one)), refused)
    await client.request(conditionRoutes.change, ofRelease(other))
    assert.deepEqual((await client.request(courseRoutes.mine, { courseId })).apart, [
      { itemId: one.itemId, capabilities: ['activity.change'] },
    ])
    await say(inItem(one), 'inherit')
    await write(client, one)
  })

  it('give back in one item what the course prevents, and not what it prohibits', async () => {
    const { client, accountId } = assistant
    const course = { kind: 'course' as const, id: courseId }
    await say(course, 'prevent')
    await assert.rejects(write(client, one), refused)
    await say(inItem(one), 'allow')
    await write(client, one)
    await assert.rejects(write(client, other), refused)
    const why = async (at: Placed) =>
      (await admin.request(accessRoutes.explain, { ...inItem(at), accountId, capability: 'content.change' }))
        .explanation
    const { allowed, because, rule } = await why(one)
    assert.deepEqual([allowed, because, rule?.place.name, rule?.permission], [true, 'rule', 'Mitosis', 'allow'])
    assert.deepEqual((await why(other)).rule?.place, { ...course, name: 'Biology' })
    await say(course, 'prohibit')
    await assert.rejects(write(client, one), refused)
  })

  it('count for activities, of which the item alone is asked', async () => {
    const { client, accountId } = learner
    const quiz = { courseId, kind: 'quiz' as const, title: 'Quiz', settings: {} }
    const { id } = await teacher.request(activityRoutes.create, quiz)
    const item = (await findItem(testCtx(), { kind: 'activity', refId: id })) ?? assert.fail()
    const change = (by: TestClient, version: number) =>
      by.request(activityRoutes.change, { activityId: id, version, title: `Quiz ${version}` })
    await assert.rejects(change(client, 0), refused)
    await give({ itemId: item.id, pageId: one.pageId }, accountId)
    await change(client, 0)
    await say(inItem({ itemId: item.id }), 'prohibit', 'activity.change')
    await assert.rejects(change(client, 1), refused)
    await assert.rejects(change(assistant.client, 1), refused)
    await change(teacher, 1)
  })

  it('open no course to whoever is not in it', async () => {
    const { client, accountId } = learner
    await give(one, accountId)
    await arrange(ctx => endEnrolment(ctx, { courseId, accountId }))
    await assert.rejects(write(client, one), { code: 'not-found' })
    await assert.rejects(client.request(outlineRoutes.hideItem, ofItem(one)), { code: 'not-found' })
  })

  it('are told to whom they concern at once, drafts included', async () => {
    const { client, accountId } = learner
    const own = await client.subscribe(userScope, accountId)
    const heard = () => own.state().changed.courses
    const hears = async (act: () => Promise<unknown>, what: string) => {
      const before = heard()
      await act()
      await waitFor(() => heard() > before, what)
    }
    await hears(() => give(one, accountId), 'the role')
    await hears(() => teacher.request(outlineRoutes.hideItem, ofItem(one)), 'that it is a draft')
    await hears(() => write(teacher, one), 'that the draft changed')
    await hears(
      () => admin.request(accessRoutes.takeRole, { ...inItem(one), role: 'assistant', accountId }),
      'that it was taken',
    )
    await own.leave()
  })

  it('are offered for what counts there alone, and made with every item of a copy', async () => {
    const { items } = await admin.request(accessRoutes.listRules, { ...inItem(one), role: 'assistant' })
    assert.deepEqual(
      items.map(ruling => ruling.capability),
      ['content.change', 'activity.change', 'role.give', 'role.rule'],
    )
    const rule = { ...inItem(one), role: 'assistant' as const, permission: 'prevent' as const }
    await assert.rejects(admin.request(accessRoutes.changeRule, { ...rule, capability: 'grade.change' }), {
      code: 'counts-above',
    })
    const copied = await admin.request(copyRoutes.copy, {
      ...{ courseId, how: 'make' as const, title: 'Copy', shortName: '', termId: null },
      shift: { days: 0 },
    })
    const [counted] = await sql<{ items: number; places: number }>(
      `select count(*)::int as items, count(c.id)::int as places from items i
        left join contexts c on c.kind = 'item' and c.id = i.id and c.parent_id = i.course_id where i.course_id = $1`,
      [copied.course?.id],
    )
    assert.deepEqual(counted, { items: 2, places: 2 })
  })
})
