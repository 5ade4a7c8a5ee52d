// People of a course with a role made here: enrolled with it, listed and counted by it, judged by it, and told at once.
import assert from 'node:assert/strict'
import { accessRoutes, type CustomRoleId, type RoleView } from '#protocol/access.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { importRoutes } from '#protocol/courses/import.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { roleIn, site } from '#server/features/access/index.ts'
import { mergeAccounts } from '#server/features/accounts/index.ts'
import { courseContext, listMemberIds } from '#server/features/courses/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('the people of a course with a role made here', () => {
  let node: TestNode
  let boss: Person
  let teacher: Person
  let courseId: CourseId

  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Ada Boss' })
    teacher = await signedInClient(node, { name: 'Theo Teacher' })
  })
  beforeEach(async () => {
    courseId = (await teacher.request(courseRoutes.create, { title: 'Physics' })).course.id
  })

  const copy = async (name: string, copyOf: RoleView['key'], but: readonly Capability[] = []) => {
    const { role } = await boss.request(accessRoutes.createRole, { name, copyOf })
    const roleId = role.key as CustomRoleId
    const capabilities = role.capabilities.filter(one => !but.includes(one))
    await boss.request(accessRoutes.changeRole, { roleId, version: 0, capabilities })
    return roleId
  }
  const listed = async (role?: RoleView['key']) =>
    (await teacher.request(peopleRoutes.people, { courseId, given: 'true', ...(role ? { role } : {}) } as never)).items
  const rolesHere = async () => {
    const { people, roles } = await teacher.request(peopleRoutes.peopleRoles, { courseId })
    return { people, of: new Map(roles.map(one => [one.key, one])) }
  }

  it('are enrolled with it, listed, counted and found by it, and may what it may', async () => {
    const tutor = await copy('Lab tutor', 'assistant', ['grade.view-all', 'grade.change'])
    const lena = await signedInClient(node, { name: 'Lena Lab', email: 'lena@lab.example' })
    const own = await lena.subscribe(userScope, lena.accountId)
    const state = await assertConverges(teacher, courseStaffScope, courseId, () =>
      teacher.request(peopleRoutes.enrol, { courseId, email: 'lena@lab.example', role: tutor }),
    )
    assert.equal(state.people, 2)
    await own.until(one => (one.changed.courses ?? 0) > 0)
    const [one] = await listed(tutor)
    assert.deepEqual([one?.name, one?.role, one?.custom?.name], ['Lena Lab', 'assistant', 'Lab tutor'])
    assert.deepEqual(await listed('assistant'), [])
    const { people, of } = await rolesHere()
    assert.deepEqual([people, of.get(tutor)?.people, of.get('assistant')?.people], [2, 1, 0])
    const here = await lena.request(courseRoutes.get, { courseId })
    assert.equal(here.role, 'assistant')
    assert.ok(here.capabilities.includes('content.change') && !here.capabilities.includes('grade.view-all'))
    await assert.rejects(lena.request(gradeRoutes.table, { courseId }), { code: 'not-allowed' })
    // It counts as what it is based on wherever people are counted by that.
    assert.deepEqual(await listMemberIds(testCtx(), courseId, ['assistant']), [lena.accountId])
    assert.equal(await roleIn(testCtx(), lena.accountId, courseContext(courseId)), 'assistant')
    await assert.rejects(boss.request(accessRoutes.removeRole, { roleId: tutor }), { code: 'role-held' })
    const { items } = await boss.request(accessRoutes.listRolePlaces, { role: tutor })
    assert.deepEqual(
      items.map(({ place, holders }) => [place.id, holders]),
      [[courseId, 1]],
    )
    const [held] = (await boss.request(accessRoutes.listHolders, { ...courseContext(courseId), role: tutor })).items
    assert.deepEqual([held?.name, held?.by], ['Lena Lab', 'enrolment'])
    const [enrolment] = (await boss.request(peopleRoutes.enrolmentsOf, { accountId: lena.accountId })).items
    assert.equal(enrolment?.custom?.name, 'Lab tutor')
  })

  it('are changed to it and back, which their open sockets feel at once, and nobody gives more than they have', async () => {
    const quiet = await copy('Quiet learner', 'learner', ['course.view'])
    const dean = await copy('Dean of labs', 'instructor')
    const grown = await boss.request(accessRoutes.changeRole, {
      roleId: dean,
      version: 1,
      capabilities: ['course.view', 'role.give'],
    })
    assert.equal(grown.role.version, 2)
    const lee = await signedInClient(node, { name: 'Lee' })
    await boss.request(peopleRoutes.enrol, { courseId, accountId: lee.accountId, role: 'learner' })
    await lee.subscribe(courseScope, courseId)
    const change = (who: Person, role: RoleView['key']) =>
      who.request(peopleRoutes.changeRole, { courseId, accountId: lee.accountId, role } as never)
    await change(teacher, quiet)
    await waitFor(
      () => lee.frames.some(frame => frame.s === `course:${courseId}` && frame.k === 'closed'),
      'the course closes',
    )
    await change(teacher, 'learner')
    await lee.request(courseRoutes.get, { courseId })
    await assert.rejects(change(teacher, dean), { code: 'beyond-own' })
    await change(boss, dean)
    await assert.rejects(change(teacher, 'learner'), { code: 'beyond-own' })
    assert.ok(!(await rolesHere()).of.get(dean)?.mayGive)
    // Based on an instructor and yet none: the one the course has stays.
    const step = teacher.request(peopleRoutes.changeRole, { courseId, accountId: teacher.accountId, role: 'learner' })
    await assert.rejects(step, { code: 'last-instructor' })
    const member = await copy('Opener', 'member')
    await assert.rejects(change(boss, member), { code: 'not-here' })
    assert.ok(!(await rolesHere()).of.has(member))
  })

  it('lists who holds it by a role that was given alone, and tells the open list', async () => {
    const tutor = await copy('Night tutor', 'assistant')
    const nia = await signedInClient(node, { name: 'Nia Night' })
    const place = { ...courseContext(courseId), role: tutor, accountId: nia.accountId }
    await assertConverges(teacher, courseStaffScope, courseId, () => boss.request(accessRoutes.grantRole, place))
    const staff = await teacher.subscribe(courseStaffScope, courseId)
    const before = staff.head()
    const [one] = await listed(tutor)
    assert.deepEqual([one?.name, one?.role, one?.how, one?.given[0]?.name], ['Nia Night', null, 'given', 'Night tutor'])
    const { people, of } = await rolesHere()
    assert.deepEqual([people, of.get(tutor)?.people], [2, 1])
    // Who asks for those enrolled is told of them alone.
    assert.equal((await teacher.request(peopleRoutes.people, { courseId })).items.length, 1)
    await boss.request(accessRoutes.takeRole, place)
    await waitFor(() => staff.head() > before, 'the list hears of it')
    assert.deepEqual(await listed(tutor), [])
    await boss.request(accessRoutes.grantRole, place)
    await teacher.request(peopleRoutes.enrol, { courseId, accountId: nia.accountId, role: 'learner' })
    assert.deepEqual(
      (await listed(tutor)).map(({ role, given }) => [role, given.length]),
      [['learner', 1]],
    )
  })

  it('are invited with it by a link that says so, until the role or the right to give it is gone', async () => {
    const tutor = await copy('Guest tutor', 'assistant', ['grade.view-all', 'grade.change'])
    const invite = (who: Person, role: CustomRoleId) => who.request(accountRoutes.invite, { courseId, role })
    const { token } = await invite(teacher, tutor)
    const { items } = await teacher.request(accountRoutes.listInvitations, { courseId })
    assert.deepEqual(
      items.map(one => [one.role, one.custom]),
      [['learner', { key: tutor, name: 'Guest tutor' }]],
    )
    // A node of the version before reads the word alone.
    const [stored] = await sql<{ role: string }>('select role from invitations where custom = $1', [tutor])
    assert.equal(stored?.role, 'learner')
    const nils = await signedInClient(node, { name: 'Nils New' })
    const { invitation } = await nils.request(accountRoutes.getInvitation, { token })
    assert.deepEqual(invitation.course?.custom, { key: tutor, name: 'Guest tutor' })
    await nils.request(accountRoutes.joinByInvitation, { token })
    const [one] = await listed(tutor)
    assert.deepEqual([one?.name, one?.role, one?.custom?.name], ['Nils New', 'assistant', 'Guest tutor'])
    await assert.rejects(nils.request(gradeRoutes.table, { courseId }), { code: 'not-allowed' })

    const growing = await copy('Growing', 'assistant')
    const early = await invite(teacher, growing)
    const grow = (version: number, capabilities: Capability[]) =>
      boss.request(accessRoutes.changeRole, { roleId: growing, version, capabilities })
    await grow(1, ['course.view', 'role.give'])
    const nora = await signedInClient(node, { name: 'Nora Next' })
    await assert.rejects(nora.request(accountRoutes.joinByInvitation, { token: early.token }), { code: 'inviter-gone' })
    assert.equal(await roleIn(testCtx(), nora.accountId, courseContext(courseId)), undefined)
    await grow(2, ['course.view'])
    await nora.request(accountRoutes.joinByInvitation, { token: early.token })

    const dean = await copy('Dean by link', 'instructor')
    const more: Capability[] = ['course.view', 'role.give']
    await boss.request(accessRoutes.changeRole, { roleId: dean, version: 1, capabilities: more })
    await assert.rejects(invite(teacher, dean), { code: 'beyond-own' })
    await assert.rejects(invite(boss, await copy('No course role', 'member')), { code: 'not-here' })
    const gone = await copy('Short-lived', 'learner')
    const last = await invite(teacher, gone)
    await boss.request(accessRoutes.removeRole, { roleId: gone })
    await assert.rejects(nils.request(accountRoutes.getInvitation, { token: last.token }), { code: 'role-gone' })
    await assert.rejects(invite(teacher, gone), { code: 'not-found' })
  })

  it('are found in places by what people call those in short', async () => {
    const { course } = await boss.request(courseRoutes.create, { title: 'Thermodynamics', shortName: 'THD 7' })
    const { items } = await boss.request(accessRoutes.listPlaces, { ...site, search: 'thd 7' })
    assert.deepEqual(
      items.map(one => [one.id, one.name]),
      [[course.id, 'Thermodynamics']],
    )
  })

  it('come from a list by what it is called', async () => {
    const tutor = await copy('Field tutor', 'assistant')
    for (const name of ['fay', 'gus']) await signedInClient(node, { name, email: `${name}@field.example` })
    const list = 'email,role\nfay@field.example,field TUTOR\ngus@field.example,field guide'
    const input = { courseId, list, role: 'learner' as const }
    const tried = await teacher.request(importRoutes.importPeople, { ...input, how: 'try' })
    assert.deepEqual(
      tried.rows.map(({ role, roleName, outcome, error }) => [role, roleName, outcome, error]),
      [
        [tutor, 'Field tutor', 'enrol', null],
        [null, '', 'error', 'bad-role'],
      ],
    )
    await teacher.request(importRoutes.importPeople, { ...input, how: 'good ones' })
    assert.deepEqual(
      (await listed(tutor)).map(one => one.name),
      ['fay'],
    )
    const again = await teacher.request(importRoutes.importPeople, { ...input, role: tutor, how: 'try' })
    assert.deepEqual([again.rows[0]?.outcome, again.rows[0]?.roleName], ['was in', 'Field tutor'])
  })

  it('keep it when accounts are merged, and lose it to a node that knows nothing of it', async () => {
    const tutor = await copy('Merged tutor', 'assistant')
    const [from, into] = [await signedInClient(node), await signedInClient(node)]
    await boss.request(peopleRoutes.enrol, { courseId, accountId: from.accountId, role: tutor })
    await node.as({ kind: 'nobody' }).act(ctx => mergeAccounts(ctx, from.accountId, into.accountId))
    const held = async () =>
      (
        await sql<{ role: string; counts_as: string }>(
          'select role, counts_as from roles_held where account_id = $1 and context_id = $2',
          [into.accountId, courseId],
        )
      )[0]
    assert.deepEqual(await held(), { role: tutor, counts_as: 'assistant' })
    // As the version before writes it.
    const old = `update role_assignments set role = $3, assigned_at = now() where account_id = $1 and context_id = $2`
    await sql(old, [into.accountId, courseId, 'assistant'])
    assert.equal((await held())?.role, tutor)
    await sql(old, [into.accountId, courseId, 'learner'])
    assert.deepEqual(await held(), { role: 'learner', counts_as: 'learner' })
  })
})
