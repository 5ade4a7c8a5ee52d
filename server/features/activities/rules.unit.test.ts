// What holds in the record, from plain data.
import assert from 'node:assert/strict'
import { mayReadKey, mayReadTotal, scoreBy } from './rules.ts'

describe('rules of the record', () => {
  it('shows a key only when the item is over for the reader everywhere', () => {
    const live = { mode: 'live' as const, shows: 'after-due' as const, shown: true, finished: false }
    const home = { mode: 'homework' as const, shows: 'at-once' as const, shown: false, finished: false }
    assert.equal(mayReadKey([live]), true)
    assert.equal(mayReadKey([{ ...live, shown: false }]), false)
    assert.equal(mayReadKey([live, home]), false)
    assert.equal(mayReadKey([live, { ...home, finished: true }]), true)
    assert.equal(mayReadKey([{ ...live, shown: false, finished: true }]), false)
    assert.equal(mayReadKey([]), false)
  })

  it('holds what homework has told nobody yet, by what it is set to', () => {
    const handedIn = { mode: 'homework' as const, shown: false, finished: true }
    const over = { ...handedIn, shown: true }
    const told = (shows: 'at-once' | 'after-due' | 'never', standing: typeof handedIn) => [
      mayReadKey([{ ...standing, shows }]),
      mayReadTotal([{ ...standing, shows }]),
    ]
    assert.deepEqual(
      [told('at-once', handedIn), told('at-once', over)],
      [
        [true, true],
        [true, true],
      ],
    )
    assert.deepEqual(
      [told('after-due', handedIn), told('after-due', over)],
      [
        [false, false],
        [true, true],
      ],
    )
    assert.deepEqual(
      [told('never', handedIn), told('never', over)],
      [
        [false, false],
        [false, true],
      ],
    )
  })

  it('scores by the ruling before the key', () => {
    assert.deepEqual(
      [scoreBy('by-key', '2', 5_000), scoreBy('by-key', '2', undefined), scoreBy('by-key', '2', null)],
      ['1', '0', null],
    )
    assert.deepEqual([scoreBy('everybody', '2', 0), scoreBy('everybody', '2', undefined)], ['2', '2'])
    assert.deepEqual([scoreBy('discarded', '2', 10_000), scoreBy('everybody', '2', null)], [null, null])
  })
})
