// A school with more terms and departments than a choice offers: an administrator finds any of them by typing, on a phone, and
// whoever has the course open sees where it came to stand.
import { departmentRoutes } from '#protocol/organisation.ts'
import { sql } from '#server/platform/db/sequelize.ts'
import { administrator } from '#server/seeds/people.ts'
import { makeCourse, type TestCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { inOrder, openSchool, type Person, type School, sees } from './people.ts'

describe('a school of many terms and departments', function () {
  this.timeout(150_000)
  inOrder()
  let school: School
  let phone: Person
  let teacher: Person
  let course: TestCourse

  before(async () => {
    school = await openSchool()
    course = await makeCourse('Cells from within')
    await sql(`insert into terms (id, name, starts_on, ends_on)
      select gen_random_uuid(), 'Term ' || lpad(n::text, 4, '0'), date '2000-01-01' + n, date '2000-03-01' + n
        from generate_series(1, 1500) n`)
    await sql(`insert into departments (id, name)
      select gen_random_uuid(), 'Department ' || lpad(n::text, 4, '0') from generate_series(1, 1498) n`)
    const client = await signedInClient(school, { role: 'administrator' })
    await client.request(departmentRoutes.create, { name: 'Department 1499' })
    phone = await school.open('hand', administrator)
    teacher = await school.open('hand')
    const value = await signIn(course.instructorId)
    await teacher.context.addCookies([{ name: 'lectern', value, url: school.origin }])
  })
  after(async () => {
    for (const one of [phone, teacher]) await one?.close()
  })

  const choice = ({ page }: Person, label: string) => page.getByRole('combobox', { name: label, exact: true })
  const chosen = (person: Person, label: string, words: string) =>
    choice(person, label).locator('option:checked', { hasText: words }).waitFor({ state: 'attached' })

  it('says that there are more than the choice has, and finds one by typing', async () => {
    const { page } = phone
    await teacher.go(`/courses/${course.courseId}/settings`)
    await choice(teacher, 'Term').waitFor()
    await phone.go(`/courses/${course.courseId}/settings`)
    await sees(page, 'The list has 200 of more. Type to find any other.')
    await checkPage(page)
    await page.getByLabel('Find a term').fill('no such term')
    await sees(page, 'Nothing is called like this.')
    await page.getByLabel('Find a term').fill('0007')
    await sees(page, '1 found. Choose it in the list.')
    await choice(phone, 'Term').selectOption({ label: 'Term 0007' })
    await sees(page, 'Saved.')
  })

  it('shows it at once to who has the course open, though their choice does not offer it', async () => {
    await chosen(teacher, 'Term', 'Term 0007')
    await teacher.page.getByLabel('Find a term').fill('0008')
    await sees(teacher.page, '1 found. Choose it in the list.')
    // What was chosen stays chosen, whatever is looked for.
    await chosen(teacher, 'Term', 'Term 0007')
    await checkPage(teacher.page)
  })

  it('is put back as it was, by the same choice', async () => {
    const saved = phone.page.waitForResponse(response => response.request().method() === 'PATCH')
    await choice(phone, 'Term').selectOption({ label: 'None' })
    await saved
    await choice(teacher, 'Term').and(teacher.page.locator(':has(option:checked[value=""])')).waitFor()
  })

  it('finds a department the same way, and has it when the page is opened anew', async () => {
    const { page } = phone
    await phone.go(`/courses/${course.courseId}/settings`)
    await page.getByLabel('Find a department').fill('1499')
    await sees(page, '1 found. Choose it in the list.')
    const saved = page.waitForResponse(response => response.request().method() === 'PATCH')
    await choice(phone, 'Department').selectOption({ label: 'Department 1499' })
    await saved
    await phone.go(`/courses/${course.courseId}/settings`)
    await chosen(phone, 'Department', 'Department 1499')
    await checkPage(page)
  })
})
