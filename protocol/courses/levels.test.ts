// How deep things stand for whoever sees them, and what moves along with what.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { blockOf, levelsOf, mostDepth, rebased, underAt } from './levels.ts'

const of = (words: string) =>
  words.split(' ').map(word => {
    const [id = '', ...under] = word.split('<').flatMap((part, index) => (index === 0 ? [part] : part.split('')))
    return { id, under }
  })

describe('how deep the things of a module stand', () => {
  it('is as deep as what they stand under, and no more than one below the line above', () => {
    assert.deepEqual(levelsOf(of('a b<a c<ab d<abc e')), [0, 1, 2, 3, 0])
    assert.deepEqual(levelsOf([{ id: 'a' }, { id: 'b', under: undefined }]), [0, 0])
  })

  it('steps out where what they stand under is not seen, and in again where it is', () => {
    // b is a draft, or removed: its own stand beside it, under a.
    assert.deepEqual(levelsOf(of('a c<ab d<abc e<a')), [0, 1, 2, 1])
    // a is: nobody stands under what happens to come before.
    assert.deepEqual(levelsOf(of('x b<a c<ab')), [0, 0, 1])
  })

  it('ends where something outer stands in between', () => {
    assert.deepEqual(levelsOf(of('a b<a x c<a')), [0, 1, 0, 0])
  })

  it('takes a thing with all below it, and puts them under another path', () => {
    const order = of('a b<a c<ab d<a e')
    assert.deepEqual(
      blockOf(order, 'a').map(one => one.id),
      ['a', 'b', 'c', 'd'],
    )
    assert.deepEqual(
      blockOf(order, 'b').map(one => one.id),
      ['b', 'c'],
    )
    assert.deepEqual(blockOf(order, 'z'), [])
    assert.deepEqual(
      [...rebased(blockOf(order, 'b'), ['x', 'y', 'z'])],
      [
        ['b', ['x', 'y', 'z']],
        ['c', ['x', 'y', 'z']],
      ],
    )
    assert.deepEqual(
      [...rebased(blockOf(order, 'a'), ['x'])],
      [
        ['a', ['x']],
        ['b', ['x', 'a']],
        ['c', ['x', 'a', 'b']],
        ['d', ['x', 'a']],
      ],
    )
    assert.deepEqual(underAt(order, 3, 2), ['a', 'b'])
    assert.deepEqual(underAt(order, 3, 1), ['a'])
    assert.deepEqual(underAt(order, 0, 3), [])
  })

  it('holds for whatever is said, and whatever part of it is seen', () => {
    const id = fc.constantFrom(...'abcdefgh')
    const one = fc.record({ id, under: fc.array(id, { maxLength: 5 }) })
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ id }) => id }), order => {
        const levels = levelsOf(order)
        for (const [at, level] of levels.entries()) {
          assert.ok(level >= 0 && level <= Math.min(mostDepth, (levels[at - 1] ?? -1) + 1))
          const [first] = blockOf(order, order[at]?.id ?? '')
          assert.equal(first, order[at])
        }
        const path = ['x', 'y']
        for (const under of rebased(order, path).values()) assert.ok(under.length <= mostDepth && under[0] === 'x')
      }),
    )
  })
})
