// Sign-in by a provider over real HTTP, against a provider that signs for real: who comes in, who does not, and why.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { auditRoutes } from '#protocol/audit.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { factorRoutes } from '#protocol/factors.ts'
import { type ProviderId, type ProviderSettings, providerRoutes } from '#protocol/providers.ts'
import { accounts, hashPassword } from '#server/features/accounts/index.ts'
import { plain, sql } from '#server/platform/db/sequelize.ts'
import { someoneWaits } from '#server/test/crossing.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { type OidcProvider, oidcProvider } from '#server/test/oidc-provider.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { identities } from './tables.ts'

const password = 'a long walk by the sea'
const verified = (name: string, domain = 'school.example') => ({
  ...{ name, email: `${name.toLowerCase()}@${domain}`, email_verified: true },
})

describe('sign-in by a provider', () => {
  let node: TestNode
  let elsewhere: OidcProvider
  let other: OidcProvider
  let admin: TestClient & { accountId: AccountId }
  let passwordHash: string
  const id = randomUUID() as ProviderId
  const otherId = randomUUID() as ProviderId
  let version = 0
  let settings: ProviderSettings

  before(async () => {
    node = await testNode({ config: { trustProxy: true } })
    passwordHash = await hashPassword(password)
    elsewhere = await oidcProvider({
      ada: { ...verified('Ada'), locale: 'ar' },
      ben: verified('Ben'),
      cleo: verified('Cleo', 'elsewhere.example'),
      dan: { ...verified('Dan'), email_verified: false },
      eve: verified('Eve'),
      fay: verified('Fay'),
      gil: { ...verified('Gil'), amr: ['pwd'] },
      ivo: verified('Ivo'),
      hal: { ...verified('Hal'), amr: ['pwd', 'otp'] },
    })
    other = await oidcProvider({ ada: verified('Imposter') })
    admin = await signedInClient(node, { role: 'administrator' })
    settings = {
      ...{
        name: 'Campus',
        issuer: elsewhere.issuer,
        clientId: elsewhere.client.clientId,
        scopes: ['email', 'profile'],
      },
      ...{ newcomers: 'domains', domains: ['school.example'] },
      ...{ vouched: false, minors: false, trusted: false, enabled: true },
    }
    const { secret } = elsewhere.client
    await admin.request(providerRoutes.create, { providerId: id, ...settings, secret })
    const second = { ...settings, name: 'Other', issuer: other.issuer, secret }
    await admin.request(providerRoutes.create, { providerId: otherId, ...second })
  })

  async function change(otherwise: Partial<ProviderSettings> = {}) {
    const as = { ...settings, ...otherwise }
    version = (await admin.request(providerRoutes.change, { providerId: id, version, ...as })).provider.version
  }
  /** Sets the provider up otherwise, and back after what is done meanwhile. */
  async function meanwhile<T>(otherwise: Partial<ProviderSettings>, act: () => Promise<T>): Promise<T> {
    await change(otherwise)
    try {
      return await act()
    } finally {
      await change()
    }
  }
  async function away(client: TestClient, as: string) {
    const { location } = await client.request(providerRoutes.begin, { providerId: id, next: '/courses' })
    return { location, answer: { providerId: id, ...(await elsewhere.visit(location, as)) } }
  }
  async function comeIn(as: string, client?: TestClient) {
    const at = client ?? (await strangerClient(node))
    const ended = await at.request(providerRoutes.finish, (await away(at, as)).answer)
    return { client: at, ended }
  }
  const refusedAs = (as: string, code: string) => assert.rejects(comeIn(as), { code })
  async function accountOf(as: string) {
    const { ended } = await comeIn(as)
    assert.ok(ended.did === 'signed-in')
    return ended.account
  }
  const trailOf = async (accountId: string): Promise<string[]> => {
    const { items } = await admin.request(auditRoutes.list, { about: accountId, limit: 50 })
    return items.map(one => one.verb)
  }

  it('makes whoever has an address of the school a member, and knows them again by issuer and subject', async () => {
    const { client, ended } = await comeIn('ada')
    assert.ok(ended.did === 'signed-in')
    assert.equal(ended.next, '/courses')
    const { account } = await client.request(accountRoutes.me)
    assert.deepEqual(
      [account?.id, account?.name, account?.email, account?.siteRole, account?.locale, account?.hasPassword],
      [ended.account.id, 'Ada', 'ada@school.example', 'member', 'ar', false],
    )
    assert.equal((await client.request(accountRoutes.listDevices)).items.length, 1)
    // What they are called elsewhere by then is of no importance.
    elsewhere.falsify({ email: 'countess@school.example', name: 'Countess' })
    assert.equal((await accountOf('ada')).id, ended.account.id)
    assert.notEqual((await accountOf('ben')).id, ended.account.id)
    const { items } = await client.request(providerRoutes.mine)
    assert.deepEqual([items[0]?.provider, items[0]?.label, items[0]?.usable], ['Campus', 'ada@school.example', true])
    assert.deepEqual((await trailOf(ended.account.id)).sort().slice(0, 2), ['account.connected', 'account.created'])
    await client.request(accountRoutes.signOut)
    const people = await admin.request(peopleRoutes.people, { search: 'ada@school.example' })
    assert.equal(people.items[0]?.state, 'active')
  })

  it('takes an answer in the browser that asked alone, once, and for what it asked', async () => {
    const client = await strangerClient(node)
    const { answer } = await away(client, 'ada')
    const stranger = await strangerClient(node)
    const over = { code: 'sign-in-over' }
    await assert.rejects(stranger.request(providerRoutes.finish, answer), over)
    await assert.rejects(client.request(providerRoutes.finish, { ...answer, state: 'another' }), over)
    // Another provider's answer, whoever says so.
    await assert.rejects(client.request(providerRoutes.finish, { ...answer, providerId: otherId }), over)
    const cookie = client.cookie()
    assert.equal((await client.request(providerRoutes.finish, answer)).did, 'signed-in')
    await assert.rejects(client.request(providerRoutes.finish, answer), over)
    // Even by somebody who kept what the browser carried: the code is used up.
    const again = await stranger.raw('POST', `/session/providers/${id}/answer`, JSON.stringify(answer), { cookie })
    assert.equal(((await again.json()) as { code: string }).code, 'sign-in-over')
    const second = await away(client, 'ada')
    const mixed = client.request(providerRoutes.finish, { ...second.answer, iss: other.issuer })
    await assert.rejects(mixed, { code: 'provider-distrusted' })
    const no = await away(client, 'no')
    await assert.rejects(client.request(providerRoutes.finish, no.answer), { code: 'provider-refused' })
    await assert.rejects(client.request(providerRoutes.begin, { providerId: id, next: '//evil.example' }), {
      code: 'malformed',
    })
  })

  it('trusts no token that was meant for others, is too old or signed by somebody else', async () => {
    const at = Math.floor(Date.now() / 1_000)
    const lies: [Record<string, unknown>, ('another key' | 'its own key')?][] = [
      [{ nonce: 'another' }],
      [{ iss: other.issuer }],
      [{ aud: 'another' }],
      [{ exp: at - 600, iat: at - 900 }],
      [{}, 'another key'],
    ]
    const before = await identities.count()
    for (const [claims, by] of lies) {
      elsewhere.falsify({ sub: 'nobody', ...claims }, by)
      await refusedAs('eve', 'provider-distrusted')
    }
    assert.equal(await identities.count(), before)
    // A clock that is half a minute off is no lie.
    const now = Math.floor(Date.now() / 1_000)
    elsewhere.falsify({ exp: now - 30, iat: now - 90 })
    await accountOf('ada')
    // Keys change; at worst one sign-in asks for the new ones.
    elsewhere.rotate()
    await comeIn('ada').catch(() => undefined)
    await accountOf('ada')
  })

  it('brings nobody else: by the address, by the word of the provider, by what the school says', async () => {
    await refusedAs('cleo', 'address-unwelcome')
    await refusedAs('dan', 'address-unproven')
    const dan = await meanwhile({ vouched: true, minors: true }, async () => {
      await refusedAs('dan', 'address-unproven')
      elsewhere.falsify({ email_verified: undefined })
      return accountOf('dan')
    })
    assert.equal((await accounts.findByPk(dan.id))?.minor, true)
    await meanwhile({ newcomers: 'connected', domains: [] }, async () => {
      await refusedAs('eve', 'identity-unknown')
      await accountOf('ada')
    })
  })

  it('never connects by the address: its owner signs in once and connects, and another person does not', async () => {
    const accountId = await makeAccount({ email: 'eve@school.example', passwordHash })
    await refusedAs('eve', 'address-known')
    const owner = await signedInClient(node, { accountId })
    const connect = (client: TestClient, given: string) =>
      client.request(providerRoutes.connect, { providerId: id, password: given })
    await assert.rejects(connect(owner, 'not the password'), { code: 'sign-in-failed' })
    const { location } = await connect(owner, password)
    const answer = { providerId: id, ...(await elsewhere.visit(location, 'eve')) }
    // Whoever is signed in by now must be who began.
    const thief = await signedInClient(node)
    const cookie = `${thief.cookie()}; ${owner.cookie().replace(/(^|; )lectern=[^;]+/, '')}`
    const headers = { cookie, 'idempotency-key': randomUUID() }
    const stolen = await thief.raw('POST', `/session/providers/${id}/answer`, JSON.stringify(answer), headers)
    assert.equal(((await stolen.json()) as { code: string }).code, 'sign-in-over')
    assert.equal((await owner.request(providerRoutes.finish, answer)).did, 'connected')
    assert.equal((await accountOf('eve')).id, accountId)
    assert.ok((await trailOf(accountId)).includes('account.connected'))

    const late = await signedInClient(node, { accountId: await makeAccount({ passwordHash }) })
    const taken = await connect(late, password)
    const theirs = { providerId: id, ...(await elsewhere.visit(taken.location, 'eve')) }
    await assert.rejects(late.request(providerRoutes.finish, theirs), { code: 'identity-taken' })
    // With a second step the password is not enough for a way in that may ask for none.
    await sql("update sessions set created_at = now() - interval '1 hour' where account_id = $1", [late.accountId])
    await connect(late, password)
    const { key } = await late.request(factorRoutes.begin, { password })
    await late.request(factorRoutes.confirm, { code: new TOTP({ secret: Secret.fromBase32(key) }).generate() })
    await assert.rejects(connect(late, password), { code: 'sign-in-again' })
  })

  it('is taken away with the password, and never as the last way in', async () => {
    const { client, ended } = await comeIn('fay')
    assert.ok(ended.did === 'signed-in')
    const [one] = (await client.request(providerRoutes.mine)).items
    assert.ok(one)
    const disconnect = (input: { password?: string } = {}) =>
      client.request(providerRoutes.disconnect, { identityId: one.id, ...input })
    await assert.rejects(disconnect(), { code: 'last-way-in' })
    await sql("update sessions set created_at = now() - interval '1 hour' where account_id = $1", [ended.account.id])
    await assert.rejects(disconnect(), { code: 'sign-in-again' })
    await assert.rejects(client.request(accountRoutes.changePassword, { next: password }), { code: 'sign-in-again' })
    await comeIn('fay', client)
    await client.request(accountRoutes.changePassword, { next: password })
    await assert.rejects(disconnect({ password: 'not the password' }), { code: 'sign-in-failed' })
    await assert.rejects(disconnect(), { code: 'sign-in-failed' })
    const stranger = await signedInClient(node, { accountId: await makeAccount({ passwordHash }) })
    const foreign = stranger.request(providerRoutes.disconnect, { identityId: one.id, password })
    await assert.rejects(foreign, { code: 'not-found' })
    await disconnect({ password })
    await refusedAs('fay', 'address-known')
    assert.ok((await trailOf(ended.account.id)).includes('account.disconnected'))
  })

  it('opens nothing while it is switched off or removed, nor an account that is shut', async () => {
    const ada = await accountOf('ada')
    await admin.request(accountRoutes.suspend, { accountId: ada.id })
    await refusedAs('ada', 'account-shut')
    await admin.request(accountRoutes.reactivate, { accountId: ada.id })
    const client = await strangerClient(node)
    const { answer } = await away(client, 'ada')
    await meanwhile({ enabled: false }, async () => {
      await assert.rejects(client.request(providerRoutes.finish, answer), { code: 'provider-off' })
      await refusedAs('ada', 'provider-off')
      assert.deepEqual((await client.request(providerRoutes.offered)).items, [{ id: otherId, name: 'Other' }])
    })
    await admin.request(providerRoutes.remove, { providerId: id })
    await refusedAs('ada', 'not-found')
    await admin.request(providerRoutes.restore, { providerId: id })
    version++
    assert.equal((await accountOf('ada')).id, ada.id)
  })

  it('looks again before anybody is in: at the provider, and at who is connected', async () => {
    for (const [who, otherwise, code] of [
      ['ada', { enabled: false }, 'provider-off'],
      ['ivo', { newcomers: 'connected' }, 'sign-in-over'],
    ] as const) {
      elsewhere.delay(() => change(otherwise))
      await refusedAs(who, code)
      await change()
    }
    // Disconnected by another transaction, which has not committed when the sign-in reads who is connected.
    const { id: accountId } = await accountOf('ben')
    const client = await plain.connect()
    await client.query('begin')
    await client.query('delete from identities where account_id = $1', [accountId])
    const refused = refusedAs('ben', 'sign-in-over')
    await someoneWaits('%identities%')
    await client.query('commit')
    client.release()
    await refused
  })

  it('is followed by the second step, unless the provider is trusted for it and does not say otherwise', async () => {
    const { client, ended } = await comeIn('gil')
    assert.ok(ended.did === 'signed-in')
    const { key } = await client.request(factorRoutes.begin, {})
    const codeOf = (off: number) =>
      new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + off * 30_000 })
    // The step may end on the way, and the one before it is then too old: once more with the next.
    const confirm = () => client.request(factorRoutes.confirm, { code: codeOf(-1) })
    await confirm().catch(confirm)
    const { client: device, ended: asked } = await comeIn('gil')
    assert.ok(asked.did === 'asked-more')
    assert.equal((await device.request(accountRoutes.me)).account, null)
    await device.request(factorRoutes.finish, { ticket: asked.step.ticket, code: codeOf(0) })
    await meanwhile({ trusted: true }, async () => {
      assert.equal((await comeIn('gil')).ended.did, 'asked-more')
      elsewhere.falsify({ amr: undefined })
      assert.equal((await comeIn('gil')).ended.did, 'signed-in')
    })
    const hal = await accountOf('hal')
    await sql("update accounts set site_role = 'administrator' where id = $1", [hal.id])
    await admin.request(factorRoutes.changePolicy, { policy: 'staff' })
    const due = (await comeIn('hal')).ended
    assert.equal(due.did === 'asked-more' && due.step.step, 'second-step-due')
    await meanwhile({ trusted: true }, () => accountOf('hal'))
    await admin.request(factorRoutes.changePolicy, { policy: 'nobody' })
  })

  // From a network of its own, which is slow afterwards for every test of this process.
  it('slows down a network whose answers fail again and again', async () => {
    const client = await strangerClient(node)
    const { location } = await client.request(providerRoutes.begin, { providerId: id })
    const cookie = client.cookie()
    const answer = JSON.stringify({ providerId: id, ...(await elsewhere.visit(location, 'no')) })
    const network = { 'x-forwarded-for': '203.0.113.77' }
    const codes = new Set<string>()
    for (let tries = 0; tries < 200 && !codes.has('slow-down'); tries++) {
      const refused = await client.raw('POST', `/session/providers/${id}/answer`, answer, { cookie, ...network })
      codes.add(((await refused.json()) as { code: string }).code)
    }
    assert.deepEqual([...codes], ['provider-refused', 'slow-down'])
  })

  // The last of all: the provider is gone after it.
  it('says so where a provider does not answer, and lets nobody in', async () => {
    const client = await strangerClient(node)
    const { answer } = await away(client, 'ada')
    await elsewhere.stop()
    await assert.rejects(client.request(providerRoutes.finish, answer), { code: 'provider-silent' })
    assert.equal((await client.request(accountRoutes.me)).account, null)
  })
})
