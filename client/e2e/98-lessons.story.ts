// A lesson with a branch: a teacher builds it on a phone and is told of a dead end, a learner goes through it, and the
// teacher's list says where they are as they go on.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const pupil = learners[3] ?? assert.fail()

describe('a lesson in a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
    lena = await school.open('small', pupil)
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  const write = async (title: string, text: string) => {
    const { page } = teacher
    await button(page, 'Add a page').tap()
    const dialog = page.getByRole('dialog', { name: 'Add a page' })
    await dialog.getByLabel('Title of the page').fill(title)
    await button(dialog, 'Add page').tap()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(text)
  }
  const save = async () => {
    await button(teacher.page, 'Save').tap()
    await teacher.page.getByRole('list', { name: 'Pages' }).waitFor()
  }

  it('is written on a phone, page by page', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Lesson', exact: true }).tap()
    const dialog = page.getByRole('dialog', { name: 'Add a lesson' })
    await button(dialog, 'Add lesson').tap()
    await sees(dialog, 'Give it a title.')
    await dialog.getByLabel('Title').fill('Which tree is it?')
    await dialog.getByLabel('What it is about').fill('Look closely, then choose.')
    await checkPage(page)
    await button(dialog, 'Add lesson').tap()
    await sees(page, 'No page yet')
    await checkPage(page)
    await write('Needles or leaves?', 'Take a twig in your hand.')
    await checkPage(page)
    await save()
    await write('A conifer', 'Conifers keep their needles in winter.')
    await save()
    await write('A broadleaf', 'Most of them are bare in winter.')
    // What was not saved is found again on this device.
    await link(page, 'Cancel').tap()
    await link(page.getByRole('list', { name: 'Pages' }), 'A broadleaf').tap()
    await button(page, 'Go on with them').tap()
    await sees(page.getByRole('textbox', { name: 'Text', exact: true }), 'Most of them are bare in winter.')
    // A choice that is taken out by mistake comes back.
    await button(page, 'Take choice 1 out').tap()
    await sees(page, 'Without a choice this page is a dead end.')
    await button(page.locator('.toast', { hasText: 'Choice 1 was taken out.' }), 'Undo').tap()
    await page.getByRole('group', { name: 'Choice 1' }).waitFor()
    await save()
    await sees(page, 'Learners begin here')
    await checkPage(page)
  })

  it('branches, says what leads where, and is refused with a dead end in it', async () => {
    const { page } = teacher
    const list = page.getByRole('list', { name: 'Pages' })
    await link(list, 'Needles or leaves?').tap()
    await button(page, 'Add a choice').tap()
    await button(page, 'Save').tap()
    await sees(page, 'With several choices, each needs its words.')
    const first = page.getByRole('group', { name: 'Choice 1' })
    await first.getByLabel('Words on the button').fill('It has needles')
    await first.getByLabel('Leads to').selectOption({ label: 'Page: A conifer' })
    await first.getByLabel('Said back when it is taken').fill('Right: they are stiff and stand all round.')
    const second = page.getByRole('group', { name: 'Choice 2' })
    await second.getByLabel('Words on the button').fill('It has leaves')
    await second.getByLabel('Leads to').selectOption({ label: 'Page: A broadleaf' })
    await checkPage(page)
    await save()
    const leads = list.getByRole('list', { name: 'Where Needles or leaves? leads' })
    await sees(leads, '“It has needles” leads to A conifer')
    await sees(leads, '“It has leaves” leads to A broadleaf')

    await link(list, 'A conifer').tap()
    await button(page, 'Take choice 1 out').tap()
    await save()
    await sees(list, 'Dead end: no choice leads on from here')
    await sees(page, 'The lesson can not be published like this')
    await checkPage(page)
    await button(page, 'Publish').tap()
    await sees(page.locator('.toast'), /^Learners would not get from “A conifer” to the end/)
    teacher.watch.forgive(/409/)
    await link(list, 'A conifer').tap()
    await button(page, 'Add a choice').tap()
    await page
      .getByRole('group', { name: 'Choice 1' })
      .getByLabel('Leads to')
      .selectOption({ label: 'The end of the lesson' })
    await save()
    await misses(page, 'The lesson can not be published like this')
    await button(page, 'Publish').tap()
    await page.getByText('Draft: only staff see this lesson.').waitFor({ state: 'hidden' })
  })

  it('takes a page out by mistake and brings it back, and moves one up', async () => {
    const { page } = teacher
    const list = page.getByRole('list', { name: 'Pages' })
    await button(page, 'More of A broadleaf').tap()
    await page.getByRole('menuitem', { name: 'Take out' }).tap()
    await sees(list, 'A choice leads to a page that was taken out')
    await button(page.locator('.toast', { hasText: 'A broadleaf was taken out.' }), 'Undo').tap()
    await link(list, 'A broadleaf').waitFor()
    await button(page, 'More of A broadleaf').tap()
    await page.getByRole('menuitem', { name: 'Move up' }).tap()
    await page.waitForFunction(() =>
      /A broadleaf[\s\S]*A conifer/.test(document.querySelector('main .list')?.textContent ?? ''),
    )
  })

  it('is tried by the teacher without a step being kept', async () => {
    const { page } = teacher
    await button(page, 'Try it as a learner').tap()
    await button(page, 'Begin').tap()
    await sees(page, 'Nothing of this is kept.')
    await button(page, 'It has leaves').tap()
    await page.getByRole('heading', { name: 'A broadleaf' }).waitFor()
    await checkPage(page)
    await button(page, 'Back').tap()
    await page.getByRole('heading', { name: 'Needles or leaves?' }).waitFor()
    await button(page, 'Stop trying').tap()
    await sees(page.getByRole('list', { name: 'Learners' }), 'Not begun')
  })

  it('is gone through by a learner on a phone, and the teacher sees where they are', async () => {
    const { page } = lena
    await lena.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await link(page.getByRole('main'), 'Which tree is it?').tap()
    await sees(page, 'Look closely, then choose.')
    await checkPage(page)
    await button(page, 'Begin').tap()
    await page.getByRole('heading', { name: 'Needles or leaves?' }).waitFor()
    await checkPage(page)
    const row = teacher.page.getByRole('list', { name: 'Learners' }).locator('.row', { hasText: pupil.name })
    await sees(row, /On Needles or leaves\?/)
    await button(page, 'It has needles').tap()
    await sees(page, 'Right: they are stiff and stand all round.')
    await page.getByRole('heading', { name: 'A conifer' }).waitFor()
    await checkPage(page)
    await sees(row, /On A conifer/)
    await sees(teacher.page, /taken 1 time/)
    await button(page, 'Back').tap()
    await page.getByRole('heading', { name: 'Needles or leaves?' }).waitFor()
    await button(page, 'It has leaves').tap()
    await page.getByRole('heading', { name: 'A broadleaf' }).waitFor()

    // Another device goes on where they were.
    const again = await school.open('tablet', pupil)
    await again.go(new URL(page.url()).pathname)
    await again.page.getByRole('heading', { name: 'A broadleaf' }).waitFor()
    await checkPage(again.page)
    await again.close()
  })

  it('takes a learner from a page that is taken out to the last they came by', async () => {
    const { page } = teacher
    await button(page, 'More of A broadleaf').tap()
    await page.getByRole('menuitem', { name: 'Take out' }).tap()
    await sees(lena.page, 'The page you were on was taken out')
    await lena.page.getByRole('heading', { name: 'Needles or leaves?' }).waitFor()
    await checkPage(lena.page)
    await button(page.locator('.toast', { hasText: 'A broadleaf was taken out.' }), 'Undo').tap()
    await lena.page.getByRole('heading', { name: 'A broadleaf' }).waitFor()
  })

  it('is done at its end, and the teacher reads which way was taken', async () => {
    const { page } = lena
    await button(page, /^(Continue|Finish)$/).tap()
    await page.getByRole('heading', { name: 'A conifer' }).waitFor()
    await button(page, 'Finish').tap()
    await page.getByRole('heading', { name: 'You have come to the end' }).waitFor()
    await checkPage(page)
    const row = teacher.page.getByRole('list', { name: 'Learners' }).locator('.row', { hasText: pupil.name })
    await sees(row, 'Finished')
    await row.getByRole('button', { name: pupil.name }).tap()
    const way = teacher.page.getByRole('dialog', { name: `The way of ${pupil.name}` })
    await sees(way, '“It has needles”: A conifer')
    await sees(way, 'Finish: the end')
    await checkPage(teacher.page)
    await lena.go(new URL(page.url()).pathname.replace(/\/lessons\/.*/, ''))
    await sees(page.locator('.row', { hasText: 'Which tree is it?' }), 'Done')
  })
})
