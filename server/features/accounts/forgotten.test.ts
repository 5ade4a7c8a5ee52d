// Mails over real SMTP: sent once, tried again, given up with a trace; and forgotten passwords, which say to nobody
// whether an address is somebody's.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { accountRoutes } from '#protocol/accounts.ts'
import { mailRoutes } from '#protocol/mail.ts'
import { hashPassword } from '#server/features/accounts/index.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { sendJob } from '#server/platform/mail/outbox.ts'
import { mails } from '#server/platform/mail/tables.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { type MailServer, mailServer } from '#server/test/mail-server.ts'

const newEmail = () => `${randomUUID().slice(0, 8)}@example.org`
const password = 'a long walk by the sea'

describe('mails and forgotten passwords', () => {
  let node: TestNode
  let post: MailServer
  before(async () => {
    post = await mailServer()
    node = await testNode({ config: await post.config() })
  })
  beforeEach(() => {
    post.refuse = undefined
  })

  const forgetting = async (email: string) => {
    const stranger = await strangerClient(node)
    const began = performance.now()
    const response = await stranger.raw('POST', '/session/forgotten', JSON.stringify({ email }))
    return { status: response.status, body: await response.json(), ms: performance.now() - began }
  }
  // Refused twice, it comes after a quarter of a minute.
  const mailTo = (email: string) => waitFor(() => post.taken.find(mail => mail.to.includes(email)), 'the mail', 30_000)
  const tokenIn = (text: string) => /\/invite\/([\w-]{22})\s/.exec(text)?.[1] ?? assert.fail(text)

  it('answer the same, in the same class of time, whether the address is somebody’s', async () => {
    const known = newEmail()
    await makeAccount({ email: known })
    const times = { known: [] as number[], unknown: [] as number[] }
    // The fastest of each are compared: a busy machine gets some more.
    const apart = () => Math.abs(Math.min(...times.known) - Math.min(...times.unknown))
    for (let round = 0; round < 3 || (round < 9 && apart() >= 100); round++) {
      const [one, other] = [await forgetting(known), await forgetting(newEmail())]
      assert.equal(one.status, 200)
      assert.deepEqual({ ...one, ms: 0 }, { ...other, ms: 0 })
      times.known.push(one.ms)
      times.unknown.push(other.ms)
    }
    // Nothing slow is done for one of them alone.
    assert.ok(apart() < 100, JSON.stringify(times))
    await mailTo(known)
    assert.ok(post.taken.every(mail => mail.to.includes(known)))
  })

  it('bring a link that lets its person choose a password, once, for an hour, and signs other devices out', async () => {
    const email = newEmail()
    const accountId = await makeAccount({ email, name: 'Zoë Ärmel', passwordHash: await hashPassword(password) })
    const elsewhere = await signedInClient(node, { accountId })
    await forgetting(email.toUpperCase())
    const mail = await mailTo(email)
    assert.match(mail.text, /Hello Zoë Ärmel/)
    assert.match(mail.headers['message-id'] ?? '', /^<[\w-]+@127\.0\.0\.1>$/)
    assert.equal(mail.headers['auto-submitted'], 'auto-generated')
    const token = tokenIn(mail.text)
    const stranger = await strangerClient(node)
    const { invitation } = await stranger.request(accountRoutes.getInvitation, { token })
    assert.deepEqual(invitation.newPassword, { name: 'Zoë Ärmel' })
    const hours = (Date.parse(invitation.expiresAt) - Date.now()) / 3_600_000
    assert.ok(hours > 0.9 && hours <= 1, String(hours))
    const next = { token, name: 'Zoë Ärmel', email, password: 'another long walk home' }
    const came = await stranger.request(accountRoutes.acceptInvitation, next)
    assert.equal(came.account.id, accountId)
    assert.equal((await elsewhere.request(accountRoutes.me)).account, null)
    await assert.rejects(stranger.request(accountRoutes.acceptInvitation, next), { code: 'link-used' })
    await stranger.request(accountRoutes.signIn, { email, password: next.password })
    // What could let somebody in is not kept once it has left.
    const row = await waitFor(() => mails.findOne({ where: { accountId, state: 'sent' }, raw: true }), 'its row')
    assert.equal(row.content, null)
  })

  it('end earlier links, and write to nobody more than three times an hour, nor to whoever may not come in', async () => {
    const email = newEmail()
    const accountId = await makeAccount({ email })
    for (const count of [1, 2, 3]) {
      await forgetting(email)
      await waitFor(() => post.taken.filter(mail => mail.to.includes(email)).length === count, 'another mail')
    }
    const [first, second, third] = post.taken.filter(mail => mail.to.includes(email)).map(mail => tokenIn(mail.text))
    const stranger = await strangerClient(node)
    for (const token of [first, second])
      await assert.rejects(stranger.request(accountRoutes.getInvitation, { token: token ?? '' }), {
        code: 'link-withdrawn',
      })
    await stranger.request(accountRoutes.getInvitation, { token: third ?? '' })
    const shut = newEmail()
    const admin = await signedInClient(node, { role: 'administrator' })
    await admin.request(accountRoutes.suspend, { accountId: await makeAccount({ email: shut }) })
    await forgetting(email)
    await forgetting(shut)
    await waitFor(async () => {
      const [row] = await sql<{ left: number }>(
        "select count(*)::int as left from pgboss.job where name = 'accounts.forgotten' and state <> 'completed'",
      )
      return row?.left === 0
    }, 'all to be looked at')
    assert.equal(await mails.count({ where: { accountId } }), 3)
    assert.equal(post.taken.filter(mail => mail.to.includes(shut)).length, 0)
  })

  it('slow down whoever asks again and again, as guesses of a password are', async () => {
    const email = newEmail()
    const answers: number[] = []
    for (let asked = 0; asked < 11; asked++) answers.push((await forgetting(email)).status)
    assert.deepEqual([...new Set(answers)], [200, 429])
    // Whose address that is can still sign in.
    const stranger = await strangerClient(node)
    await assert.rejects(stranger.request(accountRoutes.signIn, { email, password }), { code: 'sign-in-failed' })
  })

  it('are tried again when the server asks for it, and sent once', async () => {
    const email = newEmail()
    const accountId = await makeAccount({ email })
    post.refuse = 451
    await forgetting(email)
    const waiting = await waitFor(() => mails.findOne({ where: { accountId, reason: 'later' }, raw: true }), 'its row')
    assert.equal(waiting.state, 'waiting')
    assert.doesNotMatch(waiting.answer, /@/)
    post.refuse = undefined
    await mailTo(email)
    await waitFor(() => mails.findOne({ where: { accountId, state: 'sent' }, raw: true }), 'its row')
    // A second run of the job, as after a node that died, sends nothing more.
    await node.as({ kind: 'nobody' }).act(ctx => ctx.enqueue(sendJob, { mailId: waiting.id }))
    const last = newEmail()
    await makeAccount({ email: last })
    await forgetting(last)
    await mailTo(last)
    assert.equal(post.taken.filter(mail => mail.to.includes(email)).length, 1)
  })

  it('are given up for an address that is not taken, and administrators see why', async () => {
    const email = newEmail()
    const accountId = await makeAccount({ email })
    post.refuse = 550
    await forgetting(email)
    const given = await waitFor(() => mails.findOne({ where: { accountId, state: 'failed' }, raw: true }), 'its row')
    assert.equal(given.reason, 'address')
    assert.equal(given.tries, 1)
    assert.equal(given.content, null)
    const admin = await signedInClient(node, { role: 'administrator' })
    const seen = await admin.request(mailRoutes.get)
    assert.equal(seen.troubles[0]?.reason, 'address')
    assert.match(seen.troubles[0]?.answer ?? '', /^550 .*not now for …/)
    assert.equal((await admin.request(mailRoutes.test)).fate.reason, 'address')
    post.refuse = undefined
    const { to, fate } = await admin.request(mailRoutes.test)
    assert.equal(fate.state, 'sent')
    assert.equal((await mailTo(to)).headers.subject, 'Test mail from Lectern')
    await post.stop()
    assert.equal((await admin.request(mailRoutes.test)).fate.reason, 'unreachable')
  })
})

describe('without mail set up', () => {
  it('nothing is asked for, and whoever opens the page is told so', async () => {
    const node = await testNode()
    const stranger = await strangerClient(node)
    assert.equal((await stranger.request(accountRoutes.me)).mail, false)
    await assert.rejects(stranger.request(accountRoutes.forgotPassword, { email: newEmail() }), { code: 'mail-off' })
  })
})
