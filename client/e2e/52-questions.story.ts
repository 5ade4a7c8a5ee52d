// A question of a class: asked without a name on a phone, voted for, shown on the stage, answered aloud; another one is
// answered in the course's forum the day after, and the one who asked accepts it.
import assert from 'node:assert/strict'
import { assistant, instructor, learners } from '#server/seeds/people.ts'
import { checkPage } from './check-page.ts'
import { codeOn, endLesson, joinAsGuest, type Lesson, pollTitle, quizTitle, startLesson } from './lesson.ts'
import { becomes, button, inOrder, link, misses, openSchool, type Person, type School, sees } from './people.ts'

const [emre, zoe] = learners
const first = 'Does a plant breathe at night, and if it does, what happens to the oxygen in a closed room?'
const second = 'Why is the light of a lamp not enough?'

describe('the questions of a class', () => {
  inOrder()
  let school: School
  let host: Person
  let stage: Person
  let asker: Person
  let other: Person
  let guest: Person
  let tutor: Person
  let lesson: Lesson

  before(async () => {
    school = await openSchool()
    host = await school.open('phone', instructor)
    stage = await school.open('stage', instructor)
    asker = await school.open('phone', emre)
    other = await school.open('small', zoe)
    guest = await school.open('small')
    tutor = await school.open('desktop', assistant)
  })
  after(async () => {
    for (const one of [host, stage, asker, other, guest, tutor]) await one?.close()
  })

  const ask = async (who: Person, words: string) => {
    await who.page.getByLabel('Your question').fill(words)
    await button(who.page, 'Ask').tap()
    await button(who.page, `Replies to “${words}”`).waitFor()
  }

  it('are asked from the phone in two taps, with or without a name', async () => {
    lesson = await startLesson(host, 'Thursday: light', [quizTitle, pollTitle])
    await stage.go(`${lesson.path}/stage`)
    await joinAsGuest(guest, await codeOn(stage.page), 'Gus')
    await asker.go(lesson.path)
    await sees(asker.page, 'You are in')
    await button(asker.page, 'Questions').tap()
    await sees(asker.page, 'No questions yet')
    await checkPage(asker.page)
    await asker.page.getByLabel('Ask without my name').check()
    await ask(asker, first)
    await sees(asker.page, /^Anonymous · minute 0 · No replies · you/)
    await checkPage(asker.page)
    await other.go(lesson.path)
    await button(other.page, 'Questions, 1 open').tap()
    await sees(other.page, /^Anonymous · minute 0/)
    await sees(other.page, 'Anonymous')
    await checkPage(other.page)
    assert.ok(!(await other.page.content()).includes(emre?.name ?? '-'))
  })

  it('are voted up, by guests too, and every phone counts the same', async () => {
    await button(guest.page, 'Questions, 1 open').tap()
    await ask(guest, second)
    for (const one of [other, guest])
      await one.page.getByRole('button', { name: /votes?\. Vote for “Does a plant/ }).tap()
    for (const one of [asker, other, guest])
      await one.page.getByRole('button', { name: /^2 votes\. Vote for “Does a plant/ }).waitFor()
    await checkPage(guest.page)
  })

  it('go on the stage with one tap of the host, large, and leave it when they are answered', async () => {
    await button(host.page, 'Questions, 2 open').tap()
    const questions = host.page.getByRole('list', { name: 'Questions' }).getByRole('listitem')
    const top = questions.filter({ hasText: first })
    await checkPage(host.page)
    await button(top, 'Show on the stage').tap()
    const shown = stage.page.getByRole('heading', { level: 1, name: first })
    await shown.waitFor()
    const size = await shown.evaluate(one => Number.parseFloat(getComputedStyle(one).fontSize))
    assert.ok(size >= 720 * 0.05, `${size} px of 720`)
    await sees(stage.page, '2 votes')
    await sees(stage.page, 'Anonymous')
    await checkPage(stage.page)
    assert.equal(await stage.page.getByRole('button').count(), 0)
    await sees(asker.page, 'On the stage')
    await button(top, 'Answered').tap()
    await shown.waitFor({ state: 'hidden' })
    await sees(asker.page, 'Answered in class')
  })

  it('are merged when two ask the same, hidden when they should not stand there, shown again', async () => {
    await ask(other, 'Is a lamp not enough light?')
    const questions = host.page.getByRole('list', { name: 'Questions' }).getByRole('listitem')
    const twin = questions.filter({ hasText: 'Is a lamp not enough light?' })
    await button(twin, /^More for/).tap()
    await host.page.getByRole('menuitem', { name: 'Merge into another' }).tap()
    const dialog = host.page.getByRole('dialog', { name: 'Merge into which topic?' })
    await dialog.getByLabel(second).check()
    await checkPage(host.page)
    await button(dialog, 'Merge into another').tap()
    await misses(guest.page, 'Is a lamp not enough light?')
    await ask(guest, 'Nonsense')
    await button(questions.filter({ hasText: 'Nonsense' }), /^More for/).tap()
    await host.page.getByRole('menuitem', { name: 'Hide' }).tap()
    await misses(guest.page, 'Nonsense')
    await misses(other.page, 'Nonsense')
  })

  it('stay in the course: what is open is in the queue of staff, and is answered the day after', async () => {
    await button(host.page, 'Close').first().tap()
    await endLesson(host.page)
    await sees(guest.page, 'The class is over. Members of the course can go on answering.')
    await tutor.go('/courses')
    await link(tutor.page.getByRole('main'), /Biology 1/).click()
    await link(tutor.page.getByRole('main'), /^Forum/).click()
    await link(tutor.page, 'Unanswered').click()
    await link(tutor.page, second).waitFor()
    await becomes(() => link(tutor.page, first).count(), 0)
    await checkPage(tutor.page)
    await link(tutor.page, 'Asked in class').click()
    await link(tutor.page, first).click()
    await sees(tutor.page, `Anonymous (${emre?.name})`)
    await sees(tutor.page, /minute 0/)
    // The one who asked looks at it meanwhile.
    await asker.go(new URL(tutor.page.url()).pathname)
    await asker.page.getByRole('heading', { level: 1, name: first }).waitFor()
    await tutor.page.getByLabel('Write a reply').fill('It takes up oxygen then, but far less than you do.')
    await tutor.page.keyboard.press('Control+Enter')
    await sees(asker.page, /^It takes up oxygen then/)
    await checkPage(asker.page)
    await button(asker.page, 'Accept as answer').tap()
    await tutor.page.getByRole('region', { name: 'Accepted answer' }).waitFor()
    await checkPage(tutor.page)
    assert.ok(!(await asker.page.content()).includes('Anonymous ('))
    await link(asker.page, 'Open the class').tap()
    await asker.page.getByRole('heading', { level: 1, name: 'Thursday: light' }).waitFor()
    await button(asker.page, /^Questions/).tap()
    await sees(asker.page, 'Answered')
  })
})
