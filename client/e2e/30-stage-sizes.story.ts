// The stage in a room: the longest ordinary question on a small and on a very large projector, by day and by night.
// Nothing is cut, nothing lies over anything else.
import type { Page } from 'playwright-core'
import { liveCalls, liveRoutes, runHostsScope } from '#protocol/live.ts'
import { makeCourse } from '#server/test/classes.ts'
import { signedInClient, signIn } from '#server/test/factories.ts'
import { browser, testNode } from '#server/test/harness.ts'
import { becomes } from './people.ts'

const words = 'A plant in a closed room gives off oxygen while the lamp burns and takes it in when the lamp is out. '
const prompt = `${words.repeat(4).slice(0, 399)}?`
const options = 'abcdefgh'
  .split('')
  .map(id => ({ id, text: `Answer ${id}: it stores what it takes from the air as starch until the light comes back` }))

describe('the stage on every projector', () => {
  it('shows 400 characters and eight long answers whole, before and after the reveal', async () => {
    const node = await testNode()
    const course = await makeCourse()
    const host = await signedInClient(node, { accountId: course.instructorId })
    const run = await host.request(liveRoutes.start, { courseId: course.courseId, activityIds: [] })
    const hosts = await host.subscribe(runHostsScope, run.id)
    const { deliveryId } = await host.call(liveCalls.ask, {
      runId: run.id,
      kind: 'quiz',
      question: { type: 'single', body: { prompt, options }, key: { optionIds: ['c'] } },
      limitSeconds: 600,
    })
    const pages: { page: Page; name: string }[] = []
    for (const [width, height] of [
      [1280, 720],
      [3840, 2160],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await (await browser()).newContext({ viewport: { width, height }, colorScheme })
        await context.addCookies([{ name: 'lectern', value: await signIn(course.instructorId), url: node.url }])
        const page = await context.newPage()
        await page.goto(`${node.url}/class/${run.id}/stage`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        pages.push({ page, name: `${width}-${colorScheme}` })
      }
    }
    const look = async (moment: string) => {
      for (const { page, name } of pages) {
        if (process.env.STAGE_SHOTS) await page.screenshot({ path: `${process.env.STAGE_SHOTS}/${name}-${moment}.png` })
        await becomes(async () => (await page.evaluate(faults)).join('\n'), '', `${name} ${moment}`)
      }
    }
    for (const { page } of pages) await page.getByRole('heading', { name: prompt }).waitFor()
    await look('asked')
    for (const action of ['lock', 'reveal'] as const) {
      const phase = action === 'lock' ? 'open' : 'closed'
      const { step } = (await hosts.until(state => state.stage?.view.phase === phase)).stage!
      await host.call(liveCalls.steer, { runId: run.id, deliveryId, step, steer: { do: action } })
    }
    for (const { page } of pages) await page.getByText('0 answers').first().waitFor()
    await look('revealed')
    for (const { page } of pages) await page.context().close()
  })
})

// In the page: what is cut off, and which texts lie over each other.
function faults(): string[] {
  const found: string[] = []
  const boxes: { words: string; box: DOMRect; slack: number }[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    const parent = node.parentElement
    if (
      !text ||
      text === 'Skip to content' ||
      !parent ||
      parent.closest('.visually-hidden, svg, script, style, [hidden]')
    )
      continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) continue
    // A line's box is a little higher than its letters.
    const slack = Number.parseFloat(getComputedStyle(parent).fontSize) * 0.25
    const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1
    if (!inside) found.push(`outside: ${text.slice(0, 30)}`)
    for (let over: Element | null = parent; over && over !== document.body; over = over.parentElement) {
      const style = getComputedStyle(over)
      if (style.overflow === 'visible' && style.overflowY === 'visible') continue
      const frame = over.getBoundingClientRect()
      const cut = box.bottom > frame.bottom + slack || box.top < frame.top - slack || box.right > frame.right + 2
      if (cut) found.push(`cut: ${text.slice(0, 30)} by ${over.className}`)
    }
    boxes.push({ words: text.slice(0, 30), box, slack })
  }
  for (const [index, one] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      const x = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const y = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      if (x > 2 && y > one.slack + other.slack) found.push(`over each other: ${one.words} / ${other.words}`)
    }
  }
  return found
}
