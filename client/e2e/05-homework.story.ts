// The one who was absent: the quiz of a past class is given as homework into the same column; she answers, breaks off,
// goes on in another browser, hands in and sees what was right. Both stand in one column.
import assert from 'node:assert/strict'
import { absentee, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { answer, becomes, button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

const quiz = 'Cells: warm-up'
const column = 'The cell: first class'

describe('homework for the one who was absent', () => {
  inOrder()
  let school: School
  let teacher: Person
  let zoe: Person
  let address = ''

  const card = (at: Person, prompt: string) =>
    at.page.getByRole('listitem').filter({ has: at.page.getByRole('heading', { name: prompt }) })

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    zoe = await school.open('small', absentee)
  })
  after(async () => {
    await teacher?.close()
    await zoe?.close()
  })

  it('is given into the column of the class, and is on her Today at once', async () => {
    await zoe.go('/')
    await zoe.page.getByRole('heading', { name: 'Today' }).waitFor()
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await link(teacher.page.getByRole('main'), new RegExp(quiz)).click()
    await button(teacher.page, 'Give as homework').click()
    const dialog = teacher.page.getByRole('dialog', { name: 'Give as homework' })
    await dialog.getByLabel('Results go to').selectOption({ label: column })
    const only = dialog.getByRole('radio', { name: 'Only those who have not answered yet (1)' })
    await only.waitFor()
    await becomes(() => only.isChecked(), true, 'whoever missed the class, unless somebody chooses everybody')
    await becomes(
      () => dialog.getByRole('radio', { name: 'When it is due' }).isChecked(),
      true,
      'not before all have had it',
    )
    await dialog.getByRole('radio', { name: 'As soon as they hand in' }).check()
    await checkPage(teacher.page)
    await button(dialog, 'Give homework').click()
    await dialog.waitFor({ state: 'hidden' })
    await sees(teacher.page, /^Given to 1 person/)
    await link(teacher.page, /Homework/).waitFor()
    await checkPage(teacher.page)
    await zoe.page.getByRole('heading', { name: 'Due soon' }).waitFor()
    await checkPage(zoe.page)
  })

  it('is hidden and given back: one state a line, and her list follows', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).click()
    const line = page
      .getByRole('listitem')
      .filter({ has: button(page, `Change ${quiz}`) })
      .filter({ hasText: /Homework/ })
    await line.getByText('Open', { exact: true }).waitFor()
    await button(line, `Change ${quiz}`).click()
    await page.getByRole('menuitem', { name: 'Hide from learners' }).click()
    await line.getByText('Hidden', { exact: true }).waitFor()
    for (const word of ['Open', 'Draft']) assert.equal(await line.getByText(word, { exact: true }).count(), 0, word)
    await zoe.page.getByRole('heading', { name: 'Due soon' }).waitFor({ state: 'detached' })
    await checkPage(page)
    await button(page.locator('.toast', { hasText: 'hidden from learners' }), 'Undo').click()
    await line.getByText('Open', { exact: true }).waitFor()
    await zoe.page.getByRole('heading', { name: 'Due soon' }).waitFor()
  })

  it('is answered in part, and the browser closed', async () => {
    await link(zoe.page.getByRole('main'), new RegExp(quiz)).tap()
    await zoe.page.getByRole('heading', { name: quiz }).waitFor()
    await checkPage(zoe.page)
    address = new URL(zoe.page.url()).pathname
    await answer(zoe.page, 'A bacterium').tap()
    await card(zoe, 'Which of these has no nucleus?').getByText('Saved', { exact: true }).waitFor()
    await answer(zoe.page, 'False').tap()
    await card(zoe, 'Plant cells have mitochondria.').getByText('Saved', { exact: true }).waitFor()
    await sees(zoe.page, '2 of 3')
    assert.deepEqual(zoe.watch.lines, [])
    await zoe.close()
  })

  it('goes on in another browser where she left it', async () => {
    zoe = await school.open('tablet', absentee)
    await zoe.go(address)
    await sees(zoe.page, '2 of 3')
    await becomes(() => answer(zoe.page, 'A bacterium').getAttribute('aria-pressed'), 'true')
    for (const part of ['Chloroplast', 'Mitochondrion', 'Cell wall']) await answer(zoe.page, part).tap()
    await card(zoe, 'Which parts are found in a leaf cell?').getByText('Saved', { exact: true }).waitFor()
    await sees(zoe.page, '3 of 3')
    assert.equal(await zoe.page.getByText('Not correct').count(), 0, 'nothing is told before handing in')
    await checkPage(zoe.page)
  })

  it('is handed in, and shows what was right', async () => {
    await button(zoe.page, 'Hand in').tap()
    const dialog = zoe.page.getByRole('dialog', { name: 'Hand in your homework' })
    await dialog.waitFor()
    await checkPage(zoe.page)
    await button(dialog, 'Hand in').tap()
    await sees(zoe.page, 'Your result')
    await card(zoe, 'Which of these has no nucleus?').getByText('Correct', { exact: true }).last().waitFor()
    await card(zoe, 'Plant cells have mitochondria.').getByText('Not correct').last().waitFor()
    await checkPage(zoe.page)
  })

  it('stands in one column with the class, each with how it came to be', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).click()
    await link(page, 'Grades').click()
    const hers = link(page, new RegExp(`^${absentee.name}, ${column}`))
    await hers.waitFor()
    const other = link(page, new RegExp(`^${learners[0]?.name}, ${column}`))
    await other.waitFor()
    await becomes(() => page.getByRole('columnheader').count(), 3, 'the learner, the total and one column')
    await link(page, new RegExp(`^${absentee.name}, ${column}.*Caught up`)).waitFor()
    await checkPage(page)
    await hers.click()
    await sees(page, /The homework they were given stands for it/)
    await sees(page, '3 of 3 answered')
    await sees(page, 'Homework')
    await sees(page, 'Which of these has no nucleus?')
    await checkPage(page)
    await page.goBack()
    await other.click()
    await page.getByRole('heading', { level: 1, name: column }).waitFor()
    await sees(page, 'In class')
    await becomes(() => page.getByText('Homework', { exact: true }).count(), 0)
    await zoe.go('/')
    await zoe.page.getByRole('heading', { name: 'New results' }).waitFor()
    await checkPage(zoe.page)
  })

  it('is no dead end for those it was not given to: they do not meet it, and its address leads back', async () => {
    const present = await school.open('phone', learners[0])
    await present.go('/courses')
    await link(present.page.getByRole('main'), /Biology 1/).tap()
    await present.page.getByRole('heading', { name: 'Classes' }).waitFor()
    assert.equal(await link(present.page.getByRole('main'), new RegExp(quiz)).count(), 0)
    // What is asked in class alone is no thing of theirs here, whatever it is called.
    assert.equal(await present.page.getByRole('main').getByText(quiz, { exact: true }).count(), 0)
    await checkPage(present.page)
    await present.go(address)
    await sees(present.page, 'This was not given to you')
    present.watch.disregard(/403/)
    await checkPage(present.page)
    await link(present.page, 'Back to the course').tap()
    await present.page.getByRole('heading', { name: /Biology 1/, level: 1 }).waitFor()
    assert.deepEqual(present.watch.lines, [])
    await present.close()
  })
})
