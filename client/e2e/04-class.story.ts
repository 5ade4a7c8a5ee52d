// The heart: a class from its start to the grade. A host, a stage, a learner on a phone and a guest with a name; people
// come late, leave, return on another device; the host's laptop closes and the assistant goes on.
import assert from 'node:assert/strict'
import { assistant, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import {
  answersOnRemote,
  askOnTheSpot,
  codeOn,
  endLesson,
  firstQuestion,
  firstRight,
  firstWrong,
  type Lesson,
  pollTitle,
  quizTitle,
  startLesson,
} from './lesson.ts'
import { answer, becomes, button, inOrder, link, openSchool, type Person, type School, sees, stands } from './people.ts'

const [emre] = learners
const late = learners[5]
const absent = learners[2]
const guestName = 'Guest from Graz'

describe('a class', () => {
  inOrder()
  let school: School
  let host: Person
  let stage: Person
  let learner: Person
  let guest: Person
  let lesson: Lesson
  let code = ''
  const spot = 'Who has seen a chloroplast?'

  before(async () => {
    school = await openSchool()
    host = await school.open('desktop', instructor)
    learner = await school.open('phone', emre)
    guest = await school.open('small')
    stage = await school.open('stage', instructor)
  })
  after(async () => {
    for (const one of [host, learner, guest, stage]) await one?.close()
  })

  it('starts from its course, and the learner joins from Today with one tap', async () => {
    await learner.go('/')
    await learner.page.getByRole('heading', { name: 'Today' }).waitFor()
    lesson = await startLesson(host, 'Thursday: light', [quizTitle, pollTitle])
    await checkPage(host.page)
    const live = learner.page.getByRole('region', { name: 'Live now: Thursday: light' })
    await live.waitFor()
    await checkPage(learner.page)
    await link(live, 'Join class').tap()
    await sees(learner.page, 'You are in')
    await checkPage(learner.page)
  })

  it('shows the way in on the stage, and a guest comes in by code and name', async () => {
    const shown = host.page.getByRole('link', { name: 'Open the stage' }).first()
    await becomes(() => shown.getAttribute('href'), `${lesson.path}/stage`)
    await stage.go(`${lesson.path}/stage`)
    code = await codeOn(stage.page)
    await checkPage(stage.page)
    assert.equal(await stage.page.getByRole('button').count(), 0, 'there is nothing to click on a stage')

    await guest.go('/join')
    await guest.page.getByLabel('Code', { exact: true }).fill(code.toLowerCase())
    await sees(guest.page, 'Thursday: light')
    await becomes(() => guest.page.getByRole('textbox').count(), 2, 'a code and a name, nothing else')
    await checkPage(guest.page)
    await guest.page.getByLabel('Your name').fill(guestName)
    await guest.page.keyboard.press('Enter')
    await sees(guest.page, 'You are in')
    await checkPage(guest.page)
    await stage.page.getByText(/^2\s*here$/).waitFor()
  })

  it('asks: a tap shows at once, the remote counts, the stage counts', async () => {
    await button(host.page, 'Open question 1').click()
    await learner.page.getByRole('heading', { name: firstQuestion }).waitFor()
    await button(host.page, '30 s more').click()
    await stands(learner.page, 'Not answered')
    await answer(learner.page, firstRight).tap()
    await stands(learner.page, 'Sent')
    await answersOnRemote(host.page, 1)
    await answer(guest.page, firstRight).tap()
    await stands(guest.page, 'Sent')
    // The last answer counts.
    await answer(guest.page, firstWrong).tap()
    await stands(guest.page, 'Sent')
    await answersOnRemote(host.page, 2)
    await stage.page.getByText(/^2\s*answered$/).waitFor()
    const brought = await guest.page.evaluate(() => performance.getEntriesByType('resource').map(one => one.name))
    assert.deepEqual(
      brought.filter(one => /\/assets\/\w+-inside-/.test(one)),
      [],
      'a phone in class does without the words of the pages inside',
    )
    await checkPage(stage.page)
    await checkPage(learner.page)
    await checkPage(host.page)
    await host.page.getByRole('button', { name: /Silent/ }).click()
    await host.page.getByRole('dialog', { name: 'People' }).getByRole('tab', { name: /All/ }).click()
    await host.page.getByRole('dialog').getByText('Guest from Graz').waitFor()
    await checkPage(host.page)
    await host.page.keyboard.press('Escape')
  })

  it('pauses, goes on and gives more time', async () => {
    const left = async () =>
      Number.parseInt((await learner.page.getByRole('timer').getAttribute('aria-label')) ?? '', 10)
    await button(host.page, 'Pause').click()
    await stands(learner.page, 'Paused. Your answer is in.')
    const stood = await left()
    await button(host.page, '30 s more').click()
    await learner.page.getByRole('timer', { name: `${stood + 30} seconds left` }).waitFor()
    await button(host.page, 'Resume').click()
    await stands(learner.page, 'Sent')
  })

  it('locks, then reveals: each sees the own result, the stage the bars', async () => {
    await button(host.page, 'Lock answers').click()
    await stands(learner.page, 'Locked. Your answer is in.')
    await sees(stage.page, 'Answers are locked')
    assert.equal(await stage.page.getByText('were right').count(), 0, 'nothing is shown before the reveal')
    await checkPage(guest.page)
    await button(host.page, 'Reveal').click()
    await stands(learner.page, 'Correct')
    await stands(guest.page, 'Not correct')
    await sees(stage.page, '1 of 2 were right')
    await checkPage(stage.page)
    await checkPage(learner.page)
    await checkPage(guest.page)
    await checkPage(host.page)
  })

  it('lets people talk: unread, edited, deleted', async () => {
    await button(learner.page, 'Chat').tap()
    await sees(learner.page, 'Nothing has been said yet')
    await checkPage(learner.page)
    await learner.page.getByRole('textbox', { name: 'Write a message' }).fill('Why is it not the soil')
    await learner.page.keyboard.press('Enter')
    await button(host.page, 'Chat, 1 unread message').click()
    await sees(host.page, 'Why is it not the soil')
    await button(host.page, 'Chat').waitFor()
    await checkPage(host.page)

    await button(learner.page, `Message by ${emre?.name}: more`).tap()
    await learner.page.getByRole('menuitem', { name: 'Edit' }).tap()
    await learner.page.getByRole('textbox', { name: 'Edit your message' }).fill('Why is it not the soil?')
    await button(learner.page, 'Save').tap()
    await host.page.getByText('Why is it not the soil? (edited)').waitFor()

    await host.page.getByRole('textbox', { name: 'Write a message' }).fill('Weigh the pot.')
    await learner.page.getByText(/ is typing$/).waitFor()
    await host.page.keyboard.press('Enter')
    await sees(learner.page, 'Weigh the pot.')
    await learner.page.getByText(/ is typing$/).waitFor({ state: 'hidden', timeout: 3_000 })
    await button(learner.page, `Message by ${emre?.name}: more`).tap()
    await learner.page.getByRole('menuitem', { name: 'Delete' }).tap()
    await sees(host.page, 'Deleted by the author')
    await checkPage(host.page)
    await checkPage(learner.page)
    await learner.page.keyboard.press('Escape')
    await host.page.getByRole('complementary').getByRole('button', { name: 'Close' }).click()
  })

  it('takes a question on the spot in under ten seconds', async () => {
    const began = performance.now()
    await askOnTheSpot(host.page, `${spot}\nIn a picture\nWith my own eyes\nNever`)
    await learner.page.getByRole('heading', { name: spot }).waitFor()
    assert.ok(performance.now() - began < 10_000)
    await answer(learner.page, 'In a picture').tap()
    await stands(learner.page, 'Sent')
    await answer(guest.page, 'Never').tap()
    await stands(guest.page, 'Sent')
  })

  it('shows somebody who comes late what is asked now', async () => {
    const latecomer = await school.open('tablet', late)
    await latecomer.go(`/join/${code}`)
    await button(latecomer.page, `Join as ${late?.name}`).click()
    await latecomer.page.getByRole('heading', { name: spot }).waitFor()
    await checkPage(latecomer.page)
    await answer(latecomer.page, 'With my own eyes').tap()
    await stands(latecomer.page, 'Sent')
    await answersOnRemote(host.page, 3)
    await latecomer.close()
  })

  it('keeps the answers of somebody who leaves and returns in another browser', async () => {
    await learner.close()
    learner = await school.open('tablet', emre)
    await learner.go(lesson.path)
    await learner.page.getByRole('heading', { name: spot }).waitFor()
    await stands(learner.page, 'Sent')
    await becomes(() => answer(learner.page, 'In a picture').getAttribute('aria-pressed'), 'true')
    // Over the open chat nobody is asked for what they gave.
    await button(guest.page, /^Chat/).tap()
    await button(guest.page, /is open.*See it/).tap()
    await guest.page.getByRole('heading', { name: spot }).waitFor()
  })

  it('goes on with the assistant when the laptop of the host closes', async () => {
    await host.close()
    host = await school.open('phone', assistant)
    await host.go('/')
    await link(host.page.getByRole('region', { name: 'Live now: Thursday: light' }), 'Open class').tap()
    await host.page.getByRole('heading', { name: spot }).waitFor()
    await answersOnRemote(host.page, 3)
    await checkPage(host.page)
    await button(host.page, 'Lock answers').tap()
    await button(host.page, 'Reveal').tap()
    await stands(learner.page, 'Thank you. Your answer is in.')
    await stage.page.getByRole('figure').waitFor()
    await button(host.page, `Finish ${spot}`).tap()
    await sees(learner.page, 'You are in')
    // Until the next one the remote says what came out.
    await host.page.getByRole('region', { name: 'What came out' }).getByRole('heading', { name: spot }).waitFor()
  })

  it('ends for everybody, and the grade stands down to each response', async () => {
    await endLesson(host.page)
    await checkPage(host.page)
    await sees(stage.page, 'Thank you for taking part')
    await checkPage(stage.page)
    await sees(guest.page, 'The class has ended')
    // The page of a grade is of the course; what the guest answered stands here.
    await sees(guest.page, 'Your answers in this class')
    await sees(guest.page, firstQuestion)
    assert.equal(await link(guest.page, 'See every answer and the grade').count(), 0)
    await link(guest.page, 'Join another class').waitFor()
    await checkPage(guest.page)
    await sees(learner.page, 'The class has ended')
    await link(learner.page, 'See every answer and the grade').waitFor()
    // On one scale, with an account or without.
    for (const one of [learner, guest]) await sees(one.page, /^[\d.]+ of 10$/)
    await checkPage(learner.page)
    await link(learner.page, 'See every answer and the grade').tap()
    await sees(learner.page, firstQuestion)
    await sees(learner.page, `Right answer: B. ${firstRight}`)
    await sees(learner.page, spot)
    await sees(learner.page, 'In class')
    await checkPage(learner.page)

    await link(host.page, 'See the grades').tap()
    await link(host.page, new RegExp(`^${emre?.name}, Thursday: light`)).tap()
    await sees(host.page, firstQuestion)
    await checkPage(host.page)
    for (const one of [host, learner, guest, stage]) assert.deepEqual(one.watch.lines, [])
  })

  it('lets the guest sign in and bring along what they did, and the gradebook shows it under their name', async () => {
    const name = absent?.name ?? ''
    await host.go(new URL(host.page.url()).pathname.replace(/\/grades.*/, '/grades'))
    await host.page.locator('select[name=who]').selectOption('everybody')
    const cellOf = (row: string) => link(host.page, new RegExp(`^${row}.*, Thursday: light`))
    await cellOf(guestName).waitFor()
    await cellOf(name).filter({ hasNotText: /\d/ }).waitFor()
    await link(guest.page, 'Sign in, and your answers come along.').tap()
    await button(guest.page, new RegExp(name)).tap()
    await sees(guest.page, `Were you in class as the guest “${guestName}”?`)
    await checkPage(guest.page)
    await button(guest.page, 'Bring them along').tap()
    const dialog = guest.page.getByRole('dialog')
    await dialog.getByRole('rowheader', { name: 'Answers' }).waitFor()
    await checkPage(guest.page)
    await button(dialog, 'Bring them along').tap()
    await sees(guest.page, `What ${guestName} did is in your account now.`)
    await cellOf(guestName).waitFor({ state: 'detached' })
    await cellOf(name).filter({ hasText: /\d/ }).waitFor()
    await checkPage(host.page)
    await checkPage(guest.page)
  })
})
