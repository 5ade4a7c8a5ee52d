// Choosing many things: a stretch with Shift, either way; a module with what it holds.
import assert from 'node:assert/strict'
import { endPicking, type Line, letGo, nothingPicked, pick, picking, standing } from './picking.ts'

const lines: Line[] = [
  { id: 'loose', moduleId: null, subject: 'item' },
  { id: 'm1', moduleId: 'm1', subject: 'module' },
  { id: 'a', moduleId: 'm1', subject: 'item' },
  { id: 'b', moduleId: 'm1', subject: 'item' },
  { id: 'm2', moduleId: 'm2', subject: 'module' },
  { id: 'c', moduleId: 'm2', subject: 'item' },
]
const turned = (...turns: string[]) =>
  turns.reduce(
    (now, turn) => pick(now, turn.replace('+', ''), turn.startsWith('+') ? 'through' : 'alone', lines),
    nothingPicked,
  )
const ids = (...turns: string[]) => [...turned(...turns).ids].sort().join(' ')

describe('choosing many things', () => {
  it('turns one, a stretch either way, and a module with what it holds', () => {
    assert.equal(ids('a'), 'a')
    assert.equal(ids('a', 'a'), '')
    assert.equal(ids('a', '+c'), 'a b c m2')
    assert.equal(ids('b', '+loose'), 'a b loose m1')
    assert.equal(ids('m1'), 'a b m1')
    assert.equal(ids('m1', 'a'), 'b')
    assert.equal(ids('a', 'm1', 'm1'), '')
    // Without one before it a stretch is the one.
    assert.equal(ids('+b'), 'b')
  })

  it('forgets what is gone', () => {
    assert.deepEqual([...standing(turned('a', '+c'), lines.slice(0, 4))], ['a', 'b'])
  })

  it('lets go of what was acted on, and keeps what was chosen meanwhile', () => {
    picking.value = turned('a', 'b', 'loose')
    letGo(new Set(['a', 'b']))
    assert.deepEqual([...(picking.peek()?.ids ?? [])], ['loose'])
    endPicking()
    letGo(new Set(['a']))
    assert.equal(picking.peek(), undefined)
  })
})
