// The network goes while somebody answers: the tap is kept on the device, survives the tab, and counts once. What comes
// after the close is refused with its reason.
import assert from 'node:assert/strict'
import { sql } from '#server/platform/db/sequelize.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { answersOnRemote, askOnTheSpot, endLesson, type Lesson, startLesson } from './lesson.ts'
import { answer, button, inOrder, openSchool, type Person, type School, sees, stands } from './people.ts'

describe('answering without a network', () => {
  inOrder()
  let school: School
  let host: Person
  let learner: Person
  let lesson: Lesson

  before(async () => {
    // There a socket outlives the network: Socket.IO does not close it, and no greeting would come by itself.
    school = await openSchool({}, 'localhost')
    host = await school.open('desktop', instructor)
    learner = await school.open('phone', learners[3])
    learner.watch.disregard(/ERR_INTERNET_DISCONNECTED/)
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
    await stands(learner.page, 'Not answered. No connection now; a tap is kept on this device.')
    await answer(learner.page, 'Nothing').tap()
    await stands(learner.page, 'Saved on this device, sending')
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
    await checkPage(page)
  })

  it('refuses with its reason what comes after the close', async () => {
    await askOnTheSpot(host.page, 'Is it over?\n* Yes\nNo')
    await learner.page.getByRole('heading', { name: 'Is it over?' }).waitFor()
    await learner.context.setOffline(true)
    await stands(learner.page, 'Not answered. No connection now; a tap is kept on this device.')
    await answer(learner.page, 'Yes').tap()
    await stands(learner.page, 'Saved on this device, sending')
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await sees(host.page, 'No answers')
    await learner.context.setOffline(false)
    await sees(learner.page, /came after the close and was not counted/i)
    await checkPage(learner.page)
    await sees(host.page, 'No answers')
  })

  it('says so on whatever page stands when it is refused', async () => {
    const goTo = (path: string) =>
      learner.page.evaluate(to => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, path)
    // Pages that were open before are there without a network.
    await goTo('/')
    await learner.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await goTo(lesson.path)
    await askOnTheSpot(host.page, 'Was that it?\n* Yes\nNo')
    await learner.page.getByRole('heading', { name: 'Was that it?' }).waitFor()
    await learner.context.setOffline(true)
    await stands(learner.page, 'Not answered. No connection now; a tap is kept on this device.')
    await answer(learner.page, 'Yes').tap()
    await stands(learner.page, 'Saved on this device, sending')
    await goTo('/')
    await learner.page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await sees(host.page, 'No answers')
    await learner.context.setOffline(false)
    await sees(learner.page, /came after the close and was not counted/i)
    await checkPage(learner.page)
    await goTo(lesson.path)
    await sees(learner.page, 'Was that it?')
  })

  it('says in a bar what still works, and what waits', async () => {
    await button(host.page, 'Finish Was that it?').click()
    await sees(learner.page, 'You are in')
    await learner.context.setOffline(true)
    await sees(learner.page, /You are offline\. You can go on with what is open here\./)
    await button(learner.page, 'Chat').tap()
    await learner.page.getByRole('textbox', { name: 'Write a message' }).fill('Can you hear me?')
    await learner.page.keyboard.press('Enter')
    await sees(learner.page, 'Saved on this device, sending')
    await learner.page.getByText(/1 change waits and is sent when you are back/).waitFor({ state: 'attached' })
    await checkPage(learner.page)
    await learner.context.setOffline(false)
    await button(host.page, 'Chat, 1 unread message').click()
    await sees(host.page, 'Can you hear me?')
    await learner.page
      .getByText(/You are offline|Connecting again/)
      .first()
      .waitFor({ state: 'hidden' })
    await checkPage(learner.page)
  })

  it('tells a later page of a message that came too late, with its words', async () => {
    await learner.context.setOffline(true)
    await sees(learner.page, /You are offline/)
    await learner.page.getByRole('textbox', { name: 'Write a message' }).fill('Wait, one more thing')
    await learner.page.keyboard.press('Enter')
    await sees(learner.page, 'Saved on this device, sending')
    await learner.page.close()
    await endLesson(host.page)
    await learner.context.setOffline(false)
    const page = await learner.context.newPage()
    learner = { ...learner, page, go: async path => void (await page.goto(path)) }
    await learner.go('/')
    const said = page.getByText(/What you wrote before was not sent: “Wait, one more thing”/)
    await said.waitFor()
    await button(page, 'Copy it').waitFor()
    await checkPage(page)
    assert.deepEqual(await sql(`select id from messages where text = 'Wait, one more thing'`), [])
  })

  it('leaves one answer in the record', async () => {
    const rows = await sql<{ count: number }>(
      `select count(*)::int as count from responses r
         join attempts a on a.id = r.attempt_id join run_deliveries d on d.delivery_id = a.delivery_id
       where d.run_id = $1`,
      [lesson.runId],
    )
    assert.deepEqual(rows, [{ count: 1 }])
    assert.deepEqual(host.watch.lines, [])
  })
})
