// The page that opens a copy of one's data, as a browser shows it from a disk: in the person's language, on a phone and at a
// desk, light and dark, running nothing, with every file it names beside it.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { accountRoutes } from '#protocol/accounts.ts'
import { inboxRoutes } from '#protocol/channels/inbox.ts'
import { channelCalls } from '#protocol/channels.ts'
import { courseRoutes } from '#protocol/courses.ts'
import { privacyRoutes, privacyScope } from '#protocol/privacy.ts'
import { accounts } from '#server/features/accounts/index.ts'
import { learners } from '#server/seeds/people.ts'
import { signedInClient } from '#server/test/factories.ts'
import { browser, type TestNode, testNode, waitFor } from '#server/test/harness.ts'
import { schoolDatabase } from '#server/test/school.ts'
import type { TestClient } from '#server/test/test-client.ts'
import { unzip } from '#server/test/zip.ts'

describe('the page of a copy', () => {
  let node: TestNode
  let own: TestClient
  let folder: string
  before(async () => {
    node = await testNode({ databaseUrl: (await schoolDatabase()).databaseUrl })
    const { email } = learners[0] ?? assert.fail()
    const { id } = await accounts.findOne({ where: { email }, rejectOnEmpty: true })
    own = await signedInClient(node, { accountId: id })
    folder = await mkdtemp(join(tmpdir(), 'lectern-copy-'))
    const [course] = (await own.request(courseRoutes.list, {})).items
    const { items } = await own.request(inboxRoutes.list, { courseId: course?.id ?? assert.fail() })
    const channelId = items.find(one => one.channel.form === 'chat')?.channel.id ?? assert.fail()
    await own.call(channelCalls.send, {
      channelId,
      text: '<script>document.title = "run"</script> <img src=x onerror=alert(1)>',
    })
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function copy(locale: string): Promise<Map<string, string>> {
    const { account } = await own.request(accountRoutes.me)
    await own.request(accountRoutes.changeProfile, { version: account?.version ?? 0, locale })
    const watch = await own.subscribe(privacyScope, account?.id ?? assert.fail())
    const { export: begun } = await own.request(privacyRoutes.startExport)
    await waitFor(
      () => watch.state().export?.id === begun.id && watch.state().export?.state === 'ready',
      'the copy',
      30_000,
    )
    await watch.leave()
    const answer = await own.raw('GET', privacyRoutes.exportContent.path.replace(':exportId', begun.id))
    const files = unzip(Buffer.from(await answer.arrayBuffer()))
    for (const [name, text] of files) {
      await mkdir(dirname(join(folder, locale, name)), { recursive: true })
      await writeFile(join(folder, locale, name), text)
    }
    return files
  }

  /** What the page is in a browser that opened it from the disk. */
  async function look(locale: string, width: number, colorScheme: 'light' | 'dark') {
    const context = await (await browser()).newContext({ viewport: { width, height: 844 }, colorScheme })
    try {
      const page = await context.newPage()
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      await page.goto(pathToFileURL(join(folder, locale, 'index.html')).href)
      const shots = process.env.PAGE_SHOTS
      if (shots)
        await page.screenshot({ path: join(shots, `copy-${locale}-${width}-${colorScheme}.png`), fullPage: true })
      const seen = await page.evaluate(() => ({
        title: document.title,
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        paper: getComputedStyle(document.body).backgroundColor,
        running: document.querySelectorAll('script, img, iframe, object, link, [onerror]').length,
        headings: [...document.querySelectorAll('h2, h3')].map(one => one.textContent ?? ''),
        heads: [...document.querySelectorAll('th, dt')].map(one => one.textContent ?? ''),
        links: [...document.querySelectorAll('section a')].map(one =>
          decodeURIComponent(one.getAttribute('href') ?? ''),
        ),
        lost: [...document.querySelectorAll('nav a')].filter(
          one => document.getElementById((one.getAttribute('href') ?? '').slice(1)) === null,
        ).length,
        said: document.body.textContent?.includes('<img src=x onerror=alert(1)>') ?? false,
      }))
      return { ...seen, asked }
    } finally {
      await context.close()
    }
  }

  it('is read on a phone and at a desk, light and dark, in the language of its person, and runs nothing', async () => {
    for (const [locale, dir] of [
      ['en', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      const files = await copy(locale)
      const [phone, desk] = [await look(locale, 390, 'light'), await look(locale, 1280, 'dark')]
      for (const seen of [phone, desk]) {
        assert.deepEqual([seen.lang, seen.dir, seen.wide, seen.running, seen.lost], [locale, dir, 0, 0, 0])
        assert.ok(seen.said, 'what was written stands there as it was written')
        assert.notEqual(seen.title, 'run')
        assert.equal(seen.asked.length, 1, seen.asked.join())
        assert.ok(seen.links.length > 5)
        for (const link of seen.links) assert.ok(files.has(link), link)
      }
      assert.notEqual(phone.paper, desk.paper)
      assert.deepEqual(phone.headings, desk.headings)
      // In Arabic no heading is left in English; of the columns a few that are seldom there may be.
      if (locale === 'ar') {
        assert.deepEqual(
          phone.headings.filter(one => /[a-z]/i.test(one)),
          [],
        )
        const english = phone.heads.filter(one => /[a-z]/i.test(one))
        assert.ok(english.length < phone.heads.length / 3, [...new Set(english)].join(', '))
      }
    }
  })
})
