// What holds in the record, from plain data.
import assert from 'node:assert/strict'
import type { DeliveryId } from '#protocol/activities.ts'
import { chosenOf, mayReadKey, mayReadTotal, refusalOfAbsent, type Standing, scoreBy, standingOf } from './rules.ts'

describe('rules of the record', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 8, 1, hour))
  const ids = ['in class', 'at home', 'again'] as DeliveryId[] as [DeliveryId, DeliveryId, DeliveryId]
  const [inClass, atHome, anew] = ids
  const all = new Set(ids)
  const live: Standing = {
    deliveryId: inClass,
    ...{ mode: 'live', shows: 'after-due', givenAt: at(9), closedAt: at(10), revealed: true, finishedAt: null },
    ...{ tookPart: true, triesLeft: false },
  }
  const home: Standing = {
    deliveryId: atHome,
    ...{ mode: 'homework', shows: 'at-once', givenAt: at(9), closedAt: null, revealed: false, finishedAt: null },
    ...{ tookPart: false, triesLeft: false },
  }

  it('takes answers only in the attempt that a person is at, and in that until it is handed in', () => {
    const second = { number: 2, finishedAt: null }
    const standings = (latest: { number: number; finishedAt: Date | null }) =>
      [1, 2, 3].map(attempt => standingOf(attempt, latest))
    assert.deepEqual(standings(second), ['handed-in', 'open', 'not-there'])
    assert.deepEqual(standings({ ...second, finishedAt: at(11) }), ['handed-in', 'handed-in', 'not-there'])
    assert.deepEqual(
      [refusalOfAbsent({ closedAt: null }), refusalOfAbsent({ closedAt: at(12) })],
      ['attempt-not-begun', 'late'],
    )
  })

  it('shows a key only when the item is over for the reader everywhere', () => {
    const open = { ...live, closedAt: null, revealed: false }
    assert.equal(mayReadKey([live]), true)
    assert.equal(mayReadKey([{ ...live, closedAt: null }]), true)
    assert.equal(mayReadKey([open]), false)
    assert.equal(mayReadKey([live, home]), false)
    assert.equal(mayReadKey([live, { ...home, finishedAt: at(11) }]), true)
    assert.equal(mayReadKey([{ ...open, finishedAt: at(11) }]), false)
    assert.equal(mayReadKey([]), false)
  })

  it('takes back no total that was told before the same was given out again', () => {
    const again = { ...home, deliveryId: anew, givenAt: at(12) }
    assert.deepEqual([mayReadTotal([again, live], all), mayReadKey([again, live])], [true, false])
    const handedIn = { ...home, tookPart: true, finishedAt: at(11) }
    assert.equal(mayReadTotal([handedIn, live, again], all), true)
    // The class was still on, or the homework before it not handed in: nothing had been told.
    assert.equal(mayReadTotal([{ ...live, closedAt: at(13) }, again], all), false)
    assert.equal(mayReadTotal([live, { ...home, givenAt: at(8) }, again], all), false)
    assert.equal(mayReadTotal([{ ...handedIn, shows: 'after-due' }, again], all), false)
    assert.equal(mayReadTotal([{ ...live, closedAt: null }, again], all), false)
    // What is handed in anew, and not over, is in no total it counts in; in others all is as before.
    const answered = { ...again, shows: 'after-due' as const, tookPart: true, finishedAt: at(13) }
    assert.deepEqual(
      [all, new Set([anew]), new Set([inClass])].map(within => mayReadTotal([live, answered], within)),
      [false, false, true],
    )
    assert.equal(mayReadTotal([live, { ...answered, finishedAt: null }], all), true)
    // Whoever was absent gets it to answer, and was told nothing.
    assert.equal(mayReadTotal([{ ...live, tookPart: false }, again], all), false)
  })

  it('holds what homework has told nobody yet, by what it is set to', () => {
    const handedIn = { ...home, tookPart: true, finishedAt: at(11) }
    const over = { ...handedIn, closedAt: at(12) }
    const told = (shows: 'at-once' | 'after-due' | 'never', standing: Standing) => [
      mayReadKey([{ ...standing, shows }]),
      mayReadTotal([{ ...standing, shows }], all),
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

  it('tells what an attempt came to, and what was right not before there is no other', () => {
    const handedIn = { ...home, tookPart: true, finishedAt: at(11), triesLeft: true }
    assert.deepEqual([mayReadTotal([handedIn], all), mayReadKey([handedIn])], [true, false])
    assert.equal(mayReadKey([{ ...handedIn, triesLeft: false }]), true)
    assert.equal(mayReadKey([{ ...handedIn, closedAt: at(12) }]), true)
    // What may be answered again at home was shown in class: not to those who may.
    assert.equal(mayReadKey([live, handedIn]), false)
  })

  it('chooses of what was handed in the best, the last or the first attempt', () => {
    const attempt = (number: number, score: string, answered = 2, handedIn = true) => ({
      ...{ number, score, answered, handedIn },
    })
    const chosen = (counts: 'best' | 'last' | 'first', ...all: ReturnType<typeof attempt>[]) =>
      chosenOf(counts, all)?.number
    const three = [attempt(3, '1'), attempt(1, '0.5'), attempt(2, '1.5')]
    assert.deepEqual([chosen('best', ...three), chosen('last', ...three), chosen('first', ...three)], [2, 3, 1])
    // As figures, not as words; of equals the one with more answers, then the earlier.
    assert.equal(chosen('best', attempt(1, '9'), attempt(2, '10')), 2)
    assert.equal(chosen('best', attempt(1, '1'), attempt(2, '1')), 1)
    assert.equal(chosen('best', attempt(1, '0', 1), attempt(2, '0', 2)), 2)
    // What was not handed in counts in nothing, unless there is nothing else.
    const open = [attempt(1, '1'), attempt(2, '2', 2, false)]
    assert.deepEqual([chosen('best', ...open), chosen('last', ...open)], [1, 1])
    assert.equal(chosen('last', attempt(1, '0', 0, false)), 1)
    assert.equal(chosen('best'), undefined)
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
