// An instructor sets up a course: publishes it module by module in front of a learner, moves many dates at once, looks at it
// as a learner of one section and of another, and reads who changed what.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { conditionRoutes } from '#protocol/conditions.ts'
import { courseRoutes, courseScope } from '#protocol/courses.ts'
import { groupsScope } from '#protocol/groups.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('setting up a course', () => {
  inOrder()
  let school: School
  let teacher: Person
  let phone: Person
  let tom: Person
  let home: string

  before(async () => {
    school = await openSchool()
    const { id: accountId } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const host = await signedInClient(school, { accountId })
    const { items: courses } = await host.request(courseRoutes.list, { search: 'Biology 1' })
    const courseId = courses[0]?.id ?? assert.fail()
    home = `/courses/${courseId}`
    // The lab's text is for the Thursday lab alone.
    const { items } = (await host.subscribe(courseScope, courseId)).state()
    const { groups } = (await host.subscribe(groupsScope, courseId)).state()
    const groupId = groups.find(one => one.name === 'Thursday lab')?.id ?? assert.fail()
    const tour = items.find(one => one.title === 'A tour of the cell') ?? assert.fail()
    await host.request(conditionRoutes.change, {
      ...{ courseId, subject: 'item', subjectId: tour.id, version: 0, from: null, until: null, hidden: true },
      tree: { op: 'all', of: [{ kind: 'group', groupId }] },
    })
    const admin = await signedInClient(school, { role: 'administrator' })
    const { role } = await admin.request(accessRoutes.createRole, { name: 'Lab assistant', copyOf: 'assistant' })
    const helper = await accounts.findOne({ where: { email: learners[0]?.email ?? '' }, rejectOnEmpty: true })
    await admin.request(accessRoutes.grantRole, { kind: 'course', id: courseId, role: role.key, accountId: helper.id })
    teacher = await school.open('desktop', instructor)
    phone = await school.open('small', instructor)
    tom = await school.open('small', learners.at(-1))
  })
  after(async () => {
    for (const one of [teacher, phone, tom]) await one?.close()
  })

  const more = async ({ page }: Person, act: string) => {
    await button(page, 'More for this course').click()
    await page.getByRole('menuitem', { name: act }).click()
  }
  const box = ({ page }: Person, title: string) => page.getByRole('checkbox', { name: `Choose ${title}` })
  /** A pair of keys counts within a second: on a busy machine it is pressed again, as a person would. */
  const endPreview = () =>
    waitFor(async () => {
      const { page } = phone
      await page.keyboard.press('g')
      await page.keyboard.press('x')
      const gone = page
        .getByText(/as: (Learner|Assistant)/)
        .first()
        .waitFor({ state: 'hidden', timeout: 3_000 })
      return gone.then(
        () => true,
        () => false,
      )
    }, 'the preview to end')
  const undo = () => button(teacher.page.locator('.toast').last(), 'Undo').click()

  it('hides a module with all it holds, which learners then do not see, and shows it by its menu', async () => {
    const { page } = teacher
    const week = 'Week 2: Photosynthesis'
    const title = 'Where a tree gets its weight'
    const act = async (name: string) => {
      await button(page, `Change ${week}`).click()
      await page.getByRole('menuitem', { name }).click()
    }
    const unseen = 'Learners do not see this module: nothing in it is published.'
    await tom.go(home)
    await sees(tom.page, title)
    await sees(tom.page, week)
    await teacher.go(home)
    await act('Hide all from learners')
    await misses(tom.page, week)
    await undo()
    await sees(tom.page, week)
    await misses(page, unseen)
    await act('Hide all from learners')
    await sees(page, unseen)
    await checkPage(page)
    await phone.go(home)
    await more(phone, 'See it as…')
    await button(phone.page.getByRole('dialog'), 'See it').click()
    await sees(phone.page, /as: Learner/)
    await misses(phone.page, week)
    // One thing of it is enough for the module to be seen, and the rest follows at once.
    await button(page, `Publish ${title}`).click()
    for (const one of [tom, phone]) await sees(one.page, week)
    await misses(page, unseen)
    await endPreview()
    await act('Publish all')
    await page.getByRole('button', { name: `Publish ${title}` }).waitFor({ state: 'detached' })
    await button(page, `Change ${week}`).click()
    await page.getByRole('menuitem', { name: 'Publish all', disabled: true }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('goes module by module, and a learner sees each come', async () => {
    const { page } = teacher
    await more(teacher, 'Choose several…')
    await box(teacher, 'Week 2: Photosynthesis').click()
    await button(page, 'Hide from learners').click()
    await misses(tom.page, 'Where a tree gets its weight')
    await sees(page, '0 chosen')
    await box(teacher, 'Week 2: Photosynthesis').click()
    await button(page, 'Publish').click()
    await sees(tom.page, 'Where a tree gets its weight')
    // What is chosen is let go of once the answer has come.
    await sees(page, '0 chosen')
  })

  it('takes many by Shift, gives them dates, moves these, and takes it back at once', async () => {
    const { page } = teacher
    await box(teacher, 'Welcome, and how this course works').focus()
    await page.keyboard.press('Space')
    await box(teacher, 'Cells: warm-up').click({ modifiers: ['Shift'] })
    await sees(page, '3 chosen')
    await checkPage(page)
    const dialog = page.getByRole('dialog')
    await button(page, 'Dates').click()
    await dialog.getByRole('radio', { name: /^Set when/ }).check()
    await dialog.getByLabel('Opens on').fill('2031-05-01')
    await button(dialog, 'Change dates').click()
    await sees(tom.page, /Opens on/)
    await sees(page, '0 chosen')
    // The next notice alone is taken back.
    await button(page.locator('.toast').last(), 'Dismiss').click()
    await box(teacher, 'Week 1: The cell').click()
    await button(page, 'Dates').click()
    await dialog.getByLabel('Days').fill('soon')
    await button(dialog, 'Change dates').click()
    await sees(dialog, /^A number of days up to/)
    await dialog.getByLabel('Days').fill('14')
    await button(dialog, 'Change dates').click()
    await sees(page, /Opens on May 15/)
    await undo()
    await sees(page, /Opens on May 1,/)
    await box(teacher, 'Week 1: The cell').click()
    await button(page, 'Dates').click()
    await dialog.getByRole('radio', { name: /^Set when/ }).check()
    await button(dialog, 'Change dates').click()
    await misses(tom.page, /Opens on/)
    await page.keyboard.press('Escape')
    await box(teacher, 'Week 1: The cell').waitFor({ state: 'hidden' })
  })

  it('is seen as a learner of one section and of the other, and nothing is recorded', async () => {
    const { page } = phone
    await phone.go(home)
    await more(phone, 'See it as…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Section').selectOption({ label: 'Thursday lab' })
    await button(dialog, 'See it').click()
    await sees(page, /as: Learner, Thursday lab/)
    await sees(page, 'A tour of the cell')
    await misses(page, 'Start class')
    await checkPage(page)
    await link(page, 'Groups').click()
    await button(page, 'Join Group 4').tap()
    await sees(page, 'Nothing is recorded in a preview. End it to do this yourself.')
    phone.watch.forgive(/409/)
    await button(page, 'Change').tap()
    await dialog.getByLabel('Section').selectOption({ label: 'Monday lab' })
    await button(dialog, 'See it').click()
    await sees(page, /as: Learner, Monday lab/)
    await sees(page, 'Welcome, and how this course works')
    await misses(page, 'A tour of the cell')
    // What is done meanwhile comes to the preview as it does to a learner.
    await teacher.go(home)
    const first = 'Welcome, and how this course works'
    await button(teacher.page, `Change ${first}`).click()
    await teacher.page.getByRole('menuitem', { name: 'Hide from learners' }).click()
    for (const one of [phone, tom]) await misses(one.page, first)
    await undo()
    for (const one of [phone, tom]) await sees(one.page, first)
    await button(page, 'Change').tap()
    await dialog.getByLabel('Role').selectOption({ label: 'Assistant' })
    await button(dialog, 'See it').click()
    await sees(page, /as: Assistant/)
    await checkPage(page)
    await endPreview()
    await button(page, 'Start class').waitFor()
  })

  it('names the roles that its people hold in it beside the one they are enrolled in', async () => {
    const { page } = teacher
    await teacher.go(`${home}/people`)
    const held = page.getByRole('list', { name: `Further roles of ${learners[0]?.name} here` })
    await sees(held, 'Lab assistant')
    await checkPage(page)
    await phone.go(`${home}/people`)
    // The filter above offers it too, unseen while it is closed.
    await phone.page.getByText('Lab assistant', { exact: true }).filter({ visible: true }).first().waitFor()
    await checkPage(phone.page)
    assert.equal(await link(held, 'Lab assistant').count(), 0)
    const office = await school.open('small', administrator)
    await office.go(`${home}/people`)
    await link(office.page, 'Lab assistant').click()
    await office.page.waitForURL(/\/roles\/places\/course\//)
    await office.close()
  })

  it('tells in its log who changed what, and what it was before', async () => {
    const { page } = teacher
    await teacher.go(home)
    await more(teacher, 'Change log')
    await sees(page, 'Item: dates moved')
    await checkPage(page)
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Access' })
    await misses(page, 'Item: hidden')
    const entry = page.getByRole('listitem').filter({ hasText: 'A tour of the cell' }).last()
    await entry.getByText('Access: changed').click()
    await sees(entry, 'conditions')
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Note' })
    await sees(page, 'Miriam Okafor')
    await phone.go(`${home}/log`)
    await sees(phone.page, 'Item: published')
    await checkPage(phone.page)
    // Whoever has it open reads what is changed meanwhile, and that it was taken back.
    await phone.page.getByLabel('What', { exact: true }).selectOption({ label: 'Completion' })
    await sees(phone.page, 'Nothing matches')
    await teacher.go(`${home}/progress`)
    await button(page, 'What completes the course').click()
    const dialog = page.getByRole('dialog', { name: 'What completes the course' })
    await dialog.getByLabel('Learners say so themselves').check()
    await button(dialog, 'Save').click()
    const changes = phone.page.getByText('Completion: changed')
    await changes.first().waitFor()
    await undo()
    await changes.nth(1).waitFor()
    await changes.first().tap()
    await sees(phone.page, 'parts')
    await checkPage(phone.page)
    await tom.go(`${home}/log`)
    await sees(tom.page, /could not be loaded/)
    tom.watch.forgive(/403/)
  })
})
