// The palette and the keys: an instructor goes, finds and acts without a mouse, a learner does by touch on a small phone,
// and each finds only what they may open.
import assert from 'node:assert/strict'
import { contentRoutes } from '#protocol/content.ts'
import { administrator } from '#server/seeds/people.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, openSchool, type Person, type School, sees } from './people.ts'

/** What an administrator types, and where it leads. */
const places = [
  ['import csv', /^Import/],
  ['permissions', /^Roles and rights/],
  ['audit', /^Audit log/],
  ['retention', /^Privacy/],
  ['departments', /^Departments and terms/],
  ['webhook', /^Webhooks/],
  ['undelete', /^Bin/],
] as const

describe('the palette', () => {
  inOrder()
  let school: School
  let desk: Person
  let phone: Person
  let home = ''

  const field = (person: Person) => person.page.getByRole('combobox', { name: 'Search or type what to do' })
  const option = (person: Person, name: string | RegExp) => person.page.getByRole('option', { name }).first()
  /** G and another key. A pair counts within a second: on a busy machine it is pressed again, as a person would. */
  const pair = (key: string, path: string) =>
    waitFor(async () => {
      await desk.page.keyboard.press('g')
      await desk.page.keyboard.press(key)
      return new URL(desk.page.url()).pathname === path
    }, `the way to ${path}`)
  const heading = (person: Person, name: string) => person.page.getByRole('heading', { name, level: 1 }).waitFor()
  const choose = async (person: Person, words: string, name: string | RegExp) => {
    await person.page.keyboard.press('Control+k')
    await field(person).fill(words)
    await person.page.getByRole('option', { name, selected: true }).waitFor()
    await person.page.keyboard.press('Enter')
    await field(person).waitFor({ state: 'hidden' })
  }

  before(async () => {
    school = await openSchool()
    const { courseId, instructorId } = await makeCourse('Cells')
    const adaId = await makePerson(courseId, 'learner', 'Ada Lovelace of a very long name that goes on')
    const teacher = await signedInClient(school, { accountId: instructorId })
    await teacher.request(contentRoutes.createPage, { courseId, title: 'Ribosomes', published: true })
    await teacher.request(contentRoutes.createPage, { courseId, title: 'Ribosome draft', published: false })
    home = `/courses/${courseId}`
    desk = await school.open('desktop')
    phone = await school.open('small')
    const cookie = async (id: typeof adaId) => ({ name: 'lectern', value: await signIn(id), url: school.origin })
    await desk.context.addCookies([await cookie(instructorId)])
    await phone.context.addCookies([await cookie(adaId)])
  })
  after(async () => {
    for (const one of [desk, phone]) await one?.close()
  })

  it('goes anywhere by a few letters, and comes back to what had the focus', async () => {
    await desk.go('/')
    await heading(desk, 'Today')
    await choose(desk, 'cel', 'Cells')
    await heading(desk, 'Cells')
    await choose(desk, 'grad', /^Grades Cells/)
    await heading(desk, 'Grades')
    await choose(desk, `${home}/people`, /^Go to/)
    await heading(desk, 'People')
    // Ctrl and K once more, and Escape, leave everything as it was.
    const opener = button(desk.page, /^Search/)
    await opener.focus()
    await opener.press('Enter')
    await option(desk, 'Cells').waitFor()
    await checkPage(desk.page)
    await desk.page.keyboard.press('Escape')
    await field(desk).waitFor({ state: 'hidden' })
    await waitFor(
      () => desk.page.evaluate(() => document.activeElement?.textContent?.startsWith('Search')),
      'the focus to be where it was',
    )
  })

  it('offers what was chosen of late, and names the active option to readers', async () => {
    await desk.page.keyboard.press('Control+k')
    await sees(desk.page.getByRole('dialog'), 'Recent')
    const active = () =>
      field(desk).evaluate(one => document.getElementById(one.getAttribute('aria-activedescendant') ?? '')?.textContent)
    const first = await waitFor(active, 'an option that is active')
    await desk.page.keyboard.press('ArrowDown')
    await waitFor(async () => (await active()) !== first, 'another to be active')
    await desk.page.keyboard.press('ArrowUp')
    await becomes(active, first)
    await desk.page.keyboard.press('Escape')
  })

  it('finds for staff drafts and people, for a learner on a small phone what is published', async () => {
    await desk.page.keyboard.press('Control+k')
    await field(desk).fill('ribosome')
    await option(desk, /^Ribosome draft/).waitFor()
    await field(desk).fill('lovelace')
    await desk.page.getByRole('option', { name: /^Ada Lovelace/, selected: true }).waitFor()
    await desk.page.keyboard.press('Enter')
    await sees(desk.page.getByRole('main'), /^Ada Lovelace/)

    await phone.go('/')
    await button(phone.page, 'Search').tap()
    await field(phone).fill('ribosome')
    await option(phone, /^Ribosomes/).waitFor()
    assert.equal(await phone.page.getByRole('option', { name: /draft/ }).count(), 0)
    await checkPage(phone.page)
    await option(phone, /^Ribosomes/).tap()
    await heading(phone, 'Ribosomes')
  })

  it('says when nothing is called that, and when the server can not be asked', async () => {
    await button(phone.page, 'Search').tap()
    await field(phone).fill('zzzz')
    await sees(phone.page, 'Nothing is called “zzzz”. Try another word.')
    phone.watch.disregard(/Failed to load resource|failed request/)
    await phone.page.route('**/api/v1/search**', route => route.abort())
    await field(phone).fill('zzzzz')
    await sees(phone.page, 'The search could not be reached. What is listed still works.')
    await phone.page.unroute('**/api/v1/search**')
    await button(phone.page, 'Try again').tap()
    await sees(phone.page, 'Nothing is called “zzzzz”. Try another word.')
    await button(phone.page.getByRole('dialog'), 'Close').tap()
  })

  it('acts: a class begins, a question and a message are written, the theme changes', async () => {
    await desk.go(`${home}/grades`)
    await heading(desk, 'Grades')
    await choose(desk, 'start a class', /^Start a class in Cells/)
    await desk.page.getByRole('dialog', { name: 'Start a class' }).waitFor()
    await desk.page.keyboard.press('Escape')
    await choose(desk, 'ask', /^Ask a question in Cells/)
    await heading(desk, 'Forum')
    await desk.page.getByRole('textbox').first().waitFor()
    await choose(desk, 'write a', 'Write a message')
    await desk.page.getByRole('dialog').waitFor()
    await desk.page.keyboard.press('Escape')
    await choose(desk, 'dark', 'Theme: Dark')
    await desk.page.waitForFunction(() => document.documentElement.dataset.theme === 'dark')
    await choose(desk, 'system', /^Theme: As the system/)
  })

  it('takes keys of one letter but never while somebody types, lists them, and lets them be switched off', async () => {
    await pair('c', '/courses')
    await heading(desk, 'Courses')
    await desk.page.keyboard.press('?')
    const sheet = desk.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sees(sheet, 'Go to Inbox')
    await checkPage(desk.page)
    await sheet.getByRole('switch', { name: /^Shortcuts of a single key/ }).click()
    await desk.page.keyboard.press('Escape')
    await desk.page.keyboard.press('g')
    await desk.page.keyboard.press('t')
    await desk.page.keyboard.press('?')
    await desk.page.keyboard.press('Control+k')
    await field(desk).fill('? g t')
    await sees(desk.page, /^Nothing is called/)
    assert.equal(new URL(desk.page.url()).pathname, '/courses')
    await field(desk).fill('shortcuts')
    await desk.page.getByRole('option', { name: /shortcuts/i, selected: true }).waitFor()
    await desk.page.keyboard.press('Enter')
    await sheet.getByRole('switch', { name: /^Shortcuts of a single key/ }).click()
    await desk.page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await pair('t', '/')
    await heading(desk, 'Today')
  })

  it('finds for an administrator on a phone each place by the words people look for it with, and for nobody else', async () => {
    const boss = await school.open('small', administrator)
    try {
      await boss.go('/')
      for (const [words, name] of places) {
        await button(boss.page, 'Search').tap()
        await field(boss).fill(words)
        await option(boss, name).waitFor()
        await button(boss.page.getByRole('dialog'), 'Close').tap()
      }
      await button(boss.page, 'Search').tap()
      await field(boss).fill('retention')
      await option(boss, /^Privacy/).waitFor()
      await checkPage(boss.page)
      await option(boss, /^Privacy/).tap()
      await heading(boss, 'Privacy')
    } finally {
      await boss.close()
    }
    await phone.go('/')
    await button(phone.page, 'Search').tap()
    for (const [words] of places) {
      await field(phone).fill(words)
      await sees(phone.page, `Nothing is called “${words}”. Try another word.`)
    }
  })
})
