// The contract of every question type, run over the whole registry: any answer to any question is marked without a
// fault, what fits is counted, and what does not matter to a key does not matter to a mark.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as z from 'zod/mini'
import { activityMove } from '../activities/registry.ts'
import { compareExact, exactOf, percentOf, plainOf, plusExact } from '../base/decimal.ts'
import { fullShare } from './question-type.ts'
import {
  countAnswers,
  fitsQuestion,
  questionTypeOf,
  type questionTypes,
  scoreAnswer,
  toldCounts,
  toldKey,
  toldKeyOf,
  type WrittenQuestion,
  writtenQuestion,
} from './registry.ts'
import { foldShort, type Ignorable, isAccepted } from './short-text.ts'
import { mostCounted, tidyLine, tidyText } from './typed.ts'

const options = ['a', 'b', 'c'].map(id => ({ id, text: `Option ${id}` }))
const numeric = (value: string, tolerance = '0', toleranceIn: 'absolute' | 'percent' = 'absolute') =>
  ({ type: 'numeric', body: { prompt: 'How much', unit: 'cm' }, key: { value, tolerance, toleranceIn } }) as const
const short = (accepted: string[], ignores: Ignorable[] = ['case', 'accents']): WrittenQuestion => ({
  type: 'short-text',
  body: { prompt: 'Which' },
  key: { accepted, ignores },
})

const samples: Record<keyof typeof questionTypes, { question: WrittenQuestion; right: unknown; wrong: unknown }> = {
  single: {
    question: { type: 'single', body: { prompt: 'One', options }, key: { optionIds: ['b'] } },
    right: { optionIds: ['b'] },
    wrong: { optionIds: ['a'] },
  },
  multiple: {
    question: { type: 'multiple', body: { prompt: 'Some', options }, key: { optionIds: ['a', 'b'] } },
    right: { optionIds: ['b', 'a'] },
    wrong: { optionIds: ['c'] },
  },
  'true-false': {
    question: { type: 'true-false', body: { prompt: 'Is it' }, key: { optionIds: ['false'] } },
    right: { optionIds: ['false'] },
    wrong: { optionIds: ['true'] },
  },
  numeric: { question: numeric('12.5', '0.1'), right: { value: '12.60' }, wrong: { value: '12.6000001' } },
  'short-text': { question: short(['Paris']), right: { text: ' PÁRIS ' }, wrong: { text: 'Rome' } },
  open: { question: { type: 'open', body: { prompt: 'Say' }, key: {} }, right: undefined, wrong: { text: 'Words' } },
}

const wild = fc.string({ unit: 'binary', maxLength: 60 })
const anyMove: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ optionIds: fc.array(fc.oneof(wild, fc.constantFrom('a', 'b', 'c', 'true', 'false')), { maxLength: 5 }) }),
  fc.record({ value: fc.oneof(wild, fc.integer().map(String), fc.double().map(String)) }),
  fc.record({ text: fc.oneof(wild, fc.constantFrom('Paris', 'paris', '*')) }),
  fc.record({ words: fc.array(wild, { maxLength: 4 }) }),
  fc.anything(),
)

