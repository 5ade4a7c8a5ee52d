// Every page of the client as the four people and a stranger see it: on a phone of 360 px and at a desk, in light and in
// dark, from left to right and from right to left. axe finds nothing, and nothing is wider than the screen.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { patterns } from '#client/app/paths.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { findings, overflow } from './check-page.ts'
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
  const look = async (way: string, rules: 'all' | 'colours' | 'all but colours') => {
    const { wider, by } = await overflow(page)
    if (wider > 0) wrong.push(`${way}: ${wider} px too wide, ${by.join(' ')}`)
    for (const found of await findings(page, rules)) wrong.push(`${way}: ${found}`)
  }
  const turn = (dir: 'ltr' | 'rtl') =>
    page.evaluate(to => {
      document.documentElement.dir = to
    }, dir)
  await look('phone, light', 'all')
  await turn('rtl')
  await look('phone, right to left', 'all but colours')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(screens.desktop.viewport)
  await look('desk, dark, right to left', 'all')
  await turn('ltr')
  await page.emulateMedia({ colorScheme: 'light' })
  await look('desk, light', 'colours')
  await page.setViewportSize(screens.small.viewport)
  await page.emulateMedia({ colorScheme: 'dark' })
  await look('phone, dark', 'colours')
  await page.emulateMedia({ colorScheme: 'light' })
  return wrong
}

describe('every page', function () {
  this.timeout(60_000)
  let school: School
  let visits: Visits

  before(async () => {
    school = await openSchool()
    visits = await furnish(school)
  })

  it('is visited', () => {
    const { kit: _, ...pages } = patterns
    assert.deepEqual(Object.keys(visits).sort(), Object.keys(pages).sort())
  })

  for (const walker of walkers) {
    it(`is fit to see for the ${walker}`, async () => {
      const person = await school.open('small', signedIn[walker])
      await person.go(pathsOf(visits, walker)[0] ?? '/')
      for (const path of pathsOf(visits, walker)) {
        await walkTo(person.page, path)
        assert.deepEqual(await wrongWith(person.page), [], `${path} as the ${walker}`)
      }
      await person.close()
    })
  }
})
