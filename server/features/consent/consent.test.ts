// Consent over a real node: nothing but reading the text, one's data and the way out is open before, at both doors and to
// programs; versions ask anew or inform; a guardian agrees for a minor; guests are never asked.
import assert from 'node:assert/strict'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { tokenRoutes } from '#protocol/accounts/tokens.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { consentRoutes } from '#protocol/consent.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { observerRoutes } from '#protocol/observers.ts'
import { todayRoutes } from '#protocol/today.ts'
import { exportAccount, mergeAccounts } from '#server/features/accounts/index.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode } from '#server/test/harness.ts'

type Client = Awaited<ReturnType<typeof signedInClient>>

describe('consent', () => {
  let node: TestNode
  let ada: Client
  let lena: Client
  let version = 0
  const lenasEmail = 'lena.consent@example.org'

  before(async () => {
    node = await testNode()
    ada = await signedInClient(node, { role: 'administrator', name: 'Ada Admin' })
    lena = await signedInClient(node, { name: 'Lena', email: lenasEmail })
  })

  const texts = [
    { language: 'en' as const, title: 'Privacy', body: 'We keep little.' },
    { language: 'ar' as const, title: 'الخصوصية', body: 'نحفظ القليل.' },
  ]
  const publish = async (more: object = {}) => {
    const input = { version, texts, asks: 'again' as const, minors: 'wait' as const, ...more }
    version = (await ada.request(consentRoutes.publish, input)).version
  }
  const agree = (who: Client) => who.request(consentRoutes.agree, { version })
  const shut = (who: Client, code = 'consent-due') => assert.rejects(who.request(todayRoutes.list, {}), { code })
  const open = (who: Client) => who.request(todayRoutes.list, {})

  it('asks nobody before there is a text, and is published by administrators alone', async () => {
    await open(lena)
    assert.deepEqual((await lena.request(consentRoutes.mine, {})).state, 'agreed')
    const input = { version: 0, texts, asks: 'again' as const, minors: 'wait' as const }
    await assert.rejects(lena.request(consentRoutes.publish, input), { code: 'not-allowed' })
    await assert.rejects(agree(lena), { code: 'conflict' })
  })

  it('shuts everything but the text, the data and the way out, at once and on sockets that are open', async () => {
    const lenas = await lena.request(tokenRoutes.createToken, { name: 'A program', scopes: ['all:read'], days: null })
    await lena.subscribe(userScope, lena.accountId)
    await publish()
    await lena.dismissed()
    await shut(lena)
    await assert.rejects(lena.request(courseRoutes.create, { title: 'Mine' }), { code: 'consent-due' })
    const byToken = await fetch(`${node.url}/api/v1/today`, { headers: { authorization: `Bearer ${lenas.secret}` } })
    assert.deepEqual([byToken.status, ((await byToken.json()) as { code: string }).code], [403, 'consent-due'])
    const again = await signedInClient(node, { accountId: lena.accountId })
    await assert.rejects(again.subscribe(userScope, lena.accountId), { code: 'not-signed-in' })
    assert.equal((await lena.request(accountRoutes.me, {})).owes, 'consent')
    assert.equal((await lena.raw('GET', '/me/export')).status, 200)
    const { text, state } = await lena.request(consentRoutes.mine, {})
    assert.deepEqual([text?.title, text?.version, state], ['Privacy', 1, 'due'])
    await agree(ada)
  })

  it('is agreed to once, kept with version and time, and opens everything', async () => {
    await agree(lena)
    await agree(lena)
    await open(lena)
    const { agreements, state } = await lena.request(consentRoutes.mine, {})
    assert.deepEqual([state, agreements.map(one => [one.version, one.by])], ['agreed', [[1, null]]])
    assert.equal(
      ((await exportAccount(testCtx(), lena.accountId)).consent as { agreements: unknown[] }).agreements.length,
      1,
    )
    const back = await signedInClient(node, { accountId: lena.accountId })
    await back.subscribe(userScope, lena.accountId)
  })

  it('asks anew with the next version, or informs, and knows whether somebody was faster', async () => {
    await assert.rejects(publish({ version: 0 }), { code: 'conflict' })
    await publish({ asks: 'inform' })
    await open(lena)
    assert.equal((await lena.request(consentRoutes.mine, {})).text?.version, 2)
    await publish()
    await shut(lena)
    await assert.rejects(lena.request(consentRoutes.agree, { version: 2 }), { code: 'conflict' })
    await agree(ada)
    const { items } = await ada.request(consentRoutes.missing, { limit: 200 })
    assert.ok(items.some(one => one.email === lenasEmail))
    assert.match(await (await ada.raw('GET', '/consent/missing.csv')).text(), /"lena\.consent@example\.org"/)
    await agree(lena)
    assert.ok(!(await ada.request(consentRoutes.missing, { limit: 200 })).items.some(one => one.email === lenasEmail))
  })

  it('is agreed to by a guardian for a minor, who waits or works as the school says', async () => {
    const mia = await signedInClient(node, { name: 'Mia Minor' })
    await agree(mia)
    await ada.request(peopleRoutes.changeMinor, { accountId: mia.accountId, minor: true })
    await publish()
    await agree(ada)
    await agree(lena)
    await shut(mia, 'guardian-due')
    await assert.rejects(agree(mia), { code: 'guardian-due' })
    await ada.request(consentRoutes.changeMinors, { minors: 'work' })
    await open(mia)
    assert.equal((await mia.request(consentRoutes.mine, {})).state, 'guardian')
    await ada.request(consentRoutes.changeMinors, { minors: 'wait' })
    const forMia = () => lena.request(consentRoutes.agreeFor, { accountId: mia.accountId, version })
    await assert.rejects(forMia(), { code: 'not-found' })
    // Whoever merely observes agrees for nobody.
    const link = { accountId: mia.accountId, email: lenasEmail }
    const { observer } = await ada.request(observerRoutes.add, link)
    await assert.rejects(forMia(), { code: 'not-found' })
    await ada.request(observerRoutes.end, { observationId: observer.id })
    await ada.request(observerRoutes.add, { ...link, kind: 'guardian' })
    assert.deepEqual((await lena.request(consentRoutes.mine, {})).minors, [
      { accountId: mia.accountId, name: 'Mia Minor' },
    ])
    await forMia()
    await open(mia)
    assert.deepEqual((await lena.request(consentRoutes.mine, {})).minors, [])
    assert.equal((await mia.request(consentRoutes.mine, {})).agreements[0]?.by, 'Lena')
  })

  it('never asks guests', async () => {
    const guest = await signedInClient(node, { role: 'guest' })
    assert.equal((await guest.request(accountRoutes.me, {})).owes, null)
    await assert.rejects(guest.request(consentRoutes.agree, { version }), { code: 'not-for-guests' })
  })

  it('goes with the account that stays', async () => {
    const [from, into] = [await signedInClient(node), await makeAccount()]
    await agree(from)
    await arrange(ctx => mergeAccounts(ctx, from.accountId, into))
    await open(await signedInClient(node, { accountId: into }))
  })
})
