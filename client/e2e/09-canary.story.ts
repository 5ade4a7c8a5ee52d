// What the browser of somebody who learns receives before the reveal, every byte of it: bodies of HTTP and frames of
// the socket. Nothing of it tells a key, nor a question that was not asked yet. The same ears hear both afterwards.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { instructor, learners } from '#server/seeds/people.ts'
import { askOnTheSpot, codeOn, firstQuestion, joinAsGuest, type Lesson, quizTitle, startLesson } from './lesson.ts'
import { answer, button, inOrder, openSchool, type Person, type School, sees, stands } from './people.ts'

interface Ears {
  /** Everything received so far, after what is under way has come. */
  all(): Promise<string>
}

/** Takes down all that the page receives. */
function listen(page: Page): Ears {
  const heard: string[] = []
  const coming: Promise<void>[] = []
  page.on('response', response => {
    coming.push(
      response.text().then(
        text => void heard.push(JSON.stringify(response.headers()), text),
        () => undefined,
      ),
    )
  })
  page.on('websocket', socket => socket.on('framereceived', frame => void heard.push(String(frame.payload))))
  return {
    async all() {
      await Promise.all(coming)
      return heard.join('\n').replaceAll('\\"', '"')
    },
  }
}

/**
 * A key as it travels: its name, or the right option where an answer stands. Nobody in this story gives the right one,
 * so its id in an answer can only come from a key.
 */
const keys = /"key"|"optionIds":\["(b|o1)"/
const unasked = 'The oxygen released in photosynthesis comes from carbon dioxide.'

describe('what a learner receives before the reveal', () => {
  inOrder()
  let school: School
  let host: Person
  let lesson: Lesson
  const people: { readonly who: Person; readonly ears: Ears }[] = []

  before(async () => {
    school = await openSchool()
    host = await school.open('desktop', instructor)
    const member = await school.open('phone', learners[2])
    const guest = await school.open('small')
    for (const who of [member, guest]) people.push({ who, ears: listen(who.page) })
    lesson = await startLesson(host, 'Canary', [quizTitle])
    await member.go('/')
    await sees(member.page, 'Live now: Canary')
    await member.go(lesson.path)
    await joinAsGuest(guest, await codeOn(host.page), 'Ivo')
  })
  after(async () => {
    await host?.close()
    for (const { who } of people) await who.close()
  })

  it('holds no key and no question to come while one is open, paused and locked', async () => {
    await button(host.page, 'Open question 1').click()
    for (const { who } of people) {
      await who.page.getByRole('heading', { name: firstQuestion }).waitFor()
      await answer(who.page, 'Sunlight').tap()
      await stands(who.page, 'Sent')
    }
    await button(host.page, 'Pause').click()
    for (const { who } of people) await stands(who.page, 'Paused. Your answer is in.')
    await button(host.page, 'Resume').click()
    await button(host.page, 'Lock answers').click()
    for (const { who } of people) {
      await stands(who.page, 'Locked. Your answer is in.')
      // A reload asks for all of it once more.
      await who.page.reload()
      await stands(who.page, 'Locked. Your answer is in.')
    }
    for (const { ears } of people) {
      const all = await ears.all()
      assert.ok(all.includes(firstQuestion), 'the ears hear what is asked')
      assert.ok(all.includes('Sunlight'))
      assert.doesNotMatch(data(all), keys)
      assert.ok(!all.includes(unasked), 'a question that was not asked yet was received')
    }
  })

  it('holds none of a question on the spot either', async () => {
    await askOnTheSpot(host.page, 'Which bird sings in a mine?\n* A canary of course\nA crow that knows')
    for (const { who } of people) {
      await answer(who.page, 'A crow that knows').tap()
      await stands(who.page, 'Sent')
    }
    for (const { ears } of people) {
      const all = await ears.all()
      assert.ok(all.includes('A canary of course'))
      assert.doesNotMatch(data(all), keys)
      assert.ok(!all.includes('* A canary'))
    }
  })

  it('holds it after the reveal, so that these ears are not deaf', async () => {
    await button(host.page, 'Lock answers').click()
    await button(host.page, 'Reveal').click()
    for (const { who, ears } of people) {
      await stands(who.page, 'Not correct')
      assert.match(data(await ears.all()), keys)
      assert.deepEqual(who.watch.lines, [])
    }
  })

  it('goes past an open question by one tap, which closes it first', async () => {
    await button(host.page, /^Finish Which bird/).click()
    await button(host.page, `Show ${quizTitle}`).click()
    await button(host.page, 'Reveal').click()
    await button(host.page, 'Next question').click()
    for (const { who } of people) await sees(who.page, /^Question 2 of/)
    await button(host.page, 'Skip').click()
    for (const { who } of people) await sees(who.page, /^Question 3 of/)
  })

  /** Without the program itself, in which the word stands as a name. */
  function data(all: string): string {
    return all
      .split('\n')
      .filter(line => !/\bimport\s*[{"(]|\bexport\s*\{/.test(line))
      .join('\n')
  }
})
