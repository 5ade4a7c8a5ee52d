// The folds of a course: pure, ordered, and forgiving of a thing said twice.
import assert from 'node:assert/strict'
import { readCode } from './courses/people.ts'
import { applyToCourseStaff, type CourseStaffState } from './courses/staff.ts'
import { applyToCourse, byPosition, type CourseItem, type CourseModule, type CourseState } from './courses.ts'

const meta = { seq: 1, actor: null, at: '2026-01-01T00:00:00.000Z' }

const module = (id: string, position: string, title = id) => ({ id, title, position, version: 0 }) as CourseModule

const item = (id: string, position: string, more: Partial<CourseItem> = {}) =>
  ({
    id,
    moduleId: null,
    kind: 'page',
    refId: id,
    title: id,
    position,
    published: true,
    badge: null,
    detail: {},
    version: 0,
    ...more,
  }) as CourseItem

const empty: CourseState = {
  course: {
    id: 'c',
    title: 'C',
    shortName: '',
    summary: '',
    timeZone: 'UTC',
    state: 'published',
    departmentId: null,
    termId: null,
    version: 0,
  } as CourseState['course'],
  modules: [],
  items: [],
}

const ids = (list: readonly { id: string }[]) => list.map(one => one.id).join('')

describe('the fold of a course', () => {
  it('keeps modules and items in order, by position as plain text and then by id', () => {
    let state = empty
    for (const one of [module('b', '2'), module('a', '2'), module('c', '1i')])
      state = applyToCourse(state, { ...meta, kind: 'moduleCreated', body: { module: one, items: [] } })
    assert.equal(ids(state.modules), 'cab')
    for (const one of [item('x', '2'), item('y', '10'), item('z', '1')])
      state = applyToCourse(state, { ...meta, kind: 'itemPlaced', body: { item: one } })
    assert.equal(ids(state.items), 'zyx')
    assert.ok(byPosition({ id: 'a', position: 'Z' }, { id: 'a', position: 'a' }) < 0)
  })

  it('takes an item placed twice once', () => {
    const once = applyToCourse(empty, { ...meta, kind: 'itemPlaced', body: { item: item('x', '1') } })
    const twice = applyToCourse(once, { ...meta, kind: 'itemPlaced', body: { item: item('x', '2') } })
    assert.deepEqual(twice.items, [item('x', '2')])
  })

  it('takes a module away with what it holds and brings it back with what it held', () => {
    const held = item('x', '1', { moduleId: 'm' as CourseModule['id'] })
    const full = { ...empty, modules: [module('m', '1')], items: [held, item('y', '2')] }
    const gone = applyToCourse(full, { ...meta, kind: 'moduleRemoved', body: { id: 'm' as CourseModule['id'] } })
    assert.deepEqual([ids(gone.modules), ids(gone.items)], ['', 'y'])
    const back = applyToCourse(gone, {
      ...meta,
      kind: 'moduleCreated',
      body: { module: module('m', '1'), items: [held] },
    })
    assert.deepEqual(back, full)
  })

  it('changes nothing of what it was given', () => {
    const state = Object.freeze({ ...empty, items: Object.freeze([item('x', '1')]) as unknown as CourseItem[] })
    applyToCourse(state, { ...meta, kind: 'itemRemoved', body: { id: 'x' as CourseItem['id'] } })
    assert.equal(ids(state.items), 'x')
  })
})

describe("the fold of the staff's side", () => {
  const state: CourseStaffState = { drafts: [item('d', '1')], people: 3 }

  it('adds who came and takes off who went', () => {
    const more = applyToCourseStaff(state, { ...meta, kind: 'peopleChanged', body: { by: 1 } })
    assert.equal(more.people, 4)
    assert.equal(applyToCourseStaff(more, { ...meta, kind: 'peopleChanged', body: { by: -1 } }).people, 3)
  })

  it('lets a draft go, and does not mind a new code', () => {
    const next = applyToCourseStaff(state, { ...meta, kind: 'draftRemoved', body: { id: 'd' as CourseItem['id'] } })
    assert.deepEqual(next, { ...state, drafts: [] })
    assert.deepEqual(applyToCourseStaff(state, { ...meta, kind: 'joinCodeChanged', body: {} }), state)
  })
})

describe('a typed code', () => {
  it('is read whatever its case, spaces and hyphens', () => {
    assert.equal(readCode(' k7m-2 qxAb '), 'K7M2QXAB')
  })
})
