// Invitations into a course over real HTTP: the link makes an account and enrols it, or enrols whoever is signed in; it
// is worth nothing once used, run out, taken back, or when its maker may no longer invite.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import type { ProblemCode } from '#protocol/base/problems.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseStaffScope } from '#protocol/courses/staff.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { roleIn } from '#server/features/access/index.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, strangerClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { enrol } from './actions/people.ts'
import { courseContext } from './queries/course.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

const newEmail = () => `${randomUUID().slice(0, 8)}@example.org`
const person = () => ({ name: 'Noor New', email: newEmail(), password: 'a long walk by the sea' })

describe('an invitation into a course', () => {
  let node: TestNode
  let course: TestCourse
  let teacher: Client

  before(async () => {
    node = await testNode()
    course = await makeCourse('Cells')
    teacher = await signedInClient(node, { accountId: course.instructorId })
  })

  const invite = (input: object = {}) => teacher.request(accountRoutes.invite, { courseId: course.courseId, ...input })
  const roleOf = (accountId: Client['accountId']) => roleIn(testCtx(), accountId, courseContext(course.courseId))
  const open = async () =>
    (await teacher.request(accountRoutes.listInvitations, { courseId: course.courseId })).items.map(one => one.id)
  const refused = async (token: string, code: ProblemCode) => {
    const stranger = await strangerClient(node)
    await assert.rejects(stranger.request(accountRoutes.getInvitation, { token }), { code })
    const email = newEmail()
    await assert.rejects(stranger.request(accountRoutes.acceptInvitation, { token, ...person(), email }), { code })
    assert.equal(await accounts.count({ where: { email } }), 0)
    const member = await signedInClient(node)
    await assert.rejects(member.request(accountRoutes.joinByInvitation, { token }), { code })
    assert.equal(await roleOf(member.accountId), undefined)
  }

  it('makes the account and enrols it in one, and the staff hear of it', async () => {
    const { id, token } = await invite({ role: 'assistant' })
    assert.deepEqual(await open(), [id])
    const stranger = await strangerClient(node)
    const { invitation } = await stranger.request(accountRoutes.getInvitation, { token })
    assert.deepEqual(invitation.course, { id: course.courseId, title: 'Cells', role: 'assistant', custom: null })
    let courseId: string | null = null
    await assertConverges(teacher, courseStaffScope, course.courseId, async () => {
      courseId = (await stranger.request(accountRoutes.acceptInvitation, { token, ...person() })).courseId
    })
    assert.equal(courseId, course.courseId)
    const { role } = await stranger.request(courseRoutes.get, { courseId: course.courseId })
    assert.equal(role, 'assistant')
    const { items } = await teacher.request(peopleRoutes.people, { courseId: course.courseId })
    assert.equal(items.find(one => one.name === 'Noor New')?.how, 'invitation')
    assert.deepEqual(await open(), [])
    await refused(token, 'link-used')
  })

  it('enrols somebody who is signed in without a new account, once, and promotes nobody', async () => {
    const { token } = await invite()
    const [first, second] = [await signedInClient(node), await signedInClient(node)]
    const before = await accounts.count()
    const results = await Promise.allSettled(
      [first, second].map(one => one.request(accountRoutes.joinByInvitation, { token })),
    )
    assert.deepEqual(results.map(one => one.status).sort(), ['fulfilled', 'rejected'])
    assert.equal(await accounts.count(), before)
    const roles = [await roleOf(first.accountId), await roleOf(second.accountId)]
    assert.deepEqual(roles.filter(one => one === 'learner').length, 1)
    const inside = roles[0] === 'learner' ? first : second
    const better = await invite({ role: 'instructor' })
    await inside.request(accountRoutes.joinByInvitation, { token: better.token })
    assert.equal(await roleOf(inside.accountId), 'learner')
    assert.ok((await open()).includes(better.id), 'nothing was used up')
    const guest = await signedInClient(node, { role: 'guest' })
    await assert.rejects(guest.request(accountRoutes.joinByInvitation, { token: better.token }), {
      code: 'not-allowed',
    })
  })

  it('is kept to the address it names', async () => {
    const email = newEmail()
    const { token } = await invite({ email })
    const other = await signedInClient(node)
    await assert.rejects(other.request(accountRoutes.joinByInvitation, { token }), { code: 'link-not-yours' })
    assert.equal(await roleOf(other.accountId), undefined)
    const meant = await signedInClient(node, { email })
    assert.equal((await meant.request(accountRoutes.joinByInvitation, { token })).title, 'Cells')
  })

  it('is worth nothing once taken back, run out, or its course is gone', async () => {
    const revoked = await invite()
    await teacher.request(accountRoutes.revokeInvitation, { invitationId: revoked.id })
    await teacher.request(accountRoutes.revokeInvitation, { invitationId: revoked.id })
    assert.ok(!(await open()).includes(revoked.id))
    await refused(revoked.token, 'link-withdrawn')
    const old = await invite()
    await arrange(ctx =>
      ctx.sql("update invitations set expires_at = now() - interval '1 minute' where id = $1", [old.id]),
    )
    await refused(old.token, 'link-expired')
    const other = await makeCourse('Gone')
    const host = await signedInClient(node, { accountId: other.instructorId })
    const gone = await host.request(accountRoutes.invite, { courseId: other.courseId })
    await arrange(ctx => ctx.sql('update courses set removed_at = now() where id = $1', [other.courseId]))
    await refused(gone.token, 'not-found')
  })

  it('falls with the right of whoever made it, and never gives more than they have', async () => {
    const helper = await makePerson(course.courseId, 'instructor', 'Ivo')
    const client = await signedInClient(node, { accountId: helper })
    const ask = { courseId: course.courseId, role: 'instructor' as const }
    const { token } = await client.request(accountRoutes.invite, ask)
    await teacher.request(peopleRoutes.changeRole, { courseId: course.courseId, accountId: helper, role: 'assistant' })
    await refused(token, 'inviter-gone')
    await assert.rejects(client.request(accountRoutes.invite, ask), { code: 'not-allowed' })
    await assert.rejects(client.request(accountRoutes.invite, { courseId: course.courseId }), { code: 'not-allowed' })
    await teacher.request(peopleRoutes.changeRole, { courseId: course.courseId, accountId: helper, role: 'instructor' })
    await (await strangerClient(node)).request(accountRoutes.getInvitation, { token })
    await arrange(ctx => ctx.sql('update accounts set suspended_at = now() where id = $1', [helper]))
    await refused(token, 'inviter-gone')
  })

  it('does not bring back whom staff took out after it was made; one made since does', async () => {
    const { courseId } = course
    const [before, unused] = [await invite(), await invite()]
    const member = await signedInClient(node)
    await member.request(accountRoutes.joinByInvitation, { token: before.token })
    await teacher.request(peopleRoutes.endEnrolment, { courseId, accountId: member.accountId })
    await assert.rejects(member.request(accountRoutes.joinByInvitation, { token: unused.token }), { code: 'taken-out' })
    assert.equal(await roleOf(member.accountId), undefined)
    // What they could not use is there for somebody else.
    assert.ok((await open()).includes(unused.id))
    const since = await invite()
    await member.request(accountRoutes.joinByInvitation, { token: since.token })
    assert.equal(await roleOf(member.accountId), 'learner')
    await member.request(accountRoutes.joinByInvitation, { token: unused.token })
  })

  it('is seen, made and taken back by those who may enrol there alone', async () => {
    const { id } = await invite()
    const strange = await makeCourse('Elsewhere')
    const elsewhere = await signedInClient(node, { accountId: strange.instructorId })
    const learnerId = await makeAccount()
    await arrange(ctx =>
      enrol(ctx, { courseId: course.courseId, accountId: learnerId, role: 'learner', how: 'by hand' }),
    )
    const learner = await signedInClient(node, { accountId: learnerId })
    for (const [client, code] of [
      [elsewhere, 'not-found'],
      [learner, 'not-allowed'],
    ] as const) {
      const { courseId } = course
      await assert.rejects(client.request(accountRoutes.invite, { courseId }), { code })
      await assert.rejects(client.request(accountRoutes.listInvitations, { courseId }), { code })
      await assert.rejects(client.request(accountRoutes.revokeInvitation, { invitationId: id }), { code })
    }
    await assert.rejects(invite({ siteRole: 'administrator' }), { code: 'not-allowed' })
    await assert.rejects(teacher.request(accountRoutes.invite, {}), { code: 'not-allowed' })
    await assert.rejects(teacher.request(accountRoutes.listInvitations, {}), { code: 'not-allowed' })
    const admin = await signedInClient(node, { role: 'administrator' })
    const made = await admin.request(accountRoutes.invite, { siteRole: 'administrator' })
    await assert.rejects(admin.request(accountRoutes.invite, { role: 'learner' }), { code: 'malformed' })
    const { items } = await admin.request(accountRoutes.listInvitations, {})
    assert.deepEqual(
      items.map(one => one.id),
      [made.id],
    )
    await assert.rejects(teacher.request(accountRoutes.revokeInvitation, { invitationId: made.id }), {
      code: 'not-found',
    })
    assert.ok(!JSON.stringify(items).includes(made.token))
    await arrange(ctx => ctx.sql("update accounts set site_role = 'member' where id = $1", [admin.accountId]))
    await refused(made.token, 'inviter-gone')
  })
})
