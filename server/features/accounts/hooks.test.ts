// Erasing and merging a person: what must be gone is gone, devices go on under the new account, old ids lead there.
import assert from 'node:assert/strict'
import { accountRoutes } from '#protocol/accounts.ts'
import { roleAssignments, roleIn, site } from '#server/features/access/index.ts'
import {
  accounts,
  currentAccountId,
  eraseAccount,
  identifyAuthor,
  mergeAccounts,
} from '#server/features/accounts/index.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

describe('what every feature owes a person', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('erased, leaves a row without name, e-mail, devices or roles', async () => {
    const client = await signedInClient(node, { name: 'Unmistakable', holds: [{ role: 'learner', context: site }] })
    const id = client.accountId
    await client.request(accountRoutes.changeProfile, { version: 0, name: 'Unmistakable Name' })
    await arrange(ctx => eraseAccount(ctx, id))
    const row = await accounts.findByPk(id, { rejectOnEmpty: true })
    assert.deepEqual([row.email, row.passwordHash, row.siteRole], [null, null, 'member'])
    assert.ok(row.erasedAt)
    await client.dismissed()
    assert.equal(await roleAssignments.count({ where: { accountId: id } }), 0)
    // The name stands nowhere: neither in rows nor in what was announced, recorded or remembered.
    const [left] = await testCtx().sql<{ n: number }>(
      `select (select count(*) from accounts where name like '%Unmistakable%')
         + (select count(*) from events where body::text like '%Unmistakable%')
         + (select count(*) from audit_details where details like '%Unmistakable%')
         + (select count(*) from operations where result::text like '%Unmistakable%') as n`,
    )
    assert.equal(Number(left?.n), 0)
    await assert.rejects(
      arrange(ctx => eraseAccount(ctx, '00000000-0000-7000-8000-000000000000' as typeof id)),
      { code: 'not-found' },
    )
  })

  it('merged, goes on as the other account, and the old id leads there', async () => {
    const guest = await signedInClient(node, { role: 'guest', holds: [{ role: 'guest', context: site }] })
    const member = await makeAccount({ name: 'Member' })
    await arrange(ctx => mergeAccounts(ctx, guest.accountId, member))
    assert.equal((await guest.request(accountRoutes.me)).account?.id, member)
    assert.equal(await roleIn(testCtx(), member, site), 'guest')
    const last = await makeAccount()
    await arrange(ctx => mergeAccounts(ctx, member, last))
    assert.equal(await currentAccountId(testCtx(), guest.accountId), last)
    const author = await identifyAuthor(testCtx(), guest.accountId, last)
    assert.equal(author.kind === 'account' && author.accountId, last)
    await assert.rejects(
      arrange(ctx => mergeAccounts(ctx, guest.accountId, last)),
      { code: 'not-found' },
    )
  })
})
