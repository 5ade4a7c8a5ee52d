// What is live now: an administrator watches two classes at a desk while a learner answers in one; the numbers move, and
// each opens what it counts. An instructor sees their own alone, on a phone.
import assert from 'node:assert/strict'
import type { ItemId } from '#protocol/activities.ts'
import { activityCalls } from '#protocol/activities.ts'
import { channelCalls } from '#protocol/channels.ts'
import { liveCalls, runHostsScope, runScope } from '#protocol/live.ts'
import { administrator } from '#server/seeds/people.ts'
import { guestClient, startClass, type TestClass } from '#server/test/classes.ts'
import { signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'
import { inTime } from './stood.ts'

describe('what is live now', () => {
  inOrder()
  let school: School
  let admin: Person
  let phone: Person
  let first: TestClass
  let second: TestClass
  let learner: Awaited<ReturnType<typeof guestClient>>
  let deliveryId = ''

  const row = (name: RegExp) => admin.page.getByRole('row', { name })
  before(async () => {
    school = await openSchool()
    first = await startClass(school, ['What is a cell'])
    second = await startClass(school, ['What is a nucleus'])
    admin = await school.open('desktop', administrator)
    phone = await school.open('small')
    await phone.context.addCookies([
      { name: 'lectern', value: await signIn(second.course.instructorId), url: school.origin },
    ])
  })
  after(async () => {
    for (const one of [admin, phone]) await one?.close()
  })

  it('is one step from anywhere for who looks after the site, and says how old its figures are', async () => {
    await admin.go('/')
    await link(admin.page.getByRole('navigation', { name: 'Main' }), 'Live now').click()
    await admin.page.getByRole('heading', { name: 'Live now', level: 1 }).waitFor()
    await sees(admin.page, /^As of/)
    await row(/^Cells/)
      .nth(1)
      .waitFor()
    await sees(button(admin.page, /Classes$/), '3')
    await sees(admin.page.getByRole('table', { name: 'Nodes' }), 'none needed')
    await checkPage(admin.page)
  })

  it('moves within three seconds when somebody comes, answers and writes', async () => {
    const { run, host } = first
    const state = (await host.subscribe(runHostsScope, run.id)).state()
    deliveryId = state.stage?.deliveryId ?? assert.fail()
    const steer = { do: 'open' } as const
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step: state.stage?.step ?? 0, steer })
    learner = await guestClient(school, first.code, 'Gus of the long and winding name that never seems to end')
    await learner.subscribe(runScope, run.id)
    const silent = await guestClient(school, first.code, 'Sil')
    await silent.subscribe(runScope, run.id)
    await button(admin.page, `2 here in ${run.title}: show who`).waitFor()
    const answered = (count: number) =>
      button(admin.page, `${count * 50} %: ${count} of 2 here have answered Quiz in ${run.title}: show who has not`)
    await answered(0).waitFor()
    const began = Date.now()
    const itemId = first.quiz.itemIds[0] as ItemId
    await learner.call(activityCalls.answer, { deliveryId, itemId, move: { optionIds: ['b'] } })
    await answered(1).waitFor()
    inTime(began, 3_000)
    await learner.call(channelCalls.send, { channelId: run.channelId, text: 'Which chapter is this?' })
    await button(admin.page, /^1 messages in/).waitFor()
    await sees(button(admin.page, /Answers a minute$/), '1')
  })

  it('opens who has not answered, and what was said', async () => {
    await button(admin.page, /: 1 of 2 here have answered/).click()
    const pane = admin.page.getByRole('complementary', { name: 'People in Cells' })
    await sees(pane, 'Sil')
    await misses(pane, /^Gus/)
    await checkPage(admin.page)
    await button(admin.page, /^1 messages in/).click()
    await sees(admin.page.getByRole('complementary', { name: 'Chat of Cells' }), 'Which chapter is this?')
    await admin.page.setViewportSize({ width: 360, height: 740 })
    await checkPage(admin.page)
    await admin.page.setViewportSize({ width: 1280, height: 800 })
  })

  it('finds a class by a word, and those that need attention', async () => {
    await button(admin.page, 'Close').click()
    await admin.page.getByRole('searchbox', { name: 'Search by class, course or host' }).fill('nothing like it')
    await sees(admin.page, 'No class fits')
    await admin.page.getByRole('searchbox', { name: 'Search by class, course or host' }).fill('')
    await admin.page.getByRole('combobox', { name: 'Which classes' }).selectOption('Needs attention')
    await sees(admin.page, 'No class needs attention')
    await checkPage(admin.page)
  })

  it('leads to who took part in all courses, by week', async () => {
    await link(admin.page.getByRole('main'), 'Participation').click()
    await admin.page.getByRole('heading', { name: 'Participation in all courses', level: 1 }).waitFor()
    await link(admin.page.getByRole('table'), /^Biology 1/).waitFor()
    await button(admin.page, 'Earlier weeks').click()
    await button(admin.page, 'Later weeks').click()
    await link(admin.page.getByRole('table'), /^Biology 1/).waitFor()
    await checkPage(admin.page)
  })

  it('shows an instructor their own class alone, and says when none is left', async () => {
    await phone.go('/')
    await button(phone.page, /account and theme/i).tap()
    await phone.page.getByRole('menuitem', { name: 'Live now' }).tap()
    await button(phone.page, `0 here in ${second.run.title}: show who`).waitFor()
    await becomes(() => phone.page.getByRole('row').count(), 2)
    await checkPage(phone.page)
    await second.host.call(liveCalls.end, { runId: second.run.id })
    await sees(phone.page, 'No class is live')
    await checkPage(phone.page)
  })
})
