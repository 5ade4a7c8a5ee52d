// The people of a school: an administrator adds one, who comes in by the link and shows who they are; is suspended on an
// open screen and let in again; and a list is read in and taken back.
import assert from 'node:assert/strict'
import sharp from 'sharp'
import { administrator, instructor } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

const name = 'Nadia Petrović-Castellanos de la Vega'

describe('the people of a school', function () {
  this.timeout(90_000)
  inOrder()
  let school: School
  let boss: Person
  let phone: Person
  let newcomer: Person

  before(async () => {
    school = await openSchool()
    boss = await school.open('desktop', administrator)
    phone = await school.open('small', administrator)
    newcomer = await school.open('phone')
  })
  after(async () => {
    for (const one of [boss, phone, newcomer]) await one?.close()
  })

  it('are found, and added with a link', async () => {
    await boss.go('/people')
    await boss.page.getByLabel('Search by name or address').fill(instructor.email)
    await sees(boss.page, instructor.email)
    await checkPage(boss.page)
    await button(boss.page, 'Add a person').click()
    const dialog = boss.page.getByRole('dialog', { name: 'Add a person' })
    await dialog.getByLabel('Name', { exact: true }).fill(name)
    await dialog.getByLabel('E-mail').fill('nadia@people.example')
    await button(dialog, 'Add a person').click()
    const address = await dialog.getByText(/\/invite\//).textContent()
    assert.ok(address)
    await newcomer.go(new URL(address).pathname)
    await newcomer.page.getByLabel('Your name').fill(name)
    await newcomer.page.getByLabel('Password', { exact: true }).fill('three quiet words')
    await button(newcomer.page, 'Create account').tap()
    await newcomer.page.getByRole('heading', { name: 'Today' }).waitFor()
  })

  it('show who they are: a picture that is cut, pronouns, a few lines', async () => {
    await newcomer.go('/you')
    await newcomer.page.getByLabel('Pronouns').fill('she/her')
    await newcomer.page.getByLabel('About you').fill('Likes moss.')
    await newcomer.page.getByLabel('Your name').focus()
    await sees(newcomer.page, /^Saved/)
    const buffer = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a43' } })
      .png()
      .toBuffer()
    await newcomer.page.getByLabel('Choose a picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer })
    await button(newcomer.page, 'Use this picture').tap()
    await button(newcomer.page, 'Take it away').waitFor()
    await checkPage(newcomer.page)
    await link(newcomer.page, 'See it as others do').tap()
    await sees(newcomer.page, 'Likes moss.')
    await checkPage(newcomer.page)
  })

  it('are shut out on the screen that is open, and let in again', async () => {
    await phone.go('/people?search=nadia@people.example')
    await button(phone.page, `What to do with ${name}`).tap()
    await checkPage(phone.page)
    await phone.page.getByRole('menuitem', { name: 'Suspend' }).tap()
    await sees(phone.page, `${name} is suspended and signed out everywhere.`)
    await newcomer.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await button(phone.page, 'Undo').tap()
    await sees(phone.page, `${name} may sign in again.`)
  })

  it('are in the trail, which proves itself', async () => {
    await boss.go('/audit')
    await sees(boss.page, 'Account: suspended')
    await button(boss.page, 'Check the chain').click()
    await sees(boss.page, 'The chain holds')
    await checkPage(boss.page)
  })

  it('are read in from a list, which says what it leaves out, and taken back', async () => {
    await boss.go('/imports')
    const list = 'name,email\nÓscar,oscar@people.example\nNobody,nowhere\n'
    await boss.page
      .getByLabel('Choose a file: People')
      .last()
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
    await button(boss.page, 'Check the lists').click()
    await sees(boss.page, 'This is not an address')
    await checkPage(boss.page)
    await button(boss.page, 'Import').click()
    await sees(boss.page, 'The import is done')
    await button(boss.page, 'Undo the import').click()
    await sees(boss.page, 'The import was undone')
    for (const one of [boss, phone]) assert.deepEqual(one.watch.lines, [])
  })
})
