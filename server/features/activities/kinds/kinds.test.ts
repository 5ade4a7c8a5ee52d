// The contract of every activity kind, run over the whole registry: whatever anybody steers or sends, steps only go on,
// nothing closed takes an answer, and no learner's view tells what is right before the reveal.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as z from 'zod/mini'
import {
  type ActivityKindName,
  type ActivityMove,
  activityHostView,
  activityKindOf,
  activityKinds,
  activityView,
} from '#protocol/activities/registry.ts'
import { flushMs, lastWordMs, type Phase, type Steer } from '#protocol/activities/staged.ts'
import type { ItemId } from '#protocol/activities.ts'
import { Problem, type ProblemCode } from '#protocol/base/problems.ts'
import type { WrittenQuestion } from '#protocol/question-types/registry.ts'
import type { Kind, Plan, Shared } from './kind.ts'
import { kinds } from './registry.ts'
import { askedOf } from './staged.ts'

const idAt = (n: number) => `01900000-0000-7000-8000-00000000000${n}` as ItemId

const all: WrittenQuestion[] = [
  {
    type: 'single',
    body: {
      prompt: 'One',
      options: [
        { id: 'a', text: 'A' },
        { id: 'b', text: 'B' },
      ],
    },
    key: { optionIds: ['b'] },
  },
  {
    type: 'multiple',
    body: {
      prompt: 'Some',
      options: [
        { id: 'c', text: 'C' },
        { id: 'd', text: 'D' },
        { id: 'e', text: 'E' },
      ],
    },
    key: { optionIds: ['c', 'e'] },
  },
  { type: 'true-false', body: { prompt: 'Is it' }, key: { optionIds: ['false'] } },
  { type: 'numeric', body: { prompt: 'How much' }, key: { value: '3', tolerance: '0.5', toleranceIn: 'absolute' } },
  { type: 'short-text', body: { prompt: 'Which' }, key: { accepted: ['Secret word'], ignores: [] } },
  { type: 'open', body: { prompt: 'Say' }, key: {} },
]

/** As many items of a kind as the tests steer, of every type it takes. */
const questionsFor = (kind: ActivityKindName): WrittenQuestion[] => {
  const taken = all.filter(one => (activityKinds[kind].takes as readonly string[]).includes(one.type))
  return Array.from({ length: 6 }, (_, at) => taken[at % taken.length]!)
}

/** Settings that a kind knows, of those the tests set. */
const knownTo = (kind: ActivityKindName, settings: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name in settingsOf(kind)))
const settingsOf = (kind: ActivityKindName) => z.parse(activityKindOf(kind).settings, {}) as Record<string, unknown>
const maySettle = (kind: ActivityKindName): boolean => 'mayChange' in settingsOf(kind)

const planFor = (kind: ActivityKindName, settings: Record<string, unknown> = {}): Plan => ({
  settings: z.parse(activityKindOf(kind).settings, knownTo(kind, settings)),
  items: questionsFor(kind).map((question, at) => ({ id: idAt(at), points: '2', question })),
})

/** Something one may send to an item of this kind. */
function moveFor(kind: Kind, { type }: WrittenQuestion): ActivityMove {
  if (kind.kind === 'word-cloud') return { words: ['Light', 'leaves'] }
  if (type === 'numeric') return { value: '3.5' }
  if (type === 'short-text' || type === 'open') return { text: 'Some words' }
  return { optionIds: type === 'true-false' ? ['true'] : [type === 'single' ? 'a' : 'c'] }
}

const begin = Date.parse('2026-03-02T09:00:00.000Z')
const at = (ms: number) => new Date(begin + ms)
const seat = { answered: false, finished: false, extraMs: 0 }

const act = (
  kind: Kind,
  plan: Plan,
  shared: Shared,
  itemIndex: number,
  ms: number,
  over: Partial<typeof seat> = {},
) => {
  const item = plan.items[itemIndex]!
  const move = moveFor(kind, item.question)
  return kind.act({
    asked: askedOf(item.question),
    settings: plan.settings,
    window: kind.window(shared, item.id),
    seat: { ...seat, ...over },
    move,
    at: at(ms),
  })
}

