// The room: phones reach the laptop over plain http at its address on the network, where browsers give no secure
// context. A short class works there whole; the staff of the demo school, whose password all know, sign in only on the
// machine itself.
import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { demoPassword, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
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

/** An IPv4 address of this machine that is not the loopback. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  const own = all.find(one => one.family === 'IPv4' && !one.internal)
  assert.ok(own, 'This machine has no address but the loopback: connect it to a network to run this story')
  return own.address
}

describe('a class over the network of the room', () => {
  inOrder()
  let school: School
  let laptop: Person
  let phone: Person
  let guest: Person
  let stage: Person
  let lesson: Lesson

  before(async () => {
    const host = ownAddress()
    school = await openSchool({ config: { host: '0.0.0.0' } }, host)
    laptop = await school.open('desktop', instructor)
    phone = await school.open('phone')
    guest = await school.open('small')
    stage = await school.open('stage', instructor)
  })
  after(async () => {
    for (const one of [laptop, phone, guest, stage]) await one?.close()
  })

  it('has no secure context there, and refuses the demo staff with words', async () => {
    const { page } = phone
    await phone.go('/sign-in')
    assert.equal(await page.evaluate(() => isSecureContext), false)
    await button(page, new RegExp(learners[0]?.name ?? '')).waitFor()
    assert.equal(await page.getByText(instructor.name).count(), 0, 'staff are not offered')
    await page.getByLabel('E-mail').fill(instructor.email)
    await page.getByLabel('Password', { exact: true }).fill(demoPassword)
    await button(page, 'Sign in').tap()
    await sees(page, /Demo staff sign in only on the machine that runs Lectern/)
    phone.watch.disregard(/status of 403/)
    await checkPage(page)
  })

  it('lets learners in with one tap, and guests by code', async () => {
    lesson = await startLesson(laptop, 'In the room', [quizTitle])
    await button(phone.page, new RegExp(learners[0]?.name ?? '')).tap()
    await link(phone.page.getByRole('region', { name: 'Live now: In the room' }), 'Join class').tap()
    await sees(phone.page, 'You are in')
    await stage.go(`${lesson.path}/stage`)
    await sees(stage.page, `${new URL(school.origin).host}/join`)
    await joinAsGuest(guest, await codeOn(stage.page), 'Ravi')
    await checkPage(guest.page)
    await checkPage(stage.page)
  })

  it('asks, takes answers, reveals and ends', async () => {
    await button(laptop.page, 'Open question 1').click()
    await guest.page.getByRole('heading', { name: firstQuestion }).waitFor()
    await answer(guest.page, firstWrong).tap()
    await stands(guest.page, 'Sent')
    await answer(phone.page, firstRight).tap()
    await stands(phone.page, 'Sent')
    await answersOnRemote(laptop.page, 2)
    await button(laptop.page, 'Lock answers').click()
    await button(laptop.page, 'Reveal').click()
    await stands(phone.page, 'Correct')
    await stands(guest.page, 'Not correct')
    await sees(stage.page, '1 of 2 were right')
    await checkPage(phone.page)
    await button(phone.page, 'Chat').tap()
    await phone.page.getByRole('textbox', { name: 'Write a message' }).fill('It works from here')
    await phone.page.keyboard.press('Enter')
    await button(laptop.page, 'Chat, 1 unread message').waitFor()
    await endLesson(laptop.page)
    await link(phone.page, 'See every answer and the grade').waitFor()
    await checkPage(laptop.page)
    for (const one of [laptop, phone, guest, stage]) assert.deepEqual(one.watch.lines, [])
  })
})
