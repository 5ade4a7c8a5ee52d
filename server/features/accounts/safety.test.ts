// What somebody's open pages hear of how they come in: each change of it, on every device of theirs, and nobody else's.
import assert from 'node:assert/strict'
import { safetyScope } from '#protocol/accounts/safety.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { previewRoutes } from '#protocol/preview.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { hashPassword } from './actions/passwords.ts'

describe('how somebody comes in', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('is told to their other devices as it changes, and to nobody else', async () => {
    const email = 'careful@school.example'
    const password = 'a walk along the river'
    const accountId = await makeAccount({ name: 'Careful', email, passwordHash: await hashPassword(password) })
    const phone = await signedInClient(node, { accountId })
    const follows = await phone.subscribe(safetyScope, accountId)
    const told = (times: number, what: string) => waitFor(() => follows.events.length === times, what)

    const laptop = await strangerClient(node)
    await laptop.request(accountRoutes.signIn, { email, password })
    await told(1, 'the sign-in')
    const { token } = await laptop.request(tokenRoutes.createToken, { name: 'Program', scopes: ['courses:read'] })
    await told(2, 'the token')
    await laptop.request(tokenRoutes.revokeToken, { tokenId: token.id })
    await told(3, 'its end')
    const boss = await signedInClient(node, { role: 'administrator', name: 'Boss' })
    const { view } = await boss.request(previewRoutes.beginView, { accountId, reason: 'Asked for help' })
    await told(4, 'that somebody looks')
    await boss.request(previewRoutes.endView, { viewId: view.id })
    await told(5, 'that nobody does any more')
    await phone.request(accountRoutes.endOtherDevices)
    await told(6, 'the end of the laptop')
    assert.deepEqual(
      follows.events.map(({ body }) => body),
      Array.from({ length: 6 }, () => ({})),
      'it says that something changed, and nothing else',
    )
    for (const one of [boss, await signedInClient(node, { name: 'Other' })])
      await assert.rejects(one.subscribe(safetyScope, accountId), { code: 'not-found' })
  })
})
