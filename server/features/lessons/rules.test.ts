// Where choices lead, what keeps a learner from the end, and the way they came.
import assert from 'node:assert/strict'
import type { LessonChoice, LessonPageId, LessonTarget } from '#protocol/lessons.ts'
import { isBook, type Leading, leadsTo, nearestOn, pathBack, pathOnto, trapsIn, warningsIn } from './rules.ts'

const id = (name: string) => name as LessonPageId
const page = (name: string, ...targets: readonly string[]): Leading => ({
  id: id(name),
  choices: targets.map(
    (to, at) => ({ id: `${name}${at}`, text: to, to: to as LessonTarget, feedback: '' }) as LessonChoice,
  ),
})
const along = { anyOrder: false }
const warned = (lesson: { anyOrder: boolean }, pages: readonly Leading[]) =>
  warningsIn(lesson, pages).map(one => `${one.pageId} ${one.what}${one.choiceId ? ` ${one.choiceId}` : ''}`)

describe('the rules of lessons', () => {
  it('lead on to the page that follows, and from the last one to the end', () => {
    const pages = [page('a', 'next'), page('b', 'next'), page('c', 'a', 'x')]
    assert.deepEqual(
      [leadsTo(pages, id('a'), 'next'), leadsTo(pages, id('c'), 'next'), leadsTo(pages, id('c'), id('x'))],
      ['b', 'end', 'gone'],
    )
    assert.equal(isBook([page('a', 'next'), page('b', 'end')]), true)
    assert.equal(isBook(pages), false)
    assert.equal(isBook([page('a', 'end'), page('b', 'next')]), false)
  })

  it('find pages that nothing leads to, dead ends, and choices to pages that are gone', () => {
    const pages = [page('a', 'b', 'x'), page('b', 'end'), page('c', 'end'), page('d', 'x'), page('e')]
    assert.deepEqual(warned(along, pages), [
      'a gone a1',
      'c unreached',
      'd unreached',
      'd no-way-out',
      'd gone d0',
      'e unreached',
      'e no-way-out',
    ])
    assert.deepEqual(warned({ anyOrder: true }, pages), ['a gone a1', 'd no-way-out', 'd gone d0', 'e no-way-out'])
  })

  it('hold a circle for a trap only where nothing leads out of it', () => {
    const out = [page('a', 'b'), page('b', 'c'), page('c', 'b', 'end')]
    assert.deepEqual([warned(along, out), trapsIn(along, out)], [[], []])
    const shut = [page('a', 'b', 'end'), page('b', 'c'), page('c', 'b')]
    assert.deepEqual(warned(along, shut), ['b traps', 'c traps'])
    assert.deepEqual(trapsIn(along, shut), ['b', 'c'])
    // Where nobody comes, nobody is caught.
    const aside = [page('a', 'end'), page('b')]
    assert.deepEqual([trapsIn(along, aside), trapsIn({ anyOrder: true }, aside)], [[], ['b']])
    assert.deepEqual(trapsIn(along, []), [])
  })

  it('take a learner back the way they came, past what is gone', () => {
    const pages = [page('a', 'next'), page('b', 'next'), page('c', 'next')]
    const path = pathOnto([id('a'), id('x'), id('b')], id('b'), id('c'))
    assert.deepEqual(path, ['a', 'x', 'b', 'c'])
    assert.deepEqual(pathBack(path, id('c'), pages), ['a', 'b'])
    assert.deepEqual(pathBack(path, id('b'), pages), ['a'])
    assert.equal(pathBack(path, id('a'), pages), undefined)
    // From the end, to the page before it.
    assert.deepEqual(pathBack(path, null, pages), ['a', 'b', 'c'])
    assert.equal(nearestOn([id('a'), id('x')], pages), 'a')
    assert.equal(nearestOn([id('x')], pages), 'a')
    assert.equal(nearestOn([id('x')], []), null)
  })

  it('let another device fork off where it was, and never forget where somebody is', () => {
    assert.deepEqual(pathOnto([id('a'), id('b'), id('c')], id('a'), id('c')), ['a', 'c'])
    assert.deepEqual(pathOnto([id('a')], id('b'), null), ['a', 'b'])
    const long = Array.from({ length: 2_000 }, (_, at) => id(`p${at}`))
    const kept = pathOnto(long, id('p1999'), id('z'))
    assert.deepEqual([kept.length, kept.at(-1)], [500, 'z'])
  })
})
