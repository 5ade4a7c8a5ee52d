// After a class: the learner's Today shows the result by itself, the course home leads staff to the report with the
// chat, and a learner who took part, or missed it, to what it left.
import assert from 'node:assert/strict'
import { activityCalls } from '#protocol/activities.ts'
import { channelCalls } from '#protocol/channels.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { makePerson, startClass, type TestClass } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('after a class', () => {
  inOrder()
  let school: School
  let desk: Person
  let phone: Person
  let late: Person
  let held: TestClass

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }

  before(async () => {
    school = await openSchool()
    held = await startClass(school, ['What is a cell', 'What is a nucleus'])
    const { course, run, host, quiz } = held
    const lenaId = await makePerson(course.courseId, 'learner', 'Lena Learner')
    const lena = await signedInClient(school, { accountId: lenaId })
    await lena.request(liveRoutes.join, { runId: run.id })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId, step } = hosts.state().stage ?? assert.fail()
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'open' } })
    await hosts.until(state => state.stage?.view.phase === 'open')
    await lena.call(activityCalls.answer, { deliveryId, itemId: quiz.itemIds[0]!, move: { optionIds: ['b'] } })
    await lena.call(channelCalls.send, { channelId: run.channelId, text: 'That was clear' })
    desk = await school.open('desktop')
    phone = await school.open('phone')
    late = await school.open('phone')
    await as(desk, course.instructorId)
    await as(phone, lenaId)
    await as(late, await makePerson(course.courseId, 'learner', 'Abel Absent'))
  })
  after(async () => {
    for (const one of [desk, phone, late]) await one?.close()
  })

  it('shows the result on Today without a reload', async () => {
    await phone.go('/')
    await link(phone.page, 'Join class').waitFor()
    await desk.go(`/class/${held.run.id}/remote`)
    const hasFocus = (name: string) =>
      desk.page.waitForFunction(words => document.activeElement?.textContent === words, name)
    await button(desk.page, 'End class').click()
    await hasFocus('Keep going')
    await desk.page.keyboard.press('Enter')
    await hasFocus('End class')
    await button(desk.page, 'End class').click()
    await button(desk.page, 'End for everybody').click()
    await phone.page.getByRole('heading', { name: 'New results' }).waitFor()
    await misses(phone.page, 'Join class')
    await sees(phone.page, '10 of 10')
    await checkPage(phone.page)
    await phone.page.getByRole('link', { name: /Cells/ }).last().tap()
    await sees(phone.page, 'What is a cell')
    await checkPage(phone.page)
  })

  it('leads staff from the course home to who took part and what they answered', async () => {
    await desk.go(`/courses/${held.course.courseId}`)
    await desk.page.getByRole('main').getByRole('link', { name: /Cells/ }).first().click()
    await desk.page.getByRole('rowheader', { name: 'Lena Learner' }).waitFor()
    await sees(desk.page, /1 of 1 answered · 1 correct, 100 %/)
    await sees(desk.page, '1 of 1')
    await checkPage(desk.page)
    await desk.page.setViewportSize({ width: 390, height: 844 })
    await checkPage(desk.page)
    await desk.page.setViewportSize({ width: 1280, height: 800 })
    await desk.page.getByLabel('Search by name').fill('nobody')
    await sees(desk.page, 'Nobody by that name')
    await desk.page.getByLabel('Search by name').fill('')
    await button(desk.page, 'Chat').click()
    await sees(desk.page, 'That was clear')
    await checkPage(desk.page)
    const file = desk.page.waitForEvent('download')
    await link(desk.page, 'Download CSV').click()
    assert.equal((await file).suggestedFilename(), 'class.csv')
    await link(desk.page, /^Result of Lena Learner/).click()
    await sees(desk.page, 'What is a cell')
    await desk.go(`/class/${held.run.id}`)
    await desk.page.getByRole('rowheader', { name: 'Lena Learner' }).waitFor()
  })

  it('leads a learner to what the class left, also one who missed it', async () => {
    for (const person of [phone, late]) {
      await person.go(`/courses/${held.course.courseId}`)
      await person.page.getByRole('main').getByRole('link', { name: /Cells/ }).first().tap()
      await person.page.getByRole('heading', { name: 'The class has ended' }).waitFor()
      await checkPage(person.page)
      await button(person.page, /^Chat/).tap()
      await sees(person.page, 'That was clear')
    }
    await late.go(`/class/${held.run.id}/report`)
    await sees(late.page, 'The class could not be loaded')
    late.watch.disregard(/status of 40[34]/)
    await checkPage(late.page)
  })
})
