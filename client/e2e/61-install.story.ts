// The page as something installed: it says what it is, opens again without a network, keeps what is written meanwhile, and
// sends it when the network is back. Where the browser has no service worker, it is a page like before.
import assert from 'node:assert/strict'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signIn } from '#server/test/factories.ts'
import { browser } from '#server/test/harness.ts'
import { answersOnRemote, firstQuestion, firstRight, type Lesson, quizTitle, startLesson } from './lesson.ts'
import { answer, button, inOrder, openSchool, type Person, type School, sees, stands } from './people.ts'

describe('an installed page', () => {
  inOrder()
  let school: School
  let host: Person
  let lesson: Lesson

  before(async () => {
    // Service workers are for secure contexts: https, or this machine.
    school = await openSchool({}, 'localhost')
    host = await school.open('desktop', instructor)
  })
  after(() => host?.close())

  it('says what it is, for the browser to offer it', async () => {
    const answered = await fetch(`${school.origin}/manifest.webmanifest`)
    assert.match(answered.headers.get('content-type') ?? '', /manifest\+json/)
    const manifest = (await answered.json()) as { start_url: string; icons: { src: string; type: string }[] }
    assert.equal(manifest.start_url, '/')
    for (const { src, type } of manifest.icons) {
      const icon = await fetch(school.origin + src)
      assert.equal(icon.status, 200, src)
      assert.ok(icon.headers.get('content-type')?.startsWith(type), src)
    }
  })

  it('opens without a network, keeps an answer, and sends it when the network is back', async () => {
    lesson = await startLesson(host, 'In the tunnel', [quizTitle])
    await button(host.page, 'Open question 1').click()
    const context = await (await browser()).newContext({
      viewport: { width: 390, height: 844 },
      baseURL: school.origin,
    })
    context.setDefaultTimeout(15_000)
    const row = await accounts.findOne({ where: { email: learners[0]?.email ?? '' }, rejectOnEmpty: true })
    await context.addCookies([{ name: 'lectern', value: await signIn(row.id), url: school.origin }])
    const page = await context.newPage()
    await page.goto('/')
    await page.getByRole('heading', { name: 'Today' }).waitFor()
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await page.goto(lesson.path)
    await page.getByRole('heading', { name: firstQuestion }).waitFor()

    await context.setOffline(true)
    await answer(page, firstRight).click()
    await stands(page, 'Saved on this device, sending')
    await page.close()
    const again = await context.newPage()
    await again.goto('/courses')
    await sees(again, /You are offline/)
    await sees(again, /This is not on this device/)
    await sees(again, /1 change waits/)

    await context.setOffline(false)
    await answersOnRemote(host.page, 1)
    await again.getByRole('heading', { name: 'Courses' }).waitFor()
    await again.getByText(/1 change waits/).waitFor({ state: 'hidden' })
    await context.close()
  })
})
