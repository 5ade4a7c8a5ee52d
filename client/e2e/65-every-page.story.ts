// Every page of the client as the four people and a stranger see it: on a phone of 360 px and at a desk, in light and in
// dark, from left to right and from right to left. axe finds nothing, and nothing is wider than the screen.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { patterns } from '#client/app/paths.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { bringsNew, findings, overflow } from './check-page.ts'
import { furnish, pathsOf, type Visits, type Walker, walkers } from './every-page.ts'
import { openSchool, type School, screens } from './people.ts'

const signedIn: { readonly [W in Walker]: { readonly email: string } | undefined } = {
  administrator,
  instructor,
  learner: learners[0],
  writer: learners[3],
  stranger: undefined,
}

/** Goes there as a link does, and waits until the page stands. */
async function walkTo(page: Page, path: string): Promise<void> {
  const before = await page.evaluateHandle(to => {
    const shown = document.querySelector('h1')
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
    return shown
  }, path)
  await page.waitForFunction(
    old =>
      !old?.isConnected &&
      document.querySelector('h1') !== null &&
      document.querySelector('.skeleton, [aria-busy="true"]') === null,
    before,
  )
}

/** What is wrong with the page as it stands, in each of the ways it is shown. */
async function wrongWith(page: Page): Promise<string[]> {
  const wrong: string[] = []
  const look = async (way: string, what: 'all' | 'colours' | 'width') => {
    const { wider, by } = await overflow(page)
    if (wider > 0) wrong.push(`${way}: ${wider} px too wide, ${by.join(' ')}`)
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
  await page.setViewportSize(screens.small.viewport)
  return wrong
}

describe('every page', function () {
  this.timeout(180_000)
  let school: School
  let visits: Visits

  before(async () => {
    school = await openSchool({ config: { webhooksLoopback: true } })
    visits = await furnish(school)
  })

  it('is visited', () => {
    const { kit: _, ...pages } = patterns
    assert.deepEqual(Object.keys(visits).sort(), Object.keys(pages).sort())
  })

  /** Every page of one of them; what is wrong, by its address. */
  async function walk(walker: Walker): Promise<[string, string[]][]> {
    const person = await school.open('small', signedIn[walker])
    // Two walk at once on a machine that may be busy; how fast a page comes is not what this asks.
    person.context.setDefaultTimeout(30_000)
    const paths = pathsOf(visits, walker)
    await person.go(paths[0] ?? '/')
    const wrong: [string, string[]][] = []
    for (const path of paths) {
      await walkTo(person.page, path)
      const found = await wrongWith(person.page)
      if (found.length > 0) wrong.push([`${path} as the ${walker}`, found])
    }
    await person.close()
    return wrong
  }

  it('is fit to see for each of them', async () => {
    // Two at a time, who have about as far to go.
    const lanes = [['instructor'], walkers.filter(one => one !== 'instructor')] as const
    const walked = lanes.map(async lane => {
      const wrong: [string, string[]][] = []
      for (const walker of lane) wrong.push(...(await walk(walker)))
      return wrong
    })
    // Both come to an end before one that failed ends the story, and with it what they walk on.
    await Promise.allSettled(walked)
    assert.deepEqual((await Promise.all(walked)).flat(), [])
  })
})
