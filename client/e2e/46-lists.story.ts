// Lists that leave and come in as CSV: who observes whom, by an administrator; words of a glossary, by a teacher. Each is tried
// before it is done, says what is wrong with which row, and is undone from its notice.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { courseRoutes } from '#protocol/courses.ts'
import { glossaryRoutes } from '#protocol/glossaries.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, hold, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('lists as CSV', () => {
  inOrder()
  const learner = learners[0] ?? assert.fail()
  const parent = learners[1] ?? assert.fail()
  let school: School
  let desk: Person
  let teacher: Person

  before(async () => {
    school = await openSchool()
    desk = await school.open('desktop', administrator)
    teacher = await school.open('small', instructor)
  })

  const take = async ({ page }: Person, what: RegExp) => {
    const [download] = await Promise.all([page.waitForEvent('download'), link(page, what).click()])
    return readFile(await download.path(), 'utf8')
  }

  it('of observers are tried, brought in, undone, and taken away', async () => {
    const { page } = desk
    await desk.go('/privacy')
    await button(page, 'From a list').click()
    const dialog = page.getByRole('dialog', { name: 'Observers from a list' })
    await dialog.getByLabel('The list').fill('name,email\nx,y\n')
    await sees(dialog, 'The first line must name the columns; “learner” is missing.')
    const rows = [`${learner.email};${parent.email};guardian;`, `${learner.email};nobody@demo.example;;`]
    await dialog.locator('input[type=file]').setInputFiles({
      ...{ name: 'observers.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(['learner;observer;kind;until', ...rows, `${learner.email};${parent.email};;`].join('\n')),
    })
    await sees(dialog, '2 rows cannot be taken')
    await sees(dialog, 'Nobody has the address of this observer')
    await sees(dialog, `${parent.name} observes ${learner.name}`)
    // The list that was refused before is told of in the log of the browser.
    desk.watch.forgive(/400/)
    await checkPage(page)
    await button(dialog, 'Link 1 observer').click()
    await sees(page, '1 observer is linked.')
    assert.match(
      await take(desk, /^Download as CSV$/),
      new RegExp(`"${learner.email}",.*"${parent.email}","Guardian",""`),
    )
    await button(page, 'Undo').click()
    await sees(page, '1 link has ended again.')
    assert.ok(!(await take(desk, /^Download as CSV$/)).includes(parent.email))
    await checkPage(page)
  })

  it('of words come into a glossary on a phone, one word at a time undone as one, and leave it', async () => {
    const id = (await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })).id
    const client = await signedInClient(school, { accountId: id })
    const course = (await client.request(courseRoutes.list, {})).items[0] ?? assert.fail()
    const { glossary } = await client.request(glossaryRoutes.create, {
      ...{ courseId: course.id, title: 'Words of the term', published: true },
    })
    const { page } = teacher
    await teacher.go(`/courses/${course.id}/glossaries/${glossary.id}`)
    await sees(page, 'No entry yet')
    await button(page, 'From a list').tap()
    const dialog = page.getByRole('dialog', { name: 'Words from a list' })
    await dialog
      .getByLabel('The list')
      .fill('word,other names,meaning\nOsmosis,Diffusion; Seepage,Water moves.\nخلية,,أصغر وحدة حية\nEmpty,,\n')
    await sees(dialog, '1 row cannot be taken')
    await sees(dialog, 'Does not say what it means')
    await checkPage(page)
    await button(dialog, 'Add 2 words').tap()
    await sees(page, '2 words are added.')
    await hold(page, '2 words are added.')
    await sees(page, 'Also: Diffusion, Seepage')
    await checkPage(page)
    assert.match(await take(teacher, /^Download as CSV$/), /"Osmosis","Diffusion; Seepage","Water moves\."/)
    await button(page, 'Undo').tap()
    await sees(page, '2 words are taken out again.')
    await sees(page, 'No entry yet')
    for (const one of [desk, teacher]) assert.deepEqual(one.watch.lines, [])
  })
})
