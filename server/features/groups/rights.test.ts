// What a group says of its own counts in it: who comes and goes, who manages it, and nobody else's group.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability } from '#protocol/base/roles.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type GroupId, groupRoutes } from '#protocol/groups.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { groupsState } from './queries/groups.ts'

describe('rules and roles said on a group', () => {
  let node: TestNode
  let admin: TestClient
  let teacher: TestClient
  let courseId: CourseId
  let teacherId: AccountId
  let one: GroupId
  let other: GroupId

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator' })
  })

  beforeEach(async () => {
    const course = await makeCourse('Biology')
    courseId = course.courseId
    teacherId = course.instructorId
    teacher = await signedInClient(node, { accountId: course.instructorId })
    const names = { name: 'Projects', groups: ['One', 'Other'], signUp: 'learners' as const }
    await teacher.request(groupRoutes.createSet, { courseId, ...names })
    const { groups } = await groupsState(testCtx(), courseId)
    const find = (name: string) => groups.find(group => group.name === name)?.id ?? assert.fail(name)
    one = find('One')
    other = find('Other')
  })

  const inGroup = (groupId: GroupId) => ({ kind: 'group' as const, id: groupId })
  const say = (
    groupId: GroupId,
    role: 'learner' | 'assistant' | 'instructor',
    capability: Capability,
    permission: 'prevent' | 'inherit' | 'prohibit' = 'prevent',
  ) => admin.request(accessRoutes.changeRule, { ...inGroup(groupId), role, capability, permission })
  const person = async (role: 'learner' | 'assistant') => {
    const accountId = await makePerson(courseId, role, 'Ada')
    return { accountId, client: await signedInClient(node, { accountId }) }
  }
  const refused = { code: 'not-allowed' }

  it('keep learners from coming, from going, and from leaving by way of another', async () => {
    const { client } = await person('learner')
    await say(one, 'learner', 'group.join')
    await assert.rejects(client.request(groupRoutes.join, { courseId, groupId: one }), refused)
    const { shut, notManaged } = await client.request(groupRoutes.mine, { courseId })
    assert.deepEqual([shut, notManaged], [[one], []])
    await client.request(groupRoutes.join, { courseId, groupId: other })
    await say(other, 'learner', 'group.join')
    await assert.rejects(client.request(groupRoutes.leave, { courseId, groupId: other }), refused)
    await say(one, 'learner', 'group.join', 'inherit')
    await assert.rejects(client.request(groupRoutes.join, { courseId, groupId: one }), refused)
    await say(other, 'learner', 'group.join', 'inherit')
    await client.request(groupRoutes.join, { courseId, groupId: one })
  })

  it('keep staff from managing it, also by way of its set and its people, and from no other', async () => {
    const { client } = await person('assistant')
    const { accountId } = await person('learner')
    await teacher.request(groupRoutes.place, { courseId, groupId: one, accountIds: [accountId] })
    await say(one, 'assistant', 'group.manage', 'prohibit')
    const [set] = (await groupsState(testCtx(), courseId)).sets
    const setId = set?.id ?? assert.fail()
    const places = [{ groupId: one, accountId }]
    const acts = [
      () => client.request(groupRoutes.change, { courseId, groupId: one, version: 0, name: 'Mine' }),
      () => client.request(groupRoutes.remove, { courseId, groupId: one }),
      () => client.request(groupRoutes.place, { courseId, groupId: one, accountIds: [accountId] }),
      () => client.request(groupRoutes.place, { courseId, groupId: other, accountIds: [accountId] }),
      () => client.request(groupRoutes.takeOut, { courseId, places }),
      () => client.request(groupRoutes.lead, { courseId, groupId: one, accountId }),
      () => client.request(groupRoutes.fill, { courseId, setId, places }),
      () => client.request(groupRoutes.removeSet, { courseId, setId }),
    ]
    for (const act of acts) await assert.rejects(act(), refused, String(act))
    assert.deepEqual((await client.request(groupRoutes.mine, { courseId })).notManaged, [one])
    await client.request(groupRoutes.change, { courseId, groupId: other, version: 0, name: 'Another' })
    await teacher.request(groupRoutes.change, { courseId, groupId: one, version: 0, name: 'First' })
  })

  it('let somebody manage one group who manages no other', async () => {
    const { accountId, client } = await person('learner')
    const elsewhere = await person('learner')
    await assert.rejects(
      client.request(groupRoutes.change, { courseId, groupId: one, version: 0, name: 'No' }),
      refused,
    )
    await admin.request(accessRoutes.grantRole, { ...inGroup(one), role: 'assistant', accountId })
    await client.request(groupRoutes.place, { courseId, groupId: one, accountIds: [elsewhere.accountId] })
    await assert.rejects(
      client.request(groupRoutes.place, { courseId, groupId: other, accountIds: [elsewhere.accountId] }),
      refused,
    )
    await assert.rejects(client.request(groupRoutes.createSet, { courseId, name: 'No' }), refused)
  })

  it('are offered for what counts there alone', async () => {
    const { items } = await admin.request(accessRoutes.listRules, { ...inGroup(one), role: 'assistant' })
    assert.deepEqual(
      items.map(ruling => ruling.capability),
      ['group.manage', 'group.join', 'role.give', 'role.rule'],
    )
    await assert.rejects(say(one, 'assistant', 'grade.change'), { code: 'counts-above' })
    const rule = { ...inGroup(one), role: 'assistant' as const, permission: 'prevent' as const }
    const why = { ...inGroup(one), accountId: teacherId }
    const { explanation } = await admin.request(accessRoutes.explain, { ...why, capability: 'group.manage' })
    assert.equal(explanation.allowed, true)
    await assert.rejects(admin.request(accessRoutes.explain, { ...why, capability: 'grade.change' }), {
      code: 'counts-above',
    })
    const many = { capability: 'grade.change' as const, rules: [rule] }
    const [preview] = (await admin.request(accessRoutes.previewRules, many)).items
    assert.equal(preview?.mayChange, false)
    await assert.rejects(admin.request(accessRoutes.changeRules, many), { code: 'counts-above' })
  })
})
