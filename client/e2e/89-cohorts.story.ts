// A cohort of the school: an administrator makes it and puts people in, an instructor takes it into a course on a phone, a
// learner sees the course come and go, and all of it can be taken back.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a cohort of the school', () => {
  inOrder()
  const [first, second] = learners
  assert.ok(first && second)
  const course = 'Ecology of the high valleys, with excursions'
  const cohort = 'Intake of autumn, evening classes for those who work by day'
  let school: School
  let desk: Person
  let phone: Person
  let learner: Person
  let people = ''

  before(async () => {
    school = await openSchool()
    desk = await school.open('desktop', administrator)
    phone = await school.open('small', instructor)
    learner = await school.open('phone', first)
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const teacher = await signedInClient(school, { accountId: id })
    const made = await teacher.request(courseRoutes.create, { title: course })
    await teacher.request(lifeRoutes.changeState, { courseId: made.course.id, state: 'published' })
    const boss = await accounts.findOne({ where: { email: administrator.email }, rejectOnEmpty: true })
    const admin = await signedInClient(school, { accountId: boss.id })
    await admin.request(accessRoutes.createRole, { name: 'Listener', copyOf: 'learner' })
    people = `/courses/${made.course.id}/people`
    await learner.go('/courses')
    await learner.page.getByRole('heading', { name: 'Courses' }).waitFor()
  })
  after(async () => {
    for (const one of [desk, phone, learner]) await one?.close()
  })
  const mine = () => link(learner.page.getByRole('main'), new RegExp(course))

  it('is made by an administrator, who is told which addresses are nobody’s', async () => {
    const { page } = desk
    await desk.go('/people')
    await link(page, 'Cohorts').click()
    await sees(page, 'No cohorts yet')
    await checkPage(page)
    await button(page, 'Add a cohort').click()
    const naming = page.getByRole('dialog', { name: 'Add a cohort' })
    await button(naming, 'Add a cohort').click()
    await sees(naming, 'Give it a name.')
    await naming.getByLabel('Name').fill(cohort)
    await naming.getByLabel(/What it is for/).fill('Thursdays from six')
    await button(naming, 'Add a cohort').click()
    await link(page, cohort).click()
    await sees(page, 'Nobody is in it yet')
    await button(page, 'Add people').click()
    const adding = page.getByRole('dialog', { name: 'Add people' })
    await adding.getByLabel('E-mail addresses').fill('Nobody at all')
    await button(adding, 'Add people').click()
    await sees(adding, 'This is no e-mail address: Nobody at all')
    await adding
      .getByLabel('E-mail addresses')
      .fill(`email\n${first.email}\n"${second.name}" <${second.email}>;x@nowhere.example`)
    await button(adding, 'Add people').click()
    await sees(adding, '2 people came in.')
    await sees(adding, 'x@nowhere.example')
    await checkPage(page)
    await button(adding, 'Close').last().click()
    await sees(page, second.name)
    await checkPage(page)
  })

  it('is taken into a course on a phone, and a learner sees the course come', async () => {
    const { page } = phone
    await phone.go(people)
    await button(page, 'Cohorts').tap()
    const dialog = page.getByRole('dialog', { name: 'Cohorts in this course' })
    await button(dialog, `Take in ${cohort}`).tap()
    await sees(dialog, /In this course as learners/)
    await checkPage(page)
    await mine().waitFor()
    await page.keyboard.press('Escape')
    await sees(page, first.name)
    await sees(page, second.name)
    await checkPage(page)
    await checkPage(learner.page)
  })

  it('takes out whom it loses, from the course too, and brings them back by the notice', async () => {
    const { page } = desk
    await button(page, `Take out ${first.name}`).click()
    await sees(page, new RegExp(`^${first.name} is out of`))
    await mine().waitFor({ state: 'detached' })
    await misses(phone.page, first.name)
    await button(page, 'Undo').click()
    await mine().waitFor()
    await sees(phone.page, first.name)
  })

  it('is taken out of the course, and in again', async () => {
    const { page } = phone
    await button(page, 'Cohorts').tap()
    await button(page, `Take out ${cohort} of the course`).tap()
    await mine().waitFor({ state: 'detached' })
    await sees(page, new RegExp(`^${cohort} is out`))
    await button(page, `Take in ${cohort}`).tap()
    await mine().waitFor()
    await sees(page.getByRole('dialog'), /In this course as learners/)
  })

  it('comes with a role made here, which the list of people says', async () => {
    const { page } = phone
    await button(page, `Take out ${cohort} of the course`).tap()
    await mine().waitFor({ state: 'detached' })
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('They come in as').selectOption({ label: 'Listener' })
    await button(page, `Take in ${cohort}`).tap()
    await mine().waitFor()
    await sees(dialog, /In this course as Listener/)
    await checkPage(page)
    await page.keyboard.press('Escape')
    const role = page.getByLabel(`Role of ${first.name}`)
    await role.locator('option:checked', { hasText: 'Listener' }).waitFor({ state: 'attached' })
  })

  it('stays while it is in a course', async () => {
    const { page } = desk
    await desk.go('/cohorts')
    await sees(page, 'Thursdays from six')
    await button(page, `More about ${cohort}`).click()
    await page.getByRole('menuitem', { name: 'Remove cohort' }).click()
    const dialog = page.getByRole('dialog', { name: `Remove ${cohort}?` })
    await sees(dialog, /The 2 people in it stay in the school/)
    desk.watch.disregard(/status of 409/)
    await button(dialog, 'Remove cohort').click()
    await sees(dialog, 'This cohort is in courses. Take it out of them first.')
    await checkPage(page)
  })
})