const refused = (code: ProblemCode, run: () => unknown) =>
  assert.throws(run, error => error instanceof Problem && error.code === code)

/** Why a steer is refused, of those that anybody may try at any time. */
const steerRefusals: readonly ProblemCode[] = ['wrong-phase', 'nothing-next', 'no-time-limit', 'not-found', 'malformed']

const steers: fc.Arbitrary<Steer> = fc.oneof(
  fc.constant<Steer>({ do: 'open' }),
  fc.record({ do: fc.constant('open' as const), itemId: fc.constantFrom(...[0, 1, 2].map(idAt)) }),
  fc.constant<Steer>({ do: 'open', limitSeconds: 5 }),
  fc.constant<Steer>({ do: 'open', limitSeconds: null }),
  ...(['pause', 'resume', 'lock', 'reveal', 'next', 'finish'] as const).map(verb => fc.constant<Steer>({ do: verb })),
  fc.record({ do: fc.constant('extend' as const), seconds: fc.integer({ min: 5, max: 600 }) }),
)

for (const name of Object.keys(activityKinds) as ActivityKindName[]) {
  const kind = kinds[name]

  describe(`activity kind ${name}`, () => {
    const plan = planFor(name, { limitSeconds: 30 })
    const steerAll = (...verbs: [Steer, number][]): Shared =>
      verbs.reduce((shared, [steer, ms]) => kind.steer(plan, shared, steer, at(ms), 0), kind.start())

    it('tells everybody whether an answer may be changed, as its settings and its refusals do', () => {
      for (const mayChange of maySettle(name) ? [true, false] : [true]) {
        const strict = planFor(name, { mayChange })
        const open = kind.steer(strict, kind.start(), { do: 'open' }, at(0), 0)
        assert.equal(kind.view(strict, open).mayChange, mayChange)
        assert.equal(kind.hostView(strict, open).mayChange, mayChange)
        assert.equal(act(kind, strict, open, 0, 1, { answered: true }), mayChange ? null : 'already-answered')
        assert.equal(kind.counts(strict.settings), mayChange ? 'last' : 'first')
      }
    })

    // What is typed waits for a button, and a lock by hand for what is typed.
    const waits = name === 'quiz' || name === 'poll' ? 0 : lastWordMs

    it('is registered under its own name with its protocol', () => {
      assert.equal(kind.kind, name)
      assert.equal(activityKinds[name].kind, name)
    })

    it('goes from waiting through open, closing and closed to revealed, then on, then done', () => {
      const phases: Phase[] = []
      let shared = kind.start()
      const note = (next: Shared) => {
        shared = next
        phases.push(kind.view(plan, shared).phase)
      }
      note(shared)
      note(kind.steer(plan, shared, { do: 'next' }, at(0), 0))
      note(kind.steer(plan, shared, { do: 'pause' }, at(10_000), 0))
      assert.equal(shared.remainingMs, 20_000)
      note(kind.steer(plan, shared, { do: 'resume' }, at(60_000), 0))
      assert.equal(shared.closesAt, at(80_000).toISOString())
      note(kind.steer(plan, shared, { do: 'extend', seconds: 5 }, at(61_000), 0))
      note(kind.steer(plan, shared, { do: 'lock' }, at(62_000), 0))
      assert.equal(kind.advance(shared, at(62_000 + waits + flushMs - 1)), undefined)
      note(kind.advance(shared, at(62_000 + waits + flushMs))!)
      note(kind.steer(plan, shared, { do: 'reveal' }, at(64_000), 0))
      note(kind.steer(plan, shared, { do: 'next' }, at(64_500), 0))
      assert.equal(shared.itemId, idAt(1))
      note(kind.steer(plan, shared, { do: 'finish' }, at(65_000), 0))
      note(kind.advance(shared, at(65_000 + waits + flushMs))!)
      assert.deepEqual(phases, [
        'waiting',
        'open',
        'paused',
        'open',
        'open',
        'closing',
        'closed',
        'revealed',
        'open',
        'closing',
        'done',
      ])
      refused('wrong-phase', () => kind.steer(plan, shared, { do: 'open' }, at(68_000), 0))
    })

    it('closes by the clock alone', () => {
      const open = steerAll([{ do: 'open', limitSeconds: 5 }, 0])
      const pause = (ms: number) => kind.steer(plan, open, { do: 'pause' }, at(ms), 0).phase
      assert.equal(pause(4_999), 'paused')
      refused('wrong-phase', () => pause(5_000))
      assert.equal(kind.view(plan, open).phase, 'open')
      assert.deepEqual(kind.dueAt(open), at(5_000 + flushMs))
      assert.equal(kind.advance(open, at(5_000 + flushMs))?.phase, 'closed')
      assert.equal(kind.dueAt(steerAll([{ do: 'open', limitSeconds: null }, 0])), null)
    })

    it('says which steer has nothing to steer: no question after the last, no clock to extend', () => {
      const last = plan.items.at(-1)!.id
      const ended = steerAll([{ do: 'open', itemId: last, limitSeconds: 5 }, 0], [{ do: 'lock' }, 1_000])
      refused('nothing-next', () => kind.steer(plan, ended, { do: 'next' }, at(9_000), 0))
      const endless = steerAll([{ do: 'open', limitSeconds: null }, 0])
      refused('no-time-limit', () => kind.steer(plan, endless, { do: 'extend', seconds: 30 }, at(1_000), 0))
    })

    it('judges an answer by its arrival, not by when it is decided', () => {
      const locked = steerAll([{ do: 'open', limitSeconds: 5 }, 0], [{ do: 'lock' }, 3_000])
      assert.equal(act(kind, plan, locked, 0, 2_999 + waits), null)
      assert.equal(act(kind, plan, locked, 0, 3_000 + waits), 'late')
      const closed = kind.advance(locked, at(5_500))!
      assert.equal(act(kind, plan, closed, 0, 2_999), 'late')
      assert.equal(act(kind, plan, kind.start(), 0, 0), 'not-open')
      assert.equal(act(kind, plan, locked, 1, 2_999), 'not-open')
    })

    it('keeps answers out while paused, and takes what was stamped before', () => {
      const paused = steerAll([{ do: 'open', limitSeconds: null }, 0], [{ do: 'pause' }, 1_000])
      assert.equal(act(kind, plan, paused, 0, 999), null)
      assert.equal(act(kind, plan, paused, 0, 1_000), 'paused')
      const locked = kind.steer(plan, paused, { do: 'lock' }, at(9_000), 0)
      assert.equal(act(kind, plan, locked, 0, 5_000), 'late')
    })

    it('gives extra time to the seat that has it, and a lock ends it', () => {
      const open = kind.steer(plan, kind.start(), { do: 'open', limitSeconds: 10 }, at(0), 5_000)
      assert.equal(act(kind, plan, open, 0, 12_000), 'late')
      assert.equal(act(kind, plan, open, 0, 12_000, { extraMs: 5_000 }), null)
      assert.equal(act(kind, plan, open, 0, 15_000, { extraMs: 5_000 }), 'late')
      assert.deepEqual(kind.dueAt(open), at(15_000 + flushMs))
      const locked = kind.steer(plan, open, { do: 'lock' }, at(13_000), 5_000)
      assert.equal(act(kind, plan, locked, 0, 12_999 + waits, { extraMs: 5_000 }), null)
      assert.equal(act(kind, plan, locked, 0, 13_000 + waits, { extraMs: 5_000 }), 'late')
      assert.equal(act(kind, plan, locked, 0, 12_999), 'late')
    })

    it('refuses what does not fit, a second answer where one is taken, and anything after handing in', () => {
      const once = planFor(name, { mayChange: false })
      const open = kind.steer(once, kind.start(), { do: 'open', limitSeconds: null }, at(0), 0)
      const window = kind.window(open, idAt(0))
      const asked = askedOf(once.items[0]!.question)
      const given = { asked, settings: once.settings, window, seat, at: at(1) }
      for (const optionIds of [[], ['z'], ['a', 'b'], ['a', 'a']])
        assert.equal(kind.act({ ...given, move: { optionIds } }), 'answer-unfit', optionIds.join())
      for (const text of ['', ' ', '\u200b\u202e'])
        assert.equal(kind.act({ ...given, move: { text } }), 'answer-unfit', JSON.stringify(text))
      const twice = ['Cell', ' cell. ']
      for (const words of [[], [' '], ['\u200f'], ['...'], twice, ['x'.repeat(41)], ['a1', 'b2', 'c3', 'd4']])
        assert.equal(kind.act({ ...given, move: { words } }), 'answer-unfit', words.join())
      if (maySettle(name)) assert.equal(act(kind, once, open, 0, 1, { answered: true }), 'already-answered')
      assert.equal(act(kind, plan, steerAll([{ do: 'open' }, 0]), 0, 1, { answered: true }), null)
      assert.equal(act(kind, plan, steerAll([{ do: 'open' }, 0]), 0, 1, { finished: true }), 'handed-in')
      assert.equal(kind.counts(once.settings), maySettle(name) ? 'first' : 'last')
      assert.equal(kind.counts(plan.settings), 'last')
    })

    it('holds against any sequence of steers and answers', () => {
      const step = fc.tuple(steers, fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 8_000 }))
      fc.assert(
        fc.property(fc.array(step, { maxLength: 40 }), steps => {
          let shared = kind.start()
          let now = 0
          for (const [steer, wait, extraMs] of steps) {
            now += wait
            const before = shared
            try {
              shared = kind.steer(plan, shared, steer, at(now), extraMs)
              assert.notEqual(shared, before)
            } catch (error) {
              assert.ok(error instanceof Problem && steerRefusals.includes(error.code), String(error))
              shared = kind.advance(shared, at(now)) ?? shared
            }
            // What was opened, and what was ever closed, stays so.
            assert.deepEqual(shared.opened.slice(0, before.opened.length), before.opened)
            assert.deepEqual(shared.closed.slice(0, before.closed.length), before.closed)
            if (before.phase === 'done') assert.equal(shared.phase, 'done')
            const { phase } = shared
            const view = z.parse(activityView, kind.view(plan, shared))
            const hostView = z.parse(activityHostView, kind.hostView(plan, shared))
            assert.equal(view.phase, phase)
            assert.equal(hostView.plan.length, 6)
            if (phase !== 'revealed') assert.equal(view.result, null)
            const { result: _result, ...rest } = view
            assert.ok(!/"key"|Secret|tolerance/.test(JSON.stringify(rest)), 'a key outside the result')
            const due = kind.dueAt(shared)
            if (due)
              assert.ok(
                kind.advance(shared, due) !== undefined && kind.advance(shared, new Date(+due - 1)) === undefined,
              )
            for (const index of [0, 1, 2]) {
              const decided = act(kind, plan, shared, index, now, { extraMs })
              const answerable = shared.itemId === idAt(index) && ['open', 'closing'].includes(phase)
              if (!answerable) assert.notEqual(decided, null, `${phase} took an answer`)
            }
          }
        }),
        { numRuns: 300 },
      )
    })

    it('scores by the question type, or not at all', () => {
      const item = plan.items[0]!.question
      const right = kind.score(plan.settings, item, { optionIds: ['b'] })
      const wrong = kind.score(plan.settings, item, { optionIds: ['a'] })
      if (kind.scored(plan.settings)) assert.deepEqual([right, wrong], [10_000, 0])
      else assert.deepEqual([right, wrong], [null, null])
      if (name === 'quiz') {
        const none = planFor(name, { scoring: 'none' })
        assert.equal(kind.scored(none.settings), false)
        assert.equal(kind.score(none.settings, item, { optionIds: ['b'] }), null)
      }
    })
  })
}
