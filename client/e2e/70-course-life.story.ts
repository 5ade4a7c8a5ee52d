// A course's life: an instructor prepares it, opens it to a learner who waits, ends it, opens it again, archives it, and
// takes it out of the bin; the learner's phone follows without reloading.

import { contentRoutes } from '#protocol/content.ts'
import { lifeRoutes } from '#protocol/courses/life.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, hold, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

const name = 'Tides and currents of the northern seas, for those who go there'

describe("a course's life", () => {
  inOrder()
  let school: School
  let teacher: Person
  let phone: Person
  let course: TestCourse

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }
  const state = (words: string) => phone.page.getByRole('status').getByText(words, { exact: true }).first().waitFor()

  before(async () => {
    school = await openSchool()
    course = await makeCourse(name)
    const ada = await makePerson(course.courseId, 'learner', 'Ada Lovelace')
    const host = await signedInClient(school, { accountId: course.instructorId })
    const { courseId } = course
    const { module } = await host.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    await host.request(contentRoutes.createPage, { courseId, moduleId: module.id, title: 'Cells', published: true })
    await host.request(lifeRoutes.changeState, { courseId: course.courseId, state: 'draft' })
    teacher = await school.open('desktop')
    phone = await school.open('small')
    await as(teacher, course.instructorId)
    await as(phone, ada)
  })
  after(async () => {
    for (const one of [teacher, phone]) await one?.close()
  })

  it('is a draft that its learner is told to wait for, and opens to them without reload', async () => {
    phone.watch.disregard(/status of 403/)
    await phone.go(`/courses/${course.courseId}`)
    await phone.page.getByRole('heading', { name: 'This course is not open yet' }).waitFor()
    await checkPage(phone.page)
    await teacher.go(`/courses/${course.courseId}/settings`)
    await teacher.page.getByRole('heading', { name: 'Course settings', level: 1 }).waitFor()
    await sees(teacher.page, 'Draft')
    await checkPage(teacher.page)
    await button(teacher.page, 'Publish course').click()
    await phone.page.getByRole('heading', { name, level: 1 }).waitFor()
    await sees(phone.page, 'Week 1')
  })

  it('ends for both at once, and opens again by the notice', async () => {
    await button(teacher.page, 'End course').click()
    await hold(teacher.page, `${name}: Ended.`)
    await state('Ended')
    await sees(teacher.page, 'This course has ended. To change anything else, open it again.')
    await checkPage(phone.page)
    await button(teacher.page.locator('.toast', { hasText: `${name}: Ended.` }), 'Undo').click()
    await button(teacher.page, 'End course').waitFor()
    await phone.page.getByRole('status').getByText('Ended', { exact: true }).waitFor({ state: 'hidden' })
  })

  it('leaves the lists when it is archived, and is found by its state', async () => {
    await button(teacher.page, 'End course').click()
    await button(teacher.page, 'Archive').click()
    await state('Archived')
    await phone.go('/courses')
    await sees(phone.page, 'Your courses will be here')
    await teacher.page.getByRole('link', { name: 'Courses', exact: true }).first().click()
    await teacher.page.getByLabel('State').selectOption('Archived')
    await link(teacher.page.getByRole('main'), new RegExp(name)).click()
    await teacher.page.getByRole('heading', { name, level: 1 }).waitFor()
    await checkPage(teacher.page)
  })

  it('lies in the bin with the name of who put it there, and comes back', async () => {
    const { page } = teacher
    await button(page, 'Take out of archive').click()
    await button(page, 'More for this course').click()
    await page.getByRole('menuitem', { name: 'Course settings' }).click()
    await button(page, 'Move to bin').click()
    const sure = page.getByRole('dialog', { name: `Move ${name} to the bin?` })
    await checkPage(page)
    await button(sure, 'Move to bin').click()
    await page.getByRole('heading', { name: 'Courses', level: 1 }).waitFor()
    await button(page, 'More for courses').click()
    await page.getByRole('menuitem', { name: 'Bin' }).click()
    const row = page.getByRole('row', { name: new RegExp(name) })
    await row.getByText('Ines Instructor').waitFor()
    // The page it was removed from asked once more, and was told.
    teacher.watch.disregard(/404/)
    await checkPage(page)
    await page.setViewportSize({ width: 360, height: 740 })
    await checkPage(page)
    await button(row, `Restore ${name}`).click()
    await sees(page, 'The bin is empty')
    await sees(page, `${name} is back as it was.`)
    await link(phone.page.getByRole('main'), new RegExp(name)).waitFor()
    await button(page, 'Open it').click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  })
})
