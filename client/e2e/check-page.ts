// What must hold on every page a story sees: nothing axe finds, nothing wider than the screen, and no
// fault, report of the policy, failed request or foreign host since the page was opened.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import { waitFor } from '#server/test/wait-for.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What went wrong in the pages of one person, as lines. */
export interface Watch {
  readonly lines: string[]
  /** Takes the lines away that fit, for what a story brings about on purpose. */
  forgive(what: RegExp): void
  /** Takes away lines that fit, and notes none from now on: for a page that is refused, which asks more than once. */
  disregard(what: RegExp): void
}

const watches = new WeakMap<BrowserContext, Watch>()

/**
 * Listens to every page of the context, those to come as well. `origin` is the one host it may speak to; `content` the one
 * whose pages it may frame.
 */
export function watch(context: BrowserContext, origin: string, content?: string): Watch {
  const lines: string[] = []
  const disregarded: RegExp[] = []
  const note = (line: string) => {
    if (!disregarded.some(one => one.test(line))) lines.push(line)
  }
  const { host } = new URL(origin)
  const known = (address: string) => {
    const url = new URL(address)
    return [host, content].includes(url.host) || ['data:', 'blob:', 'about:'].includes(url.protocol)
  }
  context.on('page', page => {
    page.on('console', message => {
      if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', error => note(`fault: ${error.stack}`))
    page.on('request', request => {
      if (!known(request.url())) note(`foreign host: ${request.url()}`)
    })
    page.on('requestfailed', request => {
      const reason = request.failure()?.errorText ?? ''
      // A page that is left breaks off what it was still asking for.
      if (reason !== 'net::ERR_ABORTED') note(`failed request: ${request.url()} ${reason}`)
    })
    page.on('websocket', socket => {
      if (!known(socket.url())) note(`foreign host: ${socket.url()}`)
    })
  })
  const made: Watch = {
    lines,
    forgive(what) {
      lines.splice(0, lines.length, ...lines.filter(line => !what.test(line)))
    },
    disregard(what) {
      disregarded.push(what)
      made.forgive(what)
    },
  }
  watches.set(context, made)
  return made
}

/** Waits until nothing moves that comes to an end. */
export const standsStill = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.getAnimations().every(one => one.effect?.getTiming().iterations !== 1))

/** Findings of axe as short lines; empty when there is nothing to say. A change of theme is a matter of colours alone. */
export async function findings(page: Page, of: 'all' | 'colours' = 'all'): Promise<string[]> {
  await standsStill(page)
  // Through the debugger, which the page's policy does not touch.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(async of => {
    const { axe } = window as unknown as {
      axe: {
        run: (options: object) => Promise<{
          violations: { id: string; nodes: { target: string[]; html: string; failureSummary?: string }[] }[]
        }>
      }
    }
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      // Nothing is brought again: the sheets are this page's own.
      preload: false,
      ...(of === 'colours' ? { runOnly: ['color-contrast'] } : {}),
    })
    return violations.map(
      one =>
        `${one.id}: ${one.nodes.map(node => `${node.target.join(' ')} ${node.failureSummary?.split('\n').at(1)?.trim()}`).join(', ')}`,
    )
  }, of)
}

/** How many pixels the page is wider than the screen, and by which elements. */
export const overflow = (page: Page): Promise<{ wider: number; by: string[] }> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const wider = scrollWidth - clientWidth
    const by =
      wider === 0
        ? []
        : [...document.querySelectorAll('body *')]
            .filter(one => {
              const { left, right } = one.getBoundingClientRect()
              return right > clientWidth + 1 || left < -1
            })
            .slice(0, 5)
            .map(one => `${one.tagName.toLowerCase()}.${one.className}`)
    return { wider, by }
  })

/** As overflow, once what is wider had time to fit: what hears of another width, or comes a moment later, moves what stands. */
export async function wider(page: Page): Promise<{ wider: number; by: string[] }> {
  await waitFor(async () => (await overflow(page)).wider === 0, 'the page to fit', 5_000).catch(() => undefined)
  return overflow(page)
}

/** The kinds of elements axe has passed in this process, by the width of the screen they stood on. */
const passed = new Map<number, Set<string>>()

/** The kinds of elements of a page: each by its place, its classes and which attributes it carries. */
const kindsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')].map(one =>
      [one.parentElement, one]
        .map(part => [
          part?.nodeName,
          part?.className,
          part?.getAttribute('role'),
          ...(part?.getAttributeNames() ?? []),
        ])
        .join(' > '),
    )
    return [...new Set(all)]
  })

/** Whether something stands on the page that was not looked at on a screen of this width. */
export async function bringsNew(page: Page): Promise<boolean> {
  const width = page.viewportSize()?.width ?? 0
  const before = passed.get(width) ?? new Set()
  const kinds = await kindsOn(page)
  passed.set(width, new Set([...before, ...kinds]))
  return kinds.some(one => !before.has(one))
}

let shots = 0

async function shoot(page: Page, folder: string): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 0 }
  shots += 1
  await page.screenshot({ path: `${folder}/${String(shots).padStart(3, '0')}-${width}.png` })
}

/**
 * Checks the page as it stands. axe is not asked again about a page made of nothing but what it has passed: it takes a
 * second to answer. PAGE_SHOTS=folder keeps a picture of each, to be looked at. In dark the kit and story 65 are looked at, which has every page.
 */
export async function checkPage(page: Page): Promise<void> {
  const where = new URL(page.url()).pathname
  // A page that is brought anew has its frame before what stands in it. One that gets no heading at all is told of below.
  await page
    .locator('h1')
    .first()
    .waitFor({ state: 'attached', timeout: 5_000 })
    .catch(() => undefined)
  if (process.env.PAGE_SHOTS) await shoot(page, process.env.PAGE_SHOTS)
  assert.deepEqual(await wider(page), { wider: 0, by: [] }, `${where} is wider than the screen`)
  if (await bringsNew(page)) assert.deepEqual(await findings(page), [], `axe on ${where}`)
  assert.deepEqual(watches.get(page.context())?.lines, [], `what ${where} said`)
}

/** The controls that a notice lies over, by what is in them. */
export async function underNotices(page: Page): Promise<string[]> {
  await standsStill(page)
  return page.evaluate(() => {
    const notices = [...document.querySelectorAll('.toast')]
    const points = notices.flatMap(notice => {
      const { left, right, top, bottom } = notice.getBoundingClientRect()
      return [1, 2, 3, 4, 5, 6, 7].flatMap(x =>
        [0.05, 0.5, 0.95].map(y => [left + ((right - left) * x) / 8, top + (bottom - top) * y] as const),
      )
    })
    const under = points.flatMap(([x, y]) =>
      document.elementsFromPoint(x, y).filter(one => one.matches('a[href], button, input, select, textarea')),
    )
    return [...new Set(under)]
      .filter(one => !notices.some(notice => notice.contains(one)))
      .map(one => one.getAttribute('aria-label') ?? one.textContent ?? one.tagName)
  })
}
