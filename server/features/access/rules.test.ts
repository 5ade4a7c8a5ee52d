// Who may do what, as a table, and what must hold for any roles and overrides whatever.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Capability, capabilities, courseRoles, siteRoles } from '#protocol/base/roles.ts'
import {
  beyond,
  courseRoleGrants,
  decide,
  decideAll,
  explain,
  judge,
  mayBeGiven,
  mayKnow,
  type Override,
  type Phase,
  type Question,
  siteRoleLeft,
  strictest,
  worthOf,
} from './rules.ts'

const course = (role: string, overrides: Override[] = []): Question => ({
  siteRole: 'member',
  held: [{ role, depth: 0 }],
  overrides,
})

const override = (permission: Override['permission'], depth: number, role = 'learner'): Override => ({
  role,
  capability: 'channel.write',
  permission,
  depth,
})

describe('what a role may', () => {
  const table: [Capability, string][] = [
    // instructor, assistant, learner, guest
    ['course.view', 'yes yes yes no'],
    ['course.change', 'yes no no no'],
    ['course.enrol', 'yes no no no'],
    ['course.view-people', 'yes yes no no'],
    ['content.change', 'yes yes no no'],
    ['activity.change', 'yes yes no no'],
    ['activity.answer', 'no no yes yes'],
    ['live.host', 'yes yes no no'],
    ['live.join', 'yes yes yes yes'],
    ['grade.view-all', 'yes yes no no'],
    ['grade.change', 'yes yes no no'],
    ['grade.release', 'yes yes no no'],
    ['attendance.change', 'yes no no no'],
    ['channel.write', 'yes yes yes yes'],
    ['channel.attach', 'yes yes yes no'],
    ['channel.moderate', 'yes yes no no'],
    ['account.manage', 'no no no no'],
    ['site.manage', 'no no no no'],
    ['webhook.manage', 'no no no no'],
  ]
  for (const [capability, expected] of table)
    it(`${capability}: ${expected}`, () => {
      const answers = courseRoles.map(role => (decide(course(role), capability) ? 'yes' : 'no'))
      assert.equal(answers.join(' '), expected)
    })

  it('lets an administrator do everything and nobody nothing', () => {
    assert.deepEqual(decideAll({ siteRole: 'administrator', held: [] }), [...capabilities])
    assert.deepEqual(decideAll({ siteRole: undefined, held: [{ role: 'instructor', depth: 0 }] }), [])
  })

  it('leaves nothing to who is suspended or erased, whatever they hold', () => {
    const held = [{ role: 'instructor', depth: 0 }]
    const left = (siteRole: 'administrator' | 'member', gone: boolean) =>
      decideAll({ siteRole: siteRoleLeft(siteRole, { gone }), held })
    for (const siteRole of ['administrator', 'member'] as const) {
      assert.deepEqual(left(siteRole, true), [])
      assert.ok(left(siteRole, false).includes('course.view'))
    }
  })

  it('gives a site guest nothing but what they hold', () => {
    assert.deepEqual(decideAll({ siteRole: 'guest', held: [] }), [])
    assert.equal(decide({ siteRole: 'guest', held: [{ role: 'guest', depth: 0 }] }, 'live.join'), true)
    // A role named like a site role gives nothing in a course.
    assert.equal(decide(course('administrator'), 'course.view'), false)
  })

  it('lets the nearest place decide: prevent, and a deeper allow gives it back', () => {
    assert.equal(decide(course('learner', [override('prevent', 1)]), 'channel.write'), false)
    assert.equal(decide(course('learner', [override('prevent', 1), override('allow', 0)]), 'channel.write'), true)
    assert.equal(decide(course('learner', [override('prevent', 1), override('inherit', 0)]), 'channel.write'), false)
    assert.equal(decide(course('learner', [override('prohibit', 2), override('allow', 0)]), 'channel.write'), false)
  })

  it('needs one role that allows; a prevented one does not take from another', () => {
    const both: Question = {
      siteRole: 'member',
      held: [
        { role: 'learner', depth: 0 },
        { role: 'assistant', depth: 1 },
      ],
      overrides: [override('prevent', 0)],
    }
    assert.equal(decide(both, 'channel.write'), true)
    assert.equal(decide({ ...both, overrides: [override('prohibit', 0)] }, 'channel.write'), false)
  })

  it('names what decides: the role and where it is held, the rule and where it stands', () => {
    assert.deepEqual(explain(course('learner'), 'channel.write'), {
      ...{ allowed: true, why: 'role', role: 'learner', heldAt: 0 },
    })
    const said = { role: 'learner', heldAt: 0 }
    const with_ = (...overrides: Override[]) => explain(course('learner', overrides), 'channel.write')
    assert.deepEqual(with_(override('prevent', 2)), { allowed: false, why: 'prevented', ...said, depth: 2 })
    assert.deepEqual(with_(override('prevent', 2), override('allow', 1)), {
      ...{ allowed: true, why: 'rule', ...said, depth: 1 },
    })
    assert.deepEqual(with_(override('prohibit', 3), override('allow', 0)), {
      ...{ allowed: false, why: 'prohibited', ...said, depth: 3 },
    })
    assert.deepEqual(explain(course('learner'), 'grade.change'), {
      ...{ allowed: false, why: 'nothing' },
      ...{ role: 'learner', heldAt: 0 },
    })
    assert.deepEqual(explain({ siteRole: 'administrator', held: [] }, 'site.manage'), {
      ...{ allowed: true, why: 'administrator' },
    })
    assert.deepEqual(explain({ siteRole: 'member', held: [] }, 'course.create'), {
      ...{ allowed: true, why: 'role', role: 'member' },
    })
  })

  it('lets the site say whether every member may open a course', () => {
    const closed: Override = { role: 'member', capability: 'course.create', permission: 'prevent', depth: 0 }
    assert.equal(decide({ siteRole: 'member', held: [], overrides: [closed] }, 'course.create'), false)
    assert.equal(decide({ siteRole: 'administrator', held: [], overrides: [closed] }, 'course.create'), true)
  })

  it('knows what a role comes to in a place, and what of it somebody has not', () => {
    const overrides = [override('prevent', 1), { ...override('allow', 0), capability: 'grade.change' as const }]
    const worth = worthOf('learner', { overrides })
    assert.equal(worth.includes('channel.write'), false)
    assert.equal(worth.includes('grade.change'), true)
    assert.deepEqual(beyond(decideAll(course('assistant')), worth), ['group.join', 'activity.answer'])
  })

  it('gives roles of a course by enrolment alone there, and what every member has to nobody', () => {
    assert.equal(mayBeGiven('assistant', 'course'), false)
    assert.equal(mayBeGiven('assistant', 'department'), true)
    assert.equal(mayBeGiven('0190a000-0000-7000-8000-000000000000', 'course'), true)
    assert.equal(mayBeGiven('member', 'site'), false)
    assert.equal(mayBeGiven('guest', 'department'), false)
  })

  it('lets know of a place who holds a role there or above', () => {
    assert.equal(mayKnow(course('guest')), true)
    assert.equal(mayKnow({ siteRole: 'member', held: [] }), false)
  })
})

