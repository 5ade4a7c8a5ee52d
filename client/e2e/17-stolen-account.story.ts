// An account in wrong hands: which act fits is said before it is chosen, another administrator sees each at once, and what its person
// was writing at that moment is there again when they are let in, on their device and for nobody else.
import assert from 'node:assert/strict'
import { assignmentRoutes } from '#protocol/assignments.ts'
import { courseId as courseIdSchema } from '#protocol/courses.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, demoPassword, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { keptOnDevice, saved, shows, textOf, writing } from './note.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a stolen account', () => {
  inOrder()
  const victim = learners[0] ?? assert.fail()
  const other = learners[2] ?? assert.fail()
  let school: School
  let boss: Person
  let second: Person
  let phone: Person
  let teacher: Person
  let course = ''
  let work = ''
  let note = ''

  const idOf = async (email: string) => (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id
  /** The sentence beside an act on the page of an account. */
  const beside = (page: Person['page'], act: string) =>
    page
      .getByRole('listitem')
      .filter({ has: button(page, act) })
      .getByRole('paragraph')
  const line = ({ page }: Person) => page.getByRole('textbox', { name: 'Write a message' })
  const inDemo = async ({ page, go }: Person, name: string) => {
    await go('/sign-in')
    await button(page, new RegExp(`^.*${name}`)).tap()
    await page.waitForURL(address => !address.pathname.startsWith('/sign-in'))
  }

  before(async () => {
    school = await openSchool()
    boss = await school.open('hand', administrator)
    second = await school.open('desktop', administrator)
    phone = await school.open('hand', victim)
    teacher = await school.open('desktop', instructor)
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await teacher.page.waitForURL(/\/courses\/[^/]+$/)
    course = /courses\/([^/]+)/.exec(teacher.page.url())?.[1] ?? assert.fail()
    const miriam = await signedInClient(school, { accountId: await idOf(instructor.email) })
    const { assignment } = await miriam.request(assignmentRoutes.create, {
      ...{ courseId: courseIdSchema.parse(course), title: 'A letter to a tree', points: '10', published: true },
      takes: { text: true, most: 0, forms: [], largest: 1_000_000 },
    } as never)
    work = `/courses/${course}/assignments/${assignment.id}`
  })
  after(async () => {
    for (const one of [boss, second, phone, teacher]) await one?.close()
  })

  it('says beside each act what it does, asks before one that hits somebody, and takes it back', async () => {
    for (const one of [boss, second]) await one.go(`/people/${await idOf(other.email)}`)
    const { page } = boss
    await page.getByRole('heading', { name: 'If somebody else may be in this account' }).waitFor()
    for (const [act, words] of [
      ['Sign out everywhere', /The password stays/],
      ['Link for a new password', /Until then the old one works/],
      ['Suspend', /Everything is kept/],
      ['Erase', /for good/],
    ] as const)
      await beside(page, act).getByText(words).waitFor()
    await checkPage(page)
    await button(page, 'Suspend').tap()
    const dialog = page.getByRole('dialog', { name: `Suspend ${other.name}?` })
    await sees(dialog, /^Everything .* did is kept/)
    await checkPage(page)
    await button(dialog, 'Cancel').tap()
    await dialog.waitFor({ state: 'hidden' })
    await sees(page, 'Active')
    await button(page, 'Suspend').tap()
    await button(dialog, 'Suspend').tap()
    await sees(second.page, 'Suspended')
    await button(page, 'Undo').last().tap()
    await sees(second.page, 'Active')
    await sees(page, 'Active')
  })

  it('is suspended with a reason, in the middle of a note, a hand-in and a message', async () => {
    await teacher.go(`/courses/${course}/notes`)
    await button(teacher.page, 'New note').click()
    await teacher.page.getByLabel('Title').fill('What the bark says')
    await button(teacher.page.getByRole('dialog'), 'Create note').click()
    await writing(teacher.page).waitFor()
    note = new URL(teacher.page.url()).pathname
    for (const one of [boss, second]) await one.go(`/people/${await idOf(victim.email)}`)
    await button(boss.page, 'Suspend').tap()
    const dialog = boss.page.getByRole('dialog', { name: `Suspend ${victim.name}?` })
    await dialog.getByLabel('Why (if you like)').fill('The phone was stolen on the bus')

    // Written without a connection, so that nothing of it can have arrived.
    await phone.go(note)
    await writing(phone.page).tap()
    await phone.page.keyboard.type('It is rough. ')
    await saved(phone.page)
    const desk = await phone.context.newPage()
    await desk.goto(work)
    await desk.getByLabel('Your text').and(desk.locator('textarea')).waitFor()
    const talk = await phone.context.newPage()
    await talk.goto(`/courses/${course}/chat`)
    await talk.getByRole('textbox', { name: 'Write a message' }).waitFor()
    await phone.context.setOffline(true)
    await writing(phone.page).tap()
    await phone.page.keyboard.type('And warm in the sun. ')
    await keptOnDevice(phone.page)
    await desk.getByLabel('Your text').and(desk.locator('textarea')).fill('Dear tree, ')
    await talk.getByRole('textbox', { name: 'Write a message' }).fill('Sent out of a tunnel')
    await button(talk, 'Send').tap()
    await sees(talk.getByRole('main'), 'Sent out of a tunnel')
    await talk.getByRole('textbox', { name: 'Write a message' }).fill('Half a thought')

    await button(dialog, 'Suspend').tap()
    await sees(second.page, 'Suspended')
    await phone.context.setOffline(false)
    for (const page of [phone.page, desk, talk]) {
      await page.waitForURL(/\/sign-in/)
      await sees(page, /^This account was suspended.* wait on this device/)
    }
    // What was asked for without a connection failed, and by whoever was out was refused.
    phone.watch.disregard(/ERR_INTERNET_DISCONNECTED|status of 401/)
    await checkPage(phone.page)
    for (const page of [desk, talk]) await page.close()
    await teacher.go(`/courses/${course}/chat`)
    await line(teacher).waitFor()
    await misses(teacher.page, 'Sent out of a tunnel')
  })

  it('shows nothing of it to whoever signs in on the device meanwhile', async () => {
    const { page } = phone
    await inDemo(phone, other.name)
    await phone.go(`/courses/${course}/chat`)
    await line(phone).waitFor()
    await becomes(() => line(phone).inputValue(), '')
    await line(phone).fill('Mine alone')
    await phone.go(work)
    const text = page.getByLabel('Your text').and(page.locator('textarea'))
    await text.waitFor()
    await becomes(() => text.inputValue(), '')
    await phone.go(note)
    await shows(page, 'It is rough.')
    assert.doesNotMatch(await textOf(page), /warm in the sun/)
    await phone.go('/you')
    await button(page.getByRole('main'), 'Sign out').first().tap()
    await page.waitForURL(/\/sign-in/)
  })

  it('is let in again without the password that a thief knows', async () => {
    const { page } = boss
    await button(page, 'Let in again').tap()
    const dialog = page.getByRole('dialog', { name: `Let ${victim.name} in again?` })
    await dialog.getByLabel('Somebody else may know the password: end it').check()
    await checkPage(page)
    await button(dialog, 'Let in again').tap()
    const link = page.getByRole('dialog', { name: `New password for ${victim.name}` })
    await button(link, 'Make the link').tap()
    await sees(link, /^It works once and is shown only now\./)
    await button(link, 'Done').tap()
    await sees(second.page, 'No password yet')
    await button(page, 'What was done with this account').tap()
    await sees(page, /The phone was stolen on the bus/)
    await checkPage(page)

    const thief = await school.open('small')
    try {
      await thief.go('/sign-in')
      await thief.page.getByLabel('E-mail').fill(victim.email)
      await thief.page.getByLabel('Password', { exact: true }).fill(demoPassword)
      await button(thief.page, 'Sign in').tap()
      await sees(thief.page, /password/i)
      await thief.page.getByRole('alert').first().waitFor()
      thief.watch.forgive(/status of 401/)
    } finally {
      await thief.close()
    }
  })

  it('has all of it again on its own device: what was sent arrives, what was begun waits in its place', async () => {
    const { page } = phone
    await inDemo(phone, victim.name)
    await sees(teacher.page.getByRole('article'), 'Sent out of a tunnel')
    await phone.go(`/courses/${course}/chat`)
    await line(phone).waitFor()
    await becomes(() => line(phone).inputValue(), 'Half a thought')
    await button(page, 'Send').tap()
    await sees(teacher.page.getByRole('article'), 'Half a thought')
    await page.reload()
    await line(phone).waitFor()
    await becomes(() => line(phone).inputValue(), '')
    await phone.go(work)
    const text = page.getByLabel('Your text').and(page.locator('textarea'))
    await text.waitFor()
    await becomes(() => text.inputValue(), 'Dear tree, ')
    await teacher.go(note)
    await phone.go(note)
    await shows(page, 'And warm in the sun.')
    await shows(teacher.page, 'And warm in the sun.')
    for (const one of [boss, second, teacher, phone]) assert.deepEqual(one.watch.lines, [])
  })
})
