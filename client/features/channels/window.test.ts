// The window over a channel never shows a hole and never grows past its bound.
import assert from 'node:assert/strict'
import { latestWindow, mostInMemory, withLatest, withNewer, withOlder } from '#client/features/channels/window.ts'
import type { Message } from '#protocol/channels.ts'

const message = (number: number, version = 1): Message =>
  ({ id: `m${number}`, number, version, text: `${number}.${version}` }) as unknown as Message
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => message(from + at))
const numbers = (items: readonly Message[]) => [items[0]?.number, items.at(-1)?.number, items.length]

describe('the window over a channel', () => {
  it('goes on with what comes, and takes edits', () => {
    const window = withLatest(latestWindow(run(51, 100)), [...run(52, 100), message(101)], 'follows')
    assert.deepEqual(numbers(window.items), [51, 101, 51])
    const edited = withLatest(window, [message(101, 2)], 'follows')
    assert.equal(edited.items.at(-1)?.text, '101.2')
    assert.equal(
      withLatest(edited, [message(101, 1)], 'follows').items.at(-1)?.text,
      '101.2',
      'an older version changes nothing',
    )
  })

  it('starts anew after a hole', () => {
    assert.deepEqual(numbers(withLatest(latestWindow(run(1, 50)), run(90, 139), 'follows').items), [90, 139, 50])
  })

  it('stays where the reader is and bounded, both ways', () => {
    let window = latestWindow(run(99_951, 100_000))
    for (let from = 99_951; from > 99_000; from -= 50)
      window = withOlder(window, { items: run(from - 50, from - 1), hasBefore: true })
    assert.equal(window.items.length, mostInMemory)
    assert.equal(window.hasAfter, true)
    const first = window.items[0]?.number
    const heard = withLatest(window, [message(100_001)], 'reads back')
    assert.equal(heard.items.length, mostInMemory, 'a new message is not put behind a hole')
    const newer = withNewer(heard, {
      items: run((first ?? 0) + mostInMemory, (first ?? 0) + mostInMemory + 49),
      hasAfter: true,
    })
    assert.deepEqual(numbers(newer.items), [(first ?? 0) + 50, (first ?? 0) + mostInMemory + 49, mostInMemory])
    for (const [at, one] of newer.items.entries()) assert.equal(one.number, (newer.items[0]?.number ?? 0) + at)
  })
})
