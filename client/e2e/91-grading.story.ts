// How a course grades, set on a small phone: a late policy that is told before a hand-in and taken off the mark, waived and
// changed before the learner's eyes; letters of one's own; a total by weights with its calculation.
import assert from 'node:assert/strict'
import { assignmentRoutes } from '#protocol/assignments.ts'
import type { CourseId } from '#protocol/courses.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, hold, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const title = 'What a root is for'

describe('how a course grades', () => {
  inOrder()
  let school: School
  let teacher: Person
  let marker: Person
  let phone: Person
  let course = ''
  let assignment = ''
  const learner = learners[3] ?? assert.fail()

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
    marker = await school.open('desktop', instructor)
    phone = await school.open('small', learner)
    await teacher.go('/courses')
    await link(teacher.page.getByRole('main'), /Biology 1/).tap()
    await teacher.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
    course = new URL(teacher.page.url()).pathname
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const client = await signedInClient(school, { accountId: id })
    const given = {
      ...{ courseId: course.split('/').at(-1) as CourseId, title, points: '10', published: true },
      dueAt: new Date(Date.now() - 30.5 * 3_600_000).toISOString(),
      cutOffAt: new Date(Date.now() + 86_400_000).toISOString(),
    }
    assignment = `${course}/assignments/${(await client.request(assignmentRoutes.create, given as never)).assignment.id}`
  })
  after(async () => {
    for (const one of [teacher, marker, phone]) await one?.close()
  })

  const part = (name: string) => teacher.page.getByRole('form', { name })
  const save = async (name: string) => button(part(name), 'Save').tap()
  const undo = async () => {
    await button(teacher.page.locator('.toast').last(), 'Undo').tap()
    await sees(teacher.page, 'Taken back.')
  }

  it('is found from the grades, and says what is wrong before it is saved', async () => {
    const { page } = teacher
    await link(page.getByRole('main'), 'Grades').tap()
    await link(page.getByRole('main'), 'Grading').tap()
    await page.getByRole('heading', { level: 1, name: 'Grading' }).waitFor()
    await checkPage(page)
    await part('Late and missing work').getByLabel('Take something off for late work').check()
    await page.getByLabel('Percent of the points', { exact: true }).fill('0')
    await page.getByLabel('Minutes of grace').fill('x')
    await save('Late and missing work')
    await page.locator('.field-error').filter({ hasText: 'A percentage above 0 up to 100' }).waitFor()
    await page.locator('.field-error').filter({ hasText: 'Whole minutes' }).waitFor()
    await checkPage(page)
    await page.getByLabel('Percent of the points', { exact: true }).fill('10')
    await page.getByLabel('Minutes of grace').fill('5')
    await page.getByLabel('Not below, in percent').fill('30')
    await phone.go(assignment)
    await phone.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await save('Late and missing work')
    await sees(teacher.page, 'Saved.')
    await hold(teacher.page)
    await sees(
      phone.page,
      /^Each day late that was begun takes 10\s% of the points off, not below 30\s%\. 5 minutes late/,
    )
    await checkPage(phone.page)
  })

  it('is taken back, and set again', async () => {
    await undo()
    await misses(phone.page, /^Each day late/)
    const takes = part('Late and missing work').getByLabel('Take something off for late work')
    await teacher.page.waitForFunction(() => !document.querySelector<HTMLInputElement>('.choice-box')?.checked)
    await takes.check()
    await teacher.page.getByLabel('Not below, in percent').fill('30')
    await save('Late and missing work')
    await sees(phone.page, /^Each day late/)
  })

  it('says what coming late costs before a hand-in', async () => {
    const { page } = phone
    await page.getByLabel('Your text').fill('A root holds the plant and takes up water.')
    await button(page, 'Hand in').tap()
    const dialog = page.getByRole('dialog', { name: 'Hand in now?' })
    await sees(dialog, '30 hours late: −20 %, as it stands now.')
    await checkPage(page)
    await button(dialog, 'Hand in').tap()
    await sees(page, /It is not marked yet\./)
  })

  it('takes it off the mark, and both are told', async () => {
    const { page } = marker
    await marker.go(assignment)
    await link(page, 'Mark the next one').click()
    await page.getByRole('heading', { level: 1, name: learner.name }).waitFor()
    await page.getByLabel('Points of 10').fill('9')
    await sees(page, '30 hours late: −2 · The grade is then 7 of 10.')
    await checkPage(page)
    await button(page, /^Save mark$/).click()
    const sum = phone.page.getByRole('table', { name: 'How the grade comes of the mark' })
    await sum.getByText('7.00 of 10').waitFor()
    await sum.getByText('9.00').waitFor()
    await sum.getByText('−2.00').waitFor()
    await checkPage(phone.page)
  })

  it('is waived for one with a reason, which takes undoing', async () => {
    const { page } = marker
    await page.getByLabel('Let the lateness take nothing').check()
    await button(page, /^Save mark$/).click()
    await page.locator('.field-error').filter({ hasText: 'Say why.' }).waitFor()
    await checkPage(page)
    await page.getByLabel('Why', { exact: true }).fill('The bus broke down')
    await button(page, /^Save mark$/).click()
    await sees(phone.page, 'Nothing is taken off: The bus broke down')
    await hold(page)
    await checkPage(phone.page)
    await button(page.locator('.toast').last(), 'Undo').click()
    await phone.page.getByText('7.00 of 10').waitFor()
    await misses(phone.page, /^Nothing is taken off/)
  })

  it('shows whose grades another policy changes, and changes them', async () => {
    const { page } = teacher
    await page.getByLabel('Percent of the points', { exact: true }).fill('25')
    await save('Late and missing work')
    const dialog = page.getByRole('dialog', { name: 'Whose grades change' })
    await sees(dialog, '1 goes down')
    await dialog.getByText('7 → 4').waitFor()
    await checkPage(page)
    await button(dialog, 'Save and grade again').tap()
    await dialog.waitFor({ state: 'hidden' })
    await phone.page.getByText('4.00 of 10').waitFor()
    await undo()
    await phone.page.getByText('7.00 of 10').waitFor()
  })

  it('has one of its own where an assignment says so, after the same look', async () => {
    const { page } = marker
    await marker.go(`${assignment}?edit=1`)
    await page.getByLabel('Late and missing work').selectOption({ label: 'A policy of its own' })
    await page.getByLabel('Percent of the points', { exact: true }).fill('101')
    await button(page, 'Save').click()
    await page.locator('.field-error').filter({ hasText: 'A percentage above 0' }).waitFor()
    await checkPage(page)
    await page.getByLabel('Percent of the points', { exact: true }).fill('30')
    await button(page, 'Save').click()
    const dialog = page.getByRole('dialog', { name: 'Whose grades change' })
    await dialog.getByText('7 → 3').waitFor()
    await button(dialog, 'Cancel').click()
    await phone.page.getByText('7.00 of 10').waitFor()
    await button(page, 'Save').click()
    await button(dialog, 'Save and grade again').click()
    await phone.page.getByText('3.00 of 10').waitFor()
    await sees(phone.page, /^Each day late that was begun takes 30\s% of the points off\.$/)
    await marker.go(`${assignment}?edit=1`)
    await page.getByLabel('Late and missing work').selectOption({ label: 'As in the course' })
    await button(page, 'Save').click()
    await button(dialog, 'Save and grade again').click()
    await phone.page.getByText('7.00 of 10').waitFor()
  })

  it('shows grades by bands of the course, live', async () => {
    await phone.go(`${course}/grades`)
    const line = phone.page.getByRole('listitem').filter({ hasText: title })
    await line.getByText('7 of 10').waitFor()
    await line.getByText('30 hours late: −2').waitFor()
    await marker.go(`${course}/grades`)
    const { page } = teacher
    await part('How grades are shown')
      .getByRole('radio', { name: /Letters or words/ })
      .check()
    await button(page, 'Passed or not').tap()
    await page.getByLabel('From percent, band 2').fill('10')
    await save('How grades are shown')
    await page.locator('.field-error').filter({ hasText: 'The last band begins at 0.' }).waitFor()
    await checkPage(page)
    await page.getByLabel('From percent, band 2').fill('0')
    await page.getByLabel('From percent, band 1').fill('65')
    await save('How grades are shown')
    await line.getByText('Passed').waitFor()
    await hold(page)
    await checkPage(phone.page)
    await link(marker.page, new RegExp(`^${learner.name}, ${title}`))
      .getByText('Passed')
      .waitFor()
    await checkPage(marker.page)
    await undo()
    await line.getByText(/^7/).waitFor()
  })

  it('tells a total by weights with its calculation', async () => {
    const { page } = teacher
    const form = part('Total and categories')
    await form.getByRole('radio', { name: /By the weights/ }).check()
    await button(form, 'Add a category').tap()
    await button(form, 'Add a category').tap()
    const [first, second] = [form.locator('.category').nth(0), form.locator('.category').nth(1)]
    await first.getByLabel('Name').fill('Essays')
    await first.getByLabel('Weight in percent').fill('40')
    await first.getByLabel(title).check()
    await second.getByLabel('Name').fill('Classes')
    await second.getByLabel('Weight in percent').fill('50')
    await second.getByLabel('The cell: first class').check()
    await sees(form, 'Together 90 %')
    await save('Total and categories')
    await page.locator('.field-error').filter({ hasText: 'They must make 100 %.' }).waitFor()
    await checkPage(page)
    await second.getByLabel('Weight in percent').fill('60')
    await save('Total and categories')
    const sum = phone.page.getByRole('table', { name: 'How it adds up' })
    await sum.getByText('Essays').waitFor()
    await sum.getByText('7 of 10 · counts 40 %').waitFor()
    await checkPage(phone.page)
    const heads = marker.page.getByRole('columnheader')
    await marker.page.getByText('by weights').waitFor()
    assert.match((await heads.last().textContent()) ?? '', /Total/)
    await checkPage(marker.page)
  })
})
