// Another language, and another way to run: a learner turns the pages to Arabic, finds the way from Today into a class by
// it, and turns back. What is not translated is said in English; nothing breaks at 360 px.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { answersOnRemote, firstQuestion, firstRight, type Lesson, quizTitle, startLesson } from './lesson.ts'
import { answer, button, inOrder, openSchool, type Person, type School } from './people.ts'

describe('pages from right to left', () => {
  inOrder()
  let school: School
  let host: Person
  let learner: Person
  let lesson: Lesson

  before(async () => {
    school = await openSchool()
    host = await school.open('desktop', instructor)
    learner = await school.open('small', learners[0])
  })
  after(async () => {
    await host?.close()
    await learner?.close()
  })
  const way = () => learner.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])

  it('come with the language a person chooses, and stay with the account', async () => {
    await learner.go('/you')
    await learner.page.getByLabel('Language').selectOption({ label: 'العربية' })
    await learner.page.locator('html[dir=rtl]').waitFor()
    await learner.page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(await way(), ['ar', 'rtl'])
    await checkPage(learner.page)
    const elsewhere = await school.open('desktop', learners[0])
    await elsewhere.go('/')
    await elsewhere.page.locator('html[dir=rtl]').waitFor()
    await elsewhere.page.getByRole('heading', { name: 'اليوم' }).waitFor()
    await checkPage(elsewhere.page)
    await elsewhere.close()
  })

  it('lead from Today into a class, where an answer counts as any other', async () => {
    await learner.go('/')
    await learner.page.getByRole('heading', { name: 'اليوم' }).waitFor()
    await checkPage(learner.page)
    lesson = await startLesson(host, 'Thursday: light', [quizTitle])
    await learner.page
      .getByRole('region', { name: /Thursday: light/ })
      .getByRole('link')
      .first()
      .tap()
    await learner.page.waitForURL(`**${lesson.path}`)
    // A name that runs the other way is set apart in a sentence, and nowhere but on the page.
    const { page } = learner
    await page.waitForFunction(() => /\u2068[^\u2069]*[a-z][^\u2069]*\u2069/i.test(document.body.textContent ?? ''))
    assert.doesNotMatch(await page.title(), /[\u2068\u2069]/)
    await button(host.page, 'Open question 1').click()
    await learner.page.getByRole('heading', { name: firstQuestion }).waitFor()
    await answer(learner.page, firstRight).tap()
    await answersOnRemote(host.page, 1)
    await checkPage(learner.page)
    await learner.go('/courses')
    await learner.page.getByRole('heading', { name: 'المقررات' }).waitFor()
    await checkPage(learner.page)
  })

  it('turn back', async () => {
    await learner.go('/you')
    await learner.page.locator('select[name=locale]').selectOption({ label: 'English' })
    await learner.page.locator('html[dir=ltr]').waitFor()
    assert.deepEqual(await way(), ['en', 'ltr'])
    for (const one of [host, learner]) assert.deepEqual(one.watch.lines, [])
  })
})
