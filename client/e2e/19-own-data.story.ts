// What a learner asks about their own data, on a phone, and who decides hears of it on another at once: a wish to be erased that is
// refused with a reason, asked again and withdrawn; a copy that is deleted and made anew.
import assert from 'node:assert/strict'
import { administrator, demoPassword, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe("one's own data", () => {
  inOrder()
  const mine = learners[4] ?? assert.fail()
  let school: School
  let phone: Person
  let tablet: Person
  let boss: Person

  before(async () => {
    school = await openSchool()
    phone = await school.open('hand', mine)
    tablet = await school.open('tablet', mine)
    boss = await school.open('hand', administrator)
    for (const one of [phone, tablet]) {
      await one.go('/you')
      await button(one.page, 'Ask to be erased').waitFor()
    }
    await boss.go('/privacy')
    await sees(boss.page, 'Nobody was erased')
  })
  after(async () => {
    for (const one of [phone, tablet, boss]) await one?.close()
  })

  const ask = async (password: string) => {
    const { page } = phone
    await button(page, 'Ask to be erased').tap()
    const dialog = page.getByRole('dialog', { name: 'Ask to be erased' })
    await dialog.getByLabel('Why').fill('I move to another school')
    await dialog.getByLabel('Your password').fill(password)
    await button(dialog, 'Ask to be erased').tap()
    return dialog
  }
  const row = () =>
    boss.page
      .getByRole('list', { name: /^Requests to be erased/ })
      .getByRole('listitem')
      .filter({ hasText: mine.name })

  it('asks to be erased by the right password alone, and who decides sees it without a reload', async () => {
    const dialog = await ask('not the password')
    await dialog.locator('.field-error').first().waitFor()
    phone.watch.forgive(/status of 40[013]/)
    await checkPage(phone.page)
    await button(dialog, 'Cancel').tap()
    await dialog.waitFor({ state: 'hidden' })
    await ask(demoPassword)
    for (const one of [phone, tablet]) await sees(one.page, /^You asked to be erased /)
    await row().first().getByText('Asks to be erased').waitFor()
    await row().first().getByText('I move to another school').waitFor()
    await checkPage(boss.page)
  })

  it('is refused with a reason, which the learner reads at once', async () => {
    const { page } = boss
    await button(row().first(), 'Refuse').tap()
    const dialog = page.getByRole('dialog', { name: `Refuse the request of ${mine.name}` })
    await button(dialog, 'Refuse').tap()
    await sees(dialog, 'Say why.')
    await dialog.getByLabel('Why').fill('The term ends first')
    await checkPage(page)
    await button(dialog, 'Refuse').tap()
    await row().first().getByText('Refused').waitFor()
    for (const one of [phone, tablet]) await sees(one.page, 'An administrator said: The term ends first')
    await checkPage(phone.page)
  })

  it('asks again and keeps the account after all, and the list follows', async () => {
    await ask(demoPassword)
    await row().first().getByText('Asks to be erased').waitFor()
    await button(phone.page, 'Keep my account').tap()
    await sees(phone.page, 'You keep your account.')
    await row().getByText('Asks to be erased').waitFor({ state: 'hidden' })
    await button(tablet.page, 'Ask to be erased').waitFor()
    await checkPage(boss.page)
  })

  it('makes a copy that the other device has too, deletes it, and can make it anew', async () => {
    await button(phone.page, 'Make a copy').tap()
    for (const one of [phone, tablet]) await link(one.page, /^Download/).waitFor()
    await checkPage(phone.page)
    await button(phone.page, 'Delete the copy').tap()
    await sees(phone.page, 'The copy is deleted. You can make a new one at any time.')
    await button(tablet.page, 'Make a copy').waitFor()
    for (const one of [phone, tablet, boss]) assert.deepEqual(one.watch.lines, [])
  })
})
