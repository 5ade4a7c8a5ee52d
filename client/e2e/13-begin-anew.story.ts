// A course begun anew from a phone: what would go and what stays is said before, a wrong title is refused, the page a learner has
// open follows, and nothing is offered that would bring it back. Who may not finds no such thing.
import assert from 'node:assert/strict'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { resetParts, resetRoutes } from '#protocol/courses/reset.ts'
import { progressCalls } from '#protocol/progress.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a course begun anew', function () {
  this.timeout(150_000)
  inOrder()
  let school: School
  let teacher: Person
  let ada: Person
  let course: TestCourse
  let learner: Awaited<ReturnType<typeof signedInClient>>
  let home = ''

  before(async () => {
    school = await openSchool()
    course = await makeCourse('Cells from within')
    const { courseId } = course
    const host = await signedInClient(school, { accountId: course.instructorId })
    const { module } = await host.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    const pages: string[] = []
    for (const title of ['Light and life', 'Inside the mitochondrion']) {
      const given = { courseId, title, published: true, moduleId: module.id }
      pages.push((await host.request(contentRoutes.createPage, given)).page.id)
    }
    home = `/courses/${courseId}`
    teacher = await school.open('hand')
    ada = await school.open('hand')
    const learnerId = await makePerson(courseId, 'learner', 'Ada Lovelace')
    learner = await signedInClient(school, { accountId: learnerId })
    await learner.call(progressCalls.readPage, { courseId, pageId: pages[0] ?? '' })
    for (const [person, accountId] of [
      [teacher, course.instructorId],
      [ada, learnerId],
    ] as const)
      await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  })
  after(async () => {
    for (const one of [teacher, ada]) await one?.close()
  })

  const main = ({ page }: Person) => page.getByRole('main')
  const opens = async () => {
    await teacher.go(`${home}/settings`)
    await button(teacher.page, 'Begin anew…').tap()
    return teacher.page.getByRole('dialog', { name: 'Begin Cells from within anew' })
  }

  it('says before what goes, how much of it, and what stays', async () => {
    await ada.go(home)
    await sees(main(ada), '1 of 2 done')
    const dialog = await opens()
    await sees(dialog, 'Nothing brings this back')
    await sees(dialog, /^Pages, files, activities, .* stay, and what was said in chats and forums\.$/)
    await sees(dialog, /^1 learner/)
    await sees(dialog, '1 mark of what was read or done')
    await checkPage(teacher.page)
  })

  it('is refused with another title, and with nothing chosen', async () => {
    const dialog = teacher.page.getByRole('dialog')
    await dialog.getByLabel(/^Type the title/).fill('Cells')
    await button(dialog, 'Begin anew').tap()
    await sees(dialog, 'This is not the title of the course.')
    await sees(main(ada), '1 of 2 done')
    for (const part of [/learner/, /answers and grades/, /class/]) await dialog.getByLabel(part).uncheck()
    await dialog.getByLabel(/mark of what/).uncheck()
    await dialog.getByLabel(/^Type the title/).fill('Cells from within')
    await button(dialog, 'Begin anew').tap()
    await sees(dialog, 'Choose what goes.')
    await checkPage(teacher.page)
  })

  it('takes the marks alone, under the eyes of the learner, and offers no way back', async () => {
    const dialog = teacher.page.getByRole('dialog')
    await dialog.getByLabel(/mark of what/).check()
    await button(dialog, 'Begin anew').tap()
    const notice = teacher.page.locator('.toast', { hasText: 'Cells from within begins anew.' })
    await notice.waitFor()
    assert.equal(await button(notice, 'Undo').count(), 0)
    await sees(main(ada), '0 of 2 done')
    await link(main(ada), 'Light and life').waitFor()
  })

  it('is nothing for who may not: their settings say so, and the door does', async () => {
    await ada.go(`${home}/settings`)
    await sees(ada.page, 'Nothing to set here')
    assert.equal(await button(ada.page, 'Begin anew…').count(), 0)
    const asked = { courseId: course.courseId, how: 'make', parts: [...resetParts], title: 'Cells from within' }
    await assert.rejects(learner.request(resetRoutes.reset, asked as never), { code: 'not-allowed' })
    await ada.go(home)
    await link(main(ada), 'Light and life').waitFor()
  })

  it('lets its learners go, whose open page says so, and keeps what staff made', async () => {
    ada.watch.disregard(/40[34]/)
    const dialog = await opens()
    await dialog.getByLabel(/^Type the title/).fill('Cells from within')
    await button(dialog, 'Begin anew').tap()
    await sees(ada.page, 'You are not in this course')
    await checkPage(ada.page)
    await misses(teacher.page, 'Nothing brings this back')
    await teacher.go(home)
    await link(main(teacher), 'Light and life').waitFor()
    await teacher.go(`${home}/people`)
    await misses(main(teacher), 'Ada Lovelace')
  })
})
