// What a write leaves behind beside its effect: nothing that gives a secret away, and enough to know it again.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import { channelScope } from '#protocol/channels.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { liveRoutes } from '#protocol/live.ts'
import { startClass } from '#server/test/classes.ts'
import { arrange, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { forgetAnswers } from '../db/operations.ts'
import { sql } from '../db/sequelize.ts'

describe('what a write leaves behind', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  it('keeps no answer that holds a secret, and gives it once', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const operation = randomUUID()
    const first = await admin.request(accountRoutes.invite, {}, operation)
    await assert.rejects(admin.request(accountRoutes.invite, {}, operation), { code: 'answered-once' })
    const rows = await sql<{ result: unknown }>('select result from operations where operation = $1', [operation])
    assert.deepEqual(rows, [{ result: null }])
    assert.ok(JSON.stringify(first).length > 20)
  })

  it('says of an answer that named somebody who was erased that it is gone, not that it is given once', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const operation = randomUUID()
    const {
      course: { id },
    } = await admin.request(courseRoutes.create, { title: `For ${operation}` }, operation)
    const again = await admin.request(courseRoutes.create, { title: `For ${operation}` }, operation)
    assert.equal(again.course.id, id)
    await arrange(ctx => forgetAnswers(ctx, [id]))
    await assert.rejects(admin.request(courseRoutes.create, { title: `For ${operation}` }, operation), {
      code: 'answer-gone',
    })
  })

  it('keeps no hash that a list of passwords could be tried against', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const operation = randomUUID()
    await admin.request(accountRoutes.invite, { days: 3 }, operation)
    const [row] = await sql<{ hash: Buffer }>('select input_hash as hash from operations where operation = $1', [
      operation,
    ])
    const input = { siteRole: 'member', days: 3 }
    const plain = createHash('sha256').update(JSON.stringify(input)).digest()
    const other = createHash('sha256')
      .update(JSON.stringify({ days: 3, siteRole: 'member' }))
      .digest()
    assert.ok(row && !row.hash.equals(plain) && !row.hash.equals(other))
  })

  it('takes a request to become a guest that is sent again for the same guest', async () => {
    const { run, code } = await startClass(node)
    const stranger = await strangerClient(node)
    const again = await strangerClient(node)
    const operation = randomUUID()
    const input = { code, name: 'Nadia' }
    await Promise.all([
      stranger.request(liveRoutes.join, input, operation),
      again.request(liveRoutes.join, input, operation),
    ])
    const guests = await sql<{ many: number }>("select count(*)::int as many from accounts where name = 'Nadia'")
    assert.deepEqual(guests, [{ many: 1 }])
    const seats = await sql<{ many: number }>(
      "select count(*)::int as many from seats where run_id = $1 and role = 'guest'",
      [run.id],
    )
    assert.deepEqual(seats, [{ many: 1 }])
  })

  it('refuses what nests deeper than any stack, and a scope whose id no row can have', async () => {
    const client = await signedInClient(node)
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const answer = await fetch(`${node.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"email":${deep},"password":"x"}`,
    })
    assert.equal(((await answer.json()) as { code: string }).code, 'malformed')
    await assert.rejects(client.subscribe(channelScope, 'no-such-id'), { code: 'not-found' })
  })
})
