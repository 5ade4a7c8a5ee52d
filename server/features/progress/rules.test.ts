// What counts as done, open, missed or nobody's business: the cases of one item and one person.
import assert from 'node:assert/strict'
import type { ItemId } from '#protocol/courses.ts'
import type { CourseRuleSaid } from '#protocol/progress/course.ts'
import {
  type Asked,
  type CourseFacts,
  cellOf,
  courseStandingOf,
  type ItemFact,
  isBehind,
  type Marks,
  nextStep,
  partStanding,
  recordOf,
  sumOf,
} from './rules.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 0, 5, hour))
const item = (kind: string, more: Partial<Asked> = {}): Asked => ({
  ...{ itemId: kind, kind, forSome: false, opensAt: null, dueAt: null, overAt: null, put: false },
  ...more,
})
const state = (asked: Asked, marks: Marks = {}, since = at(0), now = at(12)) => {
  const { state, how } = cellOf(asked, marks, since, now)
  return `${state} ${how}`
}

describe('the rules of progress', () => {
  it('knows a page, a class and an activity', () => {
    assert.equal(state(item('page')), 'open read')
    assert.equal(state(item('page'), { doneAt: at(1) }), 'done read')
    assert.equal(state(item('note')), 'none null')
    assert.equal(state(item('class')), 'open attended')
    assert.equal(state(item('class', { overAt: at(3) })), 'missed attended')
    assert.equal(state(item('class', { overAt: at(3) }), { catchUpUntil: at(20) }), 'open caught-up')
    assert.equal(state(item('class', { overAt: at(3) }), { doneAt: at(5), how: 'caught-up' }), 'done caught-up')
    assert.equal(state(item('class', { overAt: at(3) }), {}, at(4)), 'none null')
    assert.equal(state(item('activity')), 'none null')
    assert.equal(state(item('activity', { put: true, overAt: at(2) })), 'missed answered')
  })

  it('counts homework for whom it is, from when it opens, with their own longer time', () => {
    const due = item('homework', { dueAt: at(11) })
    assert.equal(state(item('homework', { opensAt: at(13) })), 'none null')
    assert.equal(state(item('homework', { forSome: true })), 'none null')
    assert.equal(state(item('homework', { forSome: true }), { given: true }), 'open handed-in')
    assert.equal(state(item('homework', { overAt: at(11) })), 'missed handed-in')
    const cells = [cellOf(due, {}, at(0), at(12)), cellOf(due, { extraSeconds: 7_200 }, at(0), at(12))]
    assert.deepEqual(
      cells.map(one => sumOf([one], at(12)).late),
      [1, 0],
    )
    assert.deepEqual(
      cells.map(one => isBehind(sumOf([one], at(12)))),
      [true, false],
    )
  })

  it('leads to the class that runs, then what is due soonest, then on in order', () => {
    const step = (...items: Asked[]) =>
      nextStep(items.map(one => ({ item: one, cell: cellOf(one, {}, at(0), at(12)) })))
    const [page, homework, running] = [item('page'), item('homework', { dueAt: at(20) }), item('class')]
    assert.equal(step(page, homework, running), 'class')
    assert.equal(step(page, homework), 'homework')
    assert.equal(step(page), 'page')
    assert.equal(step(item('class', { overAt: at(1) })), null)
  })

  it('goes on from where somebody was last, then to the nearest that was left out', () => {
    const step = (...marks: (number | undefined | 'shut')[]) =>
      nextStep(
        marks.map((mark, place) => {
          const one = item('page', { itemId: String(place) })
          const doneAt = typeof mark === 'number' ? at(mark) : undefined
          return { item: one, cell: cellOf(one, { doneAt }, at(0), at(12)), shut: mark === 'shut' }
        }),
      )
    assert.equal(step(undefined, undefined), '0')
    assert.equal(step(undefined, 3, 5, undefined, undefined), '3', 'not the old one at the start')
    assert.equal(step(undefined, 5, undefined, 3, undefined), '2', 'by time, not by place')
    assert.equal(step(undefined, undefined, 5, 'shut'), '1')
    assert.equal(step(2, 5), null)
    const class_ = item('class')
    const attended = { item: class_, cell: cellOf(class_, { doneAt: at(9) }, at(0), at(12)) }
    const read = item('page', { itemId: 'read' })
    const pages = [item('page', { itemId: 'old' }), read, item('page', { itemId: 'new' })]
    const cells = pages.map(one => ({
      item: one,
      cell: cellOf(one, one === read ? { doneAt: at(2) } : {}, at(0), at(12)),
    }))
    assert.equal(nextStep([attended, ...cells]), 'new', 'a class has no place in the order')
  })

  it('adds up what completes a course; what asks nothing decides nothing', () => {
    const id = (n: number) => `0190b0b0-0000-7000-8000-00000000000${n}` as ItemId
    const facts = (items: [number, ItemFact['state'], Date?][], more: Partial<CourseFacts> = {}): CourseFacts => ({
      ...{ since: at(0), total: null, marks: new Map() },
      items: new Map(items.map(([n, state, when]) => [id(n), { state, at: when ?? null, title: null }])),
      ...more,
    })
    const items = (need: 'all' | 'any', ...all: number[]) => ({ kind: 'items' as const, need, itemIds: all.map(id) })
    const since = (rule: CourseRuleSaid, known: CourseFacts) => courseStandingOf(rule, known, at(12)).complete
    const both: CourseRuleSaid = { need: 'all', parts: [items('all', 1, 2)] }
    assert.deepEqual(
      since(
        both,
        facts([
          [1, 'done', at(3)],
          [2, 'done', at(5)],
        ]),
      ),
      { at: at(5) },
    )
    assert.equal(
      since(
        both,
        facts([
          [1, 'done', at(3)],
          [2, 'open'],
        ]),
      ),
      null,
    )
    assert.deepEqual(
      since(
        both,
        facts([
          [1, 'done', at(3)],
          [2, 'none'],
        ]),
      ),
      { at: at(3) },
    )
    assert.deepEqual(
      since(
        both,
        facts([
          [1, 'done', at(3)],
          [2, 'done'],
        ]),
      ),
      { at: null },
    )
    assert.equal(since(both, facts([])), null)
    const any: CourseRuleSaid = { need: 'all', parts: [items('any', 1, 2)] }
    assert.deepEqual(
      since(
        any,
        facts([
          [1, 'open'],
          [2, 'done', at(4)],
        ]),
      ),
      { at: at(4) },
    )
    const mixed: CourseRuleSaid = { need: 'any', parts: [items('all', 1), { kind: 'grade', percent: 60 }] }
    const total = (percent: string) => ({ total: { percent, told: false, at: at(7) } })
    assert.equal(since(mixed, facts([[1, 'open']], total('59.99'))), null)
    assert.deepEqual(since(mixed, facts([[1, 'open']], total('60'))), { at: at(7) })
    assert.equal(partStanding({ kind: 'grade', percent: 60 }, facts([], total('60')), at(12)).percent, null)
    const whole = { marks: new Map([['whole' as const, at(2)]]) }
    assert.deepEqual(since(both, facts([[1, 'open']], whole)), { at: at(2) })
    assert.equal(partStanding({ kind: 'days', days: 1 }, facts([]), at(12)).state, 'open')
  })

  it('keeps, takes and gives back the record of a course', () => {
    const held = { at: at(3), ruleVersion: 1, takenAt: null }
    const on = (why: 'rule' | 'record') => ({ why, version: 2, now: at(12) })
    assert.equal(recordOf(held, { at: at(5) }, on('rule')), 'keep')
    assert.equal(recordOf(undefined, null, on('record')), 'keep')
    assert.equal(recordOf(held, null, on('record')), 'drop')
    const taken = { ...held, takenAt: at(12) }
    assert.deepEqual(recordOf(held, null, on('rule')), taken)
    assert.deepEqual(recordOf(taken, { at: null }, on('rule')), { ...held, ruleVersion: 2 })
    assert.deepEqual(recordOf(taken, { at: at(8) }, on('record')), { ...held, at: at(8), ruleVersion: 2 })
    // A job that began before what it found.
    assert.deepEqual(recordOf(undefined, { at: at(13) }, on('rule')), { at: at(13), ruleVersion: 2, takenAt: null })
  })
})
