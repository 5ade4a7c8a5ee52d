// Lectern with somebody's eyes: an administrator on a phone says why, sees what a learner sees, can change nothing, and comes
// back; the learner reads who looked and why.
import { administrator, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const [emre] = learners
const reason = 'Says that the homework of week 2 is locked'

describe('seeing as a person', () => {
  inOrder()
  let school: School
  let ada: Person
  let learner: Person

  before(async () => {
    school = await openSchool()
    ada = await school.open('small', administrator)
    learner = await school.open('small', emre)
  })
  after(async () => {
    for (const one of [ada, learner]) await one?.close()
  })

  const menuOf = async (name: string) => {
    await ada.go(`/people?search=${encodeURIComponent(name)}`)
    await button(ada.page, `What to do with ${name}`).tap()
  }

  it('asks why before it begins, and says what is not shown', async () => {
    await menuOf(emre?.name ?? '')
    await ada.page.getByRole('menuitem', { name: 'See as this person' }).tap()
    const dialog = ada.page.getByRole('dialog', { name: `See Lectern as ${emre?.name}` })
    await sees(dialog, /Nothing can be changed or said in their name/)
    await checkPage(ada.page)
    await button(dialog, 'See as them').tap()
    await sees(dialog, 'Say why.')
    await dialog.getByLabel('Why').fill(reason)
    await button(dialog, 'See as them').tap()
    await ada.page.getByRole('region', { name: 'Preview' }).waitFor()
    await sees(ada.page, new RegExp(`^You see Lectern as ${emre?.name}, until \\d\\d:\\d\\d`))
  })

  it('shows their Today, their course and their grades, and no door of administrators', async () => {
    await ada.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await checkPage(ada.page)
    await misses(ada.page, 'People')
    await link(ada.page, 'Courses').first().tap()
    // Today leads to the course as well, and stands until the courses are there.
    await ada.page.getByRole('heading', { name: 'Courses', level: 1 }).waitFor()
    await link(ada.page.getByRole('main'), /Biology 1/).tap()
    await ada.page
      .getByText(/\d+ of \d+ done/)
      .first()
      .waitFor()
    await misses(ada.page, 'Start class')
    await link(ada.page.getByRole('main'), 'Grades').tap()
    await ada.page.getByRole('heading', { name: 'Grades', level: 1 }).waitFor()
    await sees(ada.page, 'The cell: first class')
    await checkPage(ada.page)
  })

  it('shows no talk, and ends where it began', async () => {
    await ada.go('/inbox')
    await sees(ada.page, /This is not shown in a preview/)
    ada.watch.disregard(/409/)
    await checkPage(ada.page)
    await button(ada.page, 'End preview').tap()
    await ada.page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    await misses(ada.page, /^You see Lectern as/)
  })

  it('is told to the person, with who looked and why', async () => {
    await learner.go('/you')
    const seen = learner.page.getByRole('list', { name: 'Seen with your eyes' })
    await sees(seen, administrator.name)
    await sees(seen, new RegExp(reason))
    await seen.scrollIntoViewIfNeeded()
    await checkPage(learner.page)
  })
})
