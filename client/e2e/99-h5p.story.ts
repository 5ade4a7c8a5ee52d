// A package of H5P in a course: from a phone a broken one is refused with its reason and a good one is taken; it is played on a
// small phone, left and gone on with, and what it comes to stands with staff at once.
import type { FrameLocator, Locator } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { buttonFiles, packed } from '#server/test/packages.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('a package of H5P', () => {
  inOrder()
  let school: School
  let teacher: Person
  let desk: Person
  let lena: Person
  const title = 'What a root drinks'
  const name = learners[3]?.name ?? ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('hand', instructor)
    desk = await school.open('desktop', instructor)
    lena = await school.open('small', learners[3])
  })
  after(async () => {
    for (const one of [teacher, desk, lena]) await one?.close()
  })

  const toCourse = async (one: Person) => {
    await one.go('/courses')
    await one.press(link(one.page.getByRole('main'), /Biology 1/))
    await one.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
  }
  const h5p = (files: Parameters<typeof packed>[0], called: string) => ({
    name: called,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(packed(files)),
  })
  const player = ({ page }: Person): FrameLocator =>
    page.frameLocator('iframe[title^="Package: "]').frameLocator('iframe')
  const says = (one: Person, words: string): Promise<void> => player(one).getByText(words, { exact: true }).waitFor()
  const lineOf = ({ page }: Person): Locator => page.getByRole('listitem').filter({ hasText: name })

  it('is refused where a library is missing, with its name, and taken where nothing is', async () => {
    for (const one of [teacher, lena]) await toCourse(one)
    const { page } = teacher
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Package (SCORM, H5P)', exact: true }).tap()
    const dialog = page.getByRole('dialog', { name: 'Add a package' })
    const { 'LecternStyle-2.3/library.json': _, ...broken } = buttonFiles
    await dialog.locator('input[type=file]').setInputFiles(h5p(broken, 'root.h5p'))
    await dialog.getByLabel('Title').fill(title)
    await dialog.getByLabel('Points').fill('20')
    await checkPage(page)
    await button(dialog, 'Add package').tap()
    await sees(page, 'root.h5p was not taken')
    await sees(page, /^A library that it needs is not in it: LecternStyle-2\.3\./)
    await checkPage(page)
    await button(page, 'Close').tap()
    await page.locator('input[type=file]').setInputFiles(h5p(buttonFiles, 'root.h5p'))
    await sees(page, /^H5P · .* · 20 points$/)
    await button(page, 'Publish').tap()
    await checkPage(page)
    await desk.go(new URL(page.url()).pathname.replace(/packages.*/, 'grades'))
    await desk.page.getByRole('columnheader', { name: new RegExp(title) }).waitFor()
  })

  it('is played on a phone, keeps what is done, and goes on where it was', async () => {
    const { page } = lena
    await link(page.getByRole('main'), title).tap()
    await button(page, 'Start').tap()
    await says(lena, 'Pressed 0 times')
    await checkPage(page)
    await lineOf(teacher).getByText('Begun', { exact: true }).waitFor()
    // What is answered within something else is not what counts.
    await player(lena).getByRole('button', { name: 'Within' }).tap()
    await says(lena, 'Pressed 1 times')
    await sees(page, /^\s*Kept \d\d:\d\d$/)
    await button(page, 'Close package').tap()
    await button(page, 'Continue').tap()
    await says(lena, 'Pressed 1 times')
    await lineOf(teacher).getByText('Begun', { exact: true }).waitFor()
  })

  it('is answered, and its score stands with the learner, the list and the gradebook at once', async () => {
    const { page } = lena
    await player(lena).getByRole('button', { name: 'Half' }).tap()
    await sees(page, 'Counts: 10 of 20')
    await lineOf(teacher).getByText('Not passed', { exact: true }).waitFor()
    await lineOf(teacher).getByText('10 of 20').waitFor()
    const grade = desk.page.getByRole('row').filter({ hasText: name })
    await grade.getByText('10', { exact: true }).first().waitFor()
    await player(lena).getByRole('button', { name: 'Right' }).tap()
    await sees(page, 'Counts: 20 of 20')
    await lineOf(teacher).getByText('Passed', { exact: true }).waitFor()
    await lineOf(teacher).getByText('20 of 20').waitFor()
    await grade.getByText('20', { exact: true }).first().waitFor()
    await checkPage(page)
    await checkPage(teacher.page)
    await checkPage(desk.page)
    await button(page, 'Close package').tap()
    await button(page, 'Start another attempt').waitFor()
    await checkPage(page)
  })

  it('that cannot be begun says so', async () => {
    const { page } = lena
    await page.route('**/players/h5p/main.bundle.js', route => route.abort())
    lena.watch.disregard(/main\.bundle\.js/)
    await button(page, 'Start another attempt').tap()
    await sees(page, 'The package did not open')
    await sees(page, 'Its player could not begin it. If it stays so, the package may be damaged.')
    await checkPage(page)
  })
})
