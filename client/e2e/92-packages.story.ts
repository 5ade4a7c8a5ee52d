// A package of SCORM in a course: from a phone one that is none is refused with its reason and a good one is brought; it is played on a small one,
// left and gone on with, passed; staff and the gradebook see it as it comes; then one of several parts, and a removal undone.
import type { FrameLocator } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { leafFiles, packed, treeFiles } from '#server/test/packages.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('a package', () => {
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person
  const title = 'A leaf in ten steps'
  const name = learners[3]?.name ?? ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('hand', instructor)
    lena = await school.open('small', learners[3])
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  const toCourse = async (one: Person) => {
    await one.go('/courses')
    await link(one.page.getByRole('main'), /Biology 1/).tap()
    await one.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
  }
  const zip = (files: Parameters<typeof packed>[0], called: string) => ({
    name: called,
    mimeType: 'application/zip',
    buffer: Buffer.from(packed(files)),
  })
  const player = ({ page }: Person): FrameLocator =>
    page.frameLocator('iframe[title^="Package: "]').frameLocator('iframe')
  const says = (one: Person, words: RegExp) => player(one).getByText(words).waitFor()

  it('is refused with its reason where it is none, and taken where it is one', async () => {
    for (const one of [teacher, lena]) await toCourse(one)
    const { page } = teacher
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Package (SCORM, H5P)', exact: true }).tap()
    const dialog = page.getByRole('dialog', { name: 'Add a package' })
    await button(dialog, 'Add package').tap()
    await sees(dialog, 'Choose the package.')
    await checkPage(page)
    const input = dialog.locator('input[type=file]')
    await input.setInputFiles(zip({ ...leafFiles, '../out.html': 'x' }, 'a_leaf_in_ten_steps.zip'))
    await becomes(() => dialog.getByLabel('Title').inputValue(), 'a leaf in ten steps')
    await dialog.getByLabel('Title').fill(title)
    await dialog.getByLabel('Points').fill('20')
    await button(dialog, 'Add package').tap()
    await sees(page, 'a_leaf_in_ten_steps.zip was not taken')
    await sees(page, /leads out of its folder.*\.\.\/out\.html$/)
    await checkPage(page)
    await button(page, 'Close').tap()
    await page.locator('input[type=file]').setInputFiles(zip(leafFiles, 'leaf.zip'))
    await sees(page, /SCORM 1\.2 · .* · 20 points/)
    await button(page, 'Publish').tap()
    await checkPage(page)
    // It comes to a learner who has the course open, without a reload.
    await sees(lena.page, title)
    await becomes(() => lena.page.getByText(title).count(), 1)
  })

  it('is played on a phone, keeps what is done, and goes on where it was after the tab was closed', async () => {
    const { page } = lena
    await link(page.getByRole('main'), title).tap()
    await button(page, 'Start').tap()
    await says(lena, /^Page 1, kept nothing, not attempted, ab-initio$/)
    // What does not come from the player is not heard: not from the part itself, nor from a page of ours.
    const forged = {
      ...{ say: 'told', part: 'one' },
      data: {
        ...{ completion: 'completed', success: 'passed', score: { raw: 100 }, seconds: 1 },
        ...{ location: '', suspend: '', objectives: [] },
      },
    }
    await player(lena)
      .locator('body')
      .evaluate((_, said) => window.top?.postMessage(said, '*'), forged)
    await page.evaluate(said => window.postMessage(said, '*'), forged)
    await player(lena).getByRole('button', { name: 'Onward' }).tap()
    await says(lena, /^Page 2, kept seen 2, incomplete/)
    await sees(page, /^\s*Kept \d\d:\d\d$/)
    await checkPage(page)
    await teacher.page.getByRole('listitem').filter({ hasText: name }).getByText('Begun', { exact: true }).waitFor()
    const address = page.url()
    await page.close()
    const again = await lena.context.newPage()
    Object.assign(lena, { page: again })
    await again.goto(address)
    await button(again, 'Continue').tap()
    await says(lena, /^Page 2, kept seen 2, incomplete, resume$/)
    await checkPage(again)
    // In a tunnel it goes on, and what it tells is kept here and sent afterwards.
    await lena.context.setOffline(true)
    await sees(again, /You are offline/)
    await player(lena).getByRole('button', { name: 'Onward' }).tap()
    await says(lena, /^Page 3, kept seen 3/)
    await sees(again, 'Kept on this device until the connection is back')
    lena.watch.disregard(/failed request|ERR_INTERNET_DISCONNECTED/)
    await lena.context.setOffline(false)
    await sees(again, /^\s*Kept \d\d:\d\d$/)
    await button(again, 'Close package').tap()
    await button(again, 'Continue').tap()
    await says(lena, /^Page 3, kept seen 3, incomplete, resume$/)
  })

  it('is passed, and staff and the learner see what it came to without asking', async () => {
    const { page } = lena
    await player(lena).getByRole('button', { name: 'Pass' }).tap()
    await sees(page, 'Counts: 17 of 20')
    const line = teacher.page.getByRole('listitem').filter({ hasText: name })
    await line.getByText('Passed', { exact: true }).waitFor()
    await line.getByText('17 of 20').waitFor()
    await button(page, 'Close package').tap()
    await button(page, 'Start another attempt').waitFor()
    await checkPage(page)
    await checkPage(teacher.page)
    await link(page, /Biology 1/)
      .first()
      .tap()
    await link(page.getByRole('main'), 'Grades').tap()
    const grade = page.getByRole('listitem').filter({ hasText: title })
    await grade.getByText('17').first().waitFor()
    await link(grade, title).tap()
    await button(page, 'Start another attempt').tap()
    await player(lena).getByRole('button', { name: 'Fail' }).tap()
    await line.getByText('Not passed', { exact: true }).waitFor()
    await sees(page, 'Counts: 17 of 20')
    await line.getByText('2 attempts').waitFor()
  })

  it('of several parts is gone through in order or by choice, and is done when all of it is', async () => {
    const { page } = teacher
    await page.locator('input[type=file]').setInputFiles(zip(treeFiles, 'tree.zip'))
    await sees(page, /SCORM 2004 · .* · 20 points/)
    await button(lena.page, 'Close package').tap()
    await button(lena.page, 'Start another attempt').tap()
    await says(lena, /^Page 1, kept nothing/)
    await player(lena).getByRole('heading', { name: 'The crown' }).waitFor()
    await lena.page.getByText('What is in it').tap()
    await checkPage(lena.page)
    await player(lena).getByRole('button', { name: 'Pass' }).tap()
    await player(lena).getByRole('heading', { name: 'The trunk' }).waitFor()
    await button(lena.page, 'Next').tap()
    await player(lena).getByRole('heading', { name: 'The root' }).waitFor()
    await player(lena).getByRole('button', { name: 'Pass' }).tap()
    await sees(lena.page, 'Counts: 18 of 20')
    await sees(lena.page, 'You have come to the end of it.')
    const third = lena.page.getByRole('listitem').filter({ hasText: 'Attempt 3' })
    await third.getByText('Passed', { exact: true }).waitFor()
    await checkPage(lena.page)
    await button(lena.page, 'Close package').last().tap()
  })

  it('is tried by staff without being kept, and comes back when its removal is undone', async () => {
    const { page } = teacher
    await button(page, 'Try it').tap()
    await sees(page, 'What you do here is not kept.')
    await player(teacher).getByRole('heading', { name: 'The crown' }).waitFor()
    await checkPage(page)
    await link(page, /Biology 1/)
      .first()
      .tap()
    await button(page, `Change ${title}`).tap()
    await page.getByRole('menuitem', { name: 'Remove' }).tap()
    await sees(lena.page, 'This package is not here')
    await button(page.locator('.toast', { hasText: title }), 'Undo').tap()
    await button(lena.page, 'Start another attempt').waitFor()
  })
})
