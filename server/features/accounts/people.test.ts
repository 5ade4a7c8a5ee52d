// The school's people at the doors of administrators: found, let in, shut out at once, merged.
import assert from 'node:assert/strict'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { profileScope } from '#protocol/accounts/profile.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { auditRoutes } from '#protocol/audit.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { hashPassword } from './actions/passwords.ts'

describe("the school's people", () => {
  let node: TestNode
  let boss: TestClient
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Boss' })
  })

  const find = async (search: string) => (await boss.request(peopleRoutes.people, { search })).items

  it('are found by name and address, filtered, and paged in both orders', async () => {
    for (const name of ['Zoë 100%', 'zora', 'Zeno', 'Zadie', 'ZZ_Top']) await makeAccount({ name })
    await makeAccount({ name: 'Zed', role: 'guest' })
    const kinds = async (kind?: 'member' | 'guest') =>
      (await boss.request(peopleRoutes.people, { search: 'ze', ...(kind ? { kind } : {}) })).items.map(one => one.name)
    assert.deepEqual(await kinds(), ['Zed', 'Zeno'])
    assert.deepEqual(await kinds('member'), ['Zeno'])
    assert.deepEqual(await kinds('guest'), ['Zed'])
    const names = async (input: Parameters<typeof boss.request<typeof peopleRoutes.people>>[1]) => {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await boss.request(peopleRoutes.people, { limit: 2, ...input, ...(after ? { after } : {}) })
        seen.push(...page.items.map(one => one.name))
        after = page.next
      } while (after)
      return seen
    }
    assert.deepEqual(await names({ search: 'z' }), ['Zadie', 'Zed', 'Zeno', 'Zoë 100%', 'zora', 'ZZ_Top'])
    assert.deepEqual(await names({ search: 'z', sort: 'newest' }), [
      'Zed',
      'ZZ_Top',
      'Zadie',
      'Zeno',
      'zora',
      'Zoë 100%',
    ])
    assert.deepEqual(await names({ search: '100%' }), ['Zoë 100%'])
    assert.deepEqual(await names({ search: 'z_t' }), ['ZZ_Top'])
    assert.deepEqual(await names({ search: 'z', siteRole: 'guest' }), ['Zed'])
    assert.equal((await names({ search: 'z', state: 'waiting' })).length, 5, 'nobody of them has a password')
    const counts = await boss.request(peopleRoutes.countPeople)
    assert.deepEqual([counts.guests, counts.suspended], [1, 0])
  })

  it('get a link each at once, but for those who come in already: earlier ones end, and each is recorded', async () => {
    const [ann, ben, shut, gone] = await Promise.all(
      ['Ann', 'Ben', 'Shut', 'Gone'].map(name => makeAccount({ name, email: `${name.toLowerCase()}@links.example` })),
    )
    const there = (await signedInClient(node, { name: 'There' })).accountId
    await sql('update accounts set suspended_at = now() where id = $1', [shut])
    await sql('update accounts set erased_at = now(), email = null where id = $1', [gone])
    const ids = [ben, ann, there, shut, gone].map(id => id ?? assert.fail())
    const { link } = await boss.request(peopleRoutes.makeSignInLink, { accountId: ids[0] ?? assert.fail() })
    const { links, refused } = await boss.request(peopleRoutes.makeSignInLinks, { accountIds: [...ids, ...ids] })
    assert.deepEqual(
      links.map(one => [one.accountId, one.name, one.email]),
      [
        [ben, 'Ben', 'ben@links.example'],
        [ann, 'Ann', 'ann@links.example'],
      ],
    )
    assert.deepEqual(
      refused.map(one => one.why),
      ['comes-in', 'suspended', 'gone'],
    )
    const stranger = await strangerClient(node)
    const look = async (token: string) => (await stranger.request(accountRoutes.getInvitation, { token })).invitation
    await assert.rejects(look(link.token), { code: 'link-withdrawn' })
    for (const one of links) assert.equal((await look(one.token)).name, one.name)
    const [kept] = await sql<{ n: number }>(
      "select count(*)::int as n from audit_entries where verb = 'account.link-made' and subject_id = any($1::text[])",
      [ids],
    )
    assert.equal(kept?.n, 3)
    const member = await signedInClient(node, { name: 'Member' })
    await assert.rejects(member.request(peopleRoutes.makeSignInLinks, { accountIds: ids }), { code: 'not-allowed' })
  })

  it('are added with a link, by which they choose a password and come in; it works once, and the latest alone', async () => {
    const email = 'ines@people.example'
    const { accountId, link } = await boss.request(peopleRoutes.addPerson, { name: 'Ines', email })
    await assert.rejects(boss.request(peopleRoutes.addPerson, { name: 'Other', email }), { code: 'email-taken' })
    const again = (await boss.request(peopleRoutes.makeSignInLink, { accountId })).link
    const device = await strangerClient(node)
    const person = { name: 'Inês', email, password: 'three quiet words' }
    const accept = (token: string, as = person) => device.request(accountRoutes.acceptInvitation, { token, ...as })
    await assert.rejects(accept(link.token), { code: 'link-withdrawn' })
    const { invitation } = await device.request(accountRoutes.getInvitation, { token: again.token })
    assert.deepEqual([invitation.name, invitation.newPassword], [(await find(email))[0]?.name, null])
    await assert.rejects(accept(again.token, { ...person, email: 'else@people.example' }), {
      code: 'link-not-yours',
    })
    const { account } = await accept(again.token)
    assert.deepEqual([account.id, account.name], [accountId, 'Inês'])
    assert.equal((await device.request(accountRoutes.me)).account?.id, accountId)
    await assert.rejects(accept(again.token), { code: 'link-used' })
    assert.equal((await find('inês'))[0]?.state, 'active')
    // Whoever has a password already is led to a new one, not to an account.
    const third = (await boss.request(peopleRoutes.makeSignInLink, { accountId })).link
    const anew = (await device.request(accountRoutes.getInvitation, { token: third.token })).invitation
    assert.deepEqual(anew.newPassword, { name: 'Inês' })
  })

  it('that are suspended lose sockets, devices and tokens at once, and come back when let in again', async () => {
    const { courseId } = await makeCourse('Biology')
    const victim = await signedInClient(node, { accountId: await makePerson(courseId, 'learner', 'Vic') })
    const { accountId } = victim
    const { secret } = await victim.request(tokenRoutes.createToken, { name: 'Program', scopes: ['courses:read'] })
    await victim.subscribe(userScope, accountId)
    const asked = () => fetch(`${node.url}/api/v1/courses`, { headers: { authorization: `Bearer ${secret}` } })
    assert.equal((await asked()).status, 200)
    const seen = (await find('Vic'))[0]?.lastSeenAt
    assert.ok(seen)
    const from = Date.now()
    await boss.request(accountRoutes.suspend, { accountId, reason: 'Lost laptop' })
    await victim.dismissed()
    assert.ok(Date.now() - from < 5_000, `${Date.now() - from} ms`)
    assert.equal((await asked()).status, 401)
    await assert.rejects(victim.request(courseRoutes.list, {}), { code: 'not-signed-in' })
    assert.deepEqual(
      (await find('Vic')).map(one => [one.state, one.lastSeenAt]),
      [['suspended', seen]],
    )
    await assert.rejects(boss.request(peopleRoutes.makeSignInLink, { accountId }), { code: 'not-allowed' })
    await boss.request(accountRoutes.reactivate, { accountId })
    // A program is let in anew by a token of its own: the one that may be in wrong hands is over.
    assert.equal((await asked()).status, 401)
    const rows = await sql<{ details: string }>(
      `select d.details from audit_entries e join audit_details d on d.entry_id = e.id
        where e.verb = 'account.suspended' and e.subject_id = $1`,
      [accountId],
    )
    assert.deepEqual(
      rows.map(row => JSON.parse(row.details)),
      [{ reason: 'Lost laptop', lastSeenAt: seen, tokens: 1 }],
    )
    // Let in again, but on no device; and still known for when they were here.
    assert.equal((await victim.request(accountRoutes.me)).account, null)
    assert.equal((await find('Vic'))[0]?.lastSeenAt, seen)
  })

  it('are let in again without the old password, which may be in wrong hands, and by a link alone', async () => {
    const email = 'stolen@school.example'
    const accountId = await makeAccount({
      name: 'Stolen',
      email,
      passwordHash: await hashPassword('a thief knows this'),
    })
    const stranger = await strangerClient(node)
    const enter = () => stranger.request(accountRoutes.signIn, { email, password: 'a thief knows this' })
    await enter()
    const reader = await signedInClient(node, { role: 'administrator', name: 'Reader' })
    const follows = await reader.subscribe(profileScope, accountId)
    await boss.request(accountRoutes.suspend, { accountId })
    await assert.rejects(enter(), { code: 'account-shut' })
    await boss.request(accountRoutes.reactivate, { accountId, endPassword: true })
    await assert.rejects(enter(), { code: 'sign-in-failed' })
    await waitFor(() => follows.events.length === 2, 'the page of the other administrator to be told twice')
    const { link } = await boss.request(peopleRoutes.makeSignInLink, { accountId })
    const device = await strangerClient(node)
    const chosen = { name: 'Stolen', email, password: 'nobody else knows this' }
    await device.request(accountRoutes.acceptInvitation, { token: link.token, ...chosen })
    assert.equal((await device.request(accountRoutes.me)).account?.id, accountId)
  })

  it('become administrators and cease to be, but nobody by themselves', async () => {
    const other = await signedInClient(node, { name: 'Other' })
    const change = (accountId: string, siteRole: 'administrator' | 'member') =>
      boss.request(peopleRoutes.changeSiteRole, { accountId: accountId as typeof other.accountId, siteRole })
    await change(other.accountId, 'administrator')
    await other.request(peopleRoutes.countPeople)
    await change(other.accountId, 'member')
    await assert.rejects(other.request(peopleRoutes.countPeople), { code: 'not-allowed' })
    const { account } = await boss.request(accountRoutes.me)
    await assert.rejects(change(account?.id ?? '', 'member'), { code: 'not-allowed' })
  })

  it('are merged after a look at what goes over, and gone from the list', async () => {
    const { courseId } = await makeCourse('Chemistry')
    const guest = await makePerson(courseId, 'learner', 'Mara (phone)')
    const into = await makeAccount({ name: 'Mara' })
    const { moves } = await boss.request(peopleRoutes.previewMerge, { accountId: guest, into })
    assert.equal(moves.find(one => one.feature === 'courses')?.count, 1)
    await boss.request(peopleRoutes.merge, { accountId: guest, into })
    assert.deepEqual(
      (await find('Mara')).map(one => one.name),
      ['Mara'],
    )
    // The trail names what its details speak of.
    const { items } = await boss.request(auditRoutes.list, { about: into, limit: 50 })
    assert.deepEqual(items.find(one => one.verb === 'account.merged')?.names, { [guest]: 'Mara (phone)' })
    const mara = await signedInClient(node, { accountId: into })
    assert.deepEqual(
      (await mara.request(courseRoutes.list, {})).items.map(one => one.title),
      ['Chemistry'],
    )
    await assert.rejects(boss.request(peopleRoutes.merge, { accountId: into, into: guest }), { code: 'not-found' })
  })
})
