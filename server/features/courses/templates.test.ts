// Templates: who makes them and who begins courses from them; nobody learns in one; what a course made from one holds.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { activityRoutes } from '#protocol/activities.ts'
import { cohortRoutes } from '#protocol/cohorts.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { importRoutes } from '#protocol/courses/import.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { templateRoutes } from '#protocol/courses/templates.ts'
import { type CourseId, courseRoutes, courseScope } from '#protocol/courses.ts'
import { departmentRoutes } from '#protocol/organisation.ts'
import { questionRoutes } from '#protocol/questions.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { assignRole, site } from '#server/features/access/index.ts'
import { departmentContext } from '#server/features/organisation/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { singleQuestion } from '#server/test/record.ts'

type Person = Awaited<ReturnType<typeof signedInClient>>

describe('templates of courses', () => {
  let node: TestNode
  let admin: Person
  /** An instructor of the department of law, and so of each of its courses. */
  let dean: Person
  /** Holds a role of the whole school that may use templates and nothing else. */
  let user: Person
  /** Makes courses of their own, as everybody does. */
  let member: Person
  let lawId: string
  let artsId: string

  before(async () => {
    node = await testNode()
    admin = await signedInClient(node, { role: 'administrator', name: 'Ada Admin' })
    dean = await signedInClient(node, { name: 'Dana Dean' })
    user = await signedInClient(node, { name: 'Uma User' })
    member = await signedInClient(node, { name: 'Mo Member' })
    lawId = (await admin.request(departmentRoutes.create, { name: 'Law' })).id
    artsId = (await admin.request(departmentRoutes.create, { name: 'Arts' })).id
    await arrange(ctx =>
      assignRole(ctx, { accountId: dean.accountId, role: 'instructor', context: departmentContext(lawId as never) }),
    )
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Lecturer', copyOf: 'learner' })
    await admin.request(accessRoutes.changeRole, {
      roleId: role.key as never,
      version: 0,
      capabilities: ['course.use-template'],
    })
    await admin.request(accessRoutes.grantRole, { ...site, role: role.key, accountId: user.accountId })
  })

  const draft = async (title: string, departmentId: string | null = null, who = admin): Promise<CourseId> =>
    (await who.request(courseRoutes.create, { title, departmentId, state: 'draft' })).course.id
  const mark = (courseId: CourseId, template = true, who = admin) =>
    who.request(templateRoutes.changeTemplate, { courseId, template })
  const template = async (title: string, departmentId: string | null = null): Promise<CourseId> => {
    const courseId = await draft(title, departmentId)
    await mark(courseId)
    return courseId
  }
  const titles = async (who: Person, asked: object = {}) =>
    (await who.request(templateRoutes.templates, asked)).items.map(one => one.title)

  it('are made by who may change every course of the place, of drafts without learners', async () => {
    const own = await draft('A member’s own', null, member)
    assert.equal((await member.request(courseRoutes.get, { courseId: own })).mayMakeTemplate, false)
    await assert.rejects(mark(own, true, member), { code: 'not-allowed' })
    const law = await draft('Law of things', lawId)
    assert.equal((await dean.request(courseRoutes.get, { courseId: law })).mayMakeTemplate, true)
    // Whoever has the course open is told.
    await assertConverges(dean, courseScope, law, () => mark(law, true, dean))
    // Twice is once.
    assert.equal((await mark(law, true, dean)).course.version, 1)
    await assert.rejects(mark(await draft('Sculpture', artsId), true, dean), { code: 'not-found' })

    const published = (await admin.request(courseRoutes.create, { title: 'Begun' })).course.id
    await assert.rejects(mark(published), { code: 'template-unfit' })
    const peopled = await draft('With one who learns')
    await admin.request(peopleRoutes.enrol, { courseId: peopled, accountId: member.accountId, role: 'learner' })
    await assert.rejects(mark(peopled), { code: 'template-unfit' })
    const linked = await draft('With a cohort')
    const { cohort } = await admin.request(cohortRoutes.create, { name: 'Intake' })
    await admin.request(cohortRoutes.link, { courseId: linked, cohortId: cohort.id, role: 'learner' })
    await assert.rejects(mark(linked), { code: 'template-unfit' })
    await admin.request(lifeRoutes.remove, { courseId: law })
  })

  it('are listed for those alone who may use them, where they may', async () => {
    const ofLaw = await template('Template of law', lawId)
    const ofArts = await template('Template of arts', artsId)
    const ofSchool = await template('Template of the school')
    await draft('No template')
    assert.deepEqual(await titles(admin), ['Template of arts', 'Template of law', 'Template of the school'])
    assert.deepEqual(await titles(user), ['Template of arts', 'Template of law', 'Template of the school'])
    assert.deepEqual(await titles(dean), ['Template of law'])
    assert.deepEqual(await titles(member), [])
    assert.deepEqual(await titles(user, { search: 'LAW' }), ['Template of law'])
    const first = await user.request(templateRoutes.templates, { limit: 2 })
    assert.deepEqual(await titles(user, { limit: 2, after: first.next }), ['Template of the school'])
    assert.equal((await user.request(templateRoutes.template, { courseId: ofLaw })).template.department?.name, 'Law')
    for (const who of [member, dean])
      await assert.rejects(who.request(templateRoutes.template, { courseId: ofArts }), { code: 'not-found' })
    // Nothing of it is open to them but that it can be copied.
    await assert.rejects(user.request(courseRoutes.get, { courseId: ofSchool }), { code: 'not-published' })
    assert.deepEqual((await user.request(courseRoutes.list, {})).items, [])

    // A department takes it away from a role there.
    const role = (await admin.request(accessRoutes.listRoles, {})).items.find(one => one.name === 'Lecturer')
    const rule = { role: role?.key as never, capability: 'course.use-template' as const }
    const arts = { kind: 'department' as const, id: artsId }
    await admin.request(accessRoutes.changeRule, { ...arts, ...rule, permission: 'prevent' })
    assert.deepEqual(await titles(user), ['Template of law', 'Template of the school'])
    await admin.request(accessRoutes.changeRule, { ...arts, ...rule, permission: 'inherit' })
    for (const courseId of [ofLaw, ofArts, ofSchool]) await admin.request(lifeRoutes.remove, { courseId })
    assert.deepEqual(await titles(user), [])
  })

  it('begin a course with all that is in them, off the free days, for those alone who may', async () => {
    const courseId = await draft('Contracts', lawId)
    const { id: activityId } = await admin.request(activityRoutes.create, { courseId, kind: 'quiz', title: 'Quiz 1' })
    await admin.request(activityRoutes.addItem, { activityId, question: singleQuestion(), points: '2' })
    const dueAt = new Date(Date.now() + 3 * 86_400_000)
    await admin.request(quizRoutes.assign, { activityId, dueAt: dueAt.toISOString() })
    const ask = { courseId, title: 'Contracts 2027', shortName: '', termId: null }
    const day = new Date(dueAt.getTime() + 364 * 86_400_000).toISOString().slice(0, 10)
    const shift = { days: 364, weekends: 'taken' as const, free: [day] }
    const begin = (how: 'try' | 'make', who = user) => who.request(copyRoutes.copy, { ...ask, how, shift })
    // A plain draft hands nothing out.
    await assert.rejects(begin('make'), { code: 'not-published' })
    await mark(courseId)
    await assert.rejects(begin('try', member), { code: 'not-found' })

    const tried = await begin('try')
    assert.deepEqual([tried.course, tried.counts.questions], [null, 1])
    assert.equal(tried.dates.find(one => one.what === 'due')?.further, 1)
    const { course } = await begin('make')
    assert.ok(course)
    assert.deepEqual([course.title, course.state, course.template], ['Contracts 2027', 'draft', false])
    const { role } = await user.request(courseRoutes.get, { courseId: course.id })
    assert.equal(role, 'instructor')
    const bank = await user.request(questionRoutes.list, { courseId: course.id })
    assert.equal(bank.items.length, 1)
    // The dean may, in the department; afterwards nobody may who does not prepare it.
    assert.ok((await begin('make', dean)).course)
    await mark(courseId, false)
    await assert.rejects(begin('make'), { code: 'not-published' })
  })

  it('take nobody in who would learn there, by whatever way, and are not published', async () => {
    const courseId = await template('Nobody learns here')
    const { joinCode } = await admin.request(peopleRoutes.getJoinCode, { courseId })
    assert.ok(joinCode)
    const refused = { code: 'is-template' }
    await assert.rejects(member.request(peopleRoutes.lookCode, { code: joinCode }), refused)
    await assert.rejects(member.request(peopleRoutes.join, { code: joinCode }), refused)
    const { accountId } = member
    await assert.rejects(admin.request(peopleRoutes.enrol, { courseId, accountId, role: 'learner' }), refused)
    const [{ email } = { email: '' }] = await sql<{ email: string }>('select email from accounts where id = $1', [
      accountId,
    ])
    const list = { courseId, list: email, how: 'all' as const }
    await assert.rejects(admin.request(importRoutes.importPeople, list), refused)
    const { cohort } = await admin.request(cohortRoutes.create, { name: 'Second intake' })
    const link = { courseId, cohortId: cohort.id, role: 'learner' as const }
    await assert.rejects(admin.request(cohortRoutes.link, link), refused)
    await assert.rejects(admin.request(lifeRoutes.changeState, { courseId, state: 'published' }), refused)
    // Those who prepare it come in, and stay what they are.
    await admin.request(peopleRoutes.enrol, { courseId, accountId, role: 'assistant' })
    await assert.rejects(admin.request(peopleRoutes.changeRole, { courseId, accountId, role: 'learner' }), refused)
    const people = await sql('select from enrolments where course_id = $1 and ended_at is null', [courseId])
    assert.equal(people.length, 2)

    await mark(courseId, false)
    await admin.request(lifeRoutes.changeState, { courseId, state: 'published' })
    await user.request(peopleRoutes.join, { code: joinCode })
  })

  it('and one who joins as the course becomes one: one of both is refused', async () => {
    for (let round = 0; round < 8; round++) {
      const courseId = await draft(`At once ${round}`)
      const { joinCode } = await admin.request(peopleRoutes.getJoinCode, { courseId })
      const newcomer = await signedInClient(node, {})
      const [joined, made] = await Promise.allSettled([
        newcomer.request(peopleRoutes.join, { code: joinCode ?? '' }),
        mark(courseId),
      ])
      const codes = [joined, made].flatMap(one => (one.status === 'rejected' ? [one.reason.code as string] : []))
      assert.equal(codes.length, 1, codes.join())
      assert.ok(['is-template', 'template-unfit'].includes(codes[0] ?? ''), codes[0])
    }
  })
})
