// The narrowest phone and the keyboard alone: join, answer, talk and ask without a pointer, with names that say what a
// thing is and the time spoken. From right to left nothing is wider than the screen.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage, overflow } from './check-page.ts'
import { answersOnRemote, type Lesson, pollTitle, quizTitle, startLesson } from './lesson.ts'
import { answer, becomes, button, inOrder, link, openSchool, type Person, type School, sees, stands } from './people.ts'

/** Moves the focus by Tab until it stands on what is meant. */
async function reach(page: Page, what: Locator, most = 40): Promise<void> {
  await what.waitFor()
  for (let tries = 0; tries < most; tries++) {
    if (await what.evaluate(one => one === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`The keyboard did not come to ${what}`)
}

/** Notes what the live regions say from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver(records => {
      for (const { target } of records) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[role=status],[role=alert]',
        )
        const words = region?.textContent?.trim()
        if (words) said.push(words)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said)
}

describe('a narrow screen and the keyboard alone', () => {
  inOrder()
  let school: School
  let host: Person
  let guest: Person
  let lesson: Lesson
  let code = ''

  before(async () => {
    school = await openSchool()
    host = await school.open('small', instructor)
    guest = await school.open('small')
    lesson = await startLesson(host, 'By hand', [pollTitle])
    await button(host.page, /Invite/).tap()
    await host.page.getByRole('dialog', { name: 'Bring people in' }).waitFor()
    await checkPage(host.page)
    code =
      /join\/([0-9A-Z]{6})/.exec(
        (await host.page.getByRole('img', { name: /^QR code/ }).getAttribute('aria-label')) ?? '',
      )?.[1] ?? ''
    await host.page.keyboard.press('Escape')
  })
  after(async () => {
    await host?.close()
    await guest?.close()
  })

  it('joins', async () => {
    const { page } = guest
    await guest.go('/')
    await reach(page, page.getByRole('textbox', { name: 'Class or course code' }))
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await sees(page, 'By hand')
    await reach(page, page.getByRole('textbox', { name: 'Your name' }))
    await page.keyboard.type('Kim')
    await reach(page, button(page, 'Join'))
    await page.keyboard.press('Enter')
    await sees(page, 'You are in')
    await checkPage(page)
  })

  it('answers, and hears how the answer stands', async () => {
    const { page } = guest
    const said = await listen(page)
    await reach(host.page, button(host.page, 'Open question 1'), 80)
    await host.page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Could you explain photosynthesis to a friend?' }).waitFor()
    await reach(page, answer(page, 'Only parts of it'))
    await page.keyboard.press('Space')
    await stands(page, 'Sent')
    const choices = page.getByRole('group', { name: 'Answers to: Could you explain photosynthesis to a friend?' })
    await becomes(() => choices.getByRole('button').count(), 4)
    await becomes(() => answer(page, 'Only parts of it').getAttribute('aria-pressed'), 'true')
    await waitFor(
      async () => (await said()).some(one => one.includes('Could you explain photosynthesis')),
      'the question to be said',
    )
    await checkPage(page)
    await checkPage(host.page)
    await answersOnRemote(host.page, 1)
  })

  it('talks', async () => {
    const { page } = guest
    await reach(page, button(page, 'Chat'))
    await page.keyboard.press('Enter')
    await reach(page, page.getByRole('textbox', { name: 'Write a message' }))
    await page.keyboard.type('Hello from the back')
    await page.keyboard.press('Enter')
    await reach(host.page, button(host.page, 'Chat, 1 unread message'), 80)
    await host.page.keyboard.press('Enter')
    await sees(host.page, 'Hello from the back')
    await checkPage(page)
    await checkPage(host.page)
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: 'Write a message' }).waitFor({ state: 'hidden' })
    await host.page.keyboard.press('Escape')
  })

  it('asks on the spot, and the time is spoken', async () => {
    const { page } = host
    await reach(page, button(page, 'Ask'), 80)
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Ask a question' })
    await reach(page, sheet.getByLabel('Your question'))
    await page.keyboard.type('Ready?\n* Yes\nNo')
    await sees(page, /^Question with a right answer/)
    await checkPage(page)
    await reach(page, sheet.getByLabel('Time'))
    await page.keyboard.press('ArrowUp')
    await becomes(() => sheet.getByLabel('Time').inputValue(), '15')
    await reach(page, sheet.getByLabel('Your question'))
    const said = await listen(guest.page)
    await page.keyboard.press('Control+Enter')
    await guest.page.getByRole('heading', { name: 'Ready?' }).waitFor()
    await guest.page.getByRole('timer').waitFor()
    await stands(guest.page, 'Not answered')
    await guest.page
      .getByRole('status')
      .or(guest.page.getByRole('alert'))
      .filter({ hasText: 'Locked. You did not answer.' })
      .waitFor({ timeout: 25_000 })
    await waitFor(async () => (await said()).includes('Time is up'), 'the end of the time to be spoken')
    const heard = await said()
    // A page that stood still at that very second says how many are left as it goes on.
    for (const words of [/^(10|9|8) seconds left$/, /^(5|4|3) seconds left$/])
      assert.ok(
        heard.some(one => words.test(one)),
        `${words} was not spoken: ${[...new Set(heard)].join(' / ')}`,
      )
  })

  it('is no wider than the screen from right to left', async () => {
    const learner = await school.open('small', learners[4])
    const { page } = host
    await host.go('/courses')
    const course = await link(page.getByRole('main'), /Biology 1/).getAttribute('href')
    await host.go(course ?? '')
    const quiz = await link(page.getByRole('main'), quizTitle).getAttribute('href')
    const text = await link(page.getByRole('main'), 'A tour of the cell').getAttribute('href')
    const seen: [Person, string][] = [
      ...['/', '/courses', `${course}`, `${text}`, `${course}/grades`, '/you', lesson.path].map(
        (path): [Person, string] => [learner, path],
      ),
      ...[
        `${course}`,
        `${course}/people`,
        `${course}/grades`,
        `${quiz}`,
        `${lesson.path}/remote`,
        `${lesson.path}/stage`,
      ].map((path): [Person, string] => [host, path]),
    ]
    for (const [who, path] of seen) {
      await who.go(path)
      await who.page.getByRole('heading', { level: 1 }).first().waitFor()
      await who.page.evaluate(() => {
        document.documentElement.dir = 'rtl'
      })
      assert.deepEqual(await overflow(who.page), { wider: 0, by: [] }, `${path} from right to left`)
    }
    await checkPage(learner.page)
    await learner.close()
    assert.deepEqual(host.watch.lines, [])
    assert.deepEqual(guest.watch.lines, [])
  })
})
