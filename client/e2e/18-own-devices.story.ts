// Whoever holds two devices sees on each what the other does to the account: a sign-in, a passkey, a device that is signed out; and
// who saw Lectern with their eyes, at the moment it begins. The authenticator is Chromium's own virtual one.
import assert from 'node:assert/strict'
import { administrator, demoPassword, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, misses, openSchool, type Person, type School, sees } from './people.ts'

describe("one's own devices", () => {
  inOrder()
  const mine = learners[0] ?? assert.fail()
  let school: School
  let phone: Person
  let tablet: Person
  let third: Person
  let boss: Person

  before(async () => {
    // Browsers make passkeys for names, not for numbers.
    school = await openSchool({}, 'localhost')
    phone = await school.open('hand', mine)
    tablet = await school.open('tablet', mine)
    third = await school.open('small')
    boss = await school.open('hand', administrator)
    const device = await phone.context.newCDPSession(phone.page)
    await device.send('WebAuthn.enable')
    const holds = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true }
    const options = { protocol: 'ctap2' as const, transport: 'internal' as const, ...holds }
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: { ...options, automaticPresenceSimulation: true },
    })
    for (const one of [phone, tablet]) {
      await one.go('/you')
      await one.page.getByRole('list', { name: 'Signed-in devices' }).waitFor()
    }
  })
  after(async () => {
    for (const one of [phone, tablet, third, boss]) await one?.close()
  })

  const devices = ({ page }: Person) => page.getByRole('list', { name: 'Signed-in devices' }).getByRole('listitem')

  it('shows a device on the others as it signs in, and it is out as soon as one of them ends it', async () => {
    const before = await devices(phone).count()
    await third.go('/sign-in')
    await third.page.getByLabel('E-mail').fill(mine.email)
    await third.page.getByLabel('Password', { exact: true }).fill(demoPassword)
    await button(third.page, 'Sign in').tap()
    await third.page.getByRole('heading', { name: 'Today' }).waitFor()
    for (const one of [phone, tablet]) await devices(one).nth(before).waitFor()
    await devices(phone).last().scrollIntoViewIfNeeded()
    await checkPage(phone.page)
    await button(phone.page, /^Sign out (?!Unknown).* on /)
      .first()
      .tap()
    await third.page.getByRole('heading', { name: /^(Sign in|Your classroom)/ }).waitFor()
    await sees(third.page, /^This device is no longer signed in/)
    for (const one of [phone, tablet]) await devices(one).nth(before).waitFor({ state: 'detached' })
    third.watch.disregard(/status of 401/)
    await checkPage(third.page)
  })

  it('shows a passkey on the other device as it is made, refuses to remove it by a wrong password, and forgets it', async () => {
    const { page } = phone
    await button(page, 'Add a passkey').tap()
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' })
    await dialog.getByLabel('Name').fill('My phone')
    await dialog.getByLabel('Your password').fill(demoPassword)
    await button(dialog, 'Next').tap()
    await button(dialog, 'I have kept them').tap()
    await sees(tablet.page, 'My phone')
    await button(page, 'What to do with My phone').tap()
    await page.getByRole('menuitem', { name: 'Remove' }).tap()
    const remove = page.getByRole('dialog', { name: 'Remove the passkey' })
    await remove.getByLabel('Current password').fill('not the password')
    await button(remove, 'Remove').tap()
    await remove.locator('.field-error').first().waitFor()
    phone.watch.forgive(/status of 40[013]/)
    await checkPage(page)
    await sees(tablet.page, 'My phone')
    await remove.getByLabel('Current password').fill(demoPassword)
    await button(remove, 'Remove').tap()
    await misses(tablet.page, 'My phone')
  })

  it('reads who looks with their eyes as it begins, and the audit log keeps it', async () => {
    const { page } = boss
    await boss.go(`/people?search=${encodeURIComponent(mine.name)}`)
    await button(page, `What to do with ${mine.name}`).tap()
    await page.getByRole('menuitem', { name: 'See as this person' }).tap()
    const dialog = page.getByRole('dialog', { name: `See Lectern as ${mine.name}` })
    await dialog.getByLabel('Why').fill('Cannot find the homework')
    await button(dialog, 'See as them').tap()
    await page.getByRole('region', { name: 'Preview' }).waitFor()
    for (const one of [phone, tablet])
      await sees(one.page.getByRole('list', { name: 'Seen with your eyes' }), /Cannot find the homework/)
    await boss.go('/inbox')
    await sees(page, /This is not shown in a preview/)
    boss.watch.disregard(/409/)
    await button(page, 'End preview').tap()
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    await button(page, `What to do with ${mine.name}`).tap()
    await page.getByRole('menuitem', { name: 'What was done with this account' }).tap()
    await sees(page, /Cannot find the homework/)
    await checkPage(page)
  })

  it('signs every other device out with one tap, and none is left in the list', async () => {
    await button(phone.page, 'Sign out everywhere else').tap()
    await tablet.page.getByRole('heading', { name: /^(Sign in|Your classroom)/ }).waitFor()
    await devices(phone).nth(1).waitFor({ state: 'detached' })
    await button(phone.page, 'Sign out everywhere else').waitFor({ state: 'detached' })
    await checkPage(phone.page)
    tablet.watch.forgive(/status of 401/)
    for (const one of [phone, tablet, third, boss]) assert.deepEqual(one.watch.lines, [])
  })
})
