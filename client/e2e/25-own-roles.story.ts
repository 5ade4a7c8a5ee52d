// A role of the school's own (8.2), from its copy to its work in a course: copied, compared, exported and reset under the eyes of
// a second administrator; given and taken among the people of a course, where whoever gets it is shown what it opens at
// once and the open list of another instructor follows. Everybody holds a phone.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { accessRoutes } from '#protocol/access.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator } from '#server/seeds/people.ts'
import { makeCourse, makePerson, type TestCourse } from '#server/test/classes.ts'
import { makeAccount, signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const tutor = 'Tutor of the laboratories who sees no grades'
const grades = 'See everybody’s grades'

describe("a role of the school's own", () => {
  inOrder()
  let school: School
  let boss: Person
  let second: Person
  let teacher: Person
  let other: Person
  let aide: Person
  let course: TestCourse
  let people = ''

  const as = async (person: Person, accountId: Parameters<typeof signIn>[0]) =>
    person.context.addCookies([{ name: 'lectern', value: await signIn(accountId), url: school.origin }])
  before(async () => {
    school = await openSchool()
    course = await makeCourse('Cells from within')
    people = `/courses/${course.courseId}/people`
    boss = await school.open('hand', administrator)
    second = await school.open('hand')
    await as(second, await makeAccount({ role: 'administrator', name: 'Second Administrator' }))
    teacher = await school.open('hand')
    await as(teacher, course.instructorId)
    other = await school.open('hand')
    await as(other, await makePerson(course.courseId, 'instructor', 'Other Instructor'))
    aide = await school.open('hand')
    await as(aide, await makePerson(course.courseId, 'learner', 'Nadia Aide'))
  })
  after(async () => {
    for (const one of [boss, second, teacher, other, aide]) await one?.close()
  })

  const may = (at: Person, name: string) => at.page.getByLabel(name, { exact: true })
  const roleOf = ({ page }: Person, name: string) => page.getByLabel(`Role of ${name}`)
  const chosen = (at: Person, name: string, role: string) =>
    roleOf(at, name).locator('option:checked').filter({ hasText: role }).waitFor({ state: 'attached' })

  it('is copied before the eyes of a second administrator, compared and taken away as a file', async () => {
    const { page } = boss
    await second.go('/roles')
    await link(second.page.getByRole('main'), /^Assistant/).waitFor()
    await boss.go('/roles')
    await button(page, 'Copy a role').tap()
    const dialog = page.getByRole('dialog', { name: 'Copy a role' })
    await dialog.getByLabel('Copy of').selectOption({ label: 'Assistant' })
    await dialog.getByLabel('Name').fill(tutor)
    await button(dialog, 'Make the role').tap()
    await page.getByRole('heading', { name: tutor, level: 1 }).waitFor()
    await link(second.page.getByRole('main'), tutor).tap()
    await second.page.getByRole('heading', { name: tutor, level: 1 }).waitFor()
    await may(boss, grades).uncheck()
    await button(page, 'Save').tap()
    await sees(second.page, /^This role has just been changed elsewhere\./)
    await may(second, grades).and(second.page.locator(':not(:checked)')).waitFor()
    await checkPage(second.page)
    await page.getByLabel('Compare with').selectOption({ label: 'Assistant' })
    const side = page.getByRole('status').filter({ hasText: 'Only Assistant' })
    await sees(side, grades)
    await checkPage(page)
    const [download] = await Promise.all([page.waitForEvent('download'), link(page, 'Export as a file').tap()])
    const file = JSON.parse(await readFile(await download.path(), 'utf8'))
    assert.equal(file.name, tutor)
    assert.ok(!file.capabilities.includes('grade.view-all') && file.capabilities.includes('content.change'))
  })

  it('is reset, which its notice takes back, both seen by the other', async () => {
    const { page } = boss
    await button(page, 'More').last().tap()
    await page.getByRole('menuitem', { name: 'Reset to Assistant' }).tap()
    await may(second, grades).and(second.page.locator(':checked')).waitFor()
    // The other may see it before this page has its notice: the one about the saving may still stand.
    await button(page.locator('.toast', { hasText: 'The role may again what' }), 'Undo').tap()
    await may(second, grades).and(second.page.locator(':not(:checked)')).waitFor()
    await may(boss, grades).and(page.locator(':not(:checked)')).waitFor()
  })

  it('keeps what is not saved where it was left, says so, and leads back to it', async () => {
    const { page } = boss
    await may(boss, grades).check()
    await link(page.getByRole('main'), 'Roles and rights').tap()
    const notice = page.locator('.toast', { hasText: 'are not saved. They wait on its page' })
    await notice.waitFor()
    await checkPage(page)
    await button(notice, 'Back to the role').tap()
    await page.getByRole('heading', { name: tutor, level: 1 }).waitFor()
    await may(boss, grades).and(page.locator(':checked')).waitFor()
    await becomes(() => may(second, grades).isChecked(), false, 'nobody else sees it')
    await button(page, 'Discard').tap()
    await may(boss, grades).and(page.locator(':not(:checked)')).waitFor()
  })

  it('is given among the people of a course: whoever gets it sees what it opens, and another open list follows', async () => {
    const { page } = teacher
    await aide.go(`/courses/${course.courseId}`)
    await aide.page.getByRole('heading', { name: 'Cells from within', level: 1 }).waitFor()
    assert.equal(await button(aide.page, 'Add module').count(), 0)
    await other.go(people)
    await chosen(other, 'Nadia Aide', 'Learner')
    await teacher.go(people)
    await roleOf(teacher, 'Nadia Aide').selectOption({ label: tutor })
    await sees(page, `Nadia Aide is now ${tutor}.`)
    await chosen(other, 'Nadia Aide', tutor)
    await button(aide.page, 'Add module').first().waitFor()
    await checkPage(aide.page)
    await checkPage(page)
    await page.getByLabel('Role', { exact: true }).selectOption({ label: `${tutor} (1)` })
    await misses(page, 'Other Instructor')
    await sees(page, 'Nadia Aide')
    await sees(page, '3 people')
    await checkPage(page)
    await page.getByLabel('Role', { exact: true }).selectOption({ label: 'All roles' })
  })

  it('is taken back by the notice, which the same two see, and given to somebody new by their address', async () => {
    const { page } = teacher
    await roleOf(teacher, 'Nadia Aide').selectOption({ label: 'Learner' })
    await button(aide.page, 'Add module').first().waitFor({ state: 'detached' })
    await chosen(other, 'Nadia Aide', 'Learner')
    await button(page.locator('.toast', { hasText: 'Nadia Aide is now Learner.' }), 'Undo').tap()
    await button(aide.page, 'Add module').first().waitFor()
    await chosen(other, 'Nadia Aide', tutor)
    const accountId = await makeAccount({ name: 'Newa Comer', email: 'newa@roles.example' })
    assert.ok(accountId)
    await button(page, 'Add person').tap()
    const dialog = page.getByRole('dialog', { name: 'Add a person' })
    await dialog.getByLabel('E-mail').fill('newa@roles.example')
    await dialog.getByLabel('Role').selectOption({ label: tutor })
    await checkPage(page)
    await button(dialog, 'Add person').tap()
    await chosen(other, 'Newa Comer', tutor)
    await sees(other.page, '4 people')
  })

  it('gives way to another under an open page of grades, which shows what that opens and shuts', async () => {
    const toGrading = link(aide.page.getByRole('main'), 'Grading')
    // What was on its way to be read anew while a role went is refused.
    aide.watch.disregard(/status of 403/)
    await aide.go(`/courses/${course.courseId}/grades`)
    await aide.page.getByRole('heading', { name: 'Grades', level: 1 }).waitFor()
    await roleOf(teacher, 'Nadia Aide').selectOption({ label: 'Instructor' })
    await toGrading.waitFor()
    await checkPage(aide.page)
    await roleOf(teacher, 'Nadia Aide').selectOption({ label: tutor })
    await toGrading.waitFor({ state: 'detached' })
    await checkPage(aide.page)
  })

  it('is refused where it would be more than who gives it has, and shown where it was given beside an enrolment', async () => {
    const admin = await signedInClient(school, {
      accountId: (await accounts.findOne({ where: { email: administrator.email }, rejectOnEmpty: true })).id,
    })
    const { items } = await admin.request(accessRoutes.listRoles, {})
    const role = items.find(one => one.name === tutor) ?? assert.fail()
    await admin.request(accessRoutes.changeRole, {
      roleId: role.key as never,
      version: role.version,
      capabilities: [...role.capabilities, 'role.give'],
    })
    const guestId = await makeAccount({ name: 'Guido Given' })
    await admin.request(accessRoutes.grantRole, {
      ...{ kind: 'course', id: course.courseId, role: role.key, accountId: guestId },
    })
    await chosen(other, 'Guido Given', 'Not enrolled')
    await sees(other.page, '5 people')
    await roleOf(other, 'Nadia Aide').selectOption({ label: 'Learner' })
    await sees(other.page, /You cannot give or take what you may not do here yourself/)
    await chosen(other, 'Nadia Aide', tutor)
    other.watch.forgive(/status of 403/)
    await checkPage(other.page)
  })

  it('stands in the trail, which the second administrator has open, and which a teacher is refused', async () => {
    const rows = second.page.getByRole('list', { name: 'Audit log' }).getByRole('listitem')
    await second.go('/audit')
    await rows.first().waitFor()
    await boss.go('/roles')
    await link(boss.page.getByRole('main'), tutor).tap()
    await may(boss, 'Write notes').uncheck()
    await button(boss.page, 'Save').tap()
    const changed = rows.filter({ hasText: 'Role: changed' }).filter({ hasText: administrator.name })
    await changed.filter({ hasText: tutor }).getByText('may no longer Write notes').waitFor()
    await checkPage(second.page)
    await teacher.go('/audit')
    await sees(teacher.page, /^You may not do this here/)
    teacher.watch.disregard(/status of 403/)
    await checkPage(teacher.page)
    // Rights in the course are not the teacher's to give: the page says whose they are.
    await teacher.go(`/roles/places/course/${course.courseId}`)
    await sees(teacher.page, 'You do not look after roles here')
    await sees(teacher.page, /^Rights in this place are looked after by the administrators/)
    await checkPage(teacher.page)
  })
})
