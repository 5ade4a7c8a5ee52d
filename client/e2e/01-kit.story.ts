// The component kit and the frame in a real browser, built as it is shipped and served under the server's own headers,
// over http on an address of this machine: no axe finding, no report of the policy, nothing wider than the screen.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import Koa from 'koa'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { securityHeaders } from '#server/platform/http/security-headers.ts'
import { browser } from '#server/test/harness.ts'
import { findings, overflow } from './check-page.ts'
import { becomes, screens } from './people.ts'

const { stage: _, ...kitScreens } = screens

const types: { readonly [ending: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** An IPv4 address of this machine that is not the loopback, where a page has no secure context. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  return all.find(one => one.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1'
}

describe('the kit and the frame', () => {
  let folder = ''
  let server: Server
  let address = ''
  const reports: string[] = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lectern-kit-'))
    // In a process of its own: under the loader of the tests the bundler leaves out the sheets of lazy chunks.
    const options = {
      mode: 'development',
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true, rolldownOptions: { input: 'client/kit.html' } },
    }
    const built = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', `import { build } from 'vite'; await build(${JSON.stringify(options)})`],
      { env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' }, encoding: 'utf8' },
    )
    assert.equal(built.status, 0, built.stderr)

    const app = new Koa()
    app.use(securityHeaders('http', () => null))
    app.use(ctx => {
      const asked = join(folder, ctx.path)
      const file = statSync(asked, { throwIfNoEntry: false })?.isFile() ? asked : join(folder, 'kit.html')
      ctx.type = types[extname(file)] ?? 'application/octet-stream'
      ctx.body = readFileSync(file)
    })
    server = createServer(app.callback())
    await new Promise<void>(done => server.listen(0, '0.0.0.0', done))
    const bound = server.address()
    assert.ok(bound !== null && typeof bound === 'object')
    address = `http://${ownAddress()}:${bound.port}`
  })

  after(async () => {
    server?.closeAllConnections()
    await new Promise(done => server?.close(done))
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(options: BrowserContextOptions, path = '/kit'): Promise<Page> {
    const context = await (await browser()).newContext(options)
    const page = await context.newPage()
    page.on('console', message => {
      if (message.type() === 'error') reports.push(message.text())
    })
    page.on('pageerror', error => reports.push(String(error.stack)))
    await page.goto(address + path)
    await page.getByRole('heading', { name: 'Cell biology', level: 1 }).waitFor()
    return page
  }

  const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

  for (const [name, screen] of Object.entries(kitScreens)) {
    it(`has no finding and fits: ${name}, light and dark, in both directions`, async () => {
      const page = await open({ ...screen, colorScheme: 'light' })
      for (const direction of ['ltr', 'rtl'] as const) {
        await page.evaluate(dir => {
          document.documentElement.dir = dir
        }, direction)
        await page.emulateMedia({ colorScheme: 'light' })
        assert.deepEqual(await findings(page), [], `light, ${direction}`)
        assert.deepEqual(await overflow(page), { wider: 0, by: [] }, `wider than the screen, ${direction}`)
        await page.emulateMedia({ colorScheme: 'dark' })
        assert.deepEqual(await findings(page, 'colours'), [], `dark, ${direction}`)
      }
      await page.context().close()
    })
  }

  it('gives fingers 44 pixels, answers 56', async () => {
    const page = await open(screens.phone)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main .button, .icon-button, .tab, .bottom-item, .choice-button')]
        .map(one => ({
          name: one.textContent,
          height: one.offsetHeight,
          least: one.matches('.choice-button') ? 56 : 44,
        }))
        .filter(one => one.height < one.least && one.height > 0),
    )
    assert.deepEqual(small, [])
    await page.context().close()
  })

  it('moves in a menu by the keyboard and gives the focus back', async () => {
    const page = await open(screens.desktop)
    const button = page.getByRole('button', { name: 'More about Quiz 3' })
    await button.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Rename' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Rename')
    await page.keyboard.press('ArrowUp')
    await becomes(() => focused(page), 'Delete')
    await page.keyboard.press('a')
    await becomes(() => focused(page), 'Archive')
    assert.deepEqual(await findings(page), [])
    await page.keyboard.press('Enter')
    await page.getByText('Archived.', { exact: true }).waitFor()
    await becomes(() => button.evaluate(one => one === document.activeElement), true)
    await page.context().close()
  })

  it('closes a dialog by Escape and a sheet by a tap beside it', async () => {
    const page = await open(screens.desktop)
    await page.getByRole('button', { name: 'Open a dialog' }).click()
    await page.getByRole('dialog', { name: 'End the class?' }).waitFor()
    assert.deepEqual(await findings(page), [])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await becomes(() => focused(page), 'Open a dialog')
    await page.getByRole('button', { name: 'Open a sheet' }).click()
    await page.getByRole('dialog', { name: 'Not answered yet' }).waitFor()
    await page.mouse.click(5, 5)
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.context().close()
  })

  it('sums the errors of a form, takes the focus there and leads to the field', async () => {
    const page = await open(screens.phone)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForFunction(() => document.activeElement?.classList.contains('form-summary'))
    assert.deepEqual(await findings(page), [])
    await page.getByRole('button', { name: 'Enter your password.' }).click()
    await becomes(() => page.evaluate(() => document.activeElement?.getAttribute('name')), 'password')
    await page.context().close()
  })

  it('draws few of 1,200 rows and reaches the last by the keyboard', async () => {
    const page = await open(screens.desktop)
    await page.getByRole('tab', { name: /Many/ }).click()
    await page.getByText('1,200 rows').waitFor()
    const drawn = await page.locator('.table tbody tr').count()
    assert.ok(drawn < 60, `drew ${drawn}`)
    await page.locator('.table tr[tabindex="0"]').focus()
    await page.keyboard.press('End')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '1201')
    await page.keyboard.press('Home')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '2')
    await page.context().close()
  })

  it('copies over http, where the browser has no clipboard interface', async () => {
    const page = await open(screens.desktop)
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const field = page.getByLabel('Title')
    await field.fill('')
    await field.focus()
    await page.keyboard.press('Control+V')
    await becomes(() => field.inputValue(), 'http://192.168.1.20:8080/join/K7M2QX')
    await page.context().close()
  })

  it('says where the reader is after a navigation, and back goes back to the same place', async () => {
    const page = await open(screens.phone)
    await page.evaluate(() => scrollTo(0, 1500))
    await page.waitForFunction(() => scrollY === 1500)
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = '/no-such-page'
      document.querySelector('main h1')?.append(link)
      link.click()
    })
    await page.getByRole('heading', { name: 'There is no page here' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.nodeName === 'H1')
    await becomes(() => page.title(), 'There is no page here · Lectern')
    await becomes(() => page.evaluate(() => scrollY), 0)
    await page.goBack()
    await page.getByRole('heading', { name: 'Cell biology' }).waitFor()
    await page.waitForFunction(() => scrollY === 1500)
    await becomes(() => page.title(), 'Component kit · Lectern')
    await page.context().close()
  })

  it('keeps the theme of this device', async () => {
    const page = await open({ ...screens.desktop, colorScheme: 'light' })
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const light = await ground()
    await page.getByRole('button', { name: /Account and theme/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click()
    await page.waitForFunction(before => getComputedStyle(document.documentElement).backgroundColor !== before, light)
    await page.reload()
    await page.getByRole('heading', { name: 'Cell biology', level: 1 }).waitFor()
    assert.notEqual(await ground(), light)
    await page.context().close()
  })

  it('skips to the content, and says it is offline', async () => {
    const page = await open(screens.desktop, '/kit?offline')
    await page.getByText('3 changes wait and are sent when you are back.', { exact: false }).waitFor()
    assert.deepEqual(await findings(page), [])
    await page.keyboard.press('Tab')
    await becomes(() => focused(page), 'Skip to content')
    await page.keyboard.press('Enter')
    await becomes(() => page.evaluate(() => document.activeElement?.id), 'main')
    await page.context().close()
  })

  it('keeps the frame when a page breaks, and forgets the fault at the next address', async () => {
    const page = await open(screens.desktop)
    await page.getByRole('button', { name: 'Break this page' }).click()
    await page.getByText('This page stopped working').waitFor()
    assert.deepEqual(await findings(page), [])
    assert.match(reports.splice(0).join('\n'), /broken on purpose/)
    await page.evaluate(() => {
      history.pushState(null, '', '/no-such-page')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    await page.getByText('This page stopped working').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('had no fault and no report of the policy in all of this', () => {
    assert.deepEqual(reports, [])
  })
})
