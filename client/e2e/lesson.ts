// A class as the stories hold it: started from its course by the person who teaches, steered by the one large button.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { button, link, type Person } from './people.ts'

export const quizTitle = 'Photosynthesis: do we have it?'
export const pollTitle = 'How sure do you feel?'

/** The first question of the quiz, and its answers. */
export const firstQuestion = 'Where does most of the dry weight of a tree come from?'
export const firstRight = 'Carbon dioxide in the air'
export const firstWrong = 'The soil'

export interface Lesson {
  readonly runId: string
  /** The address of the class, as participants have it. */
  readonly path: string
}

/** Starts a class in the biology course with these activities, as a person does; ends on the remote. */
export async function startLesson(host: Person, title: string, agenda: readonly string[]): Promise<Lesson> {
  const { page } = host
  await host.go('/courses')
  await link(page.getByRole('main'), /Biology 1/).click()
  await button(page, 'Start class').click()
  const dialog = page.getByRole('dialog', { name: 'Start a class' })
  await dialog.getByLabel('Title').fill(title)
  for (const one of agenda) await dialog.getByRole('button', { name: one }).click()
  await button(dialog, 'Start class').click()
  await page.waitForURL(/\/class\/[^/]+\/remote$/)
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  const runId = /class\/([^/]+)/.exec(page.url())?.[1] ?? ''
  return { runId, path: `/class/${runId}` }
}

/** The code of the class on a remote or a stage. */
export async function codeOn(page: Page): Promise<string> {
  const name = await page
    .getByRole('img', { name: /^Code / })
    .first()
    .getAttribute('aria-label')
  const code = (name ?? '').replace(/^Code /, '').replaceAll(' ', '')
  assert.match(code, /^[0-9A-Z]{6}$/)
  return code
}

/** Joins by code with a name and no account; ends in the class. */
export async function joinAsGuest(guest: Person, code: string, name: string): Promise<void> {
  const { page } = guest
  await guest.go('/join')
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByLabel('Your name').fill(name)
  await button(page, 'Join').click()
  await page.waitForURL(/\/class\/[^/]+$/)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Waits until the remote counts so many answers. */
export const answersOnRemote = (page: Page, count: number): Promise<void> =>
  page.getByRole('button', { name: new RegExp(`^${count}\\s*Answered`) }).waitFor()

/** Asks a question on the spot from the remote: the prompt, then an answer a line, a star before what is right. */
export async function askOnTheSpot(page: Page, text: string, time = 'No limit'): Promise<void> {
  await button(page, 'Ask').click()
  const sheet = page.getByRole('dialog', { name: 'Ask a question' })
  await sheet.getByLabel('Your question').fill(text)
  await sheet.getByLabel('Time').selectOption({ label: time })
  await button(sheet, 'Ask now').click()
  await sheet.waitFor({ state: 'hidden' })
}

/** Ends the class from the remote, with the second press that it takes. */
export async function endLesson(page: Page): Promise<void> {
  await button(page, 'End class').click()
  await button(page, 'End for everybody').click()
  await page.getByRole('heading', { name: 'The class has ended' }).waitFor()
}
