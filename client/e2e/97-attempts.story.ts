// Homework that may be taken more than once, on phones: what the course says holds in the form, each attempt says what it came
// to and no right answer before the last, the open gradebook follows, and what the teacher changes later is there at once.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage, underNotices } from './check-page.ts'
import {
  answer,
  becomes,
  button,
  hold,
  inOrder,
  link,
  misses,
  openSchool,
  type Person,
  type School,
  sees,
} from './people.ts'

const quiz = 'Cells: warm-up'
const learner = learners[3] ?? assert.fail()

describe('attempts at homework', () => {
  inOrder()
  let school: School
  let teacher: Person
  let book: Person
  let phone: Person
  let course = ''
  let address = ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
    book = await school.open('desktop', instructor)
    phone = await school.open('phone', learner)
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).tap()
    await teacher.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
    course = new URL(teacher.page.url()).pathname
  })
  after(async () => {
    for (const one of [teacher, book, phone]) await one?.close()
  })

  const grade = () => link(book.page, new RegExp(`^${learner.name}, ${quiz}`))
  /** Answers the three questions: `right` of them as they are to be. */
  const give = async (right: 1 | 3) => {
    const { page } = phone
    for (const part of ['Chloroplast', 'Mitochondrion', 'Cell wall']) await answer(page, part).tap()
    await answer(page, right === 3 ? 'A bacterium' : 'A yeast cell').tap()
    await answer(page, right === 3 ? 'True' : 'False').tap()
    await sees(page, '3 of 3')
    await page.getByText('Saved', { exact: true }).nth(2).waitFor()
  }
  const handIn = async () => {
    const { page } = phone
    await button(page, 'Hand in').tap()
    const dialog = page.getByRole('dialog', { name: 'Hand in your homework' })
    await dialog.waitFor()
    await checkPage(page)
    await button(dialog, 'Hand in').tap()
    await sees(page, 'Your result')
  }
  const tryAgain = async (number: number) => {
    const { page } = phone
    await button(page, 'Try again').tap()
    const dialog = page.getByRole('dialog', { name: 'Try again?' })
    await sees(dialog, /The attempt with the most points counts/)
    await checkPage(page)
    await button(dialog, `Begin attempt ${number}`).tap()
    await dialog.waitFor({ state: 'hidden' })
  }

  it('are set for the course, and stand in the form where homework is given', async () => {
    const { page } = teacher
    await teacher.go(`${course}/grading`)
    const part = page.getByRole('form', { name: 'Attempts' })
    await part.getByLabel('Attempts allowed').selectOption({ label: '2 attempts' })
    await part.getByRole('radio', { name: /^The best one/ }).check()
    await checkPage(page)
    await button(part, 'Save').tap()
    await sees(page, 'Saved.')
    await teacher.go(course)
    await link(page.getByRole('main'), new RegExp(quiz)).tap()
    await button(page, 'Give as homework').tap()
    const dialog = page.getByRole('dialog', { name: 'Give as homework' })
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('select[name="attempts"]')?.value === '2',
    )
    await becomes(() => dialog.getByRole('radio', { name: /^The best one/ }).isChecked(), true)
    await dialog.getByRole('radio', { name: 'As soon as they hand in' }).check()
    await checkPage(page)
    await button(dialog, 'Give homework').tap()
    await dialog.waitFor({ state: 'hidden' })
    await sees(page, /Up to 2 attempts\. The best one counts\./)
    await checkPage(page)
  })

  it('tell what one came to, and no right answer while another may follow', async () => {
    const { page } = phone
    await phone.go(course)
    await link(page.getByRole('main'), new RegExp(quiz)).tap()
    await page.getByRole('heading', { level: 1, name: quiz }).waitFor()
    address = new URL(page.url()).pathname
    await sees(page, /^Attempt 1 of 2/)
    await sees(page, 'None is handed in yet.')
    await checkPage(page)
    await book.go(`${course}/grades`)
    await book.page.getByRole('columnheader', { name: new RegExp(quiz) }).waitFor()
    await give(1)
    await handIn()
    await sees(page, 'Right answers are shown after your last attempt, or when it is due.')
    await sees(page, /right answers: 1 of 3$/)
    await sees(page, 'One more attempt')
    assert.equal(await page.getByText(/^(Not c|C)orrect$/).count(), 0, 'no word of right or wrong')
    await checkPage(page)
    // The teacher's gradebook is open, and follows.
    await grade().waitFor()
    await book.page.getByRole('link', { name: new RegExp(`^${learner.name}, ${quiz}: 6\\.67 of 10`) }).waitFor()
    await checkPage(book.page)
  })

  it('say so where another one cannot be begun, and begin it when it can', async () => {
    const { page } = phone
    // The socket may notice at any moment, also before the page does.
    phone.watch.disregard(/ERR_INTERNET_DISCONNECTED|Failed to load resource/)
    await phone.context.setOffline(true)
    await tryAgain(2)
    await page.locator('.toast').filter({ hasText: 'No answer came.' }).waitFor()
    assert.deepEqual(await underNotices(page), [], 'it lies over no control')
    await phone.context.setOffline(false)
    await page.reload()
    await sees(page, /^Attempt 1 of 2/)
    await tryAgain(2)
    await sees(page, /^Attempt 2 of 2/)
    await sees(page, '0 of 3')
    await checkPage(page)
    // What goes on changes no grade, and another tab is in the same attempt.
    await give(3)
    const tablet = await school.open('tablet', learner)
    await tablet.go(address)
    await sees(tablet.page, /^Attempt 2 of 2/)
    await sees(tablet.page, '3 of 3')
    await checkPage(tablet.page)
    await grade().filter({ hasText: '6.67' }).waitFor()
    await handIn()
    await sees(tablet.page, 'Your result')
    await tablet.close()
  })

  it('show what was right after the last, and the gradebook has the best', async () => {
    const { page } = phone
    await page.getByText('Correct', { exact: true }).first().waitFor()
    await misses(page, 'Try again')
    await page.getByRole('listitem').filter({ hasText: 'Attempt 2' }).getByText('Counts').waitFor()
    await checkPage(page)
    await grade().filter({ hasText: '10' }).waitFor()
    await link(page, 'All your answers').tap()
    await page.getByRole('heading', { level: 2, name: 'Attempts' }).waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Attempt 2' })
      .getByText(/^Counts · The best one/)
      .waitFor()
    await checkPage(page)
  })

  it('are changed later, with the way back, before the eyes of learner and gradebook', async () => {
    const { page } = teacher
    await phone.go(address)
    await sees(phone.page, 'Your result')
    await button(page, 'Change attempts').last().tap()
    const dialog = page.getByRole('dialog', { name: `Attempts at “${quiz}”` })
    await dialog.getByRole('radio', { name: /^The first one/ }).check()
    await dialog.getByLabel('Attempts allowed').selectOption({ label: '3 attempts' })
    await sees(dialog, /has seen the right answers/)
    await checkPage(page)
    await button(dialog, 'Save').tap()
    await sees(page, 'Saved. Grades are worked out anew.')
    await hold(page)
    await grade().filter({ hasText: '6.67' }).waitFor()
    await phone.page.getByRole('listitem').filter({ hasText: 'Attempt 1' }).getByText('Counts').waitFor()
    await button(phone.page, 'Try again').waitFor()
    await checkPage(phone.page)
    await button(page.locator('.toast').last(), 'Undo').tap()
    await sees(page, 'Taken back.')
    await grade().filter({ hasText: '10' }).waitFor()
    await misses(phone.page, 'Try again')
  })

  it('are all there for who teaches, in the grade of a learner', async () => {
    const { page } = book
    await grade().click()
    await page.getByRole('heading', { level: 2, name: 'Attempts' }).waitFor()
    await page.getByText('Attempt 1', { exact: true }).first().waitFor()
    await checkPage(page)
    for (const one of [teacher, book, phone]) assert.deepEqual(one.watch.lines, [])
  })
})
