// An instructor writes a rich page with one thumb: a table, code, a formula, a callout, a picture, a player. What is wrong is
// refused with its reason; a formula is opened again, a player taken out and brought back; a reader sees each as it comes.

import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { dot } from '#server/test/uploads.ts'
import { checkPage } from './check-page.ts'
import { wrongInAnyWay } from './every-way.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

describe('a rich page in the hand', () => {
  inOrder()
  let school: School
  let hand: Person
  let lena: Person

  before(async () => {
    school = await openSchool()
    hand = await school.open('hand', instructor)
    lena = await school.open('desktop', learners[3])
  })
  after(async () => {
    for (const one of [hand, lena]) await one?.close()
  })

  const text = () => hand.page.getByRole('textbox', { name: 'Text', exact: true })
  const dialog = () => hand.page.getByRole('dialog')
  /** A new line at the end, and what is put there. */
  const put = async (what: string) => {
    const { page } = hand
    await text().focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Enter')
    const insert = button(page, 'Insert')
    await insert.scrollIntoViewIfNeeded()
    await insert.tap()
    await page.getByRole('menuitemcheckbox', { name: what, exact: true }).tap()
  }
  /** Taps on what stands in the text, and on what can be done with it. */
  const choose = async (what: Locator, act: string) => {
    await what.tap()
    await button(hand.page, act).tap()
  }
  const out = async () => {
    // Out of what was put, as a writer leaves it.
    await hand.page.keyboard.press('Control+End')
    await hand.page.keyboard.press('Enter')
    await hand.page.keyboard.press('Enter')
  }

  it('begins in the course, empty, beside a reader who has it open', async () => {
    const { page } = hand
    await hand.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).tap()
    await button(page, /Add to /)
      .first()
      .tap()
    await page.getByRole('menuitem', { name: 'Page', exact: true }).tap()
    await dialog().getByLabel('Title').fill('How a leaf drinks')
    await checkPage(page)
    await dialog().getByRole('button', { name: 'Create and write' }).tap()
    await text().waitFor()
    const address = new URL(page.url()).pathname
    await button(page, 'Done').tap()
    await button(page, 'Publish').tap()
    await lena.go(address)
    await lena.page.getByRole('heading', { level: 1, name: 'How a leaf drinks' }).waitFor()
    await button(page, 'Edit').tap()
    await text().waitFor()
  })

  it('takes a table and code, which reach the reader', async () => {
    const { page } = hand
    await put('Table')
    await text().locator('table').waitFor()
    await page.keyboard.type('Part')
    await page.keyboard.press('Tab')
    await page.keyboard.type('What it does')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Seen')
    await lena.page.getByRole('columnheader', { name: 'What it does' }).waitFor()
    const rows = lena.page.getByRole('row')
    await becomes(() => rows.count(), 3)
    const ofTable = button(page, 'Table: rows and columns')
    await ofTable.scrollIntoViewIfNeeded()
    await ofTable.tap()
    await page.getByRole('menuitem', { name: 'Add row below' }).tap()
    await rows.nth(3).waitFor()
    await checkPage(page)
    await put('Code block')
    await text().locator('pre').waitFor()
    await page.keyboard.type('water > roots > leaf')
    await lena.page.locator('pre', { hasText: 'water > roots > leaf' }).waitFor()
    await out()
  })

  it('takes a formula, and another in its place', async () => {
    const { page } = hand
    await put('Formula')
    await dialog().getByLabel('TeX').fill('H_2O')
    await dialog().locator('math').waitFor()
    await checkPage(page)
    await button(dialog(), 'Insert').tap()
    const shown = lena.page.locator('math').first()
    await shown.waitFor()
    await choose(text().locator('.formula'), 'Change what is chosen')
    const tex = dialog().getByLabel('TeX')
    await becomes(() => tex.inputValue(), 'H_2O')
    await tex.fill('CO_2')
    await checkPage(page)
    await button(dialog(), 'Change').tap()
    await lena.page.locator('math', { hasText: 'CO' }).waitFor()
    await checkPage(page)
  })

  it('takes a warning and a picture, whose words are asked for and can be said better', async () => {
    const { page } = hand
    await put('Warning')
    await page.keyboard.type('Never pull a leaf off.')
    await lena.page.getByRole('complementary', { name: 'Warning' }).getByText('Never pull').waitFor()
    await put('Image')
    await dialog()
      .locator('input[type=file]')
      .setInputFiles({ name: 'leaf.png', mimeType: 'image/png', buffer: Buffer.from(dot) })
    await button(dialog(), 'Insert').tap()
    await sees(page, 'Describe the image, or say that it only decorates.')
    await checkPage(page)
    await dialog().getByLabel('Description').fill('A lef')
    await button(dialog(), 'Insert').tap()
    await lena.page.getByRole('img', { name: 'A lef' }).waitFor()
    const foot = () =>
      page.evaluate(() => ({
        tray: document.querySelector('.upload-tray')?.getBoundingClientRect().bottom ?? 0,
        tools: document.querySelector('.note-tools')?.getBoundingClientRect().top ?? 0,
      }))
    await waitFor(async () => {
      const { tray, tools } = await foot()
      assert.ok(tray > 0 && tray <= tools, `the tray of uploads ends at ${tray}, the tools begin at ${tools}`)
      return true
    }, 'the tray of uploads to end above the tools')
    await choose(text().getByRole('img', { name: 'A lef' }), 'Change what is chosen')
    await dialog().getByLabel('Description').fill('A leaf in the sun')
    await button(dialog(), 'Change').tap()
    await lena.page.getByRole('img', { name: 'A leaf in the sun' }).waitFor()
  })

  it('takes a player of the sites that are let in, and no other; it is taken out and brought back', async () => {
    const { page } = hand
    await put('Video or drawing of a site')
    await dialog().getByLabel('Address').fill('https://films.example.org/watch?v=1')
    await button(dialog(), 'Insert').tap()
    await sees(dialog(), /^This is no address of a video or drawing on YouTube, Vimeo or GeoGebra\./)
    await checkPage(page)
    await dialog().getByLabel('Address').fill('https://vimeo.com/76979871')
    await dialog().getByLabel('Title').fill('Water on its way')
    await button(dialog(), 'Insert').tap()
    const player = button(lena.page, 'Load from Vimeo')
    await player.waitFor()
    await choose(text().getByText('Water on its way'), 'Remove what is chosen')
    await player.waitFor({ state: 'hidden' })
    const undo = button(page, 'Undo').first()
    await undo.scrollIntoViewIfNeeded()
    await undo.tap()
    await player.waitFor()
    await misses(page, 'Saving')
    await checkPage(page)
    await checkPage(lena.page)
  })

  it('is fit to read in every way', async () => {
    await button(hand.page, 'Done').tap()
    await hand.page.getByRole('heading', { level: 1, name: 'How a leaf drinks' }).waitFor()
    assert.deepEqual(await wrongInAnyWay(hand.page), [])
  })
})
