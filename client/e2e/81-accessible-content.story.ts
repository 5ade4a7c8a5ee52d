// An instructor describes a picture on the phone and a colleague's report falls by one; who looks after the site messages
// the owners of the rest, who are led to the place; a learner finds a word that stands in a PDF.
import { randomUUID } from 'node:crypto'
import { bytesType } from '#protocol/base/call.ts'
import { contentRoutes } from '#protocol/content.ts'
import type { CourseId } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { makePdf } from '#server/platform/extract/zip.fixture.ts'
import { administrator } from '#server/seeds/people.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

// What a film begins with: its type is known by that.
const filmHead = Uint8Array.from(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'))

describe('content for everybody', () => {
  inOrder()
  let school: School
  let teacher: Person
  let helper: Person
  let admin: Person
  let learner: Person
  let courseId: CourseId
  let pageId: string

  before(async () => {
    school = await openSchool()
    const course = await makeCourse('Cells under the microscope')
    courseId = course.courseId
    const client = await signedInClient(school, { accountId: course.instructorId })
    const { id: fileId } = await uploadFile(client, { courseId, name: 'cell.png', bytes: dot })
    const film = await uploadFile(client, { courseId, name: 'cell.mp4', bytes: filmHead })
    await fetch(`${school.url}/api/v1/files/${film.id}/captions/en`, {
      method: 'PUT',
      headers: { cookie: client.cookie(), 'content-type': bytesType, 'idempotency-key': randomUUID() },
      body: '1\n00:00:01,000 --> 00:00:02,000\nIt divides.\n',
    })
    const { page } = await client.request(contentRoutes.createPage, {
      courseId,
      title: 'What a cell is',
      published: true,
    })
    pageId = page.id
    const words = (text: string, href?: string) => ({
      type: 'text',
      text,
      ...(href && { marks: [{ type: 'link', attrs: { href } }] }),
    })
    await client.request(contentRoutes.changePage, {
      ...{ courseId, pageId: page.id, version: 0 },
      document: {
        schema: 1,
        content: [
          ...Array.from({ length: 12 }, () => ({
            type: 'paragraph',
            content: [words('A cell is the least that lives. '.repeat(6))],
          })),
          { type: 'courseFile', attrs: { fileId: film.id, name: film.name, form: film.form } },
          { type: 'image', attrs: { fileId, alt: '' } },
          { type: 'paragraph', content: [words('More stands '), words('here', 'https://example.org/cells')] },
        ],
      },
    })
    const plan = await uploadFile(client, { courseId, name: 'plan.pdf', bytes: makePdf('Bring your own centrifuge') })
    await client.request(fileRoutes.place, { fileId: plan.id, published: true })
    await waitFor(
      async () => (await client.request(fileRoutes.text, { fileId: plan.id })).state === 'read',
      'the PDF to be read',
    )
    const people = {
      teacher: course.instructorId,
      helper: await makePerson(courseId, 'instructor', 'Hana Helper'),
      learner: await makePerson(courseId, 'learner', 'Ada Lovelace'),
    }
    const open = async (screen: 'small' | 'desktop' | 'phone', who: keyof typeof people) => {
      const one = await school.open(screen)
      await one.context.addCookies([{ name: 'lectern', value: await signIn(people[who]), url: school.origin }])
      return one
    }
    teacher = await open('small', 'teacher')
    helper = await open('desktop', 'helper')
    learner = await open('phone', 'learner')
    admin = await school.open('desktop', administrator)
  })
  after(async () => {
    for (const one of [teacher, helper, admin, learner]) await one?.close()
  })

  it('is mended on the phone, and the report of a colleague falls', async () => {
    await helper.go(`/courses/${courseId}`)
    await link(helper.page.getByRole('main'), 'Accessibility').click()
    await sees(helper.page, '2 of 3 without findings')
    await sees(helper.page, 'Image without a description')
    await checkPage(helper.page)

    await teacher.go(`/courses/${courseId}/pages/${pageId}`)
    await button(teacher.page, 'Accessibility: 2 findings').tap()
    await sees(teacher.page, 'Link whose words say nothing')
    await checkPage(teacher.page)
    await button(teacher.page, 'Describe').tap()
    const dialog = teacher.page.getByRole('dialog', { name: 'What does the image show?' })
    await button(dialog, 'Describe').tap()
    await sees(dialog, 'Describe the image, or say that it only decorates.')
    await dialog.getByLabel('Description').fill('A cell with its wall')
    await button(dialog, 'Describe').tap()
    await button(teacher.page, 'Accessibility: 1 finding').waitFor({ state: 'attached' })
    await helper.page.getByText('Image without a description', { exact: true }).waitFor({ state: 'hidden' })
    await sees(helper.page, 'Link whose words say nothing')
  })

  it('is asked for by who looks after the site, with a look beforehand', async () => {
    const { page } = admin
    await admin.go('/')
    await link(page, /^Accessibility/).click()
    await page.getByLabel('Choose Cells under the microscope').check()
    await sees(page, '1 course chosen')
    await checkPage(page)
    await sees(page, 'Not asked yet')
    await button(page, 'Message the owners of 1 course…').click()
    const dialog = page.getByRole('dialog')
    await sees(dialog, 'Not asked yet')
    await sees(dialog, 'Ines Instructor')
    await dialog.getByLabel(/^A note to them/).fill('By the first of the month, please.')
    await button(dialog, 'Message 1 person').click()
    await sees(page, '1 person is told.')
    await misses(page.getByRole('row').filter({ hasText: 'Cells under the microscope' }), 'Not asked yet')
    await button(page, 'Message the owners of 1 course…').click()
    await sees(dialog, /^Last asked: /)
    await sees(dialog, 'There is nobody to message.')
  })

  it('reaches its owner at once, and leads to the place', async () => {
    const { page } = teacher
    await button(page.getByRole('dialog'), 'Close').tap()
    await button(page, /^Notifications.*unread/)
      .filter({ visible: true })
      .tap()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Unread: Pages or files you look after/ })
      .tap()
    await sees(page, 'By the first of the month, please.')
    await checkPage(page)
    await link(page, 'Link whose words say nothing').tap()
    await page.locator('[data-found]').getByText('More stands').waitFor()
  })

  it('is found by what stands in a PDF, and a film says its words where a page shows it', async () => {
    const { page } = learner
    await learner.go('/search?q=centrifuge')
    await link(page.getByRole('main'), /plan\.pdf/).tap()
    await page.getByRole('heading', { name: 'plan.pdf' }).waitFor()
    await learner.go(`/courses/${courseId}/pages/${pageId}`)
    await page.locator('video track[srclang=en]').waitFor({ state: 'attached' })
  })
})
