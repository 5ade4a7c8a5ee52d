// A teacher brings files into a course through a line that breaks; a learner finds one the moment it is published, sees it
// go and come back.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { dot, silence } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('files of a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    lena = await school.open('small', learners[3])
    teacher.watch.disregard(/ERR_INTERNET_DISCONNECTED/)
  })
  after(async () => {
    for (const one of [teacher, lena]) await one?.close()
  })

  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    teacher.page.getByLabel('Upload files', { exact: true }).and(teacher.page.locator('input')).setInputFiles({
      name,
      mimeType,
      buffer,
    })
  const more = async (name: string, act: string) => {
    await button(teacher.page, `${name}: more`).click()
    await teacher.page.getByRole('menuitem', { name: act, exact: true }).click()
  }

  it('are found from the course and begin empty', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).click()
    await link(page.getByRole('main'), 'Files').click()
    await sees(page, 'This course has no files yet.')
    await checkPage(page)
    await lena.go(new URL(page.url()).pathname.replace(/\/files$/, ''))
  })

  it('come through a connection that breaks, with their progress in sight', async () => {
    const { page, context } = teacher
    await context.setOffline(true)
    await choose('a long film.bin', 'application/octet-stream', randomBytes(3_000_000))
    await sees(page, /^No connection\./)
    await checkPage(page)
    await context.setOffline(false)
    await sees(page, '1 file uploaded')
    await sees(page.getByRole('main'), 'a long film.bin')
    await button(page, 'Close').click()
  })

  it('are given up at a tap', async () => {
    const { page, context } = teacher
    await context.setOffline(true)
    await choose('never.bin', 'application/octet-stream', randomBytes(2_000_000))
    await sees(page, /^No connection\./)
    await button(page, 'never.bin: cancel').click()
    await misses(page, /^No connection\./)
    await context.setOffline(false)
    assert.equal(await page.getByRole('main').getByText('never.bin').count(), 0)
  })

  it('stand in folders, have names, and are found', async () => {
    const { page } = teacher
    await button(page, 'New folder').click()
    await button(page.getByRole('dialog'), 'Create folder').click()
    await sees(page, 'Give it a name.')
    await page.getByLabel('Name of the folder').fill('Week 1')
    await button(page.getByRole('dialog'), 'Create folder').click()
    await more('a long film.bin', 'Rename…')
    await page.getByLabel('Name', { exact: true }).fill('Week 1')
    await button(page.getByRole('dialog'), 'Rename').click()
    await sees(page, 'Something here is called Week 1 already. Choose another name.')
    teacher.watch.forgive(/409/)
    await page.getByLabel('Name', { exact: true }).fill('film.bin')
    await button(page.getByRole('dialog'), 'Rename').click()
    await more('film.bin', 'Move…')
    await button(page.getByRole('dialog'), 'Week 1').click()
    await button(page.getByRole('dialog'), 'Move to Week 1').click()
    await sees(page, 'film.bin is in Week 1 now.')
    await page.getByLabel('Search files').fill('nothing like it')
    await sees(page, 'No file fits.')
    await button(page, 'Show all files').click()
    await link(page.getByRole('main'), 'Week 1').click()
    await sees(page.getByRole('main'), 'film.bin')
    await checkPage(page)
  })

  it('reach a learner the moment they are published, and are shown', async () => {
    const { page } = teacher
    await choose('leaf.png', 'image/png', Buffer.from(dot))
    await sees(page, '1 file uploaded')
    await more('leaf.png', 'Add to the course')
    await link(page.getByRole('main'), 'leaf.png').click()
    await sees(page, 'Draft: only staff see this file.')
    assert.equal(await lena.page.getByText('leaf.png').count(), 0)
    await button(page, 'Publish').click()
    await link(lena.page.getByRole('main'), 'leaf.png').tap()
    await lena.page.getByRole('img', { name: 'leaf.png' }).waitFor()
    await checkPage(lena.page)
    await checkPage(page)
  })

  it('are taken away and brought back in front of the learner', async () => {
    const { page } = teacher
    await button(page, 'leaf.png: more').click()
    await page.getByRole('menuitem', { name: 'Show in Files' }).click()
    // The page of the file has a menu of that name, too, and stands until the files are there.
    await page.getByLabel('Search files').waitFor()
    await more('leaf.png', 'Remove')
    await sees(lena.page, 'This file is not here')
    lena.watch.disregard(/404/)
    await button(page.locator('.toast', { hasText: 'leaf.png is in the bin.' }), 'Undo').click()
    await lena.page.getByRole('img', { name: 'leaf.png' }).waitFor()
  })

  it('are heard with what is said beside them, and staff see who is how far', async () => {
    const { page } = teacher
    await choose('lecture.wav', 'audio/wav', silence(12))
    await sees(page.getByRole('main'), 'lecture.wav')
    await more('lecture.wav', 'Add to the course')
    await link(page.getByRole('main'), 'lecture.wav').click()
    await button(page, 'Publish').click()
    await lena.page
      .getByRole('link', { name: /Biology 1/ })
      .first()
      .tap()
    await link(lena.page.getByRole('main'), 'lecture.wav').tap()
    await lena.page.getByLabel('lecture.wav').waitFor()
    // Staff add captions, first none at all, while the learner has the page open.
    await button(page, 'lecture.wav: more').click()
    await page.getByRole('menuitem', { name: 'Captions…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Captions' })
    const bring = (text: string) =>
      dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'said.srt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    await bring('A letter')
    await sees(dialog, /^There are no captions in this file\./)
    teacher.watch.forgive(/400/)
    await bring(
      '1\n00:00:01,000 --> 00:00:03,000\nLeaves are green.\n\n2\n00:00:08,000 --> 00:00:10,000\nRoots drink.\n',
    )
    await sees(page, 'Captions in English are shown.')
    await checkPage(page)
    await button(dialog, 'Close').click()
    const said = lena.page.getByRole('region', { name: 'Transcript' })
    await said.getByLabel('Find in the transcript').fill('roots')
    await misses(said, /Leaves are green/)
    await said.getByRole('button', { name: /Roots drink/ }).tap()
    const place = () => lena.page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0)
    await waitFor(async () => (await place()) >= 8, 'the place in the recording')
    await lena.page.evaluate(() => document.querySelector('audio')?.play())
    await said.locator('[aria-current]').waitFor()
    await lena.page.evaluate(() => document.querySelector('audio')?.pause())
    await checkPage(lena.page)
    await lena.page.evaluate(async () => {
      const audio = document.querySelector('audio')
      if (!audio) return
      audio.playbackRate = 8
      audio.currentTime = 0
      await audio.play()
    })
    await lena.page.getByRole('progressbar', { name: 'Watched' }).waitFor()
    await button(page, 'lecture.wav: more').click()
    await page.getByRole('menuitem', { name: 'Who watched…' }).click()
    await page
      .getByRole('dialog')
      .getByRole('progressbar', { name: learners[3]?.name ?? '' })
      .waitFor()
  })
})
