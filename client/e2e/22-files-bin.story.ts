// What lies in the bin of a course is deleted for good by those who may: on a phone, one file, then all of it, told first what
// is lost; a colleague's open bin follows, and what was brought back meanwhile stays.
import assert from 'node:assert/strict'
import { courseRoutes } from '#protocol/courses.ts'
import { fileRoutes } from '#protocol/files.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { dot, uploadFile } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('the bin of files', () => {
  inOrder()
  let school: School
  let phone: Person
  let colleague: Person
  let host: Awaited<ReturnType<typeof signedInClient>>
  let courseId: string

  before(async () => {
    school = await openSchool()
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    host = await signedInClient(school, { accountId: id })
    const { items } = await host.request(courseRoutes.list, { search: 'Biology 1' })
    courseId = items[0]?.id ?? assert.fail()
    const of = { courseId: courseId as never }
    const { folder } = await host.request(fileRoutes.createFolder, { ...of, folderId: null, name: 'Last year' })
    for (let number = 1; number < 24; number++)
      await uploadFile(host, { courseId, name: `Sheet ${number}.txt`, folderId: folder.id, bytes: 'A leaf' })
    for (const name of ['leaf.png', 'root.png', 'stem.png']) {
      const file = await uploadFile(host, { courseId, name, bytes: dot })
      await host.request(fileRoutes.remove, { fileId: file.id })
    }
    await host.request(fileRoutes.removeFolder, { folderId: folder.id })
    phone = await school.open('hand', instructor)
    colleague = await school.open('desktop', administrator)
  })
  after(async () => {
    for (const one of [phone, colleague]) await one?.close()
  })

  const more = async ({ page, press }: Person, name: string, act: string) => {
    await press(button(page, `${name}: more`))
    await press(page.getByRole('menuitem', { name: act, exact: true }))
  }
  const dialog = ({ page }: Person) => page.getByRole('dialog')
  const row = ({ page }: Person, name: string) => page.getByRole('main').getByText(name, { exact: true })

  it('is found from the files, and says how long it keeps them', async () => {
    await phone.go(`/courses/${courseId}/files`)
    await button(phone.page, 'Bin').tap()
    for (const name of ['leaf.png', 'Last year']) await row(phone, name).waitFor()
    await colleague.go(`/courses/${courseId}/files?bin=1`)
    await row(colleague, 'leaf.png').waitFor()
    await checkPage(phone.page)
    await checkPage(colleague.page)
  })

  it('gives one file up for good, told first what is lost, and a colleague loses it too', async () => {
    await more(phone, 'leaf.png', 'Delete for good…')
    await sees(dialog(phone), 'This cannot be undone. Lost for good:')
    await sees(dialog(phone), /^1 file with all its versions: /)
    await checkPage(phone.page)
    await button(dialog(phone), 'Cancel').tap()
    await row(phone, 'leaf.png').waitFor()
    await more(phone, 'leaf.png', 'Delete for good…')
    await button(dialog(phone), 'Delete for good').tap()
    await sees(phone.page, 'leaf.png is deleted for good.')
    await row(phone, 'leaf.png').waitFor({ state: 'hidden' })
    await row(colleague, 'leaf.png').waitFor({ state: 'hidden' })
  })

  it('keeps what a colleague brought back while it was asked', async () => {
    await more(phone, 'root.png', 'Delete for good…')
    await sees(dialog(phone), /^1 file with all its versions: /)
    await more(colleague, 'root.png', 'Bring back')
    await row(colleague, 'root.png').waitFor({ state: 'hidden' })
    await button(dialog(phone), 'Delete for good').tap()
    await sees(dialog(phone), 'Only what is in the bin can be removed for good. Put it there first.')
    phone.watch.forgive(/409/)
    await checkPage(phone.page)
    await button(dialog(phone), 'Close').tap()
    await row(phone, 'root.png').waitFor({ state: 'hidden' })
  })

  it('is emptied with all that lies in it', async () => {
    await button(phone.page, 'Empty the bin…').tap()
    await sees(dialog(phone), '1 folder')
    await sees(dialog(phone), /^24 files with all their versions: /)
    await checkPage(phone.page)
    await button(dialog(phone), 'Empty the bin').tap()
    await sees(phone.page, 'The bin is emptied.')
    await sees(phone.page, 'The bin is empty.')
    await sees(colleague.page, 'The bin is empty.')
    await misses(phone.page, 'Empty the bin…')
    await checkPage(phone.page)
    await checkPage(colleague.page)
    await link(phone.page, 'Files').first().tap()
    await row(phone, 'root.png').waitFor()
  })

  it('is nothing that learners see', async () => {
    const learner = await school.open('small', learners[3])
    await learner.go(`/courses/${courseId}/files?bin=1`)
    await sees(learner.page, 'This could not be loaded')
    learner.watch.disregard(/403|404/)
    await learner.close()
  })
})
