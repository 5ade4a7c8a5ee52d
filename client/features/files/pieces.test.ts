// Pieces of an upload grow and shrink with the line; names are made fit to be sent.
import assert from 'node:assert/strict'
import { afterBreak, afterSuccess, cleanName, firstPiece, pauseAfter, printOf, smallestPiece } from './pieces.ts'

describe('the pieces of an upload', () => {
  it('double on a quick line, stay on a slow one, halve when one breaks off', () => {
    assert.equal(afterSuccess(firstPiece, 100, 8 * firstPiece), 2 * firstPiece)
    assert.equal(afterSuccess(8 * firstPiece, 100, 8 * firstPiece), 8 * firstPiece)
    assert.equal(afterSuccess(firstPiece, 9_000, 8 * firstPiece), firstPiece)
    let size = firstPiece
    for (let breaks = 0; breaks < 10; breaks++) size = afterBreak(size)
    assert.equal(size, smallestPiece)
  })

  it('wait longer after each failure, and never longer than half a minute', () => {
    assert.deepEqual([0, 1, 2, 99].map(pauseAfter), [500, 1_000, 2_000, 30_000])
  })

  it('carry a name without a path, and keep its ending when it is cut', () => {
    assert.equal(cleanName('C:\\files\\a.pdf'), 'a.pdf')
    assert.equal(cleanName('a\u202egpj.exe'), 'agpj.exe')
    assert.equal(cleanName('\n'), 'file')
    const long = cleanName(`${'x'.repeat(300)}.pdf`)
    assert.deepEqual([long.length, long.slice(-5)], [200, 'x.pdf'])
    assert.equal(printOf({ name: 'a', size: 1, lastModified: 2 }), 'a 1 2')
  })
})
