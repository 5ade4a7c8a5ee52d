// Grades that are told when staff say so: a column is held back, a learner's phone shows its title and no figure, it is
// released and held back again before their eyes; and whoever may not do it has no button for it.
import assert from 'node:assert/strict'
import { accessRoutes } from '#protocol/access.ts'
import { type GradeItemId, gradeRoutes } from '#protocol/grades.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const column = 'The cell: first class'

describe('grades that are released', () => {
  inOrder()
  const emre = learners[0] ?? assert.fail()
  let school: School
  let teacher: Person
  let phone: Person
  let course = ''

  const idOf = async (email: string) => (await accounts.findOne({ where: { email }, rejectOnEmpty: true })).id
  const row = (at: Person) => at.page.getByRole('listitem').filter({ hasText: column })
  const heldBack = () => teacher.page.getByRole('list', { name: 'Held back from learners' })

  before(async () => {
    school = await openSchool()
    teacher = await school.open('desktop', instructor)
    phone = await school.open('small', emre)
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).click()
    await link(teacher.page.getByRole('main'), new RegExp(column)).waitFor()
    course = new URL(teacher.page.url()).pathname
  })
  after(async () => {
    for (const person of [teacher, phone]) await person?.close()
  })

  it('are seen as soon as they are worked out, until a column is held back before the learner’s eyes', async () => {
    await phone.go(`${course}/grades`)
    await row(phone).getByText(/of 10/).waitFor()
    await teacher.go(`${course}/grades`)
    await button(teacher.page, /Columns.*release it or hold it back/).click()
    await teacher.page.getByRole('menuitem', { name: new RegExp(`^${column}.*Learners see it\\.$`) }).click()
    const dialog = teacher.page.getByRole('dialog')
    await sees(dialog, 'Learners see this column.')
    await checkPage(teacher.page)
    await button(dialog, 'Hold back').click()
    await heldBack().getByText(column).waitFor()
    await row(phone).getByText('Not released yet').waitFor()
    assert.equal(await row(phone).getByText(/of 10/).count(), 0)
    await checkPage(teacher.page)
    await checkPage(phone.page)
  })

  it('tell the learner nothing meanwhile on the page of the class', async () => {
    await phone.go(course)
    await link(phone.page.getByRole('main'), new RegExp(`^${column}`)).tap()
    await sees(phone.page, 'Not released yet')
    await phone.page.getByRole('heading', { name: 'Your answers' }).waitFor()
    assert.equal(await phone.page.getByText(/^(Not )?[Cc]orrect$/).count(), 0)
    await checkPage(phone.page)
  })

  it('are released after a look at how many see it, and are there without a reload', async () => {
    await button(teacher.page, `Release ${column}`).click()
    const dialog = teacher.page.getByRole('dialog', { name: `Release “${column}”` })
    await sees(dialog, /^\d+ learners see their grade at once, and are told\./)
    await checkPage(teacher.page)
    await button(dialog, 'Release').click()
    await dialog.waitFor({ state: 'hidden' })
    await sees(teacher.page, /^Released: \d+ learners see it now\.$/)
    await hold(teacher.page, 'Released:')
    await sees(phone.page, /^\d.* of 10$/)
    await misses(phone.page, 'Not released yet')
    await checkPage(phone.page)
  })

  it('are taken back by Undo', async () => {
    await phone.go(`${course}/grades`)
    await row(phone).getByText(/of 10/).waitFor()
    await button(teacher.page.locator('.toast', { hasText: 'Released:' }), 'Undo').click()
    await row(phone).getByText('Not released yet').waitFor()
    await heldBack().getByText(column).waitFor()
  })

  it('can have a time of their own', async () => {
    await button(teacher.page, `Release ${column}`).click()
    const dialog = teacher.page.getByRole('dialog', { name: `Release “${column}”` })
    await dialog.getByRole('radio', { name: 'At a time' }).check()
    await checkPage(teacher.page)
    await button(dialog, 'Save the time').click()
    await heldBack()
      .getByText(/^Is released /)
      .waitFor()
    await teacher.page.setViewportSize({ width: 390, height: 844 })
    await checkPage(teacher.page)
    await teacher.page.setViewportSize({ width: 1280, height: 800 })
  })

  it('are held back from the start where the course says so', async () => {
    const holds = teacher.page.getByRole('switch', { name: /Hold new columns back/ })
    await holds.click()
    await sees(teacher.page, 'New columns are held back from now on.')
    await button(teacher.page.locator('.toast', { hasText: 'New columns are held back' }), 'Undo').click()
    await sees(teacher.page, 'New columns are seen by learners at once from now on.')
    await becomes(() => holds.isChecked(), false)
  })

  it('are no matter of an assistant without the right: no button, and a refusal', async () => {
    const boss = await signedInClient(school, { accountId: await idOf(administrator.email) })
    const { role } = await boss.request(accessRoutes.createRole, { name: 'Marker', copyOf: 'assistant' })
    const capabilities = role.capabilities.filter(one => one !== 'grade.release')
    await boss.request(accessRoutes.changeRole, { roleId: role.key as never, version: 0, capabilities })
    const courseId = course.split('/').at(-1) ?? assert.fail()
    const marker = await signedInClient(school, { name: 'Mara Marker', email: 'mara@example.org' })
    const grant = { kind: 'course' as const, id: courseId, role: role.key, accountId: marker.accountId }
    await boss.request(accessRoutes.grantRole, grant)
    const { gradeItems } = await marker.request(gradeRoutes.table, { courseId })
    const { id, version } = gradeItems.find(one => one.title === column) ?? assert.fail()
    const asked = { gradeItemId: id as GradeItemId, version, held: false }
    await assert.rejects(marker.request(gradeRoutes.release, asked), { code: 'not-allowed' })
    const mara = await school.open('small')
    const [name = '', value = ''] = marker.cookie().split('=')
    await mara.context.addCookies([{ name, value, url: school.origin }])
    await mara.go(`${course}/grades`)
    await mara.page.getByRole('list', { name: 'Held back from learners' }).getByText(column).waitFor()
    assert.equal(await button(mara.page, /^Release/).count(), 0)
    assert.equal(await mara.page.getByRole('switch').count(), 0)
    await checkPage(mara.page)
    await mara.close()
  })

  it('is said on the page of one grade for staff too', async () => {
    await link(teacher.page, new RegExp(`^${emre.name}, ${column}`)).click()
    // The list it came from says the same of the column.
    await teacher.page.getByRole('heading', { level: 1, name: column }).waitFor()
    await sees(teacher.page, /Learners see “Not released yet”/)
    await checkPage(teacher.page)
  })
})
