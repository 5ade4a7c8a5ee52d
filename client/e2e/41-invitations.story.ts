// Invitations: an instructor makes a link, a stranger comes in by it and is in the course, a person with an account is
// enrolled with one tap, a link that was taken back says so, and one for who has an app asks for its code.
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { accessRoutes } from '#protocol/access.ts'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { factorRoutes } from '#protocol/factors.ts'
import { hashPassword } from '#server/features/accounts/index.ts'
import { courses } from '#server/features/courses/index.ts'
import { administrator, instructor } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('invitations', () => {
  inOrder()
  let school: School
  let desk: Person
  let phone: Person
  let admin: Person
  let courseId = ''

  before(async () => {
    school = await openSchool()
    desk = await school.open('desktop', instructor)
    phone = await school.open('phone')
    admin = await school.open('phone', administrator)
    const course = await courses.findOne({ order: [['id', 'asc']], rejectOnEmpty: true })
    courseId = course.id
  })
  after(async () => {
    for (const one of [desk, phone, admin]) await one?.close()
  })

  const dialog = () => desk.page.getByRole('dialog')
  const addressShown = async () => {
    await sees(dialog(), /It works once/)
    return new URL((await dialog().locator('code').textContent()) ?? '').pathname
  }

  it('bring a stranger into the course with an account of their own', async () => {
    await desk.go(`/courses/${courseId}/people`)
    await button(desk.page, 'Invite by link').click()
    await dialog().getByLabel('As').selectOption({ label: 'Assistant' })
    await checkPage(desk.page)
    await button(dialog(), 'Make the link').click()
    const path = await addressShown()
    await checkPage(desk.page)
    await button(dialog(), 'Done').click()
    await sees(desk.page, 'Anybody with the link')
    await checkPage(desk.page)

    await phone.go(path)
    await sees(phone.page, /Miriam Okafor invites you to .* as Assistant\./)
    await checkPage(phone.page)
    await phone.page.getByLabel('Your name').fill('Noor New')
    await phone.page.getByLabel('E-mail').fill('noor.new@example.org')
    await phone.page.getByLabel('Password', { exact: true }).fill('a long walk by the sea')
    await button(phone.page, 'Create account').tap()
    await link(phone.page, /^People/).waitFor()
    await misses(desk.page, 'Anybody with the link')
    await phone.go(path)
    await sees(phone.page, 'This link no longer works')
    phone.watch.disregard(/status of 410/)
    await checkPage(phone.page)
  })

  it('are offered to an address that nobody has, and can be taken back', async () => {
    await button(desk.page, 'Add person').click()
    await dialog().getByLabel('E-mail').fill('somebody.else@example.org')
    await button(dialog(), 'Add person').click()
    await sees(dialog(), /Nobody has an account with somebody.else@example.org/)
    desk.watch.disregard(/status of 404/)
    await checkPage(desk.page)
    await button(dialog(), 'Make an invitation').click()
    const path = await addressShown()
    await button(dialog(), 'Done').click()
    await phone.go(path)
    await sees(phone.page, /This invitation is for somebody.else@example.org/)
    await checkPage(phone.page)
    await button(desk.page, 'Take back: somebody.else@example.org').click()
    await misses(desk.page, 'Open invitations')
    await phone.go(path)
    await sees(phone.page, 'This link no longer works')
    phone.watch.disregard(/status of 410/)
  })

  it('carry a role that was made here, by name, on both sides', async () => {
    const boss = await signedInClient(school, { role: 'administrator' })
    await boss.request(accessRoutes.createRole, { name: 'External examiner of the winter term', copyOf: 'assistant' })
    const small = await school.open('small', instructor)
    await small.go(`/courses/${courseId}/people`)
    const asked = small.page.getByRole('dialog')
    await button(small.page, 'Add person').tap()
    await asked.getByLabel('Role').selectOption({ label: 'External examiner of the winter term' })
    await asked.getByLabel('E-mail').fill('examiner@example.org')
    await button(asked, 'Add person').tap()
    await button(asked, 'Make an invitation').tap()
    small.watch.disregard(/status of 404/)
    await sees(asked, /It works once/)
    const path = new URL((await asked.locator('code').textContent()) ?? '').pathname
    await button(asked, 'Done').tap()
    // Whoever else looks at the people sees what the link leads to, and can take it back.
    await desk.page.reload()
    await sees(desk.page, /External examiner of the winter term · by Miriam Okafor/)
    const examiner = await school.open('hand')
    await examiner.go(path)
    await sees(examiner.page, /invites you to .* as External examiner of the winter term\./)
    await checkPage(examiner.page)
    await button(small.page, 'Invite by link').tap()
    await asked.getByLabel('As').selectOption({ label: 'External examiner of the winter term' })
    await checkPage(small.page)
    await button(asked, 'Cancel').tap()
    await examiner.page.getByLabel('Your name').fill('Elif Examiner')
    await examiner.page.getByLabel('Password', { exact: true }).fill('a long walk by the sea')
    await button(examiner.page, 'Create account').tap()
    await link(examiner.page, /^People/).waitFor()
    await misses(small.page, 'Open invitations')
    await sees(small.page, 'Elif Examiner')
    await checkPage(small.page)
    for (const one of [small, examiner]) await one.close()
  })

  it('enrol somebody who has an account with one tap', async () => {
    await button(desk.page, 'Invite by link').click()
    await button(dialog(), 'Make the link').click()
    const path = await addressShown()
    await button(dialog(), 'Done').click()
    await admin.go(path)
    await sees(admin.page, /You are signed in as Ada Navarro/)
    await checkPage(admin.page)
    await button(admin.page, 'Join the course').tap()
    await link(admin.page, /^People/).waitFor()
    assert.match(admin.page.url(), new RegExp(courseId))
  })

  it('into the school are made by administrators', async () => {
    await admin.go('/you')
    await sees(admin.page, 'Links that nobody has used yet appear here.')
    await button(admin.page, 'Invite by link').tap()
    await button(admin.page.getByRole('dialog'), 'Make the link').tap()
    await sees(admin.page.getByRole('dialog'), /It works once/)
    await checkPage(admin.page)
    await button(admin.page.getByRole('dialog'), 'Done').tap()
    await sees(admin.page, 'Anybody with the link')
    await checkPage(admin.page)
  })

  it('and links to sign in ask for the second step of whoever has one', async () => {
    const email = 'sami.two@example.org'
    const passwordHash = await hashPassword('a long walk by the sea')
    const own = await signedInClient(school, { email, name: 'Sami Two', passwordHash })
    const { key } = await own.request(factorRoutes.begin, { password: 'a long walk by the sea' })
    const codeAt = (timestamp: number) => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp })
    await own.request(factorRoutes.confirm, { code: codeAt(Date.now()) })
    const boss = await signedInClient(school, { role: 'administrator' })
    const made = await boss.request(peopleRoutes.makeSignInLink, { accountId: own.accountId })
    const small = await school.open('small')
    await small.go(`/invite/${made.link.token}`)
    // Somebody who has an account is led to a new password, not to an account.
    await small.page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
    await sees(small.page, 'For Sami Two. Every other device is signed out.')
    await checkPage(small.page)
    await small.page.getByLabel('Password', { exact: true }).fill('another long walk home')
    await button(small.page, 'Save and sign in').tap()
    await sees(small.page, 'One more step')
    await checkPage(small.page)
    await small.page.getByLabel('Code from the app').fill(codeAt(Date.now() + 30_000))
    await button(small.page, 'Sign in').tap()
    await small.page.waitForURL(url => !url.pathname.startsWith('/invite'))
    await misses(small.page, 'One more step')
    await small.close()
  })
})
