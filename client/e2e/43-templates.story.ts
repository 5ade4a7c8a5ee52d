// A template on phones: an administrator makes one of a draft, a lecturer who may use templates begins a course from it in this
// term, and whoever may not finds none; nobody comes into it by its code.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { copyRoutes } from '#protocol/courses/copy.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { type CourseId, courseRoutes } from '#protocol/courses.ts'
import { departmentRoutes, termRoutes } from '#protocol/organisation.ts'
import { site } from '#server/features/access/index.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const accountOf = async (email = ''): Promise<string> =>
  (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id
const later = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
const longTitle =
  'Biology as the whole faculty teaches it: cells, energy, inheritance and whatever else there is to say'

describe('a template of a course', () => {
  inOrder()
  let school: School
  let boss: Person
  let lecturer: Person
  let other: Person
  let courseId: CourseId
  let code: string

  before(async () => {
    school = await openSchool()
    const admin = await signedInClient(school, { accountId: (await accountOf(administrator.email)) as never })
    const teacher = await signedInClient(school, { accountId: (await accountOf(instructor.email)) as never })
    const { items } = await teacher.request(courseRoutes.list, { search: 'Biology 1' })
    const from = items[0]?.id ?? assert.fail()
    const shift = { days: 364 }
    const made = await admin.request(copyRoutes.copy, { courseId: from, how: 'make', title: longTitle, shift })
    courseId = made.course?.id ?? assert.fail()
    const { id: departmentId } = await admin.request(departmentRoutes.create, { name: 'Faculty of the life sciences' })
    await admin.request(courseRoutes.change, { courseId, version: 0, departmentId })
    code = (await admin.request(peopleRoutes.getJoinCode, { courseId })).joinCode ?? assert.fail()
    const today = new Date().toISOString().slice(0, 10)
    await admin.request(termRoutes.create, {
      name: 'Next autumn',
      startsOn: later(today, 360),
      endsOn: later(today, 480),
      freeDays: [{ name: 'Harvest', startsOn: later(today, 365), endsOn: later(today, 369) }],
    })
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Lecturer', copyOf: 'learner' })
    const capabilities = ['course.use-template' as const]
    await admin.request(accessRoutes.changeRole, { roleId: role.key as never, version: 0, capabilities })
    const accountId = (await accountOf(learners[5]?.email)) as never
    await admin.request(accessRoutes.grantRole, { ...site, role: role.key, accountId })
    boss = await school.open('small', administrator)
    lecturer = await school.open('small', learners[5])
    other = await school.open('small', learners[6])
  })
  after(async () => {
    for (const one of [boss, lecturer, other]) await one?.close()
  })

  const newCourse = async ({ go, page }: Person) => {
    await go('/courses')
    await button(page, 'Create course').first().tap()
    const dialog = page.getByRole('dialog', { name: 'New course' })
    await dialog.waitFor()
    return dialog
  }

  it('is made of a draft in its settings, and taken back', async () => {
    const { page } = boss
    await boss.go(`/courses/${courseId}/settings`)
    await button(page, 'Make it a template').waitFor()
    await checkPage(page)
    await button(page, 'Make it a template').tap()
    const notice = page.locator('.toast', { hasText: 'is a template now.' })
    await button(page, 'Make it a plain draft').waitFor()
    await misses(page, 'Everybody in the course sees it and can begin.')
    await button(notice, 'Undo').tap()
    await button(page, 'Make it a template').tap()
    await button(page, 'Make it a plain draft').waitFor()
    await checkPage(page)
    await boss.go(`/courses/${courseId}`)
    await sees(page, 'Courses are begun from it. It stays a draft, and nobody learns in it.')
    assert.equal(await button(page, 'Publish course').count(), 0)
    await checkPage(page)
  })

  it('takes nobody in by its code, and says why', async () => {
    const { page } = other
    await other.go('/join-course')
    await page.getByLabel('Course code').fill(code)
    await button(page, 'Join course').tap()
    await sees(page, /This course is a template/)
    other.watch.disregard(/409/)
    await checkPage(page)
  })

  it('is found by a lecturer who makes a course, and by nobody else', async () => {
    const none = await newCourse(other)
    await none.getByLabel('Title').waitFor()
    assert.equal(await none.getByRole('tab').count(), 0)
    const dialog = await newCourse(lecturer)
    await dialog.getByRole('tab', { name: 'A template' }).tap()
    await link(dialog, longTitle).waitFor()
    await sees(dialog, /Faculty of the life sciences/)
    await checkPage(lecturer.page)
    await dialog.getByLabel('Search templates').fill('Latin')
    await sees(dialog, 'No template fits “Latin”')
    await checkPage(lecturer.page)
    await dialog.getByLabel('Search templates').fill('faculty')
    await link(dialog, longTitle).tap()
    await lecturer.page.getByRole('heading', { name: 'New course from a template' }).waitFor()
  })

  it('becomes a course of theirs in the term, with the free days left out', async () => {
    const { page } = lecturer
    await sees(page, /^\d+ questions?$/)
    await page.getByLabel('Title').fill('Biology for Latinists')
    await page.getByLabel('Term').selectOption({ label: 'Next autumn' })
    await page
      .getByRole('list', { name: 'Free days of Next autumn' })
      .getByRole('button', { name: /^Harvest: / })
      .waitFor()
    await sees(page, 'People, answers, grades, classes, talk and notes stay behind.')
    await checkPage(page)
    await button(page, 'Create course').tap()
    await page.getByRole('heading', { name: 'Biology for Latinists', level: 1 }).waitFor()
    await sees(page, 'Learners do not see this course yet.')
    await checkPage(page)
    await lecturer.go('/courses')
    await link(page.getByRole('main'), /Biology for Latinists/).waitFor()
    // What it was made from is no course of theirs.
    assert.equal(await link(page.getByRole('main'), new RegExp(longTitle)).count(), 0)
  })

  it('is offered no more once it is a plain draft again', async () => {
    await boss.go(`/courses/${courseId}/settings`)
    await button(boss.page, 'Make it a plain draft').tap()
    await button(boss.page, 'Make it a template').waitFor()
    const dialog = await newCourse(lecturer)
    await dialog.getByLabel('Title').waitFor()
    assert.equal(await dialog.getByRole('tab').count(), 0)
  })
})
