// Pages that are on their way while something is told, or while their reader leaves.
import assert from 'node:assert/strict'
import { signal } from '@preact/signals'
import type { ScopeStore } from '#client/platform/scope-store.ts'
import type { channelScope, Message, MessageChange } from '#protocol/channels.ts'
import { waitFor } from '#server/test/wait-for.ts'
import { readingPages } from './pages.ts'
import { latestWindow, type MessageWindow } from './window.ts'

const message = (number: number, text: string | null) =>
  ({ id: `m${number}`, number, text, version: 0, reactions: [], replyTo: null }) as unknown as Message
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => message(first + at, `Words ${first + at}`))
const removal = (number: number): MessageChange => ({
  kind: 'messageRemoved',
  body: { message: { ...message(number, null), version: 1 } },
})

describe('a page that is on its way', () => {
  const network = globalThis.fetch
  let arrives: (page: unknown) => void = () => undefined
  before(() => {
    globalThis.fetch = () =>
      new Promise(resolve => {
        arrives = page => resolve(new Response(JSON.stringify(page), { status: 200 }))
      })
  })
  after(() => {
    globalThis.fetch = network
  })

  function reading(lastNumber = 100) {
    const state = signal({ channel: { lastNumber }, messages: [] })
    const held = signal<MessageWindow | undefined>(latestWindow(from(51, 100)))
    const pages = readingPages({
      channelId: 'c',
      scope: { state } as unknown as ScopeStore<typeof channelScope>,
      held,
      landed: signal(undefined),
      tell: error => assert.fail(String(error)),
    })
    return {
      state,
      held,
      pages,
      textOf: (number: number) => held.value?.items.find(one => one.number === number)?.text,
    }
  }

  it('shows nothing that was removed before it came', async () => {
    const { pages, textOf } = reading()
    const older = pages.older()
    pages.changed(removal(30))
    pages.changed(removal(60))
    arrives({ items: from(1, 50), hasBefore: false, hasAfter: true })
    await older
    assert.deepEqual([textOf(29), textOf(30), textOf(60)], ['Words 29', null, null])
  })

  it('is for whoever asked: once they have left nothing stays', async () => {
    const { held, pages } = reading()
    const jump = pages.jump({ number: 30 })
    pages.left()
    arrives({ items: from(10, 50), hasBefore: true, hasAfter: true })
    await jump
    assert.equal(held.value, undefined)
  })

  it('is asked for again when all was read anew meanwhile, for nobody tells what it lacks', async () => {
    const { pages, textOf } = reading()
    const older = pages.older()
    const early = arrives
    const anew = pages.refresh()
    arrives({ items: from(51, 100), hasBefore: true, hasAfter: false })
    await anew
    const asked = arrives
    early({ items: from(1, 50), hasBefore: false, hasAfter: true })
    await waitFor(() => arrives !== asked, 'the page to be asked for again')
    arrives({
      items: from(1, 50).map(one => (one.number === 30 ? message(30, null) : one)),
      hasBefore: false,
      hasAfter: true,
    })
    await older
    assert.deepEqual([textOf(29), textOf(30)], ['Words 29', null])
  })

  it('is not the end of the talk when something was said before it came', async () => {
    const { state, held, pages } = reading()
    const jump = pages.jump({ number: 90 })
    state.value = { channel: { lastNumber: 101 }, messages: [] }
    arrives({ items: from(61, 100), hasBefore: true, hasAfter: false })
    await jump
    assert.equal(held.value?.hasAfter, true)
    const newer = pages.newer()
    arrives({ items: from(101, 101), hasBefore: true, hasAfter: false })
    await newer
    assert.deepEqual([held.value?.items.at(-1)?.number, held.value?.hasAfter], [101, false])
  })
})
