// A page that was written as Markdown gets a formula, a tip and a picture with words; a learner reads it the moment it is
// saved, and what was there before is brought back.
import { instructor, learners } from '#server/seeds/people.ts'
import { dot } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a rich page', () => {
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    lena = await school.open('small', learners[3])
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  const put = async (typed: string, name: string) => {
    await teacher.page.keyboard.press('Control+End')
    await teacher.page.keyboard.press('Enter')
    await teacher.page.keyboard.type(typed)
    await teacher.page.getByRole('option', { name, exact: true }).click()
  }
  const dialogButton = (name: string) => button(teacher.page.getByRole('dialog'), name)

  it('opens in the editor with all that was written', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).click()
    await link(page.getByRole('main'), 'Where a tree gets its weight').click()
    await sees(page, 'The other half')
    await lena.go(new URL(page.url()).pathname)
    await sees(lena.page, 'The other half')
    await button(page, 'Edit').click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).getByText('air', { exact: true }).waitFor()
  })

  it('takes a formula, a tip and a picture whose words are asked for, and reaches the reader', async () => {
    const { page } = teacher
    await put('/formula', 'Formula')
    await page.getByLabel('TeX', { exact: true }).fill('6CO_2 + 6H_2O')
    await page.getByRole('dialog').locator('math').waitFor()
    await checkPage(page)
    await dialogButton('Insert').click()
    await put('/tip', 'Tip')
    await page.keyboard.type('Draw it yourself once.')
    await put('/image', 'Image')
    const leaf = { name: 'leaf.png', mimeType: 'image/png', buffer: Buffer.from(dot) }
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(leaf)
    await dialogButton('Insert').click()
    await sees(page, 'Describe the image, or say that it only decorates.')
    await page.getByLabel('Description').fill('A leaf in the sun')
    await dialogButton('Insert').click()
    await lena.page.getByRole('img', { name: 'A leaf in the sun' }).waitFor()
    await lena.page.getByRole('complementary', { name: 'Tip' }).waitFor()
    await lena.page.locator('math').first().waitFor()
    await checkPage(page)
    await checkPage(lena.page)
  })

  it('goes back to what it was in front of the reader', async () => {
    const { page } = teacher
    await button(page, 'Done').click()
    await button(page, 'Where a tree gets its weight: more').click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    await sees(page, 'As it is now')
    await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').click()
    await dialogButton('Bring this version back').click()
    await misses(lena.page, 'Draw it yourself once.')
    await sees(lena.page, 'The other half')
  })
})
