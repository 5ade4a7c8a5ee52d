// Passkeys over real HTTP, with an authenticator that signs for real: made, shown as a sign-in and as the second step, and
// what is not taken.
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { accountRoutes } from '#protocol/accounts.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { passkeyRoutes } from '#protocol/factors/passkeys.ts'
import { factorRoutes } from '#protocol/factors.ts'
import { hashPassword } from '#server/features/accounts/index.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { plain, sql } from '#server/platform/db/sequelize.ts'
import { fixOrigin } from '#server/platform/http/addresses.ts'
import { type Lies, newAuthenticator } from '#server/test/authenticator.ts'
import { someoneWaits } from '#server/test/crossing.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { recoveryCodes } from './tables.ts'

const password = 'a long walk by the sea'
let made = 0

describe('passkeys', () => {
  let node: { url: string }
  let bare: { url: string }
  let passwordHash: string

  before(async () => {
    bare = await testNode()
    // A number is no name, and browsers make passkeys for names alone.
    node = { url: bare.url.replace('127.0.0.1', 'localhost') }
    passwordHash = await hashPassword(password)
  })

  async function person(role: 'member' | 'administrator' = 'member') {
    const email = `key-${++made}@example.org`
    const accountId = await makeAccount({ email, passwordHash, role })
    return { email, accountId, client: await signedInClient(node, { accountId }) }
  }
  async function withPasskey(role: 'member' | 'administrator' = 'member') {
    const one = await person(role)
    const key = newAuthenticator(node.url)
    const asked = await one.client.request(passkeyRoutes.beginPasskey, { password })
    const response = key.make(asked.options)
    const kept = await one.client.request(passkeyRoutes.addPasskey, { ticket: asked.ticket, name: 'Laptop', response })
    return { ...one, key, codes: kept.recoveryCodes, passkeyId: kept.passkeyId }
  }
  type Key = ReturnType<typeof newAuthenticator>
  async function enter(key: Key, step?: string, lies?: Lies, client?: TestClient) {
    const at = client ?? (await strangerClient(node))
    const given = step === undefined ? {} : { step }
    const { ticket, options } = await at.request(passkeyRoutes.askPasskey, given)
    return at.request(passkeyRoutes.enterByPasskey, { ticket, ...given, response: key.show(options, lies) })
  }
  const stepOf = async (email: string): Promise<Problem> =>
    (await strangerClient(node)).request(accountRoutes.signIn, { email, password }).then(
      () => assert.fail('came in by the password alone'),
      (problem: Problem) => problem,
    )
  const isOver = { code: 'step-over' }
  const isUnknown = { code: 'passkey-unknown' }

  it('are made with the password, and open the account they were made for', async () => {
    const { client, key, accountId, codes } = await withPasskey()
    const { account } = await enter(key)
    assert.equal(account.id, accountId)
    assert.equal(codes.length, 10)
    const { passkeys, passkeysHere, app } = await client.request(factorRoutes.get)
    assert.deepEqual([passkeys[0]?.name, passkeys[0]?.host, passkeysHere, app], ['Laptop', 'localhost', true, null])
    assert.ok(passkeys[0]?.lastUsedAt)
    assert.equal(await auditEntries.count({ where: { subjectId: accountId, verb: 'factor.passkey-added' } }), 1)
    const wrong = client.request(passkeyRoutes.beginPasskey, { password: 'not the password' })
    await assert.rejects(wrong, { code: 'sign-in-failed' })
    // The same one twice, and one that somebody else was asked for.
    const asked = await client.request(passkeyRoutes.beginPasskey, { password })
    const again = { ticket: asked.ticket, name: 'Again', response: key.make(asked.options) }
    await assert.rejects(client.request(passkeyRoutes.addPasskey, again), { code: 'passkey-there' })
    // A question is answered once, by nobody else's key, nor again when the first answer is gone; and for so many in all.
    const begin = async (made: Key) => {
      const { ticket, options } = await client.request(passkeyRoutes.beginPasskey, { password })
      return { ticket, name: 'Phone', response: made.make(options), options }
    }
    const add = ({ ticket, name, response }: Awaited<ReturnType<typeof begin>>) =>
      client.request(passkeyRoutes.addPasskey, { ticket, name, response })
    const phone = await begin(newAuthenticator(node.url))
    const { passkeyId } = await add(phone)
    await assert.rejects(add({ ...phone, response: newAuthenticator(node.url).make(phone.options) }), isOver)
    await client.request(passkeyRoutes.removePasskey, { passkeyId, password })
    await assert.rejects(add(phone), isOver)
    const last = await begin(newAuthenticator(node.url))
    await sql(
      `insert into passkeys select gen_random_uuid(), account_id, credential || n, public_key, counter, transports, host, name,
         synced, created_at, last_used_at, last_asked_at from passkeys, generate_series(1, 19) n where account_id = $1`,
      [accountId],
    )
    await assert.rejects(add(last), { code: 'too-many' })
    const other = await person()
    const theirs = { ...again, response: newAuthenticator(node.url).make(asked.options) }
    await assert.rejects(other.client.request(passkeyRoutes.addPasskey, theirs), isOver)
    await assert.rejects(enter(newAuthenticator(node.url)), isUnknown)
  })

  it('are taken once, from this address, signed by their own key for whoever was asked to show who they are', async () => {
    const { key } = await withPasskey()
    const lies: Lies[] = [
      { origin: 'https://evil.example' },
      { host: 'evil.example' },
      { challenge: 'another' },
      { unverified: true },
      { forged: true },
    ]
    for (const lie of lies) await assert.rejects(enter(key, undefined, lie), isUnknown)
    const client = await strangerClient(node)
    const ask = () => client.request(passkeyRoutes.askPasskey, {})
    const [older, newer] = [await ask(), await ask()]
    const late = { ticket: older.ticket, response: key.show(older.options) }
    const answer = { ticket: newer.ticket, response: key.show(newer.options) }
    await client.request(passkeyRoutes.enterByPasskey, answer)
    const replay = (await strangerClient(node)).request(passkeyRoutes.enterByPasskey, answer)
    await assert.rejects(replay, isUnknown)
    await assert.rejects((await strangerClient(node)).request(passkeyRoutes.enterByPasskey, late), isUnknown)
    // One that does not count is held back by the time of its question alone.
    await sql('update passkeys set counter = 0')
    await assert.rejects((await strangerClient(node)).request(passkeyRoutes.enterByPasskey, answer), isOver)
  })

  it('are the second step after a password, for that account alone; a recovery code does as well', async () => {
    const one = await withPasskey()
    const other = await withPasskey()
    const asked = await stepOf(one.email)
    assert.deepEqual([asked.code, asked.params.means], ['second-step', ['passkey']])
    const step = String(asked.params.ticket)
    await assert.rejects(enter(other.key, step), isUnknown)
    assert.equal((await enter(one.key, step)).account.id, one.accountId)
    const finish = async (code: string) =>
      (await strangerClient(node)).request(factorRoutes.finish, {
        ticket: String((await stepOf(one.email)).params.ticket),
        code,
      })
    await assert.rejects(finish('000000'), { code: 'code-wrong' })
    assert.equal((await finish(one.codes[0] ?? '')).account.id, one.accountId)
    const { recoveryCodes: renewed } = await one.client.request(factorRoutes.renewRecovery, { password })
    await assert.rejects(finish(one.codes[1] ?? ''), { code: 'code-wrong' })
    await finish(renewed[1] ?? '')
    // Neither half of a sign-in is good for the other.
    const loose = await (await strangerClient(node)).request(passkeyRoutes.askPasskey, {})
    const mixed = { ticket: loose.ticket, step, response: one.key.show(loose.options) }
    await assert.rejects((await strangerClient(node)).request(passkeyRoutes.enterByPasskey, mixed), isOver)
  })

  it('count where the school asks staff for a second step, and are removed by whoever just came in', async () => {
    const { client, email, key, passkeyId, accountId } = await withPasskey('administrator')
    await client.request(factorRoutes.changePolicy, { policy: 'staff' })
    assert.equal((await stepOf(email)).code, 'second-step')
    await enter(key)
    const remove = () => client.request(passkeyRoutes.removePasskey, { passkeyId, password })
    await assert.rejects(remove(), { code: 'factor-required' })
    const late = await person('administrator')
    const due = await stepOf(late.email)
    assert.equal(due.code, 'second-step-due')
    const step = String(due.params.ticket)
    const device = await strangerClient(node)
    const begin = async (made: Key) => {
      const asked = await device.request(passkeyRoutes.beginPasskeyDue, { step })
      return { step, ticket: asked.ticket, name: 'Phone', response: made.make(asked.options) }
    }
    const [mine, second] = [newAuthenticator(node.url), newAuthenticator(node.url)]
    const [answer, tooLate] = [await begin(mine), await begin(second)]
    const foreignStep = { ...answer, step: String((await stepOf(email)).params.ticket) }
    await assert.rejects(device.request(passkeyRoutes.addPasskeyDue, foreignStep), isOver)
    const done = await device.request(passkeyRoutes.addPasskeyDue, answer)
    assert.deepEqual([done.account.id, done.recoveryCodes.length], [late.accountId, 10])
    assert.equal((await device.request(accountRoutes.me)).account?.id, late.accountId)
    const thief = (await strangerClient(node)).request(passkeyRoutes.addPasskeyDue, tooLate)
    await assert.rejects(thief, { code: 'factor-there' })
    const { key: app } = await device.request(factorRoutes.beginDue, { ticket: step })
    const code = new TOTP({ secret: Secret.fromBase32(app) }).generate()
    const byApp = (await strangerClient(node)).request(factorRoutes.confirmDue, { ticket: step, code })
    await assert.rejects(byApp, { code: 'factor-there' })
    assert.equal((await enter(mine)).account.id, late.accountId)
    // An app beside it, and both taken away at once: one stays.
    const both = await withPasskey('administrator')
    const { key: appKey } = await both.client.request(factorRoutes.begin, { password })
    const codeAt = (off: number) =>
      new TOTP({ secret: Secret.fromBase32(appKey) }).generate({ timestamp: Date.now() + off * 30_000 })
    // The step may end on the way, and the one before it is then too old: once more with the next.
    const confirm = () => both.client.request(factorRoutes.confirm, { code: codeAt(-1) })
    await confirm().catch(confirm)
    const going = await plain.connect()
    await going.query('begin')
    await going.query('select from accounts where id = $1 for update', [both.accountId])
    await going.query('delete from passkeys where account_id = $1', [both.accountId])
    const removed = both.client.request(factorRoutes.remove, { password, code: codeAt(0) }).then(
      () => 'removed',
      (problem: Problem) => problem.code,
    )
    await Promise.race([removed, someoneWaits('%accounts%')])
    await going.query('commit')
    going.release()
    assert.equal(await removed, 'factor-required')
    await client.request(factorRoutes.changePolicy, { policy: 'nobody' })
    await client.request(passkeyRoutes.renamePasskey, { passkeyId, name: 'Old laptop' })
    const stranger = await person()
    const foreign = stranger.client.request(passkeyRoutes.removePasskey, { passkeyId, password })
    await assert.rejects(foreign, { code: 'not-found' })
    await sql("update sessions set created_at = now() - interval '1 hour' where account_id = $1", [accountId])
    await assert.rejects(remove(), { code: 'sign-in-again' })
    await assert.rejects(client.request(factorRoutes.renewRecovery, { password }), { code: 'sign-in-again' })
    // Another way in would need none of the steps there are.
    await assert.rejects(client.request(passkeyRoutes.beginPasskey, { password }), { code: 'sign-in-again' })
    await assert.rejects(client.request(factorRoutes.begin, { password }), { code: 'sign-in-again' })
    await enter(key, undefined, undefined, client)
    await remove()
    assert.equal(await recoveryCodes.count({ where: { accountId } }), 0)
    await assert.rejects(enter(key), isUnknown)
    await (await strangerClient(node)).request(accountRoutes.signIn, { email, password })
  })

  it('open no account that is shut, go with a reset, and are not made where browsers make none', async () => {
    const chief = await person('administrator')
    const { key, accountId, client, email } = await withPasskey()
    await chief.client.request(accountRoutes.suspend, { accountId })
    await assert.rejects(enter(key), { code: 'account-shut' })
    await chief.client.request(accountRoutes.reactivate, { accountId })
    await chief.client.request(factorRoutes.reset, { accountId })
    await assert.rejects(client.request(factorRoutes.get), { code: 'not-signed-in' })
    await assert.rejects(enter(key), isUnknown)
    await (await strangerClient(node)).request(accountRoutes.signIn, { email, password })
    const there = await signedInClient(bare, { accountId })
    assert.equal((await there.request(factorRoutes.get)).passkeysHere, false)
    const asked = there.request(passkeyRoutes.beginPasskey, { password })
    await assert.rejects(asked, { code: 'passkeys-not-here' })
    // Where the school has moved to another name they are no way in: not the last one, and none to keep the last from going.
    const moved = await withPasskey()
    const own = await moved.client.request(passkeyRoutes.beginPasskey, { password })
    const made = { ticket: own.ticket, name: 'New', response: newAuthenticator(node.url).make(own.options) }
    const { passkeyId } = await moved.client.request(passkeyRoutes.addPasskey, made)
    await sql('update accounts set password_hash = null where id = $1', [moved.accountId])
    await sql("update passkeys set host = 'old.example' where id = $1", [moved.passkeyId])
    const remove = (id: typeof passkeyId) => moved.client.request(passkeyRoutes.removePasskey, { passkeyId: id })
    fixOrigin('http://localhost:8080')
    try {
      await assert.rejects(remove(passkeyId), { code: 'last-way-in' })
      await remove(moved.passkeyId)
    } finally {
      fixOrigin(null)
    }
  })
})
