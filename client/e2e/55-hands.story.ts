// Hands in a class: two phones raise them, the host sees who came first, calls on one and lowers; a phone that comes back
// finds its hand where it was, and nobody else hears whose it is.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { codeOn, endLesson, joinAsGuest, type Lesson, startLesson } from './lesson.ts'
import { button, inOrder, openSchool, type Person, type School, sees } from './people.ts'

/** KIND_SHOTS=folder keeps a picture of each moment, to be looked at. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.KIND_SHOTS
  if (!folder) return
  await page.waitForTimeout(250)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

describe('hands in a class', function () {
  this.timeout(120_000)
  inOrder()
  let school: School
  let host: Person
  let stage: Person
  let ada: Person
  let guest: Person
  let lesson: Lesson

  before(async () => {
    school = await openSchool()
    host = await school.open('phone', instructor)
    lesson = await startLesson(host, 'Hands', [])
    stage = await school.open('stage', instructor)
    await stage.go(`${lesson.path}/stage`)
    ada = await school.open('small', learners[2])
    await ada.go(lesson.path)
    await sees(ada.page, 'You are in')
    guest = await school.open('phone')
    await joinAsGuest(guest, await codeOn(host.page), 'Ben Guest')
  })
  after(async () => {
    for (const who of [host, stage, ada, guest]) await who?.close()
  })

  const hand = (page: Page, words: string | RegExp) => page.getByRole('button', { name: words }).waitFor()
  const queue = () => host.page.getByRole('dialog', { name: 'Hands' })

  it('go up in order, and each says how many are before it', async () => {
    await button(guest.page, 'Raise your hand').click()
    await hand(guest.page, /^Hand up, you are next/)
    await shoot(ada.page, 'phone-hand-down')
    await button(ada.page, 'Raise your hand').click()
    await hand(ada.page, /^Hand up, 1 before you/)
    const box = await ada.page.getByRole('button', { name: /^Hand up/ }).boundingBox()
    assert.ok(box && box.height >= 56 && box.width >= 56, 'the target is large')
    await shoot(ada.page, 'phone-hand-up')
    await checkPage(ada.page)
    await ada.page.reload()
    await hand(ada.page, /^Hand up, 1 before you/)
    await stage.page.getByText('hands up').waitFor()
    assert.equal(await stage.page.getByText('Ben Guest').count(), 0, 'the room is not told whose')
    await shoot(stage.page, 'stage-hands')
  })

  it('are called on and lowered by the host', async () => {
    await host.page.getByRole('button', { name: /^2\s*Hands/ }).click()
    const rows = queue().getByRole('listitem')
    await rows.first().getByText('Ben Guest').waitFor()
    await shoot(host.page, 'remote-hands')
    await checkPage(host.page)
    await button(queue(), 'Call on Ben Guest').click()
    await hand(guest.page, /^It is your turn/)
    await queue().getByText('Has the turn').waitFor()
    await hand(ada.page, /^Hand up, you are next/)
    await shoot(guest.page, 'phone-your-turn')
    await checkPage(guest.page)
    await button(queue(), 'Lower the hand of Ben Guest').click()
    await hand(guest.page, 'Raise your hand')
    await button(guest.page, 'Raise your hand').click()
    await hand(guest.page, /^Hand up, 1 before you/)
    await button(ada.page, /^Hand up/).click()
    await hand(ada.page, 'Raise your hand')
    await hand(guest.page, /^Hand up, you are next/)
    await button(queue(), 'Lower all hands').click()
    await queue().getByText('No hand is up').waitFor()
    await hand(guest.page, 'Raise your hand')
    await host.page.keyboard.press('Escape')
  })

  it('go down with the class', async () => {
    await button(ada.page, 'Raise your hand').click()
    await hand(ada.page, /^Hand up/)
    await endLesson(host.page)
    await sees(ada.page, 'The class has ended')
    assert.equal(await ada.page.getByRole('button', { name: /hand/i }).count(), 0)
  })
})
