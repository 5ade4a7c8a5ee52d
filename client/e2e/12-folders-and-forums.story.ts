// A folder of files and a forum in a module: placed from a phone, read by a learner on another the moment they are published, with
// what comes into them later; locked they say why and keep shut what is in them; taken out they come back by their undo.
import assert from 'node:assert/strict'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { fileRoutes } from '#protocol/files.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { uploadFile } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a folder and a forum in a module', function () {
  this.timeout(150_000)
  inOrder()
  let school: School
  let teacher: Person
  let ada: Person
  let course: TestCourse
  let client: Awaited<ReturnType<typeof signedInClient>>
  let folderId = ''
  let home = ''

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }
  before(async () => {
    school = await openSchool()
    course = await makeCourse('Cells from within')
    const { courseId } = course
    client = await signedInClient(school, { accountId: course.instructorId })
    await client.request(outlineRoutes.createModule, { courseId, title: 'Week 1' })
    const { folder } = await client.request(fileRoutes.createFolder, { courseId, name: 'Readings' })
    folderId = folder.id
    const inner = await client.request(fileRoutes.createFolder, { courseId, folderId: folder.id, name: 'For the keen' })
    await uploadFile(client, { courseId, folderId, name: 'Osmosis.txt', bytes: 'Water goes where salt is.' })
    await uploadFile(client, { courseId, folderId: inner.folder.id, name: 'Deep.txt', bytes: 'Mitosis' })
    home = `/courses/${courseId}`
    teacher = await school.open('hand')
    ada = await school.open('hand')
    await as(teacher, course.instructorId)
    await as(ada, await makePerson(courseId, 'learner', 'Ada Lovelace'))
  })
  after(async () => {
    for (const one of [teacher, ada]) await one?.close()
  })

  const main = ({ page }: Person) => page.getByRole('main')
  const choose = (entry: string) => teacher.page.getByRole('menuitem', { name: entry, exact: true }).tap()
  const undo = (words: string | RegExp) =>
    button(teacher.page.locator('.toast', { hasText: words }).last(), 'Undo').tap()

  it('is a folder chosen among the folders of the course, and a draft that the learner does not see', async () => {
    const { page } = teacher
    await ada.go(home)
    await ada.page.getByRole('heading', { level: 1, name: 'Cells from within' }).waitFor()
    await teacher.go(home)
    await button(page, /Add to Week 1$/).tap()
    await choose('Folder')
    const dialog = page.getByRole('dialog', { name: 'Add a folder' })
    await becomes(() => button(dialog, 'Add a folder').isDisabled(), true)
    await button(dialog, 'Readings').tap()
    await button(dialog, 'For the keen').waitFor()
    await checkPage(page)
    await button(dialog, 'Add Readings').tap()
    await link(main(teacher), 'Readings').tap()
    await sees(page, 'Draft: only staff see this folder and, by way of it, what is in it.')
    await checkPage(page)
    assert.equal(await ada.page.getByText('Readings').count(), 0)
    await ada.go(`${home}/folders/${folderId}`)
    await sees(ada.page, 'This folder is not here')
    ada.watch.disregard(/40[34]/)
    await ada.go(home)
  })

  it('opens for the learner the moment it is published, with the folders in it', async () => {
    await button(teacher.page, 'Publish').tap()
    await sees(main(ada), /2 files/)
    await link(main(ada), 'Readings').tap()
    await sees(main(ada), 'Osmosis.txt')
    await checkPage(ada.page)
    await link(main(ada), 'For the keen').tap()
    await link(main(ada), 'Deep.txt').tap()
    await sees(main(ada), 'Mitosis')
    await ada.page.goBack()
    await link(main(ada), 'Readings').tap()
    await sees(main(ada), 'Osmosis.txt')
  })

  it('shows what is brought into it and taken away again, without a reload', async () => {
    const { page } = teacher
    const buffer = Buffer.from('Salt')
    const input = page.getByLabel('Upload files', { exact: true }).and(page.locator('input'))
    await input.setInputFiles({ name: 'Salt.txt', mimeType: 'text/plain', buffer })
    await link(main(ada), 'Salt.txt').waitFor()
    await link(main(teacher), 'Salt.txt').waitFor()
    await checkPage(page)
    assert.equal(await ada.page.getByLabel('Upload files').count(), 0, 'learners bring nothing')
    await link(page, 'Show in Files').tap()
    await sees(page, 'Osmosis.txt')
    await button(page, 'Salt.txt: more').tap()
    await choose('Remove')
    await misses(main(ada), 'Salt.txt')
    await undo('Salt.txt is in the bin.')
    await link(main(ada), 'Salt.txt').waitFor()
  })

  it('is locked until its day, says why, and keeps what is in it shut', async () => {
    const { page } = teacher
    await teacher.go(home)
    await button(page, 'Change Readings').tap()
    await choose('Access and completion')
    const dialog = page.getByRole('dialog', { name: 'Access and completion: Readings' })
    await dialog.getByLabel('Opens on').fill('2031-01-05')
    await button(dialog, 'Save').tap()
    await hold(page, 'Access of Readings')
    await sees(ada.page, 'Locked for now')
    await checkPage(ada.page)
    const { items } = await client.request(fileRoutes.list, { courseId: course.courseId, search: 'Osmosis' } as never)
    await ada.go(`${home}/files/${items[0]?.id}`)
    await sees(ada.page, 'This file is not here')
    await ada.go(home)
    await sees(main(ada), /Locked\. Opens on .*2031/)
    await undo(/./)
    await link(main(ada), 'Readings').waitFor()
  })

  it('is taken out and put back by its undo', async () => {
    await button(teacher.page, 'Change Readings').tap()
    await choose('Remove')
    await link(main(ada), 'Readings').waitFor({ state: 'hidden' })
    await undo(/Readings/)
    await link(main(ada), 'Readings').tap()
    await sees(main(ada), 'Osmosis.txt')
  })

  it('is a forum of its own, named on the spot, that the learner does not see before it is published', async () => {
    const { page } = teacher
    await ada.go(home)
    await button(page, /Add to Week 1$/).tap()
    await choose('Forum')
    const dialog = page.getByRole('dialog', { name: 'Add a forum' })
    await button(dialog, 'Add forum').tap()
    await sees(dialog, 'Say in one line what it is about.')
    await dialog.getByLabel('Title').fill('What did you see?')
    await checkPage(page)
    await button(dialog, 'Add forum').tap()
    await link(main(teacher), 'What did you see?').tap()
    await sees(page, 'Draft: only staff see this forum.')
    await checkPage(page)
    assert.equal(await ada.page.getByText('What did you see?').count(), 0)
    await button(page, 'Publish').tap()
    await link(main(ada), 'What did you see?').tap()
    await checkPage(ada.page)
  })

  it('is talked in by both at once', async () => {
    await button(ada.page, 'New topic').first().tap()
    await ada.page.getByLabel('Title').fill('Salt on the slide')
    await button(ada.page, 'Post').tap()
    await link(main(teacher), 'Salt on the slide').tap()
    await teacher.page.getByLabel('Write a reply').fill('Water leaves the cell.')
    await button(teacher.page, 'Reply').tap()
    await sees(ada.page, 'Water leaves the cell.')
    await link(main(ada), 'Forum').tap()
    await ada.page.getByRole('heading', { level: 1, name: 'What did you see?' }).waitFor()
  })

  it('is renamed under the eyes of the learner', async () => {
    const { page } = teacher
    await link(main(teacher), 'Forum').tap()
    await button(page, 'Rename the forum').tap()
    await page.getByRole('dialog').getByLabel('Title').fill('Seen in the lab')
    await button(page.getByRole('dialog'), 'Save').tap()
    await ada.page.getByRole('heading', { level: 1, name: 'Seen in the lab' }).waitFor()
  })

  it('is locked with its talk, says why, and opens again by the undo', async () => {
    await teacher.go(home)
    await button(teacher.page, 'Change Seen in the lab').tap()
    await choose('Access and completion')
    const dialog = teacher.page.getByRole('dialog', { name: 'Access and completion: Seen in the lab' })
    await dialog.getByLabel('Opens on').fill('2031-01-05')
    await button(dialog, 'Save').tap()
    await sees(ada.page, 'Locked for now')
    await undo(/./)
    await link(main(ada), 'Salt on the slide').waitFor()
  })

  it('is taken out with its talk and put back by its undo', async () => {
    await button(teacher.page, 'Change Seen in the lab').tap()
    await choose('Remove')
    await sees(ada.page, 'This forum is not here')
    await undo(/Seen in the lab/)
    await link(main(ada), 'Salt on the slide').waitFor()
  })
})
