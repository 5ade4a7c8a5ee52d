// An instructor records sound and a picture in the browser, keeps one, and a learner plays it from the middle.
import assert from 'node:assert/strict'
import type { CourseId } from '#protocol/courses.ts'
import { type FileId, fileRoutes } from '#protocol/files.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

/** A microphone that hums and a camera that shows a growing bar: browsers of tests have no devices. */
function playDevices(): void {
  navigator.mediaDevices.getUserMedia = async ({ video } = {}) => {
    const sound = new AudioContext()
    const hum = sound.createOscillator()
    const out = sound.createMediaStreamDestination()
    hum.connect(out)
    hum.start()
    const tracks = [...out.stream.getTracks()]
    if (video) {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
      setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, (performance.now() / 10) % 320, 180), 50)
      tracks.push(...canvas.captureStream(20).getTracks())
    }
    return new MediaStream(tracks)
  }
}

describe('recording in the browser', () => {
  inOrder()
  let school: School
  let phone: Person
  let learner: Person
  let files = ''

  before(async () => {
    school = await openSchool()
    phone = await school.open('small', instructor)
    learner = await school.open('desktop', learners[2])
    await phone.go('/courses')
    await link(phone.page.getByRole('main'), /Biology 1/).tap()
    await phone.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
    files = `${new URL(phone.page.url()).pathname}/files`
    await learner.go(new URL(phone.page.url()).pathname)
  })
  after(async () => {
    for (const one of [phone, learner]) await one?.close()
  })
  const dialog = () => phone.page.getByRole('dialog', { name: 'Record' })
  const seconds = async (least: number) => {
    const timer = dialog().getByRole('timer')
    for (let shown = ''; Number(shown.split(':')[1] ?? 0) < least; shown = (await timer.textContent()) ?? '')
      await phone.page.waitForFunction(before => document.querySelector('[role=timer]')?.textContent !== before, shown)
  }

  it('says so when the browser does not allow it', async () => {
    await phone.go(files)
    // As where somebody has said no: a browser without a window would wait for ever.
    await phone.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('No', 'NotAllowedError'))
    })
    await button(phone.page, 'Record').tap()
    await button(dialog(), 'Sound').tap()
    await sees(dialog(), /The browser did not allow it/)
    await checkPage(phone.page)
  })

  it('records sound with a pause, and gives the microphone back', async () => {
    await phone.context.addInitScript(playDevices)
    await phone.go(files)
    await button(phone.page, 'Record').tap()
    await button(dialog(), 'Sound').tap()
    await sees(dialog(), 'Recording')
    await seconds(1)
    await button(dialog(), 'Pause').tap()
    await sees(dialog(), 'Paused')
    await checkPage(phone.page)
    await button(dialog(), 'Go on').tap()
    await seconds(2)
    await button(dialog(), 'Stop').tap()
    await dialog().getByLabel('What you recorded').waitFor()
    await button(dialog(), 'Record again').tap()
  })

  it('records the camera, and keeps it as a file of the course', async () => {
    await button(dialog(), 'Camera').tap()
    await seconds(3)
    await checkPage(phone.page)
    await button(dialog(), 'Stop').tap()
    const played = dialog().getByLabel('What you recorded')
    await played.waitFor()
    await dialog().getByLabel('Name').fill('')
    await button(dialog(), 'Keep it').tap()
    await sees(dialog(), 'Give it a name.')
    await dialog().getByLabel('Name').fill('How a leaf breathes')
    await checkPage(phone.page)
    await button(dialog(), 'Keep it').tap()
    await link(phone.page.getByRole('main'), /How a leaf breathes/).waitFor({ timeout: 20_000 })
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const teacher = await signedInClient(school, { accountId: id })
    const { items } = await teacher.request(fileRoutes.list, { courseId: files.split('/')[2] as CourseId })
    const made = items.find(one => one.name.startsWith('How a leaf breathes')) ?? assert.fail()
    await teacher.request(fileRoutes.place, { fileId: made.id as FileId, published: true })
  })

  it('is played by a learner from its middle', async () => {
    await link(learner.page.getByRole('main'), /How a leaf breathes/).click()
    const video = learner.page.locator('video')
    await video.waitFor()
    await video.evaluate((element: HTMLVideoElement) => element.load())
    await waitFor(
      () => video.evaluate((element: HTMLVideoElement) => element.readyState >= 1),
      'what it says of itself',
    )
    const length = await video.evaluate((element: HTMLVideoElement) => element.duration)
    assert.ok(Number.isFinite(length) && length > 2 && length < 20, `${length} s`)
    const place = await video.evaluate(
      (element: HTMLVideoElement) =>
        new Promise<number>(resolve => {
          element.addEventListener('seeked', () => resolve(element.currentTime), { once: true })
          element.currentTime = element.duration / 2
        }),
    )
    assert.ok(Math.abs(place - length / 2) < 1, `${place} of ${length}`)
    await checkPage(learner.page)
  })
})
