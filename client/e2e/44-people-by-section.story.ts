// The people of a section: narrowed in the list on a phone, kept in the address, and again there for whoever it is sent to.
import assert from 'node:assert/strict'
import { instructor } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { becomes, button, inOrder, link, openSchool, type Person, type School, sees } from './people.ts'

describe('the people of a section', () => {
  inOrder()
  let school: School
  let teacher: Person

  before(async () => {
    school = await openSchool()
    teacher = await school.open('small', instructor)
  })
  after(() => teacher?.close())

  const rows = ({ page }: Person) => page.getByRole('table', { name: 'People' }).getByRole('row')
  const filter = ({ page }: Person) => page.getByRole('combobox', { name: 'Section or group' })

  it('are chosen beside how many are in it, on a phone', async () => {
    const { page } = teacher
    await teacher.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await link(page.getByRole('main'), /^People/).tap()
    await filter(teacher)
      .locator('option', { hasText: /^Monday lab \(/ })
      .waitFor({ state: 'attached' })
    const words = await filter(teacher).locator('option').allTextContents()
    const monday = words.find(one => one.startsWith('Monday lab (')) ?? assert.fail(words.join())
    assert.ok(
      words.some(one => /^Project groups: Group 1 \(\d+\)$/.test(one)),
      words.join(),
    )
    const count = Number(/\((\d+)\)/.exec(monday)?.[1])
    assert.ok(count > 0)
    await waitFor(async () => (await rows(teacher).count()) > count + 1, 'more people than are in it')
    await filter(teacher).selectOption({ label: monday })
    await page.waitForURL(/group=/)
    await rows(teacher)
      .nth(count + 1)
      .waitFor({ state: 'detached' })
    await becomes(() => rows(teacher).count(), count + 1)
    await checkPage(page)
  })

  it('stay so with a role and what is typed, over a reload and on the way back', async () => {
    const { page } = teacher
    await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('assistant')
    await sees(page, 'Nobody fits this search')
    await checkPage(page)
    await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('learner')
    const name = (await rows(teacher).nth(1).getByRole('link').first().textContent()) ?? ''
    await page.getByRole('searchbox', { name: /people/i }).fill(name)
    await page.waitForURL(/search=/)
    const address = page.url()
    assert.match(address, /role=learner/)
    await page.reload()
    await link(page, name).waitFor()
    await becomes(() => rows(teacher).count(), 2)
    await link(page, name).tap()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await page.goBack()
    await link(page, name).waitFor()
    assert.equal(page.url(), address)
  })

  it('are there for whoever gets the address; a group that is gone is everybody', async () => {
    const desk = await school.open('desktop', instructor)
    await desk.go(new URL(teacher.page.url()).pathname + new URL(teacher.page.url()).search)
    await filter(desk)
      .locator('option:checked', { hasText: /^Monday lab/ })
      .waitFor({ state: 'attached' })
    await checkPage(desk.page)
    await desk.go(`${new URL(teacher.page.url()).pathname}?group=0190a000-0000-7000-8000-000000000000`)
    await desk.page.waitForURL(url => !url.searchParams.has('group'))
    await button(desk.page, 'Add person').waitFor()
    await rows(desk).nth(5).waitFor()
    await desk.close()
  })
})
