// How a grade is shown: points, percent, bands; which bands are refused.
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { type Band, bands, letterBands, percentIn, type Scale, shownGrade, shownWords } from './scale.ts'

const scale = (shows: Scale['shows'], of: readonly Band[] = letterBands): Scale => ({ shows, bands: [...of] })
const words = (shows: Scale['shows'], score: string, points = '20') => shownWords(scale(shows), { score, points })

describe('how a course shows a grade', () => {
  it('is as points, as percent to the hundredth, or by the name of a band', () => {
    assert.deepEqual(
      [words('points', '17.5'), words('percent', '17.5'), words('bands', '17.5')],
      ['17.5', '87.5 %', 'B'],
    )
    assert.equal(percentIn({ score: '1', points: '3' }), '33.33')
    assert.equal(percentIn({ score: '2', points: '3' }), '66.67')
  })

  it('finds the band by the percent as it is read', () => {
    const of = (score: string, points = '100') => words('bands', score, points)
    assert.deepEqual(
      ['100', '90', '89.99', '80', '79.9', '60', '59.99', '0'].map(one => of(one)),
      ['A', 'A', 'B', 'B', 'C', 'D', 'F', 'F'],
    )
    assert.equal(of('899.95', '1000'), 'A', '89.995 % is read as 90 %')
    assert.equal(of('899.94', '1000'), 'B')
    assert.equal(of('12', '10'), 'A', 'more than all')
  })

  it('is as points where there are none to have', () => {
    assert.deepEqual(shownGrade(scale('bands'), { score: '3', points: '0' }), { as: 'points', score: '3', points: '0' })
  })

  it('takes bands from the highest to one from 0, and no name twice', () => {
    const fits = (...given: [string, string][]) =>
      z.safeParse(
        bands,
        given.map(([name, from]) => ({ name, from })),
      ).success
    assert.equal(fits(['Pass', '50'], ['Fail', '0']), true)
    assert.equal(fits(['Fail', '0']), false, 'one is none')
    assert.equal(fits(['Pass', '50'], ['Fail', '1']), false, 'something is below all')
    assert.equal(fits(['B', '50'], ['A', '60'], ['F', '0']), false, 'rising')
    assert.equal(fits(['A', '50'], ['B', '50'], ['F', '0']), false, 'twice from the same')
    assert.equal(fits(['A', '50'], ['a', '40'], ['F', '0']), false, 'twice by name')
    assert.equal(fits(['A', '100.5'], ['F', '0']), false)
    const many = (count: number) =>
      Array.from({ length: count }, (_, at): [string, string] => [`B${at}`, String(count - 1 - at)])
    assert.deepEqual([fits(...many(20)), fits(...many(21))], [true, false])
  })
})
