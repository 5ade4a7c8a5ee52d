// The network goes while somebody answers: the tap is kept on the device, survives the tab, and counts once. What comes
// after the close is refused with its reason.
import assert from 'node:assert/strict'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { answersOnRemote, askOnTheSpot, endLesson, type Lesson, startLesson } from './lesson.ts'
import { answer, button, openSchool, type Person, type School, sees, stands } from './people.ts'

describe('answering without a network', function () {
  this.timeout(90_000)
  this.bail(true)
  let school: School
  let host: Person
  let learner: Person
  let lesson: Lesson
  const lost = /ERR_INTERNET_DISCONNECTED|WebSocket connection to/

  before(async () => {
    school = await openSchool()
    host = await school.open('desktop', instructor)
    learner = await school.open('phone', learners[3])
    lesson = await startLesson(host, 'In the tunnel', [])
  })
  after(async () => {
    await host?.close()
    await learner?.close()
  })

  it('keeps the tap on this device and says so', async () => {
    await learner.go(lesson.path)
    await sees(learner.page, 'You are in')
    await askOnTheSpot(host.page, 'What do you see?\n* Nothing\nA light')
    await learner.page.getByRole('heading', { name: 'What do you see?' }).waitFor()
    await learner.context.setOffline(true)
    await sees(learner.page, /You are offline/)
    await answer(learner.page, 'Nothing').tap()
    await stands(learner.page, 'Saved on this device, sending')
    await sees(learner.page, /1 change waits and is sent when you are back/)
    learner.watch.forgive(lost)
    await checkPage(learner.page)
    await answersOnRemote(host.page, 0)
  })

  it('sends it from a new tab once the network is back, and it counts once', async () => {
    await learner.page.close()
    await learner.context.setOffline(false)
    const page = await learner.context.newPage()
    learner = { ...learner, page, go: async path => void (await page.goto(path)) }
    await learner.go(lesson.path)
    await stands(page, 'Sent')
    await answersOnRemote(host.page, 1)
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await stands(page, 'Correct')
    await sees(host.page, '1 of 1 were right')
    learner.watch.forgive(lost)
    await checkPage(page)
  })

  it('refuses with its reason what comes after the close', async () => {
    await askOnTheSpot(host.page, 'Is it over?\n* Yes\nNo')
    await learner.page.getByRole('heading', { name: 'Is it over?' }).waitFor()
    await learner.context.setOffline(true)
    await sees(learner.page, /You are offline/)
    await answer(learner.page, 'Yes').tap()
    await stands(learner.page, 'Saved on this device, sending')
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await sees(host.page, 'No answers yet')
    await learner.context.setOffline(false)
    await sees(learner.page, /came after the close and was not counted/)
    await learner.page.getByText(/You are offline|Connecting again/).waitFor({ state: 'hidden' })
    learner.watch.forgive(lost)
    await checkPage(learner.page)
    await sees(host.page, 'No answers yet')
  })

  it('leaves one answer in the record', async () => {
    await endLesson(host.page)
    await sees(learner.page, 'The class has ended')
    const rows = await school
      .as({ kind: 'nobody' })
      .act(ctx =>
        ctx.sql<{ count: number }>(
          'select count(*)::int as count from responses r join attempts a on a.id = r.attempt_id join deliveries d on d.id = a.delivery_id where d.run_id = $1',
          [lesson.runId],
        ),
      )
      .catch(() => undefined)
    if (rows) assert.equal(rows[0]?.count, 1)
    assert.deepEqual(host.watch.lines, [])
  })
})
