// What the description of the API says of tokens, and what the door does: the same, for every route there is. Each is
// asked with the scope that is named for it and with all others together, in a form that is refused before it is done.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { tokenScope } from '#protocol/accounts/tokens.ts'
import { apiBase, bytesType } from '#protocol/base/call.ts'
import { callAreas, tokenParts } from '#protocol/base/reach.ts'
import { features } from '#server/features.ts'
import { hashSecret, newId } from '#server/platform/db/id.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeAccount } from './factories.ts'
import { type TestNode, testNode } from './harness.ts'

interface Operation {
  readonly name: string
  readonly method: string
  readonly path: string
  /** As the description names them; none where it says that no token may call it. */
  readonly scopes: readonly string[]
  readonly bytes: boolean
}

interface Described {
  readonly operationId: string
  readonly description: string
  readonly security: readonly { readonly token?: readonly string[] }[]
  readonly requestBody?: { readonly content: Record<string, unknown> }
  readonly responses: Record<string, unknown>
}

describe('what tokens reach', () => {
  let node: TestNode
  const operations: Operation[] = []
  const described: Described[] = []

  before(async () => {
    node = await testNode()
    const api = (await (await fetch(`${node.url}${apiBase}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Described>>
    }
    for (const [path, methods] of Object.entries(api.paths))
      for (const [method, one] of Object.entries(methods)) {
        described.push(one)
        operations.push({
          name: one.operationId,
          method: method.toUpperCase(),
          path: path.replace(/\{\w+\}/g, () => randomUUID()),
          scopes: one.security.flatMap(way => way.token ?? []),
          bytes: one.requestBody ? bytesType in one.requestBody.content : false,
        })
      }
  })

  async function tokenWith(accountId: string, scopes: readonly string[]): Promise<string> {
    const secret = randomUUID()
    await sql(
      `insert into access_tokens (id, account_id, token_hash, name, scopes, created_at) values ($1, $2, $3, 'x', $4, now())`,
      [newId(), accountId, hashSecret(secret), scopes],
    )
    return secret
  }

  // What is strange in the input is refused once the door has opened, before anything is done.
  async function ask({ method, path, bytes }: Operation, secret: string): Promise<{ code: string; scope: unknown }> {
    const answer = await fetch(`${node.url}${path}?strange=1`, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(bytes ? { 'content-type': bytesType } : {}) },
      ...(bytes ? { body: 'x' } : {}),
    })
    const text = await answer.text()
    if (answer.ok) return { code: 'ok', scope: undefined }
    const { code, params } = JSON.parse(text) as { code: string; params: { scope?: string } }
    return { code, scope: params.scope }
  }

  it('is described for every route', () => {
    const routes = features.flatMap(feature => feature.bindings ?? []).filter(({ spec }) => spec.method !== undefined)
    assert.deepEqual(operations.map(one => one.name).sort(), routes.map(({ spec }) => spec.name).sort())
    for (const one of described) {
      assert.ok('429' in one.responses, one.operationId)
      const [narrowest] = one.security.flatMap(way => way.token ?? [])
      assert.equal(
        one.description,
        narrowest === undefined ? 'No token may call this.' : `A token needs the scope ${narrowest}.`,
      )
    }
  })

  it('is the same at the door, for every route and every scope', async () => {
    const together = new Map<string, Operation[]>()
    for (const one of operations) {
      const key = one.scopes.join()
      together.set(key, [...(together.get(key) ?? []), one])
    }
    assert.ok(together.size > 40)
    const wrong: string[] = []
    // Each group with an account of its own, for all tokens of one have a budget together.
    for (const group of together.values()) {
      const accountId = await makeAccount({ name: 'Program' })
      const scopes = group[0]?.scopes ?? []
      const others = await tokenWith(
        accountId,
        tokenScope.options.filter(scope => !scopes.includes(scope)),
      )
      const fitting = await Promise.all(scopes.map(scope => tokenWith(accountId, [scope])))
      await Promise.all(
        group.map(async one => {
          const shut = await ask(one, others)
          const expected = scopes.length === 0 ? ['not-by-token', undefined] : ['out-of-scope', scopes[0]]
          if (shut.code !== expected[0] || shut.scope !== expected[1]) wrong.push(`${one.name} without: ${shut.code}`)
          // By the narrowest each; by the wider ones the first of those that name the same.
          for (const [index, secret] of (one === group[0] ? fitting : fitting.slice(0, 1)).entries()) {
            const { code } = await ask(one, secret)
            if (['out-of-scope', 'not-by-token', 'not-signed-in', 'slow-down', 'internal'].includes(code))
              wrong.push(`${one.name} with ${scopes[index]}: ${code}`)
          }
        }),
      )
    }
    assert.deepEqual(wrong, [])
  })

  it('is decided by names that are there: every area, every verb apart, every part', () => {
    const names = new Set(features.flatMap(feature => feature.bindings ?? []).map(({ spec }) => spec.name))
    const parts = new Set<string>()
    for (const [area, decided] of Object.entries(callAreas)) {
      if (area !== 'realtime')
        assert.ok(
          [...names].some(name => name.startsWith(`${area}.`)),
          area,
        )
      if (decided.opened !== null) parts.add(decided.opened)
      for (const [verb, part] of Object.entries('but' in decided ? decided.but : {})) {
        assert.ok(names.has(`${area}.${verb}`), `${area}.${verb}`)
        if (part !== null) parts.add(part)
      }
    }
    assert.deepEqual([...parts].sort(), Object.keys(tokenParts).sort())
  })

  it('is never a way in, a session, another token, or somebody else’s eyes', () => {
    const never = operations.filter(one => one.scopes.length === 0).map(one => one.name)
    const areas = new Set(never.map(name => name.slice(0, name.indexOf('.'))))
    assert.deepEqual([...areas].sort(), ['accounts', 'check', 'consent', 'factors', 'preview', 'providers'])
    for (const verb of ['signIn', 'listDevices', 'endDevice', 'createToken', 'listTokens', 'changePassword', 'merge'])
      assert.ok(never.includes(`accounts.${verb}`), verb)
    for (const verb of ['makeSignInLink', 'makeSignInLinks', 'changeSiteRole', 'changeProfile', 'joinByInvitation'])
      assert.ok(never.includes(`accounts.${verb}`), verb)
    const ofEverything = operations.filter(one => one.scopes.includes('all:write')).map(one => one.name)
    for (const area of ['access', 'privacy', 'audit', 'imports', 'webhooks', 'observers', 'meetingServers'])
      assert.ok(!ofEverything.some(name => name.startsWith(`${area}.`)), area)
  })
})
