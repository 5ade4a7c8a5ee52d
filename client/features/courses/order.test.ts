// One step up or down in a list.
import assert from 'node:assert/strict'
import { aheadOfDown, aheadOfUp } from './order.ts'

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
