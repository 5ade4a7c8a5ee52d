// What columns come to together: by columns, by points, by weights, with the lowest dropped; exact.
import assert from 'node:assert/strict'
import { type Category, isWhole, type TotalBy, type TotalCell, totalOf } from './total.ts'

const cell = (gradeItemId: string, score: string, points = '10') => ({ gradeItemId, score, points }) as TotalCell
const category = (id: string, weight: string, drop: number, ...columns: string[]): Category =>
  ({ id, title: id, weight, drop, columns }) as Category
const of = (by: TotalBy, cells: readonly TotalCell[], ...categories: Category[]) => totalOf({ by, categories }, cells)

describe('the total of a course', () => {
  const cells = [cell('a', '8'), cell('b', '15', '20'), cell('c', '50', '50')]

  it('counts each column the same, or all points together', () => {
    assert.equal(of('columns', cells)?.percent, '85')
    const byPoints = of('points', cells)
    assert.deepEqual([byPoints?.percent, byPoints?.sum], ['91.25', { score: '73', points: '80' }])
    assert.equal(of('columns', [cell('a', '1', '3'), cell('b', '1', '3'), cell('c', '1', '3')])?.percent, '33.33')
    assert.equal(of('columns', []), null)
  })

  it('goes by the weights of categories; what is in none does not count', () => {
    const total = of('weights', cells, category('home', '40', 0, 'a', 'b'), category('exam', '60', 0, 'c'))
    assert.equal(total?.percent, '90.67')
    assert.deepEqual(
      total?.groups.map(one => [one.title, one.weight, one.score, one.points, one.percent]),
      [
        ['home', '40', '23', '30', '76.67'],
        ['exam', '60', '50', '50', '100'],
      ],
    )
    assert.equal(of('weights', cells, category('home', '100', 0, 'a'))?.percent, '80')
    assert.equal(of('weights', cells), null)
  })

  it('gives the weight of a category without a grade to the others', () => {
    const total = of('weights', [cell('a', '8')], category('home', '40', 0, 'a', 'b'), category('exam', '60', 0, 'c'))
    assert.equal(total?.percent, '80')
  })

  it('drops the lowest of a category by percent, and keeps one at least', () => {
    const dropped = (drop: number, by: TotalBy = 'columns') =>
      of(by, cells, category('all', '100', drop, 'a', 'b', 'c'))
    assert.deepEqual(
      [
        dropped(1)?.groups[0]?.dropped,
        dropped(1)?.percent,
        dropped(1, 'points')?.percent,
        dropped(1, 'weights')?.percent,
      ],
      [['b'], '90', '96.67', '96.67'],
    )
    assert.deepEqual([dropped(2)?.groups[0]?.dropped, dropped(9)?.groups[0]?.counted], [['b', 'a'], ['c']])
    const equal = of('points', [cell('y', '5'), cell('x', '5')], category('all', '0', 1, 'x', 'y'))
    assert.deepEqual(equal?.groups[0]?.dropped, ['x'], 'of equals the older')
  })

  it('counts no column without points', () => {
    assert.equal(of('columns', [cell('a', '8'), cell('b', '3', '0')])?.percent, '80')
    assert.equal(of('points', [cell('b', '3', '0')]), null)
  })

  it('is exact where floats are not', () => {
    const three = [category('x', '33.33', 0, 'a'), category('y', '33.33', 0, 'b'), category('z', '33.34', 0, 'c')]
    assert.equal(isWhole(three.map(one => one.weight)), true)
    assert.equal(isWhole(['33.33', '33.33', '33.33']), false)
    assert.equal(isWhole(['0.1', '0.2', '99.7']), true)
    const ten = Array.from({ length: 10 }, (_, at) => cell(`c${at}`, '0.1', '0.3'))
    assert.equal(of('columns', ten)?.percent, '33.33')
  })
})
