// Every page of the client as the four people and a stranger see it: on a phone of 360 px and at a desk, in light and in
// dark, from left to right and from right to left. axe finds nothing, and nothing is wider than the screen.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { patterns } from '#client/app/paths.ts'
import { administrator, instructor, learners } from '#server/seeds/people.ts'
import { furnish, pathsOf, type Visits, type Walker, walkers } from './every-page.ts'
import { wrongInAnyWay } from './every-way.ts'
import { openSchool, type School } from './people.ts'

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
    // Who is there already stays on the page that stands.
    const shown = location.pathname + location.search === to ? null : document.querySelector('h1')
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
    return shown
  }, path)
  await page
    .waitForFunction(
      old =>
        !old?.isConnected &&
        document.querySelector('h1') !== null &&
        document.querySelector('.skeleton, [aria-busy="true"]') === null,
      before,
    )
    .catch(async (error: unknown) => {
      const stands = await page.evaluate(
        old => ({
          head: document.querySelector('h1')?.textContent,
          old: old?.isConnected,
          waits: [...document.querySelectorAll('.skeleton, [aria-busy="true"]')].map(one =>
            one.outerHTML.slice(0, 200),
          ),
        }),
        before,
      )
      throw new Error(`${path} does not stand: ${JSON.stringify(stands)}`, { cause: error })
    })
}

describe('every page', function () {
  this.timeout(300_000)
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
      const found = await wrongInAnyWay(person.page)
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
