// The second step over real HTTP: set up, signed in with, a code taken once, recovery codes, removal, the policy.
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { accessRoutes, type CustomRoleId } from '#protocol/access.ts'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { factorRoutes } from '#protocol/factors.ts'
import { site } from '#server/features/access/index.ts'
import { hashPassword } from '#server/features/accounts/index.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { recoveryCodes, totpFactors } from './tables.ts'

const password = 'a long walk by the sea'
let made = 0

describe('the second step of a sign-in', () => {
  let node: TestNode
  let passwordHash: string

  before(async () => {
    node = await testNode()
    passwordHash = await hashPassword(password)
  })

  async function person(role: 'member' | 'administrator' = 'member') {
    const email = `factor-${++made}@example.org`
    const accountId = await makeAccount({ email, passwordHash, role })
    return { email, accountId, client: await signedInClient(node, { accountId }) }
  }
  /** A code of the step `off` from now: one that was used is not taken again. */
  const codeOf = (key: string, off = 0) =>
    new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + off * 30_000 })

  async function withApp(role: 'member' | 'administrator' = 'member') {
    const one = await person(role)
    const { key, uri } = await one.client.request(factorRoutes.begin, { password })
    assert.match(uri, /^otpauth:/)
    // The step may end on the way, and the one before it is then too old: once more with the next.
    const confirm = () => one.client.request(factorRoutes.confirm, { code: codeOf(key, -1) })
    const codes = (await confirm().catch(confirm)).recoveryCodes
    return { ...one, key, codes }
  }

  const ticketOf = async (email: string, code = 'second-step'): Promise<string> => {
    const stranger = await strangerClient(node)
    const refused = await stranger.request(accountRoutes.signIn, { email, password }).then(
      () => assert.fail('came in by the password alone'),
      (problem: Problem) => problem,
    )
    assert.equal(refused.code, code)
    return String(refused.params.ticket)
  }
  const finish = async (ticket: string, code: string) =>
    (await strangerClient(node)).request(factorRoutes.finish, { ticket, code })

  it('is asked for after the password, and its code is taken once', async () => {
    const { email, accountId, key } = await withApp()
    const ticket = await ticketOf(email)
    await assert.rejects(finish(ticket, '000000'), { code: 'code-wrong' })
    const code = codeOf(key)
    const { account } = await finish(ticket, code)
    assert.equal(account.id, accountId)
    await assert.rejects(finish(ticket, code), { code: 'code-wrong' })
    const both = await Promise.allSettled([finish(ticket, codeOf(key, 1)), finish(ticket, codeOf(key, 1))])
    assert.deepEqual(both.map(one => one.status).sort(), ['fulfilled', 'rejected'])
  })

  it('keeps neither key nor codes as they are', async () => {
    const { accountId, key, codes } = await withApp()
    const row = await totpFactors.findByPk(accountId, { raw: true, rejectOnEmpty: true })
    assert.ok(!row.sealedKey.includes(key))
    const kept = await recoveryCodes.findAll({ where: { accountId }, raw: true })
    assert.equal(kept.length, codes.length)
    assert.ok(kept.every(one => !codes.some(code => one.codeHash.includes(code))))
  })

  it('does not hold before the first code, and needs the password to begin', async () => {
    const { email, client } = await person()
    await assert.rejects(client.request(factorRoutes.begin, { password: 'wrong wrong wrong' }), {
      code: 'sign-in-failed',
    })
    await client.request(factorRoutes.begin, { password })
    await (await strangerClient(node)).request(accountRoutes.signIn, { email, password })
    await assert.rejects(client.request(factorRoutes.confirm, { code: '000000' }), { code: 'code-wrong' })
    assert.equal((await client.request(factorRoutes.get)).app, null)
  })

  it('takes a recovery code in place of the app, once, and says how many are left', async () => {
    const { email, codes, client, accountId } = await withApp()
    const ticket = await ticketOf(email)
    const [code = ''] = codes
    await finish(ticket, ` ${code.toLowerCase()} `)
    await assert.rejects(finish(ticket, code), { code: 'code-wrong' })
    assert.equal((await client.request(factorRoutes.get)).recoveryLeft, codes.length - 1)
    const used = await auditEntries.count({ where: { subjectId: accountId, verb: 'factor.recovery-used' } })
    assert.equal(used, 1)
  })

  it('gives tickets that end, and that another password makes worthless', async () => {
    const { email, client, codes } = await withApp()
    const ticket = await ticketOf(email)
    await assert.rejects(finish(`${ticket.slice(0, -4)}AAAA`, codes[0] ?? ''), { code: 'step-over' })
    await client.request(accountRoutes.changePassword, { current: password, next: 'another long walk home' })
    await assert.rejects(finish(ticket, codes[0] ?? ''), { code: 'step-over' })
  })

  it('is removed with password and code alone; then the password is enough', async () => {
    const { email, client, key } = await withApp()
    const remove = (given: { password: string; code: string }) => client.request(factorRoutes.remove, given)
    await assert.rejects(remove({ password, code: '000000' }), { code: 'code-wrong' })
    await assert.rejects(remove({ password: 'wrong wrong wrong', code: codeOf(key) }), { code: 'sign-in-failed' })
    await remove({ password, code: codeOf(key) })
    await assert.rejects(remove({ password, code: codeOf(key) }), { code: 'second-step-off' })
    await (await strangerClient(node)).request(accountRoutes.signIn, { email, password })
  })

  it('is reset for others by who manages accounts of their standing, and signs them out everywhere', async () => {
    const admin = await withApp('administrator')
    const chief = await person('administrator')
    const reset = (who: typeof admin.client, accountId: typeof admin.accountId) =>
      who.request(factorRoutes.reset, { accountId })
    await assert.rejects(reset(admin.client, admin.accountId), { code: 'not-allowed' })
    const { role } = await chief.client.request(accessRoutes.createRole, { name: 'Help desk', copyOf: 'learner' })
    await chief.client.request(accessRoutes.changeRole, {
      roleId: role.key as CustomRoleId,
      version: 0,
      capabilities: [...role.capabilities, 'account.manage'],
    })
    const desk = await withApp()
    const member = await withApp()
    await assert.rejects(reset(desk.client, member.accountId), { code: 'not-allowed' })
    await chief.client.request(accessRoutes.grantRole, { ...site, role: role.key, accountId: desk.accountId })
    await assert.rejects(reset(desk.client, admin.accountId), { code: 'not-allowed' })
    await assert.rejects(reset(desk.client, desk.accountId), { code: 'not-allowed' })
    await reset(desk.client, member.accountId)
    await assert.rejects(member.client.request(factorRoutes.get), { code: 'not-signed-in' })
    await (await strangerClient(node)).request(accountRoutes.signIn, { email: member.email, password })
    await reset(chief.client, admin.accountId)
    await assert.rejects(admin.client.request(factorRoutes.get), { code: 'not-signed-in' })
    await ticketOf(desk.email)
  })

  it('is asked for after a sign-in link and an invitation too, before anybody is in', async () => {
    const admin = await person('administrator')
    const { email, accountId, key } = await withApp()
    const device = await strangerClient(node)
    const accept = (token: string, as: { email: string }) =>
      device.request(accountRoutes.acceptInvitation, { token, name: 'Back', password: 'three quiet words', ...as })
    const { link } = await admin.client.request(peopleRoutes.makeSignInLink, { accountId })
    const { next } = await accept(link.token, { email })
    assert.equal(next?.step, 'second-step')
    assert.equal((await device.request(accountRoutes.me)).account, null)
    await assert.rejects(accept(link.token, { email }), { code: 'link-used' })
    await assert.rejects(finish(next?.ticket ?? '', '000000'), { code: 'code-wrong' })
    assert.equal((await finish(next?.ticket ?? '', codeOf(key))).account.id, accountId)

    await admin.client.request(factorRoutes.changePolicy, { policy: 'staff' })
    const invited = await admin.client.request(accountRoutes.invite, { siteRole: 'administrator' })
    const due = (await accept(invited.token, { email: 'new-boss@example.org' })).next
    assert.equal(due?.step, 'second-step-due')
    assert.equal((await device.request(accountRoutes.me)).account, null)
    const set = await device.request(factorRoutes.beginDue, { ticket: due?.ticket ?? '' })
    await device.request(factorRoutes.confirmDue, { ticket: due?.ticket ?? '', code: codeOf(set.key) })
    assert.equal((await device.request(accountRoutes.me)).account?.email, 'new-boss@example.org')
    await admin.client.request(factorRoutes.changePolicy, { policy: 'nobody' })
    const { link: plain } = await admin.client.request(peopleRoutes.addPerson, { name: 'P', email: 'p@example.org' })
    assert.equal((await accept(plain.token, { email: 'p@example.org' })).next, null)
  })

  it('slows down whoever guesses codes', async () => {
    const { email } = await withApp()
    const ticket = await ticketOf(email)
    const codes = new Set<string>()
    for (let guess = 0; guess < 12; guess++)
      await finish(ticket, String(guess).padStart(6, '0')).catch((problem: Problem) => codes.add(problem.code))
    assert.deepEqual([...codes], ['code-wrong', 'slow-down'])
  })

  it('is owed by staff where the school says so: they set it up on their way in, and keep it', async () => {
    const admin = await withApp('administrator')
    const late = await person('administrator')
    const learner = await person()
    await admin.client.request(factorRoutes.changePolicy, { policy: 'staff' })
    await (await strangerClient(node)).request(accountRoutes.signIn, { email: learner.email, password })
    const ticket = await ticketOf(late.email, 'second-step-due')
    const stranger = await strangerClient(node)
    const { key } = await stranger.request(factorRoutes.beginDue, { ticket })
    await assert.rejects(finish(ticket, codeOf(key)), { code: 'step-over' })
    const confirm = () => stranger.request(factorRoutes.confirmDue, { ticket, code: codeOf(key, -1) })
    const done = await confirm().catch(confirm)
    assert.equal(done.account.id, late.accountId)
    assert.equal(done.recoveryCodes.length, 10)
    const given = { password, code: codeOf(key) }
    await assert.rejects(late.client.request(factorRoutes.remove, given), { code: 'factor-required' })
    await admin.client.request(factorRoutes.reset, { accountId: late.accountId })
    await ticketOf(late.email, 'second-step-due')
    await admin.client.request(factorRoutes.changePolicy, { policy: 'nobody' })
    await (await strangerClient(node)).request(accountRoutes.signIn, { email: late.email, password })
  })
})
