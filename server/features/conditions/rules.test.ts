// Trees with what is not known and what is gone, windows at their edges, and circles with the way round.
import assert from 'node:assert/strict'
import type { Condition, ConditionGroup, ConditionNode, ConditionOf, GroupOp } from '#protocol/conditions.ts'
import { circleIn, evaluate, nextMoment, type Outline, profileHolds, standingOf, type Truth } from './rules.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 0, 5, hour))
/** A condition that stands for what is known of it. */
const is = (truth: Truth): Condition => ({ kind: 'completion', itemId: truth, is: 'done' }) as unknown as Condition
const group = (op: GroupOp, ...of: ConditionNode[]): ConditionGroup => ({ op, of })
const truthOf = (one: Condition) => (one.kind === 'completion' ? one.itemId : '') as unknown as Truth
const comesTo = (op: GroupOp, ...truths: Truth[]) => evaluate(group(op, ...truths.map(is)), truthOf)

describe('the rules of conditions', () => {
  it('knows three truths, and does not take what is unknown for its contrary', () => {
    assert.deepEqual(
      [comesTo('all', 'yes', 'yes'), comesTo('all', 'yes', 'unknown'), comesTo('all', 'no', 'unknown')],
      ['yes', 'unknown', 'no'],
    )
    assert.deepEqual(
      [comesTo('any', 'no', 'yes'), comesTo('any', 'no', 'unknown'), comesTo('any', 'no', 'no')],
      ['yes', 'unknown', 'no'],
    )
    assert.deepEqual(
      [comesTo('not', 'no'), comesTo('not', 'unknown'), comesTo('not', 'no', 'yes'), comesTo('not', 'unknown', 'yes')],
      ['yes', 'unknown', 'no', 'no'],
    )
    assert.equal(evaluate(group('not', group('any', is('unknown'), is('no')), is('no')), truthOf), 'unknown')
  })

  it('leaves out what is gone, and opens where nothing is left', () => {
    assert.deepEqual(
      [comesTo('all', 'gone', 'no'), comesTo('any', 'gone', 'no'), comesTo('not', 'gone')],
      [...['no', 'no', 'gone']],
    )
    const gate = { opensAt: null, closesAt: null, tree: group('all', group('not', is('gone'))) }
    assert.equal(standingOf(gate, truthOf, at(1)), 'open')
    assert.equal(standingOf({ ...gate, tree: group('all', is('unknown')) }, truthOf, at(1)), 'waiting')
  })

  it('compares what stands in a profile without regard to case, and what is not filled in with nothing', () => {
    const asks = (is: 'equals' | 'contains', value: string) =>
      ({ kind: 'profile', fieldId: 'f', is, value }) as ConditionOf<'profile'>
    assert.deepEqual(
      [
        profileHolds(asks('equals', 'STRASSE'), 'Straße'),
        profileHolds(asks('equals', 'Nursing'), 'Nursing (night)'),
        profileHolds(asks('contains', 'nursing'), 'Night Nursing'),
        profileHolds(asks('contains', 'nursing'), undefined),
      ],
      [true, false, true, false],
    )
  })

  it('is open from its first moment and over at its last', () => {
    const gate = { opensAt: at(2), closesAt: at(4), tree: null }
    assert.deepEqual(
      [1, 2, 3, 4].map(hour => standingOf(gate, truthOf, at(hour))),
      ['waiting', 'open', 'open', 'over'],
    )
    const dated = { ...gate, tree: group('any', { kind: 'date', is: 'from', at: at(3).toISOString() }) }
    assert.deepEqual([nextMoment([dated], at(2)), nextMoment([dated], at(4))], [at(3), null])
  })

  const item = (id: string, moduleId: string | null = null) => ({ id, moduleId, title: id.toUpperCase() })
  const done = (itemId: string): ConditionNode => ({ kind: 'completion', itemId, is: 'done' }) as ConditionNode
  const moduleDone = (moduleId: string): ConditionNode => ({ kind: 'module', moduleId }) as ConditionNode
  const score = (gradeItemId: string): ConditionNode => ({ kind: 'score', gradeItemId, percent: 50 }) as ConditionNode
  const outline = (gates: Record<string, ConditionGroup>, more: Partial<Outline> = {}): Outline => ({
    items: [item('a'), item('b', 'm'), item('c', 'n')],
    modules: [
      { id: 'm', title: 'M' },
      { id: 'n', title: 'N' },
    ],
    behind: new Map([['column', ['a']]]),
    gates: Object.entries(gates).map(([key, tree]) => {
      const [subject, subjectId] = key.split(' ') as ['item' | 'module', string]
      return { subject, subjectId, tree }
    }),
    ...more,
  })

  it('names the way round, through items, modules and columns', () => {
    assert.equal(
      circleIn(outline({ 'item a': group('all', done('b')), 'module n': group('all', moduleDone('m')) })),
      null,
    )
    assert.deepEqual(circleIn(outline({ 'item a': group('all', done('a')) })), ['A', 'A'])
    assert.deepEqual(circleIn(outline({ 'module m': group('any', done('c')), 'module n': group('all', done('b')) })), [
      ...['M', 'C', 'N', 'B', 'M'],
    ])
    assert.deepEqual(circleIn(outline({ 'item b': group('all', moduleDone('m')) })), ['M', 'B', 'M'])
    assert.deepEqual(circleIn(outline({ 'item a': group('not', score('column')) })), ['A', 'A'])
    // Less than so much is known with a result alone: it waits as well.
    const below = { kind: 'score', gradeItemId: 'column', below: 50 } as ConditionNode
    assert.deepEqual(circleIn(outline({ 'item a': group('all', below) })), ['A', 'A'])
  })

  it('waits for nothing where something is not to be done', () => {
    assert.equal(circleIn(outline({ 'item a': group('not', done('a')) })), null)
    assert.deepEqual(circleIn(outline({ 'item a': group('not', group('not', done('a'))) })), ['A', 'A'])
  })
})
