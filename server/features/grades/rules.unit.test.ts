// The arithmetic of grades, by hand-made cases and against exact fractions.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decimalOf, tenThousandths } from '#protocol/base/decimal.ts'
import {
  type AskedOf,
  countedFor,
  type EvidenceOf,
  gradeOf,
  measuredBy,
  type SourceOf,
  type Weights,
  weightsOf,
  whyEmpty,
} from './rules.ts'

const weights: Weights = { points: '10', participation: 20, correctness: 80, policy: 'better', catchUp: 100 }
const items = (count: number, over: Partial<AskedOf> = {}): AskedOf[] =>
  Array.from({ length: count }, (_, n) => ({
    itemId: `i${n}`,
    points: '1',
    scored: true,
    ruling: 'by-key',
    live: true,
    ...over,
  }))
const gave = (n: number, score: string | null, mode: EvidenceOf['mode'] = 'live', answered = true): EvidenceOf => ({
  itemId: `i${n}`,
  deliveryId: mode,
  mode,
  answered,
  score,
})

describe('grade arithmetic', () => {
  it('weighs taking part and being right', () => {
    const grade = gradeOf(weights, items(4), [gave(0, '1'), gave(1, '0'), gave(2, '0.5')])
    // 20 % of 3/4 and 80 % of 1.5/4.
    assert.deepEqual(grade, {
      score: '4.5',
      points: '10',
      answered: 3,
      asked: 4,
      modes: ['live'],
      parts: {
        taking: { score: '1.5', of: '2', answered: 3, asked: 4, caughtUp: 0, catchUp: 100 },
        right: { score: '3', of: '8', earned: '1.5', possible: '4' },
      },
    })
  })

  it('puts all weight on taking part where nothing can be right, and counts only scored points otherwise', () => {
    assert.equal(gradeOf(weights, items(3, { scored: false }), [gave(0, null)])?.score, '3.33')
    assert.equal(gradeOf(weights, items(2, { points: '0' }), [gave(0, '0')])?.score, '5')
    const mixed: AskedOf[] = [...items(1), { itemId: 'i1', points: '7', scored: false, ruling: 'by-key', live: true }]
    assert.equal(gradeOf(weights, mixed, [gave(0, '1'), gave(1, null)])?.score, '10')
  })

  it('gives no grade where nothing was asked and nothing for what was not answered', () => {
    assert.equal(gradeOf(weights, [], []), null)
    const silent = gradeOf(weights, items(2), [gave(0, '0', 'live', false)])
    assert.deepEqual([silent?.score, silent?.answered, silent?.asked, silent?.modes], ['0', 0, 2, []])
  })

  it('lets the policy choose item by item, and only where both were answered', () => {
    const rows = [
      gave(0, '0.2', 'live'),
      gave(0, '0.9', 'homework'),
      gave(1, '1', 'live'),
      gave(1, '0', 'homework', false),
    ]
    const chosen = (policy: Weights['policy'], n: number) =>
      countedFor(
        policy,
        rows.filter(row => row.itemId === `i${n}`),
      )?.score
    assert.deepEqual([chosen('live', 0), chosen('homework', 0), chosen('better', 0)], ['0.2', '0.9', '0.9'])
    assert.deepEqual([chosen('live', 1), chosen('homework', 1), chosen('better', 1)], ['1', '1', '1'])
    assert.equal(countedFor('better', [gave(0, '1', 'homework'), gave(0, '1', 'live')])?.mode, 'live')
    assert.deepEqual(gradeOf({ ...weights, policy: 'homework' }, items(2), rows)?.modes, ['live', 'homework'])
  })

  it('counts an item once however many deliveries asked it', () => {
    const asked = [...items(2), ...items(2)]
    assert.equal(gradeOf(weights, asked, [gave(0, '1'), gave(0, '1', 'homework')])?.asked, 2)
  })

  it('rounds half up at two decimals, exactly', () => {
    const only = { ...weights, participation: 0, correctness: 100 }
    // 1/8 of 0.1 is 0.0125; 1/16 of 0.08 is 0.005: the half goes up.
    assert.equal(gradeOf({ ...only, points: '0.1' }, items(8), [gave(0, '1')])?.score, '0.01')
    assert.equal(gradeOf({ ...only, points: '0.08' }, items(16), [gave(0, '1')])?.score, '0.01')
    assert.equal(gradeOf({ ...only, points: '1' }, items(3), [gave(0, '1'), gave(1, '1')])?.score, '0.67')
  })

  it('writes the arithmetic out so that the parts make the whole', () => {
    const half = { ...weights, participation: 50, correctness: 50 }
    const asked = [...items(5), { itemId: 'poll', points: '1', scored: false, ruling: 'by-key' as const, live: true }]
    const grade = gradeOf(half, asked, [gave(0, '1'), gave(1, '1'), gave(2, '1'), gave(3, '0')])
    assert.equal(grade?.score, '6.33')
    assert.deepEqual(grade?.parts, {
      taking: { score: '3.33', of: '5', answered: 4, asked: 6, caughtUp: 0, catchUp: 100 },
      right: { score: '3', of: '5', earned: '3', possible: '5' },
    })
    const percent = fc.integer({ min: 0, max: 100 })
    const cents = fc.integer({ min: 0, max: 3_000 })
    fc.assert(
      fc.property(
        percent,
        percent,
        cents,
        fc.array(cents, { minLength: 1, maxLength: 9 }),
        (part, catchUp, of, given) => {
          const own = {
            ...half,
            participation: part,
            correctness: 100 - part,
            catchUp,
            points: decimalOf(BigInt(of) * 100n),
          }
          const rows = given.map((one, n) => gave(n, decimalOf(BigInt(one % 10_001)), n % 2 ? 'live' : 'homework'))
          const { score, points, parts } = gradeOf(own, items(given.length + 1), rows)!
          const sum = (one: string, other: string) => tenThousandths(one) + tenThousandths(other)
          assert.equal(sum(parts.taking.score, parts.right!.score), tenThousandths(score))
          assert.equal(sum(parts.taking.of, parts.right!.of), tenThousandths(points))
        },
      ),
    )
  })

  it('counts what is caught up at home by the share the column gives it, and in class by the whole', () => {
    const half = { ...weights, participation: 100, correctness: 0, catchUp: 50 }
    const parts = (rows: EvidenceOf[]) => gradeOf(half, items(2), rows)?.parts.taking
    assert.deepEqual(parts([gave(0, '1', 'homework'), gave(1, '0', 'homework')]), {
      score: '5',
      of: '10',
      answered: 2,
      asked: 2,
      caughtUp: 2,
      catchUp: 50,
    })
    assert.equal(parts([gave(0, '0'), gave(0, '1', 'homework'), gave(1, '0', 'homework')])?.score, '7.5')
    const atHome = gradeOf(half, items(2, { live: false }), [gave(0, '1', 'homework'), gave(1, '1', 'homework')])
    assert.equal(atHome?.score, '10')
  })

  it('counts a discarded question for nobody, and gives its points to all where everybody gets it', () => {
    const asked = (ruling: AskedOf['ruling']) => [...items(1), { ...items(2)[1]!, ruling }]
    const rows = [gave(0, '1'), gave(1, '0')]
    const of = (ruling: AskedOf['ruling'], given = rows) => {
      const grade = gradeOf({ ...weights, participation: 0, correctness: 100 }, asked(ruling), given)
      return [grade?.score, grade?.asked]
    }
    assert.deepEqual(
      [of('by-key'), of('everybody'), of('discarded')],
      [
        ['5', 2],
        ['10', 2],
        ['10', 1],
      ],
    )
    assert.deepEqual(of('everybody', [gave(0, '1')]), ['10', 2])
  })

  it('measures a person against what reached them', () => {
    const source = (deliveryId: string, mode: SourceOf['mode'], reached: boolean, over = true): SourceOf => ({
      deliveryId,
      mode,
      reached,
      over,
    })
    const of = (...sources: SourceOf[]) => {
      const { deliveryIds, replaced } = measuredBy(sources)
      return [[...deliveryIds].join(' '), replaced]
    }
    const quiz = (there: boolean) => source('quiz', 'live', there)
    const poll = (there: boolean) => source('poll', 'live', there)
    assert.deepEqual(of(quiz(true), poll(true), source('home', 'homework', false)), ['quiz poll', false])
    assert.deepEqual(of(quiz(true), poll(true), source('home', 'homework', true)), ['quiz poll home', false])
    assert.deepEqual(of(quiz(false), poll(false), source('home', 'homework', true)), ['home', true])
    assert.deepEqual(of(quiz(false), poll(false), source('home', 'homework', false)), ['quiz poll', false])
    assert.deepEqual(of(source('home', 'homework', true)), ['home', false])
    const why = (due: boolean, ...sources: SourceOf[]) => whyEmpty(sources, { due })
    assert.equal(why(true, quiz(false)), 'absent')
    assert.equal(why(false, quiz(false)), 'not-given')
    assert.equal(why(true, quiz(true)), 'silent')
    assert.equal(why(true, quiz(false), source('home', 'homework', true, false)), 'pending')
    assert.equal(why(true, quiz(false), source('home', 'homework', true)), 'missing')
    assert.equal(why(true, quiz(false), source('home', 'homework', false)), 'absent')
    assert.equal(why(true, source('home', 'homework', false)), 'not-given')
  })

  it('stays between nothing and the points, and grows with every answer and every point', () => {
    const share = fc.integer({ min: 0, max: 100 })
    const score = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 12 }), fc.array(score, { maxLength: 12 }), (part, count, scores) => {
        const own = { ...weights, participation: part, correctness: 100 - part }
        const rows = scores.slice(0, count).map((one, n) => gave(n, decimalOf(BigInt(one))))
        const value = (list: EvidenceOf[]) => tenThousandths(gradeOf(own, items(count), list)!.score)
        const all = value(rows)
        assert.ok(all >= 0n && all <= 100_000n)
        assert.equal(all % 100n, 0n)
        if (rows.length > 0) {
          assert.ok(value(rows.slice(1)) <= all)
          assert.ok(value([{ ...rows[0]!, score: '1' }, ...rows.slice(1)]) >= all)
        }
      }),
    )
  })

  it('completes shares to 100 and refuses what does not', () => {
    assert.deepEqual(weightsOf({ participation: 50, correctness: 50 }, { correctness: 70 }), {
      participation: 30,
      correctness: 70,
    })
    assert.deepEqual(weightsOf({ participation: 20, correctness: 80 }, {}), { participation: 20, correctness: 80 })
    assert.throws(() => weightsOf({ participation: 0, correctness: 100 }, { participation: 50, correctness: 60 }))
  })
})
