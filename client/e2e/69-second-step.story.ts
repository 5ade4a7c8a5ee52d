// More than a password: a passkey made on a phone at 360 px, then shown as the sign-in and as the second step; an app's code,
// a recovery code, and a step that the school asks for on the way in. The authenticator is Chromium's own virtual one.
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import { hashPassword } from '#server/features/accounts/index.ts'
import { administrator, demoPassword, instructor, learners } from '#server/seeds/people.ts'
import { makeAccount } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, openSchool, type Person, type School, sees } from './people.ts'

const boss = { email: 'new-head@school.example', password: 'a long walk by the sea' }
const [emre] = learners

describe('more than a password', () => {
  inOrder()
  let school: School
  let phone: Person
  let desk: Person
  let codes: string[] = []

  before(async () => {
    // Browsers make passkeys for names, not for numbers.
    school = await openSchool({}, 'localhost')
    const passwordHash = await hashPassword(boss.password)
    await makeAccount({ name: 'Head of school', email: boss.email, passwordHash, role: 'administrator' })
    phone = await school.open('small')
    desk = await school.open('desktop')
    const device = await phone.context.newCDPSession(phone.page)
    await device.send('WebAuthn.enable')
    const holds = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true }
    const options = { protocol: 'ctap2' as const, transport: 'internal' as const, ...holds }
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...options, automaticPresenceSimulation: true },
    })
  })
  after(async () => {
    for (const one of [phone, desk]) await one?.close()
  })

  async function typePassword({ page, go }: Person, email: string, password = demoPassword) {
    await go('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await button(page, 'Sign in').click()
  }
  async function signOut({ page, go, watch }: Person) {
    await go('/you')
    await button(page, 'Sign out').first().click()
    await page.getByRole('heading', { name: /^(Sign in|Your classroom)/ }).waitFor()
    watch.disregard(/status of 401/)
  }
  const isIn = ({ page }: Person) => page.getByRole('heading', { name: 'Today' }).waitFor()
  const asksMore = async ({ page, watch }: Person) => {
    await page.getByRole('heading', { name: 'One more step' }).waitFor()
    watch.disregard(/status of 401/)
  }

  it('makes a passkey on a phone, with recovery codes for when the phone is gone', async () => {
    const { page } = phone
    await typePassword(phone, instructor.email)
    await isIn(phone)
    await phone.go('/you')
    await button(page, 'Add a passkey').click()
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
    await dialog.getByLabel('Name').fill('My phone, the old one with the cracked screen')
    await dialog.getByLabel('Your password').fill(demoPassword)
    await button(dialog, 'Next').click()
    await sees(dialog, 'Your recovery codes')
    codes = await dialog.locator('code').allTextContents()
    assert.equal(codes.length, 10)
    await button(dialog, 'I have kept them').click()
    await sees(page, 'My phone, the old one with the cracked screen')
    await sees(page, /By passkey/)
    await checkPage(page)
  })

  it('opens the account by the passkey alone, and is the second step after the password', async () => {
    const { page } = phone
    await signOut(phone)
    await phone.go('/sign-in')
    await button(page, 'Sign in with a passkey').click()
    await isIn(phone)
    await signOut(phone)
    await typePassword(phone, instructor.email)
    await asksMore(phone)
    await checkPage(page)
    await button(page, 'Use a passkey').click()
    await isIn(phone)
    // Elsewhere, without the phone.
    await typePassword(desk, instructor.email)
    await asksMore(desk)
    await desk.page.getByLabel('Recovery code').fill('AAAA-AAAA-AAAA-AAAA')
    await button(desk.page, 'Sign in').click()
    await sees(desk.page.locator('.field-error'), 'This code does not fit, or it was used already. Take the next one.')
    desk.watch.forgive(/status of 401/)
    await desk.page.getByLabel('Recovery code').fill(codes[0]?.toLowerCase() ?? '')
    await button(desk.page, 'Sign in').click()
    await isIn(desk)
    await signOut(desk)
  })

  it('asks for the code of an app where there is one', async () => {
    const { page } = desk
    await typePassword(desk, emre?.email ?? '')
    await isIn(desk)
    await desk.go('/you')
    await button(page, 'Set up an app').click()
    const dialog = page.getByRole('dialog', { name: 'Set up an app' })
    await dialog.getByLabel('Your password').fill(demoPassword)
    await button(dialog, 'Next').click()
    const key = (await dialog.locator('code').first().textContent())?.replaceAll(' ', '') ?? ''
    const codeAt = (off: number) =>
      new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + off * 30_000 })
    await dialog.getByLabel('The code the app shows now').fill(codeAt(0))
    await button(dialog, 'Turn on').click()
    await button(dialog, 'I have kept them').click()
    await signOut(desk)
    await typePassword(desk, emre?.email ?? '')
    await asksMore(desk)
    await page.getByLabel('Code from the app').fill(codeAt(1))
    await button(page, 'Sign in').click()
    await isIn(desk)
    await signOut(desk)
  })

  it('has who manages the school set one up on the way in, once the school asks for it', async () => {
    const { page } = desk
    const admin = await school.open('tablet', administrator)
    await admin.go('/school-rules')
    await admin.page.getByLabel('Everybody who teaches, assists or manages').check()
    await sees(admin.page, 'Saved. It holds from the next sign-in.')
    await admin.close()
    await typePassword(desk, boss.email, boss.password)
    await page.getByRole('heading', { name: 'Set up a second step' }).waitFor()
    desk.watch.forgive(/status of 401/)
    const key = (await page.locator('code').first().textContent())?.replaceAll(' ', '') ?? ''
    await page.getByLabel('The code the app shows now').fill(new TOTP({ secret: Secret.fromBase32(key) }).generate())
    await checkPage(page)
    await button(page, 'Turn on').click()
    await button(page, 'I have kept them').click()
    await isIn(desk)
  })

  it('says why there are none at an address that is a number, and keeps the last step the school asks for', async () => {
    const number = await school.open('phone', emre, `http://127.0.0.1:${school.port}`)
    await number.go('/you')
    await sees(number.page, /^Passkeys need an address with a name and https\./)
    await number.close()
    const { page } = phone
    await phone.go('/you')
    await button(page, /^What to do with My phone/).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    const dialog = page.getByRole('dialog', { name: 'Remove the passkey' })
    await dialog.getByLabel('Current password').fill(demoPassword)
    await button(dialog, 'Remove').click()
    await sees(dialog, 'Your school asks for a second step. It cannot be removed.')
    phone.watch.forgive(/status of 403/)
    await checkPage(page)
  })
})