describe('what the life of a place leaves of a right', () => {
  const at = (role: string, phase: Phase, capability: Capability, doing: 'reading' | 'writing' = 'writing') =>
    judge({ ...course(role), phase }, capability, doing)

  it('changes nothing while the place is open', () => {
    for (const role of courseRoles)
      for (const capability of capabilities)
        assert.equal(at(role, 'open', capability) === 'allowed', decide(course(role), capability))
  })

  it('keeps a draft to those who prepare it', () => {
    assert.equal(at('assistant', 'draft', 'content.change'), 'allowed')
    assert.equal(at('learner', 'draft', 'course.view', 'reading'), 'not-published')
    assert.equal(judge({ siteRole: 'member', held: [], phase: 'draft' }, 'course.view', 'reading'), 'hidden')
  })

  it('lets what is over be read by all and written by nobody, but opened again', () => {
    assert.equal(at('instructor', 'concluded', 'content.change', 'reading'), 'allowed')
    assert.equal(at('instructor', 'concluded', 'content.change'), 'concluded')
    assert.equal(at('learner', 'concluded', 'activity.answer'), 'concluded')
    assert.equal(at('learner', 'concluded', 'content.change'), 'refused')
    assert.equal(at('instructor', 'concluded', 'course.conclude'), 'allowed')
    assert.equal(
      judge({ siteRole: 'administrator', held: [], phase: 'concluded' }, 'channel.write', 'writing'),
      'concluded',
    )
  })

  it('shows what is in the bin to nobody, and lets out by those who may', () => {
    assert.equal(at('instructor', 'removed', 'course.view', 'reading'), 'hidden')
    assert.equal(at('instructor', 'removed', 'course.remove'), 'allowed')
    assert.equal(at('assistant', 'removed', 'course.remove'), 'hidden')
  })

  it('takes the strictest phase of the way up', () => {
    assert.equal(strictest([]), 'open')
    assert.equal(strictest(['open', 'removed', 'concluded']), 'removed')
  })
})

