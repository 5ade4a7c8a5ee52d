// Classes of one day are told apart by their names.
import assert from 'node:assert/strict'
import { nameOfClass } from './class-name.ts'

const now = new Date(2026, 10, 24, 10, 32)

describe('the name of a class without a title', () => {
  it('tells the first activity and the day', () => {
    assert.match(nameOfClass('Photosynthesis', now, []), /^Photosynthesis · .*24/)
    assert.match(nameOfClass(undefined, now, []), /^Class of .*24/)
  })

  it('tells the hour too where a class has that name already, and fits a title', () => {
    const name = nameOfClass(undefined, now, [])
    assert.ok(nameOfClass(undefined, now, [name]).startsWith(`${name}, `))
    const long = nameOfClass('x'.repeat(200), now, [])
    assert.ok(nameOfClass('x'.repeat(200), now, [long]).length <= 200)
  })
})
