// One step up or down in a list.
import assert from 'node:assert/strict'
import { aheadOfDown, aheadOfUp, inCourseOrder } from './order.ts'

const order = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

describe('moving by one step', () => {
  it('goes up to before the one above', () => {
    assert.equal(aheadOfUp(order, 'c'), 'b')
    assert.equal(aheadOfUp(order, 'b'), 'a')
    assert.equal(aheadOfUp(order, 'a'), undefined)
    assert.equal(aheadOfUp(order, 'x'), undefined)
  })

  it('goes down to behind the one below', () => {
    assert.equal(aheadOfDown(order, 'a'), 'c')
    assert.equal(aheadOfDown(order, 'b'), null)
    assert.equal(aheadOfDown(order, 'c'), undefined)
    assert.equal(aheadOfDown(order, 'x'), undefined)
  })
})

describe('the order of a course home', () => {
  it('puts what stands above all modules first, then module by module', () => {
    const modules = [
      { id: 'late', position: 'b' },
      { id: 'early', position: 'a' },
    ]
    const items = [
      { id: '1', moduleId: 'late', position: 'a' },
      { id: '2', moduleId: 'early', position: 'b' },
      { id: '3', moduleId: null, position: 'z' },
      { id: '4', moduleId: 'early', position: 'a' },
    ]
    assert.deepEqual(
      inCourseOrder(modules, items).map(one => one.id),
      ['3', '4', '2', '1'],
    )
  })
})
