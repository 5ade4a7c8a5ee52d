// How words and values are drawn: no word over another, the same picture for the same words, no value lost to a bar, and
// one wild guess that does not press the others together.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type CloudBox, type CloudPicture, layoutCloud } from './cloud-layout.ts'
import { binsOf } from './histogram-bins.ts'

const boxes: CloudBox[] = [
  { width: 1208, height: 300, least: 22, most: 110 },
  { width: 3600, height: 1100, least: 66, most: 330 },
  { width: 296, height: 280, least: 14, most: 36 },
]
const widthOf = (text: string): number => text.length * 0.62
const word = fc.record({ text: fc.string({ minLength: 1, maxLength: 40 }), count: fc.integer({ min: 1, max: 500 }) })
const words = fc.uniqueArray(word, { selector: one => one.text, maxLength: 100 })

function holds({ placed, left, zoom, box }: CloudPicture, given: readonly unknown[]): void {
  assert.equal(placed.length + left, given.length)
  const rects = placed.map(one => {
    const [x, y, size] = [one.x * zoom.scale + zoom.x, one.y * zoom.scale + zoom.y, one.size * zoom.scale]
    const half = (widthOf(one.text) * size) / 2
    assert.ok(size >= box.least)
    return { left: x - half, right: x + half, top: y - size / 2, bottom: y + size / 2 }
  })
  for (const [at, a] of rects.entries()) {
    assert.ok(a.left >= -0.01 && a.top >= -0.01 && a.right <= box.width + 0.01 && a.bottom <= box.height + 0.01)
    for (const b of rects.slice(0, at))
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, 'over another')
  }
}

describe('a cloud of words', () => {
  it('lays none over another and none over the edge, in type that can be read', () => {
    fc.assert(
      fc.property(words, fc.constantFrom(...boxes), (given, box) => {
        const picture = layoutCloud(given, box, widthOf)
        holds(picture, given)
        // And the one that grows out of it: more of some words, and new ones.
        const more = given
          .map((one, at) => (at % 3 === 0 ? { ...one, count: one.count + 7 } : one))
          .slice(given.length > 4 ? 1 : 0)
        holds(layoutCloud(more, box, widthOf, picture), more)
      }),
      { numRuns: 40 },
    )
  })

  it('is the same picture whatever order the words came in, the frequent ones larger', () => {
    const given = ['light', 'sun', 'leaves', 'water', 'air'].map((text, at) => ({ text, count: 20 - at * 4 }))
    const box = boxes[0] ?? assert.fail()
    const picture = layoutCloud(given, box, widthOf)
    assert.deepEqual(layoutCloud([...given].reverse(), box, widthOf), picture)
    assert.equal(picture.left, 0)
    const sizes = picture.placed.map(one => one.size)
    assert.deepEqual(
      [...sizes].sort((a, b) => b - a),
      sizes,
    )
    const { scale } = picture.zoom
    assert.ok((sizes[0] ?? 0) * scale > 100, 'few words fill the screen')
    const reach = (of: 'x' | 'y') =>
      Math.max(...picture.placed.map(one => one[of])) - Math.min(...picture.placed.map(one => one[of]))
    assert.ok(reach('x') * scale > box.width * 0.3 || reach('y') * scale > box.height * 0.3)
  })

  it('leaves words where they are as others come', () => {
    const given = Array.from({ length: 12 }, (_, at) => ({ text: `word ${at}`, count: 12 - at }))
    const box = boxes[0] ?? assert.fail()
    const first = layoutCloud(given, box, widthOf)
    const then = layoutCloud([...given, { text: 'new', count: 1 }], box, widthOf, first)
    const stayed = then.placed.filter(one => first.placed.some(old => old.text === one.text && old.turn === one.turn))
    assert.ok(stayed.length >= 10, `${stayed.length} of 12 stayed`)
    for (const one of stayed) {
      const old = first.placed.find(other => other.text === one.text)
      assert.deepEqual([one.x, one.y], [old?.x, old?.y])
    }
  })

  it('measures each of a hundred words once for a picture', () => {
    const given = Array.from({ length: 100 }, (_, at) => ({ text: `word number ${at}`, count: 1 + (at % 30) }))
    let measured = 0
    const counted: typeof widthOf = (...asked) => {
      measured += 1
      return widthOf(...asked)
    }
    for (const box of boxes) layoutCloud(given, box, counted)
    assert.equal(measured, given.length * boxes.length)
  })
})

describe('a histogram', () => {
  const at = (...values: number[]) => values.map(value => ({ at: value, label: String(value), count: 1 }))

  it('counts every value once, in few round ranges', () => {
    const value = fc.record({
      at: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      label: fc.string(),
      count: fc.integer({ min: 1, max: 50 }),
    })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 100 }), given => {
        const { bins, from, to } = binsOf(given)
        assert.ok(bins.length >= 1 && bins.length <= 12, String(bins.length))
        assert.ok(from < to)
        const sum = (list: readonly { count: number }[]) => list.reduce((all, one) => all + one.count, 0)
        assert.equal(sum(bins), sum(given))
      }),
    )
  })

  it('keeps a wild guess from pressing the others together, and says that it is there', () => {
    const { bins, to } = binsOf(at(10, 11, 12, 12, 13, 14, 15, 16, 5_000))
    assert.ok(to < 30, String(to))
    assert.ok(bins.filter(bin => bin.count > 0).length > 4)
    assert.match(bins.at(-1)?.label ?? '', /≤$/)
  })

  it('has the right range on its axis, wherever the answers lie', () => {
    const { from, to } = binsOf(at(90, 95, 100, 101, 102, 103, 110, 111, 120), { from: 60, to: 80 })
    assert.ok(from <= 60 && to >= 120)
  })
})
