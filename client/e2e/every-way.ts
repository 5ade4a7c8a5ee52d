// One page in each of the ways it is shown: phone, tablet and desk, light and dark, from left to right and from right to left.
import type { Page } from 'playwright-core'
import { bringsNew, findings, wider } from './check-page.ts'
import { screens } from './people.ts'

/** What is wrong with a page of the smallest screen as it stands, in each of the ways it is shown; it is left as it was found, in light. */
export async function wrongInAnyWay(page: Page): Promise<string[]> {
  const wrong: string[] = []
  const look = async (way: string, what: 'all' | 'colours' | 'width') => {
    const { wider: pixels, by } = await wider(page)
    if (pixels > 0) wrong.push(`${way}: ${pixels} px too wide, ${by.join(' ')}`)
    if (what === 'width') return
    for (const found of await findings(page, what)) wrong.push(`${way}: ${found}`)
  }
  const turn = (dir: 'ltr' | 'rtl') =>
    page.evaluate(to => {
      document.documentElement.dir = to
    }, dir)
  await look('phone, light', 'all')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('phone, dark', 'colours')
  await turn('rtl')
  await look('phone, right to left', 'width')
  await page.setViewportSize(screens.desktop.viewport)
  // What stands on a phone was looked at there; the desk has some of its own.
  await look('desk, dark, right to left', (await bringsNew(page)) ? 'all' : 'width')
  await turn('ltr')
  await page.emulateMedia({ colorScheme: 'light' })
  await look('desk, light', 'width')
  // Just wide enough for the rail, and so with the least room beside it.
  await page.setViewportSize(screens.tablet.viewport)
  await look('tablet, light', 'width')
  await page.setViewportSize(screens.small.viewport)
  return wrong
}
