// A program comes in by a token that its person made: it places a page, a learner sees it at once, and when the token is
// ended the program is refused. What it may do stands in the description of the API.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { apiBase } from '#protocol/base/call.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('programs', () => {
  inOrder()
  let school: School
  let teacher: Person
  let learner: Person
  let secret = ''
  let courseId = ''

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    learner = await school.open('small', learners[0])
  })
  after(async () => {
    await teacher?.close()
    await learner?.close()
  })

  const post = (path: string, body: object) =>
    fetch(`${school.url}${apiBase}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
    })

  it('find what they can do described in full, and searched', async () => {
    await teacher.go('/api/docs')
    await teacher.page.getByText('content.createPage', { exact: true }).waitFor()
    await checkPage(teacher.page)
    await teacher.page.getByRole('searchbox', { name: 'Find an operation' }).fill('createpage')
    await misses(teacher.page, 'courses.list')
    await teacher.page.getByText('content.createPage', { exact: true }).click()
    await teacher.page.getByRole('heading', { name: 'Try it' }).waitFor()
    await checkPage(teacher.page)
    await teacher.page.getByRole('searchbox').fill('no such thing')
    await sees(teacher.page, 'No operation is called that')
    await learner.go('/api/docs')
    await learner.page.getByText('content.createPage', { exact: true }).waitFor()
    await checkPage(learner.page)
  })

  it('come in by a token for a part, shown once', async () => {
    const { page } = teacher
    await teacher.go('/you')
    await button(page, 'New token').click()
    const dialog = page.getByRole('dialog', { name: 'New token' })
    await button(dialog, 'Make the token').click()
    await sees(dialog, 'Give it a name, so that you know it again.')
    await dialog.getByLabel('Name').fill('Reading list')
    await dialog.getByLabel('Only some parts').check()
    await dialog.getByRole('searchbox', { name: 'Find a part' }).fill('pages')
    await dialog.getByLabel('Text pages').selectOption('Read and change')
    await sees(dialog, '1 part chosen')
    await checkPage(page)
    await button(dialog, 'Make the token').click()
    secret = (await dialog.getByText(/^lectern_/).textContent()) ?? ''
    await checkPage(page)
    await button(dialog, 'Done').click()
    await page.getByText(/Read and change: Text pages · not used yet/).waitFor()
    await checkPage(page)
  })

  it('place a page, and a learner who has the course open sees it at once', async () => {
    await learner.go('/courses')
    await link(learner.page.getByRole('main'), /Biology 1/).tap()
    await learner.page.waitForURL(/\/courses\/[^/]+$/)
    courseId = /courses\/([^/]+)/.exec(learner.page.url())?.[1] ?? ''
    const placed = await post(`/courses/${courseId}/pages`, {
      courseId,
      title: 'Read for Thursday',
      body: 'Chapter 4.',
      published: true,
    })
    assert.equal(placed.status, 200)
    await link(learner.page, /Read for Thursday/).waitFor()
    const refused = await post('/courses', { title: 'Not mine to make' })
    assert.equal(((await refused.json()) as { code: string }).code, 'out-of-scope')
  })

  it('are refused once the token is ended', async () => {
    const { page } = teacher
    await teacher.go('/you')
    await page.getByText(/Read and change: Text pages · used/).waitFor()
    await button(page, 'End the token Reading list').click()
    await sees(page, '“Reading list” opens nothing any more.')
    await misses(page, /Read and change: Text pages/)
    const refused = await post(`/courses/${courseId}/pages`, { courseId, title: 'Too late' })
    assert.equal(refused.status, 401)
    for (const one of [teacher, learner]) assert.deepEqual(one.watch.lines, [])
  })
})
