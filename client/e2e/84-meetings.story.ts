// A meeting of a course, on a server of the school: set up by an administrator, added from a phone, seen live and joined by a
// learner, counted for staff; what is said while its server is away, and how it is taken out and brought back.
import assert from 'node:assert/strict'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { type BigBlueButton, startBigBlueButton } from '#server/test/bigbluebutton.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('meetings in a course', () => {
  inOrder()
  let school: School
  let there: BigBlueButton
  let keeper: Person
  let teacher: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    there = await startBigBlueButton()
    keeper = await school.open('desktop', administrator)
    teacher = await school.open('small', instructor)
    lena = await school.open('desktop', learners[3])
  })
  after(async () => {
    for (const one of [keeper, teacher, lena]) await one?.close()
  })

  it('stand on servers that an administrator set up and tried', async () => {
    const { page } = keeper
    await keeper.go('/')
    await link(page.getByRole('main'), /Meeting servers/).click()
    await sees(page, 'No server yet')
    await button(page, 'Add server').click()
    const dialog = page.getByRole('dialog', { name: 'Add server' })
    await dialog.getByLabel('Name', { exact: true }).fill('Video of the school')
    await dialog.getByLabel('Kind').selectOption({ label: 'BigBlueButton' })
    await button(dialog, 'Add server').click()
    await sees(dialog, 'Enter the secret that you share with the server.')
    await dialog.getByLabel('Address of the server').fill(there.address)
    await dialog.getByLabel('Secret', { exact: true }).fill(there.secret)
    await button(dialog, 'Add server').click()
    await sees(page, 'Video of the school')
    await button(page, 'More of Video of the school').click()
    await page.getByRole('menuitem', { name: 'Try it' }).click()
    await sees(page, 'Video of the school answers and knows this school.')
    await checkPage(page)
  })

  it('are added from a phone and come to learners as they are published', async () => {
    for (const one of [teacher, lena]) {
      await one.go('/courses')
      await link(one.page.getByRole('main'), /Biology 1/).click()
      await one.page.getByRole('heading', { level: 1, name: /Biology 1/ }).waitFor()
    }
    const { page } = teacher
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Meeting', exact: true }).tap()
    const dialog = page.getByRole('dialog', { name: 'Add a meeting' })
    await dialog.getByLabel('Title').fill('Questions before the test')
    await dialog.getByLabel('Address of the meeting').fill('http://meet.example')
    await button(dialog, 'Add meeting').tap()
    await sees(dialog, 'This is no address that begins with https.')
    await dialog.getByLabel('Where it is').selectOption({ label: 'Video of the school' })
    await dialog.getByLabel('What it is about').fill('Bring yours.')
    await checkPage(page)
    await button(dialog, 'Add meeting').tap()
    await link(page.getByRole('main'), 'Questions before the test').tap()
    await sees(page, 'Draft: only staff see this meeting.')
    assert.equal(await lena.page.getByText('Questions before the test').count(), 0)
    await button(page, 'Publish').tap()
    await link(lena.page.getByRole('main'), 'Questions before the test').click()
    await sees(lena.page, 'Bring yours.')
  })

  it('say so while the server is away, and open in a tab once it answers', async () => {
    const { page, watch } = lena
    there.mode = 'broken'
    await button(page, 'Join').click()
    await sees(page, "The meeting's server does not answer. Try again.")
    watch.forgive(/502/)
    await checkPage(page)
    there.mode = 'answers'
    const [tab] = await Promise.all([page.waitForEvent('popup'), button(page, 'Join').click()])
    await tab.waitForURL(/\/bigbluebutton\/api\/join\?/)
    assert.equal(await tab.title(), 'In the meeting')
    watch.forgive(/foreign host: http:\/\/127\.0\.0\.1:\d+\/(bigbluebutton|favicon)/)
    await tab.close()
    await sees(page, /You joined:/)
    assert.equal([...there.rooms.values()][0]?.[0]?.role, 'VIEWER')
  })

  it('tell staff who came, and stand in the week of everybody they are for', async () => {
    const { page } = teacher
    await button(page, 'Refresh').tap()
    await sees(page, /^1 of \d+ joined\./)
    const { name } = learners[3] ?? assert.fail()
    await page.getByRole('row', { name: new RegExp(`${name}.*yes`) }).waitFor()
    await checkPage(page)
    await lena.go('/')
    await link(lena.page.getByRole('list', { name: 'Coming up' }), 'Questions before the test').waitFor()
  })

  it('are taken out and brought back with who came', async () => {
    const { page } = teacher
    await link(page.getByRole('main'), /Biology 1/)
      .first()
      .tap()
    await button(page, 'Change Questions before the test').tap()
    await page.getByRole('menuitem', { name: 'Remove' }).tap()
    await link(page.getByRole('main'), 'Questions before the test').waitFor({ state: 'hidden' })
    await button(page.locator('.toast', { hasText: 'Questions before the test was removed.' }), 'Undo').tap()
    await link(page.getByRole('main'), 'Questions before the test').tap()
    await sees(page, /^1 of \d+ joined\./)
  })
})
