// Somebody signed out everywhere by an administrator: sockets, editors, devices and tokens end at once, the browser is told
// why, and they come in again by themselves.
import assert from 'node:assert/strict'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { documentClose } from '#protocol/base/documents.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { noteRoutes } from '#protocol/notes.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { documentClient } from '#server/test/document-client.ts'
import { arrange, makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { dropExpiredSessions } from './actions/sessions.ts'

describe('signed out everywhere', () => {
  let node: TestNode
  let boss: TestClient
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Boss' })
  })
  const asked = (secret: string) =>
    fetch(`${node.url}/api/v1/courses`, { headers: { authorization: `Bearer ${secret}` } }).then(one => one.status)

  it('ends sockets, editors, devices and tokens within two seconds, says why, and shuts nobody out', async () => {
    const { courseId } = await makeCourse('Biology')
    const phone = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Vic') })
    const { accountId } = phone
    const laptop = await signedInClient(node, { accountId })
    const { secret } = await phone.request(tokenRoutes.createToken, { name: 'Program', scopes: ['courses:read'] })
    await laptop.subscribe(userScope, accountId)
    const [note] = (await laptop.request(noteRoutes.list, { courseId })).items
    const editor = documentClient({ url: node.url, id: note?.id ?? assert.fail(), cookie: laptop.cookie() })
    await editor.synced()
    assert.equal(await asked(secret), 200)

    const from = Date.now()
    const answer = await boss.request(peopleRoutes.signOutEverywhere, { accountId })
    assert.deepEqual(answer, { devices: 2, tokens: 1 })
    await Promise.all([phone.dismissed(), laptop.dismissed()])
    await waitFor(() => editor.closes.includes(documentClose.notSignedIn), 'the editor to be turned out')
    // Three more for a machine that is busy.
    assert.ok(Date.now() - from < 5_000, `${Date.now() - from} ms`)
    editor.close()
    assert.equal(await asked(secret), 401)
    for (const one of [phone, laptop]) {
      await assert.rejects(one.request(courseRoutes.list, {}), { code: 'not-signed-in' })
      const { account, out } = await one.request(accountRoutes.me)
      assert.deepEqual([account, out], [null, 'signed-out'])
    }

    // On another device they are in again, and when they were here is known all the same.
    const again = await signedInClient(node, { accountId })
    const { account, out } = await again.request(accountRoutes.me)
    assert.deepEqual([account?.id, out], [accountId, null])
    await again.request(accountRoutes.signOut)
    assert.equal((await again.request(accountRoutes.me)).out, null, 'who left by themselves is told nothing')
    const [seen] = (await boss.request(peopleRoutes.people, { search: 'Vic' })).items
    assert.ok(seen?.lastSeenAt)
    const rows = await sql<{ details: string }>(
      `select d.details from audit_entries e join audit_details d on d.entry_id = e.id
        where e.verb = 'account.signed-out' and e.subject_id = $1`,
      [accountId],
    )
    assert.deepEqual(
      rows.map(({ details }) => [JSON.parse(details).devices, JSON.parse(details).tokens]),
      [[2, 1]],
    )
  })

  it('keeps when somebody was last seen, though no session and no sign-in of theirs is there any more', async () => {
    const gone = await signedInClient(node, { name: 'Nika' })
    const find = async () => (await boss.request(peopleRoutes.people, { search: 'Nika' })).items[0]?.lastSeenAt
    const seen = await find()
    assert.ok(seen)
    await boss.request(peopleRoutes.signOutEverywhere, { accountId: gone.accountId })
    assert.equal(await find(), seen)
  })

  it('finds nothing left of the suspended, and tells their devices of the suspension still', async () => {
    const shut = await signedInClient(node, { name: 'Shut' })
    const { accountId } = shut
    const { secret } = await shut.request(tokenRoutes.createToken, { name: 'Program', scopes: ['courses:read'] })
    await boss.request(accountRoutes.suspend, { accountId })
    assert.deepEqual(await boss.request(peopleRoutes.signOutEverywhere, { accountId }), { devices: 0, tokens: 0 })
    const told = await shut.request(accountRoutes.me)
    assert.equal(told.out, 'suspended')
    await boss.request(accountRoutes.reactivate, { accountId })
    assert.equal(await asked(secret), 401)
  })

  it('is not for oneself, for guests, nor for who is no more; and what is left of it goes in time', async () => {
    const me = (await boss.request(accountRoutes.me)).account?.id ?? assert.fail()
    const act = (accountId: typeof me) => boss.request(peopleRoutes.signOutEverywhere, { accountId })
    await assert.rejects(act(me), { code: 'not-allowed' })
    await assert.rejects(act(await makeAccount({ name: 'Guest', role: 'guest' })), { code: 'not-allowed' })
    const erased = await makeAccount({ name: 'Erased' })
    await sql('update accounts set erased_at = now() where id = $1', [erased])
    await assert.rejects(act(erased), { code: 'not-found' })

    const late = await signedInClient(node, { name: 'Late' })
    await act(late.accountId)
    assert.equal((await late.request(accountRoutes.me)).out, 'signed-out')
    await sql("update ended_sessions set expires_at = now() - interval '1 minute'")
    assert.equal((await late.request(accountRoutes.me)).out, null)
    await arrange(dropExpiredSessions)
    assert.deepEqual(await sql('select from ended_sessions'), [])
  })
})
