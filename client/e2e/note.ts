// A note as the stories meet it: the text to write in, what stands there, what became of it.
import type { Locator, Page } from 'playwright-core'
import { waitFor } from '#server/test/harness.ts'

/** The text to write in. */
export const writing = (page: Page): Locator => page.getByRole('textbox', { name: /^Text of / })

/** What stands in the note, without others' cursors. */
export const textOf = (page: Page): Promise<string> =>
  page.locator('.note-text').evaluate(element => {
    const copy = element.cloneNode(true) as Element
    for (const caret of copy.querySelectorAll('.note-caret')) caret.remove()
    return copy.textContent
  })

/** Waits until the note says these words. */
export const shows = (page: Page, words: string | RegExp) =>
  waitFor(
    async () => (typeof words === 'string' ? (await textOf(page)).includes(words) : words.test(await textOf(page))),
    `the note to say ${words}`,
  )

/** Waits until everybody has the same text. */
export const agree = (...pages: readonly Page[]) =>
  waitFor(async () => new Set(await Promise.all(pages.map(textOf))).size === 1, 'the same text for everybody')

/** Waits for the word that everything is with the server. */
export const saved = (page: Page) => page.getByText(/Saved \d\d:\d\d$/).waitFor()

/** Waits until everything that was given to this browser's storage is in it: its transactions keep their order. */
export const keptOnDevice = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('lectern-documents')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction('updates').objectStore('updates').count()
          reading.onsuccess = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
  )
