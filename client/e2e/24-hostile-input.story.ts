// What others send with ill intent, met on phones: a foreign page that acts with somebody's cookie, words and pasted pages that
// carry scripts, and a file that is not what its name says. Nothing of it runs, nothing is changed, and what is left is words.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

/** A page elsewhere on this machine, which a browser takes for the same site: the cookie goes along. */
async function foreignPage(html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEndOfFile(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const pasted = `<h2 onclick="window.ran=1">Safe words</h2><script>window.ran=2</script>
  <img src="x" onerror="window.ran=3"><a href="javascript:window.ran=4">no link</a>
  <iframe src="https://elsewhere.example"></iframe><form action="/api/v1/session"><input name="password"></form>
  <p style="position:fixed;inset:0">kept words</p>`
const said = '<img src=x onerror="window.ran=5"> [press](javascript:window.ran=6)'
const disguised = '<!doctype html><script>window.ran=7</script>'

describe('hostile input', () => {
  inOrder()
  let school: School
  let teacher: Person
  let second: Person
  let ada: Person
  let home = ''
  let courseId = ''
  let pageId = ''

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }
  const main = ({ page }: Person) => page.getByRole('main')
  const ranNowhere = async () => {
    for (const { page } of [teacher, second, ada]) assert.equal(await page.evaluate(() => 'ran' in window), false)
  }

  before(async () => {
    school = await openSchool()
    const course = await makeCourse('Trust')
    courseId = course.courseId
    const client = await signedInClient(school, { accountId: course.instructorId })
    await client.request(outlineRoutes.createModule, { courseId: course.courseId, title: 'Week 1' })
    const made = await client.request(contentRoutes.createPage, {
      ...{ courseId: course.courseId, title: 'Read this', body: 'As it was.', published: true },
    })
    pageId = made.page.id
    home = `/courses/${courseId}`
    teacher = await school.open('hand')
    second = await school.open('hand')
    ada = await school.open('hand')
    await as(teacher, course.instructorId)
    await as(second, await makePerson(course.courseId, 'instructor', 'Second Instructor'))
    await as(ada, await makePerson(course.courseId, 'learner', 'Ada Lovelace'))
  })
  after(async () => {
    for (const one of [teacher, second, ada]) await one?.close()
  })

  it('from a foreign page changes nothing, with the cookie of whoever opens it', async () => {
    await second.go(home)
    await sees(main(second), 'Week 1')
    const door = `${school.origin}/api/v1/courses/${courseId}/modules`
    const socket = `${school.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
    const address = await foreignPage(`<!doctype html><title>Win a prize</title>
      <iframe id="frame" src="${school.origin}${home}"></iframe>
      <form method="post" enctype="text/plain" action="${door}"><input name='{"title":"Taken' value='over"}'><button>Win</button></form>
      <script>
        window.told = {}
        const body = JSON.stringify({ title: 'Taken over' })
        const ask = (name, options) => fetch('${door}', { method: 'POST', body, credentials: 'include', ...options })
          .then(answer => { told[name] = answer.type }, () => { told[name] = 'refused' })
        ask('simple', { mode: 'no-cors' })
        ask('json', { headers: { 'content-type': 'application/json' } })
        const socket = new WebSocket('${socket}')
        socket.onopen = () => { told.socket = 'open' }
        socket.onclose = () => { told.socket ??= 'refused' }
      </script>`)
    const { context } = teacher
    teacher.watch.disregard(/foreign host|127\.0\.0\.1|status of 403|Refused|frame/)
    const prey = await context.newPage()
    await prey.goto(address)
    await prey.waitForFunction(() => Object.keys((window as never as { told: object }).told).length === 3)
    const told = await prey.evaluate(() => (window as never as { told: object }).told)
    assert.deepEqual(told, { simple: 'refused', json: 'refused', socket: 'refused' })
    const framed = prey.frames().find(one => one !== prey.mainFrame())
    assert.equal(await framed?.getByText('Week 1').count(), 0, 'nobody frames the pages')
    await prey.getByRole('button', { name: 'Win' }).tap()
    await prey.getByText('"wrong-origin"').waitFor()
    await prey.close()

    // What the same person does on a page of ours, the other sees: nothing came before it.
    await teacher.go(home)
    await button(teacher.page, 'Add module').tap()
    const dialog = teacher.page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('Week 2')
    await dialog.getByRole('button', { name: /^(Add|Create)/ }).tap()
    await sees(main(second), 'Week 2')
    assert.equal(await second.page.getByText('Taken over').count(), 0)
    await checkPage(second.page)
  })

  it('in a page that is pasted leaves its words, which a learner reads and an undo takes away', async () => {
    const { page } = teacher
    await ada.go(`${home}/pages/${pageId}`)
    await sees(main(ada), 'As it was.')
    await teacher.go(`${home}/pages/${pageId}`)
    await button(page, 'Edit').tap()
    const text = page.getByRole('textbox', { name: 'Text', exact: true })
    await text.getByText('As it was.').waitFor()
    await text.focus()
    await page.keyboard.press('Control+End')
    await text.evaluate((element, html) => {
      const data = new DataTransfer()
      data.setData('text/html', html)
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, pasted)
    await sees(main(ada), 'kept words')
    await sees(main(ada), 'no link')
    for (const one of [teacher, ada]) {
      assert.equal(await main(one).getByRole('link', { name: 'no link' }).count(), 0)
      assert.equal(
        await main(one).locator('iframe, form form, script, input[name=password], [style*=fixed]').count(),
        0,
      )
    }
    await ranNowhere()
    await checkPage(page)
    await checkPage(ada.page)
    await text.focus()
    await page.keyboard.press('Control+z')
    await misses(main(ada), 'kept words')
    await button(page, 'Done').tap()
  })

  it('in what is said stands there as it was typed', async () => {
    await teacher.go(home)
    await link(main(teacher), /Chat/).first().tap()
    await ada.go(home)
    await link(main(ada), /Chat/).first().tap()
    const line = teacher.page.getByRole('textbox', { name: 'Write a message' })
    await line.fill(said)
    await line.press('Enter')
    const heard = ada.page.getByRole('log', { name: 'Messages' }).getByText('<img src=x', { exact: false })
    await heard.waitFor()
    assert.equal(await ada.page.getByRole('log').getByRole('link', { name: 'press' }).count(), 0)
    await ranNowhere()
    await checkPage(ada.page)
  })

  it('in a file is shown as what it is, and what is empty is refused', async () => {
    const { page } = teacher
    await teacher.go(`${home}/files`)
    const upload = (name: string, mimeType: string, words: string) =>
      page
        .getByLabel('Upload files', { exact: true })
        .and(page.locator('input'))
        .setInputFiles({ name, mimeType, buffer: Buffer.from(words) })
    await upload('nothing.png', 'image/png', '')
    await sees(page, 'This file is empty.')
    await checkPage(page)
    await button(page, 'nothing.png: cancel').tap()
    await upload('holiday.png', 'image/png', disguised)
    await button(page, 'holiday.png: more').tap()
    await page.getByRole('menuitem', { name: 'Add to the course', exact: true }).tap()
    await link(main(teacher), 'holiday.png').tap()
    await button(page, 'Publish').tap()
    await ada.go(home)
    await link(main(ada), 'holiday.png').tap()
    await sees(main(ada), /<script>window\.ran=7/)
    await ranNowhere()
    await checkPage(ada.page)
    await button(page, 'holiday.png: more').tap()
    await page.getByRole('menuitem', { name: 'Show in Files' }).tap()
    // The page of the file has a menu of that name, too, and stands until the files are there.
    await page.getByRole('heading', { level: 1, name: 'Files' }).waitFor()
    await button(page, 'holiday.png: more').tap()
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).tap()
    await sees(ada.page, 'This file is not here')
    ada.watch.disregard(/404/)
    await button(page.locator('.toast', { hasText: 'holiday.png is in the bin.' }), 'Undo').tap()
    await sees(main(ada), /<script>window\.ran=7/)
  })
})
