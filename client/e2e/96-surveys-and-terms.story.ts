// What a course asks and explains: a survey without names, written on a phone, answered by five and told to the teacher as it
// comes; a glossary whose words are explained in a page, with an entry that a learner suggests.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('a survey in a course', () => {
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
    await becomes(() => first.getByLabel('Kind of question').isDisabled(), true)
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

describe('a glossary in a course', () => {
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

  it('is written on a phone, word by word, and says which word stands there already', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Glossary', exact: true }).tap()
    const dialog = page.getByRole('dialog', { name: 'Add a glossary' })
    await dialog.getByLabel('Title').fill('Words of biology')
    await dialog.getByLabel('Learners suggest entries').check()
    await checkPage(page)
    await button(dialog, 'Add glossary').tap()
    await link(page.getByRole('main'), 'Words of biology').tap()
    await sees(page, 'No entry yet')
    await checkPage(page)
    await button(page, 'Publish').tap()
    for (const [word, meaning] of [
      ['Chloroplast', 'Makes sugar of light.'],
      ['Cell', 'The smallest thing that lives.'],
    ] as const) {
      await button(page, 'Add an entry').tap()
      const form = page.getByRole('dialog', { name: 'Add an entry' })
      await form.getByLabel('Word', { exact: true }).fill(word)
      await form.getByRole('textbox', { name: 'Text', exact: true }).fill(meaning)
      if (word === 'Cell') await checkPage(page)
      await button(form, 'Save entry').tap()
      await form.waitFor({ state: 'hidden' })
    }
    const list = page.getByRole('list', { name: 'Entries' })
    await link(list, 'Cell').waitFor()
    await becomes(async () => (await list.getByRole('heading').allTextContents()).join(), 'Cell,Chloroplast')
    await button(page, 'Add an entry').tap()
    const again = page.getByRole('dialog', { name: 'Add an entry' })
    await again.getByLabel('Word', { exact: true }).fill('cell')
    await again.getByRole('textbox', { name: 'Text', exact: true }).fill('Another one.')
    await button(again, 'Save entry').tap()
    await sees(again, 'Something here is called cell already. Choose another name.')
    teacher.watch.forgive(/409/)
    await button(again, 'Cancel').tap()
  })

  it('takes what a learner suggests, once a teacher approves it, and both see it live', async () => {
    const { page } = lena
    await lena.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await link(page.getByRole('main'), 'Words of biology').tap()
    await button(page, 'Suggest an entry').tap()
    const dialog = page.getByRole('dialog', { name: 'Suggest an entry' })
    await button(dialog, 'Send suggestion').tap()
    await sees(dialog, 'Write the word.')
    await dialog.getByLabel('Word', { exact: true }).fill('Osmosis')
    await dialog.getByLabel('What it means').fill('Water goes where there is more salt.')
    await checkPage(page)
    await button(dialog, 'Send suggestion').tap()
    await sees(page, 'Your suggestions')
    await button(teacher.page, 'Approve').waitFor()
    await checkPage(teacher.page)
    await button(teacher.page, 'Approve').tap()
    await link(page.getByRole('list', { name: 'Entries' }), 'Osmosis').waitFor()
    await button(page, 'O: 1 word').tap()
    await link(page.getByRole('list', { name: 'Entries' }), 'Cell').waitFor({ state: 'hidden' })
    await checkPage(page)
    // What is taken out comes back.
    await button(teacher.page, 'More of Osmosis').tap()
    await teacher.page.getByRole('menuitem', { name: 'Take out' }).tap()
    await sees(page, 'No word fits')
    await button(teacher.page.locator('.toast', { hasText: 'Osmosis was taken out.' }), 'Undo').tap()
    await link(page.getByRole('list', { name: 'Entries' }), 'Osmosis').waitFor()
  })

  it('explains its words where they stand first in a page, by a finger and by a key', async () => {
    const { page } = teacher
    await link(page.getByRole('main'), /Biology 1/)
      .first()
      .tap()
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Page', exact: true }).tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').first().fill('What leaves do')
    await button(dialog, 'Create and write').tap()
    await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor()
    await page
      .getByRole('textbox', { name: 'Text', exact: true })
      .fill('A leaf is made of cells: each cell holds a chloroplast, and a cell breathes.')
    await button(page, 'Done').tap()
    const word = button(page.getByRole('main'), 'cell')
    await word.tap()
    const bubble = page.getByRole('dialog', { name: 'Cell: what it means' })
    await sees(bubble, 'The smallest thing that lives.')
    await becomes(() => word.count(), 1)
    await checkPage(page)
    await page.keyboard.press('Escape')
    await bubble.waitFor({ state: 'hidden' })
    await button(page.getByRole('main'), 'chloroplast').focus()
    await page.keyboard.press('Enter')
    await sees(page.getByRole('dialog', { name: 'Chloroplast: what it means' }), 'Makes sugar of light.')
    await link(page, 'Open the entry').tap()
    await page.getByRole('heading', { level: 1, name: 'Chloroplast' }).waitFor()
    await checkPage(page)
  })

  it('is found by its words', async () => {
    await lena.go('/search?q=osmosis')
    await link(lena.page.getByRole('main'), /Osmosis/).tap()
    await lena.page.getByRole('heading', { level: 1, name: 'Osmosis' }).waitFor()
  })
})
