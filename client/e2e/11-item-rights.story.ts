// One page in other hands (8.1): whoever teaches lets assistants change it and nothing else of the course; their open outline
// follows at once, both ways, and what they write after that is refused. Both on a phone.
import { accessRoutes } from '#protocol/access.ts'
import { contentRoutes } from '#protocol/content.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { saved } from './note.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const [lent, kept] = [
  'What a cell needs to live, and what it does with all of that in its long or short life',
  'Mitosis',
]

describe('a page in other hands', () => {
  inOrder()
  let school: School
  let teacher: Person
  let assistant: Person
  let course: TestCourse
  let home = ''
  let address = ''

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) => {
    await person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  }
  before(async () => {
    school = await openSchool()
    course = await makeCourse('Cells from within')
    const { courseId } = course
    const host = await signedInClient(school, { accountId: course.instructorId })
    for (const title of [lent, kept])
      await host.request(contentRoutes.createPage, { courseId, title, body: title, published: true })
    const administrator = await signedInClient(school, { role: 'administrator' })
    const here = { kind: 'course' as const, id: courseId }
    for (const capability of ['role.rule', 'role.give'] as const) {
      const rule = { ...here, role: 'instructor' as const, capability, permission: 'allow' as const }
      await administrator.request(accessRoutes.changeRule, rule)
    }
    const off = { role: 'assistant' as const, capability: 'content.change' as const, permission: 'prevent' as const }
    await administrator.request(accessRoutes.changeRule, { ...here, ...off })
    home = `/courses/${courseId}`
    teacher = await school.open('small')
    assistant = await school.open('small')
    await as(teacher, course.instructorId)
    const accountId = await makePerson(courseId, 'assistant', 'Jonas Weber')
    address = (await accounts.findByPk(accountId, { rejectOnEmpty: true })).email ?? ''
    await as(assistant, accountId)
  })
  after(async () => {
    for (const one of [teacher, assistant]) await one?.close()
  })

  const menuOf = ({ page }: Person, title: string) => button(page, `Change ${title}`)
  const choose = ({ page }: Person, entry: string) => page.getByRole('menuitem', { name: entry, exact: true }).tap()
  const say = (permission: string) =>
    teacher.page.getByLabel('Change content and see drafts: what this place says').selectOption({ label: permission })

  it('is given where the page says who may what, and the open outline of an assistant has its menu at once', async () => {
    await assistant.go(home)
    await link(assistant.page.getByRole('main'), lent).waitFor()
    await menuOf(assistant, lent).waitFor({ state: 'detached' })
    await teacher.go(home)
    await menuOf(teacher, lent).tap()
    await choose(teacher, 'Roles and rights')
    await teacher.page.getByRole('heading', { name: lent, level: 1 }).waitFor()
    await teacher.page.getByLabel('Role', { exact: true }).selectOption({ label: 'Assistant' })
    await sees(teacher.page, 'Above: not allowed, by Cells from within')
    await checkPage(teacher.page)
    await say('Allow')
    await menuOf(assistant, lent).waitFor()
    await menuOf(assistant, kept).waitFor({ state: 'detached' })
    await checkPage(assistant.page)
  })

  it('is taken back, and given again by the notice, before the eyes of the assistant', async () => {
    await say('As above')
    await menuOf(assistant, lent).waitFor({ state: 'detached' })
    // The assistant may see it before the notice of it takes the place of the one before.
    await button(teacher.page.locator('.toast', { hasText: 'As above.' }), 'Undo').tap()
    await menuOf(assistant, lent).waitFor()
  })

  it('says why: the rule of this page decides', async () => {
    const { page } = teacher
    await page.getByRole('tab', { name: 'Why?' }).tap()
    await page.getByLabel('E-mail of the person').fill(address)
    await button(page, 'Ask').tap()
    await sees(page, 'Yes. Jonas Weber may.')
    await sees(page, `${lent} allows it for Assistant.`)
    await checkPage(page)
    await page.getByRole('tab', { name: 'Rules' }).tap()
  })

  it('is written, until it is taken away: what comes after that is refused', async () => {
    await menuOf(assistant, lent).tap()
    await choose(assistant, 'Edit')
    const title = assistant.page.getByLabel('Title')
    await title.fill('What a cell needs')
    await saved(assistant.page)
    await sees(teacher.page, 'Above: not allowed, by Cells from within')
    await say('As above')
    await teacher.page.getByText(/^Assistant: .* As above\.$/).waitFor()
    await title.fill('What a cell does not need')
    await sees(assistant.page, /You may not do this here\./)
    assistant.watch.disregard(/status of 403/)
    await checkPage(assistant.page)
    await assistant.go(home)
    await link(assistant.page.getByRole('main'), 'What a cell needs').waitFor()
    await misses(assistant.page, 'Publish')
    await menuOf(assistant, 'What a cell needs').waitFor({ state: 'detached' })
  })
})
