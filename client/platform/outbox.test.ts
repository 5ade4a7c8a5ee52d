// The outbox in a real browser on an address that is no secure context: no randomUUID, no locks, no subtle. Only the
// server is played here; storage, tabs and channels are Chromium's own.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'
import { protocolVersion } from '#protocol/base/wire.ts'
import { browser, waitFor } from '#server/test/harness.ts'
import type { Outbox, OutboxEnd } from './outbox.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

// What the test page puts on its window.
interface Stage {
  open(options: { day?: number; unknown?: string }): void
  box: Outbox
  ends: OutboxEnd[]
  orphans: string[]
  outcomes: Record<string, string>
  say(text: string, lane?: string, latest?: string): void
}

const pageCode = `
  import { createOutbox } from './outbox.ts'
  import { ClientProblem } from './problem.ts'
  window.stage = {
    ends: [], orphans: [], outcomes: {},
    open({ day = 0, unknown }) {
      const box = createOutbox({
        name: 'test', account: () => (unknown ? undefined : 'ada'), writer: () => unknown ?? 'ada', now: () => Date.now() + day * 86400000,
        send: async (call, input, { operation, protocol }) => {
          const answer = await window.server({ call, input, operation, protocol })
          if (answer.code) throw new ClientProblem(answer.code, { params: answer.params ?? {} })
          return answer.value
        },
      })
      box.onEnd(end => this.ends.push(end))
      box.onOrphan(end => this.orphans.push(end.entry.input.text))
      this.box = box
    },
    say(text, lane, latest) {
      this.box.send({ name: 'talk.say', kind: 'write' }, { text }, lane, latest).then(
        value => { this.outcomes[text] = 'done ' + value },
        problem => { this.outcomes[text] = problem.code },
      )
    },
  }`

type Sent = { call: string; input: { text: string }; operation: string; protocol: number }
type Answer = { value?: unknown; code?: string; params?: Record<string, unknown> }