describe('question types', () => {
  for (const [name, { question, right, wrong }] of Object.entries(samples)) {
    const type = questionTypeOf(question.type)
    describe(name, () => {
      it('is registered by its name and travels whole', () => {
        assert.equal(type.type, name)
        assert.deepEqual(z.parse(writtenQuestion, JSON.parse(JSON.stringify(question))), question)
        assert.deepEqual(type.check(question.body, question.key), [])
        const key = toldKeyOf(question)
        if (key) assert.deepEqual(z.parse(toldKey, JSON.parse(JSON.stringify(key))), key)
      })

      it('marks what is right and what is wrong', () => {
        if (right !== undefined) {
          assert.ok(fitsQuestion(question, right))
          assert.equal(scoreAnswer(question, question.key, right), fullShare)
        }
        assert.ok(fitsQuestion(question, wrong))
        assert.equal(scoreAnswer(question, question.key, wrong), 0)
      })

      it('marks and counts whatever is sent without a fault', () => {
        fc.assert(
          fc.property(fc.array(anyMove, { maxLength: 8 }), moves => {
            for (const move of moves) {
              const share = scoreAnswer(question, question.key, move)
              assert.ok(Number.isInteger(share) && share >= 0 && share <= fullShare)
              assert.equal(typeof fitsQuestion(question, move), 'boolean')
            }
            const { counts } = countAnswers(
              question,
              moves.map(answer => ({ answer, times: 2 })),
            )
            for (const many of Object.values(counts)) assert.ok(Number.isInteger(many) && many > 0 && many % 2 === 0)
          }),
        )
      })

      it('takes no answer of another type for one of its own', () => {
        for (const [other, sample] of Object.entries(samples)) {
          if (questionTypeOf(sample.question.type).answer === type.answer || sample.right === undefined) continue
          assert.ok(!fitsQuestion(question, sample.right), other)
          assert.equal(scoreAnswer(question, question.key, sample.right), 0)
        }
      })
    })
  }

  it('refuses what no answer may be, on the wire or by the type', () => {
    const takes = (question: WrittenQuestion, move: unknown) =>
      z.safeParse(activityMove, move).success && fitsQuestion(question, move)
    const number = numeric('1')
    for (const value of ['1e9999', 'NaN', 'Infinity', '', ' 1', '1,5', '0x1', '１', '9'.repeat(200), '1e-99', 1, null])
      assert.ok(!takes(number, { value }), String(value).slice(0, 20))
    const word = short(['Paris'])
    for (const text of [
      '',
      ' ',
      '\u200b\u200f\u202e',
      '\u200d',
      '\u2066\u2069',
      'x'.repeat(201),
      'x'.repeat(10_000),
      7,
    ])
      assert.ok(!takes(word, { text }), String(text).slice(0, 20))
    for (const extra of [{ value: '1', more: 1 }, { text: 'a', value: '1' }, [], 'text'])
      assert.ok(!takes(number, extra) && !takes(word, extra))
    assert.ok(takes(number, { value: '-0001.50e2' }))
    assert.ok(takes(word, { text: '<script>alert(1)</script>' }))
  })
})

describe('a number', () => {
  const exact = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 20 }))
  const spelled = exact.map(([digits, scale]) => plainOf({ digits, scale }))

  it('is exact: what a float would round is told apart', () => {
    const score = (question: WrittenQuestion, value: string) => scoreAnswer(question, question.key, { value })
    assert.equal(score(numeric('0.3'), '0.30'), fullShare)
    assert.equal(score(numeric('0.1', '0.2'), '0.3'), fullShare)
    assert.equal(score(numeric('0.1', '0.2'), '0.3000000000000000000001'), 0)
    assert.equal(score(numeric('200', '5', 'percent'), '210'), fullShare)
    assert.equal(score(numeric('200', '5', 'percent'), '210.01'), 0)
    assert.equal(score(numeric('-200', '5', 'percent'), '-190'), fullShare)
    assert.equal(score(numeric('0', '5', 'percent'), '0.0001'), 0)
    assert.equal(score(numeric('602000000000000000000000', '1', 'percent'), '6.05e23'), fullShare)
  })

  it('is right within its tolerance and nowhere else', () => {
    fc.assert(
      fc.property(spelled, spelled, fc.integer({ min: 0, max: 1_000 }), (value, off, tolerance) => {
        const key = numeric(value, String(tolerance))
        const answer = plusExact(exactOf(value)!, exactOf(off)!)
        const size = exactOf(off.replace('-', ''))!
        const expected = compareExact(size, exactOf(String(tolerance))!) <= 0 ? fullShare : 0
        assert.equal(scoreAnswer(key, key.key, { value: plainOf(answer) }), expected)
      }),
    )
  })

  it('has one spelling, and arithmetic that agrees with whole numbers', () => {
    fc.assert(
      fc.property(exact, exact, ([a, s], [b, r]) => {
        const [left, right] = [
          { digits: a, scale: s },
          { digits: b, scale: r },
        ]
        assert.deepEqual(exactOf(plainOf(left)) && plainOf(exactOf(plainOf(left))!), plainOf(left))
        const scale = 40
        const whole = (one: typeof left) => one.digits * 10n ** BigInt(scale - one.scale)
        assert.equal(
          Math.sign(compareExact(left, right)),
          whole(left) < whole(right) ? -1 : whole(left) > whole(right) ? 1 : 0,
        )
        assert.equal(whole(plusExact(left, right)), whole(left) + whole(right))
        assert.equal(plainOf(percentOf(left, { digits: 100n, scale: 0 })), plainOf(left).replace('-', ''))
      }),
    )
  })

  it('is counted by value; more values than travel are gathered without mixing right and wrong', () => {
    const question = numeric('500', '20')
    const given = Array.from({ length: 2_000 }, (_, at) => ({ answer: { value: String(at) }, times: 1 }))
    const { counts } = countAnswers(question, given)
    assert.ok(Object.keys(counts).length <= mostCounted)
    const sum = (values: [string, number][]) => values.reduce((all, [, many]) => all + many, 0)
    assert.equal(sum(Object.entries(counts)), 2_000)
    const right = Object.entries(counts).filter(([value]) => scoreAnswer(question, question.key, { value }) > 0)
    assert.equal(sum(right), 41)
    const same = ['1.5', '1.50', '15e-1'].map(value => ({ answer: { value }, times: 1 }))
    assert.deepEqual(countAnswers(question, same).counts, { '1.5': 3 })
  })
})

