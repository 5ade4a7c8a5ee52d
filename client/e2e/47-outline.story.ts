// An instructor puts a course in order on a phone and at a desk: a heading, what is indented below it, dragged by finger and
// mouse, moved by menus, removed, found again and brought back, many at once. A learner's open course follows each time.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { contentRoutes } from '#protocol/content.ts'
import { outlineRoutes } from '#protocol/courses/outline.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage } from './check-page.ts'
import { button, inOrder, misses, openSchool, type Person, type School, sees } from './people.ts'

const water = 'Week 7: Water'
const air = 'Week 8: Air'
const heading = 'Before the class'
const titles = ['Rivers and lakes', 'The water cycle', 'Reading a map', 'What wind is', heading]

describe('the outline of a course', () => {
  inOrder()
  let school: School
  let phone: Person
  let desk: Person
  let tom: Person
  let home: string

  before(async () => {
    school = await openSchool()
    const { id: accountId } = await accounts.findOne({ where: { email: instructor.email }, rejectOnEmpty: true })
    const host = await signedInClient(school, { accountId })
    const { items: courses } = await host.request(courseRoutes.list, { search: 'Biology 1' })
    const courseId = courses[0]?.id ?? assert.fail()
    home = `/courses/${courseId}`
    const place = async (title: string, pages: readonly string[]) => {
      const { module } = await host.request(outlineRoutes.createModule, { courseId, title })
      for (const one of pages)
        await host.request(contentRoutes.createPage, {
          courseId,
          moduleId: module.id,
          title: one,
          body: one,
          published: true,
        })
    }
    await place(water, titles.slice(0, 3))
    await place(air, titles.slice(3, 4))
    phone = await school.open('small', instructor)
    desk = await school.open('desktop', instructor)
    tom = await school.open('small', learners.at(-1))
    for (const one of [phone, desk, tom]) await one.go(home)
  })
  after(async () => {
    for (const one of [phone, desk, tom]) await one?.close()
  })

  const rows = (page: Page, module: string) => page.getByRole('list', { name: module }).getByRole('listitem')
  /** What stands in a module, as it is read out: its depth, where it has one, and its title. */
  const outline = async (page: Page, module: string): Promise<string[]> =>
    (await rows(page, module).allTextContents()).map(text => {
      const level = /^Level (\d):/.exec(text)?.[1]
      return `${level === undefined ? '' : `${level} `}${titles.find(one => text.includes(one))}`
    })
  const shows = (page: Page, module: string, lines: readonly string[]) =>
    waitFor(
      async () => {
        const found = await outline(page, module)
        return JSON.stringify(found) === JSON.stringify(lines)
      },
      `${module} to be ${lines.join(', ')}`,
    )
  const everywhere = async (module: string, lines: readonly string[]) => {
    for (const one of [phone, desk, tom]) await shows(one.page, module, lines)
  }
  // A page that was let go with a swing scrolls on for a while: it is there when it has stood for some frames.
  const centre = (what: Locator) =>
    what.evaluate(async element => {
      for (let still = 0, last = Number.NaN; still < 5; ) {
        element.scrollIntoView({ block: 'center' })
        await new Promise(requestAnimationFrame)
        const { top } = element.getBoundingClientRect()
        still = top === last ? still + 1 : 0
        last = top
      }
    })
  const act = async (person: Person, title: string, name: string) => {
    await centre(button(person.page, `Change ${title}`))
    await person.press(button(person.page, `Change ${title}`))
    await person.press(person.page.getByRole('menuitem', { name, exact: true }))
  }
  const more = async (person: Person, name: string) => {
    await person.press(button(person.page, 'More for this course'))
    await person.press(person.page.getByRole('menuitem', { name }))
  }
  /** By the notice about `title`: one before it may still stand when others see the act already. */
  const undo = ({ page, press }: Person, title = '') =>
    press(button(page.locator('.toast', { hasText: title }).last(), 'Undo'))
  const handle = (page: Page, title: string) => page.getByTitle(`Drag ${title}`)
  const middle = async (what: Locator) => {
    const box = (await what.boundingBox()) ?? assert.fail('it is not on the screen')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, top: box.y, bottom: box.y + box.height }
  }
  const row = (page: Page, module: string, title: string) => rows(page, module).filter({ hasText: title })

  /** A finger that goes down on a handle, along a way, and up again. */
  const finger = async ({ page, context }: Person, from: { x: number; y: number }, to: { x: number; y: number }) => {
    const debug = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
      debug.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [{ x: at.x, y: at.y }] : [] })
    await touch('touchStart', from)
    for (const share of [0.1, 0.4, 0.7, 1, 1, 1])
      await touch('touchMove', { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })
    return { touch, lift: () => touch('touchEnd') }
  }

  it('gets a heading from a phone, which learners see once it is published', async () => {
    const { page } = phone
    await button(page, new RegExp(`Add to ${water}$`)).tap()
    await page.getByRole('menuitem', { name: 'Heading' }).tap()
    const dialog = page.getByRole('dialog')
    await button(dialog, 'Add heading').tap()
    await sees(dialog, 'A heading needs words.')
    await dialog.getByLabel('Words of the heading').fill(heading)
    await checkPage(page)
    await button(dialog, 'Add heading').tap()
    await sees(page, `${heading} is added as a draft.`)
    await button(page, `Publish ${heading}`).tap()
    await tom.page.getByRole('heading', { name: heading, level: 3 }).waitFor()
    await everywhere(water, ['Rivers and lakes', 'The water cycle', 'Reading a map', heading])
  })

  it('is dragged by a finger on its handle, and the page still scrolls beside it', async () => {
    const { page } = phone
    const first = row(page, water, 'Rivers and lakes')
    await centre(first)
    // A finger on the words scrolls, as everywhere.
    const before = await page.evaluate(() => scrollY)
    const words = await middle(first)
    const pushed = await finger(phone, { x: 180, y: words.y }, { x: 180, y: words.y - 60 })
    await pushed.lift()
    await waitFor(async () => (await page.evaluate(() => scrollY)) !== before, 'the page to scroll')
    await centre(row(page, water, 'The water cycle'))
    const from = await middle(handle(page, heading))
    const to = await middle(row(page, water, 'Rivers and lakes'))
    const drag = await finger(phone, from, { x: from.x, y: to.top + 4 })
    await page.locator('.drop-mark').waitFor()
    await checkPage(page)
    await drag.lift()
    await everywhere(water, [heading, 'Rivers and lakes', 'The water cycle', 'Reading a map'])
    await undo(phone, heading)
    await everywhere(water, ['Rivers and lakes', 'The water cycle', 'Reading a map', heading])
    await centre(row(page, water, 'The water cycle'))
    const again = await finger(phone, await middle(handle(page, heading)), {
      x: from.x,
      y: (await middle(row(page, water, 'Rivers and lakes'))).top + 4,
    })
    await page.locator('.drop-mark').waitFor()
    await again.lift()
    await everywhere(water, [heading, 'Rivers and lakes', 'The water cycle', 'Reading a map'])
  })

  it('has what belongs below it indented, which is read out and takes no room on a phone', async () => {
    const { page } = phone
    await act(phone, 'Rivers and lakes', 'Indent')
    await shows(tom.page, water, [heading, '2 Rivers and lakes', 'The water cycle', 'Reading a map'])
    await undo(phone, 'Rivers and lakes')
    // Its own page is what the menu is judged by, and may hear of it last.
    for (const one of [tom, phone])
      await shows(one.page, water, [heading, 'Rivers and lakes', 'The water cycle', 'Reading a map'])
    await act(phone, 'Rivers and lakes', 'Indent')
    await shows(page, water, [heading, '2 Rivers and lakes', 'The water cycle', 'Reading a map'])
    await act(phone, 'The water cycle', 'Indent')
    await everywhere(water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    // Twelve pixels a step.
    const [outer, inner] = [
      await middle(row(tom.page, water, heading)),
      await middle(row(tom.page, water, 'Rivers and lakes')),
    ]
    assert.equal(outer.x, inner.x)
    for (const one of [phone, tom]) await centre(row(one.page, water, 'The water cycle'))
    await checkPage(page)
    await checkPage(tom.page)
    // As deep as there is something to stand under.
    await button(page, `Change ${heading}`).tap()
    await page.getByRole('menuitem', { name: 'Indent', disabled: true }).waitFor()
    await page.getByRole('menuitem', { name: 'Outdent', disabled: true }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('goes by its menu with all below it', async () => {
    await act(phone, heading, 'Move down')
    await everywhere(water, ['Reading a map', heading, '2 Rivers and lakes', '2 The water cycle'])
    await undo(phone, heading)
    await everywhere(water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    // By keys alone.
    const { page } = desk
    await button(page, `Change ${heading}`).focus()
    await page.keyboard.press('Enter')
    // The menu takes the focus as it opens.
    await page.locator('[role=menuitem]:focus').waitFor()
    await page.getByRole('menuitem', { name: `Move to ${air}` }).focus()
    await page.keyboard.press('Enter')
    await everywhere(air, ['What wind is', heading, '2 Rivers and lakes', '2 The water cycle'])
    await undo(desk, heading)
    await everywhere(water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
  })

  it('is dragged by the mouse from module to module, as deep as the pointer goes, and Escape takes it back', async () => {
    const { page } = desk
    await centre(row(page, water, 'The water cycle'))
    const down = async () => {
      const from = await middle(handle(page, 'What wind is'))
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      const to = await middle(row(page, water, 'The water cycle'))
      await page.mouse.move(from.x + 40, to.bottom - 2, { steps: 6 })
      await page.locator('.drop-mark').waitFor()
    }
    await down()
    await checkPage(page)
    await page.keyboard.press('Escape')
    await page.locator('.drop-mark').waitFor({ state: 'detached' })
    await page.mouse.up()
    await shows(page, air, ['What wind is'])
    await down()
    await page.mouse.up()
    await everywhere(water, [heading, '2 Rivers and lakes', '2 The water cycle', '2 What wind is', 'Reading a map'])
    await undo(desk, 'What wind is')
    await everywhere(air, ['What wind is'])
    // A module goes with all it holds.
    await centre(row(page, water, 'Reading a map'))
    const module = await middle(handle(page, air))
    await page.mouse.move(module.x, module.y)
    await page.mouse.down()
    const above = await middle(page.getByRole('heading', { name: water }))
    await page.mouse.move(module.x, above.top - 6, { steps: 6 })
    await page.locator('.drop-mark').waitFor()
    await page.mouse.up()
    const order = (at: Page) => at.getByRole('heading', { name: /^Week [78]/ }).allTextContents()
    await waitFor(async () => (await order(tom.page))[0] === air, 'the module to come first')
    await undo(desk, air)
    await waitFor(async () => (await order(tom.page))[0] === water, 'the module to be back')
  })

  it('refuses to take back what somebody changed meanwhile, and says so', async () => {
    const { page } = desk
    await act(desk, 'Reading a map', 'Indent')
    await shows(phone.page, water, [heading, '2 Rivers and lakes', '2 The water cycle', '2 Reading a map'])
    await page.locator('.toast').last().hover()
    await act(phone, 'Reading a map', 'Outdent')
    await shows(page, water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    await undo(desk, 'Reading a map')
    await sees(page, 'Reading a map was changed by somebody else meanwhile. Nothing was done; try again.')
    desk.watch.forgive(/409/)
  })

  it('loses a page, which is found again by whoever looks, and stands where it was', async () => {
    const { page } = phone
    await act(phone, 'Rivers and lakes', 'Remove')
    await shows(tom.page, water, [heading, '2 The water cycle', 'Reading a map'])
    await more(desk, 'Removed from this course')
    await sees(desk.page, 'Rivers and lakes')
    await phone.go('/courses')
    await phone.go(home)
    await more(phone, 'Removed from this course')
    await sees(page, /removed by Miriam Okafor/)
    await checkPage(page)
    await checkPage(desk.page)
    await button(page, 'Restore Rivers and lakes').tap()
    await sees(page, 'Rivers and lakes is back.')
    await misses(desk.page, 'Rivers and lakes')
    await shows(tom.page, water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    await undo(phone, 'Rivers and lakes')
    await sees(desk.page, 'Rivers and lakes')
    await button(desk.page, 'Restore Rivers and lakes').click()
    await shows(tom.page, water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    await phone.go(home)
    await desk.go(home)
  })

  it('moves three at once from a phone, and one undo puts them back as they stood', async () => {
    const { page } = phone
    await more(phone, 'Choose several…')
    for (const title of [heading, 'Rivers and lakes', 'Reading a map'])
      await page.getByRole('checkbox', { name: `Choose ${title}` }).tap()
    await sees(page, '3 chosen')
    await checkPage(page)
    await button(page, 'Move').tap()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Into').selectOption({ label: air })
    await button(dialog, 'Move').tap()
    await everywhere(air, ['What wind is', heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    await undo(phone)
    await everywhere(water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    // In, and out again.
    for (const title of ['Rivers and lakes', 'The water cycle', 'Reading a map'])
      await page.getByRole('checkbox', { name: `Choose ${title}` }).tap()
    await button(page, 'Outdent').tap()
    await everywhere(water, [heading, 'Rivers and lakes', 'The water cycle', 'Reading a map'])
    await undo(phone)
    await everywhere(water, [heading, '2 Rivers and lakes', '2 The water cycle', 'Reading a map'])
    await button(page, 'Stop choosing').tap()
  })
})
