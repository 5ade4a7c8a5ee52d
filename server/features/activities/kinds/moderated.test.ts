// Whatever hosts decide and learners send, in any order: what is hidden, banned or waiting is in nothing that everybody
// sees, every word counts once, and what was merged comes apart again.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Steer } from '#protocol/activities/staged.ts'
import { isStopWord, partsOf, wordMark } from '#protocol/activities/words.ts'
import type { ItemId } from '#protocol/activities.ts'
import { Problem } from '#protocol/base/problems.ts'
import type { Plan, Shared } from './kind.ts'
import { isBanned, moderate, moderationOf } from './moderated.ts'
import { openText } from './open-text.ts'
import { wordCloud } from './word-cloud.ts'

const itemId = '01900000-0000-7000-8000-000000000000' as ItemId
const now = new Date('2026-03-02T09:00:00.000Z')
const settings = { limitSeconds: null, words: 3, show: 'live', atLeast: 0, moderated: false, stopList: 'en' }
const plan = (over: Partial<typeof settings> = {}): Plan => ({
  settings: { ...settings, ...over },
  items: [{ id: itemId, points: '1', question: { type: 'open', body: { prompt: 'Which' }, key: {} } }],
})
const opened = wordCloud.steer(plan(), wordCloud.start(), { do: 'open' }, now, 0)

const vocabulary = [
  'light',
  'Light',
  'leaf',
  'leaves',
  'bad',
  'bad word',
  'word',
  'the',
  'the sun',
  '<b>',
  'ضوء',
  'ﬁne',
]
const marks = vocabulary.map(wordMark).filter(mark => mark !== '')
const anyMark = fc.constantFrom(...marks)
const act: fc.Arbitrary<Steer> = fc.oneof(
  fc.record({
    do: fc.constantFrom('show' as const, 'hide' as const, 'ban' as const),
    itemId: fc.constant(itemId),
    mark: anyMark,
  }),
  fc.record({ do: fc.constant('merge' as const), itemId: fc.constant(itemId), mark: anyMark, into: anyMark }),
)
const given = fc.array(
  fc.record({
    answer: fc.record({ words: fc.uniqueArray(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 3 }) }),
    times: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 12 },
)

/** Does what hosts want; what would merge a word with itself is refused and changes nothing. */
function decided(shared: Shared, acts: readonly Steer[]): Shared {
  let state = shared
  for (const one of acts) {
    try {
      state = wordCloud.steer(plan(), state, one, now, 0)
    } catch (error) {
      assert.ok(error instanceof Problem && error.code === 'merged-with-itself', String(error))
    }
  }
  return state
}

describe('words that hosts moderate', () => {
  it('tells everybody only what is neither hidden, banned nor waiting', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), given, fc.boolean(), (acts, moves, moderated) => {
        const of = plan({ moderated })
        const shared = decided(opened, acts)
        const item = of.items[0]!
        const tally = wordCloud.tally(of.settings, item, shared, moves)
        const seen = wordCloud.shownLive?.(of.settings, shared, itemId, tally)
        const { shown, hidden, banned, merged } = moderationOf(shared, itemId)
        const told = [
          ...Object.keys(seen?.counts ?? {}),
          ...Object.keys(
            wordCloud.view(of, { ...shared, phase: 'revealed', tallies: { [itemId]: tally } }).result?.tally.counts ??
              {},
          ),
        ].map(wordMark)
        for (const mark of told) {
          assert.ok(!hidden.includes(mark) && !isBanned(banned, mark), mark)
          assert.ok(!moderated || shown.includes(mark), `${mark} was not let in`)
          assert.ok(merged[mark] === undefined, mark)
        }
        // Nothing is lost to a merge, and none goes in circles.
        const sum = moves.reduce(
          (all, one) =>
            all +
            one.times *
              one.answer.words.filter(word => wordMark(word) !== '' && !isStopWord('en', wordMark(word))).length,
          0,
        )
        assert.equal(
          Object.values(tally.counts).reduce((all, one) => all + one, 0),
          sum,
        )
        for (const into of Object.values(merged))
          assert.equal(merged[into], undefined, 'a word counted with a merged one')
      }),
      { numRuns: 400 },
    )
  })

  it('shows again what is shown, apart and unbanned, and takes a phrase with a banned word in it', () => {
    const hidden = decided(opened, [
      { do: 'ban', itemId, mark: 'bad' },
      { do: 'merge', itemId, mark: 'leaf', into: 'leaves' },
      { do: 'hide', itemId, mark: 'light' },
    ])
    const moves = [{ answer: { words: ['bad word', 'leaf', 'light'] }, times: 1 }]
    const counts = (shared: Shared) => {
      const tally = wordCloud.tally(settings, plan().items[0]!, shared, moves)
      return Object.keys(wordCloud.shownLive?.(settings, shared, itemId, tally)?.counts ?? {}).sort()
    }
    assert.deepEqual(counts(hidden), ['leaves'])
    const back = decided(
      hidden,
      ['bad', 'leaf', 'light'].map(mark => ({ do: 'show', itemId, mark })),
    )
    assert.deepEqual(counts(back), ['bad word', 'leaf', 'light'])
    assert.ok(isBanned(['bad'], 'A (bad) day') && !isBanned(['bad'], 'badminton'))
    assert.ok(isBanned(['bad word'], 'such a bad, word'))
    assert.deepEqual(partsOf('a-b c.d'), ['a', 'b', 'c', 'd'])
  })

  it('quotes a text as it was and gives no number twice', () => {
    const at = { ...opened }
    const show = (state: Shared, mark: string, text: string) =>
      openText.steer(plan(), state, { do: 'show', itemId, mark }, now, 0, { text })
    const shown = (state: Shared) => (openText.view(plan(), state) as { shown: unknown[] }).shown
    const two = show(show(at, 'r1', 'One'), 'r2', 'Two')
    assert.deepEqual(shown(two), [
      { number: 1, text: 'One' },
      { number: 2, text: 'Two' },
    ])
    const gone = openText.steer(plan(), two, { do: 'hide', itemId, mark: 'r2' }, now, 0)
    assert.deepEqual(shown(show(gone, 'r3', 'Three')), [
      { number: 1, text: 'One' },
      { number: 3, text: 'Three' },
    ])
    assert.throws(
      () => moderate(plan(), at, { do: 'hide', itemId: '01900000-0000-7000-8000-00000000000f', mark: 'r1' }),
      (error: unknown) => error instanceof Problem && error.code === 'not-found',
    )
    const many = Array.from({ length: 501 }, (_, n): Steer => ({ do: 'hide', itemId, mark: `w${n}` }))
    assert.throws(
      () => many.reduce((state, one) => wordCloud.steer(plan(), state, one, now, 0), at),
      (error: unknown) => error instanceof Problem && error.code === 'too-many',
    )
  })
})
