// Answering in class on a phone: the time is said, changes go out by themselves, what came too late is told by the name
// of its question, a second start leads to the class that runs, and the grades open in a spreadsheet.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import type { AccountId } from '#protocol/base/ids.ts'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { browser, type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { screens } from './people.ts'

const options = ['a', 'b', 'c'].map(id => ({ id, text: `Choice ${id}` }))

describe('answering in class', () => {
  let node: TestNode
  before(async () => {
    node = await testNode()
  })

  async function open(accountId: AccountId, path: string): Promise<Page> {
    const context = await (await browser()).newContext({ ...screens.phone, acceptDownloads: true })
    await context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: node.url }])
    const page = await context.newPage()
    // What is announced, in order: a live region shows only the last.
    await page.addInitScript(() => {
      const said: string[] = []
      Object.assign(window, { said })
      new MutationObserver(() => {
        for (const region of document.querySelectorAll('[aria-live]')) {
          const words = region.textContent ?? ''
          if (words && said.at(-1) !== words) said.push(words)
        }
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    await page.goto(node.url + path)
    return page
  }

  it('says the time, sends each change and tells what came too late', async () => {
    const course = await makeCourse()
    const lena = await makePerson(course.courseId, 'learner', 'Lena')
    const host = await signedInClient(node, { accountId: course.instructorId })
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [] })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const page = await open(lena, `/class/${run.id}`)
    await page.getByText('You are in').waitFor()
    const ask = (prompt: string, limitSeconds: number | null) =>
      host.call(liveCalls.ask, {
        runId: run.id,
        kind: 'quiz',
        question: { type: 'multiple', body: { prompt, options }, key: { optionIds: ['a', 'b'] } },
        limitSeconds,
      })
    await ask('Which of these', 16)
    await page.getByRole('heading', { name: 'Which of these' }).waitFor()
    // Two taps, no button to send: the tally has both.
    for (const id of ['a', 'b']) await page.getByRole('button', { name: `Choice ${id}` }).click()
    await waitFor(
      () =>
        hosts.fleeting.some(
          one => one.kind === 'tally' && one.body.tally.counts.b === 1 && one.body.tally.counts.a === 1,
        ),
      'both picks in the tally',
    )
    await page.getByText('Sent', { exact: true }).first().waitFor()
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said)
    // A page that stood still at that very second says how many are left as it goes on.
    const spoken = async (words: RegExp) => (await said()).some(one => words.test(one))
    await waitFor(() => spoken(/^(5|4|3) seconds left$/), 'the last seconds said', 20_000)
    assert.ok(await spoken(/^(10|9|8) seconds left$/))
    await hosts.until(state => state.stage?.view.phase === 'closed', 'the close')

    // Picked without a connection, sent when the next question is on already.
    await ask('Another one', null)
    await page.getByRole('heading', { name: 'Another one' }).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Choice c' }).click()
    await page.getByText('Saved on this device, sending').first().waitFor()
    await ask('The third', null)
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'The third' }).waitFor()
    await page.getByText('Your answer to “Another one” came after the close and was not counted.').waitFor()
    await page.context().close()
  })

  it('is joined, answered and talked in by the keyboard alone, and reads in order', async () => {
    const course = await makeCourse()
    const host = await signedInClient(node, { accountId: course.instructorId })
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [] })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const context = await (await browser()).newContext({ ...screens.desktop, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const { keyboard } = page
    // What a screen reader would read of what is in the middle, from top to bottom.
    const read = () => page.getByRole('main').ariaSnapshot()
    const reads = async (...words: readonly RegExp[]) => {
      let text = ''
      let places: number[] = []
      const all = async () => {
        text = await read()
        places = words.map(one => text.search(one))
        return !places.includes(-1)
      }
      await waitFor(all, 'all that is to be read').catch(() => assert.fail(`${words[places.indexOf(-1)]} in\n${text}`))
      assert.deepEqual(
        places,
        [...places].sort((one, other) => one - other),
        text,
      )
    }
    /** Presses Tab until what has the focus is called so. */
    const tabTo = async (name: RegExp) => {
      const focused = () =>
        page.evaluate(() => {
          const at = document.activeElement
          if (!at?.matches('a, button, input, textarea, select')) return ''
          return `${at.getAttribute('aria-label') ?? ''} ${(at as HTMLInputElement).labels?.[0]?.textContent ?? ''} ${at.textContent ?? ''}`
        })
      for (let presses = 0; presses < 40; presses++) {
        if (name.test(await focused())) return
        await keyboard.press('Tab')
      }
      assert.fail(`${name} is not reached, the focus is on ${await focused()}`)
    }

    await page.goto(`${node.url}/join`)
    await page.getByLabel('Code', { exact: true }).waitFor()
    await reads(/heading ".*" \[level=1\]/, /textbox "Code"/, /textbox "Your name"/, /button "Join"/)
    await tabTo(/^ ?Code/)
    await keyboard.type(run.code ?? '')
    await tabTo(/Your name/)
    await keyboard.type('Keys alone')
    await keyboard.press('Enter')
    await page.getByText('You are in').waitFor()
    const { deliveryId } = await host.call(liveCalls.ask, {
      runId: run.id,
      kind: 'quiz',
      question: { type: 'single', body: { prompt: 'By keys?', options }, key: { optionIds: ['b'] } },
      limitSeconds: null,
    })
    await page.getByRole('heading', { name: 'By keys?' }).waitFor()
    await reads(/heading "By keys\?"/, /button "A\. Choice a"/, /button "B\. Choice b"/, /button "C\. Choice c"/)
    await tabTo(/Choice b/)
    await keyboard.press('Enter')
    await page.getByRole('status').getByText('Sent', { exact: true }).first().waitFor()
    await reads(/button "B\. Choice b.*" \[pressed\]/, /status.*Sent|Sent/)
    await waitFor(
      () => hosts.fleeting.some(one => one.kind === 'tally' && one.body.tally.counts.b === 1),
      'the answer in the tally',
    )
    const { step } = hosts.state().stage ?? assert.fail('nothing is on stage')
    await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: 'lock' } } as never)
    await hosts.until(state => state.stage?.view.phase === 'closed', 'the close')
    await host.call(liveCalls.steer, {
      ...{ runId: run.id, deliveryId, step: hosts.state().stage?.step },
      steer: { do: 'reveal' },
    } as never)
    await page.getByRole('status').getByText('Correct', { exact: true }).first().waitFor()
    await reads(/heading "By keys\?"/, /Choice b.*Correct|Correct/)
    await tabTo(/^Chat/)
    await keyboard.press('Enter')
    await tabTo(/Write a message/)
    await keyboard.type('From the keyboard')
    await keyboard.press('Enter')
    await page.getByRole('log', { name: 'Messages' }).getByText('From the keyboard').waitFor()
    await page.context().close()
  })

  it('leads a second start to the class that runs, and writes grades as a spreadsheet reads them', async () => {
    const course = await makeCourse()
    const awkward = ['Müller, Jörg', '=HYPERLINK("http://x")', 'Ida "Ada" Østergård']
    for (const name of awkward) await makePerson(course.courseId, 'learner', name)
    const host = await signedInClient(node, { accountId: course.instructorId })
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [] })
    const page = await open(course.instructorId, `/courses/${course.courseId}`)
    await page.getByRole('button', { name: 'Start class' }).click()
    const dialog = page.getByRole('dialog', { name: 'Start a class' })
    await dialog.getByRole('button', { name: 'Start class' }).click()
    await dialog.getByRole('link', { name: 'Go to the class' }).click()
    await page.waitForURL(`**/class/${run.id}/remote`)

    await page.goto(`${node.url}/courses/${course.courseId}/grades`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /CSV/ }).first().click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    assert.match(download.suggestedFilename(), /\.csv$/)
    assert.ok(text.startsWith('\uFEFF'), 'without the mark a spreadsheet takes umlauts for something else')
    assert.ok(text.includes('"Müller, Jörg"'))
    assert.ok(text.includes(`"'=HYPERLINK(""http://x"")"`), 'no formula runs')
    assert.ok(text.includes('"Ida ""Ada"" Østergård"'))
    await page.context().close()
  })
})
