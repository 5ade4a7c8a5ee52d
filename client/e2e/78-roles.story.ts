// Roles: an administrator copies one, narrows it, gives it in a course and asks why somebody may do a thing; a rule that
// takes writing away is felt by a learner at once, and taking it back gives it back.
import { courses } from '#server/features/courses/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('roles and rights', function () {
  this.timeout(60_000)
  inOrder()
  let school: School
  let admin: Person
  let learner: Person
  let courseId = ''
  let learnerEmail = ''

  before(async () => {
    school = await openSchool()
    admin = await school.open('small', administrator)
    const course = await courses.findOne({ where: { title: 'Biology 1' }, rejectOnEmpty: true })
    courseId = course.id
    const [first] = learners
    learnerEmail = first?.email ?? ''
    learner = await school.open('desktop', { email: learnerEmail })
  })
  after(async () => {
    for (const one of [admin, learner]) await one?.close()
  })

  const dialog = () => admin.page.getByRole('dialog')

  it('are copied and narrowed, and compared with what they came from', async () => {
    await admin.go('/roles')
    await sees(admin.page, 'Every member')
    await checkPage(admin.page)
    await button(admin.page, 'Copy a role').tap()
    await dialog().getByLabel('Name').fill('Lab assistant')
    await button(dialog(), 'Make the role').tap()
    await admin.page.getByRole('heading', { name: 'Lab assistant', level: 1 }).waitFor()
    await admin.page.getByLabel('Change and correct grades').uncheck()
    await sees(admin.page, /^Saved/)
    await admin.page.getByLabel('Compare with').selectOption({ label: 'Assistant' })
    await sees(admin.page, 'Only Assistant')
    await checkPage(admin.page)
  })

  it('are given in a course, and say why somebody may do a thing there', async () => {
    await admin.go(`/roles/places/course/${courseId}`)
    await admin.page.getByRole('tab', { name: 'Who holds what' }).tap()
    await button(admin.page, 'Give a role').tap()
    await dialog().getByLabel('E-mail of the person').fill(learnerEmail)
    await dialog().getByLabel('Role').selectOption({ label: 'Lab assistant' })
    await button(dialog(), 'Give a role').tap()
    await sees(admin.page, /is now Lab assistant here/)
    await checkPage(admin.page)
    await admin.page.getByRole('tab', { name: 'Why?' }).tap()
    await admin.page.getByLabel('E-mail of the person').fill(learnerEmail)
    await button(admin.page, 'Ask').tap()
    await sees(admin.page, 'No role they hold here or above allows it.')
    await admin.page.getByLabel('May they').selectOption({ label: 'Host classes' })
    await button(admin.page, 'Ask').tap()
    await sees(admin.page, 'Lab assistant may do it, and no place says otherwise.')
    await checkPage(admin.page)
    await admin.page.getByRole('tab', { name: 'Who holds what' }).tap()
    await admin.page.getByLabel('Search by name or e-mail').fill(learnerEmail)
    await button(admin.page, /Take away Lab assistant/).tap()
    await sees(admin.page, /is no longer Lab assistant here/)
    await button(admin.page, 'Undo').tap()
    await button(admin.page, /Take away Lab assistant/).waitFor()
  })

  it('are ruled by a place, felt at once by who has the page open, and taken back', async () => {
    await learner.go(`/courses/${courseId}/people`)
    await learner.page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
    await learner.page.getByRole('searchbox').first().waitFor()
    await admin.page.getByRole('tab', { name: 'Rules' }).tap()
    await admin.page.getByLabel('Role', { exact: true }).selectOption({ label: 'Lab assistant' })
    await admin.page.getByLabel('See the course: what this place says').selectOption({ label: 'Prohibit' })
    await sees(admin.page, 'See the course: Prohibit.')
    await checkPage(admin.page)
    await sees(learner.page, /not here|not find|no longer|not be found/i)
    await button(admin.page, 'Undo').tap()
    await sees(admin.page, /Above: allowed/)
    await learner.go(`/courses/${courseId}`)
    await learner.page.getByRole('heading', { name: 'Biology 1', level: 1 }).waitFor()
    learner.watch.forgive(/status of 40[34]/)
  })

  it('lead an instructor nowhere that is not theirs', async () => {
    const desk = await school.open('desktop', instructor)
    await desk.go(`/roles/places/course/${courseId}`)
    await sees(desk.page, 'The roles could not be loaded')
    desk.watch.forgive(/status of 403/)
    await link(desk.page, 'Today').first().waitFor()
    await desk.close()
  })
})
