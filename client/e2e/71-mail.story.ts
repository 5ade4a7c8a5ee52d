// Mail: somebody who forgot their password comes in by a link in a mail, and administrators see how mail does, also when
// the mail server is away.
import assert from 'node:assert/strict'
import { accounts } from '#server/features/accounts/index.ts'
import { mailJob, notificationStates, tellAll } from '#server/features/notifications/index.ts'
import { administrator, learners } from '#server/seeds/people.ts'
import { makeAccount } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { type MailServer, mailServer } from '#server/test/mail-server.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

const about = (refId: string) => ({ refId, courseId: null, messageId: null })

describe('mail', () => {
  inOrder()
  let post: MailServer
  let school: School
  let admin: Person
  let phone: Person

  before(async () => {
    post = await mailServer()
    school = await openSchool({ config: await post.config() })
    admin = await school.open('desktop', administrator)
    phone = await school.open('small')
  })
  after(async () => {
    for (const one of [admin, phone]) await one?.close()
  })

  /** The page that the latest mail to an address leads to. */
  const pathIn = async (to: string): Promise<string> => {
    const mail = await waitFor(() => post.taken.findLast(one => one.to.includes(to)), `a mail to ${to}`)
    return /(\/invite\/[\w-]{22})\s/.exec(mail.text)?.[1] ?? assert.fail(mail.text)
  }

  it('brings somebody back who forgot their password', async () => {
    const email = 'leila.forgetful@department.of.plant.biology.example.org'
    const accountId = await makeAccount({ email, name: 'Leila Forgetful' })
    await phone.go('/sign-in')
    await link(phone.page, 'Forgot your password?').tap()
    await sees(phone.page, /A link comes by mail/)
    await phone.page.getByLabel('E-mail').fill(email)
    await button(phone.page, 'Send the link').tap()
    await sees(phone.page, /If leila\.forgetful@.* belongs to an account here, a link is on its way/)
    await checkPage(phone.page)
    await phone.go(await pathIn(email))
    await sees(phone.page, 'For Leila Forgetful. Every other device is signed out.')
    await phone.page.getByLabel('Password', { exact: true }).fill('a long walk by the sea')
    await button(phone.page, 'Save and sign in').tap()
    await link(phone.page, /^Courses/)
      .first()
      .waitFor()
    assert.notEqual((await accounts.findByPk(accountId))?.passwordHash, null)
  })

  it('carries the invitations of administrators, who see what becomes of them', async () => {
    const email = 'noor.of.the.very.long.department@plant.biology.example.org'
    await admin.go('/you')
    await button(admin.page, 'Invite by link').click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill(email)
    post.refuse = 550
    await button(dialog, 'Make the link').click()
    await sees(dialog, /The mail was not sent: give this link yourself\. The mail server does not take this address\./)
    await button(dialog, 'Done').click()
    post.refuse = undefined
    await button(admin.page, `Send again: ${email}`).click()
    await sees(admin.page, 'The mail was sent.')
    await checkPage(admin.page)
    const guest = await school.open('small')
    await guest.go(await pathIn(email))
    await guest.page.getByLabel('Your name').fill('Noor New')
    await guest.page.getByLabel('Password', { exact: true }).fill('a long walk by the sea')
    await button(guest.page, 'Create account').tap()
    await link(guest.page, /^Courses/)
      .first()
      .waitFor()
    await guest.close()
  })

  it('tells a learner in the morning what they have not read, if they want that, and stops when they do not', async () => {
    const [learner] = learners
    assert.ok(learner)
    const hand = await school.open('small', learner)
    await hand.go('/you')
    await hand.page.getByLabel('Once a day, in the morning').tap()
    const { id: accountId } = await accounts.findOne({ where: { email: learner.email }, rejectOnEmpty: true })
    await waitFor(async () => (await notificationStates.findByPk(accountId))?.mail === 'daily', 'the choice to be kept')
    await checkPage(hand.page)
    const nobody = school.as({ kind: 'nobody' })
    await nobody.act(ctx => tellAll(ctx, [accountId], { kind: 'export', source: 'story', ...about(accountId) }))
    const planned = await waitFor(async () => (await notificationStates.findByPk(accountId))?.mailAt, 'a plan')
    await nobody.act(ctx => ctx.enqueue(mailJob, { accountId, at: planned.toISOString() }))
    const mail = await waitFor(() => post.taken.find(one => one.to.includes(learner.email)), 'the digest')
    assert.match(mail.text, /The copy of your data is ready/)
    await hand.context.clearCookies()
    await hand.go(/(\/leave-mail\/[\w-]+)/.exec(mail.text)?.[1] ?? assert.fail(mail.text))
    await button(hand.page, 'Stop these mails').tap()
    await sees(hand.page, 'No more of these mails come to you.')
    await checkPage(hand.page)
    await button(hand.page, 'Undo').tap()
    await sees(hand.page, 'The mails come again as before.')
    assert.equal((await notificationStates.findByPk(accountId))?.mail, 'daily')
    await hand.close()
  })

  it('says to administrators how it does, and what is the matter when the mail server is away', async () => {
    await admin.go('/overview')
    await button(admin.page, 'Send a test mail to me').click()
    await sees(admin.page, /The mail server has taken the test mail/)
    await post.stop()
    await button(admin.page, 'Send a test mail to me').click()
    await sees(admin.page, /The test mail did not leave\. The mail server cannot be reached\./)
    await checkPage(admin.page)
  })
})
