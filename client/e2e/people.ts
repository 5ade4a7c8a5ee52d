// The people of a story: each with a browser of their own at a size of their own, on a node that holds the demo school.
// Stories meet the product as people do: by its addresses, words and roles, never by its classes or tables.
import assert from 'node:assert/strict'
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { accounts } from '#server/features/accounts/index.ts'
import { atEndOfFile } from '#server/test/endings.ts'
import { signIn } from '#server/test/factories.ts'
import { browser, type TestNode, type TestNodeOptions, testNode } from '#server/test/harness.ts'
import { schoolDatabase } from '#server/test/school.ts'
import { waitFor } from '#server/test/wait-for.ts'
import { type Watch, watch } from './check-page.ts'
import { follow } from './stood.ts'

export const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  small: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  hand: { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 } },
  stage: { viewport: { width: 1280, height: 720 } },
} satisfies { readonly [name: string]: BrowserContextOptions }

export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly watch: Watch
  /** They hold a screen without a keyboard. */
  readonly touch: boolean
  /** Presses what is there: with a finger, or with the mouse. */
  press(what: Locator): Promise<void>
  /** Goes to an address of the node. */
  go(path: string): Promise<void>
  close(): Promise<void>
}

export interface School extends TestNode {
  /** Where the people of the story reach the node. */
  readonly origin: string
  /** The code of the class that stands open in the second course. */
  readonly code: string
  /** A new browser that installs nothing; `as` an e-mail it is signed in already, on one more device. `at`: another node of the same school. */
  open(screen: keyof typeof screens, as?: { readonly email: string }, at?: string): Promise<Person>
}

/** A node with the demo school on a database of its own. `host` is the name in the people's addresses. */
export async function openSchool(options: TestNodeOptions = {}, host = '127.0.0.1'): Promise<School> {
  const { databaseUrl, code } = await schoolDatabase()
  const node = await testNode({ databaseUrl, ...options })
  const origin = `http://${host}:${node.port}`
  const open: School['open'] = async (screen, as, at = origin) => {
    const context = await (await browser()).newContext({
      ...screens[screen],
      baseURL: at,
      locale: 'en-GB',
      serviceWorkers: 'block',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(20_000)
    await follow(context, `${as?.email ?? 'somebody'} on ${screen}`)
    const watched = watch(context, at, `${host === '127.0.0.1' ? 'localhost' : host}:${node.contentPort}`)
    if (as) {
      const row = await accounts.findOne({ where: { email: as.email }, rejectOnEmpty: true })
      await context.addCookies([{ name: 'lectern', value: await signIn(row.id), url: at }])
    }
    // Before the node goes: a page that is left open keeps looking for it through all the stories that follow.
    atEndOfFile(() => context.close())
    const page = await context.newPage()
    const touch = 'hasTouch' in screens[screen]
    return {
      page,
      context,
      watch: watched,
      touch,
      press: what => (touch ? what.tap() : what.click()),
      go: async path => {
        await page.goto(path)
      },
      close: () => context.close(),
    }
  }
  return { ...node, origin, code, open }
}

/** Told in a describe: its parts build on one another, so after one that failed the rest does not run. */
export function inOrder(): void {
  let broken = false
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed'
  })
  beforeEach(() => {
    if (broken) throw new Error('An earlier part of this story failed')
  })
}

/** The button of this name. Names are whole unless they are a pattern. */
export const button = (at: Page | Locator, name: string | RegExp): Locator =>
  at.getByRole('button', { name, exact: typeof name === 'string' })

/** The link of this name. */
export const link = (at: Page | Locator, name: string | RegExp): Locator =>
  at.getByRole('link', { name, exact: typeof name === 'string' })

/** What stays in sight beside the page: a column at a desk, a sheet on a phone. */
export const pane = ({ page, touch }: Person, name: string | RegExp): Locator =>
  page.getByRole(touch ? 'dialog' : 'complementary', { name })

/** Leaves a sheet by what it offers; at a desk the page stands beside it, and there is nothing to leave. */
export const leaveSheet = async ({ page, touch }: Person, way: string): Promise<void> => {
  if (touch) await button(page, way).tap()
}

/** Closes a dialog: by Escape at a desk, by its button in the hand. */
export const dismiss = (person: Person, dialog: Locator): Promise<void> =>
  person.touch ? button(dialog, 'Close').tap() : person.page.keyboard.press('Escape')

/** Does what a button of this name does: by its key at a desk, at once; by the button itself in the hand. */
export const strike = ({ page, touch }: Person, name: string, key: string): Promise<void> =>
  touch ? button(page, name).tap() : page.keyboard.press(key)

/** Waits until the words stand on the page. */
export const sees = (at: Page | Locator, words: string | RegExp): Promise<void> =>
  at
    .getByText(words, typeof words === 'string' ? { exact: true } : {})
    .first()
    .waitFor()

/** Waits until the words are gone. */
export const misses = (at: Page | Locator, words: string | RegExp): Promise<void> =>
  at
    .getByText(words, typeof words === 'string' ? { exact: true } : {})
    .first()
    .waitFor({ state: 'hidden' })

/**
 * Waits until what `read` reads of a page is `expected`. A page shows what was done a moment later than it was done: what is
 * asked of it once, at once, passes on a fast machine alone.
 */
export const becomes = async <T>(read: () => Promise<T>, expected: T, why?: string): Promise<void> => {
  const last: { value?: T } = {}
  const is = async () => {
    last.value = await read()
    return last.value === expected
  }
  await waitFor(is, why ?? String(expected)).catch(() => assert.equal(last.value, expected, why))
}

/** Holds the last notice that says so, with its undo: by itself it goes after eight seconds, however slow all else is. */
export const hold = (page: Page, words: string | RegExp = ''): Promise<void> =>
  button(page.locator('.toast', { hasText: words }), 'Undo')
    .last()
    .focus()

/** The answer with these words on a participant's card. */
export const answer = (page: Page, words: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^[A-F]\\. ${words.replace(/[.?()]/g, '\\$&')}`) })

/** Waits for the line under the question to say so. */
export const stands = (page: Page, words: string): Promise<void> =>
  page.getByRole('status').getByText(words, { exact: true }).first().waitFor()
