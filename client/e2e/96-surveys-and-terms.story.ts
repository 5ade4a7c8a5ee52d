// What a course asks and explains: a survey without names, written on a phone, answered by five and told to the teacher as it
// comes.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('a survey in a course', function () {
  this.timeout(120_000)
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
    lena = await school.open('small', learners[3])
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  it('is written on a phone, question by question, and says what is missing', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Survey', exact: true }).tap()
    const dialog = page.getByRole('dialog', { name: 'Add a survey' })
    await button(dialog, 'Add survey').tap()
    await sees(dialog, 'Give it a title.')
    await dialog.getByLabel('Title').fill('How was this term?')
    await checkPage(page)
    await button(dialog, 'Add survey').tap()
    await sees(page, 'No question yet')
    await button(page, 'Add a question').tap()
    await button(page, 'Save').tap()
    await sees(page, 'Write the question.')
    await page.getByLabel('Question', { exact: true }).fill('Would you take it again?')
    await page.getByLabel('Option 1').fill('Yes')
    await page.getByLabel('Option 2').fill('No')
    await page.getByLabel('Needs an answer').check()
    await button(page, 'Add a question').tap()
    const second = page.getByRole('group', { name: 'Question 2' })
    await second.getByLabel('Question', { exact: true }).fill('What should change?')
    await second.getByLabel('Kind of question').selectOption({ label: 'In their own words' })
    await checkPage(page)
    // What is taken out by mistake comes back.
    await button(page, 'Take question 2 out').tap()
    await second.waitFor({ state: 'hidden' })
    await button(page.locator('.toast', { hasText: 'Question 2 was taken out.' }), 'Undo').tap()
    await second.waitFor()
    await button(page, 'Save').tap()
    await sees(page, 'Draft: only staff see this survey.')
    await checkPage(page)
    await button(page, 'Publish').tap()
    await sees(page, 'Nobody has answered yet')
  })

  it('says before it is sent that there is no name with it, and afterwards that it was answered', async () => {
    const { page } = lena
    await lena.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await link(page.getByRole('main'), 'How was this term?').tap()
    await sees(page, 'You answer without your name')
    await button(page, 'Send').tap()
    await sees(page, 'This question needs an answer.')
    await checkPage(page)
    await page.getByRole('radio', { name: 'Yes' }).check()
    await page.getByLabel('What should change?').fill('More time outside.')
    await button(page, 'Send').tap()
    await sees(page, /^You answered on /)
    await sees(page, 'It stands without your name and can not be changed.')
    await checkPage(page)
    // The teacher's open page knows that somebody did, and nothing else.
    await sees(teacher.page, /^1 of \d+ answered/)
    await sees(teacher.page, 'There are not enough answers to show yet')
    assert.equal(await teacher.page.getByText('More time outside.').count(), 0)
  })

  it('is told to the teacher by itself once five have answered', async () => {
    for (const [at, choice] of [
      [4, 'Yes'],
      [5, 'No'],
      [6, 'Yes'],
      [7, 'Yes'],
    ] as const) {
      const one = await school.open('small', learners[at])
      await one.go(new URL(lena.page.url()).pathname)
      await one.page.getByRole('radio', { name: choice }).check()
      await button(one.page, 'Send').tap()
      await sees(one.page, /^You answered on /)
      await one.close()
    }
    const { page } = teacher
    await sees(page, '“Yes” was chosen most often')
    await sees(page, 'More time outside.')
    await page.getByLabel('Show as a table').check()
    await page.getByRole('row', { name: /Yes 4 80/ }).waitFor()
    await checkPage(page)
  })

  it('is worded anew afterwards, and only begins anew with a typed title', async () => {
    const { page } = teacher
    await button(page, 'Change').tap()
    await sees(page, 'Somebody has answered')
    const first = page.getByRole('group', { name: 'Question 1' })
    assert.equal(await first.getByLabel('Kind of question').isDisabled(), true)
    assert.equal(await button(page, 'Add a question').count(), 0)
    await first.getByLabel('Question', { exact: true }).fill('Would you take this course again?')
    await checkPage(page)
    await button(page, 'Save').tap()
    await page.getByRole('heading', { name: 'Would you take this course again?' }).waitFor()
    await button(page, 'Begin anew').tap()
    const dialog = page.getByRole('dialog', { name: 'Begin How was this term? anew' })
    await button(dialog, 'Take the answers away').tap()
    await sees(dialog, 'This is not its title.')
    await dialog.getByLabel('Type “How was this term?” to go on').fill('How was this term?')
    await checkPage(page)
    await button(dialog, 'Take the answers away').tap()
    await sees(page, 'Nobody has answered yet')
    // Their open page asks again.
    await button(lena.page, 'Send').waitFor()
  })
})
