// One rule set in several places at once, over real HTTP: what it would change is told before, it is all or nothing, one
// entry of the audit a place says so, nobody sets what is not theirs, and it is taken back without undoing another's.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { userScope } from '#protocol/accounts.ts'
import { departmentRoutes } from '#protocol/organisation.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { site } from './index.ts'

describe('a rule of several places', () => {
  let node: TestNode
  let admin: Awaited<ReturnType<typeof signedInClient>>
  const faculties: { kind: 'department'; id: string }[] = []
  let institute: { kind: 'department'; id: string }

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator', name: 'Ada' })
    const make = async (name: string, parentId: string | null = null) => ({
      kind: 'department' as const,
      id: (await admin.request(departmentRoutes.create, { name, parentId })).id as string,
    })
    for (const name of ['Arts', 'Law', 'Life', 'Music']) faculties.push(await make(name))
    institute = await make('Botany', faculties[2]?.id)
  })

  const capability = 'channel.attach' as const
  const rulesFor = (
    places: readonly { kind: 'department'; id: string }[],
    permission: 'inherit' | 'allow' | 'prevent' | 'prohibit',
    roles: readonly ('learner' | 'assistant')[] = ['learner', 'assistant'],
  ) => places.flatMap(place => roles.map(role => ({ ...place, role, permission })))
  const said = async (place: { kind: 'department'; id: string }, role: 'learner' | 'assistant') =>
    (await admin.request(accessRoutes.listRules, { ...place, role })).items.find(one => one.capability === capability)
      ?.here

  it('tells before and after by place, a lock above that is set with it included', async () => {
    const rules = [
      ...rulesFor(faculties.slice(2, 3), 'prohibit', ['learner']),
      ...rulesFor([institute], 'allow', ['learner']),
    ]
    const { items } = await admin.request(accessRoutes.previewRules, { capability, rules })
    assert.deepEqual(
      items.map(({ place, mayChange, changes }) => [
        place.name,
        mayChange,
        ...changes.map(one => [one.before, one.after, one.allowedBefore, one.allowedAfter, one.lockedBy?.name]),
      ]),
      [
        ['Life', true, ['inherit', 'prohibit', true, false, undefined]],
        ['Botany', true, ['inherit', 'allow', true, false, 'Life']],
      ],
    )
    assert.equal(await said(institute, 'learner'), 'inherit')
  })

  it('is set in all of them, with one entry of the audit a place, in front of a second administrator', async () => {
    const second = await signedInClient(node, { role: 'administrator', name: 'Bea' })
    const user = await second.subscribe(userScope, second.accountId)
    const { courses } = user.state().changed
    const one = { ...faculties[0], role: 'learner', capability, permission: 'prevent' } as const
    await admin.request(accessRoutes.changeRule, { ...one, kind: 'department', id: faculties[0]?.id ?? '' })
    await user.until(state => state.changed.courses > courses, 'word of one rule')
    const heard = user.state().changed.courses
    const { before } = await admin.request(accessRoutes.changeRules, {
      ...{ capability, rules: rulesFor(faculties, 'prohibit') },
    })
    await user.until(state => state.changed.courses > heard, 'word of the rules')
    assert.equal(before.length, 8)
    assert.equal(before.filter(rule => rule.permission === 'prevent').length, 1)
    for (const place of faculties) assert.equal(await said(place, 'assistant'), 'prohibit')
    const entries = await auditEntries.findAll({ where: { verb: 'role.rules-changed' }, raw: true })
    assert.deepEqual(entries.map(entry => entry.contextId).sort(), faculties.map(place => place.id).sort())
    // Taken back, but for what another changed since.
    const law = faculties[1] ?? assert.fail()
    await second.request(accessRoutes.changeRule, { ...law, role: 'learner', capability, permission: 'allow' })
    const rules = before.map(rule => ({ ...rule, from: 'prohibit' as const }))
    assert.equal((await admin.request(accessRoutes.changeRules, { capability, rules })).before.length, 7)
    assert.equal(await said(law, 'learner'), 'allow')
    assert.equal(await said(faculties[0] ?? law, 'learner'), 'prevent')
    assert.equal(await said(law, 'assistant'), 'inherit')
  })

  it('is all or nothing for whoever may not set it everywhere, and is set by nobody who has less', async () => {
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Rules alone', copyOf: 'learner' })
    const dean = await signedInClient(node, { name: 'Dee Dean' })
    const [arts, law] = [faculties[0] ?? assert.fail(), faculties[1] ?? assert.fail()]
    const roleId = role.key as never
    await admin.request(accessRoutes.changeRole, { roleId, version: 0, capabilities: ['channel.attach', 'role.rule'] })
    await admin.request(accessRoutes.grantRole, { ...arts, role: role.key, accountId: dean.accountId })
    await dean.request(accessRoutes.changeRules, { capability, rules: rulesFor([arts], 'allow', ['assistant']) })
    const both = rulesFor([arts, law], 'prohibit', ['assistant'])
    await assert.rejects(dean.request(accessRoutes.changeRules, { capability, rules: both }), { code: 'not-found' })
    await assert.rejects(dean.request(accessRoutes.previewRules, { capability, rules: both }), { code: 'not-found' })
    assert.equal(await said(arts, 'assistant'), 'allow')
    const beyond = { capability: 'grade.change' as const, rules: rulesFor([arts], 'allow', ['assistant']) }
    await assert.rejects(dean.request(accessRoutes.changeRules, beyond), { code: 'beyond-own' })
    assert.equal((await dean.request(accessRoutes.previewRules, beyond)).items[0]?.mayChange, false)
  })

  it('names each rule once, what every member may in the whole school alone, and no more places than it may', async () => {
    const arts = rulesFor(faculties, 'prevent')[0] ?? assert.fail()
    const twice = { capability, rules: [arts, arts] }
    await assert.rejects(admin.request(accessRoutes.changeRules, twice), { code: 'malformed' })
    const member = { ...arts, role: 'member' as const }
    await assert.rejects(admin.request(accessRoutes.changeRules, { capability, rules: [member] }), { code: 'not-here' })
    const many = Array.from({ length: 101 }, (_, at) => ({
      ...{ kind: 'department' as const, role: 'learner' as const, permission: 'prevent' as const },
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    }))
    await assert.rejects(admin.request(accessRoutes.changeRules, { capability, rules: many }), { code: 'malformed' })
    const nowhere = { ...site, kind: 'department' as const, role: 'learner' as const, permission: 'prevent' as const }
    await assert.rejects(admin.request(accessRoutes.changeRules, { capability, rules: [nowhere] }), {
      code: 'not-found',
    })
  })

  it('is found from its role: the places by name, those with rules first, and who holds it there', async () => {
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Keeper', copyOf: 'assistant' })
    const of = { role: role.key, permission: 'prevent' as const }
    assert.deepEqual((await admin.request(accessRoutes.listRolePlaces, { role: role.key })).items, [])
    const [arts, law, life, music] = faculties
    if (!arts || !law || !life || !music) return assert.fail()
    await admin.request(accessRoutes.changeRules, {
      capability,
      rules: [life, institute].map(at => ({ ...at, ...of })),
    })
    await admin.request(accessRoutes.changeRule, { ...life, ...of, capability: 'note.write' })
    const holder = await signedInClient(node, { name: 'Hal' })
    for (const at of [arts, life])
      await admin.request(accessRoutes.grantRole, { ...at, role: role.key, accountId: holder.accountId })
    const first = await admin.request(accessRoutes.listRolePlaces, { role: role.key, limit: 2 })
    const rest = await admin.request(accessRoutes.listRolePlaces, { role: role.key, after: first.next })
    assert.deepEqual(
      [...first.items, ...rest.items].map(({ place, rules, holders }) => [place.name, rules, holders]),
      [
        ['Botany', 1, 0],
        ['Life', 2, 1],
        ['Arts', 0, 1],
      ],
    )
    const below = (await admin.request(accessRoutes.listPlaces, { ...life })).items
    const standing = below.find(one => one.id === institute.id)?.rules ?? 0
    assert.ok(standing >= 1)
    await admin.request(accessRoutes.resetRules, { ...institute, role: role.key })
    const after = (await admin.request(accessRoutes.listPlaces, { ...life })).items
    assert.equal(after.find(one => one.id === institute.id)?.rules, standing - 1)
    await assert.rejects(holder.request(accessRoutes.listRolePlaces, { role: role.key }), { code: 'not-allowed' })
  })
})
