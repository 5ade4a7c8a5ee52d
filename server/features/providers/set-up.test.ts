// Setting providers up and trying them out over real HTTP: what is taken, what is never told, what a trial says.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { auditRoutes } from '#protocol/audit.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import { type ProviderId, type ProviderSettings, providerRoutes } from '#protocol/providers.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import { type OidcProvider, oidcProvider } from '#server/test/oidc-provider.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { countKeys } from './actions/trial.ts'
import { providers } from './tables.ts'

describe('setting up a provider', () => {
  let node: TestNode
  let elsewhere: OidcProvider
  let admin: TestClient & { accountId: AccountId }
  let settings: ProviderSettings
  const id = randomUUID() as ProviderId

  before(async () => {
    node = await testNode()
    elsewhere = await oidcProvider({ ada: { email: 'ada@school.example', email_verified: true } })
    admin = await signedInClient(node, { role: 'administrator' })
    const { issuer, client } = elsewhere
    settings = {
      ...{ name: 'Campus', issuer, clientId: client.clientId, scopes: ['email', 'profile'] },
      ...{ newcomers: 'domains', domains: ['school.example'] },
      ...{ vouched: false, minors: false, trusted: false, enabled: true },
    }
    await admin.request(providerRoutes.create, { providerId: id, ...settings, secret: client.secret })
    const person = await strangerClient(node)
    const { location } = await person.request(providerRoutes.begin, { providerId: id })
    await person.request(providerRoutes.finish, { providerId: id, ...(await elsewhere.visit(location, 'ada')) })
  })

  it('is set up by administrators, who never read a secret again', async () => {
    const secret = 'a secret of theirs'
    const issuer = 'https://login.example/realms/a'
    const providerId = randomUUID() as ProviderId
    const create = (given: object) =>
      admin.request(providerRoutes.create, { providerId, ...settings, secret, ...given })
    for (const odd of [
      'http://login.example/',
      'https://a@login.example/',
      'https://login.example/?a',
      'login.example',
    ])
      await assert.rejects(create({ issuer: odd }), { code: 'malformed' })
    await assert.rejects(create({ issuer, domains: [] }), { code: 'malformed' })
    await assert.rejects(create({}), { code: 'issuer-known' })
    const { provider } = await create({ issuer: 'HTTPS://Login.Example:443/realms/a', enabled: false })
    assert.deepEqual([provider.issuer, provider.secret, provider.people], [issuer, true, 0])
    const same = { providerId, ...settings, issuer, version: provider.version }
    const kept = await admin.request(providerRoutes.change, { ...same, name: 'Renamed' })
    assert.equal(kept.provider.secret, true)
    await assert.rejects(admin.request(providerRoutes.change, same), { code: 'conflict' })
    const away = { ...same, issuer: 'https://thief.example/', version: kept.provider.version }
    await assert.rejects(admin.request(providerRoutes.change, away), { code: 'malformed' })
    const moved = { providerId: id, version: 0, ...settings, issuer: 'https://moved.example/' }
    await assert.rejects(admin.request(providerRoutes.change, moved), { code: 'issuer-in-use' })
    const row = await providers.findByPk(providerId, { rejectOnEmpty: true })
    assert.ok(!row.sealedSecret?.includes(secret))
    const told = JSON.stringify([
      await admin.request(providerRoutes.list),
      await admin.request(auditRoutes.list, { limit: 50 }),
      await sql('select result from operations'),
    ])
    assert.ok(told.includes('provider.changed') && !told.includes(secret))
    await admin.request(providerRoutes.remove, { providerId })
  })

  it('asks for keys where a provider may keep them, and reads no more than keys take', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved') return void response.writeHead(302, { location: '/keys' }).end('{"keys":[{}]}')
      response.end(JSON.stringify({ keys: [{}], more: request.url === '/long' ? 'x'.repeat(1_000_000) : '' }))
    })
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve)
    })
    try {
      const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      assert.equal(await countKeys(here, `${here}/keys`), 1)
      assert.equal(await countKeys('https://login.example/', `${here}/keys`), 0)
      assert.equal(await countKeys(here, `${here}/long`), 0)
      assert.equal(await countKeys(here, `${here}/moved`), 0)
      assert.equal(await countKeys(here, 'data:application/json,{"keys":[1]}'), 0)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it('is tried out, and says what is wrong', async () => {
    const { clientId, secret } = elsewhere.client
    const given = { providerId: id, issuer: elsewhere.issuer, clientId, scopes: ['email', 'shoes'], secret }
    const found = async (otherwise: object = {}) => {
      const { findings } = await admin.request(providerRoutes.test, { ...given, ...otherwise })
      return findings.map(one => one.code)
    }
    assert.deepEqual(await found(), ['found', 'keys', 'scopes-unknown', 'client-known'])
    assert.deepEqual((await found({ secret: undefined })).at(-1), 'client-known', 'with the secret that is kept')
    const thief = await oidcProvider({})
    const asked = { issuer: thief.issuer, secret: undefined }
    assert.deepEqual((await found(asked)).at(-1), 'client-unknown', 'without the secret that is kept for another')
    assert.deepEqual((await found({ secret: 'wrong' })).at(-1), 'client-unknown')
    assert.deepEqual(await found({ issuer: elsewhere.issuer.replace('127.0.0.1', 'localhost') }), ['other-issuer'])
    assert.deepEqual(await found({ issuer: `${elsewhere.issuer}nothing/` }), ['no-provider'])
    await elsewhere.stop()
    assert.deepEqual(await found(), ['silent'])
  })
})
