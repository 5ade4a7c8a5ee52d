// Sections, groups and sets of a course: what staff make and undo, what learners choose, the last place that two want at
// once, and what becomes of the groups of who leaves.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import type { CourseId } from '#protocol/courses.ts'
import { type GroupId, type GroupSetId, groupRoutes, groupsScope, groupsStaffScope } from '#protocol/groups.ts'
import { eraseAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { courseContext } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { groupsOf } from './index.ts'
import { groupsStaffState, groupsState, previewFill } from './queries/groups.ts'
import { groupSets } from './tables.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('groups of a course', () => {
  let node: TestNode
  let teacher: Person
  let courseId: CourseId

  before(async () => {
    node = await testNode()
  })

  // A course each: what is counted is what the part made.
  beforeEach(async () => {
    const course = await makeCourse('Biology')
    courseId = course.courseId
    teacher = await signedInClient(node, { accountId: course.instructorId })
  })

  const learner = (name: string) => makePerson(courseId, 'learner', name)
  const learners = (count: number) => Promise.all(Array.from({ length: count }, (_, index) => learner(`L${index}`)))
  const client = (accountId: AccountId) => signedInClient(node, { accountId })
  const state = () => groupsState(testCtx(), courseId)
  const members = async () => (await groupsStaffState(testCtx(), courseId)).members
  const place = (groupId: GroupId, ...accountIds: AccountId[]) =>
    teacher.request(groupRoutes.place, { courseId, groupId, accountIds })
  const converges = async (act: () => Promise<unknown>) => {
    await assertConverges(teacher, groupsStaffScope, courseId, () =>
      assertConverges(teacher, groupsScope, courseId, act),
    )
  }

  async function makeSet(
    names: string[],
    more: { signUp?: 'staff' | 'learners'; most?: number; withinSections?: boolean } = {},
  ) {
    const { set } = await teacher.request(groupRoutes.createSet, { courseId, name: 'Projects', groups: names, ...more })
    const ids = (await state()).groups.filter(one => one.setId === set.id).map(one => one.id)
    return { setId: set.id as GroupSetId, set, ids, first: ids[0] ?? assert.fail(), second: ids[1] ?? assert.fail() }
  }

  async function makeSections(...names: string[]): Promise<GroupId[]> {
    const { groups } = await teacher.request(groupRoutes.create, { courseId, names })
    return groups.map(one => one.id)
  }

  it('are made, renamed, removed and brought back, alike for who heard it and who comes later', async () => {
    const [one, two] = await learners(2)
    assert.ok(one && two)
    const { set, setId, first, second } = await makeSet(['A', 'B'])
    await converges(() => place(first, one, two))
    await assertConverges(teacher, groupsScope, courseId, async () => {
      await teacher.request(groupRoutes.change, { courseId, groupId: second, version: 0, name: 'Bees' })
      await teacher.request(groupRoutes.changeSet, { courseId, setId, version: set.version, most: 3 })
      await teacher.request(groupRoutes.create, { courseId, setId, names: ['C', 'D'] })
    })
    const stale = teacher.request(groupRoutes.change, { courseId, groupId: second, version: 0, name: 'Late' })
    await assert.rejects(stale, { code: 'conflict' })
    // A removed group frees its people; it comes back with those who went nowhere else meanwhile.
    await converges(() => teacher.request(groupRoutes.remove, { courseId, groupId: first }))
    await place(second, two)
    await converges(() => teacher.request(groupRoutes.restore, { courseId, groupId: first }))
    const held = await members()
    assert.deepEqual(held.find(m => m.accountId === one)?.groupId, first)
    assert.deepEqual(
      held.filter(m => m.accountId === two).map(m => m.groupId),
      [second],
    )
    await converges(() => teacher.request(groupRoutes.removeSet, { courseId, setId }))
    assert.deepEqual(await state(), { sets: [], groups: [] })
    await converges(() => teacher.request(groupRoutes.restoreSet, { courseId, setId }))
    assert.deepEqual(await members(), held)
  })

  it('hold each learner once a set, and everybody as often as wanted in sections', async () => {
    const [one] = await learners(1)
    assert.ok(one)
    const [monday, tuesday] = await makeSections('Monday', 'Tuesday')
    assert.ok(monday && tuesday)
    const { first, second, setId } = await makeSet(['A', 'B'])
    await place(monday, one, teacher.accountId)
    await place(tuesday, one)
    await place(first, one)
    await converges(() => place(second, one))
    const found = (await groupsOf(testCtx(), courseId, [one])).get(one)
    const inSet = { groupId: second, setId }
    assert.deepEqual(found, [{ groupId: monday, setId: null }, { groupId: tuesday, setId: null }, inSet])
    await assert.rejects(place(first, teacher.accountId), { code: 'learners-only' })
    await converges(() => teacher.request(groupRoutes.lead, { courseId, groupId: second, accountId: one }))
    assert.ok((await members()).find(m => m.groupId === second)?.leads)
    // Each is a place of its own in the tree, below the course.
    const [above] = await sql<{ parent_id: string }>(
      "select parent_id from contexts where kind = 'group' and id = $1",
      [second],
    )
    assert.equal(above?.parent_id, courseId)
  })

  it('are as many as there may be and no more, also for those who add some at once or bring some back', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `G${index}`)
    const { setId } = await makeSet(names(90))
    for (const many of [100, 100, 100]) await makeSections(...names(many))
    const together = Array.from({ length: 8 }, () => teacher.request(groupRoutes.create, { courseId, names: names(8) }))
    const more = await Promise.allSettled(together)
    assert.equal(more.filter(one => one.status === 'fulfilled').length, 1)
    await teacher.request(groupRoutes.removeSet, { courseId, setId })
    await makeSections(...names(50))
    await assert.rejects(teacher.request(groupRoutes.restoreSet, { courseId, setId }), { code: 'too-many' })
  })

  it('are filled by chance as previewed, within sections where asked, and emptied again', async () => {
    const all = await learners(6)
    const [monday, tuesday] = await makeSections('Monday', 'Tuesday')
    assert.ok(monday && tuesday)
    await place(monday, ...all.slice(0, 4))
    await place(tuesday, ...all.slice(4))
    const { setId } = await makeSet(['A', 'B', 'C'], { withinSections: true })
    const plan = await teacher.request(groupRoutes.previewFill, { courseId, setId })
    assert.equal(plan.places.length, 6)
    assert.deepEqual(plan.left, [])
    const before = (await teacher.subscribe(groupsScope, courseId)).head()
    await converges(async () => {
      const { places } = await teacher.request(groupRoutes.fill, { courseId, setId, places: plan.places })
      assert.equal(places.length, 6)
    })
    assert.equal((await teacher.subscribe(groupsScope, courseId)).head(), before + 1, 'one event for all')
    assert.deepEqual(
      (await state()).groups.filter(one => one.setId === setId).map(one => one.members),
      [2, 2, 2],
    )
    await converges(() => teacher.request(groupRoutes.takeOut, { courseId, places: plan.places }))
    assert.equal((await members()).filter(m => plan.places.some(p => p.groupId === m.groupId)).length, 0)
  })

  it('give the last place to exactly one of those who want it at once, and say so to the others', async () => {
    const { first, second } = await makeSet(['A', 'B'], { signUp: 'learners', most: 1 })
    const rivals = await Promise.all((await learners(6)).map(client))
    await converges(async () => {
      const answers = await Promise.allSettled(
        rivals.map(one => one.request(groupRoutes.join, { courseId, groupId: first })),
      )
      assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
      for (const one of answers)
        if (one.status === 'rejected') assert.equal((one.reason as { code: string }).code, 'group-full')
    })
    // One learner at two groups at once ends in one of them.
    const [winner] = (await members()).map(one => one.accountId)
    const loser = rivals.find(one => one.accountId !== winner) ?? assert.fail()
    await sql('update group_sets set most = null where course_id = $1', [courseId])
    await Promise.allSettled(
      [first, second, first, second].map(groupId => loser.request(groupRoutes.join, { courseId, groupId })),
    )
    assert.equal((await members()).filter(one => one.accountId === loser.accountId).length, 1)
  })

  it('are chosen, changed and left by learners where the set lets them, and show names to their own alone', async () => {
    const [one, two] = await learners(2)
    assert.ok(one && two)
    const { first, second, set, setId } = await makeSet(['A', 'B'], { signUp: 'learners' })
    await place(first, two)
    const lena = await client(one)
    const mine = async () => (await lena.request(groupRoutes.mine, { courseId })).groups
    assert.deepEqual(await mine(), [])
    await converges(() => lena.request(groupRoutes.join, { courseId, groupId: second }))
    await converges(() => lena.request(groupRoutes.join, { courseId, groupId: first }))
    assert.deepEqual(
      (await mine()).map(group => group.members.map(m => m.name)),
      [['L0', 'L1']],
    )
    // A section is known by its name alone: the two share one, and are not shown to each other by it.
    const [monday] = await makeSections('Monday')
    assert.ok(monday)
    await place(monday, one, two)
    assert.deepEqual((await mine()).find(group => group.groupId === monday)?.members, [])
    await converges(() => lena.request(groupRoutes.leave, { courseId, groupId: first }))
    assert.deepEqual(
      (await mine()).map(group => group.groupId),
      [monday],
    )
    const heard = JSON.stringify((await lena.subscribe(groupsScope, courseId)).state())
    assert.ok(!heard.includes('L1') && !heard.includes(two), heard)
    await assert.rejects(lena.subscribe(groupsStaffScope, courseId), { code: 'not-allowed' })
    await teacher.request(groupRoutes.changeSet, { courseId, setId, version: set.version, signUp: 'staff' })
    await assert.rejects(lena.request(groupRoutes.join, { courseId, groupId: first }), { code: 'sign-up-off' })
  })

  it('lose who leaves the course, and do not take them back by themselves', async () => {
    const [one] = await learners(1)
    assert.ok(one)
    const { first, setId } = await makeSet(['A', 'B'])
    await place(first, one)
    await teacher.request(groupRoutes.removeSet, { courseId, setId })
    await teacher.request(peopleRoutes.endEnrolment, { courseId, accountId: one })
    await teacher.request(groupRoutes.restoreSet, { courseId, setId })
    assert.deepEqual(await members(), [], 'nor in a set that was away')
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: one, role: 'learner' })
    await place(first, one)
    await converges(() => teacher.request(peopleRoutes.endEnrolment, { courseId, accountId: one }))
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: one, role: 'learner' })
    assert.deepEqual(await members(), [])
  })

  it('are copied with their people, and saved as a table in which no cell runs', async () => {
    const one = await learner('=HYPERLINK("x")')
    const { first, setId } = await makeSet(['A', 'B'])
    await place(first, one)
    await converges(() => teacher.request(groupRoutes.cloneSet, { courseId, setId, name: 'Again' }))
    assert.equal((await members()).length, 2)
    const csv = await (await teacher.raw('GET', `/courses/${courseId}/groups.csv?setId=${setId}`)).text()
    assert.match(csv, /^"Group","Name","E-mail","Leader"\r\n"A","'=HYPERLINK\(""x""\)","person-/)
    assert.match(csv, /"B","","",""\r\n$/)
    // Who looks after groups and may not see the people reads no names.
    const administrator = await signedInClient(node, { role: 'administrator' })
    const rule = { ...courseContext(courseId), role: 'instructor' as const, capability: 'course.view-people' as const }
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'prohibit' })
    assert.equal((await teacher.raw('GET', `/courses/${courseId}/groups.csv`)).status, 403)
    await administrator.request(accessRoutes.changeRule, { ...rule, permission: 'inherit' })
  })

  it('go along when accounts are merged, and free the place of who is erased', async () => {
    const [one, two, three] = await learners(3)
    assert.ok(one && two && three)
    const [monday] = await makeSections('Monday')
    assert.ok(monday)
    const { first, second } = await makeSet(['A', 'B'])
    await place(monday, one)
    await place(first, one, three)
    await place(second, two)
    await converges(async () => {
      await node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, one, two))
      await waitFor(async () => (await members()).every(m => m.accountId !== one), 'the places have gone over')
    })
    assert.deepEqual(
      (await members()).filter(m => m.accountId === two).map(m => m.groupId),
      [monday, second],
    )
    await node.as({ kind: 'nobody' }).act(ctx => eraseAccount(ctx, three))
    await waitFor(async () => (await members()).every(m => m.accountId !== three), 'the place is free')
  })

  it('are read in as many queries for five hundred people in a hundred groups as for none', async () => {
    const { setId, ids } = await makeSet(Array.from({ length: 100 }, (_, index) => `Group ${index + 1}`))
    await sql(
      `with made as (insert into accounts (id, kind, name, site_role, created_at)
         select gen_random_uuid(), 'member', 'Many ' || n, 'member', now() from generate_series(1, 500) n returning id),
       enrolled as (insert into enrolments (id, course_id, account_id, how, at)
         select gen_random_uuid(), $1, id, 'by hand', now() from made),
       roles as (insert into role_assignments (account_id, context_kind, context_id, role, assigned_at)
         select id, 'course', $1, 'learner', now() from made)
       insert into group_members (group_id, account_id, set_id, at)
         select ($2::uuid[])[1 + (row_number() over () % 100)], id, $3, now() from made`,
      [courseId, ids, setId],
    )
    let asked = 0
    const counting = testCtx({
      sql: (text, values, name) => {
        asked++
        return sql(text, values, name)
      },
    })
    assert.deepEqual(new Set((await groupsState(counting, courseId)).groups.map(one => one.members)), new Set([5]))
    assert.equal(asked, 1, 'beside the course and its sets')
    assert.equal((await groupsStaffState(counting, courseId)).members.length, 500)
    assert.equal(asked, 2)
    const set = await groupSets.findByPk(setId, { raw: true, rejectOnEmpty: true })
    await previewFill(counting, set, 'sections')
    assert.equal(asked, 6)
  })
})
