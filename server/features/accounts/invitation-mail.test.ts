// The links that people make for others, sent to their address: in the words of whoever gets them, with what became of
// them for those who made them, again on demand, and never to a header of somebody's choice.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { accountRoutes } from '#protocol/accounts.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeMailer } from '#server/platform/mail/mailer.ts'
import { postLetter } from '#server/platform/mail/outbox.ts'
import { mails } from '#server/platform/mail/tables.ts'
import { makeAccount, signedInClient, strangerClient } from '#server/test/factories.ts'
import { type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { type MailServer, mailServer } from '#server/test/mail-server.ts'

const newEmail = () => `${randomUUID().slice(0, 8)}@example.org`

describe('invitations by mail', () => {
  let node: TestNode
  let post: MailServer
  before(async () => {
    post = await mailServer()
    node = await testNode({ config: await post.config() })
  })

  const mailTo = (email: string, count = 1) =>
    waitFor(() => post.taken.filter(mail => mail.to.includes(email))[count - 1], `mail ${count} to ${email}`)
  const tokenIn = (text: string) => /\/invite\/([\w-]{22})\s/.exec(text)?.[1] ?? assert.fail(text)
  const sentAs = (client: Awaited<ReturnType<typeof signedInClient>>, invitationId: never, state: string) =>
    waitFor(
      async () => (await client.request(accountRoutes.invitationMail, { invitationId })).mail?.state === state,
      state,
    )

  it('go to the address in its reader’s language, with the course and the role', async () => {
    const teacher = await signedInClient(node, { name: 'Grace "G" Höpper', role: 'administrator' })
    const title = 'Bäume\u2028 & <b>Blätter</b>'
    const { id: courseId } = (await teacher.request(courseRoutes.create, { title })).course
    const email = newEmail()
    const made = await teacher.request(accountRoutes.invite, { email, courseId, role: 'assistant' })
    const mail = await mailTo(email)
    assert.match(mail.headers.subject ?? '', /^Grace "G" Höpper invites you to “Bäume & <b>Blätter<\/b>”$/)
    assert.match(mail.html, /&lt;b&gt;Blätter&lt;\/b&gt;/)
    assert.match(mail.text, /as Assistant/)
    assert.equal(tokenIn(mail.text), made.token)
    const known = newEmail()
    const reader = await makeAccount({ email: known })
    await sql("update accounts set locale = 'ar' where id = $1", [reader])
    await teacher.request(accountRoutes.invite, { email: known, courseId })
    const arabic = await mailTo(known)
    assert.match(arabic.headers.subject ?? '', /^دعوة من/)
    assert.match(arabic.html, /dir="rtl"/)
    const states = async () =>
      (await teacher.request(accountRoutes.listInvitations, { courseId })).items.map(one => one.mail?.state).join()
    await waitFor(async () => (await states()) === 'sent,sent', 'both to be known as sent')
  })

  it('are sent again with another link, and not at all once they are taken back', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const email = newEmail()
    const { id, token } = await admin.request(accountRoutes.invite, { email })
    await mailTo(email)
    await sentAs(admin, id as never, 'sent')
    const again = () => admin.request(accountRoutes.sendInvitation, { invitationId: id })
    await assert.rejects(again(), { code: 'slow-down' })
    await sql("update mails set done_at = done_at - interval '2 minutes' where about = $1", [`invitation ${id}`])
    await again()
    const next = tokenIn((await mailTo(email, 2)).text)
    const stranger = await strangerClient(node)
    await assert.rejects(stranger.request(accountRoutes.getInvitation, { token }), { code: 'link-unknown' })
    assert.equal((await stranger.request(accountRoutes.getInvitation, { token: next })).invitation.email, email)

    const late = newEmail()
    post.refuse = 451
    const other = await admin.request(accountRoutes.invite, { email: late })
    await waitFor(() => mails.findOne({ where: { about: `invitation ${other.id}`, reason: 'later' } }), 'a refusal')
    await admin.request(accountRoutes.revokeInvitation, { invitationId: other.id })
    post.refuse = undefined
    assert.equal(await mails.count({ where: { about: `invitation ${other.id}` } }), 0)
  })

  it('bring in who was added by an administrator, and say to nobody else what became of them', async () => {
    const admin = await signedInClient(node, { role: 'administrator', name: 'Ada' })
    const email = newEmail()
    const { link } = await admin.request(peopleRoutes.addPerson, { name: 'Zoë', email })
    const mail = await mailTo(email)
    assert.match(mail.text, /Hello Zoë, Ada made a link for you/)
    assert.equal(tokenIn(mail.text), link.token)
    const other = await signedInClient(node)
    await assert.rejects(other.request(accountRoutes.invitationMail, { invitationId: link.id }), { code: 'not-found' })
    // Who asks for a new password is no business of administrators.
    const stranger = await strangerClient(node)
    await stranger.request(accountRoutes.forgotPassword, { email })
    await mailTo(email, 2)
    const { items } = await admin.request(accountRoutes.listInvitations, {})
    assert.deepEqual(
      items.filter(one => one.email === email).map(one => one.id),
      [link.id],
    )
  })

  it('refuse an address that would be several, or another header', async () => {
    const admin = await signedInClient(node, { role: 'administrator' })
    const taken = post.taken.length
    for (const email of ['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', 'x <a@example.org>']) {
      await assert.rejects(admin.request(accountRoutes.invite, { email }), { code: 'malformed' })
      // Nor does the way out take what came in by another door.
      const about = `probe ${randomUUID()}`
      const letter = { locale: 'en', subject: 'a\r\nBcc: b@example.org', lines: [], foot: [] }
      await node.as({ kind: 'nobody' }).act(ctx => postLetter(ctx, { to: email, letter, about }))
      const row = await waitFor(() => mails.findOne({ where: { about, state: 'failed' }, raw: true }), 'a refusal')
      assert.equal(row.reason, 'address')
    }
    assert.equal(post.taken.length, taken)
  })

  it('are not handed over where the password would go out in the clear', async () => {
    const { smtpUrl, ...rest } = await post.config()
    const out = makeMailer({ ...rest, smtpUrl: smtpUrl?.replace('//', '//user:secret@') ?? null })
    const kept = await out?.verify()
    out?.close()
    assert.equal(kept?.reason, 'not-trusted')
    assert.doesNotMatch(JSON.stringify([kept, out?.server]), /secret/)
  })
})
