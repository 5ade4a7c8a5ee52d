// Enrolment by oneself, on phones: an instructor opens a course with a key, a learner finds it, is refused with a wrong key, comes
// in before the instructor's eyes, leaves and takes that back; a full and a closed course say so.
import assert from 'node:assert/strict'
import { courseRoutes } from '#protocol/courses.ts'
import { groupRoutes } from '#protocol/groups.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('enrolment by oneself', () => {
  inOrder()
  const [first, second] = learners
  assert.ok(first && second)
  const title = 'Ecology of the high valleys, with excursions in every weather and nights in huts'
  let school: School
  let teacher: Person
  let ada: Person
  let ben: Person
  let courseId = ''

  before(async () => {
    school = await openSchool()
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const client = await signedInClient(school, { accountId: id })
    const summary = 'What grows above the trees, and what lives of it. Bring boots.'
    courseId = (await client.request(courseRoutes.create, { title, shortName: 'ECO 3', summary })).course.id
    await client.request(groupRoutes.create, { courseId, names: ['Monday lab'] } as never)
    teacher = await school.open('small', instructor)
    ada = await school.open('small', first)
    ben = await school.open('small', second)
  })
  after(async () => {
    for (const one of [teacher, ada, ben]) await one?.close()
  })
  const dialog = () => teacher.page.getByRole('dialog', { name: 'Self-enrolment' })
  const table = () => teacher.page.getByRole('table', { name: 'People' })
  const card = () => teacher.page.getByRole('region', { name: 'Self-enrolment' })

  it('is found by nobody until an instructor opens it, with a key, a window and a section', async () => {
    await ada.go('/courses')
    await link(ada.page, 'Find a course').tap()
    await sees(ada.page, 'No course is open to you by itself')
    await checkPage(ada.page)
    const { page } = teacher
    await teacher.go(`/courses/${courseId}/people`)
    await sees(card(), 'People come in by you, by code or by link alone.')
    await button(card(), 'Open self-enrolment').tap()
    await dialog().getByLabel('Key (optional)').fill('edelweiss')
    await dialog().getByLabel('From').fill('2026-01-10')
    await dialog().getByLabel('Until, this day included').fill('2026-01-09')
    await dialog().getByLabel('Most learners').fill('none')
    await button(dialog(), 'Save').tap()
    await sees(dialog(), 'Write a number from 1 to 20,000.')
    await checkPage(page)
    await dialog().getByLabel('Until, this day included').fill('')
    await dialog().getByLabel('Most learners').fill('1')
    await dialog().getByLabel('Days they stay').fill('30')
    await dialog().getByLabel('Section they land in').selectOption({ label: 'Monday lab' })
    await dialog()
      .getByLabel(/may leave by themselves/)
      .check()
    await button(dialog(), 'Save').tap()
    await sees(page, 'The course is open to people of the school.')
    await sees(card(), 'Key: edelweiss')
    await checkPage(page)
  })

  it('is entered with the right key alone, and the open page of its people shows who came', async () => {
    const { page } = ada
    await ada.go('/catalogue')
    await page.getByRole('searchbox').fill('boots')
    await link(page, new RegExp(title)).tap()
    await sees(page, 'What grows above the trees, and what lives of it. Bring boots.')
    await sees(page, '30 days after the day you come')
    await checkPage(page)
    await page.getByLabel('Enrolment key').fill('Edelweiss')
    await button(page, 'Enrol').tap()
    await sees(page, /This is not the key of the course/)
    ada.watch.disregard(/403/)
    await checkPage(page)
    await page.getByLabel('Enrolment key').fill('edelweiss')
    await button(page, 'Enrol').tap()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await link(table(), first.name).waitFor()
    await sees(table(), /enrolled themselves/)
    await teacher.page.getByRole('combobox', { name: 'Section or group' }).selectOption({ label: 'Monday lab (1)' })
    await link(table(), first.name).waitFor()
    await checkPage(teacher.page)
  })

  it('is left by whoever came by themselves, before the eyes of staff, and leaving is taken back', async () => {
    const { page } = ada
    await button(page, 'More for this course').tap()
    // What the page asked for in the moment they were out is refused.
    ada.watch.disregard(/404/)
    await page.getByRole('menuitem', { name: 'Leave the course' }).tap()
    await sees(page, `You have left ${title}.`)
    await misses(teacher.page, first.name)
    await button(page, 'Undo').tap()
    await sees(page, `You are in ${title} again.`)
    await link(table(), first.name).waitFor()
    await link(page.getByRole('main'), new RegExp(title)).waitFor()
  })

  it('says that it is full, and that it is closed; closing is taken back', async () => {
    const { page } = ben
    await ben.go('/catalogue')
    await sees(page, 'Full')
    await link(page, new RegExp(title)).tap()
    await sees(page, 'All places are taken. One is free when somebody leaves.')
    await checkPage(page)
    await button(card(), 'Change self-enrolment').tap()
    await dialog().getByLabel('Most learners').fill('')
    await button(dialog(), 'Save').tap()
    await sees(teacher.page, 'Self-enrolment is changed.')
    await page.reload()
    await page.getByLabel('Enrolment key').fill('edelweiss')
    await button(card(), 'Change self-enrolment').tap()
    await dialog().getByLabel('Open to people of the school').uncheck()
    await button(dialog(), 'Save').tap()
    await sees(card(), 'People come in by you, by code or by link alone.')
    await button(page, 'Enrol').tap()
    await sees(page, 'Nobody can enrol in this course by themselves any more. Ask whoever runs it.')
    ben.watch.disregard(/409/)
    await checkPage(page)
    await button(teacher.page.locator('.toast', { hasText: 'Nobody enrols' }), 'Undo').tap()
    await sees(card(), 'Key: edelweiss')
    await page.reload()
    await page.getByLabel('Enrolment key').fill('edelweiss')
    await button(page, 'Enrol').tap()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await link(table(), second.name).waitFor()
    for (const one of [teacher, ada, ben]) assert.deepEqual(one.watch.lines, [])
  })
})
