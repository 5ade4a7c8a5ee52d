// Talk in a course: a learner on a phone and an instructor at a desk see each other's messages, answers, reactions, edits
// and removals as they happen; what is read on one device is read on the other; announcements and direct messages.
import assert from 'node:assert/strict'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { type ChannelId, channelCalls, type MessageId } from '#protocol/channels.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('talk in a course', () => {
  inOrder()
  let school: School
  let desk: Person
  let phone: Person
  let laptop: Person
  let home = ''
  let adaId: Parameters<typeof signIn>[0]
  let staff: Awaited<ReturnType<typeof signedInClient>>
  let longTalk: ChannelId

  const line = (person: Person) => person.page.getByRole('textbox', { name: 'Write a message' })
  const log = (person: Person) => person.page.getByRole('log', { name: 'Messages' })
  const message = (person: Person, words: string) => log(person).getByRole('article').filter({ hasText: words }).first()
  const say = async (person: Person, words: string) => {
    await line(person).fill(words)
    await line(person).press('Enter')
  }
  const act = async (person: Person, words: string, name: string) => {
    await message(person, words).hover()
    await message(person, words)
      .getByRole('button', { name: /: more$/ })
      .click()
    await person.page.getByRole('menuitem', { name, exact: true }).click()
  }
  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }

  before(async () => {
    school = await openSchool()
    const { courseId, instructorId } = await makeCourse('Cells')
    adaId = await makePerson(courseId, 'learner', 'Ada Lovelace')
    await makePerson(courseId, 'learner', 'Ben Okri')
    await makePerson(courseId, 'learner', 'Cleo Park')
    home = `/courses/${courseId}`
    staff = await signedInClient(school, { accountId: instructorId })
    const { channelId } = await staff.request(inboxRoutes.start, { accountIds: [adaId], title: 'Long talk' })
    longTalk = channelId
    // As if it had been said over months: nobody may write so fast.
    await sql(
      `insert into messages (id, channel_id, number, author_id, text, sent_at, removed_at, removed_by)
       select gen_random_uuid(), $1, n, $2, case when n <> 4 then 'Line ' || n end, now() - interval '1 day',
         case when n = 4 then now() end, case when n = 4 then $2::uuid end from generate_series(1, 300) n`,
      [channelId, instructorId],
    )
    await sql('update channels set last_number = 300 where id = $1', [channelId])
    desk = await school.open('desktop')
    phone = await school.open('phone')
    laptop = await school.open('desktop')
    await as(desk, instructorId)
    await as(phone, adaId)
    await as(laptop, adaId)
  })
  after(async () => {
    for (const one of [desk, phone, laptop]) await one?.close()
  })

  it('leads from the course into its chat: a pane at the desk, a page on the phone', async () => {
    await desk.go(home)
    await link(desk.page.getByRole('main'), /^Chat/).click()
    await sees(desk.page, 'Nobody has said anything yet')
    await phone.go(home)
    await link(phone.page.getByRole('main'), /^Chat/).tap()
    await phone.page.getByRole('heading', { name: 'Chat', level: 1 }).waitFor()
    await checkPage(desk.page)
    await checkPage(phone.page)
  })

  it('shows each what the other says, answers, edits and takes back', async () => {
    await say(phone, 'Is chapter 4 in the quiz? https://example.org/4')
    const toSite = link(message(desk, 'chapter 4'), 'https://example.org/4')
    await becomes(() => toSite.getAttribute('rel'), 'noopener noreferrer nofollow')
    await act(desk, 'chapter 4', 'Answer')
    await say(desk, 'It is, <b>all</b> of it')
    await message(phone, 'It is, <b>all</b> of it')
      .getByRole('button', { name: /Ada Lovelace Is chapter 4/ })
      .waitFor()
    await act(phone, 'It is,', 'React')
    await phone.page.getByRole('button', { name: '👍', exact: true }).tap()
    const thumb = message(desk, 'It is,').getByRole('button', { name: '👍, 1 person' })
    await thumb.waitFor()
    await becomes(() => thumb.getAttribute('aria-pressed'), 'false')
    await thumb.click()
    await message(phone, 'It is,').getByRole('button', { name: '👍, 2 people' }).waitFor()

    // Arrow up takes the last of one's own; Escape gives up.
    await line(desk).press('ArrowUp')
    const editing = desk.page.getByRole('textbox', { name: 'Edit your message' })
    await editing.press('Escape')
    await editing.waitFor({ state: 'hidden' })
    await line(desk).press('ArrowUp')
    await editing.fill('It is, but for page 90')
    await editing.press('Enter')
    await sees(log(phone), /but for page 90/)
    await sees(log(phone), '(edited)')
    await act(desk, 'but for page 90', 'Earlier versions')
    await sees(desk.page.getByRole('dialog'), 'It is, <b>all</b> of it')
    await desk.page.keyboard.press('Escape')
    await checkPage(phone.page)

    await act(phone, 'Is chapter 4', 'Delete')
    await sees(log(desk), 'Deleted by the author')
    await sees(log(desk), 'Deleted message')
    await misses(log(desk), /Is chapter 4/)
  })

  it('names somebody by keyboard, and marks their Inbox until it is read, on every device', async () => {
    await phone.go('/inbox')
    await laptop.go('/inbox')
    await line(desk).fill('Look at page 12, @lov')
    // Faster than the list of names: the name is taken, then sent.
    await line(desk).press('Enter')
    await line(desk).press('Enter')
    await sees(log(desk), '@Ada Lovelace')
    const nav = (person: Person) => link(person.page.getByRole('navigation', { name: 'Main' }), /Inbox/)
    for (const device of [phone, laptop]) await sees(nav(device), '1 channel with something new')
    await checkPage(laptop.page)
    await checkPage(phone.page)
    await link(phone.page.getByRole('main'), /Cells: Chat/).tap()
    await sees(log(phone), '@Ada Lovelace')
    for (const device of [phone, laptop]) await misses(nav(device), '1 channel with something new')
  })

  it('brings an announcement to the course and to Today; readers cannot write there', async () => {
    await laptop.go('/')
    await desk.go(`${home}/announcements`)
    await desk.page.getByRole('textbox', { name: 'Title, if it needs one' }).fill('The lab moves')
    await desk.page.getByRole('textbox', { name: 'Write to everybody in the course' }).fill('Room 4 from Monday.')
    await button(desk.page, 'Announce').click()
    await link(laptop.page.getByRole('main'), 'The lab moves').waitFor()
    await checkPage(laptop.page)
    await phone.go(home)
    const way = link(phone.page.getByRole('main'), /^Announcements/)
    await sees(way, '1 unread message')
    await way.tap()
    await sees(phone.page, 'The lab moves')
    await sees(phone.page, 'Only the staff of the course write here.')
    await misses(laptop.page, 'The lab moves')
    await checkPage(phone.page)
    await checkPage(desk.page)
  })

  it('lets two write to each other from the Inbox, also at 360 pixels', async () => {
    await phone.page.setViewportSize({ width: 360, height: 740 })
    await phone.go('/inbox')
    await button(phone.page, 'New message').tap()
    await phone.page.getByRole('searchbox', { name: 'Find people' }).fill('ines')
    await button(phone.page.getByRole('dialog'), 'Ines Instructor').tap()
    await checkPage(phone.page)
    await button(phone.page, 'Write').tap()
    await phone.page.getByRole('heading', { name: 'Ines Instructor', level: 1 }).waitFor()
    await say(phone, 'May I hand in tomorrow?')
    await desk.go('/inbox')
    await link(desk.page.getByRole('main'), 'Ada Lovelace').click()
    await sees(log(desk), 'May I hand in tomorrow?')
    await say(desk, 'You may.')
    await sees(log(phone), 'You may.')
    await desk.go(`${home}/people`)
    await button(desk.page, /Ben Okri/).click()
    await desk.page.getByRole('menuitem', { name: 'Write a message' }).click()
    await desk.page.getByRole('heading', { name: 'Ben Okri', level: 1 }).waitFor()
    await checkPage(phone.page)
    await checkPage(desk.page)
  })

  it('keeps what is done to messages without a connection, through a closed tab, also at 360 pixels', async () => {
    await say(phone, 'Or on Monday?')
    await link(desk.page.getByRole('navigation', { name: 'Main' }), /Inbox/).click()
    await link(desk.page.getByRole('main'), 'Ada Lovelace').click()
    await sees(log(desk), 'Or on Monday?')
    const address = phone.page.url()
    const bus = await school.open('small')
    await as(bus, adaId)
    await bus.page.goto(address)
    await sees(log(bus), 'Or on Monday?')
    bus.watch.disregard(/net::ERR_INTERNET_DISCONNECTED/)
    await bus.context.setOffline(true)
    await sees(bus.page, /You are offline/)
    const reactions = (person: Person, name: RegExp) => button(message(person, 'You may.'), name)
    const tapOn = async (emoji: string) => {
      await act(bus, 'You may.', 'React')
      await bus.page.getByRole('button', { name: emoji, exact: true }).tap()
    }
    await tapOn('👍')
    await reactions(bus, /^👍, 1 person$/).waitFor()
    // On and off again: the last of it is what they want.
    await tapOn('🎉')
    await reactions(bus, /^🎉, 1 person$/).tap()
    await reactions(bus, /^🎉/).waitFor({ state: 'detached' })
    await act(bus, 'Or on Monday?', 'Edit')
    const editing = bus.page.getByRole('textbox', { name: 'Edit your message' })
    await editing.fill('Or on Tuesday?')
    await editing.press('Enter')
    await sees(log(bus), /Or on Tuesday\?/)
    await act(bus, 'May I hand in', 'Delete')
    await sees(log(bus), 'Deleted by the author')
    await misses(log(bus), 'May I hand in tomorrow?')
    await becomes(() => log(bus).getByText('Saved on this device, sending').count(), 3)
    await checkPage(bus.page)
    await sees(log(desk), 'May I hand in tomorrow?')
    assert.equal(await reactions(desk, /^👍/).count(), 0)
    // Nobody sees that page any more; the next one sends what it kept.
    await bus.page.close()
    await bus.context.setOffline(false)
    const again = await bus.context.newPage()
    await again.goto(address)
    for (const page of [desk.page, again]) {
      const there = page.getByRole('log', { name: 'Messages' })
      await sees(there, 'Deleted by the author')
      await sees(there, /Or on Tuesday\?/)
      await button(there, '👍, 1 person').waitFor()
      await misses(there, 'May I hand in tomorrow?')
      assert.equal(await button(there, /^🎉/).count(), 0)
    }
    await checkPage(again)
    await bus.close()
  })

  it('gives back the words of an edit that came over newer ones', async () => {
    await laptop.page.goto(phone.page.url())
    await sees(log(laptop), /Or on Tuesday\?/)
    laptop.watch.disregard(/net::ERR_INTERNET_DISCONNECTED/)
    const rewrite = async (person: Person, words: string) => {
      await act(person, 'Or on Tuesday?', 'Edit')
      const editing = person.page.getByRole('textbox', { name: 'Edit your message' })
      await editing.fill(words)
      await editing.press('Enter')
      await sees(log(person), new RegExp(words))
    }
    await laptop.context.setOffline(true)
    await sees(laptop.page, /You are offline/)
    await rewrite(laptop, 'Or never')
    await rewrite(phone, 'Or on Friday')
    // Their own page shows it before the server has it: whoever is first there wins.
    await sees(log(desk), /Or on Friday/)
    await laptop.context.setOffline(false)
    await sees(laptop.page, /^Your change was not saved: “Or never”/)
    await button(laptop.page, 'Copy it').waitFor()
    await sees(log(laptop), /Or on Friday/)
    await misses(log(laptop), /Or never/)
    await misses(log(laptop), 'Saved on this device, sending')
  })

  it('makes a group of two who talk, which either names and brings others into, seen by both at once', async () => {
    const menu = async (person: Person, item: string) => {
      await button(person.page, 'More about this channel').click()
      await person.page.getByRole('menuitem', { name: item }).click()
    }
    await menu(phone, 'Start a group with Ines Instructor')
    await button(phone.page.getByRole('dialog'), 'Ben Okri').tap()
    await phone.page.getByLabel('Name of the group').fill('Lab 3')
    await button(phone.page, 'Start the group').tap()
    await phone.page.getByRole('heading', { name: 'Lab 3', level: 1 }).waitFor()
    await link(desk.page.getByRole('navigation', { name: 'Main' }), /Inbox/).click()
    await link(desk.page.getByRole('main'), 'Lab 3').click()
    await sees(desk.page, 'Ada Lovelace, Ben Okri')
    await menu(phone, 'Add people')
    const dialog = phone.page.getByRole('dialog', { name: 'Add people' })
    await button(dialog, 'Cleo Park').tap()
    assert.equal(await button(dialog, 'Ben Okri').count(), 0)
    await checkPage(phone.page)
    await button(dialog, 'Add').tap()
    await sees(desk.page, 'Ada Lovelace, Ben Okri, Cleo Park')
    await menu(desk, 'Rename the group')
    await desk.page.getByLabel('Name of the group').fill('Lab 4')
    await button(desk.page, 'Save').click()
    await phone.page.getByRole('heading', { name: 'Lab 4', level: 1 }).waitFor()
    await menu(phone, 'Leave the group')
    await misses(desk.page, /Ada Lovelace, /)
  })

  it('keeps a page of whom one has blocked, to let them in again', async () => {
    const { page } = laptop
    await link(page.getByRole('navigation', { name: 'Main' }), /Inbox/).click()
    await link(page.getByRole('main'), 'Ines Instructor').click()
    await button(page, 'More about this channel').click()
    await page.getByRole('menuitem', { name: 'Block' }).click()
    await sees(page, 'You cannot write here.')
    await button(page, /account and theme/i).click()
    await page.getByRole('menuitem', { name: 'Account and devices' }).click()
    await link(page, 'Whom you have blocked').click()
    await button(page, 'Unblock Ines Instructor').click()
    await sees(page, 'You have blocked nobody')
    await sees(page, 'Ines Instructor can write to you again.')
    await button(page, 'Undo').last().click()
    await button(page, 'Unblock Ines Instructor').waitFor()
    await checkPage(page)
    await button(page, 'Unblock Ines Instructor').click()
    await sees(page, 'You have blocked nobody')
  })

  it('leads by a link to one message, however far back it stands, and says so where it is gone', async () => {
    const { page, context } = laptop
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await link(page.getByRole('navigation', { name: 'Main' }), /Inbox/).click()
    await link(page.getByRole('main'), 'Long talk').click()
    await sees(log(laptop), 'Line 300')
    await act(laptop, 'Line 285', 'Copy link')
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await waitFor(async () => (await clipboard()).endsWith('?at=285'), 'the link to be copied')
    const copied = new URL(await clipboard())
    assert.match(copied.pathname + copied.search, /^\/inbox\/[^/]+\?at=285$/)
    const to = (number: number) => laptop.go(`${copied.pathname}?at=${number}`)
    const nav = link(page.getByRole('navigation', { name: 'Main' }), /Inbox/)
    await nav.click()
    // The talk stands until the Inbox is there, and would read what comes.
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor()
    await misses(nav, /with something new/)
    await staff.call(channelCalls.send, { channelId: longTalk, text: 'Line 301' })
    await sees(nav, '1 channel with something new')
    await to(5)
    await page.locator('[data-found]', { hasText: 'Line 5' }).waitFor()
    await becomes(() => message(laptop, 'Line 5').evaluate(one => one.getBoundingClientRect().top > 0), true)
    // What becomes of it is seen at once, far from the latest.
    const [old] = await sql<{ id: MessageId; version: number }>(
      'select id, version from messages where channel_id = $1 and number = 5',
      [longTalk],
    )
    assert.ok(old)
    const messageId = old.id
    await staff.call(channelCalls.edit, { messageId, version: old.version, text: 'Line 5, put better' })
    await staff.call(channelCalls.react, { messageId, emoji: '👍', set: 'on' })
    await message(laptop, 'Line 5, put better').getByRole('button', { name: '👍, 1 person' }).waitFor()
    // What is new is not read yet; whoever goes away and comes back is at the latest again.
    await sees(nav, '1 channel with something new')
    await nav.click()
    await link(page.getByRole('main'), 'Long talk').click()
    await sees(log(laptop), 'Line 301')
    await misses(nav, '1 channel with something new')
    await button(page, 'More about this channel').click()
    await page.getByRole('menuitem', { name: 'Go to a day' }).click()
    await page.getByLabel('Day', { exact: true }).fill('2020-01-01')
    await button(page.getByRole('dialog'), 'Go').click()
    await page.locator('[data-found]', { hasText: 'Line 1' }).waitFor()
    await to(4)
    await sees(page, 'The message this link leads to was deleted.')
    await to(302)
    await sees(page, 'The message this link leads to is not here.')
    await laptop.go(`/inbox/${crypto.randomUUID()}`)
    await sees(page, 'You cannot read this talk')
  })
})
