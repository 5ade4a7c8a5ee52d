// The ways in and out: one tap in the demo school, a password, a device that is signed out from another one, and all of
// it by the keyboard alone.
import assert from 'node:assert/strict'
import { assistant, demoPassword, instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('signing in and out', () => {
  inOrder()
  let school: School
  let phone: Person
  let desk: Person

  before(async () => {
    school = await openSchool()
    phone = await school.open('phone')
    desk = await school.open('desktop')
  })
  after(async () => {
    await phone?.close()
    await desk?.close()
  })

  it('greets a stranger with a code to type and a way to sign in', async () => {
    await phone.go('/')
    await phone.page.getByLabel('Class or course code').waitFor()
    // On a bad network each file is a way there and back, six at a time.
    const files = await phone.page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(one => /[^/]+\.(js|css)$/.exec(one.name)?.[0] ?? []),
    )
    assert.ok(files.length <= 10, `the first page is ${files.length} files: ${files.join(', ')}`)
    await checkPage(phone.page)
    await link(phone.page, 'Sign in').click()
    await phone.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await checkPage(phone.page)
  })

  it('signs in one of the demo school with one tap', async () => {
    await button(phone.page, new RegExp(`^.*${learners[0]?.name ?? ''}`)).tap()
    await phone.page.getByRole('heading', { name: 'Today' }).waitFor()
    await link(phone.page, 'Join class').waitFor()
    await checkPage(phone.page)
  })

  it('refuses a wrong password with words, and keeps what was typed as the name', async () => {
    await desk.go('/sign-in')
    await desk.page.getByLabel('E-mail').fill(assistant.email)
    await desk.page.getByLabel('Password', { exact: true }).fill('not the password')
    await button(desk.page, 'Sign in').click()
    await sees(desk.page, 'The e-mail or the password is not right. Check both and try again.')
    await becomes(() => desk.page.getByLabel('E-mail').inputValue(), assistant.email)
    desk.watch.forgive(/status of 401/)
    await checkPage(desk.page)
  })

  it('signs in by the keyboard alone and says so at the first page', async () => {
    const { page } = desk
    await desk.go('/sign-in')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    const reach = async (name: string) => {
      for (let tries = 0; tries < 15; tries++) {
        await page.keyboard.press('Tab')
        const label = await page.evaluate(() => {
          const one = document.activeElement as HTMLElement
          const labels = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : one.textContent
          return (labels ?? '').trim()
        })
        if (label === name) return
      }
      assert.fail(`The keyboard never came to ${name}`)
    }
    await reach('E-mail')
    await page.keyboard.type(instructor.email)
    await reach('Password')
    await page.keyboard.type(demoPassword)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.nodeName === 'H1')
    await becomes(() => page.title(), 'Today · Lectern')
    await checkPage(page)
  })

  it('ends the session of another device at once, wherever that one is', async () => {
    const other = await school.open('tablet')
    await other.go('/sign-in')
    await other.page.getByLabel('E-mail').fill(instructor.email)
    await other.page.getByLabel('Password', { exact: true }).fill(demoPassword)
    await button(other.page, 'Sign in').click()
    await other.page.getByRole('heading', { name: 'Today' }).waitFor()
    await checkPage(other.page)

    await desk.go('/you')
    await desk.page.getByRole('heading', { name: 'Account and devices' }).waitFor()
    await desk.page.getByRole('button', { name: /^Sign out .* on / }).waitFor()
    await checkPage(desk.page)
    await button(desk.page, 'Sign out everywhere else').click()
    await sees(desk.page, '1 other device is signed out.')

    // Nobody touches the other one: it comes to the door by itself.
    await other.page.getByRole('heading', { name: /^(Sign in|Your classroom)/ }).waitFor()
    other.watch.disregard(/status of 401/)
    await checkPage(other.page)
    await other.close()
  })

  it('keeps nothing on the screen of the person before when another signs in there', async () => {
    const shared = await school.open('tablet', instructor)
    const { page } = shared
    await shared.go('/you')
    await page.getByRole('heading', { name: 'Account and devices' }).waitFor()
    const marked = () => page.evaluate(() => 'before' in window)
    await page.evaluate(() => Object.assign(window, { before: true }))
    await button(page, 'Sign out').first().click()
    await link(page, 'Sign in')
      .or(page.getByRole('heading', { name: 'Sign in' }))
      .first()
      .waitFor()
    assert.equal(await marked(), true)
    await page.evaluate(() => history.pushState(null, '', '/sign-in'))
    await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
    await button(page, new RegExp(`^.*${learners[1]?.name ?? ''}`)).tap()
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await waitFor(async () => !(await marked().catch(() => true)), 'a page of its own')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    shared.watch.forgive(/status of 401/)
    await checkPage(page)
    await shared.close()
  })

  it('signs out here and leaves nothing to go back to', async () => {
    await button(desk.page, 'Sign out').first().click()
    await desk.page.getByRole('heading', { name: /^(Sign in|Your classroom)/ }).waitFor()
    await desk.go('/courses')
    await desk.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    // What the page was still asking for as the session ended was refused.
    desk.watch.forgive(/status of 401/)
    assert.deepEqual(desk.watch.lines, [])
    assert.deepEqual(phone.watch.lines, [])
  })
})
