// Indenting and moving items: what each of them is to stand under.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { levelsOf, underAt } from '#protocol/courses/levels.ts'
import { levelAt, type Nested, placeDown, placed, placeUp, roots, stepped, type Unders } from './nesting.ts'

const of = (words: string): Nested[] =>
  words.split(' ').map(word => {
    const [id = '', under = ''] = word.split('<')
    return { id, under: under.split('').filter(one => one !== '') }
  })

const after = (order: readonly Nested[], unders: Unders) =>
  order.map(one => ({ ...one, under: unders.get(one.id) ?? one.under }))
const drawn = (order: readonly Nested[]) => {
  const levels = levelsOf(order)
  return order.map(({ id }, index) => '-'.repeat(levels[index] ?? 0) + id).join(' ')
}
const step = (words: string, way: 'in' | 'out', ...ids: string[]) => {
  const order = of(words)
  return drawn(after(order, stepped(order, new Set(ids), way)))
}
const move = (words: string, id: string, way: 'up' | 'down') => {
  const order = of(words)
  const place = (way === 'up' ? placeUp : placeDown)(order, id)
  if (!place) return undefined
  const block = order.filter(one => one.id === id || one.under?.includes(id))
  const rest = order.filter(one => !block.includes(one))
  const { before, unders } = placed(rest, block, place)
  const at = before === null ? rest.length : rest.findIndex(one => one.id === before)
  return drawn([...rest.slice(0, at), ...after(block, unders), ...rest.slice(at)])
}

describe('indenting items', () => {
  it('goes one step below the line above, with all below, and not too deep', () => {
    assert.equal(step('a b c', 'in', 'b'), 'a -b c')
    assert.equal(step('a b<a c', 'in', 'c'), 'a -b -c')
    assert.equal(step('a b c<b', 'in', 'b'), 'a -b --c')
    assert.equal(step('a b', 'in', 'a'), 'a b')
    assert.equal(step('a b<a c<ab', 'in', 'b'), 'a -b --c')
    assert.equal(step('a b c<b d<bc e<bcd', 'in', 'b'), 'a b -c --d ---e')
  })

  it('goes one step out, and what came after it at that depth keeps it', () => {
    assert.equal(step('a b<a c<a', 'out', 'c'), 'a -b c')
    assert.equal(step('a b<a c<ab d<a e', 'out', 'b'), 'a b -c -d e')
    assert.equal(step('a b', 'out', 'b'), 'a b')
  })

  it('takes several at once, each block once', () => {
    assert.equal(step('a b c d', 'in', 'b', 'c', 'd'), 'a -b -c -d')
    assert.equal(step('a b c<b d', 'in', 'b', 'c', 'd'), 'a -b --c -d')
    assert.equal(step('a b<a c<a d<a', 'out', 'b', 'c'), 'a b c -d')
    assert.deepEqual(
      roots(of('a b<a c d<c'), new Set(['a', 'b', 'd'])).map(one => one.id),
      ['a', 'd'],
    )
  })
})

describe('moving items', () => {
  it('passes what stands beside it with all that hangs on that', () => {
    assert.equal(move('a b<a c d<c', 'c', 'up'), 'c -d a -b')
    assert.equal(move('a b<a c d<c', 'a', 'down'), 'c -d a -b')
    assert.equal(move('a b<a c<a', 'c', 'up'), 'a -c -b')
    assert.equal(move('a b', 'a', 'up'), undefined)
    assert.equal(move('a b', 'b', 'down'), undefined)
  })

  it('leaves what it stood under where nothing stands beside it, and keeps its depth where it can', () => {
    assert.equal(move('a b<a', 'b', 'up'), 'b a')
    assert.equal(move('x a b<a', 'b', 'up'), 'x -b a')
    assert.equal(move('a b<a c', 'b', 'down'), 'a c -b')
    assert.equal(move('a b<a', 'b', 'down'), undefined)
  })

  it('finds the nearest depth that a place allows', () => {
    const rest = of('a b<a c')
    const block = of('x y<x')
    assert.deepEqual(
      [0, 1, 2, 3].map(at => levelAt(rest, at, 9, block)),
      [0, 1, 2, 1],
    )
    // Between a thing and what stands below it, it stands below as well.
    assert.equal(levelAt(rest, 1, 0, block), 1)
    assert.equal(levelAt(of('a b<a c<ab'), 3, 9, block), 2)
  })

  const id = fc.constantFrom(...'abcdefgh')
  const ways = fc.constantFrom('in' as const, 'out' as const)

  it('never loses a line, and puts none under itself, whatever is stepped and whatever lines say', () => {
    const line = fc.record({ id, under: fc.array(id, { maxLength: 3 }) })
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: one => one.id }), fc.array(id), ways, (order, ids, way) => {
        for (const [one, under] of stepped(order, new Set(ids), way))
          assert.ok(order.some(o => o.id === one) && !under.includes(one))
      }),
    )
  })

  it('moves no line the other way', () => {
    const line = fc.record({ id, depth: fc.nat(4) })
    // Each as deep as it may stand behind the ones before it.
    const outlines = fc.uniqueArray(line, { selector: one => one.id }).map(all => {
      const order: { id: string; under: string[] }[] = []
      for (const { id: one, depth } of all) order.push({ id: one, under: underAt(order, order.length, depth) })
      return order
    })
    fc.assert(
      fc.property(outlines, fc.array(id), ways, (order, ids, way) => {
        const unders = stepped(order, new Set(ids), way)
        const [was, now] = [levelsOf(order), levelsOf(after(order, unders))]
        for (const [at, level] of now.entries())
          assert.ok(way === 'in' ? level >= (was[at] ?? 0) : level <= (was[at] ?? 0))
      }),
    )
  })
})
