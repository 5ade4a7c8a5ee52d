// One class on two nodes of one school, joined by PostgreSQL and Redis alone: the host and the stage on the first, a
// learner, a guest and the assistant on the second. What one side does the other sees, from the first tap to the column.
import assert from 'node:assert/strict'
import { absentee, assistant, instructor, learners } from '#server/seeds/people.ts'
import { type NodeProcess, nodeProcess } from '#server/test/node-process.ts'
import {
  answersOnRemote,
  codeOn,
  endLesson,
  firstQuestion,
  firstRight,
  firstWrong,
  joinAsGuest,
  type Lesson,
  quizTitle,
  startLesson,
} from './lesson.ts'
import { answer, button, inOrder, link, openSchool, type Person, type School, sees, stands } from './people.ts'

const [emre] = learners
const column = 'Both rooms'

describe('a class on two nodes', () => {
  inOrder()
  let school: School
  let second: NodeProcess
  let host: Person
  let stage: Person
  let learner: Person
  let guest: Person
  let helper: Person
  let lesson: Lesson

  before(async () => {
    school = await openSchool({ redis: true })
    second = await nodeProcess({ databaseUrl: school.databaseUrl, secretKey: school.config.secretKey })
    assert.notEqual(second.url, school.origin)
    host = await school.open('desktop', instructor)
    stage = await school.open('stage', instructor)
    learner = await school.open('phone', emre, second.url)
    guest = await school.open('small', undefined, second.url)
    helper = await school.open('tablet', assistant, second.url)
  })
  after(async () => {
    for (const one of [host, stage, learner, guest, helper]) await one?.close()
  })

  it('is joined from the other node, by one tap and by code', async () => {
    await learner.go('/')
    await learner.page.getByRole('heading', { name: 'Today' }).waitFor()
    lesson = await startLesson(host, column, [quizTitle])
    await link(learner.page.getByRole('region', { name: `Live now: ${column}` }), 'Join class').tap()
    await sees(learner.page, 'You are in')
    await stage.go(`${lesson.path}/stage`)
    await joinAsGuest(guest, await codeOn(stage.page), 'Guest next door')
    await stage.page.getByText(/^2\s*here$/).waitFor()
  })

  it('asks here, is answered there, and counts here', async () => {
    await button(host.page, 'Open question 1').click()
    for (const one of [learner, guest]) await one.page.getByRole('heading', { name: firstQuestion }).waitFor()
    await answer(learner.page, firstRight).tap()
    await stands(learner.page, 'Sent')
    await answer(guest.page, firstWrong).tap()
    await stands(guest.page, 'Sent')
    await answersOnRemote(host.page, 2)
    await stage.page.getByText(/^2\s*answered$/).waitFor()
  })

  it('carries talk both ways', async () => {
    await button(learner.page, 'Chat').tap()
    await learner.page.getByRole('textbox', { name: 'Write a message' }).fill('Hello from the second room')
    await learner.page.keyboard.press('Enter')
    await button(host.page, 'Chat, 1 unread message').click()
    await sees(host.page, 'Hello from the second room')
    await host.page.getByRole('textbox', { name: 'Write a message' }).fill('Hello from the first')
    await host.page.keyboard.press('Enter')
    await sees(learner.page, 'Hello from the first')
    await learner.page.keyboard.press('Escape')
    await host.page.getByRole('complementary').getByRole('button', { name: 'Close' }).click()
  })

  it('is steered from the other node as well', async () => {
    await helper.go(`${lesson.path}/remote`)
    await answersOnRemote(helper.page, 2)
    await button(helper.page, 'Lock answers').click()
    await stands(learner.page, 'Locked. Your answer is in.')
    await sees(stage.page, 'Answers are locked')
    await button(host.page, 'Reveal').click()
    await stands(learner.page, 'Correct')
    await stands(guest.page, 'Not correct')
    await sees(stage.page, '1 of 2 were right')
  })

  it('ends for both, and the grade stands there', async () => {
    await endLesson(host.page)
    await sees(guest.page, 'The class has ended')
    await sees(learner.page, 'The class has ended')
    await link(learner.page, 'See every answer and the grade').tap()
    await sees(learner.page, `Right answer: B. ${firstRight}`)
  })

  it('goes on as homework for the one who was absent, into one column', async () => {
    const zoe = await school.open('phone', absentee, second.url)
    await zoe.go('/')
    await zoe.page.getByRole('heading', { name: 'Today' }).waitFor()
    await host.go('/courses')
    await link(host.page.getByRole('main'), /Biology 1/).click()
    await link(host.page.getByRole('main'), new RegExp(quizTitle.replace('?', '\\?'))).click()
    await button(host.page, 'Give as homework').click()
    const dialog = host.page.getByRole('dialog', { name: 'Give as homework' })
    await dialog.getByLabel('Results go to').selectOption({ label: column })
    await dialog.getByRole('radio', { name: /^Only those who have not answered yet/ }).waitFor()
    await button(dialog, 'Give homework').click()
    await dialog.waitFor({ state: 'hidden' })
    await link(zoe.page.getByRole('main'), new RegExp(quizTitle.replace('?', '\\?'))).tap()
    await answer(zoe.page, firstRight).first().tap()
    await sees(zoe.page, /^1 of /)
    await button(zoe.page, 'Hand in').tap()
    await button(zoe.page.getByRole('dialog'), 'Hand in').tap()
    await sees(zoe.page, 'Your result')

    await host.go('/courses')
    await link(host.page.getByRole('main'), /Biology 1/).click()
    await link(host.page, 'Grades').click()
    for (const name of [absentee.name, emre?.name]) await link(host.page, new RegExp(`^${name}, ${column}`)).waitFor()
    for (const one of [host, stage, learner, guest, helper, zoe]) assert.deepEqual(one.watch.lines, [])
    await zoe.close()
  })
})
