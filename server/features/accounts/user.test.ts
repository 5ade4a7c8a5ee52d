// One person's own scope: who may hear it, and that old snapshot plus feed is what a newcomer reads.
import assert from 'node:assert/strict'
import { userScope } from '#protocol/accounts.ts'
import { bumpUser } from '#server/features/accounts/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

describe('the scope of one person', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('tells them that their courses and grades changed, and converges', async () => {
    const client = await signedInClient(node)
    const id = client.accountId
    const first = await assertConverges(client, userScope, id, () => arrange(ctx => bumpUser(ctx, id, 'courses')))
    assert.deepEqual(first.changed, { courses: 1, grades: 0, observed: 0 })
    const second = await assertConverges(client, userScope, id, () => arrange(ctx => bumpUser(ctx, id, 'grades')))
    assert.deepEqual(second.changed, { courses: 1, grades: 1, observed: 0 })
  })

  it('is heard by nobody else', async () => {
    const one = await signedInClient(node)
    const other = await signedInClient(node, { role: 'administrator' })
    const stranger = await strangerClient(node)
    await assert.rejects(other.subscribe(userScope, one.accountId), { code: 'not-found' })
    await assert.rejects(stranger.subscribe(userScope, one.accountId), { code: 'not-signed-in' })
  })
})
