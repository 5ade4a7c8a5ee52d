// A teacher with a phone makes project groups, fills them by chance and takes it back, copies a set and takes somebody out of a
// section; two learners want the last place, and one of them sees it go.
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('groups of a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let tom: Person
  let sofia: Person

  // Both are in no group of the demo course's set.
  before(async () => {
    school = await openSchool()
    teacher = await school.open('hand', instructor)
    tom = await school.open('small', learners.at(-1))
    sofia = await school.open('small', learners.at(-2))
  })
  after(async () => {
    for (const one of [teacher, tom, sofia]) await one?.close()
  })

  const toast = (words: RegExp | string) => teacher.page.locator('.toast', { hasText: words })
  const card = (name: string) => teacher.page.getByRole('listitem', { name, exact: true })
  const dialog = () => teacher.page.getByRole('dialog')
  const more = async (name: string, act: string) => {
    await button(teacher.page, `${name}: more`).first().tap()
    await teacher.page.getByRole('menuitem', { name: act, exact: true }).tap()
  }

  it('are found from the course, with who is in none', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await link(page.getByRole('main'), 'Groups').tap()
    await sees(page, 'In no group (10)')
    await checkPage(page)
    await tom.go(new URL(page.url()).pathname)
    await sees(tom.page, 'Choose a group')
    await sees(tom.page, 'Your section: Thursday lab')
    await checkPage(tom.page)
  })

  it('give the last place to one, in front of the other', async () => {
    // Three places taken of three: nobody is put out by it, and one is free in the group of two.
    await more('Project groups', 'Settings of the set')
    await dialog()
      .getByLabel(/^Most members of a group/)
      .fill('many')
    await button(dialog(), 'Save').tap()
    await sees(dialog(), 'A number from 1 to 1000, or nothing.')
    await dialog()
      .getByLabel(/^Most members of a group/)
      .fill('3')
    await button(dialog(), 'Save').tap()
    await sofia.go(new URL(teacher.page.url()).pathname)
    await sees(sofia.page, '2 of 3')
    await button(tom.page, 'Join Group 4').tap()
    await sees(tom.page, 'Your group')
    await button(sofia.page, 'Join Group 4').waitFor({ state: 'hidden' })
    await sees(card('Group 4'), 'Tom Whitaker')
    await button(tom.page.locator('.toast'), 'Undo').tap()
    await button(sofia.page, 'Join Group 4').waitFor()
    await button(tom.page, 'Join Group 4').tap()
    await sees(tom.page, 'Your group')
    await sees(card('Group 4'), 'Tom Whitaker')
    await checkPage(tom.page)
  })

  it('are moved between by staff, and learn of it at once', async () => {
    await more('Tom Whitaker', 'Move to another group')
    await dialog().getByLabel('Into').selectOption({ label: 'Group 5 (0 of 3)' })
    await button(dialog(), 'Move').tap()
    await tom.page.getByRole('heading', { name: 'Group 5' }).waitFor()
    await more('Tom Whitaker', 'Make leader')
    await sees(tom.page, 'Leader')
    await button(toast('Tom Whitaker is in Group 5 now.'), 'Undo').tap()
    await tom.page.getByRole('heading', { name: 'Group 4' }).waitFor()
  })

  it('are made in one go, filled by chance as shown, and emptied again', async () => {
    const { page } = teacher
    await button(page, 'New set of groups').tap()
    await button(dialog(), 'Create').tap()
    await sees(dialog(), 'A name is needed.')
    await dialog().getByLabel('Name of the set').fill('Lab pairs')
    await dialog().getByLabel('How many groups').fill('12')
    await button(dialog(), 'Create').tap()
    await sees(page, 'In no group (24)')
    await button(page, 'Fill at random').tap()
    await sees(dialog(), 'Group 12')
    await checkPage(page)
    await button(dialog(), 'Place 24 people').tap()
    await sees(page, 'Everybody is in a group.')
    await tom.page.getByRole('heading', { name: 'Lab pairs' }).waitFor()
    await misses(tom.page, 'Staff put you into a group. It stands here then.')
    await button(toast('24 people were placed.'), 'Undo').tap()
    await sees(page, 'In no group (24)')
    await sees(tom.page, 'Staff put you into a group. It stands here then.')
  })

  it('are copied with their people, whom it tells', async () => {
    const { page } = teacher
    await link(page.getByRole('main'), /^Project groups/).tap()
    await more('Project groups', 'Copy the set')
    await tom.page.getByRole('heading', { name: 'Project groups (copy)' }).waitFor()
    await link(page.getByRole('main'), /^Project groups \(copy\)/).waitFor()
    await hold(page, 'Project groups (copy) was made.')
    await checkPage(page)
    await button(toast('Project groups (copy) was made.'), 'Undo').tap()
    await misses(tom.page, 'Project groups (copy)')
  })

  it('are sections too, out of which somebody is taken and put back', async () => {
    const { page } = teacher
    await link(page.getByRole('main'), /^Sections/).tap()
    await more('Tom Whitaker', 'Take out')
    await hold(page, 'Tom Whitaker is not in Thursday lab any more.')
    await misses(tom.page, 'Your section: Thursday lab')
    await checkPage(page)
    await button(toast('Tom Whitaker is not in Thursday lab any more.'), 'Undo').tap()
    await sees(tom.page, 'Your section: Thursday lab')
    await link(page.getByRole('main'), /^Lab pairs/).tap()
  })

  it('go with their set, and come back with it', async () => {
    await more('Lab pairs', 'Remove the set')
    await misses(tom.page, 'Lab pairs')
    await button(toast('Lab pairs was removed.'), 'Undo').tap()
    await sees(tom.page, 'Lab pairs')
  })
})
