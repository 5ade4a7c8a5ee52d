// A whole class enrolled from a list: tried at once with the reason for each row that can not be taken, then done; one of
// them sees the course appear on an open screen.
import assert from 'node:assert/strict'
import { absentee, instructor } from '#server/seeds/people.ts'
import { makeAccount } from '#server/test/factories.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('a list of people', () => {
  inOrder()
  let school: School
  let teacher: Person
  let phone: Person
  let newcomer: Person

  before(async () => {
    school = await openSchool()
    await makeAccount({ name: 'Nadia Petrović-Castellanos de la Vega', email: 'nadia@list.example' })
    await makeAccount({ name: 'Óscar', email: 'oscar@list.example' })
    teacher = await school.open('desktop', instructor)
    phone = await school.open('small', instructor)
    newcomer = await school.open('phone', { email: 'nadia@list.example' })
  })
  after(async () => {
    for (const one of [teacher, phone, newcomer]) await one?.close()
  })

  const openDialog = async (who: Person) => {
    await who.go('/courses')
    await link(who.page.getByRole('main'), /Biology 1/).click()
    await link(who.page, /People/)
      .first()
      .click()
    await button(who.page, 'From a list').click()
    return who.page.getByRole('dialog', { name: 'Add people from a list' })
  }

  it('is tried as soon as it is there, and says what can not be', async () => {
    await newcomer.go('/courses')
    await newcomer.page.getByRole('heading', { name: 'Courses' }).waitFor()
    const dialog = await openDialog(teacher)
    await checkPage(teacher.page)
    await dialog.getByLabel('Choose a CSV file').setInputFiles({
      name: 'class.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `E-Mail;Role\nnadia@list.example;\noscar@list.example;dean\nnobody@list.example;\n${absentee.email};\n`,
      ),
    })
    await sees(dialog, '2 rows cannot be taken')
    for (const words of ['Unknown role', 'Nobody has this address: invite them', 'Is in already', 'Will be enrolled'])
      await sees(dialog, words)
    await checkPage(teacher.page)
    await dialog.getByLabel('The list').fill('a,"b\nc')
    await sees(dialog, /cannot be read: a quotation mark is not closed/)
  })

  it('enrols the good ones, and a newcomer sees the course on the screen that is open', async () => {
    const dialog = await openDialog(phone)
    await dialog.getByLabel('The list').fill('nadia@list.example\noscar@list.example\nnobody@list.example')
    await sees(dialog, '1 row cannot be taken')
    await checkPage(phone.page)
    await button(dialog, 'Enrol 2 people').tap()
    await sees(phone.page, '2 people are enrolled.')
    // What was not taken is handed back before the dialog goes.
    await sees(dialog, '1 row was not taken')
    const file = await link(dialog, 'Download these rows').getAttribute('href')
    assert.match(decodeURIComponent(file ?? ''), /nobody@list\.example,learner,3,Nobody has this address/)
    await checkPage(phone.page)
    await button(dialog, 'Done').tap()
    await link(newcomer.page.getByRole('main'), /Biology 1/).waitFor()
    await sees(phone.page, 'Nadia Petrović-Castellanos de la Vega')
    await checkPage(phone.page)
    // The teacher's browser notes the list that could not be read.
    for (const one of [phone, newcomer]) assert.deepEqual(one.watch.lines, [])
  })

  it('gives somebody a last day, which the other desk sees, and takes it back', async () => {
    // Seen on the desk while it is set on the phone.
    await teacher.go(new URL(phone.page.url()).pathname)
    const name = 'Nadia Petrović-Castellanos de la Vega'
    await teacher.page.getByRole('row', { name: new RegExp(name) }).waitFor()
    await button(phone.page, `Change ${name}`).tap()
    await phone.page.getByRole('menuitem', { name: 'Set an end date…' }).tap()
    const dialog = phone.page.getByRole('dialog', { name: `End date of ${name}` })
    await dialog.getByLabel('Last day in the course').fill('2031-12-24')
    await checkPage(phone.page)
    await button(dialog, 'Save').tap()
    await sees(teacher.page, /Until .*2031/)
    await button(phone.page, 'Undo').tap()
    await teacher.page.getByText(/Until .*2031/).waitFor({ state: 'detached' })
  })
})
