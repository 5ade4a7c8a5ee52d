// Progress: a learner on a phone reads and hands in, sees how far that brings them and what is next; the teacher sees it
// move, and who is behind. The teacher says what completes the course; who completes it is seen by both, and taken back.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { contentRoutes } from '#protocol/content.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { makeCourse, makePerson, makeQuiz, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import {
  answer,
  becomes,
  button,
  hold,
  inOrder,
  link,
  misses,
  openSchool,
  type Person,
  type School,
  sees,
} from './people.ts'

const long =
  'Why a leaf looks green although it drinks the red and the blue of the sun: a first page to read before class'

describe('progress in a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let phone: Person
  let course: TestCourse
  let home = ''

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }
  before(async () => {
    school = await openSchool()
    course = await makeCourse('Light and life')
    const ada = await makePerson(course.courseId, 'learner', 'Ada Lovelace')
    await makePerson(course.courseId, 'learner', 'Maximiliane von der Hohenschwangau-Wetterstein zu Untermarchtal')
    home = `/courses/${course.courseId}`
    teacher = await school.open('desktop')
    phone = await school.open('small')
    await as(teacher, course.instructorId)
    await as(phone, ada)
  })
  after(async () => {
    for (const one of [teacher, phone]) await one?.close()
  })

  it('says what will be there while the course is empty', async () => {
    await phone.go(home)
    await link(phone.page.getByRole('main'), 'Progress').tap()
    await sees(phone.page, 'Your progress will be here')
    await checkPage(phone.page)
    await teacher.go(`${home}/progress`)
    await sees(teacher.page, 'Progress will be here')
    await checkPage(teacher.page)
  })

  it('leads the learner to the next step, and moves for both as they read', async () => {
    const host = await signedInClient(school, { accountId: course.instructorId })
    const { courseId } = course
    await host.request(contentRoutes.createPage, { courseId, title: long, body: '# Leaves', published: true })
    const quiz = await makeQuiz(course, ['What is green'])
    // Soon, so that it falls due in this week also late on its last day.
    const dueAt = new Date(Date.now() + 15 * 60_000).toISOString()
    await host.request(quizRoutes.assign, { activityId: quiz.activityId, dueAt })
    // Both stand on the page already: what was placed shows by itself.
    await sees(phone.page, '0 of 2 done')
    const row = teacher.page.getByRole('row', { name: /^Ada Lovelace/ })
    await row.getByText('0 of 2').waitFor()
    await checkPage(phone.page)
    await link(phone.page.getByRole('main'), new RegExp(`^${long.slice(0, 20)}`)).tap()
    await phone.page.getByRole('heading', { name: long, level: 1 }).waitFor()
    await row.getByText('1 of 2').waitFor()
    await row.getByText('Read').waitFor()
    await link(phone.page.getByRole('main'), 'Light and life').tap()
    const bar = phone.page.getByRole('main').getByRole('progressbar', { name: 'Progress' })
    await sees(phone.page, '1 of 2 done')
    await becomes(() => bar.getAttribute('aria-valuetext'), '1 of 2 done')
    await checkPage(phone.page)
  })

  it('goes on with the one button, and is done', async () => {
    await link(phone.page.getByRole('main'), /^Progress.*1 of 2 done/).tap()
    await link(phone.page.getByRole('main'), 'Do the homework').tap()
    await answer(phone.page, 'Option b of What is green').tap()
    await button(phone.page, 'Hand in').tap()
    await button(phone.page.getByRole('dialog'), 'Hand in').tap()
    const row = teacher.page.getByRole('row', { name: /^Ada Lovelace/ })
    await row.getByText('Handed in').waitFor()
    await row.getByText('2 of 2').waitFor()
    await phone.go(`${home}/progress`)
    await sees(phone.page, 'All 2 done')
    await sees(phone.page, 'All done here')
    await checkPage(phone.page)
    await phone.go('/courses')
    await sees(link(phone.page.getByRole('main'), /Light and life/), 'All 2 done')
    await checkPage(phone.page)
  })

  it('shows staff who is behind, and gives them the table as a file', async () => {
    await teacher.page.getByRole('combobox', { name: 'Who is shown' }).selectOption('Behind')
    await sees(teacher.page, 'Nobody is behind')
    await teacher.page.getByRole('combobox', { name: 'Who is shown' }).selectOption('Everybody')
    await checkPage(teacher.page)
    const waiting = teacher.page.waitForEvent('download')
    await link(teacher.page, 'Download CSV').click()
    const file = await readFile(await (await waiting).path(), 'utf8')
    assert.match(file, /"Ada Lovelace","2","2",/)
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    await checkPage(teacher.page)
    await misses(teacher.page, 'could not be loaded')
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
  })

  it('says what completes the course, which the learner completes and takes back before the eyes of the teacher', async () => {
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    await teacher.go(`${home}/progress`)
    await phone.go(home)
    const main = phone.page.getByRole('main')
    await button(teacher.page, 'What completes the course').click()
    const dialog = teacher.page.getByRole('dialog', { name: 'What completes the course' })
    await sees(dialog, 'Nothing completes the course.')
    await dialog.getByLabel('Items are done').check()
    await button(dialog, 'Save').click()
    await sees(dialog, 'Choose 1 to 100 items.')
    await dialog.getByLabel(long).check()
    await sees(dialog, '1 of 2 learners would have completed the course. 1 of them has not now.')
    await dialog.getByLabel('Learners say so themselves').check()
    await sees(dialog, '0 of 2 learners would have completed the course.')
    await checkPage(teacher.page)
    await button(dialog, 'Save').click()
    await sees(main, 'You complete this course when all of this is done:')
    await checkPage(phone.page)
    await button(main, 'I am finished').tap()
    await sees(main, 'You have completed this course')
    await hold(phone.page)
    await sees(teacher.page, '1 of 2 learners have completed the course.')
    await checkPage(phone.page)
    await checkPage(teacher.page)
    await button(phone.page, 'Undo').last().tap()
    await sees(main, 'You complete this course when all of this is done:')
    await sees(teacher.page, '0 of 2 learners have completed the course.')
  })

  it('lets the teacher mark it as completed, and take that and the rule back', async () => {
    const main = phone.page.getByRole('main')
    await button(teacher.page, 'Completion of Ada Lovelace').click()
    await teacher.page.getByRole('menuitem', { name: 'Mark as completed' }).click()
    await sees(main, 'Your teacher marked it as completed.')
    await hold(teacher.page)
    await button(phone.page, /^Notifications.*unread/).tap()
    await button(phone.page.getByRole('dialog'), /You completed a course Light and life/).waitFor()
    await phone.page.keyboard.press('Escape')
    await sees(teacher.page, '1 of 2 learners have completed the course.')
    await button(teacher.page, 'Undo').last().click()
    await misses(main, 'Your teacher marked it as completed.')
    await button(teacher.page, 'What completes the course').click()
    const dialog = teacher.page.getByRole('dialog', { name: 'What completes the course' })
    await dialog.getByLabel('Learners say so themselves').uncheck()
    await button(dialog, 'Save').click()
    await sees(main, 'You have completed this course')
    await button(teacher.page, 'Undo').last().click()
    await sees(main, 'You complete this course when all of this is done:')
    await checkPage(teacher.page)
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
  })

  it('shows who took part by week, and what is behind a number', async () => {
    await teacher.go(home)
    await link(teacher.page.getByRole('main'), 'Participation').click()
    await teacher.page.getByRole('combobox', { name: 'What is counted' }).selectOption('Homework handed in')
    await sees(teacher.page, 'Homework handed in, of what was due that week and given to the learner.')
    await checkPage(teacher.page)
    await button(teacher.page, /^1 of 1: Ada Lovelace, week of/).click()
    await sees(teacher.page.getByRole('complementary', { name: /^Ada Lovelace/ }), 'Handed in')
    await checkPage(teacher.page)
    await teacher.page.setViewportSize({ width: 360, height: 740 })
    await checkPage(teacher.page)
  })
})
