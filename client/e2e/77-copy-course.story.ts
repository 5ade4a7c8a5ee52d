// A course for the next term: an instructor sees beforehand what comes along and which dates clash, keeps a holiday free,
// makes the copy and publishes it; a learner finds it on the phone.
import assert from 'node:assert/strict'
import { activityRoutes } from '#protocol/activities.ts'
import { dayIn } from '#protocol/base/days.ts'
import { peopleRoutes } from '#protocol/courses/people.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { termRoutes } from '#protocol/organisation.ts'
import { quizRoutes } from '#protocol/quizzes.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { quizTitle } from './lesson.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const later = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
const accountOf = (email: string) => accounts.findOne({ where: { email }, rejectOnEmpty: true })

describe('a copy of a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let phone: Person
  /** The day on which the homework is due. */
  let due: string
  let host: Awaited<ReturnType<typeof signedInClient>>

  before(async () => {
    school = await openSchool()
    host = await signedInClient(school, { accountId: (await accountOf(instructor.email)).id })
    const { items: courses } = await host.request(courseRoutes.list, { search: 'Biology 1' })
    const { items: activities } = await host.request(activityRoutes.list, { courseId: courses[0]?.id ?? '' })
    const quiz = activities.find(one => one.title === quizTitle) ?? assert.fail()
    const zone = courses[0]?.timeZone ?? 'UTC'
    // In two days at the earliest, on a day that is neither of a weekend nor of the lecture, whenever this runs.
    const dueAt =
      [2, 3, 4, 5]
        .map(days => new Date(Date.now() + days * 86_400_000))
        .find(at => [2, 3, 4, 5].includes(new Date(dayIn(zone, at)).getUTCDay())) ?? assert.fail()
    due = dayIn(zone, dueAt)
    await host.request(quizRoutes.assign, { activityId: quiz.id, dueAt: dueAt.toISOString() })
    teacher = await school.open('desktop', instructor)
    phone = await school.open('small', instructor)
  })
  after(async () => {
    for (const one of [teacher, phone]) await one?.close()
  })

  it('is reached from the course, and says what comes along', async () => {
    await teacher.go('/courses')
    await link(teacher.page, /^Biology 1/)
      .first()
      .click()
    await button(teacher.page, 'More for this course').click()
    await teacher.page.getByRole('menuitem', { name: 'Copy course' }).click()
    await teacher.page.getByRole('heading', { name: 'Copy this course' }).waitFor()
    await sees(teacher.page, /^\d+ pages?$/)
    await sees(teacher.page, '2 calendar events')
    await sees(teacher.page, /^every week from/)
    await sees(teacher.page, 'People, answers, grades, classes, talk and notes stay behind.')
    await checkPage(teacher.page)
  })

  it('proposes where the first date falls in a term that is chosen', async () => {
    const { page } = teacher
    const first = page.getByLabel('The first date moves to')
    const was = await first.inputValue()
    const admin = await signedInClient(school, { role: 'administrator' })
    // It begins on a Wednesday, and the first date is a lecture on a Monday.
    await admin.request(termRoutes.create, {
      name: 'The term after',
      startsOn: later(was, 415),
      endsOn: later(was, 800),
    })
    // Where the first lecture and the homework come to lie, and the week after that.
    await admin.request(termRoutes.create, {
      name: 'The holidays',
      startsOn: later(was, 415),
      endsOn: later(was, 800),
      freeDays: [
        { name: 'Founders’ day', startsOn: later(due, 420), endsOn: later(due, 420) },
        {
          name: 'A break with a name that is long enough to be broken',
          startsOn: later(was, 427),
          endsOn: later(was, 431),
        },
      ],
    })
    await page.reload()
    await sees(page, '2 calendar events')
    const proposed = /Proposed: the first such weekday in The term after/
    await page.getByLabel('Term').selectOption({ label: 'The term after' })
    await sees(page, proposed)
    await becomes(() => first.inputValue(), later(was, 420))
    await sees(page, 'No date clashes.')
    await checkPage(page)
    await page.getByLabel('Term').selectOption({ label: 'None' })
    await misses(page, proposed)
    await becomes(() => first.inputValue(), was)
    await page.getByLabel('Term').selectOption({ label: 'The term after' })
    await first.fill(later(was, 427))
    await misses(page, proposed)
    await page.getByRole('checkbox', { name: /^No date on a Saturday/ }).click()
    await becomes(() => first.inputValue(), later(was, 427))
    await first.fill(later(was, 1400))
    await sees(page, /^Outside the term: .*\d{4}$/)
    await first.fill('')
    await sees(page, 'Say where the first date moves to, or leave the dates out.')
    await becomes(() => button(page, 'Make the copy').isDisabled(), true, 'nothing is made of half a date')
    // A year that is typed digit by digit is not taken for the year 2.
    await first.focus()
    await first.pressSequentially('05052030')
    await becomes(() => first.inputValue(), '2030-05-05')
    await button(page, 'Make the copy').and(page.locator(':enabled')).waitFor()
    await page.reload()
    await sees(page, '2 calendar events')
  })

  it('keeps the free days of the term free, but for those that are taken out', async () => {
    const { page } = teacher
    await page.getByLabel('Term').selectOption({ label: 'The holidays' })
    const kept = page.getByRole('list', { name: 'Free days of The holidays' })
    await kept.getByRole('button', { name: /^Founders’ day: / }).waitFor()
    await kept.getByRole('button', { name: /^A break with a name/ }).waitFor()
    // The homework moves off its day, and the weekly lecture leaves one time out.
    await sees(page, /further$/)
    await sees(page, '1 time on a free day: left out')
    await checkPage(page)
    await kept.getByRole('button', { name: /^Founders’ day: / }).click()
    await misses(page, /further$/)
    await sees(page, '1 time on a free day: left out')
    await button(page, 'Keep all free days of The holidays').click()
    await sees(page, /further$/)
    // Another term brings its own.
    await page.getByLabel('Term').selectOption({ label: 'The term after' })
    await misses(page, /further$/)
    await misses(page, '1 time on a free day: left out')
    await becomes(() => kept.count(), 0)
    await page.getByLabel('Term').selectOption({ label: 'None' })
    await page.reload()
    await sees(page, '2 calendar events')
  })

  it('names the dates that clash, and moves them with the first', async () => {
    const first = teacher.page.getByLabel('The first date moves to')
    // A lecture and office hours every week, and the homework: all are past then.
    const was = await first.inputValue()
    await first.fill(later(was, -140))
    await sees(teacher.page, '3 dates clash')
    await sees(teacher.page, 'Past: is not given')
    await first.fill(later(was, 420))
    await sees(teacher.page, 'No date clashes.')
    for (const day of [later(was, 420), later(due, 420)]) {
      await teacher.page.getByLabel('A day without class').fill(day)
      await button(teacher.page, 'Keep free').click()
    }
    await sees(teacher.page, /further$/)
    await sees(teacher.page, '1 time on a free day: left out')
    await checkPage(teacher.page)
  })

  it('is made without any date in the hand, and stands at the desk at once', async () => {
    const hand = await school.open('hand', instructor)
    const { page } = hand
    await hand.go(new URL(teacher.page.url()).pathname)
    await sees(page, '2 calendar events')
    await page.getByRole('radio', { name: /^Remove all dates/ }).tap()
    await sees(page, '3 dates are removed.')
    await sees(page, 'Stays behind')
    await sees(page, 'Is not given')
    await misses(page, '2 calendar events')
    assert.equal(await page.getByLabel('The first date moves to').count(), 0)
    await checkPage(page)
    // Taken back, all moves as it did.
    await page.getByRole('radio', { name: 'Move all dates', exact: true }).tap()
    await page.getByLabel('The first date moves to').waitFor()
    await sees(page, '2 calendar events')
    await page.getByRole('radio', { name: /^Remove all dates/ }).tap()
    await sees(page, '3 dates are removed.')
    await page.getByLabel('Title').fill('Biology 1 at your own pace')
    await teacher.go('/courses')
    await button(page, 'Make the copy').tap()
    await page.getByRole('heading', { name: 'Biology 1 at your own pace', level: 1 }).waitFor()
    await link(teacher.page, /at your own pace/)
      .first()
      .waitFor()
    await teacher.page.goBack()
    await sees(teacher.page, '2 calendar events')
    await checkPage(page)
    await hand.close()
  })

  it('fits a narrow phone, and refuses to be made without a title', async () => {
    await phone.go(new URL(teacher.page.url()).pathname)
    await sees(phone.page, 'What comes along')
    await sees(phone.page, /^\d+ pages?$/)
    await phone.page.getByLabel('Title').fill('')
    await button(phone.page, 'Make the copy').tap()
    await sees(phone.page, 'A course needs a title.')
    await checkPage(phone.page)
  })

  it('is made on the phone with nothing published, and a learner sees each module as it is', async () => {
    const { page } = phone
    await page.getByLabel('Title').fill('Biology 1, the year after')
    await page.getByRole('checkbox', { name: /^Publish nothing yet/ }).tap()
    await checkPage(page)
    await button(page, 'Make the copy').tap()
    await page.getByRole('heading', { name: 'Biology 1, the year after', level: 1 }).waitFor()
    await sees(page, 'Learners do not see this course yet.')
    // The desk of the same person has it at once.
    await teacher.go('/courses')
    await link(teacher.page, /the year after/)
      .first()
      .waitFor()
    await button(page, 'Publish course').first().tap()
    const learner = await school.open('small', learners[0])
    await learner.go('/courses')
    await learner.page.getByRole('heading', { name: 'Courses' }).waitFor()
    assert.equal(await link(learner.page, /the year after/).count(), 0)
    const courseId = /courses\/([^/]+)/.exec(page.url())?.[1] ?? assert.fail()
    await host.request(peopleRoutes.enrol, { courseId: courseId as never, email: learners[0]?.email, role: 'learner' })
    await link(learner.page, /the year after/)
      .first()
      .tap()
    await learner.page.getByRole('heading', { name: 'Biology 1, the year after', level: 1 }).waitFor()
    const week = 'Week 2: Photosynthesis'
    const seen = learner.page.getByRole('heading', { name: week })
    assert.equal(await seen.count(), 0)
    await button(page, `Change ${week}`).tap()
    await page.getByRole('menuitem', { name: 'Publish all' }).tap()
    await sees(page, /published, which learners open in class or as homework, not here\.$/)
    await sees(page, /Learners open it in class or as homework$/)
    await seen.waitFor()
    await button(page, 'Undo').last().tap()
    await seen.waitFor({ state: 'detached' })
    await checkPage(learner.page)
    await learner.close()
  })
})
