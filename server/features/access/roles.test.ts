// Roles made here, rules of places and roles given in them, over real HTTP and sockets: what they let through, how soon
// they are felt, who may give what, and what is told about why.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accessRoutes, type CustomRoleId, type RoleView } from '#protocol/access.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Capability } from '#protocol/base/roles.ts'
import { address } from '#protocol/base/scope.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import { gradeRoutes } from '#protocol/grades.ts'
import { addressesADay } from '#server/features/accounts/rules.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { arrange, makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { waitFor } from '#server/test/wait-for.ts'
import { createContext, site } from './index.ts'
import { grantedRoles } from './tables.ts'

describe('roles of a school', () => {
  let node: TestNode
  let admin: Awaited<ReturnType<typeof signedInClient>>
  let courseId: CourseId
  let place: { kind: 'course'; id: string }

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator', name: 'Ada' })
    courseId = (await makeCourse('Physics')).courseId
    place = { kind: 'course', id: courseId }
  })

  const copy = async (name: string, copyOf: RoleView['key'] = 'assistant') =>
    (await admin.request(accessRoutes.createRole, { name, copyOf })).role
  const idOf = (role: RoleView) => role.key as CustomRoleId

  it('are copied, narrowed and given: what was taken out is refused, the rest is open', async () => {
    const made = await copy('Lab assistant')
    const capabilities = made.capabilities.filter(one => one !== 'grade.change' && one !== 'grade.view-all')
    await admin.request(accessRoutes.changeRole, { roleId: idOf(made), version: 0, capabilities })
    const lab = await signedInClient(node, { name: 'Lena Lab' })
    await assert.rejects(lab.request(courseRoutes.get, { courseId }), { code: 'not-found' })
    await admin.request(accessRoutes.grantRole, { ...place, role: made.key, accountId: lab.accountId })
    const { capabilities: own, role } = await lab.request(courseRoutes.get, { courseId })
    assert.equal(role, null)
    assert.ok(own.includes('content.change') && !own.includes('grade.view-all'))
    await assert.rejects(lab.request(gradeRoutes.table, { courseId }), { code: 'not-allowed' })
    const why = async (capability: 'grade.view-all' | 'content.change') =>
      (await admin.request(accessRoutes.explain, { ...place, capability, accountId: lab.accountId })).explanation
    assert.equal((await why('grade.view-all')).because, 'nothing')
    const { because, role: by, heldAt } = await why('content.change')
    assert.deepEqual([because, by, heldAt?.id, heldAt?.name], ['role', made.key, courseId, 'Physics'])
    // Whoever only makes the rules of a place is told nobody's name by them.
    const maker = await copy('Rule maker')
    const rules = { roleId: idOf(maker), version: 0, capabilities: ['course.view', 'role.rule'] as Capability[] }
    await admin.request(accessRoutes.changeRole, rules)
    const rita = await signedInClient(node, { name: 'Rita Rules' })
    await admin.request(accessRoutes.grantRole, { ...place, role: maker.key, accountId: rita.accountId })
    await rita.request(accessRoutes.listRules, { ...place, role: 'learner' })
    const asked = { ...place, capability: 'course.view' as const, accountId: lab.accountId }
    await assert.rejects(rita.request(accessRoutes.explain, asked), { code: 'not-allowed' })
    await assert.rejects(rita.request(accessRoutes.listHolders, { ...place }), { code: 'not-allowed' })
    // Whoever sees the people of the place as well is told their names, and neither addresses nor who is nobody to it.
    const [{ version }, view] = [maker, 'course.view-people' as const]
    const wider = { ...rules, version: version + 1, capabilities: [...rules.capabilities, view] }
    await admin.request(accessRoutes.changeRole, wider)
    const people = async (who: typeof rita, search?: string) =>
      (await who.request(accessRoutes.listHolders, { ...place, ...(search ? { search } : {}) })).items
    const email = (await people(admin, 'Lena Lab'))[0]?.email ?? assert.fail()
    assert.deepEqual([(await people(rita, email)).length, (await people(rita, 'Lena Lab'))[0]?.email], [0, null])
    assert.equal((await rita.request(accessRoutes.explain, asked)).explanation.account.name, 'Lena Lab')
    const { accountId: stranger } = await signedInClient(node, { name: 'Stan Stranger' })
    await assert.rejects(rita.request(accessRoutes.explain, { ...asked, accountId: stranger }), { code: 'no-account' })
    await admin.request(accessRoutes.explain, { ...asked, accountId: stranger })
    await admin.request(accessRoutes.takeRole, { ...place, role: made.key, accountId: lab.accountId })
    await assert.rejects(lab.request(courseRoutes.get, { courseId }), { code: 'not-found' })
  })

  it('bring a course into the list of whoever was given one there, drafts to those who prepare them', async () => {
    const made = await makeCourse('Listed')
    const here = { kind: 'course' as const, id: made.courseId }
    const editor = await signedInClient(node, { name: 'Edda Editor' })
    const reader = await signedInClient(node, { name: 'Rea Reader' })
    const titles = async (who: typeof editor) =>
      (await who.request(courseRoutes.list)).items.map(one => [one.title, one.role])
    assert.deepEqual(await titles(editor), [])
    const give = async (who: typeof editor, role: RoleView) =>
      admin.request(accessRoutes.grantRole, { ...here, role: role.key, accountId: who.accountId })
    await give(editor, await copy('Editor'))
    await give(reader, await copy('Reader', 'learner'))
    assert.deepEqual([await titles(editor), await titles(reader)], [[['Listed', null]], [['Listed', null]]])
    await admin.request(lifeRoutes.changeState, { courseId: made.courseId, state: 'draft' })
    assert.deepEqual([await titles(editor), await titles(reader)], [[['Listed', null]], []])
  })

  it('are felt by open sockets: a rule that takes a right closes the scope', async () => {
    const accountId = await makePerson(courseId, 'assistant', 'Tess Aide')
    const aide = await signedInClient(node, { accountId })
    await aide.subscribe(courseStaffScope, courseId)
    const rule = { ...place, role: 'assistant' as const, capability: 'content.change' as const }
    const began = performance.now()
    await admin.request(accessRoutes.changeRule, { ...rule, permission: 'prevent' })
    const scope = address(courseStaffScope, courseId)
    await waitFor(() => aide.frames.some(frame => frame.s === scope && frame.k === 'closed'), 'the scope to close')
    const took = performance.now() - began
    assert.ok(took < 5_000, `${took} ms`)
    await assert.rejects(aide.subscribe(courseStaffScope, courseId), { code: 'not-allowed' })
    const asked = { ...place, capability: 'content.change' as const, accountId }
    const { explanation } = await admin.request(accessRoutes.explain, asked)
    assert.deepEqual(
      [explanation.because, explanation.rule?.permission, explanation.rule?.place.name],
      ['prevented', 'prevent', 'Physics'],
    )
    const { taken } = await admin.request(accessRoutes.resetRules, { ...place, role: 'assistant' })
    assert.deepEqual(taken, [{ capability: 'content.change', permission: 'prevent' }])
    await aide.subscribe(courseStaffScope, courseId)
  })

  it('are told with the life of the place: what is drafted or over refuses whatever a role allows', async () => {
    const made = await makeCourse('In its time')
    const here = { kind: 'course' as const, id: made.courseId }
    const learner = await makePerson(made.courseId, 'learner', 'Lea')
    const why = async (capability: 'channel.write' | 'channel.read' | 'grade.change', accountId: AccountId) => {
      const asked = { ...here, capability, accountId }
      const { allowed, because } = (await admin.request(accessRoutes.explain, asked)).explanation
      return `${allowed} ${because}`
    }
    const lead = (state: 'draft' | 'published' | 'concluded') =>
      admin.request(lifeRoutes.changeState, { courseId: made.courseId, state })
    assert.equal(await why('channel.write', learner), 'true role')
    await lead('draft')
    assert.equal(await why('channel.write', learner), 'false not-published')
    assert.equal(await why('grade.change', learner), 'false nothing')
    assert.equal(await why('channel.write', made.instructorId), 'true role')
    await lead('published')
    await lead('concluded')
    assert.equal(await why('channel.write', learner), 'false concluded')
    assert.equal(await why('channel.read', learner), 'true role')
    assert.equal(await why('grade.change', made.instructorId), 'false concluded')
    assert.equal(await why('grade.change', admin.accountId), 'false concluded')
  })

  it('can be locked from above: no place below gives back what is prohibited', async () => {
    const department = { kind: 'department' as const, id: randomUUID() }
    const below = { kind: 'department' as const, id: randomUUID() }
    await arrange(async ctx => {
      await createContext(ctx, department, site)
      await createContext(ctx, below, department)
    })
    const rule = { role: 'assistant' as const, capability: 'channel.moderate' as const }
    await admin.request(accessRoutes.changeRule, { ...department, ...rule, permission: 'prohibit' })
    await admin.request(accessRoutes.changeRule, { ...below, ...rule, permission: 'allow' })
    const { items } = await admin.request(accessRoutes.listRules, { ...below, role: 'assistant' })
    const ruling = items.find(one => one.capability === 'channel.moderate')
    assert.deepEqual(
      [ruling?.here, ruling?.inherited, ruling?.allowed, ruling?.from?.place.id, ruling?.from?.permission],
      ['allow', false, false, department.id, 'prohibit'],
    )
  })

  it('are given by nobody who has less', async () => {
    const giver = await copy('Giver', 'learner')
    const capabilities = [...giver.capabilities, 'role.give' as const]
    await admin.request(accessRoutes.changeRole, { roleId: idOf(giver), version: 0, capabilities })
    const lesser = await signedInClient(node, { name: 'Gil Giver' })
    await admin.request(accessRoutes.grantRole, { ...place, role: giver.key, accountId: lesser.accountId })
    const strong = await copy('Strong')
    const friend = await makeAccount({ name: 'Friend' })
    const give = (role: RoleView['key']) =>
      lesser.request(accessRoutes.grantRole, { ...place, role, accountId: friend })
    await assert.rejects(give(strong.key), { code: 'beyond-own' })
    await give(giver.key)
    assert.equal(await grantedRoles.count({ where: { accountId: friend } }), 1)
    const rule = { ...place, role: 'learner' as const, capability: 'note.write' as const }
    await assert.rejects(lesser.request(accessRoutes.changeRule, { ...rule, permission: 'prevent' }), {
      code: 'not-allowed',
    })
    await assert.rejects(give('assistant'), { code: 'not-here' })
    // Addresses they guess are counted, whether somebody has them or not.
    const guess = (email: string) => lesser.request(accessRoutes.grantRole, { ...place, role: giver.key, email })
    await assert.rejects(guess('one@guess.example'), { code: 'no-account' })
    await sql('update people_lookups set addresses = $2 where account_id = $1', [lesser.accountId, addressesADay])
    await assert.rejects(guess('two@guess.example'), { code: 'slow-down' })
  })

  it('lose nothing to a second hand: an old version is told the current one', async () => {
    const made = await copy('Twice')
    await admin.request(accessRoutes.changeRole, { roleId: idOf(made), version: 0, name: 'Twice over' })
    await assert.rejects(admin.request(accessRoutes.changeRole, { roleId: idOf(made), version: 0, note: 'x' }), {
      code: 'conflict',
    })
    await assert.rejects(copy('twice OVER'), { code: 'name-taken' })
  })

  it('travel as a file, and one that names what is not here is refused', async () => {
    const made = await copy('Traveller')
    const answer = await admin.raw('GET', `/access/roles/${made.key}/file`)
    const file = JSON.parse(await answer.text())
    const { role } = await admin.request(accessRoutes.importRole, { file: { ...file, name: 'Arrived' } })
    assert.deepEqual(role.capabilities, made.capabilities)
    await assert.rejects(
      admin.request(accessRoutes.importRole, { file: { ...file, name: 'Odd', capabilities: ['moon.visit'] } }),
      { code: 'malformed' },
    )
  })

  it('are removed when nobody holds them, restored, and reset to what they were copied from', async () => {
    const made = await copy('Shortlived')
    const person = await makeAccount()
    const roleId = idOf(made)
    await admin.request(accessRoutes.grantRole, { ...site, role: made.key, accountId: person })
    await assert.rejects(admin.request(accessRoutes.removeRole, { roleId }), { code: 'role-held' })
    await admin.request(accessRoutes.takeRole, { ...site, role: made.key, accountId: person })
    await admin.request(accessRoutes.removeRole, { roleId })
    const keys = async () => (await admin.request(accessRoutes.listRoles, {})).items.map(one => one.key)
    assert.ok(!(await keys()).includes(made.key))
    await admin.request(accessRoutes.restoreRole, { roleId })
    assert.ok((await keys()).includes(made.key))
    await admin.request(accessRoutes.changeRole, { roleId, version: 0, capabilities: [] })
    const { role } = await admin.request(accessRoutes.resetRole, { roleId, version: 1 })
    assert.deepEqual(role.capabilities, made.capabilities)
    const verbs = await auditEntries.findAll({ where: { subjectId: roleId }, order: [['id', 'asc']], raw: true })
    assert.deepEqual(
      verbs.map(one => one.verb),
      ['role.created', 'role.removed', 'role.restored', 'role.changed', 'role.changed'],
    )
  })

  it('are listed by place, searched and paged', async () => {
    const { items } = await admin.request(accessRoutes.listPlaces, { ...site, search: 'phys' })
    assert.deepEqual(
      items.map(one => [one.kind, one.name]),
      [['course', 'Physics']],
    )
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await admin.request(accessRoutes.listHolders, { ...place, limit: 1, ...(after ? { after } : {}) })
      seen.push(...page.items.map(one => `${one.name} ${one.role}`))
      after = page.next
    } while (after)
    assert.equal(new Set(seen).size, seen.length)
    assert.ok(seen.some(one => one.startsWith('Tess Aide assistant')))
    const found = await admin.request(accessRoutes.listHolders, { ...place, search: 'tess' })
    assert.deepEqual(
      found.items.map(one => [one.name, one.by]),
      [['Tess Aide', 'enrolment']],
    )
  })
})
