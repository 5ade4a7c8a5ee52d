// A teacher finds the term on a calendar, plans something, moves it, takes it away and back; a learner with the list on a
// phone sees each of it at once, and lets another program read along until it should not.
import assert from 'node:assert/strict'
import { activityRoutes } from '#protocol/activities.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { quizTitle } from './lesson.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a calendar', () => {
  inOrder()
  let school: School
  let teacher: Person
  let emre: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    emre = await school.open('small', learners[0])
  })
  after(async () => {
    for (const one of [teacher, emre]) await one?.close()
  })

  const toast = (words: RegExp | string) => teacher.page.locator('.toast', { hasText: words })
  const dialog = (who = teacher) => who.page.getByRole('dialog')
  const today = () => teacher.page.getByRole('gridcell', { name: /^Today, / })
  const openToday = async () => {
    await today().focus()
    await teacher.page.keyboard.press('Enter')
  }
  const more = async (name: string, act: string) => {
    await button(dialog(), `${name}: more`).click()
    await teacher.page.getByRole('menuitem', { name: act, exact: true }).click()
  }
  const row = (words: string) => emre.page.getByRole('listitem').filter({ hasText: words })

  it('shows the term: a month at the desk, a list on the phone', async () => {
    await teacher.go('/')
    await link(teacher.page.getByRole('navigation').first(), 'Calendar').click()
    await teacher.page.getByRole('gridcell', { name: /^Today, / }).waitFor()
    await sees(teacher.page.getByRole('grid'), /Biology lecture/)
    await checkPage(teacher.page)
    await emre.go('/')
    await link(emre.page.getByRole('navigation'), 'Calendar').tap()
    await row('Biology lecture').first().waitFor()
    await row('Office hours').first().waitFor()
    await checkPage(emre.page)
  })

  it('takes an event, which stands on the phone at once', async () => {
    await button(teacher.page, 'New event').click()
    await button(dialog(), 'Create').click()
    await sees(dialog(), 'A title is needed.')
    await dialog().getByLabel('Title').fill('Visit to the greenhouse')
    await dialog()
      .getByLabel(/^Place or link/)
      .fill('Main gate')
    await dialog().getByLabel('To', { exact: true }).fill('09:00')
    await button(dialog(), 'Create').click()
    await sees(dialog(), 'It ends after it begins.')
    await dialog().getByLabel('From', { exact: true }).fill('08:30')
    await checkPage(teacher.page)
    await button(dialog(), 'Create').click()
    await row('Visit to the greenhouse').waitFor()
    await sees(row('Visit to the greenhouse'), '08:30 to 09:00')
    await sees(row('Visit to the greenhouse'), 'Main gate')
  })

  it('leads from what is due to the homework, as soon as it is given', async () => {
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const program = await signedInClient(school, { accountId: id })
    const courses = (await program.request(courseRoutes.list, {})).items
    const courseId = courses.find(one => one.title.startsWith('Biology 1'))?.id ?? assert.fail()
    const activities = (await program.request(activityRoutes.list, { courseId, limit: 200 })).items
    const activityId = activities.find(one => one.title === quizTitle)?.id ?? assert.fail()
    const dueAt = new Date(Date.now() + 2 * 86_400_000).toISOString()
    await program.request(quizRoutes.assign, { activityId, dueAt })
    await link(emre.page.getByRole('main'), quizTitle).tap()
    await emre.page.waitForURL(/\/quizzes\//)
    await emre.page.goBack()
    await row('Visit to the greenhouse').waitFor()
  })

  it('is walked by the keys, and what is moved or removed there comes back', async () => {
    const { page } = teacher
    await today().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await more('Visit to the greenhouse', 'Change')
    await dialog().getByLabel('To', { exact: true }).fill('09:45')
    await button(dialog(), 'Save').click()
    await sees(row('Visit to the greenhouse'), '08:30 to 09:45')
    await button(toast('Visit to the greenhouse was changed.'), 'Undo').click()
    await sees(row('Visit to the greenhouse'), '08:30 to 09:00')
    await openToday()
    await more('Visit to the greenhouse', 'Remove')
    await row('Visit to the greenhouse').waitFor({ state: 'hidden' })
    await button(toast('Visit to the greenhouse was removed.'), 'Undo').click()
    await row('Visit to the greenhouse').waitFor()
  })

  it('is read by another program until its address ends', async () => {
    const { page } = emre
    await button(page, 'Subscribe').tap()
    await button(dialog(emre), /^Make an address: All my courses/).tap()
    await sees(dialog(emre), /^This address is shown once/)
    await checkPage(page)
    const address = (await dialog(emre).locator('code').textContent()) ?? ''
    const file = await fetch(address)
    assert.match(await file.text(), /SUMMARY:Visit to the greenhouse\r\n/)
    await button(dialog(emre), /^End the address/).tap()
    await misses(dialog(emre), /^This address is shown once/)
    await sees(dialog(emre), 'No address yet')
    assert.equal((await fetch(address)).status, 404)
  })
})