describe('a short text', () => {
  const accepts = (accepted: string[], ignores: Ignorable[], text: string) => isAccepted({ accepted, ignores }, text)

  it('leaves out of account what its key says, and nothing else', () => {
    assert.ok(accepts(['Élan vital'], ['case', 'accents'], ' elan  VITAL '))
    assert.ok(!accepts(['Élan vital'], ['case'], 'elan vital'))
    assert.ok(!accepts(['Élan vital'], ['accents'], 'elan vital'))
    assert.ok(accepts(['H2 O'], ['spaces'], 'H2O'))
    assert.ok(!accepts(['H2 O'], [], 'H2O'))
    assert.ok(accepts(['Straße'], ['case'], 'STRASSE'))
    assert.ok(accepts(['Café'], [], 'Cafe\u0301'), 'composed and decomposed are one')
    assert.ok(accepts(['ﬁn'], ['case'], 'fin'))
    assert.ok(accepts(['Paris'], ['case'], '\u202ePa\u200bris\u200f'))
  })

  it('takes a star for any words, whole ones', () => {
    assert.ok(accepts(['* mitochondria'], ['case'], 'the Mitochondria'))
    assert.ok(accepts(['* mitochondria'], ['case'], 'mitochondria'))
    assert.ok(!accepts(['* mitochondria'], ['case'], 'mitochondria alone'))
    assert.ok(!accepts(['* chondria'], ['case'], 'mitochondria'))
    assert.ok(accepts(['in * of *'], [], 'in the nucleus of a cell'))
    assert.ok(!accepts(['*'], [], 'anything'))
    const started = performance.now()
    assert.ok(!accepts([`${'* a '.repeat(40)}b`], [], 'a '.repeat(99)))
    assert.ok(performance.now() - started < 2_000, 'a pattern of stars takes no time of its own')
  })

  it('folds to the same however often it is folded', () => {
    const ignores = fc.subarray<Ignorable>(['case', 'accents', 'spaces'])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), ignores, (text, ignored) => {
        const folded = foldShort(ignored, text)
        assert.equal(foldShort(ignored, folded), folded)
        assert.equal(tidyLine(tidyLine(text)), tidyLine(text))
        assert.equal(tidyText(tidyText(text)), tidyText(text))
      }),
    )
  })

  it('groups answers that are the same, called by what most wrote; the right ones are always among them', () => {
    const question = short(['Paris'])
    const given = ['paris', 'Paris', 'Paris', 'PARIS ', 'Rome'].map(text => ({ answer: { text }, times: 1 }))
    assert.deepEqual(countAnswers(question, given).counts, { Paris: 4, Rome: 1 })
    const many = Array.from({ length: 2_000 }, (_, at) => ({ answer: { text: `Guess ${at}` }, times: 2 }))
    const crowd = countAnswers(question, [...many, { answer: { text: 'paris' }, times: 1 }])
    assert.equal(crowd.counts.paris, 1)
    assert.equal(Object.keys(crowd.counts).length, mostCounted)
    assert.equal(crowd.others, 2_001 - mostCounted)
  })

  it('tells everybody what several wrote or the key has, and what one made up to nobody', () => {
    const question = short(['Paris', 'city of * light'])
    const counts = { Paris: 1, Rome: 2, Rude: 1, 'city of love and light': 1, 'City of Light': 3 }
    assert.deepEqual(toldCounts(question, { counts, others: 4 }), {
      counts: { 'City of Light': 4, Rome: 2, Paris: 1 },
      others: 5,
    })
    assert.deepEqual(toldCounts(question, { counts: { Rude: 1 } }), { counts: {}, others: 1 })
  })

  it('keeps names that objects have', () => {
    const given = ['constructor', '__proto__', 'toString'].map(text => ({ answer: { text }, times: 1 }))
    assert.equal(countAnswers(short(['Paris']), given).counts.constructor, 1)
  })
})
