// Notifications: somebody acts, and the bell of the other counts at once, on the phone and at the desk alike; a tap leads
// to the very place, and what is read on one device is read on the other.
import assert from 'node:assert/strict'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { type ChannelId, channelCalls } from '#protocol/channels.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, openSchool, type Person, type School, sees } from './people.ts'

describe('notifications', () => {
  inOrder()
  let school: School
  let teacher: TestClient
  let phone: Person
  let laptop: Person
  let adaId: Awaited<ReturnType<typeof makePerson>>
  const channel: Record<string, ChannelId> = {}

  const bell = (person: Person, name: string | RegExp) => button(person.page, name).filter({ visible: true })
  const counts = (person: Person, count: number) =>
    bell(person, count === 0 ? 'Notifications' : new RegExp(`^Notifications.*${count} unread`)).waitFor()
  const entry = (person: Person, words: string | RegExp) =>
    person.page.getByRole('dialog').getByRole('button', { name: words })

  before(async () => {
    school = await openSchool()
    const { courseId, instructorId } = await makeCourse('Cells')
    adaId = await makePerson(courseId, 'learner', 'Ada Lovelace')
    teacher = await signedInClient(school, { accountId: instructorId })
    const { items } = await teacher.request(inboxRoutes.list, { courseId })
    for (const { channel: one } of items) channel[one.form] = one.id
    phone = await school.open('small')
    laptop = await school.open('desktop')
    for (const one of [phone, laptop])
      await one.context.addCookies([{ name: 'lectern', value: await signIn(adaId), url: school.origin }])
  })
  after(async () => {
    for (const one of [phone, laptop]) await one?.close()
  })

  it('says that one came into a course, and after that that all is read', async () => {
    for (const one of [phone, laptop]) await one.go('/')
    await counts(phone, 1)
    await bell(phone, /^Notifications/).tap()
    await entry(phone, /^Unread: You were added to a course Cells/).waitFor()
    await button(phone.page, 'Mark read: You were added to a course').tap()
    await counts(laptop, 0)
    await phone.page.getByRole('tab', { name: 'Unread' }).tap()
    await sees(phone.page, 'You have read everything')
    await checkPage(phone.page)
    await button(phone.page.getByRole('dialog'), 'Close').tap()
  })

  it('counts live on both devices, in groups, and leads to the very place', async () => {
    const say = { channelId: channel.chat as ChannelId, mentions: [adaId] }
    for (const text of ['@Ada Lovelace, look', '@Ada Lovelace, again'])
      await teacher.call(channelCalls.send, { ...say, text })
    await counts(phone, 1)
    await counts(laptop, 1)
    const ask = { channelId: channel.forum as ChannelId, body: 'x', anonymous: false }
    const { topicId } = await teacher.call(topicCalls.post, {
      ...ask,
      title: 'A question with a title that is long enough to take two lines on a small phone',
    })
    const ada = await signedInClient(school, { accountId: adaId })
    await ada.call(topicCalls.follow, { topicId, on: true })
    for (const text of ['One', 'Two', 'Three'])
      await teacher.call(topicCalls.reply, { topicId, text, anonymous: false })
    await counts(laptop, 2)
    await bell(phone, /^Notifications/).tap()
    await entry(phone, /^Unread: 3 replies A question/).waitFor()
    await entry(phone, /^Unread: 2 mentions Cells/).waitFor()
    await checkPage(phone.page)
    // While it is open, more comes.
    await teacher.call(topicCalls.reply, { topicId, text: 'Four', anonymous: false })
    await entry(phone, /^Unread: 4 replies/).tap()
    await phone.page.locator('[data-arrived]', { hasText: 'Four' }).waitFor()
    await counts(laptop, 1)

    await bell(laptop, /^Notifications/).click()
    await entry(laptop, /^Unread: 2 mentions/).waitFor()
    await checkPage(laptop.page)
    await entry(laptop, /^Unread: 2 mentions/).click()
    await sees(laptop.page, '@Ada Lovelace, again')
    await counts(laptop, 0)
    await counts(phone, 0)
  })

  it('reads all at once, and keeps silent about what is silenced', async () => {
    await teacher.call(channelCalls.send, {
      channelId: channel.announcements as ChannelId,
      title: 'No class',
      text: 'x',
    })
    await counts(phone, 1)
    await bell(laptop, /^Notifications/).click()
    await button(laptop.page, 'Mark all read').click()
    await counts(phone, 0)
    await laptop.page.keyboard.press('Escape')
    await laptop.go('/you')
    const mentions = laptop.page.getByRole('switch', { name: 'Somebody mentions me' })

    await mentions.waitFor()

    const changed = laptop.page.waitForResponse(
      one => one.request().method() === 'PUT' && one.url().includes('notifications/settings'),
    )
    await mentions.uncheck()
    assert.equal((await changed).status(), 200)
    await checkPage(laptop.page)
    await teacher.call(channelCalls.send, {
      channelId: channel.chat as ChannelId,
      text: '@Ada Lovelace, quietly',
      mentions: [adaId],
    })
    await teacher.call(channelCalls.send, { channelId: channel.announcements as ChannelId, title: 'Friday', text: 'x' })
    await counts(phone, 1)
    await bell(phone, /^Notifications/).tap()
    await entry(phone, /^Unread: Announcement Friday/).waitFor()
    await becomes(() => entry(phone, /^Unread: /).count(), 1)
  })
})
