// An instructor brings files into a course with one thumb: a PDF and a document that are read where they stand, another
// version and the one before it, a file for which there is no room yet, a recording with captions; a learner follows each.
import assert from 'node:assert/strict'
import type { CourseId } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { makeDocx, makePdf } from '#server/platform/extract/zip.fixture.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { silence } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('files in the hand', () => {
  inOrder()
  let school: School
  let hand: Person
  let lena: Person
  let course: string

  before(async () => {
    school = await openSchool()
    hand = await school.open('hand', instructor)
    lena = await school.open('desktop', learners[3])
    await hand.go('/courses')
    await link(hand.page.getByRole('main'), /Biology 1/).tap()
    await hand.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
    course = new URL(hand.page.url()).pathname
    await lena.go(course)
  })
  after(async () => {
    for (const one of [hand, lena]) await one?.close()
  })

  const choose = (name: string, mimeType: string, bytes: Uint8Array) =>
    hand.page
      .getByLabel('Upload files', { exact: true })
      .and(hand.page.locator('input'))
      .setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) })
  const more = async (name: string, act: string) => {
    await button(hand.page, `${name}: more`).tap()
    await hand.page.getByRole('menuitem', { name: act, exact: true }).tap()
  }
  const dialog = () => hand.page.getByRole('dialog')
  const words = ({ page }: Person) => page.getByRole('region', { name: 'The words of this file' })
  /** Brings a file in, stands it in the course and shows it to all. */
  const publish = async (name: string, mimeType: string, bytes: Uint8Array) => {
    await hand.go(`${course}/files`)
    await choose(name, mimeType, bytes)
    await link(hand.page.getByRole('main'), name).waitFor()
    await more(name, 'Add to the course')
    await link(hand.page.getByRole('main'), name).tap()
    await button(hand.page, 'Publish').tap()
    await hand.page.getByText('Draft: only staff see this file.').waitFor({ state: 'hidden' })
  }
  const follow = async (name: string) => {
    await lena.go(course)
    await link(lena.page.getByRole('main'), name).click()
    await lena.page.getByRole('heading', { level: 1, name }).waitFor()
  }

  it('show what a PDF says where a phone cannot frame it', async () => {
    await publish('A leaf at night.pdf', 'application/pdf', makePdf('Leaves breathe at night'))
    await link(lena.page.getByRole('main'), 'A leaf at night.pdf').click()
    await words(hand)
      .getByText(/Leaves breathe at night/)
      .waitFor()
    await button(hand.page, 'Open').waitFor()
    await checkPage(hand.page)
    await checkPage(lena.page)
  })

  it('show a document by its words, as another version and as the one before', async () => {
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    await publish('Roots.docx', type, makeDocx(['Roots drink by day.']))
    await follow('Roots.docx')
    await words(lena).getByText('Roots drink by day.').waitFor()
    await more('Roots.docx', 'Versions')
    await checkPage(hand.page)
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({
        name: 'Roots again.docx',
        mimeType: type,
        buffer: Buffer.from(makeDocx(['Roots never sleep.'])),
      })
    await words(lena).getByText('Roots never sleep.').waitFor()
    await words(hand).getByText('Roots never sleep.').waitFor()
    await more('Roots.docx', 'Versions')
    await button(dialog(), 'Show version 1 again').tap()
    await words(lena).getByText('Roots drink by day.').waitFor()
    await button(hand.page.locator('.toast', { hasText: 'Version 1 is shown again.' }), 'Undo').tap()
    await words(lena).getByText('Roots never sleep.').waitFor()
    await checkPage(hand.page)
  })

  it('find no room, say so, and are sent when there is more', async () => {
    const admin = await signedInClient(school, { role: 'administrator' })
    const courseId = course.split('/')[2] as CourseId
    await admin.request(fileRoutes.changeSpace, { courseId, limit: 0 })
    await hand.go(`${course}/files`)
    await choose('sheet.txt', 'text/plain', new TextEncoder().encode('A leaf'))
    await sees(hand.page, /^This course has .* left for files, and this needs/)
    hand.watch.forgive(/409|413|422|507/)
    await checkPage(hand.page)
    await admin.request(fileRoutes.changeSpace, { courseId, limit: 1_000_000_000 })
    await sees(hand.page, /^There is more room now/)
    await checkPage(hand.page)
    await button(hand.page, 'Send now').tap()
    await link(hand.page.getByRole('main'), 'sheet.txt').waitFor()
  })

  it('are heard with captions, which a learner loses and has again', async () => {
    await publish('lecture.wav', 'audio/wav', silence(40))
    await follow('lecture.wav')
    await more('lecture.wav', 'Captions…')
    const bring = (text: string) =>
      dialog()
        .locator('input[type=file]')
        .setInputFiles({ name: 'said.srt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    await bring('A letter')
    await sees(dialog(), /^There are no captions in this file\./)
    hand.watch.forgive(/400/)
    await checkPage(hand.page)
    await bring(
      '1\n00:00:01,000 --> 00:00:03,000\nLeaves are green.\n\n2\n00:00:08,000 --> 00:00:10,000\nRoots drink.\n',
    )
    const said = lena.page.getByRole('region', { name: 'Transcript' })
    await said.getByRole('button', { name: /Roots drink/ }).waitFor()
    await button(dialog(), 'Remove captions: English').tap()
    await said.waitFor({ state: 'hidden' })
    await sees(dialog(), 'Captions in English are gone.')
    await checkPage(hand.page)
    await button(dialog(), 'Undo').tap()
    await said.getByRole('button', { name: /Roots drink/ }).click()
    const place = () => lena.page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0)
    await waitFor(async () => (await place()) >= 8, 'the place in the recording')
    await checkPage(hand.page)
    await button(dialog(), 'Close').tap()
  })

  it('are heard at the speed a learner chose, from where they were left, and staff see how far', async () => {
    const { page } = lena
    await page.getByLabel('Speed').selectOption('2')
    await page.evaluate(async () => {
      const audio = document.querySelector('audio')
      if (audio) audio.currentTime = 0
      await audio?.play()
    })
    await waitFor(
      () => page.evaluate(() => (document.querySelector('audio')?.currentTime ?? 0) > 6),
      'some of it to be heard',
    )
    await page.evaluate(() => document.querySelector('audio')?.pause())
    await page.getByRole('progressbar', { name: 'Watched' }).waitFor()
    const other = await school.open('small', learners[3])
    await other.go(new URL(page.url()).pathname)
    await other.page.getByText(/^Goes on at 0:/).waitFor()
    await checkPage(other.page)
    await other.close()
    assert.equal(await page.evaluate(() => document.querySelector('audio')?.playbackRate), 2)
    await more('lecture.wav', 'Who watched…')
    await dialog()
      .getByRole('progressbar', { name: learners[3]?.name ?? '' })
      .waitFor()
    await checkPage(hand.page)
  })
})
