// An assignment of a course: made by its teacher, written and handed in on a small phone, seen as it comes, marked, and read
// by the learner at once; then changed, taken back, and handed in anew while somebody marks.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import { courseId } from '#protocol/courses.ts'
import { enrolMany } from '#server/features/courses/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { arrange, makeAccount } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { dot } from '#server/test/uploads.ts'
import { checkPage, underNotices } from './check-page.ts'
import { becomes, button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('an assignment', () => {
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person
  const title = 'What a leaf is for'
  const name = learners[3]?.name ?? ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    lena = await school.open('small', learners[3])
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  const toCourse = async (one: Person) => {
    await one.go('/courses')
    await link(one.page.getByRole('main'), /Biology 1/).click()
    await one.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
  }

  it('is added to a course, said in the editor of pages, and comes to learners as it is published', async () => {
    for (const one of [teacher, lena]) await toCourse(one)
    const { page } = teacher
    await button(page, /Add to /)
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Assignment', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an assignment' })
    await button(dialog, 'Add assignment').click()
    await sees(dialog, 'Give it a title.')
    await dialog.getByLabel('Title').fill(title)
    await dialog.getByLabel('Files', { exact: true }).check()
    await dialog.getByLabel('Files at most').fill('2')
    await dialog.getByLabel('Kinds of files').selectOption({ label: 'Only some kinds' })
    await dialog.getByLabel('Points').fill('20')
    await dialog.getByLabel('Due on').fill('2020-01-01')
    await checkPage(page)
    await button(dialog, 'Add assignment').click()
    const text = page.getByRole('textbox', { name: 'Text of the page' }).or(page.locator('.note-text'))
    await text.first().click()
    await page.keyboard.type('Say in 200 words what a leaf is for.')
    await checkPage(page)
    await button(page, 'Save').click()
    await sees(page, 'Draft: only staff see this assignment.')
    await sees(page, 'Say in 200 words what a leaf is for.')
    assert.equal(await lena.page.getByText(title).count(), 0)
    await button(page, 'Publish').click()
    await link(lena.page.getByRole('main'), title).tap()
    await sees(lena.page, 'Say in 200 words what a leaf is for.')
    await link(page, new RegExp(name)).waitFor()
  })

  it('is written on a phone, saved as it is written, and takes the kinds of files that are asked for', async () => {
    const { page } = lena
    await page.getByLabel('Your text').fill('A leaf makes sugar out of light, water and air.')
    await sees(page, /^\s*Saved \d\d:\d\d$/)
    const input = page.getByLabel('Add files', { exact: true }).and(page.locator('input'))
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)])
    await input.setInputFiles({ name: 'leaf.png', mimeType: 'image/png', buffer: zip })
    await sees(page, 'Not taken: it is another kind of file than what is asked for.')
    await checkPage(page)
    await button(page, 'Stop sending leaf.png').tap()
    await input.setInputFiles({ name: 'A leaf.png', mimeType: 'image/png', buffer: Buffer.from(dot) })
    await link(page, 'A leaf.png').waitFor()
    await button(page, 'Take A leaf.png out').tap()
    await link(page, 'A leaf.png').waitFor({ state: 'hidden' })
    await page.locator('.toast', { hasText: 'A leaf.png was taken out.' }).waitFor()
    assert.deepEqual(await underNotices(page), [], 'it lies over no control')
    await button(page.locator('.toast', { hasText: 'A leaf.png was taken out.' }), 'Undo').tap()
    await link(page, 'A leaf.png').waitFor()
    await page.reload()
    await page.getByLabel('Your text').and(page.locator('textarea')).waitFor()
    const text = page.getByLabel('Your text').and(page.locator('textarea'))
    await waitFor(async () => /sugar out of light/.test(await text.inputValue()), 'what was written to be there')
    await checkPage(page)
  })

  it('is looked through in a class that fills more than a page', async () => {
    const { page } = teacher
    const many: AccountId[] = []
    for (let n = 10; n < 80; n++) many.push(await makeAccount({ name: `Aabha ${n}` }))
    const course = courseId.parse(/courses\/([^/]+)/.exec(page.url())?.[1])
    await arrange(ctx => enrolMany(ctx, { courseId: course, accountIds: many, role: 'learner' }))
    await teacher.go(new URL(page.url()).pathname)
    const rows = page.getByRole('list', { name: 'Submissions' }).getByRole('listitem')
    await rows.filter({ hasText: 'Aabha 10' }).waitFor()
    await becomes(() => rows.count(), 50)
    await checkPage(page)
    const find = page.getByLabel('Find a learner')
    await find.fill('bha 7')
    await rows.filter({ hasText: 'Aabha 10' }).waitFor({ state: 'detached' })
    await becomes(() => rows.count(), 10)
    await find.fill('nobody of this name')
    await sees(page, 'Nobody fits this. Change what is shown, or the name.')
    await checkPage(page)
    await find.fill('')
    await rows.filter({ hasText: 'Aabha 10' }).waitFor()
    await button(page, 'Show more').click()
    await rows.filter({ hasText: name }).waitFor()
    await becomes(() => button(page, 'Show more').count(), 0)
  })

  it('says how late it will be before it is handed in, and is seen by the teacher as it comes', async () => {
    const { page } = lena
    await button(page, 'Hand in').tap()
    const dialog = page.getByRole('dialog', { name: 'Hand in now?' })
    await sees(dialog, 'A text of 10 words, 1 file')
    await sees(dialog, /^It was due .* It will be late by [\d,]+ days\.$/)
    await checkPage(page)
    await button(dialog, 'Hand in').tap()
    await sees(page, /^Late by [\d,]+ days$/)
    await sees(page, /It is not marked yet\./)
    // On the second page, which stays in sight as the list is read anew.
    await teacher.page.getByRole('listitem').filter({ hasText: name }).getByText('Late', { exact: true }).waitFor()
    await checkPage(page)
    await checkPage(teacher.page)
  })

  it('is read and marked where it stands, and the learner sees the mark without asking', async () => {
    const { page } = teacher
    await link(page, 'Mark the next one').click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await sees(page, /^A leaf makes sugar/)
    await page.getByRole('img', { name: 'A leaf.png' }).waitFor()
    await page.getByLabel('Points of 20').fill('21')
    await button(page, /^Save mark$/).click()
    await page.locator('.field-error').filter({ hasText: 'Enter points from 0 to 20' }).waitFor()
    await page.getByLabel('Points of 20').fill('17.5')
    await page.getByLabel('Comment').fill('Well seen. What about water?')
    await button(page, /^Save mark$/).click()
    await sees(lena.page, 'Well seen. What about water?')
    await lena.page.getByText('17.5').first().waitFor()
    await checkPage(page)
    await checkPage(lena.page)
    await link(lena.page, /Biology 1/)
      .first()
      .tap()
    await link(lena.page.getByRole('main'), 'Grades').tap()
    const line = lena.page.getByRole('listitem').filter({ hasText: title })
    await line.getByText('17.5').waitFor()
    await link(line, title).tap()
    await sees(lena.page, 'Well seen. What about water?')
  })

  it('leads from the gradebook to the work, and its mark is taken back', async () => {
    const { page } = teacher
    await link(page, title).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await link(page, /Biology 1/)
      .first()
      .click()
    await link(page.getByRole('main'), 'Grades').click()
    await link(page, new RegExp(`^${name}, ${title}: 17.5`)).click()
    await sees(page, 'Given by who marks, for what was handed in.')
    await checkPage(page)
    await link(page, 'See what was handed in').click()
    await button(page, 'Take mark back').click()
    await sees(lena.page, /It is not marked yet\./)
    await button(page.locator('.toast', { hasText: 'was taken back' }), 'Undo').click()
    await sees(lena.page, 'Well seen. What about water?')
    await button(page, 'Take mark back').click()
    await sees(lena.page, /It is not marked yet\./)
  })

  it('is handed in anew while somebody marks, who is told and loses nothing', async () => {
    const { page } = teacher
    await page.getByLabel('Points of 20').fill('12')
    await button(lena.page, 'Change it and hand in again').tap()
    await lena.page.getByLabel('Your text').fill('A leaf makes sugar. Water goes up through it, too.')
    await button(lena.page, 'Hand in').tap()
    await button(lena.page.getByRole('dialog', { name: 'Hand in now?' }), 'Hand in').tap()
    await sees(page, 'This changed meanwhile')
    await sees(page, /^A leaf makes sugar\. Water/)
    await checkPage(page)
    await becomes(() => page.getByLabel('Points of 20').inputValue(), '12')
    await button(page, 'Read it again').click()
    await button(page, /^Save mark$/).click()
    await lena.page
      .getByText(/^12 of 20|^12 out of 20|^12 /)
      .first()
      .waitFor()
    await sees(lena.page, /Earlier hand-ins/)
  })
})
