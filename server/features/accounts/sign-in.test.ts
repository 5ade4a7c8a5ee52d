// The ways in and out, over real HTTP and sockets: passwords, throttles, links, devices, suspension, the demo school.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { Problem } from '#protocol/base/problems.ts'
import { hashPassword, openDemo } from '#server/features/accounts/index.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, strangerClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { openClient } from '#server/test/test-client.ts'
import { identify } from './actions/sessions.ts'
import { prepareDemoSignIn, prepareSignIn } from './actions/sign-in.ts'
import { payingForFailure, signInBudgets } from './actions/throttles.ts'

const password = 'a long walk by the sea'
const newEmail = () => `${randomUUID().slice(0, 8)}@example.org`

/** What a refusal tells the outside, without the request's own number. */
const seen = async (response: Response) => {
  const { requestId: _, ...rest } = (await response.json()) as Record<string, unknown>
  return { status: response.status, rest }
}

describe('signing in', () => {
  let node: TestNode
  let passwordHash: string
  before(async () => {
    node = await testNode()
    passwordHash = await hashPassword(password)
  })

  async function member(options: { demo?: 'staff' | 'learner'; role?: 'administrator' | 'member' } = {}) {
    const email = newEmail()
    return { email, id: await makeAccount({ email, passwordHash, ...options }) }
  }

  it('with e-mail and password, whatever the case of the e-mail, starts a session that a socket knows', async () => {
    const { email, id } = await member()
    const client = await strangerClient(node)
    const { account } = await client.request(accountRoutes.signIn, { email: email.toUpperCase(), password })
    assert.equal(account.id, id)
    assert.match(client.cookie(), /^lectern=[\w-]{22}$/)
    const again = await openClient(node.url, client.cookie().replace('lectern=', ''))
    assert.equal(again.hellos[0]?.accountId, id)
    again.close()
    assert.equal((await client.request(accountRoutes.me)).account?.email, email)
  })

  it('never tells an unknown e-mail from a wrong password, and that an account is suspended only by its password', async () => {
    const known = await member()
    const shut = await member()
    const admin = await signedInClient(node, { role: 'administrator' })
    await admin.request(accountRoutes.suspend, { accountId: shut.id })
    const stranger = await strangerClient(node)
    const ask = (email: string, typed: string) =>
      stranger.raw('POST', '/session', JSON.stringify({ email, password: typed })).then(seen)
    const unknown = await ask(newEmail(), 'not the password')
    assert.equal(unknown.rest.code, 'sign-in-failed')
    assert.deepEqual(await ask(known.email, 'not the password'), unknown)
    assert.deepEqual(await ask(shut.email, 'not the password'), unknown)
    assert.equal((await ask(shut.email, password)).rest.code, 'account-shut')
    const without = newEmail()
    await makeAccount({ email: without })
    assert.deepEqual(await ask(without, 'not the password'), unknown)
  })

  it('slows down after failures, counted also when sent at once, and says when to come back', async () => {
    const { email } = await member()
    const stranger = await strangerClient(node)
    const answers = await Promise.all(
      Array.from({ length: signInBudgets.pair.points + 5 }, () =>
        stranger.raw('POST', '/session', JSON.stringify({ email, password: 'guess after guess' })),
      ),
    )
    const statuses = answers.map(answer => answer.status)
    assert.equal(statuses.filter(status => status === 401).length, signInBudgets.pair.points)
    const refused = answers.find(answer => answer.status === 429)
    assert.ok(Number(refused?.headers.get('retry-after')) > 0)
    await assert.rejects(stranger.request(accountRoutes.signIn, { email, password }), { code: 'slow-down' })
    // Somebody else at the same address comes in.
    const other = await member()
    await (await strangerClient(node)).request(accountRoutes.signIn, { email: other.email, password })
  })

  it('costs nothing when it succeeds: a school behind one address gets in', async () => {
    for (let one = 0; one < signInBudgets.address.points + 20; one++)
      assert.equal(await payingForFailure('203.0.113.7', 'school@example.org', async () => true), true)
  })

  it('is bound to a fresh session: the one before ends', async () => {
    const { email } = await member()
    const client = await strangerClient(node)
    await client.request(accountRoutes.signIn, { email, password })
    const before = client.cookie()
    await client.request(accountRoutes.signIn, { email, password })
    assert.notEqual(client.cookie(), before)
    assert.equal((await identify(before.replace('lectern=', ''))).kind, 'nobody')
  })

  it('refuses hostile input and goes on', async () => {
    const stranger = await strangerClient(node)
    for (const body of [
      '{"email":{"$gt":""},"password":["x"]}',
      '{"email":"a@example.org","password":"x","admin":true}',
      `{"email":"a@example.org","password":"${'x'.repeat(5000)}"}`,
      '{"__proto__":{"admin":true}}',
      '[]',
      '{',
    ]) {
      const answer = await stranger.raw('POST', '/session', body)
      assert.equal(answer.status, 400, body.slice(0, 40))
    }
    const foreign = await stranger.raw('POST', '/session', '{"email":"a@example.org","password":"x"}', {
      origin: 'https://elsewhere.example',
    })
    assert.equal((await seen(foreign)).rest.code, 'wrong-origin')
    for (const token of ['', 'x', 'x'.repeat(22), 'x'.repeat(5000), "' or 1=1 --"])
      assert.deepEqual(await identify(token), { kind: 'nobody' })
  })

  describe('to the demo school', () => {
    it('opens staff only to the machine itself until opened, learners to anybody', async () => {
      const staff = await member({ demo: 'staff' })
      const learner = await member({ demo: 'learner' })
      const away = testCtx({ local: false, address: '192.168.1.20' })
      const closed = { code: 'staff-sign-in-closed' }
      await assert.rejects(prepareSignIn(away, { email: staff.email, password }), closed)
      await assert.rejects(prepareDemoSignIn(away, { accountId: staff.id }), closed)
      await prepareSignIn(away, { email: learner.email, password })
      const client = await strangerClient(node)
      const { demo } = await client.request(accountRoutes.me)
      assert.deepEqual(demo.map(one => one.accountId).sort(), [staff.id, learner.id].sort())
      await client.request(accountRoutes.signInDemo, { accountId: staff.id })
      assert.equal((await client.request(accountRoutes.me)).account?.id, staff.id)
      await arrange(ctx => openDemo(ctx, { open: true }))
      await prepareSignIn(away, { email: staff.email, password })
      await arrange(ctx => openDemo(ctx, { open: false }))
      await assert.rejects(prepareSignIn(away, { email: staff.email, password }), closed)
    })

    it('is no way in to any other account', async () => {
      const { id } = await member({ role: 'administrator' })
      const stranger = await strangerClient(node)
      await assert.rejects(stranger.request(accountRoutes.signInDemo, { accountId: id }), { code: 'not-found' })
      const nobody = randomUUID() as AccountId
      await assert.rejects(stranger.request(accountRoutes.signInDemo, { accountId: nobody }), { code: 'not-found' })
    })
  })

  describe('devices', () => {
    it('signed out elsewhere end their socket and are nobody', async () => {
      const one = await signedInClient(node)
      const other = await signedInClient(node, { accountId: one.accountId })
      const { items } = await one.request(accountRoutes.listDevices)
      assert.equal(items.length, 2)
      assert.equal(items[0]?.current, true)
      const gone = new Promise<void>(resolve => other.socket.once('disconnect', () => resolve()))
      await one.request(accountRoutes.endDevice, { sessionId: items[1]!.id })
      await gone
      assert.equal(other.hellos.at(-1)?.accountId, null)
      assert.equal((await other.request(accountRoutes.me)).account, null)
      assert.equal(one.socket.connected, true)
    })

    it('are ended all but this one, and by a change of password', async () => {
      const { id } = await member()
      const one = await signedInClient(node, { accountId: id })
      const others = [await signedInClient(node, { accountId: id }), await signedInClient(node, { accountId: id })]
      assert.deepEqual(await one.request(accountRoutes.endOtherDevices), { ended: 2 })
      await Promise.all(others.map(other => other.dismissed()))
      const third = await signedInClient(node, { accountId: id })
      const next = 'another walk by the sea'
      await assert.rejects(one.request(accountRoutes.changePassword, { current: 'wrong', next }), {
        code: 'sign-in-failed',
      })
      await assert.rejects(one.request(accountRoutes.changePassword, { current: password, next: 'password123' }), {
        code: 'weak-password',
      })
      assert.deepEqual(await one.request(accountRoutes.changePassword, { current: password, next }), { ended: 1 })
      await third.dismissed()
      assert.equal(one.socket.connected, true)
    })

    it("are nobody else's to end", async () => {
      const one = await signedInClient(node)
      const other = await signedInClient(node)
      const { items } = await one.request(accountRoutes.listDevices)
      await assert.rejects(other.request(accountRoutes.endDevice, { sessionId: items[0]!.id }), { code: 'not-found' })
    })

    it('signed out here lose the cookie', async () => {
      const one = await signedInClient(node)
      await one.request(accountRoutes.signOut)
      assert.equal(one.cookie(), '')
      await one.dismissed()
    })
  })

  it('is over at once for a suspended account, on open sockets too, until it is opened again', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const { email, id } = await member()
    const client = await signedInClient(node, { accountId: id })
    await admin.request(accountRoutes.suspend, { accountId: id })
    await client.dismissed()
    await assert.rejects(client.request(accountRoutes.listDevices), { code: 'not-signed-in' })
    const told = async () => {
      const { account, out } = await client.request(accountRoutes.me)
      return [account, out]
    }
    assert.deepEqual(await told(), [null, 'suspended'])
    assert.equal((await (await strangerClient(node)).request(accountRoutes.me)).out, null)
    await admin.request(accountRoutes.reactivate, { accountId: id })
    assert.deepEqual(await told(), [null, null])
    await (await strangerClient(node)).request(accountRoutes.signIn, { email, password })
    await assert.rejects(admin.request(accountRoutes.suspend, { accountId: admin.accountId }), { code: 'not-allowed' })
  })

  it('lets only administrators invite, suspend and reactivate', async () => {
    const target = await makeAccount()
    for (const role of ['member', 'guest'] as const) {
      const client = await signedInClient(node, { role })
      const refused = { code: 'not-allowed' }
      await assert.rejects(client.request(accountRoutes.invite, {}), refused)
      await assert.rejects(client.request(accountRoutes.suspend, { accountId: target }), refused)
      await assert.rejects(client.request(accountRoutes.reactivate, { accountId: target }), refused)
    }
    const stranger = await strangerClient(node)
    for (const route of [accountRoutes.listDevices, accountRoutes.export, accountRoutes.endOtherDevices])
      await assert.rejects(stranger.request(route), { code: 'not-signed-in' })
  })

  it('changes name, locale and time zone against the version read, and tells the open devices', async () => {
    const client = await signedInClient(node, { name: 'Ann' })
    const { account } = await client.request(accountRoutes.me)
    const state = await assertConverges(client, userScope, client.accountId, () =>
      client.request(accountRoutes.changeProfile, {
        version: account!.version,
        name: 'Ann Lee',
        timeZone: 'Asia/Tokyo',
      }),
    )
    assert.equal(state.name, 'Ann Lee')
    await assert.rejects(
      client.request(accountRoutes.changeProfile, { version: account!.version, name: 'Late' }),
      (error: Problem) => error.code === 'conflict' && (error.params.current as { name: string }).name === 'Ann Lee',
    )
    await assert.rejects(client.request(accountRoutes.changeProfile, { version: 1, timeZone: 'Mars/Base' }), {
      code: 'malformed',
    })
  })

  it('gives a person everything kept about them, without secrets', async () => {
    const client = await signedInClient(node, { name: 'Ann' })
    const text = await (await client.raw('GET', '/me/export')).text()
    const parts = JSON.parse(text) as { accounts: { account: { name: string }; devices: unknown[] } }
    assert.equal(parts.accounts.account.name, 'Ann')
    assert.equal(parts.accounts.devices.length, 1)
    assert.doesNotMatch(text, /passwordHash|tokenHash/)
  })

  it('writes when a device was last seen at most once a minute', async () => {
    const client = await signedInClient(node)
    const seenAt = async () => (await client.request(accountRoutes.listDevices)).items[0]!.lastSeenAt
    const first = await seenAt()
    assert.equal(await seenAt(), first)
    await arrange(ctx =>
      ctx.sql(`update sessions set last_seen_at = now() - interval '2 minutes' where account_id = $1`, [
        client.accountId,
      ]),
    )
    await waitFor(async () => Date.parse(await seenAt()) >= Date.parse(first) - 1_000, 'a new time')
  })
})
