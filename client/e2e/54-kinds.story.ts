// Numbers, words and texts in class: phones type them, the host sees them come, lets in and takes away, the projector
// shows what it may and nobody's name. A key is not on a learner's wire before the reveal.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { checkPage, standsStill } from './check-page.ts'
import { answersOnRemote, askOnTheSpot, codeOn, endLesson, joinAsGuest, type Lesson, startLesson } from './lesson.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees, stands } from './people.ts'

/** KIND_SHOTS=folder keeps a picture of each moment, to be looked at. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.KIND_SHOTS
  if (!folder) return
  await standsStill(page)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

describe('numbers, words and texts in class', () => {
  inOrder()
  let school: School
  let host: Person
  let stage: Person
  let ada: Person
  let guests: Person[]
  let lesson: Lesson
  const heard: string[] = []

  before(async () => {
    school = await openSchool()
    host = await school.open('desktop', instructor)
    lesson = await startLesson(host, 'Kinds', [])
    stage = await school.open('stage', instructor)
    await stage.go(`${lesson.path}/stage`)
    ada = await school.open('small', learners[2])
    ada.page.on('websocket', socket => socket.on('framereceived', frame => void heard.push(String(frame.payload))))
    await ada.go(lesson.path)
    await sees(ada.page, 'You are in')
    guests = []
    const code = await codeOn(host.page)
    for (const name of ['Ben Guest', 'Cleo Guest']) {
      const guest = await school.open('phone')
      await joinAsGuest(guest, code, name)
      guests.push(guest)
    }
  })
  after(async () => {
    for (const who of [host, stage, ada, ...(guests ?? [])]) await who?.close()
  })

  const phones = () => [ada, ...guests]
  const field = (page: Page) => page.getByRole('textbox', { name: /^Answers to/ })
  async function type(page: Page, text: string, act = 'Send answer'): Promise<void> {
    await field(page).fill(text)
    await button(page, act).click()
  }

  it('takes a number in either decimal sign, and shows the right range only after the reveal', async () => {
    await askOnTheSpot(host.page, 'How long is a Paramecium?\n= 0.25 ± 0.05 mm')
    await sees(stage.page, 'Type a number in mm on your phone')
    await shoot(stage.page, 'stage-number-asked')
    await field(ada.page).fill('0,2')
    await sees(ada.page, 'Read as 0.2')
    await shoot(ada.page, 'phone-number')
    await checkPage(ada.page)
    await button(ada.page, 'Send answer').click()
    await stands(ada.page, 'Sent')
    await field(guests[0]!.page).fill('about a hand')
    await sees(guests[0]!.page, 'This is not a number yet.')
    await becomes(() => button(guests[0]!.page, 'Send answer').isDisabled(), true)
    await type(guests[0]!.page, '12')
    await field(guests[1]!.page).fill('1.5e-1')
    await field(guests[1]!.page).press('Enter')
    for (const { page } of guests) await stands(page, 'Sent')
    await answersOnRemote(host.page, 3)
    await shoot(host.page, 'remote-number')
    await button(host.page, 'Lock answers').click()
    await stands(ada.page, 'Locked. Your answer is in.')
    const before = heard.join('').replaceAll('\\"', '"')
    assert.ok(before.includes('Paramecium'), 'the ears hear what is asked')
    assert.doesNotMatch(before, /"key"|tolerance|"0\.25"/)
    await button(host.page, 'Reveal').click()
    await stands(ada.page, 'Correct')
    await stands(guests[0]!.page, 'Not correct')
    await sees(ada.page, 'Right: 0.2 to 0.3 mm')
    await sees(stage.page, '1 of 3 were right')
    await shoot(stage.page, 'stage-number-revealed')
    await shoot(ada.page, 'phone-number-revealed')
    await checkPage(ada.page)
  })

  it('groups typed words that are the same', async () => {
    await askOnTheSpot(host.page, 'Capital of France?\n= Paris\n= Lutetia *')
    await type(ada.page, ' PARIS ')
    await type(guests[0]!.page, 'lutetia parisiorum')
    await type(guests[1]!.page, '<b>Rome</b>')
    for (const { page } of phones()) await stands(page, 'Sent')
    await answersOnRemote(host.page, 3)
    await sees(host.page, '<b>Rome</b>')
    await button(host.page, 'Lock answers').click()
    await stands(ada.page, 'Locked. Your answer is in.')
    assert.ok(!heard.join('').includes('Lutetia'), 'an accepted answer came before the reveal')
    await button(host.page, 'Reveal').click()
    for (const { page } of [ada, guests[0]!]) await stands(page, 'Correct')
    await sees(stage.page, '2 of 3 were right')
    await shoot(stage.page, 'stage-text-revealed')
  })

  it('draws a cloud of what all send; what the host hides is gone at once', async () => {
    await askOnTheSpot(host.page, 'Photosynthesis: which words come to mind?\n#')
    await sees(stage.page, 'Send up to 3 words from your phone')
    const add = async (page: Page, ...words: string[]) => {
      for (const word of words) await type(page, word, 'Add')
      await stands(page, 'Sent')
    }
    await add(ada.page, 'Light', 'leaves', 'Light.')
    await sees(ada.page, 'You have sent this one.')
    await add(guests[0]!.page, 'light', 'poppycock', 'leaf')
    await misses(stage.page, 'Light')
    await add(guests[1]!.page, 'LIGHT', 'water')
    for (const page of [stage.page, ada.page]) {
      await page
        .getByRole('listitem')
        .filter({ hasText: /^Light: 3$/i })
        .waitFor({ state: 'attached' })
      await page
        .getByRole('listitem')
        .filter({ hasText: /^poppycock: 1$/ })
        .waitFor({ state: 'attached' })
    }
    await shoot(stage.page, 'stage-cloud')
    await shoot(ada.page, 'phone-cloud')
    await shoot(host.page, 'remote-cloud')
    await checkPage(ada.page)
    await checkPage(host.page)
    await button(host.page, 'Hide poppycock').click()
    for (const page of [stage.page, ada.page])
      await page
        .getByRole('listitem')
        .filter({ hasText: /^poppycock: 1$/ })
        .waitFor({ state: 'detached' })
    await stage.page
      .getByRole('listitem')
      .filter({ hasText: /^water: 1$/ })
      .waitFor({ state: 'attached' })
    await host.page.getByRole('button', { name: 'More for leaf' }).click()
    await host.page.getByRole('menuitem', { name: 'Count with another word' }).click()
    await button(host.page, 'Count here: leaf with leaves').click()
    await stage.page
      .getByRole('listitem')
      .filter({ hasText: /^leaves: 2$/ })
      .waitFor({ state: 'attached' })
    await shoot(host.page, 'remote-cloud-moderated')
    await stage.page.reload()
    await stage.page
      .getByRole('listitem')
      .filter({ hasText: /^leaves: 2$/ })
      .waitFor({ state: 'attached' })
    assert.ok(!(await stage.page.content()).includes('poppycock'))
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await sees(stage.page, /6 words from 3 people/)
    assert.ok(!(await stage.page.content()).includes('Guest'))
  })

  it('shows a text that the host chose, without its name, and takes it off again', async () => {
    await askOnTheSpot(host.page, 'What is still unclear?\n...')
    await type(ada.page, 'Why the sea is green.\nAnd salty.')
    await type(guests[0]!.page, 'Nothing at all')
    for (const { page } of [ada, guests[0]!]) await stands(page, 'Sent')
    await sees(host.page, /Why the sea is green/)
    await shoot(host.page, 'remote-texts')
    await shoot(ada.page, 'phone-text')
    await button(host.page, /^Show to the class what (?!Ben)/).click()
    for (const page of [stage.page, guests[1]!.page]) await sees(page, /Why the sea is green/)
    await shoot(stage.page, 'stage-text-shown')
    assert.ok(!(await stage.page.content()).includes('Nothing at all'))
    await checkPage(guests[1]!.page)
    await checkPage(host.page)
    await type(ada.page, 'Why the sea is blue.')
    await stands(ada.page, 'Sent')
    await sees(host.page, 'Why the sea is blue.')
    await sees(stage.page, /Why the sea is green/)
    await button(host.page, /^Take off the screen/).waitFor({ state: 'hidden' })
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    await endLesson(host.page)
    await sees(ada.page, 'You answered: Why the sea is blue.')
    await sees(ada.page, /You answered: Light, leaves/)
    await sees(ada.page, 'Correct: 0.2 to 0.3 mm')
    await checkPage(ada.page)
    await shoot(ada.page, 'phone-recap')
  })

  it('is written in the editor, given as homework and taken on a phone', async () => {
    const { page } = host
    await host.go('/courses')
    await link(page.getByRole('main'), /Biology 1/).click()
    await link(page.getByRole('main'), /Respiration: first check/).click()
    await button(page, 'Add a question').click()
    await page.getByLabel('Kind of question').selectOption({ label: 'Number' })
    await page.getByLabel('Question', { exact: true }).fill('How many chambers has a heart?')
    await button(page, 'Add a question').last().click()
    await sees(page, 'Write the right value as a number.')
    await page.getByLabel('Right value').fill('4')
    await page.getByLabel(/^Unit/).fill('chambers')
    await checkPage(page)
    await shoot(page, 'editor-number')
    await button(page, 'Add a question').last().click()
    await sees(page, 'Right: 4 chambers')
    await button(page, 'Add a question').click()
    await page.getByLabel('Kind of question').selectOption({ label: 'Short text' })
    await page.getByLabel('Question', { exact: true }).fill('What does it pump?')
    await page.getByRole('textbox', { name: 'Right answers' }).fill('Blood\nthe blood')
    await checkPage(page)
    await shoot(page, 'editor-text')
    await button(page, 'Add a question').last().click()
    await sees(page, 'Right: Blood, the blood')
    const give = async (): Promise<string> => {
      await button(page, 'Give as homework').click()
      await button(page.getByRole('dialog', { name: 'Give as homework' }), 'Give homework').click()
      await page.getByRole('dialog', { name: 'Give as homework' }).waitFor({ state: 'hidden' })
      return (
        (await link(page, /^Homework/)
          .first()
          .getAttribute('href')) ?? ''
      )
    }
    const quiz = await give()
    await page.goBack()
    await link(page.getByRole('main'), /What comes to mind/).click()
    await page.getByLabel('Words a person may send').selectOption('2')
    await sees(page, /^\s*Saved \d\d:\d\d$/)
    await checkPage(page)
    await shoot(page, 'editor-cloud')
    const cloud = await give()
    const card = (prompt: string) =>
      ada.page.getByRole('listitem').filter({ has: ada.page.getByRole('heading', { name: prompt }) })
    await ada.go(quiz)
    await card('How many chambers').getByRole('textbox').fill('4,0')
    await button(card('How many chambers'), 'Save answer').tap()
    await stands(ada.page, 'Saved')
    await card('What does it pump').getByRole('textbox').fill('water')
    await checkPage(ada.page)
    await shoot(ada.page, 'home-quiz')
    await button(ada.page, 'Hand in').tap()
    // What is typed and was not sent yet is handed in with the rest.
    await button(ada.page.getByRole('dialog'), 'Hand in').tap()
    await sees(ada.page, /^Handed in/)
    await stands(ada.page, 'Handed in')
    await ada.go(cloud)
    for (const word of ['roots', 'stem']) {
      await ada.page.getByRole('textbox').fill(word)
      await button(ada.page, 'Add').tap()
    }
    await sees(ada.page, 'That is all. Take one away to send another.')
    await stands(ada.page, 'Saved')
    await checkPage(ada.page)
    await shoot(ada.page, 'home-cloud')
  })
})
