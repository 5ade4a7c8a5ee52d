// What stands between people and the school, on phones: a text that everybody agrees to, which comes over a page that is open and lets
// nothing else through; minors, who wait for a guardian or not; and a door that slows down whoever guesses, and nobody else.
import assert from 'node:assert/strict'
import { peopleRoutes } from '#protocol/accounts/people.ts'
import { observerRoutes } from '#protocol/observers.ts'
import { signInBudgets } from '#server/features/accounts/actions/throttles.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, demoPassword, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('what is agreed to, and the door', () => {
  inOrder()
  const [first, young, third] = [learners[0], learners[2], learners[3]].map(one => one ?? assert.fail())
  let school: School
  let boss: Person
  let phone: Person
  let minor: Person

  const idOf = async (email = '') => (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id

  before(async () => {
    school = await openSchool()
    boss = await school.open('hand', administrator)
    phone = await school.open('hand', first)
    minor = await school.open('hand', young)
    const ada = await signedInClient(school, { accountId: await idOf(administrator.email) })
    await ada.request(peopleRoutes.changeMinor, { accountId: await idOf(young?.email), minor: true })
    for (const one of [phone, minor]) {
      await one.go('/courses')
      await one.page.getByRole('heading', { name: 'Courses', level: 1 }).waitFor()
    }
  })
  after(async () => {
    for (const one of [boss, phone, minor]) await one?.close()
  })

  const gate = ({ page }: Person) => page.getByRole('heading', { name: 'How we treat each other', level: 1 })

  it('comes over the pages that are open as it is published, and refuses half a text', async () => {
    const { page } = boss
    await boss.go('/consent')
    await page.getByLabel('Title (English)').fill('How we treat each other')
    await button(page, 'Publish').tap()
    await sees(page, 'Write both title and text in English, or neither.')
    await page.getByLabel('Text (English)').fill('We listen.\n\nWe write as we would speak.')
    await page.getByLabel('Wait: nothing is open to them').check()
    await checkPage(page)
    await button(page, 'Publish').tap()
    await sees(page, 'Published. Whoever has not agreed is asked now.')
    // They have a text of their own to agree to.
    await button(page, 'I agree').tap()
    for (const one of [phone, minor]) await gate(one).waitFor()
    await sees(minor.page, 'A guardian agrees to this for you. Nothing else is open before.')
    for (const one of [phone, minor]) {
      one.watch.disregard(/status of 40[13]/)
      await checkPage(one.page)
    }
    boss.watch.disregard(/status of 40[13]/)
  })

  it('lets nothing else through until it is agreed to, and says afterwards to what', async () => {
    const { page } = phone
    await phone.go('/inbox')
    await gate(phone).waitFor()
    await button(page, 'I agree').tap()
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor()
    await phone.go('/you')
    await sees(page, 'What you agreed to')
    await checkPage(page)
  })

  it('keeps minors waiting only as long as the school says so', async () => {
    const { page } = boss
    await button(minor.page, 'Look again').tap()
    await gate(minor).waitFor()
    await boss.go('/consent')
    await page.getByLabel('Work without').check()
    await sees(page, 'Saved')
    await minor.page.getByRole('heading', { name: 'Courses', level: 1 }).waitFor()
    await misses(minor.page, 'A guardian agrees to this for you. Nothing else is open before.')
    await checkPage(page)
  })

  it('opens for a minor the moment their guardian agrees, who sees whose it is', async () => {
    const { page } = boss
    const ada = await signedInClient(school, { accountId: await idOf(administrator.email) })
    await ada.request(observerRoutes.add, {
      ...{ accountId: await idOf(young?.email), email: third?.email ?? '', kind: 'guardian' },
    })
    const guardian = await school.open('hand', third)
    try {
      await guardian.go('/you')
      guardian.watch.disregard(/status of 40[13]/)
      await button(guardian.page, 'I agree').tap()
      await button(guardian.page, `I agree for ${young?.name}`).waitFor()
      await checkPage(guardian.page)
      await page.getByLabel('Wait: nothing is open to them').check()
      await gate(minor).waitFor()
      await sees(minor.page, 'A guardian agrees to this for you. Nothing else is open before.')
      await button(guardian.page, `I agree for ${young?.name}`).tap()
      await sees(guardian.page, `Agreed for ${young?.name}.`)
      await minor.page.getByRole('heading', { name: 'Courses', level: 1 }).waitFor()
      await minor.go('/you')
      await sees(minor.page, new RegExp(`agreed by ${third?.name}`))
      await checkPage(minor.page)
    } finally {
      await guardian.close()
    }
  })

  it('slows down whoever guesses a password, and lets others in at the same address', async () => {
    const thief = await school.open('hand')
    const { page } = thief
    try {
      await thief.go('/sign-in')
      const guess = async (email: string, password: string) => {
        await page.getByLabel('E-mail').fill(email)
        await page.getByLabel('Password', { exact: true }).fill(password)
        const answer = page.waitForResponse(/\/session$/)
        await button(page, 'Sign in').tap()
        return (await answer).status()
      }
      for (let n = 0; n < signInBudgets.pair.points; n++)
        assert.equal(await guess(third?.email ?? '', `guess number ${n}`), 401)
      assert.equal(await guess(third?.email ?? '', demoPassword), 429)
      await sees(page, /^That was too often\. Try again in \d+ minutes?\.$/)
      thief.watch.forgive(/status of 4(01|29)/)
      await checkPage(page)
      assert.equal(await guess(first?.email ?? '', demoPassword), 200)
      await page.getByRole('heading', { name: 'Today' }).waitFor()
    } finally {
      await thief.close()
    }
    for (const one of [boss, phone, minor]) assert.deepEqual(one.watch.lines, [])
  })
})
