// One's own data: a copy that holds what is kept and nothing of others, seen to come along on every device; and the end
// of an account, after which nothing names the person, which is proven by a look that finds what is planted.
import assert from 'node:assert/strict'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { profileRoutes } from '#protocol/accounts/profile.ts'
import { accountRoutes, userScope } from '#protocol/accounts.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { channelCalls, channelScope } from '#protocol/channels.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { notificationRoutes } from '#protocol/notifications.ts'
import { privacyRoutes, privacyScope } from '#protocol/privacy.ts'
import { todayRoutes } from '#protocol/today.ts'
import { accounts, hashPassword } from '#server/features/accounts/index.ts'
import { auditEntries } from '#server/features/audit/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { diskBlobs } from '#server/platform/storage/blobs.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { assertConverges } from '#server/test/converge.ts'
import { arrange, makeAccount, signedInClient, testCtx } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { uploadFile } from '#server/test/uploads.ts'
import { unzip } from '#server/test/zip.ts'
import { exportJob, startExport } from './actions/export.ts'
import { findLeftovers } from './queries/leftovers.ts'

describe("one's own data", () => {
  let node: TestNode
  let boss: Awaited<ReturnType<typeof signedInClient>>
  let courseId: Awaited<ReturnType<typeof makeCourse>>['courseId']
  let instructor: TestClient
  let chatId = ''
  before(async () => {
    node = await testNode()
    boss = await signedInClient(node, { role: 'administrator', name: 'Boss' })
    const course = await makeCourse('Physics')
    courseId = course.courseId
    instructor = await signedInClient(node, { accountId: course.instructorId })
    const { items } = await instructor.request(inboxRoutes.list, { courseId })
    chatId = items.find(one => one.channel.form === 'chat')?.channel.id ?? assert.fail()
  })
  const learner = async (name: string) => {
    const accountId = await makePerson(courseId, 'learner', name)
    return signedInClient(node, { accountId })
  }
  const content = (client: TestClient, exportId: string, headers: Record<string, string> = {}) =>
    client.raw('GET', `${privacyRoutes.exportContent.path.replace(':exportId', exportId)}`, undefined, headers)

  it('is copied into a file for the person alone, which another device of theirs sees come along', async () => {
    const mina = await learner('Mina <Quux>')
    const phone = await signedInClient(node, { accountId: mina.accountId })
    const { account } = await mina.request(accountRoutes.me)
    await mina.request(accountRoutes.changeProfile, { version: account?.version ?? 0, locale: 'ar' })
    await instructor.call(channelCalls.send, { channelId: chatId as never, text: 'A word of the teacher' })
    await mina.call(channelCalls.send, { channelId: chatId as never, text: 'A word of Mina' })
    // A copy that is never made: nothing works in `arrange`.
    await arrange(ctx => startExport(ctx, mina.accountId), {
      who: { kind: 'account', accountId: mina.accountId, sessionId: '' as never, siteRole: 'member', name: '' },
    })
    await assert.rejects(mina.request(privacyRoutes.startExport), { code: 'export-running' })
    await assert.rejects(boss.request(privacyRoutes.startExportFor, { accountId: mina.accountId }), {
      code: 'export-running',
    })
    await mina.request(privacyRoutes.dropExport)
    const watch = await phone.subscribe(privacyScope, mina.accountId)
    await assertConverges(phone, privacyScope, mina.accountId, () =>
      boss.request(privacyRoutes.startExportFor, { accountId: mina.accountId }),
    )
    await waitFor(() => watch.state().export?.state === 'ready', 'the copy is ready on the other device', 30_000)
    const copy = watch.state().export ?? assert.fail()
    assert.equal(copy.byAdministrator, true)
    assert.equal(copy.done, copy.parts)
    for (const other of [boss, instructor]) assert.equal((await content(other, copy.id)).status, 404)
    const answer = await content(mina, copy.id)
    assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="lectern-.*\.zip"/)
    const zip = Buffer.from(await answer.arrayBuffer())
    assert.equal(zip.length, copy.size)
    const part = await content(mina, copy.id, { range: 'bytes=2-9' })
    assert.deepEqual([part.status, Buffer.from(await part.arrayBuffer())], [206, zip.subarray(2, 10)])
    const files = unzip(zip)
    const page = files.get('index.html') ?? ''
    assert.match(page, /<html lang="ar" dir="rtl">/)
    assert.match(page, /Mina &lt;Quux&gt;/)
    assert.match(files.get('channels.json') ?? '', /A word of Mina/)
    assert.doesNotMatch([...files.values()].join(), /A word of the teacher|password|tokenHash/i)
    await waitFor(
      async () => (await mina.request(notificationRoutes.list, {})).items.some(one => one.kind === 'export'),
      'the person is told',
    )
    await sql("update data_exports set expires_at = now() - interval '1 second'")
    assert.equal((await content(mina, copy.id)).status, 404)
  })

  it('holds the files somebody uploaded, each under a name of its own', async () => {
    for (const bytes of ['first', 'second']) await uploadFile(instructor, { courseId, name: 'sheet.txt', bytes })
    await instructor.request(privacyRoutes.startExport)
    const ready = () => instructor.request(privacyRoutes.mine)
    await waitFor(async () => (await ready()).export?.state === 'ready', 'the copy is ready', 30_000)
    const answer = await content(instructor, (await ready()).export?.id ?? '')
    const files = unzip(Buffer.from(await answer.arrayBuffer()))
    const names = [...files.keys()].filter(name => name.startsWith('files/'))
    assert.equal(names.length, 2)
    assert.deepEqual(names.map(name => files.get(name)).sort(), ['first', 'second'])
    assert.match(files.get('index.html') ?? '', /Files you uploaded/)
  })

  it('is packed by two at once and kept once; what was given up meanwhile is thrown away', async () => {
    const lou = await learner('Lou')
    const who = {
      kind: 'account',
      accountId: lou.accountId,
      sessionId: '' as never,
      siteRole: 'member',
      name: '',
    } as const
    const storage = fileURLToPath(node.config.storageUrl)
    const ctx = testCtx({ blobs: diskBlobs(node.config.storageUrl) })
    const mine = async () => (await lou.request(privacyRoutes.mine)).export
    const turn = async () => exportJob.prepare(ctx, { exportId: (await mine())?.id })
    // Begun and not enqueued: nothing works in `arrange`.
    const untilPacked = async () => {
      const { parts } = await arrange(inside => startExport(inside, lou.accountId), { who })
      for (let done = 0; done < parts; done++) await arrange(await turn())
    }
    const pieces = () => readdir(join(storage, 'pieces'))

    await untilPacked()
    const [one, other] = await Promise.all([turn(), turn()])
    assert.equal((await pieces()).length, 2)
    assert.equal(await arrange(one), 'done')
    const copy = (await mine()) ?? assert.fail()
    const file = () => stat(join(storage, copy.id.slice(-2), copy.id))
    const { ino } = await file()
    assert.equal(await arrange(other), 'done')
    assert.equal((await file()).ino, ino)
    assert.deepEqual([copy.state, await pieces()], ['ready', []])
    const zip = Buffer.from(await (await content(lou, copy.id)).arrayBuffer())
    assert.equal(zip.length, copy.size)
    assert.ok(unzip(zip).has('index.html'))

    await untilPacked()
    const late = await turn()
    await lou.request(privacyRoutes.dropExport)
    await arrange(late)
    assert.deepEqual([await mine(), await pieces()], [null, []])
  })

  it('is erased for good: the record stays under a pseudonym, and nothing names the person any more', async () => {
    const accountId = await makeAccount({
      ...{ name: 'Wilhelmina Quux', email: 'wilhelmina@quux.example' },
      passwordHash: await hashPassword('correct horse battery'),
    })
    const gone = await signedInClient(node, { accountId })
    await boss.request(peopleRoutes.enrol, {
      ...{ courseId, accountId, role: 'learner' },
    })
    const { account } = await gone.request(accountRoutes.me)
    const version = account?.version ?? 0
    await gone.request(accountRoutes.changeProfile, { version, bio: 'Things of Wilhelmina Quux' })
    await boss.request(profileRoutes.profile, { accountId })
    await gone.call(channelCalls.send, { channelId: chatId as never, text: 'I am Wilhelmina Quux' })
    await gone.request(privacyRoutes.startExport)
    const wish = { password: 'not mine', reason: 'I, Wilhelmina Quux, leave' }
    await assert.rejects(gone.request(privacyRoutes.askErasure, wish), { code: 'sign-in-failed' })
    const right = { ...wish, password: 'correct horse battery' }
    const waiting = async () =>
      (await boss.request(todayRoutes.list, {})).items.filter(one => one.kind === 'decide').map(one => one.detail.count)
    assert.deepEqual(await waiting(), [])
    const user = await boss.subscribe(userScope, boss.accountId)
    const { courses } = user.state().changed
    await gone.request(privacyRoutes.askErasure, right)
    await user.until(state => state.changed.courses > courses, 'word that a wish waits')
    assert.deepEqual(await waiting(), [1])
    assert.ok((await gone.request(todayRoutes.list, {})).items.every(one => one.kind !== 'decide'))
    await assert.rejects(gone.request(privacyRoutes.askErasure, right), { code: 'already-asked' })
    const watch = await gone.subscribe(privacyScope, accountId)
    assert.equal(watch.state().erasure?.state, 'asked')
    await waitFor(
      async () => (await boss.request(notificationRoutes.list, {})).items.some(one => one.kind === 'erasure'),
      'administrators are told',
    )
    const [asked] = (await boss.request(privacyRoutes.listErasures, { show: 'asked' })).items
    const refusal = { erasureId: asked?.id ?? assert.fail(), reason: 'A dispute is open' }
    await boss.request(privacyRoutes.refuseErasure, refusal)
    await waitFor(() => watch.state().erasure?.decision === 'A dispute is open', 'the person reads why')
    assert.deepEqual(await waiting(), [])
    await assert.rejects(boss.request(privacyRoutes.refuseErasure, refusal), { code: 'already-decided' })
    await gone.request(privacyRoutes.askErasure, right)
    const { parts } = await boss.request(privacyRoutes.previewErasure, { accountId })
    const talk = parts.find(one => one.feature === 'channels')
    assert.deepEqual([talk?.kept, talk?.because], [1, ['talk']])
    assert.ok(parts.some(one => one.feature === 'courses' && one.because.includes('record')))
    const decided = { accountId, name: 'Wilhelmina', reason: 'Wilhelmina Quux asked for it' }
    await assert.rejects(boss.request(privacyRoutes.erase, decided), { code: 'malformed' })
    // Before it: the look finds them wherever they are.
    const sought = { name: 'Wilhelmina Quux', email: 'wilhelmina@quux.example' }
    const places = async () => (await findLeftovers(testCtx(), accountId, sought)).map(one => one.place)
    for (const place of ['accounts.name', 'accounts.email', 'messages.text', 'sessions.account_id'])
      assert.ok((await places()).includes(place), place)
    await boss.request(privacyRoutes.erase, { ...decided, name: ' wilhelmina quüx ' })
    await gone.dismissed()
    const last = async () => (await boss.request(privacyRoutes.listErasures, {})).items[0] ?? assert.fail()
    await waitFor(async () => (await last()).state === 'done', 'it is done', 30_000)
    const { left, name, decision, decidedBy, reason } = await last()
    assert.deepEqual(left, [])
    assert.match(name, /^Former learner [0-9A-F]{4}$/)
    assert.deepEqual([decision, decidedBy, reason], ['… asked for it', 'Boss', ''])
    const talked = (await boss.subscribe(channelScope, chatId))
      .state()
      .messages.filter(one => one.authorId === accountId)
    assert.deepEqual(
      talked.map(one => [one.text, one.removedBy]),
      [[null, 'account']],
    )
    const trail = await auditEntries.findAll({ where: { subjectKind: 'erasure' }, order: ['at'], raw: true })
    assert.deepEqual(
      trail.map(one => one.verb),
      ['asked', 'refused', 'asked', 'decided', 'done'].map(verb => `erasure.${verb}`),
    )
    assert.equal((await accounts.findByPk(accountId, { raw: true }))?.email, null)
    assert.equal((await gone.request(accountRoutes.me)).out, 'erased', 'their device says why')
    // What is planted is found: a name in words of others, an address in any case, a row that should have gone.
    await sql("update courses set summary = 'Thanks to Wilhelmina Quux.' where id = $1", [courseId])
    await sql("insert into settings (key, value, changed_at) values ('planted', $1, now())", [
      JSON.stringify({ to: ['WILHELMINA@quux.example'] }),
    ])
    await sql('insert into notification_states (account_id) values ($1)', [accountId])
    const found = await places()
    for (const place of ['courses.summary', 'search_entries.body', 'settings.value', 'notification_states.account_id'])
      assert.ok(found.includes(place), place)
    assert.equal(found.length, 4, found.join())
    // Somebody else is called the same: the name says nobody then, the address still does.
    await makeAccount({ name: 'Wilhelmina Quux' })
    assert.ok(!(await places()).includes('courses.summary'))
    assert.ok((await places()).includes('settings.value'))
  })
})
