// Invitations and the first set-up over real HTTP: once, for whom they were meant, never with a weak password.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import { Problem } from '#protocol/base/problems.ts'
import { createSetupToken } from '#server/features/accounts/index.ts'
import { newSecret } from '#server/platform/db/id.ts'
import { arrange, makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

const password = 'a long walk by the sea'
const newEmail = () => `${randomUUID().slice(0, 8)}@example.org`

describe('coming in by a link', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  const person = () => ({ name: 'Ada', email: newEmail(), password })

  it('of an invitation works once, also for two at the same moment', async () => {
    const admin = await signedInClient(node, { role: 'administrator', name: 'Grace' })
    const { token } = await admin.request(accountRoutes.invite, {})
    const strangers = await Promise.all([strangerClient(node), strangerClient(node)])
    const { invitation } = await strangers[0]!.request(accountRoutes.getInvitation, { token })
    assert.equal(invitation.invitedBy, 'Grace')
    const results = await Promise.allSettled(
      strangers.map(one => one.request(accountRoutes.acceptInvitation, { token, ...person() })),
    )
    assert.deepEqual(results.map(one => one.status).sort(), ['fulfilled', 'rejected'])
    const refused = results.find(one => one.status === 'rejected')
    assert.ok(refused?.reason instanceof Problem && refused.reason.code === 'link-used')
    await assert.rejects(strangers[0]!.request(accountRoutes.getInvitation, { token }), { code: 'link-used' })
  })

  it('is kept to its e-mail, refuses weak passwords and taken addresses, and stays usable', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const email = newEmail()
    const { token } = await admin.request(accountRoutes.invite, { email })
    const stranger = await strangerClient(node)
    const accept = (input: object) =>
      stranger.request(accountRoutes.acceptInvitation, { token, ...person(), email, ...input })
    await assert.rejects(accept({ email: newEmail() }), { code: 'link-not-yours' })
    await assert.rejects(accept({ password: '1234567890' }), { code: 'weak-password' })
    await assert.rejects(accept({ password: email }), { code: 'weak-password' })
    const open = await admin.request(accountRoutes.invite, {})
    const taken = newEmail()
    await makeAccount({ email: taken })
    await assert.rejects(accept({ token: open.token, email: taken.toUpperCase() }), { code: 'email-taken' })
    assert.equal((await accept({})).account.email, email)
  })

  it('of the first set-up makes an administrator, once', async () => {
    const fresh = await arrange(ctx => ctx.sql<{ n: number }>('select count(*)::int as n from setup_tokens'))
    assert.equal(fresh[0]?.n, 0)
    // Other tests made administrators, so that there is nothing to set up here.
    await assert.rejects(
      arrange(ctx => createSetupToken(ctx)),
      { code: 'administrator-exists' },
    )
    await arrange(ctx =>
      ctx.sql(`update accounts set site_role = 'member' where site_role = 'administrator' and demo is null`),
    )
    const token = await arrange(ctx => createSetupToken(ctx))
    const stranger = await strangerClient(node)
    await stranger.request(accountRoutes.getSetup, { token })
    const strange = { token: newSecret() }
    await assert.rejects(stranger.request(accountRoutes.getSetup, strange), { code: 'link-unknown' })
    const { account } = await stranger.request(accountRoutes.setup, { token, ...person() })
    assert.equal(account.siteRole, 'administrator')
    await assert.rejects(stranger.request(accountRoutes.getSetup, { token }), { code: 'link-used' })
  })
})
