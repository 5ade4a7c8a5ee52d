// Where everybody's page stood when a part of a story failed, in a few lines that the end of a run repeats: what was seen
// once, on a loaded machine, is told by no second run.
import assert from 'node:assert/strict'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { BrowserContext, Page } from 'playwright-core'

declare module 'mocha' {
  interface Test {
    /** Where the pages stood when it failed. */
    stood?: string[]
  }
}

const open = new Map<BrowserContext, string>()

// Text, not a function: it runs in the page, where what the tests are compiled with is not.
const keepPresses = `{
  window.lastPresses = []
  addEventListener('click', ({ target }) => {
    window.lastPresses = [...window.lastPresses, target.closest('button, a, input, select, summary, label') ?? target].slice(-3)
  }, true)
}`

const tell = `(() => {
  const named = one => [one.localName, one.getAttribute('aria-label') || one.innerText || one.name || one.className]
    .join(' ').trim().replace(/\\s+/g, ' ').slice(0, 80)
  const short = words => words.trim().replace(/\\s+/g, ' ').slice(0, 160)
  const all = which => [...document.querySelectorAll(which)].filter(one => one.innerText).map(named)
  const words = which => [...document.querySelectorAll(which)].map(one => short(one.innerText)).filter(one => one !== '')
  return Object.entries({
    headings: all('h1, h2').slice(0, 6),
    open: all('dialog[open] h2, [popover]:popover-open'),
    said: words('[role=alert], [role=status], .toasts').slice(0, 4),
    focus: document.activeElement === document.body ? [] : [named(document.activeElement)],
    pressed: (window.lastPresses ?? []).map(named),
  }).filter(([, what]) => what.length > 0).map(([name, what]) => name + ': ' + what.join(' | '))
})()`

/** From now on this person's pages are told of where a part fails; `who` says which person it is. */
export async function follow(context: BrowserContext, who: string): Promise<void> {
  await context.addInitScript(keepPresses)
  open.set(context, who)
  context.on('close', () => open.delete(context))
}

async function linesOf(page: Page): Promise<string[]> {
  const late = new Promise<string[]>(resolve => setTimeout(resolve, 3_000, ['does not answer']).unref())
  const told = page.evaluate(tell).then(
    lines => lines as string[],
    (error: unknown) => [String(error).split('\n')[0] ?? ''],
  )
  return Promise.race([told, late])
}

/** A line for each page of each person that is open, and under it what stands there: of all at one moment. */
export async function whereAllStand(): Promise<string[]> {
  const pages = [...open].flatMap(([context, who]) => context.pages().map(page => ({ page, who })))
  const told = pages
    .filter(({ page }) => page.url() !== 'about:blank')
    .map(async ({ page, who }) => {
      const lines = await linesOf(page)
      return [`${who} at ${new URL(page.url()).pathname}`, ...lines.map(line => `  ${line}`)]
    })
  return (await Promise.all(told)).flat()
}

// A process that stands still misses its limits by itself: all that was late is late at once, whatever the pages did.
const stillness = monitorEventLoopDelay()
stillness.enable()
beforeEach(() => stillness.reset())

/**
 * Fails where more than `most` milliseconds went by since `from`, not counted how long this process stood still, and the browser
 * beside it: server and story are one process, and all of it is late then.
 */
export function inTime(from: number, most: number): void {
  const took = Date.now() - from
  const still = 2 * Math.round(stillness.max / 1e6)
  assert.ok(took < most + still, `${took} ms, of which ${still} were stood still`)
}

afterEach(async function () {
  if (this.currentTest?.state !== 'failed') return
  const longest = `this process stood still for ${Math.round(stillness.max / 1e6)} ms at the longest`
  this.currentTest.stood = [longest, ...(await whereAllStand())]
})
