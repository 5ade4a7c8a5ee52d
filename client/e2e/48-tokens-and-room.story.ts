// On small phones: a token is made, used by a script, ends and is stopped when it asks too fast; and an administrator gives a
// course more room while somebody whose upload was refused looks on and sends it again.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { apiBase } from '#protocol/base/call.ts'
import { accessTokens } from '#server/features/accounts/tables.ts'
import { administrator, instructor } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('tokens, and the room of files', () => {
  inOrder()
  let school: School
  let head: Person
  let teacher: Person
  let secret = ''

  before(async () => {
    school = await openSchool()
    head = await school.open('small', administrator)
    teacher = await school.open('small', instructor)
    // What is refused for want of room.
    teacher.watch.disregard(/409 \(Conflict\)/)
  })
  after(async () => {
    for (const one of [head, teacher]) await one?.close()
  })

  const ask = (path: string) =>
    fetch(`${school.url}${apiBase}${path}`, { headers: { authorization: `Bearer ${secret}` } })
  const told = async (answer: Response) => ((await answer.json()) as { code?: string }).code

  async function makeToken(name: string): Promise<void> {
    const { page } = head
    const dialog = page.getByRole('dialog', { name: 'New token' })
    await dialog.getByLabel('Name').fill(name)
    await button(dialog, 'Make the token').tap()
    secret = (await dialog.getByText(/^lectern_/).textContent()) ?? ''
    await checkPage(page)
    await button(dialog, 'Done').tap()
  }

  it('is offered at one place from the first sight on, however late what stands above it comes', async () => {
    const { page } = head
    const late: Promise<void>[] = []
    await page.route(/\/me\/devices/, route => {
      late.push(new Promise(done => setTimeout(done, 500)).then(() => route.continue()))
    })
    await head.go('/you')
    const offered = button(page, 'New token')
    await offered.waitFor()
    const first = await offered.boundingBox()
    await sees(page, 'This device')
    await Promise.all(late)
    assert.ok(late.length > 0)
    assert.deepEqual(await offered.boundingBox(), first)
    await page.unroute(/\/me\/devices/)
  })

  it('is made for parts in words, of which the dangerous are named each by itself', async () => {
    const { page } = head
    await head.go('/you')
    await button(page, 'New token').tap()
    const dialog = page.getByRole('dialog', { name: 'New token' })
    await sees(dialog, 'Reading or changing everything does not include these.')
    await misses(dialog, 'Text pages')
    await dialog.getByLabel('Only some parts').check()
    await sees(dialog, 'Courses and what is in them')
    await checkPage(page)
    const find = dialog.getByRole('searchbox', { name: 'Find a part' })
    await find.fill('nothing at all')
    await sees(dialog, 'No part is called that.')
    await find.fill('courses')
    await dialog.getByLabel('Courses, their outline and people').selectOption('Read')
    await find.fill('audit')
    await dialog.getByLabel('Audit log').selectOption('Read')
    await sees(dialog, '2 parts chosen')
    await checkPage(page)
    await makeToken('Nightly report')
    await sees(page, /^Read: Courses, their outline and people, Audit log/)
    await checkPage(page)
  })

  it('lets a script in for just that, and tells it what it may still ask', async () => {
    const listed = await ask('/courses')
    assert.equal(listed.status, 200)
    assert.match(listed.headers.get('ratelimit') ?? '', /^"token";r=\d+;t=\d+,"account";r=\d+;t=\d+$/)
    assert.equal((await ask('/audit')).status, 200)
    assert.equal(await told(await ask('/notifications')), 'out-of-scope')
    assert.equal(await told(await ask('/me/devices')), 'not-by-token')
  })

  it('stops a script that asks too fast, with the wait told, and not its person', async () => {
    const answers: Response[] = []
    while (!answers.some(one => one.status === 429) && answers.length < 2_000)
      answers.push(...(await Promise.all(Array.from({ length: 40 }, () => ask('/me/devices')))))
    const refused = answers.find(one => one.status === 429) ?? assert.fail('it was never too fast')
    const wait = Number(refused.headers.get('retry-after'))
    assert.ok(wait >= 1 && wait <= 10, `${wait}`)
    assert.equal(await told(refused), 'slow-down')
    await head.page.reload()
    await sees(head.page, 'Nightly report')
    await waitFor(async () => (await ask('/courses')).status === 200, 'the script to be let in again', 15_000)
  })

  it('lets nobody in once its time is over', async () => {
    await accessTokens.update({ expiresAt: new Date(Date.now() - 1_000) }, { where: { name: 'Nightly report' } })
    const refused = await ask('/courses')
    assert.equal(refused.status, 401)
    assert.equal(await told(refused), 'not-signed-in')
  })

  const toFiles = async (person: Person) => {
    const { page } = person
    await person.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await link(page.getByRole('main'), 'Files').tap()
    await page.getByRole('heading', { level: 1, name: 'Files' }).waitFor()
  }

  async function giveRoom(gigabytes: string): Promise<void> {
    const { page } = head
    await button(page, 'Change the room').tap()
    const dialog = page.getByRole('dialog', { name: 'Change the room' })
    await dialog.getByLabel('Room in gigabytes').fill(gigabytes)
    await checkPage(page)
    await button(dialog, 'Give this room').tap()
    await dialog.waitFor({ state: 'hidden' })
  }

  it('is lowered on a phone, taken back and lowered again, and the teacher sees each', async () => {
    await toFiles(teacher)
    assert.equal(await button(teacher.page, 'Change the room').count(), 0)
    await head.go(new URL(teacher.page.url()).pathname)
    await button(head.page, 'Change the room').tap()
    const dialog = head.page.getByRole('dialog', { name: 'Change the room' })
    await dialog.getByLabel('Room in gigabytes').fill('-1')
    await button(dialog, 'Give this room').tap()
    await head.page.locator('.field-error').filter({ hasText: 'Give a number from 0 to' }).waitFor()
    await button(dialog, 'Cancel').tap()
    await giveRoom('0.002')
    await sees(teacher.page, /of 2 MB$/)
    await button(head.page.locator('.toast').last(), 'Undo').tap()
    await sees(teacher.page, /of 20 GB$/)
    await giveRoom('0.002')
    await sees(teacher.page, /of 2 MB$/)
  })

  it('is too little for an upload, and enough once it is raised: whoever was refused sees it and sends', async () => {
    const { page } = teacher
    await page
      .getByLabel('Upload files', { exact: true })
      .and(page.locator('input'))
      .setInputFiles({
        name: 'a long film.bin',
        mimeType: 'application/octet-stream',
        buffer: randomBytes(3_000_000),
      })
    await sees(page, /^This course has .* left for files, and this needs 3\.0 MB\./)
    await checkPage(page)
    await giveRoom('1')
    await sees(page, 'There is more room now: 1 GB.')
    await checkPage(page)
    await button(page, 'Send now').tap()
    await sees(page, '1 file uploaded')
    await sees(page.getByRole('main'), 'a long film.bin')
    await checkPage(head.page)
    for (const one of [head, teacher]) assert.deepEqual(one.watch.lines, [])
  })
})
