// Access tokens at the door: what they open, what ends them, and a course set up by a program that has nothing else.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TokenScope, tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { activityRoutes } from '#protocol/activities.ts'
import { apiBase, type InputBefore, type Named, type Output, type RouteSpec } from '#protocol/base/call.ts'
import type { AccountId } from '#protocol/base/ids.ts'
import type { ProblemBody } from '#protocol/base/problems.ts'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeAccount, signedInClient } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'

type Answer = { status: number; body: Record<string, unknown> & Partial<ProblemBody> }

describe('access tokens', () => {
  let node: TestNode
  let owner: TestClient
  let accountId: AccountId

  before(async () => {
    node = await testNode()
    accountId = await makeAccount({ name: 'Owner' })
    owner = await signedInClient(node, { accountId })
  })

  /** A request with nothing but a token, as a program makes it. */
  async function ask(secret: string, method: string, path: string, body?: object, cookie = ''): Promise<Answer> {
    const response = await fetch(`${node.url}${apiBase}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(cookie ? { cookie } : {}),
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const make = (input: InputBefore<typeof tokenRoutes.createToken>) => owner.request(tokenRoutes.createToken, input)
  const told = ({ status, body }: Answer) => [status, body.code ?? 'done']

  it('open what their scopes name, as their person, and say which scope is missing', async () => {
    const { secret, token } = await make({ name: 'Reader', scopes: ['courses:read', 'accounts:read'] })
    assert.match(secret, /^lectern_[\w-]{22}$/)
    const me = await ask(secret, 'GET', '/me')
    assert.equal((me.body.account as { id: string }).id, accountId)
    assert.deepEqual(told(await ask(secret, 'GET', '/courses')), [200, 'done'])
    const refused = await ask(secret, 'POST', '/courses', { title: 'No' })
    assert.deepEqual(told(refused), [403, 'out-of-scope'])
    assert.deepEqual(refused.body.params, { scope: 'courses:write' })
    assert.deepEqual(told(await ask(secret, 'GET', '/today')), [403, 'out-of-scope'])
    const [listed] = (await owner.request(tokenRoutes.listTokens)).items
    assert.equal(listed?.id, token.id)
    assert.ok(listed?.lastUsedAt, 'its owner sees that it is used')
  })

  it('open search, notifications, progress and overview, each by its own scope and to its person alone', async () => {
    const asked = { search: '/search?words=a', notifications: '/notifications', progress: '/progress' } as const
    for (const [feature, path] of Object.entries(asked)) {
      const { secret } = await make({ name: feature, scopes: [`${feature}:read` as TokenScope] })
      const answers = await Promise.all(Object.values(asked).map(one => ask(secret, 'GET', one)))
      assert.deepEqual(
        answers.map(answer => answer.status),
        Object.values(asked).map(one => (one === path ? 200 : 403)),
        feature,
      )
    }
    // What its person may not see no scope opens.
    const { secret } = await make({ name: 'Site', scopes: ['overview:read', 'participation:read'] })
    assert.ok((await ask(secret, 'GET', '/participation')).status >= 403)
    await assert.rejects(make({ name: 'Strange', scopes: ['search:write'] as never }), { code: 'malformed' })
  })

  it('never reach the account itself, whatever they hold', async () => {
    const { secret } = await make({ name: 'All', scopes: ['all:write'] })
    const more = { name: 'More', scopes: ['all:write'] }
    assert.deepEqual(told(await ask(secret, 'POST', '/me/tokens', more)), [403, 'not-by-token'])
    assert.deepEqual(told(await ask(secret, 'DELETE', '/session')), [403, 'not-by-token'])
    const password = { current: 'x', next: 'a long new password' }
    assert.deepEqual(told(await ask(secret, 'POST', '/me/password', password)), [403, 'not-by-token'])
  })

  it('are refused when they are none, even beside a good cookie', async () => {
    for (const wrong of ['lectern_AAAAAAAAAAAAAAAAAAAAAA', 'x', 'y'.repeat(5_000)])
      assert.deepEqual(told(await ask(wrong, 'GET', '/courses', undefined, owner.cookie())), [401, 'not-signed-in'])
    const basic = await owner.raw('GET', '/courses', undefined, { authorization: 'Basic bWU6bWU=' })
    assert.equal(basic.status, 401)
  })

  it('end when they are revoked, run out, or their person is suspended', async () => {
    const revoked = await make({ name: 'Revoked', scopes: ['courses:read'] })
    await owner.request(tokenRoutes.revokeToken, { tokenId: revoked.token.id })
    assert.deepEqual(told(await ask(revoked.secret, 'GET', '/courses')), [401, 'not-signed-in'])
    const other = await signedInClient(node, {})
    const kept = await make({ name: 'Kept', scopes: ['courses:read'], days: null })
    assert.equal(kept.token.expiresAt, null)
    await assert.rejects(other.request(tokenRoutes.revokeToken, { tokenId: kept.token.id }), { code: 'not-found' })

    const short = await make({ name: 'Short', scopes: ['courses:read'], days: 1 })
    await sql("update access_tokens set expires_at = now() - interval '1 second' where id = $1", [short.token.id])
    assert.deepEqual(told(await ask(short.secret, 'GET', '/courses')), [401, 'not-signed-in'])

    const administrator = await signedInClient(node, { role: 'administrator' })
    await administrator.request(accountRoutes.suspend, { accountId })
    assert.deepEqual(told(await ask(kept.secret, 'GET', '/courses')), [401, 'not-signed-in'])
    await administrator.request(accountRoutes.reactivate, { accountId })
    // What a program was let in by does not wake again with the account.
    assert.deepEqual(told(await ask(kept.secret, 'GET', '/courses')), [401, 'not-signed-in'])
    owner = await signedInClient(node, { accountId })
  })

  it('are kept as hashes only, and their secret in no operation', async () => {
    const { secret } = await make({ name: 'Hidden', scopes: ['courses:read'] })
    for (const table of ['access_tokens', 'operations', 'events', 'audit_entries', 'audit_details']) {
      const rows = await sql(`select to_jsonb(t)::text as text from ${table} t`)
      assert.ok(!JSON.stringify(rows).includes(secret), table)
    }
  })

  it('are not for guests, and not more than there may be', async () => {
    const guest = await signedInClient(node, { role: 'guest' })
    const input = { name: 'Guest', scopes: ['all:read' as const] }
    await assert.rejects(guest.request(tokenRoutes.createToken, input), { code: 'not-allowed' })
    await sql(
      `insert into access_tokens (id, account_id, token_hash, name, scopes, created_at)
       select gen_random_uuid(), $1, sha256(n::text::bytea), 'many', '{all:read}', now() from generate_series(1, 50) n`,
      [accountId],
    )
    await assert.rejects(make(input), { code: 'too-many' })
    await sql("delete from access_tokens where name = 'many'")
    await assert.rejects(make({ name: 'Strange', scopes: ['accounts:write'] as never }), { code: 'malformed' })
    await assert.rejects(make({ name: 'Empty', scopes: [] }), { code: 'malformed' })
  })

  it('set up a whole course by the API alone, and a person in it sees each step as it happens', async () => {
    const { secret } = await make({ name: 'Term setup', scopes: ['all:write'], days: 1 })
    async function program<S extends Named<RouteSpec>>(route: S, input: InputBefore<S>): Promise<Output<S>> {
      const left = { ...(input as Record<string, unknown>) }
      const path = route.path.replace(/:(\w+)/g, (_, key: string) => {
        const value = String(left[key])
        delete left[key]
        return value
      })
      const { status, body } = await ask(secret, route.method, path, route.method === 'GET' ? undefined : left)
      assert.equal(status, 200, JSON.stringify(body))
      return body as Output<S>
    }
    const { course } = await program(courseRoutes.create, { title: 'By program', shortName: 'BP' })
    const { joinCode: code } = await program(peopleRoutes.renewJoinCode, { courseId: course.id })
    const learner = await signedInClient(node, {})
    await learner.request(peopleRoutes.join, { code })
    const home = await learner.subscribe(courseScope, course.id)

    const { module } = await program(outlineRoutes.createModule, { courseId: course.id, title: 'Week 1' })
    await home.until(state => state.modules.some(one => one.title === 'Week 1'))
    const page = { courseId: course.id, moduleId: module.id, title: 'Welcome', body: '# Hello', published: true }
    await program(contentRoutes.createPage, page)
    await home.until(state => state.items.some(one => one.title === 'Welcome'))
    const quiz = await program(activityRoutes.create, {
      courseId: course.id,
      moduleId: module.id,
      kind: 'quiz',
      title: 'Check',
    })
    await program(activityRoutes.addItem, {
      activityId: quiz.id,
      question: { type: 'true-false', body: { prompt: 'Water is wet.' }, key: { optionIds: ['true'] } },
    })
    const { course: read } = await program(courseRoutes.get, { courseId: course.id })
    assert.equal(read.title, 'By program')
    const api = (await (await fetch(`${node.url}${apiBase}/openapi.json`)).json()) as { paths: object }
    for (const { path } of [courseRoutes.create, contentRoutes.createPage, activityRoutes.addItem])
      assert.ok(`${apiBase}${path.replace(/:(\w+)/g, '{$1}')}` in api.paths, path)
  })
})
