// Hands in a class: two phones raise them, the host sees who came first, calls on one and lowers; a phone that comes back
// finds its hand where it was, and nobody else hears whose it is.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { sql } from '#server/platform/db/sequelize.ts'
import { instructor, learners } from '#server/seeds/people.ts'
import { waitFor } from '#server/test/harness.ts'
import { checkPage, standsStill, underNotices } from './check-page.ts'
import { answersOnRemote, askOnTheSpot, codeOn, endLesson, joinAsGuest, type Lesson, startLesson } from './lesson.ts'
import {
  answer,
  becomes,
  button,
  inOrder,
  misses,
  openSchool,
  type Person,
  type School,
  sees,
  stands,
} from './people.ts'

/** KIND_SHOTS=folder keeps a picture of each moment, to be looked at. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.KIND_SHOTS
  if (!folder) return
  await standsStill(page)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

describe('hands in a class', () => {
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
    // First of all: it goes by itself.
    await guest.page.locator('.toast', { hasText: 'It is your turn' }).waitFor()
    assert.deepEqual(await underNotices(guest.page), [], 'the notice lies over no control')
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

  it('ranks stand on the stage when the host shows them, one’s own on the phone', async () => {
    await host.page.getByRole('combobox', { name: 'Ranks' }).selectOption({ label: 'With names' })
    await askOnTheSpot(host.page, 'Two and two?\n* Four\nFive')
    for (const [one, choice] of [
      [guest, 'Four'],
      [ada, 'Five'],
    ] as const) {
      await answer(one.page, choice).click()
      await stands(one.page, 'Sent')
    }
    await becomes(() => button(host.page, 'Show the top five').isDisabled(), true, 'nothing before the reveal')
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await guest.page.getByText(/Rank 1 of 2/).waitFor()
    // Nobody without points has a rank.
    await stands(ada.page, 'Not correct')
    assert.equal(await ada.page.getByText(/Rank 2/).count(), 0)
    await shoot(ada.page, 'phone-rank')
    await checkPage(ada.page)
    await button(host.page, 'Show the podium').click()
    await stage.page.getByRole('heading', { name: /The podium/ }).waitFor()
    await sees(stage.page, 'Ben Guest')
    await shoot(stage.page, 'stage-podium')
    await shoot(host.page, 'remote-ranks')
    await checkPage(host.page)
    await checkPage(stage.page)
    await button(host.page, 'Take ranks off the stage').click()
    await stage.page.getByRole('heading', { name: /The podium/ }).waitFor({ state: 'hidden' })
  })

  it('wait a moment at a lock for what is typed and not sent', async () => {
    await button(ada.page, 'Chat').click()
    await askOnTheSpot(host.page, 'Three and one?\n= 4')
    await shoot(ada.page, 'phone-question-behind-chat')
    await ada.page.getByRole('button', { name: /^Question 1 is open/ }).click()
    await guest.page.getByRole('textbox', { name: /^Answers to/ }).fill('4')
    await sees(guest.page, 'Not sent yet')
    await ada.page.getByRole('textbox', { name: /^Answers to/ }).waitFor()
    await button(host.page, 'Lock answers').click()
    await stands(guest.page, 'Locked. Your answer is in.')
    await answersOnRemote(host.page, 1)
    // More time after the close opens it again, and what was given stays.
    await button(host.page, 'Reveal').waitFor()
    await button(host.page, '30 s more').click()
    await ada.page.getByRole('textbox', { name: /^Answers to/ }).fill('5')
    await button(ada.page, 'Send answer').click()
    await answersOnRemote(host.page, 2)
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await stands(guest.page, 'Correct')
  })

  it('send what is typed and not sent when the class goes on to something else', async () => {
    await askOnTheSpot(host.page, 'How many chambers has a heart?\n= 4')
    await guest.page.getByRole('textbox', { name: /^Answers to.*How many chambers/ }).fill('4')
    await sees(guest.page, 'Not sent yet')
    await askOnTheSpot(host.page, 'And a leaf, how many sides?\n= 2')
    await guest.page.getByRole('textbox', { name: /^Answers to.*And a leaf/ }).waitFor()
    const given = async () =>
      (
        await sql<{ move: { value: string } }>(
          `select r.move from responses r join run_deliveries d on d.delivery_id = r.delivery_id
            where d.run_id = $1 order by r.at desc limit 1`,
          [lesson.runId],
        )
      )[0]?.move.value
    await waitFor(async () => (await given()) === '4', 'what was typed before')
  })

  it('are out of reach of whom a host puts out of the class, until they are let back', async () => {
    guest.watch.disregard(/ERR_INTERNET_DISCONNECTED/)
    await button(guest.page, 'Chat').click()
    await guest.context.setOffline(true)
    await guest.page.getByRole('textbox', { name: 'Write a message' }).fill('Is anybody there?')
    await guest.page.keyboard.press('Enter')
    await sees(guest.page, 'Saved on this device, sending')
    await button(host.page, /Silent/).click()
    await host.page.getByRole('dialog', { name: 'People' }).getByRole('tab', { name: /All/ }).click()
    const people = host.page.getByRole('dialog', { name: 'People' })
    await people.getByRole('button', { name: 'More about Ben Guest' }).click()
    await host.page.getByRole('menuitem', { name: 'Put out of the class' }).click()
    guest.watch.disregard(/status of 403/)
    await sees(people, 'Put out')
    await guest.context.setOffline(false)
    await sees(guest.page, /A host has put you out of this class/)
    // No chat is left that would say so.
    await sees(guest.page, /was not sent: “Is anybody there\?”/)
    await button(guest.page, 'Copy it').waitFor()
    await sees(people, 'Put out')
    await checkPage(guest.page)
    await checkPage(host.page)
    await people.getByRole('button', { name: 'More about Ben Guest' }).click()
    await host.page.getByRole('menuitem', { name: 'Let back in' }).click()
    await misses(people, 'Put out')
    await guest.page.reload()
    await hand(guest.page, 'Raise your hand')
    await host.page.keyboard.press('Escape')
  })

  it('go down with the class', async () => {
    await button(ada.page, 'Raise your hand').click()
    await hand(ada.page, /^Hand up/)
    await endLesson(host.page)
    await sees(ada.page, 'The class has ended')
    await becomes(() => ada.page.getByRole('button', { name: /hand/i }).count(), 0)
  })
})