describe('the outbox', () => {
  let server: Server
  let url: string
  let context: BrowserContext
  let sent: Sent[] = []
  let answer: (sent: Sent) => Answer | Promise<Answer>

  before(async () => {
    const bundle = await build({
      stdin: { contents: pageCode, resolveDir: here, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    })
    const script = bundle.outputFiles[0]!.text
    server = createServer((request, response) => {
      response.setHeader('content-type', request.url === '/page.js' ? 'text/javascript' : 'text/html')
      response.end(request.url === '/page.js' ? script : '<!doctype html><script src="/page.js"></script>')
    })
    await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve))
    const { port } = server.address() as AddressInfo
    const outside = Object.values(networkInterfaces())
      .flatMap(list => list ?? [])
      .find(one => one.family === 'IPv4' && !one.internal)
    url = `http://${outside?.address ?? '127.0.0.1'}:${port}/`
  })
  beforeEach(async () => {
    sent = []
    answer = one => ({ value: one.input.text })
    context = await (await browser()).newContext()
    await context.exposeFunction('server', async (one: Sent) => {
      sent.push(one)
      return answer(one)
    })
  })
  afterEach(() => context.close())
  after(() => server.close())

  async function tab(options: { day?: number; unknown?: string } = {}): Promise<Page> {
    const page = await context.newPage()
    await page.goto(url)
    await page.evaluate(how => (window as unknown as { stage: Stage }).stage.open(how), options)
    return page
  }
  const say = (page: Page, text: string, lane?: string, latest?: string) =>
    page.evaluate(([words, where, word]) => (window as unknown as { stage: Stage }).stage.say(words!, where, word), [
      text,
      lane,
      latest,
    ] as const)
  const outcomes = (page: Page) => page.evaluate(() => (window as unknown as { stage: Stage }).stage.outcomes)
  const kept = (page: Page) =>
    page.evaluate(() => (window as unknown as { stage: Stage }).stage.box.pending.value.map(entry => entry.kept))
  const pending = (page: Page) =>
    page.evaluate(() => (window as unknown as { stage: Stage }).stage.box.pending.value.map(entry => entry.lane))
  const ends = (page: Page) =>
    page.evaluate(() => (window as unknown as { stage: Stage }).stage.ends.map(end => end.outcome))
  const orphans = (page: Page) => page.evaluate(() => (window as unknown as { stage: Stage }).stage.orphans)
  const texts = () => sent.map(one => one.input.text)

  it('R28: sends in order within a lane, each under an id of its own, also over plain http', async () => {
    const page = await tab()
    if (!url.includes('127.0.0.1')) assert.equal(await page.evaluate(() => typeof crypto.randomUUID), 'undefined')
    for (const text of ['a', 'b', 'c']) await say(page, text)
    await waitFor(async () => (await outcomes(page)).c === 'done c', 'three answers')
    assert.deepEqual(texts(), ['a', 'b', 'c'])
    assert.equal(new Set(sent.map(one => one.operation)).size, 3)
    assert.match(sent[0]!.operation, /^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    assert.deepEqual(await pending(page), [])
  })

  it('R28: of changes to one thing only the newest unsent one is sent, and all of them end with it', async () => {
    const held: (() => void)[] = []
    answer = one => new Promise(resolve => held.push(() => resolve({ value: one.input.text })))
    const page = await tab()
    await say(page, 'first', 'seat', 'item 1')
    await waitFor(() => held.length === 1, 'the first one on its way')
    await say(page, 'other', 'seat', 'item 2')
    for (const text of ['second', 'third', 'fourth']) await say(page, text, 'seat', 'item 1')
    await waitFor(async () => (await pending(page)).length === 5, 'all of them kept')
    answer = one => ({ value: one.input.text })
    held[0]!()
    await waitFor(async () => (await outcomes(page)).fourth === 'done fourth', 'the newest')
    assert.deepEqual(texts(), ['first', 'other', 'fourth'])
    const ended = await outcomes(page)
    assert.deepEqual([ended.first, ended.second, ended.third], ['done first', 'done fourth', 'done fourth'])
    assert.deepEqual(await pending(page), [])
  })

  it('R28: what was not answered survives a closed tab and goes out again under the same id', async () => {
    answer = () => ({ code: 'offline' })
    const first = await tab()
    await say(first, 'kept')
    await waitFor(() => sent.length >= 1, 'a first try')
    await first.close()
    answer = one => ({ value: one.input.text })
    const before = sent.length
    const second = await tab()
    await waitFor(async () => (await ends(second))[0] === 'done', 'the end')
    assert.equal(new Set(sent.map(one => one.operation)).size, 1)
    assert.equal(sent.length, before + 1)
    assert.ok(
      sent.every(one => one.protocol === protocolVersion),
      'says under which protocol it was written',
    )
  })

  it('R28: shows what waits to whoever wrote it, and to nobody else whose page begins before it is known who is here', async () => {
    answer = () => ({ code: 'busy' })
    const first = await tab()
    await say(first, 'from ada')
    await waitFor(async () => (await kept(first))[0] === true, 'it to be kept')
    await first.close()
    const [ada, ben] = [await tab({ unknown: 'ada' }), await tab({ unknown: 'ben' })]
    await waitFor(async () => (await pending(ada)).length === 1, 'it to be shown to its writer')
    await say(ben, 'from ben')
    await waitFor(async () => (await kept(ben))[0] === true, 'the other one to be kept')
    assert.equal((await pending(ben)).length, 1)
    await say(ada, 'more from ada')
    await waitFor(async () => (await kept(ada)).filter(Boolean).length === 2, 'hers to be read again, after that')
    assert.equal((await pending(ada)).length, 2)
  })

  it('R28: calls a write kept once the browser has written it, and not before', async () => {
    answer = () => ({ code: 'offline' })
    const page = await tab()
    const said = await page.evaluate(() => {
      const { stage } = window as unknown as { stage: Stage }
      const heard: boolean[] = []
      stage.box.pending.subscribe(waiting => heard.push(...waiting.map(entry => entry.kept)))
      stage.say('in a tunnel')
      return heard
    })
    assert.deepEqual(said, [false], 'in the moment of the tap')
    await waitFor(async () => (await kept(page))[0] === true, 'the browser to keep it')
  })

  it('R28: a refusal ends its entry and is told; the next in the lane goes on', async () => {
    answer = one => (one.input.text === 'bad' ? { code: 'late' } : { value: one.input.text })
    const page = await tab()
    await say(page, 'bad')
    await say(page, 'good')
    await waitFor(async () => (await outcomes(page)).good === 'done good', 'the good one')
    assert.equal((await outcomes(page)).bad, 'late')
    assert.deepEqual(await pending(page), [])
  })

  it('R28: where the browser keeps nothing, a write is sent from memory all the same, asked again, and its end told', async () => {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Not in a private window', 'SecurityError')
      }
    })
    let busy = 1
    answer = one => {
      if (one.input.text === 'bad') return { code: 'late' }
      return busy-- > 0 ? { code: 'busy', params: { retryAfter: 0 } } : { value: one.input.text }
    }
    const page = await tab()
    await say(page, 'good')
    await say(page, 'bad')
    await waitFor(async () => (await outcomes(page)).bad === 'late', 'the refusal')
    assert.equal((await outcomes(page)).good, 'done good')
    answer = () => ({ code: 'offline' })
    await say(page, 'in a tunnel')
    await waitFor(() => texts().includes('in a tunnel'), 'a try')
    assert.deepEqual(await kept(page), [false], 'what the tab alone holds is not called kept')
    answer = one => ({ value: one.input.text })
    await waitFor(async () => (await pending(page)).length === 0, 'the end')
    assert.deepEqual((await ends(page)).slice(0, 2), ['done', 'refused'])
    assert.deepEqual(texts().slice(0, 3), ['good', 'good', 'bad'])
    assert.equal(new Set(sent.map(one => one.operation)).size, 3)
    assert.deepEqual(await pending(page), [])
  })

  it('R28: a busy server is asked again, and holds back its own lane only', async () => {
    let tries = 0
    let letGo: () => void = () => undefined
    const gate = new Promise<void>(resolve => {
      letGo = resolve
    })
    answer = async one => {
      if (one.input.text === 'slow' && tries++ < 2) return { code: 'busy' }
      if (one.input.text === 'slow') await gate
      return { value: one.input.text }
    }
    const page = await tab()
    await say(page, 'slow', 'one')
    await say(page, 'after', 'one')
    await say(page, 'free', 'two')
    await waitFor(async () => (await outcomes(page)).free === 'done free', 'the other lane')
    assert.equal((await outcomes(page)).slow, undefined)
    letGo()
    await waitFor(async () => (await outcomes(page)).after === 'done after', 'the lane')
    assert.deepEqual(
      texts().filter(text => text !== 'free'),
      ['slow', 'slow', 'slow', 'after'],
    )
  })

  it('R28: of two tabs one sends, and both see what became of it', async () => {
    const [one, two] = [await tab(), await tab()]
    for (let index = 0; index < 5; index++) {
      await say(one, `one ${index}`)
      await say(two, `two ${index}`)
    }
    await waitFor(
      async () => Object.keys({ ...(await outcomes(one)), ...(await outcomes(two)) }).length === 10,
      'ten answers in two tabs',
    )
    assert.equal(sent.length, 10)
    await one.close()
    await say(two, 'alone')
    await waitFor(async () => (await outcomes(two)).alone === 'done alone', 'the tab that is left')
  })

  it('R28: of a refusal one tab is told: the one that wrote it, and another where that is gone', async () => {
    const sender = await tab()
    // It holds the right to send, and so writes of other tabs are its to send.
    await say(sender, 'first')
    await waitFor(async () => (await outcomes(sender)).first === 'done first', 'the first')
    const [writer, watcher] = [await tab(), await tab()]
    answer = () => ({ code: 'late' })
    await say(writer, 'here')
    await waitFor(async () => (await outcomes(writer)).here === 'late', 'the refusal where it was written')
    answer = () => ({ code: 'offline' })
    await say(writer, 'gone')
    await waitFor(() => texts().includes('gone'), 'a first try')
    await writer.close()
    answer = () => ({ code: 'late' })
    await waitFor(async () => (await orphans(sender)).length > 0, 'the word')
    assert.deepEqual([await orphans(sender), await orphans(watcher)], [['gone'], []])
  })

  it('R28: a page that is left lets go of the right to send, for the next one to take at once', async () => {
    answer = () => ({ code: 'offline' })
    const first = await tab()
    await say(first, 'kept')
    await waitFor(() => sent.length >= 1, 'a first try')
    const held = async (page: typeof first) =>
      page.evaluate(
        name =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open(name)
            opening.onerror = () => reject(opening.error)
            opening.onsuccess = () => {
              const count = opening.result.transaction('lease').objectStore('lease').count()
              count.onsuccess = () => resolve(count.result)
            }
          }),
        'test',
      )
    assert.equal(await held(first), 1)
    await first.goto(`${new URL(first.url()).origin}/left`)
    await waitFor(async () => (await held(first)) === 0, 'the lease to be free')
  })

  it('R28: what waited for more than 60 days is dropped, with a word', async () => {
    answer = () => ({ code: 'offline' })
    const first = await tab()
    await say(first, 'old')
    await waitFor(() => sent.length >= 1, 'a first try')
    await first.close()
    const before = sent.length
    const second = await tab({ day: 61 })
    await waitFor(async () => (await ends(second))[0] === 'too-old', 'the word')
    assert.equal(sent.length, before)
    // It is told before it is taken out.
    await waitFor(async () => (await pending(second)).length === 0, 'it to be taken out')
  })
})
