// A teacher puts a link into a course from a phone; a learner sees it come, and where it leads before going there.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, link, openSchool, type Person, type School, sees } from './people.ts'

describe('links in a course', () => {
  let school: School
  let teacher: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
    lena = await school.open('desktop', learners[3])
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  it('are added as typed, refused when they are none, and told at once', async () => {
    for (const one of [teacher, lena]) {
      await one.go('/courses')
      await link(one.page.getByRole('main'), /Biology 1/).click()
      await one.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
    }
    const { page } = teacher
    await button(page, /Add to /)
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Link', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a link' })
    await dialog.getByLabel('Address').fill('javascript:alert(1)')
    await dialog.getByLabel('Title').fill('Cells at the museum')
    await button(dialog, 'Add link').click()
    await sees(dialog, 'This is no address of a page on the web.')
    await checkPage(page)
    await dialog.getByLabel('Address').fill('museum.example/cells')
    await dialog.getByLabel('What is there').fill('Room 2')
    await button(dialog, 'Add link').click()
    await link(page.getByRole('main'), 'Cells at the museum').click()
    await sees(page, 'Draft: only staff see this link.')
    assert.equal(await lena.page.getByText('Cells at the museum').count(), 0)
    await button(page, 'Publish').click()
    await link(lena.page.getByRole('main'), 'Cells at the museum').click()
    const there = link(lena.page, 'Open museum.example')
    assert.deepEqual(
      [await there.getAttribute('href'), await there.getAttribute('target'), await there.getAttribute('rel')],
      ['https://museum.example/cells', '_blank', 'noopener noreferrer'],
    )
    await checkPage(lena.page)
    // Changed while the learner reads it.
    await button(page, 'Change link').click()
    await page.getByRole('dialog').getByLabel('What is there').fill('Room 3')
    await button(page.getByRole('dialog'), 'Save').click()
    await sees(lena.page, 'Room 3')
  })
})
