// What an administrator does with the people of the school beyond their list: somebody signed out on every device at once, and
// links for those who came with one import.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { administrator, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'
import { inTime } from './stood.ts'

describe('the people of a school', () => {
  inOrder()
  const victim = learners[0] ?? assert.fail()
  let school: School
  let desk: Person
  let phone: Person
  let tablet: Person

  before(async () => {
    school = await openSchool()
    desk = await school.open('desktop', administrator)
    phone = await school.open('small', victim)
    tablet = await school.open('tablet', victim)
  })

  it('are signed out everywhere, asked first; their pages end within two seconds and say why', async () => {
    const { page } = desk
    await phone.go('/courses')
    await link(phone.page.getByRole('main'), /Biology 1/).waitFor()
    await tablet.go('/you')
    await sees(tablet.page, 'Access tokens')
    await desk.go('/people')
    await page.getByRole('searchbox').fill(victim.email)
    await link(page.getByRole('main'), victim.name).click()
    await button(page, 'Sign out everywhere').click()
    const dialog = page.getByRole('dialog', { name: `Sign ${victim.name} out everywhere?` })
    await sees(dialog, /access tokens of programs end/)
    await checkPage(page)
    await button(dialog, 'Cancel').click()
    await dialog.waitFor({ state: 'detached' })
    await link(phone.page.getByRole('main'), /Biology 1/).waitFor()
    await button(page, 'Sign out everywhere').click()
    // What a page asked for in the moment it was out is refused.
    for (const one of [phone, tablet]) one.watch.disregard(/401/)
    const from = Date.now()
    await button(dialog, 'Sign out everywhere').click()
    for (const one of [phone, tablet]) await sees(one.page, /An administrator of your school signed this account out/)
    inTime(from, 2_000)
    await sees(page, /is signed out everywhere\. Devices: 2\. Access tokens: 0\./)
    await checkPage(phone.page)
    // Nobody is shut out: the account stands as it did, and its trail says what was done.
    await sees(page, 'Active')
    await button(page, 'What was done with this account').click()
    await sees(page, 'Account: signed out everywhere')
    await checkPage(page)
    await phone.go('/')
    await sees(phone.page, /An administrator of your school signed this account out/)
    for (const one of [desk, phone, tablet]) assert.deepEqual(one.watch.lines, [])
  })

  it('get links by the import they came with, which says what its files were called', async () => {
    const { page } = desk
    const name = 'A list of all people of the seventh year and their parents, as the office sent it in August.csv'
    await desk.go('/imports')
    await page.locator('input[name=people]').setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from('name,email\nAnn Seven,ann@seven.example\nBen Seven,ben@seven.example\nNobody,nowhere\n'),
    })
    await button(page, 'Check the lists').click()
    await sees(page, 'Checked, not imported yet')
    await sees(page, name)
    await button(page, 'Import').click()
    await sees(page, 'The import is done')
    await checkPage(page)
    await button(page, 'Links for these people').click()
    const dialog = page.getByRole('dialog', { name: 'A link for each of them' })
    await button(dialog, 'Make 2 links').click()
    await sees(dialog, '2 links are made.')
    const [download] = await Promise.all([page.waitForEvent('download'), link(dialog, 'Save as CSV').click()])
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    assert.deepEqual(
      lines.slice(1).map(line => line.split(',').slice(0, 2)),
      [
        ['Ann Seven', 'ann@seven.example'],
        ['Ben Seven', 'ben@seven.example'],
      ],
    )
    await button(dialog, 'Close').last().click()
    const hand = await school.open('small', administrator)
    await hand.go('/imports')
    await sees(hand.page, name)
    await sees(hand.page, /^People 2 · Enrolments 0 · by /)
    await checkPage(hand.page)
    assert.deepEqual(hand.watch.lines, [])
    await hand.close()
  })
})
