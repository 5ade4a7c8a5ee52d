// People as a school knows them, on phones: fields of a profile with several lines and a link, filled in before somebody else's
// eyes; and lists of OneRoster, of which a later one changes the people of the first and the ends of their enrolments, undone.
import assert from 'node:assert/strict'
import { courseRoutes } from '#protocol/courses.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('people as a school knows them', () => {
  inOrder()
  const learner = learners[0] ?? assert.fail()
  let school: School
  let office: Person
  let teacher: Person
  let ada: Person
  let learnerId = ''
  let courseId = ''

  before(async () => {
    school = await openSchool()
    learnerId = (await accounts.findOne({ where: { email: learner.email }, rejectOnEmpty: true })).id
    const { id } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const client = await signedInClient(school, { accountId: id })
    const title = 'Zoology for the second year, with a week by the sea'
    courseId = (await client.request(courseRoutes.create, { title, shortName: 'ZOO 2' })).course.id
    office = await school.open('small', administrator)
    teacher = await school.open('small', instructor)
    ada = await school.open('small', learner)
  })
  after(async () => {
    for (const one of [office, teacher, ada]) await one?.close()
  })

  const ask = async (name: string, kind: string) => {
    const { page } = office
    await button(page, 'New field').first().tap()
    const dialog = page.getByRole('dialog', { name: 'New field' })
    await dialog.getByLabel('Name of the field').fill(name)
    await dialog.getByLabel('Kind').selectOption({ label: kind })
    await button(dialog, 'Save field').tap()
    await dialog.waitFor({ state: 'detached' })
    await sees(page, name)
  }

  it('say something in several lines and lead to a page of theirs, which others see at once', async () => {
    await office.go('/people-fields')
    await ask('What I work on', 'Several lines')
    await ask('My page', 'Link to a page')
    await checkPage(office.page)
    await teacher.go(`/people/${learnerId}`)
    await teacher.page.getByRole('heading', { name: learner.name, level: 1 }).waitFor()
    const { page } = ada
    await ada.go('/you')
    await page.getByLabel('My page').fill('javascript:alert(1)')
    await page.getByLabel('What I work on').fill('Lichens of the old wall.\nHow they age.')
    await sees(page, 'This is no address of a page. It begins with https:// or http://.')
    await checkPage(page)
    await page.getByLabel('My page').fill('https://lichens.example/wall?year=2')
    await page.getByLabel('What I work on').focus()
    await misses(page, 'This is no address of a page. It begins with https:// or http://.')
    await sees(teacher.page, /Lichens of the old wall\.\s+How they age\./)
    const leads = link(teacher.page, 'https://lichens.example/wall?year=2')
    await leads.waitFor()
    assert.deepEqual(
      [await leads.getAttribute('href'), await leads.getAttribute('rel')],
      ['https://lichens.example/wall?year=2', 'noopener noreferrer'],
    )
    await checkPage(teacher.page)
    await page.getByLabel('My page').fill('')
    await page.getByLabel('What I work on').focus()
    await leads.waitFor({ state: 'detached' })
  })

  const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  const send = async (users: string, enrolments: string) => {
    const { page } = office
    await office.go('/imports')
    await page
      .locator('input[name=people]')
      .setInputFiles(csv('users.csv', `sourcedId,givenName,familyName,email\n${users}`))
    await page
      .locator('input[name=enrolments]')
      .setInputFiles(csv('enrollments.csv', `sourcedId,classSourcedId,userSourcedId,role,endDate\n${enrolments}`))
    await page
      .locator('input[name=classes]')
      .setInputFiles(csv('classes.csv', 'sourcedId,title,classCode\nc1,Zoology,ZOO 2\n'))
    await button(page, 'Check the lists').tap()
    await sees(page, 'Checked, not imported yet')
  }

  it('come from OneRoster with their ends, and a later list changes them where it says otherwise', async () => {
    const { page } = office
    const list = teacher.page.getByRole('table', { name: 'People' })
    await teacher.go(`/courses/${courseId}/people`)
    await list.waitFor()
    await send(
      'u1,Ida,Marsh,ida@zoo.example\nu2,Jo,Fen,jo@zoo.example\n',
      'e1,c1,u1,student,2090-07-01\ne2,c1,u2,student,soon\n',
    )
    await sees(page, 'A day is not readable: write it as 2027-01-31')
    await sees(page, 'Until 30 June 2090')
    await checkPage(page)
    await button(page, 'Import').tap()
    await sees(page, 'The import is done')
    await link(list, 'Ida Marsh').waitFor()
    await sees(list, /until 30 June 2090/i)

    await send('u1,Ida,Marsh-Brook,ida.brook@zoo.example\n', 'e1,c1,u1,student,2090-09-01\n')
    await sees(page, 'Name: Ida Marsh becomes Ida Marsh-Brook')
    await sees(page, 'Address: ida@zoo.example becomes ida.brook@zoo.example')
    await sees(page, 'End: 30 June 2090 becomes 31 August 2090')
    await checkPage(page)
    await button(page, 'Import').tap()
    await sees(page, 'The import is done')
    await link(list, 'Ida Marsh-Brook').waitFor()
    await sees(list, /until 31 August 2090/i)
    await checkPage(teacher.page)
  })

  it('are as they were once that list is undone', async () => {
    const { page } = office
    const list = teacher.page.getByRole('table', { name: 'People' })
    await button(page, 'Undo the import').tap()
    const dialog = page.getByRole('dialog', { name: 'Undo this import?' })
    await sees(dialog, '2 changes to what was there are put back, but for what was changed again.')
    await checkPage(page)
    await button(dialog, 'Undo the import').tap()
    await sees(page, 'The import was undone')
    await sees(list, /until 30 June 2090/i)
    await teacher.go(`/courses/${courseId}/people`)
    await link(list, 'Ida Marsh').waitFor()
    for (const one of [office, teacher, ada]) assert.deepEqual(one.watch.lines, [])
  })
})
