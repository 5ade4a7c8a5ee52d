// A course's forum: somebody asks, others vote, answer and see it at once; the answer is accepted; staff keep order.
import assert from 'node:assert/strict'
import type { AccountId } from '#protocol/base/ids.ts'
import { channelCalls, type MessageId } from '#protocol/channels.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { assistant, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const [emre, zoe] = learners
const title =
  'Why do leaves look green although they take the red and blue light of the sun, and what would a leaf on the planet of another star look like?'
const question = /^Why do leaves look green/

describe('the forum of a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let asker: Person
  let other: Person
  let tutor: Person
  let path = ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    asker = await school.open('phone', emre)
    other = await school.open('small', zoe)
    tutor = await school.open('tablet', assistant)
  })
  after(async () => {
    for (const one of [teacher, asker, other, tutor]) await one?.close()
  })

  it('is one step from the course, and says what will be there', async () => {
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await link(teacher.page.getByRole('main'), /^Forum/).click()
    await sees(teacher.page, 'No topics yet')
    path = new URL(teacher.page.url()).pathname
    await checkPage(teacher.page)
    await other.go(path)
    await sees(other.page, 'No topics yet')
    await checkPage(other.page)
  })

  it('keeps what is being written, and posts it to everybody at once', async () => {
    const { page } = asker
    await asker.go(path)
    await button(page, 'New topic').tap()
    await button(page, 'Post').tap()
    await page.getByRole('alert').getByText('Say in one line what it is about.').waitFor()
    await page.getByLabel('Title').fill(title)
    await page.getByLabel(/^Text/).fill('<b>Chlorophyll</b> takes red and blue.\n\nIs green of no use at all?')
    await checkPage(page)
    await page.reload()
    await button(page, 'New topic').tap()
    await becomes(() => page.getByLabel('Title').inputValue(), title)
    await button(page, 'Post').tap()
    await page.getByRole('heading', { level: 1, name: question }).waitFor()
    await sees(page, /^<b>Chlorophyll<\/b> takes/)
    await checkPage(page)
    await link(teacher.page, question).waitFor()
    await link(other.page, question).waitFor()
    await checkPage(other.page)
  })

  it('counts a vote once, and takes it back', async () => {
    const vote = (page: typeof other.page) => page.getByRole('button', { name: /Vote for “Why do leaves/ })
    await vote(other.page).tap()
    await teacher.page.getByRole('button', { name: /^1 vote\./ }).waitFor()
    await becomes(() => vote(other.page).getAttribute('aria-pressed'), 'true')
    await vote(other.page).tap()
    await teacher.page.getByRole('button', { name: /^0 votes\./ }).waitFor()
    await vote(other.page).tap()
    await teacher.page.getByRole('button', { name: /^1 vote\./ }).waitFor()
    await other.page.reload()
    await other.page.getByRole('button', { name: /^1 vote\./, pressed: true }).waitFor()
  })

  it('brings an answer to the asker as it is written, who accepts it by keyboard', async () => {
    await tutor.go(path)
    await link(tutor.page, question).tap()
    const line = tutor.page.getByLabel('Write a reply')
    await line.pressSequentially('@Emr')
    await tutor.page.getByRole('option', { name: emre?.name ?? '' }).waitFor()
    await tutor.page.keyboard.press('Enter')
    await line.pressSequentially('green is used too, only less of it.')
    await becomes(() => line.inputValue(), `@${emre?.name} green is used too, only less of it.`)
    await button(tutor.page, 'Reply').tap()
    await sees(asker.page, /green is used too/)
    await sees(asker.page, `@${emre?.name}`)
    await checkPage(asker.page)
    await button(asker.page, 'Accept as answer').focus()
    await asker.page.keyboard.press('Enter')
    await tutor.page.getByRole('region', { name: 'Accepted answer' }).getByText('green is used too').waitFor()
    await checkPage(tutor.page)
    await sees(teacher.page, 'Answered')
    await teacher.page.getByText('2 new').waitFor()
  })

  it('finds by words and by what is open, and says so when nothing fits', async () => {
    const { page } = other
    await page.getByRole('searchbox', { name: 'Search' }).fill('chloro')
    await link(page, question).waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('volcano')
    await sees(page, 'Nothing fits')
    await checkPage(page)
    await button(page, 'Clear search and filters').tap()
    await link(page, question).waitFor()
    await page.getByLabel('Sort by').selectOption('unanswered')
    await sees(page, 'Nothing fits')
    await page.getByLabel('Sort by').selectOption('active')
    await link(page, question).waitFor()
  })

  it('shows no name where the rules let people ask without one, but to staff', async () => {
    await button(teacher.page, 'How the forum works').click()
    const rules = teacher.page.getByRole('dialog', { name: 'How the forum works' })
    await rules.getByLabel('Learners may write without their name').check()
    await checkPage(teacher.page)
    await button(rules, 'Close').last().click()
    await button(other.page, 'New topic').tap()
    await other.page.getByLabel('Title').fill('Is it all right not to know this?')
    await other.page.getByLabel(/^Ask without my name/).check()
    await checkPage(other.page)
    await button(other.page, 'Post').tap()
    await other.page.getByRole('heading', { level: 1, name: /^Is it all right/ }).waitFor()
    await asker.go(path)
    await link(asker.page, /^Is it all right/).tap()
    await sees(asker.page, 'Anonymous')
    assert.ok(!(await asker.page.content()).includes(zoe?.name ?? '-'))
    await link(teacher.page, /^Is it all right/).click()
    await sees(teacher.page, `Anonymous (${zoe?.name})`)
    await checkPage(teacher.page)
  })

  it('hides what should not stand there, at once and for everybody, with a way back', async () => {
    await button(teacher.page, 'More for this topic').click()
    await teacher.page.getByRole('menuitem', { name: 'Hide' }).click()
    await button(teacher.page, 'Undo').focus()
    await sees(asker.page, 'This topic is hidden')
    await misses(asker.page, /^Is it all right/)
    await checkPage(asker.page)
    await button(teacher.page, 'Undo').click()
    await asker.page.getByRole('heading', { level: 1, name: /^Is it all right/ }).waitFor()
  })

  it('approves first where the rules say so', async () => {
    await teacher.go(path)
    await button(teacher.page, 'How the forum works').click()
    const rules = teacher.page.getByRole('dialog', { name: 'How the forum works' })
    await rules.getByLabel('Staff approve what learners write').check()
    await waitFor(
      async () => (await sql('select 1 from forum_policies where approval')).length > 0,
      'the rule to be with the server',
    )
    await button(rules, 'Close').last().click()
    await asker.go(path)
    await button(asker.page, 'New topic').tap()
    await asker.page.getByLabel('Title').fill('A question that waits')
    await button(asker.page, 'Post').tap()
    await sees(asker.page.getByRole('list', { name: 'Waiting for approval' }), 'A question that waits')
    await checkPage(asker.page)
    const waiting = teacher.page.getByRole('list', { name: 'To approve' })
    await sees(waiting, 'A question that waits')
    await checkPage(teacher.page)
    await button(waiting, 'Approve').click()
    await link(asker.page, 'A question that waits').waitFor()
  })

  it('leads by a link to one post, and says so where it is gone', async () => {
    const { page, context } = tutor
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const menu = page.getByRole('region', { name: 'Accepted answer' }).getByRole('button', { name: /: more$/ })
    await menu.tap()
    await page.getByRole('menuitem', { name: 'Copy link' }).tap()
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    await waitFor(async () => (await clipboard()).includes(`${path}/`), 'the link to be copied')
    const copied = new URL(await clipboard())
    await teacher.go(copied.pathname + copied.search)
    await teacher.page.locator('[data-arrived]', { hasText: 'green is used too' }).waitFor()
    await menu.tap()
    await page.getByRole('menuitem', { name: 'Delete' }).tap()
    await misses(page, /green is used too/)
    await misses(teacher.page, /green is used too/)
    await teacher.go(copied.pathname + copied.search)
    await sees(teacher.page, 'The message this link leads to was deleted.')

    // What becomes of an earlier reply reaches whoever has paged back to it.
    const [writer] = await sql<{ id: AccountId }>('select id from accounts where email = $1', [instructor.email])
    assert.ok(writer)
    const topicId = copied.pathname.split('/').at(-1)
    const [first] = await sql<{ id: MessageId }>(
      `with there as (
         select t.id, t.channel_id, c.last_number from topics t join channels c on c.id = t.channel_id where t.id = $1
       ), counted as (
         update channels c set last_number = c.last_number + 60 from there where c.id = there.channel_id
       ), longer as (
         update topics t set replies = t.replies + 60, last_number = there.last_number + 60 from there where t.id = there.id
       )
       insert into messages (id, channel_id, topic_id, number, author_id, text, sent_at)
       select gen_random_uuid(), channel_id, id, last_number + n, $2, 'Reply ' || n, now()
         from there, generate_series(1, 60) n returning id`,
      [topicId, writer.id],
    )
    assert.ok(first)
    await teacher.go(copied.pathname)
    await button(teacher.page, /^Show \d+ earlier replies/).click()
    await sees(teacher.page, 'Reply 1')
    const author = await signedInClient(school, { accountId: writer.id })
    await author.call(channelCalls.edit, { messageId: first.id, version: 0, text: 'Reply 1, put better' })
    await sees(teacher.page, 'Reply 1, put better')
  })
})