describe('whatever the roles and overrides', () => {
  const role = fc.constantFrom(...courseRoles, 'custom')
  const anyOverride = fc.record({
    role,
    capability: fc.constantFrom(...capabilities),
    permission: fc.constantFrom('inherit' as const, 'allow' as const, 'prevent' as const, 'prohibit' as const),
    depth: fc.nat(4),
  })
  const question = fc.record({
    siteRole: fc.constantFrom(...siteRoles),
    held: fc.array(fc.record({ role, depth: fc.nat(4) }), { maxLength: 4 }),
    overrides: fc.array(anyOverride, { maxLength: 8 }),
  })
  const anyCapability = fc.constantFrom(...capabilities)

  it('a prohibit on a held role is final for everybody but administrators', () => {
    fc.assert(
      fc.property(question, anyCapability, fc.nat(4), (asked, capability, depth) => {
        fc.pre(asked.siteRole !== 'administrator' && asked.held.length > 0)
        const prohibit = { role: asked.held[0]!.role, capability, permission: 'prohibit' as const, depth }
        assert.equal(decide({ ...asked, overrides: [...asked.overrides, prohibit] }, capability), false)
      }),
    )
  })

  it('inherit changes nothing, nor does the order of anything', () => {
    fc.assert(
      fc.property(question, anyOverride, anyCapability, (asked, extra, capability) => {
        const answer = decide(asked, capability)
        const inherit = { ...extra, permission: 'inherit' as const }
        assert.equal(decide({ ...asked, overrides: [...asked.overrides, inherit] }, capability), answer)
        assert.equal(decide({ ...asked, held: asked.held.toReversed() }, capability), answer)
        assert.equal(decide({ ...asked, overrides: asked.overrides.toReversed() }, capability), answer)
        assert.deepEqual(
          explain({ ...asked, held: asked.held.toReversed(), overrides: asked.overrides.toReversed() }, capability),
          explain(asked, capability),
        )
      }),
    )
  })

  it('the nearest place decides for somebody with one role, unless it is prohibited', () => {
    const said = fc.constantFrom('allow' as const, 'prevent' as const)
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 5 }), role, anyCapability, (words, held, capability) => {
        const overrides = words.map((permission, depth) => ({ role: held, capability, permission, depth }))
        const answer = decide({ siteRole: 'guest', held: [{ role: held, depth: 0 }], overrides }, capability)
        assert.equal(answer, words[0] === 'allow')
      }),
    )
  })

  it('without overrides, one more role never takes anything away', () => {
    fc.assert(
      fc.property(question, role, anyCapability, (asked, more, capability) => {
        const before = decide({ ...asked, overrides: [] }, capability)
        const after = decide({ ...asked, overrides: [], held: [...asked.held, { role: more, depth: 0 }] }, capability)
        assert.ok(after || !before)
      }),
    )
  })

  it('an assistant may nothing that an instructor may not', () => {
    for (const capability of courseRoleGrants.assistant) assert.ok(courseRoleGrants.instructor.has(capability))
  })
})
