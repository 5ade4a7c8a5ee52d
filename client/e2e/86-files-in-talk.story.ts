// Files in talk: two people show each other a picture and a document on their phones, through a line that breaks; what
// is too large or no business of talk says why; a third never gets a byte, and what is deleted is gone.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { topicCalls } from '#protocol/channels/topic-calls.ts'
import { painting } from '#server/seeds/painting.ts'
import { makeCourse, makePerson } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const paper = (words: string) => ({
  name: 'Field notes.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.4\n${words}`),
})
const leaf = {
  name: 'A leaf of the old lime tree behind the library.png',
  mimeType: 'image/png',
  buffer: painting(640, 480),
}

describe('files in talk', () => {
  inOrder()
  let school: School
  let ada: Person
  let ben: Person
  let cleo: Person
  let desk: Person
  let folder = ''
  let course = ''
  let talk = ''

  const line = (person: Person) => person.page.getByRole('textbox', { name: 'Write a message' })
  const log = (person: Person) => person.page.getByRole('log', { name: 'Messages' })
  const tray = (person: Person) => person.page.getByRole('list', { name: 'Files of this message' })
  const send = (person: Person) => person.press(button(person.page, 'Send'))
  const choose = (person: Person, files: Parameters<ReturnType<Person['page']['locator']>['setInputFiles']>[0]) =>
    person.page.locator('form input[type=file]').setInputFiles(files)
  const statusOf = (person: Person, address: string) =>
    person.page.evaluate(url => fetch(url).then(answer => answer.status), address)

  before(async () => {
    school = await openSchool()
    folder = await mkdtemp(join(tmpdir(), 'lectern-story-'))
    const { courseId, instructorId } = await makeCourse('Botany')
    course = `/courses/${courseId}`
    const ids = []
    for (const name of ['Ada Lovelace', 'Ben Okri', 'Cleo Park']) ids.push(await makePerson(courseId, 'learner', name))
    const [adaId, benId, cleoId] = ids
    assert.ok(adaId && benId && cleoId)
    const client = await signedInClient(school, { accountId: adaId })
    talk = `/inbox/${(await client.request(inboxRoutes.start, { accountIds: [benId] })).channelId}`
    const staff = await signedInClient(school, { accountId: instructorId })
    const forum = (await staff.request(inboxRoutes.list, { courseId })).items.find(one => one.channel.form === 'forum')
    const channelId = forum?.channel.id ?? assert.fail()
    const policy = { channelId, version: 0, anonymous: true, approval: false, openers: 'everybody' } as const
    await staff.call(topicCalls.changePolicy, policy)
    await staff.call(topicCalls.post, { channelId, title: 'Show what you found', body: '', anonymous: false })
    const as = async (screen: Parameters<School['open']>[0], accountId: typeof adaId) => {
      const person = await school.open(screen)
      await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
      return person
    }
    ada = await as('small', adaId)
    ben = await as('small', benId)
    cleo = await as('small', cleoId)
    desk = await as('desktop', instructorId)
    // What is no business of talk is refused on purpose.
    ada.watch.disregard(/ERR_INTERNET_DISCONNECTED|status of 422/)
  })
  after(async () => {
    for (const one of [ada, ben, cleo, desk]) await one?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('shows a picture and a document to the other the moment they are sent', async () => {
    await ada.go(talk)
    await ben.go(talk)
    await line(ben).waitFor()
    await button(ada.page, 'Attach files').waitFor()
    const box = await button(ada.page, 'Attach files').boundingBox()
    assert.ok(box && box.width >= 44 && box.height >= 44)
    await choose(ada, [leaf, paper('Under the lime tree')])
    await tray(ada).getByText('Image, ', { exact: false }).waitFor()
    await tray(ada).getByText('PDF, ', { exact: false }).waitFor()
    await checkPage(ada.page)
    await line(ada).fill('Found behind the library')
    await send(ada)
    await tray(ada).waitFor({ state: 'detached' })
    const picture = log(ben).getByRole('img', { name: `Picture: ${leaf.name}` })
    await picture.waitFor()
    // Its place was kept before it came.
    const kept = await picture.evaluate(image => [image.getAttribute('width'), image.getAttribute('height')])
    assert.deepEqual(kept, ['640', '480'])
    await ben.page.waitForFunction(
      image => (image as HTMLImageElement).naturalWidth === 640,
      await picture.elementHandle(),
    )
    await link(log(ben), /Field notes\.pdf/).waitFor()
    await sees(log(ben), 'Found behind the library')
    await checkPage(ben.page)
  })

  it('waits for a connection in sight, and lets the words go ahead', async () => {
    await ada.context.setOffline(true)
    await choose(ada, { name: 'Recording.bin', mimeType: 'application/octet-stream', buffer: randomBytes(300_000) })
    await sees(ada.page, /^Files need a connection/)
    await becomes(() => button(ada.page, 'Send').isDisabled(), true)
    await checkPage(ada.page)
    // A second one was chosen by mistake.
    await choose(ada, { name: 'Mistake.bin', mimeType: 'application/octet-stream', buffer: randomBytes(200_000) })
    await ada.press(button(ada.page, 'Mistake.bin: cancel'))
    await misses(ada.page, 'Mistake.bin')
    await line(ada).fill('The recording follows')
    await ada.press(button(ada.page, 'Send the words alone'))
    await sees(log(ada), 'The recording follows')
    await ada.context.setOffline(false)
    await sees(log(ben), 'The recording follows')
    await tray(ada).getByText('File, ', { exact: false }).waitFor()
    await send(ada)
    await link(log(ben), /Recording\.bin/).waitFor()
    // A message of files alone says what they are called where it stands in one line.
    await ben.go('/inbox')
    await sees(ben.page, /Recording\.bin/)
    await ben.go(talk)
    await link(log(ben), /Recording\.bin/).waitFor()
  })

  it('says of each file why it is not taken, gives one up, and sends the others', async () => {
    const large = join(folder, 'Whole lecture.mov')
    const handle = await open(large, 'w')
    await handle.truncate(100_000_001)
    await handle.close()
    await choose(ada, [large])
    await sees(tray(ada), /^A file in a message holds 100 MB at most\./)
    await choose(ada, [
      { name: 'Setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
      { name: 'Drawing.png', mimeType: 'image/png', buffer: painting(60, 200) },
      { name: 'Draft.txt', mimeType: 'text/plain', buffer: Buffer.from('not this one') },
    ])
    await sees(tray(ada), /^Programs are not sent in messages\./)
    // What no further try would mend offers none.
    assert.equal(await button(ada.page, /: try again$/).count(), 0)
    await tray(ada).getByText('Text, ', { exact: false }).waitFor()
    await becomes(() => button(ada.page, 'Send').isDisabled(), true)
    await checkPage(ada.page)
    for (const name of ['Whole lecture.mov', 'Setup.exe', 'Draft.txt'])
      await ada.press(button(ada.page, `${name}: take it out`))
    await send(ada)
    await log(ben).getByRole('img', { name: 'Picture: Drawing.png' }).waitFor()
    await misses(ben.page, 'Draft.txt')
  })

  it('gives a third no byte, and none to anybody once the message is deleted', async () => {
    const picture = log(ben).getByRole('img', { name: `Picture: ${leaf.name}` })
    const address = (await picture.getAttribute('src')) ?? ''
    assert.equal(await statusOf(ben, address), 200)
    await cleo.go(course)
    cleo.watch.disregard(/status of 404/)
    ben.watch.disregard(/status of 404/)
    assert.equal(await statusOf(cleo, address), 404)
    const message = log(ada).getByRole('article').filter({ hasText: 'Found behind the library' })
    await ada.press(message.getByRole('button', { name: /: more$/ }))
    await ada.press(ada.page.getByRole('menuitem', { name: 'Delete', exact: true }))
    await picture.waitFor({ state: 'detached' })
    assert.equal(await statusOf(ben, address), 404)
  })

  it('takes what is pasted or dropped, in a topic too, and without a name only what names nobody', async () => {
    const { page } = desk
    await desk.go(`${course}/forum`)
    await link(page, /Show what you found/).click()
    await page.getByRole('textbox', { name: 'Write a reply' }).waitFor()
    await cleo.go(new URL(page.url()).pathname)
    await cleo.page.getByRole('textbox', { name: 'Write a reply' }).waitFor()
    await button(page, 'Attach files').waitFor()
    const bring = (kind: 'paste' | 'drop', name: string, buffer: Buffer) =>
      page.getByRole('textbox', { name: 'Write a reply' }).evaluate(
        (field, given) => {
          const data = new DataTransfer()
          const bytes = Uint8Array.from(atob(given.bytes), one => one.charCodeAt(0))
          data.items.add(new File([bytes], given.name, { type: 'image/png' }))
          const options = { bubbles: true, cancelable: true }
          field.dispatchEvent(
            given.kind === 'paste'
              ? new ClipboardEvent('paste', { ...options, clipboardData: data })
              : new DragEvent('drop', { ...options, dataTransfer: data }),
          )
        },
        { kind, name, bytes: buffer.toString('base64') },
      )
    await bring('paste', 'pasted.png', painting(80, 60))
    await bring('drop', 'dropped.png', painting(60, 80))
    await tray(desk).getByText('Image, ', { exact: false }).nth(1).waitFor()
    await button(page, 'Reply').click()
    await cleo.page.getByRole('img', { name: 'Picture: dropped.png' }).waitFor()
    await cleo.press(cleo.page.getByLabel('Reply without my name'))
    await choose(cleo, [paper('By Cleo')])
    await tray(cleo).getByText('PDF, ', { exact: false }).waitFor()
    await cleo.press(button(cleo.page, 'Reply'))
    await sees(cleo.page, /^Without your name you can send pictures only/)
    await cleo.press(button(cleo.page, 'Field notes.pdf: take it out'))
    await choose(cleo, { name: 'Cleo in the garden.png', mimeType: 'image/png', buffer: painting(90, 90, 'Cleo Park') })
    await tray(cleo).getByText('Image, ', { exact: false }).waitFor()
    await checkPage(cleo.page)
    await cleo.press(button(cleo.page, 'Reply'))
    const nameless = page.getByRole('img', { name: 'Picture: 1.png' })
    await nameless.waitFor()
    const bytes = await nameless.evaluate(async image =>
      Array.from(new Uint8Array(await (await fetch((image as HTMLImageElement).src)).arrayBuffer())),
    )
    assert.equal(Buffer.from(bytes).includes('Cleo'), false)
    await checkPage(page)
  })
})
